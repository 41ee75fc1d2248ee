//! A sync on a machine whose git was not told to merge by entry: what it merges by lines without a
//! word, and wrong, is put right before it is sent.

use crate::clones::Clones;
use crate::git_unasked::{FACT, two_states, with_fact};

/// Both machines wrote the same fact, at different places, and on the second one git merged that.
fn merged_by_hand() -> Clones {
    let clones = Clones::new(&[("acme.toml", &with_fact(&[]))]).and("two");
    clones.write("one", "acme.toml", &with_fact(&[0]));
    clones.run("one", "sync").ok();
    clones.write("two", "acme.toml", &with_fact(&[2]));
    clones.git("two", "commit -qam mine");
    clones.git("two", "pull -q --no-rebase --no-edit");
    clones
}

#[test]
fn a_sync_puts_right_what_it_merged_without_the_driver_and_sends_that() {
    for (rebase, before) in [(false, "Merge origin/main"), (true, "Acme: 1 fact")] {
        let clones = Clones::new(&[("acme.toml", &with_fact(&[]))]).and("two");
        clones.git("two", &format!("config pull.rebase {rebase}"));
        clones.write("one", "acme.toml", &with_fact(&[0]));
        clones.run("one", "sync").ok();
        clones.write("two", "acme.toml", &with_fact(&[2]));
        clones
            .run("two", "sync")
            .ok()
            .stdout_has(
                "resolve  what git merged by lines alone\n         done, by entry and field\n",
            )
            .stderr_has(
                "git alone merged it by lines, and fact.2026-11-20-aaaaaa stood in it twice",
            );
        clones.run("one", "sync").ok();
        let text = clones.read("one", "acme.toml");
        assert_eq!(text.matches(FACT).count(), 1, "{text}");
        assert_eq!(text, clones.read("two", "acme.toml"));
        assert_eq!(clones.log("one")[..2], ["Acme: merged by entry", before]);
        clones
            .run("two", "sync")
            .ok()
            .stdout_has("synced: nothing new\n");
    }
}

#[test]
fn a_sync_puts_right_what_was_merged_by_hand_before_it() {
    let clones = merged_by_hand();
    assert_eq!(clones.read("two", "acme.toml"), with_fact(&[0, 2]));
    clones.write("two", "b.toml", "name = \"B\"\n");
    clones.run("two", "sync").ok();
    clones.run("one", "sync").ok();
    let text = clones.read("one", "acme.toml");
    assert_eq!(text.matches(FACT).count(), 1, "{text}");
    let log = clones.log("one");
    assert_eq!(log[..2], ["B: new customer", "Acme: merged by entry"]);
}

#[test]
fn what_nobody_was_asked_about_stops_a_sync_once() {
    let [base, gone, answered] = two_states();
    let clones = Clones::new(&[("acme.toml", &base)]).and("two");
    clones.write("one", "acme.toml", &gone);
    clones.run("one", "sync").ok();
    clones.write("two", "acme.toml", &answered);
    clones
        .run("two", "sync")
        .code(1)
        .stdout_has("stopped: the merge is not whole, so nothing was sent\n")
        .stderr_has("nobody was asked about what both sides changed\n")
        .stderr_has("acme.toml: concern.a: status: here \"answered\", there \"gone\"\n")
        .stderr_has("acme.toml: to take a side: goodwill resolve acme.toml --take here");
    clones.run("two", "resolve --take here").ok();
    clones.run("two", "sync").ok();
    clones.run("one", "sync").ok();
    let text = clones.read("one", "acme.toml");
    assert!(
        text.contains("answered") && !text.contains("gone"),
        "{text}"
    );
}

#[test]
fn a_clone_without_all_of_the_past_has_nothing_to_say() {
    let clones = merged_by_hand();
    clones.git("two", "push -q");
    clones.git("hub", "config uploadpack.allowFilter true");
    for filter in ["--depth=1", "--filter=blob:none", "--filter=tree:0"] {
        clones.git(
            "",
            "clone -q --no-local FILTER hub three/journal"
                .replace("FILTER", filter)
                .as_str(),
        );
        clones.run("three", "resolve").ok();
        std::fs::remove_dir_all(clones.top("three")).unwrap();
    }
}
