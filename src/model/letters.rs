//! Letters a to z in bytes as people wrote them, small or large, found without folding.

use memchr::memchr2_iter;

/// The letters, the most frequent ones of English first.
const BY_FREQUENCY: &[u8; 26] = b"etaoinsrhldcumfpgwybvkxjqz";

/// How many bytes are compared at once.
const LARGE: usize = 128;
/// The same in a short text.
const SMALL: usize = 16;

/// What makes a letter a small one.
const CASE: u8 = 0x20;

/// The place of a small letter among all letters, the rarest last.
pub fn rarity(letter: u8) -> usize {
    let place = BY_FREQUENCY.iter().position(|&other| other == letter);
    place.unwrap_or(0)
}

/// A row of small letters that is looked for.
#[derive(Clone, Debug)]
pub struct Letters {
    run: Box<[u8]>,
    /// The places of its two rarest letters, the rarest first.
    rare: [usize; 2],
    /// Those letters.
    pair: [u8; 2],
}

impl Letters {
    /// These letters.
    pub fn new(run: &[u8]) -> Letters {
        let mut places: Vec<usize> = (0..run.len()).collect();
        places.sort_by_key(|&at| std::cmp::Reverse(run.get(at).map(|&letter| rarity(letter))));
        let rarest = places.first().copied().unwrap_or(0);
        let other = places.get(1).copied().unwrap_or(rarest);
        Letters {
            run: run.into(),
            rare: [rarest, other],
            pair: [rarest, other].map(|at| run.get(at).copied().unwrap_or(0)),
        }
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        self.run.len()
    }

    /// Whether they stand in a text.
    pub fn is_in(&self, text: &[u8]) -> bool {
        self.find(text).is_some()
    }

    /// All places where they stand in a text.
    pub fn places<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = usize> + 't {
        let mut from = 0;
        std::iter::from_fn(move || {
            let place = from + self.find(text.get(from..)?)?;
            from = place + 1;
            Some(place)
        })
    }

    /// The first place where they stand in a text.
    pub fn find(&self, text: &[u8]) -> Option<usize> {
        let places = (text.len() + 1).checked_sub(self.run.len())?;
        let row = |at: usize| text.get(at..at + places).unwrap_or_default();
        let rows = self.rare.map(row);
        // Large blocks are told most quickly. The last block may reach back over places that were
        // looked at.
        match places {
            LARGE.. => self.find_in_blocks::<LARGE>(text, rows),
            SMALL.. => self.find_in_blocks::<SMALL>(text, rows),
            _ => self.find_in_block(text, 0, rows),
        }
    }

    /// Looks at blocks of so many places; there are as many at least. `rows`: where the two rarest
    /// letters stand for each place.
    fn find_in_blocks<const N: usize>(&self, text: &[u8], rows: [&[u8]; 2]) -> Option<usize> {
        let pair = self.pair;
        let look = |from: usize, firsts: &[u8; N], seconds: &[u8; N]| {
            if !has_pair(pair, firsts, seconds) {
                return None;
            }
            self.find_in_block(text, from, [firsts, seconds])
        };
        let [firsts, seconds] = rows.map(|row| row.as_chunks().0);
        let mut blocks = firsts.iter().zip(seconds).enumerate();
        let found = blocks.find_map(|(at, (firsts, seconds))| look(at * N, firsts, seconds));
        let [firsts, seconds] = rows;
        found.or_else(|| {
            let from = firsts.len().checked_sub(N)?;
            look(from, firsts.last_chunk()?, seconds.last_chunk()?)
        })
    }

    /// Looks at the places from here on, as many as there are in the rows.
    fn find_in_block(&self, text: &[u8], from: usize, rows: [&[u8]; 2]) -> Option<usize> {
        let [first, second] = self.pair;
        let [firsts, seconds] = rows;
        let mut places = memchr2_iter(first, first.to_ascii_uppercase(), firsts);
        let found = places.find(|&at| {
            let other = seconds.get(at).map(u8::to_ascii_lowercase);
            other == Some(second) && self.stands(text, from + at)
        })?;
        Some(from + found)
    }

    fn stands(&self, text: &[u8], at: usize) -> bool {
        let here = text.get(at..at + self.run.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(&self.run))
    }
}

/// Whether these two letters, small or large, stand side by side in two rows.
fn has_pair<const N: usize>(pair: [u8; 2], firsts: &[u8; N], seconds: &[u8; N]) -> bool {
    let [first, second] = pair;
    // Nothing is left where both do. Without a way out and without asking, so that many are told at
    // once.
    let rows = firsts.iter().zip(seconds);
    let left = rows.map(|(one, other)| ((one ^ first) | (other ^ second)) & !CASE);
    left.fold(u8::MAX, u8::min) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rare_letters_come_last() {
        assert!(rarity(b'q') > rarity(b'p') && rarity(b'p') > rarity(b'e'));
        assert_eq!(Letters::new(b"payment").rare, [2, 0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn they_are_found_wherever_they_stand(text in "[abAB@あ]{0,400}", run in "[ab]{1,6}") {
            let found = text.to_ascii_lowercase().find(&run);
            let letters = Letters::new(run.as_bytes());
            prop_assert_eq!(letters.find(text.as_bytes()), found);
            let folded = text.to_ascii_lowercase();
            let is_here = |at: &usize| folded.as_bytes()[*at..].starts_with(run.as_bytes());
            let all: Vec<usize> = (0..folded.len()).filter(is_here).collect();
            prop_assert_eq!(letters.places(text.as_bytes()).collect::<Vec<_>>(), all);
        }
    }
}
