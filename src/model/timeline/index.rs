//! All that stands on a day, in the order of the days: 20 bytes for each of it.
//!
//! The index is made from a snapshot of the journal and kept beside it. It does not know today:
//! what is to come is told from what was where rows are made.

use std::sync::Arc;

use super::day;
use super::item::{HEAD, Item, Role, Stand};
use super::words::{Word, Words};
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::journal::Journal;
use crate::model::kind::Kind;

/// An entry without a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undated {
    /// The customer's place in the index.
    pub customer: u32,
    /// The entry's place in the customer's file.
    pub place: u32,
}

/// All that stands on a day. Deals stand on the day they were opened; people stand on none and
/// are not in here.
#[derive(Clone, Debug, Default)]
pub struct Index {
    customers: Vec<Arc<Customer>>,
    words: Words,
    /// By customer, then in the order of [`Item::order`].
    items: Vec<Item>,
    /// Where the items of each customer begin, and behind the last one where they end.
    starts: Vec<u32>,
    /// Places in `items`, in the order of [`Item::order`].
    by_day: Vec<u32>,
    /// By customer, then as written.
    undated: Vec<Undated>,
}

impl Index {
    /// The index of a journal.
    pub fn new(journal: &Journal) -> Index {
        Index::default().updated(journal)
    }

    /// The index of a newer snapshot. Customers that are the same as before (the same `Arc`) are
    /// taken over as they are.
    #[must_use]
    pub fn updated(&self, journal: &Journal) -> Index {
        let customers = journal.customers.clone();
        let mut new = Index {
            words: self.words.clone(),
            items: Vec::with_capacity(self.items.len() + 64),
            starts: Vec::with_capacity(customers.len() + 1),
            undated: Vec::with_capacity(self.undated.len()),
            ..Index::default()
        };
        // For each customer of before, how far its items have moved.
        let mut moved: Vec<Option<i64>> = vec![None; self.customers.len()];
        let mut fresh: Vec<u32> = Vec::new();
        let mut at = 0;
        for (number, customer) in customers.iter().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let start = place(new.items.len());
            new.starts.push(start);
            while self
                .customers
                .get(at)
                .is_some_and(|old| old.key < customer.key)
            {
                at += 1;
            }
            match self.customers.get(at) {
                Some(old) if Arc::ptr_eq(old, customer) => {
                    if let Some(moved) = moved.get_mut(at) {
                        *moved = Some(i64::from(start) - i64::from(self.start(at)));
                    }
                    new.take_over(self, at, number);
                }
                _ => {
                    new.read(number, customer);
                    fresh.extend(start..place(new.items.len()));
                }
            }
        }
        new.starts.push(place(new.items.len()));
        new.customers = customers;
        new.items.shrink_to_fit();
        new.undated.shrink_to_fit();
        fresh.sort_unstable_by_key(|at| new.item(*at).map(Item::order));
        new.by_day = self.merged(&moved, &fresh, &new);
        new
    }

    /// The items of a customer that did not change, under its new number.
    fn take_over(&mut self, old: &Index, at: usize, number: u32) {
        let same = old.items_of(at).iter().map(|item| Item {
            customer: number,
            ..*item
        });
        self.items.extend(same);
        let at = place(at);
        let from = old.undated.partition_point(|undated| undated.customer < at);
        let same = old.undated.iter().skip(from);
        let same = same.take_while(|undated| undated.customer == at);
        self.undated.extend(same.map(|undated| Undated {
            customer: number,
            ..*undated
        }));
    }

    /// The items of a customer that is new or has changed.
    fn read(&mut self, number: u32, customer: &Customer) {
        let from = self.items.len();
        for (at, entry) in customer.entries.iter().enumerate() {
            let at = place(at);
            if entry.kind() == Some(Kind::Contact) {
                continue;
            }
            let word = self.words.place(entry);
            let item = |role, day| Item {
                day: day::number(day),
                customer: number,
                place: at,
                word,
                role,
                stand: Stand::of(entry),
            };
            match entry.day() {
                Some(day) => self.items.push(item(Role::Entry, day)),
                None => self.undated.push(Undated {
                    customer: number,
                    place: at,
                }),
            }
            for (role, field) in more_days(entry) {
                let day = entry.fields.day(field);
                self.items.extend(day.map(|day| item(role, day)));
            }
        }
        for (role, field) in [(Role::Again, "again"), (Role::Review, "review")] {
            if let Some(day) = customer.head.day(field) {
                let word = self.words.head();
                self.items.push(Item {
                    day: day::number(day),
                    customer: number,
                    place: HEAD,
                    word,
                    role,
                    stand: Stand::Nothing,
                });
            }
        }
        if let Some(read) = self.items.get_mut(from..) {
            read.sort_unstable_by_key(Item::order);
        }
    }

    /// The order of the days: what was there before, in its new places, and what is fresh.
    fn merged(&self, moved: &[Option<i64>], fresh: &[u32], new: &Index) -> Vec<u32> {
        let kept = self.by_day.iter().filter_map(|at| {
            let customer = self.item(*at)?.customer;
            let by = (*moved.get(usize::try_from(customer).ok()?)?)?;
            u32::try_from(i64::from(*at) + by).ok()
        });
        let mut merged = Vec::with_capacity(new.items.len());
        let mut fresh = fresh.iter().copied().peekable();
        let order = |at: u32| new.item(at).map(Item::order);
        for at in kept {
            while let Some(next) = fresh.next_if(|next| order(*next) < order(at)) {
                merged.push(next);
            }
            merged.push(at);
        }
        merged.extend(fresh);
        merged
    }

    /// The customers, in the order of their keys.
    pub fn customers(&self) -> &[Arc<Customer>] {
        &self.customers
    }

    /// The customer at a place.
    pub fn customer(&self, place: u32) -> Option<&Arc<Customer>> {
        self.customers.get(usize::try_from(place).ok()?)
    }

    /// The place of the customer of that key.
    pub fn customer_place(&self, key: &str) -> Option<u32> {
        let at = self
            .customers
            .binary_search_by(|customer| (*customer.key).cmp(key));
        u32::try_from(at.ok()?).ok()
    }

    /// The entry of an item; `None` for what stands in the head of a file.
    pub fn entry(&self, item: &Item) -> Option<&Entry> {
        let customer = self.customer(item.customer)?;
        customer.entries.get(usize::try_from(item.place).ok()?)
    }

    /// The words of the items.
    pub fn words(&self) -> &[Word] {
        self.words.all()
    }

    /// The word of an item.
    pub fn word(&self, item: &Item) -> Option<&Word> {
        self.words.get(item.word)
    }

    /// Whether it is a touch: an entry that counts as being in touch, on the day it happened.
    pub fn is_touch(&self, item: &Item) -> bool {
        item.role == Role::Entry && self.word(item).is_some_and(Word::is_touch)
    }

    /// How many items there are: entries that have a day, and the other days that matter.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing stands on any day.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The item at a place. Places are by customer, and stay the same for one index.
    pub fn item(&self, place: u32) -> Option<&Item> {
        self.items.get(usize::try_from(place).ok()?)
    }

    /// The items of a customer, in the order of the days.
    pub fn items_of(&self, customer: usize) -> &[Item] {
        let (from, until) = (self.start(customer), self.start(customer + 1));
        let range = usize::try_from(from).ok().zip(usize::try_from(until).ok());
        range
            .and_then(|(from, until)| self.items.get(from..until))
            .unwrap_or_default()
    }

    /// The place of a customer's first item.
    pub fn start(&self, customer: usize) -> u32 {
        let start = self.starts.get(customer).or(self.starts.last());
        start.copied().unwrap_or(0)
    }

    /// The places of all items, oldest first.
    pub fn by_day(&self) -> &[u32] {
        &self.by_day
    }

    /// The places of the items from a day on up to another, both inclusive, oldest first.
    pub fn between(&self, from: i32, until: i32) -> &[u32] {
        let day = |at: &u32| self.item(*at).map_or(i32::MAX, |item| item.day);
        let start = self.by_day.partition_point(|at| day(at) < from);
        let end = self.by_day.partition_point(|at| day(at) <= until);
        self.by_day.get(start..end).unwrap_or_default()
    }

    /// The entries without a day, by customer, then as written.
    pub fn undated(&self) -> &[Undated] {
        &self.undated
    }

    /// An entry without a day, and whose it is.
    pub fn undated_entry(&self, undated: &Undated) -> Option<(&Arc<Customer>, &Entry)> {
        let customer = self.customer(undated.customer)?;
        let place = usize::try_from(undated.place).ok()?;
        Some((customer, customer.entries.get(place)?))
    }

    /// The bytes it takes, the customers themselves not counted.
    pub fn bytes(&self) -> usize {
        self.items.capacity() * size_of::<Item>()
            + (self.starts.capacity() + self.by_day.capacity()) * size_of::<u32>()
            + self.undated.capacity() * size_of::<Undated>()
            + self.customers.capacity() * size_of::<Arc<Customer>>()
    }
}

/// A place as the index counts them. A journal of more than four thousand million entries has no
/// room in memory anyway.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(HEAD)
}

/// The days of an entry that matter besides the one that it happened on.
fn more_days(entry: &Entry) -> impl Iterator<Item = (Role, &'static str)> {
    let stand = Stand::of(entry);
    let waits = matches!(stand, Stand::Open | Stand::NotNow);
    let days = match entry.kind() {
        Some(Kind::Promise) => [
            (stand == Stand::Open).then_some((Role::Due, "due")),
            None,
            None,
        ],
        Some(Kind::Negotiation) => [waits.then_some((Role::Again, "again")), None, None],
        Some(Kind::Deal) => [
            (stand != Stand::Open).then_some((Role::Closed, "closed")),
            waits.then_some((Role::Again, "again")),
            (stand == Stand::Won).then_some((Role::Until, "until")),
        ],
        _ => [None; 3],
    };
    days.into_iter().flatten()
}
