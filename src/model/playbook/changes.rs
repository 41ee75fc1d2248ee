//! Changes of our own service: what, when, and because of whom; linked both ways.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Asked, place};
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::id::Reference;
use crate::model::kind::Kind;

/// A change of our own service.
#[derive(Clone, Debug)]
pub struct Change {
    /// `customer:change.key`
    pub place: String,
    /// When.
    pub date: Option<Date>,
    /// What changed.
    pub what: String,
    /// The entries that led to it, as written.
    pub causes: Vec<Cause>,
}

/// An entry that led to a change.
#[derive(Clone, Debug)]
pub struct Cause {
    /// Whose it is; `None` where the reference leads nowhere.
    pub customer: Option<Arc<Customer>>,
    /// `customer:kind.key`, or what is written where that is no reference.
    pub place: String,
    /// When it was heard.
    pub date: Option<Date>,
    /// In their words; empty where it leads nowhere.
    pub said: String,
}

/// A change, seen from what led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// `customer:change.key`
    pub place: String,
    /// When.
    pub date: Option<Date>,
    /// What changed.
    pub what: String,
}

impl Change {
    /// Whose entries led to it, each once: `アクメ商事, Cobalt Studio`.
    pub fn whose(&self) -> String {
        let mut names: Vec<&str> = Vec::new();
        for customer in self
            .causes
            .iter()
            .filter_map(|cause| cause.customer.as_ref())
        {
            if !names.contains(&customer.name()) {
                names.push(customer.name());
            }
        }
        names.join(", ")
    }
}

/// The changes up to today, newest first. Before a talk with a customer those that they led to.
pub fn changes(asked: &Asked) -> Vec<Change> {
    let mut changes = all(asked);
    if let Some(customer) = asked.customer {
        let of_them = |cause: &Cause| {
            let whose = cause.customer.as_ref();
            whose.is_some_and(|whose| whose.key == customer.key)
        };
        changes.retain(|change| change.causes.iter().any(of_them));
    }
    changes
}

/// For each entry that led to changes, by `customer:kind.key`, what it led to, newest first.
pub(super) fn links(asked: &Asked) -> BTreeMap<String, Vec<Link>> {
    let mut links: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    for change in all(asked) {
        for cause in change.causes {
            links.entry(cause.place).or_default().push(Link {
                place: change.place.clone(),
                date: change.date,
                what: change.what.clone(),
            });
        }
    }
    links
}

fn all(asked: &Asked) -> Vec<Change> {
    let files = asked.journal.customers.iter().filter(|c| c.is_ourselves());
    let mut changes: Vec<Change> = files
        .flat_map(|file| file.of(Kind::Change).map(move |entry| (file, entry)))
        .filter(|(_, entry)| entry.day().is_none_or(|day| day <= asked.today))
        .map(|(file, entry)| Change {
            place: place(file, entry),
            date: entry.day(),
            what: entry.line_text(),
            causes: entry
                .fields
                .texts("because")
                .map(|text| cause(asked, file, text))
                .collect(),
        })
        .collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.date));
    changes
}

fn cause(asked: &Asked, file: &Arc<Customer>, text: &str) -> Cause {
    let nowhere = |place: String| Cause {
        customer: None,
        place,
        date: None,
        said: String::new(),
    };
    let Some(to) = Reference::parse(text) else {
        return nowhere(text.to_owned());
    };
    let key = to.customer.clone().unwrap_or_else(|| file.key.to_string());
    let place = Reference::new(&to.kind, &to.key).of(&key).to_string();
    let customer = asked.journal.customer(&key);
    let entry = customer.and_then(|customer| customer.entry(&to.kind, &to.key));
    Cause {
        customer: customer.cloned(),
        date: entry.and_then(Entry::day),
        said: entry.map(Entry::line_text).unwrap_or_default(),
        ..nowhere(place)
    }
}
