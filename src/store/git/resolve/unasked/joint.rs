//! A merge of two sides, finished or under way.

use std::cell::OnceCell;

use super::{Astray, right_so_far, says_the_same};
use crate::store::git::progress::Progress;
use crate::store::git::stages::is_journals;
use crate::store::git::tree::Tree;
use crate::store::git::{Git, GitError};
use crate::store::mend::sound_base;
use crate::store::merge_file::{Unmergeable, merge_file};

/// How deep commits that both sides began with are merged with one another.
const DEEPEST: usize = 8;

/// A merge, and what it left of the journal's files.
pub(super) struct Joint<'g> {
    git: &'g Git,
    /// The names of the two commits.
    sides: [String; 2],
    /// The files of the two.
    trees: [Tree; 2],
    bases: Vec<String>,
    /// The files of the base, where there is one alone.
    base: Option<Tree>,
    left: Tree,
    /// What git by itself makes of it.
    by_lines: OnceCell<Tree>,
    /// Our side is what a rebase has put together so far.
    is_rebase: bool,
}

impl<'g> Joint<'g> {
    /// The merge of two sides that this commit is.
    pub(super) fn of(git: &'g Git, commit: &str) -> Result<Option<Joint<'g>>, GitError> {
        let args = ["rev-list", "--parents", "-n", "1", "--end-of-options"];
        let line = match git.answer(&[&args[..], &[commit]].concat()) {
            // There is no commit yet.
            Err(GitError::Failed { .. }) => None,
            line => line?,
        };
        let line = line.unwrap_or_default();
        let [commit, ours, theirs] = line.split(' ').collect::<Vec<_>>()[..] else {
            return Ok(None);
        };
        let (left, bases) = (git.tree(commit)?, bases(git, &[ours, theirs])?);
        Joint::new(git, [ours, theirs], bases, left, OnceCell::new()).map(Some)
    }

    /// What was merged where git stopped for something else.
    pub(super) fn under_way(
        git: &'g Git,
        progress: Progress,
    ) -> Result<Option<Joint<'g>>, GitError> {
        let theirs = progress.theirs();
        let bases = match progress {
            Progress::Merge => bases(git, &["HEAD", theirs])?,
            Progress::Rebase | Progress::CherryPick => {
                let parent = git.answer(&["rev-parse", "-q", "--verify", &format!("{theirs}^")]);
                parent?.into_iter().collect()
            }
            Progress::Revert => Vec::new(),
        };
        // Git keeps it where something was left to decide (since 2.33).
        let by_lines = git.answer(&["rev-parse", "-q", "--verify", "AUTO_MERGE"])?;
        let (Some(by_lines), false) = (by_lines, bases.is_empty()) else {
            return Ok(None);
        };
        let by_lines = OnceCell::from(git.tree(&by_lines)?);
        let left = git.index(&["."])?;
        let joint = Joint::new(git, ["HEAD", theirs], bases, left, by_lines)?;
        Ok(Some(Joint {
            is_rebase: progress == Progress::Rebase,
            ..joint
        }))
    }

    fn new(
        git: &'g Git,
        [ours, theirs]: [&str; 2],
        bases: Vec<String>,
        left: Tree,
        by_lines: OnceCell<Tree>,
    ) -> Result<Joint<'g>, GitError> {
        let base = match bases.as_slice() {
            [base] => Some(git.tree(base)?),
            _ => None,
        };
        Ok(Joint {
            git,
            sides: [ours, theirs].map(str::to_owned),
            trees: [git.tree(ours)?, git.tree(theirs)?],
            bases,
            base,
            left,
            by_lines,
            is_rebase: false,
        })
    }

    /// What git got wrong in it; of this file alone where one is named.
    pub(super) fn astray(&self, path: Option<&str>) -> Result<Vec<Astray>, GitError> {
        let mut all = Vec::new();
        for (file, left) in &self.left {
            if is_journals(file) && path.is_none_or(|path| path == file) {
                all.extend(self.look_at(file, left)?);
            }
        }
        Ok(all)
    }

    /// A file that both sides changed and that is as neither side has it. Nothing where it says
    /// what it should, or where somebody decided what it says.
    fn look_at(&self, path: &str, left_id: &String) -> Result<Option<Astray>, GitError> {
        let [ours, theirs] = self.trees.each_ref().map(|tree| tree.get(path));
        let (Some(ours), Some(theirs)) = (ours, theirs) else {
            return Ok(None);
        };
        let base = self.base.as_ref().map(|base| base.get(path));
        let is_one_sided = [Some(ours), Some(theirs)].contains(&base.flatten());
        if ours == theirs || [ours, theirs].contains(&left_id) || is_one_sided {
            return Ok(None);
        }
        let base = match base {
            Some(Some(id)) => self.git.blob(id)?,
            Some(None) => None,
            None => base_of(self.git, path, &self.bases, DEEPEST)?,
        };
        let mut texts = self.git.blobs(&[left_id, ours, theirs])?.into_iter();
        let mut next = || texts.next().flatten();
        let (Some(base), Some(left), Some(ours), Some(theirs)) = (base, next(), next(), next())
        else {
            return Ok(None);
        };
        let ours = match self.is_rebase {
            true => right_so_far(self.git, path)?.unwrap_or(ours),
            false => ours,
        };
        let merged = match merge_file(&sound_base(&base), &ours, &theirs) {
            Ok(merged) if says_the_same(&left, &merged) => return Ok(None),
            // Nothing better is known of it, and check tells what is wrong.
            Err(Unmergeable::Side { .. }) => return Ok(None),
            merged => merged,
        };
        if self.by_lines()?.get(path) != Some(left_id) {
            return Ok(None);
        }
        Ok(Some(Astray {
            path: path.to_owned(),
            left_id: left_id.clone(),
            left,
            merged,
        }))
    }

    fn by_lines(&self) -> Result<&Tree, GitError> {
        if let Some(by_lines) = self.by_lines.get() {
            return Ok(by_lines);
        }
        let [ours, theirs] = &self.sides;
        let by_lines = self.git.merged_by_lines(None, ours, theirs)?;
        Ok(self.by_lines.get_or_init(|| by_lines))
    }
}

impl Git {
    /// The bytes of a file in a commit.
    fn file_in(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        match self.tree(commit)?.get(path) {
            Some(id) => self.blob(id),
            None => Ok(None),
        }
    }

    fn blob(&self, id: &str) -> Result<Option<Vec<u8>>, GitError> {
        Ok(self.blobs(&[id])?.pop().flatten())
    }
}

/// The commits that the first one of these and all others began with.
fn bases(git: &Git, commits: &[&str]) -> Result<Vec<String>, GitError> {
    let found = git.looking(&[&["merge-base", "--all"], commits].concat());
    let found = match found {
        Err(GitError::Failed { code: Some(1), .. }) => return Ok(Vec::new()),
        found => found?,
    };
    // Git merges them in this order.
    let found = String::from_utf8_lossy(&found).into_owned();
    Ok(found.lines().rev().map(str::to_owned).collect())
}

/// What both sides of the merge that is under way began with.
pub(super) fn base_under_way(git: &Git, path: &str) -> Result<Option<Vec<u8>>, GitError> {
    let commits = bases(git, &["HEAD", Progress::Merge.theirs()])?;
    base_of(git, path, &commits, DEEPEST)
}

/// What both sides began with. Of several such commits the file is merged by entry, and of what
/// clashes there nothing is known. `None`: one of them has no such file, or it can't be told.
fn base_of(
    git: &Git,
    path: &str,
    commits: &[String],
    deep: usize,
) -> Result<Option<Vec<u8>>, GitError> {
    let Some((first, others)) = commits.split_first() else {
        return Ok(None);
    };
    let Some(mut text) = git.file_in(first, path)? else {
        return Ok(None);
    };
    let mut joined = vec![first.as_str()];
    for other in others {
        let Some(theirs) = git.file_in(other, path)? else {
            return Ok(None);
        };
        let below = bases(git, &[&[other.as_str()][..], &joined].concat())?;
        let base = match deep.checked_sub(1) {
            Some(deep) => base_of(git, path, &below, deep)?,
            None => return Ok(None),
        };
        let base = base.unwrap_or_default();
        let Ok(merged) = merge_file(&sound_base(&base), &text, &theirs) else {
            return Ok(None);
        };
        let unknown = vec![None; merged.clashes.len()];
        let Ok(decided) = merged.decided(&unknown) else {
            return Ok(None);
        };
        text = decided;
        joined.push(other);
    }
    Ok(Some(text))
}
