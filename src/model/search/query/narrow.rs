//! Whether one query finds nothing that another one does not find.
//!
//! A `true` is a proof, a `false` is none: it only costs a look at everything again.

use super::test::Test;
use super::{Atom, Clause, Query};
use crate::model::search::word::{How, Word};
use crate::model::timeline::period::Period;

impl Query {
    /// Whether all that it finds is found by `wider` too, so that a look at what that one found is
    /// enough.
    ///
    /// A word more is not always narrower: of an entry, `acme` has to stand in it, but for
    /// `acme pay` the customer's name will do where `pay` stands in the entry.
    pub fn narrows(&self, wider: &Query) -> bool {
        if self.is_empty() {
            return true;
        }
        if wider.is_empty() || !self.asks_more(wider) {
            return false;
        }
        let wanted = |query: &Query| -> Vec<Clause> {
            let wanted = query.clauses.iter().filter(|clause| !clause.not);
            wanted.cloned().collect()
        };
        let (own, theirs) = (wanted(self), wanted(wider));
        // What the entry itself has to meet: nothing, a test that it is known to meet, or one of
        // the words, for each of ours one of theirs.
        theirs.is_empty()
            || theirs.iter().any(Clause::is_tests)
            || own
                .iter()
                .all(|own| theirs.iter().any(|their| own.narrows(their)))
    }

    /// Whether what meets all of its clauses meets all clauses of `wider`, be it by the entry or by
    /// the customer's names.
    pub fn asks_more(&self, wider: &Query) -> bool {
        let is_asked = |their: &Clause| self.clauses.iter().any(|own| own.narrows(their));
        wider.clauses.iter().all(is_asked)
    }
}

impl Clause {
    /// Whether it is about the entry alone, and not about words.
    fn is_tests(&self) -> bool {
        self.any.iter().all(|atom| matches!(atom, Atom::Test(_)))
    }

    /// Whether what meets it meets the other.
    fn narrows(&self, wider: &Clause) -> bool {
        let all = |own: &[Atom], theirs: &[Atom]| {
            own.iter()
                .all(|own| theirs.iter().any(|their| own.narrows(their)))
        };
        match (self.not, wider.not) {
            (false, false) => all(&self.any, &wider.any),
            (true, true) => all(&wider.any, &self.any),
            _ => false,
        }
    }
}

impl Atom {
    fn narrows(&self, wider: &Atom) -> bool {
        match (self, wider) {
            (Atom::Word(own), Atom::Word(their)) => word(own, their),
            (Atom::Test(own), Atom::Test(their)) => test(own, their),
            _ => false,
        }
    }
}

/// Whether each text that has one word has the other. What a word finds beyond where it stands is
/// a matter of [`How::Loose`], so that only another such word may stand for it.
fn word(own: &Word, wider: &Word) -> bool {
    let (text, part) = (own.folded(), wider.folded());
    match (own.how(), wider.how()) {
        (How::Loose, How::Loose) => text.contains(part),
        (How::Loose, _) => false,
        (_, How::Loose | How::Exact) => text.contains(part),
        (How::Start | How::Whole, How::Start) => text.starts_with(part),
        (How::End | How::Whole, How::End) => text.ends_with(part),
        (How::Whole, How::Whole) => text == part,
        _ => false,
    }
}

fn test(own: &Test, wider: &Test) -> bool {
    match (own, wider) {
        // What a word means by its beginning, a longer one means too, or less.
        (Test::Kind(own), Test::Kind(wider)) => word(&own.word, &wider.word),
        (Test::State(own), Test::State(wider)) => {
            own.today == wider.today && word(&own.word, &wider.word)
        }
        (Test::Days(own), Test::Days(wider)) => days(own, wider),
        (Test::Within(field, own), Test::Within(other, wider)) => {
            field == other && days(own, wider)
        }
        (Test::Tag(own), Test::Tag(wider))
        | (Test::Group(own), Test::Group(wider))
        | (Test::Customer(own), Test::Customer(wider))
        | (Test::Lever(own), Test::Lever(wider))
        | (Test::Has(own), Test::Has(wider)) => word(own, wider),
        (Test::Says(field, own), Test::Says(other, wider)) => field == other && word(own, wider),
        (Test::People(fields, own), Test::People(others, wider)) => {
            // What is read as `yama` need not be read as `yam`.
            let is_same = own.spoken().is_none() || own == wider;
            fields.iter().all(|field| others.contains(field)) && is_same && word(own, wider)
        }
        (Test::Deal(own), Test::Deal(wider)) => deal(own, wider),
        (Test::Yes(..), Test::Yes(..)) => own == wider,
        _ => false,
    }
}

/// Part by part, the key of a deal has to begin with a word that may stand anywhere in its title.
fn deal(own: &Word, wider: &Word) -> bool {
    let begins = own.how() != How::End && own.folded().starts_with(wider.folded());
    word(own, wider) && (wider.how() != How::Exact || begins)
}

fn days(own: &Period, wider: &Period) -> bool {
    wider.from <= own.from && own.until <= wider.until
}
