//! An entry as one line: day, mark, word, text, and what stands at the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::Look;
use super::entry_row::{Cells, Tone};
use crate::ui::widgets::row::draw_row;
use crate::ui::widgets::text::{cut, pad, visible, width};

/// Less than this says too little of who was there or how it came.
const DETAIL: usize = 10;

/// What stands before the text, each in a column of its own.
#[derive(Debug, Default)]
pub struct Columns<'a> {
    /// The day as the gutter says it, and how wide the gutter is.
    pub day: (String, usize),
    /// The lines of deals beside the rows.
    pub deals: Vec<Span<'a>>,
    /// How wide the column of the first word is.
    pub word: usize,
    /// Whether that word is what the row is about.
    pub word_leads: bool,
    /// Whose entry it is, and how wide that column is.
    pub name: Option<(&'a str, usize)>,
}

impl Columns<'_> {
    /// The cells before the text.
    pub fn width(&self) -> usize {
        let deals: usize = self.deals.iter().map(Span::width).sum();
        self.day.1 + deals + 2 + self.word + self.name.map_or(0, |(_, width)| width)
    }
}

/// Draws the line.
pub fn draw(cells: &Cells, columns: Columns, look: Look, area: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let (style, mark_style) = match cells.tone {
        Tone::Past => (theme.dim, theme.dim),
        Tone::Good => (theme.text, theme.good),
        Tone::Due => (theme.text, theme.alert),
        Tone::Open | Tone::Plain => (theme.text, theme.text),
    };
    let state_style = if cells.tone == Tone::Due {
        theme.alert
    } else {
        theme.dim
    };
    let room = usize::from(area.width).saturating_sub(columns.width());
    // Where something stands is told whole; who and how much get what two fifths leave.
    let state = cut(&cells.state, room, look.glyphs);
    let left = room.saturating_sub(width(&state) + gap(&state));
    let most = (room * 2 / 5).saturating_sub(width(&state));
    let most = most.max(DETAIL.min(left / 2));
    let detail = match width(&visible(&cells.detail)) {
        wanted if wanted > most && most < DETAIL => "".into(),
        _ => cut(&cells.detail, most, look.glyphs),
    };
    let text = left.saturating_sub(width(&detail) + gap(&detail));
    let column = |text: &str, width: usize| match width.checked_sub(1) {
        Some(width) => pad(text, width, look.glyphs) + " ",
        None => String::new(),
    };
    let mut spans = vec![Span::styled(
        column(&columns.day.0, columns.day.1),
        theme.dim,
    )];
    spans.extend(columns.deals);
    spans.push(Span::styled(pad(cells.mark, 2, look.glyphs), mark_style));
    let word = column(&cells.word, columns.word);
    spans.push(Span::styled(
        word,
        if columns.word_leads { style } else { theme.dim },
    ));
    if let Some((name, width)) = columns.name {
        spans.push(Span::styled(column(name, width), theme.text));
    }
    spans.extend([
        Span::styled(pad(&cells.text, text, look.glyphs), style),
        Span::raw(" ".repeat(gap(&detail))),
        Span::styled(detail.as_ref(), theme.dim),
        Span::raw(" ".repeat(gap(&state))),
        Span::styled(state.as_ref(), state_style),
    ]);
    draw_row(spans, area, buf);
}

/// The room before a piece at the right edge.
fn gap(text: &str) -> usize {
    if text.is_empty() { 0 } else { 2 }
}
