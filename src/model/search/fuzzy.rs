//! Words whose letters lie apart: `wbrnw` for `web renewal`.

use std::fmt;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::border::begins_word;

/// How many letters a word has that may lie apart: fewer are found in nearly any line.
pub(super) const MAY_LIE_APART: std::ops::RangeInclusive<usize> = 3..=24;

/// The longest field that is looked at, in bytes.
const FIELD_BYTES: usize = 400;

/// What each word costs that the letters stand in: the matcher gives a bonus for its beginning.
const PER_WORD: i64 = 5;

/// Finds letters that lie apart in a field, and says how well they do.
pub(super) struct Fuzzy {
    matcher: SkimMatcherV2,
}

impl fmt::Debug for Fuzzy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fuzzy")
    }
}

impl Default for Fuzzy {
    fn default() -> Fuzzy {
        Fuzzy {
            matcher: SkimMatcherV2::default().respect_case(),
        }
    }
}

/// Whether the letters of a word may lie apart at all.
pub(super) fn may_lie_apart(word: &str) -> bool {
    MAY_LIE_APART.contains(&word.chars().count()) && word.chars().all(char::is_alphanumeric)
}

impl Fuzzy {
    /// What the letters lose by lying apart, from 0 to 100, and the places of their characters.
    /// `None`: they stand in no way that a person would have typed them for.
    ///
    /// Scattered letters are found in any line that is long enough. So each word of the field that
    /// they stand in must be begun by them, the words stand side by side, and only a word of two
    /// letters or more may leave one word out.
    pub(super) fn meet(&self, word: &str, field: &str) -> Option<(u8, Vec<usize>)> {
        if field.len() > FIELD_BYTES || !holds_in_order(word, field) {
            return None;
        }
        // The crate's own scores without places are wrong at times: its rows leak into each other.
        let (score, places) = self.matcher.fuzzy_indices(field, word)?;
        let letters = places.len();
        let (begun, left_out) = words(field, &places)?;
        let may_leave_out = usize::from(letters >= 2 * begun);
        if left_out > may_leave_out {
            return None;
        }
        // What the matcher gives for letters side by side at the beginning of a word.
        let full = i64::try_from(letters).ok()? * 24 + 8;
        let loss =
            100 - (score.max(0) * 100 / full).min(100) + PER_WORD * i64::try_from(begun).ok()?;
        Some((u8::try_from(loss.min(100)).ok()?, places))
    }
}

/// How many words the letters at these places stand in, and how many words between them they
/// leave out. `None`: a word has some of them, but not at its beginning.
fn words(field: &str, places: &[usize]) -> Option<(usize, usize)> {
    let mut places = places.iter().copied().peekable();
    let (mut begun, mut left_out, mut skipped) = (0, 0, 0);
    let mut before = ' ';
    let mut is_begun = false;
    for (at, c) in field.chars().enumerate() {
        let begins = c.is_alphanumeric() && begins_word(before, c);
        before = c;
        if begins {
            skipped += 1;
            is_begun = false;
        }
        if places.next_if_eq(&at).is_none() {
            continue;
        }
        if begins {
            left_out += if begun > 0 { skipped - 1 } else { 0 };
            (begun, skipped, is_begun) = (begun + 1, 0, true);
        } else if !is_begun {
            return None;
        }
    }
    Some((begun, left_out))
}

/// Whether all bytes stand there one after another, small or large; most fields end here.
pub(super) fn holds_in_order(word: &str, field: &str) -> bool {
    let mut bytes = field.bytes();
    let mut is_next = |wanted: u8| bytes.any(|byte| byte.eq_ignore_ascii_case(&wanted));
    word.len() <= field.len() && word.bytes().all(&mut is_next)
}

/// A bit for a character, for telling texts that can't have all letters of a word.
pub(super) fn bit(c: char) -> u64 {
    match c {
        'a'..='z' => 1 << (c as u32 - 'a' as u32),
        '\0'..='\x7f' => 1 << (26 + c as u32 % 6),
        _ => 1 << (32 + (c as u32).wrapping_mul(0x9E37_79B1) % 1_000_003 % 32),
    }
}

/// The bits of all characters of a text.
pub(super) fn bits(text: &str) -> u64 {
    text.chars().fold(0, |bits, c| bits | bit(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meets(word: &str, field: &str) -> bool {
        Fuzzy::default().meet(word, field).is_some()
    }

    #[test]
    fn letters_may_lie_apart_where_they_begin_the_words_they_stand_in() {
        for (word, field) in [
            ("wbrnw", "web shop renewal"),
            ("wsr", "web shop renewal"),
            ("pymt", "late payment"),
            ("acmtrd", "acme trading"),
            ("田部長", "田中部長"),
            ("negota", "the negotiation"),
        ] {
            assert!(meets(word, field), "{word} {field}");
        }
        for (word, field) in [
            ("ent", "web shop renewal today"),
            ("wrt", "we have to render it today"),
            ("lunch", "all up front is hard, a monthly charge"),
            ("zzqx", "web shop renewal"),
            ("wsl", "web shop renewal"),
        ] {
            assert!(!meets(word, field), "{word} {field}");
        }
    }

    #[test]
    fn letters_close_together_lose_less() {
        let fuzzy = Fuzzy::default();
        let loss = |word, field| fuzzy.meet(word, field).map(|(loss, _)| loss);
        assert!(loss("renwal", "renewal") < loss("renwal", "roof entrance walls"));
        assert_eq!(fuzzy.meet("wsr", "web shop renewal").unwrap().1, [0, 4, 9]);
    }
}
