//! Why a hit is one, where its row does not show it.

use super::mark::Sought;
use crate::model::search::engine::{Hit, highlights};
use crate::model::value::ValueRef;
use crate::ui::screens::entry_line::Quote;

/// How many characters stand before the words.
const BEFORE: usize = 8;
/// How much is quoted at most, in bytes.
const MOST: usize = 600;
/// How far into a text one looks for them, in bytes.
const DEEP: usize = 16 << 10;

/// Where the words stand in a hit.
pub fn quote(hit: &Hit, sought: Sought) -> Option<Quote> {
    sought.query.words().next()?;
    let entry = hit.entry()?;
    entry.fields.iter().find_map(|(name, value)| {
        let line;
        let text = match value {
            ValueRef::Text(text) => start(text),
            value => {
                line = value.to_line();
                start(&line)
            }
        };
        let places = match name {
            "notes" => highlights(sought.query, text),
            _ => sought.places(text),
        };
        let place = places.into_iter().next()?;
        let (before, rest) = text.split_at_checked(place.start)?;
        let before = before.rsplit('\n').next().unwrap_or_default();
        let lead = before.char_indices().rev().nth(BEFORE - 1);
        let lead = lead.and_then(|(at, _)| before.get(at..)).unwrap_or(before);
        let rest = rest.lines().next().unwrap_or_default();
        let rest = rest.get(..rest.floor_char_boundary(MOST)).unwrap_or(rest);
        Some(Quote {
            field: name.to_owned(),
            before: lead.to_owned(),
            is_cut: lead.len() < before.len(),
            rest: rest.to_owned(),
        })
    })
}

fn start(text: &str) -> &str {
    text.get(..text.floor_char_boundary(DEEP)).unwrap_or(text)
}
