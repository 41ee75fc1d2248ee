//! The safe save of one file. It knows bytes only, never what they mean.
//!
//! A save writes a complete temporary file next to the target, looks once more at the target, *swaps* the
//! two names in one step, and then looks at what came out. If that is not what was expected, somebody wrote
//! in the gap: their bytes are merged in and the step repeats. Nothing is deleted whose content is not
//! accounted for in the file. The last step before success is to bring the folder to the medium.
//!
//! Saves of this program take turns by a lock on the folder, which leaves no file behind. Against everybody
//! else (editors, `sed -i`, git) only the look at what came out helps.

mod calls;
mod error;
mod in_place;
mod place;
mod relocate;
mod swap;
mod temp;

use std::io::ErrorKind;
use std::path::Path;

pub use error::{SaveError, Unsure};
pub use relocate::{remove, rename};
pub use temp::{Swept, sweep};

use super::disk::Disk;
use calls::{Calls, is_unsupported};

/// How often a save starts over because others keep writing.
const ROUNDS: usize = 16;

/// Three versions of one file, for the merge: somebody else wrote since `base` was read.
#[derive(Clone, Copy, Debug)]
pub struct Gap<'a> {
    /// What both started from.
    pub base: &'a [u8],
    /// What this save wants to be in the file.
    pub ours: &'a [u8],
    /// What the other program wrote.
    pub theirs: &'a [u8],
}

/// A save that worked.
#[derive(Debug)]
pub struct Saved {
    /// What is in the file now.
    pub bytes: Vec<u8>,
    /// Whether bytes of another program were merged in, so that `bytes` is not what was asked for.
    pub merged: bool,
    /// The file was overwritten rather than replaced: it has several names, or its folder takes no new files.
    pub in_place: bool,
    /// The file is saved, but something is left to tell: it may not survive a power cut, or another
    /// program's version lies beside it.
    pub unsure: Option<Unsure>,
}

/// Replaces `base` by `new` in the file at `path`, which lies below `root`.
///
/// `base` is what the caller read; `None` means that the file must not exist yet, and missing folders are
/// made. Links inside the journal are followed. Mode and owner stay. If the file holds something else than
/// `base`, `merge` is asked; it answers `None` for a conflict, and the disk keeps the other program's bytes.
/// Where `new` is `base`, nothing is written.
///
/// A file with several names, or in a folder that takes no new files, is written in place. That is not
/// atomic, so the caller should have the old bytes in a history before it calls this.
///
/// # Errors
/// See [`SaveError`]; the disk is then as it was before, or as other programs left it.
pub fn save(
    disk: &dyn Disk,
    root: &Path,
    path: &Path,
    base: Option<&[u8]>,
    new: &[u8],
    merge: &mut dyn FnMut(Gap) -> Option<Vec<u8>>,
) -> Result<Saved, SaveError> {
    let calls = Calls { disk, path };
    let Some(base) = base else {
        return create(&calls, root, new);
    };
    if new.is_empty() && !base.is_empty() {
        return Err(SaveError::Empty {
            path: calls.owned(),
        });
    }
    let target = place::existing(&calls, root)?;
    let _lock = calls.lock(&target.folder)?;
    if new == base {
        let bytes = calls.read(&target.path)?;
        return Ok(Saved {
            merged: bytes != new,
            bytes,
            in_place: false,
            unsure: None,
        });
    }
    if target.look.mode & 0o222 == 0 {
        let denied = ErrorKind::PermissionDenied.into();
        return Err(SaveError::io(
            path,
            "write to a file that is marked read-only",
            denied,
        ));
    }
    if target.look.names > 1 {
        return in_place::write(&calls, &target, base, new, merge);
    }
    match swap::Swap::new(&calls, &target, base, new, merge).run() {
        Err(SaveError::Io {
            doing: temp::MAKE,
            source,
            ..
        }) if source.kind() == ErrorKind::PermissionDenied => {
            in_place::write(&calls, &target, base, new, merge)
        }
        other => other,
    }
}

fn create(calls: &Calls, root: &Path, new: &[u8]) -> Result<Saved, SaveError> {
    let place = place::free(calls, root)?;
    let staged = temp::stage(calls, &place.folder, None, new).inspect_err(|_| place.undo(calls))?;
    let taken = take_free_name(calls, &staged, &place.path);
    if !matches!(taken, Ok(false)) {
        calls.discard(&staged.path);
    }
    taken.inspect_err(|_| place.undo(calls))?;
    Ok(Saved {
        bytes: new.to_vec(),
        merged: false,
        in_place: false,
        unsure: sync_folders(calls, place.folders()),
    })
}

/// Gives a file a name that must be free. Returns whether it still has its old name too.
fn take_free_name(calls: &Calls, file: &temp::Staged, to: &Path) -> Result<bool, SaveError> {
    let renamed = calls.patient(|disk| disk.rename_new(&file.path, to));
    let by_link = matches!(&renamed, Err(error) if is_unsupported(error));
    let moved = if by_link {
        calls.patient(|disk| disk.link(&file.path, to))
    } else {
        renamed
    };
    // A call that failed may have worked all the same, as on a network disk that lost its answer.
    if let Err(error) = moved
        && !matches!(calls.is(to, file.id), Ok(true))
    {
        return Err(match error.kind() {
            ErrorKind::AlreadyExists => SaveError::Exists {
                path: to.to_owned(),
            },
            ErrorKind::NotFound => SaveError::Gone {
                path: calls.owned(),
            },
            _ => SaveError::io(calls.path, "give the file its name", error),
        });
    }
    Ok(by_link)
}

fn sync_folders<'a>(calls: &Calls, folders: impl Iterator<Item = &'a Path>) -> Option<Unsure> {
    let mut unsure = None;
    for folder in folders {
        if let Err(source) = calls.patient(|disk| disk.sync_folder(folder)) {
            unsure.get_or_insert(Unsure {
                path: calls.owned(),
                doing: "bring its folder to the disk",
                source,
                kept: Vec::new(),
            });
        }
    }
    unsure
}

/// Asks the merge. A conflict, or a merge that would empty the file, is [`SaveError::Changed`].
fn combine(
    calls: &Calls,
    base: &[u8],
    ours: &[u8],
    theirs: &[u8],
    merge: &mut dyn FnMut(Gap) -> Option<Vec<u8>>,
) -> Result<Vec<u8>, SaveError> {
    let merged = if ours == theirs {
        Some(ours.to_vec())
    } else {
        merge(Gap { base, ours, theirs })
    };
    merged
        .filter(|bytes| !bytes.is_empty() || base.is_empty())
        .ok_or_else(|| SaveError::Changed {
            path: calls.owned(),
        })
}
