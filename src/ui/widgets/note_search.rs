//! The search in a note: what is typed is found however it is spelled, and marked.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::line_field::LineField;
use super::note_editor::{NoteEditor, RowAt};
use super::note_text::Place;
use super::text;
use crate::model::fold::{Folded, fold, fold_map};
use crate::ui::keys::Action;

/// What stands before the words that are looked for.
const LABEL: &str = "find ";

/// A search in a note that does not change meanwhile.
#[derive(Debug)]
pub struct Search {
    words: LineField,
    /// The lines, folded.
    folded: Vec<Folded>,
    /// Where the words were found, in order.
    hits: Vec<(usize, Range<usize>)>,
    at: usize,
    /// Where the caret was.
    from: Place,
}

impl NoteEditor {
    /// Whether something is looked for.
    pub fn is_searching(&self) -> bool {
        self.search.is_some()
    }

    /// Takes a key where it is about a search, to begin it or in it. False: it is not.
    pub fn takes_find(&mut self, key: KeyEvent, action: Option<Action>) -> bool {
        match (self.is_searching(), action) {
            (false, Some(Action::Find)) => self.find(),
            (false, _) => return false,
            (true, Some(Action::Open)) => self.end_find(true),
            (true, Some(Action::Back)) => self.end_find(false),
            (true, Some(Action::Down)) => self.find_step(1),
            (true, Some(Action::Up)) => self.find_step(-1),
            (true, _) => self.find_key(key),
        }
        true
    }

    fn find(&mut self) {
        let lines = (0..self.text.len()).map(|line| fold_map(self.text.line(line)));
        self.search = Some(Box::new(Search {
            words: LineField::default(),
            folded: lines.collect(),
            hits: Vec::new(),
            at: 0,
            from: self.caret,
        }));
    }

    fn find_key(&mut self, key: KeyEvent) {
        let Some(search) = &mut self.search else {
            return;
        };
        let before = search.words.value().to_owned();
        if search.words.key(key) && search.words.value() != before {
            search.look();
            self.show_hit();
        }
    }

    /// Takes pasted text into them.
    pub fn find_paste(&mut self, pasted: &str) {
        if let Some(search) = &mut self.search {
            search.words.paste(pasted);
            search.look();
            self.show_hit();
        }
    }

    /// To the next place where they are found, or the one before; round at the ends.
    fn find_step(&mut self, by: isize) {
        if let Some(search) = &mut self.search {
            let len = search.hits.len().max(1).cast_signed();
            search.at = (search.at.cast_signed() + by)
                .rem_euclid(len)
                .cast_unsigned();
            self.show_hit();
        }
    }

    /// Ends the search; the caret stays where something was found, or goes back.
    pub fn end_find(&mut self, stay: bool) {
        if let Some(search) = self.search.take()
            && !stay
        {
            self.is_rolled = false;
            self.go(search.from.line, search.from.at);
        }
    }

    fn show_hit(&mut self) {
        let Some(search) = &self.search else {
            return;
        };
        let hit = search.hits.get(search.at);
        let place = hit.map_or(search.from, |(line, range)| Place {
            line: *line,
            at: range.start,
        });
        self.is_rolled = false;
        self.go(place.line, place.at);
    }

    /// The part of an area that the text has: the last row is for the words looked for.
    pub(super) fn text_area(&self, area: Rect) -> Rect {
        let own = u16::from(self.search.is_some() && area.height > 1);
        Rect {
            height: area.height - own,
            ..area
        }
    }

    fn search_area(&self, area: Rect) -> Option<(&Search, Rect)> {
        let search = self.search.as_deref()?;
        let row = Rect {
            y: area.bottom().saturating_sub(1),
            height: area.height.min(1),
            ..area
        };
        Some((search, row))
    }

    pub(super) fn draw_search(&self, area: Rect, buf: &mut Buffer, style: Style) {
        let Some((search, row)) = self.search_area(area) else {
            return;
        };
        let width = usize::from(row.width);
        let strong = style.add_modifier(Modifier::BOLD);
        buf.set_stringn(row.x, row.y, LABEL, width, strong);
        let told = search.told();
        let field = search.field(row);
        search.words.draw(field, buf, style, "");
        let room = usize::from(row.right().saturating_sub(field.right()));
        if let Some(at) = room.checked_sub(text::width(&told)) {
            let x = field.right() + u16::try_from(at).unwrap_or(0);
            buf.set_stringn(x, row.y, &told, room, style);
        }
    }

    pub(super) fn search_cursor(&self, area: Rect) -> Option<Position> {
        let (search, row) = self.search_area(area)?;
        Some(search.words.cursor(search.field(row)))
    }

    /// Marks what was found in a row; the one at hand is also underlined.
    pub(super) fn mark_hits(&self, row: RowAt, area: Rect, buf: &mut Buffer, found: Style) {
        let Some(search) = &self.search else {
            return;
        };
        let line = Self::line_of(row);
        let first = search.hits.partition_point(|(of, _)| *of < line);
        let hits = search.hits.iter().enumerate().skip(first);
        for (at, (_, range)) in hits.take_while(|(_, (of, _))| *of == line) {
            let Some((from, to)) = self.columns(row, range) else {
                continue;
            };
            let cells = |column: usize| u16::try_from(column).unwrap_or(u16::MAX);
            let style = match at == search.at {
                true => found.add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
                false => found,
            };
            let place = Rect {
                x: area.x.saturating_add(cells(from)),
                width: cells(to - from),
                height: 1,
                ..area
            };
            buf.set_style(place.intersection(area), style);
        }
    }
}

impl Search {
    /// Looks for the words; the first hit behind the place where it began comes first.
    fn look(&mut self) {
        self.hits.clear();
        self.at = 0;
        let wanted = fold(self.words.value());
        if wanted.is_empty() {
            return;
        }
        for (line, folded) in self.folded.iter().enumerate() {
            let mut end = 0;
            for (at, found) in folded.text.match_indices(&wanted) {
                let range = folded.origin_range(at..at + found.len());
                // Two hits in one character are one place.
                if range.start >= end {
                    end = range.end;
                    self.hits.push((line, range));
                }
            }
        }
        let from = (self.from.line, self.from.at);
        let behind = self
            .hits
            .iter()
            .position(|(line, range)| (*line, range.start) >= from);
        self.at = behind.unwrap_or(0);
    }

    fn told(&self) -> String {
        match (self.words.value().is_empty(), self.hits.len()) {
            (true, _) => String::new(),
            (false, 0) => "not found".to_owned(),
            (false, of) => format!("{} of {of}", self.at + 1),
        }
    }

    fn field(&self, row: Rect) -> Rect {
        let told = u16::try_from(text::width(&self.told()) + 1).unwrap_or(0);
        let label = u16::try_from(LABEL.len()).unwrap_or(0).min(row.width / 2);
        Rect {
            x: row.x + label,
            width: (row.width - label)
                .saturating_sub(told)
                .max(row.width.min(1)),
            ..row
        }
    }
}
