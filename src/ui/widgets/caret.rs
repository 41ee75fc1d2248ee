//! Where a caret may stand in a line: between characters as people see them, and between words.
//!
//! Positions are bytes from the start of the text; one past the end, or inside a character,
//! counts as the nearest place before it. Words are runs of one script, because Japanese has no
//! spaces: `見積もりについて` is 見積 and もりについて.

use unicode_segmentation::UnicodeSegmentation;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Space,
    Kanji,
    Hiragana,
    Katakana,
    Digit,
    Letter,
    Sign,
}

fn script(cluster: &str) -> Script {
    match cluster.chars().next().unwrap_or(' ') {
        c if c.is_whitespace() => Script::Space,
        '々' | '〆' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Script::Kanji,
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Script::Kanji,
        '\u{3041}'..='\u{309f}' => Script::Hiragana,
        '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' => Script::Katakana,
        '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => Script::Katakana,
        c if c.is_numeric() => Script::Digit,
        c if c.is_alphabetic() || c == '_' => Script::Letter,
        _ => Script::Sign,
    }
}

/// The runs of one script as (script, start, end). The long vowel mark `ー` belongs to the kana before it.
fn runs(text: &str) -> Vec<(Script, usize, usize)> {
    let mut runs: Vec<(Script, usize, usize)> = Vec::new();
    for (at, cluster) in text.grapheme_indices(true) {
        let script = script(cluster);
        let end = at + cluster.len();
        match runs.last_mut() {
            Some((last, _, last_end))
                if *last == script || (*last == Script::Hiragana && cluster == "ー") =>
            {
                *last_end = end;
            }
            _ => runs.push((script, at, end)),
        }
    }
    runs
}

/// One character to the left, as people see characters.
pub fn left(text: &str, at: usize) -> usize {
    let starts = text.grapheme_indices(true).map(|(start, _)| start);
    starts.take_while(|start| *start < at).last().unwrap_or(0)
}

/// One character to the right, as people see characters.
pub fn right(text: &str, at: usize) -> usize {
    let mut ends = text
        .grapheme_indices(true)
        .map(|(start, cluster)| start + cluster.len());
    ends.find(|end| *end > at).unwrap_or(text.len())
}

/// The place itself, or the end of the character it is inside of.
pub fn snap(text: &str, at: usize) -> usize {
    if at == 0 { 0 } else { right(text, at - 1) }
}

/// The start of the word to the left; spaces are skipped first.
pub fn word_left(text: &str, at: usize) -> usize {
    let before = runs(text)
        .into_iter()
        .rev()
        .filter(|(_, start, _)| *start < at);
    let mut words = before.filter(|(script, _, _)| *script != Script::Space);
    words.next().map_or(0, |(_, start, _)| start)
}

/// The end of the word to the right; spaces are skipped first.
pub fn word_right(text: &str, at: usize) -> usize {
    let after = runs(text).into_iter().filter(|(_, _, end)| *end > at);
    let mut words = after.filter(|(script, _, _)| *script != Script::Space);
    words.next().map_or(text.len(), |(_, _, end)| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces between all the stops of a walk from one end to the other.
    fn walk_right(text: &str, step: fn(&str, usize) -> usize) -> Vec<&str> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let next = step(text, at);
            pieces.push(&text[at..next]);
            at = next;
        }
        pieces
    }

    fn walk_left(text: &str, step: fn(&str, usize) -> usize) -> Vec<&str> {
        let mut pieces = Vec::new();
        let mut at = text.len();
        while at > 0 {
            let next = step(text, at);
            pieces.insert(0, &text[next..at]);
            at = next;
        }
        pieces
    }

    #[test]
    fn a_step_is_one_character_as_people_see_it() {
        let text = "aか\u{3099}👨\u{200d}👩\u{200d}👧🇯🇵e\u{301}";
        let steps = [
            "a",
            "か\u{3099}",
            "👨\u{200d}👩\u{200d}👧",
            "🇯🇵",
            "e\u{301}",
        ];
        assert_eq!(walk_right(text, right), steps);
        assert_eq!(walk_left(text, left), steps);
    }

    #[test]
    fn a_word_is_a_run_of_one_script() {
        let text = "山田商事の見積もりについて、サーバー2台をACMEへ。";
        let words = [
            "山田商事",
            "の",
            "見積",
            "もりについて",
            "、",
            "サーバー",
            "2",
            "台",
            "を",
            "ACME",
            "へ",
            "。",
        ];
        assert_eq!(walk_right(text, word_right), words);
        assert_eq!(walk_left(text, word_left), words);
    }

    #[test]
    fn spaces_go_with_the_word_that_is_passed() {
        assert_eq!(
            walk_right("pay  in two ", word_right),
            ["pay", "  in", " two", " "]
        );
        assert_eq!(
            walk_left("pay  in two ", word_left),
            ["pay  ", "in ", "two "]
        );
    }

    #[test]
    fn a_long_vowel_stays_with_its_kana() {
        assert_eq!(
            walk_right("すごーいデータ", word_right),
            ["すごーい", "データ"]
        );
    }

    #[test]
    fn a_place_inside_a_character_moves_to_its_end() {
        let text = "か\u{3099}き";
        assert_eq!(
            [0, 1, 3, 6, 7, 99].map(|at| snap(text, at)),
            [0, 6, 6, 6, 9, 9]
        );
    }

    #[test]
    fn a_place_past_the_end_is_the_end() {
        for step in [left, right, snap, word_left, word_right] {
            assert_eq!(step("", 7), 0);
            assert!(step("見積", 99) <= 6);
        }
    }
}
