//! Saving, refusing, undoing: nothing that was typed or stands in a file is lost.

use goodwill::ui::msg::Msg;

use crate::small_journal::{ACME, BROKEN, editing_a_concern, two_customers};
use crate::stage::Stage;

// Closing.

#[test]
fn esc_on_a_form_with_words_in_it_asks_and_loses_nothing() {
    let mut stage = two_customers();
    stage.keys("a c <支払が> esc").says("Throw away");
    assert_eq!(stage.cursor(), None, "no caret while it asks");
    stage.keys("n").hides("Throw away").says("支払が");
    stage.keys("esc esc").says("支払が");
    stage.keys("x tab").says("支払がx");
    stage.keys("esc y").hides("支払が");
    assert_eq!(stage.effects(), []);
    assert_eq!(stage.text("acme.toml"), ACME);
}

#[test]
fn esc_on_an_untouched_form_just_closes_it() {
    let mut stage = editing_a_concern();
    stage.keys("esc");
    assert!(stage.app.dialog.is_none());
    stage.keys("e tab tab tab esc");
    assert!(stage.app.dialog.is_none());
    stage.keys("e ctrl-s");
    assert!(
        stage.app.dialog.is_none(),
        "nothing changed, nothing to save"
    );
    assert_eq!(stage.effects(), []);
}

#[test]
fn a_word_typed_and_taken_back_is_no_change() {
    let mut stage = editing_a_concern();
    stage.keys("x bs ctrl-s");
    assert_eq!(stage.effects(), []);
}

// Saving into a file that moved on.

#[test]
fn another_field_of_the_same_entry_merges() {
    let mut stage = editing_a_concern();
    stage.keys("< そう聞いた>");
    stage.replace("acme.toml", "\"payment\"", "\"price\"");
    stage.keys("ctrl-s");
    let text = stage.text("acme.toml");
    assert!(
        text.contains("said = \"一括前払いは厳しい そう聞いた\""),
        "{text}"
    );
    assert!(text.contains("about = \"price\""), "{text}");
    assert!(stage.app.dialog.is_none());
}

#[test]
fn an_entry_that_is_gone_keeps_the_form() {
    let mut stage = editing_a_concern();
    stage.keys("< そう聞いた>");
    stage.write("acme.toml", ACME.split("[concern").next().unwrap());
    stage.keys("ctrl-s");
    stage.says("そう聞いた").says("no longer in the file");
}

#[test]
fn a_form_waits_for_its_own_save_and_takes_no_keys_meanwhile() {
    let mut stage = two_customers();
    stage.hold().keys("a c <支払が> enter").says("saving");
    stage.tell(Msg::NotSaved {
        ticket: 99,
        message: "an older save failed".to_owned(),
        obstacle: None,
    });
    stage.says("saving");
    stage.keys("x esc").paste("y");
    stage.release();
    assert!(stage.app.dialog.is_none());
    assert!(stage.text("acme.toml").contains("said = \"支払が\"\n"));
}

#[test]
fn a_journal_read_anew_below_a_form_leaves_its_words_alone() {
    let mut stage = editing_a_concern();
    stage.keys("< と>");
    stage.write("aaa.toml", "name = \"Aaa\"\n");
    stage.reload().says("一括前払いは厳しい と");
    stage.keys("enter");
    assert!(stage.text("acme.toml").contains("一括前払いは厳しい と"));
}

// Broken files.

#[test]
fn a_broken_file_is_shown_with_its_place_and_never_written_to() {
    let mut stage = Stage::new(120, 40)
        .file("acme.toml", ACME)
        .file("cobalt.toml", BROKEN)
        .open();
    stage.says("? broken").says("! 1 problem");
    stage.keys("f <cobalt> enter");
    for keys in ["a", "e", "R", "enter a", "e", "D", "R"] {
        stage.keys(keys).says("does not parse");
        assert!(stage.app.dialog.is_none(), "{keys}");
    }
    assert_eq!(stage.effects(), []);
    stage.keys("!").says("cobalt.toml:4").keys("esc");
    stage.says("cobalt.toml does not parse: E opens it, ! says where");
    stage.hides("Nothing written down yet");
    let mut stage = Stage::new(120, 40)
        .file("cobalt.toml", BROKEN)
        .editor(|text, _| text.replace("half", "half\""))
        .open();
    stage.keys("E").hides("broken").hides("problem");
    assert_eq!(stage.effects().len(), 1, "the editor may, and it cures it");
}

#[test]
fn a_file_that_breaks_below_a_form_is_not_written_to() {
    let mut stage = editing_a_concern();
    stage.keys("< と>");
    let broken = ACME.replace("status = \"open\"", "status = \"open");
    stage.write("acme.toml", &broken);
    stage.keys("ctrl-s").says("一括前払いは厳しい と");
    assert_eq!(stage.text("acme.toml"), broken);
    assert!(stage.app.dialog.is_some());
}

// Undo.

#[test]
fn undo_on_top_of_a_file_that_moved_on_keeps_the_others_words() {
    let mut stage = two_customers();
    stage.keys("f <acme> enter a c <支払が> enter");
    stage.replace("acme.toml", "title = \"Web\"", "title = \"Web site\"");
    stage.keys("u").says("undone");
    let text = stage.text("acme.toml");
    assert!(
        text.contains("title = \"Web site\"") && !text.contains("支払が"),
        "{text}"
    );
}

#[test]
fn an_undo_that_would_lose_words_is_refused_and_says_why() {
    let mut stage = Stage::new(80, 24).file("acme.toml", ACME).open();
    stage.keys("enter e < そう聞いた> ctrl-s");
    stage.replace("acme.toml", "厳しい そう聞いた", "無理");
    stage.keys("u");
    stage
        .says("一括前払いは無理")
        .says("nothing was")
        .says("written");
    assert!(stage.text("acme.toml").contains("一括前払いは無理"));
}

#[test]
fn there_is_nothing_to_undo_in_a_new_journal() {
    let mut stage = two_customers();
    stage.keys("u").says("nothing to undo");
    stage.keys("U").says("nothing to redo");
}
