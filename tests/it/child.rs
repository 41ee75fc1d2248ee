//! Real processes for tests: this test binary starts itself again, with one test as its `main`.

use std::cell::Cell;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

/// In the child: what it's to work on. In an ordinary run: nothing, and the test that is a `main` returns.
pub(crate) fn task(name: &str) -> Option<String> {
    std::env::var(variable(name)).ok()
}

/// Starts the test `name` (its full path) as a program of its own, with `task` to work on.
pub(crate) fn start(name: &str, task: &OsStr) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .env(variable(name), task)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// In the child: tells the parent. The words are in the pipe when this returns.
pub(crate) fn tell(words: &str) {
    // The harness may have left a line unfinished.
    std::io::stdout()
        .write_all(format!("\n{MARK}{words}\n").as_bytes())
        .unwrap();
}

/// In the parent: the next words of the child; `None` when it's gone.
pub(crate) fn hear(pipe: &mut BufReader<impl Read>) -> Option<String> {
    loop {
        let mut line = String::new();
        if pipe.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        if let Some(words) = line
            .strip_prefix(MARK)
            .and_then(|words| words.strip_suffix('\n'))
        {
            return Some(words.to_owned());
        }
    }
}

const MARK: &str = "child: ";

fn variable(name: &str) -> String {
    format!("GOODWILL_TEST_{}", name.replace("::", "_"))
}

/// Whether the long version of a campaign was asked for, with `GOODWILL_CAMPAIGN=1`.
pub(crate) fn is_campaign() -> bool {
    std::env::var_os("GOODWILL_CAMPAIGN").is_some()
}

/// Random numbers that can be had again: the seed is printed, and taken from `GOODWILL_SEED`.
///
/// Without it each test throws its own series, the same in every run: a red run then says
/// something about what was changed. The campaigns throw anew each time, and what they find
/// becomes a case of its own.
pub(crate) struct Dice(u64);

thread_local! {
    static THROWN: Cell<u64> = const { Cell::new(0) };
}

impl Dice {
    pub(crate) fn new() -> Self {
        let thrown = THROWN.get();
        THROWN.set(thrown + 1);
        let start = match is_campaign() {
            true => std::time::UNIX_EPOCH
                .elapsed()
                .map_or(1, |time| time.as_nanos() as u64),
            false => 0x9e37_79b9_7f4a_7c15,
        };
        let given = std::env::var("GOODWILL_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok());
        let seed: u64 = given.unwrap_or((start ^ thrown).wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16);
        println!("GOODWILL_SEED={seed}");
        Self(seed | 1)
    }

    /// The series of this seed.
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}
