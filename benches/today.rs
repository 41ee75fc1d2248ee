//! What Today costs: from the shell against reading the bytes, and anew after an edit.
//!
//! `cargo bench --bench today` prints medians over 500 customers and 20,000 entries.

#![allow(missing_docs, clippy::expect_used)]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use goodwill::model::journal::Journal;
use goodwill::model::today::Today;
use goodwill::store::load::load;

mod generate;

const RUNS: usize = 40;

fn main() {
    // Also `cargo test` builds and starts this; there is nothing to test here.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let dir = tempfile::tempdir().expect("a temporary folder");
    let root = dir.path().join("journal");
    generate::write(&root, 500, 20_000, 42).expect("room for a journal");
    let read = median(|| {
        black_box(bytes(&root));
    });
    println!("reading {} bytes        {read:8.2?}", bytes(&root));
    let report = |what: &str, took: Duration| {
        let ratio = took.as_secs_f64() / read.as_secs_f64();
        println!("{what:28}{took:8.2?}  {ratio:5.1} x reading");
    };
    report(
        "goodwill today",
        median(|| shell(dir.path(), &root, &["today"])),
    );
    let largest = largest(&root);
    let brief = ["today", largest.as_str()];
    report(
        "goodwill today CUSTOMER",
        median(|| shell(dir.path(), &root, &brief)),
    );
    let (journal, _) = load(&root, &mut |_, _| {});
    let of = median(|| {
        black_box(Today::of(&journal, generate::TODAY));
    });
    println!("all rows in memory          {of:8.2?}");
    println!(
        "after an edit               {:8.2?}",
        after_an_edit(&journal, &largest)
    );
}

/// The rows anew after an edit of the largest customer.
fn after_an_edit(journal: &Journal, key: &str) -> Duration {
    let mut today = Today::of(journal, generate::TODAY);
    let customer = journal.customer(key).map(|customer| (**customer).clone());
    median(|| {
        let edited = journal.with(key, customer.clone());
        today.follow(&edited, generate::TODAY);
        black_box(today.rows().len());
    })
}

fn largest(root: &Path) -> String {
    let files = fs::read_dir(root).expect("the journal").flatten();
    let sizes = files.map(|file| (file.metadata().map_or(0, |meta| meta.len()), file.path()));
    let of_customers = sizes.filter(|(_, path)| path.extension().is_some_and(|ext| ext == "toml"));
    let (_, path) = of_customers.max().expect("a customer");
    let stem = path.file_stem().expect("a name");
    stem.to_string_lossy().into_owned()
}

fn bytes(dir: &Path) -> usize {
    let files = fs::read_dir(dir).expect("a folder").flatten();
    files
        .map(|file| match file.path() {
            path if path.is_dir() => bytes(&path),
            path => fs::read(path).expect("a file").len(),
        })
        .sum()
}

fn shell(home: &Path, root: &Path, args: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_goodwill"));
    command.env_clear().env("HOME", home);
    command.args(args).arg("--journal").arg(root);
    let _ = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
}

fn median(mut work: impl FnMut()) -> Duration {
    work();
    let time = |_| {
        let begin = Instant::now();
        work();
        begin.elapsed()
    };
    let mut times: Vec<Duration> = (0..RUNS).map(time).collect();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
