//! Several writers of one customer, each through the whole store: plan, splice, history, save.

use std::path::Path;
use std::process::Command;

use goodwill::model::change::{Change, FieldEdit};
use goodwill::model::value::Value;
use goodwill::store::file_change::Refused;
use goodwill::store::{Now, Store, StoreError, load};
use jiff::civil::date;

const ROUNDS: usize = 60;

fn now() -> Now {
    Now {
        today: date(2026, 11, 21),
        stamp: "2026-11-21T00:00:00".to_owned(),
    }
}

fn store(root: &Path, state: &Path, seed: u64) -> Store {
    let mut bits = seed;
    let random = move || {
        bits = bits
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(seed | 1);
        bits >> 17
    };
    Store::new(root, state, Box::new(random))
}

fn add(text: &str) -> Change {
    Change::Add {
        customer: "acme".to_owned(),
        kind: "concern".to_owned(),
        key: None,
        fields: vec![("said".to_owned(), Value::text(text))],
    }
}

/// Two programs add entries and count up a field of their own each, while `sed -i` changes a
/// comment: every entry and every count is there in the end.
#[test]
fn two_programs_and_sed_on_one_customer_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (root, state) = (dir.path().join("journal"), dir.path().join("state"));
    std::fs::create_dir(&root).unwrap();
    let file = root.join("acme.toml");
    std::fs::write(
        &file,
        "# touched 0\nname = \"Acme\"\nwhy = \"0\"\nsupplier = \"0\"\n",
    )
    .unwrap();
    std::thread::scope(|scope| {
        for (writer, field) in [(1, "why"), (2, "supplier")] {
            let (root, state) = (&root, &state);
            scope.spawn(move || write(&mut store(root, state, writer), writer, field));
        }
        scope.spawn(|| {
            for count in 1..=20 {
                let script = format!("s/^# touched .*/# touched {count}/");
                let done = Command::new("sed")
                    .arg("-i")
                    .arg(script)
                    .arg(&file)
                    .status();
                assert!(done.unwrap().success());
                std::thread::sleep(std::time::Duration::from_millis(15));
            }
        });
    });
    let text = std::fs::read_to_string(&file).unwrap();
    let (journal, problems) = load::load(&root, &mut |_, _| {});
    assert_eq!(problems, [], "{text}");
    assert_eq!(load::load_strict(&root, &mut |_, _| {}), []);
    let acme = journal.customer("acme").unwrap();
    let mut lost = Vec::new();
    for writer in [1, 2] {
        for round in 0..ROUNDS {
            let said = format!("writer {writer} round {round}");
            let count = acme
                .entries
                .iter()
                .filter(|e| e.fields.text("said") == Some(&said))
                .count();
            if count != 1 {
                lost.push((said, count));
            }
        }
    }
    // sed reads, then renames: an entry that came in between is lost by sed, and is in the
    // history. It is one writer's fault only, so it is told apart by what sed had read.
    assert!(
        lost.len() <= 20,
        "at most one for each run of sed: {lost:?}"
    );
    let history = std::fs::read_to_string(state.join("history.jsonl")).unwrap();
    for (said, _) in &lost {
        assert!(history.contains(said.as_str()), "{said} is nowhere");
    }
}

fn write(store: &mut Store, writer: u64, field: &str) {
    for round in 0..ROUNDS {
        let (journal, _) = load::load(store.root(), &mut |_, _| {});
        store
            .apply(
                &journal,
                &[add(&format!("writer {writer} round {round}"))],
                &now(),
            )
            .unwrap();
        // sed may have put an older count back under our hands: that is told, and we count anew.
        while !counted(store, field, round + 1) {}
    }
}

/// Sets a field of the head to that number; `false`: the file said something else meanwhile.
fn counted(store: &mut Store, field: &str, to: usize) -> bool {
    let (journal, _) = load::load(store.root(), &mut |_, _| {});
    let was = journal.customer("acme").unwrap().head.value(field);
    let edit = FieldEdit {
        name: field.to_owned(),
        was,
        now: Some(Value::text(&to.to_string())),
    };
    let change = Change::Head {
        customer: "acme".to_owned(),
        edits: vec![edit],
    };
    match store.apply(&journal, &[change], &now()) {
        Ok(_) => true,
        Err(StoreError::Refused {
            why: Refused::Conflict { .. },
            ..
        }) => false,
        Err(other) => panic!("{other}"),
    }
}

/// One program renames a customer back and forth while another writes to it and to a file that
/// names it: whatever was told as saved is there in the end, and no reference is dead.
#[test]
fn a_rename_while_another_program_writes_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (root, state) = (dir.path().join("journal"), dir.path().join("state"));
    std::fs::create_dir(&root).unwrap();
    std::fs::write(root.join("acme.toml"), "[fact.a]\ntext = \"x\"\n").unwrap();
    std::fs::write(
        root.join("ours.toml"),
        "[change.b]\nbecause = [\"acme:fact.a\"]\n",
    )
    .unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    let saved = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut store = store(&root, &state, 7);
            let mut saved = Vec::new();
            for round in 0.. {
                if done.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
                let customer = ["acme", "archive/acme", "ours"][round % 3];
                let text = format!("round {round}");
                let mut change = add(&text);
                if let Change::Add { customer: to, .. } = &mut change {
                    customer.clone_into(to);
                }
                let (journal, _) = load::load(&root, &mut |_, _| {});
                if store.apply(&journal, &[change], &now()).is_ok() {
                    saved.push(text);
                }
            }
            saved
        });
        let mut renamer = store(&root, &state, 11);
        for round in 0..30 {
            let (journal, _) = load::load(&root, &mut |_, _| {});
            let (customer, to) = match round % 2 {
                0 => ("acme", "archive/acme"),
                _ => ("archive/acme", "acme"),
            };
            let change = Change::Rename {
                customer: customer.to_owned(),
                to: to.to_owned(),
            };
            renamer.apply(&journal, &[change], &now()).unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        writer.join().unwrap()
    });
    assert!(!saved.is_empty());
    assert_eq!(load::load_strict(&root, &mut |_, _| {}), []);
    let text = ["acme.toml", "ours.toml"]
        .map(|name| std::fs::read_to_string(root.join(name)).unwrap())
        .concat();
    for said in &saved {
        let line = format!("said = \"{said}\"\n");
        assert_eq!(text.matches(&line).count(), 1, "{said} in\n{text}");
    }
    assert!(text.contains("because = [\"acme:fact.a\"]"), "{text}");
    assert!(!root.join("archive").exists());
}
