//! The entries that a search found, as the only ones that are shown.

use std::collections::HashMap;
use std::sync::Arc;

use super::item::HEAD;
use crate::model::customer::Customer;
use crate::model::search::engine::Picked;
use crate::model::search::query::Query;

/// What a search found. Two of them are the same only where one is a copy of the other.
#[derive(Clone, Debug)]
pub struct Only(Arc<Chosen>);

#[derive(Debug)]
struct Chosen {
    typed: String,
    query: Query,
    picked: HashMap<Box<str>, Place>,
}

/// What was found of one customer: as it was then, its head, the places of its entries.
type Place = (Arc<Customer>, bool, Vec<u32>);

impl PartialEq for Only {
    fn eq(&self, other: &Only) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Only {}

impl Only {
    /// What a query found, and how the query was typed.
    pub fn new(typed: &str, query: Query, picked: Picked) -> Only {
        let picked = picked.customers.into_iter();
        let picked = picked.map(|place| (place.0.key.clone(), place));
        Only(Arc::new(Chosen {
            typed: typed.to_owned(),
            query,
            picked: picked.collect(),
        }))
    }

    /// What was looked for, as it was typed.
    pub fn typed(&self) -> &str {
        &self.0.typed
    }

    /// What was looked for.
    pub fn query(&self) -> &Query {
        &self.0.query
    }

    /// What was found of a customer; `None`: nothing.
    pub fn of<'a>(&'a self, now: &'a Customer) -> Option<OnlyOf<'a>> {
        let found = self.0.picked.get(&now.key)?;
        Some(OnlyOf { found, now })
    }
}

/// What was found of one customer.
#[derive(Clone, Copy, Debug)]
pub struct OnlyOf<'a> {
    found: &'a Place,
    now: &'a Customer,
}

impl OnlyOf<'_> {
    /// Whether the entry at this place of the customer's file was found, or with [`HEAD`] its
    /// head. Where the file is another one since, an entry is known by its kind and key.
    pub fn has(&self, place: u32) -> bool {
        let (then, head, places) = self.found;
        if place == HEAD {
            return *head;
        }
        if std::ptr::eq(&**then, self.now) {
            return places.binary_search(&place).is_ok();
        }
        let Some(entry) = self.now.entries.get(place as usize) else {
            return false;
        };
        let found = places
            .iter()
            .filter_map(|at| then.entries.get(*at as usize));
        found
            .into_iter()
            .any(|found| found.is(entry.kind.word(), &entry.key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entry::{Entry, Fields, KindWord};

    fn customer(keys: &[&str]) -> Arc<Customer> {
        let entry = |key: &&str| Entry {
            kind: KindWord::of("concern"),
            key: (*key).into(),
            fields: Fields::default(),
            line: 1,
        };
        Arc::new(Customer {
            key: "acme".into(),
            entries: keys.iter().map(entry).collect(),
            ..Customer::default()
        })
    }

    #[test]
    fn an_entry_is_known_again_where_the_file_is_another_one_since() {
        let then = customer(&["a", "b", "c"]);
        let picked = Picked {
            customers: vec![(Arc::clone(&then), false, vec![0, 2])],
            ..Picked::default()
        };
        let only = Only::new("x", Query::default(), picked);
        let found = |customer: &Customer| -> Vec<bool> {
            let of = only.of(customer).unwrap();
            (0..4).chain([HEAD]).map(|place| of.has(place)).collect()
        };
        assert_eq!(found(&then), [true, false, true, false, false]);
        let now = customer(&["new", "c", "b", "a"]);
        assert_eq!(found(&now), [false, true, false, true, false]);
        let other = Customer {
            key: "borealis".into(),
            ..Customer::default()
        };
        assert!(only.of(&other).is_none());
    }
}
