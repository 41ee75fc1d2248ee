//! Large pastes, and input faster than it can be drawn.

use crate::pty_stage::{Show, Stage};

fn stage() -> Stage {
    Stage::new().file("minato.toml", "name = \"港屋商店\"\n")
}

fn opened(stage: &Stage) -> Show {
    let mut show = stage.start();
    show.shows("港屋商店");
    show
}

/// Whatever may stand in a paste that is no text: keys, colours, a second beginning, half an
/// end, the answer of a terminal.
const HOSTILE: &str = "\x1b[31m\x03\x1a\x13\x07\x1b\x1b[200~\x1b[201\x1b]0;x\x07\x00\x7f\u{85}";
/// What is left of it.
const HARMLESS: &str = "[31m[200~[201]0;x";

/// Some 100 KB of Japanese in 33,000 characters, and what they are without the hostile part.
fn hundred_kilobytes(line_end: &str) -> (String, String) {
    let line = "支払は分割なら。納期を先に決めたいとのこと。";
    let lines = (0..1_500).map(|at| format!("{at:04} {line}{line_end}"));
    let text: String = lines.collect();
    assert!((95_000..110_000).contains(&text.len()), "{}", text.len());
    let (head, rest) = text.split_at(text.len() / 1_500 * 700);
    (head.to_owned(), rest.to_owned())
}

/// Pastes over a line that cuts characters and the end itself in pieces.
fn pastes_in_pieces(show: &mut Show, text: &str) {
    let whole = format!("\x1b[200~{text}\x1b[201~");
    let (rest, end) = whole.as_bytes().split_at(whole.len() - 3);
    let (begin, rest) = rest.split_at(3);
    show.sends_pieces([begin]);
    for piece in rest.chunks(1_021) {
        show.sends(piece);
    }
    show.sends_pieces([&[][..], end]);
}

#[test]
fn a_note_takes_a_paste_of_100_kb_in_one_step() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("acpasted\x1b[Z").shows("as long as you like");
    let (head, rest) = hundred_kilobytes("\r\n");
    pastes_in_pieces(&mut show, &format!("{head}{HOSTILE}{rest}終わり"));
    show.shows("終わり").cursor_between("終わり", " ");
    // One step back, and forth again.
    show.types("\x1f").shows("as long as you like");
    show.types("\x12").cursor_between("終わり", " ");
    show.types("。")
        .cursor_between("終わり。", " ")
        .types("\x13");
    show.shows("concern added: pasted");
    let file = stage.read("minato.toml");
    let note = format!("{head}{HARMLESS}{rest}終わり。").replace("\r\n", "\n");
    assert!(file.contains(&note), "{} bytes", file.len());
    show.types("q").shows("Customers 1").types("q").ends_with(0);
}

#[test]
fn a_field_of_one_line_takes_a_paste_of_100_kb() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("af").shows("text");
    let (head, rest) = hundred_kilobytes("");
    pastes_in_pieces(&mut show, &format!("{head}{HOSTILE}\r\n{rest}終わり"));
    show.cursor_between("終わり", " ").types("。\r");
    show.shows("fact added: ");
    let file = stage.read("minato.toml");
    let line = format!("text = \"{head}{HARMLESS} {rest}終わり。\"\n");
    assert!(file.contains(&line), "{} bytes", file.len());
}

/// What is too much for a form is refused with a way out, and nothing that was typed is lost;
/// what is not is taken.
#[test]
fn a_paste_of_any_length_loses_nothing_that_was_there() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("aclong\x1b[Z").shows("as long as you like");
    show.types("先に書いた").cursor_between("先に書いた", " ");
    show.pastes(&format!("{}終わり", "あ".repeat(400_000)));
    show.until("an answer", |show| {
        show.text().contains("too long for a form") || show.text().contains("終わり")
    });
    show.types("、後").cursor_between("、後", " ").types("\x13");
    show.shows("concern added: long");
    let file = stage.read("minato.toml");
    assert!(file.contains("先に書いた") && file.contains("、後"));
    let pasted = file.matches('あ').count();
    assert!(pasted == 0 || pasted == 400_000, "{pasted} of it");
}

#[test]
fn a_paste_where_nothing_is_typed_does_nothing() {
    let stage = stage();
    let mut show = opened(&stage);
    let keys = "qDy\rE\x03\x1au:Rn\x04";
    for (way, shown) in [
        ("?", "Esc close"),
        ("!", "No problems"),
        ("a", "interaction: a call"),
        ("\r", "Win/lose"),
    ] {
        show.types(way).shows(shown).pastes(keys);
        pastes_in_pieces(&mut show, keys);
        show.shows(shown).types("\x1b").hides(shown);
    }
    show.shows("Customers 1").pastes(keys);
    show.types("?")
        .shows("Esc close")
        .types("q")
        .hides("Esc close");
    assert_eq!(stage.read("minato.toml"), "name = \"港屋商店\"\n");
    show.types("q").ends_with(0);
}

#[test]
fn five_thousand_keys_at_once_are_drawn_in_few_frames() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("af").shows("text");
    let before = show.frames();
    // A word of which the half is taken back, 1,000 times.
    show.types(&"支払\x7fわ\x7f".repeat(1_000)).types("終");
    show.cursor_between("支支終", " ");
    let frames = show.frames() - before;
    println!("5,000 keys in {frames} frames");
    assert!(frames < 500, "{frames} frames for 5,000 keys");
    show.types("\r").shows("fact added: ");
    let kept = format!("\"{}終\"", "支".repeat(1_000));
    assert!(stage.read("minato.toml").contains(&kept));
    // In a list too.
    let before = show.frames();
    show.types(&"jk".repeat(2_500))
        .types("?")
        .shows("Esc close");
    assert!(show.frames() - before < 500);
}
