//! What changes mean for each file, worked out in memory before anything is written.

use std::path::Path;

use super::error::StoreError;
use super::file_change::{FileChange, Refused, apply, table_name};
use super::now::Now;
use super::read::read_customer;
use super::splice::{Edit, entry_text, splice};
use crate::model::change::{Change, FieldEdit};
use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields};
use crate::model::id::{Reference, entry_key};
use crate::model::journal::Journal;
use crate::model::kind::{HEAD, Kind, Shape};
use crate::model::slug::{is_safe_key, slug, unique};
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
}

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
        let taken = |key: &str| self.is_taken(key);
        let key = match key {
            Some(key) => {
                is_safe_key(key).map_err(StoreError::BadKey)?;
                if taken(key) {
                    return Err(StoreError::CustomerTaken(key.to_owned()));
                }
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
        });
        Ok(())
    }

    fn is_taken(&self, key: &str) -> bool {
        use crate::model::fold::name_key;
        let wanted = name_key(key);
        self.journal
            .customers
            .iter()
            .any(|c| name_key(&c.key) == wanted)
            || self
                .root
                .join(format!("{key}.toml"))
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
        let now = self.read_now(plan, customer)?;
        let taken = |key: &str| now.entry(kind, key).is_some();
        let key = match key {
            Some(key) if taken(key) => {
                return Err(StoreError::EntryTaken {
                    customer: customer.to_owned(),
                    entry: format!("{kind}.{key}"),
                });
            }
            Some(key) => key.to_owned(),
            None => self.make_key(known, &fields, &taken),
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
            return unique(&slug(&name), taken);
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

    /// The entry's own bytes go to the end of the other file first, so that no moment knows it
    /// nowhere.
    fn move_entry(
        &mut self,
        plan: &mut Plan,
        customer: &str,
        table: &[String],
        to: &str,
    ) -> Result<(), StoreError> {
        let id = table_name(table);
        let from = self.read_now(plan, customer)?;
        let there = self.read_now(plan, to)?;
        let (Some(kind), Some(key)) = (table.first(), table.get(1)) else {
            return Err(self.refused(customer, Refused::EntryGone(id)));
        };
        let Some(entry) = from.entry(kind, key) else {
            return Err(self.refused(customer, Refused::EntryGone(id)));
        };
        if there.entry(kind, key).is_some() {
            return Err(StoreError::EntryTaken {
                customer: to.to_owned(),
                entry: id,
            });
        }
        let own = repointed(entry, |reference| {
            // What was near is far now, and the other way round.
            match reference.customer.as_deref() {
                None => Some(Some(customer.to_owned())),
                Some(near) if near == to => Some(None),
                Some(_) => None,
            }
        });
        let text = self.text_now(plan, customer)?;
        let text = entry_text(&text, table).unwrap_or_default().to_owned();
        let was = Some(entry.fields.clone());
        let table = table.to_vec();
        self.change(
            plan,
            to,
            FileChange::AddText {
                table: table.clone(),
                text,
            },
        )?;
        if !own.is_empty() {
            self.change(
                plan,
                to,
                FileChange::Fields {
                    table: table.clone(),
                    edits: own,
                },
            )?;
        }
        self.change(plan, customer, FileChange::Remove { table, was })?;
        self.follow(plan, &id, customer, to)?;
        plan.what.push(format!(
            "{id} moved from {} to {}",
            self.name(customer),
            self.name(to)
        ));
        plan.touched.push(format!("{to}:{id}"));
        Ok(())
    }

    /// References to an entry that went from one customer to another.
    fn follow(
        &mut self,
        plan: &mut Plan,
        id: &str,
        from: &str,
        to: &str,
    ) -> Result<(), StoreError> {
        let holders: Vec<String> = self
            .journal
            .customers
            .iter()
            .map(|c| c.key.to_string())
            .collect();
        for holder in holders {
            self.repoint(plan, &holder, |reference| {
                let at = reference.customer.as_deref().unwrap_or(&holder);
                let is_it = at == from && format!("{}.{}", reference.kind, reference.key) == id;
                is_it.then(|| (holder != to).then(|| to.to_owned()))
            })?;
        }
        Ok(())
    }

    fn rename(&mut self, plan: &mut Plan, customer: &str, to: &str) -> Result<(), StoreError> {
        is_safe_key(to).map_err(StoreError::BadKey)?;
        let same_name = crate::model::fold::name_key(customer) == crate::model::fold::name_key(to);
        if !same_name && self.is_taken(to) {
            return Err(StoreError::CustomerTaken(to.to_owned()));
        }
        let text = self.text_now(plan, customer)?.into_bytes();
        plan.files.retain(|file| file.customer != customer);
        plan.files.push(Planned {
            customer: customer.to_owned(),
            renamed: Some(to.to_owned()),
            base: Some(text.clone()),
            text,
            tables: Vec::new(),
        });
        plan.what.push(format!("{customer} renamed to {to}"));
        plan.touched.push(to.to_owned());
        let holders: Vec<String> = self
            .journal
            .customers
            .iter()
            .map(|c| c.key.to_string())
            .collect();
        for holder in holders.into_iter().filter(|holder| holder != customer) {
            self.repoint(plan, &holder, |reference| {
                let is_it = reference.customer.as_deref() == Some(customer);
                is_it.then(|| Some(to.to_owned()))
            })?;
        }
        Ok(())
    }

    /// Points the references of one customer's entries elsewhere, as `aim` says. A file that
    /// can't be read or doesn't parse keeps its references: `check` lists them.
    fn repoint(
        &mut self,
        plan: &mut Plan,
        holder: &str,
        aim: impl Fn(&Reference) -> Option<Option<String>>,
    ) -> Result<(), StoreError> {
        let Ok(customer) = self.read_now(plan, holder) else {
            return Ok(());
        };
        for entry in customer.entries.iter().filter(|_| !customer.broken) {
            let edits = repointed(entry, &aim);
            if !edits.is_empty() {
                let table = super::file_change::table_of(entry);
                self.change(plan, holder, FileChange::Fields { table, edits })?;
            }
        }
        Ok(())
    }

    fn refused(&self, customer: &str, why: Refused) -> StoreError {
        let path = self.root.join(format!("{customer}.toml"));
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
        let table = match &change {
            FileChange::Fields { table, .. }
            | FileChange::Add { table, .. }
            | FileChange::AddText { table, .. }
            | FileChange::Remove { table, .. } => table.clone(),
        };
        let bytes = apply(&text, &[change]).map_err(|why| self.refused(customer, why))?;
        match plan.files.iter_mut().find(|file| file.customer == customer) {
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
            }),
        }
        Ok(())
    }

    fn read_now(&self, plan: &Plan, customer: &str) -> Result<Customer, StoreError> {
        Ok(read_customer(customer, &self.text_now(plan, customer)?).customer)
    }

    /// The text of a customer's file: as planned so far, else as it is on the disk.
    fn text_now(&self, plan: &Plan, customer: &str) -> Result<String, StoreError> {
        let path = self.root.join(format!("{customer}.toml"));
        let bytes = match plan.files.iter().find(|file| file.customer == customer) {
            Some(file) => file.text.clone(),
            None => std::fs::read(&path).map_err(|source| match source.kind() {
                std::io::ErrorKind::NotFound => StoreError::NoCustomer(customer.to_owned()),
                _ => StoreError::Read {
                    path: path.clone(),
                    source,
                },
            })?,
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

/// The edits that point an entry's references elsewhere. `aim` answers `None` for a reference
/// that stays, else the customer it should name (`None`: its own).
fn repointed(entry: &Entry, aim: impl Fn(&Reference) -> Option<Option<String>>) -> Vec<FieldEdit> {
    let fields = entry.kind().into_iter().flat_map(Kind::all_fields);
    let mut edits = Vec::new();
    for field in fields.filter(|field| field.shape == Shape::References) {
        let Some(Value::List(items)) = entry.fields.get(field.name) else {
            continue;
        };
        let pointed: Vec<Value> = items
            .iter()
            .map(|item| {
                let reference = item.as_text().and_then(Reference::parse);
                match reference.as_ref().and_then(|r| Some((r, aim(r)?))) {
                    Some((r, customer)) => Value::text(
                        &Reference {
                            customer,
                            ..r.clone()
                        }
                        .to_string(),
                    ),
                    None => item.clone(),
                }
            })
            .collect();
        if pointed != *items {
            edits.push(FieldEdit {
                name: field.name.to_owned(),
                was: Some(Value::List(items.clone())),
                now: Some(Value::List(pointed)),
            });
        }
    }
    edits
}
