//! How often there was contact, as a strip of columns.

use jiff::civil::Weekday;

use super::day;
use super::filter::Selection;
use super::index::Index;
use super::period::{Period, Zoom};

/// Contacts by week, month or another unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Density {
    /// What a number stands for.
    pub zoom: Zoom,
    /// The days of each number, oldest first, side by side.
    pub periods: Vec<Period>,
    /// How many contacts there were in each.
    pub counts: Vec<u32>,
}

/// The most units that are counted; two hundred years of weeks are more than any screen shows.
const MAX_UNITS: usize = 12_000;

impl Density {
    /// How often there was contact in the days from one to another, by whole units: the first and
    /// the last one may reach beyond. Contacts are touches that the filter lets through; where it
    /// asks for kinds, whatever entries it lets through.
    pub fn new(
        index: &Index,
        selection: &Selection,
        days: Period,
        zoom: Zoom,
        week_starts: Weekday,
    ) -> Density {
        let mut periods = Vec::new();
        let mut next = zoom.around(days.from, week_starts);
        while next.from <= days.until && periods.len() < MAX_UNITS {
            periods.push(next);
            let Ok(from) = next.until.tomorrow() else {
                break;
            };
            next = zoom.around(from, week_starts);
        }
        let ends: Vec<i32> = periods
            .iter()
            .map(|period| day::number(period.until))
            .collect();
        let mut counts = vec![0; periods.len()];
        let first = periods.first().map_or(0, |period| day::number(period.from));
        let mut at = 0;
        for place in index.between(first, ends.last().copied().unwrap_or(first - 1)) {
            let Some(item) = index.item(*place).filter(|_| selection.has(*place)) else {
                continue;
            };
            while ends.get(at).is_some_and(|end| *end < item.day) {
                at += 1;
            }
            if let Some(count) = counts.get_mut(at) {
                *count += u32::from(selection.counts(index, item));
            }
        }
        Density {
            zoom,
            periods,
            counts,
        }
    }

    /// The first and the last day of all that a filter lets through, up to today; `None` where
    /// there is nothing. What the strip is to show, where no period is asked for.
    pub fn days(index: &Index, selection: &Selection, today: jiff::civil::Date) -> Option<Period> {
        let of = |place: u32| index.item(place).map(|item| day::of(item.day));
        let from = selection.by_day(index).next().and_then(of)?;
        Period::between(Some(from.min(today)), Some(today))
    }

    /// How many contacts there were in all.
    pub fn total(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The strip in so many columns: where there are more units than columns, some share one, and
    /// their contacts are added; where there are fewer, each has one. With each column, the days
    /// that it stands for.
    pub fn columns(&self, columns: usize) -> Vec<(Period, u32)> {
        let units = self.counts.len();
        let columns = columns.min(units);
        let share = |column: usize| column * units / columns.max(1);
        let column = |at: usize| {
            let units = share(at)..share(at + 1);
            let counts = self.counts.get(units.clone())?;
            let periods = self.periods.get(units)?;
            let days = Period {
                from: periods.first()?.from,
                until: periods.last()?.until,
            };
            Some((days, counts.iter().sum()))
        };
        (0..columns).filter_map(column).collect()
    }

    /// The unit whose strip fits best into so many columns: weeks where they have room, else
    /// months, quarters or years.
    pub fn fitting(days: Period, columns: usize) -> Zoom {
        let length = day::number(days.until) - day::number(days.from) + 1;
        let fits = |per_unit: i32| usize::try_from(length / per_unit).is_ok_and(|n| n < columns);
        match () {
            () if fits(7) => Zoom::Week,
            () if fits(28) => Zoom::Month,
            () if fits(90) => Zoom::Quarter,
            () => Zoom::Year,
        }
    }
}
