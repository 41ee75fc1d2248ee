//! A text of many lines in a form: long ones, and looking for something in them.

use ratatui::style::Modifier;

use crate::small_journal::{ACME, BOREALIS};
use crate::stage::Stage;

/// In the notes of a concern, the caret at their end.
fn in_notes(text: &str, (width, height): (u16, u16)) -> Stage {
    let acme = format!("{ACME}notes = \"\"\"\n{text}\"\"\"\n");
    let mut stage = Stage::new(width, height)
        .file("acme.toml", &acme)
        .file("borealis.toml", BOREALIS)
        .open();
    stage.keys("f <acme> enter enter e shift-tab");
    stage
}

/// The text that is marked as found, row by row; what is at hand between `[` and `]`.
fn found(stage: &Stage) -> Vec<String> {
    let buf = stage.buffer();
    let mut rows = Vec::new();
    for row in buf.area.rows() {
        let mut text = String::new();
        for x in row.left()..row.right() {
            let cell = &buf[(x, row.y)];
            let is_found = cell.modifier.contains(Modifier::REVERSED);
            // The second half of a wide character holds a space.
            if is_found && cell.symbol() != " " {
                let is_here = cell.modifier.contains(Modifier::UNDERLINED);
                let mark = if is_here { "_" } else { "" };
                text += &format!("{mark}{}", cell.symbol());
            }
        }
        if !text.is_empty() && row.y > 1 {
            rows.push(text);
        }
    }
    rows
}

#[test]
fn a_note_of_130_000_characters_is_edited_and_saved() {
    let line = "支払は分割ならと言われた。".repeat(100);
    let text = vec![line; 100].join("\n");
    let mut stage = in_notes("", (80, 24));
    stage.paste(&text).keys("<末>").says("言われた。末");
    stage.paste("x").keys("up enter ctrl-s");
    assert!(stage.app.dialog.is_none(), "{}", stage.screen());
    assert!(stage.text("acme.toml").contains("言われた。末x\"\"\""));
    stage.keys("e shift-tab").paste("x").says("xx");
    let mut stage = in_notes("", (80, 24));
    stage
        .paste(&"a".repeat(1_000_001))
        .says("grow too long")
        .says("E opens the file");
}

#[test]
fn a_paste_of_100_kb_is_one_step_and_undone_by_one_key() {
    let text: String = (0..4_000).map(|at| format!("{at}行目の話です\n")).collect();
    let mut stage = in_notes("はじめ", (80, 24));
    stage.paste(&text).says("3999行目").keys("<x>");
    stage.keys("ctrl-_ ctrl-_").hides("3999行目").says("はじめ");
    assert!(stage.before_cursor().ends_with("はじめ"));
    stage.keys("ctrl-r").says("3999行目");
}

#[test]
fn one_paragraph_of_100_000_characters_moves_by_what_is_seen() {
    let mut stage = in_notes(&"山田商事の見積について、".repeat(8_400), (80, 24));
    assert!(stage.before_cursor().ends_with('、'));
    stage.keys("ctrl-w ctrl-w");
    assert!(
        stage.before_cursor().ends_with("見積"),
        "{}",
        stage.before_cursor()
    );
    stage.keys("home <頭> right left bs <初>");
    assert!(stage.before_cursor().ends_with('初'));
    stage.keys("pgdn pgdn down up");
    let before = stage.before_cursor();
    stage.keys("<x>");
    assert!(stage.before_cursor().ends_with('x'), "{before}");
    stage.resize(40, 12).resize(120, 40);
    assert!(stage.before_cursor().ends_with('x'));
}

#[test]
fn what_is_typed_is_found_and_marked_however_it_is_spelled() {
    let mut stage = in_notes("サーバーを見る\nさーばー、ｻｰﾊﾞｰ\n終わり", (80, 24));
    stage.keys("ctrl-f").says("find").keys("<さーばー>");
    stage.says("1 of 3");
    assert_eq!(found(&stage), ["_サ_ー_バ_ー", "さーばーｻｰﾊﾞｰ"]);
    stage.keys("down").says("2 of 3");
    assert_eq!(found(&stage), ["サーバー", "_さ_ー_ば_ーｻｰﾊﾞｰ"]);
    stage
        .keys("ctrl-n")
        .says("3 of 3")
        .keys("down")
        .says("1 of 3");
    stage.keys("up").says("3 of 3");
    let before = stage.before_cursor();
    assert!(
        before.ends_with("さーばー"),
        "the cursor is in the search: {before}"
    );
    stage.keys("<x>").says("not found").keys("bs").says("of 3");
}

#[test]
fn a_mark_covers_whole_characters() {
    let mut stage = in_notes("か\u{3099}く, e\u{301}te\u{301}, ﬁn", (80, 24));
    stage.keys("ctrl-f <が>");
    assert_eq!(found(&stage), ["_か\u{3099}"]);
    stage.keys("ctrl-u <te>");
    assert_eq!(found(&stage), ["_t_e\u{301}"]);
    stage.keys("ctrl-u <f>");
    assert_eq!(found(&stage), ["_ﬁ"]);
}

#[test]
fn enter_stays_where_it_was_found_and_esc_goes_back() {
    let text: String = (0..300).map(|at| format!("{at}行目\n")).collect();
    for (key, end) in [("enter", "x7行目"), ("esc", "x")] {
        let mut stage = in_notes(&text, (80, 24));
        stage.keys("ctrl-f <7行目>").says("7行目");
        stage.keys("down").keys(key).hides("find 7行目").keys("<x>");
        let row = stage.row(stage.cursor().unwrap().y);
        assert!(row.contains(end), "{key}: {row}");
        stage.says("edit concern").keys("esc n ctrl-s");
        assert!(stage.app.dialog.is_none());
    }
}

#[test]
fn letters_are_words_to_look_for_and_nothing_is_written() {
    let mut stage = in_notes("qjk?: の話", (80, 24));
    stage
        .keys("ctrl-f <qjk?:>")
        .says("1 of 1")
        .paste("\u{1b}の")
        .says("not found");
    stage.keys("esc");
    stage.keys("esc");
    assert!(stage.app.dialog.is_none(), "nothing was changed");
}

#[test]
fn the_search_fits_a_small_screen() {
    let mut stage = in_notes("一\n二\n三\n四\n五\n六\n七\n八", (40, 12));
    stage.keys("ctrl-f <二>").says("find 二").says("1 of 1");
    assert_eq!(found(&stage), ["_二"]);
}
