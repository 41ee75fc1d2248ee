//! Logging a call in one breath: the promise of the first page, counted in keys.

use goodwill::ui::msg::Effect;

use crate::stage::{Stage, key_count};

#[test]
fn a_call_with_its_next_step_takes_eight_keys_at_most_besides_the_words() {
    let keys = "enter a i <支払は分割なら> tab <見積2案を送り直す> tab <fri> enter";
    assert!(key_count(keys) <= 8, "{} keys", key_count(keys));
    let mut stage = Stage::new(80, 24).sample().open();
    stage.keys(keys);
    let added = stage.text("acme.toml");
    let added = added.split("[interaction.2026-11-21").nth(1).unwrap();
    for line in [
        "summary = \"支払は分割なら\"",
        "[promise.2026-11-21-",
        "by = \"us\"",
        "what = \"見積2案を送り直す\"",
        "due = 2026-11-27",
    ] {
        assert!(added.contains(line), "no {line} in {added}");
    }
    stage.says("支払は分割なら").says("due 2026-11-27");
    assert!(stage.app.dialog.is_none());
}

#[test]
fn eight_keys_are_enough_with_a_customer_found_by_filter() {
    let keys = "f <ほしぞら> enter a i <来月また話す> tab <資料を送る> tab <来週金曜> enter";
    assert!(key_count(keys) <= 8, "{} keys", key_count(keys));
    let mut stage = Stage::new(80, 24).sample().open();
    stage.keys(keys);
    let text = stage.text("hoshizora-clinic.toml");
    assert!(text.contains("summary = \"来月また話す\""), "{text}");
    assert!(
        text.ends_with("what = \"資料を送る\"\ndue = 2026-11-27\n"),
        "{text}"
    );
}

#[test]
fn one_save_is_one_step_to_undo_and_only_ever_touches_one_file() {
    let mut stage = Stage::new(120, 40).sample().open();
    let (before, others) = (stage.text("acme.toml"), stage.text("borealis.toml"));
    stage.keys("enter a i <支払は分割なら> tab <見積2案> tab <fri> enter");
    let after = stage.text("acme.toml");
    assert!(after.starts_with(&before), "what stood there still does");
    stage.keys("u");
    assert_eq!(stage.text("acme.toml"), before);
    stage.keys("U");
    assert_eq!(stage.text("acme.toml"), after);
    assert_eq!(stage.text("borealis.toml"), others);
    let saves = stage.effects().iter();
    let saves = saves.filter(|effect| matches!(effect, Effect::Save { .. }));
    assert_eq!(saves.count(), 1);
}

#[test]
fn looking_around_asks_nothing_of_the_world_and_changes_no_file() {
    let mut stage = Stage::new(120, 40).sample().open();
    let before = stage.text("acme.toml");
    stage.keys("j k enter ] ] ] ] ] ] ] enter esc e esc a esc ? esc ! esc f <支払> enter esc esc s s s s G g");
    assert_eq!(stage.effects(), []);
    assert_eq!(stage.text("acme.toml"), before);
}
