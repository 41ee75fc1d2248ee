//! What git merged by lines, whole and without a word, and not as the entries are.
//!
//! Where no driver is set git asks nobody as long as no lines clash, and now and then it puts an
//! entry in twice, or a line into another entry. The three versions are still there behind such a
//! merge. What it left is put right only where that is, to the byte, what git by itself makes of
//! these versions: then nobody has decided anything in it.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::{Progress, Proposal, ResolveError, carry_out, customer_file, is_as_left, quoted};
use crate::model::customer::Customer;
use crate::store::comments::comments;
use crate::store::files::read_file;
use crate::store::git::stages::is_journals;
use crate::store::git::tree::{self, Tree};
use crate::store::git::{Git, GitError};
use crate::store::mend::{Take, sound_base};
use crate::store::merge_file::{Merged, Unmergeable, differ_in_order_alone, merge_file};
use crate::store::read::read_customer;
use crate::store::strict;

/// How deep commits that both sides began with are merged with one another.
const DEEPEST: usize = 8;

/// A merge, and what it left of the journal's files.
struct Joint<'g> {
    git: &'g Git,
    ours: String,
    theirs: String,
    bases: Vec<String>,
    left: Tree,
    /// What git by itself makes of it.
    by_lines: OnceCell<Tree>,
}

/// The files that git merged by lines, without asking, to something else than their entries come
/// to: in the merge that is under way, else in the one that stands at the head. Nothing is written.
///
/// # Errors
/// What git says.
pub fn unasked(
    git: &Git,
    progress: Option<Progress>,
    afresh: bool,
) -> Result<Vec<Proposal>, GitError> {
    let joint = match progress {
        Some(progress) => Joint::under_way(git, progress)?,
        None => Joint::of(git, "HEAD")?,
    };
    let Some(joint) = joint else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for path in joint.changed_by_both()? {
        all.extend(joint.look_at(&path, afresh)?);
    }
    Ok(all)
}

/// The same for one file, and the merge that wrote it last, however long ago that is.
///
/// # Errors
/// What git says.
pub fn unasked_in(
    git: &Git,
    progress: Option<Progress>,
    path: &str,
    afresh: bool,
) -> Result<Option<Proposal>, GitError> {
    let joint = match progress {
        Some(progress) => Joint::under_way(git, progress)?,
        None => match git.answer(&[
            "log",
            "-1",
            "--no-show-signature",
            "--format=%H",
            "--",
            path,
        ])? {
            Some(commit) => Joint::of(git, &commit)?,
            None => None,
        },
    };
    match joint {
        Some(joint) => joint.look_at(path, afresh),
        None => Ok(None),
    }
}

/// Writes and stages what a merge by entry makes of such a file. `take` decides what both sides
/// changed; where that is left to decide, the file stays as git left it.
///
/// # Errors
/// What git or the disk says; a file whose staging failed is written already.
pub fn put_right(
    git: &Git,
    proposal: Proposal,
    take: Option<Take>,
) -> Result<Proposal, ResolveError> {
    let values = take.and_then(|take| take.values(proposal.clashes()));
    let proposal = match values.filter(|values| !values.is_empty()) {
        Some(values) => proposal.decided(&values)?,
        None => proposal,
    };
    if proposal.is_whole() {
        carry_out(git, &proposal)?;
    }
    Ok(proposal)
}

/// What to type where both sides changed something and git did not ask.
pub fn how_to_take(path: &str) -> String {
    format!(
        "to take a side: goodwill resolve {} --take here (or there, or both); or put it right by \
         hand, and commit it",
        quoted(path)
    )
}

impl<'g> Joint<'g> {
    /// The merge of two sides that this commit is.
    fn of(git: &'g Git, commit: &str) -> Result<Option<Joint<'g>>, GitError> {
        let args = [
            "rev-list",
            "--parents",
            "-n",
            "1",
            "--end-of-options",
            commit,
        ];
        let line = match git.answer(&args) {
            // There is no commit yet.
            Err(GitError::Failed { .. }) => None,
            line => line?,
        };
        let line = line.unwrap_or_default();
        let [commit, ours, theirs] = line.split(' ').collect::<Vec<_>>()[..] else {
            return Ok(None);
        };
        let bases = bases(git, &[ours, theirs])?;
        Ok(Some(Joint {
            git,
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
            bases,
            left: git.tree(commit)?,
            by_lines: OnceCell::new(),
        }))
    }

    /// What was merged where git stopped for something else.
    fn under_way(git: &'g Git, progress: Progress) -> Result<Option<Joint<'g>>, GitError> {
        let theirs = progress.theirs();
        let bases = match progress {
            Progress::Merge => bases(git, &["HEAD", theirs])?,
            Progress::Rebase | Progress::CherryPick => {
                let parents = git.answer(&["rev-parse", "-q", "--verify", &format!("{theirs}^")]);
                parents?.into_iter().collect()
            }
            Progress::Revert => Vec::new(),
        };
        // Git keeps it where something was left to decide (since 2.33).
        let by_lines = git.answer(&["rev-parse", "-q", "--verify", "AUTO_MERGE"])?;
        let (Some(by_lines), false) = (by_lines, bases.is_empty()) else {
            return Ok(None);
        };
        Ok(Some(Joint {
            git,
            ours: "HEAD".to_owned(),
            theirs: theirs.to_owned(),
            bases,
            left: git.index(&["."])?,
            by_lines: OnceCell::from(git.tree(&by_lines)?),
        }))
    }

    /// The files that both sides changed and that are as neither side has them.
    fn changed_by_both(&self) -> Result<Vec<String>, GitError> {
        let [ours, theirs] = [self.git.tree(&self.ours)?, self.git.tree(&self.theirs)?];
        let base = match self.bases.as_slice() {
            [base] => Some(self.git.tree(base)?),
            _ => None,
        };
        let is_one = |path: &str, left: &String| {
            let sides = [ours.get(path), theirs.get(path)];
            let base = base.as_ref().map(|base| base.get(path));
            let is_side = |side: &Option<&String>| *side == Some(left);
            sides.iter().all(Option::is_some)
                && sides[0] != sides[1]
                && !sides.iter().any(is_side)
                && base.is_none_or(|base| base.is_some() && !sides.contains(&base))
        };
        let files = self.left.iter();
        let files = files.filter(|(path, left)| is_journals(path) && is_one(path, left));
        Ok(files.map(|(path, _)| path.clone()).collect())
    }

    /// What there is to say of a file; nothing where it says what it should, or where somebody
    /// decided what it says.
    fn look_at(&self, path: &str, afresh: bool) -> Result<Option<Proposal>, GitError> {
        let Some(left_id) = self.left.get(path) else {
            return Ok(None);
        };
        let [ours, theirs] = [&self.ours, &self.theirs].map(|side| self.git.file_in(side, path));
        let (Some(ours), Some(theirs)) = (ours?, theirs?) else {
            return Ok(None);
        };
        let base = base_of(self.git, path, &self.bases, DEEPEST)?;
        let left = self.git.blobs(&[left_id])?.pop().flatten();
        let (Some(base), Some(left)) = (base, left) else {
            return Ok(None);
        };
        if left == ours || left == theirs {
            return Ok(None);
        }
        let merged = match merge_file(&sound_base(&base), &ours, &theirs) {
            Ok(merged) if says_the_same(&left, &merged) => return Ok(None),
            // Nothing better is known of it, and check tells what is wrong.
            Err(Unmergeable::Side { .. }) => return Ok(None),
            merged => merged,
        };
        if self.is_decided(path, left_id)? {
            return Ok(None);
        }
        self.found(path, left_id, &left, merged, afresh)
    }

    /// Whether somebody had a hand in what the merge says.
    fn is_decided(&self, path: &str, left: &str) -> Result<bool, GitError> {
        let by_lines = match self.by_lines.get() {
            Some(by_lines) => by_lines,
            None => {
                let by_lines = match self.git.merged_by_lines(&self.ours, &self.theirs) {
                    Ok(out) => tree::read(&out),
                    // A git that can't tell.
                    Err(GitError::Failed { .. }) => Tree::new(),
                    Err(error) => return Err(error),
                };
                self.by_lines.get_or_init(|| by_lines)
            }
        };
        Ok(by_lines.get(path).is_none_or(|id| id != left))
    }

    /// The merge by entry, as far as the file is still as git left it.
    fn found(
        &self,
        path: &str,
        left_id: &str,
        left: &[u8],
        merged: Result<Merged, Unmergeable>,
        afresh: bool,
    ) -> Result<Option<Proposal>, GitError> {
        let place = customer_file(self.git, path);
        let mut found = Vec::new();
        if read_file(self.git.root(), &place, &mut found).is_err() {
            return Ok(None);
        }
        let is_staged = |id: &str| -> Result<bool, GitError> {
            let index = self.git.index(&[path])?;
            Ok(index.get(path).is_some_and(|staged| staged == id))
        };
        let is_untouched = is_as_left(Some(&found), Some(left)) && is_staged(left_id)?;
        let is_put_right = |merged: &Merged| {
            merged.clashes.is_empty()
                && (is_as_left(Some(&found), Some(&merged.text)) || says_the_same(&found, merged))
        };
        let mut proposal = Proposal::new(path, Some(found.clone()));
        let file = quoted(path);
        Ok(Some(match merged {
            Ok(merged) if is_put_right(&merged) => return Ok(None),
            Ok(merged) if is_untouched || afresh => {
                let what = what_is_wrong(left, &merged);
                proposal = proposal.merged(merged);
                let what = format!("git alone merged it by lines, and {what}");
                proposal.remarks.insert(0, what);
                proposal
            }
            Ok(merged) => proposal.left(format!(
                "git alone merged it by lines, and {}; it was edited since: look whether it is \
                 right, and commit it; or merge it anew without what was edited: goodwill resolve \
                 --afresh {file}",
                what_is_wrong(left, &merged)
            )),
            // A person has looked at it.
            Err(_) if !is_untouched => return Ok(None),
            Err(why) => proposal.left(format!(
                "git alone merged it by lines, and whether that is right can't be told: {why}; look \
                 at it: git diff {}...{} -- {file}",
                self.ours, self.theirs
            )),
        }))
    }
}

impl Git {
    /// The bytes of a file in a commit.
    fn file_in(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        let out = self.looking(&["ls-tree", "-z", "--end-of-options", commit, "--", path])?;
        match tree::read(&out).get(path) {
            Some(id) => Ok(self.blobs(&[id])?.pop().flatten()),
            None => Ok(None),
        }
    }
}

/// The commits that the last one of these and all others began with.
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

/// Whether the merge by entry says nothing else: then the order of the other one stays, as it does
/// with the driver.
fn says_the_same(text: &[u8], merged: &Merged) -> bool {
    merged.clashes.is_empty() && differ_in_order_alone(text, &merged.text)
}

/// What is wrong with a text merge, in a few words.
fn what_is_wrong(left: &[u8], merged: &Merged) -> String {
    if !merged.clashes.is_empty() {
        return "nobody was asked about what both sides changed".to_owned();
    }
    let [now, wanted] = [left, &merged.text].map(String::from_utf8_lossy);
    let ids = |text: &str| {
        times(
            &entries(text)
                .entries
                .iter()
                .map(|e| e.id())
                .collect::<Vec<_>>(),
        )
    };
    let said = |text: &str| times(&comments(text));
    for (now, wanted) in [(ids(&now), ids(&wanted)), (said(&now), said(&wanted))] {
        let mut twice = now
            .iter()
            .filter(|(what, times)| wanted.get(*what).is_none_or(|wanted| wanted < times))
            .map(|(what, _)| what);
        if let Some(first) = twice.clone().min() {
            return match twice.by_ref().count() - 1 {
                0 => format!("{first} stood in it twice"),
                more => format!("{first} and {more} more stood in it twice"),
            };
        }
    }
    if let Err(broken) = strict::parse(&now) {
        return format!("it did not parse: {broken}");
    }
    let [now, wanted] = [entries(&now), entries(&wanted)];
    let mut differ = wanted.entries.iter().filter(|entry| {
        let same = now.entry(entry.kind.word(), &entry.key);
        same.is_none_or(|same| same.fields != entry.fields)
    });
    match differ.next() {
        Some(entry) => format!("{} was not as it should be", entry.id()),
        None => "lines or comments stood where they don't belong".to_owned(),
    }
}

fn entries(text: &str) -> Customer {
    read_customer("", text).customer
}

fn times<T: AsRef<str>>(all: &[T]) -> HashMap<String, usize> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for one in all {
        *times.entry(one.as_ref().to_owned()).or_default() += 1;
    }
    times
}
