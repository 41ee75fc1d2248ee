use super::*;
use proptest::prelude::*;

const PLAIN: (Style, Style) = (Style::new(), Style::new());
const FAMILY: &str = "👨\u{200d}👩\u{200d}👧";

fn note(text: &str) -> NoteEditor {
    NoteEditor::new(text).unwrap()
}

fn press(editor: &mut NoteEditor, code: KeyCode) -> bool {
    editor.key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn ctrl(editor: &mut NoteEditor, c: char) -> bool {
    editor.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL))
}

fn write(editor: &mut NoteEditor, text: &str) {
    for c in text.chars() {
        press(
            editor,
            if c == '\n' {
                KeyCode::Enter
            } else {
                KeyCode::Char(c)
            },
        );
    }
}

/// The rows as drawn, with `|` where the caret stands.
fn drawn(editor: &NoteEditor, width: u16, height: u16) -> Vec<String> {
    let area = Rect::new(1, 1, width, height);
    let mut buf = Buffer::empty(Rect::new(0, 0, width + 2, height + 2));
    editor.draw(area, &mut buf, PLAIN, "");
    let caret = editor.cursor(area);
    assert!(area.contains(caret), "{caret:?} in {area:?}");
    let mut rows = Vec::new();
    for y in area.top()..area.bottom() {
        let mut row = String::new();
        let mut x = area.x;
        while x < area.right() {
            let symbol = buf[(x, y)].symbol();
            let next = x + text::width(symbol).max(1) as u16;
            if caret.y == y && (x..next).contains(&caret.x) {
                row.push('|');
            }
            assert!(!buf[(x, y)].modifier.contains(Modifier::REVERSED));
            row.push_str(symbol);
            x = next;
        }
        rows.push(row.trim_end().to_owned());
    }
    rows
}

#[test]
fn what_is_written_is_the_text() {
    let mut editor = NoteEditor::default();
    write(&mut editor, "支払は分割なら。\njq/");
    assert_eq!(&*editor.text(), "支払は分割なら。\njq/");
}

#[test]
fn text_that_was_given_comes_back_unchanged() {
    for text in ["", "\n", "a\r\n\tb\u{1b}\u{202e}\n\n", FAMILY, "\u{301}x"] {
        assert_eq!(&*note(text).text(), text);
    }
}

#[test]
fn moves_and_deletes_go_by_character() {
    let mut editor = note(&format!("a{FAMILY}か\u{3099}\nb"));
    press(&mut editor, KeyCode::Home);
    press(&mut editor, KeyCode::Backspace);
    assert_eq!(&*editor.text(), format!("a{FAMILY}か\u{3099}b"));
    press(&mut editor, KeyCode::Backspace);
    press(&mut editor, KeyCode::Left);
    write(&mut editor, "-");
    assert_eq!(&*editor.text(), format!("a-{FAMILY}b"));
    press(&mut editor, KeyCode::Delete);
    assert_eq!(&*editor.text(), "a-b");
}

#[test]
fn arrows_cross_line_ends() {
    let mut editor = note("e\u{301}\nか\u{3099}");
    press(&mut editor, KeyCode::Left);
    press(&mut editor, KeyCode::Left);
    write(&mut editor, "1");
    press(&mut editor, KeyCode::Right);
    write(&mut editor, "2");
    press(&mut editor, KeyCode::Home);
    press(&mut editor, KeyCode::Left);
    press(&mut editor, KeyCode::Delete);
    assert_eq!(&*editor.text(), "e\u{301}12か\u{3099}");
}

#[test]
fn words_are_cut_by_script_and_put_back() {
    let mut editor = note("山田商事の見積もりについて");
    for rest in ["山田商事の見積", "山田商事の", "山田商事"] {
        assert!(ctrl(&mut editor, 'w'));
        assert_eq!(&*editor.text(), rest);
    }
    press(&mut editor, KeyCode::Backspace);
    ctrl(&mut editor, 'y');
    assert_eq!(&*editor.text(), "山田商の");
    ctrl(&mut editor, 'u');
    assert_eq!(&*editor.text(), "");
}

#[test]
fn a_paste_is_clean_and_one_step_to_undo() {
    let mut editor = note("<>");
    press(&mut editor, KeyCode::Left);
    assert!(editor.paste("一行目\r二行目\r\nthird\u{1b}[0m\u{7f}\tcell"));
    assert_eq!(&*editor.text(), "<一行目\n二行目\nthird[0m\tcell>");
    assert!(ctrl(&mut editor, '7'));
    assert_eq!(&*editor.text(), "<>");
    assert!(ctrl(&mut editor, 'r'));
    assert_eq!(&*editor.text(), "<一行目\n二行目\nthird[0m\tcell>");
}

#[test]
fn keys_of_the_form_are_left_to_it() {
    let mut editor = note("a");
    for c in ['s', 'z', 'c'] {
        assert!(!ctrl(&mut editor, c));
    }
    for code in [
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Up,
        KeyCode::Down,
    ] {
        assert!(!press(&mut editor, code), "{code:?}");
    }
    assert!(!editor.key(KeyEvent::new(KeyCode::Enter, KeyModifiers::CONTROL)));
    assert_eq!(&*editor.text(), "a");
}

#[test]
fn rows_wrap_and_the_caret_follows() {
    let mut editor = note("山田商事の見積もり");
    assert_eq!(drawn(&editor, 11, 3), ["山田商事の", "見積もり|", ""]);
    press(&mut editor, KeyCode::Up);
    assert_eq!(drawn(&editor, 11, 3), ["山田商事|の", "見積もり", ""]);
    press(&mut editor, KeyCode::Right);
    assert_eq!(drawn(&editor, 11, 3), ["山田商事の", "|見積もり", ""]);
}

#[test]
fn vertical_moves_remember_their_column() {
    let mut editor = note("見積もり\nab\n支払条件");
    drawn(&editor, 20, 5);
    press(&mut editor, KeyCode::Left);
    press(&mut editor, KeyCode::Up);
    assert_eq!(drawn(&editor, 20, 3), ["見積もり", "ab|", "支払条件"]);
    press(&mut editor, KeyCode::Up);
    assert_eq!(drawn(&editor, 20, 3), ["見積も|り", "ab", "支払条件"]);
}

#[test]
fn the_caret_is_right_behind_joined_emoji() {
    let mut editor = note(&format!("{FAMILY}{FAMILY}ab"));
    press(&mut editor, KeyCode::Left);
    assert_eq!(drawn(&editor, 30, 1), [format!("{FAMILY}{FAMILY}a|b")]);
    press(&mut editor, KeyCode::Left);
    press(&mut editor, KeyCode::Left);
    assert_eq!(drawn(&editor, 30, 1), [format!("{FAMILY}|{FAMILY}ab")]);
}

#[test]
fn flags_wrap_whole() {
    let mut editor = note("🇯🇵🇯🇵🇯🇵");
    assert_eq!(drawn(&editor, 6, 2), ["🇯🇵🇯🇵", "🇯🇵|"]);
    press(&mut editor, KeyCode::Left);
    press(&mut editor, KeyCode::Left);
    assert_eq!(drawn(&editor, 6, 2), ["🇯🇵|🇯🇵", "🇯🇵"]);
}

#[test]
fn behind_a_full_row_there_is_a_cell_for_the_caret() {
    assert_eq!(drawn(&note("abcd"), 5, 2), ["abcd|", ""]);
    assert_eq!(drawn(&note("abcde"), 5, 2), ["abcd", "e|"]);
    assert_eq!(drawn(&note("見積"), 5, 2), ["見積|", ""]);
    assert_eq!(drawn(&note("見積も"), 5, 2), ["見積", "も|"]);
    assert_eq!(drawn(&note("\u{1b}\u{1b}\u{1b}"), 2, 1), ["␛|"]);
}

#[test]
fn the_view_scrolls_no_further_than_needed() {
    let mut editor = note("1\n2\n3\n4\n5\n6");
    assert_eq!(drawn(&editor, 5, 3), ["4", "5", "6|"]);
    press(&mut editor, KeyCode::Up);
    press(&mut editor, KeyCode::Up);
    assert_eq!(drawn(&editor, 5, 3), ["4|", "5", "6"]);
    press(&mut editor, KeyCode::PageUp);
    assert_eq!(drawn(&editor, 5, 3), ["2|", "3", "4"]);
    editor.key(KeyEvent::new(KeyCode::End, KeyModifiers::CONTROL));
    assert_eq!(drawn(&editor, 5, 3), ["4", "5", "6|"]);
    for _ in 0..8 {
        press(&mut editor, KeyCode::Backspace);
    }
    assert_eq!(drawn(&editor, 5, 3), ["1", "2|", ""]);
}

#[test]
fn hidden_characters_are_shown() {
    assert_eq!(drawn(&note("a\tb\u{1b}\u{202e}"), 30, 1), ["a b␛<U+202E>|"]);
}

#[test]
fn an_empty_note_shows_its_placeholder_dimmed() {
    let area = Rect::new(0, 0, 12, 2);
    let mut buf = Buffer::empty(area);
    NoteEditor::default().draw(area, &mut buf, PLAIN, "メモ");
    assert_eq!(buf[(0, 0)].symbol(), "メ");
    assert!(buf[(0, 0)].modifier.contains(Modifier::DIM));
    assert_eq!(NoteEditor::default().cursor(area), Position::ORIGIN);
}

#[test]
fn a_text_that_is_too_long_is_refused_whole() {
    assert!(NoteEditor::new(&"a".repeat(MAX_CHARS + 1)).is_none());
    let mut editor = note(&"\n".repeat(MAX_CHARS));
    assert!(!editor.paste("x"));
    press(&mut editor, KeyCode::Char('x'));
    assert_eq!(editor.text().len(), MAX_CHARS);
    assert_eq!(drawn(&editor, 1, 2), ["", "|"]);
    press(&mut editor, KeyCode::Backspace);
    assert!(editor.paste("x"));
}

#[test]
fn every_character_there_is_can_be_edited_and_drawn() {
    for text in crate::ui::widgets::every_character() {
        let mut editor = note(&text);
        assert_eq!(&*editor.text(), text);
        drawn(&editor, 3, 2);
        press(&mut editor, KeyCode::Up);
        press(&mut editor, KeyCode::Backspace);
        editor.paste(&text);
        drawn(&editor, 40, 5);
    }
}

fn any_key() -> impl Strategy<Value = KeyEvent> {
    let text = "aか\u{3099}見\u{200d}👨👩 。1\u{fe0f}\u{600}"
        .chars()
        .collect::<Vec<_>>();
    let control = "abdefhkuwyr7".chars().collect::<Vec<_>>();
    use KeyCode::{Backspace, Delete, Down, End, Enter, Home, Left, PageDown, PageUp, Right, Up};
    let moves = vec![
        Left, Right, Up, Up, Down, Home, End, Backspace, Delete, Enter, PageUp, PageDown,
    ];
    prop_oneof![
        4 => proptest::sample::select(text).prop_map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)),
        1 => proptest::sample::select(control).prop_map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)),
        3 => proptest::sample::select(moves).prop_map(|code| KeyEvent::new(code, KeyModifiers::NONE)),
    ]
}

proptest! {
    #[test]
    fn the_caret_stays_between_characters_and_in_its_area(
        keys in proptest::collection::vec(any_key(), 0..60),
        width in 0_u16..7,
        height in 0_u16..4,
    ) {
        let mut editor = NoteEditor::default();
        for key in keys {
            editor.key(key);
            let Place { line, at } = editor.caret;
            prop_assert_eq!(caret::snap(editor.text.line(line), at), at);
            if width > 0 && height > 0 {
                let rows = drawn(&editor, width, height);
                let before = rows.iter().find_map(|row| row.split_once('|')).unwrap().0;
                let range = editor.range(editor.row_of(editor.caret));
                let expected = text::visible(&editor.text.line(line)[range.start..at]);
                if text::width(&expected) < usize::from(width) {
                    prop_assert_eq!(before, expected);
                }
            } else {
                let area = Rect::new(0, 0, width, height);
                editor.draw(area, &mut Buffer::empty(area), PLAIN, "");
                prop_assert_eq!(editor.cursor(area), Position::ORIGIN);
            }
        }
    }

    #[test]
    fn undoing_everything_gives_back_the_beginning(keys in proptest::collection::vec(any_key(), 0..40)) {
        let mut editor = note("山田\u{3099}商事\nの見積");
        for key in keys {
            editor.key(key);
        }
        for _ in 0..200 {
            ctrl(&mut editor, '_');
        }
        prop_assert_eq!(&*editor.text(), "山田\u{3099}商事\nの見積");
    }
}
