//! The timeline of 200,000 entries: of 2,000 customers, and of 40.

use std::sync::Arc;

use goodwill::store::load::load;
use goodwill::ui::msg::Msg;
use ratatui::layout::Size;

use crate::{Bench, SIZES, generate, report};

const ENTRIES: usize = 200_000;
/// How often each thing is done.
const RUNS: usize = 60;

/// Prints how long each key takes.
pub fn bench() {
    for customers in [2_000, 40] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        generate::write(folder.path(), customers, ENTRIES, 42).expect("room for a journal");
        let (journal, _) = load(folder.path(), &mut |_, _| {});
        let journal = Arc::new(journal);
        for size in SIZES {
            let entries = journal.entry_count();
            println!(
                "\ntimeline: {customers} customers, {entries} entries, {size}; ms      min   median      max"
            );
            let mut bench = Bench::new(size);
            bench.tell([Msg::Loaded(Arc::clone(&journal), Vec::new())]);
            report("3: the index is made", vec![bench.keys("3")]);
            keys(&mut bench, size);
        }
    }
}

/// The keys between one state and the same one again; the last one is measured.
fn keys(bench: &mut Bench, size: Size) {
    let nothing = [Msg::Resize(size.width, size.height)];
    let all: &[(&str, &str, &str)] = &[
        ("j", "g", "j"),
        ("page down", "g", "pgdn"),
        ("End", "g", "G"),
        ("z: weeks", "", "z"),
        ("z: months", "", "z"),
        ("z: quarters", "", "z"),
        ("z: years", "", "z"),
        ("z: days", "", "z"),
        ("<: a month", "F", "<"),
        ("t: one customer", "F T", "t"),
        ("t: all again", "", "t"),
        ("v: the lanes", "", "v"),
        ("lanes: j", "g", "j"),
        ("lanes: page down", "g", "pgdn"),
        ("lanes: a cell to the left", "T", "left"),
        ("lanes: a screenful back", "T", "<"),
    ];
    for (what, before, key) in all {
        let one_of_five = what.starts_with("z: ");
        let runs = if one_of_five || key.len() == 1 && "tv<".contains(key) {
            1
        } else {
            RUNS
        };
        let times = (0..runs).map(|_| {
            bench.keys(before);
            bench.keys(key)
        });
        report(what, times.collect());
    }
    let frames = (0..RUNS).map(|_| bench.tell([]));
    report("lanes: a frame alone", frames.collect());
    bench.keys("v g");
    let frames = (0..RUNS).map(|_| bench.tell([]));
    report("list: a frame alone", frames.collect());
    bench.tell(nothing);
}
