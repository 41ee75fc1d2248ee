//! Letters a to z in bytes as people wrote them, small or large, found without folding.

/// The letters, the most frequent ones of English first.
const BY_FREQUENCY: &[u8; 26] = b"etaoinsrhldcumfpgwybvkxjqz";

/// How many bytes are compared at once.
const LARGE: usize = 64;
/// The same in what is left.
const SMALL: usize = 8;

/// What a look at a text tells.
enum Look {
    /// The letters stand here.
    Found(usize),
    /// They do not stand before this place.
    NotBefore(usize),
}

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
        let mut from = 0;
        // Large blocks are told most quickly, small ones leave less to be told one by one.
        for look in [
            Letters::look_at_blocks::<LARGE>,
            Letters::look_at_blocks::<SMALL>,
            Letters::look_at_blocks::<1>,
        ] {
            match look(self, text, rows, from) {
                Look::Found(place) => return Some(place),
                Look::NotBefore(place) => from = place,
            }
        }
        None
    }

    /// Looks at as many whole blocks of places as there are from one place on. `rows`: where the two
    /// rarest letters stand for each place.
    fn look_at_blocks<const N: usize>(&self, text: &[u8], rows: [&[u8]; 2], from: usize) -> Look {
        let letter = |at: usize| self.run.get(at).copied().unwrap_or(0);
        let [first, second] = self.rare.map(letter);
        let [firsts, seconds] = rows.map(|row| row.get(from..).unwrap_or_default().as_chunks().0);
        let is_pair = |(&one, &other): (&u8, &u8)| (one | 0x20 == first) & (other | 0x20 == second);
        let blocks: usize = firsts.len();
        let blocks_of_two = firsts.iter().zip(seconds).enumerate();
        for (block, (firsts, seconds)) in blocks_of_two {
            let (firsts, seconds): (&[u8; N], &[u8; N]) = (firsts, seconds);
            let pairs = firsts.iter().zip(seconds);
            // Without a way out, so that many are compared at once.
            if pairs.clone().fold(false, |any, pair| any | is_pair(pair)) {
                let places = pairs.enumerate().filter(|(_, pair)| is_pair(*pair));
                let mut places = places.map(|(at, _)| from + block * N + at);
                if let Some(place) = places.find(|&place| self.stands(text, place)) {
                    return Look::Found(place);
                }
            }
        }
        Look::NotBefore(from + blocks * N)
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
