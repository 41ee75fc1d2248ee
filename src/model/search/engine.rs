//! From a query to what it finds, best first.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::query::{Atom, Query};
use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields};
use crate::model::fold::{fold, fold_map};

/// Something that was found. It holds on to the customer as it was searched, so that it can be
/// shown whatever happens to the journal meanwhile.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Whose it is.
    pub customer: Arc<Customer>,
    /// The place of the entry among the customer's; `None`: the customer's head.
    pub at: Option<u32>,
}

impl Hit {
    /// The entry; `None`: the customer's head.
    pub fn entry(&self) -> Option<&Entry> {
        self.customer.entries.get(self.at? as usize)
    }

    /// `customer:kind.key`, or the customer's key: what [`crate::model::journal::Journal::holds`]
    /// knows.
    pub fn place(&self) -> String {
        match self.entry() {
            Some(entry) => format!("{}:{}", self.customer.key, entry.id()),
            None => self.customer.key.to_string(),
        }
    }
}

/// What a query found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The best of it, best first.
    pub hits: Vec<Hit>,
    /// How much it found in all.
    pub total: usize,
    /// How many entries and customers were searched.
    pub searched: usize,
}

/// All that a query found, in the order of the journal.
#[derive(Clone, Debug, Default)]
pub struct Picked {
    /// Each customer with something in it: whether the head is, and the places of its entries.
    pub customers: Vec<(Arc<Customer>, bool, Vec<u32>)>,
}

/// Knows the journal, and answers queries.
#[derive(Debug, Default)]
pub struct Engine {
    customers: Vec<Arc<Customer>>,
}

impl Engine {
    /// Knows these customers from now on, and no others. What it knew of the same ones is kept.
    pub fn follow(&mut self, customers: &[Arc<Customer>]) {
        self.customers = customers.to_vec();
    }

    /// Knows these customers too, as while a journal is read.
    pub fn add(&mut self, customers: &[Arc<Customer>]) {
        self.customers.extend(customers.iter().cloned());
    }

    /// The best `limit` of what a query finds. `None`: `is_stale` said that nobody waits for it
    /// any more.
    pub fn search(
        &mut self,
        query: &Query,
        _today: Date,
        limit: usize,
        is_stale: &dyn Fn() -> bool,
    ) -> Option<Found> {
        let picked = self.pick(query, is_stale)?;
        let mut hits = Vec::new();
        for (customer, head, entries) in picked.customers {
            let heads = head.then_some(None).into_iter();
            hits.extend(heads.chain(entries.into_iter().map(Some)).map(|at| Hit {
                customer: Arc::clone(&customer),
                at,
            }));
        }
        let total = hits.len();
        hits.truncate(limit);
        Some(Found {
            hits,
            total,
            searched: self.searched(),
        })
    }

    /// All that a query finds.
    pub fn pick(&mut self, query: &Query, is_stale: &dyn Fn() -> bool) -> Option<Picked> {
        let mut found = Picked::default();
        for customer in &self.customers {
            if is_stale() {
                return None;
            }
            let head = finds(query, customer, None);
            let entries = (0u32..).zip(&customer.entries);
            let entries = entries.filter(|(_, entry)| finds(query, customer, Some(entry)));
            let entries: Vec<u32> = entries.map(|(at, _)| at).collect();
            if head || !entries.is_empty() {
                found.customers.push((Arc::clone(customer), head, entries));
            }
        }
        Some(found)
    }

    /// How many entries and customers it knows.
    pub fn searched(&self) -> usize {
        self.customers.iter().map(|c| c.entries.len() + 1).sum()
    }
}

fn finds(query: &Query, customer: &Customer, entry: Option<&Entry>) -> bool {
    let texts = |fields: &Fields| -> Vec<String> {
        fields
            .iter()
            .map(|(_, value)| fold(&value.to_line()))
            .collect()
    };
    let fields = texts(entry.map_or(&customer.head, |entry| &entry.fields));
    let name = fold(customer.name());
    query.clauses().iter().all(|clause| {
        let meets = |atom: &Atom| match atom {
            Atom::Test(test) => test.holds(customer, entry),
            Atom::Word(word) => word.is_in(&name) || fields.iter().any(|field| word.is_in(field)),
        };
        clause.any.iter().any(meets) != clause.not
    }) && !query.is_empty()
}

/// Where the words of a query stand in a text, for showing it: byte ranges, first to last, that
/// begin and end between graphemes and do not overlap.
pub fn highlights(query: &Query, text: &str) -> Vec<Range<usize>> {
    let folded = fold_map(text);
    let mut places: Vec<Range<usize>> = query.words().flat_map(|w| w.places(&folded)).collect();
    places.sort_by_key(|place| place.start);
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}
