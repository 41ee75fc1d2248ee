use super::*;
use proptest::prelude::*;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};

const FAMILY: &str = "👨\u{200d}👩\u{200d}👧";

fn press(field: &mut LineField, code: KeyCode) -> bool {
    field.key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn ctrl(field: &mut LineField, c: char) -> bool {
    field.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL))
}

fn typed(text: &str) -> LineField {
    let mut field = LineField::default();
    for c in text.chars() {
        assert!(press(&mut field, KeyCode::Char(c)));
    }
    field
}

/// The field drawn in `width` cells, with `|` where the caret stands.
fn drawn(field: &LineField, width: u16) -> String {
    let area = Rect::new(2, 1, width, 1);
    let mut buf = Buffer::empty(Rect::new(0, 0, width + 4, 3));
    field.draw(area, &mut buf, Style::default(), "");
    let caret = field.cursor(area);
    assert!(area.contains(caret), "{caret:?} in {area:?}");
    let mut out = String::new();
    let mut x = area.x;
    while x < area.right() {
        if x == caret.x {
            out.push('|');
        }
        let symbol = buf[(x, 1)].symbol();
        out.push_str(symbol);
        x += text::width(symbol) as u16;
    }
    out.trim_end().to_owned()
}

#[test]
fn what_is_typed_is_the_value() {
    assert_eq!(typed("jq/支払は分割なら").value(), "jq/支払は分割なら");
}

#[test]
fn moves_and_deletes_go_by_character() {
    let mut field = typed(&format!("a{FAMILY}か\u{3099}"));
    press(&mut field, KeyCode::Backspace);
    assert_eq!(field.value(), format!("a{FAMILY}"));
    press(&mut field, KeyCode::Left);
    press(&mut field, KeyCode::Char('b'));
    press(&mut field, KeyCode::Delete);
    assert_eq!(field.value(), "ab");
}

#[test]
fn words_are_cut_by_script_and_put_back() {
    let mut field = typed("山田商事の見積2案");
    for left in ["山田商事の見積2", "山田商事の見積", "山田商事の"] {
        assert!(ctrl(&mut field, 'w'));
        assert_eq!(field.value(), left);
    }
    ctrl(&mut field, 'a');
    ctrl(&mut field, 'k');
    assert_eq!(field.value(), "");
    ctrl(&mut field, 'y');
    ctrl(&mut field, 'y');
    assert_eq!(field.value().matches("山田商事の").count(), 2);
}

#[test]
fn the_caret_can_go_to_either_end_and_cut_there() {
    let mut field = typed("net 30 days");
    press(&mut field, KeyCode::Home);
    field.key(KeyEvent::new(KeyCode::Right, KeyModifiers::CONTROL));
    ctrl(&mut field, 'u');
    assert_eq!(field.value(), " 30 days");
    press(&mut field, KeyCode::End);
    press(&mut field, KeyCode::Backspace);
    assert_eq!(field.value(), " 30 day");
}

#[test]
fn a_paste_becomes_one_line() {
    let mut field = typed("<>");
    press(&mut field, KeyCode::Left);
    field.paste("株式会社\rアクメ\r\n\r\ncall\tback\u{1b}[0m\u{7f}\n");
    assert_eq!(field.value(), "<株式会社 アクメ call back[0m>");
    press(&mut field, KeyCode::Char('!'));
    assert_eq!(field.value(), "<株式会社 アクメ call back[0m!>");
}

#[test]
fn the_caret_stands_behind_what_is_before_it() {
    let mut field = typed("見積a");
    assert_eq!(drawn(&field, 10), "見積a|");
    press(&mut field, KeyCode::Left);
    assert_eq!(drawn(&field, 10), "見積|a");
    press(&mut field, KeyCode::Left);
    assert_eq!(drawn(&field, 10), "見|積a");
    assert_eq!(
        drawn(&typed(&format!("{FAMILY}か\u{3099}")), 10),
        format!("{FAMILY}か\u{3099}|")
    );
}

#[test]
fn a_long_text_scrolls_with_the_caret() {
    let mut field = typed("支払条件の相談と見積の件");
    assert_eq!(drawn(&field, 10), "見積の件|");
    press(&mut field, KeyCode::Home);
    assert_eq!(drawn(&field, 10), "|支払条件の");
    for _ in 0..5 {
        press(&mut field, KeyCode::Right);
    }
    assert_eq!(drawn(&field, 10), "条件の|相談");
}

#[test]
fn hidden_characters_are_shown_but_kept() {
    let field = LineField::new("a\u{202e}b\u{1b}");
    assert_eq!(drawn(&field, 20), "a<U+202E>b␛|");
    assert_eq!(field.value(), "a\u{202e}b\u{1b}");
}

#[test]
fn an_empty_field_shows_its_placeholder_dimmed() {
    let area = Rect::new(0, 0, 12, 1);
    let mut buf = Buffer::empty(area);
    LineField::default().draw(area, &mut buf, Style::default(), "顧客名");
    assert_eq!(buf[(2, 0)].symbol(), "客");
    assert!(buf[(2, 0)].modifier.contains(Modifier::DIM));
    typed("x").draw(area, &mut buf, Style::default(), "顧客名");
    assert_eq!(buf[(2, 0)].symbol(), " ");
    assert!(buf[(2, 0)].modifier.is_empty());
}

#[test]
fn every_character_there_is_can_be_typed_and_drawn() {
    for text in crate::ui::widgets::every_character() {
        let first = text.chars().next().unwrap();
        let mut field = LineField::new(&text);
        assert_eq!(field.value(), text);
        drawn(&field, 3);
        press(&mut field, KeyCode::Home);
        press(&mut field, KeyCode::Char(first));
        press(&mut field, KeyCode::Delete);
        drawn(&field, 40);
    }
}

fn any_key() -> impl Strategy<Value = KeyEvent> {
    let text = proptest::sample::select(
        "aか\u{3099}見\u{200d}👨👩🇯🇵 。1\u{fe0f}\u{600}"
            .chars()
            .collect::<Vec<_>>(),
    );
    let control = proptest::sample::select("abdefhkuwy".chars().collect::<Vec<_>>());
    let moves = vec![
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Home,
        KeyCode::Backspace,
        KeyCode::Delete,
    ];
    prop_oneof![
        4 => text.prop_map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)),
        1 => control.prop_map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)),
        2 => proptest::sample::select(moves).prop_map(|code| KeyEvent::new(code, KeyModifiers::NONE)),
    ]
}

proptest! {
    #[test]
    fn the_caret_stays_between_characters_and_in_its_area(
        keys in proptest::collection::vec(any_key(), 0..40),
        width in 0_u16..6,
    ) {
        let mut field = LineField::default();
        for key in keys {
            prop_assert!(field.key(key));
            let stops: Vec<usize> = field.value().grapheme_indices(true).map(|(at, _)| at).collect();
            prop_assert!(field.caret() == field.value().len() || stops.contains(&field.caret()));
            if width > 0 {
                drawn(&field, width);
            }
            field.draw(Rect::new(0, 0, 0, 0), &mut Buffer::empty(Rect::new(0, 0, 1, 1)), Style::default(), "");
        }
    }
}
