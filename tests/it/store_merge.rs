//! A save into a file that somebody else has changed since it was read: field by field, in the
//! head and in an entry, through the whole store.

use goodwill::model::change::{Change, FieldEdit};
use goodwill::model::value::Value;
use goodwill::store::{Now, Store, StoreError, load};
use jiff::civil::date;

fn now() -> Now {
    Now {
        today: date(2026, 11, 21),
        stamp: "2026-11-21T00:00:00".to_owned(),
    }
}

/// A field as TOML, `-` where it is missing.
fn line(field: &str, value: &str) -> String {
    match value {
        "-" => String::new(),
        value => format!("{field} = {value}\n"),
    }
}

fn value(field: &str, toml: &str) -> Option<Value> {
    let read = goodwill::store::read::read_customer("", &line(field, toml));
    read.customer.head.value(field)
}

/// Saves `ours` over `theirs`, both made from `base`; what the file holds then, or why not.
fn merged(
    in_entry: bool,
    field: &str,
    [base, ours, theirs]: [&str; 3],
) -> (Result<(), StoreError>, String) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("journal");
    std::fs::create_dir(&root).unwrap();
    let file = root.join("acme.toml");
    let head = if in_entry { "[fact.a]\n" } else { "" };
    let text = |value: &str| format!("{head}{}# end\n", line(field, value));
    std::fs::write(&file, text(base)).unwrap();
    let (journal, _) = load::load(&root, &mut |_, _| {});
    std::fs::write(&file, text(theirs)).unwrap();
    let edits = vec![FieldEdit {
        name: field.to_owned(),
        was: value(field, base),
        now: value(field, ours),
    }];
    let customer = "acme".to_owned();
    let change = match in_entry {
        false => Change::Head { customer, edits },
        true => Change::Edit {
            customer,
            kind: "fact".to_owned(),
            key: "a".to_owned(),
            edits,
        },
    };
    let mut bits = 1u64;
    let random = move || {
        bits += 1;
        bits
    };
    let mut store = Store::new(&root, dir.path(), Box::new(random));
    let done = store.apply(&journal, &[change], &now()).map(drop);
    let found = std::fs::read_to_string(&file).unwrap();
    assert_eq!(load::load_strict(&root, &mut |_, _| {}), []);
    if done.is_err() {
        assert_eq!(found, text(theirs), "a refused save writes nothing");
        assert!(matches!(store.undo(&now()), Err(StoreError::NothingToUndo)));
    } else if found != text(theirs) {
        store.undo(&now()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text(theirs));
    }
    let found = found.strip_prefix(head).unwrap();
    let found = found.strip_suffix("# end\n").unwrap_or(found).to_owned();
    (done, found)
}

#[test]
fn both_sides_have_their_say_field_by_field() {
    for (field, base, ours, theirs, expected) in [
        // One side changed, or both alike.
        ("source", "\"a\"", "\"b\"", "\"a\"", "\"b\""),
        ("source", "\"a\"", "\"b\"", "\"b\"", "\"b\""),
        ("source", "-", "\"b\"", "\"b\"", "\"b\""),
        ("source", "\"a\"", "-", "-", "-"),
        ("source", "\"a\"", "\"a\"", "-", "-"),
        ("source", "\"a\"", "\"a\"", "'other'", "'other'"),
        // Sets: the order of the base, then what is new, sorted.
        (
            "tags",
            "['b', 'a']",
            "['b', 'a', 'z']",
            "['a', 'c']",
            r#"["a", "c", "z"]"#,
        ),
        ("tags", "-", "['b']", "['a']", r#"["a", "b"]"#),
        ("tags", "['a']", "[]", "['a', 'b']", r#"["b"]"#),
        // Other lists, and notes, by lines.
        (
            "own",
            "['a', 'b', 'c']",
            "['a', 'b', 'c', 'd']",
            "['x', 'b', 'c']",
            r#"["x", "b", "c", "d"]"#,
        ),
        (
            "notes",
            "'''a\nb\nc'''",
            "'''A\nb\nc'''",
            "'''a\nb\nC'''",
            "\"\"\"\nA\nb\nC\"\"\"",
        ),
        (
            "notes",
            "'''a\nb'''",
            "'''a\nb\nours'''",
            "'''theirs\na\nb'''",
            "\"\"\"\ntheirs\na\nb\nours\"\"\"",
        ),
    ] {
        for in_entry in [false, true] {
            let (done, found) = merged(in_entry, field, [base, ours, theirs]);
            done.unwrap_or_else(|e| panic!("{field} {base} {ours} {theirs}: {e}"));
            assert_eq!(
                found,
                line(field, expected),
                "{field} {base} {ours} {theirs}"
            );
        }
    }
}

#[test]
fn what_only_a_person_can_decide_is_refused_with_both_values() {
    for (field, base, ours, theirs, words) in [
        ("source", "\"a\"", "\"b\"", "\"c\"", ["\"c\"", "\"b\""]),
        ("source", "-", "\"b\"", "\"c\"", ["\"c\"", "\"b\""]),
        ("source", "\"a\"", "-", "\"c\"", ["\"c\"", "says nothing"]),
        ("source", "\"a\"", "\"b\"", "-", ["says nothing", "\"b\""]),
        (
            "again",
            "2026-01-01",
            "2026-02-01",
            "2026-03-01",
            ["2026-03-01", "2026-02-01"],
        ),
        ("tags", "['a']", "['b']", "'c'", ["\"c\"", "\"b\""]),
        ("own", "['a']", "['b']", "['c']", ["\"c\"", "\"b\""]),
        ("notes", "'a'", "'b'", "'c'", ["\"c\"", "\"b\""]),
        ("notes", "-", "'b'", "'c'", ["\"c\"", "\"b\""]),
    ] {
        for in_entry in [false, true] {
            let (done, _) = merged(in_entry, field, [base, ours, theirs]);
            let told = done.unwrap_err().to_string();
            let place = if in_entry { " in fact.a" } else { "" };
            let start = format!("acme.toml: {field} was changed meanwhile{place}:");
            for word in [
                start.as_str(),
                words[0],
                words[1],
                "nothing was written",
                "Take over",
            ] {
                assert!(told.contains(word), "{word} is not in {told}");
            }
        }
    }
}
