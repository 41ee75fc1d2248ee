//! What Today says, as folders of cases: a journal, a day, and the rows that it gives.
//!
//! A folder in `tests/insight` holds customers' files and `expected.txt`: what it shows, the day,
//! the rules that are looked at, and behind a blank line the rows. `UPDATE=1 cargo test --test it
//! insight` writes the rows anew: read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use goodwill::model::today::{Rule, Today};
use goodwill::store::load::load;
use jiff::civil::Date;

/// What stands above the rows.
struct Asked {
    head: String,
    today: Date,
    rules: Vec<Rule>,
}

impl Asked {
    fn read(text: &str) -> Asked {
        let head = text.split("\n\n").next().unwrap();
        let line = |name: &str| {
            let found = head.lines().find_map(|line| line.strip_prefix(name));
            found.map(str::trim)
        };
        let rules = line("rules:").map(|names| {
            let rule = |name| Rule::of(name).unwrap_or_else(|| panic!("no rule {name}"));
            names.split_whitespace().map(rule).collect()
        });
        Asked {
            head: head.trim_end().to_owned(),
            today: line("today:").unwrap().parse().unwrap(),
            rules: rules.unwrap_or(Rule::ALL.to_vec()),
        }
    }
}

fn cases() -> Vec<PathBuf> {
    let all = fs::read_dir("tests/insight").unwrap();
    let mut all: Vec<PathBuf> = all.map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// `rule  customer  kind.key  reason`, one below the other in the order of the screen.
fn told(journal: &goodwill::model::journal::Journal, asked: &Asked) -> String {
    let today = Today::of(journal, asked.today);
    let rows = today.each().into_iter();
    let rows = rows.filter(|(_, reason)| asked.rules.contains(&reason.rule));
    rows.map(|(customer, reason)| {
        let entry = reason.entry.as_deref().unwrap_or("-");
        let (rule, text) = (reason.rule.name(), &reason.text);
        format!("{rule}  {}  {entry}  {text}\n", customer.key)
    })
    .collect()
}

#[test]
fn every_case_gives_its_rows_and_no_others() {
    let mut spoken = BTreeSet::new();
    for case in cases() {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        let path = case.join("expected.txt");
        let expected = fs::read_to_string(&path).unwrap();
        let asked = Asked::read(&expected);
        let (journal, _) = load(&case, &mut |_, _| {});
        let rows = told(&journal, &asked);
        let whole = format!("{}\n\n{rows}", asked.head);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &whole).unwrap();
        }
        assert_eq!(whole, fs::read_to_string(&path).unwrap(), "{name}");
        for line in rows.lines() {
            spoken.insert(line.split("  ").next().unwrap().to_owned());
        }
    }
    let all: BTreeSet<String> = Rule::ALL
        .iter()
        .map(|rule| rule.name().to_owned())
        .collect();
    assert_eq!(spoken, all, "a rule never speaks");
}

#[test]
fn every_rule_has_its_sides() {
    let names: BTreeSet<String> = cases()
        .iter()
        .map(|case| case.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    for rule in Rule::ALL {
        for side in ["speaks", "silent", "borders", "quiet"] {
            let name = format!("{}-{side}", rule.name());
            assert!(names.contains(&name), "no case {name}");
        }
    }
    assert!(names.len() >= 60);
}
