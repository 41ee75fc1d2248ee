//! Japanese found by what it sounds like.

use goodwill::model::fold::fold;
use goodwill::model::romaji::{LEAST_FOR_KANJI, LEAST_FOR_STRANGE, Spoken};
use proptest::prelude::*;

use crate::romaji_latin::{STYLES, latin};

/// What is found of a text, with a `~` behind what goes on behind the typed letters.
fn found(typed: &str, text: &str) -> Vec<String> {
    let folded = fold(text);
    let Some(spoken) = Spoken::new(typed) else {
        return vec!["no romaji".into()];
    };
    let show = |read: goodwill::model::romaji::Read| {
        format!(
            "{}{}",
            &folded[read.range],
            if read.whole { "" } else { "~" }
        )
    };
    spoken.reads(&folded).map(show).collect()
}

#[test]
fn kanji_are_found_by_their_readings() {
    for (typed, text, places) in [
        ("yamada", "山田商事の山田様", &["山田", "山田"][..]),
        ("yam", "山田", &["山~"]),
        ("yamad", "山田", &["山田~"]),
        ("sh", "支払の件", &["支~"]),
        ("shiharai", "支払いについて", &["支払い"]),
        ("mitumori", "お見積もり", &["見積もり"]),
        ("gakkou", "大学校舎と学校", &["学校", "学校"]),
        ("shuppatsu", "出発", &["出発"]),
        ("sanbyaku", "三百", &["三百"]),
        ("sasaki", "佐々木", &["佐々木"]),
        ("sekigahara", "関ヶ原", &["関け原"]),
        ("yamadatarou", "山田　太郎", &["山田 太郎"]),
        ("watanabe", "渡邊", &["渡辺"]),
        ("shimbashi", "新橋", &["新橋"]),
        ("shim", "新橋", &["新橋~"]),
        ("hattori", "服部", &["服部"]),
        ("yamada", "山口", &[]),
        ("k", "金額", &[]),
        ("sai", "蔡", &["蔡"]),
        ("muroka", "室岡", &["室岡"]),
    ] {
        assert_eq!(found(typed, text), places, "{typed} in {text}");
    }
}

#[test]
fn names_are_read_as_they_are() {
    for (typed, text, places) in [
        ("nakajima", "中島", &["中島"][..]),
        ("nakato", "中島", &[]),
        ("shin", "新", &["新"]),
        ("shin", "新沼", &[]),
        ("nii", "新沼", &["新"]),
        // A third kanji may make another word of it; that takes more letters.
        ("ono", "小野塚", &["小野"]),
        ("sho", "小野塚", &[]),
        ("kouzanbyou", "高山病", &["高山病"]),
    ] {
        assert_eq!(found(typed, text), places, "{typed} in {text}");
    }
}

#[test]
fn few_letters_are_not_found_within_words() {
    for (typed, text, places) in [
        ("kou", "見積更新", &["更"][..]),
        ("hon", "富本", &[]),
        ("sama", "林様", &["様"]),
        ("mitsumori", "再見積", &["見積"]),
        ("mit", "再見積", &[]),
        ("sha", "林しゃちょう", &["しゃ"]),
        ("mits", "再見積", &["見積~"]),
    ] {
        assert_eq!(found(typed, text), places, "{typed} in {text}");
    }
}

#[test]
fn kana_are_found_however_they_are_typed() {
    for (typed, text, places) in [
        (
            "tokyo",
            "とうきょう トーキョー",
            &["とうきょう", "とーきょー"][..],
        ),
        (
            "toukyou",
            "とうきょう トーキョー",
            &["とうきょう", "とーきょー"],
        ),
        (
            "tookyoo",
            "とうきょう トーキョー",
            &["とうきょう", "とーきょー"],
        ),
        ("ohno", "おおの おの", &["おおの"]),
        ("sa-ba-", "サーバー", &["さーばー"]),
        ("saba", "サーバー", &["さーばー"]),
        ("konna", "こんな", &["こんな"]),
        ("kon'na", "こんな", &["こんな"]),
        ("konnna", "こんな", &["こんな"]),
        ("kana", "こんな かな", &["かな"]),
        ("shinichi", "しんいち", &["しんいち"]),
        ("shin'ichi", "しんいち", &["しんいち"]),
        ("kitte", "きって きて", &["きって"]),
        ("macchi", "マッチ", &["まっち"]),
        ("matchi", "マッチ", &["まっち"]),
        ("matti", "マッチ", &["まっち"]),
        ("maxtuti", "マッチ", &["まっち"]),
        ("jisho", "じしょ", &["じしょ"]),
        ("zisyo", "じしょ", &["じしょ"]),
        ("jyosei", "じょせい", &["じょせい"]),
        ("tya", "ちゃ", &["ちゃ"]),
        ("cya", "ちゃ", &["ちゃ"]),
        ("ky", "きゃ きゅ きょ き", &["きゃ~", "きゅ~", "きょ~"]),
        ("k", "か き っか", &["か~", "き~", "っか~"]),
        ("n", "ん な", &["ん", "な~"]),
        ("huku", "ふく", &["ふく"]),
        ("fuku", "ふく", &["ふく"]),
        ("texi-", "ティー", &["てぃー"]),
        ("tsuzuku", "つづく", &["つづく"]),
        ("tuduku", "つづく", &["つづく"]),
        ("wo", "を お", &["を"]),
    ] {
        assert_eq!(found(typed, text), places, "{typed} in {text}");
    }
}

#[test]
fn what_cannot_be_japanese_is_no_romaji() {
    for typed in [
        "",
        "payment",
        "a1",
        "card",
        "Yamada",
        "山田",
        "yamada tarou",
        "-a",
        "'",
        "strict",
    ] {
        assert!(Spoken::new(typed).is_none(), "{typed}");
    }
    assert!(Spoken::new(&"ka".repeat(28)).is_some());
    assert!(Spoken::new(&"ka".repeat(250)).is_none());
}

/// Hiragana as words have it.
const KANA: &str = "((き[ゃゅょ]|し[ゃゅょ]|ち[ゃゅょ]|[あいえか-ごさしすせそたちつてとな-ほまみむめもやよら-ろわがだで]|っ[かこさたて]|ん[かさだな])ー?){1,8}";
const MIXED: &str = "[山田見積支払東京佐々木木渡辺一二人大小学校新日本々けん-んっあ-おかきくしちつとのはまゃょー a-c、]{0,16}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn kana_are_found_by_their_own_romaji(text in KANA) {
        let text: String = text.replace("ーー", "ー");
        for style in STYLES {
            let Some(typed) = latin(&text, style) else { continue };
            if typed.len() <= 56 {
                let spoken = Spoken::new(&typed);
                let places = spoken.map(|spoken| spoken.places(&text)).unwrap_or_default();
                prop_assert_eq!(places, Vec::from_iter(std::iter::once(0..text.len())), "{} for {}", typed, text);
            }
        }
    }

    #[test]
    fn places_are_in_order_and_between_characters(text in MIXED, typed in "[aiueoknsthmyrdgbzj'-]{1,9}") {
        let Some(spoken) = Spoken::new(&typed) else { return Ok(()) };
        let mut end = 0;
        for place in spoken.places(&text) {
            prop_assert!(place.start >= end && place.start < place.end);
            prop_assert!(text.is_char_boundary(place.start) && text.is_char_boundary(place.end));
            prop_assert!(spoken.may_begin(text[place.clone()].chars().next().unwrap()));
            end = place.end;
        }
    }

    #[test]
    fn what_is_found_is_found_from_its_first_letters_on(text in MIXED, typed in "(([kstnhmyrgzdb]|sh|ch)?[aiueo]|n){1,6}") {
        let Some(spoken) = Spoken::new(&typed) else { return Ok(()) };
        for place in spoken.places(&text) {
            let kana_only = text[place.clone()].chars().all(|c| ('ぁ'..='ー').contains(&c));
            // Rare readings take more letters; see the constants.
            let least = if kana_only { 1 } else { LEAST_FOR_STRANGE.max(LEAST_FOR_KANJI) };
            for length in least..typed.len() {
                let begun = Spoken::new(&typed[..length]);
                let begun = begun.map(|begun| begun.places(&text)).unwrap_or_default();
                let over = |other: &std::ops::Range<usize>| other.contains(&place.start);
                prop_assert!(begun.iter().any(over), "{} of {typed} in {text}: {begun:?}", &typed[..length]);
            }
        }
    }
}
