//! Going on with the word before the caret: what Tab puts in, and the ways there are.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

use super::screen::Search;
use crate::model::search::query::Completed;
use crate::ui::ctx::Ctx;
use crate::ui::layout;
use crate::ui::msg::{Completing, Effect};
use crate::ui::screens::Look;
use crate::ui::widgets::popup::clear;
use crate::ui::widgets::row::draw_row;
use crate::ui::widgets::text::{pad, width};

/// The widest rows.
const WIDEST: usize = 64;

/// The ways to go on, one of which stands in the line.
#[derive(Debug)]
pub struct Ways {
    /// What was typed, and where the caret stood.
    typed: (String, usize),
    ways: Vec<Completed>,
    at: usize,
}

impl Ways {
    /// The line with one of them in it, and where the caret stands then.
    fn line(&self) -> Option<(String, usize)> {
        let way = self.ways.get(self.at)?;
        let (typed, _) = &self.typed;
        let before = typed.get(..way.range.start)?;
        let behind = typed.get(way.range.end..)?;
        let line = format!("{before}{}{behind}", way.text);
        Some((line, before.len() + way.text.len()))
    }
}

impl Search {
    /// The next way to go on, or the one before; at first it is asked which there are.
    pub(super) fn complete(&mut self, back: bool, ctx: &Ctx) {
        if let Some(ways) = &mut self.ways {
            let count = ways.ways.len();
            let by = if back { count.saturating_sub(1) } else { 1 };
            ways.at = (ways.at + by) % count.max(1);
            return self.put_in(ctx);
        }
        self.tickets += 1;
        self.completes = Some(self.tickets);
        self.wishes.push(Effect::Complete(Box::new(Completing {
            ticket: self.tickets,
            typed: self.field.value().to_owned(),
            caret: self.field.caret(),
            reading: ctx.reading(),
        })));
    }

    /// Takes the ways to go on with what was typed when it was asked for them.
    pub fn completed(&mut self, ticket: u64, ways: Vec<Completed>, ctx: &Ctx) {
        if self.completes.take_if(|asked| *asked == ticket).is_none() || ways.is_empty() {
            return;
        }
        let is_only = ways.len() == 1;
        self.ways = Some(Ways {
            typed: (self.field.value().to_owned(), self.field.caret()),
            ways,
            at: 0,
        });
        self.put_in(ctx);
        if is_only {
            // The next Tab goes on behind it.
            self.ways = None;
        }
    }

    fn put_in(&mut self, ctx: &Ctx) {
        if let Some((line, caret)) = self.ways.as_ref().and_then(Ways::line) {
            self.field.set_at(&line, caret);
            self.read(ctx);
        }
    }

    /// What was typed stands there again; answers whether there was a way to leave.
    pub(super) fn leave_ways(&mut self, ctx: &Ctx) -> bool {
        let Some(ways) = self.ways.take() else {
            return false;
        };
        let (typed, caret) = ways.typed;
        self.field.set_at(&typed, caret);
        self.read(ctx);
        true
    }

    /// Takes the way that is drawn there; answers whether there is one.
    pub(super) fn take_way(&mut self, at: Position, ctx: &Ctx) -> bool {
        let Some(ways) = &mut self.ways else {
            return false;
        };
        let (area, first) = ways.area(ctx);
        let is_there = area.contains(at);
        if is_there {
            ways.at = first + usize::from(at.y - area.y);
            self.put_in(ctx);
        }
        self.ways = None;
        is_there
    }

    /// Draws the ways below the line.
    pub(super) fn draw_ways(&self, ctx: &Ctx, look: Look, buf: &mut Buffer) {
        let Some(ways) = &self.ways else {
            return;
        };
        let (area, first) = ways.area(ctx);
        clear(area, buf);
        let seen = ways.ways.iter().enumerate().skip(first);
        for ((at, way), row) in seen.zip(area.rows()) {
            draw_way(way, ways.columns().0, at == ways.at, look, row, buf);
        }
    }
}

impl Ways {
    /// How wide the column of the ways is, and that of what stands beside them.
    fn columns(&self) -> (usize, usize) {
        let widest = |text: fn(&Completed) -> &str| {
            let all = self.ways.iter().map(|way| width(text(way)));
            all.max().unwrap_or(0)
        };
        let name = widest(|way| &way.shown).min(WIDEST / 2);
        (name, widest(|way| &way.beside).min(WIDEST - name))
    }

    /// Where they are drawn, and the first one that is seen.
    fn area(&self, ctx: &Ctx) -> (Rect, usize) {
        let body = layout::below(layout::body(ctx.size), 1);
        let x = layout::search(ctx.size).field.x.saturating_sub(2);
        let (name, beside) = self.columns();
        let cells = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        let area = Rect {
            x,
            width: cells(name + beside + 5).min(body.width.saturating_sub(x)),
            height: cells(self.ways.len()).min(body.height),
            ..body
        };
        (area, (self.at + 1).saturating_sub(area.height.into()))
    }
}

fn draw_way(
    way: &Completed,
    name: usize,
    is_chosen: bool,
    look: Look,
    row: Rect,
    buf: &mut Buffer,
) {
    let mark = match is_chosen {
        true => look.glyphs.selection(),
        false => look.glyphs.column(),
    };
    let room = usize::from(row.width).saturating_sub(3);
    let name = pad(&way.shown, name.min(room), look.glyphs);
    let left = room.saturating_sub(width(&name) + 2);
    let beside = pad(&way.beside, left, look.glyphs);
    let pieces = [
        Span::styled(format!("{mark} "), look.theme.accent),
        Span::styled(name, look.theme.text),
        Span::raw("  "),
        Span::styled(beside, look.theme.dim),
    ];
    draw_row(pieces, row, buf);
    if is_chosen {
        buf.set_style(row, look.theme.selected);
    }
}
