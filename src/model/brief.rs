//! What to know at a glance about a customer: the head of the page.

mod lists;
pub mod whole;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::attention::Attention;
use super::customer::Customer;
use super::entry::{Entry, split_line};
use super::kind::Kind;
use super::money::{Amount, Money, Totals};
use super::settings::Settings;
use super::value::ValueRef;
use super::worth::Worth;

/// A few lines about a customer. Every text is the owner's own.
#[derive(Clone, Debug, Default)]
pub struct Brief {
    /// `active, since 2021, every 4w`
    pub standing: String,
    /// What a win is to them, in their words, and when it was heard: what they hope for rather
    /// than what they had.
    pub their_win: Option<(String, Option<Date>)>,
    /// How it last came out, for each party, and when.
    pub last: Option<(String, Option<Date>)>,
    /// What was traded, by year, oldest first.
    pub value: BTreeMap<i16, Totals>,
    /// What is open, in words: `2 concerns, 1 promise due`.
    pub open: String,
}

impl Brief {
    /// The brief of a customer on a day.
    pub fn of(customer: &Customer, settings: &Settings, today: Date) -> Brief {
        let is_past = |entry: &&Entry| entry.day().is_none_or(|day| day <= today);
        let newest: Vec<&Entry> = customer.newest().filter(is_past).collect();
        let win_loses = || newest.iter().filter(|e| e.kind() == Some(Kind::WinLose));
        Brief {
            standing: standing(customer, settings),
            their_win: win_loses()
                .filter(|entry| entry.word("stage") == "expected")
                .chain(win_loses())
                .find_map(|entry| Some((win_of(entry)?, entry.day()))),
            last: win_loses()
                .find(|entry| entry.word("stage") != "expected")
                .map(|entry| (outcomes(entry), entry.day())),
            value: value_by_year(customer, settings),
            open: open_words(&Attention::of(customer, settings, today)),
        }
    }
}

/// What the customer wins by an entry, in their words.
fn win_of(entry: &Entry) -> Option<String> {
    entry.outcomes("them", "win").next().map(str::to_owned)
}

fn standing(customer: &Customer, settings: &Settings) -> String {
    let mut parts = vec![customer.status().to_owned()];
    if let Some(since) = customer.head.day("since") {
        parts.push(format!("since {}", since.year()));
    }
    if let Some(again) = customer.head.day("again") {
        parts.push(format!("again {again}"));
    }
    let own = customer.head.text("cadence");
    if let Some(every) = own.or_else(|| settings.cadence(customer.status())) {
        parts.push(format!("every {every}"));
    }
    parts.join(", ")
}

/// `us win, them win, 現場 lose`: a word for each party, the others by their name.
pub fn outcomes(entry: &Entry) -> String {
    let mut parts = Vec::new();
    for party in ["us", "them"] {
        if let Some((Some(word), _)) = entry.fields.texts(party).next().map(split_line) {
            parts.push(format!("{party} {word}"));
        }
    }
    for line in entry.fields.texts("others") {
        let (word, who) = split_line(line);
        let who = first_word(who);
        parts.push(
            format!("{who} {}", word.unwrap_or_default())
                .trim()
                .to_owned(),
        );
    }
    if parts.is_empty() {
        return entry.line_text();
    }
    parts.join(", ")
}

/// Who a line is about: its first word behind an article, in Japanese what stands before は or
/// が.
pub fn first_word(line: &str) -> &str {
    let articles = ["the ", "The ", "a ", "A ", "an ", "An "];
    let line = articles
        .iter()
        .find_map(|article| line.strip_prefix(article))
        .unwrap_or(line);
    let ends = |(at, c): &(usize, char)| *at > 0 && " 　,、。:：（(はが".contains(*c);
    let end = line
        .char_indices()
        .find(ends)
        .map_or(line.len(), |(at, _)| at);
    line.get(..end).unwrap_or(line)
}

/// `1 promise due, 2 concerns, 1 negotiation, 3 promises`: what can't wait first.
pub fn open_words(attention: &Attention) -> String {
    let mut parts = Vec::new();
    // Beside those that are due, the others are still to come.
    let (promise, promises) = match attention.due {
        0 => ("promise", "promises"),
        _ => ("promise later", "promises later"),
    };
    for (count, one, many) in [
        (attention.due, "promise due", "promises due"),
        (attention.concerns, "concern", "concerns"),
        (attention.negotiations, "negotiation", "negotiations"),
        (attention.deals, "deal", "deals"),
        (
            attention.promises.saturating_sub(attention.due),
            promise,
            promises,
        ),
    ] {
        if count > 0 {
            parts.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    }
    parts.join(", ")
}

/// Won deals by the year they were closed in, and the trade older than the journal.
fn value_by_year(customer: &Customer, settings: &Settings) -> BTreeMap<i16, Totals> {
    Worth::of(customer, settings, Date::MAX).years
}

/// The newest years in words, oldest first: `2024 1.8M`, `2025 300 EUR`. `usual` is the currency
/// that goes without saying.
pub fn newest_years(years: &BTreeMap<i16, Totals>, most: usize, usual: &str) -> Vec<String> {
    let newest = years.iter().rev().take(most);
    let words = newest.map(|(year, total)| format!("{year} {}", total.short(usual)));
    let mut words: Vec<String> = words.collect();
    words.reverse();
    words
}

/// The currency of amounts that name none: the customer's, then the journal's.
pub fn home_currency<'a>(customer: &'a Customer, settings: &'a Settings) -> &'a str {
    let own = customer.head.text("currency");
    own.or_else(|| settings.currency()).unwrap_or("")
}

/// What a deal is worth.
pub fn deal_value(deal: &Entry, home: &str) -> Option<Money> {
    let amount = amount_of(deal.fields.get("value")?)?;
    Some(Money::new(
        amount,
        deal.fields.text("currency").unwrap_or(home),
    ))
}

/// An amount of money, where a value is one.
pub(super) fn amount_of(value: ValueRef<'_>) -> Option<Amount> {
    match value {
        ValueRef::Number(digits) => Amount::parse(digits),
        _ => None,
    }
}

/// Everything that was ever traded with a customer, per currency.
pub fn total_value(customer: &Customer, settings: &Settings) -> Totals {
    Worth::of(customer, settings, Date::MAX).total()
}
