//! Where the tables of a file begin, found without parsing it.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

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
    // There are few of them, in the middle of lines too.
    let begins = |at: &usize| before(bytes, *at).is_none_or(|byte| byte == b'\n');
    for at in memchr_iter(b'[', bytes).filter(begins) {
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
    let (kind, behind) = bare(line.strip_prefix(b"[")?)?;
    let is_head = HEAD_TABLES.iter().any(|table| table.as_bytes() == kind);
    let key = match behind {
        [b'.', key @ ..] if !is_head => key,
        [b']', ..] if is_head => return ends_line(behind).then_some(None),
        _ => return None,
    };
    let behind = match key {
        [b'"', key @ ..] => {
            let is_odd = |byte: &u8| b"\"\\".contains(byte) || *byte < b' ';
            let end = key.iter().position(is_odd)?;
            key.get(end..)?.strip_prefix(b"\"")?
        }
        _ => bare(key)?.1,
    };
    let is_entry = kind.first().is_some_and(u8::is_ascii_alphabetic) && ends_line(behind);
    is_entry.then_some(std::str::from_utf8(kind).ok())
}

/// A name without quotes that a text begins with, and what stands behind it.
fn bare(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = text.iter().position(|byte| !is_bare(byte));
    let len = len.unwrap_or(text.len());
    text.split_at_checked(len).filter(|_| len > 0)
}

/// Whether a header is closed here, and its line too.
fn ends_line(text: &[u8]) -> bool {
    matches!(
        text,
        [b']'] | [b']', b'\n', ..] | [b']', b'\r'] | [b']', b'\r', b'\n', ..]
    )
}

fn before(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at.checked_sub(1)?).copied()
}

/// Whether a byte may stand in a name without quotes.
pub fn is_bare(byte: &u8) -> bool {
    static BARE: [bool; 256] = bare_bytes();
    BARE.get(usize::from(*byte)).copied().unwrap_or(false)
}

const fn bare_bytes() -> [bool; 256] {
    let mut all = [false; 256];
    let mut byte = 0;
    while byte < all.len() {
        let here = byte as u8;
        all[byte] = here.is_ascii_alphanumeric() || here == b'-' || here == b'_';
        byte += 1;
    }
    all
}

/// Texts on several lines, quotes and all.
fn blocks(bytes: &[u8]) -> Option<Vec<Range<usize>>> {
    let mut all: Vec<(usize, u8)> = memmem::find_iter(bytes, br#"""""#)
        .map(|at| (at, b'"'))
        .collect();
    // They are rare, and so is a single one.
    let is_literal = |at: usize| {
        let rest = bytes.get(at..).unwrap_or_default();
        rest.starts_with(b"'''")
    };
    if memchr_iter(b'\'', bytes).any(is_literal) {
        all.extend(memmem::find_iter(bytes, b"'''").map(|at| (at, b'\'')));
        all.sort_unstable();
    }
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
        // Quotes behind `=` may begin a text where the one above was never closed.
        let is_gap = |byte: &&u8| byte.is_ascii_whitespace() && **byte != b'\n';
        let last = bytes.get(..close)?.iter().rev().find(|byte| !is_gap(byte));
        let begins = last == Some(&b'=');
        if is_escape || begins || !closes || close < start + 3 {
            return None;
        }
        found.push(start..end);
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where tables begin behind the first one, and their kinds.
    fn told(text: &str) -> Option<Vec<(usize, Option<&str>)>> {
        let cuts = cut(text.as_bytes())?;
        let cuts = cuts.iter().map(|cut| (cut.range.start, cut.kind));
        Some(cuts.skip(1).collect())
    }

    #[test]
    fn a_table_begins_at_the_header_of_an_entry_or_of_the_head() {
        for (text, tables) in [
            ("", &[][..]),
            ("[deal.x]", &[(0, Some("deal"))]),
            ("a = 1\n[deal.x]\r", &[(6, Some("deal"))]),
            (
                "[volume]\r\n[fact.1-a_b]\n",
                &[(0, None), (10, Some("fact"))],
            ),
            (
                "[deal.\"\"]\n[deal.\"a [b.c\"]\n",
                &[(0, Some("deal")), (10, Some("deal"))],
            ),
            ("a = [\n  [1],\n]\nb = \"[x\"", &[]),
            (
                "a = \"\"\"\n[deal.x]\n\"\"\"\n[deal.y]",
                &[(21, Some("deal"))],
            ),
            (
                "a = '''\n[deal.x]\n\"\"\" '''\n[deal.y]",
                &[(25, Some("deal"))],
            ),
            ("a = '''b'''\nc = \"\"\"'''\n[deal.x]\"\"\"", &[]),
        ] {
            assert_eq!(told(text).as_deref(), Some(tables), "{text}");
        }
    }

    #[test]
    fn what_may_be_something_else_is_left_to_the_parser() {
        for header in [
            "[deal]",
            "[volume.x]",
            "[volume] # a",
            "[volume",
            "[deal.x",
            "[deal.x] ",
            "[deal.x.y]",
            "[deal.]",
            "[.x]",
            "[]",
            "[[deal]]",
            "[ deal.x]",
            "[1deal.x]",
            "[deal.\"x]",
            "[deal.\"x\"y]",
            "[deal.\"x\\\"\"]",
            "[deal.'x']",
            "[取引.x]",
            "[1, 2],",
        ] {
            assert_eq!(told(&format!("a = 1\n{header}\nb = 2")), None, "{header}");
        }
        for text in [
            "\"\"\"",
            "a = \"\"\"b",
            "a = \"\"\"b\"\"\" # c",
            "a = [\"\"\"b\"\"\"]",
            "a = \"\"\"\nb\nc = \"\"\"\n[deal.x]\nd = \"",
            "a = '''\n[deal.x]\n  c= '''\n",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
