//! Spacing and comments: neither is ever a clash.

use std::collections::{HashMap, HashSet};

use crate::model::merge::stretches;

/// Of two texts that mean the same: the side that changed it; where both did, the shorter one.
pub(super) fn spacing<'t>(base: Option<&'t str>, ours: &'t str, theirs: &'t str) -> &'t str {
    if ours == theirs || Some(theirs) == base {
        return ours;
    }
    if Some(ours) == base {
        return theirs;
    }
    std::cmp::min_by_key(ours, theirs, |text| (text.len(), *text))
}

/// The lines of a text without the spaces around them.
pub(super) fn words(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

/// A comment line without the spaces around it, compared as such.
#[derive(Clone, Copy)]
struct Said<'t>(&'t str);

impl PartialEq for Said<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.trim() == other.0.trim()
    }
}

/// The comment lines of both sides, with their line breaks. Where both changed the same ones, the
/// lines of both stay, one side's behind the other's, and what both say is said once.
pub(super) fn comments<'t>(base: &'t str, ours: &'t str, theirs: &'t str) -> Vec<&'t str> {
    let lines = |text: &'t str| -> Vec<Said<'t>> { text.split_inclusive('\n').map(Said).collect() };
    let plain = |lines: Vec<Said<'t>>| lines.into_iter().map(|line| line.0).collect();
    let words = |text: &str| -> Vec<String> { text.lines().map(|l| l.trim().to_owned()).collect() };
    if words(ours) == words(theirs) {
        return plain(lines(spacing(Some(base), ours, theirs)));
    }
    if words(base) == words(theirs) {
        return plain(lines(ours));
    }
    if words(base) == words(ours) {
        return plain(lines(theirs));
    }
    let (base, ours, theirs) = (lines(base), lines(ours), lines(theirs));
    let mut merged: Vec<Said<'t>> = Vec::new();
    for run in stretches(&base, &ours, &theirs) {
        let b = base.get(run.base).unwrap_or(&[]);
        let o = ours.get(run.ours).unwrap_or(&[]);
        let t = theirs.get(run.theirs).unwrap_or(&[]);
        if o == t || t == b {
            merged.extend_from_slice(o);
        } else if o == b {
            merged.extend_from_slice(t);
        } else {
            let said =
                |run: &[Said<'t>]| -> Vec<&'t str> { run.iter().map(|l| l.0.trim()).collect() };
            let set = |run: &[Said<'t>]| -> HashSet<&'t str> { said(run).into_iter().collect() };
            let (old, in_ours, in_theirs) = (set(b), set(o), set(t));
            let is_kept = |line: &&Said<'_>| {
                let said = line.0.trim();
                !old.contains(said) || in_ours.contains(said) && in_theirs.contains(said)
            };
            let ours_first = said(o) <= said(t);
            let (first, second) = if ours_first { (o, t) } else { (t, o) };
            let known = if ours_first { &in_ours } else { &in_theirs };
            let new = second.iter().filter(|line| !known.contains(line.0.trim()));
            merged.extend(first.iter().chain(new).filter(is_kept));
        }
    }
    once(&merged, &ours, &theirs)
}

/// A line that neither side has more than once stands once.
fn once<'t>(merged: &[Said<'t>], ours: &[Said<'t>], theirs: &[Said<'t>]) -> Vec<&'t str> {
    fn counts<'t>(lines: &[Said<'t>]) -> HashMap<&'t str, usize> {
        let mut counts = HashMap::new();
        for line in lines {
            *counts.entry(line.0.trim()).or_insert(0) += 1;
        }
        counts
    }
    let (in_ours, in_theirs) = (counts(ours), counts(theirs));
    let mut kept: HashMap<&str, usize> = HashMap::new();
    let mut is_kept = |line: &&Said<'t>| {
        let said = line.0.trim();
        let of = |counts: &HashMap<&str, usize>| counts.get(said).copied().unwrap_or(0);
        let count = kept.entry(said).or_insert(0);
        *count += 1;
        *count <= of(&in_ours).max(of(&in_theirs))
    };
    merged
        .iter()
        .filter(|line| is_kept(line))
        .map(|line| line.0)
        .collect()
}

/// What stands behind a value or a header: spaces, a comment, the line break.
pub(super) struct Rear<'t> {
    /// What stays behind it.
    pub(super) text: &'t str,
    /// A second comment, which goes above the line.
    pub(super) above: Option<&'t str>,
}

/// Both sides' comments stay.
pub(super) fn rear<'t>(base: Option<&'t str>, ours: &'t str, theirs: &'t str) -> Rear<'t> {
    let alone = |text| Rear { text, above: None };
    let said = |text: &'t str| text.trim();
    let (b, o, t) = (base.map_or("", said), said(ours), said(theirs));
    if o == t {
        alone(spacing(base, ours, theirs))
    } else if o == b {
        alone(theirs)
    } else if t == b || t.is_empty() {
        alone(ours)
    } else if o.is_empty() {
        alone(theirs)
    } else if o < t {
        Rear {
            text: ours,
            above: Some(t),
        }
    } else {
        Rear {
            text: theirs,
            above: Some(o),
        }
    }
}
