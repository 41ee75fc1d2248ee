//! Words that stand side by side, as they were typed.

use std::ops::Range;

use memchr::memmem::Finder;

use super::rank::BESIDE;

/// The most bytes between two words: a space, a sign, one kana.
const GAP: usize = 3;

/// The words of a query in the order they were typed, each with its spellings.
#[derive(Debug, Default)]
pub(super) struct Beside {
    words: Vec<Vec<String>>,
    first: Vec<Finder<'static>>,
}

impl Beside {
    /// These words; one alone stands beside nothing.
    pub(super) fn new(words: Vec<Vec<String>>) -> Beside {
        let [first, _, ..] = words.as_slice() else {
            return Beside::default();
        };
        let finder = |word: &String| Finder::new(word.as_bytes()).into_owned();
        Beside {
            first: first.iter().map(finder).collect(),
            words,
        }
    }

    /// What a document gains by having them so in one of its fields.
    pub(super) fn gain(&self, text: &[u8], doc: Range<usize>) -> u16 {
        let text = text.get(doc).unwrap_or_default();
        let stands = self.first.iter().any(|finder| {
            let mut starts = finder.find_iter(text);
            starts.any(|at| self.goes_on(text, at + finder.needle().len()))
        });
        if stands { BESIDE } else { 0 }
    }

    /// Whether all words but the first follow from a place on.
    fn goes_on(&self, text: &[u8], mut at: usize) -> bool {
        self.words.iter().skip(1).all(|spellings| {
            let next = (at..=at + GAP).find_map(|from| {
                let between = text.get(at..from)?;
                let rest = text.get(from..).filter(|_| !between.contains(&b'\n'))?;
                let mut spellings = spellings.iter().map(String::as_bytes);
                let word = spellings.find(|word| rest.starts_with(word))?;
                Some(from + word.len())
            });
            at = next.unwrap_or(at);
            next.is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_side_by_side_in_their_order_and_in_one_field() {
        let words = [vec!["支払", "pay"], vec!["site", "さいと"]];
        let owned = words.map(|word| word.into_iter().map(str::to_owned).collect());
        let beside = Beside::new(owned.into());
        for (text, gain) in [
            ("a pay pay site\n", BESIDE),
            ("支払さいとの話", BESIDE),
            ("支払のさいと", BESIDE),
            ("site pay", 0),
            ("pay\nsite", 0),
            ("pay it on site", 0),
        ] {
            assert_eq!(beside.gain(text.as_bytes(), 0..text.len()), gain, "{text}");
        }
        assert_eq!(
            Beside::new(vec![vec!["pay".to_owned()]]).gain(b"pay", 0..3),
            0
        );
    }
}
