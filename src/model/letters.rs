//! Letters a to z in bytes as people wrote them, small or large, found without folding.

/// The letters, the most frequent ones of English first.
const BY_FREQUENCY: &[u8; 26] = b"etaoinsrhldcumfpgwybvkxjqz";

/// How many bytes are compared at once.
const BLOCK: usize = 32;

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

    /// Whether they stand in a text.
    pub fn is_in(&self, text: &[u8]) -> bool {
        self.find(text).is_some()
    }

    fn find(&self, text: &[u8]) -> Option<usize> {
        let places = (text.len() + 1).checked_sub(self.run.len())?;
        let [first, second] = self.rare;
        let letter = |at: usize| self.run.get(at).copied().unwrap_or(0);
        let row = |at: usize| text.get(at..at + places).unwrap_or_default();
        let (firsts, rest) = row(first).as_chunks::<BLOCK>();
        let (seconds, _) = row(second).as_chunks::<BLOCK>();
        for (block, (firsts, seconds)) in firsts.iter().zip(seconds).enumerate() {
            // Without a way out, so that many are compared at once.
            let pairs = firsts.iter().zip(seconds);
            let may = pairs.fold(false, |any, (&one, &other)| {
                any | ((one | 0x20 == letter(first)) & (other | 0x20 == letter(second)))
            });
            if may && let Some(at) = self.find_from(text, block * BLOCK, BLOCK) {
                return Some(at);
            }
        }
        self.find_from(text, places - rest.len(), rest.len())
    }

    /// Where they stand at one of so many places.
    fn find_from(&self, text: &[u8], from: usize, places: usize) -> Option<usize> {
        (from..from + places).find(|&at| {
            let here = text.get(at..at + self.run.len());
            here.is_some_and(|here| here.eq_ignore_ascii_case(&self.run))
        })
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
        fn they_are_found_wherever_they_stand(text in "[abAB@あ]{0,90}", run in "[ab]{1,6}") {
            let found = text.to_ascii_lowercase().find(&run);
            prop_assert_eq!(Letters::new(run.as_bytes()).find(text.as_bytes()), found);
        }
    }
}
