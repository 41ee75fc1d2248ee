//! `S` in real terminals: two machines, one bare repository between them, and nothing typed but
//! what a person has to say.

use crate::clones::Clones;
use crate::pty_stage::{Show, Stage};

const ACME: &str = "name = \"アクメ商事\"\n\n[concern.2026-11-01-aaaaaa]\ndate = 2026-11-01\nsaid = \"高い\"\nstatus = \"open\"\n";

/// A terminal on one of the machines, in whose header there is room for the branch.
fn machine(clones: &Clones, name: &str) -> Stage {
    let env = clones.env(name).into_iter();
    let mut stage = env.fold(Stage::new(), |stage, (name, value)| stage.env(&name, value));
    stage.resized((99, 24));
    stage
}

fn opened(stage: &Stage) -> Show {
    let mut show = stage.start();
    show.shows("アクメ商事").shows("main");
    show
}

/// `S`, and Enter where it asks; the program is back when it says this.
#[track_caller]
fn syncs(show: &mut Show, end: &str) {
    show.types("S").shows("Enter go").types("\r").shows(end);
    show.until("the terminal back", |show| show.has_terminal());
}

#[test]
fn what_was_logged_on_two_machines_is_seen_on_both_after_s_on_both() {
    let clones = Clones::new(&[("acme.toml", ACME)]).and("two");
    let stages = [machine(&clones, "one"), machine(&clones, "two")];
    let [mut one, mut two] = [opened(&stages[0]), opened(&stages[1])];
    for (show, words) in [(&mut one, "支払の相談"), (&mut two, "納期の相談")] {
        show.types("ai")
            .shows("summary")
            .types(&format!("{words}\r"));
        // In marks or in words, as there is room.
        show.until("a change that waits", |show| {
            let text = show.text();
            text.contains("main +1") || text.contains("1 changed")
        });
    }
    syncs(&mut one, "synced: 1 sent, 0 received");
    syncs(&mut two, "synced: ");
    syncs(&mut one, "received");
    for show in [&mut one, &mut two] {
        show.shows("支払の相談").shows("納期の相談");
        show.hides("main +").hides("1 changed").types("qq");
        show.ends_with(0);
    }
    assert_eq!(
        clones.read("one", "acme.toml"),
        clones.read("two", "acme.toml")
    );
    assert_eq!(clones.git("one", "status --porcelain"), "");
}

#[test]
fn what_both_changed_is_decided_on_screen_and_the_sync_goes_on() {
    for rebase in ["false", "true"] {
        let clones = Clones::new(&[("acme.toml", ACME)]).and("two");
        for name in ["one", "two"] {
            clones.git(name, &format!("config pull.rebase {rebase}"));
            clones.git(name, &format!("config user.name {name}"));
        }
        clones.edit("one", "acme.toml", "\"高い\"", "\"高すぎる\"");
        clones.edit("two", "acme.toml", "\"高い\"", "\"少し高い\"");
        clones.run("one", "sync").ok();
        let stage = machine(&clones, "two");
        let mut show = opened(&stage);
        syncs(&mut show, "said");
        show.shows("! 1 to decide")
            .shows("theirs, from origin/main")
            .shows("one, 2026-11-21")
            .shows("+ 高すぎる")
            .shows("ours, here")
            .shows("two, 2026-11-21")
            .shows("+ 少し高い");
        show.types("m").shows("Nothing is left to decide");
        show.types("\r").shows("synced: ");
        show.until("the terminal back", |show| show.has_terminal());
        show.hides("to decide").types("q");
        show.ends_with(0);
        assert!(clones.read("two", "acme.toml").contains("\"少し高い\""));
        clones.run("one", "sync").ok();
        assert_eq!(
            clones.read("one", "acme.toml"),
            clones.read("two", "acme.toml")
        );
        assert_eq!(clones.git("two", "status --porcelain"), "");
    }
}

#[test]
fn a_sync_that_fails_can_be_read_before_the_program_comes_back() {
    let clones = Clones::new(&[("acme.toml", ACME)]);
    std::fs::remove_dir_all(clones.path().join("hub")).unwrap();
    let stage = machine(&clones, "one");
    let mut show = opened(&stage);
    show.types("S").shows("Enter go").types("\r");
    show.shows("Enter goes back to goodwill");
    show.until("the terminal restored", |show| show.is_restored());
    show.types("\r").shows("stopped: ");
    show.until("the terminal back", |show| show.has_terminal());
    show.types("q").ends_with(0);
}

#[test]
fn the_past_of_an_entry_comes_out_of_git_and_the_history_of_this_machine() {
    let clones = Clones::new(&[("acme.toml", ACME)]);
    clones.edit("one", "acme.toml", "\"高い\"", "\"高すぎる\"");
    clones.git("one", "commit -qam dearer");
    let stage = machine(&clones, "one");
    let mut show = opened(&stage);
    show.types("\r").shows("高すぎる").types("H");
    show.shows("past of concern 2026-11-01");
    show.shows("Hanako  changed").shows("高い ▹ 高すぎる");
    show.shows("Hanako  made").types("qqq");
    show.ends_with(0);
}

#[test]
fn outside_of_a_repository_s_says_what_to_type() {
    let stage = Stage::new()
        .file("acme.toml", ACME)
        .env("GIT_CEILING_DIRECTORIES", "/");
    let mut show = stage.start();
    show.shows("アクメ商事").types("S");
    // Where git has not answered yet, a moment later.
    show.until("the answer", |show| {
        if show.text().contains("git has not said yet") {
            show.types("S");
        }
        show.text().contains("git init")
    });
    show.types("q").ends_with(0);
}
