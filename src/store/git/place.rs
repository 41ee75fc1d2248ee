//! Whose repository it is that stands around a journal.
//!
//! A pulled or unpacked journal may bring a `.git` that leads anywhere. It is followed only where
//! the other end knows of this folder, as that of a work tree or submodule does.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::{Git, GitError};

/// More than any path has.
const MOST: u64 = 16 * 1024;

impl Git {
    /// The top of the repository around the journal, without any links in its path.
    pub(super) fn top(&self) -> Result<PathBuf, GitError> {
        let none = || GitError::NoRepository {
            path: self.root.clone(),
        };
        let root = fs::canonicalize(&self.root).map_err(|_| none())?;
        let has_one = |dir: &&Path| dir.join(".git").symlink_metadata().is_ok();
        let top = root.ancestors().find(has_one).ok_or_else(none)?;
        let own = top.join(".git");
        let kind = own.symlink_metadata().map_err(|_| none())?.file_type();
        if kind.is_dir() {
            return Ok(top.to_owned());
        }
        let leads_to = match kind.is_symlink() {
            true => fs::canonicalize(&own).unwrap_or_default(),
            false => follow(&own).unwrap_or_default(),
        };
        if self.knows(&leads_to, top) {
            return Ok(top.to_owned());
        }
        Err(GitError::Elsewhere {
            path: own,
            leads_to,
        })
    }

    /// Whether a git folder that lies elsewhere belongs to the work tree at `top`.
    fn knows(&self, folder: &Path, top: &Path) -> bool {
        let is_top = |path: PathBuf| fs::canonicalize(path).is_ok_and(|path| path == top);
        if let Some(back) = first_line(&folder.join("gitdir")) {
            let back = folder.join(back);
            return back.parent().is_some_and(|dir| is_top(dir.to_owned()));
        }
        let config = folder.join("config");
        let Some(config) = config.to_str().filter(|_| config.is_file()) else {
            return false;
        };
        let set = ["config", "--file", config, "--get", "core.worktree"];
        let Ok(worktree) = self.looking(&set) else {
            return false;
        };
        let worktree = String::from_utf8_lossy(&worktree);
        is_top(folder.join(worktree.trim_end_matches('\n')))
    }

    /// The settings by which the repository's attributes could make git run a program.
    pub(super) fn programs_of_filters(&self) -> Result<Vec<String>, GitError> {
        self.set_in_config("^filter\\..*\\.(clean|process|smudge|required)$")
    }

    /// The names of the settings that this pattern is found in.
    pub(super) fn set_in_config(&self, pattern: &str) -> Result<Vec<String>, GitError> {
        let found = self.looking(&["config", "--null", "--name-only", "--get-regexp", pattern]);
        let found = match found {
            // That is how it says that there are none.
            Err(GitError::Failed { code: Some(1), .. }) => return Ok(Vec::new()),
            found => found?,
        };
        let found = String::from_utf8_lossy(&found);
        let names = found.split('\0').filter(|name| !name.is_empty());
        let mut unset: Vec<String> = names.map(str::to_owned).collect();
        unset.dedup();
        Ok(unset)
    }
}

/// Where a file `.git` says that the repository is.
fn follow(file: &Path) -> Option<PathBuf> {
    let line = first_line(file)?;
    let leads_to = line.strip_prefix("gitdir: ")?;
    fs::canonicalize(file.parent()?.join(leads_to)).ok()
}

fn first_line(file: &Path) -> Option<String> {
    let is_file = file.symlink_metadata().is_ok_and(|meta| meta.is_file());
    let mut text = String::new();
    let open = fs::File::open(file).ok().filter(|_| is_file)?;
    open.take(MOST).read_to_string(&mut text).ok()?;
    text.lines().next().map(str::to_owned)
}
