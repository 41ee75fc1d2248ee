//! What an entry was before, out of git and the local history together.

use super::value::Value;

/// A step in the past of an entry, or of a customer's head.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// When, as it is shown: `2026-11-20 17:41`.
    pub when: String,
    /// Who did it.
    pub who: String,
    /// The commit by its short name, or [`HERE`] for what is not committed yet.
    pub via: String,
    /// What was done.
    pub sort: Sort,
    /// What it did, in the order of the kind's fields. Made: every field, without a `was`;
    /// removed: every field, without a `now`; moved: the field `customer`, with both keys.
    pub changes: Vec<FieldChange>,
}

/// Where a step stands that is in no commit yet: in the history of this machine.
pub const HERE: &str = "here";

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// It was written for the first time.
    Made,
    /// Fields were changed.
    Changed,
    /// It was taken out.
    Removed,
    /// It came from another customer's file, or the file got another name.
    Moved,
}

impl Sort {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Sort::Made => "made",
            Sort::Changed => "changed",
            Sort::Removed => "removed",
            Sort::Moved => "moved",
        }
    }
}

/// A field that a step changed.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// Its name.
    pub field: String,
    /// What it held before.
    pub was: Option<Value>,
    /// What it held behind it.
    pub now: Option<Value>,
}
