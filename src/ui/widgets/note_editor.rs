//! A field of many lines: the text of a note.
//!
//! A text area keeps the lines, wraps them and remembers what to undo. This layer moves and
//! deletes by characters as people see them and by runs of one script, and draws the rows
//! itself: the text area knows widths by code point only, and splits a joined emoji under its
//! caret.

use super::keys::{Edit, edit};
use super::{caret, text};
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use std::cell::Cell;
use unicode_segmentation::UnicodeSegmentation;

/// The longest text that can be edited here, in characters (code points and line breaks).
/// Longer ones belong into the user's own editor.
pub const MAX_CHARS: usize = 60_000;

const UNDO_STEPS: usize = 10_000;

/// A text of many lines with a caret, soft wrapped to the width it was last drawn with.
#[derive(Debug, Clone)]
pub struct NoteEditor {
    lines: TextArea<'static>,
    /// The first wrapped row in view, kept from one frame to the next.
    top: Cell<usize>,
    height: Cell<usize>,
    /// The column that vertical moves aim at, while they follow one another.
    goal: Option<usize>,
}

/// One wrapped row: a piece of a line, in characters of that line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    line: usize,
    start: usize,
    end: usize,
}

impl Default for NoteEditor {
    fn default() -> Self {
        Self::with_lines(vec![String::new()])
    }
}

impl NoteEditor {
    /// An editor for `text`, the caret at its end. `None` where the text is longer than [`MAX_CHARS`].
    pub fn new(text: &str) -> Option<Self> {
        if text.chars().count() > MAX_CHARS {
            return None;
        }
        let mut editor = Self::with_lines(text.split('\n').map(str::to_owned).collect());
        editor.go(usize::MAX, usize::MAX);
        Some(editor)
    }

    fn with_lines(lines: Vec<String>) -> Self {
        let mut lines = TextArea::new(lines);
        lines.set_wrap_mode(WrapMode::WordOrGlyph);
        lines.set_tab_length(1);
        lines.set_max_histories(UNDO_STEPS);
        Self {
            lines,
            top: Cell::new(0),
            height: Cell::new(1),
            goal: None,
        }
    }

    /// The whole text, its lines joined by `\n`; what was not edited is as it was given.
    pub fn text(&self) -> String {
        self.lines.lines().join("\n")
    }

    /// True where nothing is written.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Does what the key asks for. False: the key is none of an editor's, like Tab, Esc, Ctrl-C,
    /// Ctrl-S or Ctrl-Z, or a vertical move found no row to go to.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let goal = self.goal.take();
        if let Some(edit) = edit(key) {
            self.edit(edit);
            return true;
        }
        if key.kind == KeyEventKind::Release {
            self.goal = goal;
            return false;
        }
        let page = self.height.get().saturating_sub(1).max(1);
        match (key.modifiers - KeyModifiers::SHIFT, key.code) {
            (KeyModifiers::NONE, KeyCode::Enter) => self.insert("\n"),
            (KeyModifiers::NONE, KeyCode::Up) => self.vertical(goal, |row| row.checked_sub(1)),
            (KeyModifiers::NONE, KeyCode::Down) => self.vertical(goal, |row| row.checked_add(1)),
            (KeyModifiers::NONE, KeyCode::PageUp) => {
                self.vertical(goal, |row| (row > 0).then(|| row.saturating_sub(page)))
            }
            (KeyModifiers::NONE, KeyCode::PageDown) => {
                self.vertical(goal, |row| row.checked_add(page))
            }
            (KeyModifiers::CONTROL, KeyCode::Home) => self.go(0, 0),
            (KeyModifiers::CONTROL, KeyCode::End) => self.go(usize::MAX, usize::MAX),
            // Ctrl-_ and Ctrl-/ both arrive as Ctrl-7 from most terminals.
            (KeyModifiers::CONTROL, KeyCode::Char('_' | '/' | '7')) => {
                self.step_back(TextArea::undo)
            }
            (KeyModifiers::CONTROL, KeyCode::Char('r')) => self.step_back(TextArea::redo),
            _ => false,
        }
    }

    /// Inserts a pasted text at the caret, as one step to undo. Line breaks of any kind become
    /// `\n`; control characters other than tabs are dropped. False: it would grow too long, and
    /// nothing was inserted.
    pub fn paste(&mut self, pasted: &str) -> bool {
        self.goal = None;
        let lines = pasted.replace("\r\n", "\n").replace('\r', "\n");
        let clean: String = lines
            .chars()
            .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
            .collect();
        self.insert(&clean)
    }

    /// Draws the rows around the caret, or the placeholder, dimmed, where nothing is written.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, style: Style, placeholder: &str) {
        let area = area.intersection(buf.area);
        for cell in area.positions() {
            buf[cell].reset();
        }
        buf.set_style(area, style);
        if area.is_empty() {
            return;
        }
        let width = usize::from(area.width);
        if self.is_empty() {
            let dim = style.add_modifier(Modifier::DIM);
            buf.set_stringn(area.x, area.y, text::visible(placeholder), width, dim);
        }
        let (top, _) = self.view(area);
        let rows = (top..).map_while(|index| self.row(index));
        for (y, row) in (area.top()..area.bottom()).zip(rows) {
            buf.set_stringn(area.x, y, text::visible(self.piece(row)), width, style);
        }
    }

    /// The cell of the caret, for the terminal's own cursor; always inside of `area`, unless
    /// that is empty. Only behind a row widened by hidden characters it is the row's last cell.
    pub fn cursor(&self, area: Rect) -> Position {
        if area.is_empty() {
            return area.as_position();
        }
        let (top, index) = self.view(area);
        let column = self.column(index).min(usize::from(area.width) - 1);
        let cells = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        Position::new(
            area.x.saturating_add(cells(column)),
            area.y.saturating_add(cells(index.saturating_sub(top))),
        )
    }

    /// Wraps to the area; the first row in view and the row of the caret.
    fn view(&self, area: Rect) -> (usize, usize) {
        // The text area learns its width only by being drawn. The last column is the caret's,
        // for when it stands behind a full row.
        let strip = Rect::new(0, 0, area.width.saturating_sub(1).max(1), 1);
        (&self.lines).render(strip, &mut Buffer::empty(strip));
        let height = usize::from(area.height);
        let caret = self.lines.screen_cursor().row;
        let lowest = (caret + 1).saturating_sub(height);
        let top = self
            .top
            .get()
            .clamp(lowest, caret)
            .min(self.row_count().saturating_sub(height));
        self.top.set(top);
        self.height.set(height);
        (top, caret)
    }

    fn row_start(&self, index: usize) -> (usize, usize) {
        let start = self.lines.screen_to_data(index, 0);
        (start.0, start.1)
    }

    /// Row starts grow until the last row, and repeat behind it.
    fn row_count(&self) -> usize {
        let (mut is_row, mut is_not) = (0, MAX_CHARS + 2);
        while is_row + 1 < is_not {
            let middle = usize::midpoint(is_row, is_not);
            if self.row_start(middle) == self.row_start(middle - 1) {
                is_not = middle;
            } else {
                is_row = middle;
            }
        }
        is_row + 1
    }

    fn row(&self, index: usize) -> Option<Row> {
        let (line, start) = self.row_start(index);
        if index > 0 && self.row_start(index - 1) == (line, start) {
            return None;
        }
        let (next_line, next_start) = self.row_start(index + 1);
        let goes_on = next_line == line && next_start > start;
        let end = if goes_on {
            next_start
        } else {
            self.line(line).chars().count()
        };
        Some(Row { line, start, end })
    }

    fn line(&self, line: usize) -> &str {
        self.lines.lines().get(line).map_or("", String::as_str)
    }

    fn piece(&self, row: Row) -> &str {
        let line = self.line(row.line);
        line.get(byte(line, row.start)..byte(line, row.end))
            .unwrap_or_default()
    }

    /// The column of the caret in its row, in cells.
    fn column(&self, index: usize) -> usize {
        let (line, start) = self.row_start(index);
        let end = self.lines.cursor().1.max(start);
        text::width(&text::visible(self.piece(Row { line, start, end })))
    }

    /// The line of the caret, and its byte there.
    fn caret(&self) -> (usize, usize) {
        let cursor = self.lines.cursor();
        (cursor.0, byte(self.line(cursor.0), cursor.1))
    }

    /// Puts the caret on a line and a byte there, or the nearest place between two characters.
    fn go(&mut self, line: usize, at: usize) -> bool {
        let line = line.min(self.lines.lines().len().saturating_sub(1));
        let whole = self.line(line);
        let before = whole
            .get(..caret::snap(whole, at))
            .unwrap_or(whole)
            .chars()
            .count();
        let small = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        self.lines
            .move_cursor(CursorMove::Jump(small(line), small(before)));
        true
    }

    fn vertical(&mut self, goal: Option<usize>, step: impl Fn(usize) -> Option<usize>) -> bool {
        let index = self.lines.screen_cursor().row;
        let goal = goal.unwrap_or_else(|| self.column(index));
        let last = self.row_count() - 1;
        let Some(target) = step(index)
            .map(|target| target.min(last))
            .filter(|target| *target != index)
        else {
            return false;
        };
        let Some(row) = self.row(target) else {
            return false;
        };
        let line = self.line(row.line);
        let goes_on = row.end < line.chars().count();
        let mut at = byte(line, row.start);
        let mut used = 0;
        let mut clusters = self.piece(row).graphemes(true).peekable();
        while let Some(cluster) = clusters.next() {
            used += text::width(&text::visible(cluster));
            // The end of a row that goes on is the start of the next one.
            if used > goal || (goes_on && clusters.peek().is_none()) {
                break;
            }
            at += cluster.len();
        }
        self.go(row.line, at);
        self.goal = Some(goal);
        true
    }

    fn edit(&mut self, edit: Edit) {
        let (row, at) = self.caret();
        let line = self.line(row);
        let (at_start, at_end) = (at == 0, at == line.len());
        match edit {
            Edit::Insert(c) => {
                self.insert(c.encode_utf8(&mut [0; 4]));
            }
            Edit::Left | Edit::WordLeft if at_start && row > 0 => _ = self.go(row - 1, usize::MAX),
            Edit::Right | Edit::WordRight if at_end && row + 1 < self.lines.lines().len() => {
                _ = self.go(row + 1, 0)
            }
            Edit::Left => _ = self.go(row, caret::left(line, at)),
            Edit::Right => _ = self.go(row, caret::right(line, at)),
            Edit::WordLeft => _ = self.go(row, caret::word_left(line, at)),
            Edit::WordRight => _ = self.go(row, caret::word_right(line, at)),
            Edit::Start => _ = self.go(row, 0),
            Edit::End => _ = self.go(row, usize::MAX),
            Edit::DeleteLeft | Edit::CutWordLeft if at_start => self.join(row),
            Edit::DeleteRight | Edit::CutWordRight | Edit::CutToEnd if at_end => self.join(row + 1),
            Edit::DeleteLeft => self.delete(caret::left(line, at), at),
            Edit::DeleteRight => self.delete(at, caret::right(line, at)),
            Edit::CutWordLeft => self.cut(caret::word_left(line, at), at),
            Edit::CutWordRight => self.cut(at, caret::word_right(line, at)),
            Edit::CutToStart => self.cut(0, at),
            Edit::CutToEnd => self.cut(at, usize::MAX),
            Edit::PutBack => {
                let kept = self.lines.yank_text();
                self.insert(&kept);
            }
        }
    }

    fn insert(&mut self, piece: &str) -> bool {
        let length: usize = self
            .lines
            .lines()
            .iter()
            .map(|line| line.chars().count() + 1)
            .sum();
        if length + piece.chars().count() > MAX_CHARS + 1 {
            return false;
        }
        self.lines.insert_str(piece);
        let (row, at) = self.caret();
        self.go(row, at)
    }

    fn step_back(&mut self, step: fn(&mut TextArea<'static>) -> bool) -> bool {
        step(&mut self.lines);
        let (row, at) = self.caret();
        self.go(row, at)
    }

    /// Appends this line to the one above it.
    fn join(&mut self, row: usize) {
        if row > 0 && row < self.lines.lines().len() {
            self.go(row, 0);
            self.lines.delete_newline();
            let (row, at) = self.caret();
            self.go(row, at);
        }
    }

    fn delete(&mut self, from: usize, to: usize) {
        let kept = self.lines.yank_text();
        self.cut(from, to);
        self.lines.set_yank_text(kept);
    }

    /// Deletes these bytes of the caret's line and keeps them for Ctrl-Y.
    fn cut(&mut self, from: usize, to: usize) {
        let (row, _) = self.caret();
        let line = self.line(row);
        let count = line
            .get(from..to.min(line.len()))
            .unwrap_or_default()
            .chars()
            .count();
        if count > 0 {
            self.go(row, from);
            self.lines.delete_str(count);
            self.go(row, from);
        }
    }
}

/// The byte of the character at `index`, or the end.
fn byte(line: &str, index: usize) -> usize {
    line.char_indices()
        .nth(index)
        .map_or(line.len(), |(at, _)| at)
}

#[cfg(test)]
#[path = "note_editor_tests.rs"]
mod tests;
