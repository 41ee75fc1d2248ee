//! The rows of the list of customers: which, in what order, under which headings.

use crate::model::attention::Attention;
use crate::model::brief::total_value;
use crate::model::customer::Customer;
use crate::model::fold::fold;
use crate::model::money::Amount;
use crate::ui::ctx::Ctx;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What is due and open first, then who was silent for longer than agreed.
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
    Customer {
        /// The place.
        at: usize,
        /// What is open with them.
        attention: Attention,
    },
}

/// The nearest customer's row from `at` on; upwards, and then downwards, with `up`.
pub(super) fn next_customer(rows: &[Row], at: usize, up: bool) -> usize {
    let is_customer = |at: &usize| matches!(rows.get(*at), Some(Row::Customer { .. }));
    let down = || (at..rows.len()).find(is_customer);
    let above = || (0..=at).rev().find(is_customer);
    if up {
        above().or_else(down)
    } else {
        down().or_else(above)
    }
    .unwrap_or(0)
}

pub(super) fn rows(ctx: &Ctx, sort: Sort, wanted: &str) -> Vec<Row> {
    let journal = ctx.journal;
    let mut shown: Vec<(usize, &Customer, Attention)> = journal
        .customers
        .iter()
        .enumerate()
        .filter(|(_, customer)| matches_filter(customer, wanted))
        .map(|(at, c)| {
            (
                at,
                c.as_ref(),
                Attention::of(c, &journal.settings, ctx.today),
            )
        })
        .collect();
    let name = |c: &Customer| fold(c.head.text("reading").unwrap_or(c.name()));
    shown.sort_by_cached_key(|(_, customer, _)| name(customer));
    match sort {
        Sort::Name => {}
        Sort::Attention => shown.sort_by_key(|(_, _, a)| std::cmp::Reverse(a.weight())),
        Sort::LastTouch => shown.sort_by_key(|(_, _, a)| a.silent_days.unwrap_or(i32::MAX)),
        Sort::Value => {
            let home = journal.settings.currency().unwrap_or("");
            shown.sort_by_cached_key(|(_, customer, _)| {
                let total = total_value(customer, &journal.settings);
                std::cmp::Reverse(total.get(home).unwrap_or(Amount::ZERO))
            });
        }
    }
    // The top of the journal first, then its folders; our own file comes last.
    let group = |c: &Customer| (c.is_ourselves(), c.group().to_owned());
    shown.sort_by_cached_key(|(_, customer, _)| group(customer));
    let mut rows = Vec::new();
    let mut last = (false, String::new());
    for (at, customer, attention) in shown {
        let here = group(customer);
        if here != last {
            let title = if here.0 { "ourselves" } else { here.1.as_str() };
            rows.push(Row::Group(title.to_owned()));
            last = here;
        }
        rows.push(Row::Customer { at, attention });
    }
    rows
}

/// Every word of the filter is part of a name, the reading, the key, a tag or the status.
fn matches_filter(customer: &Customer, wanted: &str) -> bool {
    wanted.split_whitespace().all(|word| {
        let mut names = vec![customer.name(), &*customer.key, customer.status()];
        names.extend(customer.head.text("reading"));
        names.extend(customer.head.texts("aliases"));
        names.extend(customer.head.texts("tags"));
        names.iter().any(|name| fold(name).contains(word))
    })
}
