//! The value of a field, as a journal file can hold it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::packed;
use super::when::When;

/// What a field holds. Whatever TOML allows has a place here, so that nothing a person wrote is
/// an error; which shape a field *should* have stands in [`super::kind`].
///
/// This is a value by itself, to be typed, merged and written. The journal keeps its values
/// packed ([`super::entry::Fields`]) and shows them as [`ValueRef`].
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

/// A value that stands somewhere else: in a [`Value`], or in the fields of an entry. Cheap to
/// copy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueRef<'a> {
    /// Text; line breaks are `\n`.
    Text(&'a str),
    /// A date, a date-time or a time of day.
    When(When),
    /// `true` or `false`.
    Bool(bool),
    /// A number with its digits as written, without `_`.
    Number(&'a str),
    /// A list.
    List(List<'a>),
    /// A table inside of a field, in file order.
    Table(Table<'a>),
}

/// The items of a list.
#[derive(Clone, Copy)]
pub struct List<'a>(Items<'a>);

#[derive(Clone, Copy)]
enum Items<'a> {
    Values(&'a [Value]),
    Packed(packed::List<'a>),
}

/// The names and values of a table, in file order.
#[derive(Clone, Copy)]
pub struct Table<'a>(Pairs<'a>);

#[derive(Clone, Copy)]
enum Pairs<'a> {
    Values(&'a [(Box<str>, Value)]),
    Packed(packed::Table<'a>),
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

    /// A look at it, as [`super::entry::Fields`] give one of theirs.
    pub fn view(&self) -> ValueRef<'_> {
        match self {
            Value::Text(text) => ValueRef::Text(text),
            Value::When(when) => ValueRef::When(*when),
            Value::Bool(yes) => ValueRef::Bool(*yes),
            Value::Number(digits) => ValueRef::Number(digits),
            Value::List(items) => ValueRef::List(List(Items::Values(items))),
            Value::Table(fields) => ValueRef::Table(Table(Pairs::Values(fields))),
        }
    }

    /// The text, where it is one.
    pub fn as_text(&self) -> Option<&str> {
        self.view().as_text()
    }

    /// The date or time, where it is one.
    pub fn as_when(&self) -> Option<When> {
        self.view().as_when()
    }

    /// The texts of a list; a single text counts as a list of one, as people write it so.
    pub fn as_texts(&self) -> impl Iterator<Item = &str> {
        self.view().as_texts()
    }

    /// The value on one line, for a list or a message. Lists are joined with `, `.
    pub fn to_line(&self) -> String {
        self.view().to_line()
    }
}

impl<'a> ValueRef<'a> {
    /// The text, where it is one.
    pub fn as_text(self) -> Option<&'a str> {
        match self {
            ValueRef::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The date or time, where it is one.
    pub fn as_when(self) -> Option<When> {
        match self {
            ValueRef::When(when) => Some(when),
            _ => None,
        }
    }

    /// The texts of a list; a single text counts as a list of one, as people write it so.
    pub fn as_texts(self) -> impl Iterator<Item = &'a str> {
        let (one, many) = match self {
            ValueRef::Text(text) => (Some(text), None),
            ValueRef::List(items) => (None, Some(items.iter())),
            _ => (None, None),
        };
        let many = many.into_iter().flatten().filter_map(ValueRef::as_text);
        one.into_iter().chain(many)
    }

    /// The value on one line, for a list or a message. Lists are joined with `, `.
    pub fn to_line(self) -> String {
        match self {
            ValueRef::Text(text) => text.replace('\n', " "),
            ValueRef::When(when) => when.to_string(),
            ValueRef::Bool(yes) => yes.to_string(),
            ValueRef::Number(digits) => digits.to_owned(),
            ValueRef::List(items) => join(items.iter().map(ValueRef::to_line)),
            ValueRef::Table(fields) => {
                let line =
                    |(name, value): (&str, ValueRef)| format!("{name} = {}", value.to_line());
                join(fields.iter().map(line))
            }
        }
    }

    /// A copy of it that stands by itself.
    pub fn to_value(self) -> Value {
        match self {
            ValueRef::Text(text) => Value::text(text),
            ValueRef::When(when) => Value::When(when),
            ValueRef::Bool(yes) => Value::Bool(yes),
            ValueRef::Number(digits) => Value::Number(digits.into()),
            ValueRef::List(items) => Value::List(items.iter().map(ValueRef::to_value).collect()),
            ValueRef::Table(fields) => {
                let field = |(name, value): (&str, ValueRef)| (name.into(), value.to_value());
                Value::Table(fields.iter().map(field).collect())
            }
        }
    }
}

impl<'a> From<&'a Value> for ValueRef<'a> {
    fn from(value: &'a Value) -> ValueRef<'a> {
        value.view()
    }
}

impl<'a> From<packed::List<'a>> for List<'a> {
    fn from(packed: packed::List<'a>) -> List<'a> {
        List(Items::Packed(packed))
    }
}

impl<'a> From<packed::Table<'a>> for Table<'a> {
    fn from(packed: packed::Table<'a>) -> Table<'a> {
        Table(Pairs::Packed(packed))
    }
}

impl<'a> List<'a> {
    /// The items.
    pub fn iter(self) -> impl Iterator<Item = ValueRef<'a>> {
        let (values, packed) = match self.0 {
            Items::Values(values) => (values, packed::List::default()),
            Items::Packed(packed) => (Default::default(), packed),
        };
        values.iter().map(Value::view).chain(packed.iter())
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.iter().next().is_none()
    }
}

impl<'a> Table<'a> {
    /// Names and values.
    pub fn iter(self) -> impl Iterator<Item = (&'a str, ValueRef<'a>)> {
        let (values, packed) = match self.0 {
            Pairs::Values(values) => (values, packed::Table::default()),
            Pairs::Packed(packed) => (Default::default(), packed),
        };
        let values = values.iter().map(|(name, value)| (&**name, value.view()));
        values.chain(packed.iter())
    }

    /// The value of that name.
    pub fn get(self, name: &str) -> Option<ValueRef<'a>> {
        self.iter()
            .find_map(|(n, value)| (n == name).then_some(value))
    }

    /// Whether nothing stands in it.
    pub fn is_empty(self) -> bool {
        self.iter().next().is_none()
    }
}

impl PartialEq for List<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl PartialEq for Table<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
