//! The ties to a customer: touches, and what they put up with in silence.
//!
//! From the essay on the short and the long view: control makes customers endure, and then leave.

use jiff::civil::Date;

use super::seen::Seen;
use super::{Reason, Rule, words};
use crate::model::attention::cadence_days;
use crate::model::brief::home_currency;
use crate::model::comebacks::{self, Comeback};
use crate::model::entry::Entry;
use crate::model::kind::Kind;
use crate::model::value::ValueRef;

/// So many points less are told.
const DROP: i32 = 2;
/// So many signs make a row.
const SIGNS: usize = 2;

pub(super) fn reasons(seen: &Seen, reasons: &mut Vec<Reason>) {
    reasons.extend(enduring(seen));
    reasons.extend(satisfaction_drop(seen));
    reasons.extend(check_in_due(seen));
    reasons.extend(out_of_touch(seen));
}

/// How satisfied they said they were.
fn satisfaction(check_in: &Entry) -> Option<i32> {
    match check_in.fields.get("satisfaction")? {
        ValueRef::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// The check-ins that asked, with what was said, the oldest first.
fn asked<'a>(seen: &Seen<'a>) -> impl DoubleEndedIterator<Item = (&'a Entry, Date, i32)> {
    let asked = seen.past(Kind::CheckIn).to_vec().into_iter();
    asked.filter_map(|entry| Some((entry, entry.day()?, satisfaction(entry)?)))
}

/// Signs are what a check-in says they put up with, and concerns that they settled by giving in.
/// Whoever asked how satisfied they are since then has taken them up.
fn enduring(seen: &Seen) -> Option<Reason> {
    let last_asked = asked(seen).next_back().map(|(_, day, _)| day);
    let is_newer = |day: Date| last_asked.is_none_or(|asked| day > asked);
    let is_near = |day: Date| seen.age(day) <= seen.days(Rule::Enduring);
    let check_ins = seen.past(Kind::CheckIn).iter();
    let told = check_ins.filter(|check_in| check_in.fields.text("enduring").is_some());
    let concerns = seen.past(Kind::Concern).iter();
    let given_in = concerns.filter(|concern| concern.word("status") == "accepted");
    let mut signs: Vec<(Date, &Entry)> = told
        .chain(given_in)
        .filter_map(|entry| Some((entry.day()?, *entry)))
        .filter(|(day, _)| is_newer(*day) && is_near(*day))
        .collect();
    signs.sort_by_key(|(day, _)| *day);
    if let (true, Some((first, _)), Some((last, newest))) =
        (signs.len() >= SIGNS, signs.first(), signs.last())
    {
        let text = words::enduring(signs.len(), (*first, seen.today));
        let weight = i32::try_from(signs.len()).unwrap_or(i32::MAX);
        return Some(seen.reason(Rule::Enduring, Some(newest), text, (Some(*last), weight)));
    }
    // One that asked itself does not answer itself.
    let placed = seen.past(Kind::CheckIn).iter().rev().find_map(|check_in| {
        let place = check_in.fields.text("in-their-place")?;
        Some((check_in, check_in.day()?, place))
    });
    let (check_in, day, _) = placed.filter(|(.., place)| *place == "no")?;
    let is_asked_since = last_asked.is_some_and(|asked| asked > day);
    let text = || words::not_in_their_place((day, seen.today), check_in.fields.text("enduring"));
    let reason = || seen.reason(Rule::Enduring, Some(check_in), text(), (Some(day), 1));
    (!is_asked_since).then(reason)
}

fn satisfaction_drop(seen: &Seen) -> Option<Reason> {
    let mut newest = asked(seen).rev();
    let (check_in, day, now) = newest.next()?;
    let (_, _, before) = newest.next()?;
    let drop = before.saturating_sub(now);
    let why = (check_in.fields.text("enduring")).or(check_in.fields.text("reason"));
    let text = || words::satisfaction_drop((before, now), (day, seen.today), why);
    let reason = || {
        seen.reason(
            Rule::SatisfactionDrop,
            Some(check_in),
            text(),
            (Some(day), drop),
        )
    };
    (drop >= DROP).then(reason)
}

/// Of somebody who is new there is nothing to ask yet.
fn check_in_due(seen: &Seen) -> Option<Reason> {
    let (first, days) = (
        seen.first.filter(|_| seen.is_active())?,
        seen.days(Rule::CheckInDue),
    );
    let last = seen.past(Kind::CheckIn).iter().rev();
    let last = last.filter_map(|check_in| Some((check_in, check_in.day()?)));
    let last = last.into_iter().next();
    let day = last.map(|(_, day)| day);
    let age = seen.age(day.unwrap_or(first));
    let text = || words::check_in_due(day, first, seen.today);
    let last = last.map(|(check_in, _)| *check_in);
    let reason = || seen.reason(Rule::CheckInDue, last, text(), (day, age));
    (age >= days).then(reason)
}

/// Longer than the cadence since the last touch, or since they are known, where there was none.
fn out_of_touch(seen: &Seen) -> Option<Reason> {
    let cadence = cadence_days(seen.customer, seen.settings)?;
    let since = seen.last_touch.or(seen.first)?;
    let over = seen.age(since).saturating_sub(cadence);
    if over <= 0 {
        return None;
    }
    let last = last_touch(seen);
    let own = seen.customer.head.text("cadence");
    let every = own.or_else(|| seen.settings.cadence(seen.customer.status()));
    let what = last.map(Entry::line_text).unwrap_or_default();
    let text = words::out_of_touch(over, every.unwrap_or_default(), (seen.last_touch, &what));
    Some(seen.reason(Rule::OutOfTouch, last, text, (Some(since), over)))
}

/// Something has changed here since they left or fell silent, which is a reason to call. Whoever
/// named a day to ask again is asked on that day.
pub(super) fn comeback(seen: &Seen, comeback: &Comeback) -> Option<Reason> {
    let again = seen.customer.head.day("again");
    let is_for_later = again.is_some_and(|again| again > seen.today);
    if is_for_later || comeback.total.is_empty() || comeback.changes.is_empty() {
        return None;
    }
    let newest = comeback.changes.iter().map(|change| change.date).max();
    let home = home_currency(seen.customer, seen.settings);
    let text = comebacks::words(comeback, home, seen.today);
    let whole = comeback.total.get(home).map_or(0, |sum| sum.parts().0);
    let weight = i32::try_from(whole).unwrap_or(i32::MAX);
    let last = last_touch(seen);
    Some(seen.reason(
        Rule::Comeback,
        last,
        text,
        (newest.max(comeback.last), weight),
    ))
}

fn last_touch<'a>(seen: &Seen<'a>) -> Option<&'a Entry> {
    let day = seen.last_touch?;
    let is_last = |entry: &&Entry| entry.is_touch() && entry.day() == Some(day);
    seen.customer.entries.iter().rfind(is_last)
}
