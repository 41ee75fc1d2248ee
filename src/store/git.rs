//! The git repository around a journal.
//!
//! To *look*, git is run hardened: nothing that a repository's own settings name is run, nothing
//! is written, and it is given up after a while (`git status` alone would run `core.fsmonitor`).
//! What a person *orders* is done by their own git, with their hooks, signing and passphrases.

pub mod doctor;
pub mod drive;
mod looking;
mod objects;
mod past;
mod place;
pub mod progress;
pub mod resolve;
pub mod setup;
mod stages;
mod standing;
pub mod sync;
pub mod told;
mod tree;

use std::ffi::OsStr;
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
    /// Whether its objects are named by SHA-256.
    sha256: bool,
    /// Settings that name programs, which are empty while git only looks.
    unset: Vec<String>,
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
    /// It belongs to somebody else, and git refuses to work there.
    #[error(
        "{} belongs to somebody else, and git does nothing there; if you trust what lies in it: \
         git config --global --add safe.directory {}", path.display(), path.display()
    )]
    NotYours {
        /// The journal's folder.
        path: PathBuf,
    },
    /// What lies beside the journal as `.git` leads to a repository that knows nothing of it.
    #[error(
        "{}: leads to a repository that knows nothing of this folder, so nothing is read there; \
         if it is yours: git config --file {}/config core.worktree {}",
        path.display(), leads_to.display(), path.parent().unwrap_or(path).display()
    )]
    Elsewhere {
        /// The `.git`.
        path: PathBuf,
        /// Where it leads.
        leads_to: PathBuf,
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
        let mut git = Git {
            program: program().ok_or(GitError::NoGit)?,
            root: root.to_owned(),
            prefix: String::new(),
            sha256: false,
            unset: Vec::new(),
        };
        let top = git.top()?;
        let about = git.looking(&[
            "rev-parse",
            "--show-object-format",
            "--show-prefix",
            "--show-toplevel",
        ]);
        let about = about.map_err(|error| git.refused(error))?;
        let about = String::from_utf8_lossy(&about);
        let mut lines = about.lines();
        git.sha256 = lines.next() == Some("sha256");
        git.prefix = lines.next().unwrap_or_default().to_owned();
        let worktree = PathBuf::from(lines.next().unwrap_or_default());
        if std::fs::canonicalize(&worktree).ok().as_ref() != Some(&top) {
            return Err(GitError::Elsewhere {
                path: top.join(".git"),
                leads_to: worktree,
            });
        }
        git.unset = git.programs_of_filters()?;
        Ok(git)
    }

    fn refused(&self, error: GitError) -> GitError {
        let path = self.root.clone();
        match error {
            GitError::Failed { said, .. } if said.contains("not a git repository") => {
                GitError::NoRepository { path }
            }
            GitError::Failed { said, .. } if said.contains("dubious ownership") => {
                GitError::NotYours { path }
            }
            other => other,
        }
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

    /// Runs the person's own git on their order, where it has nothing to ask: paths are taken as
    /// they are, and what it says is kept from the screen.
    ///
    /// # Errors
    /// What it says, where it fails.
    pub(super) fn tell(&self, args: &[&str]) -> Result<(), GitError> {
        let what = || args.first().copied().unwrap_or_default().to_owned();
        let mut command = self.ordered();
        command.arg("--literal-pathspecs").args(args);
        command.stdin(std::process::Stdio::null());
        let output = command.output().map_err(|source| GitError::Io {
            what: what(),
            source,
        })?;
        match output.status.success() {
            true => Ok(()),
            false => Err(GitError::Failed {
                what: what(),
                said: String::from_utf8_lossy(&output.stderr)
                    .trim_end()
                    .to_owned(),
                code: output.status.code(),
            }),
        }
    }
}

/// The person's git: the first one on the `PATH`.
pub(super) fn program() -> Option<PathBuf> {
    std::env::var_os("PATH").and_then(|path| on_path(&path, "git"))
}

/// The first program of that name on a `PATH`, absolute folders alone: what lies in the current
/// folder is not the person's program.
fn on_path(path: &OsStr, name: &str) -> Option<PathBuf> {
    std::env::split_paths(path)
        .filter(|dir| dir.is_absolute())
        .map(|dir| dir.join(name))
        .find(|program| program.is_file())
}
