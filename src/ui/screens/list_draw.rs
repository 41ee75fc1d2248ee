//! How the list of customers looks: name, what is open, and for how long it has been quiet.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::customers::{Customers, Depth, Row, Sort};
use super::customers_draw::{Look, draw_filter, inset, line, mark_selected};
use crate::model::age::short_age;
use crate::model::attention::Attention;
use crate::model::brief::{open_words, total_value};
use crate::model::customer::Customer;
use crate::ui::ctx::Ctx;
use crate::ui::keys::{Action, Scope};
use crate::ui::layout;
use crate::ui::widgets::text::{cut, pad, pad_left, visible, width, wrap};

/// From this width on a row has room for a status and for what is open, in words.
const WORDS: u16 = 60;

/// Draws the list.
pub fn draw(state: &Customers, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    draw_title(state, ctx, look, line(area, 0), buf);
    if state.filter.line().is_some() {
        let ask = "part of a name or tag";
        draw_filter(&state.filter, ask, line(area, 1), buf, look);
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
            Row::Customer {
                at: place,
                attention,
            } => {
                if let Some(customer) = ctx.journal.customers.get(*place) {
                    draw_customer(customer, attention, (state.sort, ctx), look, area, buf);
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

fn draw_title(state: &Customers, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    // Our own file stands in the list, but is no customer.
    let is_other = |at: &usize| {
        ctx.journal
            .customers
            .get(*at)
            .is_some_and(|c| !c.is_ourselves())
    };
    let shown = state.rows.iter().filter(|row| match row {
        Row::Customer { at, .. } => is_other(at),
        Row::Group(_) => false,
    });
    let all = (0..ctx.journal.customers.len()).filter(is_other).count();
    let count = match state.filter.line() {
        Some(_) => format!("{} of {all}", shown.count()),
        None => all.to_string(),
    };
    Line::from_iter([
        Span::styled(" Customers ", look.theme.strong),
        Span::styled(count, look.theme.dim),
        Span::styled(format!("  {}", state.sort.word()), look.theme.dim),
    ])
    .render(area, buf);
}

fn draw_empty(state: &Customers, ctx: &Ctx, look: Look, rows: Rect, buf: &mut Buffer) {
    let text = match (
        look.loading,
        ctx.journal.customers.len(),
        state.filter.line(),
    ) {
        (Some((_, 0)), ..) => "Reading the journal".to_owned(),
        (Some((read, of)), ..) => format!("Reading the journal: {read} of {of} files"),
        (None, 0, _) => match look.keys.shown(Scope::Customers, Action::New) {
            Some(key) => format!("No customer yet. Press {key} to write down the first one."),
            None => "No customer yet.".to_owned(),
        },
        (None, _, Some(_)) => {
            let cure = look.clears_filter(state.filter.is_typed(), Scope::Customers);
            format!("No customer fits. {cure}")
        }
        (None, _, None) => String::new(),
    };
    let room = usize::from(rows.width).saturating_sub(4);
    for (at, part) in wrap(&text, room).iter().enumerate() {
        Span::styled(part.as_ref(), look.theme.dim).render(inset(line(rows, at), 2), buf);
    }
}

fn draw_customer(
    customer: &Customer,
    attention: &Attention,
    (sort, ctx): (Sort, &Ctx),
    look: Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let theme = look.theme;
    let measure = measure(customer, sort, ctx);
    // What the list is sorted by is told whole.
    let measure_width = if sort == Sort::Value { 11 } else { 6 };
    let (mark, mark_style) = match attention {
        _ if customer.broken => ("? broken".to_owned(), theme.alert),
        a if a.open_count() > 0 => {
            let style = if a.due > 0 { theme.alert } else { theme.text };
            (format!("! {}", a.open_count()), style)
        }
        a if a.overdue_days.is_some() => ("~".to_owned(), theme.text),
        _ => (String::new(), theme.dim),
    };
    let mark_width = if customer.broken { 9 } else { 5 };
    let room = usize::from(area.width).saturating_sub(2 + measure_width + 1 + mark_width);
    let is_active = customer.status() == "active";
    let name_style = if is_active { theme.text } else { theme.dim };
    let mut spans = vec![Span::raw("  ")];
    if area.width >= WORDS && !customer.is_ourselves() {
        let name_width = (room / 3).clamp(20, 32);
        spans.extend([
            Span::styled(
                pad(customer.name(), name_width - 1, look.glyphs) + " ",
                name_style,
            ),
            Span::styled(pad(customer.status(), 10, look.glyphs), theme.dim),
            Span::styled(
                pad(
                    &reasons(attention),
                    room.saturating_sub(name_width + 10),
                    look.glyphs,
                ),
                if attention.due > 0 {
                    theme.alert
                } else {
                    theme.dim
                },
            ),
        ]);
    } else {
        let status = if is_active { "" } else { customer.status() };
        let status = format!("  {}", visible(status));
        let name = visible(customer.name());
        let fits = width(&name) + width(&status) <= room;
        let name = if fits { name + &*status } else { name };
        spans.push(Span::styled(pad(&name, room, look.glyphs), name_style));
    }
    let measure = pad_left(&measure, measure_width, look.glyphs);
    spans.push(Span::styled(measure, theme.dim));
    spans.push(Span::raw(" "));
    spans.push(Span::styled(mark, mark_style));
    Line::from(spans).render(area, buf);
}

/// What the row is measured by: for how long it has been quiet, or what was traded.
fn measure(customer: &Customer, sort: Sort, ctx: &Ctx) -> String {
    if sort == Sort::Value {
        let settings = &ctx.journal.settings;
        let total = total_value(customer, settings);
        return total.short(settings.currency().unwrap_or(""));
    }
    let touched = customer.last_touch(ctx.today);
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
