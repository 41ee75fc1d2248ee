//! Git as the person ordered it: it has the terminal.

use std::io::Write as _;
use std::process::{Command, ExitStatus, Stdio};

use super::super::{Git, GitError};

/// How a call ended.
#[derive(Debug)]
pub(super) struct Ended {
    status: ExitStatus,
    /// What it wrote to stdout, where that was read.
    pub said: String,
}

impl Ended {
    /// Whether git says that it is done.
    pub fn is_done(&self) -> bool {
        self.status.success()
    }
}

impl Git {
    /// Runs git with the terminal, as for a passphrase or a hook that asks. What it writes to
    /// stdout goes to stderr: stdout is for the answer.
    pub(super) fn with_terminal(&self, args: &[&str]) -> Result<Ended, GitError> {
        let mut command = self.command(args);
        command.stdout(Stdio::from(std::io::stderr()));
        let status = command.status().map_err(|source| failed(args, source))?;
        Ok(Ended {
            status,
            said: String::new(),
        })
    }

    /// The same, but stdout is read instead of shown.
    pub(super) fn with_terminal_said(&self, args: &[&str]) -> Result<Ended, GitError> {
        let mut command = self.command(args);
        command.stdout(Stdio::piped());
        let child = command.spawn().map_err(|source| failed(args, source))?;
        let out = child
            .wait_with_output()
            .map_err(|source| failed(args, source))?;
        Ok(Ended {
            status: out.status,
            said: String::from_utf8_lossy(&out.stdout).into_owned(),
        })
    }

    /// What git answers with the person's own settings, filters among them.
    pub(super) fn own_answer(&self, args: &[&str]) -> Result<Vec<u8>, GitError> {
        let mut command = self.command(args);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        command.stderr(Stdio::piped());
        let out = command.output().map_err(|source| failed(args, source))?;
        if out.status.success() {
            return Ok(out.stdout);
        }
        Err(GitError::Failed {
            what: what(args),
            said: String::from_utf8_lossy(&out.stderr).trim_end().to_owned(),
            code: out.status.code(),
        })
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.ordered();
        // No file of a journal is a pattern.
        command.arg("--literal-pathspecs").args(args);
        if args.first() == Some(&"rebase") {
            // It would ask for the message of a commit again that was settled on its way.
            command.env("GIT_EDITOR", "true");
        }
        command
    }
}

/// These paths in a file, as `--pathspec-from-file` takes them: there may be more of them than
/// fit behind a command.
pub(super) fn listed(paths: &[&str]) -> Result<tempfile::NamedTempFile, GitError> {
    let write = || {
        let mut file = tempfile::NamedTempFile::new()?;
        for path in paths {
            file.write_all(path.as_bytes())?;
            file.write_all(&[0])?;
        }
        file.flush()?;
        Ok(file)
    };
    write().map_err(|source| failed(&["add"], source))
}

fn what(args: &[&str]) -> String {
    args.first().copied().unwrap_or_default().to_owned()
}

fn failed(args: &[&str], source: std::io::Error) -> GitError {
    GitError::Io {
        what: what(args),
        source,
    }
}
