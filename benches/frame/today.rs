//! Today over 500 customers with 20,000 entries: its keys, and what an edit of one customer costs.

use std::sync::Arc;

use goodwill::model::customer::Customer;
use goodwill::model::today::Today;
use goodwill::store::load::load;
use goodwill::ui::msg::Msg;

use crate::{Bench, SIZES, generate, report};

const CUSTOMERS: usize = 500;
const ENTRIES: usize = 20_000;
/// How often each thing is done.
const RUNS: usize = 60;

/// Prints how long each takes.
pub fn bench() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    generate::write(folder.path(), CUSTOMERS, ENTRIES, 42).expect("room for a journal");
    let (journal, _) = load(folder.path(), &mut |_, _| {});
    let journal = Arc::new(journal);
    let all = |_| {
        let begin = std::time::Instant::now();
        std::hint::black_box(Today::of(&journal, generate::TODAY));
        begin.elapsed()
    };
    println!(
        "\n{} customers, {} entries; ms              min   median      max",
        journal.customers.len(),
        journal.entry_count(),
    );
    report("the reasons of all", (0..RUNS).map(all).collect());
    for size in SIZES {
        println!("{size}");
        let mut bench = Bench::new(size);
        bench.keys("1");
        let first = bench.tell([Msg::Loaded(Arc::clone(&journal), Vec::new())]);
        report("the journal is read", vec![first]);
        for (what, before, key) in [
            ("j", "g", "j"),
            ("End", "g", "G"),
            ("unfold", "esc g", "tab"),
            ("f", "esc esc g", "f"),
            ("filter: a", "esc esc f", "a"),
            ("filter: aｃ", "esc esc f a", "ｃ"),
        ] {
            let times = (0..RUNS).map(|_| {
                bench.keys(before);
                bench.keys(key)
            });
            report(what, times.collect());
        }
        bench.keys("esc esc g");
        let mut now = Arc::clone(&journal);
        let edited = (0..RUNS).map(|run| {
            let at = run * 97 % now.customers.len();
            let mut customer = Customer::clone(&now.customers[at]);
            customer.entries.pop();
            let key = customer.key.to_string();
            let next = Arc::new(now.with(&key, Some(customer)));
            // The old journal goes while nobody waits.
            let before = std::mem::replace(&mut now, Arc::clone(&next));
            let took = bench.tell([Msg::Changed {
                journal: next,
                problems: Vec::new(),
                customers: vec![key],
            }]);
            drop(before);
            took
        });
        report("a customer was edited", edited.collect());
        let days = (1..=RUNS as i64).map(|day| {
            let today = generate::TODAY.saturating_add(jiff::Span::new().days(day));
            bench.tell([Msg::Today(today)])
        });
        report("it is another day", days.collect());
    }
}
