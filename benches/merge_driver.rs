//! What the merge driver costs as a process, against `git merge-file` on the same three texts: a
//! customer of 200 KB that two machines have written to.
//!
//! `cargo bench --bench merge_driver` prints the median of both, how often the one goes into the
//! other, and the peak memory of a merge.

#![allow(missing_docs, clippy::expect_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use goodwill::store::git::drive::{MARKERS, Task, drive};
use goodwill::store::merge_file::Labels;

mod generate;

const RUNS: usize = 60;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|arg| arg == "--merge-in") {
        let dir = Path::new(args.get(at + 1).expect("a folder"));
        return merge_here(dir);
    }
    // Also `cargo test` builds and starts this; there is nothing to test here.
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    let dir = tempfile::tempdir().expect("a temporary folder");
    let dir = dir.path();
    let sides = sides();
    println!(
        "a customer of {} KB, median of {RUNS} runs",
        sides[0].len() / 1000
    );
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        let program = env!("CARGO_BIN_EXE_goodwill");
        let git = ["merge-file", "-q", "--marker-size=7", "a", "o", "b"];
        times[0].push(timed(dir, &sides, "git", &git));
        let driver = ["merge-driver", "o", "a", "b", "7", "customer.toml"];
        times[1].push(timed(dir, &sides, program, &driver));
        times[2].push(timed(dir, &sides, program, &["--version"]));
    }
    let [git, driver, start] = times.map(median);
    report("git merge-file", git, git);
    report("goodwill merge-driver", driver, git);
    report("of which the start of the program", start, git);
    put(dir, &sides);
    let me = std::env::current_exe().expect("a path of its own");
    let told = Command::new(me).arg("--merge-in").arg(dir).output();
    let told = told.expect("this program once more").stdout;
    print!("{}", String::from_utf8_lossy(&told));
}

/// The base and what two machines made of it: each changed entries of its own and added some.
fn sides() -> [String; 3] {
    let dir = tempfile::tempdir().expect("a temporary folder");
    generate::write(dir.path(), 1, 420, 42).expect("room for a journal");
    let files = fs::read_dir(dir.path()).expect("the journal");
    let files = files.flatten().map(|file| fs::read_to_string(file.path()));
    let largest = files.flatten().max_by_key(String::len);
    let base = largest.expect("a customer");
    let side = |turn: usize, word: &str| {
        let mut text = String::with_capacity(base.len() + 4_000);
        for (at, line) in base.split_inclusive('\n').enumerate() {
            match line.strip_prefix("summary = \"") {
                Some(rest) if at % 60 == turn => {
                    text.push_str(&format!("summary = \"{word} {rest}"));
                }
                _ => text.push_str(line),
            }
        }
        for day in 1..=10 {
            text.push_str(&format!(
                "\n[interaction.2026-11-{day:02}-{word}]\nsummary = \"{word}\"\n"
            ));
        }
        text
    };
    let (ours, theirs) = (side(7, "aaaaaa"), side(31, "bbbbbb"));
    [base, ours, theirs]
}

fn put(dir: &Path, sides: &[String; 3]) {
    for (name, text) in ["o", "a", "b"].iter().zip(sides) {
        fs::write(dir.join(name), text).expect("room for three files");
    }
}

fn timed(dir: &Path, sides: &[String; 3], program: &str, args: &[&str]) -> Duration {
    put(dir, sides);
    let mut command = Command::new(program);
    command.args(args).current_dir(dir);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let ended = command.status().expect("the program");
    let time = start.elapsed();
    assert!(ended.code().is_some_and(|code| code < 128), "{ended}");
    time
}

/// Merges what lies in the folder, and prints how much memory that took at the most.
fn merge_here(dir: &Path) {
    let before = peak_kib();
    let driven = drive(&Task {
        base: dir.join("o"),
        ours: dir.join("a"),
        theirs: dir.join("b"),
        into: dir.join("a"),
        width: MARKERS,
        labels: Labels {
            ours: "ours".to_owned(),
            base: "base".to_owned(),
            theirs: "theirs".to_owned(),
        },
    });
    println!(
        "{:<36} {:>8.1} MB, {:.1} of them at the start{}",
        "peak memory",
        peak_kib() / 1024.0,
        before / 1024.0,
        if driven.whole { "" } else { "; not merged" }
    );
}

fn peak_kib() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = peak.map(|kib| kib.trim().trim_end_matches(" kB"));
    kib.and_then(|kib| kib.parse().ok()).unwrap_or(0.0)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn report(what: &str, time: Duration, floor: Duration) {
    println!(
        "{what:<36} {:>8.2} ms {:>6.2} x",
        time.as_secs_f64() * 1e3,
        time.as_secs_f64() / floor.as_secs_f64()
    );
}
