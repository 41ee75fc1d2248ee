//! What `.goodwill.toml` says, where it can't be used.

use super::{Owner, Sheet, fields, links, nearest};
use crate::model::age::period_days;
use crate::model::journal::Journal;
use crate::model::kind::{CUSTOMER_STATUS, HEAD, Kind};
use crate::model::value::ValueRef;

const KEYS: [&str; 8] = [
    "format",
    "currency",
    "today",
    "week-starts",
    "words",
    "days",
    "cadence",
    "searches",
];

pub(super) fn check(journal: &Journal, sheet: &mut Sheet) {
    sheet.path = ".goodwill.toml".to_owned();
    for (name, value) in journal.settings.fields.iter() {
        let owner = Owner::HeadField(name);
        match (name, value) {
            ("format", ValueRef::Number("1")) => {}
            ("format", _) => {
                let message = format!("format {} is not known to this version", value.to_line());
                sheet.problem(
                    owner,
                    "bad-setting",
                    message,
                    "write format = 1, or get a newer goodwill",
                );
            }
            ("currency", ValueRef::Text(currency)) => fields::currency_word(owner, currency, sheet),
            ("today", value) => fields::day(owner, name, value, sheet),
            ("week-starts", ValueRef::Text("monday" | "sunday")) => {}
            ("week-starts", _) => {
                let message = format!("`{}` begins no week", value.to_line());
                sheet.problem(
                    owner,
                    "bad-setting",
                    message,
                    "write \"monday\" or \"sunday\"",
                );
            }
            ("words" | "days" | "cadence" | "searches", ValueRef::Table(items)) => {
                for (key, value) in items.iter() {
                    one(name, key, value, sheet);
                }
            }
            _ if KEYS.contains(&name) => {
                let message = format!("`{name}` can't hold this");
                sheet.problem(
                    owner,
                    "bad-setting",
                    message,
                    "docs/format.md shows how it is written",
                );
            }
            _ => {
                let cure = match nearest(name, KEYS) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "it is kept; the settings stand in docs/format.md".to_owned(),
                };
                sheet.hint(
                    owner,
                    "unknown-field",
                    format!("`{name}` is no setting"),
                    cure,
                );
            }
        }
    }
}

/// One line of a table of settings.
fn one(table: &str, key: &str, value: ValueRef<'_>, sheet: &mut Sheet) {
    let owner = Owner::HeadField(table);
    match (table, value) {
        ("cadence", ValueRef::Text(period)) => {
            if period_days(period).is_none() {
                fields::period_wrong(owner, period, sheet);
            }
            if !CUSTOMER_STATUS.contains(&key) {
                let message = format!("`{key}` is no status of a customer");
                let cure = format!("the words are: {}", CUSTOMER_STATUS.join(", "));
                sheet.hint(owner, "unknown-word", message, cure);
            }
        }
        ("days", ValueRef::Number(days)) if days.parse::<u16>().is_ok() => {
            links::known_rule(owner, key, |rule| rule.days().is_some(), sheet);
        }
        ("searches", ValueRef::Text(_)) => {}
        ("words", ValueRef::Text(_) | ValueRef::List(_)) => words_for(owner, key, sheet),
        _ => {
            let message = format!("`{key}` in [{table}] can't hold `{}`", value.to_line());
            sheet.problem(
                owner,
                "bad-setting",
                message,
                "docs/format.md shows how it is written",
            );
        }
    }
}

/// Whether `kind.field` names a list of words.
fn words_for(owner: Owner<'_>, key: &str, sheet: &mut Sheet) {
    let known = key
        .split_once('.')
        .is_some_and(|(kind, field)| match Kind::of(kind) {
            Some(kind) => {
                kind.field(field).is_some()
                    || matches!(
                        (kind, field),
                        (Kind::Negotiation, "lever") | (Kind::WinLose, "outcome")
                    )
            }
            None => kind == "customer" && HEAD.iter().any(|head| head.name == field),
        });
    if !known {
        let message = format!("`{key}` is no list of words");
        sheet.hint(
            owner,
            "unknown-field",
            message,
            "write \"kind.field\", as in \"negotiation.lever\"",
        );
    }
}
