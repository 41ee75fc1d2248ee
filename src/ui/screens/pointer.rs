//! What the mouse does to the customers screen: the same as the keys, where it points.

use ratatui::layout::{Position, Rect};

use super::customer::Tab;
use super::customers::{Customers, Depth};
use super::page_draw::tab_places;
use super::roll::Row;
use crate::ui::ctx::Ctx;
use crate::ui::keys::Action;
use crate::ui::layout;
use crate::ui::msg::{Mouse, Press};
use crate::ui::widgets::list::Move;

/// How many rows a notch of the wheel is.
pub(super) const NOTCH: usize = 3;

impl Customers {
    /// Takes what the mouse did.
    pub fn mouse(&mut self, mouse: Mouse, ctx: &Ctx) {
        let areas = ctx.areas(self.depth > Depth::List);
        let at = Position::new(mouse.column, mouse.row);
        // What is typed into a filter is kept, as with Enter.
        self.filter.keep();
        self.page.stop_typing();
        let holds = |area: &Rect| area.contains(at);
        if let Some(list) = areas.list.filter(holds) {
            self.depth = Depth::List;
            self.on_list(mouse.press, list, at, ctx);
        } else if let Some(page) = areas.page.filter(holds)
            && self.customer(ctx.journal).is_some()
        {
            self.depth = match layout::beside(page) {
                Some(pane) if pane.contains(at) => self.entry_or_page(ctx),
                Some(_) => Depth::Page,
                None => self.depth.max_page(),
            };
            self.on_page(mouse.press, page, at, ctx);
        }
    }

    fn on_list(&mut self, press: Press, list: Rect, at: Position, ctx: &Ctx) {
        let rows = layout::list_rows(list);
        match press {
            Press::WheelUp => self.roll(Move::Up, ctx),
            Press::WheelDown => self.roll(Move::Down, ctx),
            Press::Drag => {}
            Press::Once | Press::Twice => {
                let row = row_at(rows, at, self.offset);
                let is_customer =
                    |row: &usize| matches!(self.rows.get(*row), Some(Row::Customer(_)));
                let Some(row) = row.filter(is_customer) else {
                    return;
                };
                self.select(row, ctx);
                if press == Press::Twice {
                    self.act(Action::Open, ctx);
                }
            }
        }
    }

    fn on_page(&mut self, press: Press, page: Rect, at: Position, ctx: &Ctx) {
        match press {
            Press::WheelUp => return self.roll(Move::Up, ctx),
            Press::WheelDown => return self.roll(Move::Down, ctx),
            Press::Drag => return,
            Press::Once | Press::Twice if self.depth == Depth::Entry => return,
            Press::Once | Press::Twice => {}
        }
        if let Some(tab) = self.tab_at(page, at, ctx) {
            let here = |tab: Tab| Tab::ALL.iter().position(|t| *t == tab).unwrap_or(0);
            let by = here(tab).cast_signed() - here(self.page.tab).cast_signed();
            let customer = self.customer(ctx.journal);
            self.page.turn(by, customer, ctx);
            return;
        }
        let customer = self.customer(ctx.journal);
        if self.page.select_at(layout::page_rows(page), at, customer) && press == Press::Twice {
            self.act(Action::Open, ctx);
        }
    }

    /// An entry beside the rows is read where there is one.
    fn entry_or_page(&mut self, ctx: &Ctx) -> Depth {
        if self.depth == Depth::Entry {
            return self.depth;
        }
        match self.customer(ctx.journal) {
            Some(customer) if self.page.entry(customer).is_some() => {
                self.page.read(customer, ctx);
                Depth::Entry
            }
            _ => Depth::Page,
        }
    }

    fn tab_at(&self, page: Rect, at: Position, ctx: &Ctx) -> Option<Tab> {
        let line = layout::page_inner(layout::tabs(page));
        let customer = self.customer(ctx.journal)?;
        let places = tab_places(self.page.tab, customer, line);
        let place = places.into_iter().find(|place| place.area.contains(at))?;
        Some(place.tab)
    }

    fn roll(&mut self, step: Move, ctx: &Ctx) {
        for _ in 0..NOTCH {
            self.move_by(step, ctx);
        }
    }
}

/// The row of a list that is drawn at a position.
pub(super) fn row_at(rows: Rect, at: Position, offset: usize) -> Option<usize> {
    rows.contains(at)
        .then(|| offset + usize::from(at.y - rows.y))
}
