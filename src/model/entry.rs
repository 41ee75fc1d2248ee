//! An entry: one `[kind.key]` of a customer's file.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::age::short_age;
use super::id;
use super::kind::Kind;
use super::packed::{self, Packer};
use super::value::{Table, Value, ValueRef};
use super::when::When;

/// The fields of an entry or of a customer's head, in file order.
///
/// They lie in one piece of memory ([`super::packed`]), most often with those of the other entries of a
/// file: they are looked at, cloned and compared, but not changed. New ones are collected from
/// names and values.
#[derive(Clone, Default)]
pub struct Fields {
    /// Those of other entries of the same customer may lie beside them.
    all: Arc<str>,
    start: u32,
    end: u32,
}

impl Fields {
    /// What was packed, with no room to spare.
    pub fn of(packer: &Packer) -> Fields {
        let all: Arc<str> = packer.packed().into();
        Fields {
            start: 0,
            end: u32::try_from(all.len()).unwrap_or(u32::MAX),
            all,
        }
    }

    /// Those that lie in a part of these, sharing their memory: of several entries that were packed
    /// one behind the other.
    #[must_use]
    pub fn part(&self, part: Range<usize>) -> Fields {
        let place = |at: usize| {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            self.start.saturating_add(at).min(self.end)
        };
        Fields {
            all: Arc::clone(&self.all),
            start: place(part.start),
            end: place(part.end),
        }
    }

    fn packed(&self) -> &str {
        let range = self.start as usize..self.end as usize;
        self.all.get(range).unwrap_or_default()
    }

    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<ValueRef<'_>> {
        packed::Table(self.packed()).get(name)
    }

    /// A copy of the value of a field.
    pub fn value(&self, name: &str) -> Option<Value> {
        self.get(name).map(ValueRef::to_value)
    }

    /// The text of a field; `None` where it is missing, empty or not a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?
            .as_text()
            .filter(|text| !text.trim().is_empty())
    }

    /// The texts of a list field; a single text counts as a list of one.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.get(name).into_iter().flat_map(ValueRef::as_texts)
    }

    /// The day of a date field.
    pub fn day(&self, name: &str) -> Option<Date> {
        self.get(name)?.as_when()?.date
    }

    /// Whether a yes/no field says yes.
    pub fn is_yes(&self, name: &str) -> bool {
        matches!(self.get(name), Some(ValueRef::Bool(true)))
    }

    /// How many bytes they take, with their names.
    pub fn bytes(&self) -> usize {
        self.packed().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.packed().is_empty()
    }

    /// Copies of names and values in file order.
    pub fn to_vec(&self) -> Vec<(String, Value)> {
        let fields = self.iter();
        fields
            .map(|(name, value)| (name.to_owned(), value.to_value()))
            .collect()
    }

    /// Names and values in file order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, ValueRef<'_>)> {
        packed::Table(self.packed()).iter()
    }

    /// The same behind the first few, which are not looked at.
    pub fn iter_from(&self, place: usize) -> impl Iterator<Item = (&str, ValueRef<'_>)> {
        packed::Table(self.packed()).iter_from(place)
    }
}

impl PartialEq for Fields {
    fn eq(&self, other: &Fields) -> bool {
        self.packed() == other.packed()
    }
}

impl<N: AsRef<str>> FromIterator<(N, Value)> for Fields {
    fn from_iter<I: IntoIterator<Item = (N, Value)>>(fields: I) -> Fields {
        let mut packer = Packer::default();
        for (name, value) in fields {
            packer.name(name.as_ref());
            packer.value(value.view());
        }
        Fields::of(&packer)
    }
}

impl<N: AsRef<str>, const COUNT: usize> From<[(N, Value); COUNT]> for Fields {
    fn from(fields: [(N, Value); COUNT]) -> Fields {
        fields.into_iter().collect()
    }
}

impl<'a> From<Table<'a>> for Fields {
    fn from(table: Table<'a>) -> Fields {
        let mut packer = Packer::default();
        packer.fields(table);
        Fields::of(&packer)
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// The kind of an entry, also one that this version does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KindWord {
    /// One of the ten.
    Known(Kind),
    /// A word from a newer version or of the owner's making.
    Other(Box<str>),
}

impl KindWord {
    /// The kind that a word stands for.
    pub fn of(word: &str) -> KindWord {
        Kind::of(word).map_or_else(|| KindWord::Other(word.into()), KindWord::Known)
    }

    /// The word itself.
    pub fn word(&self) -> &str {
        match self {
            KindWord::Known(kind) => kind.word(),
            KindWord::Other(word) => word,
        }
    }

    /// The kind, where this version knows it.
    pub fn known(&self) -> Option<Kind> {
        match self {
            KindWord::Known(kind) => Some(*kind),
            KindWord::Other(_) => None,
        }
    }
}

/// One `[kind.key]`: what it is, which one it is, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is.
    pub kind: KindWord,
    /// Which one it is among its kind; never changes.
    pub key: Box<str>,
    /// What it says.
    pub fields: Fields,
    /// The line of its header in the file, from 1.
    pub line: u32,
}

impl Entry {
    /// The kind, where this version knows it.
    pub fn kind(&self) -> Option<Kind> {
        self.kind.known()
    }

    /// `kind.key`, as references write it.
    pub fn id(&self) -> String {
        format!("{}.{}", self.kind.word(), self.key)
    }

    /// Whether it is the entry `kind.key`.
    pub fn is(&self, kind: &str, key: &str) -> bool {
        self.kind.word() == kind && &*self.key == key
    }

    /// When it happened: the `date` field as written, else the day its key begins with.
    /// A deal happens when it is opened.
    pub fn when(&self) -> Option<When> {
        let field = self.kind().map_or(Some("date"), Kind::day_field);
        field
            .and_then(|field| self.fields.get(field))
            .and_then(ValueRef::as_when)
            .filter(|when| when.date.is_some())
            .or_else(|| id::key_date(&self.key).map(When::day))
    }

    /// The day it happened on.
    pub fn day(&self) -> Option<Date> {
        self.when()?.date
    }

    /// What came of it, as the line below [`Entry::line_text`]: what settled a concern, what a
    /// negotiation taught, why a deal came out so; else where its notes begin.
    pub fn second_line(&self) -> Option<&str> {
        let fields: &[&str] = match self.kind() {
            Some(Kind::Concern) => &["answer"],
            Some(Kind::Negotiation) => &["learned"],
            Some(Kind::Deal) => &["real-reason", "stated-reason"],
            Some(Kind::CheckIn) => &["reason"],
            Some(Kind::Fact) => &["source"],
            _ => &[],
        };
        let mut texts = fields
            .iter()
            .chain(&["notes"])
            .filter_map(|f| self.fields.text(f));
        texts.find_map(|text| text.lines().map(str::trim).find(|line| !line.is_empty()))
    }

    /// Whether it counts as being in touch: an interaction, a check-in or a negotiation.
    pub fn is_touch(&self) -> bool {
        self.kind().is_some_and(Kind::is_touch)
    }

    /// The word of a field, with the word that stands for a missing one.
    pub fn word(&self, name: &str) -> &str {
        let fallback = || match self.kind()?.always_written() {
            Some((field, word)) if field == name => Some(word),
            _ => None,
        };
        self.fields.text(name).or_else(fallback).unwrap_or("")
    }

    /// What a party (`us`, `them`, `others`) comes away with by its lines of this outcome: `win`,
    /// `lose`, `even`.
    pub fn outcomes<'e>(&'e self, party: &str, outcome: &str) -> impl Iterator<Item = &'e str> {
        let lines = self.fields.texts(party).map(split_line);
        lines
            .filter(move |(word, what)| *word == Some(outcome) && !what.is_empty())
            .map(|(_, what)| what)
    }

    /// Whether something is still to come of it: an open deal, concern or negotiation, a promise
    /// neither kept nor dropped.
    pub fn is_open(&self) -> bool {
        match self.kind() {
            Some(Kind::Deal | Kind::Concern) => self.word("status") == "open",
            Some(Kind::Negotiation) => self.word("result") == "open",
            Some(Kind::Promise) => {
                self.fields.get("done").is_none() && self.fields.get("dropped").is_none()
            }
            _ => false,
        }
    }

    /// Where it stands on a day, in a word or two; empty where that says nothing.
    pub fn state(&self, today: Date) -> String {
        match self.kind() {
            Some(Kind::Deal | Kind::Concern) => self.word("status").to_owned(),
            Some(Kind::Negotiation) => self.word("result").to_owned(),
            Some(Kind::Promise) => self.promise_state(today),
            _ => String::new(),
        }
    }

    fn promise_state(&self, today: Date) -> String {
        if let Some(done) = self.fields.get("done") {
            return format!("done {}", done.to_line());
        }
        if self.fields.get("dropped").is_some() {
            return "dropped".to_owned();
        }
        match self.fields.day("due") {
            Some(due) if due == today => "due today".to_owned(),
            Some(due) if due < today => format!("overdue {}", short_age(due, today)),
            Some(due) => format!("due {due}"),
            None => "open".to_owned(),
        }
    }

    /// The one line that says what it is, for a list: its main field, else the next best.
    pub fn line_text(&self) -> String {
        let main = self.kind().map_or("", Kind::main_field);
        let from = |name: &str| self.fields.get(name).map(ValueRef::to_line);
        let nonempty = |text: &String| !text.trim().is_empty();
        match self.kind() {
            Some(Kind::WinLose) => self.win_lose_line(),
            Some(Kind::CheckIn) => self.check_in_line(),
            _ => from(main).filter(nonempty),
        }
        .or_else(|| from("notes").filter(nonempty))
        .or_else(|| {
            self.fields
                .iter()
                .filter(|(name, _)| *name != "date")
                .map(|(_, value)| value.to_line())
                .find(nonempty)
        })
        .unwrap_or_default()
    }

    fn win_lose_line(&self) -> Option<String> {
        let parties = ["us", "them", "others"].into_iter().flat_map(|party| {
            self.fields.texts(party).map(move |line| match party {
                "others" => line.to_owned(),
                _ => format!("{party} {line}"),
            })
        });
        let line = parties.collect::<Vec<_>>().join(", ");
        if line.is_empty() {
            self.fields.text("reason").map(str::to_owned)
        } else {
            Some(line)
        }
    }

    fn check_in_line(&self) -> Option<String> {
        let mut parts = Vec::new();
        if let Some(level) = self.fields.get("satisfaction") {
            parts.push(format!("satisfied {} of 5", level.to_line()));
        }
        if let Some(what) = self.fields.text("enduring") {
            parts.push(format!("enduring {what}"));
        }
        if let Some(place) = self.fields.text("in-their-place") {
            parts.push(format!("in their place {place}"));
        }
        if parts.is_empty() {
            return self.fields.text("reason").map(str::to_owned);
        }
        Some(parts.join(", "))
    }
}

/// Splits a line `word: text` at its colon; a full-width colon counts too.
///
/// A line without a colon is all text.
pub fn split_line(line: &str) -> (Option<&str>, &str) {
    match line.find([':', '：']) {
        Some(at) => {
            let (word, rest) = line.split_at(at);
            (
                Some(word.trim()),
                rest.trim_start_matches([':', '：']).trim(),
            )
        }
        None => (None, line.trim()),
    }
}
