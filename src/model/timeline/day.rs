//! Days as numbers, so that an index of many entries stays small and is sorted quickly.

use jiff::SignedDuration;
use jiff::civil::{Date, date};

const EPOCH: Date = date(1970, 1, 1);
const SECONDS: i64 = 86_400;

/// The number of a day, counted from 1970-01-01.
pub fn number(day: Date) -> i32 {
    let days = EPOCH.duration_until(day).as_secs() / SECONDS;
    i32::try_from(days).unwrap_or_default()
}

/// The day of a number; beyond the years that there are, the last or the first day.
pub fn of(number: i32) -> Date {
    EPOCH.saturating_add(SignedDuration::from_secs(i64::from(number) * SECONDS))
}

#[cfg(test)]
mod tests {
    use super::{number, of};
    use jiff::civil::{Date, date};

    #[test]
    fn days_are_counted_one_by_one_also_before_1970() {
        assert_eq!(number(date(1970, 1, 1)), 0);
        assert_eq!(number(date(1969, 12, 31)), -1);
        assert_eq!(number(date(2024, 3, 1)) - number(date(2024, 2, 28)), 2);
        for day in [Date::MIN, date(0, 2, 29), date(2026, 11, 21), Date::MAX] {
            assert_eq!(of(number(day)), day);
        }
        assert_eq!(of(i32::MAX), Date::MAX);
    }
}
