//! `goodwill edit`

use crate::case::{Case, read_only};

const ACME: &str = r#"# our first
name = "Acme"
tags = ["a", "b"]   # two
status = "active"

[deal.web]
title = "Web"
status = "open"
value = 1_000
odd = 1

# said twice
[concern.2026-11-20]
said = "too dear"
status = "open"
"#;

fn acme() -> Case {
    Case::new().file("acme.toml", ACME)
}

#[test]
fn one_field_changes_and_nothing_else() {
    let case = acme();
    case.run("edit acme concern.2026-11-20 --set status=answered --set answered=yesterday")
        .ok()
        .quiet()
        .stdout("Acme: concern.2026-11-20 status, answered changed\n");
    let expected = ACME.replace(
        "said = \"too dear\"\nstatus = \"open\"\n",
        "said = \"too dear\"\nstatus = \"answered\"\nanswered = 2026-11-20\n",
    );
    assert_eq!(case.read("acme.toml"), expected);
}

#[test]
fn a_list_is_replaced_by_the_first_set_and_grows_with_the_next() {
    let case = acme();
    case.run("edit acme --set tags=c --set tags=d,e").ok();
    let expected = ACME.replace(r#"["a", "b"]"#, r#"["c", "d", "e"]"#);
    assert_eq!(case.read("acme.toml"), expected);
}

#[test]
fn a_field_can_be_taken_out_or_emptied() {
    let case = acme();
    case.run("edit acme deal.web --unset odd --set value=").ok();
    assert_eq!(
        case.read("acme.toml"),
        ACME.replace("value = 1_000\nodd = 1\n", "")
    );
}

#[test]
fn a_new_head_field_goes_where_the_format_has_it() {
    let case = acme();
    case.run("edit acme --set since=2021-04-01").ok();
    let expected = ACME.replace(
        "status = \"active\"\n",
        "status = \"active\"\nsince = 2021-04-01\n",
    );
    assert_eq!(case.read("acme.toml"), expected);
}

#[test]
fn an_entry_may_be_named_as_add_prints_it_or_by_how_it_begins() {
    for name in [
        "acme:concern.2026-11-20",
        "acme concern.2026-11",
        "acme concern",
        "acme 2026-11-20",
    ] {
        let case = acme();
        case.run(&format!("edit {name} --set status=gone")).ok();
        assert!(case.read("acme.toml").contains("\"gone\""), "{name}");
    }
}

#[test]
fn what_is_so_already_is_not_written_and_not_remembered() {
    let case = acme();
    case.run("edit acme --set status=active")
        .ok()
        .stdout("")
        .stderr("goodwill: the file says so already: nothing was written\n");
    case.run("history").code(3);
}

#[test]
fn an_entry_that_is_not_there_is_asked_back_for() {
    let case = acme();
    case.run("edit acme concern.2026-11-21 --set status=gone")
        .code(3)
        .stderr(
            "goodwill: acme has no entry \"concern.2026-11-21\"\n  \
         did you mean one of these?\n  concern.2026-11-20  too dear\n",
        );
    case.run("edit acme --unset nothing")
        .ok()
        .stderr_has("there is no nothing to take out");
    case.run("edit acme")
        .code(2)
        .stderr_has("what should change?");
    case.run("edit acme --set status=x --unset status").code(2);
    assert_eq!(case.read("acme.toml"), ACME);
}

#[test]
fn an_amount_keeps_its_cents_and_names_its_currency() {
    let case = acme();
    case.run("edit acme deal.web --set value='1,200.50 EUR'")
        .ok();
    let expected = ACME.replace("value = 1_000\n", "value = 1200.50\ncurrency = \"EUR\"\n");
    assert_eq!(case.read("acme.toml"), expected);
}

#[test]
fn a_field_of_ones_own_keeps_its_sort() {
    let own =
        "[gift.a]\ndate = 2026-01-01\nprice = 10\nsent = false\non = 2026-01-02\nto = \"x\"\n";
    let case = Case::new().file("acme.toml", own);
    case.run("edit acme gift.a --set price=12.50 --set sent=true --set on=2026-02-02 --set to=y --set date=yesterday")
        .ok()
        .quiet();
    assert_eq!(
        case.read("acme.toml"),
        "[gift.a]\ndate = 2026-11-20\nprice = 12.50\nsent = true\non = 2026-02-02\nto = \"y\"\n"
    );
}

#[test]
fn a_file_that_is_marked_read_only_stays() {
    let case = acme();
    read_only(&case, "acme.toml");
    case.run("edit acme --set status=away")
        .code(1)
        .stderr_has("acme.toml: can't write to a file that is marked read-only")
        .stderr_has("nothing was written");
    assert_eq!(case.read("acme.toml"), ACME);
    case.run("history").code(3);
    case.run("undo").code(3);
}

#[test]
fn a_kind_of_entry_is_no_field_of_a_customer() {
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n");
    case.run("edit acme --set concern=price")
        .code(2)
        .stderr_has("concern is a kind of entry");
    case.run("new Zed --set deal=web").code(2);
    assert_eq!(case.read("acme.toml"), "name = \"Acme\"\n");
}

#[test]
fn pasted_line_breaks_of_other_systems_become_plain_ones() {
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n");
    case.run("edit acme --set notes='one\r\ntwo'").ok();
    case.run("edit acme --set own='a\r\nb'").ok();
    let expected = "name = \"Acme\"\nnotes = \"\"\"\none\ntwo\"\"\"\nown = \"\"\"\na\nb\"\"\"\n";
    assert_eq!(case.read("acme.toml"), expected);
}

#[test]
fn an_empty_word_names_nothing_also_where_there_is_only_one() {
    let text = "name = \"Acme\"\n\n[fact.a]\ntext = \"x\"\n";
    let case = Case::new().file("acme.toml", text);
    for words in [
        "remove acme ''",
        "remove '' fact.a",
        "edit acme ' ' --set tags=a",
        "edit '' --set status=away",
        "move acme '' acme",
        "add '' fact -m y",
        "rename '' zed",
    ] {
        case.run(words).code(2).stderr_has("is empty");
    }
    assert_eq!(case.read("acme.toml"), text);
}
