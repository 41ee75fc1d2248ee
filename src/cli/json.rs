//! The shapes of `--json`; `docs/json.md` describes them.

use serde_json::{Map, Value as Json, json};

use crate::model::attention::Attention;
use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields};
use crate::model::money::Totals;
use crate::model::value::ValueRef;

/// A customer without entries, as `list` shows it.
pub fn customer(customer: &Customer, open: &Attention, last_touch: Option<String>) -> Json {
    json!({
        "key": *customer.key,
        "name": customer.name(),
        "status": customer.status(),
        "last_touch": last_touch,
        "group": customer.group(),
        "open": {
            "due": open.due,
            "promises": open.promises,
            "concerns": open.concerns,
            "negotiations": open.negotiations,
            "deals": open.deals,
        },
        "path": customer.path(),
    })
}

/// An entry.
pub fn entry(customer: &Customer, entry: &Entry) -> Json {
    json!({
        "customer": *customer.key,
        "kind": entry.kind.word(),
        "key": *entry.key,
        "date": entry.when().map(|when| when.to_string()),
        "path": customer.path(),
        "line": entry.line,
        "fields": fields(&entry.fields),
    })
}

/// Fields under their names in the file.
pub fn fields(fields: &Fields) -> Json {
    object(fields.iter())
}

/// Sums by currency, each with all of its digits: `{"JPY": "12000000"}`.
pub fn totals(totals: &Totals) -> Json {
    let sums = totals.iter();
    let sums = sums.map(|(currency, sum)| (currency.to_owned(), Json::from(sum.to_string())));
    Json::Object(sums.collect())
}

fn object<'a>(items: impl Iterator<Item = (&'a str, ValueRef<'a>)>) -> Json {
    let mut object = Map::new();
    for (name, value) in items {
        // Of equal keys, as a broken file may have them, the first counts, as everywhere.
        object.entry(name).or_insert_with(|| self::value(value));
    }
    Json::Object(object)
}

/// Whole numbers are numbers. Decimals are text, as a JSON number would go through a binary
/// float in most readers, and 1200.50 come out as 1200.5.
pub fn value(value: ValueRef<'_>) -> Json {
    match value {
        ValueRef::Text(text) => Json::from(text),
        ValueRef::When(when) => Json::from(when.to_string()),
        ValueRef::Bool(yes) => Json::from(yes),
        ValueRef::Number(digits) => match digits.parse::<i64>() {
            Ok(whole) => Json::from(whole),
            Err(_) => Json::from(digits),
        },
        ValueRef::List(items) => items.iter().map(self::value).collect(),
        ValueRef::Table(items) => object(items.iter()),
    }
}
