//! What an entry was before, out of git and the local history together.

use super::change::FieldEdit;
use super::value::Value;

/// A step in the past of an entry, or of a customer's head.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// When, as it is shown: `2026-11-20 17:41`.
    pub when: String,
    /// Who did it.
    pub who: String,
    /// The commit by its short name, or [`HERE`] for what is not committed yet.
    pub via: String,
    /// What was done.
    pub sort: Sort,
    /// What it did, in the order of the kind's fields. Made: every field, without a `was`;
    /// removed: every field, without a `now`; moved: the field `customer`, with both keys.
    pub changes: Vec<FieldEdit>,
}

/// Where a step stands that is in no commit yet: in the history of this machine.
pub const HERE: &str = "here";

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// It was written for the first time.
    Made,
    /// Fields were changed.
    Changed,
    /// It was taken out.
    Removed,
    /// It came from another customer's file, or the file got another name.
    Moved,
}

impl Sort {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Sort::Made => "made",
            Sort::Changed => "changed",
            Sort::Removed => "removed",
            Sort::Moved => "moved",
        }
    }
}

/// The steps of the local history and of git as one past, both the oldest first; so is the
/// answer. Where steps made here lead to what a commit did, they are told as they were made, with
/// the commit's name and author, and not once more.
pub fn together(mut here: Vec<Dated>, commits: Vec<Dated>) -> Vec<Past> {
    let mut steps = Vec::new();
    for mut commit in commits {
        let covered: Vec<Vec<usize>> = commit
            .past
            .changes
            .iter()
            .map(|change| leading_to(change, &here, commit.at))
            .collect();
        for at in covered.iter().flatten() {
            if let Some(step) = here.get_mut(*at).filter(|step| step.past.via == HERE) {
                step.past.via.clone_from(&commit.past.via);
                step.past.who.clone_from(&commit.past.who);
            }
        }
        let mut told = covered.iter().map(|steps| !steps.is_empty());
        commit
            .past
            .changes
            .retain(|_| !told.next().unwrap_or(false));
        if !commit.past.changes.is_empty() {
            steps.push(commit);
        }
    }
    steps.extend(here);
    steps.sort_by_key(|step| step.at);
    steps.into_iter().map(|step| step.past).collect()
}

/// A step and its moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// In seconds since 1970.
    pub at: i64,
    /// The step.
    pub past: Past,
}

/// The steps made here up to a moment that lead from what a field held to what it holds; none
/// where they do not.
fn leading_to(change: &FieldEdit, here: &[Dated], until: i64) -> Vec<usize> {
    let mut way: Vec<usize> = Vec::new();
    let mut holds: Option<&Option<Value>> = None;
    for (at, step) in here.iter().enumerate() {
        let own = step.past.changes.iter().find(|own| own.name == change.name);
        let Some(own) = own.filter(|_| step.at <= until && step.past.via == HERE) else {
            continue;
        };
        if own.was == change.was {
            way.clear();
        } else if way.is_empty() || holds != Some(&own.was) {
            continue;
        }
        way.push(at);
        holds = Some(&own.now);
    }
    match holds {
        Some(now) if *now == change.now => way,
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Dated, HERE, Past, Sort, together};
    use crate::model::change::FieldEdit;
    use crate::model::value::Value;

    fn step(at: i64, via: &str, who: &str, was: &str, now: &str) -> Dated {
        let value = |text: &str| (!text.is_empty()).then(|| Value::text(text));
        Dated {
            at,
            past: Past {
                when: at.to_string(),
                who: who.to_owned(),
                via: via.to_owned(),
                sort: Sort::Changed,
                changes: vec![FieldEdit {
                    name: "status".to_owned(),
                    was: value(was),
                    now: value(now),
                }],
            },
        }
    }

    fn told(here: &[Dated], commits: &[Dated]) -> Vec<String> {
        together(here.to_vec(), commits.to_vec())
            .iter()
            .map(|past| {
                let change = &past.changes[0];
                let side =
                    |value: &Option<Value>| value.as_ref().map_or_else(String::new, Value::to_line);
                format!(
                    "{} {}: {}>{}",
                    past.who,
                    past.via,
                    side(&change.was),
                    side(&change.now)
                )
            })
            .collect()
    }

    #[test]
    fn a_commit_of_what_was_done_here_is_told_once_as_it_was_done() {
        let here = [
            step(1, HERE, "you", "", "a"),
            step(2, HERE, "you", "a", "b"),
        ];
        let commit = [step(3, "c1", "Yamada", "", "b")];
        assert_eq!(told(&here, &commit), ["Yamada c1: >a", "Yamada c1: a>b"]);
    }

    #[test]
    fn what_was_done_elsewhere_or_is_in_no_commit_stands_for_itself() {
        let here = [
            step(1, HERE, "you", "", "a"),
            step(5, HERE, "you", "x", "y"),
        ];
        let commits = [
            step(2, "c1", "Yamada", "", "a"),
            step(4, "c2", "Sato", "a", "x"),
        ];
        let expected = ["Yamada c1: >a", "Sato c2: a>x", "you here: x>y"];
        assert_eq!(told(&here, &commits), expected);
    }

    #[test]
    fn what_was_done_here_and_taken_back_before_the_commit_leads_nowhere() {
        let here = [
            step(1, HERE, "you", "a", "b"),
            step(2, HERE, "you", "b", "a"),
        ];
        let commits = [step(3, "c1", "Sato", "a", "b")];
        let expected = ["you here: a>b", "you here: b>a", "Sato c1: a>b"];
        assert_eq!(told(&here, &commits), expected);
    }
}
