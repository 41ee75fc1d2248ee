//! What a merge or rebase left undecided, merged by entry after the fact.
//!
//! The index keeps the three versions of each such file, so this needs no set-up: [`unmerged`]
//! lists them, [`propose`] merges one and writes nothing, [`merge_unmerged`] writes and stages what
//! is whole, [`settle`] does so with what a person decided. Nothing is committed or continued.

mod unasked;

use std::path::PathBuf;

use super::progress::Progress;
use super::{Git, GitError, stages};
use crate::model;
use crate::model::clash::{Hand, Unsettled};
use crate::model::value::Value;
use crate::store::disk::RealDisk;
use crate::store::files::{customer_path, read_file};
use crate::store::markers::has_markers;
use crate::store::mend::{
    Take, decided_by_hand, lines_apart, merge_marked, out_of_place, sound_base,
};
use crate::store::merge_file::{Clash, Merged, Unmergeable, merge_file};
use crate::store::read::read_customer;
use crate::store::save::{self, SaveError};

pub use self::unasked::{how_to_take, put_right, unasked, unasked_in};
pub use super::stages::{Unmerged, unmerged};

/// Why a file could not be merged, written or staged.
#[derive(Debug, thiserror::Error)]
pub enum ResolveError {
    /// What git says.
    #[error(transparent)]
    Git(#[from] GitError),
    /// What the disk says.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// Nothing is left to decide there.
    #[error("{0}: nothing is left to decide there: `git status` shows what is")]
    Settled(String),
    /// The decisions do not fit what is there.
    #[error("{path}: {why}; look again: goodwill resolve {path}")]
    Undecided {
        /// The file.
        path: String,
        /// What does not fit.
        why: String,
    },
}

/// How a file stands.
#[derive(Clone, Debug)]
pub enum State {
    /// Nothing is left to decide.
    Whole,
    /// Nothing is left to decide, and the file goes.
    Gone,
    /// These fields were changed by both sides, differently.
    Clashes(Vec<Clash>),
    /// It is for a person to put right: why, and what to type.
    Left(String),
}

/// What a merge by entry makes of a file. Nothing is written yet.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The file below the journal, with `/`.
    pub path: String,
    /// How it stands.
    pub state: State,
    /// What was decided that somebody may want to know.
    pub remarks: Vec<String>,
    /// The bytes in the folder now; `None`: there is no file.
    found: Option<Vec<u8>>,
    /// The bytes to be.
    text: Vec<u8>,
    merged: Option<Merged>,
}

impl Proposal {
    /// Whether nothing is left to decide.
    pub fn is_whole(&self) -> bool {
        matches!(self.state, State::Whole | State::Gone)
    }

    /// What is left to decide.
    pub fn clashes(&self) -> &[Clash] {
        match &self.state {
            State::Clashes(clashes) => clashes,
            _ => &[],
        }
    }

    fn new(path: &str, found: Option<Vec<u8>>) -> Proposal {
        Proposal {
            path: path.to_owned(),
            state: State::Whole,
            remarks: Vec::new(),
            text: found.clone().unwrap_or_default(),
            found,
            merged: None,
        }
    }

    fn left(mut self, why: impl Into<String>) -> Proposal {
        self.state = State::Left(why.into());
        self
    }

    fn merged(mut self, merged: Merged) -> Proposal {
        self.remarks.clone_from(&merged.remarks);
        self.text.clone_from(&merged.text);
        if !merged.clashes.is_empty() {
            self.state = State::Clashes(merged.clashes.clone());
        }
        self.merged = Some(merged);
        self
    }

    /// The same with these values decided.
    fn decided(mut self, values: &[Option<Value>]) -> Result<Proposal, ResolveError> {
        let undecided = |why: String| ResolveError::Undecided {
            path: self.path.clone(),
            why,
        };
        let Some(merged) = &self.merged else {
            return Err(undecided("it is not merged by entry".to_owned()));
        };
        if merged.clashes.len() != values.len() {
            return Err(undecided(format!(
                "{} fields are to be decided, and {} were",
                merged.clashes.len(),
                values.len()
            )));
        }
        let text = merged.decided(values);
        self.text = text.map_err(|why| undecided(why.to_string()))?;
        self.state = State::Whole;
        Ok(self)
    }
}

/// Merges a file that a merge left undecided, by what the index has of it. What was put right by
/// hand since then counts too, unless it is to be merged `afresh`. Nothing is written.
///
/// # Errors
/// What git says.
pub fn propose(git: &Git, file: &Unmerged, afresh: bool) -> Result<Proposal, ResolveError> {
    let path = customer_file(git, &file.path);
    let mut bytes = Vec::new();
    let found = match path.symlink_metadata() {
        Ok(_) => read_file(git.root(), &path, &mut bytes).map(|()| Some(bytes)),
        Err(_) => Ok(None),
    };
    let none = Proposal::new(&file.path, None);
    if !file.is_journals() {
        return Ok(none.left(format!(
            "it is no customer's file: put it right by hand, then git add -- {}",
            quoted(&file.path)
        )));
    }
    let found = match found {
        Ok(found) => found,
        Err(problem) => return Ok(none.left(problem.to_string())),
    };
    let proposal = Proposal::new(&file.path, found);
    let versions = stages::versions(git, file)?;
    Ok(match versions {
        [base, Some(ours), Some(theirs)] => {
            let base = match unasked::base_by_entry(git, file, base.as_deref())? {
                Some(base) => base,
                None => base.unwrap_or_default(),
            };
            let ours = match git.progress()? {
                Some(Progress::Rebase) => unasked::right_so_far(git, &file.path)?.unwrap_or(ours),
                _ => ours,
            };
            let left = stages::as_git_left_it(git, file);
            let untouched = is_as_left(proposal.found.as_deref(), left.as_deref());
            both_sides(proposal, [&base, &ours, &theirs], afresh || untouched)
        }
        [Some(base), Some(side), None] | [Some(base), None, Some(side)] => {
            let renamed = file.stages.iter().flatten().collect::<Vec<_>>();
            let renamed = renamed.windows(2).all(|pair| pair.first() == pair.last());
            one_side(proposal, &base, &side, renamed)
        }
        [Some(_), None, None] => neither_side(proposal),
        _ => {
            let path = quoted(&file.path);
            proposal.left(format!(
                "it has this name on one side alone, another one on the other; to keep it: \
                 git add -- {path}; to drop it: git rm -- {path}"
            ))
        }
    })
}

/// Whether nobody has written to a file since git left it, but for line ends and what `git checkout
/// -m` calls the sides. Lines outside of
/// the markers are then as a text merge puts them, now and then into another entry, and no word of
/// a person's.
fn is_as_left(found: Option<&[u8]>, left: Option<&[u8]>) -> bool {
    let text = |bytes| std::str::from_utf8(bytes).ok();
    let unnamed = |line| match str::get(line, ..7) {
        Some(marker @ ("<<<<<<<" | "|||||||" | ">>>>>>>")) => marker,
        _ => line,
    };
    let both = found.and_then(text).zip(left.and_then(text));
    both.is_some_and(|(found, left)| {
        let [found, left] = [found, left].map(|text| text.lines().map(unnamed));
        found.eq(left)
    })
}

/// Both sides have the file.
fn both_sides(proposal: Proposal, versions: [&[u8]; 3], afresh: bool) -> Proposal {
    let path = quoted(&proposal.path);
    let [base, ours, theirs] = versions;
    let base = sound_base(base);
    let merged = merge_file(&base, ours, theirs);
    let Some(found) = proposal.found.clone() else {
        return proposal.left(format!(
            "it was deleted since; to merge it: git checkout -m -- {path}; to drop it: \
             git rm -- {path}"
        ));
    };
    let text = String::from_utf8_lossy(&found).into_owned();
    let marked = has_markers(&text);
    let same = |side: &[u8]| lines_apart(side, &found) == 0;
    let as_left = |merged: &Merged| {
        same(ours) || same(theirs) || found == merged.text || decided_by_hand(merged, &found)
    };
    match merged {
        Ok(merged) if decided_by_hand(&merged, &found) && !same(ours) => Proposal {
            merged: Some(merged),
            ..proposal
        },
        Ok(merged) if afresh || as_left(&merged) => proposal.merged(merged),
        Ok(merged) if marked => match merge_marked(&text, Some(&base)) {
            Ok(by_hand) if is_the_same(&by_hand, &merged) => proposal.merged(merged),
            Ok(by_hand) => match out_of_place(&by_hand, &merged, versions) {
                None => proposal.merged(by_hand),
                Some(what) => proposal.left(format!(
                    "it was edited since, and {what} stands where no side has it, as git merges \
                     lines; put it right by hand, then git add -- {path}; or merge it anew without \
                     what was edited: goodwill resolve --afresh {path}"
                )),
            },
            Err(_) if is_untouched(&text, versions) => proposal.merged(merged),
            Err(why) => proposal.left(format!(
                "it was edited since, and {why}; put it right by hand, then git add -- {path}; or \
                 merge it anew without what was edited: goodwill resolve --afresh {path}"
            )),
        },
        Ok(_) => proposal.left(format!(
            "it was edited by hand since; if it is as it should be: git add -- {path}; to merge it \
             anew without that: goodwill resolve --afresh {path}"
        )),
        Err(why) => {
            let at = match marked {
                true => "put right what stands between the markers",
                false => "put it right by hand",
            };
            let hint = match why {
                Unmergeable::Side { .. } => " (git show :2:FILE is ours, :3:FILE theirs)",
                Unmergeable::Doubtful(_) => "",
            };
            proposal.left(format!("{why}{hint}; {at}, then git add -- {path}"))
        }
    }
}

/// Whether two merges say the same, however their lines are ordered.
fn is_the_same(one: &Merged, other: &Merged) -> bool {
    let conflicts = |merged: &Merged| -> Vec<_> {
        let clashes = merged.clashes.iter();
        clashes
            .map(|clash| (clash.table.clone(), clash.conflict.clone()))
            .collect()
    };
    lines_apart(&one.text, &other.text) == 0 && conflicts(one) == conflicts(other)
}

/// Whether a text with markers holds no line that none of the versions has: nobody has written to
/// it.
fn is_untouched(text: &str, versions: [&[u8]; 3]) -> bool {
    let lines = versions.map(|version| {
        let text = String::from_utf8_lossy(version);
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    });
    let known: std::collections::HashSet<&str> =
        lines.iter().flatten().map(String::as_str).collect();
    let is_marker = |line: &str| {
        let signs = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
        signs.iter().any(|sign| line.starts_with(sign))
    };
    text.lines()
        .all(|line| known.contains(line) || is_marker(line))
}

/// One side has removed the file, or has it under another name.
fn one_side(mut proposal: Proposal, base: &[u8], side: &[u8], renamed: bool) -> Proposal {
    let path = quoted(&proposal.path);
    if !renamed && says_the_same(base, side) {
        let is_side = proposal
            .found
            .as_deref()
            .is_none_or(|found| says_the_same(found, side));
        if is_side {
            proposal.state = State::Gone;
            let remark = "it was removed on one side and says nothing new on the other: it goes";
            proposal.remarks.push(remark.to_owned());
            return proposal;
        }
    }
    if proposal.found.is_none() {
        return proposal.left(format!(
            "it was changed on one side and removed on the other, and is not in the folder; to \
             keep it: git checkout -m -- {path}, then again; to drop it: git rm -- {path}"
        ));
    }
    let text = proposal.found.as_deref().unwrap_or_default();
    if has_markers(&String::from_utf8_lossy(text)) {
        return proposal.left(format!(
            "it was removed on one side, and stands between markers here; put it right by hand, \
             then git add -- {path}"
        ));
    }
    proposal.remarks.push(format!(
        "it was removed on one side and changed on the other: it stays; if it is to go: \
         git rm -- {path}"
    ));
    proposal
}

/// Both sides have removed the file, or have it under other names.
fn neither_side(mut proposal: Proposal) -> Proposal {
    if proposal.found.is_some() {
        let path = quoted(&proposal.path);
        return proposal.left(format!(
            "both sides removed or renamed it, and it is in the folder again; to keep it: \
             git add -- {path}; to drop it: git rm -- {path}"
        ));
    }
    proposal.state = State::Gone;
    proposal
}

/// Whether two texts differ in spacing and line ends alone.
fn says_the_same(one: &[u8], other: &[u8]) -> bool {
    let lines = |bytes: &[u8]| -> Vec<String> {
        let text = String::from_utf8_lossy(bytes);
        let lines = text.trim_start_matches('\u{feff}').lines();
        let lines = lines.map(|line| line.trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    };
    let read = |bytes: &[u8]| {
        let customer = read_customer("", &String::from_utf8_lossy(bytes)).customer;
        let entries = customer.entries.into_iter();
        let entries: Vec<_> = entries.map(|e| (e.kind, e.key, e.fields)).collect();
        (customer.head, entries)
    };
    one == other || lines(one) == lines(other) && read(one) == read(other)
}

/// Merges a file, writes what came out, and stages it where nothing is left to decide. Where
/// something is, markers stand around those lines alone. `take` decides what both sides changed.
///
/// # Errors
/// What git or the disk says; a file whose staging failed is written already.
pub fn merge_unmerged(
    git: &Git,
    file: &Unmerged,
    afresh: bool,
    take: Option<Take>,
) -> Result<Proposal, ResolveError> {
    let mut proposal = propose(git, file, afresh)?;
    let values = take.and_then(|take| take.values(proposal.clashes()));
    if let Some(values) = values.filter(|values| !values.is_empty()) {
        proposal = proposal.decided(&values)?;
    }
    if let (State::Clashes(_), Some(merged)) = (&proposal.state, &proposal.merged) {
        let labels = Progress::labels(git.progress()?);
        proposal.text = merged.marked(&labels, super::drive::MARKERS);
    }
    carry_out(git, &proposal)?;
    Ok(proposal)
}

/// What is left for a person to decide, by file: as it was written here, and as it came from
/// elsewhere, with who and when. Nothing is written.
///
/// # Errors
/// What git says.
pub fn unsettled(git: &Git) -> Result<Vec<Unsettled>, ResolveError> {
    let progress = git.progress()?;
    let (here, there) = sides_of(progress);
    let branches = [here, there].map(|side| git.branch(side));
    let mut all = Vec::new();
    for file in unmerged(git)? {
        let proposal = propose(git, &file, false)?;
        let [here, there] = [(here, &branches[0]), (there, &branches[1])].map(|(side, branch)| {
            let hand = git.hand(side, &file.path);
            let branch = branch.clone();
            Hand { branch, ..hand }
        });
        let customer = file.path.strip_suffix(".toml").unwrap_or(&file.path);
        let clashes = proposal.clashes().iter();
        all.push(Unsettled {
            customer: customer.to_owned(),
            here,
            there,
            clashes: clashes
                .map(|clash| seen_from_here(clash, progress))
                .collect(),
            hindrance: match proposal.state {
                State::Left(why) => Some(why),
                _ => None,
            },
        });
    }
    Ok(all)
}

/// What git calls the side that was written here, and the other one.
fn sides_of(progress: Option<Progress>) -> (&'static str, &'static str) {
    let theirs = progress.map_or("MERGE_HEAD", Progress::theirs);
    match progress.is_some_and(Progress::is_turned) {
        true => (theirs, "HEAD"),
        false => ("HEAD", theirs),
    }
}

/// A clash whose `ours` is what was written here.
pub fn seen_from_here(clash: &Clash, progress: Option<Progress>) -> model::clash::Clash {
    let mut conflict = clash.conflict.clone();
    if progress.is_some_and(Progress::is_turned) {
        std::mem::swap(&mut conflict.ours, &mut conflict.theirs);
    }
    model::clash::Clash {
        table: clash.table.clone(),
        conflict,
    }
}

/// Writes the values that a person decided, one for each clash in the order of [`unsettled`], and
/// stages the file. `None`: the field goes.
///
/// # Errors
/// [`ResolveError::Undecided`] where the values don't fit what is there by now; nothing is written
/// then. What git or the disk says.
pub fn settle(git: &Git, path: &str, values: &[Option<Value>]) -> Result<Proposal, ResolveError> {
    let files = unmerged(git)?;
    let file = files.iter().find(|file| file.path == path);
    let file = file.ok_or_else(|| ResolveError::Settled(path.to_owned()))?;
    let proposal = propose(git, file, false)?.decided(values)?;
    carry_out(git, &proposal)?;
    Ok(proposal)
}

/// Brings a proposal to the disk and, where it is whole, to the index.
fn carry_out(git: &Git, proposal: &Proposal) -> Result<(), ResolveError> {
    let path = customer_file(git, &proposal.path);
    let found = proposal.found.as_deref();
    match (&proposal.state, found) {
        (State::Left(_), _) => return Ok(()),
        (State::Gone, None) => {}
        (State::Gone, Some(found)) => {
            save::remove(&RealDisk, git.root(), &path, found)?;
        }
        (State::Whole | State::Clashes(_), _) => {
            save::save(
                &RealDisk,
                git.root(),
                &path,
                found,
                &proposal.text,
                &mut |_| None,
            )?;
        }
    }
    match proposal.state {
        State::Whole => git.tell(&["add", "--", &proposal.path])?,
        State::Gone => git.tell(&["rm", "--cached", "-q", "--", &proposal.path])?,
        _ => {}
    }
    Ok(())
}

fn customer_file(git: &Git, path: &str) -> PathBuf {
    match path.strip_suffix(".toml") {
        Some(key) => customer_path(git.root(), key),
        None => git.root().join(path),
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    shell_words::quote(path).into_owned()
}
