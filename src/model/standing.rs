//! Where the journal stands against what git knows.

/// Where the journal stands against what git knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The branch; `None` where the head is detached.
    pub branch: Option<String>,
    /// The branch that it goes along with, such as `origin/main`.
    pub upstream: Option<String>,
    /// Commits that the upstream does not have.
    pub ahead: usize,
    /// Commits of the upstream that are not here yet, as far as it was fetched.
    pub behind: usize,
    /// Files of the journal that differ from the last commit, below the journal's folder.
    pub changed: Vec<String>,
    /// Files of the journal that a merge or rebase left to be resolved.
    pub unmerged: Vec<String>,
}
