//! `goodwill check`: what is found is tested in `check.rs`; this is how it is told.

use crate::case::Case;
use serde_json::json;

const TWICE: &str = "[fact.a]\ntext = \"x\"\n\n[fact.a]\ntext = \"y\"\nabout = \"peple\"\n";

#[test]
fn a_healthy_journal_is_in_order() {
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n");
    case.run("check")
        .ok()
        .stdout("")
        .stderr("goodwill: the journal is in order\n");
    assert_eq!(
        case.run("check --json").ok().json(),
        json!({"schema": 1, "problems": []})
    );
}

#[test]
fn a_problem_a_line_that_an_editor_can_jump_to() {
    let case = Case::new().file("a.toml", TWICE);
    case.run("check")
        .code(4)
        .stdout(
            "a.toml:4: duplicate-entry: [fact.a] stands in this file twice \
             (run: goodwill check --fix; it gives the second a suffix, or takes it out where both are the same)\n\
             a.toml:6: unknown-word?: `peple` is no usual word for `about` (did you mean `people`?)\n",
        )
        .stderr("goodwill: 1 problem and 1 hint in 1 file\n");
    let problems = case.run("check --json").code(4).json()["problems"].clone();
    assert_eq!(
        problems[1],
        json!({
            "code": "unknown-word", "path": "a.toml", "line": 6,
            "message": "`peple` is no usual word for `about`",
            "cure": "did you mean `people`?", "hint": true,
        })
    );
}

#[test]
fn a_hint_alone_fails_only_strictly() {
    let case = Case::new().file("a.toml", "[fact.a]\nabout = \"peple\"\n");
    case.run("check").ok().stderr_has("1 hint in 1 file");
    case.run("check --strict").code(4);
}

#[test]
fn fix_puts_right_what_it_can_and_can_be_taken_back() {
    let case = Case::new().file("a.toml", TWICE);
    case.run("check --fix").ok().stderr(
        "goodwill: a.toml:4: the second [fact.a] became [fact.a-2]\n\
         goodwill: 1 hint in 1 file\n",
    );
    assert_eq!(
        case.read("a.toml"),
        TWICE.replacen("\n[fact.a]", "\n[fact.a-2]", 1)
    );
    case.run("undo").ok();
    assert_eq!(case.read("a.toml"), TWICE);
}

/// As git leaves it where it merges by lines and both sides have got the same entries.
#[test]
fn an_entry_that_stands_there_twice_word_for_word_is_kept_once() {
    let entry =
        "\n# by phone\n[ fact.\"a b\" ]\ntext = \"x\"   # told\n[fact.\"a b\".more]\nx-y = 1\n";
    let once = format!("name = \"A\"\n{entry}\n# alone\n\n[fact.b]\ntext = \"z\"\n");
    let case = Case::new().file("a.toml", &format!("{once}{entry}"));
    case.run("check --fix").ok().stderr(
        "goodwill: a.toml:15: the second [fact.a b] was the first one, word for word, and went\n\
         goodwill: the journal is in order\n",
    );
    assert_eq!(case.read("a.toml"), once);
    case.run("undo").ok();
    assert_eq!(case.read("a.toml"), format!("{once}{entry}"));

    // A word, a comment or a table more, and nothing of it goes.
    for (from, to) in [
        ("\"x\"", "\"X\""),
        ("told", "asked"),
        ("by", "on the"),
        ("y = 1", "y = 2"),
    ] {
        let twice = format!("{once}{}", entry.replace(from, to));
        let case = Case::new().file("a.toml", &twice);
        case.run("check --fix")
            .ok()
            .stderr_has("the second [fact.a b] became [fact.a b-2]");
        let text = case.read("a.toml");
        assert_eq!(text.replace("a b-2", "a b"), twice, "{to}");
    }
}
