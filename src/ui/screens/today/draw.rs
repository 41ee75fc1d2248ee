//! How the screen of today looks: a mark, who, and why; on a wide screen what it rests on.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::rows::{Line, entry};
use super::screen::Turning;
use crate::model::customer::Customer;
use crate::model::today::Reason;
use crate::ui::ctx::Ctx;
use crate::ui::keys::Scope;
use crate::ui::layout;
use crate::ui::screens::customers_draw::{
    draw_filter, draw_rule, filter_area, inset, line, mark_selected, row_start,
};
use crate::ui::screens::{Look, entry as sheet, list_draw, page_draw};
use crate::ui::widgets::row::{draw_right, draw_row};
use crate::ui::widgets::sheet::Reading;
use crate::ui::widgets::text::{cut, pad, visible, width, wrap};

/// The mark of the selection and that of the row, each with a space behind it.
const MARKS: usize = 4;
/// How many more there are, with air around it.
const MORE: usize = 5;

/// Draws the screen.
pub fn draw(state: &Turning, ctx: &Ctx, look: Look, buf: &mut Buffer) {
    let areas = layout::today(ctx.size);
    let list = areas.list;
    draw_title(state, ctx, look, layout::page_inner(line(list, 0)), buf);
    if state.filter.line().is_some() {
        let ask = "part of a name or a reason";
        draw_filter(&state.filter, ask, line(list, 1), buf, look);
    }
    let rows = layout::list_rows(list);
    if state.rows.lines.is_empty() {
        let words = empty_words(state, ctx, look);
        let room = usize::from(rows.width).saturating_sub(4);
        for (at, part) in wrap(&words, room).iter().enumerate() {
            Span::styled(part.as_ref(), look.theme.dim).render(inset(line(rows, at), 2), buf);
        }
    }
    let seen = state.rows.lines.iter().enumerate().skip(state.offset);
    for (at, row) in seen.take(rows.height.into()) {
        let area = line(rows, at - state.offset);
        draw_line(row, state.rows.widest, ctx, look, area, buf);
        if at == state.selected {
            mark_selected(true, look, area, buf);
        }
    }
    if let Some(area) = areas.whole {
        draw_whole(state, ctx, look, area, buf);
    }
    if let (Some(rule), Some(page)) = (areas.rule, areas.page) {
        draw_rule(rule, look, buf);
        if let Some((customer, reason)) = state.reason(ctx) {
            draw_page(customer, reason, ctx, look, page, buf);
        }
    }
}

fn draw_title(state: &Turning, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let title = format!("Today, {}", ctx.today.strftime("%a %F"));
    let (shown, all) = (state.rows.shown, state.rows.all);
    let count = match (state.filter.line(), all) {
        (Some(_), _) => format!("{shown} of {all}"),
        (None, 0) => String::new(),
        (None, 1) => "1 reason".to_owned(),
        (None, all) => format!("{all} reasons"),
    };
    draw_row([Span::styled(title, look.theme.strong)], area, buf);
    draw_right(Span::styled(count, look.theme.dim), area, buf);
}

fn draw_line(row: &Line, widest: usize, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let Some((customer, reason)) = row.of(ctx.reasons) else {
        return;
    };
    let theme = look.theme;
    let mark = reason.rule.mark();
    let whole = usize::from(area.width);
    let names = names_room(whole, widest);
    let name = if row.leads { customer.name() } else { "" };
    let more = match row.folded {
        0 => String::new(),
        folded => format!("+{folded}"),
    };
    let room = reason_room(whole, names);
    let pieces = [
        Span::raw("  "),
        Span::styled(mark.sign(), look.of_mark(mark)),
        Span::raw(" "),
        Span::styled(pad(name, names, look.glyphs), theme.strong),
        Span::raw("  "),
        Span::styled(cut(&reason.text, room, look.glyphs), theme.text),
    ];
    draw_row(pieces, area, buf);
    let area = Rect {
        width: area.width.saturating_sub(1),
        ..area
    };
    draw_right(Span::styled(more, theme.dim), area, buf);
}

/// The cells of the column of names.
fn names_room(whole: usize, widest: usize) -> usize {
    widest.min((whole / 4).max(8))
}

/// The cells that a row leaves for the reason.
fn reason_room(whole: usize, names: usize) -> usize {
    whole.saturating_sub(MARKS + names + 2 + MORE)
}

/// The selected reason below the rows, where its row had to cut it.
fn draw_whole(state: &Turning, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let Some((_, reason)) = state.reason(ctx) else {
        return;
    };
    let whole = usize::from(area.width);
    let room = reason_room(whole, names_room(whole, state.rows.widest));
    if width(&visible(&reason.text)) <= room {
        return;
    }
    let area = layout::page_inner(area);
    let parts = wrap(&reason.text, area.width.into());
    for (part, row) in parts.iter().zip(area.rows()) {
        Span::styled(part.as_ref(), look.theme.dim).render(row, buf);
    }
}

/// Who they are, the whole reason, and the entry that it rests on.
fn draw_page(
    customer: &Customer,
    reason: &Reason,
    ctx: &Ctx,
    look: Look,
    page: Rect,
    buf: &mut Buffer,
) {
    page_draw::draw_brief(customer, ctx, look, page, buf);
    // The whole brief has a line of air below it.
    let brief = layout::brief_height(page);
    let air = u16::from(brief <= 2);
    let mut rest = layout::page_inner(layout::below(page, brief + air));
    let mark = reason.rule.mark();
    let room = usize::from(rest.width).saturating_sub(2);
    for (at, part) in wrap(&reason.text, room).iter().enumerate() {
        let sign = if at == 0 { mark.sign() } else { " " };
        let pieces = [
            Span::styled(sign, look.of_mark(mark)),
            Span::raw(" "),
            Span::styled(part.as_ref(), look.theme.text),
        ];
        draw_row(pieces, line(rest, 0), buf);
        rest = layout::below(rest, 1);
    }
    let rest = layout::below(rest, 1);
    if let Some(entry) = entry(customer, reason) {
        sheet::draw_title(customer, Some(entry), rest, buf, look);
        let body = sheet::body_close(rest);
        let lines = sheet::sheet(entry, body.width.into());
        Reading::default().draw(&lines, body, buf, look.of_sheet());
    }
}

fn empty_words(state: &Turning, ctx: &Ctx, look: Look) -> String {
    if let Some(words) = list_draw::no_customer_words(ctx, look, Scope::Today) {
        return words;
    }
    if state.filter.line().is_some() && state.rows.all > 0 {
        let cure = look.clears_filter(state.filter.is_typed(), Scope::Today);
        return format!("Nothing fits. {cure}");
    }
    match &state.next {
        Some((day, name)) => {
            let day = day.strftime("%a %F");
            format!("Nothing waits today. Next: {name}, {day}.")
        }
        None => "Nothing waits today.".to_owned(),
    }
}

/// Where the terminal's cursor stands: in the filter, else on the selected row.
pub fn cursor(state: &Turning, ctx: &Ctx) -> Option<Position> {
    let list = layout::today(ctx.size).list;
    if state.filter.is_typed() {
        return Some(state.filter.line()?.cursor(filter_area(line(list, 1))));
    }
    row_start(layout::list_rows(list), state.selected, state.offset)
}
