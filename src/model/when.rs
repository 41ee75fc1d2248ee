//! A day, a time of day, or both, as a journal file holds it.
//!
//! TOML has four shapes: `2026-11-20`, `2026-11-20T10:00:00`, the same with an offset, and a bare
//! `10:00:00`. All four are kept as they are: nothing is converted to another time zone, because
//! the day that a person wrote is the day that they mean.

use std::fmt;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

/// A date, a date-time (with or without offset) or a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct When {
    /// The day, unless it is a bare time of day.
    pub date: Option<Date>,
    /// The time of day, where one was written.
    pub time: Option<Time>,
    /// The offset from UTC, where one was written.
    pub offset: Option<Offset>,
}

/// The offset of a date-time from UTC, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Offset {
    /// `Z`
    Utc,
    /// Minutes east of UTC; `+09:00` is 540.
    Minutes(i16),
}

impl When {
    /// A plain day.
    pub fn day(date: Date) -> When {
        When {
            date: Some(date),
            time: None,
            offset: None,
        }
    }

    /// A day with a time of day, without an offset.
    pub fn at(date: Date, time: Time) -> When {
        When {
            date: Some(date),
            time: Some(time),
            offset: None,
        }
    }

    /// Reads one of TOML's four shapes; `None` for anything else, impossible days included.
    ///
    /// Times without seconds (TOML 1.1) are read too.
    pub fn parse(text: &str) -> Option<When> {
        let Some(date) = text.get(..10).and_then(parse_date) else {
            return Some(When {
                date: None,
                time: Some(parse_time(text)?),
                offset: None,
            });
        };
        let Some(rest) = text.get(10..).filter(|rest| !rest.is_empty()) else {
            return Some(When::day(date));
        };
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let zone_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
        let (time, zone) = rest.split_at(zone_at);
        Some(When {
            date: Some(date),
            time: Some(parse_time(time)?),
            offset: match zone {
                "" => None,
                "Z" | "z" => Some(Offset::Utc),
                _ => Some(parse_offset(zone)?),
            },
        })
    }
}

impl From<When> for String {
    fn from(when: When) -> String {
        when.to_string()
    }
}

impl TryFrom<String> for When {
    type Error = String;

    fn try_from(text: String) -> Result<When, String> {
        When::parse(&text).ok_or_else(|| format!("{text} is no date or time"))
    }
}

fn digits(text: &str, len: usize) -> Option<u32> {
    (text.len() == len && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn parse_date(text: &str) -> Option<Date> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *bytes else {
        return None;
    };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2].map(|byte| byte.wrapping_sub(b'0'));
    if digits.iter().any(|digit| *digit > 9) {
        return None;
    }
    let [y1, y2, y3, y4, m1, m2, d1, d2] = digits.map(u8::cast_signed);
    let two = |tens: i8, ones: i8| tens * 10 + ones;
    let year = i16::from(two(y1, y2)) * 100 + i16::from(two(y3, y4));
    Date::new(year, two(m1, m2), two(d1, d2)).ok()
}

fn parse_time(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    let seconds = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let (second, fraction) = match seconds {
        None => ("00", None),
        Some(seconds) => match seconds.split_once('.') {
            Some((second, fraction)) => (second, Some(fraction)),
            None => (seconds, None),
        },
    };
    let nanos = match fraction {
        None => 0,
        Some(f) if !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{f:0<9}").get(..9)?.parse().ok()?
        }
        Some(_) => return None,
    };
    Time::new(
        i8::try_from(digits(hour, 2)?).ok()?,
        i8::try_from(digits(minute, 2)?).ok()?,
        // A leap second is legal TOML; the clock here has none.
        i8::try_from(digits(second, 2)?.min(59)).ok()?,
        nanos,
    )
    .ok()
}

fn parse_offset(text: &str) -> Option<Offset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    (hours < 24 && minutes < 60)
        .then(|| i16::try_from(hours * 60 + minutes).ok())
        .flatten()
        .map(|m| Offset::Minutes(sign * m))
}

/// Spells it as TOML 1.0 does, with `T` between day and time, and seconds.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(date) = self.date {
            write_date(f, date)?;
        }
        if let Some(time) = self.time {
            if self.date.is_some() {
                f.write_str("T")?;
            }
            write!(f, "{time}")?;
        }
        match self.offset {
            None => Ok(()),
            Some(Offset::Utc) => f.write_str("Z"),
            Some(Offset::Minutes(m)) => {
                let sign = if m < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", m.abs() / 60, m.abs() % 60)
            }
        }
    }
}

/// As the date says it itself, several times as quickly: a long list has one on each line.
fn write_date(f: &mut fmt::Formatter<'_>, date: Date) -> fmt::Result {
    let year = date.year().unsigned_abs();
    if date.year() < 0 {
        return write!(f, "{date}");
    }
    let digit = |number: u16| b'0' + (number % 10).to_le_bytes()[0];
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    let (month, day) = (u16::from(month), u16::from(day));
    let text = [
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ];
    f.write_str(std::str::from_utf8(&text).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::When;

    #[test]
    fn a_day_is_spelled_as_it_spells_itself() {
        let first = jiff::civil::date(0, 1, 1);
        for date in first.series(jiff::ToSpan::days(97)).take(36_000) {
            assert_eq!(When::day(date).to_string(), date.to_string());
        }
        let before = jiff::civil::date(-44, 3, 15);
        assert_eq!(When::day(before).to_string(), before.to_string());
    }

    #[test]
    fn the_four_shapes_of_toml_are_read_and_spelled_back() {
        for text in [
            "2026-11-20",
            "2026-11-20T10:00:00",
            "2026-11-20T10:00:00.5",
            "2026-11-20T10:00:00Z",
            "2026-11-20T10:00:00-03:30",
            "2026-11-20T10:00:00+09:00",
            "10:00:00",
        ] {
            assert_eq!(When::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(
            When::parse("2026-11-20 10:00").unwrap().to_string(),
            "2026-11-20T10:00:00"
        );
    }

    #[test]
    fn impossible_days_and_other_text_are_not_read() {
        for text in [
            "2026-02-30",
            "2026-13-01",
            "yesterday",
            "",
            "2026-11",
            "2026-11-20T25:00:00",
            "2026-11-20T10",
            "２０２６-11-20",
            "10:00:00:00",
            "10:00:00.",
            "2026-11-20x",
        ] {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }
}
