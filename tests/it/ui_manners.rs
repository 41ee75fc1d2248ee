//! Selections that stay where they were, first starts, editors, moves and removals.

use goodwill::ui::msg::{Effect, Msg};

use crate::small_journal::{ACME, BOREALIS, two_customers};
use crate::stage::{Stage, key};

// Selections.

#[test]
fn the_selected_customer_is_found_again_by_its_key() {
    let mut stage = two_customers();
    let selected = |stage: &Stage| stage.app.customers.key.clone();
    stage.keys("f <borealis> enter esc");
    assert_eq!(selected(&stage).as_deref(), Some("borealis"));
    stage.write("aaa.toml", "name = \"Aaa\"\n");
    stage.reload();
    assert_eq!(selected(&stage).as_deref(), Some("borealis"));
    for _ in 0..4 {
        stage.keys("s");
        assert_eq!(selected(&stage).as_deref(), Some("borealis"));
        assert!(stage.row(stage.cursor().unwrap().y).contains("▸ Borealis"));
    }
    stage.resize(80, 24).resize(120, 40);
    assert_eq!(selected(&stage).as_deref(), Some("borealis"));
}

#[test]
fn the_selected_entry_is_found_again_by_its_key() {
    let mut stage = Stage::new(120, 40).sample().open();
    stage.keys("enter j j");
    let selected = |stage: &Stage| stage.app.customers.page.id.clone();
    let id = selected(&stage);
    stage.replace(
        "acme.toml",
        "[contact.yamada-hanako]",
        "[interaction.2026-11-21]\nsummary = \"新しい\"\n\n[contact.yamada-hanako]",
    );
    stage.reload();
    assert_eq!(selected(&stage), id);
    stage.keys("f <payment> enter esc");
    assert_eq!(selected(&stage), id);
}

#[test]
fn what_was_just_made_is_selected_also_behind_a_filter() {
    let mut stage = two_customers();
    stage.keys("f <acme> enter n <Zenith> enter");
    assert_eq!(stage.app.customers.key.as_deref(), Some("zenith"));
    stage.says("▸ Zenith");
    stage
        .keys("a c <First worry> enter enter enter")
        .says("First worry");
}

// The world around.

#[test]
fn the_first_start_offers_a_journal_and_keeps_the_name_where_that_fails() {
    let mut stage = Stage::new(80, 24).first();
    stage.hold().keys("<アクメ商事> enter");
    assert_eq!(
        stage.effects(),
        [Effect::Begin {
            customer: Some("アクメ商事".to_owned())
        }]
    );
    stage.tell(Msg::Notice("no room on the disk".to_owned()));
    stage.says("no room on the disk").says("アクメ商事");
    stage.release();
    stage.says("▸ アクメ商事").hides("a new journal");
    assert_eq!(stage.text("アクメ商事.toml"), "name = \"アクメ商事\"\n");
    let mut stage = Stage::new(80, 24).first();
    stage
        .keys("enter")
        .says("Borealis GmbH")
        .says("today is 2026-11-21");
}

#[test]
fn the_editor_opens_at_the_line_of_the_entry_and_the_page_follows() {
    let mut stage = Stage::new(120, 40)
        .file("acme.toml", ACME)
        .editor(|text, line| {
            let at = text.lines().nth(line as usize - 1).unwrap().to_owned();
            assert_eq!(at, "[concern.2026-11-20]");
            text.replace("一括前払い", "前払い")
        });
    stage
        .reload()
        .keys("enter E")
        .says("前払いは厳しい")
        .hides("一括");
}

#[test]
fn an_entry_moves_to_another_customer_and_a_customer_to_another_folder() {
    let mut stage = two_customers();
    stage.keys("f <acme> enter enter R <bor> down enter enter");
    assert!(stage.text("borealis.toml").contains("一括前払いは厳しい"));
    assert!(!stage.text("acme.toml").contains("一括前払いは厳しい"));
    stage.says("Borealis");
    stage
        .keys("esc R ctrl-u <archive/borealis> enter")
        .says("archive/");
    assert!(stage.text("archive/borealis.toml").contains("Borealis"));
    stage.keys("u u");
    assert_eq!(stage.text("acme.toml"), ACME);
    assert_eq!(stage.text("borealis.toml"), BOREALIS);
}

#[test]
fn a_removal_is_asked_for_and_can_be_undone() {
    let mut stage = two_customers();
    stage
        .keys("f <acme> enter enter D")
        .says("Remove this concern of 2026-11-20?");
    stage.keys("n");
    assert_eq!(stage.effects(), []);
    stage.keys("D y").says("removed");
    assert!(!stage.text("acme.toml").contains("[concern"));
    stage.keys("u");
    assert_eq!(stage.text("acme.toml"), ACME);
}

#[test]
fn ctrl_z_reaches_the_shell_from_everywhere() {
    for way in ["", "a", "a c <x>", "f <a>", "?", "enter enter", "enter D"] {
        let mut stage = two_customers();
        stage.keys(way).keys("ctrl-z");
        assert_eq!(stage.effects(), [Effect::Suspend], "{way}");
    }
}

#[test]
fn a_key_let_go_is_nothing() {
    use ratatui::crossterm::event::{KeyEvent, KeyEventKind};
    let mut stage = two_customers();
    let before = stage.screen();
    let key = key("?");
    stage.press(KeyEvent {
        kind: KeyEventKind::Release,
        ..key
    });
    assert_eq!(stage.screen(), before);
}
