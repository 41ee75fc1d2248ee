//! Random customers in the styles that people write, and random changes to them.

/// Dice that fall the same for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    pub fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// A line of a table, or a paragraph between lines.
#[derive(Clone)]
enum Unit {
    Line {
        gap: bool,
        lead: Vec<String>,
        key: String,
        value: String,
        rear: String,
    },
    Para(Vec<String>),
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Header,
    Dotted,
    Inline,
    Array,
}

#[derive(Clone)]
struct Table {
    way: Way,
    path: Vec<String>,
    lead: Vec<String>,
    rear: String,
    gap: &'static str,
    units: Vec<Unit>,
}

#[derive(Clone)]
enum Top {
    Table(Table),
    Para(Vec<String>),
}

/// A customer's file.
#[derive(Clone)]
pub struct Doc {
    head: Vec<Unit>,
    tops: Vec<Top>,
    bom: bool,
    crlf: bool,
    open: bool,
}

/// How odd a customer may be.
#[derive(Clone, Copy, Debug)]
pub struct Oddity {
    /// Dotted keys and inline tables.
    pub ways: bool,
    /// Line ends, byte order mark, last line.
    pub dress: bool,
    /// Whether sides move things.
    pub moves: bool,
}

fn value(dice: &mut Dice, key: &str) -> String {
    match key {
        "tags" | "with" | "because" => {
            let list: Vec<_> = ["a", "b", "c", "d"]
                .into_iter()
                .filter(|_| dice.one_in(2))
                .collect();
            let list: Vec<_> = list.iter().map(|tag| format!("\"{tag}\"")).collect();
            match dice.below(6) {
                0 => format!(
                    "[\n  {}\n]",
                    list.iter().map(|t| format!("{t},\n ")).collect::<String>()
                ),
                1 => format!(
                    "[ # of tags\n  {} # end\n]",
                    list.iter()
                        .map(|t| format!("{t}, # {t}\n "))
                        .collect::<String>()
                ),
                _ => format!("[{}]", list.join(", ")),
            }
        }
        "give" => {
            let n = dice.below(4);
            let list: Vec<_> = (0..n)
                .map(|i| format!("'lever{}: {}'", i, dice.below(3)))
                .collect();
            format!("[{}]", list.join(", "))
        }
        "notes" => {
            let lines: Vec<_> = (0..dice.below(5))
                .map(|i| format!("line {i} {}", dice.below(3)))
                .collect();
            match dice.below(4) {
                0 => format!("\"{}\"", lines.join(" ")),
                1 => format!("'''\n{}\n'''", lines.join("\n")),
                _ => format!("\"\"\"\n{}\"\"\"", lines.join("\n")),
            }
        }
        "date" => format!("2026-11-{:02}", 10 + dice.below(15)),
        _ => match dice.below(7) {
            0 => format!("{}", dice.below(9)),
            1 => format!("'v{}'", dice.below(5)),
            2 => dice.pick(&["true", "false"]).to_owned(),
            3 => format!("{{ x = {}, y.z = 'q' }}", dice.below(3)),
            _ => format!("\"v{}\"", dice.below(5)),
        },
    }
}

const KEYS: &[&str] = &[
    "date", "said", "status", "tags", "notes", "give", "with", "x-own", "y.own", "z-own", "answer",
    "from",
];
const HEAD: &[&str] = &[
    "name", "reading", "status", "tags", "since", "x-head", "notes", "why",
];

fn comment(dice: &mut Dice) -> String {
    match dice.below(3) {
        0 => "# ----".to_owned(),
        _ => format!("# c{}", dice.below(60)),
    }
}

fn lead(dice: &mut Dice) -> Vec<String> {
    match dice.below(5) {
        0 => (0..=dice.below(2)).map(|_| comment(dice)).collect(),
        _ => Vec::new(),
    }
}

fn rear(dice: &mut Dice) -> String {
    match dice.below(6) {
        0 => format!(" {}", comment(dice)),
        1 => "  ".to_owned(),
        _ => String::new(),
    }
}

fn line(dice: &mut Dice, keys: &[&str]) -> Unit {
    let key = dice.pick(keys).to_owned();
    Unit::Line {
        gap: dice.one_in(8),
        lead: lead(dice),
        value: value(dice, &key),
        key,
        rear: rear(dice),
    }
}

fn has(units: &[Unit], key: &str) -> bool {
    units
        .iter()
        .any(|unit| matches!(unit, Unit::Line { key: k, .. } if k == key))
}

fn units(dice: &mut Dice, keys: &[&str], most: usize) -> Vec<Unit> {
    let mut units = Vec::new();
    for _ in 0..dice.below(most + 1) {
        add_line(dice, &mut units, keys);
    }
    units
}

fn add_line(dice: &mut Dice, units: &mut Vec<Unit>, keys: &[&str]) {
    let unit = match dice.below(12) {
        0 => Unit::Para((0..=dice.below(2)).map(|_| comment(dice)).collect()),
        _ => line(dice, keys),
    };
    if let Unit::Line { key, .. } = &unit
        && has(units, key)
    {
        return;
    }
    let at = dice.below(units.len() + 1);
    units.insert(at, unit);
}

fn table(dice: &mut Dice, odd: Oddity) -> Table {
    let way = match dice.below(12) {
        0 if odd.ways => Way::Dotted,
        1 if odd.ways => Way::Inline,
        2 => Way::Array,
        _ => Way::Header,
    };
    let path = match way {
        Way::Dotted => vec!["concern".to_owned(), format!("d{}", dice.below(4))],
        Way::Inline => vec!["promise".to_owned(), format!("i{}", dice.below(4))],
        Way::Array => vec!["list".to_owned()],
        Way::Header => match dice.below(12) {
            0 => vec!["volume".to_owned()],
            1 => vec!["own table".to_owned()],
            2 => vec![
                "fact".to_owned(),
                format!("k{}", dice.below(6)),
                "extra".to_owned(),
            ],
            _ => vec![
                "fact".to_owned(),
                match dice.below(2) {
                    0 => format!("k{}", dice.below(6)),
                    _ => format!(
                        "2026-11-{}-{}",
                        10 + dice.below(9),
                        dice.pick(&["aaaaaa", "bbbbbb", "cccccc"])
                    ),
                },
            ],
        },
    };
    let keys = if way == Way::Inline { &KEYS[..3] } else { KEYS };
    let mut units = units(dice, keys, 5);
    if way != Way::Header {
        units.retain(|unit| matches!(unit, Unit::Line { .. }));
    }
    if matches!(way, Way::Inline | Way::Dotted) && units.is_empty() {
        units.push(Unit::Line {
            gap: false,
            lead: Vec::new(),
            key: "said".to_owned(),
            value: "1".to_owned(),
            rear: String::new(),
        });
    }
    Table {
        way,
        path,
        lead: lead(dice),
        rear: rear(dice),
        gap: dice.pick(&["\n", "\n", "\n", "\n\n", " \n", ""]),
        units,
    }
}

impl Doc {
    pub fn random(dice: &mut Dice, odd: Oddity) -> Doc {
        let mut doc = Doc {
            head: units(dice, HEAD, 5),
            tops: Vec::new(),
            bom: odd.dress && dice.one_in(10),
            crlf: odd.dress && dice.one_in(8),
            open: odd.dress && dice.one_in(8),
        };
        for _ in 0..dice.below(8) {
            doc.add(dice, odd);
        }
        doc
    }

    fn add(&mut self, dice: &mut Dice, odd: Oddity) {
        let top = match dice.below(9) {
            0 => Top::Para((0..=dice.below(2)).map(|_| comment(dice)).collect()),
            _ => Top::Table(table(dice, odd)),
        };
        if let Top::Table(new) = &top
            && new.way != Way::Array
            && self
                .tops
                .iter()
                .any(|top| matches!(top, Top::Table(old) if old.path == new.path))
        {
            return;
        }
        let at = if dice.one_in(3) {
            dice.below(self.tops.len() + 1)
        } else {
            self.tops.len()
        };
        self.tops.insert(at, top);
    }

    /// One change, as a person would make it.
    pub fn change(&mut self, dice: &mut Dice, odd: Oddity) {
        match dice.below(20) {
            0..=4 => self.add(dice, odd),
            5 | 6 if !self.tops.is_empty() => {
                let at = dice.below(self.tops.len());
                self.tops.remove(at);
            }
            7 if odd.moves && !self.tops.is_empty() => {
                let at = dice.below(self.tops.len());
                let top = self.tops.remove(at);
                let to = dice.below(self.tops.len() + 1);
                self.tops.insert(to, top);
            }
            8 if odd.dress => match dice.below(3) {
                0 => self.crlf = !self.crlf,
                1 => self.bom = !self.bom,
                _ => self.open = !self.open,
            },
            9..=11 => change_units(dice, &mut self.head, HEAD, odd),
            _ if !self.tops.is_empty() => {
                let at = dice.below(self.tops.len());
                match &mut self.tops[at] {
                    Top::Para(lines) => lines.push(comment(dice)),
                    Top::Table(table) => change_table(dice, table, odd),
                }
            }
            _ => self.add(dice, odd),
        }
    }

    /// The bytes of the file.
    pub fn text(&self) -> String {
        let mut out = String::new();
        put_units(&mut out, &self.head);
        let tables = |way: Way| {
            self.tops.iter().filter_map(move |top| match top {
                Top::Table(table) if table.way == way => Some(table),
                _ => None,
            })
        };
        for table in tables(Way::Dotted) {
            for unit in &table.units {
                if let Unit::Line {
                    gap,
                    lead,
                    key,
                    value,
                    rear,
                } = unit
                {
                    let key = format!("{}.{key}", table.path.join("."));
                    let unit = Unit::Line {
                        gap: *gap,
                        lead: lead.clone(),
                        key,
                        value: value.clone(),
                        rear: rear.clone(),
                    };
                    put_units(&mut out, &[unit]);
                }
            }
        }
        let inline: Vec<String> = tables(Way::Inline)
            .map(|table| {
                let items: Vec<String> = (table.units.iter())
                    .filter_map(|unit| match unit {
                        Unit::Line { key, value, .. } => Some(format!("{key} = {value}")),
                        Unit::Para(_) => None,
                    })
                    .collect();
                format!("{} = {{ {} }}", table.path[1], items.join(", "))
            })
            .collect();
        if !inline.is_empty() {
            out += &format!("promise = {{ {} }}\n", inline.join(", "));
        }
        for top in &self.tops {
            match top {
                Top::Para(lines) => put_units(&mut out, &[Unit::Para(lines.clone())]),
                Top::Table(table) if matches!(table.way, Way::Header | Way::Array) => {
                    put_table(&mut out, table)
                }
                Top::Table(_) => {}
            }
        }
        if self.open && out.ends_with('\n') {
            out.pop();
        }
        if self.crlf {
            out = out.replace('\n', "\r\n");
        }
        if self.bom {
            format!("\u{feff}{out}")
        } else {
            out
        }
    }
}

fn put_table(out: &mut String, table: &Table) {
    if !out.is_empty() {
        out.push_str(table.gap);
    }
    for line in &table.lead {
        *out += &format!("{line}\n");
    }
    let path: Vec<String> = table
        .path
        .iter()
        .map(|name| match name.contains(' ') {
            true => format!("\"{name}\""),
            false => name.clone(),
        })
        .collect();
    let path = path.join(".");
    *out += &match table.way {
        Way::Array => format!("[[{path}]]{}\n", table.rear),
        _ => format!("[{path}]{}\n", table.rear),
    };
    put_units(out, &table.units);
}

fn put_units(out: &mut String, units: &[Unit]) {
    for unit in units {
        match unit {
            Unit::Para(lines) => {
                if !out.is_empty() {
                    out.push('\n');
                }
                for line in lines {
                    *out += &format!("{line}\n");
                }
                out.push('\n');
            }
            Unit::Line {
                gap,
                lead,
                key,
                value,
                rear,
            } => {
                if *gap && !out.is_empty() {
                    out.push('\n');
                }
                for line in lead {
                    *out += &format!("{line}\n");
                }
                *out += &format!("{key} = {value}{rear}\n");
            }
        }
    }
}

fn change_table(dice: &mut Dice, table: &mut Table, odd: Oddity) {
    match dice.below(8) {
        0 => table.lead = lead(dice),
        1 => table.rear = rear(dice),
        2 => table.gap = dice.pick(&["\n", "\n\n"]),
        _ => {
            let keys = if table.way == Way::Inline {
                &KEYS[..3]
            } else {
                KEYS
            };
            change_units(dice, &mut table.units, keys, odd);
            if table.way != Way::Header {
                table.units.retain(|unit| matches!(unit, Unit::Line { .. }));
            }
        }
    }
}

fn change_units(dice: &mut Dice, units: &mut Vec<Unit>, keys: &[&str], odd: Oddity) {
    let at = dice.below(units.len());
    match dice.below(8) {
        0..=2 => add_line(dice, units, keys),
        3 if !units.is_empty() => {
            units.remove(at);
        }
        4 if odd.moves && !units.is_empty() => {
            let unit = units.remove(at);
            let to = dice.below(units.len() + 1);
            units.insert(to, unit);
        }
        _ => match units.get_mut(at) {
            Some(Unit::Line {
                key,
                value: v,
                lead: l,
                rear: r,
                gap,
            }) => match dice.below(8) {
                0 => *l = lead(dice),
                1 => *r = rear(dice),
                2 => *gap = !*gap,
                _ => *v = value(dice, key),
            },
            Some(Unit::Para(lines)) => lines.push(comment(dice)),
            None => add_line(dice, units, keys),
        },
    }
}

/// A base and two sides, each with some changes; some sides all alike.
pub fn three(seed: u64, odd: Oddity) -> [String; 3] {
    let mut dice = Dice::new(seed);
    let base = Doc::random(&mut dice, odd);
    let mut side = |doc: &Doc| {
        let mut doc = doc.clone();
        for _ in 0..1 + dice.below(5) {
            doc.change(&mut dice, odd);
        }
        doc
    };
    let (ours, theirs) = (side(&base), side(&base));
    [base.text(), ours.text(), theirs.text()]
}
