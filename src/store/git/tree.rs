//! The files of the journal as a commit has them.

use std::collections::BTreeMap;

use super::{Git, GitError};

/// The files of the journal in a commit: which object each of them is, by its path below the
/// journal.
pub(super) type Tree = BTreeMap<String, String>;

/// A file's path and its bytes on two sides.
pub(super) struct Change {
    pub path: String,
    pub before: Option<Vec<u8>>,
    pub after: Option<Vec<u8>>,
}

/// Reads `git ls-tree -r -z`.
pub(super) fn read(out: &[u8]) -> Tree {
    let text = String::from_utf8_lossy(out);
    let entries = text.split('\0').filter_map(|entry| {
        let (about, path) = entry.split_once('\t')?;
        let mut words = about.split(' ');
        let (mode, sort) = (words.next()?, words.next()?);
        let id = words.next().filter(|_| sort == "blob" && is_file(mode))?;
        Some((path.to_owned(), id.to_owned()))
    });
    entries.collect()
}

fn is_file(mode: &str) -> bool {
    mode != "120000" && mode != "160000"
}

impl Git {
    /// The files of the journal in a commit.
    pub(super) fn tree(&self, commit: &str) -> Result<Tree, GitError> {
        let out = self.looking(&["ls-tree", "-r", "-z", "--end-of-options", commit])?;
        Ok(read(&out))
    }

    /// The files of the journal that the index has once, as it does where nothing is undecided.
    pub(super) fn index(&self, paths: &[&str]) -> Result<Tree, GitError> {
        let mut args = vec!["ls-files", "--stage", "-z", "--"];
        args.extend(paths);
        let out = self.looking(&args)?;
        let text = String::from_utf8_lossy(&out);
        let entries = text.split('\0').filter_map(|entry| {
            let (about, path) = entry.split_once('\t')?;
            match about.split(' ').collect::<Vec<_>>()[..] {
                [mode, id, "0"] if is_file(mode) => Some((path.to_owned(), id.to_owned())),
                _ => None,
            }
        });
        Ok(entries.collect())
    }

    /// The bytes of these objects, in order.
    pub(super) fn objects(&self, ids: &[&str]) -> Result<Vec<Vec<u8>>, GitError> {
        let blobs: Option<Vec<Vec<u8>>> = self.blobs(ids)?.into_iter().collect();
        blobs.ok_or_else(|| GitError::Failed {
            what: "cat-file".to_owned(),
            said: "an object of the repository can't be read; look with: git fsck".to_owned(),
            code: None,
        })
    }

    /// The files that differ between two commits, with their bytes.
    pub(super) fn between(&self, old: &Tree, new: &Tree) -> Result<Vec<Change>, GitError> {
        let paths: Vec<&String> = old
            .iter()
            .filter(|(path, id)| new.get(*path) != Some(id))
            .map(|(path, _)| path)
            .chain(new.keys().filter(|path| !old.contains_key(*path)))
            .collect();
        let sides = |tree: &'_ Tree| -> Result<Vec<Option<Vec<u8>>>, GitError> {
            let ids: Vec<&str> = paths
                .iter()
                .filter_map(|path| tree.get(*path).map(String::as_str))
                .collect();
            let mut objects = self.objects(&ids)?.into_iter();
            let there = paths.iter().map(|path| tree.contains_key(*path));
            Ok(there.map(|there| there.then(|| objects.next())?).collect())
        };
        let (before, after) = (sides(old)?, sides(new)?);
        let both = paths.iter().zip(before).zip(after);
        let mut changes: Vec<Change> = both
            .map(|((path, before), after)| Change {
                path: (*path).clone(),
                before,
                after,
            })
            .collect();
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(changes)
    }
}
