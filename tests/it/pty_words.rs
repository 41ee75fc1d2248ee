//! Japanese as an input method hands it over, in every kind of field: phrases at once, over a
//! line that cuts characters in pieces. The input method opens where the terminal's cursor is.

use crate::pty_stage::{Show, Stage};

const MINATO: &str = "\
name = \"港屋商店\"

[contact.yamada]
name = \"山田 花子\"

[concern.2026-11-01]
said = \"納期が心配\"
";

fn stage() -> Stage {
    Stage::new()
        .file("minato.toml", MINATO)
        .file("aoi.toml", "name = \"葵工房\"\n")
}

fn opened(stage: &Stage) -> Show {
    let mut show = stage.start();
    show.shows("▸ 港屋商店");
    show
}

/// So many different wide characters.
fn wide(count: u32) -> String {
    (0x4e00..0x4e00 + count)
        .filter_map(char::from_u32)
        .collect()
}

/// The last characters of a text.
fn tail(text: &str, count: usize) -> String {
    let skip = text.chars().count() - count;
    text.chars().skip(skip).collect()
}

/// A field: the keys that lead to it, words for it, and what is told about them.
struct Field {
    way: &'static str,
    words: &'static str,
    told: &'static str,
}

const fn field(way: &'static str, words: &'static str, told: &'static str) -> Field {
    Field { way, words, told }
}

const FORM_FIELDS: &[Field] = &[
    // One line of text.
    field("ai", "支払は分割なら", "interaction, 港屋商店"),
    // People.
    field("ai\t\t\t", "山田 花子、佐藤 健", "with"),
    // A day.
    field("ap\t", "来週火曜", "2026-11-24 Tue"),
    // An amount.
    field("ad\t", "120万円", "1,200,000 JPY"),
    // A lever.
    field("an\t", "payment: 月額払い", "give"),
    // Tags.
    field("ac\x1b[Z\x1b[Z\x1b[Z", "更改、分割", "before: "),
    // The customer's name.
    field("n", "青葉商店", "new customer"),
];

const LONE_FIELDS: &[Field] = &[
    field("f", "港屋", "▸ 港屋商店"),
    field("\rf", "納期", "納期が心配"),
    field(":", "葵工", "葵工房"),
];

/// Types words into the empty field, whole and in pieces, and moves in a text that is longer
/// than the field.
fn types_into_a_line(show: &mut Show, field: &Field) {
    let words = field.words;
    show.types(words)
        .cursor_between(words, "")
        .shows(field.told)
        .types("\x15");
    // Byte by byte: each wide character comes in three reads.
    show.sends_pieces(words.as_bytes().chunks(1))
        .cursor_between(words, "")
        .shows(field.told)
        .types("\x15");
    let long = wide(60);
    show.types(&long).cursor_between(&tail(&long, 9), " ");
    show.types("\x1b[D\x1b[D")
        .cursor_between("丷丸丹", &tail(&long, 2));
    show.types("間").cursor_between("丹間", &tail(&long, 2));
    show.types("\x1b[H").cursor_between(" ", "一丁丂七");
    show.types("\x1b[C\x7f頭").cursor_between(" 頭", "丁丂七");
    show.types("\x05").cursor_between(&tail(&long, 2), " ");
    show.types("\x15");
}

#[test]
fn the_cursor_is_at_the_caret_in_each_kind_of_field_of_a_form() {
    let stage = stage();
    let mut show = opened(&stage);
    for field in FORM_FIELDS {
        show.types(field.way).shows(" save  Tab next field");
        types_into_a_line(&mut show, field);
        show.types("終").shows("終").types("\x1b");
        show.shows("Throw away").types("y").hides(" save  Tab");
    }
    show.types("q").ends_with(0);
    assert_eq!(stage.read("minato.toml"), MINATO);
}

#[test]
fn the_cursor_is_at_the_caret_in_the_filters_and_the_palette() {
    for field in LONE_FIELDS {
        let stage = stage();
        let mut show = opened(&stage);
        show.types(field.way);
        types_into_a_line(&mut show, field);
        show.types(field.words).cursor_between(field.words, "");
        show.shows(field.told);
    }
}

#[test]
fn the_cursor_is_at_the_caret_in_a_note_that_wraps_and_scrolls() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("ac\x1b[Z").shows("as long as you like");
    show.sends_pieces("支払は分割なら".as_bytes().chunks(2))
        .cursor_between("支払は分割なら", " ");
    let long = wide(400);
    show.types(&long).cursor_between(&tail(&long, 3), " ");
    show.types("\x1b[D\x1b[D")
        .cursor_between("", &tail(&long, 2))
        .types("間")
        .cursor_between("間", &tail(&long, 2));
    // Far above what the box shows, and back.
    show.types("\x1b[1;5H").cursor_between(" ", "支払は分割");
    show.types("\x1b[1;5F").cursor_between(&tail(&long, 2), " ");
    for line in 0..40 {
        show.types(&format!("\r行{line}"));
    }
    show.cursor_between("行39", " ").types("\x1b[A\x1b[A\x1b[A");
    show.cursor_between("行36", " ").types("、");
    show.cursor_between("行36、", " ").types("\x13");
    show.shows("said is needed");
}

#[test]
fn a_field_scrolls_on_in_a_window_that_gets_narrow() {
    let stage = stage();
    let mut show = opened(&stage);
    let long = wide(60);
    show.types("ai").shows("summary").types(&long);
    for (columns, rows) in [(40, 12), (30, 10), (200, 50), (1, 1), (80, 24)] {
        show.resize(columns, rows);
        if (columns, rows) == (1, 1) {
            continue;
        }
        show.types("末").cursor_between("末", " ");
        show.types("\x7f").cursor_between(&tail(&long, 1), " ");
    }
}

#[test]
fn esc_and_alt_lose_nothing_that_was_typed() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("ai").shows("summary").types("支払は分割");
    show.cursor_between("支払は分割", " ");
    // Esc asks, and Esc again is a no; also where both come in one read.
    show.types("\x1b").shows("Throw away");
    show.types("\x1b").hides("Throw away");
    show.types("\x1b\x1bな").cursor_between("分割な", " ");
    show.hides("Throw away");
    // A word back and forth with Alt, as the shell has it.
    show.types("\x1bb").cursor_between("支払は分割", "な");
    show.types("\x1bb").cursor_between("支払は", "分割な");
    show.types("\x1bf\x1bf").cursor_between("分割な", " ");
    // What means nothing does nothing: Alt with a sign, function keys, focus, and the
    // terminal's answers to somebody else's questions.
    for nothing in [
        "\x1b=",
        "\x1bOP",
        "\x1b[15~",
        "\x1b[I\x1b[O",
        "\x1b[12;40R",
        "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
        "\x1bP>|tmux 3.4\x1b\\",
    ] {
        show.types(nothing).types("、").cursor_between("な、", " ");
        show.types("\x7f").cursor_between("分割な", " ");
    }
    // A sequence that a slow line cuts is still one key.
    show.sends_pieces([b"\x1b[1;".as_slice(), b"5D"])
        .cursor_between("支払は分割", "な");
    // Half a character waits for its other half, however long that takes.
    let bytes = "見".as_bytes();
    show.sends_pieces([&bytes[..2]]);
    show.resize(81, 24).shows("summary").resize(80, 24);
    show.sends(&bytes[2..]).cursor_between("分割見", "な");
    show.types("\r").shows("interaction added: 支払は分割見な");
}
