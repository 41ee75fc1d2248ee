//! Why a hit is one, where its row does not show it.

use std::ops::Range;

use crate::model::search::engine::{Hit, highlights};
use crate::model::search::query::Query;
use crate::model::value::Value;

/// How many characters stand before the words.
const BEFORE: usize = 8;
/// How many characters are quoted at most.
const MOST: usize = 160;
/// How far into a text one looks for them, in bytes.
const DEEP: usize = 16 << 10;

/// The words that were looked for, and what stands around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The field they stand in.
    pub field: String,
    /// The piece.
    pub text: String,
    /// Whether something stands before it.
    pub is_cut: bool,
}

impl Quote {
    /// What is quoted of a hit.
    pub fn of(hit: &Hit, query: &Query) -> Option<Quote> {
        query.words().next()?;
        let entry = hit.entry()?;
        entry.fields.iter().find_map(|(name, value)| {
            let line;
            let text = match value {
                Value::Text(text) => start(text),
                value => {
                    line = value.to_line();
                    start(&line)
                }
            };
            let place = highlights(query, text).into_iter().next()?;
            let (text, is_cut) = around(text, place);
            let field = name.to_owned();
            Some(Quote {
                field,
                text,
                is_cut,
            })
        })
    }
}

fn start(text: &str) -> &str {
    text.get(..text.floor_char_boundary(DEEP)).unwrap_or(text)
}

/// A piece of the line in which the words stand.
fn around(text: &str, place: Range<usize>) -> (String, bool) {
    let (before, rest) = text.split_at_checked(place.start).unwrap_or(("", text));
    let line = before.rsplit('\n').next().unwrap_or_default();
    let from = line.char_indices().rev().nth(BEFORE - 1);
    let lead = from.and_then(|(at, _)| line.get(at..)).unwrap_or(line);
    let rest = rest.lines().next().unwrap_or_default();
    let piece = lead.chars().chain(rest.chars()).take(MOST).collect();
    (piece, lead.len() < line.len())
}
