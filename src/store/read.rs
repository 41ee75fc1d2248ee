//! From the text of a file to a customer: one lenient pass, which shows what can be read and says
//! what can't.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::{Deref, Range};
use std::sync::LazyLock;

use super::outline::Block;
use super::syntax::{self, Piece};
use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields, KindWord, Name};
use crate::model::kind::{COMMON, HEAD, Kind};
use crate::model::problem::Problem;
use crate::model::settings::Settings;
use crate::model::value::Value;

/// Head tables whose keys are no entries.
pub(super) const HEAD_TABLES: [&str; 3] = ["volume", "snooze", "dismissed"];

/// The name of the file with a journal's settings.
pub const SETTINGS_FILE: &str = ".goodwill.toml";

/// What could be read of one customer's file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// The customer; where the file does not parse, its good parts.
    pub customer: Customer,
    /// What could not be read, in file order. What only a strict parse sees (equal keys,
    /// impossible values) is left to [`syntax::strict_problems`].
    pub problems: Vec<Problem>,
}

/// Reads a customer from the bytes of its file. Bytes that are no text give a customer that is
/// broken and says nothing.
pub fn read_bytes(key: &str, bytes: &[u8]) -> Read {
    match syntax::as_text(&format!("{key}.toml"), bytes) {
        Ok(text) => read_customer(key, text),
        Err(problem) => Read {
            customer: Customer {
                key: key.into(),
                broken: true,
                ..Customer::default()
            },
            problems: vec![*problem],
        },
    }
}

/// Reads a customer from the text of its file. A byte order mark in front is fine.
pub fn read_customer(key: &str, text: &str) -> Read {
    let mut build = Build::new(false);
    let problems = build.pieces(&format!("{key}.toml"), text);
    let customer = build.customer(key, !problems.is_empty());
    Read { customer, problems }
}

/// Reads parts of a customer's file, each from a header up to another one. `None` where they can't
/// be told from the rest: something is wrong in them, or the head says more about entries.
pub(super) fn read_parts(
    key: &str,
    text: &str,
    parts: impl Iterator<Item = Range<usize>>,
) -> Option<Read> {
    let mut build = Build::new(false);
    let (mut line, mut counted) = (1, 0);
    let mut parts = parts.peekable();
    while let Some(mut part) = parts.next() {
        let is_head = part.start == 0;
        while !is_head && let Some(next) = parts.next_if(|next| next.start == part.end) {
            part.end = next.end;
        }
        line += syntax::line_breaks(text.as_bytes().get(counted..part.start)?);
        counted = part.start;
        let piece = Piece::new(text.get(part)?, line);
        build.piece(&piece);
        if !piece.is_sound() || is_head && !build.entries.is_empty() {
            return None;
        }
    }
    let customer = build.customer(key, false);
    Some(Read {
        customer,
        problems: Vec::new(),
    })
}

/// Reads the settings of a journal: its tables are tables, never entries.
pub fn read_settings(text: &str) -> (Settings, Vec<Problem>) {
    let mut build = Build::new(true);
    let problems = build.pieces(SETTINGS_FILE, text);
    (Settings { fields: build.head }, problems)
}

/// The kind and the key of an entry.
type Id = (Box<str>, Box<str>);

/// What is put where a key path leads.
enum Leaf {
    Value(Value),
    /// A table, where there is none yet.
    Table,
    /// One more table of an array of tables.
    Element,
}

struct Build {
    /// Whether every table belongs to the head.
    head_only: bool,
    head: Fields,
    entries: Vec<Entry>,
    /// Where an entry stands that is reached by another way than its header. Made when first
    /// needed, as most files have a header for every entry and nothing else.
    index: Option<HashMap<Id, usize>>,
    /// Entries that were begun by a sub-table or a dotted key: a header that follows is theirs.
    no_header: HashSet<usize>,
}

impl Build {
    fn new(head_only: bool) -> Build {
        Build {
            head_only,
            head: Fields::default(),
            entries: Vec::new(),
            index: None,
            no_header: HashSet::new(),
        }
    }

    fn customer(self, key: &str, broken: bool) -> Customer {
        Customer {
            key: key.into(),
            head: self.head,
            entries: self.entries,
            broken,
        }
    }

    fn pieces(&mut self, path: &str, text: &str) -> Vec<Problem> {
        let pieces = syntax::pieces(text);
        let blocks: usize = pieces.iter().map(|p| p.outline.blocks().len() - 1).sum();
        self.entries.reserve_exact(blocks);
        for piece in &pieces {
            self.piece(piece);
        }
        self.entries.shrink_to_fit();
        syntax::problems(path, text, &pieces)
    }

    fn piece(&mut self, piece: &Piece<'_>) {
        let bytes = piece.outline.text().as_bytes();
        let mut line = piece.first_line;
        let mut counted = 0;
        for block in piece.outline.blocks() {
            let header = block.header.start as usize;
            line += syntax::line_breaks(bytes.get(counted..header).unwrap_or(&[]));
            counted = header;
            self.block(piece, block, line);
        }
    }

    fn block(&mut self, piece: &Piece<'_>, block: &Block, line: u32) {
        let outline = &piece.outline;
        if !piece.is_good_header(block) {
            return;
        }
        if let [kind, key] = outline.keys(block.path)
            && !block.array
        {
            let (kind, key) = (outline.decode_key(kind), outline.decode_key(key));
            if self.is_entry(&kind, &key) {
                let at = self.entry_by_header(&kind, &key, line);
                return self.entry_lines(piece, block, at);
            }
        }
        let path: Vec<Cow<'_, str>> = outline.names(block.path).collect();
        let lines = outline.lines(block);
        if block.array {
            self.put(&path, Leaf::Element, line);
        } else if lines.is_empty() && (path.len() > 1 || path.iter().any(|p| Kind::of(p).is_none()))
        {
            self.put(&path, Leaf::Table, line);
        }
        for item in lines.iter().filter(|item| piece.is_good(item)) {
            let mut full = path.clone();
            full.extend(outline.names(item.value.keys));
            self.put(&full, Leaf::Value(outline.decode(&item.value)), line);
        }
    }

    /// The fast way, for the lines below `[kind.key]`.
    fn entry_lines(&mut self, piece: &Piece<'_>, block: &Block, at: usize) {
        let outline = &piece.outline;
        let lines = outline.lines(block);
        let Some(entry) = self.entries.get_mut(at) else {
            return;
        };
        let names = Names::of(entry.kind.known());
        let mut next = 0;
        entry.fields.0.reserve_exact(lines.len());
        for item in lines.iter().filter(|item| piece.is_good(item)) {
            let value = outline.decode(&item.value);
            if let [key] = outline.keys(item.value.keys) {
                let name = names.name(outline.decode_key(key), &mut next);
                entry.fields.0.push((name, value));
            } else {
                let path: Vec<_> = outline.names(item.value.keys).collect();
                put_field(&mut entry.fields, &names, &path, Leaf::Value(value));
            }
        }
    }

    /// Puts something where a path from the root of the file leads: into an entry or the head.
    fn put(&mut self, path: &[Cow<'_, str>], leaf: Leaf, line: u32) {
        match (path, leaf) {
            ([kind], Leaf::Value(Value::Table(items)))
                if !self.is_head_table(kind) && !items.is_empty() =>
            {
                for (key, item) in items {
                    let path = [kind.clone(), Cow::Owned(key.into())];
                    self.put(&path, Leaf::Value(item), line);
                }
            }
            ([kind, key], Leaf::Value(Value::Table(items))) if self.is_entry(kind, key) => {
                let at = self.entry_by_header(kind, key, line);
                self.extend(at, items);
            }
            ([kind, key, rest @ ..], leaf) if !rest.is_empty() && self.is_entry(kind, key) => {
                let at = self.entry_by_path(kind, key, line);
                if let Some(entry) = self.entries.get_mut(at) {
                    let names = Names::of(entry.kind.known());
                    put_field(&mut entry.fields, &names, rest, leaf);
                }
            }
            (path, leaf) => put_field(&mut self.head, &Names::head(), path, leaf),
        }
    }

    fn extend(&mut self, at: usize, items: Vec<(Box<str>, Value)>) {
        let Some(entry) = self.entries.get_mut(at) else {
            return;
        };
        let names = Names::of(entry.kind.known());
        for (name, value) in items {
            let name = names.name(Cow::Borrowed(&name), &mut 0);
            entry.fields.0.push((name, value));
        }
    }

    /// Whether the tables below that name belong to the head.
    fn is_head_table(&self, name: &str) -> bool {
        self.head_only || HEAD_TABLES.contains(&name)
    }

    /// Whether a table of that name is an entry, as no value or array stands in its place.
    fn is_entry(&self, kind: &str, key: &str) -> bool {
        !self.is_head_table(kind)
            && match self.head.get(kind) {
                Some(Value::Table(items)) => !items.iter().any(|(name, _)| **name == *key),
                Some(Value::List(_)) => false,
                _ => true,
            }
    }

    /// The entry that a header begins: a new one, also where one of that name exists, unless
    /// that had no header so far.
    fn entry_by_header(&mut self, kind: &str, key: &str, line: u32) -> usize {
        if !self.no_header.is_empty()
            && let Some(at) = self.find(kind, key)
            && self.no_header.remove(&at)
        {
            if let Some(entry) = self.entries.get_mut(at) {
                entry.line = line;
            }
            return at;
        }
        self.new_entry(kind, key, line)
    }

    /// The entry that a longer path leads through; begun where there is none.
    fn entry_by_path(&mut self, kind: &str, key: &str, line: u32) -> usize {
        self.find(kind, key).unwrap_or_else(|| {
            let at = self.new_entry(kind, key, line);
            self.no_header.insert(at);
            at
        })
    }

    fn new_entry(&mut self, kind: &str, key: &str, line: u32) -> usize {
        let at = self.entries.len();
        self.entries.push(Entry {
            kind: KindWord::of(kind),
            key: key.into(),
            fields: Fields::default(),
            line,
        });
        if let Some(index) = &mut self.index {
            index.insert((kind.into(), key.into()), at);
        }
        at
    }

    fn find(&mut self, kind: &str, key: &str) -> Option<usize> {
        let entries = &self.entries;
        let index = self.index.get_or_insert_with(|| {
            let id = |entry: &Entry| (entry.kind.word().into(), entry.key.clone());
            entries
                .iter()
                .enumerate()
                .map(|(at, e)| (id(e), at))
                .collect()
        });
        index.get(&(kind.into(), key.into())).copied()
    }
}

/// The names of fields that this version knows, so that they need not be copied.
pub(super) struct Names(&'static [&'static str]);

static KNOWN_NAMES: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let of_kind = |kind: Kind| kind.all_fields().map(|field| field.name).collect();
    let head = HEAD.iter().map(|field| field.name);
    let others = COMMON.iter().map(|field| field.name);
    let mut known: Vec<Vec<_>> = Kind::ALL.into_iter().map(of_kind).collect();
    known.push(head.chain(HEAD_TABLES).chain(["ourselves"]).collect());
    known.push(others.chain(["date"]).collect());
    known
});

impl Names {
    fn at(place: usize) -> Names {
        Names(KNOWN_NAMES.get(place).map_or(&[], Vec::as_slice))
    }

    /// Those of a customer's head.
    pub(super) fn head() -> Names {
        Names::at(Kind::ALL.len())
    }

    /// Those of a kind of entries.
    pub(super) fn of(kind: Option<Kind>) -> Names {
        let other = Kind::ALL.len() + 1;
        Names::at(kind.map_or(other, |kind| kind as usize))
    }

    /// The name to keep for a field. The search begins at `next`, behind the last name found, as
    /// fields mostly stand in the order of the table.
    pub(super) fn name(&self, name: Cow<'_, str>, next: &mut usize) -> Name {
        let (before, behind) = self.0.split_at(self.0.len().min(*next));
        match behind.iter().chain(before).position(|known| *known == name) {
            Some(steps) => {
                let at = (before.len() + steps) % self.0.len();
                *next = at + 1;
                Cow::Borrowed(self.0.get(at).copied().unwrap_or(""))
            }
            None => Cow::Owned(name.into_owned()),
        }
    }
}

fn put_field(fields: &mut Fields, names: &Names, path: &[Cow<'_, str>], leaf: Leaf) {
    if let Some((name, rest)) = path.split_first() {
        let name = names.name(Cow::Borrowed(name), &mut 0);
        put_below(&mut fields.0, name, rest, leaf);
    }
}

fn put_below<N: Deref<Target = str>>(
    items: &mut Vec<(N, Value)>,
    name: N,
    rest: &[Cow<'_, str>],
    leaf: Leaf,
) {
    if let Some((next, rest)) = rest.split_first() {
        let found = items
            .iter_mut()
            .rposition(|item| *item.0 == *name && as_table(&mut item.1).is_some());
        let at = found.unwrap_or_else(|| {
            items.push((name, Value::Table(Vec::new())));
            items.len() - 1
        });
        if let Some(table) = items.get_mut(at).and_then(|item| as_table(&mut item.1)) {
            put_below(table, Box::from(&**next), rest, leaf);
        }
        return;
    }
    match leaf {
        Leaf::Value(value) => items.push((name, value)),
        Leaf::Table => {
            if !items.iter().any(|item| *item.0 == *name) {
                items.push((name, Value::Table(Vec::new())));
            }
        }
        Leaf::Element => {
            let element = Value::Table(Vec::new());
            match items.iter_mut().rev().find(|item| *item.0 == *name) {
                Some((_, Value::List(list))) => list.push(element),
                _ => items.push((name, Value::List(vec![element]))),
            }
        }
    }
}

/// The table that a path goes on in: the value itself, or the last one of an array of tables.
fn as_table(value: &mut Value) -> Option<&mut Vec<(Box<str>, Value)>> {
    match value {
        Value::Table(items) => Some(items),
        Value::List(list) => as_table(list.last_mut()?),
        _ => None,
    }
}
