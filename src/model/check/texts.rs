//! What stands in a text without being seen, or should not stand there at all.

use super::{Owner, Sheet};
use crate::model::value::Value;

/// How keys that open doors begin, and how many letters and digits follow at least.
const SECRETS: [(&str, usize); 6] = [
    ("ghp_", 30),
    ("github_pat_", 30),
    ("AKIA", 16),
    ("xoxb-", 20),
    ("glpat-", 20),
    ("sk-", 40),
];

pub(super) fn value(owner: Owner<'_>, value: &Value, sheet: &mut Sheet) {
    match value {
        Value::Text(text) => one(owner, text, sheet),
        Value::List(items) => items
            .iter()
            .for_each(|item| self::value(owner, item, sheet)),
        Value::Table(items) => items
            .iter()
            .for_each(|(_, item)| self::value(owner, item, sheet)),
        _ => {}
    }
}

fn one(owner: Owner<'_>, text: &str, sheet: &mut Sheet) {
    if let Some(c) = text.chars().find(|c| is_hidden(*c)) {
        let message = format!(
            "the invisible character U+{:04X} stands in this text",
            c as u32
        );
        let cure = "delete it, if you did not mean it: it can hide or turn round what is shown";
        sheet.hint(owner, "hidden-character", message, cure);
    }
    if is_secret(text) {
        let message = "this looks like a password or a secret key";
        let cure = "keep it in a password store; what git has once seen, it keeps";
        sheet.hint(owner, "secret", message, cure);
    }
}

/// Controls, and marks that turn the direction of writing. Those that letters and emoji are made
/// of (joiners, variation selectors) are none of them.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn is_secret(text: &str) -> bool {
    if text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----") {
        return true;
    }
    SECRETS.iter().any(|(start, least)| {
        text.match_indices(start).any(|(at, _)| {
            let word_before = text.get(..at).and_then(|before| before.chars().next_back());
            let behind = text.get(at + start.len()..).unwrap_or("").bytes();
            !word_before.is_some_and(char::is_alphanumeric)
                && behind
                    .take_while(|b| b.is_ascii_alphanumeric() || b"-_".contains(b))
                    .count()
                    >= *least
        })
    })
}
