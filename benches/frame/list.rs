//! The list of 10,000 customers, and the page of one with 2,000 entries.

use std::sync::Arc;
use std::time::Duration;

use goodwill::model::customer::Customer;
use goodwill::model::journal::Journal;
use goodwill::model::value::Value;
use goodwill::store::load::load;
use goodwill::ui::msg::Msg;

use crate::{Bench, SIZES, generate, report};

const CUSTOMERS: usize = 10_000;
const ENTRIES: usize = 200_000;
/// The entries of the one whose page is opened.
const LONG: usize = 2_000;
/// How often each thing is done.
const RUNS: usize = 60;

/// Prints how long each key takes.
pub fn bench() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    generate::write(folder.path(), CUSTOMERS, ENTRIES, 42).expect("room for a journal");
    let (_, long) = generate::journal(1, LONG, 7).swap_remove(1);
    std::fs::write(folder.path().join("000-long.toml"), long).expect("room for a file");
    let (journal, _) = load(folder.path(), &mut |_, _| {});
    let journal = Arc::new(journal);
    for size in SIZES {
        println!(
            "\n{} customers, {} entries, {size}; ms      min   median      max",
            journal.customers.len(),
            journal.entry_count(),
        );
        let mut bench = Bench::new(size);
        let first = bench.tell([Msg::Loaded(Arc::clone(&journal), Vec::new())]);
        report("the journal is read", vec![first]);
        keys(&mut bench);
        changed(&mut bench, &journal);
        let thousand = (0..20).map(|_| bench.keys(&"j ".repeat(1_000)));
        report("1,000 times j at once, drawn once", thousand.collect());
    }
}

/// The keys between one state and the same one again; the last ones are measured.
fn keys(bench: &mut Bench) {
    let all: &[(&str, &str, &str)] = &[
        ("j", "g", "j"),
        ("page down", "g", "pgdn"),
        ("End", "g", "end"),
        ("f", "esc g", "f"),
        ("filter: a", "esc esc f", "a"),
        ("filter: aｃ", "esc esc f a", "ｃ"),
        ("filter: backspace to a", "esc esc f a ｃ", "bs"),
        ("filter: backspace to nothing", "esc esc f a", "bs"),
        ("filter: pasted at once: 商事 a", "esc esc f", "<商事 a>"),
        ("filter cleared", "esc esc f a", "esc"),
    ];
    for (what, before, key) in all {
        let times = (0..RUNS).map(|_| {
            bench.keys(before);
            bench.keys(key)
        });
        report(what, times.collect());
        bench.keys("esc esc");
    }
    let mut sorts = vec![Vec::new(); 4];
    for _ in 0..RUNS / 4 {
        for times in &mut sorts {
            times.push(bench.keys("s"));
        }
    }
    let names = ["name", "last touch", "value", "attention"];
    for (name, times) in names.iter().zip(sorts) {
        report(&format!("sort by {name}"), times);
    }
    bench.keys("f <000-long> enter");
    for (what, before, key) in [
        ("open the page of 2,000 entries", "esc", "enter"),
        ("its timeline: j", "g", "j"),
        ("its timeline: End", "g", "G"),
        ("its tabs: ]", "g", "]"),
        ("read an entry", "esc enter g", "enter"),
        ("filter its entries: a", "esc esc enter f", "a"),
    ] {
        let times = (0..RUNS).map(|_| {
            bench.keys(before);
            bench.keys(key)
        });
        report(what, times.collect());
    }
    bench.keys("esc esc esc esc g");
}

/// Somebody else changes one customer.
fn changed(bench: &mut Bench, journal: &Arc<Journal>) {
    let mut now = Arc::clone(journal);
    let mut times: Vec<Duration> = Vec::new();
    for run in 0..2 * RUNS {
        let at = run * 97 % now.customers.len();
        let mut customer = Customer::clone(&now.customers[at]);
        if run < RUNS {
            customer.entries.pop();
        } else {
            let name = Value::text(&format!("{} {run}", customer.name()));
            let mut head = customer.head.to_vec();
            head.retain(|(name, _)| name != "name");
            head.push(("name".to_owned(), name));
            customer.head = head.into_iter().collect();
        }
        let key = customer.key.to_string();
        let next = Arc::new(now.with(&key, Some(customer)));
        // The old journal goes while nobody waits.
        let before = std::mem::replace(&mut now, Arc::clone(&next));
        times.push(bench.tell([Msg::Changed {
            journal: next,
            problems: Vec::new(),
            customers: vec![key],
        }]));
        drop(before);
    }
    let renamed = times.split_off(RUNS);
    report("a customer was changed from outside", times);
    report("a customer was renamed from outside", renamed);
}
