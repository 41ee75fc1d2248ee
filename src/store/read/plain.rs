//! Reads files that are written in the plainest way, `name = "text"` and little else, much more
//! quickly than a parser does. Nearly all are; what is written otherwise is left to the parser.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2};

use super::cut::{Cut, cut, is_bare};
use super::{read_part, read_parts};
use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields, KindWord};
use crate::model::kind::Kind;
use crate::model::packed::Packer;
use crate::model::search::first::First;
use crate::model::value::ValueRef;
use crate::store::outline::decode_bare;
use crate::store::syntax::line_breaks;

/// A customer from the text of its file. `None`: only the parser can tell.
pub fn customer(key: &str, text: &str, packer: &mut Packer) -> Option<Customer> {
    // With such line ends no table is plain.
    if memchr(b'\r', text.as_bytes()).is_some() {
        return None;
    }
    let cuts = cut(text.as_bytes())?;
    let tables = tables(key, text, cuts.iter().map(|cut| (cut, 0)), packer)?;
    Some(tables.customer)
}

/// What some tables of a file say.
pub struct Tables {
    /// Of its customer, with these entries alone.
    pub customer: Customer,
    /// The places that were asked for, in the fields of each entry.
    pub first: Vec<First>,
}

/// What some tables of a file say of its customer, the head among them, each with a place in the file.
/// `None`: only the parser can tell.
pub fn tables<'t, 'c>(
    key: &str,
    text: &str,
    cuts: impl Iterator<Item = (&'c Cut<'t>, usize)> + Clone,
    packer: &mut Packer,
) -> Option<Tables>
where
    't: 'c,
{
    let is_head = |(cut, _): &(&Cut, usize)| cut.kind.is_none();
    let mut heads = cuts.clone().filter(is_head).map(|(cut, _)| cut);
    let first = heads.next()?;
    packer.truncate(0);
    let plain = match heads.next() {
        None => fields(text.get(first.range.clone())?, None, packer, 0),
        Some(_) => None,
    };
    let head = match plain {
        Some(_) => Fields::of(packer),
        None => {
            let heads = cuts.clone().filter(is_head);
            let ranges = heads.map(|(cut, _)| cut.range.clone());
            let read = read_parts(key, text, ranges)?.customer;
            // A header may stand there that is no line of its own.
            if !read.entries.is_empty() {
                return None;
            }
            read.head
        }
    };
    let tables = cuts.filter(|cut| !is_head(cut));
    let count = tables.clone().count();
    let (mut entries, mut packed) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let mut places = Vec::with_capacity(count);
    packer.truncate(0);
    let (mut line, mut counted) = (1, 0);
    for (table, place) in tables {
        // A field of that name may be what the table belongs to.
        let kind = table.kind.filter(|kind| head.get(kind).is_none())?;
        line += line_breaks(text.as_bytes().get(counted..table.range.start)?);
        counted = table.range.start;
        let place = place.saturating_sub(counted);
        let table = text.get(table.range.clone())?;
        match entry(kind, table, line, packer, place) {
            Some((entry, fields)) => {
                packed.push((entries.len(), fields.range));
                places.resize(entries.len(), First::BEGIN);
                places.push(fields.first);
                entries.push(entry);
            }
            None => entries.extend(read_part(table, line)?),
        }
    }
    let all = Fields::of(packer);
    for (at, fields) in packed {
        if let Some(entry) = entries.get_mut(at) {
            entry.fields = all.part(fields);
        }
    }
    let customer = Customer {
        key: key.into(),
        head,
        entries,
        broken: false,
    };
    Some(Tables {
        customer,
        first: places,
    })
}

/// Fields that were packed.
#[derive(Debug, PartialEq)]
struct Packed {
    /// Where.
    range: Range<usize>,
    /// A place in their text.
    first: First,
}

/// The entry of a table that begins at that line of the file, and its fields. `None`: only the parser can
/// tell.
fn entry(
    kind: &str,
    table: &str,
    line: u32,
    packer: &mut Packer,
    place: usize,
) -> Option<(Entry, Packed)> {
    let (header, rest) = table.split_once('\n').unwrap_or((table, ""));
    let key = header.strip_prefix('[')?.strip_suffix(']')?;
    let key = key.strip_prefix(kind)?.strip_prefix('.')?;
    let quoted = |key: &'_ str| Some(key.strip_prefix('"')?.strip_suffix('"')?.into());
    let kind = KindWord::of(kind);
    let place = place.saturating_sub(table.len() - rest.len());
    let packed = fields(rest, kind.known(), packer, place)?;
    let entry = Entry {
        fields: Fields::default(),
        key: quoted(key).unwrap_or_else(|| key.into()),
        kind,
        line,
    };
    Some((entry, packed))
}

/// Packs fields. `None`: only the parser can tell what they are, and nothing was packed.
fn fields(text: &str, kind: Option<Kind>, packer: &mut Packer, place: usize) -> Option<Packed> {
    let start = packer.len();
    let first = pack(text, kind, packer, place);
    if first.is_none() {
        packer.truncate(start);
    }
    first.map(|first| Packed {
        range: start..packer.len(),
        first,
    })
}

/// Packs fields, and tells where among them a place of their text is.
fn pack(text: &str, kind: Option<Kind>, packer: &mut Packer, place: usize) -> Option<First> {
    if text.bytes().fold(false, |any, byte| any | is_odd(byte)) {
        return None;
    }
    packer.begin(kind);
    let mut among = First::BEGIN;
    let mut rest = text;
    while let Some(first) = rest.bytes().next() {
        if matches!(first, b'\n' | b'#') {
            rest = behind_line(rest);
            continue;
        }
        let end = rest.bytes().position(|byte| !is_bare(&byte))?;
        let (name, behind) = rest
            .split_at_checked(end)
            .filter(|(name, _)| !name.is_empty())?;
        let behind = behind.trim_start_matches(' ').strip_prefix('=')?;
        packer.name(name);
        let behind = value(behind.trim_start_matches(' '), packer)?;
        if !behind.is_empty() && !behind.starts_with('\n') {
            return None;
        }
        match (text.len() - behind.len()).checked_sub(place) {
            None | Some(0) => among.fields = among.fields.saturating_add(1),
            // The quotes behind it count too.
            Some(rest) if among.behind == u32::MAX => {
                among.behind = u32::try_from(rest).unwrap_or(u32::MAX);
            }
            Some(_) => {}
        }
        rest = behind.get(1..).unwrap_or_default();
    }
    Some(among)
}

/// What stands for something else, or is not to stand in a text.
fn is_odd(byte: u8) -> bool {
    (byte == b'\\') | (byte < b' ') & (byte != b'\n') | (byte == 0x7F)
}

fn behind_line(text: &str) -> &str {
    let end = memchr(b'\n', text.as_bytes());
    end.and_then(|end| text.get(end + 1..)).unwrap_or_default()
}

/// Packs a value; what stands behind it.
fn value<'t>(text: &'t str, packer: &mut Packer) -> Option<&'t str> {
    match text.bytes().next()? {
        b'"' | b'\'' => {
            let (text, rest) = quoted(text)?;
            packer.text(text);
            Some(rest)
        }
        b'[' => {
            let (items, rest) = list(text)?;
            packer.list(|packer| items.iter().for_each(|item| packer.text(item)));
            Some(rest)
        }
        _ => bare(text, packer),
    }
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = *text.as_bytes().first()?;
    for quotes in ["\"\"\"", "'''"] {
        if let Some(inner) = text.strip_prefix(quotes) {
            let closes = |at: &usize| {
                let rest = inner.get(*at..);
                rest.is_some_and(|rest| rest.starts_with(quotes))
            };
            // One alone hardly stands in such a text.
            let end = memchr_iter(quote, inner.as_bytes()).find(closes)?;
            let (inner, rest) = inner.split_at_checked(end)?;
            return Some((inner.strip_prefix('\n').unwrap_or(inner), rest.get(3..)?));
        }
    }
    let inner = text.get(1..)?;
    let end = memchr2(quote, b'\n', inner.as_bytes())?;
    let (inner, rest) = inner.split_at_checked(end)?;
    Some((inner, rest.strip_prefix(char::from(quote))?))
}

/// A list of texts on one line.
fn list(text: &str) -> Option<(Vec<&str>, &str)> {
    let mut items = Vec::new();
    let mut rest = text.get(1..)?.trim_start_matches(' ');
    loop {
        if let Some(behind) = rest.strip_prefix(']') {
            return Some((items, behind));
        }
        let is_block = rest.starts_with("\"\"\"") || rest.starts_with("'''");
        let (item, behind) = quoted(rest).filter(|_| !is_block && rest.starts_with(['"', '\'']))?;
        items.push(item);
        let behind = behind.trim_start_matches(' ');
        rest = match behind.strip_prefix(',') {
            Some(behind) => behind.trim_start_matches(' '),
            None if behind.starts_with(']') => behind,
            None => return None,
        };
    }
}

/// A day, a number, yes or no.
fn bare<'t>(text: &'t str, packer: &mut Packer) -> Option<&'t str> {
    let is_part = |byte: u8| byte.is_ascii_digit() || b"-:TZ+_".contains(&byte);
    for word in ["true", "false"] {
        if let Some(rest) = text.strip_prefix(word) {
            packer.value(ValueRef::Bool(word == "true"));
            return Some(rest);
        }
    }
    let end = text.bytes().position(|byte| !is_part(byte));
    let (bare, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
    let is_value = bare.starts_with(|first: char| first.is_ascii_digit());
    is_value.then(|| {
        packer.value(decode_bare(bare).view());
        rest
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::read::parse_customer;

    /// What the parser makes of the same table.
    #[track_caller]
    fn is_as_parsed(lines: &str, is_read: bool) {
        let table = format!("[fact.\"2026 a\"]\n{lines}");
        let whole = parse_customer("x", &format!("name = \"X\"\n\n{table}"));
        let mut packer = Packer::default();
        let read = entry("fact", &table, 3, &mut packer, 0).map(|(mut read, packed)| {
            read.fields = Fields::of(&packer).part(packed.range);
            read
        });
        assert_eq!(read.is_some(), is_read, "{lines:?}");
        if let Some(read) = read {
            assert!(whole.problems.is_empty(), "{lines:?}: {:?}", whole.problems);
            assert_eq!(whole.customer.entries, [read], "{lines:?}");
        }
    }

    #[test]
    fn what_is_plain_is_read_as_the_parser_does() {
        for lines in [
            "",
            "what = \"a # b\"",
            "what = \"支払\"\n# a comment\n\nnotes='it\"s'\nown-field = \"\"\n",
            "what = \"\"\"\n\"one\"\n\n[two]\"\"\"\n",
            "what = '''one\ntwo'''",
            "tags = [\"a\", 'b',\"c\" , ]\nwith = []\n",
            "date = 2026-11-20\nat = 2026-11-20T10:00:00+09:00\nsum = 1_200\nfree = true\n",
            "date = 2026-13-40\nmore = 1__2\nsum = 007\nup=12:30:00\n",
            "what = \"one\"\nwhat = \"two\"\n",
        ] {
            is_as_parsed(lines, true);
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_parser() {
        for lines in [
            "what = \"a \\u0062\"\n",
            "what = \"a\"\r\n",
            "what = \"a\" # why\n",
            " what = \"a\"\n",
            "\"what\" = \"a\"\n",
            "what.more = \"a\"\n",
            "what = \"a\n",
            "what = \"\"\"a\"\"\"\"\n",
            "what = \"\"\"a\n",
            "what = {a = 1}\n",
            "tags = [\"a\",\n\"b\"]\n",
            "tags = [[\"a\"]]\n",
            "tags = [1]\n",
            "tags = [\"a\" \"b\"]\n",
            "tags = [,]\n",
            "tags = [\"\"\"a\"\"\"]\n",
            "sum = 1.5\n",
            "sum = +1\n",
            "at = 2026-11-20 10:00:00\n",
            "free = trueish\n",
            "what = a\n",
            "what =\n",
            "what\n",
            "= \"a\"\n",
            "what = \"a\u{7f}\"\n",
            "what = \"a\tb\"\n",
        ] {
            is_as_parsed(lines, false);
        }
    }

    #[test]
    fn a_head_is_read_as_the_parser_does() {
        let text = "# Ours.\nname = \"X\"\naliases = [\"Y\"]\n\n";
        let packer = &mut Packer::default();
        let packed = fields(text, None, packer, 0);
        assert_eq!(packed.unwrap().range, 0..packer.len());
        assert_eq!(Fields::of(packer), parse_customer("x", text).customer.head);
        let packed = packer.len();
        assert_eq!(fields("name = \"X\"\n\u{feff}\n", None, packer, 0), None);
        assert_eq!(packer.len(), packed);
    }

    #[test]
    fn a_place_in_the_text_is_told_as_one_in_the_fields() {
        let text = "# Ours.\nname = \"X\"\nnotes = \"\"\"\na\nb\"\"\"\nwho = \"c\"\n";
        for (found, before, behind) in [
            ("Ours", 0, 16),
            ("X", 0, 2),
            ("notes", 1, 18),
            ("b", 1, 4),
            ("c\"", 2, 2),
        ] {
            let place = text.find(found).unwrap();
            let packed = fields(text, None, &mut Packer::default(), place).unwrap();
            let first = First {
                fields: before,
                behind,
            };
            assert_eq!(packed.first, first, "{found}");
        }
    }
}
