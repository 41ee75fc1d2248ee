//! Where the tables of a file begin, found without parsing it.

use std::ops::Range;

use crate::store::read::HEAD_TABLES;

/// A table, or what stands above the first one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its bytes.
    pub range: Range<usize>,
    /// Whether it belongs to the head of the file.
    pub head: bool,
}

/// Cuts a file at its headers. `None`: it is written in a way that only parsing can tell.
///
/// A header is a line `[kind.key]` outside of texts on several lines. Those are told by their
/// quotes, which begin behind `name =` and close at the end of a line; all that is written
/// otherwise is left to the parser.
pub fn cut(bytes: &[u8]) -> Option<Vec<Cut>> {
    let blocks = blocks(bytes)?;
    let mut inside = blocks.iter().peekable();
    let mut cuts = vec![Cut {
        range: 0..0,
        head: true,
    }];
    let first = (bytes.first() == Some(&b'[')).then_some(0);
    let starts = pairs(bytes, b'\n', b'[').map(|at| at + 1);
    for at in first.into_iter().chain(starts) {
        while inside.next_if(|block| block.end <= at).is_some() {}
        if inside.peek().is_some_and(|block| block.start < at) {
            continue;
        }
        let head = header(bytes.get(at..)?)? == Header::Head;
        if let Some(last) = cuts.last_mut() {
            last.range.end = at;
        }
        cuts.push(Cut {
            range: at..at,
            head,
        });
    }
    cuts.last_mut()?.range.end = bytes.len();
    Some(cuts)
}

#[derive(PartialEq)]
enum Header {
    Head,
    Entry,
}

fn header(line: &[u8]) -> Option<Header> {
    let end = line.iter().position(|&byte| byte == b'\n');
    let line = line.get(..end.unwrap_or(line.len()))?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let name = line.strip_prefix(b"[")?.strip_suffix(b"]")?;
    let is_head = |name: &[u8]| HEAD_TABLES.iter().any(|table| table.as_bytes() == name);
    let Some(dot) = name.iter().position(|&byte| byte == b'.') else {
        return is_head(name).then_some(Header::Head);
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
    (is_kind && is_key && !is_head(kind)).then_some(Header::Entry)
}

fn is_bare(byte: &u8) -> bool {
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
    let mut behind = 0;
    pairs(bytes, quote, quote).filter_map(move |at| {
        let is_third = bytes.get(at + 2) == Some(&quote);
        if at < behind || !is_third {
            return None;
        }
        behind = at + 3;
        Some((at, quote))
    })
}

/// The places at which two bytes follow one another.
fn pairs(bytes: &[u8], first: u8, second: u8) -> impl Iterator<Item = usize> {
    const BLOCK: usize = 64;
    let behind = bytes.get(1..).unwrap_or_default();
    let blocks = bytes.chunks(BLOCK).zip(behind.chunks(BLOCK)).enumerate();
    // Without a way out, so that many are compared at once.
    let is_pair = move |(&a, &b): (&u8, &u8)| (a == first) & (b == second);
    let blocks = blocks.filter(move |(_, (front, behind))| {
        let both = front.iter().zip(*behind);
        both.fold(false, |any, both| any | is_pair(both))
    });
    blocks.flat_map(move |(block, (front, behind))| {
        let both = front.iter().zip(behind).enumerate();
        both.filter(move |(_, both)| is_pair(*both))
            .map(move |(at, _)| block * BLOCK + at)
    })
}
