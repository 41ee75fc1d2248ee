//! Whom to turn to today, and why: reasons in the customer's own words, never a score.
//!
//! The rules are those of `docs/today.md`. Each reason rests on an entry where there is one, can
//! be made quiet, and says what may be done about it.

mod due;
mod habits;
mod quiet;
mod rule;
mod seen;
mod ties;
mod wins;
mod words;

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;

use super::comebacks::{OwnChange, comeback, service_changes};
use super::customer::Customer;
use super::journal::Journal;
use super::settings::Settings;
use super::share::share;

pub use quiet::{NotUntil, quiet_day, quiet_key, quiet_until};
pub use rule::{Act, Mark, Rule};
use seen::Seen;

/// Why to turn to a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which rule speaks.
    pub rule: Rule,
    /// `kind.key` of the entry that it rests on.
    pub entry: Option<String>,
    /// The reason, on one line.
    pub text: String,
    /// The day of what was written last about it, or on which it began to hold: a dismissal of
    /// that day or later silences it.
    pub since: Option<Date>,
    /// What weighs more under the same rule, the higher the more: most often days.
    pub weight: i32,
}

/// A customer, and the reasons to turn to it, the weightiest first.
#[derive(Clone, Debug)]
pub struct Row {
    /// Who.
    pub customer: Arc<Customer>,
    /// Why.
    pub reasons: Arc<[Reason]>,
}

/// The rows of a day. Kept from one change of the journal to the next, only customers that
/// changed are looked at again.
#[derive(Debug, Default)]
pub struct Today {
    day: Option<Date>,
    settings: Settings,
    /// Our own files, which all customers are held against.
    ours: Vec<Arc<Customer>>,
    /// Each customer as it was looked at, in the order of their keys.
    known: Vec<Row>,
    rows: Vec<Row>,
}

impl Today {
    /// The rows of a journal on a day.
    pub fn of(journal: &Journal, today: Date) -> Today {
        let mut all = Today::default();
        all.follow(journal, today);
        all
    }

    /// Takes in what has changed.
    pub fn follow(&mut self, journal: &Journal, today: Date) {
        let ours: Vec<Arc<Customer>> = (journal.customers.iter())
            .filter(|customer| customer.is_ourselves())
            .cloned()
            .collect();
        let are_ours = ours.len() == self.ours.len()
            && ours
                .iter()
                .zip(&self.ours)
                .all(|(new, old)| Arc::ptr_eq(new, old));
        if self.day != Some(today) || self.settings != journal.settings || !are_ours {
            *self = Today {
                day: Some(today),
                settings: journal.settings.clone(),
                ours,
                ..Today::default()
            };
        }
        let ours = self.ours.clone();
        let world = World {
            settings: &journal.settings,
            days: Rule::ALL.map(|rule| {
                let own = journal.settings.days(rule.name());
                own.or(rule.days()).unwrap_or(0)
            }),
            changes: &service_changes(&ours, today),
            today,
        };
        let customers = journal.customers.iter().filter(|c| !c.is_ourselves());
        let mut before = std::mem::take(&mut self.known).into_iter().peekable();
        let mut changed = Vec::new();
        for customer in customers {
            while before
                .next_if(|row| row.customer.key < customer.key)
                .is_some()
            {}
            let same = before.next_if(|row| Arc::ptr_eq(&row.customer, customer));
            self.known.push(same.unwrap_or_else(|| {
                changed.push(self.known.len());
                Row {
                    customer: Arc::clone(customer),
                    reasons: Arc::default(),
                }
            }));
        }
        for (at, reasons) in looked_at(&self.known, &changed, &world) {
            if let Some(row) = self.known.get_mut(at) {
                row.reasons = reasons.into();
            }
        }
        let with_reasons = self.known.iter().filter(|row| !row.reasons.is_empty());
        self.rows = with_reasons.cloned().collect();
        let weight = |row: &Row| {
            let first = row.reasons.first();
            first.map(|first| (first.rule, Reverse(first.weight)))
        };
        self.rows
            .sort_by(|a, b| (weight(a), &a.customer.key).cmp(&(weight(b), &b.customer.key)));
    }

    /// A row for each customer that there is a reason for, the weightiest first.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Each reason with its customer, the weightiest first.
    pub fn each(&self) -> Vec<(&Arc<Customer>, &Reason)> {
        let rows = self.rows.iter();
        let mut each: Vec<(&Arc<Customer>, &Reason)> = rows
            .flat_map(|row| row.reasons.iter().map(|reason| (&row.customer, reason)))
            .collect();
        each.sort_by_key(|(customer, reason)| (reason.rule, Reverse(reason.weight), &customer.key));
        each
    }

    /// The reasons to turn to a customer, the weightiest first.
    pub fn of_customer(&self, customer: &str) -> &[Reason] {
        let by_key = |row: &Row| (*row.customer.key).cmp(customer);
        let known = self.known.binary_search_by(by_key).ok();
        let known = known.and_then(|at| self.known.get(at));
        known.map_or(&[], |row| &row.reasons)
    }

    /// How many reasons a customer gives.
    pub fn count(&self, customer: &str) -> usize {
        self.of_customer(customer).len()
    }
}

/// The reasons of these rows, each with its place.
fn looked_at(rows: &[Row], places: &[usize], world: &World) -> Vec<(usize, Vec<Reason>)> {
    let row = |at: usize| {
        places
            .get(at)
            .and_then(|place| Some((*place, rows.get(*place)?)))
    };
    let all = (0..places.len()).filter_map(row);
    let entries: usize = all.map(|(_, row)| row.customer.entries.len()).sum();
    let look = |made: &mut Vec<(usize, Vec<Reason>)>, at: usize| {
        if let Some((place, row)) = row(at) {
            made.push((place, reasons(&row.customer, world)));
        }
    };
    let made = share(places.len(), entries * ENTRY_BYTES, &|| false, &look);
    made.into_iter().flatten().flatten().collect()
}

/// About what an entry takes in a file.
const ENTRY_BYTES: usize = 400;

/// What a customer is held against.
struct World<'a> {
    settings: &'a Settings,
    /// The days that each rule counts by, in the order of [`Rule::ALL`].
    days: [i32; Rule::ALL.len()],
    changes: &'a [OwnChange<'a>],
    today: Date,
}

/// The reasons to turn to a customer that are not quiet, the weightiest first.
fn reasons(customer: &Arc<Customer>, world: &World) -> Vec<Reason> {
    let seen = Seen::new(customer, world);
    let mut reasons = Vec::new();
    due::reasons(&seen, &mut reasons);
    ties::reasons(&seen, &mut reasons);
    wins::reasons(&seen, &mut reasons);
    habits::reasons(&seen, &mut reasons);
    if seen.may_be_gone() {
        let comeback = comeback(customer, world.settings, world.changes, world.today);
        reasons.extend(comeback.and_then(|comeback| ties::comeback(&seen, &comeback)));
    }
    if quiet::has_any(customer) {
        reasons.retain(|reason| !quiet::is_quiet(customer, reason, world.today));
    }
    let weight = |reason: &Reason| (reason.rule, Reverse(reason.weight));
    reasons.sort_by(|a, b| (weight(a), &a.entry).cmp(&(weight(b), &b.entry)));
    reasons
}
