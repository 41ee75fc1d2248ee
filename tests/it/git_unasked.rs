//! What git merged by lines, whole and without a word, and wrong: `goodwill resolve` puts it right
//! where nobody has decided anything in it.

use crate::case::Ran;
use crate::git_case::GitCase;

pub(crate) const FACT: &str = "\n[fact.2026-11-20-aaaaaa]\ntext = \"told\"   # by phone\n";

pub(crate) fn concern(key: &str) -> String {
    format!("\n[concern.{key}]\nsaid = \"{key}\"\nstatus = \"open\"\n")
}

/// Three concerns, and the fact behind the ones of these numbers.
pub(crate) fn with_fact(behind: &[usize]) -> String {
    let mut text = "name = \"Acme\"\n".to_owned();
    for (at, key) in ["a", "b", "c"].into_iter().enumerate() {
        text += &concern(key);
        if behind.contains(&at) {
            text += FACT;
        }
    }
    text
}

/// Both sides got the same fact, here behind the first concern and there behind the last one, as
/// where one of them was rebased. Git has it twice, and calls that clean.
pub(crate) fn doubled(case: &GitCase) {
    case.acme(&with_fact(&[]), &with_fact(&[0]), &with_fact(&[2]));
}

/// A concern before, here and there: both sides give it a status, at different places. Git keeps
/// both, and asks nobody.
pub(crate) fn two_states() -> [String; 3] {
    let lines = "why = \"x\"\nsaid = \"y\"\ntopic = \"price\"\n";
    let base = format!("name = \"Acme\"\n\n[concern.a]\n{lines}");
    let ours = base.replace("why", "status = \"gone\"\nwhy");
    let theirs = format!("{base}status = \"answered\"\n");
    [base, ours, theirs]
}

/// Git merges, and says that all is well.
#[track_caller]
fn merged_by_git(case: &GitCase) {
    case.git("merge --no-edit other").ok();
    assert_eq!(case.read("acme.toml"), with_fact(&[0, 2]));
}

#[track_caller]
pub(crate) fn nothing_is_left(case: &GitCase) -> Ran {
    case.case
        .run("resolve")
        .ok()
        .stdout("")
        .stderr("goodwill: nothing is left to decide\n")
}

#[test]
fn an_entry_that_git_put_in_twice_stands_once_and_is_staged() {
    let case = GitCase::new();
    doubled(&case);
    merged_by_git(&case);
    case.case.run("check").code(4);
    case.case
        .run("doctor")
        .code(4)
        .stdout_has("merged-by-lines: acme.toml: git alone merged it by lines")
        .stdout_has("goodwill resolve acme.toml\n");
    case.case
        .run("resolve")
        .ok()
        .stdout("acme.toml: merged\n")
        .stderr(
            "goodwill: acme.toml: git alone merged it by lines, and fact.2026-11-20-aaaaaa stood \
             in it twice\n\
             goodwill: to keep what was put right: git commit -m 'merged by entry'\n",
        );
    let text = case.read("acme.toml");
    assert_eq!(text.matches(FACT).count(), 1, "{text}");
    assert_eq!(text.replace(FACT, ""), with_fact(&[]));
    assert_eq!(case.git("status --porcelain").stdout, "M  acme.toml\n");
    case.case.run("check").ok();
    let ran = case.case.run("doctor");
    assert!(!ran.stdout.contains("merged-by-lines"), "{ran}");
    // Once more, before and behind the commit: all is as it should be.
    nothing_is_left(&case);
    case.git("commit -q -m 'merged by entry'").ok();
    nothing_is_left(&case);
    // Both machines come to the same bytes, whichever of them merges.
    let other = GitCase::new();
    other.acme(&with_fact(&[]), &with_fact(&[2]), &with_fact(&[0]));
    other.git("merge --no-edit other").ok();
    other.case.run("resolve").ok();
    assert_eq!(other.read("acme.toml"), text);
    // And to those that the driver comes to.
    let driven = GitCase::new().with_driver();
    doubled(&driven);
    driven.git("merge --no-edit other").ok();
    assert_eq!(driven.read("acme.toml"), text);
}

#[test]
fn a_comment_or_a_field_that_git_put_in_twice_stands_once() {
    let lines = "why = \"x\"\nstatus = \"open\"\nsaid = \"y\"\ntopic = \"price\"\n";
    let base = format!("name = \"Acme\"\n\n[concern.a]\n{lines}");
    let field = "asked = \"Aoi\"\n";
    let second = |more: &str| base.replace("name", &format!("{more}name"));
    for (ours, theirs, told) in [
        (
            second("# ask again\n\n"),
            base.replace("[concern", "# ask again\n\n[concern"),
            "# ask again stood in it twice\n",
        ),
        (
            base.replace("why", &format!("{field}why")),
            format!("{base}{field}"),
            "it did not parse: line 9, column 1: duplicate key\n",
        ),
    ] {
        let case = GitCase::new();
        case.acme(&base, &ours, &theirs);
        case.git("merge --no-edit other").ok();
        case.case.run("resolve").ok().stderr_has(&format!(
            "acme.toml: git alone merged it by lines, and {told}"
        ));
        let text = case.read("acme.toml");
        assert!(text == ours || text == theirs, "{text}");
    }
}

#[test]
fn what_both_sides_changed_and_git_did_not_ask_about_is_told_and_can_be_taken() {
    let [base, ours, theirs] = two_states();
    let case = GitCase::new();
    case.acme(&base, &ours, &theirs);
    case.git("merge --no-edit other").ok();
    let merged = case.read("acme.toml");
    case.case
        .run("resolve")
        .code(1)
        .stdout("acme.toml: left\n")
        .stderr_has(
            "git alone merged it by lines, and nobody was asked about what both sides changed",
        )
        .stderr_has("concern.a: status: here \"gone\", there \"answered\"\n")
        .stderr_has("to take a side: goodwill resolve acme.toml --take here");
    assert_eq!(case.read("acme.toml"), merged);
    case.case
        .run("resolve --take there")
        .ok()
        .stdout("acme.toml: merged\n");
    let text = case.read("acme.toml");
    assert_eq!(text.matches("status = \"answered\"").count(), 1, "{text}");
    assert!(!text.contains("gone"), "{text}");
}

#[test]
fn what_somebody_decided_in_the_merge_itself_is_left_alone() {
    // They took one of the two out by hand before the merge was committed, and wrote a word.
    let by_hand = with_fact(&[2]).replace("told", "told twice");
    let case = GitCase::new();
    doubled(&case);
    case.git("merge --no-commit other").ok();
    case.case.write("acme.toml", &by_hand);
    case.git("commit -qam merged").ok();
    nothing_is_left(&case);
    case.case
        .run("resolve acme --afresh")
        .ok()
        .stdout("acme.toml: nothing to do\n");
    assert_eq!(case.read("acme.toml"), by_hand);

    // They even like it twice, and a word changed.
    let twice = with_fact(&[0, 2]).replace("by phone", "on the phone");
    let case = GitCase::new();
    doubled(&case);
    case.git("merge --no-commit other").ok();
    case.case.write("acme.toml", &twice);
    case.git("commit -qam merged").ok();
    nothing_is_left(&case);
    assert_eq!(case.read("acme.toml"), twice);

    // They took one side whole.
    let case = GitCase::new();
    doubled(&case);
    case.git("merge --no-edit -s ours other").ok();
    nothing_is_left(&case);
    assert_eq!(case.read("acme.toml"), with_fact(&[0]));
}

#[test]
fn what_was_written_since_is_left_alone_and_told() {
    for stage in [false, true] {
        let case = GitCase::new();
        doubled(&case);
        merged_by_git(&case);
        let edited = with_fact(&[0, 2]).replace("Acme", "Acme Trading");
        case.case.write("acme.toml", &edited);
        if stage {
            case.git("add acme.toml").ok();
            case.case.write("acme.toml", &with_fact(&[0, 2]));
        }
        let now = case.read("acme.toml");
        case.case
            .run("resolve")
            .code(1)
            .stdout("acme.toml: left\n")
            .stderr_has("fact.2026-11-20-aaaaaa stood in it twice; it was edited since")
            .stderr_has("goodwill resolve --afresh acme.toml");
        assert_eq!(case.read("acme.toml"), now);
        case.case.run("resolve --afresh acme.toml").ok();
        assert_eq!(case.read("acme.toml").matches(FACT).count(), 1);
    }
    // One who has put it right has no more to hear of it.
    let case = GitCase::new();
    doubled(&case);
    merged_by_git(&case);
    case.case.write("acme.toml", &with_fact(&[2]));
    nothing_is_left(&case);
    assert_eq!(case.read("acme.toml"), with_fact(&[2]));
}

#[test]
fn where_no_merge_stands_at_the_head_there_is_nothing_to_look_at() {
    let case = GitCase::new();
    // Not even a commit.
    nothing_is_left(&case);
    case.acme(&with_fact(&[]), &with_fact(&[0]), &with_fact(&[]));
    nothing_is_left(&case);
    // A doubled entry that somebody committed by hand is no merge of git's.
    case.case.write("acme.toml", &with_fact(&[0, 2]));
    case.commit("by hand");
    nothing_is_left(&case);
    case.case
        .run("resolve acme")
        .ok()
        .stdout("acme.toml: nothing to do\n");
    assert_eq!(case.read("acme.toml"), with_fact(&[0, 2]));
}

#[test]
fn an_older_merge_is_looked_at_for_a_named_file_to_which_nobody_has_written_since() {
    let case = GitCase::new();
    doubled(&case);
    merged_by_git(&case);
    case.case.write("b.toml", "name = \"B\"\n");
    case.commit("another customer");
    nothing_is_left(&case);
    case.case
        .run("resolve acme")
        .ok()
        .stdout("acme.toml: merged\n")
        .stderr_has("fact.2026-11-20-aaaaaa stood in it twice");
    assert_eq!(case.read("acme.toml").matches(FACT).count(), 1);

    let case = GitCase::new();
    doubled(&case);
    merged_by_git(&case);
    let edited = with_fact(&[0, 2]).replace("Acme", "Acme Trading");
    case.case.write("acme.toml", &edited);
    case.commit("edited");
    case.case
        .run("resolve acme")
        .ok()
        .stdout("acme.toml: nothing to do\n");
    assert_eq!(case.read("acme.toml"), edited);
}

#[test]
fn a_file_beside_one_that_clashed_is_put_right_before_the_merge_is_committed() {
    let clash = |word: &str| format!("name = \"B\"\nwhy = \"{word}\"\n");
    for (begin, end) in [
        ("merge --no-edit other", "merge"),
        ("rebase other", "rebase"),
        ("cherry-pick other", "cherry-pick"),
    ] {
        let case = GitCase::new();
        let texts = [&[][..], &[0], &[2]].map(with_fact);
        let words = ["x", "y", "z"].map(clash);
        case.sides(&[
            (
                "acme.toml",
                texts.each_ref().map(|text| Some(text.as_str())),
            ),
            ("b.toml", words.each_ref().map(|text| Some(text.as_str()))),
        ]);
        case.git(begin).code(1);
        case.case
            .run("resolve --take here")
            .ok()
            .stdout("b.toml: merged\nacme.toml: merged\n")
            .stderr_has(&format!("to go on: git {end} --continue\n"));
        let text = case.read("acme.toml");
        assert_eq!(text.matches(FACT).count(), 1, "{end}: {text}");
        assert_eq!(case.unmerged(), "");
        let staged = case.git("diff --name-only").stdout;
        assert_eq!(staged, "", "{end}");
        nothing_is_left_but(&case, end);
    }
}

#[track_caller]
fn nothing_is_left_but(case: &GitCase, end: &str) {
    let more =
        format!("goodwill: nothing is left to decide\ngoodwill: to go on: git {end} --continue\n");
    case.case.run("resolve").ok().stdout("").stderr(&more);
}

#[test]
fn sides_that_were_merged_crosswise_have_several_bases() {
    let case = GitCase::new();
    let with = |text: &str, word: &str| text.replace("\"Acme\"", word);
    let base = with_fact(&[]);
    case.acme(
        &base,
        &with(&base, "\"Acme A\""),
        &format!("{base}{}", concern("d")),
    );
    // Each takes what the other one had.
    case.git("branch here main").ok();
    case.git("merge -q --no-edit other").ok();
    case.git("checkout -q other").ok();
    case.git("merge -q --no-edit here").ok();
    let there =
        case.read("acme.toml")
            .replacen(&concern("d"), &format!("{}{FACT}", concern("d")), 1);
    case.case.write("acme.toml", &there);
    case.commit("there");
    case.git("checkout -q main").ok();
    let here =
        case.read("acme.toml")
            .replacen(&concern("a"), &format!("{}{FACT}", concern("a")), 1);
    case.case.write("acme.toml", &here);
    case.commit("here");
    let bases = case.git("merge-base --all main other").stdout;
    assert_eq!(bases.lines().count(), 2, "{bases}");
    case.git("merge --no-edit other").ok();
    assert_eq!(case.read("acme.toml").matches(FACT).count(), 2);
    case.case.run("resolve").ok().stdout("acme.toml: merged\n");
    let text = case.read("acme.toml");
    assert_eq!(text.matches(FACT).count(), 1, "{text}");
    let wanted = format!("{}{}", with(&base, "\"Acme A\""), concern("d"));
    assert_eq!(text.replace(FACT, ""), wanted);
}

#[test]
fn only_the_journal_is_looked_at_where_it_lies_in_a_folder() {
    let case = GitCase::at(".");
    let texts = [&[][..], &[0], &[2]].map(with_fact);
    let sides = texts.each_ref().map(|text| Some(text.as_str()));
    case.sides(&[
        ("顧客/港 屋 'x'.toml", sides),
        ("../letters/a.toml", sides),
        ("a.txt", sides),
    ]);
    case.git("merge --no-edit other").ok();
    case.case
        .run("resolve")
        .ok()
        .stdout("顧客/港 屋 'x'.toml: merged\n");
    assert_eq!(case.read("顧客/港 屋 'x'.toml").matches(FACT).count(), 1);
    for other in ["../letters/a.toml", "a.txt"] {
        assert_eq!(case.read(other), with_fact(&[0, 2]), "{other}");
    }
    let staged = case.git("diff --cached --name-only -z").stdout;
    assert_eq!(staged, "journal/顧客/港 屋 'x'.toml\0");
}

#[test]
fn nothing_of_the_repositorys_choosing_is_run_for_it_and_nothing_is_left_behind() {
    for name in ["evil", "text"] {
        let case = GitCase::new();
        doubled(&case);
        merged_by_git(&case);
        case.set(&format!("merge.{name}.driver"), "touch ran; false");
        case.set("merge.default", name);
        let attributes = format!("*.toml merge={name}\n");
        case.case.write(".git/info/attributes", &attributes);
        let objects = case.git("count-objects").stdout;
        case.case.run("resolve").ok();
        assert!(!case.case.path("ran").exists(), "{name}");
        assert_eq!(case.git("count-objects").stdout, objects, "{name}");
    }
}
