//! All customers as the list needs them: folded, weighed and put in order once for a journal and
//! a day, and anew only where one of them changed. A key only picks from it.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::attention::Attention;
use crate::model::brief::total_value;
use crate::model::customer::Customer;
use crate::model::fold::fold;
use crate::model::journal::Journal;
use crate::model::money::{Amount, Totals};
use crate::model::search::query::{Query, Test};
use crate::model::search::texts::Texts;
use crate::model::settings::Settings;
use crate::model::today::Today;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Whom there is a reason to turn to today, the weightiest first, then with whom something is
    /// open.
    #[default]
    Attention,
    /// By reading or name.
    Name,
    /// The latest touch first.
    LastTouch,
    /// The largest volume first, in the journal's own currency.
    Value,
}

impl Sort {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Sort::Attention => "by attention",
            Sort::Name => "by name",
            Sort::LastTouch => "by last touch",
            Sort::Value => "by value",
        }
    }

    pub(super) fn next(self) -> Sort {
        match self {
            Sort::Attention => Sort::Name,
            Sort::Name => Sort::LastTouch,
            Sort::LastTouch => Sort::Value,
            Sort::Value => Sort::Attention,
        }
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// The heading of a folder.
    Group(String),
    /// A customer, by its place in the journal.
    Customer(usize),
}

/// What is known of a customer without looking at its entries again.
#[derive(Debug)]
pub struct Known {
    customer: Arc<Customer>,
    /// What a filter looks into.
    texts: Texts,
    /// What it is sorted by among its like.
    name: String,
    /// Our own file, or the folder.
    heading: (bool, Box<str>),
    /// Customers of the same number stand under the same heading.
    group: u32,
    /// What is open with them.
    pub attention: Attention,
    /// What was ever traded with them.
    pub total: Totals,
    /// The same in the journal's own currency, as [`Amount::parts`].
    worth: (i128, i128),
}

impl Known {
    fn new(customer: &Arc<Customer>, settings: &Settings, today: Date) -> Known {
        let head = &customer.head;
        let mut names = vec![customer.name(), &*customer.key, customer.status()];
        names.extend(head.text("reading"));
        names.extend(head.texts("aliases"));
        names.extend(head.texts("tags"));
        let mut known = Known {
            texts: Texts::new(names),
            name: fold(head.text("reading").unwrap_or(customer.name())),
            heading: (customer.is_ourselves(), customer.group().into()),
            group: 0,
            attention: Attention::default(),
            total: Totals::default(),
            worth: (0, 0),
            customer: Arc::clone(customer),
        };
        known.weigh(settings, today);
        known
    }

    fn weigh(&mut self, settings: &Settings, today: Date) {
        self.attention = Attention::of(&self.customer, settings, today);
        self.total = total_value(&self.customer, settings);
        let home = settings.currency().unwrap_or("");
        self.worth = self.total.get(home).map_or((0, 0), Amount::parts);
    }

    /// The top of the journal first, then its folders; our own file comes last.
    fn by_name(&self, other: &Known) -> Ordering {
        let by_heading = self.heading.cmp(&other.heading);
        by_heading.then_with(|| self.name.cmp(&other.name))
    }

    /// Words meet a name, the reading, the key, a tag or the status.
    fn fits(&self, wanted: &Query) -> bool {
        let test = |test: &Test| test.holds(&self.customer, None);
        self.texts.meet(wanted, test)
    }
}

/// All customers of a journal on a day.
#[derive(Debug, Default)]
pub struct Roll {
    today: Option<Date>,
    settings: Settings,
    /// By place in the journal.
    known: Vec<Known>,
    /// The places by name.
    by_name: Vec<usize>,
    /// The places in the order of `sort`; empty: not made yet.
    order: Vec<usize>,
    sort: Sort,
    /// What the rows were narrowed to last.
    wanted: Option<Query>,
    others: usize,
    shown: usize,
}

impl Roll {
    /// What is known of the customer in that place of the journal.
    pub fn known(&self, place: usize) -> Option<&Known> {
        self.known.get(place)
    }

    /// How many customers there are, our own file left out, and how many of them have a row.
    pub fn counts(&self) -> (usize, usize) {
        (self.others, self.shown)
    }

    /// Brings the rows up to date. What was worked out before is used again: for the same
    /// journal and day all of it, for another journal the customers that it shares with the one
    /// before.
    pub fn fill(
        &mut self,
        rows: &mut Vec<Row>,
        (journal, reasons, today): (&Journal, &Today, Date),
        (sort, wanted): (Sort, Query),
    ) {
        if self.follow(journal, today) || sort != self.sort || self.order.is_empty() {
            self.sort = sort;
            self.put_in_order(reasons);
            self.wanted = None;
        }
        if self.wanted.as_ref() != Some(&wanted) {
            self.pick(rows, &wanted);
            self.wanted = Some(wanted);
        }
    }

    fn pick(&mut self, rows: &mut Vec<Row>, wanted: &Query) {
        rows.clear();
        self.shown = 0;
        let mut last = 0;
        for place in &self.order {
            let Some(known) = self.known.get(*place).filter(|k| k.fits(wanted)) else {
                continue;
            };
            let (is_ours, folder) = &known.heading;
            // What lies at the top needs no heading: its number is 0.
            if known.group != last {
                let title = if *is_ours { "ourselves" } else { folder };
                rows.push(Row::Group(title.to_owned()));
                last = known.group;
            }
            self.shown += usize::from(!is_ours);
            rows.push(Row::Customer(*place));
        }
    }

    /// Looks at what is new in a journal; answers whether anything is.
    fn follow(&mut self, journal: &Journal, today: Date) -> bool {
        let is_same_day = self.today == Some(today) && self.settings == journal.settings;
        if !is_same_day {
            (self.today, self.settings) = (Some(today), journal.settings.clone());
            for known in &mut self.known {
                known.weigh(&self.settings, today);
            }
        }
        if self.holds_the_keys_of(journal) {
            let mut is_renamed = false;
            let mut is_changed = !is_same_day;
            for (known, customer) in self.known.iter_mut().zip(&journal.customers) {
                if !Arc::ptr_eq(&known.customer, customer) {
                    let now = Known::new(customer, &self.settings, today);
                    let before = std::mem::replace(known, now);
                    known.group = before.group;
                    is_renamed |= known.by_name(&before) != Ordering::Equal;
                    is_changed = true;
                }
            }
            if is_renamed {
                self.put_by_name();
            }
            return is_changed;
        }
        self.merge(journal, today);
        self.put_by_name();
        true
    }

    fn holds_the_keys_of(&self, journal: &Journal) -> bool {
        let is_same = |(known, customer): (&Known, &Arc<Customer>)| {
            Arc::ptr_eq(&known.customer, customer) || known.customer.key == customer.key
        };
        let customers = &journal.customers;
        self.known.len() == customers.len() && self.known.iter().zip(customers).all(is_same)
    }

    /// Takes over what is known of the customers that are still there; both are in the order of
    /// their keys.
    fn merge(&mut self, journal: &Journal, today: Date) {
        let before = std::mem::take(&mut self.known);
        let mut moved = vec![None; before.len()];
        let mut before = before.into_iter().enumerate().peekable();
        let mut new = Vec::new();
        self.known.reserve(journal.customers.len());
        for (place, customer) in journal.customers.iter().enumerate() {
            let is_gone = |(_, known): &(usize, Known)| known.customer.key < customer.key;
            while before.next_if(is_gone).is_some() {}
            let was = before.next_if(|(_, known)| known.customer.key == customer.key);
            match was.as_ref().and_then(|(was, _)| moved.get_mut(*was)) {
                Some(slot) => *slot = Some(place),
                None => new.push(place),
            }
            let same = was.filter(|(_, known)| Arc::ptr_eq(&known.customer, customer));
            let known = same.map(|(_, known)| known);
            let known = known.unwrap_or_else(|| Known::new(customer, &self.settings, today));
            self.known.push(known);
        }
        // In order but for what is new: that is quick to sort.
        let before = std::mem::take(&mut self.by_name).into_iter();
        let kept = before.filter_map(|was| moved.get(was).copied().flatten());
        self.by_name = kept.chain(new).collect();
    }

    fn put_by_name(&mut self) {
        let known = &self.known;
        self.by_name
            .sort_by(|one, other| match (known.get(*one), known.get(*other)) {
                (Some(a), Some(b)) => a.by_name(b).then(one.cmp(other)),
                _ => Ordering::Equal,
            });
        let mut last = (false, "".into());
        let mut group = 0;
        self.others = 0;
        for place in &self.by_name {
            let Some(known) = self.known.get_mut(*place) else {
                continue;
            };
            self.others += usize::from(!known.heading.0);
            if known.heading != last {
                group += 1;
                last.clone_from(&known.heading);
            }
            known.group = group;
        }
    }

    /// Equal ones stay in the order of their names.
    fn put_in_order(&mut self, reasons: &Today) {
        let mut order = std::mem::take(&mut self.order);
        order.clone_from(&self.by_name);
        let known = |place: &usize| self.known.get(*place);
        let group = |place: &usize| known(place).map(|k| k.group);
        match self.sort {
            Sort::Name => {}
            Sort::Attention => order.sort_by_cached_key(|place| {
                let first = known(place).and_then(|k| reasons.of_customer(&k.customer.key).first());
                let first = first.map(|first| (first.rule, Reverse(first.weight)));
                let open = known(place).map(|k| k.attention.weight());
                let open = open.filter(|_| first.is_none());
                (group(place), first.is_none(), first, Reverse(open))
            }),
            Sort::LastTouch => order.sort_by_cached_key(|place| {
                let silent = known(place).and_then(|k| k.attention.silent_days);
                (group(place), silent.unwrap_or(i32::MAX))
            }),
            Sort::Value => order.sort_by_cached_key(|place| {
                let worth = known(place).map(|k| k.worth);
                (group(place), Reverse(worth))
            }),
        }
        self.order = order;
    }
}

/// The nearest customer's row from `at` on; upwards, and then downwards, with `up`.
pub(super) fn next_customer(rows: &[Row], at: usize, up: bool) -> usize {
    let is_customer = |at: &usize| matches!(rows.get(*at), Some(Row::Customer(_)));
    let down = || (at..rows.len()).find(is_customer);
    let above = || (0..=at).rev().find(is_customer);
    if up {
        above().or_else(down)
    } else {
        down().or_else(above)
    }
    .unwrap_or(0)
}
