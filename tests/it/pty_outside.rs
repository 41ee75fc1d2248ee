//! What others do to the files while the program is open: vim, sed, git.

use std::fs;
use std::process::Command;

use crate::pty_stage::{Show, Stage};

const MINATO: &str = "name = \"港屋商店\"\nstatus = \"active\"\n\n[concern.2026-11-01]\nsaid = \"納期が心配\"\nabout = \"timing\"\nstatus = \"open\"\n";

fn opened(stage: &Stage) -> Show {
    let mut show = stage.start();
    show.shows("港屋商店");
    show
}

fn sed(stage: &Stage, script: &str, file: &str) {
    let path = stage.journal().join(file);
    let done = Command::new("sed").arg("-i").arg(script).arg(path).status();
    assert!(done.unwrap().success());
}

#[test]
fn a_new_customer_and_a_changed_name_appear_by_themselves() {
    let stage = Stage::new().file("minato.toml", MINATO);
    let mut show = opened(&stage);
    fs::write(stage.journal().join("aoba.toml"), "name = \"青葉商店\"\n").unwrap();
    show.shows("青葉商店");
    sed(&stage, "s/港屋商店/みなと屋/", "minato.toml");
    show.shows("みなと屋");
    fs::remove_file(stage.journal().join("aoba.toml")).unwrap();
    show.until("the customer gone", |show| {
        !show.text().contains("青葉商店")
    });
    show.types("q").ends_with(0);
}

#[test]
fn a_file_that_breaks_and_heals_outside_is_told() {
    let stage = Stage::new().file("minato.toml", MINATO);
    let mut show = opened(&stage);
    sed(&stage, "s/^status.*/status = \"active/", "minato.toml");
    show.shows("! 2 problems");
    sed(&stage, "s/^status.*/status = \"open\"/", "minato.toml");
    show.until("no problem", |show| !show.text().contains("problem"));
}

#[test]
fn an_open_form_is_told_and_its_save_keeps_what_others_wrote() {
    let stage = Stage::new().file("minato.toml", MINATO);
    let mut show = opened(&stage);
    show.types("\r\re")
        .shows("edit concern")
        .types("、とのこと");
    sed(&stage, "s/timing/delivery/", "minato.toml");
    show.shows("changed by another program");
    show.types("\r").shows("said changed");
    let text = stage.read("minato.toml");
    assert!(text.contains("said = \"納期が心配、とのこと\""), "{text}");
    assert!(text.contains("about = \"delivery\""), "{text}");
}

#[test]
fn the_same_field_changed_by_both_keeps_the_form_and_shows_both() {
    let stage = Stage::new().file("minato.toml", MINATO);
    let mut show = opened(&stage);
    show.types("\r\re")
        .shows("edit concern")
        .types("、とのこと");
    sed(&stage, "s/納期が心配/納期は大丈夫/", "minato.toml");
    show.shows("changed by another program");
    show.types("\r")
        .shows("納期は大丈夫")
        .shows("納期が心配、とのこと");
    assert!(stage.read("minato.toml").contains("納期は大丈夫"));
}
