//! An entry as one line: day, mark, word, text, and what stands at the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::Look;
use super::entry_row::{Cells, Tone};
use super::search::{Sought, marked};
use crate::ui::widgets::row::draw_row;
use crate::ui::widgets::text::{cut, pad, visible, width};

/// Less than this says too little of who was there or how it came.
const DETAIL: usize = 10;

/// Text and quote need this much beside a state.
const QUOTED: usize = 2 * DETAIL;

/// In less than this a quote begins with what is quoted.
const QUOTE: usize = 32;

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
    /// What was looked for, to be marked where it stands.
    pub found: Option<Sought<'a>>,
    /// What is told in place of the detail where the line would show nothing of it.
    pub quote: Option<&'a Quote>,
}

/// Where something stands that the line does not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// In which field.
    pub field: String,
    /// What stands before it on its line, as far as it is told.
    pub before: String,
    /// Whether more stands before that.
    pub is_cut: bool,
    /// From there on to the end of the line.
    pub rest: String,
}

impl Quote {
    /// The words, in so many cells: with the field and what stands before where there is room.
    fn words(&self, most: usize, look: Look) -> String {
        let dots = |is_cut: bool| {
            if is_cut { look.glyphs.ellipsis() } else { "" }
        };
        let words = match most < QUOTE {
            true => format!("{}{}", dots(!self.before.is_empty()), self.rest),
            false => {
                let dots = dots(self.is_cut);
                format!("{}: {dots}{}{}", self.field, self.before, self.rest)
            }
        };
        cut(&words, most, look.glyphs).into_owned()
    }
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
    let word_style = if columns.word_leads { style } else { theme.dim };
    let name = columns.name.map(|(name, width)| column(name, width));
    let name = name.as_deref().unwrap_or_default();
    let mut told = Told::of(cells, &cells.detail, room, look);
    if let (Some(sought), Some(quote)) = (columns.found, columns.quote) {
        let pieces = [&word, name, &told.text, &told.detail, &told.state];
        if !pieces.iter().any(|piece| sought.is_in(piece)) {
            told = Told::with_quote(cells, quote, room, look);
        }
    }
    let (before_detail, before_state) =
        (" ".repeat(gap(&told.detail)), " ".repeat(gap(&told.state)));
    for (piece, style) in [
        (word.as_str(), word_style),
        (name, theme.text),
        (&told.text, style),
        (&before_detail, theme.text),
        (&told.detail, theme.dim),
        (&before_state, theme.text),
        (&told.state, state_style),
    ] {
        spans.extend(marked(piece, style, columns.found, theme));
    }
    draw_row(spans, area, buf);
}

/// The pieces behind the columns, in the room that each of them gets.
struct Told {
    text: String,
    detail: String,
    state: String,
}

impl Told {
    /// Where something stands is told whole; who and how much get what two fifths leave.
    fn of(cells: &Cells, detail: &str, room: usize, look: Look) -> Told {
        let state = cut(&cells.state, room, look.glyphs);
        let left = room.saturating_sub(width(&state) + gap(&state));
        let most = (room * 2 / 5).saturating_sub(width(&state));
        let most = most.max(DETAIL.min(left / 2));
        let detail = match width(&visible(detail)) {
            wanted if wanted > most && most < DETAIL => "".into(),
            _ => cut(detail, most, look.glyphs),
        };
        Told::fill(cells, detail.into_owned(), state.into_owned(), left, look)
    }

    /// A quote gets what the text leaves, and half of all in any case. Where both would say next
    /// to nothing, it is not told where something stands.
    fn with_quote(cells: &Cells, quote: &Quote, room: usize, look: Look) -> Told {
        let behind = |state: &str| room.saturating_sub(width(state) + gap(state));
        let state = cut(&cells.state, room, look.glyphs);
        let state = match behind(&state) {
            ..QUOTED => "".into(),
            _ => state,
        };
        let left = behind(&state);
        let text = width(&visible(&cells.text)).min(left / 2);
        let most = left.saturating_sub(text + 2);
        let quote = quote.words(most, look);
        Told::fill(cells, quote, state.into_owned(), left, look)
    }

    fn fill(cells: &Cells, detail: String, state: String, left: usize, look: Look) -> Told {
        let text = left.saturating_sub(width(&detail) + gap(&detail));
        Told {
            text: pad(&cells.text, text, look.glyphs),
            detail,
            state,
        }
    }
}

/// The room before a piece at the right edge.
fn gap(text: &str) -> usize {
    if text.is_empty() { 0 } else { 2 }
}
