//! How the list of the timeline looks: rules, days, entries, silences, sums.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::list::List;
use crate::model::brief::home_currency;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::timeline::item::{Role, Stand};
use crate::model::timeline::period::Zoom;
use crate::model::timeline::rows::Row;
use crate::model::timeline::spans::Piece;
use crate::model::timeline::window::{ItemLine, Line};
use crate::ui::ctx::Ctx;
use crate::ui::layout::{self, Room};
use crate::ui::screens::Look;
use crate::ui::screens::customers_draw::{inset, line, mark_selected};
use crate::ui::screens::entry_line::{self, Columns};
use crate::ui::screens::entry_row::{Cells, Tone, cells};
use crate::ui::widgets::row::draw_row;
use crate::ui::widgets::text::cut;

/// The gutter with the day: `21 Sat`.
const GUTTER: usize = 7;
/// The column of the kind.
const WORD: usize = 12;
/// The column of the period of a sum: `2026-W47`, `2026 Q4`.
const PERIOD: usize = 10;

/// Draws the rows that are seen. `focused`: the keys go there.
pub fn draw(list: &List, focused: bool, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let room = Room::of(area);
    let mut y = 0;
    let mut at = list.offset;
    while y < room.height {
        let Some(row) = list.view().line(list.index(), at) else {
            break;
        };
        let lines = list.lines_of(at, room);
        let here = Rect {
            height: u16::try_from(lines).unwrap_or(1),
            ..line(area, y)
        }
        .intersection(area);
        draw_line(list, &row, at, ctx, look, layout::page_inner(here), buf);
        if at == list.selected && list.view().is_choice(at) {
            mark_selected(focused, look, here, buf);
        }
        y += lines;
        at += 1;
    }
}

fn draw_line(
    list: &List,
    row: &Line,
    at: usize,
    ctx: &Ctx,
    look: Look,
    area: Rect,
    buf: &mut Buffer,
) {
    match row {
        Line::Item(item) => {
            let is_first = item.begins_day || at == list.offset;
            let shown = Shown {
                customer: item.customer,
                entry: item.entry,
                day: match is_first {
                    true => day_words(list, item.day),
                    false => String::new(),
                },
                cells: item_cells(item, ctx, look),
            };
            draw_entry(list, shown, at, look, area, buf);
        }
        Line::Undated(customer, entry) => {
            let home = home_currency(customer, &ctx.journal.settings);
            let shown = Shown {
                customer,
                entry: Some(entry),
                day: String::new(),
                cells: cells(entry, None, ctx.today, home, look.glyphs),
            };
            draw_entry(list, shown, at, look, area, buf);
        }
        Line::Rule { title, .. } => draw_rule(title, look, area, buf),
        Line::NoDay => draw_rule("undated", look, area, buf),
        Line::Now(today) => draw_now(&today.strftime("%Y-%m-%d %a").to_string(), look, area, buf),
        Line::Gap(gap) => {
            let rule = look.glyphs.rule();
            let silent = if gap.is_open { "silent for " } else { "" };
            let words = format!("{rule} {silent}{} {rule}", gap.words());
            Span::styled(words, look.theme.dim).render(inset(area, 9), buf);
        }
        Line::Sum { title, sum } => {
            let told = sum.parts(list.index()).join(", ");
            let wide = usize::from(area.width).saturating_sub(PERIOD);
            let pieces = [
                Span::styled(format!("{title:<PERIOD$}"), look.theme.strong),
                Span::styled(cut(&told, wide, look.glyphs), look.theme.text),
            ];
            draw_row(pieces, area, buf);
        }
    }
}

/// A month, a week or a year, and a line to the right edge.
fn draw_rule(title: &str, look: Look, area: Rect, buf: &mut Buffer) {
    Span::styled(title, look.theme.strong).render(area, buf);
    let rest = inset(area, u16::try_from(title.len() + 1).unwrap_or(u16::MAX));
    let rule = look.glyphs.rule().repeat(rest.width.into());
    Span::styled(rule, look.theme.dim).render(rest, buf);
}

/// Where what is to come ends and what was begins.
fn draw_now(day: &str, look: Look, area: Rect, buf: &mut Buffer) {
    let title = format!("today, {day} ");
    Span::styled(title.as_str(), look.theme.accent).render(area, buf);
    let rest = inset(area, u16::try_from(title.len()).unwrap_or(u16::MAX));
    let rule = look.glyphs.rule().repeat(rest.width.into());
    Span::styled(rule, look.theme.accent).render(rest, buf);
}

/// An entry, or another day that matters, as it is shown.
struct Shown<'a> {
    customer: &'a Customer,
    entry: Option<&'a Entry>,
    /// What the gutter says.
    day: String,
    cells: Cells,
}

fn draw_entry(list: &List, shown: Shown, at: usize, look: Look, area: Rect, buf: &mut Buffer) {
    let gutter = GUTTER + if list.zoom() == Zoom::Week { 3 } else { 0 };
    let name = match list.filter().customer {
        Some(_) => None,
        None => Some((shown.customer.name(), name_width(area))),
    };
    let pieces = list.spans().pieces(list.view(), list.index(), at..at + 1);
    let pieces = pieces.into_iter().next().unwrap_or_default();
    let columns = Columns {
        day: (shown.day, gutter),
        deals: deals(&pieces, false, look),
        word: WORD,
        name,
        ..Columns::default()
    };
    let lead = columns.width();
    entry_line::draw(&shown.cells, columns, look, line(area, 0), buf);
    let words = shown.entry.and_then(Entry::second_line);
    if let (Some(words), 2..) = (words, area.height) {
        let second = line(area, 1);
        let below = inset(second, u16::try_from(gutter).unwrap_or(u16::MAX));
        draw_row(deals(&pieces, true, look), below, buf);
        let rest = inset(second, u16::try_from(lead).unwrap_or(u16::MAX));
        let text = cut(words, rest.width.into(), look.glyphs);
        Span::styled(text.as_ref(), look.theme.dim).render(rest, buf);
    }
}

fn day_words(list: &List, day: Date) -> String {
    let format = match list.zoom().rule() {
        Some(Zoom::Week) => "%m-%d %a",
        _ => "%d %a",
    };
    day.strftime(format).to_string()
}

fn item_cells(item: &ItemLine, ctx: &Ctx, look: Look) -> Cells {
    let role = item.role.word();
    let Some(entry) = item.entry else {
        // What stands in the head of a file: when to ask again, when suppliers are chosen.
        return Cells {
            mark: " ",
            word: role.to_owned(),
            text: item.text(),
            detail: String::new(),
            state: item.state(ctx.today),
            tone: Tone::Plain,
        };
    };
    let home = home_currency(item.customer, &ctx.journal.settings);
    let cells = cells(entry, None, ctx.today, home, look.glyphs);
    let whole = format!("{} {role}", item.word);
    // The day is not that of the entry: the word says of what it is.
    let word = match item.role {
        Role::Entry => cells.word,
        _ if whole.len() < WORD => whole,
        _ => role.to_owned(),
    };
    Cells { word, ..cells }
}

/// The lines of the deals beside a row, and a cell of air where there are any.
fn deals(pieces: &[Piece], below: bool, look: Look) -> Vec<Span<'static>> {
    let mut spans: Vec<Span> = pieces
        .iter()
        .map(|piece| span(*piece, below, look))
        .collect();
    if !spans.is_empty() {
        spans.push(Span::raw(" "));
    }
    spans
}

/// The line of a deal beside a row, or beside its second line.
fn span(piece: Piece, below: bool, look: Look) -> Span<'static> {
    let goes_on = piece.is_there && (!below || piece.below);
    let sign = match goes_on {
        true if piece.belongs && !below => look.glyphs.knot(),
        true => look.glyphs.column(),
        false => " ",
    };
    let style = match piece.stand {
        Some(Stand::Won) => look.theme.good,
        Some(Stand::Open) => look.theme.accent,
        _ => look.theme.dim,
    };
    Span::styled(sign, style)
}

fn name_width(area: Rect) -> usize {
    (usize::from(area.width) / 5).clamp(8, 22)
}

/// The month that the first row stands in, where its rule was scrolled away.
pub fn draw_above(list: &List, look: Look, area: Rect, buf: &mut Buffer) {
    let is_rule = |at: &usize| matches!(list.view().row(*at), Some(Row::Rule(_)));
    if list.offset == 0 || is_rule(&list.offset) {
        return;
    }
    let above = (0..list.offset).rev().find(is_rule);
    if let Some(day) = above.and_then(|at| list.view().day(list.index(), at))
        && let Some(zoom) = list.zoom().rule()
    {
        Span::styled(zoom.title(day), look.theme.dim).render(area, buf);
    }
}

/// The row at a line of the area.
pub fn row_at(list: &List, area: Rect, at: Position) -> Option<usize> {
    if !area.contains(at) {
        return None;
    }
    let room = Room::of(area);
    let mut y = usize::from(at.y - area.y);
    let mut row = list.offset;
    loop {
        let lines = list.lines_of(row, room);
        if lines == 0 {
            return None;
        }
        if y < lines {
            return Some(row);
        }
        y -= lines;
        row += 1;
    }
}

/// Where the selected row is.
pub fn cursor(list: &List, area: Rect) -> Option<Position> {
    let room = Room::of(area);
    let lines: usize = (list.offset..list.selected)
        .map(|at| list.lines_of(at, room))
        .sum();
    let y = u16::try_from(lines).ok().filter(|y| *y < area.height)?;
    Some(Position::new(area.x, area.y + y))
}
