//! A journal in a git repository, as a person has it: real git, nothing of this machine.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::case::{Case, Ran};

/// A home with a journal in it that is a git repository with one branch, `main`.
pub(crate) struct GitCase {
    pub(crate) case: Case,
    /// Where git runs: the journal, or the folder around it.
    top: PathBuf,
}

/// The driver as `goodwill init` sets it.
pub(crate) const DRIVER: &str = goodwill::store::git::setup::DRIVER;

impl GitCase {
    /// The journal is the top of the repository.
    pub(crate) fn new() -> GitCase {
        GitCase::at("journal")
    }

    /// The repository begins at this folder of the home.
    pub(crate) fn at(top: &str) -> GitCase {
        let case = Case::new()
            .env("PATH", &path_with(&program_folder()))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_DATE", "2026-11-20T10:00:00+09:00")
            .env("GIT_COMMITTER_DATE", "2026-11-20T10:00:00+09:00");
        let config = case.home().join("gitconfig");
        let case = case.env("GIT_CONFIG_GLOBAL", config.to_str().unwrap());
        let text = "[user]\nname = Aoi\nemail = aoi@example.org\n[init]\ndefaultBranch = main\n";
        std::fs::write(config, text).unwrap();
        let top = case.home().join(top);
        let case = GitCase { case, top };
        case.git("init -q").ok();
        case
    }

    /// Sets merging by entry up in this clone.
    pub(crate) fn with_driver(self) -> GitCase {
        self.attributes();
        self.set("merge.goodwill.driver", DRIVER);
        self
    }

    /// The attributes alone, as a fresh clone has them.
    pub(crate) fn attributes(&self) {
        let line = "*.toml text eol=lf merge=goodwill diff=goodwill\n";
        self.case.write(".gitattributes", line);
    }

    pub(crate) fn set(&self, name: &str, value: &str) {
        self.git(&format!("config {name} {}", shell_words::quote(value)))
            .ok();
    }

    /// Runs git with these words.
    #[track_caller]
    pub(crate) fn git(&self, words: &str) -> Ran {
        let output = self.command("git", words).output().unwrap();
        Ran::of(words, &output)
    }

    /// A program at the top of the repository.
    pub(crate) fn command(&self, program: &str, words: &str) -> Command {
        let mut command = self.case.command("");
        let env: Vec<_> = command
            .get_envs()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
            .collect();
        command = Command::new(program);
        command
            .args(shell_words::split(words).unwrap())
            .env_clear()
            .envs(env)
            .current_dir(&self.top)
            .stdin(Stdio::null());
        command
    }

    /// All that is there goes into a commit.
    pub(crate) fn commit(&self, what: &str) {
        self.git("add -A").ok();
        self.git(&format!("commit -q --allow-empty -m '{what}'"))
            .ok();
    }

    /// A base and two sides of these files; `None`: the file is not there. What stands here is
    /// the side `main`, the other one is the branch `other`.
    pub(crate) fn sides(&self, files: &[(&str, [Option<&str>; 3])]) {
        let write = |side: usize, what: &str| {
            for (name, texts) in files {
                match texts[side] {
                    Some(text) => self.case.write(name, text),
                    None => drop(std::fs::remove_file(self.case.path(name))),
                }
            }
            self.commit(what);
        };
        write(0, "base");
        self.git("checkout -q -b other").ok();
        write(2, "theirs");
        self.git("checkout -q main").ok();
        write(1, "ours");
    }

    /// The same for the one file `acme.toml`.
    pub(crate) fn acme(&self, base: &str, ours: &str, theirs: &str) {
        self.sides(&[("acme.toml", [Some(base), Some(ours), Some(theirs)])]);
    }

    /// What git has as unmerged.
    pub(crate) fn unmerged(&self) -> String {
        self.git("diff --name-only --diff-filter=U").stdout
    }

    pub(crate) fn read(&self, name: &str) -> String {
        self.case.read(name)
    }
}

/// The folder of the program that is tested.
pub(crate) fn program_folder() -> PathBuf {
    let program = Path::new(env!("CARGO_BIN_EXE_goodwill"));
    program.parent().unwrap().to_owned()
}

/// A `PATH` with this folder in front of what is there.
pub(crate) fn path_with(folder: &Path) -> String {
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

impl GitCase {
    /// A `PATH` on which there is git and nothing else.
    pub(crate) fn git_alone(&self) -> String {
        let folder = self.case.home().join("git-alone");
        std::fs::create_dir(&folder).unwrap();
        let path = std::env::var_os("PATH").unwrap();
        let mut programs = std::env::split_paths(&path).map(|dir| dir.join("git"));
        let git = programs.find(|git| git.is_file()).unwrap();
        std::os::unix::fs::symlink(git, folder.join("git")).unwrap();
        folder.to_str().unwrap().to_owned()
    }
}
