//! `goodwill undo`, `redo` and `history`: each run is a process of its own.

use crate::case::Case;

const ACME: &str = "name = \"Acme\"\nstatus = \"active\"\n";

fn acme() -> Case {
    Case::new().file("acme.toml", ACME)
}

#[test]
fn changes_go_back_and_forth_one_by_one() {
    let case = acme();
    case.run("add acme fact -m x --key a").ok();
    let first = case.read("acme.toml");
    case.run("edit acme --set status=away").ok();
    let second = case.read("acme.toml");
    case.run("undo")
        .ok()
        .quiet()
        .stdout("undone: Acme: status changed\n");
    assert_eq!(case.read("acme.toml"), first);
    case.run("undo").ok();
    assert_eq!(case.read("acme.toml"), ACME);
    case.run("undo")
        .code(3)
        .stderr("goodwill: there is nothing to undo\n");
    case.run("redo")
        .ok()
        .stdout("redone: Acme: fact added: x\n");
    case.run("redo").ok();
    assert_eq!(case.read("acme.toml"), second);
    case.run("redo").code(3);
}

#[test]
fn what_somebody_else_wrote_meanwhile_stays() {
    let case = acme();
    case.run("edit acme --set status=away").ok();
    case.write(
        "acme.toml",
        "name = \"Acme Ltd\" # now\nstatus = \"away\"\n\n[fact.a]\ntext = \"x\"\n",
    );
    case.run("undo").ok();
    let merged = "name = \"Acme Ltd\" # now\nstatus = \"active\"\n\n[fact.a]\ntext = \"x\"\n";
    assert_eq!(case.read("acme.toml"), merged);
}

#[test]
fn an_entry_without_a_header_of_its_own_goes_back_too() {
    let text = "fact.a.text = \"x\"\nconcern = { b = { said = \"y\" } }\n";
    let case = Case::new().file("acme.toml", text);
    case.run("edit acme fact.a --set text=z").ok();
    case.run("edit acme concern.b --set said=z").ok();
    let moved_on = case.read("acme.toml") + "# more\n";
    assert_eq!(
        moved_on,
        text.replace("\"x\"", "\"z\"").replace("\"y\"", "\"z\"") + "# more\n"
    );
    case.write("acme.toml", &moved_on);
    case.run("undo").ok();
    case.run("undo").ok();
    assert_eq!(case.read("acme.toml"), text.to_owned() + "# more\n");
}

#[test]
fn where_both_changed_the_same_nothing_is_written() {
    let case = acme();
    case.run("edit acme --set status=away").ok();
    case.write("acme.toml", "name = \"Acme\"\nstatus = \"prospect\"\n");
    case.run("undo").code(1).stderr_has(
        "status was changed meanwhile: the file says \"prospect\", this change says \"active\"",
    );
    assert_eq!(
        case.read("acme.toml"),
        "name = \"Acme\"\nstatus = \"prospect\"\n"
    );
}

#[test]
fn an_entry_that_was_edited_meanwhile_is_not_taken_back() {
    let case = acme();
    case.run("add acme fact -m x --key a").ok();
    let edited = case.read("acme.toml").replace("\"x\"", "\"y\"");
    case.write("acme.toml", &edited);
    case.run("undo")
        .code(1)
        .stderr_has("fact.a was changed meanwhile, so it stays");
    assert_eq!(case.read("acme.toml"), edited);
}

#[test]
fn a_new_customer_goes_and_comes_back() {
    let case = Case::new();
    case.run("new Acme").ok().stdout("acme\n");
    case.run("undo").ok();
    assert!(!case.path("acme.toml").exists());
    case.run("redo").ok();
    assert_eq!(case.read("acme.toml"), "name = \"Acme\"\n");
}

#[test]
fn a_removed_entry_comes_back_to_the_byte() {
    let text = "name = \"Acme\"\n\n# why\n[fact.a]\ntext   =  'x' # so\n\n[fact.b]\ntext = \"y\"\n";
    let case = Case::new().file("acme.toml", text);
    case.run("remove acme fact.a")
        .ok()
        .quiet()
        .stdout("Acme: fact.a removed\n");
    assert_eq!(
        case.read("acme.toml"),
        "name = \"Acme\"\n\n[fact.b]\ntext = \"y\"\n"
    );
    case.run("undo").ok();
    assert_eq!(case.read("acme.toml"), text);
    case.run("remove acme").code(2).stderr_has("which entry?");
    case.run("remove acme fact.c")
        .code(3)
        .stderr_has("did you mean one of these?");
}

#[test]
fn the_history_lists_what_was_done_newest_first() {
    let case = acme();
    case.run("history")
        .code(3)
        .stderr("goodwill: nothing was changed with goodwill yet\n");
    case.run("edit acme --set status=away").ok();
    case.run("add acme fact -m x").ok();
    case.run("undo").ok();
    case.run("history").ok().stdout(
        "2026-11-21 00:00  undone: Acme: fact added: x\n\
         2026-11-21 00:00  Acme: fact added: x          taken back\n\
         2026-11-21 00:00  Acme: status changed\n",
    );
    let ran = case.run("history --limit 2 --json").ok();
    let changes = ran.json()["changes"].as_array().unwrap().clone();
    assert_eq!(changes.len(), 2);
    assert_eq!(changes[1]["what"], "Acme: fact added: x");
    assert_eq!(changes[1]["undone"], true);
    assert_eq!(changes[1]["when"], "2026-11-21T00:00:00");
    assert_eq!(changes[1]["customers"], serde_json::json!(["acme"]));
}

#[test]
fn the_history_lies_outside_of_the_journal_and_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let case = acme();
    case.run("add acme fact -m x").ok();
    let names: Vec<_> = std::fs::read_dir(case.path(""))
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names, ["acme.toml"]);
    let state = case.home().join(".local/state/goodwill");
    let folder = std::fs::read_dir(state)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mode = std::fs::metadata(folder.join("history.jsonl"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_history_that_can_not_be_written_stops_the_change() {
    let case = acme();
    let file = case.home().join("no-folder");
    std::fs::write(&file, "").unwrap();
    let case = case.env("XDG_STATE_HOME", file.to_str().unwrap());
    case.run("add acme fact -m x")
        .code(1)
        .stderr_has("nothing was changed, as it could not be undone");
    assert_eq!(case.read("acme.toml"), ACME);
}

#[test]
fn a_comment_that_somebody_wrote_into_an_entry_or_behind_a_field_is_not_taken_along() {
    let case = acme();
    case.run("add acme fact -m x --key a").ok();
    let inside = case
        .read("acme.toml")
        .replace("text = ", "# on the stairs\ntext = ");
    case.write("acme.toml", &inside);
    case.run("undo")
        .code(1)
        .stderr_has("a comment was written at fact.a meanwhile, so it stays");
    assert_eq!(case.read("acme.toml"), inside);

    let case = acme();
    case.run("edit acme --set why='no budget'").ok();
    let noted = case
        .read("acme.toml")
        .replace("budget\"", "budget\" # Ana said so");
    case.write("acme.toml", &noted);
    case.run("undo").code(1).stderr_has("at why meanwhile");
    assert_eq!(case.read("acme.toml"), noted);
}

#[test]
fn taking_back_a_cure_never_takes_the_words_that_it_saved() {
    let two = "name = \"Acme\"\n\n[fact.a]\ntext = \"one\"\n\n[fact.a]\ntext = \"two\"\n";
    let case = Case::new().file("acme.toml", two);
    case.run("check --fix").ok();
    let cured = case.read("acme.toml");
    case.write("acme.toml", &(cured.clone() + "# mine\n"));
    case.run("undo")
        .code(1)
        .stderr_has("the file has been written to since");
    assert_eq!(case.read("acme.toml"), cured.clone() + "# mine\n");
    case.write("acme.toml", &cured);
    case.run("undo").ok();
    assert_eq!(case.read("acme.toml"), two);
}

#[test]
fn what_stands_in_the_way_of_an_undo_is_told_with_the_step() {
    let case = acme();
    case.run("edit acme --set status=away").ok();
    std::fs::remove_file(case.path("acme.toml")).unwrap();
    case.run("undo")
        .code(1)
        .stderr_has("not undone, \"Acme: status changed\"")
        .stderr_has("the file is gone");
    case.run("new Zed").ok();
    case.write("zed.toml", "name = \"Zed\"\n# mine\n");
    case.run("undo")
        .code(1)
        .stderr_has("not undone, \"new customer Zed\"")
        .stderr_has("somebody has written to it since, so it stays");
}

#[test]
fn a_step_that_was_taken_back_by_hand_is_passed_over_and_told() {
    let case = acme();
    case.run("edit acme --set status=away").ok();
    case.run("new Zed").ok();
    std::fs::remove_file(case.path("zed.toml")).unwrap();
    case.run("undo")
        .ok()
        .stdout("undone: Acme: status changed\n")
        .stderr_has("passed over, as it is so already: new customer Zed");
    assert_eq!(case.read("acme.toml"), ACME);
}

#[test]
fn what_was_all_of_a_file_goes_and_comes_back() {
    let case = Case::new().file("acme.toml", "[fact.a]\ntext = \"x\"\n");
    case.run("remove acme fact.a").ok();
    assert_eq!(case.read("acme.toml"), "\n");
    case.run("undo").ok();
    assert_eq!(case.read("acme.toml"), "[fact.a]\ntext = \"x\"\n");
    let case = Case::new().file("empty.toml", "");
    case.run("add empty fact -m x").ok();
    case.run("undo").ok();
    assert_eq!(case.read("empty.toml"), "\n");
    case.run("redo").ok();
    assert!(case.read("empty.toml").contains("text = \"x\""));
}

#[test]
fn references_written_since_a_rename_go_back_with_it() {
    let case = Case::new()
        .file("acme.toml", "[fact.a]\ntext = \"x\"\n")
        .file("early.toml", "[change.b]\nbecause = [\"acme:fact.a\"]\n");
    case.run("rename acme zed").ok();
    case.write("late.toml", "[change.b]\nbecause = [\"zed:fact.a\"]\n");
    std::fs::remove_file(case.path("early.toml")).unwrap();
    case.run("undo").ok().quiet();
    assert_eq!(
        case.read("late.toml"),
        "[change.b]\nbecause = [\"acme:fact.a\"]\n"
    );
    assert!(!case.path("early.toml").exists());
    case.run("redo").ok();
    assert!(case.read("late.toml").contains("zed:fact.a"));
    assert!(case.path("zed.toml").exists());
}

#[test]
fn a_new_customer_does_not_come_back_into_somebody_elses_file() {
    let case = Case::new();
    case.run("new Zed").ok();
    case.run("undo").ok();
    case.write("zed.toml", "supplier = \"x\"\n");
    case.run("redo")
        .code(1)
        .stderr_has("zed.toml: exists already");
    assert_eq!(case.read("zed.toml"), "supplier = \"x\"\n");
}
