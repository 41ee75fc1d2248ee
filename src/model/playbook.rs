//! What to know before the next negotiation: what was given and got and what it taught, what
//! worries customers and what settled it, what changed in our own service and because of whom.
//!
//! A no-deal is a result like any other and never counted as a loss. Entries of a later day than
//! today do not count yet.

pub mod changes;
pub mod concerns;
pub mod given;
pub mod levers;
pub mod outcomes;
pub mod table;
pub mod tables;

pub use levers::untried_levers;

use std::sync::Arc;

use jiff::civil::Date;

use super::customer::Customer;
use super::entry::Entry;
use super::journal::Journal;
use super::kind::Kind;

/// What the playbook is asked: the journal, the day, and the customer whom it is to fit.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// All customers.
    pub journal: &'a Journal,
    /// The day that counts as today.
    pub today: Date,
    /// Before a talk with this one; `None`: all that is known.
    pub customer: Option<&'a Customer>,
}

impl<'a> Asked<'a> {
    /// What was written down of a kind up to today, newest first, what has no day at the end: of
    /// the customer in question, or of all.
    fn theirs(&self, kind: Kind) -> Vec<(&'a Arc<Customer>, &'a Entry)> {
        let mut all = self.everyones(kind);
        all.retain(|(customer, _)| self.is_about(customer));
        all
    }

    /// The same of all customers.
    fn everyones(&self, kind: Kind) -> Vec<(&'a Arc<Customer>, &'a Entry)> {
        let customers = self.journal.customers.iter();
        let mut all: Vec<(&Arc<Customer>, &Entry)> = customers
            .filter(|customer| !customer.is_ourselves())
            .flat_map(|customer| customer.of(kind).map(move |entry| (customer, entry)))
            .filter(|(_, entry)| entry.day().is_none_or(|day| day <= self.today))
            .collect();
        all.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.day()));
        all
    }

    /// Whether a customer is the one in question, or all are.
    fn is_about(&self, customer: &Customer) -> bool {
        self.customer.is_none_or(|asked| asked.key == customer.key)
    }
}

/// `customer:kind.key`
fn place(customer: &Customer, entry: &Entry) -> String {
    format!("{}:{}", customer.key, entry.id())
}

/// `アクメ商事 2026-11-21`
fn whose(customer: &Customer, day: Option<Date>) -> String {
    match day {
        Some(day) => format!("{} {day}", customer.name()),
        None => customer.name().to_owned(),
    }
}
