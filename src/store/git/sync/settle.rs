//! What git could not merge is settled by entry and field, as far as that needs nobody.

use super::super::resolve::{ResolveError, merge_unmerged, unmerged, unsettled};
use super::stop::Stop;
use super::{Step, Sync};
use crate::model::clash::Unsettled;

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
        let left = unsettled(self.git)?;
        let others = self.others(&all);
        if left.is_empty() && others.is_empty() {
            self.listener.ends("done, by entry and field");
            return Ok(());
        }
        self.listener.ends("not all of it");
        Err(undecided(left, others))
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
