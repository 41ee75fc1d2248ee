//! The problems of the files, and the way from each to its line.

use goodwill::ui::msg::Effect;

use crate::stage::Stage;

/// Two files that are broken, each at a line of its own.
fn two_broken() -> Stage {
    let (first, second) = (
        "name = \"Acme\"\nstatus = \"open\n",
        "name = \"Borealis\"\n\n[concern.2026-11-01]\nsaid = \"half a line\n",
    );
    Stage::new(80, 24)
        .file("acme.toml", first)
        .file("borealis.toml", second)
        .open()
}

fn opened(stage: &Stage) -> Vec<(&str, u32)> {
    let effects = stage.effects().iter();
    let editor = |effect| match effect {
        &Effect::Editor { ref customer, line } => Some((customer.as_str(), line)),
        _ => None,
    };
    effects.filter_map(editor).collect()
}

#[test]
fn enter_opens_the_selected_problem_at_its_line() {
    let mut stage = two_broken();
    stage.keys("!").says("▸ acme.toml:2").keys("enter");
    stage.keys("j").says("▸ borealis.toml:4").keys("enter");
    assert_eq!(opened(&stage), [("acme", 2), ("borealis", 4)]);
}

#[test]
fn what_was_put_right_is_gone_from_the_list() {
    let mut stage = two_broken();
    stage = stage.editor(|text, _| text.replace("open\n", "open\"\n"));
    stage.keys("! enter").hides("acme.toml:2");
    stage.write("borealis.toml", "name = \"Borealis\"\n");
    stage.reload();
    stage.says("No problems: every file reads well.");
    stage.keys("enter j k G").says("No problems");
    assert_eq!(opened(&stage).len(), 1);
}

#[test]
fn what_the_editor_is_not_for_is_said() {
    let mut stage = Stage::new(80, 24)
        .file(".goodwill.toml", "currency = \"yen\n")
        .open();
    stage
        .keys("! enter")
        .says(".goodwill.toml:1 is no customer's file");
    assert!(opened(&stage).is_empty());

    let mut stage = Stage::new(80, 24).file("acme.toml/inside.txt", "").open();
    stage
        .keys("! enter")
        .says("acme.toml can't be opened from here: give it a name");
    assert!(opened(&stage).is_empty());
}

#[test]
fn the_selected_problem_is_seen_however_many_there_are() {
    let mut stage = (0..40).fold(Stage::new(80, 24), |stage, at| {
        stage.file(&format!("c{at:02}.toml"), "name = \"open\n")
    });
    stage = stage.open();
    stage.keys("!").says("▸ c00.toml:1").says("▾");
    stage
        .keys("j j j j j j j")
        .says("▸ c07.toml:1")
        .hides("c00.toml:1");
    stage.keys("G").says("▸ c39.toml:1").hides("▾");
    assert!(stage.before_cursor().ends_with('│'));
    stage.keys("g").says("▸ c00.toml:1");
}
