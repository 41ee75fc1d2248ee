//! Edits of hand-written files, one folder each under `tests/format`: `before.toml`, `edit.toml`
//! with what is done, and `after.toml` with what comes out; or `refusal` in `edit.toml`.
//!
//! `crlf`, `bom` and `open-end` (no line break at the end) in `edit.toml` apply to both files;
//! `closed-after` says that the result ends with a line break all the same.

use std::fs;
use std::path::Path;

use goodwill::model::value::Value;
use goodwill::store::splice::{Edit, splice};

#[test]
fn every_case_comes_out_byte_for_byte() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 20, "only {} cases", cases.len());
    for case in cases {
        check(&case);
    }
}

fn check(case: &Path) {
    let name = case.file_name().unwrap().to_string_lossy();
    let read = |file: &str| fs::read_to_string(case.join(file)).unwrap();
    let plan: toml::Table = read("edit.toml")
        .parse()
        .unwrap_or_else(|e| panic!("{name}: {e}"));
    let is = |key: &str| plan.get(key).and_then(toml::Value::as_bool) == Some(true);
    let dressed = |text: String, open_end: bool| {
        let text = if open_end {
            text.trim_end().to_owned()
        } else {
            text
        };
        let text = if is("crlf") {
            text.replace('\n', "\r\n")
        } else {
            text
        };
        if is("bom") {
            format!("\u{feff}{text}")
        } else {
            text
        }
    };
    let edits: Vec<_> = plan["edit"].as_array().unwrap().iter().map(edit).collect();
    let before = dressed(read("before.toml"), is("open-end"));
    let result = splice(before.as_bytes(), &edits);
    match plan.get("refusal") {
        Some(refusal) => {
            let why = result.expect_err(&name).to_string();
            assert_eq!(why, refusal.as_str().unwrap(), "{name}");
        }
        None => {
            let after =
                String::from_utf8(result.unwrap_or_else(|e| panic!("{name}: {e}"))).unwrap();
            let open_end = is("open-end") && !is("closed-after");
            assert_eq!(
                after,
                dressed(read("after.toml"), open_end),
                "{name}\n{after}"
            );
        }
    }
}

fn edit(plan: &toml::Value) -> Edit {
    let text = |key: &str| {
        plan.get(key)
            .and_then(toml::Value::as_str)
            .map(str::to_owned)
    };
    let path = |text: String| match text.as_str() {
        "" => Vec::new(),
        _ => text.split('.').map(str::to_owned).collect(),
    };
    if let Some(table) = text("set") {
        return Edit::Set {
            table: path(table),
            key: text("key").unwrap(),
            value: value(&plan["value"]),
            after: plan.get("after").map(texts).unwrap_or_default(),
        };
    }
    if let Some(table) = text("unset") {
        let (table, key) = (path(table), text("key").unwrap());
        return Edit::Unset { table, key };
    }
    if let Some(table) = text("append") {
        let fields = plan["fields"].as_array().unwrap().iter();
        let fields = fields.map(|f| (f[0].as_str().unwrap().to_owned(), value(&f[1])));
        let (table, fields) = (path(table), fields.collect());
        return Edit::Append { table, fields };
    }
    if let Some(table) = text("remove") {
        let table = path(table);
        return Edit::Remove { table };
    }
    if let Some(text) = text("raw") {
        return Edit::AppendRaw { text };
    }
    Edit::Rekey {
        table: path(text("rekey").unwrap()),
        nth: plan["nth"].as_integer().unwrap().try_into().unwrap(),
        to: path(text("to").unwrap()),
    }
}

fn texts(list: &toml::Value) -> Vec<String> {
    let texts = list.as_array().unwrap().iter();
    texts
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

fn value(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::text(text),
        toml::Value::Integer(number) => Value::Number(number.to_string().into()),
        toml::Value::Array(items) => Value::List(items.iter().map(self::value).collect()),
        other => panic!("no value for a case: {other}"),
    }
}
