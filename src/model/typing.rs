//! What a person types for a field, and what it means; and back again.
//!
//! Forms and `--set` share these rules: lists are separated by commas (lines `word: text` by
//! semicolons), dates may be phrases, amounts may be written as people write them.

use jiff::civil::Date;

use super::date_phrase::{self, Leaning};
use super::kind::{Field, Shape};
use super::money::parse_typed;
use super::value::Value;
use super::when::When;

/// The days that lie ahead rather than behind, so that `fri` means the next one.
const AHEAD: &[&str] = &["due", "again", "until", "review"];

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
        Shape::Prose => Value::text(typed.trim_end()),
        Shape::Lines(_) => Value::texts(split(text, &[';', '；', '\n'])),
        Shape::Texts | Shape::People | Shape::References => {
            Value::texts(split(text, &[',', '、', '，', '\n']))
        }
        Shape::Day | Shape::Moment => Value::When(moment(field, text, today)?),
        Shape::Money => Value::Number(
            parse_typed(text)
                .map_err(|unclear| unclear.to_string())?
                .amount
                .to_string()
                .into(),
        ),
        Shape::Yes => Value::Bool(yes_or_no(text)?),
        Shape::Scale => match text.parse::<u8>() {
            Ok(1..=5) => Value::Number(text.into()),
            _ => return Err(format!("{} is a number from 1 to 5", field.name)),
        },
    };
    let is_empty_list = matches!(&value, Value::List(items) if items.is_empty());
    Ok((!is_empty_list).then_some(value))
}

fn split<'t>(text: &'t str, at: &'t [char]) -> impl Iterator<Item = &'t str> {
    text.split(at)
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn moment(field: &Field, text: &str, today: Date) -> Result<When, String> {
    let when = date_phrase::parse(text, today, leaning(field.name))
        .map_err(|unread| unread.to_string())?;
    match (field.shape, when.date) {
        (Shape::Day, Some(date)) => Ok(When::day(date)),
        _ => Ok(when),
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
pub fn typed(field: &Field, value: &Value) -> String {
    let separator = match field.shape {
        Shape::Lines(_) => "; ",
        _ => ", ",
    };
    match value {
        Value::Text(text) => text.to_string(),
        Value::List(items) => items
            .iter()
            .map(Value::to_line)
            .collect::<Vec<_>>()
            .join(separator),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        other => other.to_line(),
    }
}
