//! Those who said "not now": when to ask again, and what was said then. A refusal is a date, not
//! an end.

use std::sync::Arc;

use jiff::civil::Date;

use super::age::{days_between, spoken_age};
use super::customer::Customer;
use super::entry::Entry;
use super::journal::Journal;
use super::kind::Kind;
use super::worth::decided;

/// A customer, deal or negotiation that was put off.
#[derive(Clone, Debug)]
pub struct NotNow {
    /// Whose it is.
    pub customer: Arc<Customer>,
    /// `kind.key` of what was put off; `None`: the customer as such.
    pub id: Option<String>,
    /// `not-now`, `away`, `lost`, `no-deal`: how the file says it.
    pub state: String,
    /// What was put off: a deal's title, a request; empty for a customer as such.
    pub what: String,
    /// When it was put off, where that is known.
    pub said: Option<Date>,
    /// When to ask again.
    pub again: Option<Date>,
    /// Why, in their words.
    pub reason: Option<String>,
    /// Who serves them now.
    pub supplier: Option<String>,
    /// When they next choose suppliers.
    pub review: Option<Date>,
}

impl NotNow {
    /// The customer's key, or `customer:kind.key`.
    pub fn place(&self) -> String {
        match &self.id {
            Some(id) => format!("{}:{id}", self.customer.key),
            None => self.customer.key.to_string(),
        }
    }

    /// Whether the day to ask again has come.
    pub fn is_reached(&self, today: Date) -> bool {
        self.again.is_some_and(|again| again <= today)
    }
}

/// All that was put off: customers who are `not-now`, and those who are `away` with a date; deals
/// and negotiations that are `not-now`, and refused ones with a date. A touch since closes it: on
/// or after the day to ask again, or, without one, after it was put off.
///
/// First what can be asked now, the longest waiting on top, then what is to come, then what has
/// no day.
pub fn not_now(journal: &Journal, today: Date) -> Vec<NotNow> {
    let customers = journal.customers.iter();
    let theirs = customers.filter(|customer| !customer.is_ourselves());
    let mut rows: Vec<NotNow> = theirs.flat_map(|customer| of(customer, today)).collect();
    rows.sort_by_key(|row| (row.again.is_none(), row.again));
    rows
}

/// Whether it can be asked now, and if not, when: `since 6d`, `in 8w`, `no day`.
pub fn when(row: &NotNow, today: Date) -> String {
    match row.again {
        None => "no day".to_owned(),
        Some(again) if again == today => "today".to_owned(),
        Some(again) if again < today => format!("since {}", spoken_age(again, today)),
        Some(again) => format!("in {}", spoken_age(today, again)),
    }
}

/// What was put off, and by what word: `Web renewal, not-now`.
pub fn words(row: &NotNow) -> String {
    match &*row.what {
        "" => row.state.clone(),
        what => format!("{what}, {}", row.state),
    }
}

/// Why, and who serves them now: `来期予算で; served by a cousin; they choose again 2027-03-31`.
pub fn behind(row: &NotNow) -> String {
    let supplier = row.supplier.as_ref();
    let review = row.review;
    let parts = [
        row.reason.clone(),
        supplier.map(|supplier| format!("served by {supplier}")),
        review.map(|day| format!("they choose again {day}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn of(customer: &Arc<Customer>, today: Date) -> Vec<NotNow> {
    let entries = customer.entries.iter();
    let mut rows: Vec<NotNow> = entries
        .filter_map(|entry| put_off(customer, entry, today))
        .collect();
    let head = head(customer, today);
    // Where something of theirs is in the list, a status alone adds nothing to it.
    rows.extend(head.filter(|head| head.again.is_some() || rows.is_empty()));
    rows
}

/// The customer as such.
fn head(customer: &Arc<Customer>, today: Date) -> Option<NotNow> {
    let again = customer.head.day("again");
    let waits = match customer.status() {
        "not-now" => true,
        "away" => again.is_some(),
        _ => false,
    };
    let came_back = again.is_some_and(|again| has_touch(customer, again, today));
    (waits && !came_back).then(|| NotNow {
        id: None,
        state: customer.status().to_owned(),
        what: String::new(),
        said: None,
        again,
        reason: customer.head.text("why").map(str::to_owned),
        ..NotNow::about(customer)
    })
}

/// A deal or negotiation of theirs.
fn put_off(customer: &Arc<Customer>, entry: &Entry, today: Date) -> Option<NotNow> {
    let (state, said, reasons) = match entry.kind()? {
        Kind::Deal => ("status", decided(entry), ["stated-reason", "real-reason"]),
        Kind::Negotiation => ("result", entry.day(), ["learned", "notes"]),
        _ => return None,
    };
    let state = entry.word(state);
    let again = entry.fields.day("again");
    let waits = match state {
        "not-now" => true,
        "lost" | "withdrawn" | "no-deal" => again.is_some(),
        _ => false,
    };
    let came_back = match (again, said.and_then(|said| said.tomorrow().ok())) {
        (Some(again), _) => has_touch(customer, again, today),
        (None, Some(after)) => has_touch(customer, after, today),
        (None, None) => false,
    };
    if !waits || came_back || said.is_some_and(|said| said > today) {
        return None;
    }
    let mut reasons = reasons
        .into_iter()
        .filter_map(|name| entry.fields.text(name));
    Some(NotNow {
        id: Some(entry.id()),
        state: state.to_owned(),
        what: entry.line_text(),
        said,
        again,
        reason: reasons.next().map(first_line),
        ..NotNow::about(customer)
    })
}

impl NotNow {
    /// What the head of the file says to it.
    fn about(customer: &Arc<Customer>) -> NotNow {
        NotNow {
            customer: Arc::clone(customer),
            id: None,
            state: String::new(),
            what: String::new(),
            said: None,
            again: None,
            reason: None,
            supplier: customer.head.text("supplier").map(str::to_owned),
            review: customer.head.day("review"),
        }
    }
}

/// Whether there was a touch from a day on, up to today.
fn has_touch(customer: &Customer, from: Date, today: Date) -> bool {
    let last = customer.last_touch(today);
    last.and_then(|last| days_between(from, last))
        .is_some_and(|days| days >= 0)
}

fn first_line(text: &str) -> String {
    let mut lines = text.lines().map(str::trim);
    lines.find(|line| !line.is_empty()).unwrap_or("").to_owned()
}
