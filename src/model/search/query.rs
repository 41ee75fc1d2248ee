//! What is looked for, as it was typed: words, and fields such as `kind:concern`.
//!
//! Reading a line never fails, and what stands in it is either asked for or told about in
//! [`Query::remarks`]. The language is told in `docs/search.md`.

use jiff::civil::{Date, Weekday};

use super::word::Word;
use mean::Reader;

pub use complete::{Completed, MAX_OFFERED, Offers, complete};
pub use known::Known;
pub use stand::{Kinds, State};
pub use test::{At, People, Test};

mod complete;
mod days;
mod field;
mod known;
mod mean;
mod narrow;
mod scan;
mod stand;
mod test;
mod words;

/// The longest line that is read, in letters: what is behind it was hardly typed.
const MAX_CHARS: usize = 2000;

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

impl Clause {
    /// Whether it asks for kinds alone.
    fn is_kinds(&self) -> bool {
        let is_kind = |atom: &Atom| matches!(atom, Atom::Test(Test::Kind(_)));
        !self.not && self.any.iter().all(is_kind)
    }
}

impl Query {
    /// Reads what was typed. Never fails: what can't be read yet is said in [`Query::remarks`].
    pub fn parse(typed: &str, reading: &Reading) -> Query {
        let end = typed.char_indices().nth(MAX_CHARS);
        let typed = end.and_then(|(at, _)| typed.get(..at)).unwrap_or(typed);
        let mut reader = Reader {
            reading,
            remarks: Vec::new(),
        };
        let mut clauses: Vec<Clause> = Vec::new();
        for part in scan::parts(typed) {
            let Some(clause) = reader.clause(&part) else {
                continue;
            };
            // Nothing is of two kinds: either is meant.
            let mut earlier = clauses.iter_mut();
            match earlier.find(|earlier| earlier.is_kinds() && clause.is_kinds()) {
                Some(kinds) => kinds.any.extend(clause.any),
                None => clauses.push(clause),
            }
        }
        Query {
            clauses,
            remarks: reader.remarks,
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

    /// Whether it asks for words alone, and for nothing about the entries themselves.
    pub fn is_words_only(&self) -> bool {
        let mut atoms = self.clauses.iter().flat_map(|clause| &clause.any);
        atoms.all(|atom| matches!(atom, Atom::Word(_)))
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

#[cfg(test)]
mod tests;
