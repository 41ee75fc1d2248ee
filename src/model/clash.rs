//! What a merge or rebase left for a person to decide: fields that both sides changed.

use super::merge::Conflict;

/// A customer's file that could not be merged whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsettled {
    /// The customer's key.
    pub customer: String,
    /// Who wrote this machine's side, and when.
    pub here: Hand,
    /// Who wrote the other one.
    pub there: Hand,
    /// What both changed, in file order: `ours` is what was written here and `theirs` what came
    /// from elsewhere, whatever git calls them in a rebase.
    pub clashes: Vec<Clash>,
    /// Why it can't be decided by field, where it can't: the editor is left.
    pub hindrance: Option<String>,
}

/// A field that both sides changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// Its table: none is the head, `["volume"]`, `["concern", "2026-11-20-m3x8kq"]`.
    pub table: Vec<String>,
    /// What it was, and what both sides say.
    pub conflict: Conflict,
}

/// The last commit that touched a side of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hand {
    /// Its author.
    pub who: String,
    /// Its day, as it is shown: `2026-11-20`; empty where it is not known.
    pub when: String,
    /// The branch it came from, such as `origin/main`; empty where it is not known.
    pub branch: String,
}
