//! How the search looks: the line, how much was found, the rows, and the hit at hand.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::mark::marked;
use super::results::Row;
use super::screen::{Offer, Search};
use crate::model::brief::home_currency;
use crate::model::customer::Customer;
use crate::model::search::engine::Hit;
use crate::ui::ctx::Ctx;
use crate::ui::keys::{Action, Scope};
use crate::ui::layout;
use crate::ui::screens::Look;
use crate::ui::screens::customers_draw::{inset, line, mark_selected};
use crate::ui::screens::entry_line::{self, Columns};
use crate::ui::screens::entry_row::{Cells, Tone, cells};
use crate::ui::widgets::row::{draw_right, draw_row};
use crate::ui::widgets::text::{cut, pad, width, wrap};

/// What may be typed, where nothing is yet.
const ASK: &str = "words, 'exact, !not, a|b, kind:concern is:open since:2025-10";
/// The column of the kind.
const WORD: usize = 12;
/// From this width on, a row has the whole word of a kind.
const WHOLE_WORD: u16 = 56;
/// From this width on, a row has the whole date.
const WHOLE_DATE: u16 = 74;

/// Draws the screen.
pub fn draw(state: &Search, ctx: &Ctx, look: Look, buf: &mut Buffer) {
    let areas = layout::search(ctx.size);
    Span::styled(" search ", look.theme.accent).render(areas.line, buf);
    state.field.draw(areas.field, buf, look.theme.text, ASK);
    draw_status(state, ctx, look, layout::page_inner(areas.status), buf);
    let is_beside = areas.rule.is_some_and(|rule| rule.width == 1);
    if let Some(rule) = areas.rule.filter(|_| is_beside) {
        crate::ui::screens::customers_draw::draw_rule(rule, look, buf);
    }
    if state.shows_offers() {
        return draw_offers(state, look, areas.rows, buf);
    }
    if state.results.rows.is_empty() {
        return draw_nothing(state, ctx, look, areas.rows, buf);
    }
    if let Some(rule) = areas.rule.filter(|_| !is_beside) {
        let rule = layout::page_inner(rule);
        let dashes = look.glyphs.rule().repeat(rule.width.into());
        Span::styled(dashes, look.theme.dim).render(rule, buf);
    }
    draw_rows(state, ctx, look, areas.rows, buf);
    if let Some(area) = areas.preview {
        state.preview.draw(&state.results, area, buf, look);
    }
}

/// How much was found of how much, what of it can't be followed, and the order.
fn draw_status(state: &Search, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let found = &state.results.found;
    let count = match state.shows_offers() {
        true => {
            let all = ctx.journal.entry_count() + ctx.journal.customers.len();
            format!("{} to search", grouped(all))
        }
        false => format!("{} of {}", grouped(found.total), grouped(found.searched)),
    };
    let only = state.only.as_deref();
    let only = only.filter(|_| !state.shows_offers()).map(|key| {
        let name = ctx.journal.customer(key).map_or(key, |c| c.name());
        format!("  {name} alone")
    });
    let order = match (state.shows_offers(), state.results.is_grouped) {
        (true, _) => "",
        (false, true) => "by customer",
        (false, false) => "best first",
    };
    let room = usize::from(area.width).saturating_sub(width(order) + 2);
    let guessed = found.guessed && found.total > 0 && !state.shows_offers();
    let guessed = guessed.then(|| "near matches too".to_owned());
    let remarks = state.query.remarks().iter().cloned();
    let remarks: Vec<String> = remarks.chain(guessed).collect();
    let remarks = remarks.join("; ");
    let only = cut(only.as_deref().unwrap_or_default(), room / 2, look.glyphs);
    let left = room.saturating_sub(width(&count) + width(&only) + 2);
    let remarks = cut(&remarks, left, look.glyphs);
    draw_row(
        [
            Span::styled(count.as_str(), theme.dim),
            Span::styled(only.as_ref(), theme.accent),
            Span::raw("  "),
            Span::styled(remarks.as_ref(), theme.accent),
        ],
        area,
        buf,
    );
    draw_right(Span::styled(order, theme.dim), area, buf);
}

/// A count with `,` between the thousands.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn draw_rows(state: &Search, ctx: &Ctx, look: Look, rows: Rect, buf: &mut Buffer) {
    let results = &state.results;
    let seen = results.rows.iter().enumerate().skip(results.offset);
    for (at, row) in seen.take(rows.height.into()) {
        let area = line(rows, at - results.offset);
        let inner = layout::page_inner(area);
        match row {
            Row::Customer { first, count } => {
                if let Some(hit) = results.found.hits.get(*first) {
                    draw_heading(state, &hit.customer, *count, look, inner, buf);
                }
            }
            Row::Hit(place) => {
                if let Some(hit) = results.found.hits.get(*place) {
                    draw_hit(state, (*place, hit), ctx, look, inner, buf);
                }
            }
        }
        if at == results.selected {
            mark_selected(state.ways.is_none(), look, area, buf);
        }
    }
}

fn draw_heading(
    state: &Search,
    customer: &Customer,
    count: usize,
    look: Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let count = format!("  {}", grouped(count));
    let room = usize::from(area.width).saturating_sub(count.len());
    let name = cut(customer.name(), room, look.glyphs);
    let mut spans = marked(
        &name,
        look.theme.strong,
        Some(state.results.sought()),
        look.theme,
    );
    spans.push(Span::styled(count.as_str(), look.theme.dim));
    draw_row(spans, area, buf);
}

fn draw_hit(
    state: &Search,
    (at, hit): (usize, &Hit),
    ctx: &Ctx,
    look: Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let customer = &hit.customer;
    let shown = match hit.entry() {
        Some(entry) => {
            let home = home_currency(customer, &ctx.journal.settings);
            cells(entry, None, ctx.today, home, look.glyphs)
        }
        None => head_cells(customer),
    };
    let is_whole = area.width >= WHOLE_DATE;
    let day = hit.entry().and_then(|entry| entry.day());
    let day = day.map(|day| day_words(day, is_whole, ctx.today));
    let name = (!state.results.is_grouped).then(|| (customer.name(), name_width(area)));
    let columns = Columns {
        day: (day.unwrap_or_default(), if is_whole { 11 } else { 6 }),
        word: if area.width >= WHOLE_WORD {
            WORD
        } else {
            WORD - 3
        },
        name,
        found: Some(state.results.sought()),
        quote: state.results.quote_of(at),
        ..Columns::default()
    };
    entry_line::draw(&shown, columns, look, area, buf);
}

/// A customer's head: who they are and where they stand.
fn head_cells(customer: &Customer) -> Cells {
    let field = |name: &str| customer.head.text(name).unwrap_or_default().to_owned();
    let about = ["their-win", "business", "aliases", "reading"];
    let about = about.iter().map(|name| match customer.head.get(name) {
        Some(value) => value.to_line(),
        None => String::new(),
    });
    Cells {
        mark: " ",
        word: "customer".to_owned(),
        text: about
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
        detail: field("reading"),
        state: customer.status().to_owned(),
        tone: Tone::Plain,
    }
}

/// `2026-11-20`; where there is little room `11-20`, and of other years the year.
fn day_words(day: Date, is_whole: bool, today: Date) -> String {
    match is_whole {
        true => day.to_string(),
        false if day.year() == today.year() => day.strftime("%m-%d").to_string(),
        false => day.year().to_string(),
    }
}

fn name_width(area: Rect) -> usize {
    (usize::from(area.width) / 5).clamp(8, 22)
}

/// What can be chosen while nothing is typed: the journal's own searches, then earlier ones.
fn draw_offers(state: &Search, look: Look, rows: Rect, buf: &mut Buffer) {
    if state.offers.is_empty() {
        let words = "Whatever you type is looked for in all names, titles, fields and notes.";
        return draw_words(words, look, rows, buf);
    }
    let names = state
        .offers
        .iter()
        .filter_map(|offer| offer.name.as_deref());
    let wide = names.map(width).max().unwrap_or(0).min(24) + 2;
    let seen = state.offers.iter().enumerate().skip(state.offset);
    for (at, offer) in seen.take(rows.height.into()) {
        let area = line(rows, at - state.offset);
        draw_offer(offer, wide, look, layout::page_inner(area), buf);
        if at == state.offered {
            mark_selected(state.ways.is_none(), look, area, buf);
        }
    }
}

fn draw_offer(offer: &Offer, wide: usize, look: Look, area: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let (kind, name) = match &offer.name {
        Some(name) => ("saved", pad(name, wide, look.glyphs)),
        None => ("earlier", String::new()),
    };
    let room = usize::from(area.width).saturating_sub(9 + width(&name));
    let query = cut(&offer.query, room, look.glyphs);
    draw_row(
        [
            Span::styled(format!("{kind:<9}"), theme.dim),
            Span::styled(name, theme.strong),
            Span::styled(query.as_ref(), theme.text),
        ],
        area,
        buf,
    );
}

fn draw_nothing(state: &Search, ctx: &Ctx, look: Look, rows: Rect, buf: &mut Buffer) {
    let reading = look.loading.map(|(read, of)| match of {
        0 => "Reading the journal.".to_owned(),
        _ => format!("Reading the journal: {read} of {of} files."),
    });
    let is_known = !state.is_waiting() && !state.query.is_empty();
    let words = match (reading, is_known) {
        (Some(reading), _) => format!("{reading} What is found will stand here as it comes."),
        (None, false) => String::new(),
        (None, true) => {
            let (typed, searched) = (state.field.value().trim(), state.results.found.searched);
            let searched = grouped(searched);
            let mut words = format!("Nothing found for {typed} among {searched}.");
            if let Some(key) = look.keys.shown(Scope::Search, Action::OnlyThis)
                && let Some(only) = &state.only
            {
                let name = ctx
                    .journal
                    .customer(only)
                    .map_or(only.as_str(), |c| c.name());
                words += &format!(" Only {name} was searched: {key} searches all.");
            }
            words + " Fewer words find more; a word need not be typed to its end."
        }
    };
    draw_words(&words, look, rows, buf);
}

fn draw_words(words: &str, look: Look, rows: Rect, buf: &mut Buffer) {
    let room = usize::from(rows.width).saturating_sub(4).min(72);
    for (at, part) in wrap(words, room).iter().enumerate() {
        Span::styled(part.as_ref(), look.theme.dim).render(inset(line(rows, at), 2), buf);
    }
}
