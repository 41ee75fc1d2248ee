//! How a typed word meets a text. Every search box, filter and completion goes by this.

use std::ops::Range;

use crate::model::find::Needle;
use crate::model::fold::{Folded, fold};

/// What a word demands of the place where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Anywhere; in names, titles and other single lines its letters may lie apart, one may be
    /// mistyped, and Latin letters may be the reading of Japanese.
    Loose,
    /// Anywhere, as it stands: `'word` or `"two words"`.
    Exact,
    /// Where a field begins: `^word`.
    Start,
    /// Where a field ends: `word$`.
    End,
    /// A whole field: `^word$`.
    Whole,
}

/// One word of a query, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    folded: String,
    how: How,
}

impl Word {
    /// A word. `None`: there is nothing to look for.
    pub fn new(typed: &str, how: How) -> Option<Word> {
        let folded = fold(typed.trim());
        let folded = folded.trim();
        (!folded.is_empty()).then(|| Word {
            folded: folded.to_owned(),
            how,
        })
    }

    /// What is looked for, folded.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// What it demands.
    pub fn how(&self) -> How {
        self.how
    }

    /// Whether it stands in a folded field.
    pub fn is_in(&self, field: &str) -> bool {
        match self.how {
            How::Loose | How::Exact => field.contains(&self.folded),
            How::Start => field.starts_with(&self.folded),
            How::End => field.ends_with(&self.folded),
            How::Whole => field == self.folded,
        }
    }

    /// Where it stands in a text as people wrote it: byte ranges that begin and end between
    /// graphemes and do not overlap.
    pub fn places(&self, text: &Folded) -> Vec<Range<usize>> {
        let needle = Needle::new(&self.folded);
        needle.map_or_else(Vec::new, |needle| needle.places_in(text))
    }
}
