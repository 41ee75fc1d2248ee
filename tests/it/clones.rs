//! Several machines with the same journal: clones of one bare repository, each with its own
//! home, driven by the git of this machine with nothing of its settings.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::case::Ran;

/// The settings of git that every machine begins with.
const SETTINGS: &str = "\
[user]
    name = Hanako
    email = hanako@example.org
[init]
    defaultBranch = main
[advice]
    detachedHead = false
[protocol \"file\"]
    allow = always
";

/// A bare repository, and machines around it.
pub(crate) struct Clones {
    home: TempDir,
    /// The journal's folder in each clone; empty: its top.
    below: &'static str,
}

impl Clones {
    /// The bare repository `hub` and one machine `one`, on which the journal was begun and sent.
    pub(crate) fn new(files: &[(&str, &str)]) -> Clones {
        Clones::below("", files)
    }

    /// The same with the journal in a folder of the repository.
    pub(crate) fn below(below: &'static str, files: &[(&str, &str)]) -> Clones {
        let clones = Clones::alone(below, files);
        clones.git("", "init -q --bare hub");
        clones.git("one", &format!("remote add origin {}", clones.at("hub")));
        clones.git("one", "push -q -u origin main");
        clones
    }

    /// The machine `one` alone, its journal committed.
    pub(crate) fn alone(below: &'static str, files: &[(&str, &str)]) -> Clones {
        let clones = Clones {
            home: tempfile::tempdir().unwrap(),
            below,
        };
        clones.make_home("one");
        clones.git("", "init -q one/journal");
        let attributes = "*.toml text eol=lf merge=goodwill diff=goodwill\n";
        clones.write("one", ".gitattributes", attributes);
        clones.write("one", ".goodwill.toml", "format = 1\n");
        for (name, text) in files {
            clones.write("one", name, text);
        }
        clones.git("one", "add -A");
        clones.git("one", "commit -q -m begun");
        clones
    }

    fn make_home(&self, machine: &str) {
        fs::create_dir_all(self.path().join(machine).join("tmp")).unwrap();
        fs::write(self.path().join(machine).join("gitconfig"), SETTINGS).unwrap();
    }

    /// One more machine, which clones what was sent.
    pub(crate) fn and(self, machine: &str) -> Clones {
        self.make_home(machine);
        self.git("", &format!("clone -q hub {machine}/journal"));
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.home.path()
    }

    /// A path in the folder of all, as text.
    pub(crate) fn at(&self, name: &str) -> String {
        self.path().join(name).to_str().unwrap().to_owned()
    }

    /// The top of a machine's repository.
    pub(crate) fn top(&self, machine: &str) -> PathBuf {
        self.path().join(machine).join("journal")
    }

    /// The journal of a machine.
    pub(crate) fn journal(&self, machine: &str) -> PathBuf {
        self.top(machine).join(self.below)
    }

    pub(crate) fn write(&self, machine: &str, name: &str, text: &str) {
        let path = self.journal(machine).join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[track_caller]
    pub(crate) fn read(&self, machine: &str, name: &str) -> String {
        fs::read_to_string(self.journal(machine).join(name)).unwrap()
    }

    /// Puts a text in the place of another one in a file.
    #[track_caller]
    pub(crate) fn edit(&self, machine: &str, name: &str, from: &str, to: &str) {
        let text = self.read(machine, name);
        assert!(text.contains(from), "no {from:?} in {text}");
        self.write(machine, name, &text.replacen(from, to, 1));
    }

    /// Runs git in a machine's journal, or with `""` in the folder of all, and answers what it
    /// says.
    #[track_caller]
    pub(crate) fn git(&self, machine: &str, words: &str) -> String {
        let mut command = Command::new("git");
        self.surround(
            &mut command,
            if machine.is_empty() { "one" } else { machine },
        );
        if machine.is_empty() {
            command.current_dir(self.path());
        }
        let output = command
            .args(shell_words::split(words).unwrap())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {words}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs `goodwill` on a machine.
    #[track_caller]
    pub(crate) fn run(&self, machine: &str, words: &str) -> Ran {
        Ran::of(words, &self.command(machine, words).output().unwrap())
    }

    /// The command, to be run in another way.
    pub(crate) fn command(&self, machine: &str, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goodwill"));
        self.surround(&mut command, machine);
        command.args(shell_words::split(words).unwrap());
        command
    }

    /// Nothing of the machine that the tests run on gets in.
    fn surround(&self, command: &mut Command, machine: &str) {
        let home = self.path().join(machine);
        command
            .current_dir(
                self.journal(machine)
                    .ancestors()
                    .find(|p| p.exists())
                    .unwrap(),
            )
            .env_clear()
            .envs(self.env(machine))
            .env("TMPDIR", home.join("tmp"))
            .stdin(Stdio::null());
    }

    /// The environment of a machine.
    pub(crate) fn env(&self, machine: &str) -> Vec<(String, String)> {
        let home = self.at(machine);
        let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        vec![
            set("HOME", &home),
            set("PATH", &std::env::var("PATH").unwrap()),
            set("GIT_CONFIG_NOSYSTEM", "1"),
            set("GIT_CONFIG_GLOBAL", &format!("{home}/gitconfig")),
            set("GIT_AUTHOR_DATE", "2026-11-21T10:00:00Z"),
            set("GIT_COMMITTER_DATE", "2026-11-21T10:00:00Z"),
            set("GOODWILL_JOURNAL", self.journal(machine).to_str().unwrap()),
            set("GOODWILL_TODAY", "2026-11-21"),
            set("TZ", "UTC"),
            set("LC_ALL", "C.UTF-8"),
        ]
    }

    /// The first lines of the commits of a machine, newest first.
    pub(crate) fn log(&self, machine: &str) -> Vec<String> {
        let text = self.git(machine, "log --topo-order --format=%s");
        text.lines().map(str::to_owned).collect()
    }

    /// Writes a hook of a machine's repository, a shell script.
    pub(crate) fn hook(&self, machine: &str, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.top(machine).join(".git/hooks").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}
