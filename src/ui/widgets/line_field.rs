//! A field of one line: a name, a date, a search.

use super::keys::{Edit, edit};
use super::{caret, text};
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use std::ops::Range;
use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

/// One line of text with a caret. Every printable key is text; moves are those of a shell.
#[derive(Debug, Clone, Default)]
pub struct LineField {
    input: Input,
}

impl LineField {
    /// A field holding `value`, the caret at its end.
    pub fn new(value: &str) -> Self {
        Self {
            input: Input::new(value.to_owned()),
        }
    }

    /// What was typed, as it was typed.
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Replaces everything and puts the caret at the end.
    pub fn set(&mut self, value: &str) {
        self.replace(value.to_owned(), value.len());
    }

    /// Replaces everything and puts the caret at this byte.
    pub fn set_at(&mut self, value: &str, caret: usize) {
        self.replace(value.to_owned(), caret);
    }

    /// Where the caret stands, in bytes of the value.
    pub fn caret(&self) -> usize {
        let value = self.value();
        value
            .char_indices()
            .nth(self.input.cursor())
            .map_or(value.len(), |(at, _)| at)
    }

    /// Does what the key asks for. False: the key is none of a line field's, like Enter, Tab,
    /// Esc, the vertical arrows, Ctrl-C, Ctrl-S or Ctrl-Z.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let Some(edit) = edit(key) else {
            return false;
        };
        let (value, at) = (self.value(), self.caret());
        match edit {
            Edit::Insert(c) => self.insert(c.encode_utf8(&mut [0; 4])),
            Edit::Left => self.go(caret::left(value, at)),
            Edit::Right => self.go(caret::right(value, at)),
            Edit::WordLeft => self.go(caret::word_left(value, at)),
            Edit::WordRight => self.go(caret::word_right(value, at)),
            Edit::Start => self.go(0),
            Edit::End => self.go(value.len()),
            Edit::DeleteLeft => self.delete(caret::left(value, at)..at),
            Edit::DeleteRight => self.delete(at..caret::right(value, at)),
            Edit::CutWordLeft => self.cut(caret::word_left(value, at)..at),
            Edit::CutWordRight => self.cut(at..caret::word_right(value, at)),
            Edit::CutToStart => self.cut(0..at),
            Edit::CutToEnd => self.cut(at..value.len()),
            Edit::PutBack => {
                self.input.handle(InputRequest::Yank);
                self.go(self.caret());
            }
        }
        true
    }

    /// Inserts a pasted text at the caret: line breaks and tabs become a space, those around it
    /// are dropped like all other control characters.
    pub fn paste(&mut self, pasted: &str) {
        let breaks = |c: char| matches!(c, '\r' | '\n' | '\t');
        let mut line = String::with_capacity(pasted.len());
        for piece in pasted.split(breaks).filter(|piece| !piece.is_empty()) {
            if !line.is_empty() {
                line.push(' ');
            }
            line.extend(piece.chars().filter(|c| !c.is_control()));
        }
        self.insert(&line);
    }

    /// Draws the part of the text around the caret in the first row of `area`, or the
    /// placeholder, dimmed, where nothing was typed.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, style: Style, placeholder: &str) {
        let row = Rect {
            height: area.height.min(1),
            ..area
        }
        .intersection(buf.area);
        if row.is_empty() {
            return;
        }
        let width = usize::from(row.width);
        for cell in row.positions() {
            buf[cell].reset();
        }
        buf.set_style(row, style);
        let (start, _) = self.view(width);
        let rest = self.value().get(start..).unwrap_or_default();
        let (shown, style) = if self.value().is_empty() {
            (placeholder, style.add_modifier(Modifier::DIM))
        } else {
            (rest, style)
        };
        buf.set_stringn(row.x, row.y, text::visible(shown), width, style);
    }

    /// The cell of the caret, for the terminal's own cursor; always inside of `area`, unless
    /// that is empty.
    pub fn cursor(&self, area: Rect) -> Position {
        let (_, column) = self.view(area.width.into());
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        Position::new(area.x.saturating_add(column), area.y)
    }

    /// Puts the caret at the character that this cell of `area` shows, or at the end.
    pub fn click(&mut self, at: Position, area: Rect) {
        let (start, _) = self.view(area.width.into());
        let column = usize::from(at.x.saturating_sub(area.x));
        let rest = self.value().get(start..).unwrap_or_default();
        let (mut place, mut used) = (start, 0);
        for cluster in rest.graphemes(true) {
            used += shown_width(cluster);
            if used > column {
                break;
            }
            place += cluster.len();
        }
        self.go(place);
    }

    /// The byte where the visible part starts, and the column of the caret in it. Where the
    /// text is longer than the field, the caret keeps some text to its right.
    fn view(&self, width: usize) -> (usize, usize) {
        let (before, after) = self
            .value()
            .split_at_checked(self.caret())
            .unwrap_or((self.value(), ""));
        let column = shown_width(before);
        let whole = column + shown_width(after) + 1;
        if whole <= width || width == 0 {
            return (0, column.min(width));
        }
        let hide = column.saturating_sub(width * 3 / 4).min(whole - width);
        let mut hidden = 0;
        for (at, cluster) in before.grapheme_indices(true) {
            if hidden >= hide {
                return (at, column - hidden);
            }
            hidden += shown_width(cluster);
        }
        (before.len(), column.saturating_sub(hidden))
    }

    fn replace(&mut self, value: String, at: usize) {
        self.input = std::mem::take(&mut self.input).with_value(value);
        self.go(at);
    }

    fn go(&mut self, at: usize) {
        let value = self.value();
        let at = caret::snap(value, at);
        let before = value.get(..at).unwrap_or(value).chars().count();
        self.input.handle(InputRequest::SetCursor(before));
    }

    fn insert(&mut self, piece: &str) {
        let at = self.caret();
        let mut value = self.value().to_owned();
        value.insert_str(at, piece);
        self.replace(value, at + piece.len());
    }

    fn delete(&mut self, range: Range<usize>) {
        let mut value = self.value().to_owned();
        value.replace_range(range.clone(), "");
        self.replace(value, range.start);
    }

    /// Deletes and keeps what was deleted for Ctrl-Y.
    fn cut(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let mut rest = self.value().to_owned();
        let piece: String = rest.drain(range.clone()).collect();
        let mut keep = std::mem::take(&mut self.input)
            .with_value(piece)
            .with_cursor(0);
        keep.handle(InputRequest::GoToStart);
        keep.handle(InputRequest::DeleteTillEnd);
        self.input = keep;
        self.replace(rest, range.start);
    }
}

fn shown_width(text: &str) -> usize {
    text::width(&text::visible(text))
}

#[cfg(test)]
#[path = "line_field_tests.rs"]
mod tests;
