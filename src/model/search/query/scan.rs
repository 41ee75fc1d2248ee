//! From a typed line to its parts, before anything is known of what they mean.
//!
//! Every operator counts in its full-width form too, as it is typed with an input method on.

use std::ops::Range;

use super::field::{self, Asks};

/// What stands between two spaces: any of these pieces, or none of them.
#[derive(Debug)]
pub(super) struct Part<'t> {
    /// Whether it begins with `!`.
    pub not: bool,
    /// What stands between its `|`.
    pub pieces: Vec<Piece<'t>>,
}

/// One word or field, without what marks it.
#[derive(Debug)]
pub(super) struct Piece<'t> {
    /// Where all of it stands in the line.
    pub range: Range<usize>,
    /// The field it is a value of, with its name as typed; behind a `|` the one before it.
    pub field: Option<(Asks, &'t str)>,
    /// The word or value.
    pub text: &'t str,
    /// Where the word or value begins in the line, with its marks and quotes.
    pub value: usize,
    /// `^` before it.
    pub starts: bool,
    /// `$` behind it.
    pub ends: bool,
    /// `'` before it.
    pub exact: bool,
    /// Whether it stands in quotes, closed or not yet.
    pub quoted: bool,
}

/// The parts of a line, first to last. All of the line is in them but spaces and operators.
pub(super) fn parts(line: &str) -> Vec<Part<'_>> {
    let mut cursor = Cursor { line, at: 0 };
    let mut parts = Vec::new();
    loop {
        cursor.skip_spaces();
        if cursor.peek().is_none() {
            return parts;
        }
        parts.push(cursor.part());
    }
}

pub(super) fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// Whether a word or value without quotes ends before it.
pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace() || is_bar(c)
}

/// Whether it marks how a word is looked for, at its start or its end.
pub(super) fn is_mark(c: char) -> bool {
    is_caret(c) || is_dollar(c) || is_apostrophe(c) || is_quote(c)
}

pub(super) fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜')
}

fn is_not(c: char) -> bool {
    matches!(c, '!' | '！')
}

fn is_caret(c: char) -> bool {
    matches!(c, '^' | '＾')
}

fn is_dollar(c: char) -> bool {
    matches!(c, '$' | '＄')
}

/// Input methods make curly ones of both marks.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '＇' | '‘' | '’')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '＂' | '“' | '”')
}

struct Cursor<'t> {
    line: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, is: impl Fn(char) -> bool) -> bool {
        let found = self.peek().filter(|c| is(*c));
        self.at += found.map_or(0, char::len_utf8);
        found.is_some()
    }

    /// What stands here up to a character; the cursor goes there.
    fn up_to(&mut self, is_end: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let (run, _) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
        self.at += run.len();
        run
    }

    fn skip_spaces(&mut self) {
        self.up_to(|c| !c.is_whitespace());
    }

    fn part(&mut self) -> Part<'t> {
        let not = self.eat(is_not);
        let mut part = Part {
            not,
            pieces: Vec::new(),
        };
        let mut field = None;
        // Behind a lone `!` stands nothing that it could leave out.
        while !(not && part.pieces.is_empty() && self.peek().is_none_or(char::is_whitespace)) {
            let piece = self.piece(field);
            field = piece.field;
            if !piece.range.is_empty() {
                part.pieces.push(piece);
            }
            let behind = self.at;
            self.skip_spaces();
            if !self.eat(is_bar) {
                self.at = behind;
                break;
            }
            self.skip_spaces();
        }
        part
    }

    /// One piece; empty at a `|` and at the end.
    fn piece(&mut self, before: Option<(Asks, &'t str)>) -> Piece<'t> {
        let from = self.at;
        let own = self.field_name();
        let value = self.at;
        let starts = self.eat(is_caret);
        let exact = !starts && self.eat(is_apostrophe);
        let quoted = self.eat(is_quote);
        let mut ends = false;
        let text = if quoted {
            let text = self.up_to(is_quote);
            self.eat(is_quote);
            ends = self.eat(is_dollar);
            text
        } else {
            let run = self.up_to(ends_word);
            match exact {
                // Whoever opens a quote may close it.
                true => run.strip_suffix(is_apostrophe).unwrap_or(run),
                false => {
                    let bare = run.strip_suffix(is_dollar).filter(|bare| !bare.is_empty());
                    ends = bare.is_some();
                    bare.unwrap_or(run)
                }
            }
        };
        Piece {
            range: from..self.at,
            field: own.or(before),
            text,
            value,
            starts,
            ends,
            exact,
            quoted,
        }
    }

    /// The name of a field that stands here with its colon.
    fn field_name(&mut self) -> Option<(Asks, &'t str)> {
        let (name, rest) = split_name(self.rest())?;
        let asks = field::asks(name)?;
        self.at = self.line.len() - rest.len();
        Some((asks, name))
    }
}

/// What stands before the first colon, where that can be a name: letters and hyphens alone; and
/// what stands behind the colon.
pub(super) fn split_name(text: &str) -> Option<(&str, &str)> {
    let colon = text.find(is_colon)?;
    let (name, rest) = text.split_at(colon);
    // Full-width letters are letters too.
    let is_letter =
        |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '－' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    let rest = rest.strip_prefix(is_colon)?;
    (!name.is_empty() && name.chars().all(is_letter)).then_some((name, rest))
}
