//! Which paragraphs of comments of three texts are the same one.

use std::collections::{HashMap, HashSet};

use super::doc::{Doc, Home, Ids, Key, Para};
use super::lead::words;
use super::weave::{BASE, OURS, THEIRS};

/// Where each paragraph of a text stands, by its number.
pub(super) type Homes = HashMap<u32, Home>;

/// Finds out which paragraphs are the same, and where each of them goes: what both sides have or
/// one has new stays; whoever moved it is right.
pub(super) fn homes(docs: &mut [Doc<'_>; 3], ids: &mut Ids) -> Homes {
    let sides = number(docs, ids);
    let mut counts: HashMap<&str, [usize; 3]> = HashMap::new();
    for (side, homes) in sides.iter().enumerate() {
        for words in homes.keys().filter_map(|id| repeated(ids, *id)) {
            counts.entry(words).or_default()[side] += 1;
        }
    }
    let mut homes = HashMap::new();
    for id in sides.iter().flat_map(HashMap::keys) {
        // Of `# ----` one side may have one less and the other one more.
        let grew = |side: usize| {
            let count = repeated(ids, *id).and_then(|words| counts.get(words));
            count.is_some_and(|count| count[side] > count[BASE])
        };
        let [base, ours, theirs] = sides.each_ref().map(|homes| homes.get(id));
        let home = match (base, ours, theirs) {
            (Some(_), Some(home), None) if grew(OURS) => home,
            (Some(_), None, Some(home)) if grew(THEIRS) => home,
            (_, None, None) | (Some(_), None, _) | (Some(_), _, None) => continue,
            (None, Some(home), None) | (None, None, Some(home)) => home,
            (_, Some(ours), Some(theirs)) if ours == theirs || base == Some(theirs) => ours,
            (_, Some(ours), Some(theirs)) if base == Some(ours) => theirs,
            (_, Some(ours), Some(theirs)) => ours.min(theirs),
        };
        homes.insert(*id, home.clone());
    }
    homes
}

/// The words of a paragraph that are not enough to tell it from others.
fn repeated(ids: &Ids, id: u32) -> Option<&str> {
    match ids.key(id) {
        Some(Key::Para(words, Some(_))) => Some(words),
        _ => None,
    }
}

/// Gives every paragraph its number: its words make it. Where a text has them more than once, or
/// they say nothing (`# ----`), it is the one of the base that stands behind or in front of the
/// same table, else a new one. One that both sides changed in part keeps the number that it had in
/// the base.
fn number(docs: &mut [Doc<'_>; 3], ids: &mut Ids) -> [Homes; 3] {
    let said = docs.each_ref().map(|doc| {
        let paras = doc.paras.iter();
        paras.map(|para| words(para.text)).collect::<Vec<_>>()
    });
    let mut often: HashSet<&str> = HashSet::new();
    for side in &said {
        let mut once = HashSet::new();
        let words = side.iter().map(String::as_str);
        often.extend(words.filter(|words| !once.insert(*words) || !says_something(words)));
    }
    let mut known = Known::default();
    let [base, ours, theirs] = [BASE, OURS, THEIRS].map(|side| {
        let paras = docs[side].paras.iter().zip(&said[side]);
        paras
            .map(|(para, words)| (para, words.as_str()))
            .collect::<Vec<_>>()
    });
    let in_base = known.all(&base, &often);
    let mut keys = [
        in_base,
        known.found(&ours, &often),
        known.found(&theirs, &often),
    ];
    pair(&mut keys);
    let mut homes: [Homes; 3] = Default::default();
    for ((doc, keys), homes) in docs.iter_mut().zip(keys).zip(&mut homes) {
        let numbers: Vec<u32> = keys.into_iter().map(|key| ids.id(key)).collect();
        let stand = doc.paras.iter().map(|para| para.home.clone());
        homes.extend(numbers.iter().copied().zip(stand));
        doc.number_paras(numbers.into_iter());
    }
    homes
}

/// A paragraph and its words.
type Said<'d, 't> = (&'d Para<'t>, &'d str);

/// Where words stand: behind a table, in front of one, or both.
type Place<'d> = (&'d str, Option<&'d [String]>, Option<&'d [String]>);

/// The paragraphs of the base that are not told by their words, by where they stand.
#[derive(Default)]
struct Known<'d> {
    places: HashMap<Place<'d>, Vec<usize>>,
}

impl<'d> Known<'d> {
    fn places<'t>((para, words): Said<'d, 't>) -> [Place<'d>; 3] {
        let (behind, before) = (Some(para.section.as_slice()), Some(para.next.as_slice()));
        [
            (words, behind, before),
            (words, behind, None),
            (words, None, before),
        ]
    }

    fn all<'t>(&mut self, base: &[Said<'d, 't>], often: &HashSet<&str>) -> Vec<Key> {
        let mut keys = Vec::with_capacity(base.len());
        for (at, said) in base.iter().enumerate().rev() {
            let is_often = often.contains(said.1);
            if is_often {
                for place in Known::places(*said) {
                    self.places.entry(place).or_default().push(at);
                }
            }
            keys.push(Key::Para(
                said.1.to_owned(),
                is_often.then_some((false, at)),
            ));
        }
        keys.reverse();
        keys
    }

    fn found<'t>(&self, side: &[Said<'d, 't>], often: &HashSet<&str>) -> Vec<Key> {
        let mut places = self.places.clone();
        let mut taken = HashSet::new();
        let mut found: Vec<Option<usize>> = vec![None; side.len()];
        for way in 0..3 {
            for (said, found) in side.iter().zip(&mut found) {
                if found.is_some() || !often.contains(said.1) {
                    continue;
                }
                let place = Known::places(*said).get(way).copied();
                let left = place.and_then(|place| places.get_mut(&place));
                if let Some(left) = left {
                    while let Some(at) = left.pop() {
                        if taken.insert(at) {
                            *found = Some(at);
                            break;
                        }
                    }
                }
            }
        }
        let mut new: HashMap<&str, usize> = HashMap::new();
        let keys = side.iter().zip(found).map(|((_, words), found)| {
            let place = often.contains(words).then(|| match found {
                Some(at) => (false, at),
                None => {
                    let nth = new.entry(words).or_insert(0);
                    *nth += 1;
                    (true, *nth)
                }
            });
            Key::Para((*words).to_owned(), place)
        });
        keys.collect()
    }
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
    words.lines().filter(|line| says_something(line))
}

fn says_something(words: &str) -> bool {
    words.contains(char::is_alphanumeric)
}
