//! How long it takes from Enter in the shell until something is seen: `cargo bench --bench start`.
//!
//! Each start is a process in a terminal of its own, measured from before it is spawned until the
//! first frame is there whole, and until the journal is on the screen. The floor is `true`,
//! spawned in the same way, until it has ended.

#![allow(clippy::expect_used)]

use std::io::Read;
use std::num::NonZeroU16;
use std::path::Path;
use std::time::{Duration, Instant};

use goodwill::store::sample;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

mod generate;

/// How often each journal is opened.
const RUNS: usize = 15;
/// What ends a frame.
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";
const SIZE: PtySize = PtySize {
    rows: 40,
    cols: 120,
    pixel_width: 0,
    pixel_height: 0,
};

fn main() {
    // Also `cargo test` builds and starts this; there is nothing to test here.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    println!("{RUNS} starts each, in ms        first frame       journal on screen");
    println!("                              min   median       min   median");
    let home = tempfile::tempdir().expect("a temporary folder");
    let floor = (0..RUNS).map(|_| start(home.path(), "/bin/true", None));
    tell("true, until it has ended", &floor.collect::<Vec<_>>());

    let empty = home.path().join("empty");
    std::fs::create_dir(&empty).expect("room for a journal");
    open("an empty journal", &empty);
    let small = home.path().join("sample");
    sample::copy_to(&small).expect("room for a journal");
    open("the sample, 14 customers", &small);
    let large = home.path().join("large");
    generate::write(&large, 500, 20_000, 42).expect("room for a journal");
    open("500 customers, 20,000 entries", &large);
}

fn open(what: &str, journal: &Path) {
    let program = env!("CARGO_BIN_EXE_goodwill");
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut times = Vec::new();
    for _ in 0..RUNS {
        times.push(start(home.path(), program, Some(journal)));
    }
    tell(what, &times);
}

/// Starts a program; answers when its first frame was whole, or it had ended, and when there were
/// customers on the screen, or none was missed.
fn start(home: &Path, program: &str, journal: Option<&Path>) -> [Duration; 2] {
    let pair = native_pty_system().openpty(SIZE).expect("a terminal");
    let mut command = CommandBuilder::new(program);
    command.env_clear();
    command.env("HOME", home);
    command.env("TERM", "xterm-256color");
    command.env("GOODWILL_TODAY", "2026-11-21");
    if let Some(journal) = journal {
        command.args(["--journal".as_ref(), journal.as_os_str()]);
    }
    let mut output = pair.master.try_clone_reader().expect("its output");
    let begin = Instant::now();
    let mut child = pair.slave.spawn_command(command).expect("a process");
    drop(pair.slave);
    let size = |cells| NonZeroU16::new(cells).expect("a size");
    let mut screen = vt100::Parser::new(size(SIZE.rows), size(SIZE.cols), 0);
    let (mut raw, mut first) = (Vec::<u8>::new(), None);
    let mut bytes = vec![0; 1 << 16];
    loop {
        let count = output.read(&mut bytes).unwrap_or(0);
        let now = begin.elapsed();
        if count == 0 {
            let _ = child.wait();
            let ended = begin.elapsed();
            return [first.unwrap_or(ended), ended];
        }
        raw.extend(&bytes[..count]);
        screen.process(&bytes[..count]);
        if first.is_none() && raw.windows(FRAME_ENDS.len()).any(|end| end == FRAME_ENDS) {
            first = Some(now);
        }
        if let Some(first) = first
            && is_read(&screen.screen().contents())
        {
            child.kill().expect("a process that runs");
            let _ = child.wait();
            return [first, now];
        }
    }
}

fn is_read(screen: &str) -> bool {
    screen.contains("No customer yet")
        || screen.contains("Customers ") && !screen.contains("Customers 0")
}

fn tell(what: &str, times: &[[Duration; 2]]) {
    let column = |at: usize| {
        let mut sorted: Vec<Duration> = times.iter().map(|both| both[at]).collect();
        sorted.sort();
        let ms = |time: &Duration| time.as_secs_f64() * 1_000.0;
        (ms(&sorted[0]), ms(&sorted[sorted.len() / 2]))
    };
    let ((first, first_median), (then, then_median)) = (column(0), column(1));
    println!("{what:30}{first:5.1}    {first_median:5.1}     {then:5.1}    {then_median:5.1}");
}
