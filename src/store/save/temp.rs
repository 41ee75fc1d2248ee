//! Temporary files next to the target: their names, their making, and sweeping up after a crash.
//!
//! Two kinds of names, both hidden and both matched by `.goodwill-*.tmp`:
//!
//! * `.goodwill-<random>.tmp` holds bytes of an unfinished save, and nobody else's;
//! * `.goodwill-<random>.<a>.<b>.tmp` takes part in a swap: after a crash it may hold what another
//!   program had written. `a` and `b` are fingerprints of the bytes that nobody needs any more. A file with
//!   other bytes is somebody's work and is never deleted.

use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::calls::Calls;
use super::error::SaveError;
use crate::store::disk::{Disk, Kind, Look};

/// Younger files may belong to a save that is running.
const STALE: Duration = Duration::from_secs(60 * 60);

/// A name this long is only ever taken by a disk that answers nonsense.
const NAMES_TRIED: usize = 8;

/// What fails first where a folder takes no new files.
pub(super) const MAKE: &str = "make a temporary file next to it";

const OPEN_TO_NOBODY: u32 = 0o600;
const LESS_UMASK: u32 = 0o666;

/// A complete file of ours under a temporary name.
pub(super) struct Staged {
    pub(super) path: PathBuf,
    pub(super) id: (u64, u64),
}

/// Writes `bytes` to a new temporary file and waits until they are on the medium.
///
/// Mode and owner are those of `like`; a new file gets 0666 less the umask.
pub(super) fn stage(
    calls: &Calls,
    folder: &Path,
    like: Option<&Look>,
    bytes: &[u8],
) -> Result<Staged, SaveError> {
    let (path, mut file) = create(calls, folder, like.map_or(LESS_UMASK, |_| OPEN_TO_NOBODY))?;
    let filled = fill(calls, &mut file, like, bytes)
        .and_then(|()| calls.run("look at the temporary file", |disk| disk.look(&path)));
    match filled {
        Ok(look) => Ok(Staged { path, id: look.id }),
        Err(error) => {
            calls.discard(&path);
            Err(error)
        }
    }
}

fn create(calls: &Calls, folder: &Path, mode: u32) -> Result<(PathBuf, File), SaveError> {
    let mut tried = 0;
    loop {
        let path = folder.join(format!(".goodwill-{}.tmp", random()));
        match calls.disk.create(&path, mode) {
            Ok(file) => return Ok((path, file)),
            Err(source) => {
                tried += 1;
                let again = matches!(
                    source.kind(),
                    ErrorKind::AlreadyExists | ErrorKind::Interrupted
                );
                // The name is random: whatever has it now was made by this very call.
                calls.discard(&path);
                if !again || tried == NAMES_TRIED {
                    return Err(SaveError::io(calls.path, MAKE, source));
                }
            }
        }
    }
}

fn fill(
    calls: &Calls,
    file: &mut File,
    like: Option<&Look>,
    bytes: &[u8],
) -> Result<(), SaveError> {
    write_all(calls, file, bytes)
        .map_err(|source| SaveError::io(calls.path, "write the temporary file", source))?;
    if let Some(like) = like {
        keep_owner(calls, file, like)?;
        calls.run("set the mode of the temporary file", |disk| {
            disk.set_mode(file, like.mode)
        })?;
    }
    calls.run("bring the temporary file to the disk", |disk| {
        disk.sync(file)
    })
}

/// Writes every byte, however small the portions that the system takes.
pub(super) fn write_all(calls: &Calls, file: &mut File, bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let written = calls.patient(|disk| disk.write(file, rest))?;
        rest = match rest.get(written..) {
            Some(left) if written > 0 => left,
            _ => return Err(ErrorKind::WriteZero.into()),
        };
    }
    Ok(())
}

/// Owner and group as before, as far as this user may: giving files away is for the superuser only.
fn keep_owner(calls: &Calls, file: &File, like: &Look) -> Result<(), SaveError> {
    let (user, group) = like.owner;
    let both = calls.patient(|disk| disk.set_owner(file, Some(user), group));
    let kept = match both {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            calls.patient(|disk| disk.set_owner(file, None, group))
        }
        other => other,
    };
    match kept {
        Err(source) if source.kind() != ErrorKind::PermissionDenied => Err(SaveError::io(
            calls.path,
            "set the owner of the temporary file",
            source,
        )),
        _ => Ok(()),
    }
}

/// A free name for a file that takes part in a swap and is rubbish as soon as it holds `a` or `b`.
pub(super) fn swap_name(folder: &Path, a: &[u8], b: &[u8]) -> PathBuf {
    folder.join(format!(
        ".goodwill-{}.{}.{}.tmp",
        random(),
        fingerprint(a),
        fingerprint(b)
    ))
}

/// A name for bytes that must be found by a person: not hidden, and no customer of the journal.
pub(super) fn rescue_name(folder: &Path) -> PathBuf {
    folder.join(format!("goodwill-rescued-{}.txt", random()))
}

/// Gives a file with somebody's bytes a visible name. Where that fails, it keeps the one it has.
pub(super) fn put_aside(calls: &Calls, file: &Path) -> PathBuf {
    let visible = rescue_name(file.parent().unwrap_or(Path::new("")));
    match calls.patient(|disk| disk.rename(file, &visible)) {
        Ok(()) => visible,
        Err(_) if calls.patient(|disk| disk.look(&visible)).is_ok() => visible,
        Err(_) => file.to_owned(),
    }
}

/// What a sweep found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// How many leftovers of unfinished saves were deleted.
    pub removed: usize,
    /// Files with bytes that another program wrote while a save was interrupted; show them to the user.
    pub rescued: Vec<PathBuf>,
}

/// Clears one folder of what killed saves left behind, if it's older than an hour.
///
/// Only files that hold nothing of anybody else's are deleted; the others get a name that shows in a listing.
///
/// # Errors
/// Where the folder can't be listed. A file that can't be looked at is left alone.
pub fn sweep(disk: &dyn Disk, folder: &Path, now: SystemTime) -> io::Result<Swept> {
    let calls = Calls { disk, path: folder };
    let mut swept = Swept::default();
    for path in calls.patient(|disk| disk.list(folder))? {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let Some(spent) = spent_fingerprints(name) else {
            continue;
        };
        let Ok(look) = calls.patient(|disk| disk.look(&path)) else {
            continue;
        };
        let age = now.duration_since(look.touched).unwrap_or_default();
        if look.kind != Kind::File || age < STALE {
            continue;
        }
        match is_rubbish(&calls, &path, &spent) {
            Ok(true) => {
                if calls.patient(|disk| disk.unlink(&path)).is_ok() {
                    swept.removed += 1;
                }
            }
            Ok(false) => swept.rescued.push(put_aside(&calls, &path)),
            Err(_) => {}
        }
    }
    Ok(swept)
}

fn is_rubbish(calls: &Calls, path: &Path, spent: &[&str]) -> io::Result<bool> {
    if spent.is_empty() {
        return Ok(true);
    }
    let bytes = calls.patient(|disk| disk.read(path))?;
    let holds = fingerprint(&bytes);
    Ok(spent.iter().any(|one| *one == holds))
}

/// The fingerprints in a temporary name of ours; `None` for any other name.
fn spent_fingerprints(name: &str) -> Option<Vec<&str>> {
    let inner = name.strip_prefix(".goodwill-")?.strip_suffix(".tmp")?;
    let mut parts = inner.split('.');
    let is_word = |part: &&str| part.len() == 16 && part.bytes().all(|b| b.is_ascii_hexdigit());
    parts.next().filter(is_word)?;
    let spent: Vec<&str> = parts.collect();
    (matches!(spent.len(), 0 | 2) && spent.iter().all(is_word)).then_some(spent)
}

fn random() -> String {
    // Seeded by the system for every instance; names need to be unlikely, not secret.
    format!("{:016x}", RandomState::new().hash_one(std::process::id()))
}

/// 64 bits that are the same in every version of the program, and good enough to tell versions of one file
/// apart. Eight bytes a step, because every save takes two of them; a step loses nothing, so that two texts
/// that differ in one place never look alike.
fn fingerprint(bytes: &[u8]) -> String {
    let mut hash = 0x243f_6a88_85a3_08d3 ^ bytes.len() as u64;
    let mut step = |word: [u8; 8]| {
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
    };
    let (words, rest) = bytes.as_chunks::<8>();
    words.iter().copied().for_each(&mut step);
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    step(last);
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn fingerprints_never_change_between_versions_of_the_program() {
        assert_eq!(fingerprint(b""), "f7e27beadf4196a5");
        assert_eq!(fingerprint(b"name = \"Acme\"\n"), "636aafa63765bc87");
    }

    #[test]
    fn a_fingerprint_tells_texts_apart_that_differ_by_a_letter_or_a_final_zero() {
        let texts = [
            "",
            "\0",
            "a",
            "a\0",
            "abcdefgh",
            "abcdefgi",
            "abcdefgh\0",
            "bbcdefgh",
        ];
        let mut prints = texts.map(|text| fingerprint(text.as_bytes()));
        prints.sort();
        assert!(
            prints.windows(2).all(|pair| pair[0] != pair[1]),
            "{prints:?}"
        );
    }
}
