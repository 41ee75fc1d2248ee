//! Random changes through the whole store, against a model that knows TOML tables and nothing of
//! splices: after every step the files hold what the model holds, and what nobody touched is
//! there byte for byte; in the end everything is taken back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use goodwill::model::change::{Change, FieldEdit};
use goodwill::model::journal::Journal;
use goodwill::model::value::Value;
use goodwill::store::{Now, Store, load};
use jiff::civil::date;

use crate::child::{Dice, is_campaign};

/// Every customer as a TOML reader other than the program's own sees it.
type Model = BTreeMap<String, toml::Table>;

const FILES: [(&str, &str); 4] = [
    (
        "acme",
        "# ours since 2021\nname = \"Acme\" # the big one\nstatus = \"active\"\n\n[volume]\n2019 = 2_400_000\n\n# stairs\n[concern.2026-01-02]\nsaid=\"x\"\nstatus   = \"open\"\n",
    ),
    (
        "borealis",
        "\u{feff}name = 'Borealis'\r\ntags = [\r\n  \"a\", # one\r\n  \"b\"\r\n]\r\n\r\n[fact.old]\r\ntext = \"\"\"\r\ntwo\r\nlines\"\"\"",
    ),
    (
        "grp/cobalt",
        "name = \"Cobalt\"\nfact.dotted.text = \"d\"\nconcern = { inline = { said = \"i\" } }\n",
    ),
    (
        "ours",
        "ourselves = true\n\n[change.a]\nwhat = \"z\"\nbecause = [\"acme:concern.2026-01-02\", \"borealis:fact.old\"]\n",
    ),
];

const TEXTS: [&str; 8] = [
    "plain",
    "支払条件の相談",
    "say \"x\" and 'y'",
    "back\\slash \"\"\" '''",
    "",
    "tab\tand \u{1b} and \u{7f}",
    "# no comment = [x]",
    "ends with \\",
];
const NOTES: [&str; 4] = [
    "one\ntwo",
    "a \"\"\" b\n''' c\\\nd",
    "\n\nfirst lines empty\nx",
    "tail\n\n\n",
];

struct World {
    dir: tempfile::TempDir,
    dice: Dice,
    model: Model,
    /// Comments that others wrote, and how many.
    comments: Vec<String>,
    count: u64,
}

fn now() -> Now {
    Now {
        today: date(2026, 11, 21),
        stamp: "2026-11-21T00:00:00".to_owned(),
    }
}

fn files(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).into_iter().flatten() {
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(root).unwrap();
            let text = std::fs::read_to_string(entry.path()).unwrap();
            found.insert(name.to_str().unwrap().to_owned(), text);
        }
    }
    found
}

impl World {
    fn new(dice: Dice) -> World {
        let world = World {
            dir: tempfile::tempdir().unwrap(),
            dice,
            model: Model::new(),
            comments: Vec::new(),
            count: 0,
        };
        for (key, text) in FILES {
            let path = world.path(key);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        World {
            model: world.read(),
            ..world
        }
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("journal")
    }

    fn path(&self, key: &str) -> PathBuf {
        self.root().join(format!("{key}.toml"))
    }

    /// What the files hold.
    fn read(&self) -> Model {
        let parsed = |(name, text): (String, String)| {
            let key = name.strip_suffix(".toml").unwrap().to_owned();
            let text = text.replace("\r\n", "\n");
            let table = text.trim_start_matches('\u{feff}').parse();
            (key, table.unwrap_or_else(|e| panic!("{name}: {e}\n{text}")))
        };
        files(&self.root()).into_iter().map(parsed).collect()
    }

    fn journal(&self) -> Journal {
        let (journal, problems) = load::load(&self.root(), &mut |_, _| {});
        assert_eq!(problems, [], "{:#?}", files(&self.root()));
        journal
    }

    /// A store as a program has it that was just started.
    fn store(&mut self) -> Store {
        let mut bits = self.dice.below(u64::MAX);
        let random = move || {
            bits = bits
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(99);
            bits >> 13
        };
        Store::new(&self.root(), self.dir.path(), Box::new(random))
    }

    fn any<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        let at = self.dice.below(items.len().max(1) as u64);
        items.get(at as usize).cloned()
    }

    fn customer(&mut self) -> String {
        let keys: Vec<String> = self.model.keys().cloned().collect();
        self.any(&keys).unwrap()
    }

    /// An entry that the program made or that stands below a header of its own.
    fn entry(&mut self, customer: &str) -> Option<(String, String)> {
        let mut ids = Vec::new();
        for (kind, keys) in &self.model[customer] {
            if !["concern", "fact", "change"].contains(&kind.as_str()) {
                continue;
            }
            ids.extend(
                keys.as_table()?
                    .keys()
                    .filter(|key| !key.starts_with("out-"))
                    .map(|key| (kind.clone(), key.clone())),
            );
        }
        self.any(&ids)
    }

    fn value(&mut self, field: &str) -> Option<toml::Value> {
        match field {
            "notes" => self.any(&NOTES).map(|n| n.trim_end().into()),
            "tags" => {
                let items = ["a", "b", "c, d", "\"q\""];
                let from = self.dice.below(3) as usize;
                Some(items[from..].to_vec().into())
            }
            _ => self.any(&TEXTS).map(toml::Value::from),
        }
    }

    /// A change by the program, and the same in the model.
    fn change(&mut self) {
        let customer = self.customer();
        let before = files(&self.root());
        let touched = match self.dice.below(10) {
            0 | 1 => self.add(&customer),
            2 | 3 => self.edit(&customer, None),
            4 | 5 => match self.entry(&customer) {
                Some(id) => self.edit(&customer, Some(id)),
                None => return,
            },
            6 | 7 => self.remove(&customer),
            8 => self.give(&customer),
            _ => self.rename(&customer),
        };
        assert_eq!(self.read(), self.model, "{touched:?}\n{before:#?}");
        if let Some((file, id)) = touched {
            let after = files(&self.root());
            for (name, text) in &before {
                if *name == format!("{file}.toml") {
                    // What others wrote is there, and every line of the other entries.
                    others_stay(text, &after[name], &id);
                } else {
                    assert_eq!(after.get(name), Some(text), "{name}");
                }
            }
        }
        self.comments_stay();
    }

    fn apply(&mut self, change: Change) {
        let journal = self.journal();
        let told = format!("{change:?}");
        let done = self.store().apply(&journal, &[change], &now());
        done.unwrap_or_else(|e| panic!("{told}: {e}\n{:#?}", files(&self.root())));
    }

    fn add(&mut self, customer: &str) -> Option<(String, String)> {
        self.count += 1;
        let key = self.any(&["2026-02-03", "k.with.dots", "ja 山田", "q\"q"]);
        let key = format!("{}-{}", key.unwrap(), self.count);
        let said = self.value("said").unwrap();
        let notes = self.value("notes").unwrap();
        let field = |v: &toml::Value| Value::text(v.as_str().unwrap());
        self.apply(Change::Add {
            customer: customer.to_owned(),
            kind: "concern".to_owned(),
            key: Some(key.clone()),
            fields: vec![
                ("said".to_owned(), field(&said)),
                ("notes".to_owned(), field(&notes)),
            ],
        });
        let mut made = toml::Table::new();
        made.insert(
            "date".to_owned(),
            toml::Value::Datetime("2026-11-21".parse().unwrap()),
        );
        made.insert("status".to_owned(), "open".into());
        made.insert("notes".to_owned(), notes);
        if said.as_str() != Some("") {
            made.insert("said".to_owned(), said);
        }
        let file = self.model.get_mut(customer).unwrap();
        let kind = file.entry("concern").or_insert(toml::Table::new().into());
        kind.as_table_mut()
            .unwrap()
            .insert(key.clone(), made.into());
        Some((customer.to_owned(), key))
    }

    fn edit(&mut self, customer: &str, id: Option<(String, String)>) -> Option<(String, String)> {
        let fields: &[&str] = match &id {
            None => &["why", "supplier", "tags", "notes"],
            Some(_) => &["notes", "tags", "own-word"],
        };
        let name = self.any(fields)?;
        let unset = self.dice.below(4) == 0;
        let now = self.value(name).filter(|_| !unset);
        let table = match &id {
            None => self.model.get_mut(customer)?,
            Some((kind, key)) => {
                self.model.get_mut(customer)?[kind.as_str()][key.as_str()].as_table_mut()?
            }
        };
        match now.clone() {
            Some(value) => table.insert(name.to_owned(), value),
            None => table.remove(name),
        };
        let journal = self.journal();
        let read = journal.customer(customer).unwrap();
        let fields = match &id {
            None => &read.head,
            Some((kind, key)) => &read.entry(kind, key).unwrap().fields,
        };
        let edits = vec![FieldEdit {
            name: name.to_owned(),
            was: fields.value(name),
            now: now.as_ref().map(own),
        }];
        let customer = customer.to_owned();
        match id {
            None => {
                self.apply(Change::Head {
                    customer: customer.clone(),
                    edits,
                });
                Some((customer, "the head".to_owned()))
            }
            Some((kind, key)) => {
                self.apply(Change::Edit {
                    customer: customer.clone(),
                    kind,
                    key: key.clone(),
                    edits,
                });
                Some((customer, key))
            }
        }
    }

    fn take(&mut self, customer: &str, (kind, key): &(String, String)) -> toml::Value {
        let file = self.model.get_mut(customer).unwrap();
        let keys = file[kind.as_str()].as_table_mut().unwrap();
        let taken = keys.remove(key).unwrap();
        // An inline table stays as `{}`; one that headers or dotted keys made is gone with them.
        if keys.is_empty() && !(customer.ends_with("cobalt") && kind == "concern") {
            file.remove(kind);
        }
        taken
    }

    fn remove(&mut self, customer: &str) -> Option<(String, String)> {
        let id = self.entry(customer)?;
        let journal = self.journal();
        let entry = journal.customer(customer)?.entry(&id.0, &id.1)?;
        let was = Some(entry.fields.clone());
        self.take(customer, &id);
        self.apply(Change::Remove {
            customer: customer.to_owned(),
            kind: id.0,
            key: id.1.clone(),
            was,
        });
        Some((customer.to_owned(), id.1))
    }

    fn give(&mut self, customer: &str) -> Option<(String, String)> {
        let id = self.entry(customer)?;
        let to = self.customer();
        // What is written inline or dotted has no bytes that could stand in another file.
        if to == *customer || customer.ends_with("cobalt") || to.ends_with("cobalt") {
            return None;
        }
        if self.model[&to]
            .get(&id.0)
            .and_then(|keys| keys.get(&id.1))
            .is_some()
        {
            return None;
        }
        let entry = self.take(customer, &id);
        let file = self.model.get_mut(&to).unwrap();
        let kind = file
            .entry(id.0.clone())
            .or_insert(toml::Table::new().into());
        kind.as_table_mut().unwrap().insert(id.1.clone(), entry);
        self.apply(Change::Move {
            customer: customer.to_owned(),
            kind: id.0.clone(),
            key: id.1.clone(),
            to: to.clone(),
        });
        let name = format!("{}.{}", id.0, id.1);
        self.references(
            |holder, customer_now, rest| {
                let from = customer_now.unwrap_or(holder) == customer && rest == name;
                // The moved entry's own references were near in its old file.
                from.then(|| (holder != to).then(|| to.clone()))
            },
            &to,
            &id,
            customer,
        );
        None
    }

    fn rename(&mut self, customer: &str) -> Option<(String, String)> {
        self.count += 1;
        let to = format!("{}{}-{}", self.any(&["", "grp/", "a/b/"])?, "r", self.count);
        let to = if customer.ends_with("cobalt") {
            format!("{to}-cobalt")
        } else {
            to
        };
        let file = self.model.remove(customer).unwrap();
        self.model.insert(to.clone(), file);
        self.apply(Change::Rename {
            customer: customer.to_owned(),
            to: to.clone(),
        });
        self.references(
            |_, named, _| (named == Some(customer)).then(|| Some(to.clone())),
            "",
            &Default::default(),
            "",
        );
        None
    }

    /// Points `because` elsewhere in the model.
    fn references(
        &mut self,
        aim: impl Fn(&str, Option<&str>, &str) -> Option<Option<String>>,
        to: &str,
        moved: &(String, String),
        from: &str,
    ) {
        for (holder, file) in &mut self.model {
            for (kind, keys) in file.iter_mut() {
                let Some(keys) = keys.as_table_mut() else {
                    continue;
                };
                for (key, entry) in keys.iter_mut() {
                    let Some(list) = entry.get_mut("because").and_then(|b| b.as_array_mut()) else {
                        continue;
                    };
                    for item in list {
                        let text = item.as_str().unwrap().to_owned();
                        let (mut named, rest) = match text.split_once(':') {
                            Some((named, rest)) => (Some(named.to_owned()), rest),
                            None => (None, text.as_str()),
                        };
                        if holder == to && (kind, key) == (&moved.0, &moved.1) {
                            named = match named {
                                None => Some(from.to_owned()),
                                Some(named) if named == to => None,
                                other => other,
                            };
                        }
                        if let Some(new) = aim(holder, named.as_deref(), rest) {
                            named = new;
                        }
                        let named = named.map(|named| format!("{named}:")).unwrap_or_default();
                        *item = format!("{named}{rest}").into();
                    }
                }
            }
        }
    }

    /// Somebody else writes: a comment, a field that the program leaves alone, an entry.
    fn outside(&mut self) {
        self.count += 1;
        let (customer, n) = (self.customer(), self.count);
        let path = self.path(&customer);
        let mut text = std::fs::read_to_string(&path).unwrap();
        let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
        if !text.ends_with('\n') {
            text.push_str(eol);
        }
        match self.dice.below(3) {
            0 => {
                let comment = format!("# seen by others {n}");
                text += &format!("{comment}{eol}");
                self.comments.push(comment);
            }
            1 => {
                let start = text.len() - text.trim_start_matches('\u{feff}').len();
                text.insert_str(start, &format!("theirs-{n} = {n}{eol}"));
                let file = self.model.get_mut(&customer).unwrap();
                file.insert(format!("theirs-{n}"), (n as i64).into());
            }
            _ if customer.ends_with("cobalt") => return,
            _ => {
                text += &format!("{eol}[fact.out-{n}]{eol}text = \"theirs\"{eol}");
                let file = self.model.get_mut(&customer).unwrap();
                let kind = file.entry("fact").or_insert(toml::Table::new().into());
                let entry: toml::Table = "text = \"theirs\"".parse().unwrap();
                kind.as_table_mut()
                    .unwrap()
                    .insert(format!("out-{n}"), entry.into());
            }
        }
        std::fs::write(path, text).unwrap();
        assert_eq!(self.read(), self.model);
    }

    fn comments_stay(&self) {
        let all: String = files(&self.root()).into_values().collect();
        for comment in self
            .comments
            .iter()
            .map(String::as_str)
            .chain(["# ours since 2021", "# the big one"])
        {
            assert!(all.contains(comment), "{comment} is gone");
        }
    }
}

fn own(value: &toml::Value) -> Value {
    match value {
        toml::Value::Array(items) => Value::List(items.iter().map(own).collect()),
        other => Value::text(other.as_str().unwrap()),
    }
}

/// Every paragraph of the text before that says nothing of `id` is there afterwards.
fn others_stay(before: &str, after: &str, id: &str) {
    if before.contains("inline") {
        return;
    }
    for entry in before.split("\n[").skip(1) {
        let header = entry.lines().next().unwrap_or("").replace('\\', "");
        let is_it = header.replace("\\\"", "\"").contains(id.trim_matches('"'));
        // The line breaks around it, and comments at its end, are nobody's.
        let own: Vec<&str> = entry
            .trim_end()
            .lines()
            .take_while(|l| !l.starts_with('#'))
            .collect();
        let own = own.join("\n");
        let own = own.trim_end();
        let after = after.replace("\r\n", "\n");
        assert!(
            is_it || after.contains(own),
            "{id}: {own}\n--- is not in\n{after}"
        );
    }
}

#[test]
fn any_change_does_what_it_says_and_nothing_else_and_is_taken_back() {
    let time = if is_campaign() { 300 } else { 6 };
    let end = Instant::now() + Duration::from_secs(time);
    let mut rounds = 0;
    while Instant::now() < end {
        let mut world = World::new(Dice::new());
        let with_others = world.dice.below(2) == 1;
        let start = files(&world.root());
        for _ in 0..12 {
            world.change();
            if with_others && world.dice.below(3) == 0 {
                world.outside();
            }
        }
        let (changed, mut last) = (files(&world.root()), files(&world.root()));
        let mut steps = 0;
        let mut store = world.store();
        loop {
            match store.undo(&now()) {
                Ok(_) => steps += 1,
                Err(goodwill::store::StoreError::NothingToUndo) => break,
                Err(e) => panic!("{e}\n{:#?}", files(&world.root())),
            }
            world.journal();
            let now = files(&world.root());
            assert_ne!(last, now);
            last = now;
        }
        world.comments_stay();
        if !with_others {
            assert_eq!(files(&world.root()), start);
            for _ in 0..steps {
                store.redo(&now()).unwrap();
            }
            assert_eq!(files(&world.root()), changed);
        } else {
            theirs_are_there(&world);
            for _ in 0..steps {
                store.redo(&now()).unwrap();
            }
            assert_eq!(world.read(), world.model);
            world.comments_stay();
        }
        rounds += 1;
    }
    println!("{rounds} rounds");
}

/// The files hold what they held at first, and besides only what others wrote.
fn theirs_are_there(world: &World) {
    let mut expected = World::new(Dice::new()).model;
    for file in world.model.values() {
        for (name, value) in file.iter().filter(|(name, _)| name.starts_with("theirs-")) {
            let n = files(&world.root())
                .into_iter()
                .find(|(_, text)| text.contains(&format!("{name} = ")));
            let (holder, _) = n.unwrap_or_else(|| panic!("{name} is gone"));
            let holder = holder.strip_suffix(".toml").unwrap();
            expected
                .get_mut(holder)
                .unwrap()
                .insert(name.clone(), value.clone());
        }
        for (key, entry) in file
            .get("fact")
            .and_then(|f| f.as_table())
            .into_iter()
            .flatten()
        {
            if key.starts_with("out-") {
                let texts = files(&world.root());
                let (holder, _) = texts
                    .iter()
                    .find(|(_, text)| text.contains(&format!("[fact.{key}]")))
                    .unwrap();
                let holder = holder.strip_suffix(".toml").unwrap();
                let file = expected.get_mut(holder).unwrap();
                let facts = file.entry("fact").or_insert(toml::Table::new().into());
                facts
                    .as_table_mut()
                    .unwrap()
                    .insert(key.clone(), entry.clone());
            }
        }
    }
    assert_eq!(world.read(), expected);
}
