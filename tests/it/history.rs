//! Undo and redo: to the byte while the file is as it was left, by merging where it moved on.

use std::path::PathBuf;

use goodwill::model::change::{Change, FieldEdit};
use goodwill::model::journal::Journal;
use goodwill::model::value::Value;
use goodwill::store::{Done, Now, Store, StoreError, load};
use jiff::civil::date;

struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn with(text: &str) -> Place {
        let place = Place {
            dir: tempfile::tempdir().unwrap(),
        };
        std::fs::create_dir(place.root()).unwrap();
        place.write(text);
        place
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("journal")
    }

    fn file(&self) -> PathBuf {
        self.root().join("acme.toml")
    }

    fn write(&self, text: &str) {
        std::fs::write(self.file(), text).unwrap();
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.file()).unwrap()
    }

    /// A store as a program has it that was just started.
    fn store(&self) -> Store {
        let mut bits =
            std::fs::metadata(self.dir.path().join("history.jsonl")).map_or(1, |m| m.len());
        let random = move || {
            bits = bits
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(12345);
            bits >> 11
        };
        Store::new(&self.root(), self.dir.path(), Box::new(random))
    }

    fn journal(&self) -> Journal {
        load::load(&self.root(), &mut |_, _| {}).0
    }

    fn apply(&self, change: Change) -> Done {
        self.store()
            .apply(&self.journal(), &[change], &now())
            .unwrap()
    }

    fn undo(&self) -> Result<Done, StoreError> {
        self.store().undo(&now())
    }

    fn redo(&self) -> Result<Done, StoreError> {
        self.store().redo(&now())
    }
}

fn now() -> Now {
    Now {
        today: date(2026, 11, 21),
        stamp: "2026-11-21T00:00:00".to_owned(),
    }
}

fn set(field: &str, was: Option<&str>, to: &str) -> FieldEdit {
    FieldEdit {
        name: field.to_owned(),
        was: was.map(Value::text),
        now: Some(Value::text(to)),
    }
}

fn head(field: &str, was: Option<&str>, to: &str) -> Change {
    Change::Head {
        customer: "acme".to_owned(),
        edits: vec![set(field, was, to)],
    }
}

fn edit(key: &str, field: &str, was: Option<&str>, to: &str) -> Change {
    Change::Edit {
        customer: "acme".to_owned(),
        kind: "concern".to_owned(),
        key: key.to_owned(),
        edits: vec![set(field, was, to)],
    }
}

fn remove(key: &str) -> Change {
    Change::Remove {
        customer: "acme".to_owned(),
        kind: "concern".to_owned(),
        key: key.to_owned(),
        was: None,
    }
}

const ODD: &str = "\u{feff}# mine\r\nname = \"Acme\" # them\r\n\r\n# old\r\n[concern.a]\r\nsaid=\"x\"\r\nstatus   = \"open\"";

#[test]
fn every_step_back_and_forth_is_exact_to_the_byte_also_over_restarts() {
    let place = Place::with(ODD);
    let mut texts = vec![place.text()];
    for change in [
        head("status", None, "prospect"),
        edit("a", "answer", None, "monthly"),
        edit("a", "said", Some("x"), "two\nlines"),
        remove("a"),
    ] {
        place.apply(change);
        texts.push(place.text());
    }
    for text in texts.iter().rev().skip(1) {
        place.undo().unwrap();
        assert_eq!(place.text(), *text);
    }
    assert!(matches!(place.undo(), Err(StoreError::NothingToUndo)));
    for text in texts.iter().skip(1) {
        place.redo().unwrap();
        assert_eq!(place.text(), *text);
    }
    assert!(matches!(place.redo(), Err(StoreError::NothingToRedo)));
}

#[test]
fn a_head_key_is_taken_back_although_the_file_moved_on() {
    let place = Place::with("name = \"Acme\"\nstatus = \"active\"\n");
    place.apply(head("status", Some("active"), "away"));
    place.write("name = \"Acme Ltd\"\nstatus = \"away\"\n# mine\n");
    place.undo().unwrap();
    assert_eq!(
        place.text(),
        "name = \"Acme Ltd\"\nstatus = \"active\"\n# mine\n"
    );
    place.redo().unwrap();
    assert_eq!(
        place.text(),
        "name = \"Acme Ltd\"\nstatus = \"away\"\n# mine\n"
    );
}

#[test]
fn a_removed_entry_comes_back_with_its_comments_although_the_file_moved_on() {
    let place = Place::with(
        "name = \"Acme\"\n\n# said on the stairs\n[concern.a]\nsaid = \"x\" # loudly\n",
    );
    place.apply(remove("a"));
    let grown = place.text() + "\n[concern.b]\nsaid = \"y\"\n";
    place.write(&grown);
    place.undo().unwrap();
    let entry = "\n# said on the stairs\n[concern.a]\nsaid = \"x\" # loudly\n";
    assert_eq!(place.text(), grown + entry);
}

#[test]
fn a_list_goes_again_with_the_comments_that_it_was_seen_to_have() {
    let list = "tags = [\n  \"a\", # one\n  \"b\"\n]\n";
    let place = Place::with(&format!("name = \"Acme\"\n{list}"));
    place.apply(Change::Head {
        customer: "acme".to_owned(),
        edits: vec![FieldEdit {
            name: "tags".to_owned(),
            was: Some(Value::texts(["a", "b"])),
            now: None,
        }],
    });
    place.undo().unwrap();
    // Somebody writes above it, so that the bytes no longer come and go as they are.
    place.write(&format!("theirs = 1\n{}", place.text()));
    place.redo().unwrap();
    assert_eq!(place.text(), "theirs = 1\nname = \"Acme\"\n");
    place.undo().unwrap();
    // A comment that came since is somebody's.
    let noted = place.text().replace("\"b\"", "\"b\" # mine");
    place.write(&noted.replace("theirs = 1", "theirs = 2"));
    let why = place.redo().unwrap_err().to_string();
    assert!(why.contains("a comment was written at tags"), "{why}");
}

#[test]
fn an_entry_of_an_inline_table_comes_back_too() {
    let place = Place::with(
        "name = \"Acme\"\n[concern]\na = { said = \"x\", from = \"Ana\" }\nb = { said = \"y\" }\n",
    );
    place.apply(remove("a"));
    place.write(&place.text().replace("Acme", "Acme Ltd"));
    place.undo().unwrap();
    let journal = place.journal();
    let entry = journal
        .customer("acme")
        .unwrap()
        .entry("concern", "a")
        .unwrap();
    assert_eq!(entry.fields.text("said"), Some("x"));
    assert_eq!(entry.fields.text("from"), Some("Ana"));
}

#[test]
fn a_field_that_somebody_changed_since_is_not_taken_back() {
    let place = Place::with("name = \"Acme\"\nstatus = \"active\"\n");
    place.apply(head("status", Some("active"), "away"));
    let theirs = "name = \"Acme\"\nstatus = \"not-now\"\n";
    place.write(theirs);
    let why = place.undo().unwrap_err().to_string();
    assert!(why.contains("status") && why.contains("not-now"), "{why}");
    assert_eq!(place.text(), theirs);
}

#[test]
fn a_new_customer_goes_and_comes_again_but_never_with_somebody_elses_words() {
    let place = Place::with("name = \"Acme\"\n");
    let new = Change::Create {
        key: None,
        fields: vec![("name".to_owned(), Value::text("青葉商店"))],
    };
    place.apply(new);
    let file = place.root().join("青葉商店.toml");
    place.undo().unwrap();
    assert!(!file.exists());
    place.redo().unwrap();
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        "name = \"青葉商店\"\n"
    );
    std::fs::write(&file, "name = \"青葉商店\"\n# mine\n").unwrap();
    assert!(place.undo().is_err());
    assert!(file.exists());
}

#[test]
fn a_renamed_customer_gets_its_old_name_and_its_references_back() {
    let place = Place::with("name = \"Acme\"\n\n[concern.a]\nsaid = \"x\"\n");
    let ours = place.root().join("ours.toml");
    let before = "ourselves = true\n\n[change.b]\nwhat = \"z\"\nbecause = [\"acme:concern.a\"]\n";
    std::fs::write(&ours, before).unwrap();
    place.apply(Change::Rename {
        customer: "acme".to_owned(),
        to: "archive/acme-old".to_owned(),
    });
    assert!(place.root().join("archive/acme-old.toml").exists());
    assert!(
        std::fs::read_to_string(&ours)
            .unwrap()
            .contains("archive/acme-old:concern.a")
    );
    place.undo().unwrap();
    assert_eq!(
        place.text(),
        "name = \"Acme\"\n\n[concern.a]\nsaid = \"x\"\n"
    );
    assert_eq!(std::fs::read_to_string(&ours).unwrap(), before);
    place.redo().unwrap();
    assert!(place.root().join("archive/acme-old.toml").exists());
}

#[test]
fn a_change_that_was_logged_but_never_reached_the_disk_is_passed_over() {
    let place = Place::with("name = \"Acme\"\n");
    place.apply(head("status", None, "prospect"));
    let before_second = place.text();
    place.apply(head("why", None, "new budget"));
    // As if the power had gone between the log and the save.
    place.write(&before_second);
    place.undo().unwrap();
    assert_eq!(place.text(), "name = \"Acme\"\n");
}

#[test]
fn the_log_is_private_and_a_torn_line_in_it_is_passed_over() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::with("name = \"Acme\"\n");
    place.apply(head("status", None, "prospect"));
    let log = place.dir.path().join("history.jsonl");
    assert_eq!(
        std::fs::metadata(&log).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let torn = std::fs::read_to_string(&log).unwrap() + "{\"id\":\"torn";
    std::fs::write(&log, torn).unwrap();
    place.undo().unwrap();
    assert_eq!(place.text(), "name = \"Acme\"\n");
    assert!(matches!(place.undo(), Err(StoreError::NothingToUndo)));
    place.redo().unwrap();
    assert!(place.text().contains("prospect"));
}

#[test]
fn several_changes_in_one_step_are_made_and_taken_back_together() {
    let start = "name = \"Acme\"\n\n[concern.a]\nsaid = \"x\"\n";
    let place = Place::with(start);
    let other = place.root().join("zed.toml");
    std::fs::write(&other, "name = \"Zed\"\n").unwrap();
    let at_new_key = |change: Change| match change {
        Change::Head { edits, .. } => Change::Head {
            customer: "grp/new".to_owned(),
            edits,
        },
        other => other,
    };
    let changes = [
        head("status", None, "away"),
        edit("a", "answer", None, "monthly"),
        Change::Rename {
            customer: "acme".to_owned(),
            to: "grp/new".to_owned(),
        },
        at_new_key(head("why", None, "budget")),
        Change::Head {
            customer: "zed".to_owned(),
            edits: vec![set("why", None, "too")],
        },
    ];
    let store = |changes: &[Change]| place.store().apply(&place.journal(), changes, &now());
    store(&changes).unwrap();
    let renamed = place.root().join("grp/new.toml");
    let text = std::fs::read_to_string(&renamed).unwrap();
    for word in ["away", "monthly", "budget"] {
        assert!(text.contains(word), "{text}");
    }
    place.undo().unwrap();
    assert_eq!(place.text(), start);
    assert!(!renamed.exists());
    place.redo().unwrap();
    assert_eq!(std::fs::read_to_string(&renamed).unwrap(), text);
    place.undo().unwrap();
    // The old key is nobody's behind a rename in the same step.
    let late = [
        Change::Rename {
            customer: "acme".to_owned(),
            to: "new".to_owned(),
        },
        head("status", None, "away"),
    ];
    assert!(matches!(store(&late), Err(StoreError::NoCustomer(_))));
    assert_eq!(place.text(), start);
}

#[test]
fn a_rename_also_finds_references_that_were_written_since_the_journal_was_read() {
    let place = Place::with("name = \"Acme\"\n\n[concern.a]\nsaid = \"x\"\n");
    let journal = place.journal();
    let late = place.root().join("late.toml");
    std::fs::write(&late, "[change.b]\nbecause = [\"acme:concern.a\"]\n").unwrap();
    let change = Change::Rename {
        customer: "acme".to_owned(),
        to: "new".to_owned(),
    };
    place.store().apply(&journal, &[change], &now()).unwrap();
    let text = std::fs::read_to_string(&late).unwrap();
    assert!(text.contains("new:concern.a"), "{text}");
}
