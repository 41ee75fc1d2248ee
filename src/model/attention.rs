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
    /// The earliest day on which a promise of ours is due, or we said we would ask again.
    pub next_due: Option<Date>,
    /// The day of the last touch.
    pub last_touch: Option<Date>,
    /// Days since the last touch; `None`: there was none.
    pub silent_days: Option<i32>,
    /// Days by which the last touch is older than the customer's cadence.
    pub overdue_days: Option<i32>,
}

impl Attention {
    /// What asks for a look at this customer on `today`.
    pub fn of(customer: &Customer, settings: &Settings, today: Date) -> Attention {
        let mut attention = Attention {
            next_due: customer.head.day("again"),
            last_touch: customer.last_touch(today),
            ..Attention::default()
        };
        for entry in customer.entries.iter().filter(|entry| entry.is_open()) {
            match entry.kind() {
                Some(Kind::Promise) => attention.promise(entry, today),
                Some(Kind::Concern) => attention.concerns += 1,
                Some(Kind::Negotiation) => attention.negotiations += 1,
                Some(Kind::Deal) => attention.deals += 1,
                _ => {}
            }
        }
        let last_touch = attention.last_touch;
        attention.silent_days = last_touch.and_then(|last| days_between(last, today));
        let cadence = cadence_days(customer, settings);
        let over = attention.silent_days.zip(cadence);
        attention.overdue_days = over
            .map(|(silent, cadence)| silent - cadence)
            .filter(|over| *over > 0);
        attention
    }

    fn promise(&mut self, promise: &Entry, today: Date) {
        self.promises += 1;
        let due = promise.fields.day("due");
        if let Some(due) = due.filter(|_| promise.word("by") == "us") {
            self.due += usize::from(due <= today);
            self.next_due = Some(self.next_due.map_or(due, |next| next.min(due)));
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
