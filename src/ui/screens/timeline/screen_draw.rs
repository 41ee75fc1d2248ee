//! How the timeline screen looks.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::screen::{Pane, Timeline};
use super::{calendar_draw, lanes, list_draw, strip_draw};
use crate::model::timeline::calendar::Calendar;
use crate::model::timeline::only::Only;
use crate::model::timeline::period::{Period, Zoom};
use crate::ui::ctx::Ctx;
use crate::ui::keys::{Action, Scope};
use crate::ui::layout::{self, TimelineAreas};
use crate::ui::screens::customers_draw::{draw_filter, filter_area};
use crate::ui::screens::{Look, entry};
use crate::ui::widgets::row::{draw_right, draw_row};
use crate::ui::widgets::sheet::Reading;
use crate::ui::widgets::text::cut;

/// Draws the screen.
pub fn draw(state: &Timeline, ctx: &Ctx, look: Look, buf: &mut Buffer) {
    let areas = layout::timeline(ctx.size);
    draw_title(state, ctx, look, layout::page_inner(areas.title), buf);
    draw_line(state, look, areas.line, buf);
    if let (Some(area), Some(density)) = (areas.strip, &state.strip) {
        let area = layout::page_inner(area);
        strip_draw::draw(density, shown_period(state, ctx), look, area, buf);
    }
    if state.pane == Pane::Lanes {
        let basis = state.basis(ctx);
        lanes::draw(&state.lanes, basis, look, true, areas.lanes, buf);
        return;
    }
    draw_list(state, &areas, ctx, look, buf);
}

fn draw_list(state: &Timeline, areas: &TimelineAreas, ctx: &Ctx, look: Look, buf: &mut Buffer) {
    if state.list.view().is_empty() {
        let first = layout::page_inner(areas.rows);
        Span::styled(empty_words(state, look), look.theme.dim).render(first, buf);
    }
    list_draw::draw(&state.list, true, ctx, look, areas.rows, buf);
    if let Some(rule) = areas.rule {
        for row in rule.top()..rule.bottom() {
            buf.set_string(rule.x, row, look.glyphs.column(), look.theme.dim);
        }
    }
    if let Some(area) = areas.calendar {
        let (month, day) = calendar(state, ctx);
        calendar_draw::draw(&month, day, look, layout::page_inner(area), buf);
    }
    if let (Some(area), Some((customer, Some(read)))) = (areas.entry, state.list.chosen()) {
        let inner = layout::page_inner(area);
        let sheet = entry::sheet(read, inner.width.into());
        entry::draw(
            customer,
            read,
            (&Reading::default(), &sheet),
            inner,
            buf,
            look,
        );
    }
}

/// The month of the selected row, and its day.
pub(super) fn calendar(state: &Timeline, ctx: &Ctx) -> (Calendar, Date) {
    let list = &state.list;
    let day = list.day().unwrap_or(ctx.today);
    let (index, selection) = (list.index(), list.selection());
    let month = Calendar::new(index, selection, day, ctx.today, list.week_starts());
    (month, day)
}

/// The period of the row, or of the cell, that is selected.
fn shown_period(state: &Timeline, ctx: &Ctx) -> Option<Period> {
    match state.pane {
        Pane::Lanes => state
            .lanes
            .chosen(state.basis(ctx))
            .map(|(_, period)| period),
        Pane::List => {
            let day = state.list.day()?;
            let zoom = state.list.zoom().max(Zoom::Month);
            Some(zoom.around(day, state.list.week_starts()))
        }
    }
}

/// Whose timeline, how it is shown, and of which time.
fn draw_title(state: &Timeline, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let list = &state.list;
    let only = list.filter().customer.as_deref();
    let whose = match only.and_then(|key| ctx.journal.customer(key)) {
        Some(customer) => customer.name().to_owned(),
        None => "All customers".to_owned(),
    };
    let order = match (state.pane, list.is_newest_first()) {
        (Pane::Lanes, _) => format!("by {}", state.lanes.zoom()),
        (Pane::List, true) => format!("by {}, newest first", list.zoom()),
        (Pane::List, false) => format!("by {}, oldest first", list.zoom()),
    };
    let entries = match list.view().entries() {
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    };
    let how = format!("{entries} {order}");
    let period = match list.filter().period {
        Some(period) => period.title(list.week_starts()),
        None => "all of time".to_owned(),
    };
    let room = usize::from(area.width);
    let whose = cut(&whose, room * 2 / 5, look.glyphs);
    let title = [
        Span::styled(whose.as_ref(), look.theme.strong),
        Span::raw("  "),
        Span::styled(how, look.theme.dim),
    ];
    draw_row(title, area, buf);
    let style = match list.filter().period {
        Some(_) => look.theme.accent,
        None => look.theme.dim,
    };
    draw_right(Span::styled(period, style), area, buf);
}

/// The filter, else the month that the first row stands in, where its rule was scrolled away.
fn draw_line(state: &Timeline, look: Look, area: Rect, buf: &mut Buffer) {
    if state.filter.line().is_some() {
        let ask = "words, kind:call tag:osaka deal:web is:open";
        draw_filter(&state.filter, ask, area, buf, look);
        return;
    }
    if let Some(only) = &state.list.filter().only {
        draw_only(only, look, area, buf);
        return;
    }
    if state.pane == Pane::List {
        list_draw::draw_above(&state.list, look, layout::page_inner(area), buf);
    }
}

/// The search whose hits are shown alone.
fn draw_only(only: &Only, look: Look, area: Rect, buf: &mut Buffer) {
    let clears = look.keys.shown(Scope::Timeline, Action::ClearFilter);
    let clears = clears.map_or_else(String::new, |key| format!("  {key} shows everything"));
    let room = usize::from(filter_area(area).width).saturating_sub(clears.len() + 1);
    let typed = cut(only.typed(), room, look.glyphs);
    let pieces = [
        Span::styled(" search ", look.theme.accent),
        Span::styled(typed.as_ref(), look.theme.text),
        Span::styled(clears.as_str(), look.theme.dim),
    ];
    draw_row(pieces, area, buf);
}

fn empty_words(state: &Timeline, look: Look) -> String {
    if state.list.index().is_empty() {
        return "Nothing has a day yet: what is written down about customers will stand here."
            .to_owned();
    }
    let cure = look.clears_filter(state.filter.is_typed(), Scope::Timeline);
    format!("Nothing fits. {cure}")
}

/// Where the terminal's cursor stands: in the filter, else on the selected row.
pub fn cursor(state: &Timeline, ctx: &Ctx) -> Option<Position> {
    let areas = layout::timeline(ctx.size);
    if state.filter.is_typed() {
        let line = state.filter.line()?;
        return Some(line.cursor(filter_area(areas.line)));
    }
    match state.pane {
        Pane::List => list_draw::cursor(&state.list, areas.rows),
        Pane::Lanes => lanes::cursor(&state.lanes, state.basis(ctx), areas.lanes),
    }
}
