//! The value of a field, as a journal file can hold it.

use serde::{Deserialize, Serialize};

use super::when::When;

/// What a field holds. Whatever TOML allows has a place here, so that nothing a person wrote is
/// an error; which shape a field *should* have stands in [`super::kind`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// Text; line breaks are `\n`.
    Text(Box<str>),
    /// A date, a date-time or a time of day.
    When(When),
    /// `true` or `false`.
    Bool(bool),
    /// A number with its digits as written, without `_`; never a binary float.
    Number(Box<str>),
    /// A list.
    List(Vec<Value>),
    /// A table inside of a field, in file order.
    Table(Vec<(Box<str>, Value)>),
}

impl Value {
    /// A text value.
    pub fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    /// A list of texts.
    pub fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Value {
        Value::List(texts.into_iter().map(Value::text).collect())
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The date or time, where it is one.
    pub fn as_when(&self) -> Option<When> {
        match self {
            Value::When(when) => Some(*when),
            _ => None,
        }
    }

    /// The texts of a list; a single text counts as a list of one, as people write it so.
    pub fn as_texts(&self) -> impl Iterator<Item = &str> {
        let (one, many) = match self {
            Value::Text(text) => (Some(&**text), None),
            Value::List(items) => (None, Some(items.iter().filter_map(Value::as_text))),
            _ => (None, None),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }

    /// The value on one line, for a list or a message. Lists are joined with `, `.
    pub fn to_line(&self) -> String {
        match self {
            Value::Text(text) => text.replace('\n', " "),
            Value::When(when) => when.to_string(),
            Value::Bool(yes) => yes.to_string(),
            Value::Number(digits) => digits.to_string(),
            Value::List(items) => join(items.iter().map(Value::to_line)),
            Value::Table(fields) => join(
                fields
                    .iter()
                    .map(|(name, value)| format!("{name} = {}", value.to_line())),
            ),
        }
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
