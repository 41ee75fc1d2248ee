//! The mouse in a form: what is clicked is what is meant.

use goodwill::ui::msg::{Mouse, Msg, Press};

use crate::small_journal::{ACME, editing_a_concern, two_customers};
use crate::stage::Stage;

fn note(text: &str) -> Stage {
    let acme = format!("{ACME}notes = \"\"\"\n{text}\"\"\"\n");
    let mut stage = Stage::new(80, 24).file("acme.toml", &acme).open();
    stage.keys("enter e shift-tab");
    stage
}

#[test]
fn a_click_goes_into_the_field_and_to_the_character() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut stage = editing_a_concern();
        stage.resize(width, height);
        stage.keys("<と> tab").mouse(Press::Once, "払いは厳しいと");
        assert!(stage.before_cursor().ends_with("一括前"), "at {width}");
        stage.keys("<x>").says("一括前x払");
    }
}

#[test]
fn the_second_half_of_a_wide_character_is_that_character() {
    let mut stage = editing_a_concern();
    stage.keys("<と>").mouse(Press::Once, "払いは厳しいと");
    let at = stage.cursor().unwrap();
    stage.tell(Msg::Mouse(Mouse {
        press: Press::Once,
        column: at.x + 1,
        row: at.y,
    }));
    assert_eq!(stage.cursor(), Some(at));
    stage.tell(Msg::Mouse(Mouse {
        press: Press::Once,
        column: at.x + 30,
        row: at.y,
    }));
    assert!(
        stage.before_cursor().ends_with("厳しいと"),
        "behind the text its end"
    );
}

#[test]
fn a_click_on_a_name_goes_to_its_field_and_beside_the_form_nothing_happens() {
    let mut stage = two_customers();
    stage.keys("enter e").mouse(Press::Once, "answer ");
    assert!(stage.before_cursor().contains("▸ answer"));
    stage.mouse(Press::Once, "goodwill");
    stage.mouse(Press::Once, "Borealis");
    assert!(stage.before_cursor().contains("▸ answer"));
    assert_eq!(stage.app.customers.key.as_deref(), Some("acme"));
}

#[test]
fn an_offered_word_is_taken_by_a_click() {
    let mut stage = two_customers();
    stage.keys("f <acme> enter a c <支払が> tab <田>");
    stage.mouse(Press::Once, "山田 花子");
    assert!(
        stage.before_cursor().ends_with("山田 花子"),
        "{}",
        stage.screen()
    );
    stage.keys("enter");
    assert!(stage.text("acme.toml").contains("from = \"山田 花子\""));
}

#[test]
fn the_line_that_names_the_other_page_turns_to_it() {
    let mut stage = two_customers();
    stage.keys("a c").mouse(Press::Once, "more behind Tab");
    stage.says("before: said").says("▸ date");
    stage.mouse(Press::Once, "before: said").says("▸ said");
}

#[test]
fn a_click_into_a_note_finds_its_line_and_character() {
    let text: String = (0..40).map(|at| format!("{at}行目の話\n")).collect();
    let mut stage = note(&text);
    stage.mouse(Press::Once, "の話");
    let row = stage.row(stage.cursor().unwrap().y);
    assert!(stage.before_cursor().ends_with("行目"), "{row}");
    stage.keys("<x>").says("行目xの話");
    let mut stage = note(&"長い".repeat(60));
    stage.mouse(Press::Once, "notes");
    stage.keys("ctrl-a").mouse(Press::Once, "長い長い");
    stage.keys("<x>").says("x長い長い");
}

#[test]
fn the_wheel_scrolls_a_note_and_the_next_key_comes_back_to_the_caret() {
    let text: String = (0..40).map(|at| format!("{at}行目の話\n")).collect();
    let mut stage = note(&text);
    stage.says("39行目").mouse(Press::WheelUp, "39行目");
    stage.hides("39行目").says("31行目");
    stage.mouse(Press::WheelUp, "31行目").says("28行目");
    stage.mouse(Press::WheelDown, "31行目").hides("28行目");
    stage.keys("<x>").says("39行目");
    assert!(stage.before_cursor().ends_with('x'));
    for _ in 0..30 {
        stage.mouse(Press::WheelUp, "notes");
    }
    stage
        .says(" 0行目")
        .mouse(Press::Once, "0行目")
        .keys("<頭>");
    stage.says("頭0行目");
}

#[test]
fn it_waits_for_an_answer_and_scrolls_both_sides() {
    let mut stage = editing_a_concern();
    stage.keys("< と> esc").mouse(Press::Once, "from");
    stage.says("Throw away").keys("n");
    let lines: String = (0..60).map(|at| format!("話{at} ")).collect();
    stage.paste(&lines);
    stage.replace("acme.toml", "一括前払いは厳しい", "一括は無理");
    stage.resize(40, 12).keys("ctrl-s").hides("話59");
    for _ in 0..40 {
        stage.mouse(Press::WheelDown, "said");
    }
    stage.says("話59");
}
