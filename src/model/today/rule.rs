//! The rules of Today: what they are called, how much they weigh, and what may be done about them.

use crate::model::kind::Kind;

/// What makes a customer worth a look today. The order is the order of weight: what somebody
/// waits for, what wears a relationship thin without a word, and what is only a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// A promise of ours is due.
    PromiseDue,
    /// A concern was heard and lies open.
    ConcernOpen,
    /// A negotiation lies open, and there was no touch since.
    NegotiationOpen,
    /// A promise of theirs is over its day.
    PromiseTheirs,
    /// The contract of a won deal ends soon.
    Renewal,
    /// They choose their suppliers soon.
    SupplierReview,
    /// They put up with something, and nobody asked since.
    Enduring,
    /// They were less satisfied than the time before.
    SatisfactionDrop,
    /// They are gone or silent, and our service has changed since.
    Comeback,
    /// Somebody else pays for the win.
    HiddenLoser,
    /// We won, and what they won is not written down.
    WinUnseen,
    /// The last touch is older than the cadence.
    OutOfTouch,
    /// The day to ask again has come.
    Again,
    /// We heard of their deals when they were all but decided.
    HeardLate,
    /// We gave, and got nothing.
    ForNothing,
    /// What they win was not looked at for long.
    WinStale,
    /// They were not asked how satisfied they are.
    CheckInDue,
    /// A deal was lost, and only the stated reason is known.
    RealReason,
    /// Something is not known about them, or was long ago.
    Facts,
}

/// How a row is marked: never by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// Somebody waits, or a day is near.
    Waits,
    /// Something wears thin.
    Thin,
    /// A question.
    Asks,
}

impl Mark {
    /// The sign that stands before a row, on screen and in lines.
    pub fn sign(self) -> &'static str {
        match self {
            Mark::Waits => "!",
            Mark::Thin => "~",
            Mark::Asks => "?",
        }
    }
}

/// What a row may lead to with one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The entry is closed: kept, answered, decided.
    Close,
    /// The entry is changed: something in it is asked for.
    Edit,
    /// An entry of this kind is written.
    Add(Kind),
}

impl Rule {
    /// All rules, by weight.
    pub const ALL: [Rule; 19] = [
        Rule::PromiseDue,
        Rule::ConcernOpen,
        Rule::NegotiationOpen,
        Rule::PromiseTheirs,
        Rule::Renewal,
        Rule::SupplierReview,
        Rule::Enduring,
        Rule::SatisfactionDrop,
        Rule::Comeback,
        Rule::HiddenLoser,
        Rule::WinUnseen,
        Rule::OutOfTouch,
        Rule::Again,
        Rule::HeardLate,
        Rule::ForNothing,
        Rule::WinStale,
        Rule::CheckInDue,
        Rule::RealReason,
        Rule::Facts,
    ];

    /// Its name in files, commands and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Rule::PromiseDue => "promise-due",
            Rule::ConcernOpen => "concern-open",
            Rule::NegotiationOpen => "negotiation-open",
            Rule::PromiseTheirs => "promise-theirs",
            Rule::Renewal => "renewal",
            Rule::SupplierReview => "supplier-review",
            Rule::Enduring => "enduring",
            Rule::SatisfactionDrop => "satisfaction-drop",
            Rule::Comeback => "comeback",
            Rule::HiddenLoser => "hidden-loser",
            Rule::WinUnseen => "win-unseen",
            Rule::OutOfTouch => "out-of-touch",
            Rule::Again => "again",
            Rule::HeardLate => "heard-late",
            Rule::ForNothing => "for-nothing",
            Rule::WinStale => "win-stale",
            Rule::CheckInDue => "check-in-due",
            Rule::RealReason => "real-reason",
            Rule::Facts => "facts",
        }
    }

    /// The rule of that name.
    pub fn of(name: &str) -> Option<Rule> {
        Rule::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// How its rows are marked.
    pub fn mark(self) -> Mark {
        match self {
            rule if rule <= Rule::SupplierReview => Mark::Waits,
            rule if rule <= Rule::OutOfTouch => Mark::Thin,
            _ => Mark::Asks,
        }
    }

    /// The days that it counts by, where the journal says nothing else; `None`: it counts none of
    /// its own. What they mean differs: how long something lies, how far ahead or back is looked.
    pub fn days(self) -> Option<i32> {
        Some(match self {
            Rule::PromiseTheirs => 7,
            Rule::ConcernOpen | Rule::NegotiationOpen => 14,
            Rule::RealReason => 30,
            Rule::Renewal | Rule::SupplierReview => 60,
            Rule::Enduring => 90,
            Rule::CheckInDue | Rule::WinStale | Rule::ForNothing | Rule::Facts => 180,
            Rule::HiddenLoser => 365,
            _ => return None,
        })
    }

    /// Whether a row of it is about one entry, so that only that one is made quiet.
    pub fn is_about_one(self) -> bool {
        matches!(
            self,
            Rule::PromiseDue
                | Rule::ConcernOpen
                | Rule::NegotiationOpen
                | Rule::PromiseTheirs
                | Rule::Renewal
                | Rule::HiddenLoser
                | Rule::WinUnseen
                | Rule::Again
                | Rule::RealReason
        )
    }

    /// What can be done about it with one key.
    pub fn act(self) -> Act {
        match self {
            Rule::PromiseDue | Rule::PromiseTheirs | Rule::ConcernOpen | Rule::NegotiationOpen => {
                Act::Close
            }
            Rule::RealReason => Act::Edit,
            Rule::Enduring | Rule::SatisfactionDrop | Rule::CheckInDue => Act::Add(Kind::CheckIn),
            Rule::WinUnseen | Rule::WinStale => Act::Add(Kind::WinLose),
            Rule::ForNothing => Act::Add(Kind::Negotiation),
            Rule::Facts => Act::Add(Kind::Fact),
            Rule::Renewal
            | Rule::SupplierReview
            | Rule::Comeback
            | Rule::HiddenLoser
            | Rule::OutOfTouch
            | Rule::Again
            | Rule::HeardLate => Act::Add(Kind::Interaction),
        }
    }
}
