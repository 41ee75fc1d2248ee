//! Conflict copies that sync services leave, and texts with markers where no git helps: merged
//! into the customer, as a step of the history that can be undone.

use std::collections::HashMap;

use super::error::StoreError;
use super::file_change::diff;
use super::files::{self, copy_of, customer_path};
use super::git::drive::MARKERS;
use super::history::{FileRecord, Mark, Record};
use super::mend::{Take, common_base, lines_apart, merge_marked};
use super::merge_file::{Clash, Labels, Merged, merge_file};
use super::now::Now;
use super::plan::Planned;
use super::writer::Store;

/// The most versions of a file that are looked through.
const MOST_VERSIONS: usize = 300;

/// What became of a file.
#[derive(Debug, Default)]
pub struct Mended {
    /// What is left to decide; nothing: it is whole.
    pub clashes: Vec<Clash>,
    /// What was decided that somebody may want to know.
    pub remarks: Vec<String>,
    /// Why it is left as it is, where it is.
    pub left: Option<String>,
}

impl Mended {
    /// Whether nothing is left to decide.
    pub fn is_whole(&self) -> bool {
        self.clashes.is_empty() && self.left.is_none()
    }

    fn left(why: impl Into<String>) -> Mended {
        Mended {
            left: Some(why.into()),
            ..Mended::default()
        }
    }
}

impl Store {
    /// The customer that a file is a copy of, by the name that a sync service gave it.
    pub fn copied(&self, key: &str) -> Option<String> {
        copy_of(key, |key| customer_path(self.root(), key).is_file())
    }

    /// Merges a customer's text that has markers in it. Where something is left to decide, markers
    /// stand around those lines alone.
    ///
    /// # Errors
    /// [`StoreError`], as where the file can't be read or written.
    pub fn mend(&mut self, key: &str, take: Option<Take>, now: &Now) -> Result<Mended, StoreError> {
        let bytes = match self.bytes_of(key) {
            Ok(bytes) => bytes,
            Err(why) => return Ok(Mended::left(why)),
        };
        let Ok(text) = std::str::from_utf8(&bytes) else {
            return Ok(Mended::left("it is not text in UTF-8"));
        };
        let merged = match merge_marked(text, None) {
            Ok(merged) => merged,
            Err(why) => return Ok(Mended::left(why)),
        };
        let labels = Labels {
            ours: "first".to_owned(),
            base: "base".to_owned(),
            theirs: "second".to_owned(),
        };
        let (to_be, mended) = decided(&merged, take);
        let to_be = to_be.unwrap_or_else(|| merged.marked(&labels, MARKERS));
        let what = format!("{key}: both sides of a merge in one");
        self.commit(vec![planned(key, &bytes, to_be)], &what, now, |record| {
            record
        })?;
        Ok(mended)
    }

    /// Merges a conflict copy into its customer. Where that is whole, the copy goes; where
    /// something is left to decide, both files stay as they are.
    ///
    /// # Errors
    /// [`StoreError`], as where a file can't be read or written.
    pub fn merge_copy(
        &mut self,
        copy: &str,
        customer: &str,
        take: Option<Take>,
        now: &Now,
    ) -> Result<Mended, StoreError> {
        let (ours, theirs) = match (self.bytes_of(customer), self.bytes_of(copy)) {
            (Ok(ours), Ok(theirs)) => (ours, theirs),
            (Err(why), _) | (_, Err(why)) => return Ok(Mended::left(why)),
        };
        let base = self.common_version(customer, &ours, &theirs)?;
        let merged = match merge_file(&base, &ours, &theirs) {
            Ok(merged) => merged,
            Err(why) => {
                return Ok(Mended::left(format!(
                    "{why}; put what is missing into {customer}.toml by hand, then delete the copy"
                )));
            }
        };
        let (to_be, mended) = decided(&merged, take);
        let Some(to_be) = to_be else {
            return Ok(mended);
        };
        let what = format!("{customer}: the copy {copy}.toml merged");
        let gone = Planned {
            goes: true,
            tables: Vec::new(),
            ..planned(copy, &theirs, Vec::new())
        };
        let files = vec![planned(customer, &ours, to_be), gone];
        self.commit(files, &what, now, |record| record)?;
        Ok(mended)
    }

    fn bytes_of(&self, key: &str) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let read = files::read_file(self.root(), &self.path_of(key), &mut bytes);
        read.map(|()| bytes).map_err(|problem| problem.to_string())
    }

    /// The version that a customer's file and a copy of it most likely began with: the one in the
    /// history that the copy changed least; else what both have in common.
    fn common_version(
        &self,
        customer: &str,
        ours: &[u8],
        theirs: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let records = self.history().read().map_err(|source| StoreError::Read {
            path: self.history().path().to_owned(),
            source,
        })?;
        let versions = versions(&records, customer, &[ours, theirs]);
        // What is there now would say that the copy took away all that was written since.
        let known = versions.into_iter().filter(|version| version != ours);
        // Of equals the first is the oldest: with it nothing new can look as if it was taken away.
        if let Some(base) = known.min_by_key(|version| lines_apart(version, theirs)) {
            return Ok(base);
        }
        let text = |bytes| std::str::from_utf8(bytes).unwrap_or_default();
        Ok(common_base(text(ours), text(theirs)).into_bytes())
    }
}

/// The text where all is decided, and what there is to tell.
fn decided(merged: &Merged, take: Option<Take>) -> (Option<Vec<u8>>, Mended) {
    let mut mended = Mended {
        clashes: merged.clashes.clone(),
        remarks: merged.remarks.clone(),
        left: None,
    };
    if merged.clashes.is_empty() {
        return (Some(merged.text.clone()), mended);
    }
    let values = take.and_then(|take| take.values(&merged.clashes));
    match values.map(|values| merged.decided(&values)) {
        Some(Ok(text)) => {
            mended.clashes.clear();
            (Some(text), mended)
        }
        Some(Err(why)) => {
            mended.left = Some(why.to_string());
            (None, mended)
        }
        None => (None, mended),
    }
}

fn planned(key: &str, base: &[u8], text: Vec<u8>) -> Planned {
    let texts = (std::str::from_utf8(base), std::str::from_utf8(&text));
    let changes = match texts {
        (Ok(before), Ok(after)) => diff(before, after),
        _ => Vec::new(),
    };
    Planned {
        customer: key.to_owned(),
        renamed: None,
        goes: false,
        base: Some(base.to_vec()),
        tables: changes
            .iter()
            .map(|change| change.table().clone())
            .collect(),
        text,
    }
}

/// The versions of a customer's file that the history can tell, oldest first: those that it holds
/// whole, and those that lead from one that is known to another.
fn versions(records: &[Record], customer: &str, seeds: &[&[u8]]) -> Vec<Vec<u8>> {
    let files = records.iter().flat_map(|record| &record.files);
    let files: Vec<&FileRecord> = files.filter(|file| file.customer == customer).collect();
    let start = files.len().saturating_sub(MOST_VERSIONS);
    let files = files.get(start..).unwrap_or_default();
    let name = |mark: &Mark| (mark.len, mark.hash.clone());
    let mut known: HashMap<(usize, String), Vec<u8>> = HashMap::new();
    for seed in seeds {
        known.insert(name(&Mark::of(seed)), seed.to_vec());
    }
    let learn = |file: &FileRecord, known: &mut HashMap<_, Vec<u8>>| {
        let (before, after) = (file.before.as_ref(), file.after.as_ref());
        if let (None, Some(after)) = (before, after)
            && Mark::of(file.put.as_bytes()) == *after
        {
            known.insert(name(after), file.put.clone().into_bytes());
        }
        let (Some(before), Some(after)) = (before, after) else {
            return;
        };
        match (known.get(&name(before)), known.get(&name(after))) {
            (Some(bytes), None) => {
                let next = file.reversed().back(bytes);
                known.extend(next.map(|next| (name(after), next)));
            }
            (None, Some(bytes)) => {
                let last = file.back(bytes);
                known.extend(last.map(|last| (name(before), last)));
            }
            _ => {}
        }
    };
    // Once forth from what was begun, once back from what is there now.
    files.iter().for_each(|file| learn(file, &mut known));
    files.iter().rev().for_each(|file| learn(file, &mut known));
    let marks = files.iter().flat_map(|file| [&file.before, &file.after]);
    let found = marks.flatten().filter_map(|mark| known.remove(&name(mark)));
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::{FileRecord, Record, versions};

    fn step(before: Option<&str>, after: &str) -> Record {
        Record {
            id: String::new(),
            when: String::new(),
            what: String::new(),
            undoes: None,
            redoes: None,
            void: None,
            files: vec![FileRecord::between(
                "acme",
                before.map(str::as_bytes),
                Some(after.as_bytes()),
            )],
        }
    }

    #[test]
    fn the_history_tells_versions_from_both_of_its_ends() {
        let log = [
            step(None, "a = 1\n"),
            step(Some("a = 1\n"), "a = 2\n"),
            // Here another program wrote.
            step(Some("b = 2\n"), "b = 3\n"),
            step(Some("b = 3\n"), "b = 4\n"),
        ];
        let told = versions(&log, "acme", &[b"b = 4\n"]);
        let told: Vec<_> = told
            .iter()
            .map(|text| str::from_utf8(text).unwrap())
            .collect();
        assert_eq!(
            told,
            ["a = 1\n", "a = 2\n", "b = 2\n", "b = 3\n", "b = 4\n"]
        );
        assert!(versions(&log, "borealis", &[b"b = 4\n"]).is_empty());
    }
}
