//! Letters a to z in bytes as people wrote them, small or large, found without folding.

/// The letters, the most frequent ones of English first.
const BY_FREQUENCY: &[u8; 26] = b"etaoinsrhldcumfpgwybvkxjqz";

/// How many bytes are compared at once.
const LARGE: usize = 64;
/// The same in a short text.
const SMALL: usize = 8;

/// The place of a small letter among all letters, the rarest last.
pub fn rarity(letter: u8) -> usize {
    let place = BY_FREQUENCY.iter().position(|&other| other == letter);
    place.unwrap_or(0)
}

/// A row of small letters that is looked for.
#[derive(Clone, Debug)]
pub struct Letters {
    run: Box<[u8]>,
    /// The places of its two rarest letters, the first one before the other.
    rare: [usize; 2],
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
            rare: [rarest.min(other), rarest.max(other)],
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
            _ => self.find_in_blocks::<1>(text, rows),
        }
    }

    /// Looks at blocks of so many places; there are as many at least. `rows`: where the two rarest
    /// letters stand for each place.
    fn find_in_blocks<const N: usize>(&self, text: &[u8], rows: [&[u8]; 2]) -> Option<usize> {
        let letter = |at: usize| self.run.get(at).copied().unwrap_or(0);
        let [first, second] = self.rare.map(letter);
        let is_pair = |(&one, &other): (&u8, &u8)| (one | 0x20 == first) & (other | 0x20 == second);
        let look = |from: usize, firsts: &[u8; N], seconds: &[u8; N]| {
            let pairs = firsts.iter().zip(seconds);
            // Without a way out, so that many are compared at once.
            if !pairs.clone().fold(false, |any, pair| any | is_pair(pair)) {
                return None;
            }
            let places = pairs.enumerate().filter(|(_, pair)| is_pair(*pair));
            let mut places = places.map(|(at, _)| from + at);
            places.find(|&place| self.stands(text, place))
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

    fn stands(&self, text: &[u8], at: usize) -> bool {
        let here = text.get(at..at + self.run.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(&self.run))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rare_letters_come_last() {
        assert!(rarity(b'q') > rarity(b'p') && rarity(b'p') > rarity(b'e'));
        assert_eq!(Letters::new(b"payment").rare, [0, 2]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn they_are_found_wherever_they_stand(text in "[abAB@あ]{0,200}", run in "[ab]{1,6}") {
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
