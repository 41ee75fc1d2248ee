//! How the customers screen looks: the list and the page, side by side or one at a time.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::customer::Tab;
use super::customers::{Customers, Depth};
use super::filter::Filter;
use super::timeline::list_draw::cursor as time_cursor;
use super::{entry, list_draw, page_draw};
use crate::model::today::Mark;
use crate::ui::ctx::Ctx;
use crate::ui::keymap::Keymap;
use crate::ui::keys::{Action, Scope};
use crate::ui::layout;
use crate::ui::theme::Theme;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::sheet::SheetLook;

/// What is needed to draw.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// Marks.
    pub glyphs: Glyphs,
    /// Styles.
    pub theme: &'a Theme,
    /// Keys.
    pub keys: &'a Keymap,
    /// Files read so far, and of how many, while the journal loads.
    pub loading: Option<(usize, usize)>,
}

impl<'a> Look<'a> {
    /// How a sheet of fields is drawn.
    pub(super) fn of_sheet(self) -> SheetLook<'a> {
        SheetLook {
            theme: self.theme,
            glyphs: self.glyphs,
            label: self.theme.dim,
        }
    }

    /// How the mark of a reason to turn to somebody is drawn.
    pub(super) fn of_mark(self, mark: Mark) -> Style {
        match mark {
            Mark::Waits => self.theme.alert,
            Mark::Thin => self.theme.text,
            Mark::Asks => self.theme.dim,
        }
    }

    /// Which key clears the filter: while it is typed, or later from the rows below it.
    pub(super) fn clears_filter(self, typing: bool, rows: Scope) -> String {
        let scope = if typing { Scope::Line } else { rows };
        let key = self.keys.shown(scope, Action::Back);
        key.map_or_else(String::new, |key| format!("{key} clears the filter."))
    }
}

/// Draws the screen.
pub fn draw(state: &Customers, ctx: &Ctx, look: Look, buf: &mut Buffer) {
    let areas = ctx.areas(state.depth > Depth::List);
    if let Some(area) = areas.list {
        list_draw::draw(state, ctx, look, area, buf);
    }
    if let Some(rule) = areas.rule {
        draw_rule(rule, look, buf);
    }
    if let Some(area) = areas.page {
        page_draw::draw(state, ctx, look, area, buf);
    }
}

/// A line between two panes.
pub(super) fn draw_rule(rule: Rect, look: Look, buf: &mut Buffer) {
    for row in rule.top()..rule.bottom() {
        buf.set_string(rule.x, row, look.glyphs.column(), look.theme.dim);
    }
}

/// The line of a filter.
pub(super) fn draw_filter(
    filter: &Filter,
    ask: &'static str,
    area: Rect,
    buf: &mut Buffer,
    look: Look,
) {
    Span::styled(" filter ", look.theme.accent).render(area, buf);
    let style = if filter.is_typed() {
        look.theme.text
    } else {
        look.theme.dim
    };
    if let Some(line) = filter.line() {
        line.draw(filter_area(area), buf, style, ask);
    }
}

pub(super) fn filter_area(area: Rect) -> Rect {
    inset(area, 8)
}

/// The selected row: a mark, and where the keys go there, the style of the selection.
pub(super) fn mark_selected(focused: bool, look: Look, area: Rect, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let style = if focused {
        look.theme.accent
    } else {
        look.theme.dim
    };
    buf.set_string(area.x, area.y, look.glyphs.selection(), style);
    if focused {
        buf.set_style(area, look.theme.selected);
    }
}

/// The tab at hand: of the program, and of a page.
pub fn tab_style(theme: &Theme) -> Style {
    theme
        .accent
        .patch(theme.strong)
        .add_modifier(Modifier::UNDERLINED)
}

/// Where the terminal's cursor stands: in the filter, else on the selected row.
pub fn cursor(state: &Customers, ctx: &Ctx) -> Option<Position> {
    let areas = ctx.areas(state.depth > Depth::List);
    match state.depth {
        Depth::List => {
            let list = areas.list?;
            if state.filter.is_typed() {
                return Some(state.filter.line()?.cursor(filter_area(line(list, 1))));
            }
            row_start(layout::list_rows(list), state.selected, state.offset)
        }
        Depth::Page => {
            let page = areas.page?;
            if state.page.filter.is_typed() {
                let line = layout::page_filter(page);
                return Some(state.page.filter.line()?.cursor(filter_area(line)));
            }
            let rows = layout::page_rows(page);
            match state.page.tab {
                Tab::Timeline => time_cursor(&state.page.time, rows),
                Tab::WinLose => {
                    let line = state.page.ledger.line_of(state.page.selected);
                    row_start(rows, line, state.page.offset)
                }
                _ => row_start(rows, state.page.selected, state.page.offset),
            }
        }
        Depth::Entry => {
            let page = layout::page_inner(layout::reading(areas.page?));
            let sheet = state.page.sheet.as_ref()?;
            Some(entry::cursor(&state.page.reading, sheet, page))
        }
    }
}

pub(super) fn row_start(rows: Rect, selected: usize, offset: usize) -> Option<Position> {
    let row = u16::try_from(selected.checked_sub(offset)?).ok()?;
    (row < rows.height).then(|| Position::new(rows.x, rows.y + row))
}

/// One line of an area.
pub(super) fn line(area: Rect, at: usize) -> Rect {
    let at = u16::try_from(at).unwrap_or(u16::MAX).min(area.height);
    Rect {
        y: area.y + at,
        height: u16::from(at < area.height),
        ..area
    }
}

/// An area without its first columns.
pub(super) fn inset(area: Rect, by: u16) -> Rect {
    let by = by.min(area.width);
    Rect {
        x: area.x + by,
        width: area.width - by,
        ..area
    }
}
