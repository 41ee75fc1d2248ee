//! Where words begin and end in a text, in letters, kanji and kana.

use std::ops::Range;

/// The most kanji that are counted back.
const KANJI: usize = 16;

/// Where something stands in a field, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// It is the whole field.
    Whole,
    /// The field begins with it.
    Start,
    /// A word of the field begins with it.
    Word,
    /// It stands inside of a word.
    Inside,
}

/// How a word stands at a place of folded fields that line ends keep apart.
pub(super) fn stand(fields: &str, place: Range<usize>) -> At {
    let before = last_char(fields, place.start);
    if before.is_none_or(|c| c == '\n') {
        let after = fields.as_bytes().get(place.end);
        return if after.is_none_or(|&b| b == b'\n') {
            At::Whole
        } else {
            At::Start
        };
    }
    let first = fields
        .get(place.start..)
        .and_then(|rest| rest.chars().next());
    match before.zip(first) {
        Some((before, first)) if !begins_word(before, first) => {
            let begins = match [before, first].map(Script::of) {
                [Script::Kanji, Script::Kanji] => is_behind_pairs(fields, place.start),
                // One kana is an ending, more of them are what was looked for: 支払|サイト.
                [Script::Kanji, Script::Kana] => place.len() > first.len_utf8(),
                _ => false,
            };
            if begins { At::Word } else { At::Inside }
        }
        _ => At::Word,
    }
}

/// Whether a kanji stands right before a place.
pub(super) fn is_behind_kanji(text: &str, at: usize) -> bool {
    last_char(text, at).map(Script::of) == Some(Script::Kanji)
}

/// Whether kanji are divided in pairs at a place, as most words are: 在庫|台帳, but 小山田.
fn is_behind_pairs(fields: &str, at: usize) -> bool {
    let before = fields.get(..at).unwrap_or_default().chars().rev();
    let kanji = before
        .take(KANJI)
        .take_while(|c| Script::of(*c) == Script::Kanji);
    kanji.count().is_multiple_of(2)
}

/// Whether a place is a word in letters or in kana, or such a word's beginning.
pub(super) fn is_word(text: &str, place: Range<usize>, is_whole: bool) -> bool {
    let mut rest = text.get(place.start..).unwrap_or_default().chars();
    let script = rest.next().map(Script::of);
    let goes_on = |c: Option<char>| c.map(Script::of) == script;
    let after = text.get(place.end..).and_then(|rest| rest.chars().next());
    !(goes_on(last_char(text, place.start)) || is_whole && goes_on(after))
}

fn last_char(text: &str, end: usize) -> Option<char> {
    match text.as_bytes().get(end.checked_sub(1)?) {
        Some(&byte) if byte.is_ascii() => Some(char::from(byte)),
        _ => text.get(..end)?.chars().next_back(),
    }
}

/// What words are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Letter,
    Digit,
    Kanji,
    Kana,
    /// Spaces, signs.
    None,
}

impl Script {
    /// That of a folded character.
    pub(super) fn of(c: char) -> Script {
        match c {
            'a'..='z' => Script::Letter,
            '0'..='9' => Script::Digit,
            '\0'..='\x7f' | '、' | '。' | '「' | '」' => Script::None,
            '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FF}' => Script::Kana,
            '\u{3400}'..='\u{9FFF}'
            | '々'
            | '〆'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}' => Script::Kanji,
            _ if c.is_alphabetic() => Script::Letter,
            _ if c.is_numeric() => Script::Digit,
            _ => Script::None,
        }
    }
}

/// Whether a word begins between two characters. Kana behind kanji are the end of a word.
pub(super) fn begins_word(before: char, first: char) -> bool {
    match (Script::of(before), Script::of(first)) {
        (Script::None, _) | (_, Script::None) => true,
        (Script::Letter, Script::Digit) | (Script::Kanji, Script::Kana) => false,
        (before, first) => before != first,
    }
}

/// The script that a word is written in, where it is one that slips are looked for in.
pub(super) fn script(letters: &[char]) -> Option<Script> {
    let script = Script::of(*letters.first()?);
    let is_spelled = matches!(script, Script::Letter | Script::Kana);
    (is_spelled && letters.iter().all(|c| Script::of(*c) == script)).then_some(script)
}
