//! The brief of a customer: what to know before a call, and from each line to its entry.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;

use super::Answer;
use crate::model::brief::whole::WholeBrief;
use crate::model::customer::Customer;
use crate::ui::ctx::Ctx;
use crate::ui::keys::Action;
use crate::ui::screens::Look;
use crate::ui::theme::Theme;
use crate::ui::widgets::brief_rows::{BriefRow, MOST, Piece, rows};
use crate::ui::widgets::list;
use crate::ui::widgets::popup::Scrolled;
use crate::ui::widgets::row::draw_row;

/// The column of the selection's mark.
const MARK: u16 = 1;
/// A page of it, in lines.
const PAGE: usize = 8;

/// A brief, and which of its lines is selected.
#[derive(Debug)]
pub struct Briefing {
    brief: WholeBrief,
    /// Which of the lines that rest on an entry; where none does, how far it is scrolled.
    selected: usize,
    /// The first row that is seen.
    scroll: Cell<usize>,
}

impl Briefing {
    /// The brief of a customer.
    pub fn new(customer: &Customer, ctx: &Ctx) -> Briefing {
        Briefing {
            brief: WholeBrief::of(customer, &ctx.journal.settings, ctx.today),
            selected: 0,
            scroll: Cell::new(0),
        }
    }

    /// Makes it anew, as the journal is now. The selection stays with its entry.
    pub fn renew(&mut self, ctx: &Ctx) {
        let Some(customer) = ctx.journal.customer(&self.brief.customer) else {
            return;
        };
        let was = self.entry().map(str::to_owned);
        self.brief = WholeBrief::of(customer, &ctx.journal.settings, ctx.today);
        let found = self
            .brief
            .entries()
            .position(|id| Some(id) == was.as_deref());
        let last = self.brief.entries().count().saturating_sub(1);
        self.selected = found.unwrap_or(self.selected.min(last));
    }

    fn entry(&self) -> Option<&str> {
        self.brief.entries().nth(self.selected)
    }

    /// Takes an action; answers whether it stays open, and what is to be done.
    pub fn act(&mut self, action: Option<Action>) -> (bool, Answer) {
        match action {
            Some(Action::Back | Action::Brief) => return (false, Answer::None),
            Some(Action::Open) => {
                let place = self
                    .entry()
                    .map(|id| format!("{}:{id}", self.brief.customer));
                // Where nothing is written down, the page is where it begins.
                let place = place.unwrap_or_else(|| self.brief.customer.to_string());
                return (false, Answer::GoTo(place));
            }
            _ => {}
        }
        if let Some(step) = action.and_then(Action::as_move) {
            self.selected = match self.brief.entries().count() {
                0 => step.from(self.scroll.get(), MOST, PAGE),
                count => step.from(self.selected, count, PAGE),
            };
        }
        (true, Answer::None)
    }

    /// Draws it; answers where the terminal's cursor stands: at the selected line.
    pub fn draw(&self, screen: Rect, buf: &mut Buffer, look: Look) -> Option<Position> {
        let mut all = Vec::new();
        let frame = Scrolled::over(screen, MARK, |width| {
            all = rows(&self.brief, width, look.glyphs);
            all.len()
        });
        let inner = frame.lines;
        let first = self.first_row(&all, inner.height.into());
        let is_more = all.len() > first + usize::from(inner.height);
        frame.draw("brief", is_more, look.theme.accent, look.glyphs, buf);
        let mut cursor = None;
        for (brief_row, area) in all.iter().skip(first).zip(inner.rows()) {
            draw_pieces(brief_row, area, look.theme, buf);
            if brief_row.line == Some(self.selected) {
                let whole = Rect {
                    x: frame.area.x + 1,
                    width: frame.area.width.saturating_sub(2),
                    ..area
                };
                if cursor.is_none() {
                    buf.set_string(whole.x, whole.y, look.glyphs.selection(), look.theme.accent);
                }
                buf.set_style(whole, look.theme.selected);
                cursor = cursor.or(Some(whole.as_position()));
            }
        }
        Some(cursor.unwrap_or(inner.as_position()))
    }

    /// Scrolled so far that the selected line is seen, and with the first and the last one what
    /// stands above and below.
    fn first_row(&self, all: &[BriefRow], height: usize) -> usize {
        let is_it = |row: &BriefRow| row.line == Some(self.selected);
        let lines = all.iter().filter_map(|row| row.line).max();
        let from = match (lines, self.selected) {
            (None, at) => at,
            (_, 0) => 0,
            _ => all.iter().position(is_it).unwrap_or(0),
        };
        let to = match lines {
            None => (from + height).saturating_sub(1),
            Some(last) if last == self.selected => all.len(),
            _ => all.iter().rposition(is_it).unwrap_or(from),
        };
        let first = list::scroll(to, self.scroll.get(), height, all.len());
        let first = list::scroll(from, first, height, all.len());
        self.scroll.set(first);
        first
    }
}

fn draw_pieces(row: &BriefRow, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let pieces = row.pieces.iter();
    let pieces = pieces.map(|(text, piece)| Span::styled(text.as_str(), style(*piece, theme)));
    draw_row(pieces, area, buf);
}

fn style(piece: Piece, theme: &Theme) -> Style {
    match piece {
        Piece::Name => theme.strong,
        Piece::Label => theme.accent,
        Piece::Lead | Piece::Text | Piece::Air => theme.text,
        Piece::Missing | Piece::Aside => theme.dim,
        Piece::Due => theme.alert,
    }
}
