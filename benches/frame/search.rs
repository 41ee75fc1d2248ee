//! The search with a result of 1,000 hits: what a key costs beside the search itself, which a
//! thread of its own does.

use std::sync::Arc;
use std::time::Duration;

use goodwill::model::search::engine::Engine;
use goodwill::store::load::load;
use goodwill::ui::msg::{Effect, Msg};

use crate::{Bench, SIZES, generate, report};

const CUSTOMERS: usize = 2_000;
const ENTRIES: usize = 200_000;
/// How often each thing is done.
const RUNS: usize = 60;

/// Prints how long each key takes.
pub fn bench() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    generate::write(folder.path(), CUSTOMERS, ENTRIES, 42).expect("room for a journal");
    let (journal, _) = load(folder.path(), &mut |_, _| {});
    let journal = Arc::new(journal);
    let mut engine = Engine::default();
    engine.follow(&journal.customers);
    for size in SIZES {
        let entries = journal.entry_count();
        println!(
            "\nsearch: {CUSTOMERS} customers, {entries} entries, {size}; ms      min   median      max"
        );
        let mut bench = Bench::new(size);
        bench.tell([Msg::Loaded(Arc::clone(&journal), Vec::new())]);
        keys(&mut bench, &mut engine);
    }
}

/// The keys, and the answers of the searcher, each drawn.
fn keys(bench: &mut Bench, engine: &mut Engine) {
    report("/: the search is opened", vec![bench.keys("/")]);
    let mut typed = Vec::new();
    let mut answered = Vec::new();
    for _ in 0..RUNS / 2 {
        for key in ["<a>", "<支>"] {
            bench.keys("ctrl-u");
            typed.push(bench.keys(key));
            answered.push(answer(bench, engine));
        }
    }
    report("a letter, before its answer", typed);
    report("the answer: 1,000 hits", answered);
    bench.keys("ctrl-u <a>");
    answer(bench, engine);
    for (what, before, key) in [
        ("down", "pgup", "down"),
        ("page down", "pgup pgup", "pgdn"),
        ("by customer", "ctrl-g", "ctrl-g"),
    ] {
        let times = (0..RUNS).map(|_| {
            bench.keys(before);
            bench.keys(key)
        });
        report(what, times.collect());
    }
}

/// Answers the newest search, as the searcher does; the time of the search is not counted.
fn answer(bench: &mut Bench, engine: &mut Engine) -> Duration {
    let mut asked = bench.effects.drain(..).filter_map(|effect| match effect {
        Effect::Search(wanted) => Some(wanted),
        _ => None,
    });
    let wanted = asked.next_back().expect("a search");
    let found = wanted.answer(engine, &|| false).expect("an answer");
    let ticket = wanted.ticket;
    bench.tell([Msg::Found { ticket, found }])
}
