//! What changes mean for each file, worked out in memory before anything is written.

mod follow;
mod quiet;

use std::path::Path;
use std::time::Duration;

use super::error::StoreError;
use super::file_change::{FileChange, Refused, apply, table_name};
use super::files;
use super::now::Now;
use super::read::read_customer;
use super::splice::{Edit, splice};
use crate::model::change::{Change, FieldEdit};
use crate::model::customer::Customer;
use crate::model::entry::Fields;
use crate::model::fold::name_key;
use crate::model::id::entry_key;
use crate::model::journal::Journal;
use crate::model::kind::{HEAD, Kind};
use crate::model::slug::{is_safe_key, slug, slug_or, unique};
use crate::model::value::Value;
use crate::model::when::When;

/// A file as it was read and as it should be.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The customer's key.
    pub customer: String,
    /// The key it is to be moved to, before its bytes change.
    pub renamed: Option<String>,
    /// The bytes on the disk; `None`: there is no file yet.
    pub base: Option<Vec<u8>>,
    /// The bytes to be.
    pub text: Vec<u8>,
    /// The tables that change.
    pub tables: Vec<Vec<String>>,
    /// Whether the file goes; `text` is then empty.
    pub goes: bool,
}

/// All files that a list of changes touches, in the order in which they are to be written.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files.
    pub files: Vec<Planned>,
    /// What is made or changed, as `customer:kind.key` or a customer's key.
    pub touched: Vec<String>,
    /// What is done, a line a change.
    pub what: Vec<String>,
    /// What is left for a person to look at.
    pub remarks: Vec<String>,
}

impl Planned {
    /// The key that its file has once it is written.
    pub fn key(&self) -> &str {
        self.renamed.as_ref().unwrap_or(&self.customer)
    }
}

/// How long a file that is gone or empty is given between two looks.
const MOMENT: Duration = Duration::from_millis(2);

/// What planning needs to know.
pub struct Planner<'a> {
    /// The journal's folder.
    pub root: &'a Path,
    /// The journal as it was last read: for names, and to find references.
    pub journal: &'a Journal,
    /// The day and the hour.
    pub now: &'a Now,
    /// Random bits for keys.
    pub random: &'a mut dyn FnMut() -> u64,
}

impl Planner<'_> {
    /// Works out what these changes mean.
    ///
    /// # Errors
    /// Whatever stands in the way; nothing was written.
    pub fn plan(&mut self, changes: &[Change]) -> Result<Plan, StoreError> {
        let mut plan = Plan::default();
        for change in changes {
            match change {
                Change::Create { key, fields } => self.create(&mut plan, key.as_deref(), fields)?,
                Change::Head { customer, edits } => {
                    self.fields(&mut plan, customer, Vec::new(), edits)?;
                }
                Change::Add {
                    customer,
                    kind,
                    key,
                    fields,
                } => {
                    self.add(&mut plan, customer, kind, key.as_deref(), fields)?;
                }
                Change::Edit {
                    customer,
                    kind,
                    key,
                    edits,
                } => {
                    let table = vec![kind.clone(), key.clone()];
                    self.fields(&mut plan, customer, table, edits)?;
                }
                Change::Remove {
                    customer,
                    kind,
                    key,
                    was,
                } => {
                    let table = vec![kind.clone(), key.clone()];
                    self.remove(&mut plan, customer, table, was.as_ref())?;
                }
                Change::Move {
                    customer,
                    kind,
                    key,
                    to,
                } => {
                    let table = vec![kind.clone(), key.clone()];
                    self.move_entry(&mut plan, customer, &table, to)?;
                }
                Change::Rename { customer, to } => self.rename(&mut plan, customer, to)?,
                Change::Quiet {
                    customer,
                    how,
                    reason,
                    was,
                    now,
                } => self.quiet(&mut plan, (customer, *how, reason), (*was, *now))?,
            }
        }
        Ok(plan)
    }

    fn name(&self, customer: &str) -> String {
        self.journal
            .customer(customer)
            .map_or(customer, |c| c.name())
            .to_owned()
    }

    fn create(
        &mut self,
        plan: &mut Plan,
        key: Option<&str>,
        fields: &[(String, Value)],
    ) -> Result<(), StoreError> {
        let name = fields
            .iter()
            .find_map(|(name, value)| (name == "name").then(|| value.to_line()))
            .unwrap_or_default();
        let taken = |key: &str| self.is_taken(plan, key) || self.hidden_by(key).is_some();
        let key = match key {
            Some(key) => {
                self.is_free_key(plan, key, "")?;
                key.to_owned()
            }
            None => unique(&slug(&name), taken),
        };
        let fields = in_order(HEAD.iter().map(|f| f.name), fields);
        let edits: Vec<Edit> = fields
            .iter()
            .enumerate()
            .map(|(at, (name, value))| Edit::Set {
                table: Vec::new(),
                key: name.clone(),
                value: value.clone(),
                after: fields
                    .iter()
                    .take(at)
                    .map(|(name, _)| name.clone())
                    .collect(),
            })
            .collect();
        let text = splice(b"", &edits).map_err(|why| self.refused(&key, why.into()))?;
        plan.what.push(format!("new customer {name}"));
        plan.touched.push(key.clone());
        plan.files.push(Planned {
            customer: key,
            renamed: None,
            base: None,
            text,
            tables: vec![Vec::new()],
            goes: false,
        });
        Ok(())
    }

    /// Whether a customer may get this key; `leaving` is the one that it gives up for it.
    fn is_free_key(&self, plan: &Plan, key: &str, leaving: &str) -> Result<(), StoreError> {
        is_safe_key(key).map_err(StoreError::BadKey)?;
        if self.is_taken(plan, key) {
            return Err(StoreError::CustomerTaken(key.to_owned()));
        }
        let pair = files::copy_of(key, |other| other != leaving && self.is_taken(plan, other))
            .map(|original| (key, original))
            .or_else(|| Some((self.hidden_by(key)?, key.to_owned())));
        // The copy would be passed over from the next start on.
        pair.map_or(Ok(()), |(copy, original)| {
            Err(StoreError::BadKey(format!(
                "beside {original}.toml a file {copy}.toml counts as a copy that a sync service \
                 left, and is not read; type another key"
            )))
        })
    }

    /// The customer whose file would count as a conflict copy beside one of this key.
    fn hidden_by(&self, key: &str) -> Option<&str> {
        let keys = self.journal.customers.iter().map(|c| &*c.key);
        keys.into_iter()
            .find(|other| files::copy_of(other, |original| original == key).is_some())
    }

    fn is_taken(&self, plan: &Plan, key: &str) -> bool {
        let wanted = name_key(key);
        self.journal
            .customers
            .iter()
            .any(|c| name_key(&c.key) == wanted)
            || plan.files.iter().any(|file| name_key(file.key()) == wanted)
            || files::customer_path(self.root, key)
                .symlink_metadata()
                .is_ok()
    }

    fn add(
        &mut self,
        plan: &mut Plan,
        customer: &str,
        kind: &str,
        key: Option<&str>,
        fields: &[(String, Value)],
    ) -> Result<(), StoreError> {
        let known = Kind::of(kind);
        let fields = self.completed(known, fields);
        let text = self.text_now(plan, customer)?;
        // Whether the letters stand anywhere is enough to pass a key over, and spares a look at
        // every entry of a large file.
        let may_be_taken = |key: &str| text.contains(key);
        let taken = |key: &str| {
            may_be_taken(key)
                && read_customer(customer, &text)
                    .customer
                    .entry(kind, key)
                    .is_some()
        };
        let key = match key {
            Some(key) if taken(key) => {
                return Err(StoreError::EntryTaken {
                    customer: customer.to_owned(),
                    entry: format!("{kind}.{key}"),
                });
            }
            Some(key) => key.to_owned(),
            None if known.is_some_and(|kind| !kind.is_dated()) => {
                self.make_key(known, &fields, &taken)
            }
            None => self.make_key(known, &fields, &may_be_taken),
        };
        let table = vec![kind.to_owned(), key];
        plan.touched
            .push(format!("{customer}:{}", table_name(&table)));
        let said = known.map_or("", Kind::main_field);
        let said = fields.iter().find(|(name, _)| name == said);
        plan.what.push(format!(
            "{}: {kind} added{}",
            self.name(customer),
            said.map(|(_, value)| format!(": {}", value.to_line()))
                .unwrap_or_default()
        ));
        self.change(plan, customer, FileChange::Add { table, fields })
    }

    /// The fields in the order they are written, with the day and the word that a new entry
    /// always has.
    fn completed(&self, kind: Option<Kind>, fields: &[(String, Value)]) -> Vec<(String, Value)> {
        let mut fields = fields.to_vec();
        let is_missing = |fields: &[(String, Value)], name: &str| {
            !fields
                .iter()
                .any(|(n, value)| n == name && !is_empty(value))
        };
        let day = kind.map_or(Some("date"), Kind::day_field);
        if let Some(name) = day.filter(|name| is_missing(&fields, name)) {
            fields.insert(0, (name.to_owned(), Value::When(When::day(self.now.today))));
        }
        if let Some((name, word)) = kind.and_then(Kind::always_written)
            && is_missing(&fields, name)
        {
            fields.push((name.to_owned(), Value::text(word)));
        }
        in_order(
            kind.into_iter().flat_map(Kind::all_fields).map(|f| f.name),
            &fields,
        )
    }

    fn make_key(
        &mut self,
        kind: Option<Kind>,
        fields: &[(String, Value)],
        taken: &dyn Fn(&str) -> bool,
    ) -> String {
        if let Some(kind) = kind.filter(|kind| !kind.is_dated()) {
            let name = fields.iter().find(|(name, _)| name == kind.main_field());
            let name = name.map(|(_, value)| value.to_line()).unwrap_or_default();
            return unique(&slug_or(&name, kind.word()), taken);
        }
        let date = fields
            .iter()
            .filter(|(name, _)| name == "date")
            .find_map(|(_, value)| value.as_when()?.date)
            .unwrap_or(self.now.today);
        loop {
            let key = entry_key(date, (self.random)());
            if !taken(&key) {
                return key;
            }
        }
    }

    fn fields(
        &mut self,
        plan: &mut Plan,
        customer: &str,
        table: Vec<String>,
        edits: &[FieldEdit],
    ) -> Result<(), StoreError> {
        let names: Vec<&str> = edits.iter().map(|edit| edit.name.as_str()).collect();
        let of = if table.is_empty() {
            String::new()
        } else {
            format!("{} ", table_name(&table))
        };
        plan.what.push(format!(
            "{}: {of}{} changed",
            self.name(customer),
            names.join(", ")
        ));
        plan.touched.push(if table.is_empty() {
            customer.to_owned()
        } else {
            format!("{customer}:{}", table_name(&table))
        });
        let edits = edits.to_vec();
        self.change(plan, customer, FileChange::Fields { table, edits })
    }

    fn remove(
        &mut self,
        plan: &mut Plan,
        customer: &str,
        table: Vec<String>,
        was: Option<&Fields>,
    ) -> Result<(), StoreError> {
        if self
            .read_now(plan, customer)?
            .entry(&table[0], &table[1])
            .is_none()
        {
            let why = Refused::EntryGone(table_name(&table));
            return Err(self.refused(customer, why));
        }
        plan.what.push(format!(
            "{}: {} removed",
            self.name(customer),
            table_name(&table)
        ));
        plan.touched.push(customer.to_owned());
        let was = was.cloned();
        self.change(plan, customer, FileChange::Remove { table, was })
    }

    fn refused(&self, customer: &str, why: Refused) -> StoreError {
        let path = files::customer_path(self.root, customer);
        StoreError::Refused { path, why }
    }

    /// Puts one change on top of what is planned for a file so far.
    fn change(
        &mut self,
        plan: &mut Plan,
        customer: &str,
        change: FileChange,
    ) -> Result<(), StoreError> {
        let text = self.text_now(plan, customer)?;
        let table = change.table().clone();
        let bytes = apply(&text, &[change]).map_err(|why| self.refused(customer, why))?;
        match plan.files.iter_mut().find(|file| file.key() == customer) {
            Some(file) => {
                file.text = bytes;
                if !file.tables.contains(&table) {
                    file.tables.push(table);
                }
            }
            None => plan.files.push(Planned {
                customer: customer.to_owned(),
                renamed: None,
                base: Some(text.into_bytes()),
                text: bytes,
                tables: vec![table],
                goes: false,
            }),
        }
        Ok(())
    }

    fn read_now(&self, plan: &Plan, customer: &str) -> Result<Customer, StoreError> {
        Ok(read_customer(customer, &self.text_now(plan, customer)?).customer)
    }

    fn read_file(&self, path: &Path, customer: &str) -> Result<Vec<u8>, StoreError> {
        let known = self.journal.customer(customer);
        let read = match known.is_some_and(|known| !known.is_blank()) {
            true => files::read_settled(path, || std::thread::sleep(MOMENT)),
            false => std::fs::read(path),
        };
        read.map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => StoreError::NoCustomer(customer.to_owned()),
            _ => StoreError::Read {
                path: path.to_owned(),
                source,
            },
        })
    }

    /// The text of a customer's file: as planned so far, else as it is on the disk.
    fn text_now(&self, plan: &Plan, customer: &str) -> Result<String, StoreError> {
        let path = files::customer_path(self.root, customer);
        let bytes = match plan.files.iter().find(|file| file.key() == customer) {
            Some(file) => file.text.clone(),
            None if plan.files.iter().any(|file| file.customer == customer) => {
                return Err(StoreError::NoCustomer(customer.to_owned()));
            }
            None => self.read_file(&path, customer)?,
        };
        String::from_utf8(bytes).map_err(|error| StoreError::Read {
            path,
            source: std::io::Error::new(std::io::ErrorKind::InvalidData, error.utf8_error()),
        })
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        _ => false,
    }
}

/// Fields in the order they are written; names that the order does not know go behind. Empty
/// texts and lists are left out.
fn in_order<'a>(
    order: impl Iterator<Item = &'a str>,
    fields: &[(String, Value)],
) -> Vec<(String, Value)> {
    let order: Vec<&str> = order.collect();
    let mut fields: Vec<(String, Value)> = fields
        .iter()
        .filter(|(_, value)| !is_empty(value))
        .cloned()
        .collect();
    fields.sort_by_key(|(name, _)| order.iter().position(|n| n == name).unwrap_or(order.len()));
    fields
}
