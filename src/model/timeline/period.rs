//! Stretches of time: a day, week, month, quarter or year, and any days from one to another.

use std::fmt;

use jiff::ToSpan as _;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::day;
use crate::model::age::days_between;

/// How much time a row or a cell stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Zoom {
    /// A row is an entry, below a rule for each month.
    #[default]
    Day,
    /// A row is an entry, below a rule for each week.
    Week,
    /// A row sums up a month.
    Month,
    /// A row sums up a quarter.
    Quarter,
    /// A row sums up a year.
    Year,
}

impl Zoom {
    /// From near to far.
    pub const ALL: [Zoom; 5] = [
        Zoom::Day,
        Zoom::Week,
        Zoom::Month,
        Zoom::Quarter,
        Zoom::Year,
    ];

    /// As it is typed and shown.
    pub fn word(self) -> &'static str {
        match self {
            Zoom::Day => "day",
            Zoom::Week => "week",
            Zoom::Month => "month",
            Zoom::Quarter => "quarter",
            Zoom::Year => "year",
        }
    }

    /// The zoom of that name.
    pub fn of(word: &str) -> Option<Zoom> {
        Zoom::ALL.into_iter().find(|zoom| zoom.word() == word)
    }

    /// Whether a row stands for all entries of a period instead of one.
    pub fn sums_up(self) -> bool {
        self >= Zoom::Month
    }

    /// One level nearer: where Enter leads.
    pub fn nearer(self) -> Option<Zoom> {
        let at = Zoom::ALL.iter().position(|zoom| *zoom == self)?;
        Zoom::ALL.get(at.checked_sub(1)?).copied()
    }

    /// One level farther: where Esc leads.
    pub fn farther(self) -> Option<Zoom> {
        let at = Zoom::ALL.iter().position(|zoom| *zoom == self)?;
        Zoom::ALL.get(at + 1).copied()
    }

    /// What the rows of a list stand below: months above days, weeks above the days of a week,
    /// years above months and quarters, nothing above years.
    pub fn rule(self) -> Option<Zoom> {
        match self {
            Zoom::Day => Some(Zoom::Month),
            Zoom::Week => Some(Zoom::Week),
            Zoom::Month | Zoom::Quarter => Some(Zoom::Year),
            Zoom::Year => None,
        }
    }

    /// The period that a day lies in.
    pub fn around(self, day: Date, week_starts: Weekday) -> Period {
        match self {
            Zoom::Day => Period {
                from: day,
                until: day,
            },
            Zoom::Week => {
                let behind = day.weekday().since(week_starts);
                let from = day.saturating_sub(behind.days());
                Period {
                    from,
                    until: from.saturating_add(6.days()),
                }
            }
            Zoom::Month => Period {
                from: day.first_of_month(),
                until: day.last_of_month(),
            },
            Zoom::Quarter => {
                let into = (day.month() - 1) % 3;
                let from = day.first_of_month().saturating_sub(into.months());
                Period {
                    from,
                    until: from.saturating_add(2.months()).last_of_month(),
                }
            }
            Zoom::Year => Period {
                from: day.first_of_year(),
                until: day.last_of_year(),
            },
        }
    }

    /// The title of the period that begins on a day: `2026-11-20`, `2026-W47`, `2026-11`,
    /// `2026 Q4`, `2026`. A week has the number of its Monday, whichever day it starts on.
    pub fn title(self, from: Date) -> String {
        match self {
            Zoom::Day => from.to_string(),
            Zoom::Week => {
                let to_monday = from.weekday().until(Weekday::Monday);
                let week = from.saturating_add(to_monday.days()).iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Zoom::Month => from.strftime("%Y-%m").to_string(),
            Zoom::Quarter => format!("{:04} Q{}", from.year(), (from.month() - 1) / 3 + 1),
            Zoom::Year => format!("{:04}", from.year()),
        }
    }

    /// Its length, about, in days.
    fn days(self) -> i32 {
        match self {
            Zoom::Day => 1,
            Zoom::Week => 7,
            Zoom::Month => 28,
            Zoom::Quarter => 90,
            Zoom::Year => 365,
        }
    }
}

impl fmt::Display for Zoom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Days from one to another, both inclusive. [`Date::MIN`] and [`Date::MAX`] leave an end open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

impl Period {
    /// From a day on, or up to one, or both; `None` where neither is said. Days typed the wrong
    /// way round are put right.
    pub fn between(from: Option<Date>, until: Option<Date>) -> Option<Period> {
        if from.is_none() && until.is_none() {
            return None;
        }
        let (from, until) = (from.unwrap_or(Date::MIN), until.unwrap_or(Date::MAX));
        Some(Period {
            from: from.min(until),
            until: until.max(from),
        })
    }

    /// Reads the title of a month, week, quarter or year: `2026-11`, `2026-W47`, `2026 Q4` (also
    /// `2026Q4`, `2026-Q4`), `2026`. Letter case is of no matter. `None` for anything else, days
    /// included, and for months and weeks that there are not.
    pub fn parse(text: &str, week_starts: Weekday) -> Option<Period> {
        let text = text.trim().to_ascii_uppercase();
        let (year, rest) = text.split_at_checked(4)?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let year: i16 = year.parse().ok().filter(|_| digits(year))?;
        let rest = rest.trim_start_matches([' ', '-']);
        let number = |text: &str| text.parse::<i8>().ok().filter(|_| digits(text));
        let (zoom, day) = if rest.is_empty() {
            (Zoom::Year, Date::new(year, 1, 1))
        } else if let Some(quarter) = rest.strip_prefix('Q') {
            let quarter = number(quarter).filter(|quarter| (1..=4).contains(quarter))?;
            (Zoom::Quarter, Date::new(year, quarter * 3, 1))
        } else if let Some(week) = rest.strip_prefix('W') {
            let week = ISOWeekDate::new(year, number(week)?, Weekday::Monday);
            (Zoom::Week, week.map(ISOWeekDate::date))
        } else {
            let month = number(rest).filter(|_| rest.len() == 2)?;
            (Zoom::Month, Date::new(year, month, 1))
        };
        Some(zoom.around(day.ok()?, week_starts))
    }

    /// Whether a day lies in it.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }

    /// The day, drawn into the period where it lies outside.
    pub fn clamp(&self, day: Date) -> Date {
        day.max(self.from).min(self.until)
    }

    /// Whether both ends are said.
    pub fn is_closed(&self) -> bool {
        self.from > Date::MIN && self.until < Date::MAX
    }

    /// The one day, week, month, quarter or year that it is, if so.
    pub fn zoom(&self, week_starts: Weekday) -> Option<Zoom> {
        let is = |zoom: &Zoom| zoom.around(self.from, week_starts) == *self;
        Zoom::ALL.into_iter().find(is)
    }

    /// The period as long as this one, `by` lengths later or, below 0, earlier. Whole months move
    /// by months, everything else by days. A period with an open end stays.
    #[must_use]
    pub fn shift(self, by: i32) -> Period {
        if !self.is_closed() {
            return self;
        }
        let Some(months) = self.months() else {
            let days = days_between(self.from, self.until).unwrap_or(0) + 1;
            let span = days.saturating_mul(by).days();
            return Period {
                from: self.from.saturating_add(span),
                until: self.until.saturating_add(span),
            };
        };
        let from = self.from.saturating_add((months * by).months());
        let until = from.saturating_add((months - 1).months()).last_of_month();
        Period { from, until }
    }

    /// How many whole months it is.
    fn months(&self) -> Option<i32> {
        let whole =
            self.from == self.from.first_of_month() && self.until == self.until.last_of_month();
        whole.then(|| month_number(self.until) - month_number(self.from) + 1)
    }

    /// The next longer of day, week, month, quarter and year, around a day; `None` beyond a year:
    /// all of time.
    pub fn widen(self, around: Date, week_starts: Weekday) -> Option<Period> {
        let length = self.length();
        let zoom = Zoom::ALL.into_iter().find(|zoom| zoom.days() > length)?;
        (length < Zoom::Year.days()).then(|| zoom.around(self.clamp(around), week_starts))
    }

    /// The next shorter of day, week, month, quarter and year, around a day; a day stays a day.
    /// All of time is `None`, and the next shorter is a year.
    pub fn narrow(period: Option<Period>, around: Date, week_starts: Weekday) -> Period {
        let length = period.map_or(i32::MAX, |period| period.length());
        let around = period.map_or(around, |period| period.clamp(around));
        let shorter = |zoom: &&Zoom| match zoom {
            // A month has up to 31 days, a quarter up to 92, a year up to 366.
            Zoom::Day | Zoom::Week => zoom.days() < length,
            _ => zoom.days() + 3 < length,
        };
        let zoom = Zoom::ALL.iter().rev().find(shorter).unwrap_or(&Zoom::Day);
        zoom.around(around, week_starts)
    }

    fn length(&self) -> i32 {
        day::number(self.until) - day::number(self.from) + 1
    }

    /// As it is shown: `2026-11`, `2026-W47`, `2026 Q4`, `2025-10..2026-03`, `2025-10-03..`.
    pub fn title(&self, week_starts: Weekday) -> String {
        if let Some(zoom) = self.zoom(week_starts) {
            return zoom.title(self.from);
        }
        let by_month = (self.from == Date::MIN || self.from == self.from.first_of_month())
            && (self.until == Date::MAX || self.until == self.until.last_of_month());
        let zoom = if by_month { Zoom::Month } else { Zoom::Day };
        let end = |day: Date, open: Date| match day == open {
            true => String::new(),
            false => zoom.title(day),
        };
        let (from, until) = (end(self.from, Date::MIN), end(self.until, Date::MAX));
        format!("{from}..{until}")
    }
}

fn month_number(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month())
}

#[cfg(test)]
#[path = "period_tests.rs"]
mod tests;
