//! `goodwill open`

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::case::Case;

/// A journal, and an editor that prints its arguments and ends as it is told.
fn case(name: &str, script: &str) -> Case {
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n\n[fact.a]\ntext = \"x\"\n");
    let editor = case.home().join(name);
    fs::write(&editor, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let editor = editor.display().to_string();
    case.env("EDITOR", &editor)
}

#[test]
fn the_editor_opens_the_file_at_the_entry() {
    let case = case("vim", "printf '%s\\n' \"$@\"");
    let file = case.path("acme.toml").display().to_string();
    case.run("open acme fact.a")
        .ok()
        .quiet()
        .stdout(&format!("+3\n{file}\n"));
    case.run("open acme").ok().stdout(&format!("+1\n{file}\n"));
    case.run("open acme fact.b").code(3);
    case.run("open nobody").code(3);
}

#[test]
fn a_broken_file_opens_where_it_is_broken() {
    let case = case("hx", "printf '%s\\n' \"$@\"").file("bad.toml", "a = 1\nb = \n");
    let file = case.path("bad.toml").display().to_string();
    case.run("open bad").ok().stdout(&format!("{file}:2\n"));
}

#[test]
fn the_exit_code_of_the_editor_is_handed_on() {
    case("vi", "exit 7").run("open acme").code(7);
    case("vi", "kill -TERM $$").run("open acme").code(128 + 15);
}

#[test]
fn an_editor_that_is_not_there_is_named() {
    let case = case("vi", "").env("VISUAL", "/no/such/editor --wait");
    case.run("open acme")
        .code(1)
        .stderr_has("/no/such/editor")
        .stderr_has("set VISUAL or EDITOR");
    let case = case.env("VISUAL", "'unclosed");
    case.run("open acme")
        .code(2)
        .stderr_has("a quote is not closed");
}

#[test]
fn what_the_editor_left_broken_is_told() {
    let case = case("vi", "printf 'name = \\n' > \"$2\"");
    case.run("open acme").ok().stderr_has("acme.toml:1: ");
}
