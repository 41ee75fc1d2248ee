//! How the list of customers looks: name, what is open, and for how long it has been quiet.

use std::sync::Arc;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::customers::{Customers, Depth};
use super::customers_draw::{Look, draw_filter, inset, line, mark_selected};
use super::roll::{Known, Row, Sort};
use crate::model::age::short_age;
use crate::model::attention::Attention;
use crate::model::brief::open_words;
use crate::model::customer::Customer;
use crate::model::today::Reason;
use crate::ui::ctx::Ctx;
use crate::ui::keys::{Action, Scope};
use crate::ui::layout;
use crate::ui::widgets::row::draw_row;
use crate::ui::widgets::text::{cut, pad, pad_left, visible, width, wrap};

/// The column of what is due or open.
const MARK: usize = 5;
/// From this width on a row has room for a status and for what is open, in words.
const WORDS: u16 = 60;

/// Draws the list.
pub fn draw(state: &Customers, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    draw_title(state, look, line(area, 0), buf);
    if state.filter.line().is_some() {
        let ask = "part of a name or tag";
        draw_filter(&state.filter, ask, line(area, 1), buf, look);
    } else if !state.rows.is_empty() {
        draw_headings(state.sort, ctx, look, line(area, 1), buf);
    }
    let rows = layout::list_rows(area);
    if state.rows.is_empty() {
        draw_empty(state, ctx, look, rows, buf);
    }
    let seen = state.rows.iter().enumerate().skip(state.offset);
    for (at, row) in seen.take(rows.height.into()) {
        let area = line(rows, at - state.offset);
        match row {
            Row::Group(name) => {
                let title = if name == "ourselves" {
                    " ourselves".to_owned()
                } else {
                    format!(" {}/", cut(name, usize::from(area.width), look.glyphs))
                };
                Span::styled(title, look.theme.dim).render(area, buf);
            }
            Row::Customer(place) => {
                let known = state.roll.known(*place);
                if let Some(pair) = ctx.journal.customers.get(*place).zip(known) {
                    draw_customer(pair, (state.sort, ctx), look, area, buf);
                    if at == state.selected {
                        if state.depth > Depth::List {
                            buf.set_style(area, look.theme.strong);
                        }
                        mark_selected(state.depth == Depth::List, look, area, buf);
                    }
                }
            }
        }
    }
}

fn draw_title(state: &Customers, look: Look, area: Rect, buf: &mut Buffer) {
    let (all, shown) = state.roll.counts();
    let count = match state.filter.line() {
        Some(_) => format!("{shown} of {all}"),
        None => all.to_string(),
    };
    Line::from_iter([
        Span::styled(" Customers ", look.theme.strong),
        Span::styled(count, look.theme.dim),
        Span::styled(format!("  {}", state.sort.word()), look.theme.dim),
    ])
    .render(area, buf);
}

/// Why there is no row, where that is for want of customers: they are being read, or there are
/// none. `scope`: whose key makes the first one.
pub(super) fn no_customer_words(ctx: &Ctx, look: Look, scope: Scope) -> Option<String> {
    match (look.loading, ctx.journal.customers.len()) {
        (Some((_, 0)), _) => Some("Reading the journal".to_owned()),
        (Some((read, of)), _) => Some(format!("Reading the journal: {read} of {of} files")),
        (None, 0) => Some(match look.keys.shown(scope, Action::New) {
            Some(key) => format!("No customer yet. Press {key} to write down the first one."),
            None => "No customer yet.".to_owned(),
        }),
        (None, _) => None,
    }
}

fn draw_empty(state: &Customers, ctx: &Ctx, look: Look, rows: Rect, buf: &mut Buffer) {
    let text = match (
        no_customer_words(ctx, look, Scope::Customers),
        state.filter.line(),
    ) {
        (Some(words), _) => words,
        (None, Some(_)) => {
            let cure = look.clears_filter(state.filter.is_typed(), Scope::Customers);
            format!("No customer fits. {cure}")
        }
        (None, None) => String::new(),
    };
    let room = usize::from(rows.width).saturating_sub(4);
    for (at, part) in wrap(&text, room).iter().enumerate() {
        Span::styled(part.as_ref(), look.theme.dim).render(inset(line(rows, at), 2), buf);
    }
}

fn draw_customer(
    (customer, known): (&Arc<Customer>, &Known),
    (sort, ctx): (Sort, &Ctx),
    look: Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let theme = look.theme;
    let attention = &known.attention;
    let columns = columns(area.width, sort, ctx);
    let measure = measure(known, columns.measure > 6, ctx);
    let (mark, mark_style) = mark(ctx.reasons.of_customer(&customer.key), attention, look);
    let right = columns.due + columns.value + columns.measure + 1 + MARK;
    let room = usize::from(area.width).saturating_sub(2 + right);
    let is_active = customer.status() == "active";
    let name_style = if is_active { theme.text } else { theme.dim };
    let mut spans = vec![Span::raw("  ")];
    if columns.status > 0 && !customer.is_ourselves() {
        let most = if columns.words { 32 } else { room };
        let left = room.saturating_sub(columns.status);
        let third = (room / 3).clamp(20, most.max(20));
        let name_width = if columns.words { third } else { left };
        let name = pad(customer.name(), name_width.saturating_sub(1), look.glyphs);
        spans.extend([
            Span::styled(name + " ", name_style),
            Span::styled(
                pad(customer.status(), columns.status, look.glyphs),
                theme.dim,
            ),
        ]);
        let style = if attention.due > 0 {
            theme.alert
        } else {
            theme.dim
        };
        let words = left.saturating_sub(name_width);
        spans.push(Span::styled(
            pad(&reasons(attention), words, look.glyphs),
            style,
        ));
    } else {
        spans.push(Span::styled(
            name_and_status(customer, room, look),
            name_style,
        ));
    }
    let due = attention.next_due.map(|due| due_words(due, ctx.today));
    let home = ctx.journal.settings.currency().unwrap_or("");
    let value = known.total.short(home);
    let due_style = if attention.due > 0 {
        theme.alert
    } else {
        theme.dim
    };
    let due = right_cell(&due.unwrap_or_default(), columns.due, look);
    spans.extend([
        Span::styled(due, due_style),
        Span::styled(right_cell(&value, columns.value, look), theme.dim),
    ]);
    if customer.broken {
        // How long ago the last touch was is not known of a file that can't be read whole.
        let room = columns.measure + MARK;
        spans.push(Span::styled(
            pad_left("? broken", room, look.glyphs),
            theme.alert,
        ));
    } else {
        spans.extend([
            Span::styled(pad_left(&measure, columns.measure, look.glyphs), theme.dim),
            Span::raw(" "),
            Span::styled(mark, mark_style),
        ]);
    }
    draw_row(spans, area, buf);
}

/// The reasons to turn to them today, as that screen marks them, or what is open.
fn mark(reasons: &[Reason], attention: &Attention, look: Look) -> (String, Style) {
    if let Some(first) = reasons.first() {
        let mark = first.rule.mark();
        let words = format!("{} {}", mark.sign(), reasons.len());
        return (words, look.of_mark(mark));
    }
    match attention.open_count() {
        0 => (String::new(), look.theme.dim),
        open => (format!("{} {open}", look.glyphs.open()), look.theme.text),
    }
}

/// The columns of a list, by how many cells they take; 0: there is no room for it.
struct Columns {
    status: usize,
    /// Whether what is open is told in words.
    words: bool,
    due: usize,
    value: usize,
    measure: usize,
}

/// Beside a page, which tells what is open, figures come before words.
fn columns(width: u16, sort: Sort, ctx: &Ctx) -> Columns {
    let is_beside = ctx.size.width >= layout::WIDE;
    let from = |least: u16, cells: usize| if width >= least { cells } else { 0 };
    let value = if is_beside { from(58, 11) } else { 0 };
    // What the list is sorted by is told whole.
    let is_measured_in_money = sort == Sort::Value && value == 0;
    Columns {
        status: from(if is_beside { 58 } else { WORDS }, 10),
        words: width >= if is_beside { 96 } else { WORDS },
        due: if is_beside { from(46, 10) } else { 0 },
        value,
        measure: if is_measured_in_money { 11 } else { 6 },
    }
}

/// The headings of the columns at the right, where there are several.
fn draw_headings(sort: Sort, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let columns = columns(area.width, sort, ctx);
    if columns.due == 0 {
        return;
    }
    let last = if columns.measure > 6 { "value" } else { "last" };
    let text = right_cell("due", columns.due, look) + &right_cell("value", columns.value, look);
    let text = text + &right_cell(last, columns.measure, look) + &" ".repeat(6);
    let line = Line::from(Span::styled(text, look.theme.dim));
    line.right_aligned().render(area, buf);
}

/// A cell at the right of its column, a space away from the one before.
fn right_cell(text: &str, width: usize, look: Look) -> String {
    let cell = width.checked_sub(1);
    cell.map_or_else(String::new, |width| {
        format!(" {}", pad_left(text, width, look.glyphs))
    })
}

/// `today`, `3d late`, `12-04`, and of other years the year.
fn due_words(due: Date, today: Date) -> String {
    match due {
        _ if due == today => "today".to_owned(),
        _ if due < today => format!("{} late", short_age(due, today)),
        _ if due.year() == today.year() => due.strftime("%m-%d").to_string(),
        _ => due.strftime("%Y-%m").to_string(),
    }
}

/// The name, and the status unless it goes without saying.
fn name_and_status(customer: &Customer, room: usize, look: Look) -> String {
    let status = match customer.status() {
        "active" => "".into(),
        other => visible(other),
    };
    let gap = if status.is_empty() { 0 } else { 2 };
    // The status is told whole: that a name is dim does not say it to everybody.
    let left = room.saturating_sub(gap + width(&status));
    let name = cut(customer.name(), left.max(room.min(8)), look.glyphs);
    let text = format!("{name}{}{status}", " ".repeat(gap));
    pad(&text, room, look.glyphs)
}

/// What the row is measured by: for how long it has been quiet, or what was traded.
fn measure(known: &Known, in_money: bool, ctx: &Ctx) -> String {
    if in_money {
        let home = ctx.journal.settings.currency().unwrap_or("");
        return known.total.short(home);
    }
    let touched = known.attention.last_touch;
    touched.map_or_else(|| "-".to_owned(), |day| short_age(day, ctx.today))
}

/// What asks for a look at them, in words.
fn reasons(attention: &Attention) -> String {
    let open = open_words(attention);
    match attention.overdue_days {
        Some(_) if open.is_empty() => "quiet too long".to_owned(),
        Some(_) => format!("{open}, quiet too long"),
        None => open,
    }
}
