//! The ranked suite: what a person types and what is meant, read from `tests/search/*.tsv` and
//! asked of the engine. `cargo test --test it -- search_suite --nocapture` prints the figures.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use goodwill::model::customer::Customer;
use goodwill::model::journal::Journal;
use goodwill::model::settings::Settings;

use crate::search_ask::{Ask, sample};
use crate::search_suite_journal;

/// A line of a data file.
struct Line {
    number: usize,
    group: String,
    typed: String,
    /// A place of the journal; `None`: nothing is to be found.
    meant: Option<String>,
}

fn lines(file: &str) -> Vec<Line> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search");
    let text = fs::read_to_string(path.join(file)).unwrap();
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|(at, line)| {
            let number = at + 1;
            let parts: Vec<&str> = line.split('\t').collect();
            let [group, typed, meant, why] = parts[..] else {
                panic!("{file}:{number}: four columns with a tab between are wanted: {line}");
            };
            assert!(!why.is_empty(), "{file}:{number}: why is it that?");
            Line {
                number,
                group: group.to_owned(),
                typed: typed.to_owned(),
                meant: (meant != "-").then(|| meant.to_owned()),
            }
        })
        .collect()
}

/// What is typed in the lines of a data file.
pub fn typed_lines(file: &str) -> impl Iterator<Item = String> {
    lines(file).into_iter().map(|line| line.typed)
}

fn generated() -> Journal {
    Journal::new(search_suite_journal::customers(), Settings::default())
}

/// How many of a group there are, were first, and were among the first three.
#[derive(Default)]
struct Count {
    all: usize,
    first: usize,
    three: usize,
}

/// Asks every line of a file, prints the figures, and tells what came instead.
#[track_caller]
fn ranks(file: &str, customers: &[Arc<Customer>]) {
    let mut ask = Ask::over(customers);
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let (mut total, mut wrong) = (Count::default(), String::new());
    for line in lines(file) {
        let (places, found) = ask.best(&line.typed, 3);
        let (is_first, is_there) = match &line.meant {
            Some(meant) => (places.first() == Some(meant), places.contains(meant)),
            None => (found == 0, found == 0),
        };
        for count in [counts.entry(line.group.clone()).or_default(), &mut total] {
            count.all += 1;
            count.first += usize::from(is_first);
            count.three += usize::from(is_there);
        }
        if !is_first {
            let meant = line.meant.as_deref().unwrap_or("nothing");
            let (far, typed, number) = (
                if is_there {
                    "not first"
                } else {
                    "NOT IN THREE"
                },
                line.typed,
                line.number,
            );
            writeln!(
                wrong,
                "{file}:{number}: {typed}\n    {far}: {meant}\n    of {found}: {places:?}"
            )
            .unwrap();
        }
    }
    counts.insert("all".to_owned(), Count { ..total });
    let rows = counts.iter().map(|(group, count)| {
        let Count { all, first, three } = count;
        format!("{group:14} {all:4} {first:6} {three:6}\n")
    });
    let title = format!("{file:14}  all  first  three\n");
    let table = title + &rows.collect::<String>();
    println!("{table}\n{wrong}");
    let Count { all, first, three } = counts["all"];
    assert!(first * 100 >= all * 95 && three == all, "{table}\n{wrong}");
}

#[test]
fn what_is_meant_comes_first_in_the_sample() {
    ranks("sample.tsv", &sample().customers);
}

#[test]
fn what_is_meant_comes_first_among_thousands_of_entries() {
    ranks("generated.tsv", &generated().customers);
}

/// What is asked for is there to be found, and nothing is asked for twice.
#[test]
fn every_line_of_the_data_can_be_asked() {
    let mut count = 0;
    for (file, journal) in [("sample.tsv", sample()), ("generated.tsv", generated())] {
        let mut known = HashSet::new();
        for line in lines(file) {
            let number = line.number;
            if let Some(meant) = &line.meant {
                assert!(journal.holds(meant), "{file}:{number}: there is no {meant}");
            }
            assert!(known.insert(line.typed), "{file}:{number}: asked before");
            count += 1;
        }
    }
    assert!(count >= 150, "{count} lines");
}

#[test]
fn the_generated_journal_is_large_and_always_the_same() {
    let (one, other) = (generated(), generated());
    assert!(one.entry_count() > 3_000, "{}", one.entry_count());
    assert_eq!(one.customers, other.customers);
}
