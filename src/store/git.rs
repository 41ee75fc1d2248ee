//! The git repository around a journal.
//!
//! To *look*, git is run hardened: nothing that a repository's own settings name is run, nothing
//! is written, and it is given up after a while (`git status` alone would run `core.fsmonitor`).
//! What a person *orders* is done by their own git, with their hooks, signing and passphrases.

mod looking;
mod objects;
mod past;
mod standing;
pub mod sync;

use std::path::{Path, PathBuf};
use std::process::Command;

pub use crate::model::standing::Standing;
pub use objects::Blob;
pub use past::{Commit, Step, Touched};

/// Variables that would lead git to another repository than the one around the journal.
const ELSEWHERE: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
];

/// The repository that a journal stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Git {
    program: PathBuf,
    root: PathBuf,
    prefix: String,
}

/// Why git gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// No program `git` on the `PATH`.
    #[error("git is not installed, or not on the PATH: install it, then try again")]
    NoGit,
    /// The journal is in no repository.
    #[error("{} is in no git repository; to begin one there: git init", path.display())]
    NoRepository {
        /// The journal's folder.
        path: PathBuf,
    },
    /// It could not be started, or its answer not be read.
    #[error("git {what}: {source}")]
    Io {
        /// The subcommand.
        what: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// It answered with a failure.
    #[error("git {what}: {said}")]
    Failed {
        /// The subcommand.
        what: String,
        /// What it said, without the last line break.
        said: String,
        /// Its exit code; `None`: ended by a signal.
        code: Option<i32>,
    },
    /// It did not come to an end in time.
    #[error("git {what} took longer than {seconds} s and was ended")]
    Slow {
        /// The subcommand.
        what: String,
        /// The time it was given.
        seconds: u64,
    },
}

impl Git {
    /// The repository around the journal at `root`, with the `git` of this `PATH`.
    ///
    /// # Errors
    /// [`GitError::NoGit`], [`GitError::NoRepository`], and what git says against the folder, such
    /// as that it belongs to somebody else.
    pub fn find(root: &Path) -> Result<Git, GitError> {
        let program = std::env::var_os("PATH").and_then(|path| on_path(&path));
        let mut git = Git {
            program: program.ok_or(GitError::NoGit)?,
            root: root.to_owned(),
            prefix: String::new(),
        };
        let prefix = git.looking(&["rev-parse", "--show-prefix"]);
        let prefix = prefix.map_err(|error| match error {
            GitError::Failed { said, .. } if said.contains("not a git repository") => {
                GitError::NoRepository {
                    path: root.to_owned(),
                }
            }
            other => other,
        })?;
        let prefix = String::from_utf8_lossy(&prefix);
        git.prefix = prefix.trim_end_matches('\n').to_owned();
        Ok(git)
    }

    /// The journal's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The journal's folder below the top of the repository, with a `/` at its end; empty where
    /// it is the top.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The person's own git in the journal's folder, for what they ordered: hooks, signing,
    /// filters and questions are theirs. The caller adds the subcommand.
    pub fn ordered(&self) -> Command {
        let mut command = Command::new(&self.program);
        for name in ELSEWHERE {
            command.env_remove(name);
        }
        command.arg("-C").arg(&self.root);
        command
    }
}

/// The first `git` of a `PATH` that is an absolute path: what lies in the current folder is not
/// the person's git.
fn on_path(path: &std::ffi::OsStr) -> Option<PathBuf> {
    std::env::split_paths(path)
        .filter(|dir| dir.is_absolute())
        .map(|dir| dir.join("git"))
        .find(|program| program.is_file())
}
