//! Journals made up at random, and what stands in them counted by plain means: lists of days as
//! text, compared as text.

use std::sync::Arc;

use goodwill::model::customer::Customer;
use goodwill::model::journal::Journal;
use goodwill::model::settings::Settings;
use goodwill::store::read::read_customer;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// A Saturday.
pub(crate) const TODAY: Date = date(2026, 11, 21);

/// How an entry says its day.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Said {
    Field,
    /// A time late in the evening with an offset: another day elsewhere.
    Offset,
    Key,
    Nowhere,
}

/// An entry as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) kind: &'static str,
    pub(crate) channel: &'static str,
    pub(crate) said: Said,
    pub(crate) day: Date,
    /// Due, closed or again, by kind.
    pub(crate) other: Option<Date>,
    pub(crate) status: &'static str,
    pub(crate) tag: bool,
    pub(crate) of_deal: bool,
}

impl Made {
    /// Whether it happens on a day at all. People don't.
    pub(crate) fn day(&self) -> Option<String> {
        let undated = matches!(self.said, Said::Nowhere) || self.kind == "contact";
        (!undated).then(|| self.day.to_string())
    }

    pub(crate) fn word(&self) -> &'static str {
        match (self.kind, self.channel) {
            ("interaction", channel) if !channel.is_empty() => channel,
            (kind, _) => kind,
        }
    }

    pub(crate) fn is_touch(&self) -> bool {
        ["interaction", "check-in", "negotiation"].contains(&self.kind)
    }

    /// The other day that it stands on, and why.
    pub(crate) fn mark(&self) -> Option<(&'static str, String)> {
        let role = match (self.kind, self.status) {
            ("promise", "open") => "due",
            ("deal", "won" | "lost") => "closed",
            ("deal" | "negotiation", "open" | "not-now") => "again",
            _ => return None,
        };
        Some((role, self.other?.to_string()))
    }

    pub(crate) fn key(&self, at: usize) -> String {
        match self.said {
            Said::Key => format!("{}-{at}", self.day),
            _ => format!("e{at}"),
        }
    }

    fn text(&self, at: usize) -> String {
        let key = self.key(at);
        let mut text = format!("\n[{}.{key}]\n", self.kind);
        let field = if self.kind == "deal" {
            "opened"
        } else {
            "date"
        };
        match self.said {
            Said::Field => text += &format!("{field} = {}\n", self.day),
            Said::Offset => text += &format!("{field} = {}T23:30:00-11:00\n", self.day),
            Said::Key | Said::Nowhere => {}
        }
        if self.kind == "contact" {
            text += "name = \"Ann\"\n";
        }
        if !self.channel.is_empty() && self.kind == "interaction" {
            text += &format!("channel = \"{}\"\n", self.channel);
        }
        match (self.kind, self.status) {
            ("deal" | "concern", status) => text += &format!("status = \"{status}\"\n"),
            ("negotiation", result) => text += &format!("result = \"{result}\"\n"),
            ("promise", status) if status != "open" => text += "done = 2020-01-01\n",
            _ => {}
        }
        if let Some(other) = self.other {
            let field = match (self.kind, self.status) {
                ("promise", _) => "due",
                ("deal", "won" | "lost") => "closed",
                _ => "again",
            };
            text += &format!("{field} = {other}\n");
        }
        if self.tag {
            text += "tags = [\"osaka\"]\n";
        }
        if self.of_deal {
            text += "deal = \"web\"\n";
        }
        text
    }
}

/// A customer as it is written.
#[derive(Clone, Debug)]
pub(crate) struct MadeCustomer {
    pub(crate) key: String,
    pub(crate) cadence: Option<i32>,
    pub(crate) again: Option<Date>,
    pub(crate) entries: Vec<Made>,
}

impl MadeCustomer {
    pub(crate) fn customer(&self) -> Arc<Customer> {
        let mut text = String::from("status = \"away\"\n");
        if let Some(days) = self.cadence {
            text += &format!("cadence = \"{days}d\"\n");
        }
        if let Some(again) = self.again {
            text += &format!("again = {again}\n");
        }
        for (at, entry) in self.entries.iter().enumerate() {
            text += &entry.text(at);
        }
        Arc::new(read_customer(&self.key, &text).customer)
    }

    /// The days of all touches up to today, sorted.
    pub(crate) fn touches(&self) -> Vec<Date> {
        let touches = self.entries.iter().filter(|entry| entry.is_touch());
        let mut days: Vec<Date> = touches
            .filter(|entry| entry.day().is_some() && entry.day <= TODAY)
            .map(|entry| entry.day)
            .collect();
        days.sort();
        days
    }
}

pub(crate) fn journal(customers: &[MadeCustomer]) -> Journal {
    let customers = customers.iter().map(MadeCustomer::customer).collect();
    Journal::new(customers, Settings::default())
}

/// What is expected to stand on a day: day, role, customer, `kind.key`.
pub(crate) type Stands = (String, String, String, String);

/// All that stands on a day, with what belongs to it.
pub(crate) fn all(customers: &[MadeCustomer]) -> Vec<(Stands, Option<&Made>)> {
    let mut all = Vec::new();
    for customer in customers {
        let key = &customer.key;
        for (at, entry) in customer.entries.iter().enumerate() {
            let id = format!("{}.{}", entry.kind, entry.key(at));
            let stands = |day, role: &str| (day, role.to_owned(), key.clone(), id.clone());
            if let Some(day) = entry.day() {
                all.push((stands(day, ""), Some(entry)));
            }
            if let Some((role, day)) = entry.mark() {
                all.push((stands(day, role), Some(entry)));
            }
        }
        if let Some(again) = customer.again {
            let stands = (
                again.to_string(),
                "again".to_owned(),
                key.clone(),
                String::new(),
            );
            all.push((stands, None));
        }
    }
    all
}

/// Days where mistakes are made: ends of years, leap days, today; and any others.
pub(crate) fn day() -> impl Strategy<Value = Date> {
    let edges = [
        date(2024, 2, 28),
        date(2024, 2, 29),
        date(2024, 3, 1),
        date(2024, 12, 29),
        date(2024, 12, 30),
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2026, 1, 4),
        date(2026, 11, 1),
        date(2026, 11, 20),
        TODAY,
        date(2026, 11, 22),
        date(2026, 12, 1),
        date(2027, 1, 3),
        date(9999, 12, 31),
        date(1, 1, 1),
    ];
    prop_oneof![
        1 => proptest::sample::select(edges.to_vec()),
        2 => (-1200i64..200).prop_map(|days| TODAY + days.days()),
    ]
}

fn entry() -> impl Strategy<Value = Made> {
    let kinds = [
        "interaction",
        "interaction",
        "interaction",
        "concern",
        "promise",
        "promise",
        "negotiation",
        "deal",
        "deal",
        "check-in",
        "win-lose",
        "fact",
        "change",
        "contact",
        "memo",
    ];
    let said = proptest::sample::select(vec![Said::Field, Said::Offset, Said::Key, Said::Nowhere]);
    let channel = proptest::sample::select(vec!["", "call", "mail", "訪問"]);
    let kind = proptest::sample::select(kinds.to_vec());
    let status = proptest::sample::select(vec!["open", "won", "lost", "deal", "not-now"]);
    let other = proptest::option::of(day());
    (
        kind,
        channel,
        said,
        day(),
        other,
        status,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(kind, channel, said, day, other, status, tag, of_deal)| Made {
                kind,
                channel,
                said,
                day,
                other,
                status,
                tag,
                of_deal,
            },
        )
}

/// Customers with their entries.
pub(crate) fn customers() -> impl Strategy<Value = Vec<MadeCustomer>> {
    proptest::collection::vec(customer(), 1..5).prop_map(|mut customers| {
        for (at, customer) in customers.iter_mut().enumerate() {
            customer.key = format!("c{at}");
        }
        customers
    })
}

/// A customer without a key.
pub(crate) fn customer() -> impl Strategy<Value = MadeCustomer> {
    let cadence = proptest::option::of(5i32..90);
    let again = proptest::option::of(day());
    (cadence, again, proptest::collection::vec(entry(), 0..25)).prop_map(
        |(cadence, again, entries)| MadeCustomer {
            key: "c".to_owned(),
            cadence,
            again,
            entries,
        },
    )
}
