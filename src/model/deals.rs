//! Deals: where they stand, how they were heard of, and how often we were asked early.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::brief::{deal_value, home_currency};
use super::customer::Customer;
use super::journal::Journal;
use super::kind::Kind;
use super::money::Money;

/// A deal.
#[derive(Clone, Debug)]
pub struct Deal {
    /// With whom.
    pub customer: Arc<Customer>,
    /// `customer:deal.key`
    pub place: String,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub status: String,
    /// How it was heard of; empty where that is not written down.
    pub heard: String,
    /// When it was opened.
    pub opened: Option<Date>,
    /// When it was decided.
    pub closed: Option<Date>,
    /// What it is worth.
    pub value: Option<Money>,
}

impl Deal {
    /// Whether we had a part in it before it was a request; `None` where nobody knows.
    pub fn is_early(&self) -> Option<bool> {
        match &*self.heard {
            "" | "unknown" => None,
            heard => Some(matches!(heard, "consulted" | "co-wrote")),
        }
    }
}

/// How many of some deals were heard of early: consulted or co-wrote, of those of which it is
/// known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// Consulted or co-wrote.
    pub early: usize,
    /// All of which it is known.
    pub known: usize,
}

/// All deals, and the rates.
#[derive(Clone, Debug, Default)]
pub struct Deals {
    /// The deals: open ones first, then the newest.
    pub rows: Vec<Deal>,
    /// Over all of them.
    pub rate: Rate,
    /// By the year they were opened in, oldest first.
    pub years: BTreeMap<i16, Rate>,
}

/// The deals up to today, of one customer or of all.
pub fn deals(journal: &Journal, customer: Option<&Customer>, today: Date) -> Deals {
    let customers = journal.customers.iter();
    let about = |other: &&Arc<Customer>| match customer {
        Some(customer) => customer.key == other.key,
        None => !other.is_ourselves(),
    };
    let mut rows: Vec<Deal> = customers
        .filter(about)
        .flat_map(|customer| customer.of(Kind::Deal).map(move |deal| (customer, deal)))
        .filter(|(_, deal)| deal.day().is_none_or(|day| day <= today))
        .map(|(customer, deal)| Deal {
            customer: Arc::clone(customer),
            place: format!("{}:{}", customer.key, deal.id()),
            title: deal.line_text(),
            status: deal.word("status").to_owned(),
            heard: deal.word("heard").to_owned(),
            opened: deal.day(),
            closed: deal.fields.day("closed"),
            value: deal_value(deal, home_currency(customer, &journal.settings)),
        })
        .collect();
    rows.sort_by_key(|deal| (deal.status != "open", Reverse(deal.opened)));
    let mut deals = Deals::default();
    for deal in &rows {
        let Some(is_early) = deal.is_early() else {
            continue;
        };
        deals.rate.count(is_early);
        if let Some(opened) = deal.opened {
            deals
                .years
                .entry(opened.year())
                .or_default()
                .count(is_early);
        }
    }
    Deals { rows, ..deals }
}

impl Rate {
    fn count(&mut self, is_early: bool) {
        self.known += 1;
        self.early += usize::from(is_early);
    }

    /// `2 of 3`
    pub fn words(self) -> String {
        format!("{} of {}", self.early, self.known)
    }
}

/// The rate and its trend over the last `most` years: `consulted or co-wrote: 5 of 9; 2024 1 of 3,
/// 2025 2 of 3`. `None` where it is known of no deal.
pub fn rate_words(deals: &Deals, most: usize) -> Option<String> {
    let Deals { rate, years, .. } = deals;
    if rate.known == 0 {
        return None;
    }
    let mut words = format!("consulted or co-wrote: {}", rate.words());
    let years: Vec<String> = years
        .iter()
        .skip(years.len().saturating_sub(most))
        .map(|(year, rate)| format!("{year} {}", rate.words()))
        .collect();
    if !years.is_empty() {
        words += &format!("; {}", years.join(", "));
    }
    Some(words)
}
