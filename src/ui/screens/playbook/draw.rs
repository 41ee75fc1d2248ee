//! How the playbook looks: pages as tabs, a table, and beside it the words behind the row.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::rows::Playbook;
use crate::model::playbook::table::{Cell, Detail, Head, Row, Weight};
use crate::model::playbook::tables::Page;
use crate::ui::ctx::Ctx;
use crate::ui::keys::Scope;
use crate::ui::layout;
use crate::ui::screens::Look;
use crate::ui::screens::customers_draw::{
    draw_filter, draw_rule, filter_area, inset, line, mark_selected, tab_style,
};
use crate::ui::widgets::row::{draw_right, draw_row};
use crate::ui::widgets::sheet::Reading;
use crate::ui::widgets::text::{cut, pad, pad_left, visible, width};

/// The widest column of words.
const WORDS: usize = 18;
/// The least room in which a sentence says something.
const LEAST: usize = 8;
/// The widest column of labels behind a row.
const LABELS: usize = 14;
/// What stands before the lines behind a row.
const INDENT: u16 = 4;

/// Draws the screen.
pub fn draw(state: &Playbook, ctx: &Ctx, look: Look, buf: &mut Buffer) {
    let areas = Playbook::areas(ctx);
    draw_title(state, ctx, look, layout::page_inner(areas.title), buf);
    for (page, place) in tab_places(state.page, layout::page_inner(areas.tabs)) {
        let style = match page == state.page {
            true => tab_style(look.theme),
            false => look.theme.dim,
        };
        Span::styled(page.title(), style).render(place, buf);
    }
    let above = layout::page_inner(areas.line);
    if state.filter.line().is_some() {
        draw_filter(&state.filter, "words of a row", areas.line, buf, look);
    } else if let Some(words) = &state.table.above {
        let words = cut(words, above.width.into(), look.glyphs);
        draw_row([Span::styled(words.as_ref(), look.theme.text)], above, buf);
    }
    if state.lines.is_empty() {
        let first = layout::page_inner(areas.rows);
        let words = empty_words(state, look);
        let words = cut(&words, first.width.into(), look.glyphs);
        draw_row([Span::styled(words.as_ref(), look.theme.dim)], first, buf);
        return;
    }
    draw_table(state, look, (areas.heads, areas.rows), buf);
    if let (Some(rule), Some(side)) = (areas.rule, areas.side) {
        draw_rule(rule, look, buf);
        let inner = layout::page_inner(side);
        Reading::default().draw(&state.side, inner, buf, look.of_sheet());
    }
}

fn draw_title(state: &Playbook, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let key = state.customer.as_deref();
    let whose = key.and_then(|key| ctx.journal.customer(key));
    let name = whose.map_or("All customers", |customer| customer.name());
    let name = cut(name, usize::from(area.width) * 2 / 5, look.glyphs);
    let says = state.page.says(whose.is_some());
    let room = usize::from(area.width).saturating_sub(width(&name) + 2);
    let says = cut(says, room, look.glyphs);
    let title = [
        Span::styled(name.as_ref(), look.theme.strong),
        Span::raw("  "),
        Span::styled(says.as_ref(), look.theme.dim),
    ];
    draw_row(title, area, buf);
    let all = state.table.rows.len();
    if state.filter.line().is_some() {
        let count = format!("  {} of {all}", state.shown);
        draw_right(Span::styled(count, look.theme.dim), area, buf);
    }
}

/// The tabs as far as they fit into the line, the one at hand among them: those to its left go
/// first.
pub(super) fn tab_places(here: Page, line: Rect) -> Vec<(Page, Rect)> {
    let cells = |page: &Page| u16::try_from(page.title().len()).unwrap_or(u16::MAX);
    let at = Page::ALL.iter().position(|page| *page == here).unwrap_or(0);
    let until = |first: usize| -> u16 {
        let seen = Page::ALL.iter().take(at + 1).skip(first);
        seen.map(|page| cells(page) + 2).sum::<u16>()
    };
    let first = (0..at).find(|first| until(*first) <= line.width + 2);
    let mut places = Vec::new();
    let mut x = line.x;
    for page in Page::ALL.iter().skip(first.unwrap_or(at)) {
        let width = cells(page);
        if width > line.right().saturating_sub(x) {
            break;
        }
        places.push((*page, Rect { x, width, ..line }));
        x = x.saturating_add(width + 2);
    }
    places
}

fn empty_words(state: &Playbook, look: Look) -> String {
    if state.filter.line().is_none() {
        return state.table.empty.to_owned();
    }
    let cure = look.clears_filter(state.filter.is_typed(), Scope::Playbook);
    format!("Nothing fits. {cure}")
}

fn draw_table(state: &Playbook, look: Look, (heads, rows): (Rect, Rect), buf: &mut Buffer) {
    let theme = look.theme;
    let columns = Columns::new(state, layout::page_inner(rows).width.into());
    let titles = state.table.heads.iter();
    let titles = titles.map(|head| (head.title.to_string(), theme.dim));
    columns.draw(titles, look, layout::page_inner(heads), buf);
    let seen = state.lines.iter().enumerate().skip(state.offset);
    for (at, seen) in seen.take(rows.height.into()) {
        let area = line(rows, at - state.offset);
        let Some(row) = state.table.rows.get(seen.row) else {
            continue;
        };
        match seen.detail {
            None => {
                let words = row
                    .cells
                    .iter()
                    .map(|cell| (words(cell, look), style(row, look)));
                columns.draw(words, look, layout::page_inner(area), buf);
            }
            Some(detail) => {
                if let Some(detail) = row.details.get(detail) {
                    draw_detail(detail, row, look, layout::page_inner(area), buf);
                }
            }
        }
        if at == state.selected {
            mark_selected(true, look, area, buf);
        }
    }
}

fn words(cell: &Cell, look: Look) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Bars(parts) => {
            let bars = parts.iter().map(|part| look.glyphs.level(*part, 1.0));
            bars.collect()
        }
    }
}

fn style(row: &Row, look: Look) -> Style {
    match row.weight {
        Weight::Plain => look.theme.text,
        Weight::Now => look.theme.accent,
        Weight::Faint => look.theme.dim,
    }
}

fn draw_detail(detail: &Detail, row: &Row, look: Look, area: Rect, buf: &mut Buffer) {
    let area = inset(area, INDENT);
    let labels = row
        .details
        .iter()
        .map(|detail| width(&visible(&detail.label)));
    let labels = labels.max().unwrap_or(0).min(LABELS);
    let label = pad(&detail.label, labels, look.glyphs);
    let room = usize::from(area.width).saturating_sub(labels + 2);
    let text = cut(&detail.text, room, look.glyphs);
    let pieces = [
        Span::styled(label, look.theme.dim),
        Span::raw("  "),
        Span::styled(text.as_ref(), look.theme.text),
    ];
    draw_row(pieces, area, buf);
}

/// How wide the columns are.
struct Columns<'a> {
    heads: &'a [Head],
    widths: Vec<usize>,
}

impl<'a> Columns<'a> {
    /// Words and numbers as wide as they are, up to a limit; sentences share the rest.
    fn new(state: &'a Playbook, room: usize) -> Columns<'a> {
        let table = &state.table;
        let natural = |at: usize| {
            let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
            let cells = cells.map(|cell| match cell {
                Cell::Text(text) => width(&visible(text)),
                Cell::Bars(parts) => parts.len(),
            });
            let title = table.heads.get(at).map_or(0, |head| head.title.len());
            cells.max().unwrap_or(0).max(title)
        };
        let mut widths: Vec<usize> = (0..table.heads.len()).map(natural).collect();
        for (head, width) in table.heads.iter().zip(&mut widths) {
            if !head.is_text {
                *width = (*width).min(WORDS);
            }
        }
        let texts = table.heads.iter().filter(|head| head.is_text).count();
        let fixed = table.heads.iter().zip(&widths);
        let fixed = fixed
            .filter(|(head, _)| !head.is_text)
            .map(|(_, width)| width + 2);
        let mut left = room.saturating_sub(fixed.sum::<usize>() + 2 * texts.saturating_sub(1));
        let mut waiting = texts;
        for (head, width) in table.heads.iter().zip(&mut widths) {
            if head.is_text {
                // A short column leaves its room to those behind it.
                let share = left / waiting.max(1);
                let whole = *width;
                *width = match waiting {
                    1 => left,
                    _ => whole.min(share),
                };
                left -= *width;
                waiting -= 1;
                // Less than a word says nothing.
                if *width < whole.min(LEAST) {
                    *width = 0;
                }
            }
        }
        Columns {
            heads: &table.heads,
            widths,
        }
    }

    /// Draws a row of cells; what has no room is left out.
    fn draw(
        &self,
        cells: impl Iterator<Item = (String, Style)>,
        look: Look,
        area: Rect,
        buf: &mut Buffer,
    ) {
        let mut x = 0;
        for ((text, style), (head, width)) in cells.zip(self.heads.iter().zip(&self.widths)) {
            let place = inset(area, u16::try_from(x).unwrap_or(u16::MAX));
            let room = (*width).min(place.width.into());
            if room == 0 || (head.is_number && room < *width) {
                break;
            }
            let text = match head.is_number {
                true => pad_left(&text, room, look.glyphs),
                false => cut(&text, room, look.glyphs).into_owned(),
            };
            draw_row([Span::styled(text, style)], place, buf);
            x += width + 2;
        }
    }
}

/// Where the terminal's cursor stands: in the filter, else on the selected line.
pub fn cursor(state: &Playbook, ctx: &Ctx) -> Option<Position> {
    let areas = Playbook::areas(ctx);
    if state.filter.is_typed() {
        return Some(state.filter.line()?.cursor(filter_area(areas.line)));
    }
    let row = u16::try_from(state.selected.checked_sub(state.offset)?).ok()?;
    let is_there = row < areas.rows.height && !state.lines.is_empty();
    is_there.then(|| Position::new(areas.rows.x, areas.rows.y + row))
}
