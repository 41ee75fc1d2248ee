//! A month as weeks, its days with what stands on them.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::day;
use super::filter::Selection;
use super::index::Index;
use super::item::Role;
use super::period::Zoom;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Whether it belongs to the month and not to the ones beside it.
    pub in_month: bool,
    /// Whether it is today.
    pub is_today: bool,
    /// How many entries happened on it.
    pub entries: u32,
    /// How much is to come on it: future entries, promises due, days to ask again.
    pub ahead: u32,
}

/// A month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Its first day.
    pub month: Date,
    /// Its weeks, four to six. All days are filled, the first and the last ones by the months
    /// beside it.
    pub weeks: Vec<[Day; 7]>,
}

impl Calendar {
    /// The month around a day, with what a filter lets through; its period is left aside only
    /// where it was not asked for.
    pub fn new(
        index: &Index,
        selection: &Selection,
        around: Date,
        today: Date,
        week_starts: Weekday,
    ) -> Calendar {
        let month = Zoom::Month.around(around, week_starts);
        let mut weeks = Vec::new();
        let mut first = Zoom::Week.around(month.from, week_starts).from;
        while first <= month.until && weeks.len() < 6 {
            let week = std::array::from_fn(|at| {
                let date = first.saturating_add(i64::try_from(at).unwrap_or_default().days());
                let (entries, ahead) = marks(index, selection, date, today);
                Day {
                    date,
                    in_month: month.contains(date),
                    is_today: date == today,
                    entries,
                    ahead,
                }
            });
            weeks.push(week);
            first = first.saturating_add(7.days());
        }
        Calendar {
            month: month.from,
            weeks,
        }
    }

    /// The days of the month, without those beside it.
    pub fn days(&self) -> impl Iterator<Item = &Day> {
        self.weeks.iter().flatten().filter(|day| day.in_month)
    }

    /// The names of the days, as the weeks begin: `Mo`, `Tu` …
    pub fn heads(&self) -> Vec<String> {
        let week = self.weeks.first().into_iter().flatten();
        week.map(|day| {
            day.date
                .strftime("%a")
                .to_string()
                .chars()
                .take(2)
                .collect()
        })
        .collect()
    }
}

fn marks(index: &Index, selection: &Selection, date: Date, today: Date) -> (u32, u32) {
    let number = day::number(date);
    let (mut entries, mut ahead) = (0, 0);
    for place in index.between(number, number) {
        let Some(item) = index.item(*place).filter(|_| selection.has(*place)) else {
            continue;
        };
        let is_ahead = (item.role.is_mark() && date >= today) || date > today;
        ahead += u32::from(is_ahead);
        entries += u32::from(!is_ahead && item.role == Role::Entry);
    }
    (entries, ahead)
}
