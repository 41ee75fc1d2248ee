//! What git got wrong in a rebase, by lines and without a word: `goodwill resolve` puts it right where
//! it stops, and behind it.

use crate::git_case::GitCase;
use crate::git_unasked::{FACT, concern, doubled, nothing_is_left, two_states, with_fact};

#[test]
fn a_rebase_that_has_just_ended_is_looked_at_commit_by_commit() {
    let case = GitCase::new();
    doubled(&case);
    // Two more behind it, one of which speaks of the entry that stands there twice by then.
    case.case.write("b.toml", "name = \"B\"\n");
    case.commit("another customer");
    let more = with_fact(&[0]).replace("Acme", "Acme Trading");
    let more = more.replace("said = \"b\"", "said = \"b, and more\"");
    case.case.write("acme.toml", &more);
    case.commit("more");
    case.git("rebase -q other").ok();
    assert_eq!(case.read("acme.toml").matches(FACT).count(), 2);
    case.case
        .run("resolve")
        .ok()
        .stdout("acme.toml: merged\n")
        .stderr_has("git alone merged it by lines, and fact.2026-11-20-aaaaaa stood in it twice")
        .stderr_has("to keep what was put right: git commit");
    let text = case.read("acme.toml");
    assert_eq!(text.matches(FACT).count(), 1, "{text}");
    assert_eq!(text.replace(FACT, ""), more.replace(FACT, ""));
    nothing_is_left(&case);
    case.git("commit -q -m 'merged by entry'").ok();
    nothing_is_left(&case);
    case.case
        .run("resolve acme")
        .ok()
        .stdout("acme.toml: nothing to do\n");
}

#[test]
fn where_a_rebase_stops_behind_a_commit_that_git_got_wrong_both_are_put_right() {
    let case = GitCase::new();
    doubled(&case);
    let more = format!("{}{}", with_fact(&[0]), concern("d"));
    case.case.write("acme.toml", &more);
    case.commit("more");
    case.git("rebase -q other").code(1);
    case.case
        .run("resolve")
        .ok()
        .stdout("acme.toml: merged\n")
        .stderr("goodwill: to go on: git rebase --continue\n");
    let text = case.read("acme.toml");
    assert_eq!(text.matches(FACT).count(), 1, "{text}");
    assert_eq!(text.replace(FACT, ""), more.replace(FACT, ""));
    case.git("-c core.editor=true rebase --continue").ok();
    assert_eq!(case.read("acme.toml"), text);
    nothing_is_left(&case);
}

#[test]
fn where_a_rebase_stops_for_another_file_what_it_got_wrong_before_is_put_right_as_well() {
    let case = GitCase::new();
    let texts = [&[][..], &[0], &[2]].map(with_fact);
    let words = ["x", "x", "z"].map(|word| format!("name = \"{word}\"\n"));
    case.sides(&[
        (
            "acme.toml",
            texts.each_ref().map(|text| Some(text.as_str())),
        ),
        ("b.toml", words.each_ref().map(|text| Some(text.as_str()))),
    ]);
    let more = with_fact(&[0]).replace("said = \"b\"", "said = \"b, and more\"");
    case.case.write("acme.toml", &more);
    case.case.write("b.toml", "name = \"y\"\n");
    case.commit("more");
    case.git("rebase -q other").code(1);
    case.case
        .run("resolve --take here")
        .ok()
        .stdout("b.toml: merged\nacme.toml: merged\n");
    let text = case.read("acme.toml");
    assert_eq!(text.matches(FACT).count(), 1, "{text}");
    assert_eq!(text.replace(FACT, ""), more.replace(FACT, ""));
    case.git("-c core.editor=true rebase --continue").ok();
    nothing_is_left(&case);
    assert_eq!(case.read("acme.toml"), text);
}

#[test]
fn what_somebody_decided_in_a_rebase_or_wrote_behind_it_is_left_alone() {
    for amend in [true, false] {
        let case = GitCase::new();
        doubled(&case);
        case.git("rebase -q other").ok();
        let twice = with_fact(&[0, 2]);
        assert_eq!(case.read("acme.toml"), twice);
        if amend {
            // One stops at the commit and writes a word.
            let words = "rebase -q -x 'sed -i s/told/said/ acme.toml && git commit -q --amend -a --no-edit' HEAD~1";
            case.git(words).ok();
        } else {
            case.case.write("b.toml", "name = \"B\"\n");
            case.commit("another customer");
        }
        let now = case.read("acme.toml");
        assert_eq!(now == twice, !amend);
        nothing_is_left(&case);
        assert_eq!(case.read("acme.toml"), now);
    }
}

#[test]
fn a_field_that_a_rebase_put_in_twice_and_differently_is_told() {
    let [base, ours, theirs] = two_states();
    let case = GitCase::new();
    case.acme(&base, &ours, &theirs);
    case.git("rebase -q other").ok();
    let left = case.read("acme.toml");
    case.case
        .run("resolve")
        .code(1)
        .stdout("acme.toml: left\n")
        .stderr_has("concern.a: status: here \"gone\", there \"answered\"");
    assert_eq!(case.read("acme.toml"), left);
    case.case.run("resolve --take here").ok();
    let text = case.read("acme.toml");
    assert_eq!(text.matches("status").count(), 1, "{text}");
    assert!(text.contains("status = \"gone\""), "{text}");
}
