//! What asks for a look at a customer: reasons in a fixed order of weight, never a score.

use jiff::civil::Date;

use super::age::{days_between, period_days};
use super::customer::Customer;
use super::entry::Entry;
use super::kind::Kind;
use super::settings::Settings;

/// What is open with a customer on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attention {
    /// Promises of ours that are due on or before the day.
    pub due: usize,
    /// Promises of either side that are neither kept nor dropped.
    pub promises: usize,
    /// Open concerns.
    pub concerns: usize,
    /// Open negotiations.
    pub negotiations: usize,
    /// Open deals.
    pub deals: usize,
    /// Days since the last touch; `None`: there was none.
    pub silent_days: Option<i32>,
    /// Days by which the last touch is older than the customer's cadence.
    pub overdue_days: Option<i32>,
}

impl Attention {
    /// What asks for a look at this customer on `today`.
    pub fn of(customer: &Customer, settings: &Settings, today: Date) -> Attention {
        let open = |kind| customer.of(kind).filter(|entry| entry.is_open());
        let is_due = |entry: &&Entry| {
            entry.word("by") == "us" && entry.fields.day("due").is_some_and(|due| due <= today)
        };
        let silent_days = customer
            .last_touch(today)
            .and_then(|last| days_between(last, today));
        let cadence = cadence_days(customer, settings);
        Attention {
            due: open(Kind::Promise).filter(is_due).count(),
            promises: open(Kind::Promise).count(),
            concerns: open(Kind::Concern).count(),
            negotiations: open(Kind::Negotiation).count(),
            deals: open(Kind::Deal).count(),
            silent_days,
            overdue_days: silent_days
                .zip(cadence)
                .map(|(silent, cadence)| silent - cadence)
                .filter(|over| *over > 0),
        }
    }

    /// The heaviest reason first: promises due, then what is open, then silence.
    pub fn weight(&self) -> (usize, usize, i32) {
        (
            self.due,
            self.concerns + self.negotiations,
            self.overdue_days.unwrap_or(0),
        )
    }

    /// How many things are due or open.
    pub fn open_count(&self) -> usize {
        self.due + self.concerns + self.negotiations
    }
}

/// How often to be in touch with a customer, in days: its own `cadence`, else by its status.
pub fn cadence_days(customer: &Customer, settings: &Settings) -> Option<i32> {
    let own = customer.head.text("cadence");
    period_days(own.or_else(|| settings.cadence(customer.status()))?)
}
