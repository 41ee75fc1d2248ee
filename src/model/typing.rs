//! What a person types for a field, and what it means; and back again.
//!
//! Forms and `--set` share these rules: lists are separated by commas (lines `word: text` by
//! semicolons), an item with a separator in it stands in quotes, dates may be phrases, amounts may be written as people write them.

use std::borrow::Cow;

use jiff::civil::Date;

use super::date_phrase::{self, Leaning};
use super::kind::{Field, Shape};
use super::money::parse_typed;
use super::value::{Value, ValueRef};
use super::when::When;

/// The days that lie ahead rather than behind, so that `fri` means the next one.
const AHEAD: &[&str] = &["due", "again", "until", "review"];

/// What separates lines `word: text`, and what separates other items.
const LINE_ENDS: &[char] = &[';', '；', '\n'];
const COMMAS: &[char] = &[',', '、', '，', '\n'];

fn texts(items: &[String]) -> Value {
    Value::texts(items.iter().map(String::as_str))
}

/// Which way a bare weekday or day of the month points for this field.
pub fn leaning(field: &str) -> Leaning {
    if AHEAD.contains(&field) {
        Leaning::Future
    } else {
        Leaning::Past
    }
}

/// The value that a typed text means for a field; `None` where it is empty.
///
/// # Errors
/// What can be typed there, in words.
pub fn parse(field: &Field, typed: &str, today: Date) -> Result<Option<Value>, String> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let value = match field.shape {
        Shape::Line | Shape::Word(_) | Shape::Person | Shape::DealKey => {
            Value::text(&text.replace(['\r', '\n'], " "))
        }
        Shape::Prose => Value::text(unix(typed).trim_end()),
        Shape::Lines(_) => texts(&split(text, LINE_ENDS)),
        Shape::Texts | Shape::People | Shape::References => texts(&split(text, COMMAS)),
        Shape::Day | Shape::Moment => Value::When(moment(field, text, today)?),
        Shape::Money => Value::Number(amount(text)?.into()),
        Shape::Yes => Value::Bool(yes_or_no(text)?),
        Shape::Scale => match text.parse::<u8>() {
            Ok(1..=5) => Value::Number(text.into()),
            _ => return Err(format!("{} is a number from 1 to 5", field.name)),
        },
    };
    let is_empty_list = matches!(&value, Value::List(items) if items.is_empty());
    Ok((!is_empty_list).then_some(value))
}

/// Pasted text has the line breaks of where it came from; a value has `\n`.
pub fn unix(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n").into(),
        false => text.into(),
    }
}

/// The items of a typed list. One that holds a separator stands in double quotes, a quote in it
/// doubled.
fn split(text: &str, at: &[char]) -> Vec<String> {
    let mut items = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (item, behind) = quoted(rest, at).unwrap_or_else(|| {
            let end = rest.find(at).unwrap_or(rest.len());
            let (item, behind) = rest.split_at(end);
            (item.trim().to_owned(), behind)
        });
        if !item.is_empty() {
            items.push(item);
        }
        rest = behind.trim_start_matches([' ', '\t', '\u{3000}']);
        let mut letters = rest.chars();
        letters.next();
        rest = letters.as_str().trim_start();
    }
    items
}

/// An item in quotes at the start of a text, and what stands behind it: a separator, or nothing.
fn quoted<'t>(text: &'t str, at: &[char]) -> Option<(String, &'t str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut item = String::new();
    loop {
        let (part, behind) = rest.split_once('"')?;
        item.push_str(part);
        match behind.strip_prefix('"') {
            Some(more) => {
                item.push('"');
                rest = more;
            }
            None => {
                let behind = behind.trim_start();
                let is_end = behind.is_empty() || behind.starts_with(at);
                return (is_end && !item.is_empty()).then_some((item, behind));
            }
        }
    }
}

fn moment(field: &Field, text: &str, today: Date) -> Result<When, String> {
    let when = date_phrase::parse(text, today, leaning(field.name))
        .map_err(|unread| unread.to_string())?;
    match (field.shape, when.date) {
        (Shape::Day, Some(date)) => Ok(When::day(date)),
        _ => Ok(when),
    }
}

/// TOML promises whole numbers of 64 bits and no more.
fn amount(text: &str) -> Result<String, String> {
    let typed = parse_typed(text).map_err(|unclear| unclear.to_string())?;
    let digits = typed.amount.to_string();
    match digits.contains('.') || digits.parse::<i64>().is_ok() {
        true => Ok(digits),
        false => Err(format!(
            "{digits} is more than a file can hold: {} is the most",
            i64::MAX
        )),
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "はい" => Ok(true),
        "false" | "no" | "n" | "いいえ" => Ok(false),
        _ => Err("yes or no".to_owned()),
    }
}

/// A value as it is typed, for editing: [`parse`] reads it back as it was.
pub fn typed<'v>(field: &Field, value: impl Into<ValueRef<'v>>) -> String {
    let (separator, at) = match field.shape {
        Shape::Lines(_) => ("; ", LINE_ENDS),
        _ => (", ", COMMAS),
    };
    let item = |item: ValueRef<'_>| match item.to_line() {
        line if line.contains(at) || line.starts_with('"') || line.trim() != line => {
            format!("\"{}\"", line.replace('"', "\"\""))
        }
        line => line,
    };
    match value.into() {
        ValueRef::Text(text) => text.to_owned(),
        ValueRef::List(items) => items.iter().map(item).collect::<Vec<_>>().join(separator),
        ValueRef::Bool(true) => "yes".to_owned(),
        ValueRef::Bool(false) => "no".to_owned(),
        other => other.to_line(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::kind::Kind;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn read(kind: Kind, field: &str, typed: &str) -> Option<Value> {
        parse(kind.field(field).unwrap(), typed, date(2026, 11, 21)).unwrap()
    }

    #[test]
    fn an_item_with_a_separator_in_it_stands_in_quotes() {
        let with = |typed| read(Kind::Interaction, "with", typed).unwrap();
        assert_eq!(with("Ana, Ben、山田"), Value::texts(["Ana", "Ben", "山田"]));
        let people = Value::texts(["Smith, John", "the \"boss\"", "\"x\""]);
        let field = Kind::Interaction.field("with").unwrap();
        let text = typed(field, &people);
        assert_eq!(text, r#""Smith, John", the "boss", """x""""#);
        assert_eq!(with(&text), people);
        assert_eq!(with("\"Ana, Ben"), Value::texts(["\"Ana", "Ben"]));
        assert_eq!(with("\"a\"b, c"), Value::texts(["\"a\"b", "c"]));
    }

    #[test]
    fn an_amount_that_no_file_can_hold_is_refused() {
        let field = Kind::Deal.field("value").unwrap();
        let told = |text| parse(field, text, date(2026, 11, 21));
        assert!(told("9223372036854775807").is_ok());
        let why = told("9223372036854775808").unwrap_err();
        assert!(why.contains("more than a file can hold"), "{why}");
    }

    #[test]
    fn pasted_line_breaks_are_those_of_a_value() {
        let notes = |typed| read(Kind::Interaction, "notes", typed);
        assert_eq!(notes("a\r\nb\rc\r\n"), Some(Value::text("a\nb\nc")));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_list_reads_back_as_it_is_typed(
            items in prop::collection::vec("[ab,;:、\" ]{0,4}[ab]", 1..4),
        ) {
            for (kind, name) in [(Kind::Interaction, "with"), (Kind::Negotiation, "give")] {
                let value = Value::texts(items.iter().map(String::as_str));
                let field = kind.field(name).unwrap();
                let text = typed(field, &value);
                prop_assert_eq!(read(kind, name, &text), Some(value), "{}", text);
            }
        }
    }
}
