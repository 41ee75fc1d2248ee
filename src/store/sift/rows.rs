//! Which tables may hold what is read as a word in Latin letters.

use super::{ROUGH, rough};
use crate::model::memo::Memo;
use crate::model::romaji::{Spoken, written_rows};

/// Before it stands nothing that is read.
const FIRST_KANA: u16 = 0x3005;

/// What rows of kana and kanji may be read as, which stand in a journal again and again.
#[derive(Debug, Default)]
pub struct Rows {
    /// By word, and by the bytes of the row.
    known: Vec<(*const Spoken, Memo<bool>)>,
    rough: Vec<u16>,
    pub(super) text: String,
}

impl Rows {
    /// The first row of a [plain](super::plain::is_plain) text in which something may be read so.
    pub fn first(&mut self, spoken: &Spoken, plain: &[u8]) -> Option<usize> {
        let word: *const Spoken = spoken;
        let Rows { known, rough, text } = self;
        let at = known.iter().position(|(other, _)| *other == word);
        let at = at.unwrap_or_else(|| {
            known.push((word, Memo::default()));
            known.len() - 1
        });
        let (_, memo) = known.get_mut(at)?;
        let mut may_be = |row: &[u8]| {
            memo.ask(row, || {
                rough.clear();
                !ROUGH.push(row, rough) || may_read(spoken, rough, text)
            })
        };
        let mut rows = written_rows(plain);
        rows.find_map(|(at, row)| may_be(row).then_some(at))
    }
}

/// Whether something may be read so in a text that was folded roughly.
pub fn may_read(spoken: &Spoken, rough: &[u16], text: &mut String) -> bool {
    let begins = |unit: u16| {
        unit >= FIRST_KANA && char::from_u32(unit.into()).is_some_and(|c| spoken.may_begin(c))
    };
    // No reading goes on over anything else.
    let is_read = |unit: u16| unit >= FIRST_KANA || [0x20, 0x2D].contains(&unit);
    let mut rows = rough.split(|&unit| !is_read(unit));
    rows.any(|row| {
        let Some(first) = row.iter().position(|&unit| begins(unit)) else {
            return false;
        };
        text.clear();
        rough::write(row, text);
        if spoken.reads(text).next().is_some() {
            return true;
        }
        // What a place may begin with hangs on what stands before it, and that is not the same
        // for a word alone.
        let starts = row.iter().enumerate().skip(first + 1);
        let mut starts = starts.filter(|&(_, &unit)| begins(unit));
        starts.any(|(at, _)| {
            text.clear();
            rough::write(row.get(at..).unwrap_or_default(), text);
            spoken.reads(text).next().is_some()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn row_by_row_it_is_as_in_the_whole_text(
            text in "[支払見積山田高し はらいサイミツもりっー、。・「a\"=_1\\-~\n]{0,24}",
            typed in prop::sample::select(vec!["shiharai", "yama", "mitsumori", "shi", "kou"]),
        ) {
            let spoken = Spoken::new(typed).unwrap();
            let mut rough = Vec::new();
            let is_clear = ROUGH.push(text.as_bytes(), &mut rough);
            let whole = !is_clear || may_read(&spoken, &rough, &mut String::new());
            let mut by_rows = Rows::default();
            for _ in 0..2 {
                prop_assert_eq!(by_rows.first(&spoken, text.as_bytes()).is_some(), whole);
            }
        }
    }
}
