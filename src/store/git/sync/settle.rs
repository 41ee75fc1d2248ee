//! What git could not merge is settled by entry and field, as far as that needs nobody.

use super::super::resolve::{
    Proposal, ResolveError, State, how_to_take, merge_unmerged, put_right, unasked, unmerged,
    unsettled,
};
use super::super::told;
use super::place::{Place, Under};
use super::stop::Stop;
use super::{Step, Sync, customer_of};
use crate::model::clash::Unsettled;
use crate::model::tidings::{self, Told};
use crate::store::read::read_bytes;

impl Sync<'_> {
    /// Settles what git could not merge; stops where something is left for a person.
    pub(super) fn resolve(&mut self) -> Result<(), Stop> {
        let all = self.unmerged()?;
        if all.is_empty() {
            return Ok(());
        }
        let files = unmerged(self.git)?;
        let what = match all.as_slice() {
            [one] => one.clone(),
            more => format!("{} files", more.len()),
        };
        self.begins(Step::Resolve, &what);
        for file in &files {
            let merged = merge_unmerged(self.git, file, false, None)?;
            let told = |remark: &String| format!("{}: {remark}", file.path);
            self.report.remarks.extend(merged.remarks.iter().map(told));
        }
        let besides = unasked(self.git, self.git.progress()?, false)?;
        self.settle_unasked(besides)?;
        let left = unsettled(self.git)?;
        let others = self.others(&all);
        if left.is_empty() && others.is_empty() {
            self.listener.ends("done, by entry and field");
            return Ok(());
        }
        self.listener.ends("not all of it");
        Err(undecided(left, others))
    }

    /// Puts right what git merged by lines without asking anybody, in a commit of its own. Answers
    /// what of it is left for a person to look at.
    pub(super) fn put_right(&mut self) -> Result<Vec<String>, Stop> {
        let place = self.git.place()?;
        if place.under != Under::Nothing || place.branch.is_none() {
            return Ok(Vec::new());
        }
        let found = unasked(self.git, None, false)?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        self.begins(Step::Resolve, "what git merged by lines alone");
        let (settled, left) = self.settle_unasked(found)?;
        if !settled.is_empty() {
            self.commit_put_right(&settled, &place)?;
        }
        self.listener.ends(match left.is_empty() {
            true => "done, by entry and field",
            false => "not all of it",
        });
        Ok(left)
    }

    /// Writes and stages what needs nobody. Answers these files, and what is left for a person.
    fn settle_unasked(&mut self, found: Vec<Proposal>) -> Result<(Vec<String>, Vec<String>), Stop> {
        let (mut settled, mut left) = (Vec::new(), Vec::new());
        for proposal in found {
            let merged = put_right(self.git, proposal, None)?;
            let path = &merged.path;
            let remarks = merged
                .remarks
                .iter()
                .map(|remark| format!("{path}: {remark}"));
            match &merged.state {
                State::Whole | State::Gone => {
                    self.report.remarks.extend(remarks);
                    settled.push(path.clone());
                }
                State::Left(why) => left.push(format!("{path}: {why}")),
                State::Clashes(clashes) => {
                    left.extend(remarks);
                    left.extend(clashes.iter().map(|clash| {
                        let line = told::clash(&clash.table, &clash.conflict, ["here", "there"]);
                        format!("{path}: {line}")
                    }));
                    left.push(format!("{path}: {}", how_to_take(path)));
                }
            }
        }
        Ok((settled, left))
    }

    fn commit_put_right(&mut self, paths: &[String], place: &Place) -> Result<(), Stop> {
        let told = paths.iter().map(|path| {
            let bytes = std::fs::read(self.git.root().join(path)).unwrap_or_default();
            let key = customer_of(path).unwrap_or(path);
            Told {
                name: tidings::name(&read_bytes(key, &bytes).customer),
                phrases: vec!["merged by entry".to_owned()],
            }
        });
        let message = tidings::message(&told.collect::<Vec<_>>(), &[]);
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        self.commit_only(&paths, &message)?;
        self.unless_interrupted()?;
        match self.git.commit_of("HEAD")? == place.head {
            false => Ok(()),
            true => Err(Stop::new("git did not commit").because(
                "what it says, or a hook of yours, stands above; what git merged by lines alone is \
                 put right in the folder",
            )),
        }
    }

    /// The unmerged files that are not in the journal.
    fn others(&self, all: &[String]) -> Vec<String> {
        let prefix = self.git.prefix();
        let is_other = |path: &&String| !path.starts_with(prefix);
        all.iter().filter(is_other).cloned().collect()
    }
}

fn undecided(left: Vec<Unsettled>, others: Vec<String>) -> Stop {
    let fields: usize = left.iter().map(|file| file.clashes.len()).sum();
    let by_hand = left.iter().filter(|file| file.hindrance.is_some()).count() + others.len();
    let mut parts = Vec::new();
    if fields > 0 {
        let s = if fields == 1 { "" } else { "s" };
        let mut names = left.iter().filter(|file| !file.clashes.is_empty());
        let place = match (names.next(), names.count()) {
            (Some(one), 0) => one.customer.clone(),
            (_, more) => format!("{} customers", more + 1),
        };
        parts.push(format!("{fields} field{s} to decide in {place}"));
    }
    match by_hand {
        0 => {}
        1 => parts.push("1 file to put right by hand".to_owned()),
        more => parts.push(format!("{more} files to put right by hand")),
    }
    let mut stop = Stop::new(&parts.join(", "));
    if !others.is_empty() {
        stop.why.push(format!(
            "not the journal's, so yours to merge: {}",
            others.join(", ")
        ));
        stop = stop.next("git status", "shows them");
    }
    if !left.is_empty() {
        stop = stop
            .next("goodwill resolve", "shows what is left and takes a side")
            .next("goodwill", "and there S: both sides beside each other");
    }
    stop.deciding = left;
    stop
}

impl From<ResolveError> for Stop {
    fn from(error: ResolveError) -> Stop {
        match error {
            ResolveError::Git(error) => error.into(),
            other => Stop::new(&other.to_string()),
        }
    }
}
