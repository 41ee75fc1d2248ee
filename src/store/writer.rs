//! The only writer of a journal: plan, log, save, look again.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

use super::disk::{Disk, RealDisk};
use super::draft::Drafts;
use super::error::StoreError;
use super::file_change::{merge_texts, table_text};
use super::files;
use super::history::{FileRecord, History, Record, TableRecord};
use super::now::Now;
use super::plan::{Plan, Planned, Planner};
use super::queries::Queries;
use super::read::read_customer;
use super::save;
use crate::model::change::Change;
use crate::model::customer::Customer;
use crate::model::journal::Journal;
use crate::model::problem::Problem;

/// One journal and its history.
pub struct Store {
    root: PathBuf,
    pub(super) history: History,
    disk: Box<dyn Disk + Send>,
    random: Mutex<Box<dyn FnMut() -> u64 + Send>>,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Done {
    /// The files that changed: a customer's key, and how it reads now (`None`: gone).
    pub customers: Vec<(String, Option<Customer>)>,
    /// The problems of those files now.
    pub problems: Vec<Problem>,
    /// What was made or changed, as `customer:kind.key` or a customer's key.
    pub touched: Vec<String>,
    /// What was done, in one line.
    pub what: String,
    /// Something to tell, although all is saved.
    pub remark: Option<String>,
}

impl Done {
    /// Adds something to tell.
    pub fn remark(&mut self, remark: String) {
        self.remark = Some(match self.remark.take() {
            Some(earlier) => format!("{earlier}; {remark}"),
            None => remark,
        });
    }

    /// The journal with what was done in it.
    pub fn applied_to(&self, journal: &Journal) -> Journal {
        self.customers
            .iter()
            .fold(journal.clone(), |journal, (key, customer)| {
                journal.with(key, customer.clone())
            })
    }
}

impl Store {
    /// The store of the journal at `root`, its history in `state`. Nothing is read or made yet.
    pub fn new(root: &Path, state: &Path, random: Box<dyn FnMut() -> u64 + Send>) -> Store {
        Store {
            root: root.to_owned(),
            history: History::in_folder(state),
            disk: Box::new(RealDisk),
            random: Mutex::new(random),
        }
    }

    /// The journal's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The log of changes.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The drafts, beside the log.
    pub fn drafts(&self) -> Drafts {
        let state = self.history.path().parent();
        Drafts::in_folder(state.unwrap_or(&self.root))
    }

    /// What was looked for, beside the log.
    pub fn queries(&self) -> Queries {
        let state = self.history.path().parent();
        Queries::in_folder(state.unwrap_or(&self.root))
    }

    /// The path of a customer's file.
    pub fn path_of(&self, customer: &str) -> PathBuf {
        self.root.join(format!("{customer}.toml"))
    }

    /// Clears away what killed saves left behind. Answers the files that hold somebody's words
    /// that are in no customer: they stay, under a name that can be seen.
    ///
    /// What can't be looked at is passed over; it is looked at again the next time.
    pub fn sweep(&self, now: SystemTime) -> Vec<PathBuf> {
        let folders = files::folders(&self.root);
        folders
            .iter()
            .filter_map(|folder| save::sweep(&*self.disk, folder, now).ok())
            .flat_map(|swept| swept.rescued)
            .collect()
    }

    /// Makes these changes, as one step of the history.
    ///
    /// `journal` is the journal as it was last read; the changes are made to the files as they
    /// are now.
    ///
    /// # Errors
    /// [`StoreError`]; unless it says otherwise nothing was written.
    pub fn apply(
        &mut self,
        journal: &Journal,
        changes: &[Change],
        now: &Now,
    ) -> Result<Done, StoreError> {
        let mut planner = Planner {
            root: &self.root,
            journal,
            now,
            random: &mut || self.random_bits(),
        };
        let plan = planner.plan(changes)?;
        let what = in_one_line(&plan.what);
        let Plan {
            files,
            touched,
            remarks,
            ..
        } = plan;
        let mut done = self.commit(files, &what, now, |record| record)?;
        done.touched = touched;
        remarks.into_iter().for_each(|remark| done.remark(remark));
        Ok(done)
    }

    /// Logs and writes planned files. `mark` says what sort of step it is.
    pub(super) fn commit(
        &mut self,
        mut files: Vec<Planned>,
        what: &str,
        now: &Now,
        mark: impl Fn(Record) -> Record,
    ) -> Result<Done, StoreError> {
        // A save takes no file without a byte, as that is what a crash of some program leaves.
        let emptied =
            |file: &&mut Planned| file.text.is_empty() && file.base.is_some() && !file.goes;
        for file in files.iter_mut().filter(emptied) {
            file.text = b"\n".to_vec();
        }
        files.retain(has_effect);
        let mut done = Done {
            what: what.to_owned(),
            ..Done::default()
        };
        if files.is_empty() {
            return Ok(done);
        }
        let records = files.iter().flat_map(record_of).collect();
        let mut record = mark(self.record(what, now, records));
        self.log(&record)?;
        let mut merged = false;
        for (at, file) in files.iter().enumerate() {
            match self.write(file, &mut done) {
                Ok(None) => {}
                Ok(Some(bytes)) => {
                    merged = true;
                    replace_after(&mut record, file, &bytes);
                }
                Err(failed) => return Err(self.give_up(&record, &files, at, now, failed)),
            }
        }
        if merged {
            // The log told what was planned; what came about holds somebody else's words too.
            let planned = self.void(&record, now);
            record.id = self.new_id();
            let logged = self.log(&record).and_then(|()| self.log(&planned));
            if logged.is_err() {
                done.remark(format!(
                    "{}: the files are saved, but not the note that another program wrote to them \
                     at the same moment; an undo of this merges",
                    self.history.path().display()
                ));
            }
        }
        Ok(done)
    }

    /// Writes one file. Answers the bytes where they are others than planned.
    fn write(&self, file: &Planned, done: &mut Done) -> Result<Option<Vec<u8>>, StoreError> {
        let mut key = file.customer.as_str();
        if let Some(to) = &file.renamed {
            let unsure = save::rename(
                &*self.disk,
                &self.root,
                &self.path_of(key),
                &self.path_of(to),
            )?;
            unsure.into_iter().for_each(|u| done.remark(u.to_string()));
            self.clear_empty_group(key);
            done.customers.push((key.to_owned(), None));
            key = to;
        }
        if file.goes {
            let base = file.base.as_deref().unwrap_or_default();
            let unsure = self.remove_file(&self.path_of(key), base)?;
            unsure.into_iter().for_each(|unsure| done.remark(unsure));
            self.clear_empty_group(key);
            done.customers.push((key.to_owned(), None));
            return Ok(None);
        }
        let mut refused = None;
        // While the disk is busy, the text is read as it will most likely be.
        let (saved, read) = std::thread::scope(|scope| {
            let read = scope.spawn(|| read_customer(key, &String::from_utf8_lossy(&file.text)));
            let saved = save::save(
                &*self.disk,
                &self.root,
                &self.path_of(key),
                file.base.as_deref(),
                &file.text,
                &mut |gap| match merge_texts(gap.base, gap.ours, gap.theirs) {
                    Ok(merged) => Some(merged),
                    Err(why) => {
                        refused = Some(why);
                        None
                    }
                },
            );
            (saved, read.join().ok())
        });
        let saved = match (saved, refused) {
            (Err(save::SaveError::Changed { path }), Some(why)) => {
                Err(StoreError::Refused { path, why })
            }
            (saved, _) => saved.map_err(StoreError::from),
        };
        let saved = saved.map_err(|failed| match &file.renamed {
            Some(to) => self.name_back(&file.customer, to, failed),
            None => failed,
        })?;
        saved.unsure.iter().for_each(|u| done.remark(u.to_string()));
        let is_planned = saved.bytes == file.text;
        let read = read
            .filter(|_| is_planned)
            .unwrap_or_else(|| read_customer(key, &String::from_utf8_lossy(&saved.bytes)));
        done.problems.extend(read.problems);
        done.customers.push((key.to_owned(), Some(read.customer)));
        Ok((!is_planned).then_some(saved.bytes))
    }

    /// The bytes of a renamed file could not be written: it gets its old name again.
    fn name_back(&self, customer: &str, to: &str, failed: StoreError) -> StoreError {
        let (old, new) = (self.path_of(customer), self.path_of(to));
        match save::rename(&*self.disk, &self.root, &new, &old) {
            Ok(_) => {
                self.clear_empty_group(to);
                failed
            }
            Err(_) => StoreError::HalfWay {
                done: 1,
                of: 1,
                failed: Box::new(failed),
            },
        }
    }

    /// A folder whose last customer moved away goes, as git would have it. What stays in it keeps
    /// it.
    fn clear_empty_group(&self, customer: &str) {
        let path = self.path_of(customer);
        let folders = path
            .ancestors()
            .skip(1)
            .take_while(|folder| *folder != self.root);
        for folder in folders {
            if std::fs::remove_dir(folder).is_err() {
                return;
            }
        }
    }

    /// Takes back the files of a step that were written before one failed.
    fn give_up(
        &self,
        record: &Record,
        files: &[Planned],
        at: usize,
        now: &Now,
        failed: StoreError,
    ) -> StoreError {
        let back = files.iter().take(at).rev().try_for_each(|file| {
            let path = self.path_of(file.key());
            let none = &mut |_: save::Gap| None;
            match &file.base {
                Some(base) if file.goes => {
                    save::save(&*self.disk, &self.root, &path, None, base, none).map(drop)
                }
                None => save::remove(&*self.disk, &self.root, &path, &file.text).map(drop),
                Some(base) => {
                    save::save(&*self.disk, &self.root, &path, Some(&file.text), base, none)?;
                    match &file.renamed {
                        None => Ok(()),
                        Some(to) => {
                            let old = self.path_of(&file.customer);
                            save::rename(&*self.disk, &self.root, &path, &old)?;
                            self.clear_empty_group(to);
                            Ok(())
                        }
                    }
                }
            }
        });
        match back {
            // The log says that nothing came of it. Where even that can't be written, undo finds
            // the files as they were and passes over the step.
            Ok(()) if matches!(failed, StoreError::HalfWay { .. }) => failed,
            Ok(()) => {
                let _ = self.history.append(&self.void(record, now));
                failed
            }
            Err(_) => StoreError::HalfWay {
                done: at,
                of: files.len(),
                failed: Box::new(failed),
            },
        }
    }

    pub(super) fn log(&self, record: &Record) -> Result<(), StoreError> {
        self.history
            .append(record)
            .map_err(|source| StoreError::History {
                path: self.history.path().to_owned(),
                source,
            })
    }

    /// A name for a line of the log that no other line has, also where two programs write to it.
    pub(super) fn new_id(&self) -> String {
        format!("{:016x}", self.random_bits())
    }

    pub(super) fn random_bits(&self) -> u64 {
        let mut next = self
            .random
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        (*next)()
    }

    pub(super) fn remove_file(
        &self,
        path: &Path,
        base: &[u8],
    ) -> Result<Option<String>, StoreError> {
        let unsure = save::remove(&*self.disk, &self.root, path, base)?;
        Ok(unsure.map(|unsure| unsure.to_string()))
    }

    /// A new line of the log, of no special sort yet.
    pub(super) fn record(&self, what: &str, now: &Now, files: Vec<FileRecord>) -> Record {
        Record {
            id: self.new_id(),
            when: now.stamp.clone(),
            what: what.to_owned(),
            undoes: None,
            redoes: None,
            void: None,
            files,
        }
    }

    /// The line that says that nothing came of this one.
    fn void(&self, record: &Record, now: &Now) -> Record {
        Record {
            void: Some(record.id.clone()),
            ..self.record(&format!("not done: {}", record.what), now, Vec::new())
        }
    }
}

/// What was done, in one line; a customer that the line before named is not named again.
fn in_one_line(what: &[String]) -> String {
    let mut line = String::new();
    let mut last = None;
    for part in what {
        let name = part.split_once(": ").map(|(name, _)| name);
        let rest = match (name, last == name) {
            (Some(name), true) => part.get(name.len() + 2..).unwrap_or(part),
            _ => part,
        };
        if !line.is_empty() {
            line.push_str("; ");
        }
        line.push_str(rest);
        last = name;
    }
    line
}

fn has_effect(file: &Planned) -> bool {
    file.goes || file.renamed.is_some() || file.base.as_deref() != Some(file.text.as_slice())
}

fn record_of(file: &Planned) -> Vec<FileRecord> {
    let mut records = Vec::new();
    let mut key = &file.customer;
    if let Some(to) = &file.renamed {
        records.push(FileRecord::rename(key, to));
        key = to;
    }
    if file.goes {
        records.push(FileRecord::between(key, file.base.as_deref(), None));
    } else if file.base.as_deref() != Some(file.text.as_slice()) {
        let mut record = FileRecord::between(key, file.base.as_deref(), Some(&file.text));
        record.tables = tables(file.base.as_deref(), &file.text, &file.tables);
        records.push(record);
    }
    records
}

fn replace_after(record: &mut Record, file: &Planned, bytes: &[u8]) {
    let key = file.key();
    for old in record
        .files
        .iter_mut()
        .filter(|f| f.customer == key && f.renamed.is_none())
    {
        let tables = std::mem::take(&mut old.tables);
        *old = FileRecord::between(key, None, Some(bytes));
        // What the other writer left is not ours to take back: only the entries count.
        old.before = file.base.as_deref().map(super::history::Mark::of);
        old.tables = tables;
    }
}

pub(super) fn tables(
    before: Option<&[u8]>,
    after: &[u8],
    tables: &[Vec<String>],
) -> Vec<TableRecord> {
    let text = |bytes: &[u8], table: &[String]| {
        let text = std::str::from_utf8(bytes).ok()?;
        // A table whose last name is nowhere in the text is not in it, unless it is the head.
        let may_be_there = table.last().is_none_or(|name| text.contains(name.as_str()));
        may_be_there.then(|| table_text(text, table)).flatten()
    };
    // A table that was not there before stands in what was put behind, where that is all.
    let behind = before.and_then(|before| after.strip_prefix(before));
    tables
        .iter()
        .map(|table| {
            let was = before.and_then(|bytes| text(bytes, table));
            let place = behind.filter(|_| was.is_none()).unwrap_or(after);
            TableRecord {
                table: table.clone(),
                before: was,
                after: text(place, table),
            }
        })
        .collect()
}
