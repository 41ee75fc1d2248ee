//! What Today says, as folders of cases: a journal, a day, and the rows that it gives.
//!
//! A folder in `tests/insight` holds customers' files and `expected.txt`: what it shows, the day,
//! the rules that are looked at, and behind a blank line the rows. `UPDATE=1 cargo test --test it
//! insight` writes the rows anew: read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use goodwill::model::today::{Reason, Rule, Today};
use goodwill::store::load::load;
use jiff::civil::{Date, date};

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
fn the_rules_are_listed_by_weight_each_under_its_name() {
    for (at, rule) in Rule::ALL.into_iter().enumerate() {
        assert_eq!(rule as usize, at, "{rule:?}");
        assert_eq!(Rule::of(rule.name()), Some(rule));
    }
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

/// After any edits the rows that are kept are those that are worked out anew.
#[test]
fn rows_that_follow_edits_are_those_of_a_fresh_look() {
    let (mut journal, _) = load("journal".as_ref(), &mut |_, _| {});
    let day = date(2026, 11, 21);
    let mut kept = Today::default();
    let donors: Vec<_> = journal.customers.clone();
    let mut dice = 20_261_122_u64;
    for turn in 0..200 {
        let mut roll = |below: usize| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(dice >> 33).unwrap() % below
        };
        let donor = &donors[roll(donors.len())];
        let key = donor.key.to_string();
        // Gone, back, or with some of its entries; our own file among them.
        let edited = match roll(3) {
            0 => None,
            1 => Some((**donor).clone()),
            _ => {
                let mut some = (**donor).clone();
                some.entries.retain(|_| roll(4) > 0);
                Some(some)
            }
        };
        journal = journal.with(&key, edited);
        let today = if turn % 50 < 40 {
            day
        } else {
            date(2027, 3, 1)
        };
        kept.follow(&journal, today);
        let fresh = Today::of(&journal, today);
        let told = |rows: &Today| -> Vec<(String, Vec<Reason>)> {
            let rows = rows.rows().iter();
            rows.map(|row| (row.customer.key.to_string(), row.reasons.to_vec()))
                .collect()
        };
        assert_eq!(told(&kept), told(&fresh), "turn {turn}");
    }
}
