//! Something to read and close: the keys of a place.

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect, Size};

use crate::ui::keymap::Keymap;
use crate::ui::keys::{Action, Scope, shown};
use crate::ui::layout;
use crate::ui::theme::Theme;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::popup::{self, Scrolled};
use crate::ui::widgets::sheet::{Reading, Sheet, SheetLook};

/// A line to read.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Heading(String),
    Key(String, &'static str),
    Text(String),
}

/// A text with a title, scrolled by its own lines and searched.
#[derive(Clone, Debug)]
pub struct Reader {
    title: String,
    parts: Vec<Part>,
    reading: Reading,
}

impl Reader {
    /// The keys of these scopes.
    pub fn help(scopes: &[Scope], keymap: &Keymap) -> Reader {
        let mut parts = Vec::new();
        for scope in scopes {
            if !parts.is_empty() {
                parts.push(Part::Text(String::new()));
            }
            parts.push(Part::Heading(scope.title().to_owned()));
            for row in keymap.rows(*scope).filter(|row| !row.keys.is_empty()) {
                let keys: Vec<String> = row.keys.iter().map(|key| shown(key)).collect();
                parts.push(Part::Key(keys.join(" "), row.binding.help));
            }
        }
        Reader {
            title: "keys".to_owned(),
            parts,
            reading: Reading::default(),
        }
    }

    /// Headings, each with text below it, or text alone.
    pub fn of<'t>(
        title: &str,
        parts: impl IntoIterator<Item = (Option<&'t str>, &'t str)>,
    ) -> Reader {
        let parts = parts.into_iter().map(|(heading, text)| match heading {
            Some(heading) => Part::Heading(heading.to_owned()),
            None => Part::Text(text.to_owned()),
        });
        Reader {
            title: title.to_owned(),
            parts: parts.collect(),
            reading: Reading::default(),
        }
    }

    /// Whether keys go to the line that says what is looked for.
    pub fn is_typed_into(&self) -> bool {
        self.reading.is_typed_into()
    }

    /// Takes a key; answers whether it stays open.
    pub fn key(&mut self, action: Option<Action>, size: Size) -> bool {
        let (sheet, height) = self.seen(size);
        match action {
            Some(Action::Back) => return self.reading.end_search(),
            Some(Action::Find) => self.reading.start_search(),
            Some(Action::NextHit | Action::PrevHit) => {
                let back = action == Some(Action::PrevHit);
                self.reading.step(back, &sheet, height);
            }
            _ => {}
        }
        if let Some(step) = action.and_then(Action::as_move) {
            self.reading.move_by(step, &sheet, height);
        }
        true
    }

    /// Takes a key for the line that says what is looked for.
    pub fn type_key(&mut self, key: KeyEvent, action: Option<Action>, size: Size) {
        let (sheet, height) = self.seen(size);
        self.reading.key(key, action, &sheet, height);
    }

    /// Takes pasted text for that line.
    pub fn paste(&mut self, text: &str, size: Size) {
        let (sheet, height) = self.seen(size);
        self.reading.paste(text, &sheet, height);
    }

    /// The lines on a screen of this size, and how many of them are seen at once.
    fn seen(&self, size: Size) -> (Sheet, usize) {
        let (frame, sheet) = self.laid_out(layout::body(size));
        (sheet, frame.lines.height.into())
    }

    fn laid_out(&self, screen: Rect) -> (Scrolled, Sheet) {
        let mut sheet = Sheet::default();
        let frame = Scrolled::over(screen, 0, |width| {
            sheet = self.sheet(width);
            sheet.height()
        });
        (frame, sheet)
    }

    fn sheet(&self, width: usize) -> Sheet {
        let mut sheet = Sheet::default();
        for part in &self.parts {
            match part {
                Part::Heading(text) => sheet.heading(text, width),
                Part::Key(keys, help) => {
                    let beside = width.saturating_sub(KEYS.into());
                    sheet.text((keys, KEYS), help, beside);
                }
                Part::Text(text) => sheet.text(("", 0), text, width),
            }
        }
        sheet
    }

    /// Draws it; answers where the terminal's cursor stands: at the first line, or where
    /// something is looked for.
    pub fn draw(
        &self,
        screen: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        glyphs: Glyphs,
    ) -> Option<Position> {
        let (frame, sheet) = self.laid_out(screen);
        let is_more = sheet.height() > self.reading.scroll + usize::from(frame.lines.height);
        frame.draw(&self.title, is_more, theme.accent, glyphs, buf);
        let look = SheetLook {
            theme,
            glyphs,
            label: theme.accent,
        };
        self.reading.draw(&sheet, frame.lines, buf, look);
        if self.reading.is_search() {
            popup::clear(frame.hint(), buf);
            self.reading.draw_search(frame.hint(), buf, theme);
        }
        let found = self.reading.cursor(&sheet, frame.lines, frame.hint());
        Some(found.unwrap_or(frame.lines.as_position()))
    }
}

/// The column of keys.
const KEYS: u16 = 22;
