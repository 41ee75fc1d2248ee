//! Japanese found by the Latin letters it is read as: `yamada` finds 山田.
//!
//! Nobody switches the keyboard for a search. What is typed is followed through the text beat by
//! beat: kana as they are, kanji by a table of their readings, together with the changes that
//! readings undergo inside of words (た as だ in 山田, がく as がっ in 学校). See `docs/romaji.md`.

mod heard;
mod mora;
mod readings;
mod steps;
mod walk;

use std::ops::Range;

use readings::place;
use steps::{LONGEST, Steps};
use walk::{Budget, Walk};

pub use heard::{Heard, written_rows};
pub use mora::{Mora, moras};
pub use readings::NOTICE;
pub use steps::may_voice;

/// With fewer letters than this only kana are found: one letter begins a reading of nearly every
/// second kanji.
pub const LEAST_FOR_KANJI: usize = 2;

/// With fewer letters than these no rare and no very rare readings of kanji are tried.
pub const LEAST_FOR_RARE: usize = 4;
/// See [`LEAST_FOR_RARE`].
pub const LEAST_FOR_RAREST: usize = 8;

/// With fewer letters than this, only the usual readings are tried within a row of kanji.
pub const LEAST_FOR_RARE_WITHIN: usize = 6;

/// With fewer letters than this, a place in a row of kanji begins behind the second, the fourth …
/// one only, as most words are two kanji long.
pub const LEAST_WITHIN_WORDS: usize = 4;

/// With fewer letters than this, names in the table are read as they are there only.
pub const LEAST_FOR_STRANGE: usize = 8;

/// A word in Latin letters, as it may be read out of Japanese.
pub struct Spoken {
    steps: Steps,
    /// What rare readings may cost at the start of a row of kanji, and within.
    budgets: [Budget; 2],
    /// Whether names in the table are only read as they are there.
    known: bool,
    /// Whether it is also found behind an odd number of kanji.
    within_words: bool,
    /// A bit for each character of the reach: whether a place may begin with it.
    begins: Box<[u64]>,
}

/// A place where a word is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Its bytes.
    pub range: Range<usize>,
    /// Whether the typed letters end with a whole reading or kana, not within one.
    pub whole: bool,
}

impl Spoken {
    /// From what was typed, folded by [`fold`](super::fold::fold).
    ///
    /// `None`: it can't be Japanese in Latin letters, as `payment`, or has anything in it but
    /// letters, `-` and `'`, or more than 56 of them. It may end within a syllable, as `yamad`.
    pub fn new(folded: &str) -> Option<Spoken> {
        let letters = folded.as_bytes();
        let may_be = |letter: &u8| letter.is_ascii_lowercase() || b"-'".contains(letter);
        let first = letters.first()?;
        if letters.len() > LONGEST || !letters.iter().all(may_be) || !first.is_ascii_lowercase() {
            return None;
        }
        let steps = Steps::new(letters);
        let reads_kanji = letters.len() >= LEAST_FOR_KANJI;
        let most = match letters.len() {
            LEAST_FOR_RAREST.. => 3,
            LEAST_FOR_RARE.. => 2,
            _ => 1,
        };
        let within = usize::from(letters.len() >= LEAST_FOR_RARE_WITHIN);
        steps.can_be_spoken().then(|| Spoken {
            begins: walk::beginnings(&steps, reads_kanji),
            steps,
            budgets: [most, within].map(|budget| reads_kanji.then_some(budget)),
            known: letters.len() < LEAST_FOR_STRANGE,
            within_words: letters.len() >= LEAST_WITHIN_WORDS,
        })
    }

    /// Whether a place may begin with a character: a cheap test for skipping text.
    pub fn may_begin(&self, first: char) -> bool {
        let Some(at) = place(first) else { return false };
        (self.begins.get(at / 64)).is_some_and(|bits| bits >> (at % 64) & 1 != 0)
    }

    /// Where it is read in a folded text: leftmost first, none over another, between characters.
    pub fn places(&self, folded: &str) -> Vec<Range<usize>> {
        let read = self.reads(folded);
        read.map(|read| read.range).collect()
    }

    /// The same one after another, with whether the letters end where a reading does.
    pub fn reads<'t>(&'t self, folded: &'t str) -> impl Iterator<Item = Read> + 't {
        let (mut from, mut before) = (0, None);
        let mut walk = Walk::new(&self.steps);
        std::iter::from_fn(move || {
            while let Some(first) = folded.get(from..).and_then(|rest| rest.chars().next()) {
                let start = from;
                let passed = folded.get(..start).unwrap_or_default();
                let begins = self.may_begin(first)
                    && !walk::goes_on(first, before)
                    && (self.within_words || !walk::is_within_word(passed, first));
                let found = if begins {
                    let rest = folded.get(from..).unwrap_or_default();
                    walk.longest(
                        rest,
                        before,
                        self.budget(before),
                        self.known && !before.is_some_and(walk::is_kanji),
                    )
                } else {
                    None
                };
                from += found.map_or(first.len_utf8(), |(length, _)| length);
                before = folded.get(..from).and_then(|text| text.chars().next_back());
                if let Some((_, whole)) = found {
                    return Some(Read {
                        range: start..from,
                        whole,
                    });
                }
            }
            None
        })
    }

    /// A word begins where a row of kanji does, and names have strange readings. In the middle of
    /// a row they would be chance, but for a long word: `kengaku` is read out of 工場見学.
    fn budget(&self, before: Option<char>) -> Budget {
        let [start, within] = self.budgets;
        if before.is_some_and(walk::is_kanji) {
            within
        } else {
            start
        }
    }
}
