//! Text folded roughly and quickly: what folds alike is alike here too, and what can't be told
//! without folding it is marked as unclear.

use std::sync::OnceLock;

use unicode_normalization::char::is_combining_mark;

use crate::model::fold::{fold, old_forms};

/// Stands for what may be anything: a character that joins its neighbours or has to be
/// normalised, an escape of TOML, bytes that are no text.
pub const UNCLEAR: u16 = 0xFFFF;

/// From here on a number of a [`Row`] is a place among those of its characters that are folded to
/// more than one. No text that is clear has
/// these characters: they are for private use.
const LONGER: u16 = 0xE000;

/// Characters that are folded each for itself, whatever stands beside them: kana, kanji and
/// Hangul, and what else stands in journals in English and Japanese. Those among them that join
/// others are found by looking at what they fold to.
const ALONE: [(u16, u16); 11] = [
    (0x00A1, 0x017F),
    (0x2010, 0x205E),
    (0x20A0, 0x20BF),
    (0x2100, 0x214F),
    (0x2160, 0x217F),
    (0x2190, 0x22FF),
    (0x2460, 0x27BF),
    (0x3000, 0x303F),
    (0x3041, 0x30FF),
    (0x3200, 0x33FF),
    (0xFF01, 0xFF9D),
];

/// Kanji, but for the old forms of others, and Hangul: they fold to themselves.
const THEMSELVES: [(u16, u16); 3] = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3)];

/// Folds roughly: to one number a character, most of them that of the folded character itself.
/// All dashes are one here, also the long vowel mark.
///
/// The folding is asked for its rules when a character first comes up, for a row of 256.
#[derive(Debug)]
pub struct Rough {
    rows: [OnceLock<Box<Row>>; 256],
}

#[derive(Debug)]
struct Row {
    folded: [u16; 256],
    longer: Vec<Vec<u16>>,
}

impl Row {
    /// The row of the characters that begin with this byte.
    fn new(high: u8) -> Row {
        let mut row = Row {
            folded: [UNCLEAR; 256],
            longer: Vec::new(),
        };
        let all = (
            u16::from_be_bytes([high, 0]),
            u16::from_be_bytes([high, 0xFF]),
        );
        if high == 0 {
            (1..=0x7F).for_each(|c| row.set(c, ascii(low(c))));
        }
        for (first, last) in THEMSELVES {
            (first.max(all.0)..=last.min(all.1)).for_each(|c| row.set(c, c));
        }
        for (first, last) in ALONE {
            row.ask(first.max(all.0), last.min(all.1));
        }
        let old = old_forms().filter_map(|old| u16::try_from(u32::from(old)).ok());
        for old in old.filter(|old| (all.0..=all.1).contains(old)) {
            row.ask(old, old);
        }
        row
    }

    fn set(&mut self, c: u16, folded: u16) {
        if let Some(slot) = self.folded.get_mut(usize::from(low(c))) {
            *slot = folded;
        }
    }

    fn ask(&mut self, first: u16, last: u16) {
        // A line each: nothing that is folded for itself joins a line end.
        let chars = (first..=last).filter_map(|c| char::from_u32(c.into()));
        let lines: String = chars.flat_map(|c| [c, '\n']).collect();
        for (c, folded) in (first..=last).zip(fold(&lines).split('\n')) {
            if folded.is_empty() || folded.contains(is_combining_mark) {
                continue;
            }
            let units: Vec<u16> = folded.encode_utf16().map(one_dash).collect();
            match *units.as_slice() {
                [only] => self.set(c, only),
                _ => {
                    let place = u16::try_from(self.longer.len()).unwrap_or(u16::MAX);
                    self.set(c, LONGER.saturating_add(place));
                    self.longer.push(units);
                }
            }
        }
    }
}

impl Rough {
    /// With nothing asked so far.
    pub const fn new() -> Rough {
        Rough {
            rows: [const { OnceLock::new() }; 256],
        }
    }

    /// Adds a text; whether all of it is clear.
    pub fn push(&self, text: &[u8], out: &mut Vec<u16>) -> bool {
        out.reserve(text.len());
        let mut is_clear = true;
        let mut rest = text;
        while let Some(&first) = rest.first() {
            if first < 0x80
                && let Some(block) = rest.first_chunk::<16>()
                && block.iter().fold(true, |all, &byte| all & is_simple(byte))
            {
                let mut folded = [0; 16];
                for (folded, byte) in folded.iter_mut().zip(block) {
                    *folded = ascii(*byte);
                }
                is_clear &= !folded.iter().fold(false, |any, &c| any | (c == UNCLEAR));
                out.extend_from_slice(&folded);
                rest = rest.get(16..).unwrap_or_default();
                continue;
            }
            // Nearly all kana and kanji.
            if let [0xE3..=0xE9, b, c, behind @ ..] = rest
                && is_behind(*b)
                && is_behind(*c)
            {
                let folded = self.of(bits(first, 4) << 12 | bits(*b, 6) << 6 | bits(*c, 6));
                if folded < LONGER {
                    out.push(folded);
                    rest = behind;
                    continue;
                }
            }
            let (len, c) = match *rest {
                // `1_200` is read as 1200.
                [b'_', b'0'..=b'9', ..] if is_digit(out.last()) => {
                    rest = rest.get(1..).unwrap_or_default();
                    continue;
                }
                [0..0x80, ..] => (1, u16::from(first)),
                [0xE1..=0xEF, b, c, ..] if is_behind(b) && is_behind(c) => {
                    (3, bits(first, 4) << 12 | bits(b, 6) << 6 | bits(c, 6))
                }
                [0xC2..=0xDF, b, ..] if is_behind(b) => (2, bits(first, 5) << 6 | bits(b, 6)),
                // Pictures: they fold to themselves, and nobody looks for them by letters.
                [0xF0, 0x9F, 0x8C..=0xA6, d, ..] if is_behind(d) => (4, u16::from(b' ')),
                _ => (1, UNCLEAR),
            };
            let folded = self.of(c);
            match folded {
                LONGER..=0xFFFE => out.extend_from_slice(self.longer(c, folded)),
                _ => out.push(folded),
            }
            is_clear &= folded != UNCLEAR;
            rest = rest.get(len..).unwrap_or_default();
        }
        is_clear
    }

    fn of(&self, c: u16) -> u16 {
        let row = self.row(c);
        let folded = row.and_then(|row| row.folded.get(usize::from(low(c))));
        folded.copied().unwrap_or(UNCLEAR)
    }

    /// What a character is folded to where that is more than one.
    fn longer(&self, c: u16, folded: u16) -> &[u16] {
        let place = usize::from(folded - LONGER);
        let longer = self.row(c).and_then(|row| row.longer.get(place));
        longer.map_or(&[UNCLEAR], Vec::as_slice)
    }

    fn row(&self, c: u16) -> Option<&Row> {
        let [high, _] = c.to_be_bytes();
        let row = self.rows.get(usize::from(high))?;
        Some(row.get_or_init(|| Box::new(Row::new(high))))
    }
}

/// What is looked for, from a folded word: its runs of letters or digits. Between them something
/// else may stand in the file than in the text that is read from it, such as the space in the
/// middle of a date and time.
pub fn runs(folded: &str) -> Vec<Vec<u16>> {
    let mut runs = Vec::new();
    let mut run = Vec::new();
    let mut last = ' ';
    for c in folded.chars() {
        let ends = last.is_ascii_digit() && c.is_alphabetic() && c != 'ー'
            || last.is_alphabetic() && last != 'ー' && c.is_ascii_digit();
        let is_part = c.is_alphanumeric() || c == '-';
        if (ends || !is_part) && !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
        if is_part {
            run.extend(c.encode_utf16(&mut [0; 2]).iter().copied().map(one_dash));
        }
        last = c;
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}

/// Whether a run stands in a text.
pub fn holds(text: &[u16], run: &[u16]) -> bool {
    const BLOCK: usize = 32;
    let (Some(&first), Some(&last)) = (run.first(), run.last()) else {
        return true;
    };
    let Some(ends) = text.get(run.len() - 1..) else {
        return false;
    };
    for (at, (starts, ends)) in text.chunks(BLOCK).zip(ends.chunks(BLOCK)).enumerate() {
        let both = starts.iter().zip(ends);
        // Without a way out, so that many are compared at once.
        let may = both.fold(false, |any, (&s, &e)| any | ((s == first) & (e == last)));
        if may {
            let here = text.get(at * BLOCK..).unwrap_or_default();
            if here.windows(run.len()).take(BLOCK).any(|part| part == run) {
                return true;
            }
        }
    }
    false
}

/// Writes what was folded as text again, with long vowel marks behind kana.
pub fn write(rough: &[u16], text: &mut String) {
    let mut last = '\n';
    for &unit in rough {
        let c = char::from_u32(unit.into()).unwrap_or('\n');
        last = match c {
            '-' if matches!(last, '\u{3041}'..='\u{309F}' | '\u{30F7}'..='\u{30FF}') => 'ー',
            c => c,
        };
        text.push(last);
    }
}

fn low(c: u16) -> u8 {
    c.to_be_bytes()[1]
}

fn is_simple(byte: u8) -> bool {
    (byte < 0x80) & (byte != b'_')
}

fn is_digit(unit: Option<&u16>) -> bool {
    unit.is_some_and(|unit| (0x30..0x3A).contains(unit))
}

fn ascii(byte: u8) -> u16 {
    match byte {
        0 | b'\\' | 0x80.. => UNCLEAR,
        b'~' => u16::from(b'-'),
        _ => u16::from(byte.to_ascii_lowercase()),
    }
}

fn one_dash(unit: u16) -> u16 {
    if unit == 0x30FC { 0x2D } else { unit }
}

fn is_behind(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

fn bits(byte: u8, count: u32) -> u16 {
    u16::from(byte) & ((1 << count) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    static ROUGH: Rough = Rough::new();

    fn rough(text: &str) -> (Vec<u16>, bool) {
        let mut out = Vec::new();
        let is_clear = ROUGH.push(text.as_bytes(), &mut out);
        (out, is_clear)
    }

    #[test]
    fn what_is_clear_is_folded_as_all_text_is() {
        let mut clear = 0;
        for c in (1..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let text = format!("かa{c}あb1{c}2");
            let mut out = Vec::new();
            // Pictures become spaces, and `_` goes between digits.
            let is_other = c == '_' || c > '\u{FFFF}';
            if ROUGH.push(text.as_bytes(), &mut out) && !is_other {
                let folded: Vec<u16> = fold(&text).encode_utf16().map(one_dash).collect();
                assert_eq!(out, folded, "{c:?}");
                clear += 1;
            }
        }
        assert!(clear > 30_000, "{clear}");
    }

    #[test]
    fn pictures_are_clear_and_hold_no_letters() {
        for c in ('\u{1F300}'..='\u{1F9BF}').chain(['😀']) {
            assert_eq!(fold(&c.to_string()), c.to_string());
            assert!(!c.is_alphanumeric());
            assert_eq!(rough(&c.to_string()), (vec![u16::from(b' ')], true));
        }
    }

    #[test]
    fn what_hides_is_unclear() {
        for text in [
            "a\\u0062",
            "か\u{3099}",
            "e\u{301}",
            "zero\u{200B}width",
            "\0",
            "ﾞ",
            "б",
        ] {
            assert!(!rough(text).1, "{text:?}");
        }
        assert!(!ROUGH.push(b"\x83\x41", &mut Vec::new()));
    }

    #[test]
    fn a_word_is_looked_for_by_its_runs() {
        let told = |folded: &str| -> Vec<String> {
            let runs = runs(folded).into_iter();
            runs.map(|run| String::from_utf16_lossy(&run)).collect()
        };
        assert_eq!(told("payment terms"), ["payment", "terms"]);
        assert_eq!(told("2026-11-20t10"), ["2026-11-20", "t", "10"]);
        assert_eq!(told("さーばー"), ["さ-ば-"]);
        assert_eq!(told("(株)"), ["株"]);
        assert_eq!(told("…"), [""; 0]);
    }

    #[test]
    fn a_run_is_found_wherever_it_stands() {
        let text: Vec<u16> = (0..200).collect();
        for start in 0..200_u16 {
            for len in 1..40 {
                let run: Vec<u16> = (start..start + len).collect();
                assert_eq!(holds(&text, &run), start + len <= 200, "{start} {len}");
            }
        }
        assert!(holds(&text, &[]) && !holds(&[], &[1]));
    }
}
