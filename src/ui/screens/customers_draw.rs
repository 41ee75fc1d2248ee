//! How the customers screen looks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::customer::{Page, Row as PageRow, Tab};
use super::customers::{Ctx, Customers, Depth, Row};
use super::entry;
use super::entry_row::{Tone, cells};
use crate::model::attention::{Attention, short_age};
use crate::model::brief::{Brief, home_currency};
use crate::model::customer::Customer;
use crate::ui::layout;
use crate::ui::theme::Theme;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::text::{cut, pad, pad_left, visible, width};

/// What is needed to draw.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// Marks.
    pub glyphs: Glyphs,
    /// Styles.
    pub theme: &'a Theme,
    /// Files read so far, while the journal loads.
    pub loading: bool,
}

/// Draws the screen.
pub fn draw(state: &Customers, ctx: &Ctx, look: Look, buf: &mut Buffer) {
    let areas = layout::areas(ctx.size, state.depth > Depth::List);
    if let Some(area) = areas.list {
        draw_list(state, ctx, look, area, buf);
    }
    if let Some(rule) = areas.rule {
        for row in rule.top()..rule.bottom() {
            buf.set_string(rule.x, row, look.glyphs.column(), look.theme.dim);
        }
    }
    if let Some(area) = areas.page {
        draw_page(state, ctx, look, area, buf);
    }
}

fn draw_list(state: &Customers, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let shown = state
        .rows
        .iter()
        .filter(|row| matches!(row, Row::Customer { .. }))
        .count();
    let all = ctx.journal.customers.len();
    let count = if state.filter.is_some() {
        format!("{shown} of {all}")
    } else {
        all.to_string()
    };
    let title = Line::from_iter([
        Span::styled(" Customers ", theme.strong),
        Span::styled(count, theme.dim),
        Span::styled(format!("  {}", state.sort.word()), theme.dim),
    ]);
    title.render(line(area, 0), buf);
    if let Some(filter) = &state.filter {
        draw_filter(filter, state.typing, line(area, 1), buf, look);
    }
    let rows = layout::list_rows(area);
    if state.rows.is_empty() && !look.loading {
        let text = match (all, &state.filter) {
            (0, _) => "No customer yet. Press n to write down the first one.",
            (_, Some(_)) => "No customer fits. Esc clears the filter.",
            _ => "",
        };
        Span::styled(text, theme.dim).render(inset(line(rows, 0), 1), buf);
    }
    for (at, row) in state
        .rows
        .iter()
        .enumerate()
        .skip(state.offset)
        .take(rows.height.into())
    {
        let area = line(rows, at - state.offset);
        match row {
            Row::Group(name) => {
                let title = format!(" {}/", visible(name));
                let title = if name == "ourselves" {
                    " ourselves".to_owned()
                } else {
                    title
                };
                Span::styled(title, theme.dim).render(area, buf);
            }
            Row::Customer {
                at: place,
                attention,
            } => {
                if let Some(customer) = ctx.journal.customers.get(*place) {
                    let selected = at == state.selected;
                    draw_customer(customer, attention, ctx, look, area, buf);
                    mark_selected(selected, state.depth == Depth::List, look, area, buf);
                }
            }
        }
    }
}

fn draw_filter(
    filter: &crate::ui::widgets::line_field::LineField,
    typing: bool,
    area: Rect,
    buf: &mut Buffer,
    look: Look,
) {
    Span::styled(" filter ", look.theme.accent).render(area, buf);
    let style = if typing {
        look.theme.text
    } else {
        look.theme.dim
    };
    filter.draw(filter_area(area), buf, style, "type part of a name or tag");
}

fn filter_area(area: Rect) -> Rect {
    inset(area, 8)
}

/// The selected row: a mark, and where the keys go there, the selection's style.
fn mark_selected(selected: bool, focused: bool, look: Look, area: Rect, buf: &mut Buffer) {
    if !selected {
        return;
    }
    buf.set_string(area.x, area.y, look.glyphs.selection(), look.theme.accent);
    if focused {
        buf.set_style(area, look.theme.selected);
    } else {
        buf.set_style(area, look.theme.strong);
    }
}

fn draw_customer(
    customer: &Customer,
    attention: &Attention,
    ctx: &Ctx,
    look: Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let theme = look.theme;
    let touched = customer.last_touch(ctx.today);
    let age = touched.map_or_else(|| "-".to_owned(), |day| short_age(day, ctx.today));
    let (mark, mark_style) = match attention {
        _ if customer.broken => ("? broken".to_owned(), theme.alert),
        a if a.open_count() > 0 => {
            let style = if a.due > 0 { theme.alert } else { theme.text };
            (format!("! {}", a.open_count()), style)
        }
        a if a.overdue_days.is_some() => ("~".to_owned(), theme.dim),
        _ => (String::new(), theme.dim),
    };
    let mark_width = if customer.broken { 9 } else { 5 };
    let name_width = usize::from(area.width).saturating_sub(2 + 6 + 1 + mark_width);
    let name_style = if customer.status() == "active" {
        theme.text
    } else {
        theme.dim
    };
    let line = Line::from_iter([
        Span::raw("  "),
        Span::styled(pad(customer.name(), name_width, look.glyphs), name_style),
        Span::styled(pad_left(&age, 6, look.glyphs), theme.dim),
        Span::raw(" "),
        Span::styled(mark, mark_style),
    ]);
    line.render(area, buf);
}

fn draw_page(state: &Customers, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let Some(customer) = state.customer(ctx.journal) else {
        return;
    };
    if state.depth == Depth::Entry
        && let Some(entry) = state.page.entry(customer)
    {
        entry::draw(entry, state.page.scroll, area, buf, look.theme);
        return;
    }
    draw_brief(customer, ctx, look, area, buf);
    draw_tabs(&state.page, customer, look, layout::tabs(area), buf);
    let rows = layout::page_rows(area);
    if let Some(filter) = &state.page.filter {
        let above = Rect {
            y: rows.y.saturating_sub(1),
            height: 1,
            ..rows
        };
        draw_filter(filter, state.page.typing, above, buf, look);
    }
    if state.page.rows.is_empty() {
        Span::styled(empty_words(&state.page), look.theme.dim).render(line(rows, 0), buf);
    }
    let home = home_currency(customer, &ctx.journal.settings);
    let offset = state.page.offset;
    for (at, row) in state
        .page
        .rows
        .iter()
        .enumerate()
        .skip(offset)
        .take(rows.height.into())
    {
        let area = line(rows, at - offset);
        match row {
            PageRow::Heading(month) => {
                Span::styled(month.as_str(), look.theme.dim).render(area, buf);
            }
            PageRow::Gap(words) => {
                let rule = look.glyphs.rule();
                let text = format!("{rule} {words} {rule}");
                Span::styled(text, look.theme.dim).render(area, buf);
            }
            PageRow::Entry(place) => {
                let same_day = same_day_as_above(customer, &state.page, at);
                draw_entry(
                    customer,
                    *place,
                    same_day,
                    (state.page.tab, home),
                    ctx,
                    look,
                    area,
                    buf,
                );
                let focused = state.depth == Depth::Page;
                if focused && at == state.page.selected {
                    buf.set_style(area, look.theme.selected);
                }
            }
        }
    }
}

fn empty_words(page: &Page) -> String {
    if page.filter.is_some() {
        return "Nothing fits. Esc clears the filter.".to_owned();
    }
    match page.tab {
        Tab::Timeline => "Nothing written down yet. a i logs the first call.".to_owned(),
        tab => format!("No {} yet. a adds one.", tab.title().to_lowercase()),
    }
}

fn same_day_as_above(customer: &Customer, page: &Page, at: usize) -> bool {
    let day = |at: usize| match page.rows.get(at) {
        Some(PageRow::Entry(place)) => customer.entries.get(*place).and_then(|e| e.day()),
        _ => None,
    };
    // The first row that is seen tells its day whatever is above it.
    at > page.offset && at > 0 && day(at).is_some() && day(at) == day(at - 1)
}

#[allow(clippy::too_many_arguments)]
fn draw_entry(
    customer: &Customer,
    place: usize,
    same_day: bool,
    (tab, home): (Tab, &str),
    ctx: &Ctx,
    look: Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let Some(entry) = customer.entries.get(place) else {
        return;
    };
    let theme = look.theme;
    let cells = cells(entry, ctx.today, home, look.glyphs);
    let gutter = match (tab.kind(), entry.day()) {
        (Some(_), Some(day)) => day.to_string(),
        (None, Some(_)) if same_day => String::new(),
        (None, Some(day)) => day.strftime("%d %a").to_string(),
        (_, None) => String::new(),
    };
    let gutter_width = if tab.kind().is_some() { 11 } else { 7 };
    let style = if cells.tone == Tone::Past {
        theme.dim
    } else {
        theme.text
    };
    let mark_style = match cells.tone {
        Tone::Open => theme.alert,
        Tone::Good => theme.good,
        _ => theme.dim,
    };
    let room = usize::from(area.width).saturating_sub(gutter_width + 2 + 12 + 1);
    // The right-hand words get two fifths at most, and only what they need.
    let detail_width = width(&visible(&cells.detail)).min(room * 2 / 5);
    let text_width = room.saturating_sub(detail_width + usize::from(detail_width > 0) * 2);
    let line = Line::from_iter([
        Span::styled(pad(&gutter, gutter_width, look.glyphs), theme.dim),
        Span::styled(pad(cells.mark, 2, look.glyphs), mark_style),
        Span::styled(pad(&cells.word, 12, look.glyphs), theme.dim),
        Span::styled(pad(&cells.text, text_width, look.glyphs), style),
        Span::raw("  "),
        Span::styled(
            pad_left(&cells.detail, detail_width, look.glyphs),
            theme.dim,
        ),
    ]);
    line.render(area, buf);
}

fn draw_brief(customer: &Customer, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let brief = Brief::of(customer, &ctx.journal.settings, ctx.today);
    let height = usize::from(layout::brief_height(area));
    let right = visible(&brief.standing).into_owned();
    let room = usize::from(area.width).saturating_sub(width(&right) + 3);
    let name = cut(customer.name(), room, look.glyphs).into_owned();
    let aliases = customer
        .head
        .texts("aliases")
        .collect::<Vec<_>>()
        .join(", ");
    let alias_room = room.saturating_sub(width(&name) + 2);
    Line::from_iter([
        Span::styled(name, theme.strong),
        Span::raw("  "),
        Span::styled(
            cut(&aliases, alias_room, look.glyphs).into_owned(),
            theme.dim,
        ),
    ])
    .render(line(area, 0), buf);
    Line::styled(format!("{right} "), theme.dim)
        .right_aligned()
        .render(line(area, 0), buf);
    let facts = brief_lines(&brief, home_currency(customer, &ctx.journal.settings));
    let short = height == 2;
    let facts = facts
        .into_iter()
        .filter(|(label, _, _)| !short || *label == "open");
    for (at, (label, text, day)) in facts.enumerate().take(height.saturating_sub(1)) {
        let row = line(area, at + 1);
        Span::styled(label, theme.dim).render(row, buf);
        let day_width = if day.is_empty() { 0 } else { 12 };
        let room = usize::from(row.width).saturating_sub(12 + day_width);
        let text = cut(&text, room, look.glyphs).into_owned();
        Span::styled(text, theme.text).render(inset(row, 12), buf);
        Line::styled(format!("{day} "), theme.dim)
            .right_aligned()
            .render(row, buf);
    }
}

/// Label, text, and a day at the right edge.
fn brief_lines(brief: &Brief, home: &str) -> Vec<(&'static str, String, String)> {
    let dated = |pair: &Option<(String, Option<jiff::civil::Date>)>| match pair {
        Some((text, day)) => (text.clone(), day.map(|d| d.to_string()).unwrap_or_default()),
        None => ("not written down".to_owned(), String::new()),
    };
    let (win, win_day) = dated(&brief.their_win);
    let (last, last_day) = dated(&brief.last);
    let years: Vec<String> = brief
        .value
        .iter()
        .rev()
        .take(4)
        .map(|(year, total)| format!("{year} {}", total.short(home)))
        .collect();
    let value = years.into_iter().rev().collect::<Vec<_>>().join("  ");
    let or_none = |text: String| {
        if text.is_empty() {
            "nothing".to_owned()
        } else {
            text
        }
    };
    vec![
        ("their win", win, win_day),
        ("last", last, last_day),
        ("value", or_none(value), String::new()),
        ("open", or_none(brief.open.clone()), String::new()),
    ]
}

fn draw_tabs(page: &Page, customer: &Customer, look: Look, area: Rect, buf: &mut Buffer) {
    let mut spans = Vec::new();
    for tab in Tab::ALL {
        let style = if tab == page.tab {
            tab_style(look.theme)
        } else {
            look.theme.dim
        };
        spans.push(Span::styled(tab.title(), style));
        let count = tab.open_count(customer);
        if count > 0 {
            spans.push(Span::styled(format!(" {count}"), look.theme.alert));
        }
        spans.push(Span::raw("  "));
    }
    Line::from(spans).render(area, buf);
}

/// The tab at hand: of the program, and of a page.
pub fn tab_style(theme: &Theme) -> Style {
    theme
        .accent
        .patch(theme.strong)
        .add_modifier(ratatui::style::Modifier::UNDERLINED)
}

/// Where the terminal's cursor stands.
pub fn cursor(state: &Customers, ctx: &Ctx) -> Option<Position> {
    let areas = layout::areas(ctx.size, state.depth > Depth::List);
    match state.depth {
        Depth::List => {
            let list = areas.list?;
            if state.typing {
                return Some(state.filter.as_ref()?.cursor(filter_area(line(list, 1))));
            }
            row_start(layout::list_rows(list), state.selected, state.offset)
        }
        Depth::Page => {
            let rows = layout::page_rows(areas.page?);
            if state.page.typing {
                let above = Rect {
                    y: rows.y.saturating_sub(1),
                    height: 1,
                    ..rows
                };
                return Some(state.page.filter.as_ref()?.cursor(filter_area(above)));
            }
            row_start(rows, state.page.selected, state.page.offset)
        }
        Depth::Entry => areas.page.map(Rect::as_position),
    }
}

fn row_start(rows: Rect, selected: usize, offset: usize) -> Option<Position> {
    let row = u16::try_from(selected.checked_sub(offset)?).ok()?;
    (row < rows.height).then(|| Position::new(rows.x, rows.y + row))
}

fn line(area: Rect, at: usize) -> Rect {
    let at = u16::try_from(at).unwrap_or(u16::MAX).min(area.height);
    Rect {
        y: area.y + at,
        height: u16::from(at < area.height),
        ..area
    }
}

fn inset(area: Rect, by: u16) -> Rect {
    let by = by.min(area.width);
    Rect {
        x: area.x + by,
        width: area.width - by,
        ..area
    }
}
