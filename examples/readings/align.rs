//! Cutting words into the readings of their kanji, and counting those.

use std::collections::{HashMap, HashSet};

use goodwill::model::romaji::{Mora, may_voice, moras};

use crate::sources::{Item, Kind, Listed, Word};

/// The most beats of one kanji.
const LONGEST: usize = 7;

/// What a reading that nobody saw yet costs; more with each beat that is not the second.
const NEW: f64 = 9.0;

/// What is known of the readings of kanji.
pub struct Book {
    /// Those of Unihan.
    pub listed: HashMap<char, Listed>,
    /// How often each was seen, by kind of word.
    pub seen: HashMap<(char, Vec<Mora>), [u32; 5]>,
    totals: HashMap<char, f64>,
    /// Which beats one may be the voiced or the half-voiced form of.
    plain: HashMap<Mora, Vec<Mora>>,
    half: HashMap<Mora, Vec<Mora>>,
    shortening: Vec<Mora>,
}

/// A way to cut a word: each kanji with its reading as it stands in the table.
pub type Cut = Vec<(char, Vec<Mora>)>;

impl Book {
    pub fn new(listed: HashMap<char, Listed>) -> Book {
        let sounds = listed.values().flat_map(HashMap::keys);
        let all: HashSet<Mora> = sounds.flatten().copied().collect();
        let (mut plain, mut half) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for mora in all {
            if let Some(voiced) = mora.voiced() {
                plain.entry(voiced).or_default().push(mora);
            }
            if let Some(voiced) = mora.half_voiced() {
                half.entry(voiced).or_default().push(mora);
            }
        }
        let shortening = moras("くきつち").unwrap_or_default();
        Book {
            listed,
            seen: HashMap::new(),
            totals: HashMap::new(),
            plain,
            half,
            shortening,
        }
    }

    /// The book after all words were cut by what this one knows.
    pub fn learn(self, words: &[Word]) -> Book {
        let mut seen: HashMap<(char, Vec<Mora>), [u32; 5]> = HashMap::new();
        for word in words {
            for reading in self
                .cut(word, |kanji, sound| Some(self.cost(kanji, sound)))
                .unwrap_or_default()
            {
                seen.entry(reading).or_default()[word.kind as usize] += 1;
            }
        }
        let mut totals = HashMap::new();
        for ((kanji, _), counts) in &seen {
            *totals.entry(*kanji).or_insert(0.0) += weight(counts);
        }
        Book {
            seen,
            totals,
            ..self
        }
    }

    fn cost(&self, kanji: char, sound: &[Mora]) -> f64 {
        let key = (kanji, sound.to_vec());
        let listed = self
            .listed
            .get(&kanji)
            .is_some_and(|listed| listed.contains_key(sound));
        let seen = self.seen.get(&key).map_or(0.0, weight);
        let total = self.totals.get(&kanji).copied().unwrap_or(0.0);
        let strange = NEW + (sound.len() as f64 - 2.0).abs();
        if !listed && seen < 1.5 {
            return strange;
        }
        let seen = seen + if listed { 1.0 } else { 0.0 };
        (1.0 - (seen / (total + 3.0)).ln()).min(strange)
    }

    /// The cheapest way to cut a word into readings, where there is one.
    pub fn cut(&self, word: &Word, cost: impl Fn(char, &[Mora]) -> Option<f64>) -> Option<Cut> {
        type Best = Option<(f64, usize, Option<(char, Vec<Mora>)>)>;
        let (items, sound) = (&word.items, &word.sound);
        let mut table: Vec<Vec<Best>> = vec![vec![None; sound.len() + 1]; items.len() + 1];
        table[0][0] = Some((0.0, 0, None));
        for (i, &item) in items.iter().enumerate() {
            for j in 0..sound.len() {
                let Some((so_far, ..)) = table[i][j] else {
                    continue;
                };
                let mut reach = |to: usize, more: f64, reading: Option<(char, Vec<Mora>)>| {
                    let slot = &mut table[i + 1][to];
                    if slot.as_ref().is_none_or(|(best, ..)| so_far + more < *best) {
                        *slot = Some((so_far + more, j, reading));
                    }
                };
                match item {
                    Item::Kana(mora) if mora == sound[j] => reach(j + 1, 0.0, None),
                    Item::Kana(_) => {}
                    Item::Ke(mora) => {
                        let may = mora == sound[j]
                            || moras("がか").is_some_and(|may| may.contains(&sound[j]));
                        if may {
                            reach(j + 1, 0.0, None);
                        }
                    }
                    Item::Kanji(kanji) => {
                        let left = items.len() - i - 1;
                        let most = (sound.len() - j).saturating_sub(left).min(LONGEST);
                        for length in 1..=most {
                            let before = (i > 0 && j > 0).then(|| sound[j - 1]);
                            let heard = &sound[j..j + length];
                            for (base, more) in self.bases(heard, before, left == 0) {
                                if let Some(cost) = cost(kanji, &base) {
                                    reach(j + length, cost + more, Some((kanji, base)));
                                }
                            }
                        }
                    }
                }
            }
        }
        let mut at = sound.len();
        let mut cut = Vec::new();
        for i in (1..=items.len()).rev() {
            let (_, before, reading) = table[i][at].take()?;
            cut.extend(reading);
            at = before;
        }
        cut.reverse();
        Some(cut)
    }

    /// What may stand in the table for what is heard, and what the change costs.
    fn bases(&self, heard: &[Mora], before: Option<Mora>, last: bool) -> Vec<(Vec<Mora>, f64)> {
        let mut bases = vec![(heard.to_vec(), 0.0)];
        if let Some(before) = before {
            let with = |first: &Mora| [&[*first], &heard[1..]].concat();
            for first in self.plain.get(&heard[0]).into_iter().flatten() {
                let base = with(first);
                if may_voice(&base) {
                    bases.push((base, 0.3));
                }
            }
            if matches!(before.key(), "N" | "Q") {
                let half = self.half.get(&heard[0]).into_iter().flatten();
                bases.extend(half.map(|first| (with(first), 0.3)));
            }
        }
        if let (false, [start @ .., end]) = (last, heard)
            && end.is_stop()
            && !start.is_empty()
        {
            for (base, more) in bases.clone() {
                let start = &base[..base.len() - 1];
                let long = self.shortening.iter().map(|end| [start, &[*end]].concat());
                bases.extend(long.map(|base| (base, more + 0.3)));
            }
        }
        bases
    }
}

/// How much it says that a reading was seen in words of each kind. What a child may be called and
/// how a hamlet is read says little about other words.
pub fn weight(counts: &[u32; 5]) -> f64 {
    let of = |kind: Kind| f64::from(counts[kind as usize]);
    of(Kind::Surname)
        + of(Kind::Organisation)
        + of(Kind::Common)
        + 0.34 * (of(Kind::Given) + of(Kind::Place))
}
