//! Packs the table of readings: a kanji takes two bytes in the program, three in the file.

use std::path::Path;
use std::{env, fs, io};

const TABLE: &str = "src/model/romaji/readings.txt";

/// The first character that is packed: see `REACH` in `src/model/romaji/readings.rs`.
const FIRST: u32 = 0x3005;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={TABLE}");
    let text = fs::read_to_string(TABLE)?;
    let mut packed = Vec::with_capacity(text.len());
    for c in text.chars() {
        match (c as u32).checked_sub(FIRST).map(u16::try_from) {
            None if c.is_ascii() => packed.push(c as u8),
            Some(Ok(place @ ..0x8000)) => packed.extend((place | 0x8000).to_be_bytes()),
            _ => return Err(io::Error::other(format!("{TABLE}: {c:?} can't be packed"))),
        }
    }
    let folder = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?;
    fs::write(Path::new(&folder).join("readings.packed"), packed)
}
