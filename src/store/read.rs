//! From the text of a file to a customer: one lenient pass, which shows what can be read and says
//! what can't.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

pub(super) mod cut;
pub(super) mod plain;

use super::outline::{Block, Line};
use super::syntax::{self, Piece};
use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields, KindWord};
use crate::model::kind::Kind;
use crate::model::packed::Packer;
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

impl Read {
    /// Of which all could be read.
    pub(super) fn whole(customer: Customer) -> Read {
        Read {
            customer,
            problems: Vec::new(),
        }
    }
}

/// Reads a customer from the bytes of its file. Bytes that are no text give a customer that is
/// broken and says nothing.
pub fn read_bytes(key: &str, bytes: &[u8]) -> Read {
    read_with(key, bytes, &mut Packer::default())
}

/// The same with memory to be used again for the next file.
pub(super) fn read_with(key: &str, bytes: &[u8], packer: &mut Packer) -> Read {
    match syntax::as_text(&format!("{key}.toml"), bytes) {
        Ok(text) => read_text(key, text, packer),
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
    read_text(key, text, &mut Packer::default())
}

fn read_text(key: &str, text: &str, packer: &mut Packer) -> Read {
    match plain::customer(key, text, packer) {
        Some(customer) => Read::whole(customer),
        None => parse_customer(key, text),
    }
}

/// The same by the parser alone, which knows whatever may be written, and takes several times as
/// long.
pub fn parse_customer(key: &str, text: &str) -> Read {
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
    Some(Read::whole(customer))
}

/// Reads one table of a customer's file, which begins at that line of it: the entries in it. `None` as
/// for [`read_parts`].
fn read_part(text: &str, line: u32) -> Option<Vec<Entry>> {
    let mut build = Build::new(false);
    let piece = Piece::new(text, line);
    build.piece(&piece);
    let customer = piece.is_sound().then(|| build.customer("", false))?;
    customer.head.is_empty().then_some(customer.entries)
}

/// Reads the settings of a journal: its tables are tables, never entries.
pub fn read_settings(text: &str) -> (Settings, Vec<Problem>) {
    let mut build = Build::new(true);
    let problems = build.pieces(SETTINGS_FILE, text);
    let fields = build.head.into_iter().collect();
    (Settings { fields }, problems)
}

/// Names and values, to be added to.
type Pairs = Vec<(Box<str>, Value)>;

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
    head: Pairs,
    entries: Vec<Entry>,
    /// The fields of those entries that have dotted keys or sub-tables, by place: more may be
    /// said of them further down.
    scattered: BTreeMap<usize, Pairs>,
    packer: Packer,
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
            head: Vec::new(),
            entries: Vec::new(),
            scattered: BTreeMap::new(),
            packer: Packer::default(),
            index: None,
            no_header: HashSet::new(),
        }
    }

    fn customer(mut self, key: &str, broken: bool) -> Customer {
        for (at, fields) in self.scattered {
            if let Some(entry) = self.entries.get_mut(at) {
                entry.fields = fields.into_iter().collect();
            }
        }
        Customer {
            key: key.into(),
            head: self.head.into_iter().collect(),
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
        let lines = outline.lines(block).iter();
        let lines = lines.filter(|item| piece.is_good(item));
        let is_plain = |item: &Line| outline.keys(item.value.keys).len() == 1;
        if self.scattered.contains_key(&at) || !lines.clone().all(is_plain) {
            for item in lines {
                let path: Vec<_> = outline.names(item.value.keys).collect();
                let value = outline.decode(&item.value);
                put_field(self.scattered(at), &path, Leaf::Value(value));
            }
            return;
        }
        let Some(entry) = self.entries.get_mut(at) else {
            return;
        };
        self.packer.truncate(0);
        self.packer.begin(entry.kind.known());
        for item in lines {
            for name in outline.names(item.value.keys) {
                self.packer.name(&name);
            }
            outline.pack(&item.value, &mut self.packer);
        }
        entry.fields = Fields::of(&self.packer);
    }

    /// The fields of an entry, to be added to.
    fn scattered(&mut self, at: usize) -> &mut Pairs {
        let entry = self.entries.get(at);
        self.scattered.entry(at).or_insert_with(|| {
            let fields = entry.into_iter().flat_map(|entry| entry.fields.iter());
            fields
                .map(|(name, value)| (name.into(), value.to_value()))
                .collect()
        })
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
                self.scattered(at).extend(items);
            }
            ([kind, key, rest @ ..], leaf) if !rest.is_empty() && self.is_entry(kind, key) => {
                let at = self.entry_by_path(kind, key, line);
                put_field(self.scattered(at), rest, leaf);
            }
            (path, leaf) => put_field(&mut self.head, path, leaf),
        }
    }

    /// Whether the tables below that name belong to the head.
    fn is_head_table(&self, name: &str) -> bool {
        self.head_only || HEAD_TABLES.contains(&name)
    }

    /// Whether a table of that name is an entry, as no value or array stands in its place.
    fn is_entry(&self, kind: &str, key: &str) -> bool {
        !self.is_head_table(kind)
            && match value_of(&self.head, kind) {
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

fn value_of<'p>(fields: &'p Pairs, name: &str) -> Option<&'p Value> {
    let mut fields = fields.iter();
    fields.find_map(|(n, value)| (**n == *name).then_some(value))
}

fn put_field(fields: &mut Pairs, path: &[Cow<'_, str>], leaf: Leaf) {
    let Some((name, rest)) = path.split_first() else {
        return;
    };
    if !rest.is_empty() {
        let found = fields
            .iter_mut()
            .rposition(|item| *item.0 == **name && as_table(&mut item.1).is_some());
        let at = found.unwrap_or_else(|| {
            fields.push((name.as_ref().into(), Value::Table(Vec::new())));
            fields.len() - 1
        });
        if let Some(table) = fields.get_mut(at).and_then(|item| as_table(&mut item.1)) {
            put_field(table, rest, leaf);
        }
        return;
    }
    let name: Box<str> = name.as_ref().into();
    match leaf {
        Leaf::Value(value) => fields.push((name, value)),
        Leaf::Table => {
            if value_of(fields, &name).is_none() {
                fields.push((name, Value::Table(Vec::new())));
            }
        }
        Leaf::Element => {
            let element = Value::Table(Vec::new());
            match fields.iter_mut().rev().find(|item| item.0 == name) {
                Some((_, Value::List(list))) => list.push(element),
                _ => fields.push((name, Value::List(vec![element]))),
            }
        }
    }
}

/// The table that a path goes on in: the value itself, or the last one of an array of tables.
fn as_table(value: &mut Value) -> Option<&mut Pairs> {
    match value {
        Value::Table(items) => Some(items),
        Value::List(list) => as_table(list.last_mut()?),
        _ => None,
    }
}
