//! Whether a text may hold what a word may have been meant to be, told without its fields: words
//! that are one slip away, and letters that lie apart. A `false` is certain.

use std::ops::Range;

use memchr::memchr2;

use super::border::{Script, begins_word, script};
use super::fuzzy::{holds_in_order, may_lie_apart};
use super::typo::{LEAST_LETTERS, Slip, slip};
use super::word::{How, Word};
use crate::model::letters::{Letters, rarity};

/// The most letters that are followed at once.
const MOST: usize = 24;

/// What a word may be taken for besides what was typed.
#[derive(Clone, Debug)]
pub enum Guess {
    /// For nothing else.
    Nothing,
    /// For something near to it.
    Near(Box<Near>),
    /// For what only all of the texts tell.
    Any,
}

impl Guess {
    /// That of a word.
    pub fn of(word: &Word) -> Guess {
        let folded = word.folded();
        let letters: Vec<char> = folded.chars().collect();
        let may_slip = letters.len() >= LEAST_LETTERS && script(&letters).is_some();
        if word.how() != How::Loose || !may_slip && !may_lie_apart(folded) {
            Guess::Nothing
        } else if folded.len() <= MOST && folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
            Guess::Near(Box::new(Near::new(folded)))
        } else {
            Guess::Any
        }
    }
}

/// A word in the letters a to z, made ready.
#[derive(Clone, Debug)]
pub struct Near {
    folded: Box<str>,
    letters: Vec<u16>,
    /// What stands in a text as it is written if something one slip away does.
    pieces: Option<[Letters; 3]>,
    /// Each letter of it once, the rarest first.
    each: Vec<u16>,
    /// For each letter of the alphabet the places that it has in the word, a bit for each.
    places: [u32; 26],
    may_lie_apart: bool,
}

/// How far the letters of a word got in a line, a bit for how many of them: by how many words
/// were left out, and whether the word that stands there now is one of them.
#[derive(Clone, Copy, Debug, Default)]
struct Reached {
    all_begun: u32,
    left_out: u32,
    one_left_out: u32,
}

impl Near {
    fn new(folded: &str) -> Near {
        let letters: Vec<u16> = folded.bytes().map(u16::from).collect();
        let mut each = letters.clone();
        each.sort_unstable();
        each.dedup();
        each.sort_by_key(|letter| std::cmp::Reverse(rarity(letter.to_be_bytes()[1])));
        let mut places = [0; 26];
        for (at, letter) in letters.iter().enumerate() {
            if let Some(places) = places.get_mut(usize::from(letter - A)) {
                *places |= 1_u32 << at;
            }
        }
        Near {
            folded: folded.into(),
            pieces: (letters.len() >= LEAST_LETTERS).then(|| pieces(folded.as_bytes())),
            letters,
            each,
            places,
            may_lie_apart: may_lie_apart(folded),
        }
    }

    /// Whether a text may hold something near: the text of a table as it is written in a file,
    /// folded, with `-` for all dashes.
    pub fn may_be_in(&self, table: &[u16]) -> bool {
        let mut missing = 0;
        for letter in &self.each {
            missing += usize::from(!table.contains(letter));
            if missing > 1 {
                return false;
            }
        }
        self.has_slip(table) || missing == 0 && self.may_lie_apart && self.lies_apart_in(table)
    }

    /// What is looked for of it in a text that holds nothing but ASCII, kana and kanji, as it is
    /// written: where one of them stands, something one slip away may.
    pub fn pieces(&self) -> impl Iterator<Item = &Letters> {
        self.pieces.iter().flatten()
    }

    /// Whether something near may stand in such a text. A `false` is certain.
    pub fn may_be_in_plain(&self, text: &[u8]) -> bool {
        let mut pieces = self.pieces();
        pieces.any(|piece| self.find_plain_slip(piece, text).is_some())
            || self.may_lie_apart && self.has_letters(text)
    }

    /// The first place of one of its pieces in such a text at which something one slip away stands.
    pub fn find_plain_slip(&self, piece: &Letters, text: &[u8]) -> Option<usize> {
        let mut small = Vec::new();
        piece.places(text).find(|&at| {
            let word = word_around(text, at);
            let front = text.get(..word.start).unwrap_or_default();
            let back = text.get(word.end..).unwrap_or_default();
            self.slip_of(text, &word, &mut small).is_some()
                || ends_in_sign(front)
                || begins_with_sign(back)
        })
    }

    /// Where it stands first in a text that [keeps its letters](crate::model::fold::keeps_letters), as
    /// it is written; else the first word there that is one slip away, or its beginning.
    pub fn first(&self, text: &str) -> Option<Range<usize>> {
        let text = text.as_bytes();
        let [front, back, swapped] = self.pieces.as_ref()?;
        let mut small = Vec::new();
        let mut slip = |at: usize| {
            let word = word_around(text, at);
            match self.slip_of(text, &word, &mut small)? {
                Slip::Whole => Some(word),
                Slip::Beginning(count) => Some(word.start..word.start + count),
            }
        };
        let mut slips: Option<Range<usize>> = None;
        for at in front.places(text) {
            let here = at..at + self.folded.len();
            let typed = text.get(here.clone());
            if typed.is_some_and(|typed| typed.eq_ignore_ascii_case(self.folded.as_bytes())) {
                return Some(here);
            }
            slips = slips.or_else(|| slip(at));
        }
        let others = back.places(text).chain(swapped.places(text));
        let slips = slips.into_iter().chain(others.filter_map(slip));
        slips.min_by_key(|place| place.start)
    }

    /// How a word of a text is one slip away from this one.
    fn slip_of(&self, text: &[u8], word: &Range<usize>, small: &mut Vec<u8>) -> Option<Slip> {
        small.clear();
        small.extend_from_slice(text.get(word.clone())?);
        small.make_ascii_lowercase();
        slip(self.folded.as_bytes(), small)
    }

    /// The first place in such a text of its rarest letter, if letters that lie apart are looked for.
    pub fn find_rarest_if_apart(&self, text: &[u8]) -> Option<usize> {
        let rarest = self.each.first().filter(|_| self.may_lie_apart)?;
        find_letter(*rarest, text)
    }

    /// Whether a text has all of its letters, small or large.
    pub fn has_letters(&self, text: &[u8]) -> bool {
        let mut each = self.each.iter();
        each.all(|letter| find_letter(*letter, text).is_some())
    }

    /// Whether something near may stand in a line that is folded, or has its letters as a folded one
    /// has them, small or large.
    pub fn may_be_in_line(&self, line: &str) -> bool {
        // Most lines lack two of them.
        self.has_nearly_all_letters(line.as_bytes())
            && (self.has_pieces(line.as_bytes()) || self.may_lie_apart_in(line))
    }

    /// Whether its letters may lie apart in such a line.
    pub fn may_lie_apart_in(&self, line: &str) -> bool {
        self.may_lie_apart && holds_in_order(&self.folded, line)
    }

    /// Whether a text has all of its letters but one, small or large.
    pub fn has_nearly_all_letters(&self, line: &[u8]) -> bool {
        let may_miss = usize::from(self.letters.len() >= LEAST_LETTERS);
        let missing = self
            .each
            .iter()
            .filter(|letter| find_letter(**letter, line).is_none());
        missing.take(may_miss + 1).count() <= may_miss
    }

    fn has_pieces(&self, bytes: &[u8]) -> bool {
        self.pieces().any(|piece| piece.is_in(bytes))
    }

    /// The same word, which is looked for with a slip alone.
    #[must_use]
    pub fn with_slips_alone(mut self) -> Near {
        self.may_lie_apart = false;
        self
    }

    /// Places in a text, small or large, in the words that may be one slip away. Others are not.
    pub(super) fn places<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = usize> + 't {
        self.pieces().flat_map(|piece| piece.places(text))
    }

    fn has_slip(&self, table: &[u16]) -> bool {
        let least = self.letters.len().saturating_sub(1);
        self.letters.len() >= LEAST_LETTERS
            && table
                .split(|&unit| !is_letter(unit))
                .any(|word| word.len() >= least && slip(&self.letters, word).is_some())
    }

    /// Whether the letters stand one after another in a line, begin each word that they stand in,
    /// and leave out one word at most between those.
    fn lies_apart_in(&self, table: &[u16]) -> bool {
        let mut reached = Reached::default();
        let (mut before, mut quotes) = (' ', 0);
        let mut block = None;
        let mut line = Line::default();
        for &unit in table {
            let mut here = char::from_u32(unit.into()).unwrap_or(' ');
            if here == '-' && Script::of(before) == Script::Kana {
                here = 'ー';
            }
            quotes = match here {
                '"' | '\'' if quotes == 0 || here == before => quotes + 1,
                '"' | '\'' => 1,
                _ => 0,
            };
            if quotes == 3 && block.is_none_or(|open| open == here) {
                block = block.xor(Some(here));
                quotes = 0;
            }
            if block.is_none() {
                if line.joins_others(here) {
                    return true;
                }
                if here == '\n' {
                    reached = Reached::default();
                }
            }
            let places = match here {
                'a'..='z' => self.places.get(usize::from(unit - A)),
                _ => None,
            };
            reached.pass(before, here, places.copied().unwrap_or(0));
            if (reached.all_begun | reached.one_left_out) >> self.letters.len() != 0 {
                return true;
            }
            before = here;
        }
        false
    }
}

impl Reached {
    fn pass(&mut self, before: char, here: char, places: u32) {
        if here.is_alphanumeric() && begins_word(before, here) {
            *self = Reached {
                all_begun: ((self.all_begun | 1) & places) << 1,
                left_out: self.all_begun,
                one_left_out: ((self.one_left_out | self.left_out) & places) << 1,
            };
        } else if places != 0 {
            self.all_begun |= (self.all_begun & places) << 1;
            self.one_left_out |= (self.one_left_out & places) << 1;
        }
    }
}

/// Looks for values that are written on several lines or in several places and read as one: tables,
/// and lists in lists.
#[derive(Debug, Default)]
struct Line {
    /// The last character that is no space.
    last: Option<char>,
    is_indented: bool,
    is_header: bool,
    has_dot: bool,
    has_value: bool,
}

impl Line {
    /// Whether a character shows that its line is a part of such a value.
    fn joins_others(&mut self, here: char) -> bool {
        let joins = match here {
            '\n' => {
                *self = Line::default();
                return false;
            }
            ' ' | '\t' | '\r' => {
                self.is_indented |= self.last.is_none();
                return false;
            }
            '{' => true,
            '[' if self.last.is_none() && !self.is_indented => {
                self.is_header = true;
                false
            }
            '[' => self.last != Some('='),
            '=' => {
                let is_path = self.has_dot && !self.has_value && !self.is_header;
                self.has_value = true;
                is_path
            }
            _ => false,
        };
        self.has_dot |= here == '.';
        self.last = Some(here);
        joins
    }
}

/// The halves of a word, and all of it where the letters between them changed places. One slip leaves
/// one half as it was typed, but for that.
fn pieces(word: &[u8]) -> [Letters; 3] {
    let half = word.len() / 2;
    let (front, back) = word.split_at_checked(half).unwrap_or((word, &[]));
    let mut swapped = word.to_vec();
    if half > 0 && half < swapped.len() {
        swapped.swap(half - 1, half);
    }
    [front, back, &swapped].map(Letters::new)
}

/// The ASCII letters around a place in a text.
fn word_around(text: &[u8], at: usize) -> Range<usize> {
    let (front, back) = text.split_at_checked(at).unwrap_or((text, &[]));
    let is_other = |byte: &u8| !byte.is_ascii_alphabetic();
    let start = front.iter().rposition(is_other).map_or(0, |at| at + 1);
    let len = back.iter().position(is_other).unwrap_or(back.len());
    start..front.len() + len
}

fn find_letter(letter: u16, text: &[u8]) -> Option<usize> {
    let small = letter.to_be_bytes()[1];
    memchr2(small, small.to_ascii_uppercase(), text)
}

/// Whether a text ends in one of the signs before the kana that go on a word of letters, such as 〇.
fn ends_in_sign(text: &[u8]) -> bool {
    text.last_chunk::<3>().is_some_and(is_sign)
}

fn begins_with_sign(text: &[u8]) -> bool {
    text.first_chunk::<3>().is_some_and(is_sign)
}

fn is_sign(bytes: &[u8; 3]) -> bool {
    matches!(bytes, [0xE3, 0x80, 0x87 | 0xA1..])
}

const A: u16 = 0x61;

fn is_letter(unit: u16) -> bool {
    match unit {
        0..0x80 => unit.wrapping_sub(A) < 26,
        _ => char::from_u32(unit.into()).map(Script::of) == Some(Script::Letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_be(typed: &str, table: &str) -> bool {
        let Some(Guess::Near(near)) = Word::new(typed, How::Loose).map(|word| Guess::of(&word))
        else {
            panic!("{typed} is no word in letters");
        };
        let units: Vec<u16> = table.encode_utf16().collect();
        let may_be = near.may_be_in(&units);
        // What bytes tell is no other than that.
        let slips = near.clone().with_slips_alone();
        let text = table.as_bytes();
        let slips_here = slips.may_be_in_plain(text);
        assert_eq!(slips_here, slips.may_be_in(&units), "{typed} {table}");
        let is_open = near.find_rarest_if_apart(text).is_some() && near.has_letters(text);
        assert!(slips_here || is_open || !may_be, "{typed} {table}");
        assert_eq!(near.may_be_in_plain(text), slips_here || is_open);
        may_be
    }

    #[test]
    fn what_is_one_slip_away_or_has_its_letters_apart_is_kept() {
        for (typed, table) in [
            ("paymnet", "said = \"late payments\""),
            ("payment", "said = \"paym〇ent\""),
            ("payment", "said = \"pay〇ment\""),
            ("wbrnw", "title = \"web shop renewal\""),
            ("wsr", "title = \"\"\"\nthe web\nshop renewal\"\"\""),
            ("wsr", "with = [\n  \"web shop renewal\",\n]"),
            ("sbt", "title = \"sさ-びす beta task\""),
            ("abc", "x = { a = 1, b = 2, c = 3 }"),
            ("abc", "x.a = 1\ny.b = 2\nz.c = 3"),
            ("abc", "x = [[\"a\",\n\"b\"], [\"c\"]]"),
        ] {
            assert!(may_be(typed, table), "{typed} {table}");
        }
    }

    #[test]
    fn what_is_far_from_it_is_not() {
        for (typed, table) in [
            ("paymnet", "said = \"web shop\""),
            ("zzqx", "said = \"zebra quiz exam\""),
            (
                "wsr",
                "title = \"web\"\nsaid = \"shop\"\nwhat = \"renewal\"",
            ),
            ("wsl", "title = \"web shop renewal\""),
            ("wsr", "title = \"web and of shop and of renewal\""),
        ] {
            assert!(!may_be(typed, table), "{typed} {table}");
        }
    }

    #[test]
    fn of_a_line_it_is_told_whether_a_word_may_meet_it() {
        let lines = [
            "late payment terms",
            "web shop renewal",
            "pay me next month",
            "the way of paying",
            "支払 paynment の件",
            "apyment",
            "zebra quiz exam",
            "",
        ];
        for typed in [
            "paymnet", "payment", "wbrnw", "wsr", "exam", "pmnm", "apymeny",
        ] {
            let word = Word::new(typed, How::Loose).unwrap();
            let Guess::Near(near) = Guess::of(&word) else {
                panic!("{typed} is no word in letters");
            };
            for line in lines {
                let meets = !word.places_in_line(line).is_empty();
                let may = [line, &line.to_uppercase()].map(|line| near.may_be_in_line(line));
                assert!(may[0] >= meets && may[0] == may[1], "{typed} {line}");
            }
        }
    }

    #[test]
    fn words_of_other_letters_may_stand_for_more_than_can_be_told() {
        let guess = |typed: &str, how| Word::new(typed, how).map(|word| Guess::of(&word));
        assert!(matches!(
            guess("みつもりしよ", How::Loose),
            Some(Guess::Any)
        ));
        assert!(matches!(guess("支払", How::Loose), Some(Guess::Nothing)));
        assert!(matches!(guess("paymnet", How::Exact), Some(Guess::Nothing)));
    }
}
