//! What is wrong with the text of a file, in plain words, with a line and a cure.

use std::borrow::Cow;

use toml::de::DeTable;

use super::outline::{Block, Line, Node, Outline, OutlineError, Span, Spelling, outline};
use crate::model::problem::Problem;

/// The most parts that a key may have. Deeper nesting is nobody's journal, and would have to be
/// walked by recursion.
pub(super) const MAX_PARTS: usize = 80;

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
}

impl Piece<'_> {
    /// Whether nothing is wrong in a line.
    pub(super) fn is_good(&self, line: &Line) -> bool {
        self.errors.is_empty()
            || !self
                .errors
                .iter()
                .any(|e| line.span.start <= e.span.start && e.span.start < line.span.end)
    }

    /// Whether nothing is wrong in a header.
    pub(super) fn is_good_header(&self, block: &Block) -> bool {
        self.errors.is_empty()
            || !self
                .errors
                .iter()
                .any(|e| block.header.start <= e.span.start && e.span.start < block.header.end)
    }
}

/// The text of a file.
///
/// # Errors
/// A problem `encoding` for bytes that are not UTF-8, or hold a NUL, as UTF-16 does.
pub(super) fn as_text<'b>(path: &str, bytes: &'b [u8]) -> Result<&'b str, Box<Problem>> {
    let (at, what) = match std::str::from_utf8(bytes) {
        Ok(text) => match bytes.iter().position(|byte| *byte == 0) {
            None => return Ok(text),
            Some(at) => (at, "a NUL byte"),
        },
        Err(error) => (error.valid_up_to(), "no UTF-8"),
    };
    let (what, cure) = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        ("UTF-16", "save it as UTF-8 in your editor".to_owned())
    } else {
        (
            what,
            format!(
                "save it as UTF-8 in your editor, or convert it: iconv -f SHIFT_JIS -t UTF-8 {path}"
            ),
        )
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

/// How many lines end in these bytes.
pub(super) fn line_breaks(bytes: &[u8]) -> u32 {
    let breaks = bytes.iter().filter(|byte| **byte == b'\n').count();
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
    fn new(text: &'t str, first_line: u32) -> Piece<'t> {
        let outline = outline(text);
        let mut errors = outline.errors().to_vec();
        for block in outline.blocks() {
            if block.path.len() > MAX_PARTS {
                errors.push(error(block.header, TOO_DEEP));
            }
            for line in outline.lines(block) {
                errors.extend(wrong_value(&outline, &line.value, 0));
            }
        }
        errors.sort_by_key(|error| error.span.start);
        Piece {
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
        let lines = blocks.flat_map(|block| self.outline.lines(block));
        lines.filter(|line| !self.is_good(line)).find_map(|line| {
            let text = line.span.of(self.outline.text());
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

const TOO_DEEP: &str = "nested too deep";

fn error(span: Span, message: &'static str) -> OutlineError {
    OutlineError {
        span,
        message: Cow::Borrowed(message),
    }
}

/// What the outline's own pass leaves to others: quotes that are never closed, and keys of so
/// many parts that to walk them would take the whole stack.
fn wrong_value(outline: &Outline<'_>, node: &Node, depth: usize) -> Option<OutlineError> {
    if node.keys.len() > MAX_PARTS || depth > MAX_PARTS {
        return Some(error(node.span, TOO_DEEP));
    }
    let quotes = match node.spelling {
        Spelling::Bare => return None,
        Spelling::Array | Spelling::InlineTable => {
            let mut items = outline.items(node);
            return items.find_map(|item| wrong_value(outline, item, depth + 1));
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

fn explain(path: &str, number: u32, line: &str, message: &str) -> Problem {
    let (code, message, cure) = if is_marker(line) {
        (
            "conflict-markers",
            "a merge was left half done: both versions stand here between markers".to_owned(),
            format!(
                "keep what is right and delete the marker lines, or run: goodwill resolve {path}"
            ),
        )
    } else if let Some((wrong, right)) = full_width_slip(line) {
        (
            "full-width",
            format!("`{wrong}` is a full-width character, which only a quoted text may hold"),
            format!("type {right} instead of {wrong}"),
        )
    } else {
        let (message, cure) = plain_words(message, line);
        ("syntax", message, cure)
    };
    Problem {
        code,
        path: path.to_owned(),
        line: Some(number),
        message,
        cure,
        hint: false,
    }
}

/// Whether a line is a conflict marker of git (also diff3 style) or jj.
pub(super) fn is_marker(line: &str) -> bool {
    ['<', '|', '=', '>', '%', '+'].iter().any(|mark| {
        let rest = line.trim_end().trim_start_matches(*mark);
        line.trim_end().len() - rest.len() >= 7 && (rest.is_empty() || rest.starts_with(' '))
    })
}

/// The character that an input method left on put where TOML wants its ASCII twin.
pub(super) fn full_width_slip(line: &str) -> Option<(char, &'static str)> {
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '#') => return None,
            (None, _) => {
                let right = match c {
                    '＝' => "=",
                    '“' | '”' | '„' | '＂' | '〝' | '〟' => "\"",
                    '‘' | '’' | '＇' => "'",
                    '［' => "[",
                    '］' => "]",
                    '｛' => "{",
                    '｝' => "}",
                    '，' | '、' => "a comma",
                    '．' | '。' => "a dot",
                    '＃' => "#",
                    '\u{3000}' => "a plain space",
                    '０'..='９' => "plain digits",
                    '－' | '−' | 'ー' => "-",
                    '：' => ":",
                    _ => continue,
                };
                return Some((c, right));
            }
        }
    }
    None
}

fn plain_words(message: &str, line: &str) -> (String, String) {
    let quote_it = "put text in quotes: name = \"…\"";
    let (words, cure) = match message {
        "key with no value" | "missing value for key" => (
            "a name stands here without a value",
            "write name = \"value\", or put # in front to make it a comment",
        ),
        "a value is missing here" | "missing value" => (
            "nothing stands behind the =",
            "write a value there, or delete the line",
        ),
        "a key is missing here" | "unquoted keys cannot be empty" => (
            "a name is missing",
            "write name = \"value\", and [kind.key] for a header",
        ),
        "extra `=`" | "extra assignment between key-value pairs" => {
            ("there is one = too many", quote_it)
        }
        "string values must be quoted" | "invalid value" | "unexpected key or value" => {
            ("text stands here without quotes", quote_it)
        }
        "invalid unquoted key" => (
            "a name with other characters than a-z, 0-9, - and _ needs quotes",
            "write [deal.\"EC更改\"] for a header, \"name\" = … for a field",
        ),
        "unclosed table" | "unclosed array table" => (
            "the header is not closed",
            "write ] at its end, as in [kind.key]",
        ),
        "unclosed array" | "unexpected `=` in array" => {
            ("the list is not closed", "write ] behind its last item")
        }
        "missing comma between array elements" => (
            "a comma is missing in the list, or its ]",
            "write a comma between the items",
        ),
        "unclosed inline table" => ("the { is not closed", "write } behind its last value"),
        "unclosed text" if line.contains("\"\"\"") || line.contains("'''") => (
            "the text that begins here is never closed",
            "write \"\"\" (or ''', as it was opened) behind its last word",
        ),
        "unclosed text" => (
            "the quotes that open here are not closed",
            "write the closing quote",
        ),
        TOO_DEEP => ("tables are nested too deep here", "80 levels are the most"),
        "unexpected text" | "unexpected content" => (
            "this can't be read as TOML",
            "put text in quotes, and comments behind #",
        ),
        other => {
            return (
                other.to_owned(),
                "see https://toml.io for how values are written".to_owned(),
            );
        }
    };
    (words.to_owned(), cure.to_owned())
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
    let (_, errors) = DeTable::parse_recoverable(text);
    for error in errors.iter().take(MAX_PROBLEMS) {
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
        let line = text.lines().nth(number as usize - 1).unwrap_or("");
        problems.push(if error.message() == "duplicate key" {
            duplicate(path, number, &piece.outline, at)
        } else {
            explain(path, number, line, error.message())
        });
    }
    problems
}

fn duplicate(path: &str, number: u32, outline: &Outline<'_>, at: u32) -> Problem {
    let header = outline
        .blocks()
        .iter()
        .position(|block| block.header.start <= at && at < block.header.end);
    let names = |block: &Block| outline.names(block.path).collect::<Vec<_>>();
    let twice = header.and_then(|place| {
        let name = names(outline.blocks().get(place)?);
        let before = outline.blocks().get(..place)?;
        (name.len() == 2
            && before
                .iter()
                .any(|block| !block.array && names(block) == name))
        .then(|| name.join("."))
    });
    let (code, message, cure) = match twice {
        Some(name) => (
            "duplicate-entry",
            format!("[{name}] stands in this file twice"),
            "run: goodwill check --fix; it gives the second a suffix",
        ),
        None => (
            "duplicate-key",
            "this name was given a value before".to_owned(),
            "keep one of the two lines",
        ),
    };
    Problem {
        code,
        path: path.to_owned(),
        line: Some(number),
        message,
        cure: cure.to_owned(),
        hint: false,
    }
}
