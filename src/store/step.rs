//! Back and forth in the history: undo and redo, also after a restart, also after the file
//! moved on.

use super::comments;
use super::error::StoreError;
use super::file_change::{Refused, apply, diff, table_text};
use super::history::{FileRecord, Mark, Record, steps};
use super::now::Now;
use super::plan::{Plan, Planned, Planner};
use super::save;
use super::writer::{Done, Store};
use crate::model::journal::Journal;

impl Store {
    /// Takes back the newest change that stands.
    ///
    /// Where the file is as the change left it, its bytes come back exactly. Where it moved on,
    /// what the change did to its entries is taken back on top of what stands there now.
    ///
    /// # Errors
    /// [`StoreError`], with [`StoreError::Refused`] where somebody changed the same field since;
    /// nothing was written.
    pub fn undo(&mut self, now: &Now) -> Result<Done, StoreError> {
        let mut passed = Vec::new();
        loop {
            let Some(record) = self.read_steps()?.back.pop() else {
                return Err(StoreError::NothingToUndo);
            };
            let files = record
                .files
                .iter()
                .rev()
                .map(FileRecord::reversed)
                .collect();
            let what = format!("undone: {}", record.what);
            let mark = |step: Record| Record {
                undoes: Some(record.id.clone()),
                ..step
            };
            let done = self.replay(files, &what, now, mark);
            match done.map_err(|source| not("undone", &record, source))? {
                Some(done) => return Ok(past(done, &passed)),
                // Nothing of the change stands, as it never reached the disk or somebody took it
                // back by hand: the one before it is meant.
                None => passed.push(record.what),
            }
        }
    }

    /// Does again what was taken back last.
    ///
    /// # Errors
    /// As [`Store::undo`].
    pub fn redo(&mut self, now: &Now) -> Result<Done, StoreError> {
        let mut passed = Vec::new();
        loop {
            let Some(record) = self.read_steps()?.forth.pop() else {
                return Err(StoreError::NothingToRedo);
            };
            let what = format!("redone: {}", record.what);
            let mark = |step: Record| Record {
                redoes: Some(record.id.clone()),
                ..step
            };
            let done = self.replay(record.files.clone(), &what, now, mark);
            match done.map_err(|source| not("redone", &record, source))? {
                Some(done) => return Ok(past(done, &passed)),
                None => passed.push(record.what),
            }
        }
    }

    fn read_steps(&self) -> Result<super::history::Steps, StoreError> {
        let records = self.history.read().map_err(|source| StoreError::Read {
            path: self.history.path().to_owned(),
            source,
        })?;
        Ok(steps(records))
    }

    /// Makes the files as the records say, from their `before` to their `after`. `None`: they
    /// are so already, and the log was told.
    fn replay(
        &mut self,
        records: Vec<FileRecord>,
        what: &str,
        now: &Now,
        mark: impl Fn(Record) -> Record,
    ) -> Result<Option<Done>, StoreError> {
        if let [record] = records.as_slice()
            && record.after.is_none()
            && record.renamed.is_none()
        {
            return self.remove_created(record, what, now, mark);
        }
        let mut plan = Plan::default();
        let renames = records.iter().any(|record| record.renamed.is_some());
        for record in &records {
            match self.replayed(record, &mut plan.files) {
                // What followed a rename and is gone has no reference to follow back with.
                Err(StoreError::FileGone(_)) if renames && record.renamed.is_none() => {}
                planned => plan.files.extend(planned?),
            }
        }
        self.follow_renames(&mut plan, now)?;
        let Plan { files, remarks, .. } = plan;
        if files.is_empty() {
            let step = mark(self.record(&format!("{what} (nothing to do)"), now, Vec::new()));
            self.log(&step)?;
            return Ok(None);
        }
        let touched = files.iter().map(touched).collect();
        let mut done = self.commit(files, what, now, mark)?;
        done.touched = touched;
        remarks.into_iter().for_each(|remark| done.remark(remark));
        Ok(Some(done))
    }

    /// References that somebody wrote since the step: they go along with the files that get
    /// their old names back.
    fn follow_renames(&self, plan: &mut Plan, now: &Now) -> Result<(), StoreError> {
        let renames: Vec<(String, String)> = plan
            .files
            .iter()
            .filter_map(|file| Some((file.customer.clone(), file.renamed.clone()?)))
            .collect();
        let mut planner = Planner {
            root: self.root(),
            journal: &Journal::default(),
            now,
            random: &mut || self.random_bits(),
        };
        renames
            .iter()
            .try_for_each(|(from, to)| planner.follow_customer(plan, from, to))
    }

    /// What a record means for the file as it is now; `None`: nothing.
    fn replayed(
        &self,
        record: &FileRecord,
        files: &mut [Planned],
    ) -> Result<Option<Planned>, StoreError> {
        if let Some(to) = &record.renamed {
            if self.path_of(to).exists() && !self.path_of(&record.customer).exists() {
                return Ok(None);
            }
            if let Some(file) = files.iter_mut().find(|file| file.key() == record.customer) {
                file.renamed = Some(to.clone());
                return Ok(None);
            }
            let text = self.there(&record.customer)?;
            return Ok(Some(Planned {
                customer: record.customer.clone(),
                renamed: Some(to.clone()),
                base: Some(text.clone()),
                text,
                tables: Vec::new(),
                goes: false,
            }));
        }
        let earlier = files.iter_mut().find(|file| file.key() == record.customer);
        let tables: Vec<Vec<String>> = record.tables.iter().map(|t| t.table.clone()).collect();
        if let Some(file) = earlier {
            file.text = self.redone(record, &file.text)?;
            file.tables.extend(tables);
            return Ok(None);
        }
        if record.after.is_none() {
            return self.removed(record, tables);
        }
        let base = match (&record.before, self.bytes(&record.customer)) {
            (None, Err(StoreError::NoCustomer(_))) => {
                return Ok(Some(Planned {
                    customer: record.customer.clone(),
                    renamed: None,
                    base: None,
                    text: record.put.clone().into_bytes(),
                    tables,
                    goes: false,
                }));
            }
            (None, Ok(bytes)) if record.after != Some(Mark::of(&bytes)) => {
                // Somebody else has begun this customer meanwhile.
                let path = self.path_of(&record.customer);
                return Err(save::SaveError::Exists { path }.into());
            }
            (_, Err(StoreError::NoCustomer(_))) => {
                return self.there(&record.customer).map(|_| None);
            }
            (_, bytes) => bytes?,
        };
        let text = self.redone(record, &base)?;
        Ok((text != base).then_some(Planned {
            customer: record.customer.clone(),
            renamed: None,
            base: Some(base),
            text,
            tables,
            goes: false,
        }))
    }

    /// A file that goes again, as long as nobody wrote to it since; `None`: it is gone already.
    fn removed(
        &self,
        record: &FileRecord,
        tables: Vec<Vec<String>>,
    ) -> Result<Option<Planned>, StoreError> {
        let bytes = match self.bytes(&record.customer) {
            Err(StoreError::NoCustomer(_)) => return Ok(None),
            bytes => bytes?,
        };
        if record.before.as_ref() != Some(&Mark::of(&bytes)) {
            return Err(StoreError::Grown(self.path_of(&record.customer)));
        }
        Ok(Some(Planned {
            customer: record.customer.clone(),
            renamed: None,
            base: Some(bytes),
            text: Vec::new(),
            tables,
            goes: true,
        }))
    }

    /// The bytes behind the record's change, from the bytes that stand there now.
    fn redone(&self, record: &FileRecord, now: &[u8]) -> Result<Vec<u8>, StoreError> {
        if let Some(exact) = record.reversed().back(now) {
            return Ok(exact);
        }
        if record.after.as_ref() == Some(&Mark::of(now)) {
            return Ok(now.to_vec());
        }
        let side = |text: fn(&super::history::TableRecord) -> Option<&String>| {
            // The keys of the head stand before the first header.
            let (head, others): (Vec<_>, Vec<_>) =
                record.tables.iter().partition(|t| t.table.is_empty());
            let texts: Vec<&str> = head
                .into_iter()
                .chain(others)
                .filter_map(text)
                .map(String::as_str)
                .collect();
            texts.join("\n")
        };
        let before = side(|table| table.before.as_ref());
        let after = side(|table| table.after.as_ref());
        let refused = |why| StoreError::Refused {
            path: self.path_of(&record.customer),
            why,
        };
        let text = std::str::from_utf8(now).map_err(|_| refused(Refused::MovedOn))?;
        let changes = diff(&before, &after);
        if changes.is_empty() && record.out != record.put {
            // The change can't be told in fields and entries: to do nothing would lose it.
            return Err(refused(Refused::MovedOn));
        }
        comments::none_is_lost(&before, &record.out, text, &changes).map_err(refused)?;
        apply(text, &changes).map_err(refused)
    }

    /// Taking back a new customer: the file goes, as long as nobody wrote to it since.
    fn remove_created(
        &mut self,
        record: &FileRecord,
        what: &str,
        now: &Now,
        mark: impl Fn(Record) -> Record,
    ) -> Result<Option<Done>, StoreError> {
        let bytes = match self.bytes(&record.customer) {
            Ok(bytes) => bytes,
            Err(StoreError::NoCustomer(_)) => Vec::new(),
            Err(error) => return Err(error),
        };
        let path = self.path_of(&record.customer);
        if !bytes.is_empty() && record.before.as_ref() != Some(&Mark::of(&bytes)) {
            return Err(StoreError::Grown(path));
        }
        let step = mark(self.record(what, now, vec![record.clone()]));
        self.log(&step)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let unsure = self.remove_file(&path, &bytes)?;
        Ok(Some(Done {
            customers: vec![(record.customer.clone(), None)],
            what: what.to_owned(),
            remark: unsure,
            ..Done::default()
        }))
    }

    fn there(&self, customer: &str) -> Result<Vec<u8>, StoreError> {
        self.bytes(customer).map_err(|error| match error {
            StoreError::NoCustomer(_) => StoreError::FileGone(self.path_of(customer)),
            other => other,
        })
    }

    fn bytes(&self, customer: &str) -> Result<Vec<u8>, StoreError> {
        let path = self.path_of(customer);
        std::fs::read(&path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => StoreError::NoCustomer(customer.to_owned()),
            _ => StoreError::Read { path, source },
        })
    }
}

fn not(way: &'static str, step: &Record, source: StoreError) -> StoreError {
    StoreError::Step {
        way,
        what: step.what.clone(),
        source: Box::new(source),
    }
}

/// Says which steps were passed over.
fn past(mut done: Done, passed: &[String]) -> Done {
    if !passed.is_empty() {
        done.remark(format!(
            "passed over, as it is so already: {}",
            passed.join("; ")
        ));
    }
    done
}

/// Where to look at what a step brought back: the entry that is there again, else the customer.
fn touched(file: &Planned) -> String {
    let customer = file.key();
    let text = std::str::from_utf8(&file.text).unwrap_or_default();
    let there = |table: &&Vec<String>| !table.is_empty() && table_text(text, table).is_some();
    match file.tables.iter().find(there) {
        Some(table) => format!("{customer}:{}", table.join(".")),
        None => customer.to_owned(),
    }
}
