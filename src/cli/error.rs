//! Why a command failed, and the exit code that says so to a script.

use std::io;
use std::process::ExitCode;

use crate::model::problem::Problem;
use crate::store::StoreError;
use crate::store::git::GitError;
use crate::store::locate::LocateError;
use crate::store::past::PastError;
use crate::ui::widgets::text::visible;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 1: it failed.
    Failed,
    /// 2: it can't be asked for like this.
    Usage,
    /// 3: nothing was found.
    Nothing,
    /// 4: the data has problems.
    Problems,
    /// The code of another program that was run.
    Other(u8),
}

impl Exit {
    /// Ended by a signal: 128 and its number.
    pub fn by_signal(number: i32) -> Exit {
        Exit::Other(u8::try_from(128 + number).unwrap_or(1))
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Nothing => 3,
            Exit::Problems => 4,
            Exit::Other(code) => code,
        })
    }
}

/// What ends a program whose reader has gone, as 128 + SIGPIPE.
const CLOSED_PIPE: Exit = Exit::Other(128 + 13);

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// It can't be asked for like this.
    #[error("{0}")]
    Usage(String),
    /// Nothing of that name is there.
    #[error("{0}")]
    Nothing(String),
    /// The file asked for does not parse.
    #[error("{}", told(.0))]
    Broken(Vec<Problem>),
    /// The journal could not be changed or read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal could not be found.
    #[error(transparent)]
    Locate(#[from] LocateError),
    /// Git gave no answer.
    #[error(transparent)]
    Git(#[from] GitError),
    /// The past of an entry can't be told.
    #[error(transparent)]
    Past(#[from] PastError),
    /// Anything else, in whole sentences.
    #[error("{0}")]
    Failed(String),
    /// The answer could not be written.
    #[error(
        "the answer can't be written to stdout: {0}; a change that was asked for is made all the same"
    )]
    Output(#[from] io::Error),
}

impl CliError {
    /// The exit code for it.
    pub fn exit(&self) -> Exit {
        match self {
            CliError::Usage(_) | CliError::Store(StoreError::BadKey(_)) => Exit::Usage,
            CliError::Nothing(_)
            | CliError::Store(
                StoreError::NoCustomer(_) | StoreError::NothingToUndo | StoreError::NothingToRedo,
            ) => Exit::Nothing,
            CliError::Broken(_) => Exit::Problems,
            CliError::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => CLOSED_PIPE,
            _ => Exit::Failed,
        }
    }

    /// Tells it on stderr. A pipe that was closed by its reader is nothing to tell.
    pub fn tell(&self) {
        if self.exit() != CLOSED_PIPE {
            note(&self.to_string());
        }
    }
}

fn told(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    format!(
        "{}\nnothing is written to a file that does not parse",
        lines.join("\n")
    )
}

/// A word to the person, on stderr.
pub fn note(text: &str) {
    use std::io::Write as _;
    let mut stderr = io::stderr().lock();
    for (at, line) in text.lines().enumerate() {
        let name = if at == 0 { "goodwill: " } else { "  " };
        // Where stderr is closed there is nobody left to tell.
        let _ = writeln!(stderr, "{name}{}", visible(line));
    }
}
