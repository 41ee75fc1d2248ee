//! How two states of a customer differ, told in entries and fields instead of lines.

use std::collections::HashMap;

use super::change::{FieldEdit, field_edits};
use super::customer::Customer;
use super::entry::{Entry, Fields};
use super::past::Sort;
use super::value::Value;

/// One entry that differs, or the head of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// `kind` and `key`; `None` for the head.
    pub entry: Option<(String, String)>,
    /// What it is, in one line, as it is now; of one that is gone, as it was.
    pub title: String,
    /// What became of it.
    pub sort: Sort,
    /// The fields that differ, all of them for an entry that is new or gone.
    pub fields: Vec<FieldEdit>,
}

impl Difference {
    /// How two states of the same thing differ; `None`: not at all.
    pub fn of(
        entry: Option<(String, String)>,
        title: String,
        was: Option<&Fields>,
        now: Option<&Fields>,
    ) -> Option<Difference> {
        let none = Fields::default();
        let fields = field_edits(was.unwrap_or(&none), now.unwrap_or(&none));
        let sort = match (was, now) {
            (None, None) => return None,
            (None, Some(_)) => Sort::Made,
            (Some(_), None) => Sort::Removed,
            (Some(_), Some(_)) if fields.is_empty() => return None,
            (Some(_), Some(_)) => Sort::Changed,
        };
        Some(Difference {
            entry,
            title,
            sort,
            fields,
        })
    }

    /// Whether it is about the same entry.
    pub fn is_of(&self, other: &Difference) -> bool {
        self.entry == other.entry
    }
}

/// How a customer differs from what it was: the head first, then the entries as they stand now,
/// then those that are gone. Comments and order say nothing here.
pub fn differences<'c>(was: Option<&'c Customer>, now: Option<&'c Customer>) -> Vec<Difference> {
    let title = now.or(was).map_or("", Customer::name).to_owned();
    let heads = (was.map(|c| &c.head), now.map(|c| &c.head));
    let head = match heads {
        // A head without a word, as of a file that holds entries alone, is nothing to tell.
        (None, Some(head)) | (Some(head), None) if head.iter().next().is_none() => None,
        (was, now) => Difference::of(None, title, was, now),
    };
    let (old, new) = (by_id(was), by_id(now));
    let entries = |customer: Option<&'c Customer>| customer.map_or(&[][..], |c| &c.entries);
    let of = |entry: &Entry, was: Option<&Fields>, now: Option<&Fields>| {
        let id = (entry.kind.word().to_owned(), entry.key.to_string());
        Difference::of(Some(id), entry.line_text(), was, now)
    };
    let changed = entries(now).iter().filter_map(|entry| {
        let before = old.get(&id(entry)).map(|entry| &entry.fields);
        of(entry, before, Some(&entry.fields))
    });
    let gone = entries(was)
        .iter()
        .filter(|entry| !new.contains_key(&id(entry)))
        .filter_map(|entry| of(entry, Some(&entry.fields), None));
    head.into_iter().chain(changed).chain(gone).collect()
}

fn id(entry: &Entry) -> (&str, &str) {
    (entry.kind.word(), &entry.key)
}

fn by_id(customer: Option<&Customer>) -> HashMap<(&str, &str), &Entry> {
    let entries = customer.into_iter().flat_map(|customer| &customer.entries);
    // Of equal ids, as a broken file may have them, the first counts, as everywhere.
    entries.rev().map(|entry| (id(entry), entry)).collect()
}

/// What a merge did of its own: entries and fields that it left unlike any of its parents.
pub fn unlike_all(parents: &[Vec<Difference>]) -> Vec<Difference> {
    let Some((first, others)) = parents.split_first() else {
        return Vec::new();
    };
    let own = first.iter().filter_map(|difference| {
        let same: Vec<&Difference> = others
            .iter()
            .map(|other| other.iter().find(|d| d.is_of(difference)))
            .collect::<Option<_>>()?;
        let is_own = |edit: &&FieldEdit| {
            let differs = |d: &&Difference| d.fields.iter().any(|e| e.name == edit.name);
            same.iter().all(differs)
        };
        let fields: Vec<FieldEdit> = difference.fields.iter().filter(is_own).cloned().collect();
        (!fields.is_empty()).then(|| Difference {
            fields,
            ..difference.clone()
        })
    });
    own.collect()
}

/// A value as lines to be compared: the lines of a text, the items of a list.
pub fn value_lines(value: Option<&Value>) -> Vec<String> {
    match value {
        None => Vec::new(),
        Some(Value::Text(text)) => text.lines().map(str::to_owned).collect(),
        Some(Value::List(items)) => items.iter().map(Value::to_line).collect(),
        Some(other) => vec![other.to_line()],
    }
}
