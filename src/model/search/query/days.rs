//! Days as they are typed into a query: `2025-10`, `2026 Q4`, 昨日, `last-month`, `2025-10..2026-03`.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::Reading;
use crate::model::date_phrase::{self, Leaning};
use crate::model::timeline::period::{Period, Zoom};

/// The longest value that is looked at, in bytes; no day comes near it.
const MAX_BYTES: usize = 200;

/// What a value says, as far as it can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Read {
    /// The days.
    pub period: Period,
    /// Whether something at its end is left out, such as the `1` of `2025-1`.
    pub so_far: bool,
}

/// Reads a stretch of days; `None` where nothing can be read yet.
pub(super) fn read(value: &str, leaning: Leaning, reading: &Reading) -> Option<Read> {
    let value: String = value.nfkc().collect();
    let value = value.trim();
    if value.is_empty() || value.len() > MAX_BYTES {
        return None;
    }
    let ends = value
        .split_once("..")
        .or_else(|| value.split_once(['~', '〜']));
    let Some((from, until)) = ends else {
        return stretch(value, leaning, reading);
    };
    let read = |end: &str| stretch(end, leaning, reading);
    let (from, until) = (from.trim(), until.trim_matches(['.', ' ']));
    let (first, last) = (read(from), read(until));
    let unread = (first.is_none() && !from.is_empty()) || (last.is_none() && !until.is_empty());
    let so_far = first.into_iter().chain(last).any(|read| read.so_far);
    let period = Period::between(
        first.map(|read| read.period.from),
        last.map(|read| read.period.until),
    )?;
    Some(Read {
        period,
        so_far: so_far || unread,
    })
}

/// One day, week, month, quarter or year.
fn stretch(value: &str, leaning: Leaning, reading: &Reading) -> Option<Read> {
    let whole = |period: Period| Read {
        period,
        so_far: false,
    };
    exact(value, leaning, reading).map(whole).or_else(|| {
        // What stands before a half-typed end: 2025-10 of `2025-10-0`.
        let mut rest = value;
        while let Some(at) = rest.rfind(['-', '/', '.', '年', '月', ' ']) {
            rest = rest.get(..at)?;
            let begun = rest.starts_with(|c: char| c.is_ascii_digit());
            let period = numbers(rest, reading).filter(|_| begun);
            if let Some(period) = period {
                return Some(Read {
                    period,
                    so_far: true,
                });
            }
        }
        None
    })
}

fn exact(value: &str, leaning: Leaning, reading: &Reading) -> Option<Period> {
    if let Some(period) = numbers(value, reading) {
        return Some(period);
    }
    // Spaces end a value, so that a hyphen may stand for one: `last-month`.
    let is_word = value.chars().all(|c| c == '-' || !c.is_ascii_punctuation());
    let spaced = value.replace('-', " ");
    let said = match is_word && value.starts_with(char::is_alphabetic) {
        true => spaced.as_str(),
        false => value,
    };
    date_phrase::stretch(said, reading.today, reading.week_starts).or_else(|| {
        let day = date_phrase::parse(said, reading.today, leaning)
            .ok()?
            .date?;
        Some(Zoom::Day.around(day, reading.week_starts))
    })
}

/// `2025-10`, `2026 Q4`, `2025`, and the same as `2025/10`, 2025年10月 and 2025年.
fn numbers(value: &str, reading: &Reading) -> Option<Period> {
    if let Some(period) = Period::parse(value, reading.week_starts) {
        return Some(period);
    }
    let (year, rest) = value.split_at_checked(4)?;
    let rest = rest.strip_prefix(['年', '/', '.'])?;
    let month = rest.strip_suffix('月').unwrap_or(rest);
    if month.len() > 2 || !month.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // A lone digit is half a month unless 月 stands behind it.
    let half = month.len() == 1 && month == rest;
    let text = match month {
        "" => year.to_owned(),
        _ if half => return None,
        _ => format!("{year}-{month:0>2}"),
    };
    Period::parse(&text, reading.week_starts)
}

/// The first and the last day that there is.
pub(super) const ALWAYS: Period = Period {
    from: Date::MIN,
    until: Date::MAX,
};

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};

    fn read_title(value: &str) -> Option<String> {
        let reading = Reading {
            today: date(2026, 11, 21),
            week_starts: Weekday::Monday,
            romaji: true,
        };
        let read = read(value, Leaning::Past, &reading)?;
        let so_far = if read.so_far { " so far" } else { "" };
        Some(read.period.title(Weekday::Monday) + so_far)
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        for (typed, days) in [
            ("2025-10-03", "2025-10-03"),
            ("2025-10", "2025-10"),
            ("２０２５－１０", "2025-10"),
            ("2025/10", "2025-10"),
            ("2025年10月", "2025-10"),
            ("2025年1月", "2025-01"),
            ("2025年1月5日", "2025-01-05"),
            ("2025", "2025"),
            ("2025年", "2025"),
            ("2026q4", "2026 Q4"),
            ("2026-W47", "2026-W47"),
            ("today", "2026-11-21"),
            ("昨日", "2026-11-20"),
            ("fri", "2026-11-20"),
            ("3日前", "2026-11-18"),
            ("-3d", "2026-11-18"),
            ("last-month", "2026-10"),
            ("last month", "2026-10"),
            ("先月", "2026-10"),
            ("this-week", "2026-W47"),
            ("今週", "2026-W47"),
            ("来年", "2027"),
            ("11/5", "2026-11-05"),
            ("2025-10..2026-03", "2025-10..2026-03"),
            ("2025-10〜2026-03", "2025-10..2026-03"),
            ("2025-10..", "2025-10-01.."),
            ("..昨日", "..2026-11-20"),
            ("2025-10-", "2025-10 so far"),
            ("2025-1", "2025 so far"),
            ("2025-10-0", "2025-10 so far"),
            ("2025-13", "2025 so far"),
            ("2025年1", "2025 so far"),
            ("2025-10..20", "2025-10-01.. so far"),
        ] {
            let read = read_title(typed);
            // An open end is spelled by whole months or by days.
            let same = read.as_deref() == Some(days)
                || read
                    .as_deref()
                    .map(|read| read.replace("-10..", "-10-01.."))
                    .as_deref()
                    == Some(days);
            assert!(same, "{typed}: {read:?}, not {days}");
        }
    }

    #[test]
    fn what_is_no_day_yet_is_not_guessed_at() {
        for typed in ["", "202", "2", "soon", "yester", "..", "20251003123", "-"] {
            assert_eq!(read_title(typed), None, "{typed}");
        }
    }
}
