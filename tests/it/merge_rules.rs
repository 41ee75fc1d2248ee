//! What holds for every merge of a customer's file, whatever stands in it.

use goodwill::model::value::Value;
use goodwill::store::merge_file::{Labels, Merged, Side, Unmergeable, merge_file};
use proptest::prelude::*;

use crate::merge_random::{Dice, Doc, Oddity, three};

fn merge(base: &str, ours: &str, theirs: &str) -> Result<Merged, Unmergeable> {
    merge_file(base.as_bytes(), ours.as_bytes(), theirs.as_bytes())
}

fn text(merged: &Merged) -> String {
    String::from_utf8(merged.text.clone()).unwrap()
}

fn whole(base: &str, ours: &str, theirs: &str) -> String {
    let merged = merge(base, ours, theirs).unwrap();
    assert_eq!(merged.clashes, []);
    text(&merged)
}

fn oddity() -> impl Strategy<Value = Oddity> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(ways, dress, moves)| Oddity {
        ways,
        dress,
        moves,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn one_side_alone_is_taken_byte_for_byte(seed in any::<u64>(), odd in oddity()) {
        let [base, ours, _] = three(seed, odd);
        prop_assert_eq!(whole(&base, &ours, &base), ours.clone());
        prop_assert_eq!(whole(&base, &base, &ours), ours.clone());
        prop_assert_eq!(whole(&base, &ours, &ours), ours);
    }

    #[test]
    fn both_machines_come_to_the_same_bytes(seed in any::<u64>(), odd in oddity()) {
        let [base, ours, theirs] = three(seed, odd);
        match (merge(&base, &ours, &theirs), merge(&base, &theirs, &ours)) {
            (Ok(one), Ok(other)) if one.clashes.is_empty() => prop_assert_eq!(one, other),
            (Ok(one), Ok(other)) => prop_assert_eq!(one.clashes.len(), other.clashes.len()),
            (one, other) => prop_assert!(one.is_err() && other.is_err(), "{:?}\n{:?}", one, other),
        }
    }

    #[test]
    fn what_comes_out_is_toml_and_the_decided_values_stand_in_it(seed in any::<u64>(), odd in oddity()) {
        let [base, ours, theirs] = three(seed, odd);
        let Ok(merged) = merge(&base, &ours, &theirs) else {
            return Ok(());
        };
        prop_assert!(text(&merged).parse::<toml::Table>().is_ok(), "{}", text(&merged));
        let values: Vec<_> = merged.clashes.iter().map(|clash| clash.conflict.theirs.clone()).collect();
        let decided = String::from_utf8(merged.decided(&values).unwrap()).unwrap();
        let table: toml::Table = decided.parse().unwrap();
        for clash in &merged.clashes {
            let mut at = Some(&table);
            for name in &clash.table {
                at = at.and_then(|at| at.get(name)).and_then(toml::Value::as_table);
            }
            let found = at.and_then(|at| at.get(&clash.conflict.field));
            prop_assert_eq!(found.is_some(), clash.conflict.theirs.is_some(), "{}", decided);
        }
    }

    #[test]
    fn bytes_of_any_kind_do_no_harm(seed in any::<u64>(), odd in oddity(), hits in 1usize..6) {
        let mut dice = Dice::new(seed);
        let mut torn = three(seed, odd).map(String::into_bytes);
        for bytes in &mut torn {
            for _ in 0..hits {
                let at = dice.below(bytes.len() + 1);
                match dice.below(4) {
                    0 => bytes.truncate(at),
                    1 => bytes.insert(at, *b"\"'=[]{}#\n\r.,\\\xff\0\xef"[..].get(dice.below(16)).unwrap()),
                    2 if at < bytes.len() => { bytes.remove(at); }
                    _ => { let from = dice.below(at + 1); let piece = bytes[from..at].to_vec(); bytes.extend(piece); }
                }
            }
        }
        let [base, ours, theirs] = torn;
        if let Ok(merged) = merge_file(&base, &ours, &theirs) {
            let labels = Labels { ours: String::new(), base: String::new(), theirs: String::new() };
            merged.marked(&labels, 7);
        }
    }
}

/// An entry of ours and one of theirs, new at the same place, in a file that wears `dress`.
fn dressed(
    dress: impl Fn(&str) -> String,
    of_ours: impl Fn(String) -> String,
    of_theirs: impl Fn(String) -> String,
) -> String {
    let base = "name = \"A\"\n\n[fact.a]\ntext = \"x\"\n";
    let ours = format!("{base}\n[fact.b]\ntext = \"ours\"\n");
    let theirs = base.replace("\"x\"", "\"y\"");
    whole(
        &dress(base),
        &of_ours(dress(&ours)),
        &of_theirs(dress(&theirs)),
    )
}

const BOTH: &str = "name = \"A\"\n\n[fact.a]\ntext = \"y\"\n\n[fact.b]\ntext = \"ours\"\n";

#[test]
fn line_ends_and_the_byte_order_mark_follow_whoever_changed_them() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let same = |text: String| text;
    assert_eq!(dressed(str::to_owned, same, same), BOTH);
    assert_eq!(dressed(crlf, same, same), crlf(BOTH));
    assert_eq!(dressed(str::to_owned, |text| crlf(&text), same), crlf(BOTH));
    assert_eq!(
        dressed(str::to_owned, same, |text| format!("\u{feff}{text}")),
        format!("\u{feff}{BOTH}")
    );
    assert_eq!(dressed(crlf, |text| text.replace('\r', ""), same), BOTH);
    assert_eq!(
        dressed(str::to_owned, |text| text.trim_end().to_owned(), same),
        BOTH.trim_end()
    );
    assert_eq!(
        dressed(|text| text.trim_end().to_owned(), same, same),
        BOTH.trim_end()
    );
    let fresh = |text: &str| crlf(text);
    assert_eq!(
        whole("", &fresh("name = \"A\"\n"), "\u{feff}since = 2020-01-01\n"),
        "name = \"A\"\nsince = 2020-01-01\n"
    );
}

#[test]
fn a_side_that_does_not_parse_is_named() {
    let which = |base: &[u8], ours: &[u8], theirs: &[u8]| match merge_file(base, ours, theirs) {
        Err(Unmergeable::Side { which, problem }) => (which, problem.to_string()),
        other => panic!("{other:?}"),
    };
    let (side, why) = which(b"a = 1", b"a = 2\n<<<<<<< x", b"a = 3");
    assert!(side == Side::Ours && why.starts_with("line 2"), "{why}");
    assert_eq!(which(b"a = 1", b"a = 2", b"a = \xff").0, Side::Theirs);
    assert_eq!(which(b"a = 1\na = 1", b"a = 2", b"a = 3").0, Side::Base);
    let deep = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(which(b"a = 1", b"a = 2", deep.as_bytes()).0, Side::Theirs);
}

#[test]
fn a_clash_is_decided_for_either_side_or_for_something_else() {
    let base =
        "tags = [\"a\"]\r\n\r\n[fact.a]\r\n# why\r\ntext = \"x\" # behind\r\nsource = 's'\r\n";
    let ours = base
        .replace("\"x\"", "\"ours\"")
        .replace("source = 's'\r\n", "");
    let theirs = base
        .replace("\"x\"", "'theirs'")
        .replace("'s'", "'S'")
        .replace("# behind", "# new");
    let merged = merge(base, &ours, &theirs).unwrap();
    let fields: Vec<_> = merged
        .clashes
        .iter()
        .map(|clash| clash.conflict.field.as_str())
        .collect();
    assert_eq!(fields, ["text", "source"]);
    assert_eq!(text(&merged), ours.replace("# behind", "# new"));
    let decided = |values: [Option<&str>; 2]| {
        let values = values.map(|value| value.map(Value::text));
        String::from_utf8(merged.decided(&values).unwrap()).unwrap()
    };
    assert_eq!(decided([Some("theirs"), Some("S")]), theirs);
    assert_eq!(
        decided([Some("ours"), None]),
        ours.replace("# behind", "# new")
    );
    let third = decided([Some("both\nof them"), Some("third")]);
    assert!(
        third.contains("text = \"\"\"\r\nboth\r\nof them\"\"\" # new\r\n"),
        "{third}"
    );
    assert!(third.contains("source = \"third\"\r\n"), "{third}");
    assert!(
        merged.decided(&[None]).is_err(),
        "one decision for each clash"
    );
}

#[test]
fn ten_thousand_entries_are_merged() {
    let entry = |n: usize| format!("[fact.k{n}]\ntext = \"{n}\"\nsource = 'book'\n\n");
    let base: String = (0..10_000).map(entry).collect();
    let ours = base
        .replace("\"77\"", "\"seven\"")
        .replace(&entry(5_000), "")
        + "[fact.ours]\ntext = 'o'\n";
    let theirs =
        base.replace("\"7\"", "\"VII\"").replace(&entry(6_000), "") + "[fact.theirs]\ntext = 't'\n";
    let merged = whole(&base, &ours, &theirs);
    assert_eq!(merged.matches("[fact.").count(), 10_000);
    assert!(merged.contains("\"seven\"") && merged.contains("\"VII\""));
}

#[test]
fn the_random_files_are_mostly_sound() {
    let odd = Oddity {
        ways: true,
        dress: true,
        moves: true,
    };
    let sound = |seed: &u64| {
        Doc::random(&mut Dice::new(*seed), odd)
            .text()
            .parse::<toml::Table>()
            .is_ok()
    };
    assert!((0..500).filter(sound).count() > 400);
    let merged = |seed: &u64| {
        let [base, ours, theirs] = three(*seed, odd);
        merge(&base, &ours, &theirs).is_ok()
    };
    assert!((0..500).filter(merged).count() > 400);
}
