//! File calls that try again after an interruption and say what they were for.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::SaveError;
use crate::store::disk::Disk;

/// A signal may interrupt a call; a disk that does nothing else is not worth waiting for.
const INTERRUPTIONS: usize = 100;

/// Between two looks at a file that somebody is writing.
const MOMENT: Duration = Duration::from_millis(2);
const LOOKS: usize = 50;

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
