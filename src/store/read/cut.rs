//! Where the tables of a file begin, found without parsing it.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::HEAD_TABLES;

/// A table, or what stands above the first one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut<'b> {
    /// Its bytes.
    pub range: Range<usize>,
    /// The kind of its entry; `None`: it belongs to the head of the file.
    pub kind: Option<&'b str>,
}

/// Cuts a file at its headers. `None`: it is written in a way that only parsing can tell.
///
/// A header is a line `[kind.key]` outside of texts on several lines. Those are told by their
/// quotes, which begin behind `name =` and close at the end of a line; all that is written
/// otherwise is left to the parser.
pub fn cut(bytes: &[u8]) -> Option<Vec<Cut<'_>>> {
    let blocks = blocks(bytes)?;
    let mut inside = blocks.iter().peekable();
    let mut cuts = vec![Cut {
        range: 0..0,
        kind: None,
    }];
    let first = (bytes.first() == Some(&b'[')).then_some(0);
    let starts = memmem::find_iter(bytes, b"\n[").map(|at| at + 1);
    for at in first.into_iter().chain(starts) {
        while inside.next_if(|block| block.end <= at).is_some() {}
        if inside.peek().is_some_and(|block| block.start < at) {
            continue;
        }
        let kind = kind(bytes.get(at..)?)?;
        if let Some(last) = cuts.last_mut() {
            last.range.end = at;
        }
        cuts.push(Cut {
            range: at..at,
            kind,
        });
    }
    cuts.last_mut()?.range.end = bytes.len();
    Some(cuts)
}

/// The kind that the header of an entry names, or none for a table of the head. `None`: it may be
/// something else.
fn kind(line: &[u8]) -> Option<Option<&str>> {
    let end = memchr(b'\n', line);
    let line = line.get(..end.unwrap_or(line.len()))?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let name = line.strip_prefix(b"[")?.strip_suffix(b"]")?;
    let is_head = |name: &[u8]| HEAD_TABLES.iter().any(|table| table.as_bytes() == name);
    let Some(dot) = memchr(b'.', name) else {
        return is_head(name).then_some(None);
    };
    let (kind, key) = (name.get(..dot)?, name.get(dot + 1..)?);
    let quoted = key
        .strip_prefix(b"\"")
        .and_then(|key| key.strip_suffix(b"\""));
    let is_key = match quoted {
        Some(key) => !key
            .iter()
            .any(|byte| b"\"\\".contains(byte) || *byte < b' '),
        None => !key.is_empty() && key.iter().all(is_bare),
    };
    let is_kind = kind.first().is_some_and(u8::is_ascii_alphabetic) && kind.iter().all(is_bare);
    let is_entry = is_kind && is_key && !is_head(kind);
    is_entry.then_some(std::str::from_utf8(kind).ok())
}

/// Whether a byte may stand in a name without quotes.
pub fn is_bare(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_".contains(byte)
}

/// Texts on several lines, quotes and all.
fn blocks(bytes: &[u8]) -> Option<Vec<Range<usize>>> {
    let basic = quotes(bytes, b'"');
    let literal = quotes(bytes, b'\'');
    let mut all: Vec<(usize, u8)> = basic.chain(literal).collect();
    all.sort_unstable();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut all = all.into_iter().peekable();
    while let Some((start, quote)) = all.next() {
        let before = bytes.get(..start)?;
        let line = before.rsplit(|&byte| byte == b'\n').next()?;
        let name = line.trim_ascii_end().strip_suffix(b"=")?.trim_ascii_end();
        if name.is_empty() || !name.iter().all(is_bare) {
            return None;
        }
        let (close, _) = all.find(|&(_, other)| other == quote)?;
        let end = close + 3;
        let is_escape = quote == b'"' && bytes.get(close.checked_sub(1)?) == Some(&b'\\');
        let closes = matches!(bytes.get(end..)?, [] | [b'\n', ..] | [b'\r', b'\n', ..]);
        if is_escape || !closes || close < start + 3 {
            return None;
        }
        found.push(start..end);
    }
    Some(found)
}

/// Where three quotes stand that are not the rest of others.
fn quotes(bytes: &[u8], quote: u8) -> impl Iterator<Item = (usize, u8)> {
    let places: Vec<usize> = memmem::find_iter(bytes, &[quote; 3]).collect();
    places.into_iter().map(move |at| (at, quote))
}
