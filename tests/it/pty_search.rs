//! The search in a terminal: an input method's words, a hit opened, and files that change.

use std::process::Command;

use crate::pty_stage::Stage;

const MINATO: &str = "name = \"港屋商店\"\n\n[concern.2026-11-01]\nsaid = \"納期が心配\"\nabout = \"timing\"\nstatus = \"open\"\n\n[fact.2026-10-01]\nsaid = \"倉庫は横浜\"\n";

fn sed(stage: &Stage, script: &str) {
    let path = stage.journal().join("minato.toml");
    let done = Command::new("sed").arg("-i").arg(script).arg(path).status();
    assert!(done.unwrap().success());
}

#[test]
fn japanese_words_are_found_while_they_are_typed_and_the_hit_is_opened() {
    let stage = Stage::new().file("minato.toml", MINATO);
    let mut show = stage.start();
    show.shows("港屋商店");
    show.types("/")
        .shows("3 to search")
        .cursor_behind("search ");
    show.types("納期").shows("1 of 3").shows("納期が心配");
    show.cursor_behind("search 納期");
    // The cursor goes by whole characters, each two cells wide.
    show.types("\x1b[D").cursor_behind("search 納");
    show.types("\r").shows("e edit").hides("best first");
    show.types("\x1b").shows("search 納期").shows("1 of 3");
    show.types("\x1b").hides("best first").shows("港屋商店");
    show.types("q").ends_with(0);
}

#[test]
fn the_results_follow_what_others_write() {
    let stage = Stage::new().file("minato.toml", MINATO);
    let mut show = stage.start();
    show.shows("港屋商店").types("/横浜").shows("1 of 3");
    sed(&stage, "s/納期が心配/横浜の納期が心配/");
    show.shows("2 of 3").shows("横浜の納期");
    sed(&stage, "s/横浜/川崎/");
    show.shows("Nothing found for 横浜 among 3");
    // All in one breath, as keys come in over a slow line.
    show.types("\x15倉庫\r")
        .shows("倉庫は川崎")
        .hides("best first");
    show.types("\x03").ends_with(0);
}

#[test]
fn what_was_looked_for_is_there_in_the_next_session() {
    let stage = Stage::new().file("minato.toml", MINATO);
    let mut show = stage.start();
    show.shows("港屋商店")
        .types("/納期\r")
        .shows("said")
        .hides("best first");
    show.types("\x03").ends_with(0);
    let mut show = stage.start();
    show.shows("港屋商店").types("/").shows("earlier  納期");
    show.types("\r").shows("1 of 3");
    show.types("\x1b")
        .hides("best first")
        .types("q")
        .ends_with(0);
}
