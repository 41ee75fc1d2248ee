//! Days as people say them, in English and Japanese: `yesterday 14:30`, `next fri`, `3日前`, `来週火曜`.
//!
//! | said | meant |
//! |---|---|
//! | `last fri`, `this fri`, `next fri`, 先週金曜 今週金曜 来週金曜 | Friday of the ISO week (from Monday) before this one, of this one, of the one after |
//! | `fri`, 金曜 | the last Friday before today, or the first after today, by [`Leaning`]; never today |
//! | `11/5`, `nov 5`, 11月5日, `5th`, 5日, 月末, `eoy`, 年度末 | the latest such day up to today, or the next from today on, by [`Leaning`] |
//! | `3d`, `2 weeks` | so long ago, or in so long, by [`Leaning`]; `+2w`, `in 3 days`, 3日後 and `-3d`, `3 days ago`, 3日前 say it themselves |
//! | `next week`, 来月, `last year` | the first day of it |
//! | `in 1 month` from the 31st | the last day, where the month has no 31st |
//! | a time alone | today at that time |
//!
//! `11/5` is month and day. `2026-11`, `5` and other half days are not read: a wrong guess costs more
//! than a question. A weekday behind a day (`11/24(火)`) has to be the right one.

use jiff::Span;
use jiff::civil::{Date, Time, Weekday};
use unicode_normalization::UnicodeNormalization;

use super::timeline::period::{Period, Zoom};
use super::when::When;
use words::{
    BEFORE_DAYS, BEHIND_DAYS, DAYS, ENDS, ERAS, MONTH_NAMES, MONTHS, NUMBERS, UNITS, Unit,
    WEEKDAYS, WEEKS, WEEKS_BEFORE_DAYS, YEARS, beginning, exactly, weekday,
};

mod words;

/// The longest text that is looked at, in characters; no phrase comes near it.
const MAX_CHARS: usize = 80;

/// Which way a day without a year, month or week is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaning {
    /// When something happened.
    Past,
    /// When something is due.
    Future,
}

/// A text that names no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no day; type it like 2026-11-20, next fri 10:00 or 3日前")]
pub struct Unread {
    /// What was typed.
    pub text: String,
}

/// Reads a day, with a time of day where one is said. Full-width letters and digits, spaces and
/// particles (まで, に, `by`) do no harm. The four date shapes of TOML are read as they are.
///
/// # Errors
/// [`Unread`] for anything else, impossible days and days outside of the years 1 to 9999.
pub fn parse(text: &str, today: Date, leaning: Leaning) -> Result<When, Unread> {
    let typed = text.trim();
    let plain: String = typed.nfkc().take(MAX_CHARS + 1).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let asked = Asked { today, leaning };
    let read = match When::parse(&plain) {
        _ if plain.chars().count() > MAX_CHARS => None,
        Some(when) => Some(When {
            date: when.date.or(Some(today)),
            ..when
        }),
        None => asked.when(&words.join(" ").to_lowercase()),
    };
    read.filter(|when| when.date.is_some_and(|date| date.year() > 0))
        .ok_or_else(|| Unread {
            text: typed.to_owned(),
        })
}

/// Reads the name of a week, month or year as counted from today: `last week`, 今月, `next year`.
/// `None` for anything else, days included.
pub fn stretch(text: &str, today: Date, week_starts: Weekday) -> Option<Period> {
    let plain: String = text.nfkc().take(MAX_CHARS).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let said = words.join(" ").to_lowercase();
    let tables = [
        (Zoom::Week, WEEKS),
        (Zoom::Month, MONTHS),
        (Zoom::Year, YEARS),
    ];
    let (zoom, away) = tables
        .into_iter()
        .find_map(|(zoom, words)| Some((zoom, exactly(words, &said)?)))?;
    let away = i32::try_from(away).ok()?;
    Some(zoom.around(today, week_starts).shift(away))
}

/// A resolved day with its weekday, to be shown before it is saved: `2026-11-24 Tue 10:00`.
pub fn echo(when: When) -> String {
    let mut said = Vec::new();
    if let Some(date) = when.date {
        said.push(date.strftime("%F %a").to_string());
    }
    if let Some(time) = when.time {
        let seconds = if time.second() == 0 { "" } else { ":%S" };
        let bare = When {
            date: None,
            time: None,
            ..when
        };
        said.push(time.strftime(&format!("%H:%M{seconds}")).to_string() + &bare.to_string());
    }
    said.join(" ")
}

/// A day within a month.
#[derive(Clone, Copy)]
enum Day {
    Nth(i64),
    Last,
}

/// A number that the text begins with: up to four digits, or kanji up to 九十九; and the rest.
fn number(text: &str) -> Option<(i64, &str)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (digits, rest) = text.split_at(text.find(|c| !is_digit(c)).unwrap_or(text.len()));
    if !digits.is_empty() {
        let read = digits.parse().ok().filter(|_| digits.len() <= 4)?;
        return Some((read, rest));
    }
    let ones = "一二三四五六七八九";
    let end = text.find(|c| c != '十' && !ones.contains(c));
    let (kanji, rest) = text.split_at(end.unwrap_or(text.len()));
    let one = |text: &str| {
        let mut chars = text.chars();
        let (first, None) = (chars.next()?, chars.next()) else {
            return None;
        };
        i64::try_from(ones.chars().position(|one| one == first)?)
            .ok()
            .map(|at| at + 1)
    };
    let read = match kanji.split_once('十') {
        None => one(kanji)?,
        Some((tens, units)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            let units = if units.is_empty() { 0 } else { one(units)? };
            tens * 10 + units
        }
    };
    Some((read, rest))
}

/// A number of one or two digits, and nothing else.
fn short_number(text: &str) -> Option<i64> {
    let (read, rest) = number(text)?;
    (rest.is_empty() && text.len() <= 2).then_some(read)
}

/// The day of the month that is counted from year 0.
fn day_of(month: i64, day: Day) -> Option<Date> {
    let year = i16::try_from(month.div_euclid(12)).ok()?;
    let month = i8::try_from(month.rem_euclid(12) + 1).ok()?;
    match day {
        Day::Nth(nth) => Date::new(year, month, i8::try_from(nth).ok()?).ok(),
        Day::Last => Some(Date::new(year, month, 1).ok()?.last_of_month()),
    }
}

/// `5日`, and 末 where a month stands before it.
fn japanese_day(text: &str, in_month: bool) -> Option<Day> {
    if in_month && matches!(text, "末" | "末日") {
        return Some(Day::Last);
    }
    let (nth, rest) = number(text)?;
    (rest == "日").then_some(Day::Nth(nth))
}

/// `11月5日`, `11月末`: the month from 0, and the day.
fn japanese_month_day(text: &str) -> Option<(i64, Day)> {
    let (month, rest) = number(text)?;
    let day = japanese_day(rest.strip_prefix('月')?, true)?;
    (1..=12).contains(&month).then_some((month - 1, day))
}

/// `10:00`, `3pm`, `14時半`, `午後2時30分`.
fn clock(text: &str) -> Option<Time> {
    let text = text.trim();
    let text = text.strip_prefix("at ").unwrap_or(text);
    let text = BEHIND_DAYS
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or(text);
    if matches!(text, "noon" | "正午") {
        return Time::new(12, 0, 0, 0).ok();
    }
    let halves = [("am", "午前", 0), ("pm", "午後", 12)];
    let half = halves.iter().find_map(|&(english, japanese, add)| {
        let rest = text.strip_suffix(english).or(text.strip_prefix(japanese))?;
        Some((rest.trim(), add))
    });
    let (text, add) = half.map_or((text, None), |(rest, add)| (rest, Some(add)));
    let (hour, rest) = number(text)?;
    let (minute, second) = match rest {
        "" if add.is_some() => (0, 0),
        "時" => (0, 0),
        "時半" => (30, 0),
        _ => match rest.strip_prefix('時') {
            Some(minutes) => number(minutes)
                .filter(|(_, rest)| *rest == "分")
                .map(|(m, _)| (m, 0))?,
            None => {
                let mut parts = rest.strip_prefix(':')?.split(':');
                let two = |part: &str| short_number(part).filter(|_| part.len() == 2);
                let minute = two(parts.next()?)?;
                let second = parts.next().map_or(Some(0), two)?;
                parts.next().is_none().then_some((minute, second))?
            }
        },
    };
    let hour = match add {
        None => hour,
        Some(add) => (0..=12).contains(&hour).then_some(hour % 12 + add)?,
    };
    let narrow = |number: i64| i8::try_from(number).ok();
    Time::new(narrow(hour)?, narrow(minute)?, narrow(second)?, 0).ok()
}

/// A question for a day, with all that its answer hangs on.
#[derive(Clone, Copy)]
struct Asked {
    today: Date,
    leaning: Leaning,
}

impl Asked {
    fn when(self, text: &str) -> Option<When> {
        if let Some(date) = self.day(text) {
            return Some(When::day(date));
        }
        if let Some(time) = clock(text) {
            return Some(When::at(self.today, time));
        }
        text.char_indices().find_map(|(at, _)| {
            let (front, back) = text.split_at_checked(at)?;
            let ends_in_digit = front.ends_with(|c: char| c.is_ascii_digit());
            if ends_in_digit && back.starts_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            let day_first = || Some((self.day(front)?, clock(back)?));
            let time_first = || Some((self.day(back)?, clock(front)?));
            let (day, time) = day_first().or_else(time_first)?;
            Some(When::at(day, time))
        })
    }

    fn day(self, text: &str) -> Option<Date> {
        let mut text = text.trim();
        while let Some(rest) = BEFORE_DAYS.iter().find_map(|word| text.strip_prefix(word)) {
            text = rest.trim();
        }
        while let Some(rest) = BEHIND_DAYS.iter().find_map(|word| text.strip_suffix(word)) {
            text = rest.trim();
        }
        if let Some(days) = exactly(DAYS, text) {
            return self.after(days, Unit::Day);
        }
        // Below, の only joins: 来週の火曜, 来月の5日.
        let joined = text.replace([' ', 'の'], "");
        let text = if text.is_ascii() { text } else { &joined };
        self.distance(text)
            .or_else(|| self.in_week(text))
            .or_else(|| self.in_month_or_year(text))
            .or_else(|| self.calendar(text))
            .or_else(|| self.with_weekday(text))
    }

    fn after(self, count: i64, unit: Unit) -> Option<Date> {
        let span = match unit {
            Unit::Day => Span::new().try_days(count),
            Unit::Week => Span::new().try_weeks(count),
            Unit::Month => Span::new().try_months(count),
            Unit::Year => Span::new().try_years(count),
        };
        self.today.checked_add(span.ok()?).ok()
    }

    /// -1 for the past, 1 for the future.
    fn sign(self) -> i64 {
        match self.leaning {
            Leaning::Past => -1,
            Leaning::Future => 1,
        }
    }

    /// `3 days ago`, `in 3 days`, `+2w`, `3日前`.
    fn distance(self, text: &str) -> Option<Date> {
        let back = [" ago", "前"].iter().find_map(|end| text.strip_suffix(end));
        let ahead = [" from now", " later", "後"]
            .iter()
            .find_map(|end| text.strip_suffix(end));
        let (sign, text) = match (back.or(text.strip_prefix('-')), ahead) {
            (Some(rest), _) => (-1, rest),
            (None, Some(rest)) => (1, rest),
            (None, None) => match text.strip_prefix("in ").or(text.strip_prefix('+')) {
                Some(rest) => (1, rest),
                // 3日 is the third of the month.
                None if !text.is_ascii() => return None,
                None => (self.sign(), text),
            },
        };
        if text == "半年" {
            return self.after(sign * 6, Unit::Month);
        }
        let (count, unit) = number(text).or_else(|| beginning(NUMBERS, text))?;
        let unit = unit.trim();
        let unit = unit
            .strip_suffix("月間")
            .map_or(unit.to_owned(), |rest| rest.to_owned() + "月");
        self.after(sign * count, exactly(UNITS, &unit)?)
    }

    /// `fri`, `next fri`, `来週火曜`, `next week`.
    fn in_week(self, text: &str) -> Option<Date> {
        if let Some(wanted) = exactly(WEEKDAYS, text) {
            let today = self.today.weekday();
            let days = match self.leaning {
                Leaning::Past => -i64::from(today.since(wanted)),
                Leaning::Future => i64::from(today.until(wanted)),
            };
            let days = if days == 0 { 7 * self.sign() } else { days };
            return self.after(days, Unit::Day);
        }
        if let Some((day, week)) = text.split_once(' ')
            && let (Some(day), Some(weeks)) = (exactly(WEEKDAYS, day), exactly(WEEKS, week))
        {
            return self.in_iso_week(weeks, day);
        }
        let (weeks, day) = match beginning(WEEKS, text) {
            Some((0, "")) => return None,
            Some((weeks, "")) => (weeks, Weekday::Monday),
            Some((weeks, rest)) => (weeks, weekday(rest.trim())?),
            None => {
                let (weeks, rest) = beginning(WEEKS_BEFORE_DAYS, text)?;
                (weeks, exactly(WEEKDAYS, rest)?)
            }
        };
        self.in_iso_week(weeks, day)
    }

    fn in_iso_week(self, weeks: i64, day: Weekday) -> Option<Date> {
        let from_monday = |day: Weekday| i64::from(day.to_monday_zero_offset());
        let days = weeks * 7 + from_monday(day) - from_monday(self.today.weekday());
        self.after(days, Unit::Day)
    }

    /// `来月5日`, `next month`, `end of next month`, `来年3月1日`, `eom`, `年度末`.
    fn in_month_or_year(self, text: &str) -> Option<Date> {
        if let Some(end) = exactly(ENDS, text) {
            return match end {
                None => self.nearest(self.month(), 1, Day::Last),
                Some(month) => self.nearest(self.january() + month - 1, 12, Day::Last),
            };
        }
        let (at_end, text) = match text.strip_prefix("end of ") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if let Some(month) = exactly(MONTH_NAMES, text).filter(|_| at_end) {
            return self.nearest(self.january() + month - 1, 12, Day::Last);
        }
        if let Some((months, rest)) = beginning(MONTHS, text) {
            let day = match rest {
                "" if at_end => Day::Last,
                "" if months != 0 => Day::Nth(1),
                _ => japanese_day(rest, true).filter(|_| !at_end)?,
            };
            return day_of(self.month() + months, day);
        }
        let (years, rest) = beginning(YEARS, text)?;
        let (month, day) = match rest {
            "" if at_end => (11, Day::Last),
            "末" => (11, Day::Last),
            "" if years != 0 => (0, Day::Nth(1)),
            _ => japanese_month_day(rest).filter(|_| !at_end)?,
        };
        day_of(self.january() + years * 12 + month, day)
    }

    /// `2026-11-5`, `令和8年11月5日`, `R8.11.5`, `11/5`, `11月5日`, `5日`, `nov 5`.
    fn calendar(self, text: &str) -> Option<Date> {
        if let Some((month, day)) = text.split_once('/')
            && let (Some(month @ 1..=12), Some(day)) = (short_number(month), short_number(day))
        {
            return self.nearest(self.january() + month - 1, 12, Day::Nth(day));
        }
        if let Some((month, day)) = japanese_month_day(text) {
            return self.nearest(self.january() + month, 12, day);
        }
        if let Some(day) = japanese_day(text, false) {
            return self.nearest(self.month(), 1, day);
        }
        with_year(text).or_else(|| self.english(text))
    }

    /// `nov 5`, `5th of november 2026`, `5th`.
    fn english(self, text: &str) -> Option<Date> {
        let parts = text.split([' ', ',', '.']);
        let parts: Vec<&str> = parts
            .filter(|part| !matches!(*part, "" | "of" | "the"))
            .collect();
        let nth = |text: &str| {
            let ends = ["st", "nd", "rd", "th"];
            let plain = ends.iter().find_map(|end| text.strip_suffix(end));
            short_number(plain.unwrap_or(text))
        };
        let month_day = |one: &str, other: &str| match exactly(MONTH_NAMES, one) {
            Some(month) => Some((month - 1, Day::Nth(nth(other)?))),
            None => Some((exactly(MONTH_NAMES, other)? - 1, Day::Nth(nth(one)?))),
        };
        match *parts {
            [day] if short_number(day).is_none() => {
                self.nearest(self.month(), 1, Day::Nth(nth(day)?))
            }
            [one, other] => {
                let (month, day) = month_day(one, other)?;
                self.nearest(self.january() + month, 12, day)
            }
            [one, other, year] if year.len() == 4 => {
                let (month, day) = month_day(one, other)?;
                day_of(year.parse::<u16>().map(i64::from).ok()? * 12 + month, day)
            }
            _ => None,
        }
    }

    /// `11/24(火)`, `2026-11-24 tue`, `tue, nov 24`: the weekday has to agree.
    fn with_weekday(self, text: &str) -> Option<Date> {
        let behind = || {
            let bare = text.strip_suffix(')').unwrap_or(text);
            let (day, name) = match bare.rsplit_once(['(', ' ']) {
                Some((day, name)) => (day, name),
                None => bare.split_at_checked(bare.find("日")? + "日".len())?,
            };
            Some((self.calendar(day.trim())?, weekday(name)?))
        };
        let before = || {
            let (name, day) = text.split_once(' ')?;
            Some((self.calendar(day)?, weekday(name.trim_end_matches(','))?))
        };
        let (day, wanted) = behind().or_else(before)?;
        (day.weekday() == wanted).then_some(day)
    }

    /// The nearest day in the direction of the leaning, today included, among every `step`th month.
    fn nearest(self, month: i64, step: i64, day: Day) -> Option<Date> {
        // A 29 February can be eight years away.
        (0..=9)
            .filter_map(|n| day_of(month + n * step * self.sign(), day))
            .find(|date| match self.leaning {
                Leaning::Past => *date <= self.today,
                Leaning::Future => *date >= self.today,
            })
    }

    /// January of this year in months since year 0.
    fn january(self) -> i64 {
        i64::from(self.today.year()) * 12
    }

    /// This month in months since year 0.
    fn month(self) -> i64 {
        self.january() + i64::from(self.today.month()) - 1
    }
}

/// A day with its year: `2026/11/05`, `2026年11月5日`, `令和元年5月1日`, `r8.11.5`.
fn with_year(text: &str) -> Option<Date> {
    let (year, rest) = match beginning(ERAS, text) {
        Some((before, rest)) => {
            let (nth, rest) = rest
                .strip_prefix('元')
                .map_or_else(|| number(rest), |rest| Some((1, rest)))?;
            (before + Some(nth).filter(|nth| *nth > 0)?, rest)
        }
        None => number(text).filter(|(_, rest)| text.len() - rest.len() == 4)?,
    };
    let (month, day) = match rest.strip_prefix('年') {
        Some(rest) => japanese_month_day(rest)?,
        None => {
            let separator = rest.chars().next().filter(|c| "-/.".contains(*c))?;
            let (month, day) = rest.strip_prefix(separator)?.split_once(separator)?;
            let month = short_number(month).filter(|month| (1..=12).contains(month))?;
            (month - 1, Day::Nth(short_number(day)?))
        }
    };
    day_of(year * 12 + month, day)
}

#[cfg(test)]
mod tests;
