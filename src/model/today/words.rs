//! What the rows of Today say. All of it stands here, to be read aloud: a reason or a question,
//! in their words where there are some; no blame, no grade, no advice.

use jiff::civil::Date;

use crate::model::age::{days_between, in_words};

/// `2026-11-15`, in the year at hand `11-15`.
fn day(day: Date, today: Date) -> String {
    let whole = day.to_string();
    match day.year() == today.year() {
        true => whole.get(5..).unwrap_or(&whole).to_owned(),
        false => whole,
    }
}

/// `September`, of another year `September 2025`.
fn month(day: Date, today: Date) -> String {
    let format = match day.year() == today.year() {
        true => "%B",
        false => "%B %Y",
    };
    day.strftime(format).to_string()
}

/// What somebody said, in quotes.
fn said(text: &str) -> String {
    format!("\"{}\"", one_line(text))
}

/// What a line has room for: a text of several lines goes on behind a space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words behind a colon, where there are some.
fn then(text: Option<&str>) -> String {
    let text = text.map(one_line).filter(|text| !text.is_empty());
    text.map_or_else(String::new, |text| format!(": {text}"))
}

fn count(days: i32) -> String {
    match days {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

pub(super) fn promise_due(over: i32, what: &str) -> String {
    match over {
        0 => format!("promise due today{}", then(Some(what))),
        over => format!("promise due {} ago{}", count(over), then(Some(what))),
    }
}

pub(super) fn promise_theirs(over: i32, what: &str) -> String {
    format!("their promise, {} over{}", count(over), then(Some(what)))
}

pub(super) fn concern_open(since: Date, today: Date, concern: &str) -> String {
    format!("concern open {}: {}", in_words(since, today), said(concern))
}

pub(super) fn negotiation_open(since: Date, today: Date, asked: &str) -> String {
    format!(
        "negotiation open, quiet for {}: {}",
        in_words(since, today),
        said(asked)
    )
}

/// `state`: `not-now`, `away`, or whatever stands there. `what`: the deal or negotiation.
pub(super) fn again(
    state: &str,
    what: Option<&str>,
    (again, today): (Date, Date),
    why: Option<&str>,
) -> String {
    let of = what
        .map(|what| format!(" ({})", one_line(what)))
        .unwrap_or_default();
    let day = day(again, today);
    match state {
        "not-now" => format!("\"not now\" ran out on {day}{of}{}", then(why)),
        _ => format!("to ask again since {day}{of}{}", then(why)),
    }
}

pub(super) fn renewal(end: Date, today: Date, deal: &str) -> String {
    let left = days_between(today, end).unwrap_or(0);
    match left {
        0 => format!("contract ends today: {}", one_line(deal)),
        left => format!(
            "contract ends in {}, {}: {}",
            count(left),
            day(end, today),
            one_line(deal)
        ),
    }
}

pub(super) fn supplier_review(review: Date, today: Date, supplier: Option<&str>) -> String {
    let now = supplier.map(|supplier| format!("; now with {}", one_line(supplier)));
    let left = days_between(today, review).unwrap_or(0);
    let when = match left {
        0 => "today".to_owned(),
        left => format!("in {}, {}", count(left), day(review, today)),
    };
    format!("they choose suppliers {when}{}", now.unwrap_or_default())
}

pub(super) fn enduring(signs: usize, (since, today): (Date, Date)) -> String {
    format!(
        "{signs} signs of enduring since {}, no check-in after them",
        month(since, today)
    )
}

pub(super) fn not_in_their_place((on, today): (Date, Date), enduring: Option<&str>) -> String {
    let what = then(enduring);
    format!(
        "in their place: no, noted {}, no check-in since{what}",
        day(on, today)
    )
}

pub(super) fn satisfaction_drop(
    (before, now): (i32, i32),
    (on, today): (Date, Date),
    why: Option<&str>,
) -> String {
    format!(
        "satisfied {before}, then {now} on {}{}",
        day(on, today),
        then(why)
    )
}

pub(super) fn check_in_due(last: Option<Date>, first: Date, today: Date) -> String {
    match last {
        Some(last) => format!(
            "last check-in {} ago: how is it for them?",
            in_words(last, today)
        ),
        None => format!("no check-in yet, known for {}", in_words(first, today)),
    }
}

pub(super) fn out_of_touch(over: i32, every: &str, (last, what): (Option<Date>, &str)) -> String {
    let last = match last {
        Some(last) => format!("last touch {last}{}", then(Some(what))),
        None => "no touch yet".to_owned(),
    };
    format!("{over} d over {every}, {last}")
}

pub(super) fn win_unseen(what: &str) -> String {
    format!("you won; their win is not written down: {}", one_line(what))
}

pub(super) fn win_stale((last, today): (Date, Date), win: &str) -> String {
    format!(
        "their win, heard {} ago: {}",
        in_words(last, today),
        one_line(win)
    )
}

pub(super) fn hidden_loser(line: &str) -> String {
    format!("somebody else pays: {}", one_line(line))
}

pub(super) fn for_nothing(times: usize, (since, today): (Date, Date), last: &str) -> String {
    let since = month(since, today);
    format!(
        "given {times} times since {since}, nothing in return; last {}",
        one_line(last)
    )
}

pub(super) fn heard_late((late, of): (usize, usize), how: &[&str]) -> String {
    let how = match how {
        ["rfp"] => "by RFP",
        ["after-decision"] => "after the decision",
        _ => "late",
    };
    format!("heard {how}, {late} of the last {of} deals: one of many?")
}

pub(super) fn real_reason((lost, today): (Date, Date), deal: &str, stated: Option<&str>) -> String {
    let stated = stated.map(|stated| format!(", stated {}", said(stated)));
    let (deal, age) = (one_line(deal), in_words(lost, today));
    format!(
        "{deal} went elsewhere {age} ago{}: what was it really?",
        stated.unwrap_or_default()
    )
}

pub(super) fn facts(unknown: &[&str], old: &[(&str, Option<Date>)], today: Date) -> String {
    let aged = |(facet, known): &(&str, Option<Date>)| match known {
        Some(known) => format!("{facet} {}", in_words(*known, today)),
        None => format!("{facet}, undated"),
    };
    let old: Vec<String> = old.iter().map(aged).collect();
    let parts = [
        ("not known", unknown.join(", ")),
        ("getting old", old.join(", ")),
    ];
    let parts = parts.iter().filter(|(_, what)| !what.is_empty());
    let parts: Vec<String> = parts.map(|(how, what)| format!("{how}: {what}")).collect();
    parts.join("; ")
}
