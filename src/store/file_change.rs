//! What changes inside of one file, and how that becomes edits of its bytes.
//!
//! The same three steps serve every writer: a change is compared with what the file says *now*
//! ([`edits`]), the bytes are spliced, and where the file moved on while we wrote, what we meant
//! is merged with what the other writer left ([`merge_texts`]). Undo after the file moved on finds
//! what a step meant as a difference ([`diff`]) and puts it on top of what stands there now.

use std::borrow::Cow;

use super::comments;
use super::merge_file::{Clash, merge_file};
use super::read::read_customer;
use super::splice::{Edit, Refusal, entry_text, splice};
use crate::model::change::{FieldEdit, field_edits};
use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields};
use crate::model::kind::{HEAD, Kind};
use crate::model::merge::{Conflict, merge_field};
use crate::model::value::{Value, ValueRef};

/// How many letters of a value are quoted in a refusal: a note may have thousands.
const MOST_QUOTED: usize = 60;

/// A change inside of one file. A table is named by its path: empty for the head, `["volume"]`,
/// `["concern", "2026-11-20-m3x8kq"]`.
#[derive(Clone, Debug, PartialEq)]
pub enum FileChange {
    /// Fields of a table.
    Fields {
        /// Which table.
        table: Vec<String>,
        /// Which fields, and how.
        edits: Vec<FieldEdit>,
    },
    /// A new entry, its fields in the order they are written.
    Add {
        /// `kind` and `key`.
        table: Vec<String>,
        /// What it says.
        fields: Vec<(String, Value)>,
    },
    /// An entry as somebody wrote it, byte for byte.
    AddText {
        /// `kind` and `key`.
        table: Vec<String>,
        /// Its bytes, with the comments above its header.
        text: String,
    },
    /// An entry goes.
    Remove {
        /// `kind` and `key`.
        table: Vec<String>,
        /// What it should still say.
        was: Option<Fields>,
    },
}

impl FileChange {
    /// The table that it is about.
    pub fn table(&self) -> &Vec<String> {
        match self {
            FileChange::Fields { table, .. }
            | FileChange::Add { table, .. }
            | FileChange::AddText { table, .. }
            | FileChange::Remove { table, .. } => table,
        }
    }
}

/// Why a change was not made. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Somebody else changed the same fields to something else.
    #[error("{}", conflict_text(table, conflicts))]
    Conflict {
        /// Which table; empty for the head.
        table: Vec<String>,
        /// The fields and their values.
        conflicts: Vec<Conflict>,
    },
    /// The entry is no longer there.
    #[error("{0} is no longer in the file: it was removed meanwhile; nothing was written")]
    EntryGone(String),
    /// The entry to remove has been changed meanwhile.
    #[error("{0} was changed meanwhile, so it stays: look at it and remove it again")]
    EntryChanged(String),
    /// Somebody wrote a comment to what was to go.
    #[error(
        "a comment was written at {0} meanwhile, so it stays: look at it and take it out by hand"
    )]
    Commented(String),
    /// The bytes can't be edited so.
    #[error(transparent)]
    Splice(#[from] Refusal),
    /// What another writer did at the same moment can't be told apart from what we did.
    #[error(
        "another program wrote to the file at the same moment, in a way that can't be merged; nothing was written. Try again"
    )]
    Tangled,
    /// The step can't be told in fields and entries, and the bytes are no longer what it left.
    #[error(
        "the file has been written to since, and what this step did can't be told apart from that; put it right by hand"
    )]
    MovedOn,
}

fn conflict_text(table: &[String], conflicts: &[Conflict]) -> String {
    let place = match table {
        [] => String::new(),
        _ => format!(" in {}", table_name(table)),
    };
    let side = |value: &Option<Value>| {
        value.as_ref().map_or("nothing".to_owned(), |value| {
            let line = value.to_line();
            match line.char_indices().nth(MOST_QUOTED) {
                Some((end, _)) => format!("{:?}...", line.get(..end).unwrap_or_default()),
                None => format!("{line:?}"),
            }
        })
    };
    let fields = conflicts.iter().map(|conflict| {
        format!(
            "{} was changed meanwhile{place}: the file says {}, this change says {}",
            conflict.field,
            side(&conflict.theirs),
            side(&conflict.ours)
        )
    });
    format!(
        "{}; nothing was written. Take over what the file says, or change the file by hand",
        fields.collect::<Vec<_>>().join("; ")
    )
}

/// A table's path as a message names it.
pub fn table_name(table: &[String]) -> String {
    if table.is_empty() {
        "the head".to_owned()
    } else {
        table.join(".")
    }
}

/// The names that are written before `field` in a table, in order.
fn names_before(table: &[String], field: &str, now: &Fields) -> Vec<String> {
    let order: Vec<&str> = match table {
        [] => HEAD.iter().map(|f| f.name).collect(),
        [kind, _] => match Kind::of(kind) {
            Some(kind) => kind.all_fields().map(|f| f.name).collect(),
            None => Vec::new(),
        },
        _ => Vec::new(),
    };
    match order.iter().position(|name| *name == field) {
        Some(at) => order.iter().take(at).map(|&name| name.to_owned()).collect(),
        // What the program does not know goes behind everything else.
        None => now
            .iter()
            .filter(|(_, value)| !matches!(value, ValueRef::Table(_)))
            .map(|(name, _)| name.to_owned())
            .collect(),
    }
}

pub(super) fn fields_of<'c>(
    customer: &'c Customer,
    table: &[String],
) -> Result<Cow<'c, Fields>, Refused> {
    match table {
        [] => Ok(Cow::Borrowed(&customer.head)),
        [kind, key] => customer
            .entry(kind, key)
            .map(|entry| Cow::Borrowed(&entry.fields))
            .ok_or_else(|| Refused::EntryGone(table_name(table))),
        [name, ..] => match customer.head.get(name) {
            Some(ValueRef::Table(fields)) => Ok(Cow::Owned(fields.into())),
            _ => Err(Refused::EntryGone(table_name(table))),
        },
    }
}

/// A table as TOML that can be read by itself: its own bytes, or where it has no header of its
/// own (the head, dotted keys, an inline table) its values. `None` where it is not there.
pub fn table_text(text: &str, table: &[String]) -> Option<String> {
    if let Some(own) = entry_text(text, table) {
        return Some(own.to_owned());
    }
    let customer = read_customer("", text).customer;
    let fields = fields_of(&customer, table).ok()?;
    // Tables in the head are no part of it: each stands for itself.
    let mut fields = fields.to_vec();
    fields.retain(|(_, value)| !table.is_empty() || !matches!(value, Value::Table(_)));
    let edits: Vec<Edit> = if table.is_empty() {
        let set = |(key, value)| Edit::Set {
            table: Vec::new(),
            key,
            value,
            after: Vec::new(),
        };
        fields.into_iter().map(set).collect()
    } else {
        let table = table.to_vec();
        vec![Edit::Append { table, fields }]
    };
    String::from_utf8(splice(b"", &edits).ok()?).ok()
}

/// The edits that make these changes in a file that now reads as `customer`.
///
/// # Errors
/// [`Refused`] where the file moved on in a way that can't be merged.
pub fn edits(customer: &Customer, changes: &[FileChange]) -> Result<Vec<Edit>, Refused> {
    let mut edits = Vec::new();
    for change in changes {
        match change {
            FileChange::Fields {
                table,
                edits: wanted,
            } => {
                field_splices(customer, table, wanted, &mut edits)?;
            }
            FileChange::Add { table, fields } => edits.push(Edit::Append {
                table: table.clone(),
                fields: fields.clone(),
            }),
            FileChange::AddText { text, .. } => edits.push(Edit::AppendRaw { text: text.clone() }),
            FileChange::Remove { table, was } => {
                let Ok(now) = fields_of(customer, table) else {
                    // Already gone: that is what was wanted.
                    continue;
                };
                if was.as_ref().is_some_and(|was| *was != *now) {
                    return Err(Refused::EntryChanged(table_name(table)));
                }
                edits.push(Edit::Remove {
                    table: table.clone(),
                });
            }
        }
    }
    Ok(edits)
}

fn field_splices(
    customer: &Customer,
    table: &[String],
    wanted: &[FieldEdit],
    edits: &mut Vec<Edit>,
) -> Result<(), Refused> {
    let now = fields_of(customer, table)?;
    let mut conflicts = Vec::new();
    for edit in wanted {
        let theirs = now.value(&edit.name);
        let (was, ours) = (edit.was.as_ref(), edit.now.as_ref());
        let merged = merge_field(&edit.name, was, ours, theirs.as_ref());
        let merged = match merged {
            Ok(merged) => merged,
            Err(conflict) => {
                conflicts.push(conflict);
                continue;
            }
        };
        if merged == theirs {
            continue;
        }
        edits.push(match merged {
            Some(value) => Edit::Set {
                table: table.to_vec(),
                key: edit.name.clone(),
                value,
                after: names_before(table, &edit.name, &now),
            },
            None => Edit::Unset {
                table: table.to_vec(),
                key: edit.name.clone(),
            },
        });
    }
    if conflicts.is_empty() {
        return Ok(());
    }
    Err(Refused::Conflict {
        table: table.to_vec(),
        conflicts,
    })
}

/// The changes that turn the text `before` into the text `after`, as far as fields and entries
/// go. Both parse.
pub fn diff(before: &str, after: &str) -> Vec<FileChange> {
    let (old, new) = (
        read_customer("", before).customer,
        read_customer("", after).customer,
    );
    let mut changes = head_changes(&old.head, &new.head);
    for entry in &new.entries {
        let table = table_of(entry);
        match old.entry(entry.kind.word(), &entry.key) {
            Some(was) => {
                let edits = field_edits(&was.fields, &entry.fields);
                if !edits.is_empty() {
                    changes.push(FileChange::Fields { table, edits });
                }
            }
            None => {
                changes.push(match entry_text(after, &table) {
                    Some(text) => FileChange::AddText {
                        text: text.to_owned(),
                        table,
                    },
                    // An entry inside of an inline table has no bytes that could stand alone.
                    None => FileChange::Add {
                        table,
                        fields: entry.fields.to_vec(),
                    },
                });
            }
        }
    }
    for entry in &old.entries {
        if new.entry(entry.kind.word(), &entry.key).is_none() {
            changes.push(FileChange::Remove {
                table: table_of(entry),
                was: Some(entry.fields.clone()),
            });
        }
    }
    changes
}

/// `kind` and `key` of an entry.
pub fn table_of(entry: &Entry) -> Vec<String> {
    vec![entry.kind.word().to_owned(), entry.key.to_string()]
}

fn head_changes(old: &Fields, new: &Fields) -> Vec<FileChange> {
    let (mut changes, mut plain) = (Vec::new(), Vec::new());
    for edit in field_edits(old, new) {
        let [was, now] = [&edit.was, &edit.now].map(|side| side.as_ref().map(Value::view));
        match (was, now) {
            (Some(ValueRef::Table(was)), Some(ValueRef::Table(now))) => {
                changes.push(FileChange::Fields {
                    table: vec![edit.name.clone()],
                    edits: field_edits(&was.into(), &now.into()),
                });
            }
            (None, Some(ValueRef::Table(now))) => changes.push(FileChange::Add {
                table: vec![edit.name.clone()],
                fields: Fields::from(now).to_vec(),
            }),
            (Some(ValueRef::Table(was)), None) => changes.push(FileChange::Remove {
                table: vec![edit.name.clone()],
                was: Some(was.into()),
            }),
            _ => plain.push(edit),
        }
    }
    if !plain.is_empty() {
        changes.push(FileChange::Fields {
            table: Vec::new(),
            edits: plain,
        });
    }
    changes
}

/// Puts these changes on top of a text.
///
/// # Errors
/// [`Refused`] where that is not possible; nothing is guessed.
pub fn apply(text: &str, changes: &[FileChange]) -> Result<Vec<u8>, Refused> {
    let is_new = |change: &FileChange| matches!(change, FileChange::Add { .. });
    // What is only added needs no look at what is there.
    let customer = match changes.iter().all(is_new) {
        true => Customer::default(),
        false => read_customer("", text).customer,
    };
    let edits = edits(&customer, changes)?;
    match splice(text.as_bytes(), &edits) {
        Err(shape @ Refusal::Shape { .. }) => {
            let edits = edits.iter().map(without_header).collect::<Option<Vec<_>>>();
            edits
                .and_then(|edits| splice(text.as_bytes(), &edits).ok())
                .ok_or(Refused::Splice(shape))
        }
        done => Ok(done?),
    }
}

/// The same edit in a file where the kind stands inline or dotted: there an entry can be told in
/// fields alone. `None` where that would lose a comment of it.
fn without_header(edit: &Edit) -> Option<Edit> {
    let Edit::AppendRaw { text } = edit else {
        return Some(edit.clone());
    };
    let entries = read_customer("", text).customer.entries;
    match entries.as_slice() {
        [entry] if !comments::has_any(text) => Some(Edit::Append {
            table: table_of(entry),
            fields: entry.fields.to_vec(),
        }),
        _ => None,
    }
}

/// What `ours` changed against `base`, and what `theirs` did, in one text: the merge of
/// [`super::merge_file`], for a save that can't ask.
///
/// # Errors
/// [`Refused`] where a person has to look: both sides changed the same field, one removed what
/// the other changed, or the texts can't be merged with certainty.
pub fn merge_texts(base: &[u8], ours: &[u8], theirs: &[u8]) -> Result<Vec<u8>, Refused> {
    let merged = merge_file(base, ours, theirs).map_err(|_| Refused::Tangled)?;
    if let Some(first) = merged.clashes.first() {
        let table = first.table.clone();
        let same = |clash: &&Clash| clash.table == table;
        let conflicts = merged
            .clashes
            .iter()
            .filter(same)
            .map(|clash| clash.conflict.clone());
        return Err(Refused::Conflict {
            conflicts: conflicts.collect(),
            table,
        });
    }
    if !merged.remarks.is_empty() {
        let read = |bytes: &[u8]| read_customer("", &String::from_utf8_lossy(bytes)).customer;
        let (base, ours, theirs) = (read(base), read(ours), read(theirs));
        for entry in &base.entries {
            let is_in =
                |customer: &Customer| customer.entry(entry.kind.word(), &entry.key).is_some();
            match (is_in(&ours), is_in(&theirs)) {
                (false, true) => return Err(Refused::EntryChanged(entry.id())),
                (true, false) => return Err(Refused::EntryGone(entry.id())),
                _ => {}
            }
        }
    }
    Ok(merged.text)
}
