//! What git merged by lines, whole and without a word, and not as the entries are.
//!
//! Where no driver is set git asks nobody as long as no lines clash, and now and then it puts an
//! entry in twice, or a line into another entry. The versions are still there behind such a merge
//! or rebase. What it left is put right only where that is, to the byte, what git by itself makes
//! of these versions: then nobody has decided anything in it.

mod joint;
mod picks;

use std::collections::HashMap;

use super::{
    Progress, Proposal, ResolveError, Unmerged, carry_out, customer_file, is_as_left, quoted,
};
use crate::model::customer::Customer;
use crate::store::comments::comments;
use crate::store::files::read_file;
use crate::store::git::{Git, GitError};
use crate::store::markers::has_markers;
use crate::store::mend::Take;
use crate::store::merge_file::{Merged, Unmergeable, differ_in_order_alone};
use crate::store::read::read_customer;
use crate::store::strict;
use joint::Joint;

/// A file in which nobody has decided anything, and that says something else than its entries come
/// to.
struct Astray {
    path: String,
    /// The name of what git left.
    left_id: String,
    left: Vec<u8>,
    merged: Result<Merged, Unmergeable>,
}

/// The files that git merged by lines, without asking, to something else than their entries come
/// to: in the merge that is under way, else in the merge or rebase behind the head. Nothing is
/// written.
///
/// # Errors
/// What git says.
pub fn unasked(
    git: &Git,
    progress: Option<Progress>,
    afresh: bool,
) -> Result<Vec<Proposal>, GitError> {
    let all = known(all_astray(git, progress))?;
    let all = all.into_iter().map(|astray| astray.proposal(git, afresh));
    let all = all.collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().flatten().collect())
}

fn all_astray(git: &Git, progress: Option<Progress>) -> Result<Vec<Astray>, GitError> {
    let joint = match progress {
        Some(progress) => Joint::under_way(git, progress)?,
        None => Joint::of(git, "HEAD")?,
    };
    match (joint, progress) {
        (Some(joint), _) => joint.astray(None),
        (None, Some(_)) => Ok(Vec::new()),
        (None, None) => picks::astray(git, false, None),
    }
}

/// Nothing where git can't tell, as in a clone that does not have all of the past.
fn known<T: Default>(found: Result<T, GitError>) -> Result<T, GitError> {
    match found {
        Err(GitError::Failed { .. } | GitError::Slow { .. }) => Ok(T::default()),
        found => found,
    }
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
    let astray = match progress {
        Some(_) => None,
        None => known(written_by_merge(git, path))?,
    };
    if let Some(astray) = astray {
        return astray.proposal(git, afresh);
    }
    let mut all = unasked(git, progress, afresh)?;
    all.retain(|proposal| proposal.path == path);
    Ok(all.pop())
}

fn written_by_merge(git: &Git, path: &str) -> Result<Option<Astray>, GitError> {
    let args = [
        "log",
        "-1",
        "--no-show-signature",
        "--format=%H",
        "--",
        path,
    ];
    let joint = match git.answer(&args)? {
        Some(commit) => Joint::of(git, &commit)?,
        None => None,
    };
    match joint {
        Some(joint) => Ok(joint.astray(Some(path))?.pop()),
        None => Ok(None),
    }
}

/// The file as it should be in the commits that a rebase has put in so far, where git got one of
/// them wrong.
pub(super) fn right_so_far(git: &Git, path: &str) -> Result<Option<Vec<u8>>, GitError> {
    let astray = known(picks::astray(git, true, Some(path)))?.pop();
    let right = astray.and_then(|astray| astray.merged.ok());
    let right = right.filter(|merged| merged.clashes.is_empty());
    Ok(right.map(|merged| merged.text))
}

/// What both sides of a merge began with, where git has merged that first, by lines, and left
/// markers in it.
pub(super) fn base_by_entry(
    git: &Git,
    file: &Unmerged,
    base: Option<&[u8]>,
) -> Result<Option<Vec<u8>>, GitError> {
    let is_marked = base.is_some_and(|base| has_markers(&String::from_utf8_lossy(base)));
    match is_marked && git.progress()? == Some(Progress::Merge) {
        true => known(joint::base_under_way(git, &file.path)),
        false => Ok(None),
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

impl Astray {
    /// The merge by entry, as far as the file is still as git left it; nothing where it was put
    /// right since.
    fn proposal(self, git: &Git, afresh: bool) -> Result<Option<Proposal>, GitError> {
        let Astray {
            path,
            left_id,
            left,
            merged,
        } = self;
        let place = customer_file(git, &path);
        let mut found = Vec::new();
        if read_file(git.root(), &place, &mut found).is_err() {
            return Ok(None);
        }
        let is_staged = git.index(&[&path])?.get(&path) == Some(&left_id);
        let is_untouched = is_staged && is_as_left(Some(&found), Some(&left));
        let is_put_right = |merged: &Merged| {
            merged.clashes.is_empty()
                && (is_as_left(Some(&found), Some(&merged.text)) || says_the_same(&found, merged))
        };
        let proposal = Proposal::new(&path, Some(found.clone()));
        let file = quoted(&path);
        Ok(Some(match merged {
            Ok(merged) if is_put_right(&merged) => return Ok(None),
            Ok(merged) if is_untouched || afresh => {
                let what = what_is_wrong(&left, &merged);
                let mut proposal = proposal.merged(merged);
                let what = format!("git alone merged it by lines, and {what}");
                proposal.remarks.insert(0, what);
                proposal
            }
            Ok(merged) => proposal.left(format!(
                "git alone merged it by lines, and {}; it was edited since: look whether it is \
                 right, and commit it; or merge it anew without what was edited: goodwill resolve \
                 --afresh {file}",
                what_is_wrong(&left, &merged)
            )),
            // A person has looked at it.
            Err(_) if !is_untouched => return Ok(None),
            Err(why) => proposal.left(format!(
                "git alone merged it by lines, and whether that is right can't be told: {why}; \
                 look at it: git log -p -2 -m -- {file}"
            )),
        }))
    }
}

/// Whether the merge by entry says nothing else: then the order of the other one stays, as it does
/// with the driver.
fn says_the_same(text: &[u8], merged: &Merged) -> bool {
    merged.clashes.is_empty() && differ_in_order_alone(&plain(text), &plain(&merged.text))
}

/// The text without what has nothing to do with how git merges lines.
fn plain(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text).replace("\r\n", "\n");
    let text = text.trim_start_matches('\u{feff}').trim_end_matches('\n');
    format!("{text}\n").into_bytes()
}

/// What is wrong with a text merge, in a few words.
fn what_is_wrong(left: &[u8], merged: &Merged) -> String {
    if !merged.clashes.is_empty() {
        return "nobody was asked about what both sides changed".to_owned();
    }
    let [now, wanted] = [left, &merged.text].map(String::from_utf8_lossy);
    let ids = |text: &str| times(entries(text).entries.iter().map(|entry| entry.id()));
    let said = |text: &str| times(comments(text).into_iter().map(str::to_owned));
    for (now, wanted) in [(ids(&now), ids(&wanted)), (said(&now), said(&wanted))] {
        let twice = now.iter().filter(|(what, times)| {
            let wanted = wanted.get(*what);
            wanted.is_none_or(|wanted| wanted < times)
        });
        let mut twice: Vec<&String> = twice.map(|(what, _)| what).collect();
        twice.sort();
        match twice.as_slice() {
            [] => {}
            [one] => return format!("{one} stood in it twice"),
            [one, more @ ..] => return format!("{one} and {} more stood in it twice", more.len()),
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

fn times(all: impl Iterator<Item = String>) -> HashMap<String, usize> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for one in all {
        *times.entry(one).or_default() += 1;
    }
    times
}
