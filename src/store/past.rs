//! The past of an entry, or of a customer's head: out of git and the local history together.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::error::StoreError;
use super::git::{Git, GitError};
use super::history::{Record, TableRecord};
use super::read::read_customer;
use super::writer::Store;
use crate::model::change::FieldEdit;
use crate::model::difference::Difference;
use crate::model::entry::Fields;
use crate::model::past::{Dated, HERE, Past, Sort, together};
use crate::model::value::Value;

/// Who did what was done on this machine and is in no commit yet.
const YOU: &str = "you";

/// Why the past can't be told in full.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// The local history can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Git gave no answer.
    #[error(transparent)]
    Git(#[from] GitError),
}

impl Store {
    /// What became of the entry `kind`, `key`, or without one of the head of the customer's file:
    /// the oldest step first. Of git at most so many commits are looked at; outside of a
    /// repository there is the local history alone.
    ///
    /// # Errors
    /// [`PastError`], where the local history or the repository can't be read.
    pub fn past(
        &self,
        customer: &str,
        entry: Option<(&str, &str)>,
        most: usize,
    ) -> Result<Vec<Past>, PastError> {
        let log = self.history();
        let records = log.read().map_err(|source| StoreError::Read {
            path: log.path().to_owned(),
            source,
        })?;
        let here = local(&records, customer, entry);
        let commits = match Git::find(self.root()) {
            Ok(git) => committed(&git, customer, entry, most)?,
            Err(GitError::NoGit | GitError::NoRepository { .. }) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        Ok(together(here, commits))
    }
}

/// The steps that commits made, the oldest first.
fn committed(
    git: &Git,
    customer: &str,
    entry: Option<(&str, &str)>,
    most: usize,
) -> Result<Vec<Dated>, GitError> {
    let mut found = Vec::new();
    for step in git.steps(git.commits(Some(customer), most)?)? {
        let commit = &step.commit;
        for touched in &step.customers {
            let renamed = touched.renamed_from.as_ref().filter(|_| entry.is_none());
            let moved = renamed.map(|from| (Sort::Moved, vec![key_change(from, &touched.key)]));
            let own = touched.differences.iter().find(|d| is_of(d, entry));
            let changed = own.map(|d| (d.sort, d.fields.clone()));
            found.extend(moved.into_iter().chain(changed).map(|(sort, changes)| {
                dated(&commit.when, &commit.who, commit.short(), sort, changes)
            }));
        }
    }
    found.reverse();
    Ok(found)
}

fn is_of(difference: &Difference, entry: Option<(&str, &str)>) -> bool {
    let own = difference.entry.as_ref();
    own.map(|(kind, key)| (kind.as_str(), key.as_str())) == entry
}

fn key_change(from: &str, to: &str) -> FieldEdit {
    FieldEdit {
        name: "customer".to_owned(),
        was: Some(Value::text(from)),
        now: Some(Value::text(to)),
    }
}

/// The steps of the local history, the oldest first.
fn local(records: &[Record], customer: &str, entry: Option<(&str, &str)>) -> Vec<Dated> {
    let table: Vec<&str> = entry.map_or_else(Vec::new, |(kind, key)| vec![kind, key]);
    let is_void = |record: &&Record| {
        let void = |other: &Record| other.void.as_ref() == Some(&record.id);
        !records.iter().any(void)
    };
    let mut key = customer.to_owned();
    let mut found = Vec::new();
    for record in records.iter().rev().filter(is_void) {
        let step = |sort, changes| dated(&record.when, YOU, HERE, sort, changes);
        for file in record.files.iter().rev() {
            if file.renamed.as_ref() == Some(&key) {
                if entry.is_none() {
                    found.push(step(Sort::Moved, vec![key_change(&file.customer, &key)]));
                }
                key.clone_from(&file.customer);
                continue;
            }
            let own = |other: &&TableRecord| other.table == table;
            let Some(change) = file
                .tables
                .iter()
                .find(own)
                .filter(|_| file.customer == key)
            else {
                continue;
            };
            let (was, now) = (
                fields(change.before.as_ref()),
                fields(change.after.as_ref()),
            );
            // An entry that came here left another customer in the same breath.
            let from = record.files.iter().find(|other| {
                let left = other.tables.iter().find(own);
                other.customer != key && was.is_none() && left.is_some_and(|t| t.after.is_none())
            });
            if let Some(from) = from {
                found.push(step(Sort::Moved, vec![key_change(&from.customer, &key)]));
                key.clone_from(&from.customer);
                break;
            }
            let difference = Difference::of(None, String::new(), was.as_ref(), now.as_ref());
            found.extend(difference.map(|d| step(d.sort, d.fields)));
        }
    }
    found.reverse();
    found
}

/// The fields of a table that is kept as TOML by itself: the only entry in it, or the head.
fn fields(text: Option<&String>) -> Option<Fields> {
    let customer = read_customer("", text?).customer;
    Some(match customer.entries.into_iter().next() {
        Some(entry) => entry.fields,
        None => customer.head,
    })
}

fn dated(when: &str, who: &str, via: &str, sort: Sort, changes: Vec<FieldEdit>) -> Dated {
    Dated {
        at: seconds(when),
        past: Past {
            when: when.chars().take(16).collect::<String>().replace('T', " "),
            who: who.to_owned(),
            via: via.to_owned(),
            sort,
            changes,
        },
    }
}

/// A moment as it is written in the history or in git; without a zone it counts as UTC.
fn seconds(when: &str) -> i64 {
    let zoned = when.parse::<Timestamp>().map(Timestamp::as_second);
    let civil = || {
        let civil: DateTime = when.parse().ok()?;
        Some(
            civil
                .to_zoned(jiff::tz::TimeZone::UTC)
                .ok()?
                .timestamp()
                .as_second(),
        )
    };
    zoned.ok().or_else(civil).unwrap_or(0)
}
