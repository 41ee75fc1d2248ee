//! Drafts on disk: private, whole, and nobody's while the program that typed them still runs.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use goodwill::model::draft::{About, Draft, DraftField};
use goodwill::model::value::Value;
use goodwill::model::when::When;
use goodwill::store::draft::{Drafts, Holder};

const WHEN: &str = "2026-11-21T10:02:03+09:00";

fn draft(typed: &str) -> Draft {
    let when = |text: &str| Value::When(When::parse(text).unwrap());
    let values = [
        Some(Value::text("納期が\n心配")),
        Some(when("2026-11-21T10:00:00+09:00")),
        Some(Value::Bool(true)),
        Some(Value::Number("1200.50".into())),
        Some(Value::texts(["a", "b"])),
        Some(Value::Table(vec![("x".into(), Value::text("y"))])),
        None,
    ];
    Draft {
        about: About::Edit {
            customer: "minato".to_owned(),
            kind: "concern".to_owned(),
            key: "2026-11-01".to_owned(),
            closing: false,
        },
        title: "edit concern, 港屋商店".to_owned(),
        day: When::parse("2026-11-21").unwrap(),
        focus: 3,
        fields: values
            .into_iter()
            .map(|was| DraftField {
                name: "said".to_owned(),
                next: was.is_none(),
                was,
                typed: typed.into(),
            })
            .collect(),
    }
}

/// A program that has ended.
fn dead() -> Holder {
    let mut child = Command::new("true").spawn().unwrap();
    let pid = child.id();
    child.wait().unwrap();
    serde_json::from_value(serde_json::json!({"pid": pid, "started": "1"})).unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_draft_comes_back_as_it_was_and_only_its_owner_may_read_it() {
    let state = tempfile::tempdir().unwrap();
    let drafts = Drafts::in_folder(state.path());
    assert_eq!(drafts.left_behind(), []);
    let first = draft("一\n\u{1f468}\u{200d}\u{1f469} \"二\" \u{0}");
    drafts.write("one", (&first, WHEN), &dead(), true).unwrap();
    let found = drafts.left_behind();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].id.as_str(), found[0].when.as_str()),
        ("one", WHEN)
    );
    assert_eq!(found[0].draft, first);
    assert_eq!(mode(drafts.folder()), 0o700);
    assert_eq!(mode(&drafts.folder().join("one.json")), 0o600);
    let second = draft("二");
    drafts
        .write("one", (&second, WHEN), &dead(), false)
        .unwrap();
    assert_eq!(drafts.left_behind()[0].draft, second);
    drafts.remove("one").unwrap();
    drafts.remove("one").unwrap();
    assert_eq!(fs::read_dir(drafts.folder()).unwrap().count(), 0);
}

#[test]
fn the_draft_of_a_running_program_is_its_own() {
    let state = tempfile::tempdir().unwrap();
    let drafts = Drafts::in_folder(state.path());
    let words = draft("words");
    drafts
        .write("mine", (&words, WHEN), &Holder::me(), false)
        .unwrap();
    assert_eq!(drafts.left_behind(), []);
    // The number of a program that ended, given out again to this one.
    let path = drafts.folder().join("mine.json");
    let text = fs::read_to_string(&path).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    json["holder"]["started"] = "1".into();
    fs::write(&path, json.to_string()).unwrap();
    if cfg!(target_os = "linux") {
        assert_eq!(drafts.left_behind().len(), 1);
    }
}

#[test]
fn torn_and_foreign_files_hide_no_draft_and_stay() {
    let state = tempfile::tempdir().unwrap();
    let drafts = Drafts::in_folder(state.path());
    for (id, when) in [("a", "2026-11-20T10:00:00Z"), ("b", "2026-11-21T10:00:00Z")] {
        drafts
            .write(id, (&draft(id), when), &dead(), false)
            .unwrap();
    }
    let whole = fs::read(drafts.folder().join("a.json")).unwrap();
    for cut in 0..whole.len() {
        fs::write(drafts.folder().join("c.json"), &whole[..cut]).unwrap();
        let ids: Vec<String> = drafts.left_behind().into_iter().map(|d| d.id).collect();
        assert_eq!(ids, ["b", "a"], "the newest first; cut at {cut}");
    }
    for (name, bytes) in [("d.json", &b"\xff\xfe"[..]), ("note.txt", b"x")] {
        fs::write(drafts.folder().join(name), bytes).unwrap();
    }
    assert_eq!(drafts.left_behind().len(), 2);
    assert!(drafts.folder().join("c.json").exists());
}

#[test]
fn a_folder_that_takes_no_files_is_an_error_and_no_panic() {
    let state = tempfile::tempdir().unwrap();
    fs::write(state.path().join("drafts"), "in the way").unwrap();
    let drafts = Drafts::in_folder(state.path());
    assert!(
        drafts
            .write("a", (&draft("x"), WHEN), &dead(), true)
            .is_err()
    );
    assert_eq!(drafts.left_behind(), []);
}

#[test]
fn a_kill_in_the_middle_of_a_write_leaves_the_newest_whole_one() {
    let state = tempfile::tempdir().unwrap();
    let drafts = Drafts::in_folder(state.path());
    let path = |name: &str| drafts.folder().join(name);
    drafts
        .write("a", (&draft("new"), WHEN), &dead(), false)
        .unwrap();
    let newer = fs::read(path("a.json")).unwrap();
    drafts
        .write("a", (&draft("old"), WHEN), &dead(), false)
        .unwrap();
    for cut in [0, 1, newer.len() / 2, newer.len() - 1] {
        fs::write(path("a.tmp"), &newer[..cut]).unwrap();
        assert_eq!(drafts.left_behind()[0].draft, draft("old"), "cut at {cut}");
    }
    for name in ["a.tmp", "first.tmp"] {
        fs::write(path(name), &newer).unwrap();
    }
    let found = drafts.left_behind();
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|found| found.draft == draft("new")));
    drafts.remove("a").unwrap();
    drafts.remove("first").unwrap();
    assert_eq!(fs::read_dir(drafts.folder()).unwrap().count(), 0);
}
