//! Finding typed words in what people wrote, whatever case, width, kana or kanji form they used,
//! and leading back to the place in the original.

use std::ops::Range;

use super::fold::{Folded, fold, fold_map};

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    folded: String,
}

impl Needle {
    /// What was typed, without spaces around it. `None`: there is nothing to look for.
    pub fn new(typed: &str) -> Option<Needle> {
        let folded = fold(typed.trim());
        (!folded.trim().is_empty()).then_some(Needle { folded })
    }

    /// Where it stands in a text, from the first place on: byte ranges of the text that begin and
    /// end between graphemes. No two of them overlap.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        self.places_in(&fold_map(text))
    }

    /// The same in a text that was folded before, such as one that is searched again at each key.
    pub fn places_in(&self, text: &Folded) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        for found in self.found(&text.text) {
            let place = text.origin_range(found);
            let end = places.last().map_or(0, |last| last.end);
            // Two letters of one grapheme, as the two of `ß`, are one place.
            if place.start >= end && !place.is_empty() {
                places.push(place);
            }
        }
        places
    }

    /// Where it stands in the folded text.
    fn found(&self, text: &str) -> Vec<Range<usize>> {
        let all = |needle: &str| -> Vec<Range<usize>> {
            let starts = text.match_indices(needle);
            starts.map(|(at, found)| at..at + found.len()).collect()
        };
        let mut found = all(&self.folded);
        if let Some(lengthening) = behind_kana(&self.folded) {
            found.extend(all(&lengthening));
            found.sort_unstable_by_key(|place| place.start);
        }
        found
    }
}

/// How a folded word that begins with dashes is spelled where they follow kana, which they
/// lengthen.
pub fn behind_kana(folded: &str) -> Option<String> {
    let rest = folded.trim_start_matches('-');
    let dashes = folded.len() - rest.len();
    (dashes > 0).then(|| "ー".repeat(dashes) + rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn found<'t>(typed: &str, text: &'t str) -> Vec<&'t str> {
        let places = Needle::new(typed).map(|needle| needle.places(text));
        let places = places.unwrap_or_default().into_iter();
        places.map(|place| &text[place]).collect()
    }

    #[test]
    fn every_spelling_is_found_as_it_was_written() {
        let text = "ﾔﾏﾀﾞ商事 と やまだ、ＰＡＹＭＥＮＴ and Payment; ㈱渡邉 Straße サーバー";
        for (typed, places) in [
            ("ヤマダ", &["ﾔﾏﾀﾞ", "やまだ"][..]),
            (" payment ", &["ＰＡＹＭＥＮＴ", "Payment"]),
            ("渡辺", &["渡邉"]),
            ("株", &["㈱"]),
            ("ss", &["ß"]),
            ("ーバ", &["ーバ"]),
            ("ー", &["ー", "ー"]),
            ("と や", &["と や"]),
            ("nowhere", &[]),
            ("", &[]),
            ("\u{3000}", &[]),
        ] {
            assert_eq!(found(typed, text), places, "{typed:?}");
        }
        assert_eq!(found("s", "ßß"), ["ß", "ß"]);
        assert_eq!(found("aa", "aaaaa"), ["aa", "aa"]);
    }

    const MIXED: &str =
        "[a-cA-CäßÉＡ-Ｃァ-オぁ-お邊髙㈱ーｰ~-〜 \\-\u{3099}\u{301}\u{200B}\u{200D}👨ｱ-ｵﾞ\n]{0,24}";

    proptest! {
        #[test]
        fn places_are_whole_graphemes_that_hold_what_was_typed(text in MIXED, typed in "[a-cアー邊s -]{1,2}") {
            let Some(needle) = Needle::new(&typed) else { return Ok(()) };
            let mut borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            borders.push(text.len());
            let mut end = 0;
            for place in needle.places(&text) {
                prop_assert!(place.start >= end && place.start < place.end);
                end = place.end;
                prop_assert!(borders.contains(&place.start) && borders.contains(&place.end));
                let alone = fold(&text[place]).replace('ー', "-");
                prop_assert!(alone.contains(&needle.folded.replace('ー', "-")), "{:?}", alone);
            }
        }

        #[test]
        fn a_piece_of_the_text_is_found_in_it(text in MIXED, from in 0_usize..24, len in 1_usize..6) {
            let graphemes: Vec<&str> = text.graphemes(true).skip(from).take(len).collect();
            let piece = graphemes.concat();
            // What joins its neighbours when they stand side by side is another text alone.
            let joins = piece.contains(['\u{3099}', '\u{301}', '\u{200B}', '\u{200D}']) || piece.contains('ﾞ');
            if let (Some(needle), false) = (Needle::new(&piece), joins) {
                prop_assert!(!needle.places(&text).is_empty(), "{:?} in {:?}", piece, text);
            }
        }
    }
}
