//! What the screens of the matrix are filled with: nothing, one entry, many, Japanese, and text
//! that tries to break out of its cell.

use std::sync::Arc;

use goodwill::model::journal::Journal;
use goodwill::model::kind::{Field, HEAD, Kind, Shape};
use goodwill::model::problem::Problem;
use goodwill::store::load::load;

/// A filling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// No customer, or where a customer is needed one of whom nothing is written down.
    Empty,
    /// One customer with one entry.
    One,
    /// 301 customers, one of them with 400 calls.
    Many,
    /// Japanese words in every field.
    Japanese,
    /// Controls, direction marks, hidden characters, heaps of marks and endless words everywhere.
    Hostile,
}

/// What a screen needs to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: the list.
    List,
    /// A customer: their page.
    Customer,
    /// An entry of this kind.
    Entry(Kind),
    /// A file that does not parse, beside the others.
    Broken,
    /// Notes that are too long for a form.
    TooLong,
}

/// The customer whose page is opened.
pub const MAIN: &str = "main";

/// The key of the entry of each kind that is opened.
pub const KEY: &str = "2026-11-20";

const BROKEN: &str =
    "name = \"Borealis\"\n\n[concern.2026-11-01]\nsaid = \"half a line\nstatus = \"open\"\n";

/// Every trick on one line: a coloured escape, C1, direction, hidden and zero-width characters, a
/// heap of marks, joined and flagged emoji, a tab, and a word without an end.
const HOSTILE: &str = "\u{1b}[31m\u{1b}]0;x\u{7}\u{9b}2J\u{202e}fdp\u{2066}\u{200b}\u{ad}\
    z\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\
    👨\u{200d}👩\u{200d}👧❤\u{fe0f}🇯🇵👍🏽\t\r\0\u{7f}\u{feff}\u{e0041}ｶﾞ見\u{fe00}e\u{301}\
    ก็لا\u{115f}\u{3164}\u{2028}\u{600}1 Donaudampfschifffahrtselektrizitätenhauptbetriebswerk見積";

impl Content {
    /// All of them.
    pub const ALL: [Content; 5] = [
        Content::Empty,
        Content::One,
        Content::Many,
        Content::Japanese,
        Content::Hostile,
    ];

    /// Its name in the names of files.
    pub fn word(self) -> &'static str {
        match self {
            Content::Empty => "empty",
            Content::One => "one",
            Content::Many => "many",
            Content::Japanese => "japanese",
            Content::Hostile => "hostile",
        }
    }

    /// Whether all its words are ASCII, so that a screen of ASCII marks is ASCII altogether.
    pub fn is_ascii(self) -> bool {
        matches!(self, Content::Empty | Content::One | Content::Many)
    }

    /// Words of its kind, as they are typed, pasted and told.
    pub fn words(self) -> &'static str {
        match self {
            Content::Empty => "First words",
            Content::One => "They ask for two payments",
            Content::Many => {
                "They ask for two payments, one in advance and one when it is done, and want \
                to hear by Friday whether the second of them can wait until the year is closed"
            }
            Content::Japanese => "支払は分割なら「ー」決裁を取れるとのこと。（サーバー2台ぶん）",
            Content::Hostile => HOSTILE,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Content::Empty | Content::One | Content::Many => "Acme Works",
            Content::Japanese => "株式会社アクメ商事ホールディングス東日本",
            Content::Hostile => HOSTILE,
        }
    }

    /// The journal as it is read, its problems, and its files; `None` where this content can't
    /// have what the screen needs.
    pub fn journal(self, needs: Needs) -> Option<Filled> {
        let files = self.files(needs)?;
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in &files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let (journal, problems) = load(folder.path(), &mut |_, _| {});
        Some(Filled {
            journal: Arc::new(journal),
            problems,
            files,
        })
    }

    fn files(self, needs: Needs) -> Option<Vec<(String, String)>> {
        let nobody = matches!(needs, Needs::List | Needs::Broken);
        let main = match (self, needs) {
            (Content::Empty, Needs::Entry(_) | Needs::TooLong) => return None,
            (Content::Empty, _) if nobody => None,
            (Content::Empty, _) => Some(format!("name = {}\n", quoted(self.name()))),
            (Content::One, Needs::Entry(kind)) => Some(self.customer(&[kind])),
            (Content::One, _) => Some(self.customer(&[Kind::Interaction])),
            (Content::Many | Content::Japanese | Content::Hostile, _) => {
                Some(self.customer(&Kind::ALL))
            }
        };
        let mut files: Vec<(String, String)> = Vec::new();
        let long = (needs == Needs::TooLong).then(|| self.too_long());
        files.extend(main.map(|text| (MAIN.to_owned(), text + &long.unwrap_or_default())));
        files.extend(self.others());
        if needs == Needs::Broken {
            files.push(("borealis".to_owned(), BROKEN.to_owned()));
        }
        for (name, _) in &mut files {
            name.push_str(".toml");
        }
        Some(files)
    }

    /// The main customer, with an entry of each of these kinds.
    fn customer(self, kinds: &[Kind]) -> String {
        let mut text = format!("name = {}\n", quoted(self.name()));
        for field in HEAD.iter().filter(|field| field.name != "name") {
            text += &self.line(field);
        }
        for kind in kinds {
            text += &format!("\n[{}.{KEY}]\n", kind.word());
            // What closes an entry is left out: it is to be closed by its form.
            let closing = ["done", "dropped", "answered", "closed", "left", "private"];
            for field in kind.all_fields().filter(|f| !closing.contains(&f.name)) {
                text += &self.line(field);
            }
        }
        if self == Content::Many {
            let calls = (0..400).map(|at| {
                let (year, month, day) = (2018 + at / 50, at % 12 + 1, at % 28 + 1);
                format!("\n[interaction.{year}-{month:02}-{day:02}-{at}]\nchannel = \"call\"\nsummary = \"Call {at}\"\n")
            });
            text.extend(calls);
        }
        if self == Content::Hostile {
            let name = quoted("\u{1b}c\u{202e}\u{200d}");
            text +=
                &format!("\n[fact.{name}]\ndate = 2026-11-19\ntext = {name}\n{name} = {name}\n");
            text += &format!("\n[{name}.{name}]\ndate = 2026-11-18\n{name} = [{name}, 1]\n");
        }
        text
    }

    fn line(self, field: &Field) -> String {
        let words = self.words();
        let value = match field.shape {
            Shape::Word(words) if self != Content::Hostile => quoted(words.first().unwrap()),
            Shape::Line if field.name == "cadence" => "\"4w\"".to_owned(),
            Shape::Line if field.name == "currency" && self != Content::Hostile => {
                "\"EUR\"".to_owned()
            }
            Shape::Line | Shape::Word(_) | Shape::Person => quoted(words),
            Shape::Prose => quoted(&[words, "", words, words].join("\n")),
            Shape::Lines(known) => {
                let known = known.first().unwrap();
                format!(
                    "[{}, {}]",
                    quoted(&format!("{known}: {words}")),
                    quoted(words)
                )
            }
            Shape::Texts | Shape::People => format!("[{0}, {0}]", quoted(words)),
            Shape::DealKey => format!("\"{KEY}\""),
            Shape::References => format!("[\"concern.{KEY}\"]"),
            Shape::Day | Shape::Moment => "2026-11-20".to_owned(),
            Shape::Money => "1234567.89".to_owned(),
            Shape::Yes => "true".to_owned(),
            Shape::Scale => "3".to_owned(),
        };
        format!("{} = {value}\n", field.name)
    }

    fn too_long(self) -> String {
        let notes = self
            .words()
            .repeat(61_000 / self.words().chars().count() + 1);
        format!(
            "\n[fact.long]\ndate = 2026-11-20\ntext = \"long\"\nnotes = {}\n",
            quoted(&notes)
        )
    }

    fn others(self) -> Vec<(String, String)> {
        let file = |key: &str, name: &str, day: usize| {
            let call = format!(
                "[interaction.x]\ndate = 2026-0{}-1{}\n",
                day % 9 + 1,
                day % 10
            );
            let text = format!("name = {}\n\n{call}", quoted(name));
            (key.to_owned(), text)
        };
        match self {
            Content::Empty | Content::One => Vec::new(),
            Content::Many => (0..300)
                .map(|at| {
                    let name = ["Trading", "Works", "Industries", "Studio"][at % 4];
                    file(&format!("c{at:03}"), &format!("{at:03} {name}"), at)
                })
                .collect(),
            Content::Japanese => {
                let names = [
                    "山田商店",
                    "ｱｸﾒ ｼｽﾃﾑｽﾞ",
                    "か\u{3099}きく\u{3099}ー",
                    "「東」　西",
                ];
                let names = names.iter().enumerate();
                names
                    .map(|(at, name)| file(&format!("顧客{at}"), name, at))
                    .collect()
            }
            Content::Hostile => {
                let parts: Vec<String> = HOSTILE.chars().map(|c| format!("A{c}見{c}")).collect();
                let names = parts.chunks(6).map(|chunk| chunk.concat()).enumerate();
                let mut files: Vec<_> = names
                    .map(|(at, n)| file(&format!("h{at}"), &n, at))
                    .collect();
                // No folder has room for a slash or NUL in a name; all the rest may stand there.
                files.push(file(
                    "evil\u{1b}[31m\u{202e}\u{9b}\u{200b}\t\u{301}👨\u{200d}👩",
                    "",
                    1,
                ));
                files
            }
        }
    }
}

/// A journal of a content.
pub struct Filled {
    pub journal: Arc<Journal>,
    pub problems: Vec<Problem>,
    pub files: Vec<(String, String)>,
}

/// A text as TOML writes it, with all that no file may hold escaped.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out += &format!("\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}
