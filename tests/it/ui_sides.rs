//! A field that was changed here and in the file: both sides are shown, a key decides, and nothing
//! that anybody wrote is lost on the way.

use std::sync::Arc;

use goodwill::model::draft::KeptDraft;
use goodwill::store::load::load;
use goodwill::ui::drafts::Keeping;
use goodwill::ui::keymap::{Keymap, Wish};
use goodwill::ui::msg::Msg;

use crate::small_journal::{ACME, editing_a_concern};
use crate::stage::Stage;

/// `said` and `answer` of a concern are changed here, `said` in the file as well.
fn said_by_both() -> Stage {
    let mut stage = editing_a_concern();
    stage.keys("< そう聞いた> tab tab tab <見積を分ける>");
    stage.replace("acme.toml", "一括前払いは厳しい", "一括は無理");
    stage.keys("ctrl-s");
    stage
}

/// `said` and `answer` are changed on both sides.
pub fn two_fields_by_both() -> Stage {
    let mut stage = editing_a_concern();
    stage.keys("<a> tab tab tab <b>");
    let both = ACME
        .replace("一括前払いは厳しい", "一括は無理")
        .replace("\"open\"\n", "\"open\"\nanswer = \"分割\"\n");
    stage.write("acme.toml", &both);
    stage.keys("ctrl-s");
    stage
}

/// A draft about an entry that was removed since, as it is offered.
pub fn draft_of_what_is_gone() -> Stage {
    let mut typing = editing_a_concern();
    typing.keys("< そう聞いた>");
    let Some(Keeping::Keep(draft)) = typing.drafts().last() else {
        panic!("nothing kept");
    };
    let found = KeptDraft {
        id: "lost".to_owned(),
        when: "2026-11-20T17:41:03+09:00".to_owned(),
        draft: (**draft).clone(),
    };
    let mut stage = editing_a_concern();
    stage.keys("esc");
    stage.write("acme.toml", ACME.split("[concern").next().unwrap());
    stage.reload().tell(Msg::Drafts(vec![found]));
    stage
}

/// The same for `notes`, of five lines at first.
fn notes_by_both() -> Stage {
    let notes = "notes = \"\"\"\n一\n二\n三\n四\n五\"\"\"\n";
    let mut stage = Stage::new(80, 24)
        .file("acme.toml", &format!("{ACME}{notes}"))
        .open();
    stage.keys("enter e shift-tab <!> up up up up home <頭> enter");
    stage.replace("acme.toml", "五\"\"\"", "5\"\"\"");
    stage.keys("ctrl-s").says("notes: changed here");
    stage
}

/// What the watch of the folder would tell.
pub fn changed_outside(stage: &mut Stage) {
    let (journal, problems) = load(&stage.root(), &mut |_, _| {});
    stage.tell(Msg::Changed {
        journal: Arc::new(journal),
        problems,
        customers: vec!["acme".to_owned()],
    });
}

#[test]
fn what_it_was_what_the_file_says_and_what_is_typed_stand_side_by_side() {
    let mut stage = said_by_both();
    stage
        .says("edit concern")
        .says("said: changed here and in the file")
        .says("when you opened it")
        .says("- 一括前払いは厳しい ")
        .says("+ 一括は無理")
        .says("+ 一括前払いは厳しい そう聞いた")
        .says("t take the file's   m keep mine   b take both");
    assert!(!stage.text("acme.toml").contains("見積を分ける"));
    for (width, height) in [(80, 24), (40, 12)] {
        stage.resize(width, height);
        let mut seen = stage.screen();
        for _ in 0..12 {
            stage.keys("j");
            seen += &stage.screen();
        }
        for words in ["- 一括前払いは厳しい", "+ 一括は無理", "う聞いた", "t take"]
        {
            assert!(seen.contains(words), "no {words} at {width}:\n{seen}");
        }
        stage.keys("g");
    }
}

#[test]
fn one_key_takes_the_files_keeps_mine_or_takes_both() {
    for (key, said) in [
        ("t", "一括は無理"),
        ("m", "一括前払いは厳しい そう聞いた"),
        ("b", "一括は無理 / 一括前払いは厳しい そう聞いた"),
    ] {
        let mut stage = said_by_both();
        stage.keys(key);
        assert!(stage.app.dialog.is_none(), "{}", stage.screen());
        let text = stage.text("acme.toml");
        assert!(text.contains(&format!("said = \"{said}\"\n")), "{text}");
        assert!(text.contains("answer = \"見積を分ける\""), "{text}");
    }
}

#[test]
fn both_of_a_note_keeps_each_line_once() {
    let mut stage = notes_by_both();
    stage.says("4 lines the same").keys("b");
    let text = stage.text("acme.toml");
    let notes = "notes = \"\"\"\n頭\n一\n二\n三\n四\n5\n五!\"\"\"\n";
    assert!(text.contains(notes), "{text}");
}

#[test]
fn another_word_can_be_typed_and_is_saved_over_the_files() {
    let mut stage = said_by_both();
    stage.keys("e").hides("changed here").says("見積を分ける");
    assert!(stage.before_cursor().ends_with("そう聞いた"));
    stage.keys("ctrl-u <分ければよい> ctrl-s");
    let text = stage.text("acme.toml");
    assert!(text.contains("said = \"分ければよい\"\n"), "{text}");
    assert!(stage.app.dialog.is_none());
}

#[test]
fn esc_goes_back_to_the_form_and_saving_asks_again() {
    let mut stage = said_by_both();
    let kept = stage.drafts().last().cloned();
    stage
        .keys("esc")
        .hides("when you opened it")
        .says("一括前払いは厳しい そう聞いた")
        .says("見積を分ける")
        .says("nothing was written")
        .says("Enter asks again");
    assert_eq!(stage.drafts().last().cloned(), kept, "still kept");
    stage.keys("ctrl-s").says("when you opened it");
    // Keys of other places and words do nothing there.
    stage
        .keys("x Z enter")
        .paste("y")
        .says("when you opened it");
    assert!(stage.text("acme.toml").contains("一括は無理"));
}

#[test]
fn several_fields_are_decided_one_by_one() {
    let mut stage = two_fields_by_both();
    let both = stage.text("acme.toml");
    stage.says("said, 1 of 2: changed here");
    stage.keys("tab").says("answer, 2 of 2").says("(nothing)");
    stage.keys("tab").says("said, 1 of 2");
    stage.keys("m").says("answer: changed here");
    assert_eq!(stage.text("acme.toml"), both, "not before all are decided");
    stage.keys("t");
    let text = stage.text("acme.toml");
    assert!(text.contains("厳しいa\""), "{text}");
    assert!(text.contains("answer = \"分割\""), "{text}");
    assert!(stage.app.dialog.is_none());
}

#[test]
fn where_the_files_words_are_taken_everywhere_nothing_is_written() {
    let mut stage = editing_a_concern();
    stage.keys("<a>");
    stage.replace("acme.toml", "一括前払いは厳しい", "一括は無理");
    let text = stage.text("acme.toml");
    stage.keys("ctrl-s t");
    assert!(stage.app.dialog.is_none(), "{}", stage.screen());
    assert_eq!(stage.text("acme.toml"), text);
    assert_eq!(stage.drafts().last(), Some(&Keeping::Done));
}

#[test]
fn a_file_that_moves_again_meanwhile_asks_again() {
    let mut stage = said_by_both();
    stage.replace("acme.toml", "一括は無理", "やはり一括");
    stage.keys("m").says("+ やはり一括").says("- 一括は無理");
    stage.keys("m");
    let text = stage.text("acme.toml");
    assert!(text.contains("厳しい そう聞いた\""), "{text}");
}

#[test]
fn a_currency_typed_with_the_amount_can_be_taken_back() {
    let mut stage = Stage::new(80, 24).file("acme.toml", ACME).open();
    stage.keys("enter ] [ [ e tab ctrl-u <1200 EUR>");
    stage.replace(
        "acme.toml",
        "value = 100",
        "value = 100\ncurrency = \"USD\"",
    );
    stage
        .keys("ctrl-s")
        .says("currency: changed here")
        .keys("t");
    let text = stage.text("acme.toml");
    assert!(text.contains("value = 1200\ncurrency = \"USD\""), "{text}");
}

#[test]
fn the_keys_shown_are_the_persons_own() {
    let wish = |name: &str, key: &str| Wish {
        name: name.to_owned(),
        keys: vec![key.to_owned()],
        line: 1,
    };
    let mut stage = editing_a_concern();
    stage.app.keys = Keymap::new(&[wish("sides.theirs", "f"), wish("sides.back", "x")]).0;
    stage.keys("< と>");
    stage.replace("acme.toml", "一括前払いは厳しい", "一括は無理");
    stage
        .keys("ctrl-s")
        .says("f take the file's")
        .says("x back to the form")
        .keys("f");
    assert!(stage.app.dialog.is_none());
}

#[test]
fn long_notes_are_scrolled_and_what_is_the_same_is_only_counted() {
    let lines: Vec<String> = (0..200).map(|at| format!("{at}行目")).collect();
    let notes = |lines: &[String]| format!("{ACME}notes = \"\"\"\n{}\"\"\"\n", lines.join("\n"));
    let mut stage = Stage::new(80, 24).file("acme.toml", &notes(&lines)).open();
    stage.keys("enter e shift-tab <!>");
    let mut theirs = lines.clone();
    theirs[199] = "最後".to_owned();
    stage.write("acme.toml", &notes(&theirs));
    stage
        .keys("ctrl-s")
        .says("199 lines the same")
        .says("+ 最後");
    let mut stage = Stage::new(80, 24).file("acme.toml", &notes(&lines)).open();
    let talk: Vec<String> = (0..300).map(|at| format!("話{at}")).collect();
    stage.keys("enter e shift-tab").paste(&talk.join(" "));
    stage.write("acme.toml", &notes(&theirs));
    stage.keys("ctrl-s").says("話20 ").hides("話299");
    stage.keys("G").says("話299").keys("g").says("話20 ");
}

// Told while the form is open.

#[test]
fn what_the_file_says_now_stands_beside_its_field() {
    let mut stage = editing_a_concern();
    stage.keys("< と>");
    stage.replace("acme.toml", "一括前払いは厳しい", "一括は無理");
    changed_outside(&mut stage);
    stage
        .says("in the file now: 一括は無理")
        .says("changed by another program")
        .says("一括前払いは厳しい と");
    assert!(stage.before_cursor().ends_with("厳しい と"));
    stage.replace("acme.toml", "一括は無理", "一括前払いは厳しい");
    changed_outside(&mut stage);
    stage.hides("in the file now");
}

#[test]
fn an_entry_that_is_gone_can_be_added_again_from_the_form() {
    let mut stage = editing_a_concern();
    stage.keys("< そう聞いた>");
    stage.write("acme.toml", ACME.split("[concern").next().unwrap());
    changed_outside(&mut stage);
    stage.says("removed by another program");
    stage.keys("ctrl-s").says("Add it as a new entry?");
    stage.keys("x n").says("no longer in the file");
    stage.keys("ctrl-s y");
    let text = stage.text("acme.toml");
    assert!(
        text.contains("said = \"一括前払いは厳しい そう聞いた\"\n"),
        "{text}"
    );
    assert!(text.contains("about = \"payment\""), "{text}");
    assert!(stage.app.dialog.is_none());
}

#[test]
fn a_draft_about_an_entry_that_is_gone_can_be_added_as_a_new_one() {
    let mut stage = draft_of_what_is_gone();
    stage.says("a adds it as a new entry").keys("a");
    stage.says("concern, アクメ商事");
    stage.keys("ctrl-s");
    let text = stage.text("acme.toml");
    assert!(text.contains("[concern.2026-11-20-"), "{text}");
    assert!(text.contains("厳しい そう聞いた\""), "{text}");
    assert_eq!(stage.drafts().last(), Some(&Keeping::Done));
}
