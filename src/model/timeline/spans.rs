//! Deals as spans of time: from when they were opened until they were closed, with what happened
//! inside, for a line beside the rows.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use super::day;
use super::index::Index;
use super::item::{Item, Stand};
use super::rows::{Row, View};
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::kind::Kind;

/// A deal as a span of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The deal's place in the customer's file.
    pub place: u32,
    /// The deal's key.
    pub key: Box<str>,
    /// The day it was opened, else that of the first entry that belongs to it.
    pub from: Date,
    /// The day it was closed, else that of the last entry that belongs to it; today while open.
    pub until: Date,
    /// How it came out.
    pub stand: Stand,
    /// How many entries belong to it.
    pub entries: usize,
    /// The column of its line: spans that meet stand side by side.
    pub column: usize,
}

/// The deals of one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans {
    customer: u32,
    spans: Vec<Span>,
}

/// A cell of the line beside a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// Whether the line is there at all.
    pub is_there: bool,
    /// Whether it goes on in the row above.
    pub above: bool,
    /// Whether it goes on in the row below.
    pub below: bool,
    /// Whether the row belongs to the deal, or is the deal itself.
    pub belongs: bool,
    /// How the deal came out.
    pub stand: Option<Stand>,
}

impl Spans {
    /// The deals of a customer on a day, the oldest first.
    pub fn new(index: &Index, customer: u32, today: Date) -> Spans {
        let Some(owner) = index.customer(customer) else {
            return Spans::default();
        };
        let places = (0u32..).zip(&owner.entries);
        let insides = Inside::by_deal(owner);
        let mut spans: Vec<Span> = places
            .filter(|(_, entry)| entry.kind() == Some(Kind::Deal))
            .filter_map(|(place, deal)| {
                let inside = insides.get(&*deal.key).copied().unwrap_or_default();
                span(place, deal, inside, today)
            })
            .collect();
        spans.sort_by_key(|span| (span.from, span.place));
        let mut free: Vec<Date> = Vec::new();
        for span in &mut spans {
            let column = free.iter().position(|end| *end < span.from);
            span.column = column.unwrap_or(free.len());
            match free.get_mut(span.column) {
                Some(end) => *end = span.until,
                None => free.push(span.until),
            }
        }
        Spans { customer, spans }
    }

    /// The deals, the oldest first.
    pub fn all(&self) -> &[Span] {
        &self.spans
    }

    /// How many columns their lines take.
    pub fn columns(&self) -> usize {
        self.spans
            .iter()
            .map(|span| span.column + 1)
            .max()
            .unwrap_or(0)
    }

    /// The lines beside the rows of a range: for each row a cell per column. Beside sums there
    /// are none.
    pub fn pieces(&self, view: &View, index: &Index, range: Range<usize>) -> Vec<Vec<Piece>> {
        let rows = range.start..range.end.min(view.len());
        rows.map(|at| self.beside(view, index, at)).collect()
    }

    fn beside(&self, view: &View, index: &Index, at: usize) -> Vec<Piece> {
        let mut pieces = vec![Piece::default(); self.columns()];
        if view.ask().zoom.sums_up() {
            return pieces;
        }
        let item = |at: usize| match view.row(at) {
            Some(Row::Item(place)) => index.item(place),
            _ => None,
        };
        let near = |mut rows: Box<dyn Iterator<Item = usize>>| rows.find_map(item);
        let here = item(at);
        let above = near(Box::new((0..at).rev()));
        let below = near(Box::new(at + 1..view.len()));
        for span in &self.spans {
            let has = |item: Option<&Item>| item.is_some_and(|item| self.covers(span, item));
            let (above, below) = (has(above), has(below));
            let is_there = if here.is_some() {
                has(here)
            } else {
                above && below
            };
            if let (true, Some(piece)) = (is_there, pieces.get_mut(span.column)) {
                *piece = Piece {
                    is_there,
                    above,
                    below,
                    belongs: here.is_some_and(|item| belongs(index, span, item)),
                    stand: Some(span.stand),
                };
            }
        }
        pieces
    }

    fn covers(&self, span: &Span, item: &Item) -> bool {
        let is_past = !item.role.is_mark();
        let day = day::of(item.day);
        item.customer == self.customer && is_past && span.from <= day && day <= span.until
    }
}

fn belongs(index: &Index, span: &Span, item: &Item) -> bool {
    let of_deal = |entry: &Entry| entry.fields.text("deal") == Some(&*span.key);
    item.place == span.place || index.entry(item).is_some_and(of_deal)
}

/// What belongs to a deal.
#[derive(Clone, Copy, Default)]
struct Inside {
    entries: usize,
    first: Option<Date>,
    last: Option<Date>,
}

impl Inside {
    /// What belongs to each deal of a customer, in one pass over the entries.
    fn by_deal(owner: &Customer) -> BTreeMap<&str, Inside> {
        let mut deals: BTreeMap<&str, Inside> = BTreeMap::new();
        for entry in &owner.entries {
            let Some(deal) = entry.fields.text("deal") else {
                continue;
            };
            let inside = deals.entry(deal).or_default();
            inside.entries += 1;
            let day = entry.day();
            inside.first = inside.first.into_iter().chain(day).min();
            inside.last = inside.last.into_iter().chain(day).max();
        }
        deals
    }
}

fn span(place: u32, deal: &Entry, inside: Inside, today: Date) -> Option<Span> {
    let from = deal.day().or(inside.first)?;
    let until = match deal.fields.day("closed") {
        _ if deal.is_open() => today,
        Some(closed) => closed,
        None => inside.last.unwrap_or(from),
    };
    Some(Span {
        place,
        key: deal.key.clone(),
        from,
        until: until.max(from),
        stand: Stand::of(deal),
        entries: inside.entries,
        column: 0,
    })
}
