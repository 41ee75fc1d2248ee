//! Which parts of a journal a search has to parse.
//!
//! A file is looked at as bytes first. Whatever can't hold the words of a query is not parsed:
//! neither whole files nor, of a file that may hold them, its other entries. The look is rough
//! and errs on one side only: it may keep what the search then does not find.

mod cut;
mod rough;

use std::sync::LazyLock;

use cut::{Cut, cut};
use rough::{Rough, holds, runs};

use super::read::{self, Read};
use super::syntax;
use crate::model::search::query::{Atom, Query};

/// The clauses that are told apart; of a longer query the first ones count.
const CLAUSES: usize = 64;

static ROUGH: LazyLock<Rough> = LazyLock::new(Rough::new);

/// Knows what has to stand in an entry, or in its customer's head, for a query to find it.
#[derive(Debug)]
pub struct Sift {
    /// For each clause, for each of its words: runs of letters, all of which it needs.
    wanted: Vec<Vec<Vec<Vec<u16>>>>,
}

/// Memory to use again for the next file.
#[derive(Debug, Default)]
pub struct Scratch {
    rough: Vec<u16>,
    looks: Vec<Look>,
}

/// What stands in one table of a file.
#[derive(Debug)]
struct Look {
    cut: Cut,
    /// The clauses that it may meet.
    meets: u64,
}

impl Sift {
    /// For the words of a query as they are written: not for words that merely come near.
    pub fn new(query: &Query) -> Sift {
        let wanted = query.clauses().iter().filter(|clause| !clause.not);
        let wanted = wanted.take(CLAUSES).map(|clause| {
            let words = clause.any.iter().map(|atom| match atom {
                Atom::Word(word) => runs(word.folded()),
                // Nothing that is looked for, so it may hold anywhere.
                Atom::Test(_) => Vec::new(),
            });
            words.collect()
        });
        Sift {
            wanted: wanted.collect(),
        }
    }

    /// Reads of a customer's file what the query may find, with its head. `None`: nothing.
    pub fn read(&self, key: &str, bytes: &[u8], scratch: &mut Scratch) -> Option<Read> {
        match cut(bytes) {
            Some(cuts) => self.read_cuts(key, bytes, cuts, scratch),
            None => {
                scratch.rough.clear();
                let is_clear = ROUGH.push(bytes, &mut scratch.rough);
                self.push_key(key, &mut scratch.rough);
                let whole = self.meets(&scratch.rough, is_clear);
                (whole == self.all()).then(|| read::read_bytes(key, bytes))
            }
        }
    }

    fn read_cuts(
        &self,
        key: &str,
        bytes: &[u8],
        cuts: Vec<Cut>,
        scratch: &mut Scratch,
    ) -> Option<Read> {
        let Scratch { rough, looks } = scratch;
        looks.clear();
        let mut head = 0;
        for cut in cuts {
            rough.clear();
            let part = bytes.get(cut.range.clone()).unwrap_or_default();
            let is_clear = ROUGH.push(part, rough);
            if looks.is_empty() {
                self.push_key(key, rough);
            }
            let meets = self.meets(rough, is_clear);
            if cut.head {
                head |= meets;
            }
            looks.push(Look { cut, meets });
        }
        let all = self.all();
        let is_wanted = |look: &Look| look.meets != 0 && look.meets | head == all;
        if head != all && !looks.iter().any(is_wanted) {
            return None;
        }
        let is_read = |look: &Look| look.cut.head || is_wanted(look);
        let ranges = looks.iter().filter(|look| is_read(look));
        let ranges = ranges.map(|look| look.cut.range.clone());
        let text = syntax::as_text(key, bytes).ok();
        let parts = text.and_then(|text| read::read_parts(key, text, ranges));
        Some(parts.unwrap_or_else(|| read::read_bytes(key, bytes)))
    }

    /// The key is among a customer's names.
    fn push_key(&self, key: &str, rough: &mut Vec<u16>) {
        rough.push(u16::from(b'\n'));
        ROUGH.push(key.as_bytes(), rough);
    }

    fn all(&self) -> u64 {
        let rest = CLAUSES.saturating_sub(self.wanted.len());
        u64::MAX
            .checked_shr(u32::try_from(rest).unwrap_or(u32::MAX))
            .unwrap_or(0)
    }

    fn meets(&self, rough: &[u16], is_clear: bool) -> u64 {
        if !is_clear {
            return self.all();
        }
        let mut meets = 0;
        for (at, words) in self.wanted.iter().enumerate() {
            let may = |word: &Vec<Vec<u16>>| word.iter().all(|run| holds(rough, run));
            meets |= u64::from(words.iter().any(may)) << at;
        }
        meets
    }
}
