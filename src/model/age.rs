//! Lengths of time, as people say them.

use jiff::civil::Date;

/// Whole days from one day to a later one.
pub fn days_between(from: Date, to: Date) -> Option<i32> {
    // Much quicker than a span, and asked for thousands of times.
    i32::try_from(from.duration_until(to).as_hours() / 24).ok()
}

/// The days of a period such as `10d`, `4w`, `3m`, `1y`; a month counts 30 days, a year 365.
pub fn period_days(period: &str) -> Option<i32> {
    let period = period.trim();
    let unit = period.chars().last()?;
    let number = period.strip_suffix(unit)?.trim().parse::<i32>().ok()?;
    let days = match unit {
        'd' => 1,
        'w' => 7,
        'm' => 30,
        'y' => 365,
        _ => return None,
    };
    number.checked_mul(days).filter(|days| *days > 0)
}

/// A length of time in one short word: `3d`, `12w`, `3y5m`.
pub fn short_age(from: Date, to: Date) -> String {
    let Some(days) = days_between(from, to).filter(|days| *days >= 0) else {
        return "ahead".to_owned();
    };
    if days < 100 {
        return format!("{days}d");
    }
    match years_and_months(from, to) {
        (0, months) => format!("{months}m"),
        (years, 0) => format!("{years}y"),
        (years, months) => format!("{years}y{months}m"),
    }
}

/// A length of time in words: `3 days`, `5 months`, `3y 5m`.
pub fn in_words(from: Date, to: Date) -> String {
    let Some(days) = days_between(from, to).filter(|days| *days >= 0) else {
        return "no time".to_owned();
    };
    if days < 100 {
        return match days {
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        };
    }
    match years_and_months(from, to) {
        (0, months) => format!("{months} months"),
        (1, 0) => "1 year".to_owned(),
        (years, 0) => format!("{years} years"),
        (years, months) => format!("{years}y {months}m"),
    }
}

/// The same within a sentence: `40d`, `3y 5m`.
pub fn spoken_age(from: Date, to: Date) -> String {
    short_age(from, to)
        .replacen('y', "y ", 1)
        .trim_end()
        .to_owned()
}

/// Whole years from a day to a later one, and the whole months behind them. Much quicker than a
/// span, and asked for thousands of times.
fn years_and_months(from: Date, to: Date) -> (i32, i32) {
    let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    let months = months(to) - months(from) - i32::from(to.day() < from.day());
    (months / 12, months % 12)
}

#[cfg(test)]
mod tests {
    use super::{days_between, in_words, period_days, short_age, spoken_age, years_and_months};
    use jiff::ToSpan as _;
    use jiff::civil::date;

    #[test]
    fn ages_are_one_short_word() {
        let today = date(2026, 11, 21);
        assert_eq!(short_age(today, today), "0d");
        assert_eq!(short_age(date(2026, 10, 12), today), "40d");
        assert_eq!(short_age(date(2026, 7, 21), today), "4m");
        assert_eq!(short_age(date(2023, 6, 21), today), "3y5m");
        assert_eq!(short_age(date(2027, 1, 1), today), "ahead");
        assert_eq!(spoken_age(date(2026, 10, 12), today), "40d");
        assert_eq!(spoken_age(date(2023, 6, 21), today), "3y 5m");
        assert_eq!(spoken_age(date(2023, 11, 21), today), "3y");
    }

    #[test]
    fn ages_are_told_in_words() {
        let today = date(2026, 11, 21);
        for (from, words) in [
            (today, "0 days"),
            (date(2026, 11, 20), "1 day"),
            (date(2026, 10, 31), "21 days"),
            (date(2026, 6, 21), "5 months"),
            (date(2025, 11, 21), "1 year"),
            (date(2024, 11, 1), "2 years"),
            (date(2023, 6, 14), "3y 5m"),
            (date(2027, 1, 1), "no time"),
        ] {
            assert_eq!(in_words(from, today), words);
        }
    }

    #[test]
    fn years_and_months_are_those_of_a_span() {
        let first = date(2023, 12, 28);
        for from in first.series(1.day()).take(70) {
            for to in from.series(1.day()).take(1_500) {
                let span = from.until((jiff::Unit::Year, to)).unwrap();
                let spanned = (span.get_years().into(), span.get_months());
                assert_eq!(years_and_months(from, to), spanned, "{from} {to}");
            }
        }
    }

    #[test]
    fn days_are_counted_over_leap_years_and_backwards() {
        let day = date(2024, 2, 28);
        for (to, days) in [
            (day, 0),
            (date(2024, 3, 1), 2),
            (date(2025, 3, 1), 367),
            (date(2024, 2, 27), -1),
            (date(-9999, 1, 1), -4_391_368),
        ] {
            assert_eq!(days_between(day, to), Some(days), "{to}");
        }
    }

    #[test]
    fn periods_are_read_or_left_alone() {
        assert_eq!(period_days("4w"), Some(28));
        assert_eq!(period_days("10 d"), Some(10));
        for odd in ["", "w", "four weeks", "-2w", "0w", "99999999999y"] {
            assert_eq!(period_days(odd), None, "{odd}");
        }
    }
}
