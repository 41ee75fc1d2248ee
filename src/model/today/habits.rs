//! Habits at the table: giving for nothing, hearing late, taking a stated reason for the real one,
//! and not knowing the customer.
//!
//! From the essays on partnership by negotiation and on loving the customer, not the deal.

use jiff::civil::Date;

use super::seen::Seen;
use super::{Reason, Rule, words};
use crate::model::entry::Entry;
use crate::model::kind::{FACETS, Kind};
use crate::model::playbook::given::is_for_nothing;

/// So many gifts make a row.
const GIFTS: usize = 3;
/// The newest deals that are looked at, and how many of them heard late make a row.
const DEALS: usize = 3;
const LATE: usize = 2;
/// What a deal in progress adds to the weight of what is not known.
const IN_PROGRESS: i32 = 1_000;

pub(super) fn reasons(seen: &Seen, reasons: &mut Vec<Reason>) {
    reasons.extend(for_nothing(seen));
    reasons.extend(heard_late(seen));
    reasons.extend(real_reasons(seen));
    reasons.extend(facts(seen));
}

fn for_nothing(seen: &Seen) -> Option<Reason> {
    let is_near = |entry: &Entry| {
        let day = entry.day();
        day.is_some_and(|day| seen.age(day) <= seen.days(Rule::ForNothing))
    };
    let gifts = seen.past(Kind::Negotiation).iter();
    let gifts = gifts.filter(|entry| is_for_nothing(entry));
    let gifts: Vec<&Entry> = gifts.filter(|entry| is_near(entry)).copied().collect();
    let (first, last) = (gifts.first()?.day()?, gifts.last()?);
    let given = last
        .fields
        .texts("give")
        .find(|line| !line.trim().is_empty());
    let text = || words::for_nothing(gifts.len(), (first, seen.today), given.unwrap_or_default());
    let weight = i32::try_from(gifts.len()).unwrap_or(i32::MAX);
    let reason = || seen.reason(Rule::ForNothing, Some(last), text(), (last.day(), weight));
    (gifts.len() >= GIFTS).then(reason)
}

/// How a deal was heard of that is not known counts neither way.
fn heard_late(seen: &Seen) -> Option<Reason> {
    let newest: Vec<&Entry> = seen
        .past(Kind::Deal)
        .iter()
        .rev()
        .take(DEALS)
        .copied()
        .collect();
    let is_late = |deal: &&&Entry| matches!(deal.word("heard"), "rfp" | "after-decision");
    let late: Vec<&Entry> = newest.iter().filter(is_late).copied().collect();
    let first = *late.first()?;
    let mut how: Vec<&str> = late.iter().map(|deal| deal.word("heard")).collect();
    how.sort_unstable();
    how.dedup();
    let text = || words::heard_late((late.len(), newest.len()), &how);
    let weight = first.day().map_or(i32::MIN, |day| -seen.age(day));
    let reason = || seen.reason(Rule::HeardLate, Some(first), text(), (first.day(), weight));
    (late.len() >= LATE).then(reason)
}

/// Asked once for each deal: there is nothing newer to come after a dismissal.
fn real_reasons(seen: &Seen) -> Vec<Reason> {
    let lost = seen
        .past(Kind::Deal)
        .iter()
        .filter(|deal| deal.word("status") == "lost" && deal.fields.text("real-reason").is_none());
    lost.filter_map(|deal| {
        let day = deal.fields.day("closed").or_else(|| deal.day())?;
        let age = seen.age(day);
        let stated = deal.fields.text("stated-reason");
        let text = || words::real_reason((day, seen.today), &deal.line_text(), stated);
        let reason = || seen.reason(Rule::RealReason, Some(deal), text(), (Some(day), -age));
        (age >= seen.days(Rule::RealReason)).then(reason)
    })
    .collect()
}

/// One row for all facets: what is not known, and what was known long ago.
fn facts(seen: &Seen) -> Option<Reason> {
    // A name and a phone number from an address book are no reproach.
    let is_written = |entry: &Entry| entry.kind().is_none_or(Kind::is_dated);
    if !seen.is_active() || !seen.customer.entries.iter().any(is_written) {
        return None;
    }
    let told = seen.past(Kind::Fact).iter();
    let told: Vec<(&str, Option<Date>)> = told.map(|f| (f.word("about"), f.day())).collect();
    let newest = |facet: &str| -> Option<Option<Date>> {
        let of_facet = told.iter().rfind(|(about, _)| *about == facet);
        of_facet.map(|(_, day)| *day)
    };
    let is_old = |day: Date| seen.age(day) > seen.days(Rule::Facts);
    let (mut unknown, mut old) = (Vec::new(), Vec::new());
    for facet in FACETS {
        match newest(facet) {
            None => unknown.push(*facet),
            // Nobody knows how old a fact without a day is.
            Some(day) if day.is_none_or(is_old) => old.push((*facet, day)),
            Some(_) => {}
        }
    }
    if unknown.is_empty() && old.is_empty() {
        return None;
    }
    let last = seen.past(Kind::Fact).last().copied();
    let is_busy = seen.past(Kind::Deal).iter().any(|deal| deal.is_open());
    let missing = i32::try_from(unknown.len() * FACETS.len() + old.len()).unwrap_or(i32::MAX);
    let weight = missing.saturating_add(if is_busy { IN_PROGRESS } else { 0 });
    let text = words::facts(&unknown, &old, seen.today);
    let since = last.and_then(Entry::day);
    Some(seen.reason(Rule::Facts, last, text, (since, weight)))
}
