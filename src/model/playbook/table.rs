//! The playbook as tables: what a screen shows and a command prints, in the same words.

use std::borrow::Cow;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its title; empty: it needs none.
    pub title: Cow<'static, str>,
    /// Whether it holds numbers, which stand at its right edge.
    pub is_number: bool,
    /// Whether it holds sentences, which take what room is left.
    pub is_text: bool,
}

impl Head {
    /// A column of words.
    pub const fn word(title: &'static str) -> Head {
        Head::titled(Cow::Borrowed(title))
    }

    /// A column of words, with a title that was made.
    pub const fn titled(title: Cow<'static, str>) -> Head {
        Head {
            title,
            is_number: false,
            is_text: false,
        }
    }

    /// A column of numbers.
    pub const fn number(title: &'static str) -> Head {
        Head {
            title: Cow::Borrowed(title),
            is_number: true,
            is_text: false,
        }
    }

    /// A column of sentences.
    pub const fn text(title: &'static str) -> Head {
        Head {
            title: Cow::Borrowed(title),
            is_number: false,
            is_text: true,
        }
    }
}

/// What stands in a column of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words or a number.
    Text(String),
    /// A bar chart: for each bar how much of the highest one it is, from 0 to 1.
    Bars(Vec<f64>),
}

impl Cell {
    /// The words; none for a chart.
    pub fn words(&self) -> &str {
        match self {
            Cell::Text(text) => text,
            Cell::Bars(_) => "",
        }
    }
}

/// How much a row asks for a look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// As any row.
    #[default]
    Plain,
    /// Now is the time.
    Now,
    /// Nothing to read there yet.
    Faint,
}

/// A row, and what lies behind it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// By which it is found again when the journal has changed.
    pub key: String,
    /// What it is about, to be read above the words behind it.
    pub title: String,
    /// What stands in the columns.
    pub cells: Vec<Cell>,
    /// What it rests on, of several the newest: a customer's key, or `customer:kind.key`.
    pub place: Option<String>,
    /// The words behind it.
    pub details: Vec<Detail>,
    /// How much it asks for a look.
    pub weight: Weight,
}

/// A line behind a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// What it is, in a word or two.
    pub label: String,
    /// The words.
    pub text: String,
    /// What it rests on.
    pub place: Option<String>,
    /// Whether something new begins with it.
    pub begins: bool,
}

/// A page of the playbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What is said above the rows, over all of them.
    pub above: Option<String>,
    /// The columns.
    pub heads: Vec<Head>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What is said where there are none.
    pub empty: &'static str,
}

impl Detail {
    /// A line that rests on something.
    pub fn new(label: &str, text: String, place: &str) -> Detail {
        Detail {
            label: label.to_owned(),
            text,
            place: Some(place.to_owned()),
            begins: false,
        }
    }

    /// The same, where something new begins with it.
    #[must_use]
    pub fn begins(self) -> Detail {
        Detail {
            begins: true,
            ..self
        }
    }
}

impl Row {
    /// A row of words, behind which a place can be opened.
    pub fn new<const N: usize>(place: &str, cells: [String; N]) -> Row {
        Row {
            key: place.to_owned(),
            cells: cells.into_iter().map(Cell::Text).collect(),
            place: Some(place.to_owned()),
            ..Row::default()
        }
    }
}
