//! What was traded with a customer, by year; and how customers are put in order by it.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::brief::{amount_of, deal_value, home_currency};
use super::customer::Customer;
use super::entry::Entry;
use super::kind::Kind;
use super::money::{Amount, Money, Totals};
use super::settings::Settings;
use super::value::ValueRef;

/// Won deals and the trade older than the journal (`[volume]`), up to a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    /// By the year a deal was closed in, else opened; oldest first.
    pub years: BTreeMap<i16, Totals>,
    /// Of deals that name no day.
    pub undated: Totals,
}

impl Worth {
    /// What a customer was worth by the end of `today`.
    pub fn of(customer: &Customer, settings: &Settings, today: Date) -> Worth {
        let home = home_currency(customer, settings);
        let mut worth = Worth::default();
        for (year, amount) in volume(customer).filter(|(year, _)| *year <= today.year()) {
            let money = Money::new(amount, home);
            worth.years.entry(year).or_default().add(&money);
        }
        let deals = customer.of(Kind::Deal);
        for deal in deals.filter(|deal| deal.word("status") == "won") {
            let Some(money) = deal_value(deal, home) else {
                continue;
            };
            match decided(deal) {
                Some(day) if day > today => {}
                Some(day) => worth.years.entry(day.year()).or_default().add(&money),
                None => worth.undated.add(&money),
            }
        }
        worth
    }

    /// All of it, by currency.
    pub fn total(&self) -> Totals {
        let mut total = Totals::default();
        for part in self.years.values().chain([&self.undated]) {
            for (currency, amount) in part.iter() {
                total.add(&Money::new(amount, currency));
            }
        }
        total
    }
}

/// The years and amounts of `[volume]`, as far as they can be read.
pub fn volume(customer: &Customer) -> impl Iterator<Item = (i16, Amount)> {
    let table = match customer.head.get("volume") {
        Some(ValueRef::Table(volume)) => Some(volume.iter()),
        _ => None,
    };
    let all = table.into_iter().flatten();
    all.filter_map(|(year, amount)| Some((year.parse().ok()?, amount_of(amount)?)))
}

/// The day a deal was won, lost or put off: when it was closed, else opened.
pub fn decided(deal: &Entry) -> Option<Date> {
    deal.fields.day("closed").or_else(|| deal.day())
}

/// The journal's own currency, as [`Money`] spells it; empty where it names none.
pub fn journal_currency(settings: &Settings) -> String {
    settings.currency().unwrap_or("").trim().to_uppercase()
}

/// The larger worth first. Currencies are not changed into each other: what was traded in the
/// journal's own one decides, then the largest amount in any other, then the next.
pub fn largest_first(a: &Totals, b: &Totals, home: &str) -> Ordering {
    let others = |totals: &Totals| {
        let others = totals.iter().filter(|(currency, _)| *currency != home);
        let mut amounts: Vec<Amount> = others.map(|(_, amount)| amount).collect();
        amounts.sort_by(|a, b| b.cmp(a));
        amounts
    };
    (b.get(home), others(b)).cmp(&(a.get(home), others(a)))
}
