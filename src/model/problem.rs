//! Something about a journal that a person should look at. A value, never a failure.

use std::fmt;

/// A problem, where it is, and what cures it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// A stable word for its sort, such as `syntax` or `dead-reference`; `docs/check.md` lists
    /// them.
    pub code: &'static str,
    /// The file, below the journal.
    pub path: String,
    /// The line, from 1; `None` where it is about the whole file.
    pub line: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub cure: String,
    /// Whether it is only a hint: nothing is broken.
    pub hint: bool,
}

/// `path:line: message (cure)`, so that an editor can jump to it.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)?;
        if !self.cure.is_empty() {
            write!(f, " ({})", self.cure)?;
        }
        Ok(())
    }
}
