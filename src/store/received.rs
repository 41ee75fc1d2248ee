//! What another machine's changes did to the files, as one step of the history.

use super::error::StoreError;
use super::file_change::diff;
use super::history::FileRecord;
use super::now::Now;
use super::strict;
use super::writer::{Store, tables};

/// A customer's key, and its bytes before and after; `None`: there was or is no file.
pub type Received = (String, Option<Vec<u8>>, Option<Vec<u8>>);

impl Store {
    /// Logs what was done to these files by others, so that it can be taken back like any step.
    /// The files are not touched: they are so already.
    ///
    /// # Errors
    /// [`StoreError::History`] where the log can't be written.
    pub fn note_received(
        &mut self,
        what: &str,
        files: Vec<Received>,
        now: &Now,
    ) -> Result<(), StoreError> {
        let records: Vec<FileRecord> = files
            .iter()
            .filter(|(_, before, after)| before != after && is_text(before) && is_text(after))
            .map(|(key, before, after)| record(key, before.as_deref(), after.as_deref()))
            .collect();
        match records.is_empty() {
            true => Ok(()),
            false => self.log(&self.record(what, now, records)),
        }
    }
}

/// What a filter of git keeps in another shape is no text there, and could not be put back.
fn is_text(bytes: &Option<Vec<u8>>) -> bool {
    let bytes = bytes.as_deref().unwrap_or_default();
    std::str::from_utf8(bytes).is_ok()
}

fn record(key: &str, before: Option<&[u8]>, after: Option<&[u8]>) -> FileRecord {
    let mut record = FileRecord::between(key, before, after);
    let sound = |bytes| {
        std::str::from_utf8(bytes)
            .ok()
            .filter(|t| strict::parse(t).is_ok())
    };
    let (old, new) = (before.and_then(sound), after.and_then(sound));
    // A file that came or went does so whole; of a broken one only the bytes can be told.
    if let (Some(old), Some(new), Some(after)) = (old, new, after) {
        let mut changed = Vec::new();
        for change in diff(old, new) {
            if !changed.contains(change.table()) {
                changed.push(change.table().clone());
            }
        }
        record.tables = tables(before, after, &changed);
    }
    record
}
