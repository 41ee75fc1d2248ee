use super::*;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

const FAMILY: &str = "👨\u{200d}👩\u{200d}👧";

/// How many cells a buffer really uses for the text.
fn cells_in_a_buffer(text: &str) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 400, 1));
    let (end, _) = buffer.set_stringn(0, 0, text, 400, Style::default());
    end.into()
}

fn acts_on_a_terminal(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}'
            | '\u{e0001}'..='\u{e007f}' | '\u{fff9}'..='\u{fffb}')
}

/// Pieces of text that go wrong elsewhere.
fn tricky() -> impl Strategy<Value = String> {
    let pieces = vec![
        "見積",
        "ー",
        "。",
        "「",
        "か\u{3099}",
        "ｶﾞ",
        "ﾟ",
        FAMILY,
        "\u{200d}",
        "\u{fe0f}",
        "❤\u{fe0f}",
        "🇯",
        "🇵",
        "e\u{301}",
        "\u{301}",
        "\u{202e}",
        "\u{1b}[31m",
        "\r\n",
        "\n",
        "\t",
        "\u{ad}",
        "لا",
        "ก็",
        "क्ष",
        "\u{600}",
        "\u{d4e}",
        "abc",
        " ",
        "\u{3000}",
        "-",
        "ＡＢ",
        "葛\u{e0100}",
        "👍🏽",
        "각",
        "\u{1160}",
        "long-word",
        "\0",
    ];
    let piece = prop_oneof![
        3 => proptest::sample::select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

#[test]
fn plain_text_is_passed_through_untouched() {
    for text in [
        "",
        "支払は分割なら",
        "Borealis GmbH",
        "か\u{3099}",
        "葛\u{e0100}城",
        FAMILY,
        "ｶﾞ",
        "각",
        "❤\u{fe0f}",
    ] {
        assert!(
            matches!(visible(text), Cow::Borrowed(same) if same == text),
            "{text}"
        );
    }
}

#[test]
fn what_acts_on_a_terminal_is_shown_instead() {
    let cases = [
        ("\u{1b}[31mred", "␛[31mred"),
        ("a\tb", "a b"),
        ("a\r\nb", "a␍␊b"),
        ("\u{7f}", "␡"),
        ("\u{9b}31m", "<U+009B>31m"),
        ("invoice\u{202e}fdp.exe", "invoice<U+202E>fdp.exe"),
        (
            "a\u{200b}b\u{200c}c\u{200d}d",
            "a<U+200B>b<U+200C>c<U+200D>d",
        ),
        ("\u{feff}a\u{2060}\u{ad}", "<U+FEFF>a<U+2060><U+00AD>"),
        ("\u{e0041}", "<U+E0041>"),
        ("\u{301}a", "<U+0301>a"),
        // It takes no cell of its own, and would stand on the letter before.
        ("a\u{70f}見", "a<U+070F>見"),
    ];
    for (raw, shown) in cases {
        assert_eq!(visible(raw), shown);
    }
}

#[test]
fn a_heap_of_marks_is_cut_and_counted() {
    let heap = format!("z{}!", "\u{301}".repeat(20));
    assert_eq!(
        visible(&heap),
        format!("z{}<+12 marks>!", "\u{301}".repeat(8))
    );
}

#[test]
fn letters_that_join_without_an_end_are_taken_apart() {
    let endless = "\u{1100}".repeat(9);
    let four = "\u{1100}".repeat(4);
    assert_eq!(visible(&endless), format!("{four}<U+1100>{four}"));
    assert_eq!(visible(&four), four);
}

#[test]
fn text_is_cut_between_characters() {
    let cases = [
        ("見積書", 6, "見積書"),
        ("見積書", 5, "見積…"),
        ("見積書", 4, "見…"),
        ("見積書", 1, "…"),
        ("見積書", 0, ""),
        ("か\u{3099}き", 3, "か\u{3099}…"),
        (FAMILY, 2, FAMILY),
        (FAMILY, 1, "…"),
        ("abc", 2, "a…"),
    ];
    for (text, width, expected) in cases {
        assert_eq!(
            cut(text, width, Glyphs::Unicode),
            expected,
            "{text} in {width}"
        );
    }
    assert_eq!(cut("見積書", 5, Glyphs::Ascii), "見積~");
}

#[test]
fn text_is_filled_on_either_side() {
    assert_eq!(pad("見積", 6, Glyphs::Unicode), "見積  ");
    assert_eq!(pad("見積書", 4, Glyphs::Unicode), "見… ");
    assert_eq!(pad_left("12M", 5, Glyphs::Unicode), "  12M");
}

#[test]
fn every_character_there_is_can_be_shown() {
    let all: Vec<char> = ('\0'..=char::MAX).collect();
    for block in all.chunks(256) {
        let text: String = block.iter().collect();
        let shown = visible(&text);
        assert!(!shown.chars().any(acts_on_a_terminal), "{block:?}");
        assert!(
            shown.graphemes(true).all(|cluster| width(cluster) > 0),
            "{block:?}"
        );
        assert_eq!(width(&pad(&text, 40, Glyphs::Unicode)), 40, "{block:?}");
    }
}

#[test]
fn every_character_alone_takes_a_cell_at_least() {
    for c in crate::ui::widgets::every_character().concat().chars() {
        let mut bytes = [0; 4];
        let shown = visible(c.encode_utf8(&mut bytes));
        assert!(!shown.chars().any(acts_on_a_terminal), "{c:?}");
        assert!(width(&shown) > 0, "{c:?}");
    }
}

#[test]
fn common_characters_are_clusters_of_their_own() {
    for c in ('\0'..=char::MAX).filter(|c| is_common(*c)) {
        let text = format!("か{c}{c}a{c}");
        assert_eq!(text.graphemes(true).count(), 5, "{c:?}");
        assert_eq!(
            width(&text),
            usize::from(text.as_str().cell_width()),
            "{c:?}"
        );
    }
}

proptest! {
    #[test]
    fn width_is_what_a_buffer_uses(text in tricky()) {
        prop_assert_eq!(width(&text), cells_in_a_buffer(&text));
    }

    #[test]
    fn visible_leaves_nothing_that_acts(text in tricky()) {
        let shown = visible(&text);
        prop_assert!(!shown.chars().any(acts_on_a_terminal));
        prop_assert_eq!(visible(&shown), shown.as_ref());
    }

    #[test]
    fn padded_text_is_exact(text in tricky(), wide in 0_usize..30) {
        for padded in [pad(&text, wide, Glyphs::Unicode), pad_left(&text, wide, Glyphs::Ascii)] {
            prop_assert_eq!(cells_in_a_buffer(&padded), wide, "{:?}", padded);
            prop_assert_eq!(width(&padded), wide);
        }
    }
}
