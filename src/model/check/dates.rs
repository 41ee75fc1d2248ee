//! Days that can't be, that lie ahead, or that contradict one another.

use jiff::civil::Date;

use super::{Owner, Sheet};
use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields};
use crate::model::kind::Kind;
use crate::model::value::ValueRef;
use crate::model::when::When;

/// Days of what has happened; the others (`due`, `again`, `until`, `review`, `left`) may lie
/// ahead.
const PAST: [&str; 7] = [
    "date", "opened", "closed", "done", "dropped", "answered", "since",
];

/// Pairs of which the second can't come before the first.
const ORDER: [(&str, &str); 6] = [
    ("date", "due"),
    ("date", "done"),
    ("date", "dropped"),
    ("date", "answered"),
    ("opened", "closed"),
    ("opened", "until"),
];

/// Fields that say it is over, while the first one says it is open.
const OVER: [(Kind, &str, &str); 2] = [
    (Kind::Deal, "status", "closed"),
    (Kind::Concern, "status", "answered"),
];

pub(super) fn head(customer: &Customer, today: Date, sheet: &mut Sheet) {
    ahead(Owner::Head, &customer.head, today, sheet);
}

pub(super) fn entry(kind: Kind, entry: &Entry, today: Date, sheet: &mut Sheet) {
    let owner = Owner::Entry(entry, None);
    ahead(owner, &entry.fields, today, sheet);
    for (first, second) in ORDER {
        if let (Some(from), Some(to)) = (entry.fields.day(first), entry.fields.day(second))
            && to < from
        {
            let message = format!("`{second}` lies before `{first}`");
            sheet.hint(
                owner.field(second),
                "date-order",
                message,
                "correct one of the two days",
            );
        }
    }
    for (of, state, day) in OVER {
        if of == kind && entry.is_open() && entry.fields.day(day).is_some() {
            let message = format!("it is open, and `{day}` says since when it is not");
            let cure = format!("correct `{state}`, or delete `{day}`");
            sheet.hint(owner.field(day), "contradiction", message, cure);
        }
    }
    if kind == Kind::Promise
        && entry.fields.day("done").is_some()
        && entry.fields.day("dropped").is_some()
    {
        let message = "it was both kept and dropped";
        sheet.hint(
            owner.field("dropped"),
            "contradiction",
            message,
            "delete `done` or `dropped`",
        );
    }
    if kind.is_dated() && entry.when().is_none() {
        undated(kind, entry, sheet);
    }
}

fn undated(kind: Kind, entry: &Entry, sheet: &mut Sheet) {
    let owner = Owner::Entry(entry, None);
    if entry.fields.get("date").is_some() {
        return;
    }
    if looks_like_a_day(&entry.key) {
        let message = format!(
            "there is no such day as {}",
            entry.key.get(..10).unwrap_or("")
        );
        sheet.problem(
            owner,
            "bad-date",
            message,
            "write date = 2026-11-20 below the header",
        );
    } else if !matches!(kind, Kind::Fact | Kind::Change) {
        let message = "it has no date, so it stands at the end of every timeline";
        sheet.hint(
            owner,
            "no-date",
            message,
            "write date = 2026-11-20 below the header",
        );
    }
}

/// `2026-02-30`, with or without something behind it.
fn looks_like_a_day(key: &str) -> bool {
    let day = key.get(..10).map(str::as_bytes);
    day.is_some_and(|day| {
        day.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    })
}

fn ahead(owner: Owner<'_>, fields: &Fields, today: Date, sheet: &mut Sheet) {
    // Somewhere it is tomorrow already.
    let latest = today.tomorrow().unwrap_or(today);
    for (name, value) in fields.iter() {
        let ValueRef::When(When {
            date: Some(day), ..
        }) = value
        else {
            continue;
        };
        let owner = owner.field(name);
        if PAST.contains(&name) && day > latest {
            let message = format!("{day} lies ahead");
            let cure = "correct the year or the day; what is planned goes into `due` or `again`";
            sheet.hint(owner, "future-date", message, cure);
        } else if !(1900..=2200).contains(&day.year()) {
            let message = format!("{day} is a strange year");
            sheet.hint(owner, "odd-year", message, "correct the year");
        }
    }
}
