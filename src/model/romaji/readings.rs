//! The table of readings: which kanji is read how, and which words are read unlike their kanji.
//!
//! As a file it is text, a line a reading: `yama 山` behind it all kanji that may be read so, those that
//! rarely are behind a `|`, the rarer, the more of them. In each group those that surnames of two kanji end
//! with stand first, before a `/`. Behind the line `words` follow words that are read as a whole: `hattori 服部`. Letters are one spelling
//! of Japanese (`si`, `tu`, `hu`), `N` is ん and `Q` is っ. `examples/readings.rs` makes it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::mora::{MORAS, Mora, spelled};

/// The table as the program has it: a kanji or kana takes two bytes, the first one from 0x80 on.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/readings.packed"));

static TEXT: LazyLock<String> = LazyLock::new(|| unpacked(PACKED));

/// Where the notices stand that go with the table wherever it goes.
pub const NOTICE: &str = include_str!("NOTICE");

pub(super) static READINGS: LazyLock<Readings> = LazyLock::new(|| Readings::parse(&TEXT));

/// The first and the last character that may have a reading here.
pub(super) const REACH: (u32, u32) = (0x3005, 0x9FFF);

/// The table, unpacked.
pub(super) struct Readings {
    /// For each character of the reach: the number of its kanji.
    slots: Vec<u16>,
    /// For each kanji: where its readings begin in `of_kanji`, and its words in `words`.
    starts: Vec<(u32, u32)>,
    of_kanji: Vec<Reading>,
    /// What a word has behind its first kanji, and its reading.
    words: Vec<(&'static str, u16)>,
    /// Words of two kanji of which the first one is read so and the other one as names end.
    pairs: Vec<(char, char, u16)>,
    /// By reading: the places in the reach of what may begin with it.
    beginnings: Vec<(u16, u16)>,
    sounds: Vec<Mora>,
    sound_starts: Vec<u32>,
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

impl Readings {
    fn parse(text: &'static str) -> Readings {
        let by_key: HashMap<&str, Mora> = (MORAS.rows.iter().zip(0..))
            .map(|(row, number)| (row.key, Mora(number)))
            .collect();
        let (mut sounds, mut sound_starts) = (Vec::new(), vec![0]);
        let (mut of_kanji, mut words, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
        let (mut section, mut numbers) = ("", HashMap::new());
        for line in text.lines() {
            let Some((keys, written)) = line.split_once(' ') else {
                section = line;
                continue;
            };
            let reading = *numbers.entry(keys).or_insert_with(|| {
                sounds.extend(spelled(keys, &by_key).unwrap_or_default());
                sound_starts.push(to_u32(sounds.len()));
                to_u16(sound_starts.len() - 2)
            });
            if section == "pairs" {
                for row in written.split(' ') {
                    let mut row = row.chars();
                    if let Some(first) = row.next() {
                        pairs.extend(row.map(|second| (first, second, reading)));
                    }
                }
            } else if section == "words" {
                words.extend(written.split(' ').filter_map(|word| {
                    let first = word.chars().next()?;
                    Some((first, word.get(first.len_utf8()..)?, reading))
                }));
            } else {
                for (group, price) in written.split('|').zip(0..) {
                    let (tails, others) = group.split_once('/').unwrap_or(("", group));
                    for (kanji, tail) in [(tails, true), (others, false)] {
                        let reading = Reading {
                            sound: reading,
                            price,
                            tail,
                        };
                        of_kanji.extend(kanji.chars().map(|kanji| (kanji, reading)));
                    }
                }
            }
        }
        of_kanji.sort_unstable_by_key(|&(kanji, _)| kanji);
        words.sort_unstable();
        pairs.sort_unstable();
        Readings {
            pairs,
            ..Readings::index(&of_kanji, &words, (sounds, sound_starts))
        }
    }

    fn index(
        of_kanji: &[(char, Reading)],
        words: &[(char, &'static str, u16)],
        (sounds, sound_starts): (Vec<Mora>, Vec<u32>),
    ) -> Readings {
        let mut kanji: Vec<char> = of_kanji.iter().map(|&(kanji, _)| kanji).collect();
        kanji.extend(words.iter().map(|&(first, ..)| first));
        kanji.dedup();
        kanji.sort();
        kanji.dedup();
        let readings = of_kanji
            .iter()
            .map(|&(kanji, reading)| (reading.sound, kanji));
        let begun = words.iter().map(|&(first, _, reading)| (reading, first));
        let mut beginnings: Vec<(u16, u16)> = (readings.chain(begun))
            .filter_map(|(reading, first)| Some((reading, u16::try_from(place(first)?).ok()?)))
            .collect();
        beginnings.sort_unstable();
        let mut slots = vec![u16::MAX; (REACH.1 - REACH.0 + 1) as usize];
        let mut starts = Vec::with_capacity(kanji.len() + 1);
        for (&kanji, number) in kanji.iter().zip(0..) {
            if let Some(slot) = place(kanji).and_then(|at| slots.get_mut(at)) {
                *slot = number;
            }
            let readings = of_kanji.partition_point(|&(other, _)| other < kanji);
            let words = words.partition_point(|&(other, ..)| other < kanji);
            starts.push((to_u32(readings), to_u32(words)));
        }
        starts.push((to_u32(of_kanji.len()), to_u32(words.len())));
        Readings {
            slots,
            starts,
            of_kanji: of_kanji.iter().map(|&(_, reading)| reading).collect(),
            words: words
                .iter()
                .map(|&(_, rest, reading)| (rest, reading))
                .collect(),
            pairs: Vec::new(),
            beginnings,
            sounds,
            sound_starts,
        }
    }

    /// What is known of a row of kanji.
    pub(super) fn known(&self, first: char, second: Option<char>) -> Option<Known<'_>> {
        let mut utf8 = [0; 4];
        let rest = second.map_or("", |second| second.encode_utf8(&mut utf8));
        let is_word = self.words(first).iter().any(|&(other, _)| other == rest);
        let is_one = second.is_none();
        let second = second.unwrap_or_default();
        let from = self
            .pairs
            .partition_point(|pair| (pair.0, pair.1) < (first, second));
        let to = self
            .pairs
            .partition_point(|pair| (pair.0, pair.1) <= (first, second));
        let pairs = self.pairs.get(from..to).unwrap_or_default();
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
    pub(super) fn of(&self, kanji: char) -> &[Reading] {
        let (readings, _) = self.ranges(kanji);
        self.of_kanji.get(readings).unwrap_or_default()
    }

    /// The words that begin with a kanji: what stands behind it, and their readings.
    pub(super) fn words(&self, first: char) -> &[(&'static str, u16)] {
        let (_, words) = self.ranges(first);
        self.words.get(words).unwrap_or_default()
    }

    /// The places in the reach of all kanji that a reading or a word read so begins with.
    pub(super) fn begun_by(&self, reading: u16) -> impl Iterator<Item = usize> {
        let from = (self.beginnings).partition_point(|&(other, _)| other < reading);
        let begun = self.beginnings.get(from..).unwrap_or_default().iter();
        let begun = begun.take_while(move |&&(other, _)| other == reading);
        begun.map(|&(_, at)| usize::from(at))
    }

    fn ranges(&self, kanji: char) -> (Range<usize>, Range<usize>) {
        let number = place(kanji).and_then(|at| self.slots.get(at));
        let at = usize::from(number.copied().unwrap_or(u16::MAX));
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => (
                from.0 as usize..to.0 as usize,
                from.1 as usize..to.1 as usize,
            ),
            _ => (0..0, 0..0),
        }
    }
}

/// The text of the table; `build.rs` packs it.
fn unpacked(packed: &[u8]) -> String {
    let mut bytes = packed.iter().copied();
    let mut text = String::with_capacity(packed.len() * 3 / 2);
    while let Some(byte) = bytes.next() {
        if byte.is_ascii() {
            text.push(char::from(byte));
        } else {
            let place = u16::from_be_bytes([byte & 0x7F, bytes.next().unwrap_or_default()]);
            text.extend(char::from_u32(REACH.0 + u32::from(place)));
        }
    }
    text
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
