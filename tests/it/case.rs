//! The program as a person runs it: a journal, a command, what came out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A home with a journal in it, and nothing else: no environment, no settings, a clock that
/// stands still on Saturday 2026-11-21.
pub(crate) struct Case {
    home: TempDir,
    env: Vec<(String, String)>,
}

impl Case {
    /// An empty journal.
    pub(crate) fn new() -> Case {
        let case = Case::without_journal().env("GOODWILL_TODAY", "2026-11-21");
        fs::create_dir(case.path("")).unwrap();
        case.env("GOODWILL_JOURNAL", "journal")
    }

    /// A home before the first start, the clock running.
    pub(crate) fn without_journal() -> Case {
        Case {
            home: tempfile::tempdir().unwrap(),
            env: Vec::new(),
        }
    }

    /// A file of the journal.
    pub(crate) fn file(self, name: &str, text: &str) -> Case {
        self.write(name, text);
        self
    }

    /// The same, later: somebody else writes.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Case {
        self.env.retain(|(earlier, _)| earlier != name);
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The path of a file of the journal.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join("journal").join(name)
    }

    /// A file of the journal, byte for byte.
    #[track_caller]
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// A file of the journal, its random keys as `??????`.
    #[track_caller]
    pub(crate) fn read_stable(&self, name: &str) -> String {
        stable(&self.read(name))
    }

    /// Runs `goodwill` with these words, split as a shell splits them.
    #[track_caller]
    pub(crate) fn run(&self, words: &str) -> Ran {
        let output = self.command(words).output().unwrap();
        Ran::of(words, &output)
    }

    /// The command, to be run in another way.
    pub(crate) fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goodwill"));
        command
            .args(shell_words::split(words).unwrap())
            .current_dir(self.home.path())
            .env_clear()
            .env("HOME", self.home.path())
            .env("TMPDIR", self.home.path())
            .env("TZ", "UTC")
            .env("LC_ALL", "C.UTF-8")
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }
}

/// Marks a file of the journal as read-only.
pub(crate) fn read_only(case: &Case, name: &str) {
    let path = case.path(name);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions).unwrap();
}

/// What a run left.
pub(crate) struct Ran {
    words: String,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    pub(crate) fn of(words: &str, output: &Output) -> Ran {
        Ran {
            words: words.to_owned(),
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// It ended with 0.
    #[track_caller]
    pub(crate) fn ok(self) -> Ran {
        self.code(0)
    }

    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Ran {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// All of stdout, random keys as `??????`.
    #[track_caller]
    pub(crate) fn stdout(self, expected: &str) -> Ran {
        assert_eq!(stable(&self.stdout), expected, "{self}");
        self
    }

    /// All of stderr.
    #[track_caller]
    pub(crate) fn stderr(self, expected: &str) -> Ran {
        assert_eq!(self.stderr, expected, "{self}");
        self
    }

    #[track_caller]
    pub(crate) fn stdout_has(self, part: &str) -> Ran {
        assert!(self.stdout.contains(part), "no {part:?}\n{self}");
        self
    }

    #[track_caller]
    pub(crate) fn stderr_has(self, part: &str) -> Ran {
        assert!(self.stderr.contains(part), "no {part:?}\n{self}");
        self
    }

    /// Nothing on stderr.
    #[track_caller]
    pub(crate) fn quiet(self) -> Ran {
        self.stderr("")
    }

    /// Stdout as the one JSON document that it has to be.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        let document: serde_json::Value = serde_json::from_str(&self.stdout).unwrap();
        assert_eq!(document["schema"], 1, "{self}");
        document
    }
}

impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Ran {
            words,
            code,
            stdout,
            stderr,
        } = self;
        write!(
            f,
            "goodwill {words}\nended with {code:?}\n--- stdout\n{stdout}--- stderr\n{stderr}"
        )
    }
}

/// The text with the six random characters behind the date of each key as `??????`.
pub(crate) fn stable(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((first, behind)) = rest
        .split_at_checked(11)
        .filter(|(first, behind)| is_day(first) && behind.get(..6).is_some_and(is_random))
        .or_else(|| {
            let next = rest.chars().next()?.len_utf8();
            Some(rest.split_at(next))
        })
    {
        out.push_str(first);
        rest = behind;
        if first.len() == 11 {
            out.push_str("??????");
            rest = &rest[6..];
        }
    }
    out
}

fn is_day(text: &str) -> bool {
    text.ends_with('-') && text[..10].parse::<jiff::civil::Date>().is_ok()
}

fn is_random(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
}
