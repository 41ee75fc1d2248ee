//! One entry, read whole: every field, also those the program does not know.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::Look;
use crate::model::customer::Customer;
use crate::model::date_phrase::echo;
use crate::model::entry::Entry;
use crate::model::value::Value;
use crate::ui::layout;
use crate::ui::widgets::row::draw_row;
use crate::ui::widgets::text::{cut, visible, width, wrap};

/// How wide the column of field names is.
const LABEL: usize = 16;

/// A line of an entry: the name of the field, on its first line only, and text.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryLine {
    /// The field's name, or nothing.
    pub label: String,
    /// The text.
    pub text: String,
    /// Whether the text begins at the left edge instead of behind the names.
    pub wide: bool,
}

/// Where the lines of an entry are drawn on a page: below its title.
pub fn body(page: Rect) -> Rect {
    layout::below(page, 2)
}

/// The entry as lines of at most `width` cells. Notes stand below the fields, as wide as the
/// page, as they are read more than looked up.
pub fn lines(entry: &Entry, width: usize) -> Vec<EntryLine> {
    let mut lines = Vec::new();
    for (name, value) in entry.fields.iter().filter(|(name, _)| *name != "notes") {
        let mut label = name.to_owned();
        for text in texts(value) {
            for part in wrap(&visible(&text), width.saturating_sub(LABEL + 1).min(72)) {
                lines.push(EntryLine {
                    label: std::mem::take(&mut label),
                    text: part.into_owned(),
                    wide: false,
                });
            }
        }
    }
    if let Some(notes) = entry.fields.get("notes") {
        let line = |text: String| EntryLine {
            label: String::new(),
            text,
            wide: true,
        };
        lines.push(line(String::new()));
        for text in texts(notes) {
            let parts = wrap(&text, width.min(LABEL + 72)).into_iter();
            lines.extend(parts.map(|part| line(visible(&part).into_owned())));
        }
    }
    lines
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) => vec![text.to_string()],
        Value::List(items) => items.iter().map(Value::to_line).collect(),
        Value::When(when) => vec![echo(*when)],
        other => vec![other.to_line()],
    }
}

/// Draws an entry, from its line `scroll` on: whose it is, what, when, and its key.
pub fn draw(
    customer: &Customer,
    entry: &Entry,
    scroll: usize,
    page: Rect,
    buf: &mut Buffer,
    look: Look,
) {
    let theme = look.theme;
    let first = Rect {
        height: page.height.min(1),
        ..page
    };
    let day = entry.when().map(echo).unwrap_or_default();
    let kind = visible(entry.kind.word());
    let room = usize::from(page.width);
    let name_room = room.saturating_sub(width(&kind) + width(&day) + 4);
    let name = cut(customer.name(), name_room, look.glyphs);
    let left = name_room.saturating_sub(width(&name) + 2);
    let title = [
        Span::styled(name, theme.strong),
        Span::raw("  "),
        Span::styled(kind, theme.accent),
        Span::raw("  "),
        Span::styled(day, theme.text),
    ];
    draw_row(title, first, buf);
    if left > 8 {
        let key = cut(&entry.key, left, look.glyphs);
        Line::from(Span::styled(key, theme.dim))
            .right_aligned()
            .render(first, buf);
    }
    let body = body(page);
    let lines = lines(entry, page.width.into());
    for (row, line) in (body.y..body.bottom()).zip(lines.iter().skip(scroll)) {
        let at = Rect {
            y: row,
            height: 1,
            ..body
        };
        let indent = if line.wide { 0 } else { LABEL };
        let label = cut(&line.label, LABEL - 1, look.glyphs);
        Span::styled(label, theme.dim).render(at, buf);
        let indent = u16::try_from(indent).unwrap_or(0).min(at.width);
        let text = Rect {
            x: at.x + indent,
            width: at.width - indent,
            ..at
        };
        Span::styled(line.text.as_str(), theme.text).render(text, buf);
    }
}
