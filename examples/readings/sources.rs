//! What stands in the files.

use std::collections::{HashMap, HashSet};

use goodwill::model::fold::fold;
use goodwill::model::romaji::{Mora, moras};

/// A character of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// One that is read by the table.
    Kanji(char),
    /// Kana, which are read as they are.
    Kana(Mora),
    /// The ヶ between kanji.
    Ke(Mora),
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Surname,
    Given,
    Organisation,
    Place,
    Common,
}

/// A word with its reading.
#[derive(Clone, Debug)]
pub struct Word {
    pub text: String,
    pub items: Vec<Item>,
    pub sound: Vec<Mora>,
    pub kind: Kind,
    /// The rarer, the higher.
    pub cost: i32,
}

/// Readings, and whether each came from China with its kanji.
pub type Listed = HashMap<Vec<Mora>, bool>;

/// The readings of kanji in Unihan.
pub fn unihan(text: &str) -> HashMap<char, Listed> {
    let mut readings: HashMap<char, Listed> = HashMap::new();
    for line in text.lines() {
        let mut fields = line.split('\t');
        let (Some(code), Some(field), Some(latin)) = (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let code = code
            .strip_prefix("U+")
            .and_then(|code| u32::from_str_radix(code, 16).ok());
        let kanji = code
            .and_then(char::from_u32)
            .map(|kanji| fold(&kanji.to_string()));
        let Some(kanji) = kanji
            .and_then(|kanji| only(&kanji))
            .filter(|&kanji| is_kanji(kanji))
        else {
            continue;
        };
        let kun = field == "kJapaneseKun";
        if !kun && field != "kJapaneseOn" {
            continue;
        }
        for word in latin.split_whitespace() {
            let Some(sound) = from_latin(&word.to_lowercase()) else {
                continue;
            };
            let listed = readings.entry(kanji).or_default();
            *listed.entry(sound).or_insert(true) &= !kun;
        }
    }
    readings
}

/// The kanji that computers in Japan have had from of old, by JIS X 0208 and 0213.
pub fn in_japan(mappings: &str) -> HashSet<char> {
    let listed = mappings.lines().filter_map(|line| {
        let mut fields = line.split('\t');
        let code = fields.next()?.strip_prefix("U+")?;
        matches!(fields.next()?, "kJis0" | "kJIS0213").then_some(code)
    });
    let kanji = listed.filter_map(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
    kanji.filter(|&kanji| is_kanji(kanji)).collect()
}

/// The words of IPADIC whose kanji can be told apart from their kana.
pub fn ipadic(files: &[String]) -> Vec<Word> {
    let mut seen = HashSet::new();
    let mut words: Vec<Word> = Vec::new();
    for line in files.iter().flat_map(|text| text.lines()) {
        let fields: Vec<&str> = line.split(',').collect();
        let [
            text,
            _,
            _,
            cost,
            class,
            sub,
            third,
            fourth,
            _,
            form,
            _,
            reading,
            ..,
        ] = fields[..]
        else {
            continue;
        };
        let bends = matches!(class, "動詞" | "形容詞");
        if bends && !matches!(form, "基本形" | "連用形") {
            continue;
        }
        let kind = match (sub, third, fourth) {
            ("固有名詞", "人名", "姓") => Kind::Surname,
            ("固有名詞", "人名", _) => Kind::Given,
            ("固有名詞", "組織", _) => Kind::Organisation,
            ("固有名詞", "地域", _) => Kind::Place,
            _ => Kind::Common,
        };
        let text = fold(text);
        let (Some(items), Some(sound)) = (items(&text), moras(&fold(reading))) else {
            continue;
        };
        let has_kanji = items.iter().any(|item| matches!(item, Item::Kanji(_)));
        if has_kanji && seen.insert((text.clone(), sound.clone(), kind)) {
            let cost = cost.parse().unwrap_or(i32::MAX);
            words.push(Word {
                text,
                items,
                sound,
                kind,
                cost,
            });
        }
    }
    words
}

/// The characters of a word. `None`: there is something in it that nobody can read.
pub fn items(text: &str) -> Option<Vec<Item>> {
    let mut items: Vec<Item> = Vec::new();
    let mut rest = text;
    let mut last = None;
    while let Some(first) = rest.chars().next() {
        let behind = &rest[first.len_utf8()..];
        if first == '々' {
            items.push(Item::Kanji(last?));
        } else if is_kanji(first) {
            items.push(Item::Kanji(first));
            last = Some(first);
        } else {
            let run = rest
                .find(|c| is_kanji(c) || c == '々')
                .unwrap_or(rest.len());
            let beats = moras(&rest[..run])?;
            if &rest[..run] == "け" && run < rest.len() && !items.is_empty() {
                items.push(Item::Ke(beats[0]));
            } else {
                items.extend(beats.into_iter().map(Item::Kana));
            }
            rest = &rest[run..];
            continue;
        }
        rest = behind;
    }
    Some(items)
}

/// Beats from the Latin letters of Unihan, such as `SHUTSU`.
fn from_latin(latin: &str) -> Option<Vec<Mora>> {
    let mut kana = String::new();
    let mut rest = latin;
    while !rest.is_empty() {
        let kana_of = |length: usize| LATIN.get(rest.get(..length)?);
        let doubled = rest.len() > 2
            && rest.as_bytes()[0] == rest.as_bytes()[1]
            && !rest.starts_with(['n', 'a', 'i', 'u', 'e', 'o'])
            || rest.starts_with("tch");
        let (taken, found) = if doubled {
            (1, "っ")
        } else if let Some((length, found)) = (1..=3)
            .rev()
            .find_map(|length| Some((length, *kana_of(length)?)))
        {
            (length, found)
        } else if rest.starts_with('n') {
            (if rest.starts_with("n'") { 2 } else { 1 }, "ん")
        } else {
            return None;
        };
        kana.push_str(found);
        rest = &rest[taken..];
    }
    moras(&kana)
}

static LATIN: std::sync::LazyLock<HashMap<String, &'static str>> = std::sync::LazyLock::new(|| {
    let rows = [
        ("", "あ い う え お"),
        ("k", "か き く け こ"),
        ("s", "さ - す せ そ"),
        ("t", "た - - て と"),
        ("n", "な に ぬ ね の"),
        ("h", "は ひ - へ ほ"),
        ("m", "ま み む め も"),
        ("y", "や - ゆ - よ"),
        ("r", "ら り る れ ろ"),
        ("w", "わ い - え を"),
        ("g", "が ぎ ぐ げ ご"),
        ("z", "ざ じ ず ぜ ぞ"),
        ("d", "だ ぢ づ で ど"),
        ("b", "ば び ぶ べ ぼ"),
        ("p", "ぱ ぴ ぷ ぺ ぽ"),
        ("sh", "しゃ し しゅ - しょ"),
        ("ch", "ちゃ ち ちゅ - ちょ"),
        ("ts", "- - つ - -"),
        ("f", "- - ふ - -"),
        ("j", "じゃ じ じゅ - じょ"),
        ("ky", "きゃ - きゅ - きょ"),
        ("gy", "ぎゃ - ぎゅ - ぎょ"),
        ("ny", "にゃ - にゅ - にょ"),
        ("hy", "ひゃ - ひゅ - ひょ"),
        ("by", "びゃ - びゅ - びょ"),
        ("py", "ぴゃ - ぴゅ - ぴょ"),
        ("my", "みゃ - みゅ - みょ"),
        ("ry", "りゃ - りゅ - りょ"),
    ];
    let mut table = HashMap::new();
    for (consonant, line) in rows {
        for (vowel, kana) in "aiueo".chars().zip(line.split(' ')) {
            if kana != "-" {
                table.insert(format!("{consonant}{vowel}"), kana);
            }
        }
    }
    table
});

pub fn is_kanji(c: char) -> bool {
    matches!(c, '〆' | '〇' | '\u{3400}'..='\u{9FFF}')
}

fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}
