//! The words that are known behind `kind:`, `is:` and `has:`, for remarks and for completion.

use super::field;
use super::stand::NAMED;
use crate::model::kind::{CONCERN_STATUS, CUSTOMER_STATUS, DEAL_STATUS, Kind, RESULTS};

/// Kinds, heads, and the channels of interactions.
pub(super) fn kinds() -> Vec<&'static str> {
    let mut words: Vec<&str> = Kind::ALL.into_iter().map(Kind::word).collect();
    words.push("customer");
    words.extend(offered(Kind::Interaction, "channel"));
    words
}

/// Where an entry or a customer can stand, each once, the most asked for first.
pub(super) fn states() -> Vec<&'static str> {
    let lists = [CONCERN_STATUS, DEAL_STATUS, RESULTS, CUSTOMER_STATUS];
    let named = NAMED.iter().map(|(word, _)| *word);
    let written = lists.into_iter().flatten().copied();
    let mut words = Vec::new();
    for word in named.chain(written).chain(offered(Kind::WinLose, "stage")) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The fields that can be filled in, each once.
pub(super) fn filled() -> Vec<&'static str> {
    let mut names = Vec::new();
    for field in field::table() {
        if !names.contains(&field.name) {
            names.push(field.name);
        }
    }
    names
}

fn offered(kind: Kind, field: &str) -> impl Iterator<Item = &'static str> {
    let field = kind.field(field);
    field.into_iter().flat_map(|f| f.shape.words()).copied()
}
