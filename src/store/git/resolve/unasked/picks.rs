//! A rebase that has just ended, or stopped: commits that git put in once more, one behind the other.
//!
//! A commit doesn't say which one it was made from. So each of them is looked for among those that
//! the branch had before: it is the one of which git by itself, by lines, makes this very commit.

use std::collections::BTreeSet;

use super::{Astray, says_the_same};
use crate::store::git::stages::is_journals;
use crate::store::git::tree::Tree;
use crate::store::git::{Git, GitError, told};
use crate::store::mend::sound_base;
use crate::store::merge_file::{Merged, Unmergeable, merge_file};

/// Longer rebases are not looked at.
const MOST_COMMITS: usize = 64;

/// How often git is asked to merge.
const MOST_MERGES: usize = 256;

/// A commit, and the files before and after it.
struct Commit {
    id: String,
    before: Tree,
    after: Tree,
}

/// The files that these commits changed and that are not as they began with them in the commit onto
/// which they went.
fn changed_by_both(onto: &Tree, old: &[Commit]) -> BTreeSet<String> {
    let is_made = |path: &str, id: Option<&String>| {
        let mut made = old.iter().filter(|commit| commit.changes(path));
        made.any(|commit| commit.after.get(path) == id)
    };
    let both = old.iter().flat_map(|commit| {
        commit.changed().filter(|path| {
            let before = commit.before.get(*path);
            is_journals(path) && before != onto.get(*path) && !is_made(path, before)
        })
    });
    both.cloned().collect()
}

impl Commit {
    fn changes(&self, path: &str) -> bool {
        self.before.get(path) != self.after.get(path)
    }

    /// The files that it changes; what it removes may be named twice.
    fn changed(&self) -> impl Iterator<Item = &String> {
        let all = self.before.keys().chain(self.after.keys());
        all.filter(|path| self.changes(path))
    }
}

/// What the rebase made of the branch.
struct Picks<'g> {
    git: &'g Git,
    /// The commits of the branch as they were, the oldest first.
    old: Vec<Commit>,
    /// As they are now. With each the place among the old ones of the one that git made it from,
    /// where nobody had a hand in it.
    new: Vec<(Commit, Option<usize>)>,
}

/// What git got wrong in the rebase that has just ended here, or in what is done of the one that is
/// under way; of this file alone where one is named.
pub(super) fn astray(
    git: &Git,
    is_under_way: bool,
    path: Option<&str>,
) -> Result<Vec<Astray>, GitError> {
    let Some((onto, from)) = begun(git, is_under_way)? else {
        return Ok(Vec::new());
    };
    let (old, new) = (
        git.commits_of(&onto, &from)?,
        git.commits_of(&onto, "HEAD")?,
    );
    let mut both = changed_by_both(&git.tree(&onto)?, &old);
    both.retain(|file| path.is_none_or(|path| path == file));
    if both.is_empty() {
        return Ok(Vec::new());
    }
    let mut picks = Picks {
        git,
        old,
        new: new.into_iter().map(|commit| (commit, None)).collect(),
    };
    picks.find_each()?;
    let mut all = Vec::new();
    for path in &both {
        all.extend(picks.look_at(path)?);
    }
    Ok(all)
}

/// The commits onto which it went and at which the branch stood, where a rebase is the last thing
/// that was done here.
fn begun(git: &Git, is_under_way: bool) -> Result<Option<(String, String)>, GitError> {
    let args = ["log", "-g", "--no-show-signature", "--format=%H %gs", "-n"];
    let asked = |count: &str| git.looking(&[&args[..], &[count, "HEAD", "--"]].concat());
    let last = match asked("1") {
        // There is no commit yet.
        Err(GitError::Failed { .. }) => return Ok(None),
        last => last?,
    };
    if !is_under_way && !String::from_utf8_lossy(&last).contains("(finish): ") {
        return Ok(None);
    }
    let all = asked(&(2 * MOST_COMMITS + 2).to_string())?;
    let all = String::from_utf8_lossy(&all);
    let mut lines = all.lines().filter_map(|line| line.split_once(' '));
    let start = lines.find(|(_, what)| what.contains("(start): "));
    let pair = start.zip(lines.next());
    Ok(pair.map(|((onto, _), (from, _))| (onto.to_owned(), from.to_owned())))
}

impl Git {
    /// The commits of one that another has not, the oldest first; merges are passed over.
    fn commits_of(&self, without: &str, of: &str) -> Result<Vec<Commit>, GitError> {
        let args = [
            "rev-list",
            "--reverse",
            "--topo-order",
            "--no-merges",
            "--parents",
        ];
        let not = format!("^{without}");
        let out = self.looking(&[&args[..], &[of, &not, "--"]].concat())?;
        let out = String::from_utf8_lossy(&out);
        let pairs: Vec<(&str, &str)> = out
            .lines()
            .filter_map(|line| line.split_once(' '))
            .collect();
        if pairs.len() > MOST_COMMITS {
            return Ok(Vec::new());
        }
        let mut commits = Vec::with_capacity(pairs.len());
        for (id, parent) in pairs {
            let (before, after) = (self.tree(parent)?, self.tree(id)?);
            if before != after {
                commits.push(Commit {
                    id: id.to_owned(),
                    before,
                    after,
                });
            }
        }
        Ok(commits)
    }
}

impl Picks<'_> {
    /// Finds out which commit each was made from.
    fn find_each(&mut self) -> Result<(), GitError> {
        let mut merges = 0;
        let mut from = 0;
        let mut taken = Vec::new();
        for (new, made_from) in &mut self.new {
            let changed: Vec<&String> = new.changed().collect();
            // Mostly it is the next one.
            for at in (from..self.old.len()).chain(0..from) {
                let Some(old) = self.old.get(at).filter(|_| !taken.contains(&at)) else {
                    continue;
                };
                if !changed.iter().all(|path| old.changes(path)) {
                    continue;
                }
                merges += 1;
                if merges > MOST_MERGES {
                    return Ok(());
                }
                let parents = [&new.id, &old.id].map(|id| format!("{id}^"));
                let [parent, base] = &parents;
                if self.git.merged_by_lines(Some(base), parent, &old.id)? == new.after {
                    *made_from = Some(at);
                    taken.push(at);
                    from = at + 1;
                    break;
                }
            }
        }
        Ok(())
    }

    /// Puts a file together by entry as git did by lines, one commit after the other.
    fn look_at(&self, path: &str) -> Result<Option<Astray>, GitError> {
        // The merge by entry, as long as what git made of it says something else.
        let mut right: Option<Result<Merged, Unmergeable>> = None;
        let mut last = None;
        for (new, made_from) in self.new.iter().filter(|(new, _)| new.changes(path)) {
            let old = made_from.and_then(|at| self.old.get(at));
            let Some(texts) = self.texts(path, new, old)? else {
                return Ok(None);
            };
            let (Some(base), Some(theirs)) = (&texts.base, &texts.theirs) else {
                // Somebody decided it, and saw what was wrong in it before.
                right = None;
                continue;
            };
            let before = match &right {
                Some(Ok(right)) => &right.text,
                _ => &texts.before,
            };
            // What was written here is ours, as everywhere.
            let merged = merge_file(&sound_base(base), theirs, before);
            right = match (right, merged) {
                (Some(Err(doubt)), _) => Some(Err(doubt)),
                (Some(Ok(before)), _) if !before.clashes.is_empty() => {
                    Some(Err(undecided(&before)))
                }
                (_, Ok(merged)) if says_the_same(&texts.after, &merged) => None,
                (_, Ok(merged)) => Some(Ok(merged)),
                (_, Err(Unmergeable::Side { .. })) => return Ok(None),
                (_, Err(doubt)) => Some(Err(doubt)),
            };
            last = Some(texts);
        }
        Ok(right.zip(last).map(|(merged, texts)| Astray {
            path: path.to_owned(),
            left_id: texts.id,
            left: texts.after,
            merged,
        }))
    }

    /// The versions of a file around a commit.
    fn texts(
        &self,
        path: &str,
        new: &Commit,
        old: Option<&Commit>,
    ) -> Result<Option<Texts>, GitError> {
        let (Some(before), Some(after)) = (new.before.get(path), new.after.get(path)) else {
            return Ok(None);
        };
        let more = old.and_then(|old| Some([old.before.get(path)?, old.after.get(path)?]));
        let mut ids: Vec<&str> = vec![before, after];
        ids.extend(more.iter().flatten().map(|id| id.as_str()));
        let mut found = self.git.blobs(&ids)?.into_iter();
        let mut next = || found.next().flatten();
        let (Some(first), Some(second)) = (next(), next()) else {
            return Ok(None);
        };
        Ok(Some(Texts {
            id: after.clone(),
            before: first,
            after: second,
            base: next(),
            theirs: next(),
        }))
    }
}

/// More was written to a file in which something is to be decided.
fn undecided(merged: &Merged) -> Unmergeable {
    let clashes = merged.clashes.iter();
    let told = clashes.map(|clash| told::clash(&clash.table, &clash.conflict, ["here", "there"]));
    Unmergeable::Doubtful(told.collect::<Vec<_>>().join("; "))
}

/// A file before and after a commit, and in the commit that git made that from.
struct Texts {
    /// The name of what is there after it.
    id: String,
    before: Vec<u8>,
    after: Vec<u8>,
    base: Option<Vec<u8>>,
    theirs: Option<Vec<u8>>,
}
