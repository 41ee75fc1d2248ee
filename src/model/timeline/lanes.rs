//! Lanes: a row per customer, a cell per week, month, quarter or year. Who was seen when, and who
//! fell silent.

use jiff::civil::{Date, Weekday};

use super::day;
use super::filter::{GAP_DAYS, Selection};
use super::index::Index;
use super::item::{Item, Role};
use super::mark::Mark;
use super::period::{Period, Zoom};
use super::words::Word;
use crate::model::attention::cadence_days;
use crate::model::settings::Settings;

/// The part of the lanes that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// What a cell stands for.
    pub zoom: Zoom,
    /// The days of each column, oldest first, side by side.
    pub columns: Vec<Period>,
}

impl Window {
    /// So many columns, the last one around a day.
    pub fn ending(last: Date, columns: usize, zoom: Zoom, week_starts: Weekday) -> Window {
        let mut periods = vec![zoom.around(last, week_starts)];
        while periods.len() < columns {
            let before = periods.last().and_then(|first| first.from.yesterday().ok());
            let Some(before) = before else { break };
            periods.push(zoom.around(before, week_starts));
        }
        periods.truncate(columns);
        periods.reverse();
        Window {
            zoom,
            columns: periods,
        }
    }

    /// All days from the first column's to the last one's.
    pub fn days(&self) -> Option<Period> {
        let (first, last) = (self.columns.first()?, self.columns.last()?);
        Some(Period {
            from: first.from,
            until: last.until,
        })
    }
}

/// What happened with a customer in the days of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The strongest of it.
    pub mark: Mark,
    /// How many entries happened.
    pub entries: u32,
    /// How many of them count as being in touch.
    pub touches: u32,
    /// How much is to come.
    pub ahead: u32,
    /// Whether a deal was won.
    pub won: bool,
    /// Whether a deal was lost.
    pub lost: bool,
    /// Whether it lies in a time without a touch that is longer than the cadence, whatever else
    /// was written down in it.
    pub is_silent: bool,
}

/// A customer's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The customer's place in the index.
    pub customer: u32,
    /// A cell for each column.
    pub cells: Vec<Cell>,
    /// The day of the last touch up to today.
    pub last_touch: Option<Date>,
    /// The days since then, where they are more than the cadence: the customer fell silent.
    pub silent_days: Option<i32>,
}

/// The lanes of the customers and the columns that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lanes {
    /// What is shown.
    pub window: Window,
    /// A row per customer, in the order asked for.
    pub lanes: Vec<Lane>,
}

impl Lanes {
    /// The lanes of these customers (places in the index, in the order they are to stand in), with
    /// what a filter lets through. Silences are told by all touches, whatever the filter says.
    pub fn new(
        index: &Index,
        selection: &Selection,
        settings: &Settings,
        customers: &[u32],
        window: Window,
        today: Date,
    ) -> Lanes {
        let ends: Vec<i32> = window
            .columns
            .iter()
            .map(|column| day::number(column.until))
            .collect();
        let maker = Maker {
            index,
            selection,
            settings,
            touches: index.words().iter().map(Word::is_touch).collect(),
            from: window
                .columns
                .first()
                .map_or(0, |column| day::number(column.from)),
            ends,
            today: day::number(today),
        };
        Lanes {
            lanes: customers
                .iter()
                .map(|customer| maker.lane(*customer))
                .collect(),
            window,
        }
    }

    /// The customers that a filter lets anything of through, by key. Our own service is none.
    pub fn customers(index: &Index, selection: &Selection) -> Vec<u32> {
        let has_any = |number: usize| {
            let places = index.start(number)..index.start(number + 1);
            places.into_iter().any(|place| selection.has(place))
        };
        let customers = index.customers().iter().enumerate();
        customers
            .filter(|(number, customer)| !customer.is_ourselves() && has_any(*number))
            .filter_map(|(number, _)| u32::try_from(number).ok())
            .collect()
    }
}

struct Maker<'a> {
    index: &'a Index,
    selection: &'a Selection,
    settings: &'a Settings,
    /// For each word of the index, whether it counts as being in touch.
    touches: Vec<bool>,
    from: i32,
    /// The last day of each column.
    ends: Vec<i32>,
    today: i32,
}

impl Maker<'_> {
    fn lane(&self, customer: u32) -> Lane {
        let number = customer as usize;
        let items = self.index.items_of(number);
        let mut cells = vec![Cell::default(); self.ends.len()];
        // The first and the last touch in each column.
        let mut touches: Vec<Option<(i32, i32)>> = vec![None; self.ends.len()];
        let first = items.partition_point(|item| item.day < self.from);
        let places = self
            .index
            .start(number)
            .saturating_add(u32::try_from(first).unwrap_or(0))..;
        let mut column = 0;
        for (place, item) in places.zip(items.iter().skip(first)) {
            while self.ends.get(column).is_some_and(|end| *end < item.day) {
                column += 1;
            }
            let (Some(cell), Some(touches)) = (cells.get_mut(column), touches.get_mut(column))
            else {
                break;
            };
            if self.is_past_touch(item) {
                let first = touches.map_or(item.day, |(first, _)| first);
                *touches = Some((first, item.day));
            }
            if self.selection.has(place) {
                self.add(cell, item);
            }
        }
        let mut past_touches = items.iter().rev().filter(|item| self.is_past_touch(item));
        let last_touch = past_touches.next().map(|item| item.day);
        let cadence = self.cadence(customer);
        self.mark_silence(items, &mut cells, &touches, cadence);
        Lane {
            customer,
            cells,
            last_touch: last_touch.map(day::of),
            silent_days: last_touch
                .map(|last| self.today - last)
                .filter(|days| *days > cadence),
        }
    }

    fn cadence(&self, customer: u32) -> i32 {
        let customer = self.index.customer(customer);
        customer
            .and_then(|customer| cadence_days(customer, self.settings))
            .unwrap_or(GAP_DAYS)
    }

    fn is_past_touch(&self, item: &Item) -> bool {
        let is_touch = self.touches.get(usize::from(item.word));
        item.role == Role::Entry && item.day <= self.today && is_touch == Some(&true)
    }

    fn add(&self, cell: &mut Cell, item: &Item) {
        if item.role.is_mark() {
            if item.day >= self.today {
                cell.ahead += 1;
                cell.mark = cell.mark.max(Mark::Ahead);
            }
            return;
        }
        let Some(word) = self.index.word(item) else {
            return;
        };
        let mark = Mark::of(item, word);
        cell.entries += u32::from(item.role == Role::Entry);
        cell.touches += u32::from(item.role == Role::Entry && word.is_touch());
        cell.won |= mark == Mark::Won;
        cell.lost |= mark == Mark::Lost;
        cell.mark = cell.mark.max(mark);
    }

    /// Marks the cells that lie between two touches, or the last one and today, that are farther
    /// apart than the cadence. `touches`: the first and the last one in each cell.
    fn mark_silence(
        &self,
        items: &[Item],
        cells: &mut [Cell],
        touches: &[Option<(i32, i32)>],
        cadence: i32,
    ) {
        let first = items.partition_point(|item| item.day < self.from);
        let past = |item: &&Item| self.is_past_touch(item);
        let end = self.ends.last().copied().unwrap_or(self.from);
        let behind = items.partition_point(|item| item.day <= end);
        let mut later = items
            .iter()
            .skip(behind)
            .find(past)
            .map_or(self.today, |item| item.day);
        // From the last cell back: the touch that is next after each.
        let mut next = vec![later; cells.len()];
        for (next, touches) in next.iter_mut().zip(touches).rev() {
            *next = later;
            later = touches.map_or(later, |(first, _)| first);
        }
        let mut before = items
            .iter()
            .take(first)
            .rev()
            .find(past)
            .map(|item| item.day);
        let mut from = self.from;
        for (at, cell) in cells.iter_mut().enumerate() {
            let here = touches.get(at).copied().flatten();
            let next = next.get(at).copied().unwrap_or(self.today);
            cell.is_silent = here.is_none()
                && from <= self.today
                && before.is_some_and(|before| next - before > cadence);
            if cell.is_silent {
                cell.mark = cell.mark.max(Mark::Gap);
            }
            before = here.map(|(_, last)| last).or(before);
            from = self.ends.get(at).map_or(from, |end| end + 1);
        }
    }
}
