//! What is wrong with the text of a file, in plain words, with a line and a cure.

use std::borrow::Cow;

use toml::de::DeTable;

mod words;

use words::explain;

use super::outline::{Block, Line, Node, Outline, OutlineError, Span, Spelling, TOO_DEEP, outline};
use super::read::SETTINGS_FILE;
use crate::model::problem::Problem;
use crate::model::value::Value;

/// The most parts that a header may have; the outline counts those of values. What is nested
/// deeper would have to be walked by recursion.
const MAX_PARTS: usize = 160;

/// The most pieces that a text is cut into to find the good blocks behind something unclosed.
const MAX_PIECES: usize = 16;

/// The most problems told of one file.
const MAX_PROBLEMS: usize = 10;

/// A stretch of a file with its outline. A sound file is one piece; behind a quote or bracket
/// that is never closed, a new piece begins at the next header.
pub(super) struct Piece<'t> {
    pub(super) outline: Outline<'t>,
    /// The line in the file at which it begins, from 1.
    pub(super) first_line: u32,
    /// Every error, by its place in the piece.
    errors: Vec<OutlineError>,
    /// From a header that can't be read to the next one: whose lines these are is not known.
    nobodys: Vec<Span>,
}

impl Piece<'_> {
    /// Whether nothing is wrong in a line, and it is known whose it is.
    pub(super) fn is_good(&self, line: &Line) -> bool {
        let has = |e: &OutlineError| (line.span.start..line.span.end).contains(&e.span.start);
        let lost = |span: &Span| (span.start..span.end).contains(&line.span.start);
        self.errors.is_empty() || !(self.errors.iter().any(has) || self.nobodys.iter().any(lost))
    }

    /// Whether nothing at all is wrong in it.
    pub(super) fn is_sound(&self) -> bool {
        self.errors.is_empty()
    }

    /// Whether a header names a table, also where it isn't closed. The head of the file has none
    /// and is fine.
    pub(super) fn is_good_header(&self, block: &Block) -> bool {
        block.path.len() <= MAX_PARTS
            && (!block.path.is_empty() || block.header.start == block.header.end)
    }
}

/// The text of a file.
///
/// # Errors
/// A problem `encoding` for bytes that are not UTF-8, or hold a NUL, as UTF-16 does.
pub(super) fn as_text<'b>(path: &str, bytes: &'b [u8]) -> Result<&'b str, Box<Problem>> {
    if let Some(text) = text_of(bytes) {
        return Ok(text);
    }
    let (at, what, cure) = match std::str::from_utf8(bytes) {
        Ok(text) => (
            text.find('\0').unwrap_or(0),
            "a NUL",
            "take back an older version, or delete the NUL bytes".to_owned(),
        ),
        Err(error) => (
            error.valid_up_to(),
            "another encoding",
            format!("save it as UTF-8 in your editor, or try: iconv -f SHIFT_JIS -t UTF-8 {path}"),
        ),
    };
    let is_utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let (what, cure) = match is_utf16 {
        true => ("UTF-16", "save it as UTF-8 in your editor".to_owned()),
        false => (what, cure),
    };
    Err(Box::new(Problem {
        code: "encoding",
        path: path.to_owned(),
        line: Some(1 + line_breaks(bytes.get(..at).unwrap_or(&[]))),
        message: format!("the file is not text in UTF-8: {what} at byte {at}"),
        cure,
        hint: false,
    }))
}

/// The text that bytes are. `None`: they are not UTF-8, or hold a NUL.
pub(super) fn text_of(bytes: &[u8]) -> Option<&str> {
    let text = simdutf8::basic::from_utf8(bytes).ok()?;
    memchr::memchr(0, bytes).is_none().then_some(text)
}

/// How many lines end in these bytes.
pub(super) fn line_breaks(bytes: &[u8]) -> u32 {
    let breaks = memchr::memchr_iter(b'\n', bytes).count();
    u32::try_from(breaks).unwrap_or(u32::MAX)
}

/// Cuts a text into pieces; one for a sound text.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut first_line = 1;
    loop {
        let piece = Piece::new(rest, first_line);
        let cut = (pieces.len() + 1 < MAX_PIECES)
            .then(|| piece.swallowed_header())
            .flatten()
            .and_then(|at| rest.split_at_checked(at));
        let Some((front, behind)) = cut else {
            pieces.push(piece);
            return pieces;
        };
        pieces.push(Piece::new(front, first_line));
        first_line += line_breaks(front.as_bytes());
        rest = behind;
    }
}

impl<'t> Piece<'t> {
    /// A text that begins at that line of its file, in one piece.
    pub(super) fn new(text: &'t str, first_line: u32) -> Piece<'t> {
        let outline = outline(text);
        let mut errors = outline.errors().to_vec();
        for block in outline.blocks() {
            if block.path.len() > MAX_PARTS {
                errors.push(error(block.header, TOO_DEEP));
            }
            for line in outline.lines(block) {
                errors.extend(unclosed(&outline, &line.value));
            }
        }
        errors.sort_by_key(|error| error.span.start);
        let nobodys = errors
            .iter()
            .filter_map(|error| lost_header(&outline, error));
        Piece {
            nobodys: nobodys.collect(),
            outline,
            first_line,
            errors,
        }
    }

    /// The first header inside of a value that something is wrong with: most likely the value
    /// was never closed, and the header is one.
    fn swallowed_header(&self) -> Option<usize> {
        if self.errors.is_empty() {
            return None;
        }
        let blocks = self.outline.blocks().iter();
        let mut lines = blocks.flat_map(|block| self.outline.lines(block));
        lines.find_map(|line| {
            let text = line.span.of(self.outline.text());
            if self.is_good(line) && !ends_like_a_beginning(text) {
                return None;
            }
            let mut at = 0;
            for physical in text.split_inclusive('\n') {
                if at > 0 && looks_like_header(physical) {
                    return Some(line.span.start as usize + at);
                }
                at += physical.len();
            }
            None
        })
    }

    /// The line in the file of a place in the piece.
    fn line_at(&self, at: u32) -> u32 {
        let before = self.outline.text().as_bytes().get(..at as usize);
        self.first_line + line_breaks(before.unwrap_or(&[]))
    }

    /// Where an error is best looked for: the start of a value that isn't closed, else the place
    /// at which reading failed.
    fn place_of(&self, error: &OutlineError) -> u32 {
        if !error.message.starts_with("unclosed") {
            return error.span.start;
        }
        let blocks = self.outline.blocks().iter();
        let mut lines = blocks.flat_map(|block| self.outline.lines(block));
        lines
            .find(|line| (line.span.start..=line.span.end).contains(&error.span.start))
            .map_or(error.span.start, |line| line.value.span.start)
    }
}

fn error(span: Span, message: &'static str) -> OutlineError {
    OutlineError {
        span,
        message: Cow::Borrowed(message),
    }
}

/// A text in a value whose quotes are never closed, which the outline's own pass does not see.
fn unclosed(outline: &Outline<'_>, node: &Node) -> Option<OutlineError> {
    let quotes = match node.spelling {
        Spelling::Bare => return None,
        Spelling::Array | Spelling::InlineTable => {
            let mut items = outline.items(node);
            return items.find_map(|item| unclosed(outline, item));
        }
        Spelling::Basic => "\"",
        Spelling::Literal => "'",
        Spelling::BasicBlock => "\"\"\"",
        Spelling::LiteralBlock => "'''",
    };
    let raw = node.span.of(outline.text());
    let inner = raw
        .strip_prefix(quotes)
        .and_then(|raw| raw.strip_suffix(quotes));
    let closed = inner.is_some_and(|inner| {
        let escapes = inner.len() - inner.trim_end_matches('\\').len();
        quotes.starts_with('\'') || escapes % 2 == 0
    });
    (!closed).then(|| error(Span::new(node.span.start, node.span.start), "unclosed text"))
}

/// Where an error is what is left of a header, `fact.b]` or `［fact.b］`: from there to the next
/// header.
fn lost_header(outline: &Outline<'_>, error: &OutlineError) -> Option<Span> {
    let (before, behind) = outline.text().split_at_checked(error.span.start as usize)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = behind.split('\n').next().unwrap_or("");
    let line = format!("{}{rest}", before.get(start..)?);
    let line = line.trim();
    let is_header = line.starts_with('［') || line.ends_with([']', '］']);
    if !is_header || line.starts_with('[') || line.contains(['=', '＝']) {
        return None;
    }
    let blocks = outline.blocks();
    let next = blocks.partition_point(|block| block.header.start <= error.span.start);
    let end = blocks
        .get(next)
        .map_or(outline.text().len(), |block| block.lead as usize);
    Some(Span::new(
        error.span.start,
        u32::try_from(end).unwrap_or(u32::MAX),
    ))
}

/// Whether a text ends where the next text seems to begin: its own quotes were forgotten.
fn ends_like_a_beginning(text: &str) -> bool {
    let text = text.trim_end();
    let opener = ["\"\"\"", "'''"]
        .iter()
        .find_map(|quotes| text.strip_suffix(quotes));
    opener.is_some_and(|rest| rest.contains('\n') && rest.trim_end_matches(' ').ends_with('='))
}

fn looks_like_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or(line).trim_end();
    let name = line
        .strip_prefix('[')
        .and_then(|line| line.strip_suffix(']'));
    let Some(name) = name else {
        return false;
    };
    let name = name.strip_prefix('[').unwrap_or(name);
    let word_len = name
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || b"-_".contains(b))
        .count();
    let (word, behind) = name.split_at(word_len);
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && (behind.is_empty() || behind.trim_start().starts_with(['.', ']']))
}

/// How many places of a text can't be read.
pub(super) fn fault_count(text: &str) -> usize {
    pieces(text).iter().map(|piece| piece.errors.len()).sum()
}

/// The problems of a file that was cut into these pieces; none for a sound one. At most ten,
/// and one alone where the file holds conflict markers.
pub(super) fn problems(path: &str, text: &str, pieces: &[Piece<'_>]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    let mut more = 0;
    for piece in pieces {
        for error in &piece.errors {
            if problems.len() >= MAX_PROBLEMS {
                more += 1;
                continue;
            }
            let number = piece.line_at(piece.place_of(error));
            if problems
                .last()
                .is_some_and(|last| last.line == Some(number))
            {
                continue;
            }
            let line = text.lines().nth(number as usize - 1).unwrap_or("");
            let problem = explain(path, number, line, &error.message);
            if problem.code == "conflict-markers" {
                return vec![problem];
            }
            problems.push(problem);
        }
    }
    if more > 0
        && let Some(last) = problems.last_mut()
    {
        last.message += &format!("; {more} more below");
    }
    problems
}

/// The strict pass over a customer's file: besides what the reader tells, equal keys and values
/// that TOML does not know. Empty: the file is sound TOML.
pub fn strict_problems(key: &str, text: &str) -> Vec<Problem> {
    strict(&format!("{key}.toml"), text)
}

/// The same for a file at any path below the journal.
pub(super) fn strict(path: &str, text: &str) -> Vec<Problem> {
    let pieces = pieces(text);
    let lenient = problems(path, text, &pieces);
    let [piece] = pieces.as_slice() else {
        return lenient;
    };
    if !lenient.is_empty() {
        return lenient;
    }
    let mut problems: Vec<Problem> = Vec::new();
    let mut twice = None;
    let (_, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        if problems.len() >= MAX_PROBLEMS {
            break;
        }
        let at = error
            .span()
            .map_or(0, |span| u32::try_from(span.start).unwrap_or(0));
        let number = piece.line_at(at);
        if problems
            .last()
            .is_some_and(|last| last.line == Some(number))
        {
            continue;
        }
        if error.message() != "duplicate key" {
            let line = text.lines().nth(number as usize - 1).unwrap_or("");
            problems.push(explain(path, number, line, error.message()));
            continue;
        }
        let block = piece
            .outline
            .blocks()
            .partition_point(|block| block.header.start <= at);
        let second = second_of(&piece.outline, block.saturating_sub(1));
        if let Some(name) = second.filter(|_| path != SETTINGS_FILE) {
            // The parser takes the lines of the second for more of the first.
            if twice == Some(block) {
                continue;
            }
            twice = Some(block);
            problems.push(duplicate_entry(path, number, &name));
        } else {
            problems.push(duplicate_key(path, number));
        }
    }
    if problems.is_empty() {
        problems.extend(odd_number(path, text, piece));
    }
    problems
}

/// A number that can't be read, which the parser lets through: `0x`, or other scripts' digits.
fn odd_number(path: &str, text: &str, piece: &Piece<'_>) -> Option<Problem> {
    fn find(outline: &Outline<'_>, node: &Node) -> Option<u32> {
        let odd = node.spelling == Spelling::Bare
            && matches!(outline.decode(node), Value::Number(digits) if !is_number(&digits));
        let mut items = outline.items(node);
        let here = odd.then_some(node.span.start);
        here.or_else(|| items.find_map(|item| find(outline, item)))
    }
    let outline = &piece.outline;
    let mut lines = outline
        .blocks()
        .iter()
        .flat_map(|block| outline.lines(block));
    let at = lines.find_map(|line| find(outline, &line.value))?;
    let number = piece.line_at(at);
    let line = text.lines().nth(number as usize - 1).unwrap_or("");
    Some(explain(path, number, line, "invalid digits"))
}

fn is_number(digits: &str) -> bool {
    let based = [("0x", 16), ("0o", 8), ("0b", 2)];
    let based = based
        .iter()
        .find_map(|(start, base)| Some((digits.strip_prefix(start)?, *base)));
    match based {
        Some((digits, base)) => u64::from_str_radix(digits, base).is_ok(),
        None => digits.parse::<f64>().is_ok(),
    }
}

/// The name of an entry whose header stood in the file before.
fn second_of(outline: &Outline<'_>, place: usize) -> Option<String> {
    let names = |block: &Block| outline.names(block.path).collect::<Vec<_>>();
    let (before, from) = outline.blocks().split_at_checked(place)?;
    let name = names(from.first()?);
    let twice = before
        .iter()
        .any(|block| !block.array && names(block) == name);
    (name.len() == 2 && twice).then(|| name.join("."))
}

fn duplicate_entry(path: &str, number: u32, name: &str) -> Problem {
    Problem {
        code: "duplicate-entry",
        path: path.to_owned(),
        line: Some(number),
        message: format!("[{name}] stands in this file twice"),
        cure: "run: goodwill check --fix; it gives the second a suffix, or takes it out where both are the same".to_owned(),
        hint: false,
    }
}

fn duplicate_key(path: &str, number: u32) -> Problem {
    Problem {
        code: "duplicate-key",
        path: path.to_owned(),
        line: Some(number),
        message: "this name was given a value before".to_owned(),
        cure: "keep one of the two lines".to_owned(),
        hint: false,
    }
}

/// Conflict markers that stand inside of a text, where they are no error of TOML.
pub(super) fn markers_in_text(path: &str, text: &str) -> Option<Problem> {
    if !text.contains("<<<<<<< ") || !text.contains(">>>>>>> ") {
        return None;
    }
    let mut lines = text.lines().zip(1..);
    let (first, number) = lines.find(|(line, _)| line.starts_with("<<<<<<< "))?;
    lines.find(|(line, _)| line.starts_with(">>>>>>> "))?;
    Some(explain(path, number, first, ""))
}
