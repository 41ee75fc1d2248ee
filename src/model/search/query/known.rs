//! What a journal has to offer for the fields of a query.

use std::collections::HashMap;
use std::sync::Arc;

use super::field;
use crate::model::customer::Customer;
use crate::model::entry::{Entry, KindWord};
use crate::model::kind::{COMMON, Field, HEAD, Kind};
use crate::model::settings::Settings;

/// The words of one journal, gathered once for a snapshot of it. Those that are used most stand
/// first, but for customers, who stand in the order of the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub(super) tags: Vec<Named>,
    pub(super) deals: Vec<Named>,
    pub(super) people: Vec<Named>,
    pub(super) customers: Vec<Named>,
    pub(super) groups: Vec<Named>,
    /// Kinds of the owner's making, and channels.
    pub(super) kinds: Vec<Named>,
    /// The words that are offered for a field, with the journal's own.
    words: Vec<(&'static str, Vec<String>)>,
}

/// A value, and what else it is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub value: String,
    pub also: Vec<String>,
}

impl Named {
    pub fn new(value: &str, also: &[&str]) -> Named {
        let also = also
            .iter()
            .filter(|also| !also.is_empty() && **also != value);
        Named {
            value: value.to_owned(),
            also: also.map(|also| (*also).to_owned()).collect(),
        }
    }
}

impl Known {
    /// What these customers and the settings of their journal have to offer.
    pub fn of(customers: &[Arc<Customer>], settings: &Settings) -> Known {
        let mut counts = Counts::default();
        let mut known = Known {
            words: words(settings),
            ..Known::default()
        };
        for customer in customers {
            let aliases = customer.head.texts("aliases");
            let also: Vec<&str> = [customer.name(), customer.stem()]
                .into_iter()
                .chain(aliases)
                .chain(customer.head.text("reading"))
                .collect();
            known.customers.push(Named::new(&customer.key, &also));
            counts.groups.add(customer.group(), &[]);
            for tag in customer.head.texts("tags") {
                counts.tags.add(tag, &[]);
            }
            for entry in &customer.entries {
                counts.entry(entry);
            }
        }
        known.tags = counts.tags.sorted();
        known.deals = counts.deals.sorted();
        known.people = counts.people.sorted();
        known.groups = counts.groups.sorted();
        known.kinds = counts.kinds.sorted();
        known
    }

    /// The words that are offered for a field.
    pub(super) fn words(&self, field: &str) -> impl Iterator<Item = &str> {
        let words = self.words.iter().filter(move |(name, _)| *name == field);
        words.flat_map(|(_, words)| words).map(String::as_str)
    }
}

/// The built-in words of each field and the journal's own, each once.
fn words(settings: &Settings) -> Vec<(&'static str, Vec<String>)> {
    let of = |owner: &'static str, fields: &'static [Field]| fields.iter().map(move |f| (owner, f));
    let kinds = Kind::ALL.into_iter();
    let kinds =
        kinds.flat_map(|kind| of(kind.word(), kind.fields()).chain(of(kind.word(), COMMON)));
    let mut all: Vec<(&'static str, Vec<String>)> = Vec::new();
    for (owner, field) in kinds.chain(of("customer", HEAD)) {
        let offered = settings.words(owner, field);
        if offered.is_empty() || field::asks(field.name).is_none() {
            continue;
        }
        let at = all.iter().position(|(name, _)| *name == field.name);
        let at = at.unwrap_or_else(|| {
            all.push((field.name, Vec::new()));
            all.len() - 1
        });
        let Some((_, words)) = all.get_mut(at) else {
            continue;
        };
        for word in offered {
            if !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
    }
    all
}

#[derive(Default)]
struct Counts {
    tags: Count,
    deals: Count,
    people: Count,
    groups: Count,
    kinds: Count,
}

impl Counts {
    fn entry(&mut self, entry: &Entry) {
        let fields = &entry.fields;
        for tag in fields.texts("tags") {
            self.tags.add(tag, &[]);
        }
        match &entry.kind {
            KindWord::Known(Kind::Contact) => {
                let name = fields.text("name").unwrap_or(&entry.key);
                let reading = fields.text("reading").unwrap_or_default();
                self.people.add(name, &[reading, &entry.key]);
            }
            KindWord::Known(Kind::Deal) => {
                let title = fields.text("title").unwrap_or_default();
                self.deals.add(&entry.key, &[title]);
            }
            KindWord::Known(Kind::Interaction) => {
                self.kinds
                    .add(fields.text("channel").unwrap_or_default(), &[]);
            }
            KindWord::Known(_) => {}
            KindWord::Other(word) => self.kinds.add(word, &[]),
        }
        for person in fields.texts("with").chain(fields.text("from")) {
            self.people.add(person, &[]);
        }
    }
}

/// How often each value was met.
#[derive(Default)]
struct Count {
    values: HashMap<String, (usize, Named)>,
}

impl Count {
    fn add(&mut self, value: &str, also: &[&str]) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        match self.values.get_mut(value) {
            Some((count, named)) => {
                *count += 1;
                if named.also.is_empty() && !also.is_empty() {
                    *named = Named::new(value, also);
                }
            }
            None => {
                let named = Named::new(value, also);
                self.values.insert(value.to_owned(), (1, named));
            }
        }
    }

    /// The most met first, then by the alphabet.
    fn sorted(self) -> Vec<Named> {
        let mut sorted: Vec<(usize, Named)> = self.values.into_values().collect();
        sorted.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.value.cmp(&other.value)));
        sorted.into_iter().map(|(_, named)| named).collect()
    }
}
