//! What goes into the table.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use goodwill::model::romaji::Mora;

use crate::align::{Book, weight};
use crate::sources::{Item, Kind, Word};

/// The table as text.
pub fn table(book: &Book, words: &[Word]) -> String {
    let kept = kept(book);
    let known =
        |kanji: char, sound: &[Mora]| kept.contains_key(&(kanji, sound.to_vec())).then_some(1.0);
    let mut lines: BTreeMap<String, [BTreeSet<char>; 4]> = BTreeMap::new();
    for ((kanji, sound), price) in &kept {
        lines.entry(spell(sound)).or_default()[*price].insert(*kanji);
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
        let groups = kanji
            .map(|kanji| kanji.iter().collect::<String>())
            .join("|");
        text += &format!("{reading} {}\n", groups.trim_end_matches('|'));
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

/// The readings that are kept, and whether they are rare.
fn kept(book: &Book) -> HashMap<(char, Vec<Mora>), usize> {
    let mut kept = HashMap::new();
    let mut totals: BTreeMap<char, [f64; 2]> = BTreeMap::new();
    for ((kanji, _), counts) in &book.seen {
        let [all, common] = totals.entry(*kanji).or_default();
        *all += weight(counts);
        *common += f64::from(counts[Kind::Common as usize]);
    }
    for ((kanji, sound), counts) in &book.seen {
        let seen = weight(counts);
        let listed = book
            .listed
            .get(kanji)
            .is_some_and(|listed| listed.contains(sound));
        let [all, common] = totals[kanji];
        let share = (seen / all).max(f64::from(counts[Kind::Common as usize]) / common.max(10.0));
        if seen >= if listed { LISTED } else { UNLISTED }
            && share > LEAST
            && !sound[0].is_stop()
            && sound[0].key() != "N"
        {
            kept.insert(
                (*kanji, sound.clone()),
                SHARES.iter().filter(|least| share < **least).count(),
            );
        }
    }
    kept
}

/// How much of what is seen of its kanji a reading must be to be kept, and not to be rare.
const LEAST: f64 = 0.001;
const SHARES: [f64; 3] = [0.25, 0.08, 0.02];
const LISTED: f64 = 0.3;
const UNLISTED: f64 = 1.5;

fn is_wanted(word: &Word) -> bool {
    let short =
        word.items.len() <= 4 && word.items.iter().any(|item| matches!(item, Item::Kanji(_)));
    short && matches!(word.kind, Kind::Surname | Kind::Organisation)
}

fn spell(sound: &[Mora]) -> String {
    sound.iter().map(|mora| mora.key()).collect()
}
