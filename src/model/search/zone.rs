//! Which of its words say most about an entry.

use crate::model::kind::{HEAD, Kind, Shape};

/// Where in a document a word stands, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    /// What a customer or a contact is called.
    Names,
    /// What an entry is mainly about.
    Titles,
    /// All other single lines, and tags.
    Lines,
    /// Text of many lines, and references to other entries.
    Notes,
}

/// Whether a field is less telling than a line: prose, and what the entry only points at.
fn is_aside(shape: Shape) -> bool {
    matches!(shape, Shape::Prose | Shape::DealKey | Shape::References)
}

/// Whether a field says what a customer or a contact is called.
pub(super) fn are_names(is_entry: bool, kind: Option<Kind>, name: &str) -> bool {
    (!is_entry || kind == Some(Kind::Contact)) && matches!(name, "name" | "reading" | "aliases")
}

/// Where the words of a field stand.
pub(super) fn zone(is_entry: bool, kind: Option<Kind>, name: &str) -> Zone {
    let field = match (is_entry, kind) {
        (false, _) => HEAD.iter().find(|field| field.name == name),
        (true, kind) => kind.and_then(|kind| kind.field(name)),
    };
    if are_names(is_entry, kind, name) {
        Zone::Names
    } else if kind.is_some_and(|kind| kind.main_field() == name) {
        Zone::Titles
    } else if name == "notes" || field.is_some_and(|field| is_aside(field.shape)) {
        Zone::Notes
    } else {
        Zone::Lines
    }
}
