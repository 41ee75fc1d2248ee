//! How much of what people have is found, and how much besides, on words that the table was not
//! made from. What the figures mean stands in `docs/romaji.md`.

use std::fmt;
use std::fs;

use goodwill::model::fold::fold;
use goodwill::model::romaji::{NOTICE, Spoken};

use crate::romaji_latin::{STYLES, Style, latin};

/// By the last one no number of the table or the program was set.
const LISTS: [&str; 3] = ["surnames", "organisations", "surnames-unseen"];

/// What `docs/romaji.md` tells of places within names, rounded up.
const MOST_ANYWHERE: f64 = 18.0;

/// A word with its readings, in folded kana.
struct Word {
    written: String,
    readings: Vec<String>,
    /// Whether no dictionary that the table is made from has it.
    new: bool,
    /// How it is read where it is something else, such as a place.
    others: Vec<String>,
}

impl Word {
    /// Whether it is truly read so somewhere, a kana in it perhaps as it sounds alone.
    fn is_read(&self, spoken: &Spoken) -> bool {
        let readings = self.readings.iter().chain(&self.others);
        readings
            .flat_map(|reading| [vec![reading.clone()], devoiced(reading)].concat())
            .any(|reading| !spoken.places(&reading).is_empty())
    }
}

/// A reading with each of its voiced kana as it sounds alone: あかさわ for あかざわ.
fn devoiced(reading: &str) -> Vec<String> {
    let kana: Vec<char> = reading.chars().collect();
    let voiced = |at: &usize| "がぎぐげござじずぜぞだぢづでどばびぶべぼ".contains(kana[*at]);
    let devoiced = |at: usize| {
        let mut kana = kana.clone();
        kana[at] = char::from_u32(kana[at] as u32 - 1).unwrap();
        kana.into_iter().collect()
    };
    (0..kana.len()).filter(voiced).map(devoiced).collect()
}

fn words(name: &str) -> Vec<Word> {
    let path = format!("{}/tests/romaji/{name}.tsv", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let word = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [written, readings, new, others] = fields[..] else {
            panic!("{line}: four fields");
        };
        Word {
            written: fold(written),
            readings: readings.split(' ').map(fold).collect(),
            new: new == "new",
            others: others.split_whitespace().map(fold).collect(),
        }
    };
    lines.map(word).collect()
}

/// So many of so many.
#[derive(Clone, Copy, Default)]
struct Share(usize, usize);

impl Share {
    fn count(&mut self, is_so: bool) {
        self.0 += usize::from(is_so);
        self.1 += 1;
    }

    fn percent(self) -> f64 {
        100.0 * self.0 as f64 / self.1.max(1) as f64
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}/{} = {:.2} %", self.0, self.1, self.percent())
    }
}

/// Whether a word is found as a whole.
fn covers(spoken: &Spoken, written: &str) -> bool {
    spoken.places(written) == Vec::from_iter(std::iter::once(0..written.len()))
}

/// How many readings find their word as a whole; the same of the new ones. Of every `step`th word.
fn recall(words: &[Word], style: Style, step: usize) -> [Share; 2] {
    let mut shares = [Share::default(); 2];
    for word in words.iter().step_by(step) {
        for reading in &word.readings {
            let typed =
                latin(reading, style).unwrap_or_else(|| panic!("{reading} in Latin letters"));
            let found = Spoken::new(&typed).is_some_and(|spoken| covers(&spoken, &word.written));
            shares[0].count(found);
            if word.new {
                shares[1].count(found);
            }
        }
    }
    shares
}

/// Of the words found as a whole those that are not read so; the same of all that is found
/// somewhere in a word or not typed to its end. Asked by every `step`th word.
fn surplus(words: &[Word], style: Style, step: usize) -> [Share; 2] {
    let mut shares = [Share::default(); 2];
    for word in words.iter().step_by(step) {
        for reading in &word.readings {
            let Some(spoken) = latin(reading, style).and_then(|typed| Spoken::new(&typed)) else {
                continue;
            };
            for other in words {
                let Some(found) = spoken.reads(&other.written).max_by_key(|read| read.whole) else {
                    continue;
                };
                let is_surplus = !other.is_read(&spoken);
                shares[1].count(is_surplus);
                if found.whole && found.range == (0..other.written.len()) {
                    shares[0].count(is_surplus);
                }
            }
        }
    }
    shares
}

/// A part of the queries is enough for every day; a build for tests is slow.
fn every(step: usize) -> usize {
    let campaign = std::env::var_os("GOODWILL_CAMPAIGN").is_some();
    if campaign { 1 } else { step }
}

#[test]
fn surnames_and_organisations_are_found_by_their_reading() {
    for name in LISTS {
        let words = words(name);
        for style in STYLES {
            let step = every(if style == Style::Hepburn { 1 } else { 5 });
            let [all, new] = recall(&words, style, step);
            println!("{name}, {style:?}: found {all}, of new ones {new}");
            assert!(all.percent() >= 95.0, "{name}, {style:?}: {all} found");
        }
    }
}

#[test]
fn little_is_found_that_is_read_otherwise() {
    for name in LISTS {
        let [whole, any] = surplus(&words(name), Style::Hepburn, every(10));
        println!("{name}: surplus {whole} as a whole, {any} anywhere or unfinished");
        assert!(whole.percent() <= 5.0, "{name}: {whole} surplus");
        assert!(
            any.percent() <= MOST_ANYWHERE,
            "{name}: {any} surplus anywhere"
        );
    }
}

#[test]
fn the_table_and_its_notices_take_at_most_120_kilobytes() {
    let table = [
        include_bytes!(concat!(env!("OUT_DIR"), "/readings.spellings")).len(),
        include_bytes!(concat!(env!("OUT_DIR"), "/readings.kanji")).len(),
        include_bytes!(concat!(env!("OUT_DIR"), "/readings.of_kanji")).len(),
        include_bytes!(concat!(env!("OUT_DIR"), "/readings.words")).len(),
        include_bytes!(concat!(env!("OUT_DIR"), "/readings.of_words")).len(),
        include_bytes!(concat!(env!("OUT_DIR"), "/readings.pairs")).len(),
    ]
    .into_iter()
    .sum::<usize>();
    println!("table {table} bytes, notices {} bytes", NOTICE.len());
    assert!(table + NOTICE.len() <= 120_000);
    for needed in [
        "Nara Institute of Science",
        "ICOT Free Software",
        "Unicode, Inc.",
    ] {
        assert!(NOTICE.contains(needed), "{needed}");
    }
}
