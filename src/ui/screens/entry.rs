//! One entry, read whole: every field, also those the program does not know.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

use super::Look;
use crate::model::customer::Customer;
use crate::model::date_phrase::echo;
use crate::model::entry::{Entry, Fields};
use crate::model::value::ValueRef;
use crate::ui::layout;
use crate::ui::widgets::row::{draw_right, draw_row};
use crate::ui::widgets::sheet::{Reading, Sheet};
use crate::ui::widgets::text::{cut, visible, width};

/// How wide the column of field names is.
const LABEL: u16 = 16;

/// The widest lines: longer ones are hard to read.
const WIDEST: usize = 72;

/// Where the lines of an entry are drawn on a page: below its title.
pub fn body(page: Rect) -> Rect {
    layout::below(page, 2)
}

/// The line on which it is said what is looked for.
pub fn search_line(page: Rect) -> Rect {
    let line = layout::below(page, 1);
    Rect {
        height: line.height.min(1),
        ..line
    }
}

/// Where they are drawn right below it, as nothing is looked for there.
pub fn body_close(page: Rect) -> Rect {
    layout::below(page, 1)
}

/// The entry in lines for a page of this width.
pub fn sheet(entry: &Entry, width: usize) -> Sheet {
    sheet_of(&entry.fields, width)
}

/// Fields in lines for a page of this width. Notes stand below the others, as wide as the page,
/// as they are read more than looked up.
pub fn sheet_of(fields: &Fields, width: usize) -> Sheet {
    let mut sheet = Sheet::default();
    let beside = width.saturating_sub(usize::from(LABEL) + 1).min(WIDEST);
    for (name, value) in fields.iter().filter(|(name, _)| *name != "notes") {
        let mut label = name;
        for text in texts(value) {
            let label = std::mem::take(&mut label);
            sheet.text((label, LABEL), text.trim_end_matches('\n'), beside);
        }
    }
    if let Some(notes) = fields.get("notes") {
        sheet.text(("", 0), "", width);
        for text in texts(notes) {
            let wide = width.min(usize::from(LABEL) + WIDEST);
            sheet.text(("", 0), text.trim_end_matches('\n'), wide);
        }
    }
    sheet
}

fn texts(value: ValueRef<'_>) -> Vec<String> {
    match value {
        ValueRef::Text(text) => vec![text.to_owned()],
        ValueRef::List(items) => items.iter().map(ValueRef::to_line).collect(),
        ValueRef::When(when) => vec![echo(when)],
        other => vec![other.to_line()],
    }
}

/// Draws an entry as far as it is scrolled, below its title.
pub fn draw(
    customer: &Customer,
    entry: &Entry,
    (reading, sheet): (&Reading, &Sheet),
    page: Rect,
    buf: &mut Buffer,
    look: Look,
) {
    draw_title(customer, Some(entry), page, buf, look);
    reading.draw(sheet, body(page), buf, look.of_sheet());
    reading.draw_search(search_line(page), buf, look.theme);
}

/// Draws whose entry it is, what, when, and its key; without one, the customer.
pub fn draw_title(
    customer: &Customer,
    entry: Option<&Entry>,
    page: Rect,
    buf: &mut Buffer,
    look: Look,
) {
    let theme = look.theme;
    let first = Rect {
        height: page.height.min(1),
        ..page
    };
    let day = entry.and_then(Entry::when).map(echo).unwrap_or_default();
    let kind = visible(entry.map_or("customer", |entry| entry.kind.word()));
    let key = entry.map_or(&customer.key, |entry| &entry.key);
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
        let key = cut(key, left, look.glyphs);
        draw_right(Span::styled(key, theme.dim), first, buf);
    }
}

/// Where the terminal's cursor stands: where something is looked for or found, else at the top.
pub fn cursor(reading: &Reading, sheet: &Sheet, page: Rect) -> Position {
    let found = reading.cursor(sheet, body(page), search_line(page));
    found.unwrap_or(page.as_position())
}
