//! Which entries are shown: a filter that can be said in words, and what it selects.

use jiff::civil::Weekday;

use super::day;
use super::index::{Index, Undated};
use super::item::{HEAD, Item, Role};
use super::only::{Only, OnlyOf};
use super::period::Period;
use super::words::word_of;
use crate::model::attention::cadence_days;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::fold::fold;
use crate::model::kind::Kind;
use crate::model::settings::Settings;
use crate::model::value::Value;

/// Days without a touch that are shown as a gap, where no cadence says otherwise.
pub const GAP_DAYS: i32 = 60;

/// Which entries are shown. What is empty lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Any of these words: a kind, or the channel of an interaction.
    pub kinds: Vec<String>,
    /// All of these, each a tag of the entry or of the customer.
    pub tags: Vec<String>,
    /// The key of a deal: it and what belongs to it.
    pub deal: Option<String>,
    /// Any of these words, where the entry or where the customer stands.
    pub status: Vec<String>,
    /// The key of the only customer.
    pub customer: Option<String>,
    /// These days alone. What has no day is let through.
    pub period: Option<Period>,
    /// Words that all stand somewhere in the entry, its kind, or the customer's names.
    pub text: String,
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

    /// What it says, part by part: `calls, concerns`, `tag osaka`, `2025-10..2026-03`. The
    /// customer is left to whoever knows the name.
    pub fn parts(&self, week_starts: Weekday) -> Vec<String> {
        let mut parts = Vec::new();
        if !self.kinds.is_empty() {
            parts.push(self.kinds.join(", "));
        }
        parts.extend(self.status.first().map(|_| self.status.join(", ")));
        parts.extend(self.tags.iter().map(|tag| format!("tag {tag}")));
        parts.extend(self.deal.iter().map(|deal| format!("deal {deal}")));
        parts.extend(self.period.map(|period| period.title(week_starts)));
        let text = self.text.trim();
        if !text.is_empty() {
            parts.push(format!("\"{text}\""));
        }
        let only = self.only.as_ref().map(Only::typed);
        parts.extend(only.map(|typed| format!("search {typed}")));
        parts
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
        let (text, wider_text) = (fold(&self.text), fold(&wider.text));
        let words: Vec<&str> = text.split_whitespace().collect();
        let has = |part: &str| words.iter().any(|word| word.contains(part));
        days && wider_text.split_whitespace().all(has)
            && *wider
                == Filter {
                    period: wider.period,
                    text: wider.text.clone(),
                    ..self.clone()
                }
    }
}

/// What a filter lets through: a bit for each item of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    filter: Filter,
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
        match self.filter.kinds.is_empty() {
            true => index.is_touch(item),
            false => item.role == Role::Entry,
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
            && fits.entry(entry)
        {
            found.push(*undated);
        }
    }
    found
}

/// Whether every word stands somewhere in the entry: in its kind or any of its fields. The words
/// are folded.
pub fn has_words<'w>(entry: &Entry, words: impl IntoIterator<Item = &'w str>) -> bool {
    let mut missing: Vec<&str> = words.into_iter().collect();
    if missing.is_empty() {
        return true;
    }
    let mut is_done = |text: &str| {
        if text.bytes().all(is_plain) {
            missing.retain(|word| !has_ascii(text, word));
        } else {
            let text = fold(text);
            missing.retain(|word| !text.contains(word));
        }
        missing.is_empty()
    };
    is_done(entry.kind.word())
        || entry.fields.iter().any(|(_, value)| match value {
            Value::Text(text) => is_done(text),
            value => is_done(&value.to_line()),
        })
}

/// ASCII of which folding changes nothing but the case.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..b'~' | b'\n')
}

/// Whether a plain text has a folded word in it: what folding it would find, without a copy.
fn has_ascii(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else {
        return true;
    };
    let starts = text.len().saturating_sub(word.len() - 1);
    let mut here = text.iter().take(starts).enumerate();
    here.any(|(at, byte)| {
        byte.eq_ignore_ascii_case(first)
            && text
                .get(at..at + word.len())
                .is_some_and(|part| part.eq_ignore_ascii_case(word))
    })
}

/// A filter, made ready to be asked many times.
struct Asked<'f> {
    filter: &'f Filter,
    words: Vec<String>,
    tags: Vec<String>,
    /// For each word of the index, whether its kind is let through.
    kinds: Vec<bool>,
    days: Option<(i32, i32)>,
}

impl<'f> Asked<'f> {
    fn new(filter: &'f Filter, index: &Index) -> Asked<'f> {
        let picks = |word: &super::words::Word| {
            let mut kinds = filter.kinds.iter();
            filter.kinds.is_empty() || kinds.any(|kind| word.is_meant_by(kind))
        };
        Asked {
            filter,
            words: fold(&filter.text)
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            tags: filter.tags.iter().map(|tag| fold(tag)).collect(),
            kinds: index.words().iter().map(picks).collect(),
            days: filter
                .period
                .map(|days| (day::number(days.from), day::number(days.until))),
        }
    }

    fn has_day(&self, item: &Item) -> bool {
        self.days
            .is_none_or(|(from, until)| from <= item.day && item.day <= until)
    }

    fn is_kind(&self, entry: &Entry) -> bool {
        let is = |kind: &String| entry.kind.word() == *kind || word_of(entry) == *kind;
        self.filter.kinds.is_empty() || self.filter.kinds.iter().any(is)
    }

    /// What is left to ask of the entries of a customer; `None`: all are left out.
    fn of_customer<'a>(&'a self, customer: &'a Customer) -> Option<AskedOf<'a>> {
        let key = self.filter.customer.as_deref();
        if key.is_some_and(|key| *customer.key != *key) {
            return None;
        }
        let only = match &self.filter.only {
            Some(only) => Some(only.of(customer)?),
            None => None,
        };
        let mut names = vec![fold(&customer.key)];
        if !self.words.is_empty() {
            names.push(fold(customer.name()));
            names.extend(customer.head.texts("aliases").map(fold));
            names.extend(customer.head.text("reading").map(fold));
        }
        let is_named = |word: &&str| names.iter().any(|name| name.contains(word));
        let has_tag = |tag: &&str| customer.head.texts("tags").any(|own| fold(own) == *tag);
        let statuses = &self.filter.status;
        let stands = statuses.is_empty() || statuses.iter().any(|word| word == customer.status());
        Some(AskedOf {
            asked: self,
            words: self
                .words
                .iter()
                .map(String::as_str)
                .filter(|word| !is_named(word))
                .collect(),
            tags: self
                .tags
                .iter()
                .map(String::as_str)
                .filter(|tag| !has_tag(tag))
                .collect(),
            stands,
            only,
        })
    }
}

/// What is left to ask of the entries of one customer.
struct AskedOf<'a> {
    asked: &'a Asked<'a>,
    words: Vec<&'a str>,
    tags: Vec<&'a str>,
    stands: bool,
    only: Option<OnlyOf<'a>>,
}

impl AskedOf<'_> {
    fn item(&self, index: &Index, item: &Item) -> bool {
        if !self
            .asked
            .kinds
            .get(usize::from(item.word))
            .is_some_and(|is| *is)
        {
            return false;
        }
        if !self.is_found(item.place) {
            return false;
        }
        if self.asks_nothing() {
            return true;
        }
        match index.entry(item) {
            Some(entry) => self.entry(entry),
            None => {
                item.place == HEAD
                    && self.words.is_empty()
                    && self.tags.is_empty()
                    && self.stands
                    && self.asked.filter.deal.is_none()
            }
        }
    }

    fn is_found(&self, place: u32) -> bool {
        self.only.as_ref().is_none_or(|only| only.has(place))
    }

    fn asks_nothing(&self) -> bool {
        self.words.is_empty()
            && self.tags.is_empty()
            && self.stands
            && self.asked.filter.deal.is_none()
    }

    fn entry(&self, entry: &Entry) -> bool {
        let has_tag = |tag: &&str| entry.fields.texts("tags").any(|own| fold(own) == **tag);
        self.is_of_deal(entry)
            && (self.stands || self.stands_there(entry))
            && self.tags.iter().all(has_tag)
            && has_words(entry, self.words.iter().copied())
    }

    fn is_of_deal(&self, entry: &Entry) -> bool {
        self.asked.filter.deal.as_deref().is_none_or(|deal| {
            entry.is(Kind::Deal.word(), deal) || entry.fields.text("deal") == Some(deal)
        })
    }

    fn stands_there(&self, entry: &Entry) -> bool {
        let word = match entry.kind() {
            Some(Kind::Deal | Kind::Concern) => entry.word("status"),
            Some(Kind::Negotiation) => entry.word("result"),
            Some(Kind::Promise) if entry.is_open() => "open",
            Some(Kind::Promise) if entry.fields.get("done").is_some() => "done",
            Some(Kind::Promise) => "dropped",
            _ => return false,
        };
        self.asked.filter.status.iter().any(|status| status == word)
    }
}
