//! What goes elsewhere, an entry or a customer, and the references that go after it.

use super::{Plan, Planned, Planner};
use crate::model::change::FieldEdit;
use crate::model::entry::Entry;
use crate::model::fold::name_key;
use crate::model::id::Reference;
use crate::model::kind::{Kind, Shape};
use crate::model::value::{Value, ValueRef};
use crate::store::error::StoreError;
use crate::store::file_change::{FileChange, Refused, table_name, table_of};
use crate::store::files;
use crate::store::splice::{Refusal, entry_text};

/// For a reference that is to change, the customer that it should name (`None`: its own).
type Aim<'a> = &'a dyn Fn(&Reference) -> Option<Option<String>>;

impl Planner<'_> {
    /// The entry's own bytes go to the end of the other file first, so that no moment knows it
    /// nowhere.
    pub(super) fn move_entry(
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
        let own = repointed(entry, &|reference| {
            // What was near is far now, and the other way round.
            match reference.customer.as_deref() {
                None => Some(Some(customer.to_owned())),
                Some(near) if near == to => Some(None),
                Some(_) => None,
            }
        })?;
        let text = self.text_now(plan, customer)?;
        let Some(text) = entry_text(&text, table).map(str::to_owned) else {
            let why = format!("{id} does not stand in one piece below a header [{id}] of its own");
            return Err(self.refused(customer, Refusal::Shape { why }.into()));
        };
        let was = Some(entry.fields.clone());
        let names_it = |other: &&Entry| {
            kind == Kind::Deal.word() && other.id() != id && other.fields.text("deal") == Some(key)
        };
        let left = from.entries.iter().filter(names_it).count();
        let table = table.to_vec();
        let added = FileChange::AddText {
            table: table.clone(),
            text,
        };
        self.change(plan, to, added)?;
        if !own.is_empty() {
            let table = table.clone();
            self.change(plan, to, FileChange::Fields { table, edits: own })?;
        }
        self.change(plan, customer, FileChange::Remove { table, was })?;
        self.follow_entry(plan, &id, customer, to)?;
        if left > 0 {
            plan.remarks.push(format!(
                "{left} of the entries that stay with {customer} name the deal {key:?}: \
                 move them too, or change their `deal`"
            ));
        }
        plan.what.push(format!(
            "{id} moved from {} to {}",
            self.name(customer),
            self.name(to)
        ));
        plan.touched.push(format!("{to}:{id}"));
        Ok(())
    }

    /// References to an entry that went from one customer to another.
    fn follow_entry(
        &mut self,
        plan: &mut Plan,
        id: &str,
        from: &str,
        to: &str,
    ) -> Result<(), StoreError> {
        for holder in self.holders(plan) {
            self.repoint(plan, &holder, &|reference| {
                let at = reference.customer.as_deref().unwrap_or(&holder);
                let is_it = at == from && format!("{}.{}", reference.kind, reference.key) == id;
                is_it.then(|| (holder != to).then(|| to.to_owned()))
            })?;
        }
        Ok(())
    }

    pub(super) fn rename(
        &mut self,
        plan: &mut Plan,
        customer: &str,
        to: &str,
    ) -> Result<(), StoreError> {
        // Another spelling of its own name is taken by nobody but itself.
        if name_key(customer) == name_key(to) {
            crate::model::slug::is_safe_key(to).map_err(StoreError::BadKey)?;
        } else {
            self.is_free_key(plan, to, customer)?;
        }
        let text = self.text_now(plan, customer)?.into_bytes();
        match plan.files.iter().position(|file| file.key() == customer) {
            Some(at) => {
                let mut file = plan.files.remove(at);
                match &file.base {
                    None => file.customer = to.to_owned(),
                    Some(_) => file.renamed = Some(to.to_owned()).filter(|to| *to != file.customer),
                }
                plan.files.push(file);
            }
            None => plan.files.push(Planned {
                customer: customer.to_owned(),
                renamed: Some(to.to_owned()),
                base: Some(text.clone()),
                text,
                tables: Vec::new(),
                goes: false,
            }),
        }
        plan.what.push(format!("{customer} renamed to {to}"));
        plan.touched.push(to.to_owned());
        self.follow_customer(plan, customer, to)
    }

    /// References to a customer that got another key.
    pub(in crate::store) fn follow_customer(
        &mut self,
        plan: &mut Plan,
        from: &str,
        to: &str,
    ) -> Result<(), StoreError> {
        for holder in self.holders(plan) {
            self.repoint(plan, &holder, &|reference| {
                let is_it = reference.customer.as_deref() == Some(from);
                is_it.then(|| Some(to.to_owned()))
            })?;
        }
        Ok(())
    }

    /// Every customer whose entries may name another: those on the disk now, as the journal may
    /// have been read long ago, under the keys that they will have.
    fn holders(&self, plan: &Plan) -> Vec<String> {
        let files = files::customer_files(self.root).0;
        let planned = |key: &String| plan.files.iter().any(|file| file.customer == *key);
        let mut holders: Vec<String> = files.into_iter().map(|file| file.key).collect();
        holders.retain(|key| !planned(key));
        holders.extend(plan.files.iter().map(|file| file.key().to_owned()));
        holders.sort();
        holders
    }

    /// Points the references of one customer's entries elsewhere, as `aim` says. A file that
    /// can't be read or doesn't parse keeps its references, and a remark says so.
    fn repoint(&mut self, plan: &mut Plan, holder: &str, aim: Aim) -> Result<(), StoreError> {
        let Ok(customer) = self.read_now(plan, holder) else {
            return Ok(());
        };
        for entry in &customer.entries {
            let edits = repointed(entry, aim)?;
            if edits.is_empty() {
                continue;
            }
            let table = table_of(entry);
            let done = match customer.broken {
                true => false,
                false => match self.change(plan, holder, FileChange::Fields { table, edits }) {
                    Err(StoreError::Refused {
                        why: Refused::Splice(Refusal::DoesNotParse { .. }),
                        ..
                    }) => false,
                    other => other.map(|()| true)?,
                },
            };
            if !done {
                plan.remarks.push(format!(
                    "{holder}.toml does not parse, so a reference in it stayed as it was: \
                     put the file right, then the reference; `goodwill check` names both"
                ));
                return Ok(());
            }
        }
        Ok(())
    }
}

/// The edits that point an entry's references elsewhere.
fn repointed(entry: &Entry, aim: Aim) -> Result<Vec<FieldEdit>, StoreError> {
    let fields = entry.kind().into_iter().flat_map(Kind::all_fields);
    let mut edits = Vec::new();
    for field in fields.filter(|field| field.shape == Shape::References) {
        let Some(was) = entry.fields.get(field.name) else {
            continue;
        };
        let now = match was {
            ValueRef::List(items) => Value::List(
                items
                    .iter()
                    .map(|i| pointed(i, aim))
                    .collect::<Result<_, _>>()?,
            ),
            // One reference without the brackets of a list is read as a list of one.
            one => pointed(one, aim)?,
        };
        if now.view() != was {
            edits.push(FieldEdit {
                name: field.name.to_owned(),
                was: Some(was.to_value()),
                now: Some(now),
            });
        }
    }
    Ok(edits)
}

fn pointed(item: ValueRef<'_>, aim: Aim) -> Result<Value, StoreError> {
    let reference = item.as_text().and_then(Reference::parse);
    let Some(now) = reference.and_then(|reference| {
        Some(Reference {
            customer: aim(&reference)?,
            ..reference
        })
    }) else {
        return Ok(item.to_value());
    };
    let text = now.to_string();
    if Reference::parse(&text).as_ref() != Some(&now) {
        let key = now.customer.unwrap_or_default();
        return Err(StoreError::BadKey(format!(
            "entries name it, and a reference can't name {key:?}, as it ends at the first dot; \
             type a key without a dot"
        )));
    }
    Ok(Value::text(&text))
}
