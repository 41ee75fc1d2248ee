//! How long a journal of 20,000 entries takes to load, against merely reading its bytes.
//!
//! `cargo bench --bench load` prints the CPU time (of user and system, all threads) and the peak
//! memory of processes that do one thing each, then what criterion measures inside of one.

#![allow(missing_docs, clippy::expect_used)]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use criterion::Criterion;
use goodwill::store::check::check;
use goodwill::store::files::customer_files;
use goodwill::store::load::{load, load_strict};
use rustix::time::{ClockId, clock_gettime};

mod generate;

/// How often each process is run; the quickest run counts.
const RUNS: usize = 15;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [word, what, dir] = args.as_slice()
        && word == "do"
    {
        return child(what, Path::new(dir));
    }
    let dir = tempfile::tempdir().expect("a temporary folder");
    generate::write(dir.path(), 500, 20_000, 42).expect("room for a journal");
    if args.iter().any(|arg| arg == "--bench") {
        compare(dir.path());
    }
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    criterion.bench_function("load 20,000 entries", |b| {
        b.iter(|| load(dir.path(), &mut |_, _| {}))
    });
    criterion.bench_function("strict pass over 20,000 entries", |b| {
        b.iter(|| load_strict(dir.path(), &mut |_, _| {}))
    });
    criterion.final_summary();
}

/// Does one thing, and prints its CPU time in ns and the peak memory in KiB.
fn child(what: &str, root: &Path) {
    match what {
        "start" => {}
        "read" => {
            keep(read(root));
        }
        "load" => {
            keep(load(root, &mut |_, _| {}));
        }
        "check" => {
            let (journal, _) = load(root, &mut |_, _| {});
            keep(check(root, &journal, generate::TODAY, &mut |_, _| {}));
        }
        "strict" => {
            keep(load_strict(root, &mut |_, _| {}));
        }
        _ => panic!("unknown: {what}"),
    }
    let used = clock_gettime(ClockId::ProcessCPUTime);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.map_or("0", |kib| kib.trim().trim_end_matches(" kB"));
    println!("{} {peak}", used.tv_sec * 1_000_000_000 + used.tv_nsec);
}

/// A program that shows a journal doesn't throw it away.
fn keep<T>(loaded: T) {
    std::mem::forget(black_box(loaded));
}

/// All bytes of the journal, kept in memory: what any load has to do at least.
fn read(root: &Path) -> Vec<Vec<u8>> {
    let files = customer_files(root).0;
    files
        .iter()
        .filter_map(|file| fs::read(&file.path).ok())
        .collect()
}

fn compare(root: &Path) {
    let bytes: usize = read(root).iter().map(Vec::len).sum();
    println!("a journal of {:.1} MB", bytes as f64 / 1e6);
    let whats = ["start", "read", "load", "strict", "check"];
    let mut best = [(f64::MAX, f64::MAX); 5];
    for _ in 0..RUNS {
        for (what, best) in whats.iter().zip(&mut best) {
            let (ms, mib) = run(what, root);
            *best = (best.0.min(ms), best.1.min(mib));
        }
    }
    let floor = best[1].0;
    for (what, (ms, mib)) in whats.iter().zip(best) {
        println!(
            "{what:>7}  {ms:6.1} ms CPU  {:4.1} x reading  {mib:5.1} MiB",
            ms / floor
        );
    }
    let journal = bytes as f64 / f64::from(1 << 20);
    println!(
        "memory of the load: {:.2} x the journal, and 12 MiB",
        (best[2].1 - 12.0) / journal
    );
}

fn run(what: &str, root: &Path) -> (f64, f64) {
    let program = std::env::current_exe().expect("a path of its own");
    let output = Command::new(program).args(["do", what]).arg(root).output();
    let output = output.expect("a process").stdout;
    let text = String::from_utf8_lossy(&output);
    let mut numbers = text
        .split_whitespace()
        .filter_map(|word| word.parse::<f64>().ok());
    let (ns, kib) = (
        numbers.next().unwrap_or(f64::NAN),
        numbers.next().unwrap_or(f64::NAN),
    );
    (ns / 1e6, kib / 1024.0)
}
