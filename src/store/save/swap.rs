//! Replacing a file by swapping names, and looking at what came out.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::calls::{Calls, is_unsupported};
use super::error::{SaveError, Unsure};
use super::place::Place;
use super::temp::{Staged, put_aside, stage, swap_name};
use super::{Gap, ROUNDS, Saved, combine, sync_folders};

/// A file that came out of a swap.
struct Held {
    path: PathBuf,
    /// What it held when it was looked at; `None` before that.
    bytes: Option<Vec<u8>>,
    /// Whether it holds what another program wrote, rather than the base or something of ours.
    foreign: bool,
}

/// One save by swapping. Between two steps this holds:
///
/// * `known` is what the target is expected to hold, and `mine` already contains what matters of it;
/// * every file in `held` was swapped out, and `mine` contains what matters of it too;
/// * so once `mine` is in the target, everything in `held` may go, and not before.
pub(super) struct Swap<'a, 'b> {
    calls: &'a Calls<'a>,
    target: &'a Place,
    asked: &'a [u8],
    known: Vec<u8>,
    /// Whether `known` was put there by this save.
    known_is_ours: bool,
    mine: Vec<u8>,
    held: Vec<Held>,
    /// Why something in `held` could not be looked at; that is not deleted.
    unread: Option<SaveError>,
    merge: &'b mut dyn FnMut(Gap) -> Option<Vec<u8>>,
}

enum Step {
    Again,
    Written,
}

impl<'a, 'b> Swap<'a, 'b> {
    pub(super) fn new(
        calls: &'a Calls<'a>,
        target: &'a Place,
        base: &[u8],
        new: &'a [u8],
        merge: &'b mut dyn FnMut(Gap) -> Option<Vec<u8>>,
    ) -> Self {
        Self {
            calls,
            target,
            asked: new,
            known: base.to_vec(),
            known_is_ours: false,
            mine: new.to_vec(),
            held: Vec::new(),
            unread: None,
            merge,
        }
    }

    pub(super) fn run(mut self) -> Result<Saved, SaveError> {
        for _ in 0..ROUNDS {
            match self.round() {
                Ok(Step::Again) => {}
                Ok(Step::Written) => {
                    let folder = std::iter::once(self.target.folder.as_path());
                    if let Some(unsure) = sync_folders(self.calls, folder) {
                        // What came out stays until the swap is known to last; a sweep clears it.
                        return Ok(self.saved(Some(unsure)));
                    }
                    match self.release() {
                        Ok(Step::Written) => {
                            let unsure = self.left_over();
                            return Ok(self.saved(unsure));
                        }
                        Ok(Step::Again) => {}
                        Err(error) => return self.give_up(error),
                    }
                }
                Err(error) => return self.give_up(error),
            }
        }
        let path = self.calls.owned();
        self.give_up(SaveError::Changed { path })
    }

    /// One attempt to bring `mine` into the target.
    fn round(&mut self) -> Result<Step, SaveError> {
        if self.mine == self.known {
            return Ok(Step::Written);
        }
        let staged = self.stage()?;
        match self.read_target() {
            Ok(now) if now == self.known => {}
            other => {
                self.calls.discard(&staged.path);
                let now = other?;
                self.take_in(now)?;
                return Ok(Step::Again);
            }
        }
        let old = &self.known;
        let came_out = match swap(self.calls, &staged, &self.target.path, old, &self.mine) {
            Ok(came_out) => came_out,
            Err(source) => return self.not_swapped(&staged, source),
        };
        let expected = std::mem::replace(&mut self.known, self.mine.clone());
        self.known_is_ours = true;
        let Some(path) = came_out else {
            return Ok(Step::Written);
        };
        self.held.push(Held {
            path,
            bytes: None,
            foreign: true,
        });
        self.look_at_last(&expected)
    }

    fn read_target(&self) -> Result<Vec<u8>, SaveError> {
        let target = &self.target.path;
        self.calls
            .await_file(|| self.calls.read_settled(target, &self.known))
    }

    fn not_swapped(&self, staged: &Staged, source: io::Error) -> Result<Step, SaveError> {
        // Only as long as the name stands for our own file.
        if matches!(self.calls.is(&staged.path, staged.id), Ok(true)) {
            self.calls.discard(&staged.path);
        }
        match source.kind() {
            // The next round finds out whether the file stays away.
            ErrorKind::NotFound => Ok(Step::Again),
            _ => Err(SaveError::io(
                self.calls.path,
                "put the new file in its place",
                source,
            )),
        }
    }

    /// Compares what came out last with what was expected, and merges what is new.
    fn look_at_last(&mut self, expected: &[u8]) -> Result<Step, SaveError> {
        let Some(last) = self.held.last_mut() else {
            return Ok(Step::Written);
        };
        let out = match self.calls.read_settled(&last.path, expected) {
            Ok(out) => out,
            Err(error) => {
                self.unread = Some(error);
                return Ok(Step::Written);
            }
        };
        last.foreign = out != expected;
        let out = last.bytes.insert(out);
        if !last.foreign {
            return Ok(Step::Written);
        }
        self.mine = combine(self.calls, expected, &self.known, out, self.merge)?;
        Ok(Step::Again)
    }

    /// The target holds something new before anything was swapped.
    fn take_in(&mut self, now: Vec<u8>) -> Result<(), SaveError> {
        self.mine = combine(self.calls, &self.known, &self.mine, &now, self.merge)?;
        self.known = now;
        self.known_is_ours = false;
        Ok(())
    }

    fn stage(&self) -> Result<Staged, SaveError> {
        let folder = &self.target.folder;
        let staged = stage(self.calls, folder, Some(&self.target.look), &self.mine)?;
        // From here on a crash may leave somebody's bytes under this name, which therefore says so.
        let path = swap_name(folder, &self.known, &self.mine);
        match self.calls.patient(|disk| disk.rename(&staged.path, &path)) {
            Ok(()) => Ok(Staged { path, ..staged }),
            Err(source) => {
                self.calls.discard(&staged.path);
                self.calls.discard(&path);
                let doing = "name the temporary file";
                Err(SaveError::io(self.calls.path, doing, source))
            }
        }
    }

    /// Deletes what came out, after a last look at all of it: a program that had an old file open may have
    /// appended to it meanwhile.
    fn release(&mut self) -> Result<Step, SaveError> {
        for index in 0..self.held.len() {
            let Some(held) = self.held.get_mut(index) else {
                continue;
            };
            let Some(before) = held.bytes.take() else {
                continue;
            };
            let late = match self.calls.read_settled(&held.path, &before) {
                Ok(late) => late,
                Err(error) => {
                    self.unread = Some(error);
                    continue;
                }
            };
            if late == before {
                held.bytes = Some(late);
                continue;
            }
            let merged = combine(self.calls, &before, &self.known, &late, self.merge);
            let path = self.held.remove(index).path;
            self.held.push(Held {
                path,
                bytes: Some(late),
                foreign: true,
            });
            self.mine = merged?;
            return Ok(Step::Again);
        }
        for held in self.held.extract_if(.., |held| held.bytes.is_some()) {
            self.calls.discard(&held.path);
        }
        Ok(Step::Written)
    }

    /// What could not be looked at, and so was not deleted.
    fn left_over(&mut self) -> Option<Unsure> {
        let SaveError::Io { source, .. } = self.unread.take()? else {
            return None;
        };
        Some(Unsure {
            path: self.calls.owned(),
            doing: "look at what it replaced",
            source,
            kept: self.held.iter().map(|held| held.path.clone()).collect(),
        })
    }

    fn saved(&self, unsure: Option<Unsure>) -> Saved {
        Saved {
            bytes: self.known.clone(),
            merged: self.known != self.asked,
            in_place: false,
            unsure,
        }
    }

    /// Puts the other program's file back where it was, and keeps whatever can't go back.
    fn give_up(mut self, because: SaveError) -> Result<Saved, SaveError> {
        if !self.known_is_ours {
            // Somebody wrote over what we had put there: that is the newest version, and it stays.
            let kept = self.put_foreign_aside();
            return Err(because.keeping(kept));
        }
        let Some(last) = self.held.pop() else {
            return Err(because);
        };
        // A target that is gone for a moment only is waited for; otherwise this fails in the swap.
        let _ = self.read_target();
        let back = self.put_back(&last.path);
        let mut kept = match &back {
            Ok(newer) => Vec::from_iter(newer.clone()),
            Err(_) => vec![put_aside(self.calls, &last.path)],
        };
        kept.extend(self.put_foreign_aside());
        match back {
            Err(source) if source.kind() != ErrorKind::NotFound => Ok(self.saved(Some(Unsure {
                path: self.calls.owned(),
                doing: "put another program's version back",
                source,
                kept,
            }))),
            _ => Err(because.keeping(kept)),
        }
    }

    fn put_foreign_aside(&mut self) -> Vec<PathBuf> {
        let mut kept = Vec::new();
        for held in std::mem::take(&mut self.held) {
            if held.foreign {
                kept.push(put_aside(self.calls, &held.path));
            } else {
                self.calls.discard(&held.path);
            }
        }
        kept
    }

    /// Swaps `theirs` back into the target. What comes out should be what we had put there; if somebody
    /// wrote over that, the newest version goes back in, and the path of the older one is returned.
    fn put_back(&self, theirs: &Path) -> io::Result<Option<PathBuf>> {
        let target = &self.target.path;
        let id = self.calls.patient(|disk| disk.look(theirs))?.id;
        let staged = Staged {
            path: theirs.to_owned(),
            id,
        };
        let Some(out) = swap(self.calls, &staged, target, &self.known, &self.mine)? else {
            return Ok(None);
        };
        match self.calls.read_settled(&out, &self.known) {
            Ok(bytes) if bytes == self.known => {
                self.calls.discard(&out);
                Ok(None)
            }
            Ok(_) => Ok(Some(self.newest_in(&out))),
            Err(_) => Ok(Some(put_aside(self.calls, &out))),
        }
    }

    /// Swaps the newest version in; returns where the other one was put aside.
    fn newest_in(&self, newest: &Path) -> PathBuf {
        let target = &self.target.path;
        let swapped = self
            .calls
            .patient(|disk| disk.look(newest))
            .and_then(|look| {
                let staged = Staged {
                    path: newest.to_owned(),
                    id: look.id,
                };
                swap(self.calls, &staged, target, &[], &[])
            });
        let aside = swapped.ok().flatten().unwrap_or_else(|| newest.to_owned());
        put_aside(self.calls, &aside)
    }
}

/// Swaps the file `new` with the target and returns where the old one is now.
///
/// Where the file system knows no exchange, the old file gets a second name first, so that it can be looked
/// at as well; where it knows no second names either, it is simply replaced, and there is nothing to return.
/// On an error the target is as before, as far as can be known.
fn swap(
    calls: &Calls,
    new: &Staged,
    target: &Path,
    known: &[u8],
    mine: &[u8],
) -> io::Result<Option<PathBuf>> {
    for _ in 0..ROUNDS {
        let Err(error) = calls.disk.exchange(&new.path, target) else {
            return Ok(Some(new.path.clone()));
        };
        // A failed call may have worked all the same; the inode tells, and repeating it blindly would swap back.
        if calls.is(target, new.id)? {
            return Ok(Some(new.path.clone()));
        }
        if is_unsupported(&error) {
            return replace(calls, new, target, known, mine);
        }
        if error.kind() != ErrorKind::Interrupted {
            return Err(error);
        }
    }
    Err(ErrorKind::Interrupted.into())
}

fn replace(
    calls: &Calls,
    new: &Staged,
    target: &Path,
    known: &[u8],
    mine: &[u8],
) -> io::Result<Option<PathBuf>> {
    let folder = target.parent().unwrap_or(Path::new(""));
    let second = swap_name(folder, known, mine);
    let old = match calls.patient(|disk| disk.link(target, &second)) {
        Ok(()) => Some(second),
        Err(error) if knows_no_links(&error) => None,
        Err(error) => {
            calls.discard(&second);
            return Err(error);
        }
    };
    let renamed = calls.patient(|disk| disk.rename(&new.path, target));
    let Err(error) = renamed else {
        return Ok(old);
    };
    if calls.is(target, new.id)? {
        return Ok(old);
    }
    if let Some(second) = old {
        calls.discard(&second);
    }
    Err(error)
}

fn knows_no_links(error: &io::Error) -> bool {
    let not_permitted = Some(rustix::io::Errno::PERM.raw_os_error());
    is_unsupported(error)
        || error.kind() == ErrorKind::TooManyLinks
        || error.raw_os_error() == not_permitted
}
