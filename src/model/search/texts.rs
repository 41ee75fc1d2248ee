//! Whether a query finds a row of a list: the customers, the entries of a page, the timeline.
//!
//! A list keeps the folded texts of each of its rows, so that a key costs a look at them and
//! nothing else. What only the engine does, ranking, is left to the list's own order.

use super::query::{Atom, Query, Test};
use super::word::{Fit, How, Way, Word};
use crate::model::fold::fold;

/// With fewer letters than this a word is not taken for Japanese in Latin letters: in a list that
/// is read as it narrows, one letter would keep half of it.
const LEAST_FOR_ROMAJI: usize = 2;

/// The texts of a row, folded.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// Names and single lines, with line ends between them.
    lines: String,
    /// Longer texts: a word has to stand there as it is typed.
    notes: String,
    letters: Letters,
}

impl Texts {
    /// The names and single lines of a row.
    pub fn new<'t>(lines: impl IntoIterator<Item = &'t str>) -> Texts {
        let mut texts = Texts::default();
        for line in lines {
            push(&mut texts.lines, line);
        }
        texts.letters = Letters::of(&texts.lines);
        texts
    }

    /// The same with longer texts.
    #[must_use]
    pub fn with_notes<'t>(mut self, notes: impl IntoIterator<Item = &'t str>) -> Texts {
        for note in notes {
            push(&mut self.notes, note);
        }
        self
    }

    /// Whether they meet a query. `test` answers what it asks besides words.
    pub fn meet(&self, query: &Query, test: impl Fn(&Test) -> bool) -> bool {
        query.clauses().iter().all(|clause| {
            let meets = |atom: &Atom| match atom {
                Atom::Word(word) => self.have(word, !clause.not),
                Atom::Test(asked) => test(asked),
            };
            clause.any.iter().any(meets) != clause.not
        })
    }

    /// How a word meets the line that it meets best; for palettes and the like.
    pub fn fit(&self, word: &Word) -> Option<Fit> {
        let may_fit = self.may_meet(word) || word.is_in(&self.lines);
        let lines = self.lines.split('\n').filter(|_| may_fit);
        lines.filter_map(|line| word.fit(line)).min()
    }

    /// Whether a word meets one of them. `guess`: also as what it may have been meant to be.
    fn have(&self, word: &Word, guess: bool) -> bool {
        let mut all = self.lines.split('\n').chain(self.notes.split('\n'));
        match word.how() {
            How::Loose | How::Exact if word.is_in(&self.lines) || word.is_in(&self.notes) => true,
            How::Exact => false,
            How::Loose => {
                let fit = self.may_meet(word).then(|| self.fit(word)).flatten();
                fit.is_some_and(|fit| guess || matches!(fit.way, Way::Typed | Way::Read))
            }
            _ => all.any(|line| word.is_in(line)),
        }
    }

    fn may_meet(&self, word: &Word) -> bool {
        self.letters.may_meet(word.folded())
    }
}

/// No word reaches over the end of a line.
fn push(texts: &mut String, text: &str) {
    if !texts.is_empty() {
        texts.push('\n');
    }
    texts.push_str(&fold(text));
}

/// Which letters stand in a text: a bit for each, which others may share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Letters(u64);

impl Letters {
    /// Stands for anything that Latin letters may be the reading of.
    const JAPANESE: u64 = 1 << 63;

    fn of(text: &str) -> Letters {
        let bit = |c: char| match c {
            'a'..='z' => 1 << (c as u32 - 'a' as u32),
            '\u{3005}'..='\u{9FFF}' => Letters::JAPANESE | 1 << (26 + c as u32 % 37),
            _ => 1 << (26 + c as u32 % 37),
        };
        Letters(text.chars().fold(0, |letters, c| letters | bit(c)))
    }

    /// Whether a word that does not stand there may still meet the text: by its reading, with one
    /// letter wrong, or with its letters apart. A `false` is certain.
    fn may_meet(self, word: &str) -> bool {
        let letters = word.chars().count();
        let missing = Letters::of(word).0 & !Letters::JAPANESE & !self.0;
        let is_japanese = self.0 & Letters::JAPANESE != 0;
        missing.count_ones() <= 1 || is_japanese && letters >= LEAST_FOR_ROMAJI
    }
}
