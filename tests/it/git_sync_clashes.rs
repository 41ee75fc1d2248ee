//! A sync where both machines wrote about the same customer: most of it settles itself, and what
//! does not is told, decided, and gone on with.

use crate::clones::Clones;

const ACME: &str = "\
name = \"アクメ商事\"

[concern.2026-11-01-aaaaaa]
date = 2026-11-01
said = \"高い\"
status = \"open\"
";
const BOREALIS: &str = "name = \"Borealis\"\n";

fn two(rebase: bool) -> Clones {
    let files = [("acme.toml", ACME), ("borealis.toml", BOREALIS)];
    let clones = Clones::new(&files).and("two");
    for machine in ["one", "two"] {
        clones.git(machine, &format!("config pull.rebase {rebase}"));
    }
    clones
}

fn entry(kind: &str, key: &str) -> String {
    format!("\n[{kind}.2026-11-21-{key}]\ndate = 2026-11-21\nnotes = \"{key}\"\n")
}

/// Both changed the status of the concern; what one wrote is sent.
fn clashed(rebase: bool) -> Clones {
    let clones = two(rebase);
    clones.edit("one", "acme.toml", "\"open\"", "\"answered\"");
    clones.write(
        "one",
        "borealis.toml",
        &(BOREALIS.to_owned() + &entry("fact", "ffffff")),
    );
    clones.run("one", "sync").ok();
    clones.edit("two", "acme.toml", "\"open\"", "\"gone\"");
    clones
}

#[track_caller]
fn both_have(clones: &Clones, name: &str, text: &str) {
    clones.run("one", "sync").ok();
    clones.run("two", "sync").ok();
    assert_eq!(clones.read("one", name), text);
    assert_eq!(clones.read("two", name), text);
}

#[test]
fn two_who_logged_on_the_same_customer_meet_without_a_question() {
    for rebase in [false, true] {
        let clones = two(rebase);
        clones.write(
            "one",
            "acme.toml",
            &(ACME.to_owned() + &entry("fact", "bbbbbb")),
        );
        clones.write(
            "two",
            "acme.toml",
            &(ACME.to_owned() + &entry("promise", "cccccc")),
        );
        clones.run("one", "sync").ok();
        let ran = clones.run("two", "sync").ok();
        ran.stdout_has("resolve  acme.toml\n         done, by entry and field\n")
            .stdout_has("received\n  アクメ商事: 1 fact\nsynced: 1 sent, 1 received\n");
        let both = ACME.to_owned() + &entry("fact", "bbbbbb") + &entry("promise", "cccccc");
        both_have(&clones, "acme.toml", &both);
        assert_eq!(clones.log("two").len(), if rebase { 3 } else { 4 });
    }
}

#[test]
fn different_fields_of_one_entry_go_together() {
    for rebase in [false, true] {
        let clones = two(rebase);
        clones.edit("one", "acme.toml", "\"高い\"", "\"一括は高い\"");
        clones.edit("two", "acme.toml", "\"open\"", "\"answered\"");
        clones.run("one", "sync").ok();
        clones.run("two", "sync").ok();
        let both = ACME
            .replace("高い", "一括は高い")
            .replace("open", "answered");
        both_have(&clones, "acme.toml", &both);
    }
}

#[test]
fn a_field_that_both_changed_is_asked_for_and_the_sync_goes_on() {
    for rebase in [false, true] {
        let clones = clashed(rebase);
        let ran = clones.run("two", "sync").code(1);
        let summary = "stopped: 1 field to decide in acme";
        assert_eq!(ran.stdout.lines().last(), Some(summary), "{ran}");
        ran.stderr_has("acme, concern.2026-11-01-aaaaaa: status")
            .stderr_has("here   \"gone\"  (Hanako, 2026-11-21)")
            .stderr_has("there  \"answered\"  (Hanako, 2026-11-21)")
            .stderr_has("was    \"open\"")
            .stderr_has("goodwill resolve")
            .stderr_has("goodwill sync --abort");
        // Asked again it says the same, and nothing is sent.
        let again = clones.run("two", "sync --json").code(1).json();
        let fields = &again["stopped"]["deciding"][0]["fields"][0];
        assert_eq!(fields["here"], "gone");
        assert_eq!(fields["there"], "answered");
        clones.run("two", "resolve acme.toml --take here").ok();
        let what = if rebase { "rebase" } else { "merge " };
        let ran = clones.run("two", "sync").ok();
        ran.stdout_has(&format!(
            "{what}   goes on where it stopped\n         done\n"
        ))
        .stdout_has("synced: 1 sent, 1 received\n");
        both_have(&clones, "acme.toml", &ACME.replace("open", "gone"));
        let history = clones.run("two", "history").ok().stdout;
        assert_eq!(history.matches("received: ").count(), 1, "{history}");
        clones.run("two", "undo").ok();
        assert_eq!(clones.read("two", "borealis.toml"), BOREALIS);
        assert_eq!(
            clones.read("two", "acme.toml"),
            ACME.replace("open", "gone")
        );
    }
}

#[test]
fn what_is_put_right_in_an_editor_is_taken_as_it_is() {
    for rebase in [false, true] {
        let clones = clashed(rebase);
        clones.run("two", "sync").code(1);
        let marked = clones.read("two", "acme.toml");
        assert!(marked.contains("<<<<<<< "), "{marked}");
        clones.write("two", "acme.toml", &ACME.replace("open", "accepted"));
        clones.run("two", "sync").ok().stdout_has("synced: 1 sent");
        both_have(&clones, "acme.toml", &ACME.replace("open", "accepted"));
    }
}

#[test]
fn a_merge_that_stopped_can_be_dropped_and_what_was_committed_stays() {
    for rebase in [false, true] {
        let clones = clashed(rebase);
        clones.run("two", "sync").code(1);
        let what = if rebase { "rebase" } else { "merge" };
        clones
            .run("two", "sync --abort")
            .ok()
            .stdout(&format!("dropped: the {what}; what you committed stays\n"));
        assert_eq!(
            clones.read("two", "acme.toml"),
            ACME.replace("open", "gone")
        );
        assert_eq!(clones.read("two", "borealis.toml"), BOREALIS);
        assert_eq!(clones.log("two"), ["アクメ商事: concern gone", "begun"]);
        assert_eq!(clones.git("two", "status --porcelain"), "");
        clones
            .run("two", "sync --abort")
            .code(1)
            .stdout_has("stopped: nothing is under way");
        clones.run("two", "history").code(3);
        clones.run("two", "sync").code(1);
        clones.run("two", "resolve acme --take there").ok();
        clones.run("two", "sync").ok();
        both_have(&clones, "acme.toml", &ACME.replace("open", "answered"));
    }
}

#[test]
fn what_is_written_while_a_question_is_open_is_not_lost() {
    for rebase in [false, true] {
        let clones = clashed(rebase);
        clones.run("two", "sync").code(1);
        let grown = clones.read("two", "borealis.toml") + &entry("promise", "dddddd");
        clones.write("two", "borealis.toml", &grown);
        clones.write("two", "new.toml", "name = \"New\"\n");
        clones.run("two", "resolve --take there").code(0);
        clones.run("two", "sync").ok();
        both_have(&clones, "borealis.toml", &grown);
        assert_eq!(clones.read("one", "new.toml"), "name = \"New\"\n");
        assert_eq!(clones.git("two", "status --porcelain"), "");
    }
}

#[test]
fn each_of_several_commits_is_settled_in_a_rebase() {
    let clones = two(true);
    let mut theirs = ACME.to_owned();
    for key in ["bbbbbb", "cccccc"] {
        theirs += &entry("fact", key);
        clones.write("one", "acme.toml", &theirs);
        clones.git("one", "commit -qam elsewhere");
    }
    clones.run("one", "sync").ok().stdout_has("synced: 2 sent");
    let mut ours = ACME.to_owned();
    for key in ["dddddd", "eeeeee", "ffffff"] {
        ours += &entry("promise", key);
        clones.write("two", "acme.toml", &ours);
        clones.git("two", "commit -qam here");
    }
    clones
        .run("two", "sync")
        .ok()
        .stdout_has("synced: 3 sent, 2 received");
    let mut all = theirs;
    for key in ["dddddd", "eeeeee", "ffffff"] {
        all += &entry("promise", key);
    }
    both_have(&clones, "acme.toml", &all);
}

#[test]
fn a_customer_that_was_removed_there_and_changed_here_stays() {
    for rebase in [false, true] {
        let clones = two(rebase);
        clones.git("one", "rm -q acme.toml");
        clones.run("one", "sync").ok();
        let grown = ACME.to_owned() + &entry("fact", "bbbbbb");
        clones.write("two", "acme.toml", &grown);
        let ran = clones.run("two", "sync").ok();
        ran.stderr_has("acme.toml: it was removed on one side and changed on the other: it stays");
        both_have(&clones, "acme.toml", &grown);
    }
}

#[test]
fn three_machines_end_with_the_same() {
    let clones = two(false).and("three");
    let machines = ["one", "two", "three"];
    for (machine, key) in machines.into_iter().zip(["bbbbbb", "cccccc", "dddddd"]) {
        let text = clones.read(machine, "acme.toml") + &entry("fact", key);
        clones.write(machine, "acme.toml", &text);
    }
    for machine in machines.iter().chain(&machines) {
        clones.run(machine, "sync").ok();
    }
    let text = clones.read("one", "acme.toml");
    for key in ["bbbbbb", "cccccc", "dddddd"] {
        assert!(text.contains(&entry("fact", key)), "{text}");
    }
    for machine in machines {
        assert_eq!(clones.read(machine, "acme.toml"), text);
    }
}

#[test]
fn a_clash_outside_of_the_journal_is_left_to_the_person() {
    let files = [("acme.toml", ACME)];
    let clones = Clones::below("journal", &files).and("two");
    for (machine, text) in [("one", "1\n"), ("two", "2\n")] {
        std::fs::write(clones.top(machine).join("letter.txt"), text).unwrap();
        clones.git(machine, "add :/letter.txt");
        clones.git(machine, "commit -qm letter");
    }
    clones.write(
        "one",
        "acme.toml",
        &(ACME.to_owned() + &entry("fact", "bbbbbb")),
    );
    clones.write(
        "two",
        "acme.toml",
        &(ACME.to_owned() + &entry("fact", "cccccc")),
    );
    clones.run("one", "sync").ok();
    clones
        .run("two", "sync")
        .code(1)
        .stdout_has("stopped: 1 file to put right by hand\n")
        .stderr_has("not the journal's, so yours to merge: letter.txt")
        .stderr_has("git status");
    let letter = clones.top("two").join("letter.txt");
    std::fs::write(letter, "3\n").unwrap();
    clones.git("two", "add :/letter.txt");
    clones.run("two", "sync").ok().stdout_has("synced: 2 sent");
    let both = ACME.to_owned() + &entry("fact", "bbbbbb") + &entry("fact", "cccccc");
    assert_eq!(clones.read("two", "acme.toml"), both);
}

#[test]
fn a_merge_that_lost_an_entry_is_not_sent_before_it_was_told() {
    let clones = clashed(false);
    let grown = clones.read("two", "acme.toml") + &entry("fact", "bbbbbb");
    clones.write("two", "acme.toml", &grown);
    clones.run("two", "sync").code(1);
    clones.write("two", "acme.toml", &ACME.replace("open", "answered"));
    clones.git("two", "add acme.toml");
    clones
        .run("two", "sync")
        .code(1)
        .stdout_has("stopped: the merge is not whole, so nothing was sent\n")
        .stderr_has("acme: fact.2026-11-21-bbbbbb of one side is not in the merge")
        .stderr_has("git show ");
    assert_eq!(clones.git("two", "rev-list --count @{u}..HEAD"), "2\n");
    let back = clones.read("two", "acme.toml") + &entry("fact", "bbbbbb");
    clones.write("two", "acme.toml", &back);
    clones.run("two", "sync").ok().stdout_has("synced: 2 sent");
    both_have(&clones, "acme.toml", &back);
}

#[test]
fn with_the_driver_set_up_git_itself_merges_by_entry() {
    let clones = two(false);
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_goodwill"));
    let driver = format!("{} merge-driver %O %A %B %L %P", binary.display());
    clones.git("two", &format!("config merge.goodwill.driver '{driver}'"));
    clones.write(
        "one",
        "acme.toml",
        &(ACME.to_owned() + &entry("fact", "bbbbbb")),
    );
    clones.write(
        "two",
        "acme.toml",
        &(ACME.to_owned() + &entry("promise", "cccccc")),
    );
    clones.run("one", "sync").ok();
    let ran = clones.run("two", "sync").ok();
    assert!(!ran.stdout.contains("resolve"), "{ran}");
    let both = ACME.to_owned() + &entry("fact", "bbbbbb") + &entry("promise", "cccccc");
    both_have(&clones, "acme.toml", &both);
}

#[test]
fn what_a_stash_left_is_settled_before_it_is_committed() {
    let clones = two(false);
    clones.write(
        "two",
        "acme.toml",
        &(ACME.to_owned() + &entry("promise", "cccccc")),
    );
    clones.git("two", "stash -q");
    clones.write(
        "one",
        "acme.toml",
        &(ACME.to_owned() + &entry("fact", "bbbbbb")),
    );
    clones.run("one", "sync").ok();
    clones.run("two", "sync").ok();
    let popped = std::process::Command::new("git")
        .envs(clones.env("two"))
        .current_dir(clones.journal("two"))
        .args(["stash", "pop", "-q"])
        .output()
        .unwrap();
    assert!(!popped.status.success());
    clones
        .run("two", "sync")
        .ok()
        .stdout_has("synced: 1 sent, 0 received\n");
    let both = ACME.to_owned() + &entry("fact", "bbbbbb") + &entry("promise", "cccccc");
    both_have(&clones, "acme.toml", &both);
}

#[test]
fn a_file_that_came_broken_is_told_and_stops_nothing_else() {
    let clones = two(false);
    clones.write("one", "acme.toml", "name = \"アクメ\nstatus = open\n");
    clones.git("one", "commit -qam by-hand");
    clones.git("one", "push -q");
    clones.write(
        "two",
        "borealis.toml",
        &(BOREALIS.to_owned() + &entry("fact", "bbbbbb")),
    );
    clones
        .run("two", "sync")
        .ok()
        .stderr_has("acme.toml: came from elsewhere and does not parse: line 1")
        .stdout_has("synced: 1 sent, 1 received\n");
    clones.run("two", "undo").ok();
    assert_eq!(clones.read("two", "acme.toml"), ACME);
}
