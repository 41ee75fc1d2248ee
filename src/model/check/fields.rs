//! Values of the wrong shape, and words that nobody offered.

use super::{Owner, Sheet, nearest};
use crate::model::age::period_days;
use crate::model::entry::{Entry, split_line};
use crate::model::kind::{Field, Kind, Shape};
use crate::model::money::Amount;
use crate::model::settings::Settings;
use crate::model::value::ValueRef;
use crate::model::when::When;

pub(super) fn entry(settings: &Settings, kind: Kind, entry: &Entry, sheet: &mut Sheet) {
    let owner = Owner::Entry(entry, None);
    if entry.fields.is_empty() {
        let cure = format!("write `{} = …` below it, or delete it", kind.main_field());
        sheet.hint(owner, "empty-entry", "nothing stands in this entry", cure);
    }
    for (name, held) in entry.fields.iter() {
        match kind.field(name) {
            Some(field) => value(settings, owner, field, held, sheet),
            None => unknown(
                owner,
                name,
                kind.all_fields().map(|field| field.name),
                sheet,
            ),
        }
    }
}

/// A name that comes near to a known one. Fields of the owner's own making are welcome.
pub(super) fn unknown<'w>(
    owner: Owner<'_>,
    name: &str,
    known: impl Iterator<Item = &'w str>,
    sheet: &mut Sheet,
) {
    if let Some(near) = nearest(name, known) {
        let message = format!("`{name}` is no field of a {}", owner.word());
        let cure = format!("did you mean `{near}`?");
        sheet.hint(owner.field(name), "unknown-field", message, cure);
    }
}

/// Whether a field holds what the program can use, in words it knows.
pub(super) fn value(
    settings: &Settings,
    owner: Owner<'_>,
    field: &Field,
    value: ValueRef<'_>,
    sheet: &mut Sheet,
) {
    let owner = owner.field(field.name);
    match field.shape {
        Shape::Day | Shape::Moment => day(owner, field.name, value, sheet),
        Shape::Money => amount(owner, field.name, value, sheet),
        Shape::Yes if !matches!(value, ValueRef::Bool(_)) => no_yes(owner, sheet),
        Shape::Yes => {}
        Shape::Scale => scale(owner, field.name, value, sheet),
        Shape::Lines(_) | Shape::Texts | Shape::People | Shape::References => {
            if !is_texts(value) {
                let cure = format!("write {} = [\"…\", \"…\"]", field.name);
                let message = format!("`{}` has to be a list of texts in quotes", field.name);
                sheet.problem(owner, "not-text", message, cure);
            }
        }
        Shape::Line | Shape::Prose | Shape::Word(_) | Shape::Person | Shape::DealKey => {
            if value.as_text().is_none() {
                let cure = format!("write {} = \"{}\"", field.name, value.to_line());
                let message = format!("`{}` has to be text in quotes", field.name);
                sheet.problem(owner, "not-text", message, cure);
            }
        }
    }
    words(settings, owner, field, value, sheet);
    match (field.name, value.as_text()) {
        ("cadence", Some(period)) if period_days(period).is_none() => {
            period_wrong(owner, period, sheet);
        }
        ("currency", Some(currency)) => currency_word(owner, currency, sheet),
        _ => {}
    }
}

pub(super) fn period_wrong(owner: Owner<'_>, period: &str, sheet: &mut Sheet) {
    let message = format!("`{period}` is no length of time");
    sheet.problem(
        owner,
        "bad-period",
        message,
        "write a number and a letter: 10d, 4w, 3m or 1y",
    );
}

pub(super) fn currency_word(owner: Owner<'_>, currency: &str, sheet: &mut Sheet) {
    if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
        let message = format!("`{currency}` is no currency code");
        sheet.hint(
            owner,
            "unknown-currency",
            message,
            "write three letters: JPY, EUR, USD",
        );
    }
}

pub(super) fn no_yes(owner: Owner<'_>, sheet: &mut Sheet) {
    let message = "this has to be true or false, without quotes";
    sheet.problem(
        owner,
        "not-yes-or-no",
        message,
        "write true, or delete the line",
    );
}

fn is_texts(value: ValueRef<'_>) -> bool {
    match value {
        ValueRef::Text(_) => true,
        ValueRef::List(items) => items.iter().all(|item| item.as_text().is_some()),
        _ => false,
    }
}

pub(super) fn day(owner: Owner<'_>, name: &str, value: ValueRef<'_>, sheet: &mut Sheet) {
    if value.as_when().is_some_and(|when| when.date.is_some()) {
        return;
    }
    let cure = match value.as_text().map(str::trim) {
        Some(text) if When::parse(text).is_some_and(|when| when.date.is_some()) => {
            format!("write it without quotes: {name} = {text}")
        }
        _ => format!("write {name} = 2026-11-20, without quotes"),
    };
    let message = format!("`{}` is no date", value.to_line());
    sheet.problem(owner, "bad-date", message, cure);
}

fn amount(owner: Owner<'_>, name: &str, value: ValueRef<'_>, sheet: &mut Sheet) {
    let readable = matches!(value, ValueRef::Number(digits) if Amount::parse(digits).is_some());
    if !readable {
        let message = format!("`{}` is no amount", value.to_line());
        let cure = format!("write a plain number without quotes: {name} = 1_200_000");
        sheet.problem(owner, "bad-number", message, cure);
    }
}

pub(super) fn volume(value: ValueRef<'_>, sheet: &mut Sheet) {
    let ValueRef::Table(years) = value else {
        return;
    };
    for (year, volume) in years.iter() {
        let owner = Owner::HeadField("volume");
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            let message = format!("`{year}` is no year");
            sheet.problem(
                owner,
                "bad-date",
                message,
                "write 2019 = 2_400_000, a year each line",
            );
        }
        amount(owner, year, volume, sheet);
    }
}

fn scale(owner: Owner<'_>, name: &str, value: ValueRef<'_>, sheet: &mut Sheet) {
    let level = match value {
        ValueRef::Number(digits) => digits.parse::<u8>().ok(),
        _ => None,
    };
    if !level.is_some_and(|level| (1..=5).contains(&level)) {
        let message = format!("`{}` is not between 1 and 5", value.to_line());
        sheet.problem(
            owner,
            "bad-number",
            message,
            format!("write {name} = 3, without quotes"),
        );
    }
}

fn words(
    settings: &Settings,
    owner: Owner<'_>,
    field: &Field,
    value: ValueRef<'_>,
    sheet: &mut Sheet,
) {
    let lines = match field.shape {
        Shape::Word(_) => false,
        Shape::Lines(_) => true,
        _ => return,
    };
    let known = settings.words(owner.word(), field);
    for text in value.as_texts() {
        let word = if lines {
            split_line(text).0
        } else {
            Some(text.trim())
        };
        let Some(word) = word else {
            let first = known.first().unwrap_or(&"");
            let cure = format!(
                "write \"{first}: {text}\", with one of: {}",
                known.join(", ")
            );
            let message = format!("`{text}` begins with no word and colon");
            sheet.hint(owner, "no-word", message, cure);
            continue;
        };
        if word.is_empty() || known.contains(&word) {
            continue;
        }
        let near = nearest(word, known.iter().copied());
        let cure = match near {
            Some(near) => format!("did you mean `{near}`?"),
            // Here any word is as good as those that are offered.
            None if matches!(field.name, "channel" | "about") => continue,
            None => format!("the words are: {}", known.join(", ")),
        };
        let message = format!("`{word}` is no usual word for `{}`", field.name);
        sheet.hint(owner, "unknown-word", message, cure);
    }
}
