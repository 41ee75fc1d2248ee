//! A filter, made ready to be asked of many entries.

use jiff::civil::Date;

use super::Filter;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::fold::fold;
use crate::model::journal;
use crate::model::search::query::{At, Atom, Clause, Test};
use crate::model::search::word::{How, Word};
use crate::model::timeline::day;
use crate::model::timeline::index::Index;
use crate::model::timeline::item::{HEAD, Item};
use crate::model::timeline::only::OnlyOf;
use crate::model::timeline::words::{self, word_of};
use crate::model::value::ValueRef;

/// Whether every word stands somewhere in the entry: in its kind or any of its fields. The words
/// are folded.
pub fn has_words<'w>(entry: &Entry, words: impl IntoIterator<Item = &'w str>) -> bool {
    let mut missing: Vec<&str> = words.into_iter().collect();
    if missing.is_empty() {
        return true;
    }
    let mut is_done = |text: &str| {
        if text.bytes().all(is_plain) {
            missing.retain(|word| !has_ascii(text, word));
        } else {
            let text = fold(text);
            missing.retain(|word| !text.contains(word));
        }
        missing.is_empty()
    };
    is_done(entry.kind.word())
        || entry.fields.iter().any(|(_, value)| match value {
            ValueRef::Text(text) => is_done(text),
            value => is_done(&value.to_line()),
        })
}

/// ASCII of which folding changes nothing but the case.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..b'~' | b'\n')
}

/// Whether a plain text has a folded word in it: what folding it would find, without a copy.
fn has_ascii(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else {
        return true;
    };
    let starts = text.len().saturating_sub(word.len() - 1);
    let mut here = text.iter().take(starts).enumerate();
    here.any(|(at, byte)| {
        byte.eq_ignore_ascii_case(first)
            && text
                .get(at..at + word.len())
                .is_some_and(|part| part.eq_ignore_ascii_case(word))
    })
}

/// Whether a word stands in the kind of an entry or in one of its fields.
fn has_word(entry: &Entry, word: &Word) -> bool {
    fn is_in(value: ValueRef<'_>, word: &Word) -> bool {
        match value {
            ValueRef::Text(text) => word.is_in(&fold(text)),
            ValueRef::List(items) => items.iter().any(|item| is_in(item, word)),
            value => word.is_in(&fold(&value.to_line())),
        }
    }
    match word.how() {
        How::Loose | How::Exact => has_words(entry, [word.folded()]),
        _ => {
            let mut fields = entry.fields.iter();
            word.is_in(&fold(entry.kind.word())) || fields.any(|(_, value)| is_in(value, word))
        }
    }
}

/// A filter, made ready to be asked many times.
pub(super) struct Asked<'f> {
    filter: &'f Filter,
    tags: Vec<String>,
    /// For each word of the index, whether its kind is let through.
    kinds: Vec<bool>,
    days: Option<(i32, i32)>,
    has_words: bool,
}

impl<'f> Asked<'f> {
    pub(super) fn new(filter: &'f Filter, index: &Index) -> Asked<'f> {
        let picks = |word: &words::Word| {
            let mut kinds = filter.kinds.iter();
            filter.kinds.is_empty() || kinds.any(|kind| word.is_meant_by(kind))
        };
        let mut atoms = filter.query.clauses().iter().flat_map(|clause| &clause.any);
        Asked {
            filter,
            tags: filter.tags.iter().map(|tag| fold(tag)).collect(),
            kinds: index.words().iter().map(picks).collect(),
            days: filter
                .period
                .map(|days| (day::number(days.from), day::number(days.until))),
            has_words: atoms.any(|atom| matches!(atom, Atom::Word(_))),
        }
    }

    pub(super) fn has_day(&self, item: &Item) -> bool {
        self.days
            .is_none_or(|(from, until)| from <= item.day && item.day <= until)
    }

    pub(super) fn is_kind(&self, entry: &Entry) -> bool {
        let is = |kind: &String| entry.kind.word() == *kind || word_of(entry) == *kind;
        self.filter.kinds.is_empty() || self.filter.kinds.iter().any(is)
    }

    /// What is left to ask of the entries of a customer; `None`: all are left out.
    pub(super) fn of_customer<'a>(&'a self, customer: &'a Customer) -> Option<AskedOf<'a>> {
        let key = self.filter.customer.as_deref();
        if key.is_some_and(|key| *customer.key != *key) {
            return None;
        }
        let only = match &self.filter.only {
            Some(only) => Some(only.of(customer)?),
            None => None,
        };
        let names: Vec<String> = match self.has_words {
            true => journal::names(customer).map(fold).collect(),
            false => Vec::new(),
        };
        let has_tag = |tag: &&str| customer.head.texts("tags").any(|own| fold(own) == *tag);
        let tags = self.tags.iter().map(String::as_str);
        let mut asked = AskedOf {
            asked: self,
            customer,
            tags: tags.filter(|tag| !has_tag(tag)).collect(),
            words: Vec::new(),
            rest: Vec::new(),
            only,
        };
        for clause in self.filter.query.clauses() {
            match left(clause, customer, &names) {
                Left::Known(true) => {}
                Left::Known(false) => return None,
                Left::Word(word) => asked.words.push(word),
                Left::Rest(rest) => asked.rest.push(rest),
            }
        }
        Some(asked)
    }
}

/// What is left to ask by one part of a query, once its customer is known.
enum Left<'a> {
    /// Nothing: all entries of the customer meet it, or none.
    Known(bool),
    /// Whether the folded word stands somewhere.
    Word(&'a str),
    Rest(Rest<'a>),
}

struct Rest<'a> {
    not: bool,
    words: Vec<&'a Word>,
    tests: Vec<At<'a>>,
}

fn left<'a>(clause: &'a Clause, customer: &'a Customer, names: &[String]) -> Left<'a> {
    let mut rest = Rest {
        not: clause.not,
        words: Vec::new(),
        tests: Vec::new(),
    };
    for atom in &clause.any {
        match atom {
            Atom::Word(word) if names.iter().any(|name| word.is_in(name)) => {
                return Left::Known(!clause.not);
            }
            Atom::Word(word) => rest.words.push(word),
            Atom::Test(test) => match test.at(customer) {
                At::All(true) => return Left::Known(!clause.not),
                At::All(false) => {}
                at => rest.tests.push(at),
            },
        }
    }
    match (rest.not, rest.words.as_slice(), rest.tests.is_empty()) {
        (not, [], true) => Left::Known(not),
        (false, [word], true) if matches!(word.how(), How::Loose | How::Exact) => {
            Left::Word(word.folded())
        }
        _ => Left::Rest(rest),
    }
}

impl Rest<'_> {
    fn is_met(&self, customer: &Customer, entry: Option<&Entry>, day: Option<Date>) -> bool {
        let holds = |at: &At| match at {
            // What is due stands on another day than the promise of it.
            At::Each(Test::Days(days)) => day.is_some_and(|day| days.contains(day)),
            at => at.holds(customer, entry),
        };
        let has = |word: &&Word| entry.is_some_and(|entry| has_word(entry, word));
        (self.tests.iter().any(holds) || self.words.iter().any(has)) != self.not
    }
}

/// What is left to ask of the entries of one customer.
pub(super) struct AskedOf<'a> {
    asked: &'a Asked<'a>,
    customer: &'a Customer,
    tags: Vec<&'a str>,
    /// Folded words that all stand somewhere in an entry.
    words: Vec<&'a str>,
    rest: Vec<Rest<'a>>,
    only: Option<OnlyOf<'a>>,
}

impl AskedOf<'_> {
    pub(super) fn item(&self, index: &Index, item: &Item) -> bool {
        let kind = self.asked.kinds.get(usize::from(item.word));
        if !kind.is_some_and(|is| *is) || !self.is_found(item.place) {
            return false;
        }
        if self.tags.is_empty() && self.words.is_empty() && self.rest.is_empty() {
            return true;
        }
        let day = Some(day::of(item.day));
        match index.entry(item) {
            Some(entry) => self.entry(entry, day),
            None => {
                item.place == HEAD
                    && self.tags.is_empty()
                    && self.words.is_empty()
                    && self.meets_rest(None, day)
            }
        }
    }

    /// Whether a search found what stands at a place, where one is followed.
    pub(super) fn is_found(&self, place: u32) -> bool {
        self.only.as_ref().is_none_or(|only| only.has(place))
    }

    /// Whether an entry is let through, on a day where it stands on one.
    pub(super) fn entry(&self, entry: &Entry, day: Option<Date>) -> bool {
        let has_tag = |tag: &&str| entry.fields.texts("tags").any(|own| fold(own) == **tag);
        self.tags.iter().all(has_tag)
            && self.meets_rest(Some(entry), day)
            && has_words(entry, self.words.iter().copied())
    }

    fn meets_rest(&self, entry: Option<&Entry>, day: Option<Date>) -> bool {
        let mut rest = self.rest.iter();
        rest.all(|rest| rest.is_met(self.customer, entry, day))
    }
}
