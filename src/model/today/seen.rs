//! A customer as the rules look at it: what has happened up to a day, by kind, in time order.

use std::cell::OnceCell;
use std::collections::HashMap;

use jiff::civil::Date;

use super::{Reason, Rule, World};
use crate::model::age::days_between;
use crate::model::comebacks::SILENT_DAYS;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::kind::Kind;
use crate::model::settings::Settings;

/// What the rules know of a customer.
pub(super) struct Seen<'a> {
    pub customer: &'a Customer,
    pub settings: &'a Settings,
    pub today: Date,
    days: [i32; Rule::ALL.len()],
    /// The day of the last touch.
    pub last_touch: Option<Date>,
    /// The day of the first entry that has one: they are known since then.
    pub first: Option<Date>,
    /// Of each kind, what has a day that is not to come, the oldest first, and what has none.
    past: [Vec<&'a Entry>; Kind::ALL.len()],
    /// By `kind.key`, the last day on which something was written because of it.
    because: OnceCell<HashMap<&'a str, Date>>,
}

impl<'a> Seen<'a> {
    pub fn new(customer: &'a Customer, world: &World<'a>) -> Seen<'a> {
        let (settings, today) = (world.settings, world.today);
        let mut past: [Vec<(Option<Date>, &Entry)>; Kind::ALL.len()] = Default::default();
        let (mut first, mut last_touch) = (None::<Date>, None::<Date>);
        for entry in &customer.entries {
            let day = entry.day();
            if day.is_some_and(|day| day > today) {
                continue;
            }
            if let Some(day) = day {
                first = Some(first.map_or(day, |first| first.min(day)));
                if entry.is_touch() {
                    last_touch = last_touch.max(Some(day));
                }
            }
            let of_kind = entry.kind().and_then(|kind| past.get_mut(place(kind)));
            if let Some(of_kind) = of_kind {
                of_kind.push((day, entry));
            }
        }
        let in_order = |mut of_kind: Vec<(Option<Date>, &'a Entry)>| {
            of_kind.sort_by_key(|(day, _)| *day);
            of_kind.into_iter().map(|(_, entry)| entry).collect()
        };
        Seen {
            customer,
            settings,
            today,
            days: world.days,
            last_touch,
            first,
            past: past.map(in_order),
            because: OnceCell::new(),
        }
    }

    /// What there is of a kind: without a day first, then the oldest first.
    pub fn past(&self, kind: Kind) -> &[&'a Entry] {
        self.past.get(place(kind)).map_or(&[], Vec::as_slice)
    }

    /// The days that a rule counts by.
    pub fn days(&self, rule: Rule) -> i32 {
        self.days.get(rule as usize).copied().unwrap_or(0)
    }

    /// Days from a day until today; below zero for one to come.
    pub fn age(&self, day: Date) -> i32 {
        days_between(day, self.today).unwrap_or(0)
    }

    /// Whether they are a customer now.
    pub fn is_active(&self) -> bool {
        self.customer.status() == "active"
    }

    /// Whether a look is worth it whether they left: not with a touch lately.
    pub fn may_be_gone(&self) -> bool {
        let is_near = |touch: Date| self.age(touch) < SILENT_DAYS;
        self.customer.status() == "away" || !self.last_touch.is_some_and(is_near)
    }

    /// Whether there was a touch on a day or behind it.
    pub fn is_touched_since(&self, day: Date) -> bool {
        self.last_touch.is_some_and(|touch| touch >= day)
    }

    /// The day of what was written last about an entry: its own, or that of one which says that
    /// it is because of it.
    pub fn written(&self, entry: &Entry) -> Option<Date> {
        let because = self.because.get_or_init(|| {
            let mut because = HashMap::new();
            for other in self.past.iter().flatten() {
                for of in other.fields.texts("because") {
                    let last = because.entry(of).or_insert(None);
                    *last = other.day().max(*last);
                }
            }
            let dated = because.into_iter();
            dated.filter_map(|(of, last)| Some((of, last?))).collect()
        });
        because.get(entry.id().as_str()).copied().max(entry.day())
    }

    /// A reason that rests on an entry.
    pub fn reason(
        &self,
        rule: Rule,
        entry: Option<&Entry>,
        text: String,
        (since, weight): (Option<Date>, i32),
    ) -> Reason {
        Reason {
            rule,
            entry: entry.map(Entry::id),
            text,
            since,
            weight,
        }
    }
}

fn place(kind: Kind) -> usize {
    Kind::ALL
        .iter()
        .position(|other| *other == kind)
        .unwrap_or(0)
}
