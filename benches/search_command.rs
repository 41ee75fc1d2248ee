//! What `goodwill search` costs from the shell, against `rg` and `fzf` over the same files.
//!
//! `cargo bench --bench search_command` runs whole processes, cold but for the pages that the
//! system keeps: their wall time (median) and the CPU time of all their children (mean). Behind
//! that a keystroke: the engine's CPU in process against `fzf --filter` over the same 200,000
//! lines; `-- 20000` takes another number.

#![allow(missing_docs, clippy::expect_used)]

use std::fs::{self, File};
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use goodwill::model::search::engine::Engine;
use goodwill::model::search::query::{Query, Reading};
use goodwill::store::load::load;
use jiff::civil::Weekday;
use rustix::time::{ClockId, clock_gettime};

mod generate;

/// How often each process is run. Its CPU is known in steps of 10 ms, for all runs together.
const RUNS: u32 = 20;
/// The fewest of those for what takes long.
const FEW_RUNS: u32 = 5;
/// How many hits a screen asks for.
const LIMIT: usize = 200;

/// The kinds of query, and one of each.
const QUERIES: [(&str, &str); 7] = [
    ("common word", "payment"),
    ("rare word", "borealis"),
    ("kanji", "支払"),
    ("kana", "ほしい"),
    ("romaji", "shiharai"),
    ("typo", "paymnet"),
    ("nothing", "zzqx"),
];

fn main() {
    // Also `cargo test` builds and starts this; there is nothing to test here.
    let args: Vec<String> = std::env::args().skip(1).collect();
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    let size = args.iter().find_map(|arg| arg.parse().ok());
    let tools = Tools {
        rg: is_installed("rg"),
        fzf: is_installed("fzf"),
    };
    let dir = tempfile::tempdir().expect("a temporary folder");
    let journal = dir.path().join("journal");
    generate::write(&journal, 500, 20_000, 42).expect("room for a journal");
    from_the_shell(dir.path(), &journal, &tools);
    let size = size.unwrap_or(200_000);
    keystroke(dir.path(), size, &tools);
}

struct Tools {
    rg: bool,
    fzf: bool,
}

fn is_installed(tool: &str) -> bool {
    let found = Command::new(tool).arg("--version").output().is_ok();
    if !found {
        println!("{tool} is not installed");
    }
    found
}

/// What a process took: wall time, and CPU.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    cpu: f64,
}

fn from_the_shell(home: &Path, journal: &Path, tools: &Tools) {
    println!("20,000 entries, ms of wall (median) and CPU (mean of {RUNS}, {FEW_RUNS} with fzf)");
    println!(
        "                          goodwill         rg        wall     rg | fzf    wall   CPU"
    );
    println!(
        "                         wall    cpu    wall    cpu   ratio  wall    cpu  1 in  1 in"
    );
    for (kind, typed) in QUERIES {
        let program = env!("CARGO_BIN_EXE_goodwill");
        let goodwill = measure(RUNS, || {
            let mut command = Command::new(program);
            command.args(["search", typed, "--journal"]).arg(journal);
            command
                .env_clear()
                .env("HOME", home)
                .env("GOODWILL_TODAY", "2026-11-21");
            command
        });
        print!("{kind:12} {typed:10}");
        print!("{:6.1} {:6.1}", goodwill.wall, goodwill.cpu);
        if tools.rg {
            let rg = measure(RUNS, || {
                let mut command = Command::new("rg");
                command.arg(typed).arg(journal);
                command
            });
            print!("  {:6.1} {:6.1}", rg.wall, rg.cpu);
            print!("  {:6.2}", goodwill.wall / rg.wall);
        }
        if tools.rg && tools.fzf {
            let both = measure(FEW_RUNS, || {
                let mut command = Command::new("sh");
                let line = "rg --no-heading . \"$1\" | fzf --filter \"$2\"";
                command.args(["-c", line, "sh"]).arg(journal).arg(typed);
                command
            });
            print!("  {:6.1} {:6.1}", both.wall, both.cpu);
            print!("  {:4.1}", both.wall / goodwill.wall);
            print!("  {:4.1}", both.cpu / goodwill.cpu);
        }
        println!();
    }
}

/// Runs a process several times; none of them shows anything.
fn measure(runs: u32, command: impl Fn() -> Command) -> Cost {
    let run = || {
        let mut command = command();
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let begin = Instant::now();
        let _ = command.status();
        begin.elapsed()
    };
    run();
    let before = cpu_of_children();
    let mut walls: Vec<Duration> = (0..runs).map(|_| run()).collect();
    let cpu = cpu_of_children() - before;
    walls.sort();
    let median = walls.get(walls.len() / 2).copied().unwrap_or_default();
    Cost {
        wall: median.as_secs_f64() * 1e3,
        cpu: cpu / f64::from(runs),
    }
}

/// The CPU that all ended children took so far, with theirs, in ms.
fn cpu_of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default();
    // Behind the name: cutime and cstime, in hundredths of a second.
    let times = fields.split_whitespace().skip(13).take(2);
    times
        .filter_map(|time| time.parse::<f64>().ok())
        .sum::<f64>()
        * 10.0
}

fn keystroke(home: &Path, size: usize, tools: &Tools) {
    let journal = home.join("large");
    generate::write(&journal, (size / 100).max(1), size, 42).expect("room for a journal");
    let (loaded, _) = load(&journal, &mut |_, _| {});
    let lines = home.join("lines");
    let entries = loaded.customers.iter().flat_map(|customer| {
        let entries = customer.entries.iter();
        entries.map(move |entry| {
            let fields = entry.fields.iter().map(|(_, value)| value.to_line());
            let line = fields.collect::<Vec<_>>().join("\t");
            format!("{}\t{line}\n", customer.name())
        })
    });
    fs::write(&lines, entries.collect::<String>()).expect("room for lines");
    let mut engine = Engine::default();
    engine.follow(&loaded.customers);
    println!("\na keystroke over {size} entries, ms of CPU");
    println!("                         goodwill  fzf --filter   1 in");
    for (kind, typed) in QUERIES {
        let reading = Reading {
            today: generate::TODAY,
            week_starts: Weekday::Monday,
            romaji: true,
        };
        let query = Query::parse(typed, &reading);
        let mut times: Vec<f64> = (0..FEW_RUNS)
            .map(|_| {
                let before = cpu();
                black_box(engine.search(&query, LIMIT, &|| false));
                cpu() - before
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let own = times.get(times.len() / 2).copied().unwrap_or(f64::NAN);
        print!("{kind:12} {typed:10}{own:8.2}");
        if tools.fzf {
            let before = cpu_of_children();
            let _ = Command::new("fzf")
                .args(["--filter", typed])
                .stdin(File::open(&lines).expect("the lines"))
                .stdout(Stdio::null())
                .status();
            let fzf = cpu_of_children() - before;
            print!("      {fzf:8.0}  {:5.0}", fzf / own);
        }
        println!();
    }
}

/// The CPU that this process took so far, in ms.
fn cpu() -> f64 {
    let used = clock_gettime(ClockId::ProcessCPUTime);
    used.tv_sec as f64 * 1e3 + used.tv_nsec as f64 / 1e6
}
