//! What goes into the table.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use goodwill::model::romaji::{Mora, moras};

use crate::align::{Book, Cut, weight};
use crate::sources::{Item, Kind, Word};

/// Words that go in by hand.
const MORE: &str = include_str!("more.tsv");

/// How often a reading must be seen to be kept: where Unihan lists it, where it does not, and
/// where it does not but its kanji is seen less than `FEW` times.
const LISTED: f64 = 0.3;
const UNLISTED: f64 = 1.5;
const UNLISTED_FEW: f64 = 1.0;
const FEW: f64 = 12.0;

/// How much of what is seen of its kanji a reading must be to be kept.
const LEAST: f64 = 0.02;

/// With less than so much it costs one, two, three.
const SHARES: [f64; 3] = [0.3, 0.12, 0.03];

/// In so many common words it costs no more than one.
const USUAL: u32 = 10;

/// What else a surname is read as goes in where IPADIC has it for no rarer than this.
const RARE: i32 = 7800;

/// How much of the surnames that end with a kanji must end with a reading of it for that to be
/// what such names end with; the others stand in the table as a whole.
const TAIL: f64 = 0.2;

/// What is kept of a reading.
#[derive(Clone, Copy)]
struct Reading {
    price: usize,
    /// Whether surnames of two kanji end with it.
    tail: bool,
}

/// Readings of kanji.
type Kept = HashMap<(char, Vec<Mora>), Reading>;

/// Words by reading.
type Whole<'w> = BTreeMap<String, BTreeSet<&'w str>>;

/// By the reading of the first kanji: the first one, and all that stand behind it.
type Pairs = BTreeMap<String, BTreeMap<char, BTreeSet<char>>>;

/// The table as text.
pub fn table(book: &Book, words: &[Word], in_japan: &HashSet<char>) -> String {
    let mut kept = kept(book);
    add_unseen(book, &mut kept, in_japan);
    mark_tails(book, &mut kept, words);
    let mut whole = unlike_their_kanji(book, &kept, words);
    let more = MORE.lines().filter_map(|line| line.split_once('\t'));
    for (word, kana) in more {
        let sound = moras(kana).unwrap_or_default();
        whole.entry(spell(&sound)).or_default().insert(word);
    }
    let pairs = names(book, &kept, words, &mut whole);
    let mut text = kanji_lines(&kept);
    text += "pairs\n";
    for (reading, rows) in pairs {
        let row = |(first, seconds): (char, BTreeSet<char>)| {
            let seconds: String = seconds.into_iter().collect();
            format!("{first}{seconds}")
        };
        let rows: Vec<String> = rows.into_iter().map(row).collect();
        text += &format!("{reading} {}\n", rows.join(" "));
    }
    text += "words\n";
    for (reading, words) in whole {
        let words: Vec<&str> = words.into_iter().collect();
        text += &format!("{reading} {}\n", words.join(" "));
    }
    text
}

/// In each group of a price those that names end with come first.
fn kanji_lines(kept: &Kept) -> String {
    let mut lines: BTreeMap<String, [[BTreeSet<char>; 2]; 4]> = BTreeMap::new();
    for ((kanji, sound), reading) in kept {
        let groups = lines.entry(spell(sound)).or_default();
        groups[reading.price][usize::from(!reading.tail)].insert(*kanji);
    }
    let group = |[tails, others]: [BTreeSet<char>; 2]| {
        let [tails, others] = [tails, others].map(String::from_iter);
        let border = if tails.is_empty() { "" } else { "/" };
        format!("{tails}{border}{others}")
    };
    let line = |(reading, groups): (String, [[BTreeSet<char>; 2]; 4])| {
        let groups = groups.map(group).join("|");
        format!("{reading} {}\n", groups.trim_end_matches('|'))
    };
    lines.into_iter().map(line).collect()
}

/// Marks what surnames of two kanji end with.
fn mark_tails(book: &Book, kept: &mut Kept, words: &[Word]) {
    let mut seen: HashMap<char, HashMap<Vec<Mora>, f64>> = HashMap::new();
    let names = words.iter().filter(|word| word.kind == Kind::Surname);
    for name in names.filter(|word| word.items.len() == 2) {
        let cut = book.cut(name, |kanji, sound| known(kept, kanji, sound));
        if let Some([_, (second, sound)]) = cut.as_deref() {
            let seen = seen.entry(*second).or_default();
            *seen.entry(sound.clone()).or_default() += 1.0;
        }
    }
    for ((kanji, sound), reading) in kept {
        let Some(seen) = seen.get(kanji) else {
            continue;
        };
        let all: f64 = seen.values().sum();
        reading.tail = seen.get(sound).is_some_and(|times| times / all >= TAIL);
    }
}

/// The readings that are kept, with what they cost.
fn kept(book: &Book) -> Kept {
    let mut totals: HashMap<char, [f64; 2]> = HashMap::new();
    for ((kanji, _), counts) in &book.seen {
        let [all, common] = totals.entry(*kanji).or_default();
        *all += weight(counts);
        *common += f64::from(counts[Kind::Common as usize]);
    }
    let mut kept = Kept::new();
    for ((kanji, sound), counts) in &book.seen {
        let seen = weight(counts);
        let listed = book
            .listed
            .get(kanji)
            .is_some_and(|listed| listed.contains_key(sound));
        let [all, common] = totals[kanji];
        let least = match (listed, all < FEW) {
            (true, _) => LISTED,
            (false, true) => UNLISTED_FEW,
            (false, false) => UNLISTED,
        };
        // Readings of names and of other words are both wanted.
        let of_common = f64::from(counts[Kind::Common as usize]) / common.max(10.0);
        let share = (seen / all).max(of_common);
        let clings = sound[0].is_stop() || sound[0].key() == "N";
        if seen < least || share < LEAST || clings {
            continue;
        }
        // The の of 西宮 was heard with 西 and says nothing about other words.
        let has_no = sound.len() > 1 && sound.last().is_some_and(|last| last.key() == "no");
        let price = SHARES.iter().filter(|least| share < **least).count();
        let usual = counts[Kind::Common as usize] >= USUAL;
        let price = if usual { price.min(1) } else { price };
        let price = if has_no && !listed {
            SHARES.len()
        } else {
            price
        };
        let tail = false;
        kept.insert((*kanji, sound.clone()), Reading { price, tail });
    }
    kept
}

/// Adds what Unihan knows of kanji that stand in no word of IPADIC, as far as others are read so.
fn add_unseen(book: &Book, kept: &mut Kept, in_japan: &HashSet<char>) {
    let seen: HashSet<char> = kept.keys().map(|(kanji, _)| *kanji).collect();
    let sounds: HashSet<Vec<Mora>> = kept.keys().map(|(_, sound)| sound.clone()).collect();
    let unseen = |kanji: &char| in_japan.contains(kanji) && !seen.contains(kanji);
    for (&kanji, listed) in book.listed.iter().filter(|(kanji, _)| unseen(kanji)) {
        for (sound, &chinese) in listed.iter().filter(|(sound, _)| sounds.contains(*sound)) {
            let reading = Reading {
                price: usize::from(!chinese),
                tail: false,
            };
            kept.insert((kanji, sound.clone()), reading);
        }
    }
}

/// Names that no readings of their kanji lead to.
fn unlike_their_kanji<'w>(book: &Book, kept: &Kept, words: &'w [Word]) -> Whole<'w> {
    let mut whole = Whole::new();
    let wanted = |word: &&Word| {
        let is_name = matches!(word.kind, Kind::Surname | Kind::Organisation);
        word.items.len() <= 4 && (is_name || word.kind != Kind::Given && word.cost < EVERYDAY)
    };
    for word in words.iter().filter(wanted) {
        if book
            .cut(word, |kanji, sound| known(kept, kanji, sound))
            .is_none()
        {
            whole
                .entry(spell(&word.sound))
                .or_default()
                .insert(&word.text);
        }
    }
    whole
}

/// Words and places that are no rarer than this go in as a whole where it takes that.
const EVERYDAY: i32 = 4500;

/// Surnames of two kanji by the reading of the first one, where the other one is read as many names
/// end; the others as a whole. With them stands what else they are, such as a large town.
fn names<'w>(book: &Book, kept: &Kept, words: &'w [Word], whole: &mut Whole<'w>) -> Pairs {
    let short = |word: &&Word| {
        let mut items = word.items.iter();
        let plain = items.all(|item| matches!(item, Item::Kanji(_))) && !word.text.contains('々');
        word.items.len() <= 2 && plain
    };
    let short: Vec<&Word> = words.iter().filter(short).collect();
    let surnames = short.iter().filter(|word| word.kind == Kind::Surname);
    let mut names: HashSet<&str> = surnames.map(|word| &*word.text).collect();
    names.extend(whole.values().flatten());
    let mut choices: HashMap<char, usize> = HashMap::new();
    for ((kanji, _), price) in kept {
        *choices.entry(*kanji).or_default() += usize::from(price.price < 2);
    }
    let mut chosen: Vec<(&Word, Option<Cut>)> = Vec::new();
    let mut plain: HashMap<&str, bool> = HashMap::new();
    for word in short.into_iter().filter(|word| names.contains(&*word.text)) {
        let may_be_rare = matches!(word.kind, Kind::Surname | Kind::Common);
        if !may_be_rare && word.cost >= RARE {
            continue;
        }
        let cut = book.cut(word, |kanji, sound| known(kept, kanji, sound));
        let is_plain = |(kanji, sound): &(char, Vec<Mora>)| {
            choices.get(kanji) == Some(&1)
                && kept
                    .get(&(*kanji, sound.clone()))
                    .is_some_and(|kept| kept.price == 0)
        };
        *plain.entry(&word.text).or_insert(true) &=
            cut.as_ref().is_some_and(|cut| cut.iter().all(is_plain));
        chosen.push((word, cut));
    }
    // What could not well be read otherwise takes no line.
    chosen.retain(|(word, _)| plain.get(&*word.text) == Some(&false));
    let mut pairs = Pairs::new();
    for (word, cut) in chosen {
        match cut.as_deref() {
            Some([(first, sound), (second, other)]) if kept[&(*second, other.clone())].tail => {
                let rows = pairs.entry(spell(sound)).or_default();
                rows.entry(*first).or_default().insert(*second);
            }
            _ => {
                whole
                    .entry(spell(&word.sound))
                    .or_default()
                    .insert(&word.text);
            }
        }
    }
    pairs
}

fn known(kept: &Kept, kanji: char, sound: &[Mora]) -> Option<f64> {
    let reading = kept.get(&(kanji, sound.to_vec()))?;
    Some(1.0 + reading.price as f64)
}

fn spell(sound: &[Mora]) -> String {
    sound.iter().map(|mora| mora.key()).collect()
}
