//! A field of many lines: the text of a note.
//!
//! It moves and deletes by characters as people see them and by runs of one script, and it
//! measures, walks and draws only what is near the caret or in view, so that a note of any length
//! feels like a short one.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::keys::{Edit, edit};
use super::note_search::Search;
use super::note_text::{NoteText, Place};
use super::note_wrap::{cells, first_cluster};
use super::{caret, text};

/// The longest text that can be edited here, in characters (code points and line breaks).
/// Longer ones belong into the user's own editor.
pub const MAX_CHARS: usize = 1_000_000;

/// The width before it is drawn for the first time.
const FIRST_WIDTH: usize = 60;

/// How many rows a notch of the wheel is.
const NOTCH: usize = 3;

/// A text of many lines with a caret, soft wrapped to the width it was last drawn with.
#[derive(Debug)]
pub struct NoteEditor {
    pub(super) text: NoteText,
    pub(super) caret: Place,
    /// What was cut last, for Ctrl-Y.
    cut: String,
    /// The first row in view, kept from one frame to the next.
    top: Cell<RowAt>,
    /// Cells and rows of the area it was last drawn in.
    size: Cell<(usize, usize)>,
    /// Whether the wheel left the caret behind.
    pub(super) is_rolled: bool,
    /// The column that vertical moves aim at, while they follow one another.
    goal: Option<usize>,
    /// The whole text, until it is changed.
    whole: RefCell<Option<Arc<str>>>,
    pub(super) search: Option<Box<Search>>,
}

/// A wrapped row: which one of which line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RowAt {
    line: usize,
    row: usize,
}

impl Default for NoteEditor {
    fn default() -> Self {
        Self::of("")
    }
}

impl NoteEditor {
    /// An editor for `text`, the caret at its end. `None` where the text is longer than [`MAX_CHARS`].
    pub fn new(text: &str) -> Option<Self> {
        // A text of fewer bytes has fewer characters.
        let fits = text.len() <= MAX_CHARS || text.chars().count() <= MAX_CHARS;
        fits.then(|| Self::of(text))
    }

    fn of(text: &str) -> Self {
        let text = NoteText::new(text);
        Self {
            caret: text.end(),
            text,
            cut: String::new(),
            top: Cell::default(),
            size: Cell::new((FIRST_WIDTH, 1)),
            is_rolled: false,
            goal: None,
            whole: RefCell::default(),
            search: None,
        }
    }

    /// The whole text, its lines joined by `\n`; what was not edited is as it was given. It is put
    /// together once after each change, and shared.
    pub fn text(&self) -> Arc<str> {
        let mut whole = self.whole.borrow_mut();
        Arc::clone(whole.get_or_insert_with(|| self.text.text().into()))
    }

    /// Whether this is the text.
    pub fn is(&self, text: &str) -> bool {
        self.text.is(text)
    }

    /// Whether nothing but white space is written.
    pub fn is_blank(&self) -> bool {
        self.text.is_blank()
    }

    /// True where nothing is written.
    pub fn is_empty(&self) -> bool {
        self.text.chars() == 0
    }

    /// Does what the key asks for. False: the key is none of an editor's, like Tab, Esc, Ctrl-C,
    /// Ctrl-S or Ctrl-Z, or a vertical move found no row to go to.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        if key.kind == KeyEventKind::Release {
            return false;
        }
        let goal = self.goal.take();
        self.is_rolled = false;
        if let Some(edit) = edit(key) {
            if !matches!(edit, Edit::Insert(_)) {
                self.text.rest();
            }
            self.edit(edit);
            return true;
        }
        self.text.rest();
        let page = self.size.get().1.saturating_sub(1).max(1).cast_signed();
        match (key.modifiers - KeyModifiers::SHIFT, key.code) {
            (KeyModifiers::NONE, KeyCode::Enter) => self.insert("\n"),
            (KeyModifiers::NONE, KeyCode::Up) => self.vertical(goal, -1),
            (KeyModifiers::NONE, KeyCode::Down) => self.vertical(goal, 1),
            (KeyModifiers::NONE, KeyCode::PageUp) => self.vertical(goal, -page),
            (KeyModifiers::NONE, KeyCode::PageDown) => self.vertical(goal, page),
            (KeyModifiers::CONTROL, KeyCode::Home) => self.go(0, 0),
            (KeyModifiers::CONTROL, KeyCode::End) => self.go(usize::MAX, usize::MAX),
            // Ctrl-_ and Ctrl-/ both arrive as Ctrl-7 from most terminals.
            (KeyModifiers::CONTROL, KeyCode::Char('_' | '/' | '7')) => {
                self.step_back(NoteText::undo)
            }
            (KeyModifiers::CONTROL, KeyCode::Char('r')) => self.step_back(NoteText::redo),
            _ => false,
        }
    }

    /// Inserts a pasted text at the caret, as one step to undo. Line breaks of any kind become
    /// `\n`; control characters other than tabs are dropped. False: it would grow too long, and
    /// nothing was inserted.
    pub fn paste(&mut self, pasted: &str) -> bool {
        (self.goal, self.is_rolled) = (None, false);
        self.text.rest();
        let lines = pasted.replace("\r\n", "\n").replace('\r', "\n");
        let clean: String = lines
            .chars()
            .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
            .collect();
        let fits = self.insert(&clean);
        self.text.rest();
        fits
    }

    /// Puts the caret where this cell of the area shows a character, or at the end of its row.
    pub fn click(&mut self, at: Position, area: Rect) {
        let area = self.text_area(area);
        if !area.contains(at) {
            return;
        }
        let (top, _) = self.view(area);
        let down = isize::try_from(at.y - area.y).unwrap_or(0);
        let (row, _) = self.walk(top, down);
        let place = self.place_in(row, usize::from(at.x - area.x));
        (self.goal, self.is_rolled) = (None, false);
        self.text.rest();
        self.go(place.line, place.at);
    }

    /// Turns the wheel by so many notches; the caret stays where it is.
    pub fn roll(&mut self, notches: isize, area: Rect) {
        let area = self.text_area(area);
        let (top, _) = self.view(area);
        let by = notches * NOTCH.cast_signed();
        self.is_rolled = true;
        self.top.set(self.walk(top, by).0);
        self.view(area);
    }

    /// Draws the rows around the caret, or the placeholder, dimmed, where nothing is written.
    /// What is searched is marked by `found`.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, styles: (Style, Style), placeholder: &str) {
        let (style, found) = styles;
        let area = area.intersection(buf.area);
        for cell in area.positions() {
            buf[cell].reset();
        }
        buf.set_style(area, style);
        self.draw_search(area, buf, style);
        let area = self.text_area(area);
        if area.is_empty() {
            return;
        }
        let width = usize::from(area.width);
        if self.is_empty() {
            let dim = style.add_modifier(Modifier::DIM);
            buf.set_stringn(area.x, area.y, text::visible(placeholder), width, dim);
        }
        let (top, _) = self.view(area);
        let mut row = Some(top);
        for y in area.top()..area.bottom() {
            let Some(at) = row else {
                return;
            };
            buf.set_stringn(area.x, y, text::visible(self.piece(at)), width, style);
            self.mark_hits(at, Rect { y, ..area }, buf, found);
            row = self.next_row(at);
        }
    }

    /// The cell of the caret, for the terminal's own cursor; always inside of `area`, unless
    /// that is empty. Where the wheel left it behind it is in the nearest row.
    pub fn cursor(&self, area: Rect) -> Position {
        if area.is_empty() {
            return area.as_position();
        }
        if let Some(place) = self.search_cursor(area) {
            return place;
        }
        let area = self.text_area(area);
        let (top, row) = self.view(area);
        let column = self
            .column(row, self.caret.at)
            .min(usize::from(area.width) - 1);
        let last = usize::from(area.height) - 1;
        let mut down = 0;
        let mut at = top;
        while down < last && at < row {
            match self.next_row(at) {
                Some(next) => at = next,
                None => break,
            }
            down += 1;
        }
        let cells = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        Position::new(
            area.x.saturating_add(cells(column)),
            area.y.saturating_add(cells(down)),
        )
    }

    /// Wraps to the area; the first row in view and the row of the caret.
    fn view(&self, area: Rect) -> (RowAt, RowAt) {
        // The last column is the caret's, for when it stands behind a full row.
        let width = usize::from(area.width).saturating_sub(1).max(1);
        let height = usize::from(area.height);
        self.size.set((width, height));
        let caret = self.row_of(self.caret);
        let back = (height.max(1) - 1).cast_signed();
        let top = self.top.get();
        let mut top = RowAt {
            line: top.line.min(self.text.len() - 1),
            ..top
        };
        top.row = top.row.min(self.row_count(top.line) - 1);
        if !self.is_rolled {
            top = top.clamp(self.walk(caret, -back).0, caret);
        }
        let end = self.row_of(self.text.end());
        top = top.min(self.walk(end, -back).0);
        self.top.set(top);
        (top, caret)
    }

    fn row_count(&self, line: usize) -> usize {
        let rows = self.text.rows(line, self.size.get().0);
        rows.map_or(1, |rows| rows.count())
    }

    /// The row that a place is in; between two rows it is the lower one.
    fn row_of(&self, place: Place) -> RowAt {
        let rows = self.text.rows(place.line, self.size.get().0);
        RowAt {
            line: place.line,
            row: rows.map_or(0, |rows| rows.row_of(place.at)),
        }
    }

    fn next_row(&self, at: RowAt) -> Option<RowAt> {
        if at.row + 1 < self.row_count(at.line) {
            return Some(RowAt {
                row: at.row + 1,
                ..at
            });
        }
        let line = at.line + 1;
        (line < self.text.len()).then_some(RowAt { line, row: 0 })
    }

    fn previous_row(&self, at: RowAt) -> Option<RowAt> {
        if at.row > 0 {
            return Some(RowAt {
                row: at.row - 1,
                ..at
            });
        }
        let line = at.line.checked_sub(1)?;
        let row = self.row_count(line) - 1;
        Some(RowAt { line, row })
    }

    /// So many rows down, or up where that is negative, and how many of them there were.
    fn walk(&self, from: RowAt, by: isize) -> (RowAt, usize) {
        let mut at = from;
        for steps in 0..by.unsigned_abs() {
            let next = if by < 0 {
                self.previous_row(at)
            } else {
                self.next_row(at)
            };
            match next {
                Some(next) => at = next,
                None => return (at, steps),
            }
        }
        (at, by.unsigned_abs())
    }

    fn range(&self, at: RowAt) -> std::ops::Range<usize> {
        let rows = self.text.rows(at.line, self.size.get().0);
        rows.map_or(0..0, |rows| rows.range(at.row))
    }

    pub(super) fn piece(&self, at: RowAt) -> &str {
        self.text
            .line(at.line)
            .get(self.range(at))
            .unwrap_or_default()
    }

    /// The columns of a row that these bytes of its line take; `None` where none are in it.
    pub(super) fn columns(
        &self,
        row: RowAt,
        bytes: &std::ops::Range<usize>,
    ) -> Option<(usize, usize)> {
        let range = self.range(row);
        let (start, end) = (bytes.start.max(range.start), bytes.end.min(range.end));
        (start < end).then(|| (self.column(row, start), self.column(row, end)))
    }

    /// The line that a row is of.
    pub(super) fn line_of(row: RowAt) -> usize {
        row.line
    }

    /// The column of a byte of the line in its row, in cells.
    fn column(&self, row: RowAt, at: usize) -> usize {
        let start = self.range(row).start;
        let before = self.text.line(row.line).get(start..at.max(start));
        text::width(&text::visible(before.unwrap_or_default()))
    }

    /// The place of the character that covers this column of a row, or the row's end.
    fn place_in(&self, row: RowAt, column: usize) -> Place {
        let range = self.range(row);
        let goes_on = row.row + 1 < self.row_count(row.line);
        let piece = self.piece(row);
        let (mut at, mut used) = (0, 0);
        while let Some(cluster) = first_cluster(piece.get(at..).unwrap_or_default()) {
            used += cells(cluster);
            // The end of a row that goes on is the start of the next one.
            let is_last = at + cluster.len() == piece.len();
            if used > column || (goes_on && is_last) {
                break;
            }
            at += cluster.len();
        }
        Place {
            line: row.line,
            at: range.start + at,
        }
    }

    /// Puts the caret on a line and a byte there, or the nearest place between two characters.
    pub(super) fn go(&mut self, line: usize, at: usize) -> bool {
        let line = line.min(self.text.len() - 1);
        let whole = self.text.line(line);
        let at = match at >= whole.len() {
            true => whole.len(),
            false => self.near(line, at, caret::snap),
        };
        self.caret = Place { line, at };
        true
    }

    /// What a function of [`caret`] says about a byte of a line, asked with as much of the line
    /// around it as it takes: the whole of a long one would be read for each key.
    fn near(&self, line: usize, at: usize, step: fn(&str, usize) -> usize) -> usize {
        let whole = self.text.line(line);
        let row = self.row_of(Place { line, at });
        let last = self.row_count(line) - 1;
        let mut around = 2;
        loop {
            let first = row.row.saturating_sub(around);
            let end = (row.row + around).min(last);
            let start = self.range(RowAt { line, row: first }).start;
            let end = self.range(RowAt { line, row: end }).end;
            let part = whole.get(start..end).unwrap_or_default();
            let found = start + step(part, at - start);
            // At the edge of the part there might be more of it.
            let is_cut = (found == start && start > 0) || (found == end && end < whole.len());
            if !is_cut {
                return found;
            }
            around *= 4;
        }
    }

    fn vertical(&mut self, goal: Option<usize>, by: isize) -> bool {
        let row = self.row_of(self.caret);
        let goal = goal.unwrap_or_else(|| self.column(row, self.caret.at));
        let (target, steps) = self.walk(row, by);
        if steps == 0 {
            return false;
        }
        self.caret = self.place_in(target, goal);
        self.goal = Some(goal);
        true
    }

    fn edit(&mut self, edit: Edit) {
        let Place { line, at } = self.caret;
        let len = self.text.line(line).len();
        let (at_start, at_end) = (at == 0, at == len);
        let near = |step| self.near(line, at, step);
        match edit {
            Edit::Insert(c) => {
                self.insert(c.encode_utf8(&mut [0; 4]));
            }
            Edit::Left | Edit::WordLeft if at_start && line > 0 => {
                _ = self.go(line - 1, usize::MAX)
            }
            Edit::Right | Edit::WordRight if at_end && line + 1 < self.text.len() => {
                _ = self.go(line + 1, 0)
            }
            Edit::Left => self.caret.at = near(caret::left),
            Edit::Right => self.caret.at = near(caret::right),
            Edit::WordLeft => self.caret.at = near(caret::word_left),
            Edit::WordRight => self.caret.at = near(caret::word_right),
            Edit::Start => self.caret.at = 0,
            Edit::End => self.caret.at = len,
            Edit::DeleteLeft | Edit::CutWordLeft if at_start => self.join(line),
            Edit::DeleteRight | Edit::CutWordRight | Edit::CutToEnd if at_end => {
                self.join(line + 1)
            }
            Edit::DeleteLeft => self.delete(near(caret::left), at),
            Edit::DeleteRight => self.delete(at, near(caret::right)),
            Edit::CutWordLeft => self.cut(near(caret::word_left), at),
            Edit::CutWordRight => self.cut(at, near(caret::word_right)),
            Edit::CutToStart => self.cut(0, at),
            Edit::CutToEnd => self.cut(at, len),
            Edit::PutBack => {
                let kept = self.cut.clone();
                self.insert(&kept);
            }
        }
    }

    fn insert(&mut self, piece: &str) -> bool {
        if self.text.chars() + piece.chars().count() > MAX_CHARS {
            return false;
        }
        self.replace(self.caret, self.caret, piece);
        true
    }

    fn replace(&mut self, from: Place, to: Place, piece: &str) {
        let behind = self.text.replace(from, to, piece, self.caret);
        self.whole.replace(None);
        // A mark may have joined the character before it.
        self.go(behind.line, behind.at);
    }

    fn step_back(&mut self, step: fn(&mut NoteText) -> Option<Place>) -> bool {
        if let Some(place) = step(&mut self.text) {
            self.whole.replace(None);
            self.go(place.line, place.at);
        }
        true
    }

    /// Appends this line to the one above it.
    fn join(&mut self, line: usize) {
        if line > 0 && line < self.text.len() {
            let above = Place {
                line: line - 1,
                at: self.text.line(line - 1).len(),
            };
            self.replace(above, Place { line, at: 0 }, "");
        }
    }

    fn delete(&mut self, from: usize, to: usize) {
        let line = self.caret.line;
        if from < to {
            self.replace(Place { line, at: from }, Place { line, at: to }, "");
        }
    }

    /// Deletes these bytes of the caret's line and keeps them for Ctrl-Y.
    fn cut(&mut self, from: usize, to: usize) {
        let piece = self.text.line(self.caret.line).get(from..to);
        if let Some(piece) = piece.filter(|piece| !piece.is_empty()) {
            self.cut = piece.to_owned();
            self.delete(from, to);
        }
    }
}

#[cfg(test)]
#[path = "note_editor_tests.rs"]
mod tests;
