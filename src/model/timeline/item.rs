//! What the index holds: that something stands on a day, in 16 bytes.

use crate::model::entry::Entry;
use crate::model::kind::Kind;

/// Why something stands on its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// An entry, on the day that it happened. Each entry has exactly one of these.
    Entry,
    /// A deal, on the day that it was closed.
    Closed,
    /// A promise that is neither kept nor dropped, on the day that it is due.
    Due,
    /// When to ask again: of a deal or negotiation that is open or not now, or of the customer.
    Again,
    /// When the contract of a deal ends.
    Until,
    /// When the customer next chooses suppliers.
    Review,
}

impl Role {
    /// Whether it is something to come rather than something that was.
    pub fn is_mark(self) -> bool {
        !matches!(self, Role::Entry | Role::Closed)
    }

    /// The word for it in lists; empty for an entry.
    pub fn word(self) -> &'static str {
        match self {
            Role::Entry => "",
            Role::Closed => "closed",
            Role::Due => "due",
            Role::Again => "again",
            Role::Until => "until",
            Role::Review => "review",
        }
    }
}

/// Where an entry stands, as far as sums and lanes tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stand {
    /// Nothing to tell: a call, a fact.
    Nothing,
    /// Open.
    Open,
    /// A deal that was won.
    Won,
    /// A deal that was lost.
    Lost,
    /// A negotiation that ended in a deal.
    Deal,
    /// A negotiation that ended without one.
    NoDeal,
    /// Not now.
    NotNow,
    /// Anything else that is no longer open: answered, kept, withdrawn …
    Over,
}

impl Stand {
    /// Where an entry stands.
    pub fn of(entry: &Entry) -> Stand {
        let word = match entry.kind() {
            Some(Kind::Deal | Kind::Concern) => entry.word("status"),
            Some(Kind::Negotiation) => entry.word("result"),
            Some(Kind::Promise) if entry.is_open() => "open",
            Some(Kind::Promise) => "done",
            _ => return Stand::Nothing,
        };
        match word {
            "open" => Stand::Open,
            "won" => Stand::Won,
            "lost" => Stand::Lost,
            "deal" => Stand::Deal,
            "no-deal" => Stand::NoDeal,
            "not-now" => Stand::NotNow,
            _ => Stand::Over,
        }
    }

    /// The word for it; empty where sums have nothing to tell.
    pub fn word(self) -> &'static str {
        match self {
            Stand::Nothing | Stand::Over => "",
            Stand::Open => "open",
            Stand::Won => "won",
            Stand::Lost => "lost",
            Stand::Deal => "deal",
            Stand::NoDeal => "no-deal",
            Stand::NotNow => "not-now",
        }
    }
}

/// The place of what stands in the head of a customer's file.
pub const HEAD: u32 = u32::MAX;

/// That something stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The day, as [`super::day::number`] counts.
    pub day: i32,
    /// The customer's place in the index.
    pub customer: u32,
    /// The entry's place in the customer's file, or [`HEAD`].
    pub place: u32,
    /// The place of its word in [`super::index::Index::words`].
    pub word: u16,
    /// Why it stands there.
    pub role: Role,
    /// Where it stands.
    pub stand: Stand,
}

impl Item {
    /// Its place among all: by day, what is to come behind what was, then by customer, as written.
    pub fn order(&self) -> (i32, bool, u32, u32, Role) {
        (
            self.day,
            self.role.is_mark(),
            self.customer,
            self.place,
            self.role,
        )
    }
}
