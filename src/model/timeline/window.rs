//! The rows that are drawn: looked up and made readable, a screen at a time.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::day;
use super::index::Index;
use super::item::{HEAD, Item, Role};
use super::period::Zoom;
use super::rows::{Gap, Row, View};
use super::sum::Sum;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::kind::Kind;

/// A row, ready to be drawn.
#[derive(Clone, Debug)]
pub enum Line<'a> {
    /// What stands on a day.
    Item(ItemLine<'a>),
    /// Above the rows of a period.
    Rule {
        /// What it is: a month, a week, a year.
        zoom: Zoom,
        /// `2026-11`, `2026-W47`, `2026`.
        title: String,
        /// Its first day.
        from: Date,
    },
    /// A silence.
    Gap(&'a Gap),
    /// Between what is to come and what was.
    Now(Date),
    /// Above what has no day.
    NoDay,
    /// An entry without a day.
    Undated(&'a Arc<Customer>, &'a Entry),
    /// A whole period.
    Sum {
        /// `2026-11`, `2026 Q4`, `2026`.
        title: String,
        /// What happened in it.
        sum: &'a Sum,
    },
}

/// What stands on a day, ready to be drawn.
#[derive(Clone, Debug)]
pub struct ItemLine<'a> {
    /// Whose it is.
    pub customer: &'a Arc<Customer>,
    /// The entry; `None` for what stands in the head of the file.
    pub entry: Option<&'a Entry>,
    /// Why it stands on this day.
    pub role: Role,
    /// The day.
    pub day: Date,
    /// The channel of an interaction, the kind of anything else.
    pub word: &'a str,
    /// Whether it is the first of its day below a rule, so that the gutter says the day.
    pub begins_day: bool,
    /// Whether it is to come.
    pub is_ahead: bool,
}

impl ItemLine<'_> {
    /// Its one line: the entry's, or why they are not now or away.
    pub fn text(&self) -> String {
        match (self.entry, self.role) {
            (Some(entry), _) => entry.line_text(),
            (None, Role::Review) => self.customer.head.text("supplier").unwrap_or("").to_owned(),
            (None, _) => self.customer.head.text("why").unwrap_or("").to_owned(),
        }
    }

    /// Where it stands today, as everywhere: `due today`, `overdue 12d`, `answered`; for the head
    /// of a file the customer's status.
    pub fn state(&self, today: Date) -> String {
        match self.entry {
            Some(entry) => entry.state(today),
            None => self.customer.status().to_owned(),
        }
    }

    /// The day on which it was settled: a deal closed, a concern answered, a promise kept.
    pub fn settled(&self) -> Option<Date> {
        settled_day(self.entry?)
    }
}

/// The day on which an entry was settled: a deal closed, a concern answered, a promise kept or
/// dropped. `None` where it is open, or the day was not written down.
pub fn settled_day(entry: &Entry) -> Option<Date> {
    let field = match entry.kind()? {
        Kind::Deal => "closed",
        Kind::Concern => "answered",
        Kind::Promise => {
            let done = entry.fields.day("done");
            return done.or_else(|| entry.fields.day("dropped"));
        }
        _ => return None,
    };
    entry.fields.day(field).filter(|_| !entry.is_open())
}

/// What a row is about, to find it again in another view or after a reload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// What stands on a day.
    Item {
        /// The customer's key.
        customer: Box<str>,
        /// The kind and key of the entry; `None` for the head of the file.
        entry: Option<(Box<str>, Box<str>)>,
        /// Why it stands there.
        role: Role,
        /// The day, for where the entry is gone.
        day: Date,
    },
    /// An entry without a day.
    Undated {
        /// The customer's key.
        customer: Box<str>,
        /// The kind and key of the entry.
        entry: (Box<str>, Box<str>),
    },
    /// A day: of a period, a rule, a silence or *now*.
    Day(Date),
}

impl Spot {
    /// Whether both are about the same thing, on whatever day.
    pub fn is_same(&self, other: &Spot) -> bool {
        let about = |spot: &Spot| match spot {
            Spot::Item {
                customer,
                entry,
                role,
                ..
            } => Some((customer.clone(), entry.clone(), *role)),
            Spot::Undated { customer, entry } => {
                Some((customer.clone(), Some(entry.clone()), Role::Entry))
            }
            Spot::Day(_) => None,
        };
        match (about(self), about(other)) {
            (None, None) => self == other,
            (here, there) => here == there,
        }
    }

    /// Its day, where it has one.
    pub fn day(&self) -> Option<Date> {
        match self {
            Spot::Item { day, .. } | Spot::Day(day) => Some(*day),
            Spot::Undated { .. } => None,
        }
    }
}

impl View {
    /// The rows of a range, ready to be drawn. What is behind the last row is left out. `index` is
    /// the one that the view was made of.
    pub fn lines<'a>(&'a self, index: &'a Index, range: Range<usize>) -> Vec<Line<'a>> {
        let rows = range.start..range.end.min(self.len());
        rows.filter_map(|at| self.line(index, at)).collect()
    }

    /// One row, ready to be drawn.
    pub fn line<'a>(&'a self, index: &'a Index, at: usize) -> Option<Line<'a>> {
        let zoom = self.ask().zoom;
        Some(match self.row(at)? {
            Row::Item(place) => Line::Item(self.item_line(index, index.item(place)?, at)?),
            Row::Rule(from) => {
                let (zoom, from) = (zoom.rule()?, day::of(from));
                Line::Rule {
                    zoom,
                    title: zoom.title(from),
                    from,
                }
            }
            Row::Gap(place) => Line::Gap(self.gaps().get(place as usize)?),
            Row::Now => Line::Now(self.ask().today),
            Row::NoDay => Line::NoDay,
            Row::Undated(undated) => {
                let (customer, entry) = index.undated_entry(&undated)?;
                Line::Undated(customer, entry)
            }
            Row::Sum(place) => {
                let sum = self.sums().get(place as usize)?;
                Line::Sum {
                    title: zoom.title(sum.period.from),
                    sum,
                }
            }
        })
    }

    fn item_line<'a>(&self, index: &'a Index, item: &'a Item, at: usize) -> Option<ItemLine<'a>> {
        let above = at.checked_sub(1).and_then(|above| self.row(above));
        let same_day = matches!(above, Some(Row::Item(place))
            if index.item(place).is_some_and(|above| above.day == item.day));
        let day = day::of(item.day);
        Some(ItemLine {
            customer: index.customer(item.customer)?,
            entry: index.entry(item),
            role: item.role,
            day,
            word: index.word(item).map_or("", |word| &word.text),
            begins_day: !same_day,
            is_ahead: item.role.is_mark() || day > self.ask().today,
        })
    }

    /// The day of a row: of a sum or a rule the first one, of a silence the last one.
    pub fn day(&self, index: &Index, at: usize) -> Option<Date> {
        Some(match self.row(at)? {
            Row::Item(place) => day::of(index.item(place)?.day),
            Row::Rule(from) => day::of(from),
            Row::Gap(place) => self.gaps().get(place as usize)?.until,
            Row::Now => self.ask().today,
            Row::NoDay | Row::Undated(_) => return None,
            Row::Sum(place) => self.sums().get(place as usize)?.period.from,
        })
    }

    /// What a row is about.
    pub fn spot(&self, index: &Index, at: usize) -> Option<Spot> {
        let place = match self.row(at)? {
            Row::Item(place) => place,
            Row::Undated(undated) => {
                let (customer, entry) = index.undated_entry(&undated)?;
                return Some(Spot::Undated {
                    customer: customer.key.clone(),
                    entry: (entry.kind.word().into(), entry.key.clone()),
                });
            }
            _ => return self.day(index, at).map(Spot::Day),
        };
        let item = index.item(place)?;
        let entry = index.entry(item);
        Some(Spot::Item {
            customer: index.customer(item.customer)?.key.clone(),
            entry: entry.map(|entry| (entry.kind.word().into(), entry.key.clone())),
            role: item.role,
            day: day::of(item.day),
        })
    }

    /// The row of what stood at a spot: the same entry where it is shown, else the sum of its
    /// period, else the row that can be selected whose day is nearest. `None` where there is none.
    pub fn find(&self, index: &Index, spot: &Spot) -> Option<usize> {
        if let Some(place) = place_of(index, spot)
            && let Some(at) = self.rows().iter().position(|row| *row == Row::Item(place))
        {
            return Some(at);
        }
        match spot.day() {
            Some(day) => self.nearest(index, day),
            None => self.find_undated(index, spot),
        }
    }

    /// The row of an entry without a day; where it is gone or has got one by now, the last row
    /// that can be selected.
    fn find_undated(&self, index: &Index, spot: &Spot) -> Option<usize> {
        let choices = || (0..self.len()).rev().filter(|at| self.is_choice(*at));
        let is_it = |at: &usize| self.spot(index, *at).as_ref() == Some(spot);
        let mut undated = choices().take_while(|at| matches!(self.row(*at), Some(Row::Undated(_))));
        undated.find(is_it).or_else(|| choices().next())
    }

    /// The row that can be selected whose day is nearest to a day: of several on that day the
    /// first, of two that are as near the earlier day.
    pub fn nearest(&self, index: &Index, day: Date) -> Option<usize> {
        let wanted = day::number(day);
        let away = |row: &Row| match row {
            Row::Item(place) => index.item(*place).map(|item| item.day.abs_diff(wanted)),
            Row::Sum(place) => {
                let sum = self.sums().get(*place as usize)?;
                Some(day::number(sum.period.clamp(day)).abs_diff(wanted))
            }
            _ => None,
        };
        let mut best: Option<(u32, usize)> = None;
        for (at, row) in self.rows().iter().enumerate() {
            if let Some(away) = away(row)
                && best.is_none_or(|(least, _)| away < least)
            {
                best = Some((away, at));
            }
        }
        best.map(|(_, at)| at)
    }
}

/// The place in the index of what stands at a spot.
fn place_of(index: &Index, spot: &Spot) -> Option<u32> {
    let Spot::Item {
        customer,
        entry,
        role,
        ..
    } = spot
    else {
        return None;
    };
    let number = index.customer_place(customer)?;
    let owner = index.customer(number)?;
    let place = match entry {
        None => HEAD,
        Some((kind, key)) => {
            let at = owner.entries.iter().position(|entry| entry.is(kind, key))?;
            u32::try_from(at).ok()?
        }
    };
    let items = index.items_of(number as usize);
    let at = items
        .iter()
        .position(|item| item.place == place && item.role == *role)?;
    index
        .start(number as usize)
        .checked_add(u32::try_from(at).ok()?)
}
