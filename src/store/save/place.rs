//! From the path that was asked for to the file that is written: links, borders, missing folders.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::calls::Calls;
use super::error::SaveError;
use crate::store::disk::{Kind, Look};

/// An existing regular file inside the journal, links resolved.
pub(super) struct Place {
    pub(super) path: PathBuf,
    pub(super) folder: PathBuf,
    pub(super) look: Look,
}

/// Follows links to the file that `path` means, as long as they stay below `root`.
pub(super) fn existing(calls: &Calls, root: &Path) -> Result<Place, SaveError> {
    let root = real_root(calls, root)?;
    calls.await_file(|| resolve(calls, &root))
}

fn resolve(calls: &Calls, root: &Path) -> Result<Place, SaveError> {
    let path = calls
        .patient(|disk| disk.canonicalize(calls.path))
        .map_err(|source| match source.kind() {
            ErrorKind::NotFound => SaveError::Gone {
                path: calls.owned(),
            },
            _ => SaveError::io(calls.path, "find the file", source),
        })?;
    inside(calls, root, &path)?;
    at(calls, path)
}

/// As [`existing`], for the name itself: a link is not followed but refused.
pub(super) fn existing_name(calls: &Calls, root: &Path) -> Result<Place, SaveError> {
    let named = calls.await_file(|| calls.look(calls.path))?;
    if named.kind != Kind::File {
        return Err(SaveError::NotAFile {
            path: calls.owned(),
        });
    }
    existing(calls, root)
}

fn at(calls: &Calls, path: PathBuf) -> Result<Place, SaveError> {
    let look = calls.look(&path)?;
    let (Kind::File, Some(folder)) = (look.kind, path.parent()) else {
        return Err(SaveError::NotAFile {
            path: calls.owned(),
        });
    };
    Ok(Place {
        folder: folder.to_owned(),
        path,
        look,
    })
}

/// A name inside the journal that is free, and the folders made for it.
pub(super) struct FreePlace {
    pub(super) path: PathBuf,
    pub(super) folder: PathBuf,
    made: Vec<PathBuf>,
}

/// Makes the folders above `calls.path` where they are missing.
///
/// A name that is taken, were it by a dangling link, is [`SaveError::Exists`].
pub(super) fn free(calls: &Calls, root: &Path) -> Result<FreePlace, SaveError> {
    let root = real_root(calls, root)?;
    let (standing, mut missing) = deepest_folder(calls)?;
    inside(calls, &root, &standing)?;
    let Some(name) = missing.pop() else {
        return Err(SaveError::Exists {
            path: calls.owned(),
        });
    };
    let mut place = FreePlace {
        path: PathBuf::new(),
        folder: standing,
        made: Vec::new(),
    };
    for part in missing {
        let next = place.folder.join(part);
        if let Err(error) = make_folder(calls, &next) {
            place.made.push(next);
            place.undo(calls);
            return Err(error);
        }
        place.folder.clone_from(&next);
        place.made.push(next);
    }
    place.path = place.folder.join(name);
    match calls.patient(|disk| disk.look(&place.path)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(place),
        looked => {
            place.undo(calls);
            Err(match looked {
                Ok(_) => SaveError::Exists {
                    path: calls.owned(),
                },
                Err(source) => SaveError::io(calls.path, "look at the new name", source),
            })
        }
    }
}

impl FreePlace {
    /// Takes the folders away again that were made for nothing. One that is in use by now stays.
    pub(super) fn undo(&self, calls: &Calls) {
        for folder in self.made.iter().rev() {
            let _ = calls.patient(|disk| disk.remove_folder(folder));
        }
    }

    /// Folders whose names have to reach the medium for the new file to be found, the innermost first.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        let above = self.made.iter().rev().filter_map(|made| made.parent());
        std::iter::once(self.folder.as_path()).chain(above)
    }
}

fn make_folder(calls: &Calls, folder: &Path) -> Result<(), SaveError> {
    match calls.patient(|disk| disk.make_folder(folder)) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let look = calls.run("look at the folder", |disk| disk.look(folder))?;
            match look.kind {
                Kind::Folder => Ok(()),
                _ => Err(SaveError::NotAFile {
                    path: folder.to_owned(),
                }),
            }
        }
        Err(source) => Err(SaveError::io(calls.path, "make its folder", source)),
        Ok(()) => Ok(()),
    }
}

/// The deepest folder above the path that is there, resolved, and the names below it, outermost first.
fn deepest_folder(calls: &Calls) -> Result<(PathBuf, Vec<OsString>), SaveError> {
    let mut below = Vec::new();
    let mut here = calls.path;
    loop {
        let last = here.components().next_back();
        let (Some(parent), Some(Component::Normal(name))) = (here.parent(), last) else {
            return Err(SaveError::NotAFile {
                path: calls.owned(),
            });
        };
        below.insert(0, name.to_owned());
        here = parent;
        let or_here = if here.as_os_str().is_empty() {
            Path::new(".")
        } else {
            here
        };
        match calls.patient(|disk| disk.canonicalize(or_here)) {
            Ok(folder) => return Ok((folder, below)),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(source) => return Err(SaveError::io(calls.path, "find its folder", source)),
        }
    }
}

fn real_root(calls: &Calls, root: &Path) -> Result<PathBuf, SaveError> {
    calls.run("find the journal's folder", |disk| disk.canonicalize(root))
}

fn inside(calls: &Calls, root: &Path, path: &Path) -> Result<(), SaveError> {
    if path.starts_with(root) {
        return Ok(());
    }
    Err(SaveError::Outside {
        path: calls.owned(),
        leads_to: path.to_owned(),
    })
}
