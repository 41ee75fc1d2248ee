//! What goes into the table.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use goodwill::model::romaji::Mora;

use crate::align::{Book, weight};
use crate::sources::{Item, Kind, Word};

/// The table as text.
pub fn table(book: &Book, words: &[Word]) -> String {
    let kept = kept(book);
    let known =
        |kanji: char, sound: &[Mora]| kept.contains(&(kanji, sound.to_vec())).then_some(1.0);
    let mut lines: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
    for (kanji, sound) in &kept {
        lines.entry(spell(sound)).or_default().insert(*kanji);
    }
    let mut whole: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut failed = [0; 5];
    let mut totals = [0; 5];
    for word in words {
        totals[word.kind as usize] += 1;
        if book.cut(word, known).is_some() {
            continue;
        }
        failed[word.kind as usize] += 1;
        if is_wanted(word) {
            whole
                .entry(spell(&word.sound))
                .or_default()
                .insert(&word.text);
        }
    }
    eprintln!(
        "pairs {} readings {} words {}; without a way {failed:?} of {totals:?}",
        kept.len(),
        lines.len(),
        whole.values().map(BTreeSet::len).sum::<usize>()
    );
    let mut text = String::new();
    for (reading, kanji) in lines {
        text += &format!("{reading} {}\n", kanji.iter().collect::<String>());
    }
    text += "words\n";
    for (reading, words) in whole {
        text += &format!(
            "{reading} {}\n",
            words.into_iter().collect::<Vec<_>>().join(" ")
        );
    }
    text
}

/// The readings that are kept.
fn kept(book: &Book) -> HashSet<(char, Vec<Mora>)> {
    let mut kept = HashSet::new();
    let mut totals: BTreeMap<char, f64> = BTreeMap::new();
    for ((kanji, _), counts) in &book.seen {
        *totals.entry(*kanji).or_default() += weight(counts);
    }
    for ((kanji, sound), counts) in &book.seen {
        let seen = weight(counts);
        let listed = book
            .listed
            .get(kanji)
            .is_some_and(|listed| listed.contains(sound));
        if seen >= if listed { 1.0 } else { 3.0 } && seen / totals[kanji] > SHARE {
            kept.insert((*kanji, sound.clone()));
        }
    }
    kept
}

/// A reading is kept if it is so much of what is seen of its kanji.
const SHARE: f64 = 0.003;

fn is_wanted(word: &Word) -> bool {
    let short =
        word.items.len() <= 4 && word.items.iter().any(|item| matches!(item, Item::Kanji(_)));
    short && matches!(word.kind, Kind::Surname | Kind::Organisation)
}

fn spell(sound: &[Mora]) -> String {
    sound.iter().map(|mora| mora.key()).collect()
}
