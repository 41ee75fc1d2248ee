//! Something to read and close: the keys of a place.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::ui::keymap::Keymap;
use crate::ui::keys::{Action, Scope, shown};
use crate::ui::layout;
use crate::ui::layout::reader_inner;
use crate::ui::theme::Theme;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::popup;
use crate::ui::widgets::text::{visible, wrap};

/// A line to read.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Heading(String),
    Key(String, &'static str),
    Text(String),
}

/// A text with a title, scrolled by its own lines.
#[derive(Clone, Debug)]
pub struct Reader {
    title: String,
    parts: Vec<Part>,
    scroll: usize,
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
            scroll: 0,
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
            scroll: 0,
        }
    }

    /// Takes a key; answers whether it stays open.
    pub fn key(&mut self, action: Option<Action>, size: Size) -> bool {
        if action == Some(Action::Back) {
            return false;
        }
        if let Some(step) = action.and_then(Action::as_move) {
            let inner = reader_inner(self.area(layout::body(size)));
            let height = usize::from(inner.height);
            let last = self.lines(inner.width.into()).len().saturating_sub(height);
            self.scroll = step.from(self.scroll, last + 1, height);
        }
        true
    }

    fn area(&self, screen: Rect) -> Rect {
        let wide = if screen.width < 84 { screen.width } else { 80 };
        let lines = self.lines(usize::from(wide).saturating_sub(4)).len();
        let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
        popup::popup_area(screen, wide, height.min(screen.height.saturating_sub(2)))
    }

    /// Each part as the lines it takes: the key column, if any, and text.
    fn lines(&self, width: usize) -> Vec<(Option<&Part>, String)> {
        let mut lines = Vec::new();
        for part in &self.parts {
            match part {
                Part::Heading(text) => lines.push((Some(part), visible(text).into_owned())),
                Part::Key(_, help) => {
                    for (at, line) in wrap(help, width.saturating_sub(KEYS)).iter().enumerate() {
                        lines.push(((at == 0).then_some(part), line.to_string()));
                    }
                }
                Part::Text(text) => {
                    let text = visible(text);
                    let wrapped = wrap(&text, width);
                    lines.extend(wrapped.iter().map(|line| (Some(part), line.to_string())));
                }
            }
        }
        lines
    }

    /// Draws it; answers where the terminal's cursor stands: at the first line.
    pub fn draw(
        &self,
        screen: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        glyphs: Glyphs,
    ) -> Option<Position> {
        let area = self.area(screen);
        popup::clear(area, buf);
        popup::frame(area, &self.title, theme.accent, glyphs, buf);
        let inner = reader_inner(area);
        let lines = self.lines(inner.width.into());
        let more = lines.len() > self.scroll + usize::from(inner.height);
        for ((part, text), y) in lines
            .into_iter()
            .skip(self.scroll)
            .zip(inner.top()..inner.bottom())
        {
            let at = Rect {
                y,
                height: 1,
                ..inner
            };
            let line = match part {
                Some(Part::Heading(_)) => Line::styled(text, theme.strong),
                Some(Part::Text(_)) => Line::styled(text, theme.text),
                Some(Part::Key(keys, _)) => Line::from_iter([
                    Span::styled(format!("{keys:<KEYS$}"), theme.accent),
                    Span::styled(text, theme.text),
                ]),
                None => Line::styled(format!("{:KEYS$}{text}", ""), theme.text),
            };
            line.render(at, buf);
        }
        if more {
            let at = Position::new(inner.right(), area.bottom().saturating_sub(1));
            buf.set_string(at.x, at.y, glyphs.down(), theme.accent);
        }
        Some(inner.as_position())
    }
}

/// The column of keys.
const KEYS: usize = 22;
