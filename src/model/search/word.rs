//! How a typed word meets a text. Every search box, filter and completion goes by this.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use super::border::At;
use super::border::{Script, script, stand};
use super::fuzzy::{Fuzzy, may_lie_apart};
use super::typo::{Slip, slip};
use crate::model::find::behind_kana;
use crate::model::fold::{Folded, fold};
use crate::model::romaji::Spoken;

/// The fewest letters that are read in all of the text. Fewer begin the reading of nearly
/// everything: they find names.
pub(super) const READ_LETTERS: usize = 3;
/// With fewer letters than this they are only where they have few spellings.
pub(super) const SURELY_READ: usize = 4;

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

/// How a word meets a field, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// What is taken for the word.
    pub way: Way,
    /// Where that stands.
    pub at: At,
}

/// What is taken for a word, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The word as it was typed.
    Typed,
    /// Japanese that is read so.
    Read,
    /// A word that is one slip away.
    Slip,
    /// Letters that lie apart; what they lose by that, from 0 to 100.
    Apart(u8),
}

/// One word of a query, folded.
#[derive(Clone)]
pub struct Word {
    folded: String,
    how: How,
    /// What reads it in Japanese.
    spoken: Option<Arc<Spoken>>,
}

impl PartialEq for Word {
    fn eq(&self, other: &Word) -> bool {
        let parts = |word: &Word| (word.how, word.spoken.is_some());
        self.folded == other.folded && parts(self) == parts(other)
    }
}

impl Eq for Word {}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", self.how, self.folded)
    }
}

impl Word {
    /// A word. `None`: there is nothing to look for.
    pub fn new(typed: &str, how: How) -> Option<Word> {
        let folded = fold(typed.trim()).replace(['\r', '\n'], " ");
        let folded = folded.trim();
        let spoken = || match how {
            How::Loose => Spoken::new(folded).map(Arc::new),
            _ => None,
        };
        (!folded.is_empty()).then(|| Word {
            folded: folded.to_owned(),
            how,
            spoken: spoken(),
        })
    }

    /// A word as it is typed into a palette or a form, whose Latin letters may be the reading of
    /// Japanese, or not. `None`: there is nothing to look for.
    pub fn loose(typed: &str, romaji: bool) -> Option<Word> {
        let word = Word::new(typed, How::Loose)?;
        Some(if romaji { word } else { word.without_romaji() })
    }

    /// The same, whose Latin letters stand for nothing but themselves.
    #[must_use]
    pub fn without_romaji(mut self) -> Word {
        self.spoken = None;
        self
    }

    /// What is looked for, folded.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// What it demands.
    pub fn how(&self) -> How {
        self.how
    }

    /// What reads it in Japanese.
    pub fn spoken(&self) -> Option<&Spoken> {
        self.spoken.as_deref()
    }

    /// Whether it is too short for being read anywhere but in names.
    pub fn is_read_in_names_alone(&self) -> bool {
        self.folded.len() < READ_LETTERS
    }

    /// The spellings that it has in a folded text.
    pub(super) fn spellings(&self) -> impl Iterator<Item = String> {
        let may_follow = matches!(self.how, How::Loose | How::Exact | How::End);
        let behind = may_follow.then(|| behind_kana(&self.folded)).flatten();
        [self.folded.clone()].into_iter().chain(behind)
    }

    /// Whether it stands in a folded field as it was typed.
    pub fn is_in(&self, field: &str) -> bool {
        let is_there = |spelling: &str| match self.how {
            How::Loose | How::Exact => field.contains(spelling),
            How::Start => field.starts_with(spelling),
            How::End => field.ends_with(spelling),
            How::Whole => field == spelling,
        };
        is_there(&self.folded)
            || (self.folded.starts_with('-') && self.spellings().any(|word| is_there(&word)))
    }

    /// How it meets a folded field, in the closest way that there is. For lists, palettes and
    /// completion: a field is a name or a line, not a note.
    pub fn fit(&self, field: &str) -> Option<Fit> {
        self.found(field, true).map(|(fit, _)| fit)
    }

    /// The same with the places that meet it in the text as people wrote it: byte ranges that
    /// begin and end between graphemes and do not overlap.
    pub fn fit_places(&self, text: &Folded) -> Option<(Fit, Vec<Range<usize>>)> {
        let (fit, places) = self.found(&text.text, true)?;
        Some((fit, in_origin(text, places)))
    }

    /// The same in a line that is folded already; none where it meets it nowhere.
    pub fn places_in_line(&self, folded: &str) -> Vec<Range<usize>> {
        let found = self.found(folded, true);
        found.map_or_else(Vec::new, |(_, places)| places)
    }

    /// Where it stands in a text as people wrote it, else what is taken for it there, of a line also
    /// letters that lie apart: byte ranges that begin and end between graphemes and do not overlap.
    pub fn places(&self, text: &Folded) -> Vec<Range<usize>> {
        let found = self.found(&text.text, !text.text.contains('\n'));
        found.map_or_else(Vec::new, |(_, places)| in_origin(text, places))
    }

    /// How it meets a folded text in the closest way, and where. `is_line`: it is a line, whose
    /// letters may lie apart.
    fn found(&self, text: &str, is_line: bool) -> Option<(Fit, Vec<Range<usize>>)> {
        let one_line = match text.contains('\n') {
            true => Cow::Owned(text.replace('\n', " ")),
            false => Cow::Borrowed(text),
        };
        let text = one_line.as_ref();
        let best = |way: Way, places: Vec<Range<usize>>| {
            let at = places
                .iter()
                .map(|place| stand(text, place.clone()))
                .min()?;
            Some((Fit { way, at }, places))
        };
        let read = || {
            self.spoken()
                .map(|spoken| spoken.places(text))
                .unwrap_or_default()
        };
        let found = best(Way::Typed, self.typed(text)).or_else(|| best(Way::Read, read()));
        if found.is_some() || self.how != How::Loose {
            return found;
        }
        let slips = best(Way::Slip, slips(&self.folded, text));
        slips.or_else(|| is_line.then(|| apart(&self.folded, text)).flatten())
    }

    fn typed(&self, text: &str) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        for word in self.spellings() {
            let end = text.len();
            match self.how {
                How::Loose | How::Exact => {
                    let starts = text.match_indices(&word);
                    places.extend(starts.map(|(at, found)| at..at + found.len()));
                }
                How::Start if text.starts_with(&word) => places.push(0..word.len()),
                How::End if text.ends_with(&word) => places.push(end - word.len()..end),
                How::Whole if text == word => places.push(0..end),
                _ => {}
            }
        }
        places.sort_unstable_by_key(|place| place.start);
        places
    }
}

/// The words of a text that are one slip away, or their beginnings.
fn slips(typed: &str, text: &str) -> Vec<Range<usize>> {
    match typed.is_ascii() && text.is_ascii() {
        true => slips_in_ascii(typed.as_bytes(), text.as_bytes()).collect(),
        false => slips_in_any(typed, text),
    }
}

fn slips_in_any(typed: &str, text: &str) -> Vec<Range<usize>> {
    let letters: Vec<char> = typed.chars().collect();
    let Some(script) = script(&letters) else {
        return Vec::new();
    };
    let words = text.split(|c| Script::of(c) != script).scan(0, |at, word| {
        let behind = text
            .get(*at + word.len()..)
            .and_then(|rest| rest.chars().next());
        let start = *at;
        *at += word.len() + behind.map_or(0, char::len_utf8);
        Some((start, word))
    });
    // A word has no more letters than bytes, and what is much shorter is not near.
    let words = words.filter(|(_, word)| word.len() + 1 >= letters.len());
    let is_ascii = typed.is_ascii();
    let place = |(start, word): (usize, &str)| {
        let slip = if is_ascii && word.is_ascii() {
            slip(typed.as_bytes(), word.as_bytes())
        } else {
            slip(&letters, &word.chars().collect::<Vec<char>>())
        };
        let len = match slip? {
            Slip::Whole => word.len(),
            Slip::Beginning(count) => word.chars().take(count).map(char::len_utf8).sum(),
        };
        Some(start..start + len)
    };
    words.filter_map(place).collect()
}

/// The same, where a letter is a byte.
fn slips_in_ascii(typed: &[u8], text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let is_letter = |byte: &u8| Script::of(char::from(*byte)) == Script::Letter;
    let is_word = typed.iter().all(is_letter);
    let mut end = 0;
    let words = text.split(move |byte| !is_letter(byte)).map(move |word| {
        let start = end;
        end += word.len() + 1;
        (start, word)
    });
    let place = move |(start, word): (usize, &[u8])| {
        let len = match slip(typed, word)? {
            Slip::Whole => word.len(),
            Slip::Beginning(count) => count,
        };
        Some(start..start + len)
    };
    words.take_while(move |_| is_word).filter_map(place)
}

/// The letters of a field that lie apart.
fn apart(typed: &str, field: &str) -> Option<(Fit, Vec<Range<usize>>)> {
    let (loss, chars) = may_lie_apart(typed)
        .then(|| Fuzzy::default().meet(typed, field))
        .flatten()?;
    let mut chars = chars.into_iter().peekable();
    let mut places: Vec<Range<usize>> = Vec::new();
    for (number, (at, c)) in field.char_indices().enumerate() {
        if chars.next_if_eq(&number).is_some() {
            let end = at + c.len_utf8();
            match places.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ => places.push(at..end),
            }
        }
    }
    let fit = Fit {
        way: Way::Apart(loss),
        at: At::Word,
    };
    Some((fit, places))
}

/// Places of a folded text, first to last, as places of the original that do not overlap.
fn in_origin(text: &Folded, places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        let place = text.origin_range(place);
        let end = apart.last().map_or(0, |last| last.end);
        // Two letters of one grapheme, as the two of `ß`, are one place.
        if place.start >= end && !place.is_empty() {
            apart.push(place);
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::search::near::Guess;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn where_a_letter_is_a_byte_the_same_words_are_near(
            typed in prop::sample::select(vec!["paymnet", "apyment", "a1bcd", "pay", "aaaab", ""]),
            text in "[paymentb1 ,-]{0,30}",
        ) {
            let by_bytes: Vec<_> = slips_in_ascii(typed.as_bytes(), text.as_bytes()).collect();
            prop_assert_eq!(&by_bytes, &slips_in_any(typed, &text));
        }

        #[test]
        fn as_it_is_written_the_same_place_is_the_first(
            typed in prop::sample::select(vec!["paymnet", "apyment", "abpye", "pay", "aaaab"]),
            text in "[paymentbPAYMENT支い ,-]{0,30}",
        ) {
            let word = Word::new(typed, How::Loose).unwrap();
            let Guess::Near(near) = Guess::of(&word) else {
                panic!("{typed} is no word in letters");
            };
            let folded = fold(&text);
            let first = folded.find(typed).map(|at| at..at + typed.len());
            let first = first.or_else(|| slips_in_any(typed, &folded).first().cloned());
            prop_assert_eq!(near.first(&text), first.filter(|_| typed.len() > 3));
        }
    }
}
