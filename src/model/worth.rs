//! What was traded with a customer, by year; and how customers are put in order by it.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::civil::Date;

use super::brief::{amount_of, deal_value, home_currency};
use super::customer::Customer;
use super::entry::Entry;
use super::journal::Journal;
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

/// What a customer said of themselves in a check-in: the word, the day, and `check-in.key`.
pub type Said = (String, Option<Date>, String);

/// What a customer was worth, and beside it, never mixed with it, how content they are and
/// whether one would want to be in their place.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Who.
    pub customer: Arc<Customer>,
    /// By year.
    pub worth: Worth,
    /// In all.
    pub total: Totals,
    /// How satisfied they said they are, 1 to 5, the last time they were asked.
    pub satisfaction: Option<Said>,
    /// The last answer to "would you want this in their place?"
    pub in_their_place: Option<Said>,
}

/// The answers in the order of the table; other words stand behind them.
const ANSWERS: [&str; 3] = ["yes", "no", "unsure"];

/// The answer that stands for none.
pub const NEVER_ASKED: &str = "never asked";

impl Standing {
    /// The answer, or that the question was never asked.
    pub fn answer(&self) -> &str {
        let asked = self.in_their_place.as_ref();
        asked.map_or(NEVER_ASKED, |(word, ..)| word)
    }

    /// A bar for each of these years, from 0 to 1 of the customer's own best among them: in
    /// `home`, else in the only currency there is.
    pub fn bars(&self, home: &str, span: RangeInclusive<i16>) -> Vec<f64> {
        let years = &self.worth.years;
        let mut currencies = self.total.iter().map(|(currency, _)| currency);
        let currency = match (self.total.get(home), currencies.next(), currencies.next()) {
            (None, Some(only), None) => only,
            _ => home,
        };
        // Only the height of a bar is made of this: a float is good enough for that.
        let amount = |year: i16| -> f64 {
            let sum = years.get(&year).and_then(|total| total.get(currency));
            sum.and_then(|sum| sum.to_string().parse().ok())
                .unwrap_or(0.0)
        };
        let best = span.clone().map(amount).fold(0.0, f64::max);
        if best <= 0.0 {
            return Vec::new();
        }
        span.map(|year| (amount(year) / best).max(0.0)).collect()
    }

    fn group(&self) -> (usize, &str) {
        let asked = self.in_their_place.as_ref();
        let word = asked.map(|(word, ..)| &**word);
        let known = word.and_then(|word| ANSWERS.iter().position(|known| *known == word));
        match (word, known) {
            (_, Some(known)) => (known, ""),
            (Some(other), None) => (ANSWERS.len(), other),
            (None, None) => (ANSWERS.len() + 1, ""),
        }
    }
}

/// The years of a chart: the last twelve at most, the same ones for all customers, so that their
/// bars stand below each other.
pub fn chart_years(rows: &[Standing]) -> Option<RangeInclusive<i16>> {
    let years = || rows.iter().flat_map(|row| row.worth.years.keys().copied());
    let (first, last) = (years().min()?, years().max()?);
    Some(first.max(last.saturating_sub(11))..=last)
}

/// Customers with any trade or an answer, by that answer, the largest trade first.
pub fn standings(journal: &Journal, today: Date) -> Vec<Standing> {
    let theirs = journal.customers.iter().filter(|c| !c.is_ourselves());
    let mut rows: Vec<Standing> = theirs
        .map(|customer| {
            let worth = Worth::of(customer, &journal.settings, today);
            Standing {
                customer: Arc::clone(customer),
                total: worth.total(),
                worth,
                satisfaction: last_said(customer, "satisfaction", today),
                in_their_place: last_said(customer, "in-their-place", today),
            }
        })
        .filter(|row| {
            let said = row.satisfaction.is_some() || row.in_their_place.is_some();
            said || !row.total.is_empty()
        })
        .collect();
    let home = journal_currency(&journal.settings);
    rows.sort_by(|a, b| {
        let by_answer = a.group().cmp(&b.group());
        by_answer.then_with(|| largest_first(&a.total, &b.total, &home))
    });
    rows
}

/// How many gave each answer, and what they were worth: `yes 3 (15.2M), never asked 2 (1.0M)`.
/// `None` where there are none.
pub fn answers_words(rows: &[Standing], home: &str) -> Option<String> {
    let mut sums: Vec<(&str, usize, Totals)> = Vec::new();
    for row in rows {
        let answer = row.answer();
        if sums.last().is_none_or(|(last, ..)| *last != answer) {
            sums.push((answer, 0, Totals::default()));
        }
        if let Some((_, count, total)) = sums.last_mut() {
            *count += 1;
            for (currency, amount) in row.total.iter() {
                total.add(&Money::new(amount, currency));
            }
        }
    }
    let words = sums
        .iter()
        .map(|(answer, count, total)| match total.is_empty() {
            true => format!("{answer} {count}"),
            false => format!("{answer} {count} ({})", total.short(home)),
        });
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The newest answer to a field of a check-in.
fn last_said(customer: &Customer, field: &str, today: Date) -> Option<Said> {
    let check_ins = customer
        .newest()
        .filter(|e| e.kind() == Some(Kind::CheckIn));
    let mut past = check_ins.filter(|entry| entry.day().is_none_or(|day| day <= today));
    past.find_map(|entry| {
        let word = entry.fields.get(field)?.to_line();
        let word = word.trim();
        (!word.is_empty()).then(|| (word.to_owned(), entry.day(), entry.id()))
    })
}
