//! The table of readings: which kanji is read how, and which words are read unlike their kanji.
//!
//! As a file it is text, a line a reading: `yama 山` behind it all kanji that may be read so, those that
//! rarely are behind a `|`, the rarer, the more of them. In each group those that surnames of two kanji end
//! with stand first, before a `/`. Behind the line `words` follow words that are read as a whole: `hattori 服部`. Letters are one spelling
//! of Japanese (`si`, `tu`, `hu`), `N` is ん and `Q` is っ. `examples/readings.rs` makes it.
//!
//! `build.rs` packs it by kanji, so that the program looks things up in it as it lies there.

use std::ops::Range;
use std::sync::LazyLock;

use super::mora::{MORAS, Mora, spelled};
use crate::model::memo::ByText;

macro_rules! packed {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/readings.", $name))
    };
}

/// How the readings are spelled, a line each.
static SPELLINGS: &[u8] = packed!("spellings");
/// A bit for each character of the reach: whether it has readings of its own.
static KANJI: &[u8] = packed!("kanji");
/// The readings of these, a number each: see [`Reading::unpacked`].
static OF_KANJI: &[u8] = packed!("of_kanji");
/// Words that are read as a whole, a line each, in the order of their letters.
static WORDS: &[u8] = packed!("words");
/// The number of the reading of each.
static OF_WORDS: &[u8] = packed!("of_words");
/// Rows of two kanji, by the readings of their first: see [`pairs`].
static PAIRS: &[u8] = packed!("pairs");

/// Where the notices stand that go with the table wherever it goes.
pub const NOTICE: &str = include_str!("NOTICE");

pub(super) static READINGS: LazyLock<Readings> = LazyLock::new(Readings::new);

/// Words of two kanji of which the first one is read so and the other one as names end, in order.
/// Only short words ask for them.
static IN_PAIRS: LazyLock<Vec<(char, char, u16)>> = LazyLock::new(pairs);

/// The first and the last character that may have a reading here.
pub(super) const REACH: (u32, u32) = (0x3005, 0x9FFF);

/// The table, as far as it does not lie ready.
pub(super) struct Readings {
    kanji: Bits,
    /// For each kanji that has readings where they begin, and where the last ones end.
    starts: Vec<u16>,
    begin_words: Bits,
    /// What a word begins with, what it has behind that, and its reading.
    words: Vec<(char, &'static str, u16)>,
    sounds: Vec<Mora>,
    sound_starts: Vec<u32>,
}

/// Some of the characters of the reach, which have numbers by that.
struct Bits {
    bits: Vec<u64>,
    /// How many stand before each of `bits`.
    before: Vec<u16>,
}

/// How a kanji may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reading {
    /// The number of its beats.
    pub(super) sound: u16,
    /// The rarer, the higher.
    pub(super) price: u8,
    /// Whether surnames of two kanji end with it.
    pub(super) tail: bool,
}

/// What is known of a row of one or two kanji: the readings of the first one, if it is read by
/// its kanji at all, and not only as a whole.
#[derive(Clone, Copy)]
pub(super) struct Known<'r> {
    pairs: &'r [(char, char, u16)],
    /// Whether it is just one kanji.
    pub(super) is_one: bool,
}

impl Known<'_> {
    /// Whether it is not only read as a whole.
    pub(super) fn has_pairs(&self) -> bool {
        !self.pairs.is_empty()
    }

    /// Whether the first kanji may be read so.
    pub(super) fn begins_with(self, reading: u16) -> bool {
        self.pairs.iter().any(|&(.., other)| other == reading)
    }
}

impl Reading {
    /// From the number that it is packed as: twelve bits for its beats, two for the price, one for
    /// the tail, and one for whether it is the last one of its kanji.
    fn unpacked(packed: u16) -> Reading {
        Reading {
            sound: packed & 0xFFF,
            price: (packed >> 12 & 3) as u8,
            tail: packed >> 14 & 1 != 0,
        }
    }

    fn is_last(packed: u16) -> bool {
        packed >> 15 != 0
    }
}

impl Bits {
    fn new(bits: Vec<u64>) -> Bits {
        let counts = bits.iter().scan(0, |before, bits| {
            let here = *before;
            *before += to_u16(bits.count_ones() as usize);
            Some(here)
        });
        Bits {
            before: counts.collect(),
            bits,
        }
    }

    fn of(places: impl Iterator<Item = usize>) -> Bits {
        let mut bits = vec![0; (REACH.1 - REACH.0) as usize / 64 + 1];
        for at in places {
            if let Some(bits) = bits.get_mut(at / 64) {
                *bits |= 1_u64 << (at % 64);
            }
        }
        Bits::new(bits)
    }

    /// The number of a character among these, if it is one of them.
    fn number(&self, c: char) -> Option<usize> {
        let at = place(c)?;
        let (bits, before) = (*self.bits.get(at / 64)?, *self.before.get(at / 64)?);
        let below = bits & ((1 << (at % 64)) - 1);
        let is_here = bits >> (at % 64) & 1 != 0;
        is_here.then(|| usize::from(before) + below.count_ones() as usize)
    }

    /// The places in the reach of all of them, in order.
    fn places(&self) -> impl Iterator<Item = usize> {
        self.bits.iter().enumerate().flat_map(|(at, &bits)| {
            let here = (0..64).filter(move |bit| bits >> bit & 1 != 0);
            here.map(move |bit| at * 64 + bit)
        })
    }
}

impl Readings {
    fn new() -> Readings {
        let by_key: ByText<&str, Mora> = (MORAS.rows.iter().zip(0..))
            .map(|(row, number)| (row.key, Mora(number)))
            .collect();
        let (mut sounds, mut sound_starts) = (Vec::new(), vec![0]);
        for keys in lines(SPELLINGS) {
            sounds.extend(spelled(keys, &by_key).unwrap_or_default());
            sound_starts.push(to_u32(sounds.len()));
        }
        let mut starts = vec![0];
        let ends = numbers(OF_KANJI).zip(1_u16..);
        starts.extend(ends.filter_map(|(packed, end)| Reading::is_last(packed).then_some(end)));
        let words = lines(WORDS).zip(numbers(OF_WORDS));
        let words: Vec<(char, &str, u16)> = words
            .filter_map(|(word, reading)| {
                let mut rest = word.chars();
                Some((rest.next()?, rest.as_str(), reading))
            })
            .collect();
        let bits = KANJI.as_chunks().0.iter().copied().map(u64::from_le_bytes);
        Readings {
            kanji: Bits::new(bits.collect()),
            starts,
            begin_words: Bits::of(words.iter().filter_map(|&(first, ..)| place(first))),
            words,
            sounds,
            sound_starts,
        }
    }

    /// What is known of a row of kanji.
    pub(super) fn known(&self, first: char, second: Option<char>) -> Option<Known<'static>> {
        let mut utf8 = [0; 4];
        let rest = second.map_or("", |second| second.encode_utf8(&mut utf8));
        let is_word = self.words(first).any(|(other, _)| other == rest);
        let is_one = second.is_none();
        let second = second.unwrap_or_default();
        let all = &**IN_PAIRS;
        let from = all.partition_point(|pair| (pair.0, pair.1) < (first, second));
        let to = all.partition_point(|pair| (pair.0, pair.1) <= (first, second));
        let pairs = all.get(from..to).unwrap_or_default();
        (is_word || !pairs.is_empty()).then_some(Known { pairs, is_one })
    }

    /// How many readings there are.
    pub(super) fn len(&self) -> usize {
        self.sound_starts.len() - 1
    }

    /// The beats of a reading.
    pub(super) fn sound(&self, reading: u16) -> &[Mora] {
        let at = usize::from(reading);
        let border = |at: usize| self.sound_starts.get(at).map_or(0, |&at| at as usize);
        self.sounds
            .get(border(at)..border(at + 1))
            .unwrap_or_default()
    }

    /// How a kanji may be read.
    pub(super) fn of(&self, kanji: char) -> impl Iterator<Item = Reading> + use<> {
        let range = self.kanji.number(kanji).map(|number| self.range(number));
        readings(range.unwrap_or_default())
    }

    /// Where the readings of the kanji of that number stand.
    fn range(&self, number: usize) -> Range<usize> {
        match self.starts.get(number..number + 2) {
            Some(&[from, to]) => usize::from(from)..usize::from(to),
            _ => 0..0,
        }
    }

    /// The words that begin with a kanji: what stands behind it, and their readings.
    pub(super) fn words(&self, first: char) -> impl Iterator<Item = (&'static str, u16)> {
        let from = match self.begin_words.number(first) {
            Some(_) => self.words.partition_point(|&(other, ..)| other < first),
            None => self.words.len(),
        };
        let words = self.words.get(from..).unwrap_or_default().iter();
        let words = words.take_while(move |&&(other, ..)| other == first);
        words.map(|&(_, rest, reading)| (rest, reading))
    }

    /// The places in the reach of all kanji that may begin with one of these readings, or a word
    /// with them.
    pub(super) fn begun_by(&self, is_one: impl Fn(u16) -> bool) -> Vec<usize> {
        let kanji = self.kanji.places().enumerate();
        let begun = kanji.filter(|&(number, _)| {
            let mut readings = readings(self.range(number));
            readings.any(|reading| is_one(reading.sound))
        });
        let words = self.words.iter().filter(|&&(.., reading)| is_one(reading));
        let words = words.filter_map(|&(first, ..)| place(first));
        begun.map(|(_, at)| at).chain(words).collect()
    }
}

fn readings(range: Range<usize>) -> impl Iterator<Item = Reading> {
    let all = OF_KANJI.as_chunks::<2>().0;
    let these = all.get(range).unwrap_or_default().iter();
    these.map(|packed| Reading::unpacked(u16::from_le_bytes(*packed)))
}

/// A reading, how many places follow, and these: the first kanji of a row, all that follow it in
/// words of two, and the highest number between rows.
fn pairs() -> Vec<(char, char, u16)> {
    let mut pairs = Vec::with_capacity(PAIRS.len() / 2);
    let mut numbers = numbers(PAIRS);
    while let (Some(reading), Some(count)) = (numbers.next(), numbers.next()) {
        let mut first = None;
        for at in numbers.by_ref().take(usize::from(count)) {
            let kanji = (at != u16::MAX).then(|| char::from_u32(REACH.0 + u32::from(at)));
            match (first, kanji.flatten()) {
                (Some(first), Some(second)) => pairs.push((first, second, reading)),
                (_, kanji) => first = kanji,
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

fn lines(text: &'static [u8]) -> impl Iterator<Item = &'static str> {
    std::str::from_utf8(text).unwrap_or_default().lines()
}

fn numbers(packed: &[u8]) -> impl Iterator<Item = u16> {
    let numbers = packed.as_chunks().0.iter();
    numbers.map(|bytes| u16::from_le_bytes(*bytes))
}

/// The place of a character in the reach.
pub(super) fn place(c: char) -> Option<usize> {
    let at = (c as u32).checked_sub(REACH.0)?;
    (c as u32 <= REACH.1).then_some(at as usize)
}

fn to_u16(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
