//! The rows of today: one a customer with its weightiest reason, the others folded below it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::search::query::{Query, Test};
use crate::model::search::texts::Texts;
use crate::model::today::{Reason, Row, Rule, Today};
use crate::ui::widgets::text::{visible, width};

/// A reason by what it is about: rows come and go, and it is found again by this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub customer: Box<str>,
    rule: Rule,
    entry: Option<String>,
}

impl Key {
    pub fn of(customer: &Customer, reason: &Reason) -> Key {
        Key {
            customer: customer.key.clone(),
            rule: reason.rule,
            entry: reason.entry.clone(),
        }
    }

    fn is(&self, customer: &Customer, reason: &Reason) -> bool {
        (&self.customer, self.rule) == (&customer.key, reason.rule) && self.entry == reason.entry
    }
}

/// A row of the screen: a reason of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The place of the customer among the rows of [`Today`].
    row: usize,
    /// The place of the reason among the customer's.
    reason: usize,
    /// Whether it is the first one of the customer, which has the name.
    pub leads: bool,
    /// How many more are folded below it.
    pub folded: usize,
}

impl Line {
    /// Whose row it is, and what it says.
    pub fn of<'a>(&self, today: &'a Today) -> Option<(&'a Arc<Customer>, &'a Reason)> {
        let row = today.rows().get(self.row)?;
        Some((&row.customer, row.reasons.get(self.reason)?))
    }
}

/// The rows, and how many reasons they stand for.
#[derive(Debug, Default)]
pub struct Lines {
    /// From top to bottom.
    pub lines: Vec<Line>,
    /// The reasons that fit, also the folded ones.
    pub shown: usize,
    /// All reasons.
    pub all: usize,
    /// The cells of the widest name.
    pub widest: usize,
    known: HashMap<Box<str>, Known>,
}

/// What a filter looks into, made once for a customer and its reasons.
#[derive(Debug)]
struct Known {
    reasons: Arc<[Reason]>,
    customer: Arc<Customer>,
    texts: Vec<Texts>,
}

impl Known {
    fn of(row: &Row) -> Known {
        let customer = &row.customer;
        let head = &customer.head;
        let mut names = vec![customer.name(), &*customer.key, customer.status()];
        names.extend(head.text("reading"));
        names.extend(head.texts("aliases"));
        names.extend(head.texts("tags"));
        let texts = row.reasons.iter().map(|reason| {
            let own = [reason.text.as_str(), reason.rule.name()];
            Texts::new(names.iter().copied().chain(own))
        });
        Known {
            texts: texts.collect(),
            reasons: Arc::clone(&row.reasons),
            customer: Arc::clone(customer),
        }
    }

    fn is_of(&self, row: &Row) -> bool {
        Arc::ptr_eq(&self.reasons, &row.reasons) && Arc::ptr_eq(&self.customer, &row.customer)
    }
}

impl Lines {
    /// Makes them anew. `opened`: the customers whose other reasons are seen.
    pub(super) fn fill(&mut self, today: &Today, opened: &HashSet<Box<str>>, wanted: &Query) {
        self.lines.clear();
        (self.shown, self.all, self.widest) = (0, 0, 0);
        for (place, row) in today.rows().iter().enumerate() {
            self.all += row.reasons.len();
            let fitting = self.fitting(row, wanted);
            let Some((first, others)) = fitting.split_first() else {
                continue;
            };
            self.shown += fitting.len();
            self.widest = self.widest.max(width(&visible(row.customer.name())));
            let is_open = opened.contains(&row.customer.key);
            let line = |reason: &usize, leads, folded| Line {
                row: place,
                reason: *reason,
                leads,
                folded,
            };
            let folded = if is_open { 0 } else { others.len() };
            self.lines.push(line(first, true, folded));
            let seen = others.iter().filter(|_| is_open);
            self.lines.extend(seen.map(|other| line(other, false, 0)));
        }
    }

    /// The places of the reasons that a query finds.
    fn fitting(&mut self, row: &Row, wanted: &Query) -> Vec<usize> {
        let all = 0..row.reasons.len();
        if wanted.is_empty() {
            return all.collect();
        }
        let known = match self.known.remove(&row.customer.key) {
            Some(known) if known.is_of(row) => known,
            _ => Known::of(row),
        };
        let fits = |at: &usize| {
            let reason = row.reasons.get(*at);
            let entry = reason.and_then(|reason| entry(&row.customer, reason));
            let test = |test: &Test| {
                test.holds(&row.customer, None)
                    || entry.is_some() && test.holds(&row.customer, entry)
            };
            let texts = known.texts.get(*at);
            texts.is_some_and(|texts| texts.meet(wanted, test))
        };
        let fitting = all.filter(fits).collect();
        self.known.insert(row.customer.key.clone(), known);
        fitting
    }

    /// The row of a reason.
    pub(super) fn find(&self, key: &Key, today: &Today) -> Option<usize> {
        self.lines.iter().position(|line| {
            line.of(today)
                .is_some_and(|(customer, reason)| key.is(customer, reason))
        })
    }

    /// The first row of the customer whose row it is.
    pub(super) fn lead(&self, at: usize) -> usize {
        let above = self.lines.iter().take(at + 1);
        above.into_iter().rposition(|line| line.leads).unwrap_or(0)
    }
}

/// The entry that a reason rests on.
pub(super) fn entry<'a>(customer: &'a Customer, reason: &Reason) -> Option<&'a Entry> {
    let (kind, key) = reason.entry.as_deref()?.split_once('.')?;
    customer.entry(kind, key)
}
