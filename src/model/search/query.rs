//! What is looked for, as it was typed: words, and fields such as `kind:concern`.

use jiff::civil::{Date, Weekday};

use super::word::{How, Word};
use crate::model::customer::Customer;
use crate::model::entry::Entry;

/// What a query is read by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The day that "today" is.
    pub today: Date,
    /// The first day of a week.
    pub week_starts: Weekday,
    /// Whether Latin letters may be the reading of Japanese.
    pub romaji: bool,
}

/// What is looked for. All of its clauses are to be met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    clauses: Vec<Clause>,
    remarks: Vec<String>,
}

/// One part of a query: any of these, or none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Whether what meets it is left out: `!word`.
    pub not: bool,
    /// What meets it: `a|b`.
    pub any: Vec<Atom>,
}

/// A word, or a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Atom {
    /// Words that stand somewhere.
    Word(Word),
    /// Something about the entry itself.
    Test(Test),
}

/// Something that is true of an entry or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// `kind:concern`.
    Kind(String),
}

impl Test {
    /// Whether it is true of an entry; without an entry, of the customer's head.
    pub fn holds(&self, _customer: &Customer, entry: Option<&Entry>) -> bool {
        match self {
            Test::Kind(word) => entry.map_or("customer", |entry| entry.kind.word()) == word,
        }
    }
}

impl Query {
    /// Reads what was typed. Never fails: what can't be read yet is said in [`Query::remarks`].
    pub fn parse(typed: &str, _reading: &Reading) -> Query {
        let atom = |part: &str| match part.strip_prefix("kind:") {
            Some(word) => Some(Atom::Test(Test::Kind(word.to_owned()))),
            None => Word::new(part, How::Loose).map(Atom::Word),
        };
        let clause = |part: &str| {
            let (not, rest) = match part.strip_prefix('!') {
                Some(rest) => (true, rest),
                None => (false, part),
            };
            let any: Vec<Atom> = rest.split('|').filter_map(atom).collect();
            (!any.is_empty()).then_some(Clause { not, any })
        };
        Query {
            clauses: typed.split_whitespace().filter_map(clause).collect(),
            remarks: Vec::new(),
        }
    }

    /// Its parts.
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// What of it can't be followed, one line each, such as a field that there is not.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The words that are looked for, for showing where they stand.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        let wanted = self.clauses.iter().filter(|clause| !clause.not);
        wanted
            .flat_map(|clause| &clause.any)
            .filter_map(|atom| match atom {
                Atom::Word(word) => Some(word),
                Atom::Test(_) => None,
            })
    }
}
