//! Writing into the file itself, where a new file can't take its place.
//!
//! Two cases: the file has several names (hard links), and a new file would cut it off from the others; or
//! the folder takes no new files, while the file itself may be written. Such a write is not atomic. Where the
//! folder allows it, the old bytes lie next to the file until the new ones are on the medium; where it
//! doesn't, only the history that the caller wrote before has them.

use std::io::ErrorKind;
use std::path::PathBuf;

use super::calls::Calls;
use super::error::SaveError;
use super::place::Place;
use super::temp::{put_aside, stage, swap_name, write_all};
use super::{Gap, ROUNDS, Saved};

/// Replaces the bytes of `target`, which were `base` when it was read, by `new`.
pub(super) fn write(
    calls: &Calls,
    target: &Place,
    base: &[u8],
    new: &[u8],
    merge: &mut dyn FnMut(Gap) -> Option<Vec<u8>>,
) -> Result<Saved, SaveError> {
    let mut known = base.to_vec();
    let mut mine = new.to_vec();
    for _ in 0..ROUNDS {
        let now = calls.read_settled(&target.path, &known)?;
        if now != known {
            mine = super::combine(calls, &known, &mine, &now, merge)?;
            known = now;
        }
        let copy = guard(calls, target, &known, &mine)?;
        let still = calls.read(&target.path);
        if !matches!(&still, Ok(bytes) if *bytes == known) {
            drop_copy(calls, copy);
            still?;
            continue;
        }
        overwrite_or_restore(calls, target, &known, &mine, copy)?;
        return Ok(Saved {
            merged: mine != new,
            bytes: mine,
            in_place: true,
            unsure: None,
        });
    }
    Err(SaveError::Changed {
        path: calls.owned(),
    })
}

/// The old bytes in a file of their own; `None` where the folder takes no files.
fn guard(
    calls: &Calls,
    target: &Place,
    old: &[u8],
    new: &[u8],
) -> Result<Option<PathBuf>, SaveError> {
    let staged = match stage(calls, &target.folder, Some(&target.look), old) {
        Ok(staged) => staged,
        Err(SaveError::Io { source, .. }) if source.kind() == ErrorKind::PermissionDenied => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    // Under this name a sweep deletes nothing but the new bytes, which it never holds.
    let kept = swap_name(&target.folder, new, new);
    if let Err(source) = calls.patient(|disk| disk.rename(&staged.path, &kept)) {
        calls.discard(&staged.path);
        calls.discard(&kept);
        return Err(SaveError::io(
            calls.path,
            "name the copy of the old bytes",
            source,
        ));
    }
    Ok(Some(kept))
}

fn overwrite_or_restore(
    calls: &Calls,
    target: &Place,
    old: &[u8],
    new: &[u8],
    copy: Option<PathBuf>,
) -> Result<(), SaveError> {
    let outcome = match overwrite(calls, target, new) {
        Err(error) if overwrite(calls, target, old).is_err() => Err(error),
        other => {
            drop_copy(calls, copy);
            return other;
        }
    };
    let copy = copy.map(|file| put_aside(calls, &file));
    outcome.map_err(|error| match error {
        SaveError::Io {
            path,
            doing,
            source,
        } => SaveError::Torn {
            path,
            doing,
            source,
            copy,
        },
        other => other,
    })
}

fn overwrite(calls: &Calls, target: &Place, bytes: &[u8]) -> Result<(), SaveError> {
    let mut file = calls.run("open the file for writing", |disk| disk.open(&target.path))?;
    write_all(calls, &mut file, bytes)
        .map_err(|source| SaveError::io(calls.path, "write into the file", source))?;
    calls.run("set the length of the file", |disk| {
        disk.cut(&file, bytes.len() as u64)
    })?;
    calls.run("bring the file to the disk", |disk| disk.sync(&file))
}

fn drop_copy(calls: &Calls, copy: Option<PathBuf>) {
    if let Some(copy) = copy {
        calls.discard(&copy);
    }
}
