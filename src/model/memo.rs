//! Answers that are remembered by a piece of text, as the same words and rows of kana and kanji
//! stand in a journal tens of thousands of times.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The longest text that is remembered, in bytes: longer ones hardly come again.
const LONGEST: usize = 240;
/// The most texts that are remembered.
const MOST: usize = 100_000;

/// A hash table by short texts.
pub type ByText<K, T> = HashMap<K, T, BuildHasherDefault<Quick>>;

/// What was told of texts.
#[derive(Debug)]
pub struct Memo<T> {
    told: ByText<Box<[u8]>, T>,
}

impl<T> Default for Memo<T> {
    fn default() -> Memo<T> {
        Memo {
            told: ByText::default(),
        }
    }
}

impl<T: Clone> Memo<T> {
    /// What was told of a text, or what `tell` tells of it now.
    pub fn ask(&mut self, text: &[u8], tell: impl FnOnce() -> T) -> T {
        if text.len() > LONGEST {
            return tell();
        }
        if let Some(told) = self.told.get(text) {
            return told.clone();
        }
        let told = tell();
        if self.told.len() < MOST {
            self.told.insert(text.into(), told.clone());
        }
        told
    }
}

/// A hash that takes eight bytes at once: quick for short texts, and for those alone who trust
/// them.
#[derive(Debug, Default)]
pub struct Quick(u64);

impl Quick {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let rest = rest.iter().fold(0, |all, &byte| all << 8 | u64::from(byte));
            self.add(rest);
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.add(number.into());
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }

    fn finish(&self) -> u64 {
        // The table looks at the lowest bits, to which a product carries little.
        self.0.rotate_left(26)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use std::hash::{BuildHasher as _, BuildHasherDefault};

    #[test]
    fn each_text_is_asked_about_once() {
        let mut memo = Memo::default();
        let mut asked = Vec::new();
        for text in ["支払", "見積", "支払", "支", "支払"] {
            let len = memo.ask(text.as_bytes(), || {
                asked.push(text);
                text.len()
            });
            assert_eq!(len, text.len());
        }
        assert_eq!(asked, ["支払", "見積", "支"]);
    }

    #[test]
    fn a_long_text_is_told_of_and_forgotten() {
        let mut memo = Memo::default();
        let long = [b'a'; LONGEST + 1];
        for answer in [1, 2] {
            assert_eq!(memo.ask(&long, || answer), answer);
        }
        assert!(memo.told.is_empty());
    }

    #[test]
    fn short_texts_hardly_share_a_hash() {
        let hash = BuildHasherDefault::<Quick>::default();
        let texts = (0..10_000).map(|number| format!("支払{number}"));
        let hashes: HashSet<u64> = texts.map(|text| hash.hash_one(text)).collect();
        assert_eq!(hashes.len(), 10_000);
        let lowest: HashSet<u64> = hashes.iter().map(|hash| hash % 1024).collect();
        assert!(lowest.len() > 1_000, "{}", lowest.len());
    }
}
