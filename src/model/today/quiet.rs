//! What is quiet: snoozed until a day, or dismissed until something newer is written about it.

use std::fmt;

use jiff::civil::Date;

use super::{Reason, Rule};
use crate::model::change::Silence;
use crate::model::customer::Customer;
use crate::model::date_phrase::{self, Leaning, Unread};
use crate::model::value::ValueRef;

/// What a line of `[snooze]` or `[dismissed]` names a reason by: `rule kind.key` where the rule is
/// about one entry, else the rule alone.
pub fn quiet_key(rule: Rule, entry: Option<&str>) -> String {
    match entry.filter(|_| rule.is_about_one()) {
        Some(entry) => format!("{} {entry}", rule.name()),
        None => rule.name().to_owned(),
    }
}

/// The day that the customer's file has for a reason, named by [`quiet_key`].
pub fn quiet_day(customer: &Customer, how: Silence, reason: &str) -> Option<Date> {
    match customer.head.get(how.table())? {
        ValueRef::Table(lines) => lines.get(reason)?.as_when()?.date,
        _ => None,
    }
}

/// Why what is typed is no day until which a reason can be quiet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotUntil {
    /// It is no day.
    Unread(Unread),
    /// It is not to come: the day, and today.
    NotToCome(Date, Date),
}

impl fmt::Display for NotUntil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotUntil::Unread(unread) => unread.fmt(f),
            NotUntil::NotToCome(day, today) => {
                write!(f, "{day} is not to come: name a day after {today}")
            }
        }
    }
}

/// The day until which a reason is quiet, as it is typed: `next mon`, `2w`, `来週`.
///
/// # Errors
/// Where it is no day, or none to come.
pub fn quiet_until(typed: &str, today: Date) -> Result<Date, NotUntil> {
    let when = date_phrase::parse(typed, today, Leaning::Future).map_err(NotUntil::Unread)?;
    let day = when.date.unwrap_or(today);
    match day > today {
        true => Ok(day),
        false => Err(NotUntil::NotToCome(day, today)),
    }
}

/// Whether anything at all is quiet: most files say nothing of that.
pub(super) fn has_any(customer: &Customer) -> bool {
    let mut tables = [Silence::Snoozed, Silence::Dismissed].into_iter();
    tables.any(|how| customer.head.get(how.table()).is_some())
}

/// Whether the customer's file makes a reason quiet on a day.
pub(super) fn is_quiet(customer: &Customer, reason: &Reason, today: Date) -> bool {
    let days = |table| days(customer, table, reason);
    days("snooze").any(|until| today < until)
        || days("dismissed").any(|day| reason.since.is_none_or(|since| since <= day))
}

/// The days that a table of quiet has for a reason: for its rule, and for its entry.
fn days<'c>(
    customer: &'c Customer,
    table: &str,
    reason: &Reason,
) -> impl Iterator<Item = Date> + use<'c> {
    let of_entry = reason.entry.as_ref();
    let of_entry = of_entry.map(|entry| format!("{} {entry}", reason.rule.name()));
    let rule = reason.rule.name();
    let lines = match customer.head.get(table) {
        Some(ValueRef::Table(lines)) => Some(lines.iter()),
        _ => None,
    };
    let lines = lines.into_iter().flatten();
    let is_it = move |name: &str| name == rule || Some(name) == of_entry.as_deref();
    lines
        .filter(move |(name, _)| is_it(name))
        .filter_map(|(_, day)| day.as_when()?.date)
}
