//! Whom to turn to again, and what customers are worth.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::day;
use crate::model::comebacks::{self, Comeback, ServiceChange};
use crate::model::not_now::{self, NotNow};
use crate::model::playbook::Asked;
use crate::model::playbook::table::{Cell, Detail, Head, Row, Table, Weight};
use crate::model::worth::{Standing, answers_words, chart_years, journal_currency, standings};

pub(super) fn not_now(asked: &Asked) -> Table {
    let mut rows = not_now::not_now(asked.journal, asked.today);
    rows.retain(|row| asked.is_about(&row.customer));
    Table {
        above: None,
        heads: vec![
            Head::word("ask again"),
            Head::word(""),
            Head::word("customer"),
            Head::text("what"),
            Head::text("in their words"),
        ],
        rows: rows.iter().map(|row| not_now_row(row, asked)).collect(),
        empty: "Nothing was put off.",
    }
}

fn not_now_row(row: &NotNow, asked: &Asked) -> Row {
    let place = row.place();
    let cells = [
        day(row.again),
        not_now::when(row, asked.today),
        row.customer.name().to_owned(),
        not_now::words(row),
        not_now::behind(row),
    ];
    let more = [
        ("ask again", row.again.map(|again| again.to_string())),
        ("said", row.said.map(|said| said.to_string())),
        ("why", row.reason.clone()),
        ("served by", row.supplier.clone()),
        ("choose again", row.review.map(|day| day.to_string())),
    ];
    let details = more
        .into_iter()
        .filter_map(|(label, text)| Some(Detail::new(label, text?, &place)));
    Row {
        title: format!("{}, {}", row.customer.name(), not_now::words(row)),
        details: details.collect(),
        weight: match row.is_reached(asked.today) {
            true => Weight::Now,
            false => Weight::Plain,
        },
        ..Row::new(&place, cells)
    }
}

pub(super) fn comebacks(asked: &Asked) -> Table {
    let mut rows = comebacks::comebacks(asked.journal, asked.today);
    rows.retain(|row| asked.is_about(&row.customer));
    Table {
        above: None,
        heads: vec![Head::word("customer"), Head::text("")],
        rows: rows.iter().map(|row| comeback_row(row, asked)).collect(),
        empty: "Nobody is away, and nobody has been silent for a year.",
    }
}

fn comeback_row(comeback: &Comeback, asked: &Asked) -> Row {
    let customer = &comeback.customer;
    let home = journal_currency(&asked.journal.settings);
    let words = comebacks::words(comeback, &home, asked.today);
    let title = format!("{}  {words}", customer.name());
    let cells = [customer.name().to_owned(), words];
    let details = comebacks::details(comeback).into_iter();
    let mut details: Vec<Detail> = details
        .map(|(label, text)| Detail::new(label, text, &customer.key))
        .collect();
    details.extend(comeback.changes.iter().map(since_detail));
    Row {
        title,
        details,
        ..Row::new(&customer.key, cells)
    }
}

fn since_detail(change: &ServiceChange) -> Detail {
    let because = match change.because_of_them {
        true => ", because of them",
        false => "",
    };
    let text = format!("{}, {}{because}", change.what, change.date);
    Detail::new("changed since", text, &change.place())
}

pub(super) fn value(asked: &Asked) -> Table {
    let mut rows = standings(asked.journal, asked.today);
    rows.retain(|row| asked.is_about(&row.customer));
    let home = journal_currency(&asked.journal.settings);
    let years = chart_years(&rows);
    Table {
        above: answers_words(&rows, &home),
        heads: vec![
            Head::word("in their place"),
            Head::word("customer"),
            Head::number("in all"),
            Head::word("satisfied"),
            Head::titled(chart_title(years.as_ref())),
            Head::text("by year"),
        ],
        rows: rows
            .iter()
            .map(|row| value_row(row, &home, years.clone()))
            .collect(),
        empty: "No deal is won and no check-in was made yet.",
    }
}

/// Which years the bars stand for: `2018-2026`.
fn chart_title(years: Option<&RangeInclusive<i16>>) -> Cow<'static, str> {
    match years {
        Some(years) if years.start() < years.end() => {
            format!("{}-{}", years.start(), years.end()).into()
        }
        Some(years) => years.end().to_string().into(),
        None => Cow::Borrowed(""),
    }
}

fn value_row(standing: &Standing, home: &str, chart: Option<RangeInclusive<i16>>) -> Row {
    let customer = &standing.customer;
    let of_five = |level: &str| match level.parse::<u8>() {
        Ok(level) => format!("{level} of 5"),
        Err(_) => level.to_owned(),
    };
    let satisfied = standing.satisfaction.as_ref();
    let years = || standing.worth.years.iter().rev();
    let by_year: Vec<String> = years()
        .map(|(year, total)| format!("{year} {}", total.short(home)))
        .collect();
    let cells = [
        Cell::Text(standing.answer().to_owned()),
        Cell::Text(customer.name().to_owned()),
        Cell::Text(standing.total.short(home)),
        Cell::Text(satisfied.map_or_else(String::new, |(level, ..)| of_five(level))),
        Cell::Bars(chart.map_or_else(Vec::new, |years| standing.bars(home, years))),
        Cell::Text(by_year.join("  ")),
    ];
    let dated = |text: String, date: Option<Date>| match date {
        Some(date) => format!("{text}, {date}"),
        None => text,
    };
    let asked = standing.in_their_place.as_ref();
    let said = [
        asked.map(|(word, date, id)| ("in their place", dated(word.clone(), *date), id)),
        satisfied.map(|(level, date, id)| ("satisfied", dated(of_five(level), *date), id)),
    ];
    let said = said.into_iter().flatten().map(|(label, text, id)| {
        let place = format!("{}:{id}", customer.key);
        Detail::new(label, text, &place)
    });
    let sums = years().map(|(year, total)| (year.to_string(), total.to_string()));
    let undated = Some(&standing.worth.undated).filter(|total| !total.is_empty());
    let undated = undated.map(|total| ("no day".to_owned(), total.to_string()));
    let sums = sums.chain(undated);
    let sums = sums.enumerate().map(|(at, (label, total))| Detail {
        begins: at == 0,
        ..Detail::new(&label, total, &customer.key)
    });
    Row {
        key: customer.key.to_string(),
        title: customer.name().to_owned(),
        cells: cells.into_iter().collect(),
        place: Some(customer.key.to_string()),
        details: said.chain(sums).collect(),
        weight: Weight::Plain,
    }
}
