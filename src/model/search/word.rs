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

/// How a word meets a field, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the whole field.
    Whole,
    /// The field begins with it.
    Prefix,
    /// A word of the field begins with it.
    WordStart,
    /// It stands inside of a word.
    Inside,
    /// A word is one slip away from it.
    Typo,
    /// Its letters lie apart; what they lose by that, from 0 to 100.
    Fuzzy(u8),
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
        let folded = fold(typed.trim()).replace(['\r', '\n'], " ");
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

    /// The spellings that it has in a folded text: dashes at its start may follow kana there,
    /// which they lengthen.
    pub(super) fn spellings(&self) -> impl Iterator<Item = String> {
        let rest = self.folded.trim_start_matches('-');
        let dashes = self.folded.len() - rest.len();
        let may_follow = matches!(self.how, How::Loose | How::Exact | How::End);
        let behind_kana = (dashes > 0 && may_follow).then(|| "ー".repeat(dashes) + rest);
        [self.folded.clone()].into_iter().chain(behind_kana)
    }

    /// Whether it stands in a folded field as it was typed.
    pub fn is_in(&self, field: &str) -> bool {
        self.spellings().any(|spelling| match self.how {
            How::Loose | How::Exact => field.contains(&spelling),
            How::Start => field.starts_with(&spelling),
            How::End => field.ends_with(&spelling),
            How::Whole => field == spelling,
        })
    }

    /// Where it stands in a text as people wrote it: byte ranges that begin and end between
    /// graphemes and do not overlap.
    pub fn places(&self, text: &Folded) -> Vec<Range<usize>> {
        let needle = Needle::new(&self.folded);
        needle.map_or_else(Vec::new, |needle| needle.places_in(text))
    }
}

/// How a word stands at a place of folded fields that line ends keep apart.
pub(super) fn stand(fields: &str, place: Range<usize>) -> Fit {
    let before = last_char(fields, place.start);
    if before.is_none_or(|c| c == '\n') {
        let after = fields.as_bytes().get(place.end);
        return if after.is_none_or(|&b| b == b'\n') {
            Fit::Whole
        } else {
            Fit::Prefix
        };
    }
    let first = fields
        .get(place.start..)
        .and_then(|rest| rest.chars().next());
    match before.zip(first) {
        Some((before, first)) if !begins_word(before, first) => Fit::Inside,
        _ => Fit::WordStart,
    }
}

/// Whether a place is a word in letters, or such a word's beginning.
pub(super) fn is_word(text: &str, place: Range<usize>, is_whole: bool) -> bool {
    let is_letter = |c: char| Script::of(c) == Script::Letter;
    let after = text.get(place.end..).and_then(|rest| rest.chars().next());
    let is_inside = last_char(text, place.start).is_some_and(is_letter);
    !(is_inside || is_whole && after.is_some_and(is_letter))
}

fn last_char(text: &str, end: usize) -> Option<char> {
    match text.as_bytes().get(end.checked_sub(1)?) {
        Some(&byte) if byte.is_ascii() => Some(char::from(byte)),
        _ => text.get(..end)?.chars().next_back(),
    }
}

/// What words are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Letter,
    Digit,
    Kanji,
    Kana,
    /// Spaces, signs.
    None,
}

impl Script {
    /// That of a folded character.
    pub(super) fn of(c: char) -> Script {
        match c {
            'a'..='z' => Script::Letter,
            '0'..='9' => Script::Digit,
            '\0'..='\x7f' | '、' | '。' | '「' | '」' => Script::None,
            '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FF}' => Script::Kana,
            '\u{3400}'..='\u{9FFF}'
            | '々'
            | '〆'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}' => Script::Kanji,
            _ if c.is_alphabetic() => Script::Letter,
            _ if c.is_numeric() => Script::Digit,
            _ => Script::None,
        }
    }
}

/// Whether a word begins between two characters. Kana behind kanji are the end of a word.
pub(super) fn begins_word(before: char, first: char) -> bool {
    match (Script::of(before), Script::of(first)) {
        (Script::None, _) | (_, Script::None) => true,
        (Script::Letter, Script::Digit) | (Script::Kanji, Script::Kana) => false,
        (before, first) => before != first,
    }
}
