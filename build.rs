//! Packs the table of readings so that the program can look things up in it as it lies there: see
//! `src/model/romaji/readings.rs`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::{env, fs, io};

const TABLE: &str = "src/model/romaji/readings.txt";

/// The first and the last character that are packed: see `REACH` in `src/model/romaji/readings.rs`.
const FIRST: u32 = 0x3005;
const LAST: u32 = 0x9FFF;

/// What a reading of a kanji is packed with: see `src/model/romaji/readings.rs`.
const TAIL: u16 = 1 << 14;
const LAST_OF_KANJI: u16 = 1 << 15;
const PRICE: u32 = 12;

/// Stands between rows of kanji.
const BETWEEN: u16 = u16::MAX;

/// The table by what is looked up in it.
#[derive(Default)]
struct Table<'t> {
    numbers: HashMap<&'t str, u16>,
    /// Each spelling of a reading once, a line each.
    spellings: String,
    of_kanji: BTreeMap<char, Vec<u16>>,
    words: Vec<(&'t str, u16)>,
    /// A number, and rows of kanji with spaces between them.
    pairs: Vec<(u16, &'t str)>,
}

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={TABLE}");
    let text = fs::read_to_string(TABLE)?;
    let mut table = Table::default();
    let mut section = "";
    for line in text.lines() {
        match line.split_once(' ') {
            None => section = line,
            Some((keys, written)) => table.add(section, keys, written)?,
        }
    }
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?;
    let write = |name: &str, bytes: &[u8]| fs::write(Path::new(&folder).join(name), bytes);
    let (kanji, readings) = table.kanji()?;
    let (words, word_readings) = table.words();
    write("readings.spellings", table.spellings.as_bytes())?;
    write("readings.kanji", &kanji)?;
    write("readings.of_kanji", &readings)?;
    write("readings.words", words.as_bytes())?;
    write("readings.of_words", &word_readings)?;
    write("readings.pairs", &table.pairs()?)
}

impl<'t> Table<'t> {
    fn add(&mut self, section: &str, keys: &'t str, written: &'t str) -> io::Result<()> {
        let next = self.numbers.len();
        let number = match self.numbers.get(keys) {
            Some(number) => *number,
            None => {
                self.spellings.extend([keys, "\n"]);
                let number = u16::try_from(next).ok().filter(|next| next >> PRICE == 0);
                let number = number.ok_or_else(|| wrong("more readings than have a number"))?;
                self.numbers.insert(keys, number);
                number
            }
        };
        match section {
            "pairs" => self.pairs.push((number, written)),
            "words" => {
                let words = written.split(' ').filter(|word| !word.is_empty());
                self.words.extend(words.map(|word| (word, number)));
            }
            _ => {
                for (group, price) in written.split('|').zip(0_u16..) {
                    if price > 3 {
                        return Err(wrong("more prices than are told apart"));
                    }
                    let (tails, others) = group.split_once('/').unwrap_or(("", group));
                    for (kanji, tail) in [(tails, TAIL), (others, 0)] {
                        for kanji in kanji.chars() {
                            let reading = number | price << PRICE | tail;
                            self.of_kanji.entry(kanji).or_default().push(reading);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// A bit for each character of the reach that has readings, and the readings of each of these.
    fn kanji(&self) -> io::Result<(Vec<u8>, Vec<u8>)> {
        let mut bits = vec![0_u64; (LAST - FIRST) as usize / 64 + 1];
        let mut packed = Vec::new();
        for (kanji, readings) in &self.of_kanji {
            let at = usize::from(place(*kanji)?);
            bits[at / 64] |= 1 << (at % 64);
            for (left, reading) in (0..readings.len()).rev().zip(readings) {
                let last = if left == 0 { LAST_OF_KANJI } else { 0 };
                packed.extend((reading | last).to_le_bytes());
            }
        }
        Ok((
            bits.into_iter().flat_map(u64::to_le_bytes).collect(),
            packed,
        ))
    }

    /// Words in the order of their letters, a line each, and the reading of each of these.
    fn words(&self) -> (String, Vec<u8>) {
        let mut words: Vec<(&str, u16)> = self.words.clone();
        words.sort_unstable();
        let lines = words.iter().flat_map(|(word, _)| [word, "\n"]);
        let readings = words.iter().flat_map(|(_, reading)| reading.to_le_bytes());
        (lines.collect(), readings.collect())
    }

    /// A reading with how many places follow, and these; [`BETWEEN`] stands between rows.
    fn pairs(&self) -> io::Result<Vec<u8>> {
        let mut packed = Vec::new();
        for (reading, rows) in &self.pairs {
            let count = u16::try_from(rows.chars().count()).map_err(io::Error::other)?;
            packed.extend([*reading, count].into_iter().flat_map(u16::to_le_bytes));
            for kanji in rows.chars() {
                let at = if kanji == ' ' { BETWEEN } else { place(kanji)? };
                packed.extend(at.to_le_bytes());
            }
        }
        Ok(packed)
    }
}

fn place(c: char) -> io::Result<u16> {
    let at = (FIRST..=LAST)
        .contains(&(c as u32))
        .then(|| c as u32 - FIRST);
    let at = at.and_then(|at| u16::try_from(at).ok());
    at.ok_or_else(|| wrong(&format!("{c:?} can't be packed")))
}

fn wrong(what: &str) -> io::Error {
    io::Error::other(format!("{TABLE}: {what}"))
}
