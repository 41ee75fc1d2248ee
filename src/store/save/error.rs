//! Why a save did not happen, and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a file was not written, moved or removed. Unless it says otherwise, the file on the disk is as it was.
#[derive(Debug, Error)]
pub enum SaveError {
    /// Somebody else changed the file, and the two versions could not be put together. Theirs is on the disk.
    #[error("{}: changed by another program meanwhile; nothing was written. Read it again, then save again.", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The path leads out of the journal.
    #[error("{}: leads out of the journal, to {}; nothing was written. Edit that file itself, or replace the link by a copy.", path.display(), leads_to.display())]
    Outside {
        /// The path as it was asked for.
        path: PathBuf,
        /// Where it leads.
        leads_to: PathBuf,
    },
    /// Not a regular file: a folder, a pipe, or, for a move or a removal, a link.
    #[error("{}: not a regular file; nothing was written. Choose another name, or move it away.", path.display())]
    NotAFile {
        /// The path as it was asked for.
        path: PathBuf,
    },
    /// There is a file where a new one was to be made.
    #[error("{}: exists already; nothing was written. Choose another name, or edit that file.", path.display())]
    Exists {
        /// The file that is there.
        path: PathBuf,
    },
    /// The file was deleted or renamed since it was read.
    #[error("{}: deleted or renamed by another program meanwhile; nothing was written. Put it back, or save under a new name.", path.display())]
    Gone {
        /// The file that is missing.
        path: PathBuf,
    },
    /// A file with content was to be replaced by an empty one.
    #[error("{}: would become empty; nothing was written. To remove the file, delete it.", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// Another save in the same folder does not come to its end.
    #[error("{}: another program is in the middle of a save in this folder; nothing was written. Save again; if it stays, look for a stopped goodwill (ps) and end it.", path.display())]
    Busy {
        /// The file that was to be saved.
        path: PathBuf,
    },
    /// A file call failed.
    #[error("{}: can't {doing}: {}; nothing was written. {}", path.display(), Cause(source), cure(source))]
    Io {
        /// The file that was to be saved.
        path: PathBuf,
        /// What was tried, as in "can't ...".
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// A write into a file with several names failed half-way, and so did putting the old bytes back.
    #[error("{}: can't {doing}: {}; the file may hold a part of each version{}. {}", path.display(), Cause(source), Kept(copy), cure(source))]
    Torn {
        /// The file.
        path: PathBuf,
        /// What was tried, as in "can't ...".
        doing: &'static str,
        /// What the system said.
        source: io::Error,
        /// Where the old bytes are, if there was room for them.
        copy: Option<PathBuf>,
    },
    /// As `because` says; besides, versions that nobody merged were put aside.
    #[error("{because} Another program's version was kept as {}.", List(kept))]
    PutAside {
        /// Why the save did not happen.
        because: Box<SaveError>,
        /// Files next to the target that hold the other versions.
        kept: Vec<PathBuf>,
    },
}

impl SaveError {
    pub(crate) fn io(path: &Path, doing: &'static str, source: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            doing,
            source,
        }
    }

    /// Adds the files in which other versions were kept; none: the error stays as it is.
    pub(crate) fn keeping(self, kept: Vec<PathBuf>) -> Self {
        if kept.is_empty() {
            return self;
        }
        Self::PutAside {
            because: Box::new(self),
            kept,
        }
    }
}

/// The bytes are in the file, but something about it stayed open.
#[derive(Debug, Error)]
#[error("{}: saved, but the program can't {doing}: {}. {}", path.display(), Cause(source), after(kept))]
pub struct Unsure {
    /// The file that was saved, moved or removed.
    pub path: PathBuf,
    /// What was tried, as in "can't ...".
    pub doing: &'static str,
    /// What the system said.
    pub source: io::Error,
    /// Files next to the target that may hold another program's version, which is not part of what was saved.
    pub kept: Vec<PathBuf>,
}

fn after(kept: &[PathBuf]) -> String {
    if kept.is_empty() {
        "A power cut now could undo it; save again when the disk is well.".to_owned()
    } else {
        format!(
            "Another program's version may be in {}; compare the two.",
            List(kept)
        )
    }
}

struct List<'a>(&'a [PathBuf]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, path) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{}", path.display())?;
        }
        Ok(())
    }
}

struct Kept<'a>(&'a Option<PathBuf>);

impl fmt::Display for Kept<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(path) => write!(f, "; the old one is in {}", path.display()),
            None => Ok(()),
        }
    }
}

struct Cause<'a>(&'a io::Error);

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = match self.0.kind() {
            io::ErrorKind::StorageFull => "no space left on the disk",
            io::ErrorKind::QuotaExceeded => "your quota on the disk is used up",
            io::ErrorKind::FileTooLarge => "the file would be larger than files may be here",
            io::ErrorKind::PermissionDenied => "permission denied",
            io::ErrorKind::ReadOnlyFilesystem => "the disk is mounted read-only",
            _ if is_medium_error(self.0) => "the disk reported an error (input/output error)",
            _ => return write!(f, "{}", self.0),
        };
        f.write_str(known)
    }
}

fn cure(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::StorageFull => "Free some space, then save again.",
        io::ErrorKind::QuotaExceeded => "Free some of your space, then save again.",
        io::ErrorKind::FileTooLarge => "Look at `ulimit -f` in the shell, then save again.",
        io::ErrorKind::PermissionDenied => {
            "Look at the owner and mode of the file and its folder (ls -ld), then save again."
        }
        io::ErrorKind::ReadOnlyFilesystem => "Make it writable, or save to another place.",
        _ if is_medium_error(source) => "Copy the journal to another disk, then save again.",
        _ => "Save again; if it stays, look at the folder.",
    }
}

fn is_medium_error(source: &io::Error) -> bool {
    source.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error())
}
