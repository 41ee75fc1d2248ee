//! Customers who may come back: those who left or fell silent, the largest past trade first, each
//! with what has changed in our own service since then.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;

use super::age::{days_between, spoken_age};
use super::customer::Customer;
use super::entry::Entry;
use super::id::Reference;
use super::journal::Journal;
use super::kind::Kind;
use super::money::Totals;
use super::settings::Settings;
use super::worth::{self, Worth};

/// After how many days without a touch a customer counts as silent.
pub const SILENT_DAYS: i32 = 365;

/// How many changes a line names before it counts the rest.
const NAMED: usize = 3;

/// A customer who left or fell silent.
#[derive(Clone, Debug)]
pub struct Comeback {
    /// Who it is.
    pub customer: Arc<Customer>,
    /// Everything that was ever traded, per currency.
    pub total: Totals,
    /// The day of the last touch.
    pub last: Option<Date>,
    /// Days since then; `None`: no touch is written down.
    pub silent_days: Option<i32>,
    /// Why they left: `why` of the head, else the reason of the last deal that was lost, the real
    /// one before the one they gave.
    pub why_left: Option<String>,
    /// Who serves them now.
    pub supplier: Option<String>,
    /// When they next choose suppliers.
    pub review: Option<Date>,
    /// What changed in our service since they were last here: first what they themselves led to,
    /// then the rest, each in the order of time.
    pub changes: Vec<ServiceChange>,
}

/// A change of our own service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceChange {
    /// When.
    pub date: Date,
    /// What changed, in the owner's words.
    pub what: String,
    /// Whether its `because` names an entry of the customer in question.
    pub because_of_them: bool,
    /// `change.key`
    pub id: String,
    /// The key of the file that holds it.
    pub customer: Box<str>,
}

impl ServiceChange {
    /// `customer:change.key`
    pub fn place(&self) -> String {
        format!("{}:{}", self.customer, self.id)
    }
}

/// Those who left or fell silent: the status is `away`, or there was no touch for a year. Left
/// out are those with an open deal, and files in which nothing is written down at all.
///
/// In order of what was traded in the journal's own currency, then in others, then of silence,
/// the longest first.
pub fn comebacks(journal: &Journal, today: Date) -> Vec<Comeback> {
    let changes = service_changes(&journal.customers, today);
    let customers = journal.customers.iter();
    let mut rows: Vec<Comeback> = customers
        .filter_map(|customer| comeback(customer, &journal.settings, &changes, today))
        .collect();
    let home = worth::journal_currency(&journal.settings);
    rows.sort_by(|a, b| {
        worth::largest_first(&a.total, &b.total, &home)
            .then_with(|| Reverse(a.silent_days).cmp(&Reverse(b.silent_days)))
            .then_with(|| a.customer.key.cmp(&b.customer.key))
    });
    rows
}

/// One line about a comeback: `silent 3y 5m, 12.0M in all; changed since: 月額課金, 電話対応`.
/// `home` is the currency that needs no name.
pub fn words(comeback: &Comeback, home: &str, today: Date) -> String {
    let mut line = match comeback.last {
        Some(last) => format!("silent {}", spoken_age(last, today)),
        None => "no touch noted".to_owned(),
    };
    if !comeback.total.is_empty() {
        line += &format!(", {} in all", comeback.total.short(home));
    }
    if !comeback.changes.is_empty() {
        let named = comeback.changes.iter().take(NAMED);
        let named: Vec<&str> = named.map(|change| &*change.what).collect();
        line += &format!("; changed since: {}", named.join(", "));
        match comeback.changes.len().saturating_sub(NAMED) {
            0 => {}
            more => line += &format!(" and {more} more"),
        }
    }
    line
}

/// What else is known of a comeback, a line each: why they left, who serves them, when they
/// choose again.
pub fn details(comeback: &Comeback) -> Vec<(&'static str, String)> {
    let review = comeback.review.map(|day| day.to_string());
    [
        ("why they left", comeback.why_left.clone()),
        ("served by", comeback.supplier.clone()),
        ("choose again", review),
    ]
    .into_iter()
    .filter_map(|(label, text)| Some((label, text?)))
    .collect()
}

fn may_come_back(customer: &Customer, today: Date) -> bool {
    let is_blank = customer.entries.is_empty() && worth::volume(customer).next().is_none();
    if customer.is_ourselves() || is_blank || has_open_deal(customer, today) {
        return false;
    }
    let sign = customer
        .last_touch(today)
        .or_else(|| last_sign(customer, today));
    let silent = sign.and_then(|sign| days_between(sign, today));
    customer.status() == "away" || silent.is_some_and(|days| days >= SILENT_DAYS)
}

fn has_open_deal(customer: &Customer, today: Date) -> bool {
    let mut deals = customer.of(Kind::Deal);
    deals.any(|deal| deal.is_open() && deal.day().is_none_or(|day| day <= today))
}

/// The last day on which anything at all is known of a customer without a touch.
fn last_sign(customer: &Customer, today: Date) -> Option<Date> {
    let written = customer.entries.iter().filter_map(Entry::day);
    written
        .chain(last_trade(customer, today))
        .filter(|day| *day <= today)
        .max()
}

/// The last day on which something was traded, or might have been.
fn last_trade(customer: &Customer, today: Date) -> Option<Date> {
    let deals = customer.of(Kind::Deal).filter_map(worth::decided);
    let ends = worth::volume(customer).filter_map(|(year, _)| Date::new(year, 12, 31).ok());
    deals.chain(ends).filter(|day| *day <= today).max()
}

/// This customer as one who may come back, held against the changes of our service. `None`: they
/// are here.
pub fn comeback(
    customer: &Arc<Customer>,
    settings: &Settings,
    changes: &[OwnChange],
    today: Date,
) -> Option<Comeback> {
    if !may_come_back(customer, today) {
        return None;
    }
    let last = customer.last_touch(today);
    let since = last
        .or_else(|| last_trade(customer, today))
        .or_else(|| last_sign(customer, today));
    let mut since: Vec<ServiceChange> = changes
        .iter()
        .filter(|(_, _, date)| since.is_some_and(|since| *date > since))
        .map(|(file, change, date)| ServiceChange {
            date: *date,
            what: change.line_text(),
            because_of_them: names(change, &customer.key),
            id: change.id(),
            customer: file.key.clone(),
        })
        .collect();
    since.sort_by_key(|change| (!change.because_of_them, change.date));
    let head = |name: &str| customer.head.text(name).map(str::to_owned);
    Some(Comeback {
        customer: Arc::clone(customer),
        total: Worth::of(customer, settings, today).total(),
        last,
        silent_days: last.and_then(|last| days_between(last, today)),
        why_left: head("why").or_else(|| lost_reason(customer, today)),
        supplier: head("supplier"),
        review: customer.head.day("review"),
        changes: since,
    })
}

/// A change of our service: the file that holds it, the entry, its day.
pub type OwnChange<'c> = (&'c Customer, &'c Entry, Date);

/// The changes of our service up to today, in the order of the files, out of those that are our
/// own.
pub fn service_changes(customers: &[Arc<Customer>], today: Date) -> Vec<OwnChange<'_>> {
    let ours = customers.iter().filter(|c| c.is_ourselves());
    ours.flat_map(|file| file.of(Kind::Change).map(|change| (&**file, change)))
        .filter_map(|(file, change)| Some((file, change, change.day()?)))
        .filter(|(_, _, day)| *day <= today)
        .collect()
}

/// Whether a change says that it was made because of an entry of this customer.
fn names(change: &Entry, customer: &str) -> bool {
    let mut causes = change.fields.texts("because").filter_map(Reference::parse);
    causes.any(|cause| cause.customer.as_deref() == Some(customer))
}

/// The reason of the last lost deal that has one.
fn lost_reason(customer: &Customer, today: Date) -> Option<String> {
    let deals = customer.of(Kind::Deal);
    let lost = deals.filter(|deal| deal.word("status") == "lost");
    let reasons = lost.filter_map(|deal| {
        let reason = deal.fields.text("real-reason");
        let reason = reason.or_else(|| deal.fields.text("stated-reason"))?;
        Some((worth::decided(deal), reason))
    });
    let past = reasons.filter(|(day, _)| day.is_none_or(|day| day <= today));
    let (_, reason) = past.max_by_key(|(day, _)| *day)?;
    Some(reason.to_owned())
}
