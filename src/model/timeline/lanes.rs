//! Lanes: a row per customer, a cell per week, month, quarter or year. Who was seen when, and who
//! fell silent.

use jiff::civil::{Date, Weekday};

use super::day;
use super::filter::{GAP_DAYS, Selection};
use super::index::Index;
use super::item::{Item, Role};
use super::mark::Mark;
use super::period::{Period, Zoom};
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
            let Some(cell) = cells.get_mut(column) else {
                break;
            };
            if self.selection.has(place) {
                self.add(cell, item);
            }
        }
        let last_touch = self.touch_before(items, items.len(), self.today);
        let cadence = self.cadence(customer);
        self.mark_silence(items, &mut cells, cadence);
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

    fn add(&self, cell: &mut Cell, item: &Item) {
        let Some(word) = self.index.word(item) else {
            return;
        };
        if item.role.is_mark() {
            if item.day >= self.today {
                cell.ahead += 1;
                cell.mark = cell.mark.max(Mark::Ahead);
            }
            return;
        }
        let mark = Mark::of(item, word);
        cell.entries += u32::from(item.role == Role::Entry);
        cell.touches += u32::from(self.index.is_touch(item));
        cell.won |= mark == Mark::Won;
        cell.lost |= mark == Mark::Lost;
        cell.mark = cell.mark.max(mark);
    }

    /// The last touch before the item at a place, and not after a day.
    fn touch_before(&self, items: &[Item], at: usize, until: i32) -> Option<i32> {
        let before = items.iter().take(at).rev();
        before
            .filter(|item| item.day <= until && self.index.is_touch(item))
            .map(|item| item.day)
            .next()
    }

    /// Marks the cells that lie between two touches, or the last one and today, that are farther
    /// apart than the cadence.
    fn mark_silence(&self, items: &[Item], cells: &mut [Cell], cadence: i32) {
        let first = items.partition_point(|item| item.day < self.from);
        let mut touches = items
            .iter()
            .skip(first)
            .filter(|item| item.day <= self.today && self.index.is_touch(item))
            .map(|item| item.day)
            .peekable();
        let mut before = self.touch_before(items, first, self.today);
        let mut from = self.from;
        for (cell, end) in cells.iter_mut().zip(&self.ends) {
            let mut has_touch = false;
            while let Some(touch) = touches.next_if(|touch| touch <= end) {
                before = Some(touch);
                has_touch = true;
            }
            let behind = touches.peek().copied().unwrap_or(self.today);
            cell.is_silent = !has_touch
                && from <= self.today
                && before.is_some_and(|before| behind - before > cadence);
            if cell.is_silent {
                cell.mark = cell.mark.max(Mark::Gap);
            }
            from = end + 1;
        }
    }
}
