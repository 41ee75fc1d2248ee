//! A note of where a sync began, beside the history, so that what it brings is one step there
//! also where it is stopped on its way and ended by another one.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::place::Under;
use super::stop::Stop;
use super::tree::Change;
use super::{Sync, customer_of, told};
use crate::model::tidings::message;
use crate::store::{StoreError, strict};

/// What is left to do for what came.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Unfinished {
    /// The commit that stood here before.
    pub from: String,
    /// The commit that came.
    pub theirs: String,
    /// Whether the history knows.
    pub is_noted: bool,
    /// Whether every entry was found again.
    pub is_accounted: bool,
    /// Whether the person knows that some were not.
    pub is_told: bool,
}

impl Sync<'_> {
    /// The note, where there is one that still means something.
    pub(super) fn unfinished(&self) -> Result<Option<Unfinished>, Stop> {
        let text = std::fs::read(self.note()).unwrap_or_default();
        let Ok(found) = serde_json::from_slice::<Unfinished>(&text) else {
            return Ok(None);
        };
        let is_known = self.git.commit_of(&found.from)?.is_some()
            && self.git.commit_of(&found.theirs)?.is_some();
        Ok(Some(found).filter(|_| is_known))
    }

    /// Writes down where things stood before anything of the other side is put in.
    pub(super) fn begin_unfinished(&self, from: &str, theirs: &str) -> Result<(), Stop> {
        let begun = self.unfinished()?;
        let from = begun.map_or(from.to_owned(), |begun| begun.from);
        self.keep(&Unfinished {
            from,
            theirs: theirs.to_owned(),
            ..Unfinished::default()
        })
    }

    /// Keeps the note as long as something of it is left to do.
    pub(super) fn keep(&self, unfinished: &Unfinished) -> Result<(), Stop> {
        let path = self.note();
        let done = match unfinished.is_noted && unfinished.is_accounted {
            true => std::fs::remove_file(&path),
            false => self.store.history().keep_beside(&path, unfinished),
        };
        done.map_err(|source| Stop::from(StoreError::History { path, source }))
    }

    /// What came becomes a step of the history, once, as soon as it is all in.
    pub(super) fn note_received(&mut self) -> Result<(), Stop> {
        let Some(mut unfinished) = self.unfinished()? else {
            return Ok(());
        };
        let place = self.git.place()?;
        let (Under::Nothing, Some(head)) = (place.under, place.head) else {
            return Ok(());
        };
        if unfinished.is_noted {
            return Ok(());
        }
        let (from, theirs) = (&unfinished.from, &unfinished.theirs);
        // Where it was dropped, there is nothing to take back.
        if self.git.is_before(theirs, &head)? {
            let (old, new) = (self.git.tree(from)?, self.git.tree(&head)?);
            let mut changes = self.git.between(&old, &new)?;
            changes.retain(|change| customer_of(&change.path).is_some());
            let news = told(&changes);
            let broken = changes.iter().filter_map(broken);
            self.report.remarks.extend(broken);
            let what = format!("received: {}", message(&news, &[]).subject);
            let files = changes.into_iter().filter_map(|change| {
                let key = customer_of(&change.path)?.to_owned();
                Some((key, change.before, change.after))
            });
            self.store.note_received(&what, files.collect(), self.now)?;
            self.report.news.extend(news);
            self.report.received += self.git.count(&[&unfinished.from], &unfinished.theirs)?;
        } else {
            unfinished.is_accounted = true;
        }
        unfinished.is_noted = true;
        self.keep(&unfinished)
    }

    fn note(&self) -> PathBuf {
        self.store.history().path().with_file_name("sync.json")
    }
}

/// What is said of a file that came as it is and does not parse.
fn broken(change: &Change) -> Option<String> {
    let text = std::str::from_utf8(change.after.as_deref()?).unwrap_or("\u{0}");
    let why = strict::parse(text).err()?;
    Some(format!(
        "{}: came from elsewhere and does not parse: {why}; put it right, then sync again",
        change.path
    ))
}
