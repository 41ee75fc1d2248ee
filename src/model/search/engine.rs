//! From a query to what it finds, best first.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::index::Part;
use super::query::Query;
use super::rank::{Best, Ranked};
use super::scan::{Plan, Sheet};
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::fold::fold_map;

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
    /// By the keys of the customers.
    parts: Vec<Arc<Part>>,
}

impl Engine {
    /// Knows these customers from now on, and no others. What it knew of the same ones is kept.
    pub fn follow(&mut self, customers: &[Arc<Customer>]) {
        let known: HashMap<*const Customer, Arc<Part>> = self
            .parts
            .drain(..)
            .map(|part| (Arc::as_ptr(&part.customer), part))
            .collect();
        let part = |customer: &Arc<Customer>| match known.get(&Arc::as_ptr(customer)) {
            Some(part) => Arc::clone(part),
            None => Arc::new(Part::new(customer)),
        };
        self.parts = customers.iter().map(part).collect();
        self.in_order();
    }

    /// Knows these customers too, as while a journal is read.
    pub fn add(&mut self, customers: &[Arc<Customer>]) {
        let parts = customers
            .iter()
            .map(|customer| Arc::new(Part::new(customer)));
        self.parts.extend(parts);
        self.in_order();
    }

    fn in_order(&mut self) {
        self.parts
            .sort_by(|a, b| a.customer.key.cmp(&b.customer.key));
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
        let mut best = Best::new(limit);
        self.each(query, is_stale, |part, at, doc, points| {
            best.push(Ranked {
                points,
                order: part.order(doc),
                part: at,
                doc: u32::try_from(doc).unwrap_or(u32::MAX),
            });
        })?;
        let total = best.total;
        let hit = |found: Ranked| {
            let part = self.parts.get(found.part as usize)?;
            Some(Hit {
                customer: Arc::clone(&part.customer),
                at: found.doc.checked_sub(1),
            })
        };
        Some(Found {
            hits: best.into_sorted().into_iter().filter_map(hit).collect(),
            total,
            searched: self.searched(),
        })
    }

    /// All that a query finds.
    pub fn pick(&mut self, query: &Query, is_stale: &dyn Fn() -> bool) -> Option<Picked> {
        let mut found = Picked::default();
        let mut last = None;
        self.each(query, is_stale, |part, at, doc, _| {
            if last != Some(at) {
                last = Some(at);
                let customer = Arc::clone(&part.customer);
                found.customers.push((customer, false, Vec::new()));
            }
            let Some((_, head, entries)) = found.customers.last_mut() else {
                return;
            };
            match doc.checked_sub(1) {
                Some(entry) => entries.extend(u32::try_from(entry)),
                None => *head = true,
            }
        })?;
        Some(found)
    }

    fn each(
        &self,
        query: &Query,
        is_stale: &dyn Fn() -> bool,
        mut found: impl FnMut(&Part, u32, usize, u16),
    ) -> Option<()> {
        if query.is_empty() {
            return Some(());
        }
        let plan = Plan::new(query);
        let mut sheet = Sheet::default();
        for (at, part) in (0_u32..).zip(&self.parts) {
            if is_stale() {
                return None;
            }
            sheet.meet(part, &plan, |doc, points| found(part, at, doc, points));
        }
        Some(())
    }

    /// How many entries and customers it knows.
    pub fn searched(&self) -> usize {
        self.parts.iter().map(|part| part.len()).sum()
    }

    /// How many bytes the index takes beside the journal itself.
    pub fn bytes(&self) -> usize {
        self.parts.iter().map(|part| part.bytes()).sum()
    }
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
