//! What stands in a text without being seen, or should not stand there at all.

use super::{Owner, Sheet};
use crate::model::value::ValueRef;

/// How keys that open doors begin, and how many letters and digits follow at least.
const SECRETS: [(&str, usize); 6] = [
    ("ghp_", 30),
    ("github_pat_", 30),
    ("AKIA", 16),
    ("xoxb-", 20),
    ("glpat-", 20),
    ("sk-", 40),
];

pub(super) fn value(owner: Owner<'_>, value: ValueRef<'_>, sheet: &mut Sheet) {
    match value {
        ValueRef::Text(text) => one(owner, text, sheet),
        ValueRef::List(items) => items
            .iter()
            .for_each(|item| self::value(owner, item, sheet)),
        ValueRef::Table(items) => items
            .iter()
            .for_each(|(_, item)| self::value(owner, item, sheet)),
        _ => {}
    }
}

fn one(owner: Owner<'_>, text: &str, sheet: &mut Sheet) {
    let hidden = || text.chars().find(|c| is_hidden(*c));
    if let Some(c) = may_hide(text.as_bytes()).then(hidden).flatten() {
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

/// Whether any byte could be part of a hidden character. Nearly every text is done with here.
fn may_hide(bytes: &[u8]) -> bool {
    let odd = |byte: &u8| match byte {
        b'\n' | b'\t' => false,
        // The first bytes of C1 controls and of marks in UTF-8.
        0x7f | 0xc2 | 0xe2 => true,
        _ => *byte < 0x20,
    };
    bytes.iter().any(odd) || bytes.windows(2).any(|two| two == [0xef, 0xbb])
}

/// Controls, and marks that turn the direction of writing. Those that letters and emoji are made
/// of (joiners, variation selectors) are none of them.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn is_secret(text: &str) -> bool {
    // Every one of them has one of these, and most texts have none.
    let bytes = text.as_bytes();
    if bytes.len() < 20 || !b"_-A".iter().any(|byte| bytes.contains(byte)) {
        return false;
    }
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
