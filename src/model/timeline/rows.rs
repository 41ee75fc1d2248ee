//! The rows of the list at a zoom: numbers only, made where filter or zoom change.

use jiff::civil::{Date, Weekday};

use super::day;
use super::filter::Selection;
use super::index::{Index, Undated};
use super::item::{Item, Role};
use super::period::{Period, Zoom};
use super::sum::Sum;

/// How the list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// How much a row stands for.
    pub zoom: Zoom,
    /// Whether the newest stands at the top.
    pub newest_first: bool,
    /// The day that parts what was from what is to come.
    pub today: Date,
    /// The first day of a week.
    pub week_starts: Weekday,
    /// More days than this without a touch are a gap; `None`: no gaps. As
    /// [`super::filter::Filter::gap_days`] says.
    pub gap_days: Option<i32>,
}

/// A row, as a number. [`View::lines`](super::window) makes something to read of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// What stands on a day: the place of an item in the index.
    Item(u32),
    /// The period that begins on this day, above its rows.
    Rule(i32),
    /// A silence: a place in [`View::gaps`].
    Gap(u32),
    /// Between what is to come and what was.
    Now,
    /// A whole period: a place in [`View::sums`].
    Sum(u32),
    /// Above what has no day.
    NoDay,
    /// An entry without a day.
    Undated(Undated),
}

/// A time without a touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The day of the touch before it.
    pub from: Date,
    /// The day of the touch behind it, or today.
    pub until: Date,
    /// Whether it goes on: there was no touch since.
    pub is_open: bool,
}

impl Gap {
    /// Its length in days.
    pub fn days(&self) -> i32 {
        day::number(self.until) - day::number(self.from)
    }

    /// Its length in words: `14 months`, or weeks below three months.
    pub fn words(&self) -> String {
        let (count, one, many) = match self.days() {
            days @ ..=13 => (days, "day", "days"),
            days @ ..=89 => (days / 7, "week", "weeks"),
            days => (days / 30, "month", "months"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }
}

/// The rows of the list. Twelve bytes a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    ask: Ask,
    rows: Vec<Row>,
    gaps: Vec<Gap>,
    sums: Vec<Sum>,
    now: Option<usize>,
    entries: usize,
}

impl View {
    /// The rows of what a filter lets through. Future entries and what is to come stand above
    /// [`Row::Now`], newest first, or below it, oldest first; a promise that was due before
    /// today stands only where it was made.
    pub fn new(index: &Index, selection: &Selection, ask: Ask) -> View {
        let size = selection.len() + selection.len() / 16 + 64;
        let mut maker = Maker {
            index,
            today: day::number(ask.today),
            has_today: selection
                .filter()
                .period
                .is_none_or(|days| days.contains(ask.today)),
            rule: None,
            touch: None,
            is_silent: false,
            view: View {
                ask,
                rows: Vec::with_capacity(if ask.zoom.sums_up() { 64 } else { size }),
                gaps: Vec::new(),
                sums: Vec::new(),
                now: None,
                entries: 0,
            },
        };
        let places = selection.by_day(index);
        let today = maker.today;
        let items = |place: u32| Some((place, index.item(place)?));
        let shown = |(_, item): &(u32, &Item)| !item.role.is_mark() || item.day >= today;
        if ask.newest_first {
            maker.make(places.rev().filter_map(items).filter(shown));
        } else {
            maker.make(places.filter_map(items).filter(shown));
        }
        maker.view
    }

    /// The same with entries that have no day below all others. Among sums they have no place.
    #[must_use]
    pub fn with_undated(mut self, undated: Vec<Undated>) -> View {
        if !undated.is_empty() && !self.ask.zoom.sums_up() {
            self.entries += undated.len();
            self.rows.push(Row::NoDay);
            self.rows.extend(undated.into_iter().map(Row::Undated));
        }
        self
    }

    /// How it was asked for.
    pub fn ask(&self) -> &Ask {
        &self.ask
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row, counted from the top.
    pub fn row(&self, at: usize) -> Option<Row> {
        self.rows.get(at).copied()
    }

    /// All rows, from the top.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether a row can be selected: an entry, another day that matters, or a sum.
    pub fn is_choice(&self, at: usize) -> bool {
        matches!(
            self.row(at),
            Some(Row::Item(_) | Row::Sum(_) | Row::Undated(_))
        )
    }

    /// The row of *now*, where today lies in the period shown.
    pub fn now(&self) -> Option<usize> {
        self.now
    }

    /// How many entries its rows stand for, each counted once.
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// The silences.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// The periods summed up, in the order of their rows.
    pub fn sums(&self) -> &[Sum] {
        &self.sums
    }

    /// The bytes it takes.
    pub fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Row>()
            + self.gaps.capacity() * size_of::<Gap>()
            + self.sums.capacity() * size_of::<Sum>()
    }
}

struct Maker<'a> {
    index: &'a Index,
    today: i32,
    has_today: bool,
    /// The days of the rule that was written last.
    rule: Option<(i32, i32)>,
    /// The day of the touch that was met last.
    touch: Option<i32>,
    /// Whether that is no touch but today.
    is_silent: bool,
    view: View,
}

/// A period while it is summed up.
struct Group {
    days: (i32, i32),
    sum: Sum,
    /// Its first and its last touch up to today, in the order of the rows.
    touches: Option<(i32, i32)>,
}

impl Maker<'_> {
    fn make<'i>(&mut self, items: impl Iterator<Item = (u32, &'i Item)>) {
        if self.view.ask.zoom.sums_up() {
            self.sums(items);
        } else {
            self.entries(items);
        }
        if !self.view.rows.is_empty() {
            self.now();
        }
        self.view.rows.shrink_to_fit();
    }

    fn entries<'i>(&mut self, items: impl Iterator<Item = (u32, &'i Item)>) {
        for (place, item) in items {
            let is_ahead = item.role.is_mark() || item.day > self.today;
            if is_ahead != self.view.ask.newest_first {
                self.now();
            }
            if self.index.is_touch(item) && item.day <= self.today {
                self.meet(item.day, item.day);
            }
            self.rule(item.day);
            self.view.rows.push(Row::Item(place));
            self.view.entries += usize::from(item.role == Role::Entry);
        }
    }

    fn sums<'i>(&mut self, items: impl Iterator<Item = (u32, &'i Item)>) {
        let mut group: Option<Group> = None;
        for (_, item) in items {
            let is_in = |group: &&mut Group| group.days.0 <= item.day && item.day <= group.days.1;
            let here = match group.as_mut().filter(is_in) {
                Some(here) => here,
                None => {
                    self.close(group.take());
                    let period = self.around(self.view.ask.zoom, item.day);
                    group.insert(Group {
                        days: (day::number(period.from), day::number(period.until)),
                        sum: Sum::new(period),
                        touches: None,
                    })
                }
            };
            here.sum.add(self.index, item);
            if self.index.is_touch(item) && item.day <= self.today {
                let first = here.touches.map_or(item.day, |(first, _)| first);
                here.touches = Some((first, item.day));
            }
        }
        self.close(group);
    }

    /// Writes the row of a period.
    fn close(&mut self, group: Option<Group>) {
        let Some(group) = group else { return };
        if (group.days.0 > self.today) != self.view.ask.newest_first {
            self.now();
        }
        if let Some((first, last)) = group.touches {
            self.meet(first, last);
        }
        self.rule(group.days.0);
        let at = u32::try_from(self.view.sums.len()).unwrap_or(u32::MAX);
        self.view.rows.push(Row::Sum(at));
        self.view.entries += group.sum.entries as usize;
        self.view.sums.push(group.sum);
    }

    fn around(&self, zoom: Zoom, day: i32) -> Period {
        zoom.around(day::of(day), self.view.ask.week_starts)
    }

    /// Writes *now* where it was not yet.
    fn now(&mut self) {
        if self.view.now.is_some() || !self.has_today {
            return;
        }
        if self.view.ask.newest_first {
            // The silence since the last touch is told where that one is met.
            self.touch = Some(self.today);
            self.is_silent = true;
        } else {
            self.gap(self.today, true);
            self.touch = None;
        }
        self.view.now = Some(self.view.rows.len());
        self.view.rows.push(Row::Now);
    }

    fn rule(&mut self, day: i32) {
        let Some(zoom) = self.view.ask.zoom.rule() else {
            return;
        };
        if self
            .rule
            .is_some_and(|(from, until)| from <= day && day <= until)
        {
            return;
        }
        let period = self.around(zoom, day);
        let from = day::number(period.from);
        self.rule = Some((from, day::number(period.until)));
        self.view.rows.push(Row::Rule(from));
    }

    /// Writes the silence between the touch that was met last and the one of this day, or today.
    /// Between sums it is told only where a whole period lies in it.
    fn gap(&mut self, day: i32, is_open: bool) {
        let (Some(days), Some(touch)) = (self.view.ask.gap_days, self.touch) else {
            return;
        };
        let (from, until) = (touch.min(day), touch.max(day));
        if until - from <= days {
            return;
        }
        let zoom = self.view.ask.zoom;
        if zoom.sums_up() {
            let next = day::number(self.around(zoom, from).until) + 1;
            if day::number(self.around(zoom, next).until) >= until {
                return;
            }
        }
        let at = u32::try_from(self.view.gaps.len()).unwrap_or(u32::MAX);
        self.view.rows.push(Row::Gap(at));
        self.view.gaps.push(Gap {
            from: day::of(from),
            until: day::of(until),
            is_open,
        });
    }

    /// Meets a touch: tells the silence before it, and remembers its last day.
    fn meet(&mut self, first: i32, last: i32) {
        let is_open = std::mem::take(&mut self.is_silent);
        self.gap(first, is_open);
        self.touch = Some(last);
    }
}
