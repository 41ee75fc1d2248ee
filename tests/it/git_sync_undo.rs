//! What a sync brought is one step of the history.

use crate::git_sync::{ACME, BOREALIS, call, logs, two};

#[test]
fn what_came_is_one_step_of_the_history_and_can_be_taken_back_and_done_again() {
    let clones = two();
    logs(&clones, "one", "acme.toml", "cccccc");
    clones.write("one", "new/dawn.toml", "name = \"Dawn\"\n");
    clones.run("one", "sync").ok();
    std::fs::remove_file(clones.journal("one").join("borealis.toml")).unwrap();
    clones.run("one", "sync").ok();
    clones.run("two", "sync").ok();
    clones
        .run("two", "history")
        .ok()
        .stdout_has("received: アクメ商事: call; Dawn: new customer; Borealis: removed\n");
    let log = clones.log("two");
    clones.run("two", "undo").ok();
    assert_eq!(clones.read("two", "acme.toml"), ACME);
    assert_eq!(clones.read("two", "borealis.toml"), BOREALIS);
    assert!(!clones.journal("two").join("new").exists());
    assert_eq!(clones.log("two"), log, "commits stay");
    clones.run("two", "redo").ok();
    assert_eq!(clones.git("two", "status --porcelain"), "");
    clones.run("two", "undo").ok();
    clones
        .run("two", "sync")
        .ok()
        .stdout_has("synced: 1 sent, 0 received\n");
    clones.run("one", "sync").ok();
    assert_eq!(clones.read("one", "acme.toml"), ACME);
    assert_eq!(clones.read("one", "borealis.toml"), BOREALIS);
}

#[test]
fn what_came_is_taken_back_from_under_what_was_written_since() {
    let clones = two();
    clones.edit("one", "acme.toml", "\"open\"", "\"answered\"");
    logs(&clones, "one", "borealis.toml", "cccccc");
    clones.run("one", "sync").ok();
    clones.run("two", "sync").ok();
    let grown = clones.read("two", "acme.toml") + &call("dddddd");
    clones.write("two", "acme.toml", &grown);
    clones.run("two", "undo").ok();
    assert_eq!(
        clones.read("two", "acme.toml"),
        ACME.to_owned() + &call("dddddd")
    );
    assert_eq!(clones.read("two", "borealis.toml"), BOREALIS);
}
