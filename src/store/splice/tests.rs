use super::{Edit, Refusal, entry_text, splice};
use crate::model::value::Value;

fn path(name: &str) -> Vec<String> {
    let parts = name.split('.').filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

fn set(table: &str, key: &str, value: Value) -> Edit {
    let (table, key, after) = (path(table), key.to_owned(), Vec::new());
    Edit::Set {
        table,
        key,
        value,
        after,
    }
}

fn spliced(before: &str, edits: &[Edit]) -> String {
    String::from_utf8(splice(before.as_bytes(), edits).unwrap()).unwrap()
}

#[test]
fn the_same_value_again_keeps_its_spelling() {
    let text = "a = 'x'\nb = 1200000\nc = [ # why\n  \"p\",\n]\nd = \"\"\"\nn\n\"\"\"\n";
    let edits = [
        set("", "a", Value::text("x\n")),
        set("", "b", Value::Number("1200000".into())),
        set("", "c", Value::texts(["p"])),
        set("", "d", Value::text("n\n")),
    ];
    assert_eq!(spliced(text, &edits), text);
}

#[test]
fn all_edits_apply_or_none() {
    let remove = Edit::Remove {
        table: path("deal.y"),
    };
    let edits = [set("deal.x", "title", Value::text("Y")), remove];
    let refusal = splice(b"[deal.x]\ntitle = 'X'\n", &edits).unwrap_err();
    let table = "deal.y".to_owned();
    assert_eq!(refusal, Refusal::NoSuchTable { table });
}

#[test]
fn a_later_edit_sees_the_earlier_ones() {
    let add = Edit::Append {
        table: path("deal.x"),
        fields: vec![("title".to_owned(), Value::text("X"))],
    };
    let edits = [add, set("deal.x", "status", Value::text("open"))];
    let after = "[deal.x]\nstatus = \"open\"\ntitle = \"X\"\n";
    assert_eq!(spliced("", &edits), after);
}

#[test]
fn the_last_key_of_a_dotted_table_takes_the_table_along() {
    let unset = Edit::Unset {
        table: path("concern.a"),
        key: "said".to_owned(),
    };
    let before = "name = 'C'\nconcern.a.said = 'x'\n";
    assert_eq!(spliced(before, &[unset]), "name = 'C'\n");
}

#[test]
fn bytes_that_are_no_text_and_broken_text_are_refused_with_their_place() {
    let edits = [set("", "a", Value::Bool(true))];
    let at = |bytes: &[u8]| splice(bytes, &edits).unwrap_err().to_string();
    assert_eq!(
        at(b"a = '\xff'"),
        "byte 5 is not UTF-8: save the file as UTF-8 and try again"
    );
    let broken = at("name = \"x\"\n前 = = 1\n".as_bytes());
    assert!(broken.starts_with("line 2, column "), "{broken}");
    let column = at(b"ok = 1\nbad = nope\n");
    assert!(column.starts_with("line 2, column 7: "), "{column}");
}

#[test]
fn a_value_that_toml_can_not_hold_is_refused() {
    let too_long = Value::Number("99999999999999999999".into());
    let refusal = splice(b"a = 1\n", &[set("", "a", too_long)]).unwrap_err();
    assert!(matches!(refusal, Refusal::Check { .. }), "{refusal}");
    let twice = Value::Table(vec![
        ("x".into(), Value::Bool(true)),
        ("x".into(), Value::Bool(true)),
    ]);
    assert!(splice(b"a = 1\n", &[set("", "a", twice)]).is_err());
}

#[test]
fn an_entry_is_given_with_its_comments_and_the_tables_below_it() {
    let text =
        "a = 1\n\n# of x\n[deal.x] # here\nk = 1\n[deal.x.y]\nz = 2 # last\n# alone\n\n[b]\n";
    let entry = entry_text(text, &["deal", "x"]).unwrap();
    let expected = "# of x\n[deal.x] # here\nk = 1\n[deal.x.y]\nz = 2 # last\n";
    assert_eq!(entry, expected);
    assert_eq!(entry_text(text, &["deal", "z"]), None);
    assert_eq!(entry_text(text, &[] as &[&str]), None);
    let apart = "[deal.x]\n[b]\n[deal.x.y]\n";
    assert_eq!(entry_text(apart, &["deal", "x"]), None);
}

#[test]
fn an_entry_moves_to_another_file_and_takes_its_line_ends() {
    let text = entry_text("# c\r\n[deal.x]\r\nk = '''\r\na'''\r\n", &["deal", "x"]).unwrap();
    let raw = |text: &str| Edit::AppendRaw {
        text: text.to_owned(),
    };
    let moved = spliced("name = 'C'\n", &[raw(text)]);
    assert_eq!(moved, "name = 'C'\n\n# c\n[deal.x]\nk = '''\na'''\n");
    let back = spliced("name = 'C'\r\n", &[raw("[deal.x]\nk = 1")]);
    assert_eq!(back, "name = 'C'\r\n\r\n[deal.x]\r\nk = 1\r\n");
    for text in [
        "",
        "# only words\n",
        "k = 1\n[deal.y]\n",
        "[deal.y]\nk = \n",
        "[deal.x]\n",
    ] {
        let before = b"[deal.x]\nk = 1\n";
        assert!(splice(before, &[raw(text)]).is_err(), "{text:?}");
    }
}

#[test]
fn a_name_in_use_is_not_given_again() {
    let rekey = |to: &str| Edit::Rekey {
        table: path("deal.x"),
        nth: 1,
        to: path(to),
    };
    let before = "[deal.x]\n[deal.x]\n[deal.y]\n";
    let refusal = splice(before.as_bytes(), &[rekey("deal.y")]).unwrap_err();
    let what = "deal.y".to_owned();
    assert_eq!(refusal, Refusal::Taken { what });
    let still_broken = "[deal.x]\n[deal.x]\n[deal.x]\n";
    let refusal = splice(still_broken.as_bytes(), &[rekey("deal.y")]).unwrap_err();
    assert!(matches!(refusal, Refusal::DoesNotParse { .. }), "{refusal}");
    let longer = spliced("[deal.x]\n[ deal . x ]\n", &[rekey("lost.deal.x")]);
    assert_eq!(longer, "[deal.x]\n[ lost.deal.x ]\n");
}
