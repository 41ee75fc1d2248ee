//! A piece of a long text around a place in it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::fold::are_graphemes;

/// How many characters are shown in front of the place, and behind its start.
const BEFORE: usize = 16;
const BEHIND: usize = 48;

/// What stands around a place, with `…` where something is left out.
pub fn around(text: &str, place: Range<usize>) -> String {
    if nth(text, BEFORE + BEHIND).is_none() {
        return text.trim().to_owned();
    }
    let (front, rest) = text.split_at_checked(place.start).unwrap_or(("", text));
    let start = nth_last(front, BEFORE).unwrap_or(place.start);
    let end = nth(rest, BEHIND).map_or(text.len(), |at| place.start + at);
    let end = end.max(place.end);
    let piece = text.get(start..end).unwrap_or(text);
    let left_out = |is_cut: bool| if is_cut { "…" } else { "" };
    format!(
        "{}{}{}",
        left_out(start > 0),
        piece.trim(),
        left_out(end < text.len())
    )
}

/// Where the character behind so many others begins.
fn nth(text: &str, count: usize) -> Option<usize> {
    // A character has a byte at least, and in ASCII no more; what joins it lies behind it.
    let first = text.as_bytes().get(..=count)?;
    let is_ascii = first.is_ascii() && !first.contains(&b'\r');
    if is_ascii && text.as_bytes().get(count + 1).is_none_or(u8::is_ascii) {
        return Some(count);
    }
    let mut chars = text.char_indices();
    let border = chars.nth(count).map(|(at, _)| at);
    // What joins the character lies behind it.
    let near = chars.as_str().chars().next().map_or(0, char::len_utf8);
    let looked_at = text.len() - chars.as_str().len() + near;
    match are_graphemes(text.get(..looked_at).unwrap_or(text)) {
        true => border,
        false => text.grapheme_indices(true).nth(count).map(|(at, _)| at),
    }
}

/// Where the last so many characters begin, or all of them where there are fewer.
fn nth_last(text: &str, count: usize) -> Option<usize> {
    match are_graphemes(text) {
        true => text
            .char_indices()
            .rev()
            .take(count)
            .last()
            .map(|(at, _)| at),
        false => {
            let graphemes = text.grapheme_indices(true).rev();
            graphemes.take(count).last().map(|(at, _)| at)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{around, nth};
    use unicode_segmentation::UnicodeSegmentation as _;

    #[test]
    fn characters_are_counted_as_people_see_them() {
        let pieces = [
            "a",
            "b ",
            "支",
            "\r\n",
            "e\u{301}",
            "👩\u{200d}👩",
            "\u{301}",
            "ー",
        ];
        for at in 0..pieces.len().pow(4) {
            let of = |place: u32| pieces[at / pieces.len().pow(place) % pieces.len()];
            let text = [0, 1, 2, 3].map(of).concat();
            let mut starts = text.grapheme_indices(true).map(|(start, _)| start);
            for count in 0..8 {
                assert_eq!(nth(&text, count), starts.next(), "{count} of {text:?}");
            }
        }
    }

    #[test]
    fn a_short_text_is_whole() {
        assert_eq!(around("in autumn", 3..9), "in autumn");
    }

    #[test]
    fn of_a_long_text_the_place_and_what_stands_around_it_is_shown() {
        let text = format!("{} 支払 {}", "前".repeat(40), "後".repeat(60));
        let at = text.find("支払").unwrap();
        let excerpt = around(&text, at..at + 6);
        assert_eq!(
            excerpt,
            format!("…{} 支払 {}…", "前".repeat(15), "後".repeat(45))
        );
    }

    #[test]
    fn a_place_that_is_longer_than_an_excerpt_is_whole() {
        let text = "a".repeat(100);
        assert_eq!(around(&text, 0..90), format!("{}…", "a".repeat(90)));
    }
}
