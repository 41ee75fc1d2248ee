//! What `kind:` and `is:` ask for.

use jiff::civil::Date;

use super::test::meets;
use crate::model::customer::Customer;
use crate::model::entry::{Entry, KindWord};
use crate::model::fold::folded;
use crate::model::kind::Kind;
use crate::model::search::word::Word;
use crate::model::timeline::words::word_of;

/// What `kind:` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinds {
    pub(super) word: Word,
    /// A bit for each of [`Kind::ALL`].
    pub(super) known: u16,
    pub(super) head: bool,
}

impl Kinds {
    /// The kinds, channels and heads that a word means.
    pub(super) fn new(word: Word) -> Kinds {
        let mut known = 0;
        for (at, kind) in Kind::ALL.iter().enumerate() {
            known |= u16::from(means(&word, kind.word())) << at;
        }
        let head = means(&word, "customer");
        Kinds { word, known, head }
    }

    /// Whether all entries of a kind are meant.
    pub fn has(&self, kind: Kind) -> bool {
        let at = Kind::ALL.iter().position(|known| *known == kind);
        at.is_some_and(|at| self.known >> at & 1 == 1)
    }

    /// Whether the heads of customers are meant.
    pub fn has_heads(&self) -> bool {
        self.head
    }

    pub(super) fn holds(&self, entry: Option<&Entry>) -> bool {
        let Some(entry) = entry else {
            return self.head;
        };
        match &entry.kind {
            KindWord::Known(kind) if self.has(*kind) => true,
            KindWord::Known(Kind::Interaction) => meets(&self.word, word_of(entry)),
            KindWord::Known(_) => false,
            KindWord::Other(word) => meets(&self.word, word),
        }
    }
}

/// Whether a word means a name, whose hyphens may be left out.
pub(super) fn means(word: &Word, name: &str) -> bool {
    let name = folded(name);
    word.is_in(&name) || (name.contains('-') && word.is_in(&name.replace('-', "")))
}

/// A state that is more than a word in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Open,
    Closed,
    Kept,
    Dropped,
    Due,
    Overdue,
    Touch,
    Private,
    Ourselves,
    Broken,
}

/// Their words. One state may have several.
pub(super) const NAMED: &[(&str, Named)] = &[
    ("open", Named::Open),
    ("closed", Named::Closed),
    ("kept", Named::Kept),
    ("done", Named::Kept),
    ("dropped", Named::Dropped),
    ("due", Named::Due),
    ("overdue", Named::Overdue),
    ("touch", Named::Touch),
    ("private", Named::Private),
    ("ourselves", Named::Ourselves),
    ("broken", Named::Broken),
];

impl Named {
    /// Whether a customer stands there with all that it has.
    fn of_customer(self, customer: &Customer) -> bool {
        match self {
            Named::Private => customer.head.is_yes("private"),
            Named::Ourselves => customer.is_ourselves(),
            Named::Broken => customer.broken,
            _ => false,
        }
    }

    fn of(self, entry: &Entry, today: Date) -> bool {
        let kind = entry.kind();
        let promised =
            |field: &str| kind == Some(Kind::Promise) && entry.fields.get(field).is_some();
        let due = || {
            entry
                .fields
                .day("due")
                .filter(|_| promised("due") && entry.is_open())
        };
        match self {
            Named::Open => entry.is_open(),
            Named::Closed => can_be_open(kind) && !entry.is_open(),
            Named::Kept => promised("done"),
            Named::Dropped => promised("dropped") && !promised("done"),
            Named::Due => due().is_some_and(|due| due <= today),
            Named::Overdue => due().is_some_and(|due| due < today),
            Named::Touch => entry.is_touch(),
            Named::Private => entry.fields.is_yes("private"),
            Named::Ourselves | Named::Broken => false,
        }
    }
}

fn can_be_open(kind: Option<Kind>) -> bool {
    matches!(
        kind,
        Some(Kind::Deal | Kind::Concern | Kind::Negotiation | Kind::Promise)
    )
}

/// What `is:` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub(super) word: Word,
    /// A bit for each of [`NAMED`].
    pub(super) named: u16,
    pub(super) today: Date,
}

impl State {
    /// The states that a word means on a day.
    pub(super) fn new(word: Word, today: Date) -> State {
        let mut named = 0;
        for (at, (name, _)) in NAMED.iter().enumerate() {
            named |= u16::from(means(&word, name)) << at;
        }
        State { word, named, today }
    }

    fn named(&self) -> impl Iterator<Item = Named> {
        let all = NAMED.iter().enumerate();
        let meant = all.filter(|(at, _)| self.named >> at & 1 == 1);
        meant.map(|(_, (_, named))| *named)
    }

    /// Whether a customer stands there, and so all that it has.
    pub(super) fn of_customer(&self, customer: &Customer) -> bool {
        means(&self.word, customer.status())
            || self.named().any(|named| named.of_customer(customer))
    }

    /// Whether an entry stands there itself.
    pub(super) fn of(&self, entry: &Entry) -> bool {
        if self.named().any(|named| named.of(entry, self.today)) {
            return true;
        }
        let field = match entry.kind() {
            Some(Kind::Negotiation) => "result",
            Some(Kind::WinLose) => "stage",
            _ => "status",
        };
        let written = entry.fields.text(field).or(assumed(field, Some(entry)));
        written.is_some_and(|written| means(&self.word, written))
    }
}

/// The word that a missing field stands for; without an entry, that of a customer's head.
pub(super) fn assumed(field: &str, entry: Option<&Entry>) -> Option<&'static str> {
    let Some(entry) = entry else {
        return (field == "status").then_some("active");
    };
    let kind = entry.kind()?;
    match kind.always_written() {
        Some((name, word)) if name == field => Some(word),
        _ => (kind == Kind::WinLose && field == "stage").then_some("actual"),
    }
}
