//! Moving and removing a file without ever losing what somebody else wrote.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::calls::Calls;
use super::error::{SaveError, Unsure};
use super::place::{self, Place};
use super::temp::{Staged, put_aside, swap_name};
use super::{sync_folders, take_free_name};
use crate::store::disk::Disk;

/// Moves the file `from` to the free name `to`, both below `root`. Missing folders are made.
///
/// Nothing is ever replaced. A link is refused: moved to another folder, it could lead elsewhere.
/// What comes back is `Some` where the move is done but may not survive a power cut.
///
/// # Errors
/// [`SaveError::Exists`] where `to` is taken, [`SaveError::Gone`] where `from` is missing, and whatever the
/// file calls say. The file then still has its old name, and only that.
pub fn rename(
    disk: &dyn Disk,
    root: &Path,
    from: &Path,
    to: &Path,
) -> Result<Option<Unsure>, SaveError> {
    let calls = Calls { disk, path: from };
    let old = place::existing_name(&calls, root)?;
    let new_calls = Calls { disk, path: to };
    let new = place::free(&new_calls, root)?;
    let _lock = calls.lock(&old.folder)?;
    let file = Staged {
        path: old.path,
        id: old.look.id,
    };
    take_free_name(&calls, &file, &new.path)
        .and_then(|two_names| match two_names {
            true => drop_old_name(&calls, &file, &new.path),
            false => Ok(()),
        })
        .inspect_err(|_| new.undo(&new_calls))?;
    let folders = new.folders().chain([old.folder.as_path()]);
    Ok(sync_folders(&new_calls, folders))
}

fn drop_old_name(calls: &Calls, file: &Staged, to: &Path) -> Result<(), SaveError> {
    let Err(source) = calls.patient(|disk| disk.unlink(&file.path)) else {
        return Ok(());
    };
    // The new name may only go again where the old one is known to be there.
    match calls.is(&file.path, file.id) {
        Ok(false) => return Ok(()),
        Ok(true) => calls.discard(to),
        Err(_) => {}
    }
    Err(SaveError::io(calls.path, "take away its old name", source))
}

/// Removes the file at `path`, below `root`, if it still holds `base`.
///
/// The file first gets a hidden name, then its bytes are looked at, and only then it's deleted; if another
/// program wrote to it meanwhile, it goes back. A link is refused. What comes back is `Some` where the file
/// is removed but could be back after a power cut.
///
/// # Errors
/// [`SaveError::Changed`] where the file holds something else, [`SaveError::Gone`] where it's missing, and
/// whatever the file calls say. The file is then where it was.
pub fn remove(
    disk: &dyn Disk,
    root: &Path,
    path: &Path,
    base: &[u8],
) -> Result<Option<Unsure>, SaveError> {
    let calls = Calls { disk, path };
    let place = place::existing_name(&calls, root)?;
    let _lock = calls.lock(&place.folder)?;
    if calls.read_settled(&place.path, base)? != base {
        return Err(SaveError::Changed {
            path: calls.owned(),
        });
    }
    let hidden = swap_name(&place.folder, base, base);
    if let Err(source) = hide(&calls, &place, &hidden) {
        return Err(match source.kind() {
            ErrorKind::NotFound => SaveError::Gone {
                path: calls.owned(),
            },
            _ => SaveError::io(path, "take the file out of the folder", source),
        });
    }
    must_hold(&calls, &hidden, base).map_err(|error| put_back(&calls, &place, &hidden, error))?;
    let unsure = sync_folders(&calls, std::iter::once(place.folder.as_path()));
    if unsure.is_none() {
        // A program that had the file open may have appended to it meanwhile.
        must_hold(&calls, &hidden, base)
            .map_err(|error| put_back(&calls, &place, &hidden, error))?;
        calls.discard(&hidden);
    }
    Ok(unsure)
}

fn hide(calls: &Calls, place: &Place, hidden: &Path) -> io::Result<()> {
    match calls.patient(|disk| disk.rename(&place.path, hidden)) {
        Err(_) if calls.patient(|disk| disk.look(hidden)).is_ok() => Ok(()),
        other => other,
    }
}

fn must_hold(calls: &Calls, file: &Path, base: &[u8]) -> Result<(), SaveError> {
    if calls.read_settled(file, base)? == base {
        return Ok(());
    }
    Err(SaveError::Changed {
        path: calls.owned(),
    })
}

fn put_back(calls: &Calls, place: &Place, hidden: &Path, because: SaveError) -> SaveError {
    let back = calls.look(hidden).and_then(|look| {
        let file = Staged {
            path: hidden.to_owned(),
            id: look.id,
        };
        take_free_name(calls, &file, &place.path)
    });
    match back {
        Ok(two_names) => {
            if two_names {
                calls.discard(hidden);
            }
            because
        }
        Err(_) => because.keeping(vec![put_aside(calls, hidden)]),
    }
}
