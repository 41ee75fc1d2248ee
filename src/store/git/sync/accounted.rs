//! Whether everything that either side had is in the merge.

use std::collections::{BTreeSet, HashSet};

use super::place::{Target, Under};
use super::stop::Stop;
use super::tree::Tree;
use super::{Sync, customer_of};
use crate::model::customer::Customer;
use crate::store::read::read_bytes;
use crate::store::strict;

/// The most missing entries that are named.
const MOST_NAMED: usize = 10;

/// A customer's file in the four commits that a merge is about.
struct Four {
    key: String,
    base: Option<Customer>,
    ours: Option<Customer>,
    theirs: Option<Customer>,
    merged: Option<Customer>,
    /// Why the merge does not parse.
    broken: Option<String>,
}

impl Sync<'_> {
    /// Looks whether each entry of both sides is in what they were put together to, and whether
    /// that parses; and tells what was `left` of it to be looked at. Nothing is sent before.
    pub(super) fn account(&mut self, left: Vec<String>) -> Result<(), Stop> {
        let unfinished = self.unfinished()?.filter(|found| !found.is_accounted);
        let place = self.git.place()?;
        let (Some(mut unfinished), Under::Nothing, Some(head), Target::Upstream(_)) =
            (unfinished, &place.under, &place.head, &place.target)
        else {
            self.report.remarks.extend(left);
            return Ok(());
        };
        let (from, theirs) = (unfinished.from.clone(), unfinished.theirs.clone());
        let mut faults = self.faults(&from, &theirs, head)?;
        faults.extend(left);
        if !faults.is_empty() && !unfinished.is_told {
            unfinished.is_told = true;
            self.keep(&unfinished)?;
            let mut stop = Stop::new("the merge is not whole, so nothing was sent");
            stop.why = faults;
            stop.why.push(format!(
                "your side is kept as {}, the other one as {}; take from them what is missing: \
                 git show {}:FILE",
                short(&from),
                short(&theirs),
                short(&from)
            ));
            stop.why
                .push("where it is as you want it, the next sync sends it".to_owned());
            return Err(stop);
        }
        for fault in faults {
            self.report.remarks.push(fault);
        }
        unfinished.is_accounted = true;
        self.keep(&unfinished)
    }

    fn faults(&self, from: &str, theirs: &str, head: &str) -> Result<Vec<String>, Stop> {
        let base = self.git.answer(&["merge-base", from, theirs])?;
        let base = match base {
            Some(base) => self.git.tree(&base)?,
            None => Tree::new(),
        };
        let (ours, theirs) = (self.git.tree(from)?, self.git.tree(theirs)?);
        let merged = self.git.tree(head)?;
        let paths: BTreeSet<&String> = [&base, &ours, &theirs, &merged]
            .into_iter()
            .flat_map(Tree::keys)
            .collect();
        let is_told = |path: &&&String| {
            let [b, o, t, m] = [&base, &ours, &theirs, &merged].map(|tree| tree.get(**path));
            // One side's file as it is, where the other side did nothing.
            customer_of(path).is_some()
                && !(m == t && o == b || m == o && t == b || m == o && o == t)
        };
        let paths: Vec<&String> = paths.iter().filter(is_told).copied().collect();
        let side = |tree: &Tree| self.customers(tree, &paths);
        let [base, ours, theirs, merged] =
            [side(&base)?, side(&ours)?, side(&theirs)?, side(&merged)?];
        let fours = paths.iter().zip(base).zip(ours).zip(theirs).zip(merged);
        let fours: Vec<Four> = fours
            .map(|((((path, base), ours), theirs), merged)| Four {
                key: customer_of(path).unwrap_or(path).to_owned(),
                base: base.map(|(customer, _)| customer),
                ours: ours.map(|(customer, _)| customer),
                theirs: theirs.map(|(customer, _)| customer),
                broken: merged.as_ref().and_then(|(_, broken)| broken.clone()),
                merged: merged.map(|(customer, _)| customer),
            })
            .collect();
        Ok(faults(&fours))
    }

    #[expect(
        clippy::type_complexity,
        reason = "a customer, and why its file does not parse"
    )]
    fn customers(
        &self,
        tree: &Tree,
        paths: &[&String],
    ) -> Result<Vec<Option<(Customer, Option<String>)>>, Stop> {
        let ids: Vec<&str> = paths
            .iter()
            .filter_map(|path| tree.get(*path).map(String::as_str))
            .collect();
        let mut objects = self.git.objects(&ids)?.into_iter();
        let read = |path: &&String| {
            let bytes = tree.get(*path).and_then(|_| objects.next())?;
            let broken = match std::str::from_utf8(&bytes) {
                Ok(text) => strict::parse(text).err().map(|broken| broken.to_string()),
                Err(_) => Some("it is no text".to_owned()),
            };
            let key = customer_of(path).unwrap_or(path);
            Some((read_bytes(key, &bytes).customer, broken))
        };
        Ok(paths.iter().map(read).collect())
    }
}

fn faults(files: &[Four]) -> Vec<String> {
    // An entry that went to another customer, or along with a customer that got another key, is
    // not lost.
    let elsewhere: HashSet<(&str, &str)> = files
        .iter()
        .flat_map(|file| file.merged.iter().flat_map(|c| &c.entries))
        .map(|entry| (entry.kind.word(), &*entry.key))
        .collect();
    let mut faults = Vec::new();
    for file in files {
        if let Some(broken) = &file.broken {
            faults.push(format!("{}.toml: {broken}", file.key));
        }
        let missing = missing(file).into_iter().filter(|(kind, key)| {
            file.merged.is_some() || !elsewhere.contains(&(kind.as_str(), key.as_str()))
        });
        faults.extend(missing.map(|(kind, key)| {
            format!("{}: {kind}.{key} of one side is not in the merge", file.key)
        }));
    }
    if faults.len() > MOST_NAMED {
        let more = faults.len() - MOST_NAMED;
        faults.truncate(MOST_NAMED);
        faults.push(format!("and {more} more"));
    }
    faults
}

/// The entries that should be in the merge of a file and are not.
fn missing(file: &Four) -> Vec<(String, String)> {
    let of = |side: &'_ Option<Customer>, kind: &str, key: &str| {
        side.as_ref().and_then(|c| c.entry(kind, key)).cloned()
    };
    let mut missing = Vec::new();
    for (own, other) in [(&file.ours, &file.theirs), (&file.theirs, &file.ours)] {
        for entry in own.iter().flat_map(|customer| &customer.entries) {
            let (kind, key) = (entry.kind.word(), &*entry.key);
            let was = of(&file.base, kind, key);
            let is_removed_there = of(other, kind, key).is_none() && was.is_some();
            let is_touched = was.is_none_or(|was| was.fields != entry.fields);
            let id = (kind.to_owned(), key.to_owned());
            if (!is_removed_there || is_touched)
                && of(&file.merged, kind, key).is_none()
                && !missing.contains(&id)
            {
                missing.push(id);
            }
        }
    }
    missing
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}
