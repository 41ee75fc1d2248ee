//! Where things stand in a TOML file: one pass over the text gives the byte spans of its tables,
//! keys and values, and nothing is decoded before somebody asks.
//!
//! The pass is lenient. It finds the good lines of a broken file, and it doesn't see what only
//! a strict parse can see (equal keys, impossible scalars): whoever writes parses strictly first.

mod walk;

use std::borrow::Cow;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::parse_document;
use toml_parser::{Raw, Source};

use self::walk::Walk;
use crate::model::packed::Packer;
use crate::model::value::Value;
use crate::model::when::When;

/// The message of an [`OutlineError`] that no walk over the values should follow.
pub const TOO_DEEP: &str = "nested too deep";

/// A range of bytes in the text; `end` is exclusive. Always on character borders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// From `start` up to, without, `end`.
    pub fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// The text in this span; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// The same as a range of `usize`.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A run of places in one of the outline's lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Run {
    fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.from as usize..self.to as usize)
            .unwrap_or(&[])
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.to.saturating_sub(self.from) as usize
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.to <= self.from
    }
}

/// One part of a (dotted) key, quotes included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Where it stands.
    pub span: Span,
    pub(super) encoding: Option<Encoding>,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// A number, a date, `true` or `false`; or something that TOML does not know.
    Bare,
    /// `"…"`
    Basic,
    /// `'…'`
    Literal,
    /// `"""…"""`
    BasicBlock,
    /// `'''…'''`
    LiteralBlock,
    /// `[…]`
    Array,
    /// `{…}`
    InlineTable,
}

/// A value where it stands, with the key in front of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// The value's bytes, brackets and quotes included.
    pub span: Span,
    /// How it is written.
    pub spelling: Spelling,
    /// The parts of its key; none for an element of an array.
    pub keys: Run,
    /// Everything below it, in file order: its items, their items, and so on.
    pub(super) below: Run,
}

/// A key and its value on lines of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where the comments begin that stand directly above, else the start of the line.
    pub lead: u32,
    /// From the start of the line to the end of the last one, trailing comment and line break
    /// included.
    pub span: Span,
    /// The value, with its keys.
    pub value: Node,
}

/// The head of the file, or a `[table]` or `[[array]]` with the lines below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where the comments begin that stand directly above the header, else the header's line.
    pub lead: u32,
    /// The header's line with its line break; empty for the head of the file.
    pub header: Span,
    /// Where the next block's `lead` is, else the end of the text.
    pub end: u32,
    /// The parts of the name in the header; empty for the head of the file.
    pub path: Run,
    /// Its lines, in file order.
    pub lines: Run,
    /// Whether it is a `[[…]]`.
    pub array: bool,
}

impl Block {
    /// From the header's line to the next block.
    pub fn body(&self) -> Span {
        Span::new(self.header.start, self.end)
    }
}

/// Something that is no TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineError {
    /// The bytes in question; may be empty where something is missing.
    pub span: Span,
    /// What is wrong, in a few words.
    pub message: Cow<'static, str>,
}

/// What [`outline`] found.
#[derive(Clone, Debug)]
pub struct Outline<'t> {
    pub(super) text: &'t str,
    pub(super) blocks: Vec<Block>,
    pub(super) lines: Vec<Line>,
    pub(super) keys: Vec<Key>,
    pub(super) nodes: Vec<Node>,
    pub(super) errors: Vec<OutlineError>,
}

/// Finds the tables, keys and values of a text. Never fails: what can't be read is in
/// [`Outline::errors`], and what stands around it is found all the same.
///
/// A byte order mark is skipped, and counted in the offsets.
pub fn outline(text: &str) -> Outline<'_> {
    if u32::try_from(text.len()).is_err() {
        return Outline {
            errors: vec![OutlineError {
                span: Span::default(),
                message: "the file is larger than 4 GiB".into(),
            }],
            ..Outline::empty(text)
        };
    }
    let tokens = Source::new(text).lex().into_vec();
    let mut walk = Walk::new(text);
    let mut errors = Vec::new();
    parse_document(&tokens, &mut walk, &mut errors);
    walk.finish(errors)
}

impl<'t> Outline<'t> {
    pub(super) fn empty(text: &'t str) -> Outline<'t> {
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Outline {
            text,
            blocks: vec![Block {
                lead: start,
                header: Span::new(start, start),
                end: u32::try_from(text.len()).unwrap_or(u32::MAX),
                path: Run::default(),
                lines: Run::default(),
                array: false,
            }],
            lines: Vec::new(),
            keys: Vec::new(),
            nodes: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// The text it was made from.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The head of the file, then one block per header, in file order. A header that isn't
    /// closed counts too, with the name as far as it was written.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// What can't be read, in file order; at most one for each line.
    pub fn errors(&self) -> &[OutlineError] {
        &self.errors
    }

    /// The lines of a block.
    pub fn lines(&self, block: &Block) -> &[Line] {
        block.lines.of(&self.lines)
    }

    /// The parts of a header's or a value's key.
    pub fn keys(&self, run: Run) -> &[Key] {
        run.of(&self.keys)
    }

    /// The parts of a key as names, quotes and escapes resolved.
    pub fn names(&self, run: Run) -> impl ExactSizeIterator<Item = Cow<'t, str>> {
        self.keys(run).iter().map(|key| self.decode_key(key))
    }

    /// The items of an array, or the values of an inline table; nothing for a scalar.
    pub fn items(&self, node: &Node) -> impl Iterator<Item = &Node> {
        let mut at = node.below.from;
        std::iter::from_fn(move || {
            let item = (at < node.below.to).then(|| self.nodes.get(at as usize))??;
            at = item.below.to.max(at + 1);
            Some(item)
        })
    }

    /// A key's name, quotes and escapes resolved.
    pub fn decode_key(&self, key: &Key) -> Cow<'t, str> {
        let raw = self.raw(key.span);
        if key.encoding.is_none() {
            return Cow::Borrowed(raw);
        }
        let mut name = Cow::Borrowed("");
        Raw::new_unchecked(raw, key.encoding, toml_parser::Span::default())
            .decode_key(&mut name, &mut ());
        name
    }

    /// The value as the model knows it. What TOML can't read becomes text, as it is written.
    pub fn decode(&self, node: &Node) -> Value {
        match node.spelling {
            Spelling::Bare => decode_bare(self.raw(node.span)),
            Spelling::Array => {
                // Lists are short and stay: room to grow would be most of their memory.
                let mut list = Vec::with_capacity(self.items(node).count());
                list.extend(self.items(node).map(|item| self.decode(item)));
                Value::List(list)
            }
            Spelling::InlineTable => {
                let mut fields = Vec::new();
                for item in self.items(node) {
                    let names: Vec<_> = self.names(item.keys).collect();
                    put(&mut fields, &names, self.decode(item));
                }
                Value::Table(fields)
            }
            _ => Value::Text(self.decode_text(node).into()),
        }
    }

    /// Packs the value as [`Outline::decode`] has it, without making one of it first.
    pub fn pack(&self, node: &Node, packer: &mut Packer) {
        match node.spelling {
            Spelling::Bare | Spelling::InlineTable => packer.value(self.decode(node).view()),
            Spelling::Array => packer.list(|packer| {
                for item in self.items(node) {
                    self.pack(item, packer);
                }
            }),
            _ => packer.text(&self.decode_text(node)),
        }
    }

    /// The text of a quoted value, with `\n` for every line break in the file; of any other
    /// value, its bytes as they are.
    pub fn decode_text(&self, node: &Node) -> Cow<'t, str> {
        let raw = self.raw(node.span);
        let (encoding, quotes) = match node.spelling {
            Spelling::Basic => (Encoding::BasicString, "\""),
            Spelling::Literal => (Encoding::LiteralString, "'"),
            Spelling::BasicBlock => (Encoding::MlBasicString, "\"\"\""),
            Spelling::LiteralBlock => (Encoding::MlLiteralString, "'''"),
            _ => return Cow::Borrowed(raw),
        };
        // Most texts need no more than this, and the decoder looks at every byte.
        let bytes = raw.as_bytes();
        if !bytes.contains(&b'\\') && !bytes.contains(&b'\r') {
            let inner = raw.strip_prefix(quotes).unwrap_or(raw);
            let inner = match quotes.len() {
                3 => inner.strip_prefix('\n').unwrap_or(inner),
                _ => inner,
            };
            return Cow::Borrowed(inner.strip_suffix(quotes).unwrap_or(inner));
        }
        if raw.contains('\r') {
            let unix = raw.replace("\r\n", "\n");
            let mut text = Cow::Borrowed("");
            let raw = Raw::new_unchecked(&unix, Some(encoding), toml_parser::Span::default());
            let _ = raw.decode_scalar(&mut text, &mut ());
            return Cow::Owned(text.into_owned());
        }
        let mut text = Cow::Borrowed("");
        let raw = Raw::new_unchecked(raw, Some(encoding), toml_parser::Span::default());
        let _ = raw.decode_scalar(&mut text, &mut ());
        text
    }

    fn raw(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or("")
    }
}

/// The value of what stands without quotes.
pub(super) fn decode_bare(raw: &str) -> Value {
    match raw {
        "true" => return Value::Bool(true),
        "false" => return Value::Bool(false),
        _ => {}
    }
    let bytes = raw.as_bytes();
    if (bytes.get(4) == Some(&b'-') || bytes.get(2) == Some(&b':'))
        && let Some(when) = When::parse(raw)
    {
        return Value::When(when);
    }
    let mut sound = true;
    let mut digits = Cow::Borrowed("");
    let kind = Raw::new_unchecked(raw, None, toml_parser::Span::default())
        .decode_scalar(&mut digits, &mut |_| sound = false);
    match kind {
        ScalarKind::Integer(_) | ScalarKind::Float if sound => {
            Value::Number(raw.replace('_', "").into())
        }
        _ => Value::text(raw),
    }
}

/// Puts a value where a dotted key leads; a second value of the same name is kept behind the
/// first.
fn put(fields: &mut Vec<(Box<str>, Value)>, names: &[Cow<'_, str>], value: Value) {
    let Some((name, rest)) = names.split_first() else {
        return;
    };
    if rest.is_empty() {
        fields.push((name.as_ref().into(), value));
        return;
    }
    let at = fields
        .iter()
        .position(|(n, v)| **n == **name && matches!(v, Value::Table(_)));
    let at = at.unwrap_or_else(|| {
        fields.push((name.as_ref().into(), Value::Table(Vec::new())));
        fields.len() - 1
    });
    if let Some((_, Value::Table(inner))) = fields.get_mut(at) {
        put(inner, rest, value);
    }
}

#[cfg(test)]
mod tests;
