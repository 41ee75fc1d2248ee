//! Why something could not be done with a journal: path, cause, and what to do next.

use std::io;
use std::path::PathBuf;

use super::file_change::Refused;
use super::save::SaveError;
use crate::model::merge::Obstacle;

/// A failure of the store. Nothing was written unless the text says so.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A change that does not fit the file as it is now.
    #[error("{}: {why}", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// Why.
        why: Refused,
    },
    /// The save itself.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The file can't be read.
    #[error("{}: can't be read: {source}. Look whether it is there and yours (ls -l), then try again", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A folder or a first file in it can't be made.
    #[error("{}: can't be made: {source}. Choose another folder, or make this one writable", path.display())]
    Folder {
        /// What was to be made.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is no such customer.
    #[error("there is no customer {0:?}: `goodwill list` shows the keys")]
    NoCustomer(String),
    /// A customer of that key is there already.
    #[error("there is a customer {0:?} already: choose another key")]
    CustomerTaken(String),
    /// An entry of that key is there already.
    #[error(
        "{customer} has an entry {entry} already, so nothing was moved: give one of the two another key in its file"
    )]
    EntryTaken {
        /// Whose.
        customer: String,
        /// `kind.key`.
        entry: String,
    },
    /// A key that can't be a file name.
    #[error("{0}")]
    BadKey(String),
    /// The log of changes can't be read or written.
    #[error("{}: the history can't be written: {source}; nothing was changed, as it could not be undone. Make the folder writable, or set XDG_STATE_HOME", path.display())]
    History {
        /// The log.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A step that can't be taken back, or done again, as things are.
    #[error("not {way}, {what:?}: {source}")]
    Step {
        /// `undone` or `redone`.
        way: &'static str,
        /// The step.
        what: String,
        /// Why.
        source: Box<StoreError>,
    },
    /// The file that a step is about is not there any more.
    #[error("{}: the file is gone; put it back and try again", .0.display())]
    FileGone(PathBuf),
    /// A new customer that is to go again has more in it by now.
    #[error("{}: somebody has written to it since, so it stays; if it is to go, delete the file", .0.display())]
    Grown(PathBuf),
    /// There is nothing to take back.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Nothing was taken back that could be done again.
    #[error("there is nothing to redo")]
    NothingToRedo,
    /// A change of several files stopped half way and could not be taken back.
    #[error(
        "{failed}; {} of {of} files had been written before that: `goodwill undo` takes them back",
        done
    )]
    HalfWay {
        /// Files written.
        done: usize,
        /// Files to write.
        of: usize,
        /// What failed.
        failed: Box<StoreError>,
    },
}

impl StoreError {
    /// What a person can decide, so that the same save goes through; `None`: nothing of the kind.
    pub fn obstacle(&self) -> Option<Obstacle> {
        match self {
            StoreError::Refused { why, .. } => match why {
                Refused::Conflict { conflicts, .. } => Some(Obstacle::Fields(conflicts.clone())),
                Refused::EntryGone(_) => Some(Obstacle::Gone),
                _ => None,
            },
            _ => None,
        }
    }
}
