//! A piece of a long text around a place in it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

/// How many characters are shown in front of the place, and behind its start.
const BEFORE: usize = 16;
const BEHIND: usize = 48;

/// What stands around a place, with `…` where something is left out.
pub fn around(text: &str, place: Range<usize>) -> String {
    if text.graphemes(true).nth(BEFORE + BEHIND).is_none() {
        return text.trim().to_owned();
    }
    let (front, rest) = text.split_at_checked(place.start).unwrap_or(("", text));
    let start = front.grapheme_indices(true).rev().take(BEFORE).last();
    let start = start.map_or(place.start, |(at, _)| at);
    let behind = rest.grapheme_indices(true).nth(BEHIND);
    let end = behind.map_or(text.len(), |(at, _)| place.start + at);
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

#[cfg(test)]
mod tests {
    use super::around;

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
