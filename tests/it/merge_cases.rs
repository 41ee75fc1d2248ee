//! Merges of hand-written files, one folder each under `tests/merge`: `base.toml`, `ours.toml`,
//! `theirs.toml`, and `merged.toml` with what comes out. Where a person has to decide, `conflicts`
//! names the fields, one a line, and `merged.toml` is the text with markers.

use std::fs;
use std::path::Path;

use goodwill::store::merge_file::{Labels, Merged, merge_file};

#[test]
fn every_case_comes_out_byte_for_byte() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/merge");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 15, "only {} cases", cases.len());
    for case in cases {
        check(&case);
    }
}

fn labels() -> Labels {
    Labels {
        ours: "ours".to_owned(),
        base: "base".to_owned(),
        theirs: "theirs".to_owned(),
    }
}

fn check(case: &Path) {
    let name = case.file_name().unwrap().to_string_lossy();
    let read = |file: &str| fs::read_to_string(case.join(file)).unwrap();
    let [base, ours, theirs] = ["base.toml", "ours.toml", "theirs.toml"].map(read);
    let merge = |ours: &str, theirs: &str| -> Merged {
        let merged = merge_file(base.as_bytes(), ours.as_bytes(), theirs.as_bytes());
        merged.unwrap_or_else(|e| panic!("{name}: {e}"))
    };
    let merged = merge(&ours, &theirs);
    let named = merged.clashes.iter().map(|clash| {
        let path = clash.table.iter().chain([&clash.conflict.field]).cloned();
        path.collect::<Vec<_>>().join(".")
    });
    let named: Vec<String> = named.collect();
    let conflicts = fs::read_to_string(case.join("conflicts")).unwrap_or_default();
    assert_eq!(named, conflicts.lines().collect::<Vec<_>>(), "{name}");
    let wanted = read("merged.toml");
    let marked = String::from_utf8(merged.marked(&labels(), 7)).unwrap();
    assert_eq!(marked, wanted, "{name}\n{marked}");
    if !named.is_empty() {
        return;
    }
    assert_eq!(
        String::from_utf8(merge(&theirs, &ours).text).unwrap(),
        wanted,
        "{name}: the other way round"
    );
    for side in [&ours, &theirs] {
        let again = merge(&wanted, side);
        assert_eq!(
            String::from_utf8(again.text).unwrap(),
            wanted,
            "{name}: once more"
        );
    }
}
