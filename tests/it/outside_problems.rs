//! The problems of the files while others write them: each is told as long as it is there.

use std::fs;

use crate::pty_stage::{Show, Stage};

/// Two equal keys, which only a strict look at the file finds.
const TWICE: &str = "name = \"青葉商店\"\nwhy = \"a\"\nwhy = \"b\"\n";

fn opened() -> (Stage, Show) {
    let stage = Stage::new()
        .file("aoba.toml", TWICE)
        .file("minato.toml", "name = \"港屋商店\"\n");
    let mut show = stage.start();
    show.shows("港屋商店").shows("! 1 problem");
    (stage, show)
}

fn write(stage: &Stage, file: &str, text: &str) {
    fs::write(stage.journal().join(file), text).unwrap();
}

#[test]
fn a_problem_stays_told_while_other_files_change() {
    let (stage, mut show) = opened();
    write(&stage, "minato.toml", "name = \"みなと屋\"\n");
    show.shows("みなと屋").shows("! 1 problem");
    show.types("n").shows("┌ new customer").types("別の店\r");
    show.hides("┌ new customer").shows("! 1 problem");
}

#[test]
fn what_is_only_found_by_a_strict_look_is_told_when_it_comes_and_goes() {
    let (stage, mut show) = opened();
    write(
        &stage,
        "minato.toml",
        &TWICE.replace("青葉商店", "港屋商店"),
    );
    show.shows("! 2 problems");
    write(&stage, "aoba.toml", "name = \"青葉商店\"\nwhy = \"a\"\n");
    show.shows("! 1 problem ");
}

#[test]
fn a_problem_that_moves_to_another_line_is_told_there() {
    let (stage, mut show) = opened();
    show.types("!").shows("aoba.toml:3");
    write(&stage, "aoba.toml", &format!("# one more line\n{TWICE}"));
    show.shows("aoba.toml:4");
}
