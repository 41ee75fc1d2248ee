//! Real processes for tests: this test binary starts itself again, with one test as its `main`.

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
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new() -> Self {
        let now = || {
            std::time::UNIX_EPOCH
                .elapsed()
                .map_or(1, |time| time.subsec_nanos().into())
        };
        let given = std::env::var("GOODWILL_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok());
        let seed: u64 = given.unwrap_or_else(now);
        println!("GOODWILL_SEED={seed}");
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
