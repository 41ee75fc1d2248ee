//! Highlights lie between graphemes of what people wrote and spell what was looked for, however
//! it was found: as it is typed, as a reading, or with a letter wrong.

use std::ops::Range;
use std::sync::LazyLock;

use goodwill::model::customer::Customer;
use goodwill::model::entry::Fields;
use goodwill::model::fold::fold;
use goodwill::model::search::engine::highlights;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::search_ask::{Ask, query, sample};
use crate::search_suite::typed_lines;

/// The pieces of a text that are highlighted, after a look at where they lie.
#[track_caller]
fn lit<'t>(typed: &str, text: &'t str) -> Vec<&'t str> {
    let places: Vec<Range<usize>> = highlights(&query(typed), text);
    let mut borders: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    borders.push(text.len());
    let mut end = 0;
    for place in &places {
        assert!(
            place.start >= end && place.start < place.end,
            "{typed:?} in {text:?}: {places:?}"
        );
        let is_border = |at: usize| borders.binary_search(&at).is_ok();
        assert!(
            is_border(place.start) && is_border(place.end),
            "{typed:?} in {text:?}: {places:?}"
        );
        end = place.end;
    }
    places.into_iter().map(|place| &text[place]).collect()
}

/// Folded, with all dashes alike: a dash cut off from its kana no longer lengthens it.
fn plain(text: &str) -> String {
    fold(text).replace('ー', "-")
}

#[test]
fn words_are_lit_as_they_were_written() {
    for (typed, text, pieces) in [
        (
            "payment",
            "PAYMENT, Payment and ｐａｙｍｅｎｔ",
            &["PAYMENT", "Payment", "ｐａｙｍｅｎｔ"][..],
        ),
        ("渡辺", "渡邊と渡邉と渡辺", &["渡邊", "渡邉", "渡辺"]),
        ("やまだ", "ﾔﾏﾀﾞさん、ヤマダさん", &["ﾔﾏﾀﾞ", "ヤマダ"]),
        ("支払 山田", "山田さんと支払の話", &["山田", "支払"]),
        (
            "resume",
            "Her re\u{301}sume\u{301}",
            &["re\u{301}sume\u{301}"],
        ),
        ("株式", "㍿アクメ", &["㍿"]),
        ("'the", "The other", &["The", "the"]),
        (
            "\"the rollout\"",
            "the rollout eats the summer",
            &["the rollout"],
        ),
        ("summer|夏", "the summer, 夏", &["summer", "夏"]),
        ("!summer rollout", "the summer rollout", &["rollout"]),
        (
            "kind:concern rollout",
            "a concern about the rollout",
            &["rollout"],
        ),
        ("nowhere", "the summer", &[]),
        ("", "the summer", &[]),
    ] {
        assert_eq!(lit(typed, text), pieces, "{typed}");
    }
}

#[test]
fn anchored_words_are_lit_where_they_are_anchored() {
    for (typed, text, pieces) in [
        ("^支払", "支払と支払", &["支払"][..]),
        ("相談$", "相談の相談", &["相談"]),
        ("^月額課金$", "月額課金", &["月額課金"]),
    ] {
        assert_eq!(lit(typed, text), pieces, "{typed}");
    }
    let ends = highlights(&query("相談$"), "相談の相談");
    assert_eq!(ends.first().map(|place| place.start), Some(9));
}

#[test]
fn readings_are_lit_in_the_kanji() {
    for (typed, text, piece) in [
        ("yamada", "山田 花子", "山田"),
        ("yamada", "やまだ はなこ", "やまだ"),
        ("shiharai", "支払条件の相談", "支払"),
        ("mitsumori", "見積2案を送る", "見積"),
        ("mitumori", "見積2案を送る", "見積"),
        ("kurinikku", "星空クリニック", "クリニック"),
        ("zaiko", "在庫台帳", "在庫"),
        ("minatoya", "みなとや", "みなとや"),
        ("satou", "ｻﾄｳさん", "ｻﾄｳ"),
        ("kuroda", "黑田 正彦", "黑田"),
    ] {
        assert!(
            lit(typed, text).contains(&piece),
            "{typed} in {text}: {:?}",
            lit(typed, text)
        );
    }
}

#[test]
fn a_word_with_a_letter_wrong_is_lit_as_it_was_written() {
    for (typed, text, piece) in [
        ("calender", "A calendar with the rollout", "calendar"),
        ("borialis", "Borealis GmbH", "Borealis"),
        ("boraelis", "Borealis GmbH", "Borealis"),
        ("harow", "Harrow & Vale", "Harrow"),
        ("penality", "a penalty for delay", "penalty"),
        ("reusme", "the résumé", "résumé"),
        ("ふじぶりんと", "フジプリント", "フジプリント"),
    ] {
        assert_eq!(lit(typed, text), [piece], "{typed}");
    }
}

/// What shows each thing that was found: its own texts and its customer's names.
fn shown(customer: &Customer, fields: &Fields) -> Vec<String> {
    let names = ["name", "reading", "aliases"];
    let head = customer
        .head
        .iter()
        .filter(|(name, _)| names.contains(name));
    let texts = head
        .chain(fields.iter())
        .flat_map(|(_, value)| value.as_texts());
    texts
        .map(str::to_owned)
        .chain([customer.stem().to_owned()])
        .collect()
}

/// Every query of the suite, over the best that it finds.
#[test]
fn whatever_is_found_by_a_word_shows_it() {
    let mut ask = Ask::over(&sample().customers);
    for typed in typed_lines("sample.tsv") {
        let query = query(&typed);
        let found = ask.0.search(&query, 5, &|| false).unwrap();
        for hit in found.hits {
            let fields = hit
                .entry()
                .map_or(&hit.customer.head, |entry| &entry.fields);
            let texts = shown(&hit.customer, fields);
            let count: usize = texts.iter().map(|text| lit(&typed, text).len()).sum();
            let has_word = query.words().next().is_some();
            assert!(
                count > 0 || !has_word,
                "{typed}: {} shows nothing",
                hit.place()
            );
        }
    }
}

/// Every text of the sample.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let journal = sample();
    let customers = journal.customers.iter();
    let fields = customers.flat_map(|c| {
        [&c.head]
            .into_iter()
            .chain(c.entries.iter().map(|e| &e.fields))
    });
    let texts = fields.flat_map(|fields| fields.iter().flat_map(|(_, value)| value.as_texts()));
    let mut texts: Vec<String> = texts.map(str::to_owned).collect();
    // As the sample would look if nobody had cared about spelling.
    let odd = [
        "ﾔﾏﾀﾞ商事㈱とｻｰﾋﾞｽ",
        "👨\u{200D}👩\u{200D}👧 and e\u{301}te\u{301}",
        "サ―ビ―ス〜ー-",
        "ze\u{200B}ro か\u{3099}き",
        "①㌔ﬁn ß",
    ];
    texts.extend(odd.map(str::to_owned));
    texts
});

/// Kana and how they are spelled in Latin letters, written down by hand.
const KANA: &[(&str, &str)] = &[
    ("か", "ka"),
    ("き", "ki"),
    ("く", "ku"),
    ("け", "ke"),
    ("こ", "ko"),
    ("さ", "sa"),
    ("し", "shi"),
    ("す", "su"),
    ("せ", "se"),
    ("そ", "so"),
    ("た", "ta"),
    ("ち", "chi"),
    ("つ", "tsu"),
    ("て", "te"),
    ("と", "to"),
    ("な", "na"),
    ("に", "ni"),
    ("ぬ", "nu"),
    ("ね", "ne"),
    ("の", "no"),
    ("は", "ha"),
    ("ひ", "hi"),
    ("ふ", "fu"),
    ("ま", "ma"),
    ("み", "mi"),
    ("む", "mu"),
    ("も", "mo"),
    ("や", "ya"),
    ("ゆ", "yu"),
    ("よ", "yo"),
    ("ら", "ra"),
    ("り", "ri"),
    ("る", "ru"),
    ("れ", "re"),
    ("ろ", "ro"),
    ("わ", "wa"),
    ("が", "ga"),
    ("ぎ", "gi"),
    ("ぐ", "gu"),
    ("じ", "ji"),
    ("だ", "da"),
    ("ど", "do"),
    ("ば", "ba"),
    ("び", "bi"),
    ("ぷ", "pu"),
    ("ぺ", "pe"),
    ("しゃ", "sha"),
    ("きょ", "kyo"),
    ("ちゅ", "chu"),
    ("りょ", "ryo"),
    ("っこ", "kko"),
    ("った", "tta"),
    ("っぱ", "ppa"),
    ("ん", "n"),
];

/// Whether one word becomes the other by one letter too many, missing or wrong, or by two that
/// changed places.
fn is_one_off(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&one[same..], &other[same..]);
    match (a, b) {
        ([], []) => true,
        ([_, rest @ ..], whole) if rest == whole => true,
        (whole, [_, rest @ ..]) if rest == whole => true,
        ([_, left @ ..], [_, right @ ..]) if left == right => true,
        ([p, q, left @ ..], [r, s, right @ ..]) => p == s && q == r && left == right,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_piece_of_any_text_is_lit_in_it(at in any::<prop::sample::Index>(), from in 0.0..1.0, len in 1usize..9) {
        let text = at.get(&TEXTS);
        let graphemes: Vec<&str> = text.graphemes(true).collect();
        let from = (graphemes.len() as f64 * from) as usize;
        let piece = graphemes.iter().skip(from).take(len).copied().collect::<String>();
        let wanted = plain(piece.trim()).trim().to_owned();
        if wanted.is_empty() || piece.contains(['"', '\n', '\u{200B}']) {
            return Ok(());
        }
        for typed in [format!("\"{piece}\""), format!("\"{}\"", piece.to_uppercase())] {
            let lit = lit(&typed, text);
            prop_assert!(!lit.is_empty(), "{:?} in {:?}", typed, text);
            for piece in lit {
                prop_assert!(plain(piece).contains(&wanted), "{:?} in {:?}: {:?}", typed, text, piece);
            }
        }
    }

    #[test]
    fn a_loose_word_lights_nothing_but_what_spells_it(at in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(), len in 1usize..7) {
        let words: Vec<&str> = other.get(&TEXTS).unicode_words().filter(|word| !word.is_ascii()).collect();
        let typed: String = words.concat().graphemes(true).take(len).collect();
        let text = at.get(&TEXTS);
        let (pieces, typed) = (lit(&typed, text), plain(&typed));
        // Letters that lie apart spell it together.
        if pieces.iter().map(|piece| plain(piece)).collect::<String>() == typed {
            return Ok(());
        }
        for piece in pieces {
            let piece = plain(piece);
            let long = typed.chars().count() >= 5;
            prop_assert!(piece.contains(&typed) || long && is_one_off(&piece, &typed), "{:?} in {:?}: {:?}", typed, text, piece);
        }
    }

    #[test]
    fn kana_are_lit_by_their_sound(sounds in prop::collection::vec(any::<prop::sample::Index>(), 2..6), katakana in any::<bool>(), before in "[龘。 ]{0,4}", behind in "[龘。 ]{0,4}") {
        let (mut kana, mut latin) = (String::new(), String::new());
        for sound in sounds {
            let (written, spelled) = sound.get(KANA);
            // What an n stands before is a matter of its own.
            if latin.ends_with('n') || latin.is_empty() && (*written == "ん" || written.starts_with('っ')) {
                continue;
            }
            kana.push_str(written);
            latin.push_str(spelled);
        }
        if kana.chars().count() < 2 {
            return Ok(());
        }
        if katakana {
            let to_katakana = |c: char| char::from_u32(c as u32 + 0x60).filter(|_| ('ぁ'..='ゖ').contains(&c));
            kana = kana.chars().map(|c| to_katakana(c).unwrap_or(c)).collect();
        }
        let text = format!("{before}{kana}{behind}");
        let lit = lit(&latin, &text);
        prop_assert!(lit.iter().any(|piece| piece.contains(&kana)), "{} in {}: {:?}", latin, text, lit);
    }

    #[test]
    fn a_mistyped_word_lights_the_word(word in "[b-dg-k]{6,9}", at in 1usize..5, how in 0..4, upper in any::<bool>(), before in "[1-9. ]{0,3}") {
        let mut letters: Vec<char> = word.chars().collect();
        match how {
            0 => letters[at] = 'x',
            1 => letters.insert(at, 'x'),
            2 => { letters.remove(at); }
            _ => letters.swap(at, at + 1),
        }
        let typed: String = letters.into_iter().collect();
        prop_assume!(!word.contains(&typed));
        let written = if upper { word.to_uppercase() } else { word };
        let text = format!("{before} {written}, 12");
        let lit = lit(&typed, &text);
        prop_assert!(lit.contains(&written.as_str()), "{} in {}: {:?}", typed, text, lit);
        prop_assert!(lit.iter().all(|piece| is_one_off(&fold(piece), &typed)), "{} in {}: {:?}", typed, text, lit);
    }

    #[test]
    fn no_text_and_no_query_breaks_a_border(text in "[a-cäß㈱ｱｶﾞー\u{3099}\u{301}\u{200B}\u{200D}👨👩山払邊ゔ゙ \n]{0,24}", typed in "[a-cäアガー\u{301}👨山払邊 |!^$'\"]{0,8}") {
        lit(&typed, &text);
    }
}
