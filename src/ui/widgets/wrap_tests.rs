use super::*;
use proptest::prelude::*;

// The lists once more, as the rules of Japanese typesetting write them: an oracle of its own.
fn must_not_begin(c: char) -> bool {
    matches!(
        c,
        '。' | '、'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '・'
            | '：'
            | '；'
            | '？'
            | '！'
            | '…'
            | 'ー'
            | '々'
            | 'ゝ'
            | 'ヽ'
            | '〜'
            | '｡'
            | '､'
            | '｣'
            | 'ｰ'
            | 'ｯ'
            | 'ｬ'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | 'ヵ'
            | 'ヶ'
    )
}

fn must_not_end(c: char) -> bool {
    matches!(c, '「' | '『' | '（' | '【' | '《' | '｢' | '(' | '[')
}

/// Whether the line could surely have ended somewhere else: between two letters, say.
fn can_be_cut(line: &str) -> bool {
    let clusters: Vec<&str> = line.graphemes(true).collect();
    let first = |cluster: &str| cluster.chars().next().unwrap();
    clusters.windows(2).any(|pair| {
        let (before, after) = (first(pair[0]), first(pair[1]));
        before.is_alphanumeric() && after.is_alphanumeric() && !must_not_begin(after)
    })
}

#[track_caller]
fn assert_kinsoku(text: &str, limit: usize) {
    for paragraph in text.split('\n') {
        let lines = wrap(paragraph, limit);
        for pair in lines.windows(2) {
            let first = pair[1].chars().next().unwrap();
            let last = pair[0].graphemes(true).next_back().unwrap();
            let is_bad = must_not_begin(first) || must_not_end(last.chars().next().unwrap());
            assert!(!is_bad || !can_be_cut(&pair[0]), "{pair:?} at {limit}");
        }
    }
}

#[test]
fn japanese_is_wrapped_by_its_own_rules() {
    let text = "これは見積もりの話です。「値引き」は、困りますね。サーバーのデータ";
    for width in 6..40 {
        for line in wrap(text, width) {
            let first = line.chars().next().unwrap();
            assert!(!"。」、ーー".contains(first), "{line} at {width}");
            assert!(!line.ends_with('「'), "{line} at {width}");
        }
    }
    assert_eq!(
        wrap("そうか。（ちょっと）", 8),
        ["そうか。", "（ちょっ", "と）"]
    );
    assert_eq!(wrap("言った ー それは", 6), ["言っ", "た ー", "それは"]);
    // Nothing fits: one that must not begin a line does.
    assert_eq!(wrap("々々々", 2), ["々", "々", "々"]);
}

#[test]
fn words_stay_whole_where_they_can() {
    assert_eq!(wrap("pay in two parts", 8), ["pay in", "two", "parts"]);
    assert_eq!(wrap("a\n\n  indented\n", 20), ["a", "", "  indented", ""]);
    assert_eq!(
        wrap("see internationally", 6),
        ["see", "intern", "ationa", "lly"]
    );
    assert_eq!(wrap("", 10), [""]);
    assert_eq!(wrap("   ", 2), [""]);
    assert_eq!(wrap("a\u{3000}見積", 4), ["a", "見積"]);
}

#[test]
fn a_long_link_is_cut_hard_and_keeps_its_stop() {
    let text = "詳しくはhttps://acme.example/terms?a=1234567890。";
    let lines = wrap(text, 12);
    assert_eq!(lines.concat(), text);
    assert!(lines.iter().all(|line| width(line) <= 12), "{lines:?}");
    assert!(
        lines.iter().all(|line| !line.starts_with('。')),
        "{lines:?}"
    );
    assert_eq!(wrap("aaaaaaaaaa。", 5), ["aaaaa", "aaaa", "a。"]);
}

#[test]
fn a_width_of_nothing_still_ends() {
    for width in 0..=2 {
        assert!(wrap("見積 a 👨\u{200d}👩 long", width).len() > 3);
    }
}

/// Text as it stands in notes, and what goes wrong in it elsewhere.
fn mixed() -> impl Strategy<Value = String> {
    let pieces = vec![
        "見積",
        "です",
        "ます",
        "ー",
        "っ",
        "ょ",
        "ァ",
        "々",
        "。",
        "、",
        "「",
        "」",
        "『",
        "』",
        "（",
        "）",
        "・",
        "…",
        "！",
        "？",
        "】",
        "ｶﾞ",
        "ｰ",
        "か\u{3099}",
        "e\u{301}",
        "👨\u{200d}👩\u{200d}👧",
        "❤\u{fe0f}",
        "🇯🇵",
        "payment",
        "net 30",
        " ",
        " ",
        "\u{3000}",
        "-",
        "12,000円",
        "(a)",
        "[b]",
        "!",
        ".",
        "\n",
        "\u{202e}",
        "https://acme.example/a/long/path?with=words&and=more",
        "yamada@acme.example",
    ];
    let piece = prop_oneof![
        8 => proptest::sample::select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_line_begins_or_ends_as_it_must_not(text in mixed(), limit in 1_usize..=80) {
        assert_kinsoku(&text, limit);
    }

    #[test]
    fn lines_fit_and_nothing_but_space_is_between_them(text in mixed(), limit in 0_usize..=80) {
        let lines = Lines::of(&text, limit);
        prop_assert_eq!(lines.iter().collect::<Vec<_>>(), wrap(&text, limit));
        let mut end = 0;
        for place in &lines.places {
            let between = lines.text.get(end..place.start);
            prop_assert!(between.is_some_and(|text| text.trim().is_empty()), "{:?}", lines);
            end = place.end;
        }
        prop_assert!(lines.text.get(end..).unwrap().trim().is_empty());
        for line in lines.iter() {
            prop_assert!(width(line) <= limit || line.graphemes(true).count() <= 1, "{:?} in {}", line, limit);
        }
        let whole = text.split('\n').map(|line| visible(line.strip_suffix('\r').unwrap_or(line)));
        prop_assert_eq!(&lines.text, &whole.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn a_word_is_cut_only_where_no_space_is_left(words in proptest::collection::vec("[a-z]{1,12}|[一-九]{1,4}", 1..12), limit in 1_usize..=80) {
        let text = words.join(" ");
        let lines = Lines::of(&text, limit);
        for pair in lines.places.windows(2) {
            let is_cut = pair[0].end == pair[1].start;
            let letter = |at: usize| text.as_bytes()[at].is_ascii_lowercase();
            if is_cut && letter(pair[0].end - 1) && letter(pair[0].end) {
                prop_assert!(!text[pair[0].clone()].contains(' '), "{:?}", lines.iter().collect::<Vec<_>>());
            }
        }
    }
}
