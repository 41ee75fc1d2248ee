//! Which paragraphs of comments of three texts are the same one.

use std::collections::{HashMap, HashSet};

use super::doc::{Doc, Home, Ids, Key};
use super::lead::words;
use super::weave::{BASE, OURS, THEIRS};

/// Where each paragraph of a text stands, by its number.
pub(super) type Homes = HashMap<u32, Home>;

/// Gives every paragraph its number: its words make it, and where a text has them more than once
/// (`# ----`), the table that it stands in or behind too. One that both sides changed in part
/// keeps the number that it had in the base.
pub(super) fn number(docs: &mut [Doc<'_>; 3], ids: &mut Ids) -> [Homes; 3] {
    let said = docs.each_ref().map(|doc| {
        let paras = doc.paras.iter();
        paras.map(|para| words(para.text)).collect::<Vec<_>>()
    });
    let mut often: HashSet<&str> = HashSet::new();
    for side in &said {
        let mut once = HashSet::new();
        often.extend(
            side.iter()
                .map(String::as_str)
                .filter(|words| !once.insert(*words)),
        );
    }
    let mut keys = [BASE, OURS, THEIRS].map(|side| {
        let mut counts: HashMap<(&[String], &str), usize> = HashMap::new();
        let mut keys = Vec::with_capacity(docs[side].paras.len());
        for (para, words) in docs[side].paras.iter().zip(&said[side]) {
            let place = often.contains(words.as_str()).then(|| {
                let nth = counts.entry((&para.section, words)).or_insert(0);
                *nth += 1;
                (para.section.clone(), *nth)
            });
            keys.push(Key::Para(words.clone(), place));
        }
        keys
    });
    pair(&mut keys);
    let mut homes: [Homes; 3] = Default::default();
    for ((doc, keys), homes) in docs.iter_mut().zip(keys).zip(&mut homes) {
        let numbers: Vec<u32> = keys.into_iter().map(|key| ids.id(key)).collect();
        homes.extend(
            numbers
                .iter()
                .copied()
                .zip(doc.paras.iter().map(|para| para.home.clone())),
        );
        doc.number_paras(numbers.into_iter());
    }
    homes
}

/// Finds what both sides made of a paragraph of the base that neither has any more: the one new
/// paragraph on each side that still has a line of it.
fn pair(keys: &mut [Vec<Key>; 3]) {
    let sets = keys
        .each_ref()
        .map(|keys| keys.iter().cloned().collect::<HashSet<_>>());
    let gone = |key: &&Key| !sets[OURS].contains(key) && !sets[THEIRS].contains(key);
    let gone: Vec<Key> = keys[BASE].iter().filter(gone).cloned().collect();
    if gone.is_empty() {
        return;
    }
    let found = [OURS, THEIRS].map(|side| {
        let mut by_line: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, key) in keys[side].iter().enumerate() {
            if !sets[BASE].contains(key) {
                for line in lines(key) {
                    by_line.entry(line).or_default().push(at);
                }
            }
        }
        let heir = |old: &Key| {
            let mut heirs: Vec<usize> = lines(old)
                .filter_map(|line| by_line.get(line))
                .flatten()
                .copied()
                .collect();
            heirs.sort_unstable();
            heirs.dedup();
            match heirs.as_slice() {
                [one] => Some(*one),
                _ => None,
            }
        };
        gone.iter().map(heir).collect::<Vec<_>>()
    });
    let [in_ours, in_theirs] = found;
    let mut taken: HashSet<(usize, usize)> = HashSet::new();
    for ((old, ours), theirs) in gone.iter().zip(in_ours).zip(in_theirs) {
        let (Some(ours), Some(theirs)) = (ours, theirs) else {
            continue;
        };
        if !taken.insert((OURS, ours)) || !taken.insert((THEIRS, theirs)) {
            continue;
        }
        for (side, at) in [(OURS, ours), (THEIRS, theirs)] {
            if let Some(key) = keys[side].get_mut(at) {
                *key = old.clone();
            }
        }
    }
}

/// The lines of a paragraph that say something: `# ----` is in every other one.
fn lines(key: &Key) -> impl Iterator<Item = &str> {
    let words = match key {
        Key::Para(words, _) => words.as_str(),
        _ => "",
    };
    words
        .lines()
        .filter(|line| line.contains(char::is_alphanumeric))
}
