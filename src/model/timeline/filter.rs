//! Which entries are shown: a filter that can be said in words, and what it selects.

use super::day;
use super::index::{Index, Undated};
use super::item::{Item, Role};
use super::only::Only;
use super::period::Period;
use crate::model::attention::cadence_days;
use crate::model::search::query::{Atom, Query, Test};
use crate::model::settings::Settings;
use asked::Asked;

pub use asked::has_words;

mod asked;

/// Days without a touch that are shown as a gap, where no cadence says otherwise.
pub const GAP_DAYS: i32 = 60;

/// Which entries are shown. What is empty lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Any of these words: a kind, or the channel of an interaction.
    pub kinds: Vec<String>,
    /// All of these, each a tag of the entry or of the customer.
    pub tags: Vec<String>,
    /// The key of the only customer.
    pub customer: Option<String>,
    /// These days alone. What has no day is let through.
    pub period: Option<Period>,
    /// What was typed. A word stands in the entry, its kind, or the customer's names, as it was
    /// typed; days are those of the row.
    pub query: Query,
    /// What a search found, and nothing else.
    pub only: Option<Only>,
}

impl Filter {
    /// The filter of a customer's page.
    pub fn of_customer(key: &str) -> Filter {
        Filter {
            customer: Some(key.to_owned()),
            ..Filter::default()
        }
    }

    /// Whether there is nothing to clear. The customer of a page is no part of it.
    pub fn is_clear(&self) -> bool {
        *self == self.cleared()
    }

    /// The same without anything but the customer.
    #[must_use]
    pub fn cleared(&self) -> Filter {
        Filter {
            customer: self.customer.clone(),
            ..Filter::default()
        }
    }

    /// Whether all entries of a customer and a period are let through, so that a silence between
    /// two of them is one.
    pub fn keeps_touches(&self) -> bool {
        let days = Filter {
            period: self.period,
            ..self.cleared()
        };
        *self == days
    }

    /// How many days without a touch are a gap: more than the customer's cadence, else
    /// [`GAP_DAYS`]. `None` where the filter leaves out touches, so that no silence can be told.
    pub fn gap_days(&self, index: &Index, settings: &Settings) -> Option<i32> {
        if !self.keeps_touches() {
            return None;
        }
        let customer = self.customer.as_deref();
        let customer = customer.and_then(|key| index.customer(index.customer_place(key)?));
        let cadence = customer.and_then(|customer| cadence_days(customer, settings));
        Some(cadence.unwrap_or(GAP_DAYS))
    }

    /// Whether everything that it lets through is let through by `wider` too, as while a text is
    /// typed on.
    fn narrows(&self, wider: &Filter) -> bool {
        let days = match (self.period, wider.period) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(here), Some(there)) => there.contains(here.from) && there.contains(here.until),
        };
        days && self.query.asks_more(&wider.query)
            && *wider
                == Filter {
                    period: wider.period,
                    query: wider.query.clone(),
                    ..self.clone()
                }
    }

    /// Whether kinds are asked for, so that any entry of them counts as a contact.
    fn asks_for_kinds(&self) -> bool {
        let wanted = self.query.clauses().iter().filter(|clause| !clause.not);
        let mut asked = wanted.flat_map(|clause| &clause.any);
        !self.kinds.is_empty() || asked.any(|atom| matches!(atom, Atom::Test(Test::Kind(_))))
    }
}

/// What a filter lets through: a bit for each item of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    filter: Filter,
    asks_for_kinds: bool,
    bits: Vec<u64>,
    count: usize,
}

impl Selection {
    /// What a filter lets through.
    pub fn new(index: &Index, filter: Filter) -> Selection {
        Selection::within(index, filter, &|_| true)
    }

    /// The same from an earlier selection of the same index, which saves looking at what it left
    /// out where the new filter only asks for more.
    #[must_use]
    pub fn refined(&self, index: &Index, filter: Filter) -> Selection {
        if filter.narrows(&self.filter) {
            return Selection::within(index, filter, &|place| self.has(place));
        }
        Selection::new(index, filter)
    }

    fn within(index: &Index, filter: Filter, was_in: &dyn Fn(u32) -> bool) -> Selection {
        let mut bits = vec![0u64; index.len().div_ceil(64)];
        let mut count = 0;
        let asked = Asked::new(&filter, index);
        for (number, customer) in index.customers().iter().enumerate() {
            let Some(fits) = asked.of_customer(customer) else {
                continue;
            };
            for (place, item) in (index.start(number)..).zip(index.items_of(number)) {
                if !was_in(place) || !asked.has_day(item) || !fits.item(index, item) {
                    continue;
                }
                if let Some(word) = bits.get_mut(place as usize / 64) {
                    *word |= 1 << (place % 64);
                    count += 1;
                }
            }
        }
        Selection {
            asks_for_kinds: filter.asks_for_kinds(),
            filter,
            bits,
            count,
        }
    }

    /// The filter that it was made by.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Whether the item at a place of the index is let through.
    pub fn has(&self, place: u32) -> bool {
        let word = self.bits.get(place as usize / 64);
        word.is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    /// Whether an item counts as a contact: a touch, or where kinds are asked for, any entry of
    /// them.
    pub fn counts(&self, index: &Index, item: &Item) -> bool {
        match self.asks_for_kinds {
            false => index.is_touch(item),
            true => item.role == Role::Entry,
        }
    }

    /// How many items are let through.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether nothing is let through.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The places of the items that are let through, oldest first.
    pub fn by_day<'a>(&'a self, index: &'a Index) -> impl DoubleEndedIterator<Item = u32> + 'a {
        let all = match self.filter.period {
            None => index.by_day(),
            Some(days) => index.between(day::number(days.from), day::number(days.until)),
        };
        all.iter().copied().filter(|place| self.has(*place))
    }
}

/// The entries without a day that a filter lets through; its period is left aside.
pub fn undated(index: &Index, filter: &Filter) -> Vec<Undated> {
    let asked = Asked::new(filter, index);
    let mut found = Vec::new();
    for undated in index.undated() {
        let Some(customer) = index.customer(undated.customer) else {
            continue;
        };
        let entry = customer.entries.get(undated.place as usize);
        let fits = asked.of_customer(customer);
        if let (Some(entry), Some(fits)) = (entry, fits)
            && asked.is_kind(entry)
            && fits.is_found(undated.place)
            && fits.entry(entry, None)
        {
            found.push(*undated);
        }
    }
    found
}
