//! Where a word is read, remembered by the rows of kana and kanji that texts are made of.

use std::ops::Range;

use super::Spoken;
use super::readings::place;
use crate::model::fold::fold;
use crate::model::memo::Memo;

/// Looks for a word in many texts.
pub struct Heard<'s> {
    spoken: &'s Spoken,
    /// By rows: where it is read first.
    rows: Memo<Option<Range<usize>>>,
    /// By rows as they are written: whether it is read in them.
    written: Memo<bool>,
}

impl<'s> Heard<'s> {
    /// For a word.
    pub fn new(spoken: &'s Spoken) -> Heard<'s> {
        Heard {
            spoken,
            rows: Memo::default(),
            written: Memo::default(),
        }
    }

    /// The first of its [places](Spoken::places) in a folded text.
    pub fn first(&mut self, folded: &str) -> Option<Range<usize>> {
        rows(folded).find_map(|(start, row)| {
            let first = || Some(self.spoken.reads(row).next()?.range);
            let place = self.rows.ask(row.as_bytes(), first)?;
            Some(start + place.start..start + place.end)
        })
    }

    /// Whether it is read in a text as it is written, of which all [stays where it
    /// stands](crate::model::fold::keeps_letters) when it is folded.
    pub fn is_in(&mut self, text: &str) -> bool {
        written_rows(text.as_bytes()).any(|(_, row)| {
            self.written.ask(row, || {
                let folded = fold(&String::from_utf8_lossy(row));
                self.spoken.reads(&folded).next().is_some()
            })
        })
    }
}

/// The rows of a text in ASCII, kana and kanji outside of which nothing is read, and where they stand:
/// they begin with kana or kanji, and go on over what a reading may go on over.
pub fn written_rows(plain: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut rest = plain;
    std::iter::from_fn(move || {
        let row = rest.get(first_other(rest)?..)?;
        let from = plain.len() - row.len();
        let mut end = 0;
        while let Some(at) = row.get(end..).and_then(first_ascii) {
            end += at;
            if !row.get(end).is_some_and(|byte| b" -~".contains(byte)) {
                let (row, behind) = row.split_at_checked(end)?;
                rest = behind;
                return Some((from, row));
            }
            end += 1;
        }
        rest = &[];
        Some((from, row))
    })
}

/// Where the first byte stands that is not ASCII.
fn first_other(bytes: &[u8]) -> Option<usize> {
    // Most of a file is ASCII.
    let (blocks, _) = bytes.as_chunks::<16>();
    let ascii = blocks.iter().take_while(|block| block.is_ascii()).count() * 16;
    let at = first_top(bytes.get(ascii..)?, 0)?;
    Some(ascii + at)
}

/// Where the first byte stands that is ASCII.
fn first_ascii(bytes: &[u8]) -> Option<usize> {
    first_top(bytes, u64::MAX)
}

/// The first byte with its top bit set, or that has it not if all bits are flipped.
fn first_top(bytes: &[u8], flip: u64) -> Option<usize> {
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let (words, rest) = bytes.as_chunks();
    let tops = |word: &[u8; 8]| (u64::from_le_bytes(*word) ^ flip) & TOPS;
    let mut all = words.iter().map(tops).enumerate();
    if let Some((at, tops)) = all.find(|(_, tops)| *tops != 0) {
        return Some(at * 8 + (tops.trailing_zeros() / 8) as usize);
    }
    let at = rest
        .iter()
        .position(|byte| byte.is_ascii() == (flip != 0))?;
    Some(words.len() * 8 + at)
}

/// The rows of a folded text, and where they stand. Nothing is read across their ends, nor does it
/// hang on what stands beyond them: they begin with a character that may be read, and end before the
/// first that neither may be nor is a space.
fn rows(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = folded.get(from..)?;
            let start = from + rest.bytes().position(|byte| !byte.is_ascii())?;
            let row = folded.get(start..)?;
            let end = row.find(|c| c != ' ' && place(c).is_none());
            let row = row.get(..end.unwrap_or(row.len()))?;
            if !row.is_empty() {
                from = start + row.len();
                return Some((start, row));
            }
            // Something else that is not ASCII.
            from = start + folded.get(start..)?.chars().next()?.len_utf8();
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fold::keeps_letters;
    use proptest::prelude::*;

    #[test]
    fn a_written_row_is_what_may_be_read_in_one() {
        let text = "said = \"Acme 支払 - 条件~ x\"\nwhat = \"見積、ー\"";
        let found: Vec<(usize, &[u8])> = written_rows(text.as_bytes()).collect();
        let places = ["支払 - 条件~ ", "見積、ー"];
        let expected = places.map(|row| (text.find(row).unwrap(), row.as_bytes()));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_written_row_is_found_wherever_it_begins_and_ends() {
        for (before, len) in (0..40).flat_map(|before| (1..40).map(move |len| (before, len))) {
            let row = format!("{}~ -{}", "支".repeat(len), "か".repeat(before % 9));
            let text = format!("{}{row}\"{}{row}", "a".repeat(before), "b -".repeat(len));
            let found: Vec<(usize, &[u8])> = written_rows(text.as_bytes()).collect();
            let starts = [before, text.len() - row.len()];
            assert_eq!(found, starts.map(|at| (at, row.as_bytes())), "{text}");
        }
    }

    #[test]
    fn rows_end_where_nothing_is_read() {
        let text = "a 支払い さいと、bé 山田-様 (株) ü\nやまだ ";
        let found: Vec<&str> = rows(text).map(|(_, row)| row).collect();
        assert_eq!(found, ["支払い さいと", "山田", "様 ", "株", "やまだ "]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_is_the_first_place_of_the_whole_text(
            text in "[支払見積山田高関原学校国々〆しはらいみつもんりっゃヶー、。 a\\-é\n]{0,24}",
            typed in prop::sample::select(vec!["shiharai", "ya", "yama", "mitsumori", "shi", "ga", "kok", "gakkou", "n", "takahara"]),
        ) {
            let spoken = Spoken::new(typed).unwrap();
            let mut heard = Heard::new(&spoken);
            for _ in 0..2 {
                let first = spoken.places(&text).into_iter().next();
                prop_assert_eq!(heard.first(&text), first);
            }
            if keeps_letters(&text) {
                let is_read = heard.first(&fold(&text)).is_some();
                prop_assert_eq!([heard.is_in(&text), heard.is_in(&text)], [is_read; 2]);
            }
        }
    }
}
