//! File calls that try again after an interruption and say what they were for.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::SaveError;
use crate::store::disk::{Disk, Look};

/// A signal may interrupt a call; a disk that does nothing else is not worth waiting for.
const INTERRUPTIONS: usize = 100;

/// Between two looks at a file that somebody is writing.
const MOMENT: Duration = Duration::from_millis(2);
const LOOKS: usize = 50;

/// A save holds the lock for some milliseconds, and a program that was stopped for ever.
const LOCK_TRIES: usize = 5_000;
const LOCK_PAUSE: Duration = Duration::from_millis(1);

/// The disk, and the path that errors are about.
pub(super) struct Calls<'a> {
    pub(super) disk: &'a dyn Disk,
    pub(super) path: &'a Path,
}

impl Calls<'_> {
    /// Runs a call that may be repeated; `doing` ends the sentence "can't ...".
    pub(super) fn run<T>(
        &self,
        doing: &'static str,
        call: impl FnMut(&dyn Disk) -> io::Result<T>,
    ) -> Result<T, SaveError> {
        self.patient(call)
            .map_err(|source| SaveError::io(self.path, doing, source))
    }

    /// As [`Calls::run`], with the plain error.
    pub(super) fn patient<T>(
        &self,
        mut call: impl FnMut(&dyn Disk) -> io::Result<T>,
    ) -> io::Result<T> {
        for _ in 0..INTERRUPTIONS {
            match call(self.disk) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => return other,
            }
        }
        call(self.disk)
    }

    /// The file's bytes; a missing file is [`SaveError::Gone`].
    pub(super) fn read(&self, file: &Path) -> Result<Vec<u8>, SaveError> {
        self.patient(|disk| disk.read(file))
            .map_err(|source| match source.kind() {
                ErrorKind::NotFound => SaveError::Gone { path: self.owned() },
                ErrorKind::InvalidData => SaveError::NotAFile { path: self.owned() },
                _ => SaveError::io(self.path, "read the file", source),
            })
    }

    /// What the folder knows of the file; a missing one is [`SaveError::Gone`].
    pub(super) fn look(&self, file: &Path) -> Result<Look, SaveError> {
        self.patient(|disk| disk.look(file))
            .map_err(|source| match source.kind() {
                ErrorKind::NotFound => SaveError::Gone { path: self.owned() },
                _ => SaveError::io(self.path, "look at the file", source),
            })
    }

    /// Keeps other saves of this program out of the folder, as long as the returned file lives.
    ///
    /// Two saves at once would each see the other's half-way state, in which a third version is swapped out
    /// and not yet merged, and take its absence for a deletion. `None` where the file system has no locks, as
    /// some network disks: then the save goes on without.
    pub(super) fn lock(&self, folder: &Path) -> Result<Option<File>, SaveError> {
        for _ in 0..LOCK_TRIES {
            match self.patient(|disk| disk.try_lock(folder)) {
                Ok(lock) => return Ok(Some(lock)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.disk.pause(LOCK_PAUSE),
                Err(_) => return Ok(None),
            }
        }
        Err(SaveError::Busy { path: self.owned() })
    }

    /// Tries again for a moment where the file is gone: some programs (`sed -i.old`, editors) rename it away
    /// before they put the new one there.
    pub(super) fn await_file<T>(
        &self,
        mut call: impl FnMut() -> Result<T, SaveError>,
    ) -> Result<T, SaveError> {
        for _ in 0..LOOKS {
            match call() {
                Err(SaveError::Gone { .. }) => self.disk.pause(MOMENT),
                other => return other,
            }
        }
        call()
    }

    /// As [`Calls::read`]; bytes other than `expected` are read until they stay the same for a moment, because
    /// whoever writes them into the file itself may be half-way.
    pub(super) fn read_settled(&self, file: &Path, expected: &[u8]) -> Result<Vec<u8>, SaveError> {
        let mut bytes = self.read(file)?;
        for _ in 0..LOOKS {
            if bytes == expected {
                break;
            }
            self.disk.pause(MOMENT);
            let again = self.read(file)?;
            if again == bytes {
                break;
            }
            bytes = again;
        }
        Ok(bytes)
    }

    /// Removes a name that is ours. What fails stays behind as a temporary file, for [`super::sweep`].
    pub(super) fn discard(&self, ours: &Path) {
        let _ = self.patient(|disk| disk.unlink(ours));
    }

    /// Whether the name `path` now stands for the file `id`.
    pub(super) fn is(&self, path: &Path, id: (u64, u64)) -> io::Result<bool> {
        match self.patient(|disk| disk.look(path)) {
            Ok(look) => Ok(look.id == id),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(super) fn owned(&self) -> PathBuf {
        self.path.to_owned()
    }
}

/// Whether the file system says that it does not know this kind of rename.
pub(super) fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Unsupported | ErrorKind::InvalidInput
    )
}
