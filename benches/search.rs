//! How long a keystroke of a search takes, from the query to ranked results, for twelve kinds of
//! query over generated journals of three sizes.
//!
//! `cargo bench --bench search` takes 20,000 and 200,000 entries;
//! `cargo bench --bench search -- 20000 200000 1000000` those that are asked for. Every query is
//! answered from scratch: the engine has nothing of the query before to narrow.

#![allow(missing_docs, clippy::expect_used)]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use goodwill::model::journal::Journal;
use goodwill::model::search::engine::{Engine, highlights};
use goodwill::model::search::query::{Query, Reading};
use goodwill::store::load::load;
use goodwill::store::read::read_customer;
use jiff::civil::Weekday;
use rustix::time::{ClockId, clock_gettime};

mod generate;

/// The kinds of query, and one of each.
const QUERIES: [(&str, &str); 12] = [
    ("one letter", "a"),
    ("two letters", "pa"),
    ("common word", "payment"),
    ("rare word", "borealis"),
    ("kanji", "支払"),
    ("kana", "ほしい"),
    ("several words", "board payment monthly"),
    ("typo", "paymnet"),
    ("romaji", "shiharai"),
    ("field", "kind:concern payment"),
    ("negation", "payment !board"),
    ("nothing found", "zzqx"),
];

/// The most that the worst median may take, in ms, for a size.
const GOALS: [(usize, f64); 3] = [(20_000, 5.0), (200_000, 25.0), (1_000_000, 130.0)];

/// How many hits a screen asks for.
const LIMIT: usize = 200;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [word, what, dir] = args.as_slice()
        && word == "do"
    {
        return child(what, Path::new(dir));
    }
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    let mut sizes: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![20_000, 200_000];
    }
    hostile();
    for size in sizes {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let customers = (size / 100).max(40);
        generate::write(dir.path(), customers, size, 42).expect("room for a journal");
        measure(dir.path(), size);
    }
}

fn measure(root: &Path, size: usize) {
    let program = std::env::current_exe().expect("a path of its own");
    let run = |what: &str| {
        let output = Command::new(&program).args(["do", what]).arg(root).output();
        String::from_utf8_lossy(&output.expect("a process").stdout).into_owned()
    };
    let bytes = files_bytes(root);
    let memory = |what: &str| run(what).trim().parse::<f64>().unwrap_or(f64::NAN);
    let (start, loaded, indexed) = (memory("start"), memory("load"), memory("index"));
    let journal = bytes as f64 / 1024.0;
    println!("\n{size} entries, {:.1} MB of files", bytes as f64 / 1e6);
    println!(
        "memory: {:.2} x the files loaded, {:.2} x with the index",
        (loaded - start) / journal,
        (indexed - start) / journal,
    );
    print!("{}", run("search"));
    if let Some((_, goal)) = GOALS.iter().find(|(of, _)| *of == size) {
        println!("  goal: {goal} ms in the worst median");
    }
}

/// Does one thing in a process of its own.
fn child(what: &str, root: &Path) {
    match what {
        "start" => println!("{}", peak_kib()),
        "load" => {
            std::mem::forget(black_box(load(root, &mut |_, _| {})));
            println!("{}", peak_kib());
        }
        "index" => {
            let journal = load(root, &mut |_, _| {}).0;
            std::mem::forget(black_box(index(&journal)));
            std::mem::forget(journal);
            println!("{}", peak_kib());
        }
        "search" => search(&load(root, &mut |_, _| {}).0, files_bytes(root)),
        _ => panic!("unknown: {what}"),
    }
}

fn index(journal: &Journal) -> Engine {
    let mut engine = Engine::default();
    engine.follow(&journal.customers);
    engine
}

fn search(journal: &Journal, bytes: usize) {
    let start = (Instant::now(), cpu_ms());
    let mut engine = index(journal);
    println!(
        "index: {:.2} x the files, built in {:.0} ms, {:.0} ms of CPU",
        engine.bytes() as f64 / bytes as f64,
        ms(start.0),
        cpu_ms() - start.1,
    );
    println!(
        "  {:>14} {:>22} {:>8} {:>9} {:>9} {:>9}",
        "", "", "hits", "median", "slowest", "CPU"
    );
    let mut worst = (0.0, "");
    for (kind, typed) in QUERIES {
        let query = Query::parse(typed, &reading());
        let mut times = Vec::new();
        let mut total = 0;
        let cpu = cpu_ms();
        let begun = Instant::now();
        while times.len() < 5 || (times.len() < 25 && ms(begun) < 1000.0) {
            let start = Instant::now();
            let found = engine.search(&query, LIMIT, &|| false);
            times.push(ms(start));
            total = black_box(found).map_or(0, |found| found.total);
        }
        let cpu = (cpu_ms() - cpu) / times.len() as f64;
        times.sort_by(f64::total_cmp);
        let median = times[times.len() / 2];
        let slowest = times[times.len() - 1];
        println!(
            "  {kind:>14} {typed:>22} {total:>8} {median:>7.2}ms {slowest:>7.2}ms {cpu:>7.2}ms"
        );
        if median > worst.0 {
            worst = (median, kind);
        }
    }
    println!("  worst median: {:.2} ms ({})", worst.0, worst.1);
    let line = "payment board 支払条件";
    println!(
        "  typing `{line}`: {:.2} ms in the slowest key",
        slowest_key(&mut engine, line)
    );
}

/// The slowest key while a line is typed, and taken back again.
fn slowest_key(engine: &mut Engine, line: &str) -> f64 {
    let ends: Vec<usize> = line
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    let mut slowest: f64 = 0.0;
    for end in ends.iter().chain(ends.iter().rev()) {
        let start = Instant::now();
        let query = Query::parse(&line[..*end], &reading());
        black_box(engine.search(&query, LIMIT, &|| false));
        slowest = slowest.max(ms(start));
    }
    slowest
}

/// Journals and queries that nobody means well with: the slowest of each.
fn hostile() {
    let note = "すきとおった風 the quick payment 👩‍👩‍👧‍👦 e\u{301}\u{301} ".repeat(2500);
    let big = format!("name = \"X\"\n[fact.a]\ntext = \"{note}\"\nnotes = \"\"\"\n{note}\"\"\"\n");
    let same =
        "name = \"山田商事\"\nreading = \"やまだしょうじ\"\n[contact.a]\nname = \"山田 花子\"\n";
    let long = "pay men to come by ".repeat(27);
    let letters = "a b c d e f g h i j k l m n o p q r s t u v w x y z ".repeat(10);
    let one_note = vec![Arc::new(read_customer("x", &big).customer)];
    let same_name = |at| Arc::new(read_customer(&format!("c{at:05}"), same).customer);
    let journals = [
        ("a note of 100,000 characters", one_note),
        (
            "10,000 customers of one name",
            (0..10_000).map(same_name).collect::<Vec<_>>(),
        ),
    ];
    for (name, customers) in journals {
        let mut engine = Engine::default();
        engine.follow(&customers);
        println!("\n{name}");
        for typed in [
            "a",
            "yamada",
            "yamadaa",
            "やま",
            "paymnet",
            "👩‍👩‍👧‍👦",
            "e\u{301}",
            &long,
            &letters,
        ] {
            let query = Query::parse(typed, &reading());
            let start = Instant::now();
            let found = engine.search(&query, LIMIT, &|| false);
            let (searched, start) = (ms(start), Instant::now());
            black_box(highlights(&query, &note));
            let total = found.map_or(0, |found| found.total);
            let typed: String = typed.chars().take(12).collect();
            println!(
                "  {typed:>14} {total:>6} hits {searched:>7.2}ms, marks in the note {:.2}ms",
                ms(start)
            );
        }
    }
}

fn reading() -> Reading {
    Reading {
        today: generate::TODAY,
        week_starts: Weekday::Monday,
        romaji: true,
    }
}

fn files_bytes(root: &Path) -> usize {
    let files = goodwill::store::files::customer_files(root).0;
    let sizes = files
        .iter()
        .filter_map(|file| fs::metadata(&file.path).ok());
    usize::try_from(sizes.map(|meta| meta.len()).sum::<u64>()).unwrap_or(usize::MAX)
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// The CPU time of this process so far, all threads.
fn cpu_ms() -> f64 {
    let used = clock_gettime(ClockId::ProcessCPUTime);
    used.tv_sec as f64 * 1000.0 + used.tv_nsec as f64 / 1e6
}

/// The most memory that this process had.
fn peak_kib() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = peak.map(|kib| kib.trim().trim_end_matches(" kB"));
    kib.and_then(|kib| kib.parse().ok()).unwrap_or(f64::NAN)
}
