//! The words that [`super::parse`] knows: what they mean, and every way to say it.
//!
//! Among words of one table that begin alike, the longer one stands first.

use jiff::civil::Weekday;

/// What can be typed for a meaning.
pub(super) type Words<T> = &'static [(T, &'static [&'static str])];

#[derive(Clone, Copy)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

pub(super) const DAYS: Words<i64> = &[
    (0, &["today", "今日", "本日", "きょう", "今日中", "本日中"]),
    (-1, &["yesterday", "昨日", "きのう"]),
    (1, &["tomorrow", "明日", "あした", "あす"]),
    (-2, &["day before yesterday", "一昨日", "おととい"]),
    (2, &["day after tomorrow", "明後日", "あさって"]),
    (3, &["明々後日", "しあさって"]),
];
pub(super) const WEEKS: Words<i64> = &[
    (-2, &["先々週"]),
    (-1, &["last week", "先週"]),
    (0, &["this week", "今週"]),
    (1, &["next week", "来週"]),
    (2, &["再来週"]),
];
/// In English the week is left out: `next fri`.
pub(super) const WEEKS_BEFORE_DAYS: Words<i64> =
    &[(-1, &["last "]), (0, &["this "]), (1, &["next "])];
pub(super) const MONTHS: Words<i64> = &[
    (-2, &["先々月"]),
    (-1, &["last month", "先月"]),
    (0, &["this month", "今月"]),
    (1, &["next month", "来月"]),
    (2, &["再来月"]),
];
pub(super) const YEARS: Words<i64> = &[
    (-2, &["一昨年", "おととし"]),
    (-1, &["last year", "去年", "昨年"]),
    (0, &["this year", "今年", "本年"]),
    (1, &["next year", "来年"]),
    (2, &["再来年"]),
];
/// The year before the first of each era.
pub(super) const ERAS: Words<i64> = &[
    (2018, &["令和", "r"]),
    (1988, &["平成", "h"]),
    (1925, &["昭和", "s"]),
];
pub(super) const UNITS: Words<Unit> = &[
    (Unit::Day, &["d", "day", "days", "日", "日間"]),
    (Unit::Week, &["w", "wk", "week", "weeks", "週", "週間"]),
    (
        Unit::Month,
        &[
            "m", "mo", "month", "months", "か月", "カ月", "ヶ月", "ケ月", "ヵ月", "箇月",
        ],
    ),
    (Unit::Year, &["y", "yr", "year", "years", "年", "年間"]),
];
pub(super) const NUMBERS: Words<i64> = &[
    (1, &["a ", "an ", "one "]),
    (2, &["two "]),
    (3, &["three "]),
    (4, &["four "]),
    (5, &["five "]),
    (6, &["six "]),
];
pub(super) const WEEKDAYS: Words<Weekday> = &[
    (Weekday::Monday, &["monday", "mon", "月曜日", "月曜"]),
    (
        Weekday::Tuesday,
        &["tuesday", "tues", "tue", "火曜日", "火曜"],
    ),
    (
        Weekday::Wednesday,
        &["wednesday", "weds", "wed", "水曜日", "水曜"],
    ),
    (
        Weekday::Thursday,
        &["thursday", "thurs", "thur", "thu", "木曜日", "木曜"],
    ),
    (Weekday::Friday, &["friday", "fri", "金曜日", "金曜"]),
    (Weekday::Saturday, &["saturday", "sat", "土曜日", "土曜"]),
    (Weekday::Sunday, &["sunday", "sun", "日曜日", "日曜"]),
];
/// Said only where a weekday is expected: 来週火, 11/24(火).
pub(super) const SHORT_WEEKDAYS: Words<Weekday> = &[
    (Weekday::Monday, &["月"]),
    (Weekday::Tuesday, &["火"]),
    (Weekday::Wednesday, &["水"]),
    (Weekday::Thursday, &["木"]),
    (Weekday::Friday, &["金"]),
    (Weekday::Saturday, &["土"]),
    (Weekday::Sunday, &["日"]),
];
pub(super) const MONTH_NAMES: Words<i64> = &[
    (1, &["january", "jan"]),
    (2, &["february", "feb"]),
    (3, &["march", "mar"]),
    (4, &["april", "apr"]),
    (5, &["may"]),
    (6, &["june", "jun"]),
    (7, &["july", "jul"]),
    (8, &["august", "aug"]),
    (9, &["september", "sept", "sep"]),
    (10, &["october", "oct"]),
    (11, &["november", "nov"]),
    (12, &["december", "dec"]),
];
/// Ends of a month or of a year; the number is the month, or none for any.
pub(super) const ENDS: Words<Option<i64>> = &[
    (None, &["eom", "end of month", "end of the month", "月末"]),
    (
        Some(12),
        &["eoy", "end of year", "end of the year", "年末", "年内"],
    ),
    (Some(3), &["年度末"]),
];
pub(super) const BEFORE_DAYS: &[&str] = &["on ", "by ", "until ", "due ", "at ", "the "];
pub(super) const BEHIND_DAYS: &[&str] = &["までに", "まで", "から", "ごろ", "頃", "に", "の", ","];

pub(super) fn exactly<T: Copy>(table: Words<T>, text: &str) -> Option<T> {
    let row = table.iter().find(|(_, words)| words.contains(&text))?;
    Some(row.0)
}

/// The meaning of the word that the text begins with, and the rest of the text.
pub(super) fn beginning<T: Copy>(table: Words<T>, text: &str) -> Option<(T, &str)> {
    table.iter().find_map(|(meaning, words)| {
        let rest = words.iter().find_map(|word| text.strip_prefix(word))?;
        Some((*meaning, rest))
    })
}

pub(super) fn weekday(text: &str) -> Option<Weekday> {
    exactly(WEEKDAYS, text).or_else(|| exactly(SHORT_WEEKDAYS, text))
}
