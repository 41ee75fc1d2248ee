//! How the page of a customer looks: the brief, the tabs, the rows under them.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::customer::{Page, Row, Tab};
use super::customers::{Customers, Depth};
use super::customers_draw::{Look, draw_filter, inset, line, mark_selected, tab_style};
use super::entry;
use super::entry_row::{Cells, Tone, cells};
use crate::model::brief::{Brief, home_currency};
use crate::model::customer::Customer;
use crate::model::kind::Kind;
use crate::ui::ctx::Ctx;
use crate::ui::keys::{Action, Scope};
use crate::ui::layout;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::text::{cut, pad, visible, width};

/// The column of names in the brief.
const LABEL: u16 = 12;

/// Less than this says too little of who was there or how it came.
const DETAIL: usize = 10;

/// Draws the page.
pub fn draw(state: &Customers, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let Some(customer) = state.customer(ctx.journal) else {
        return;
    };
    if state.depth == Depth::Entry
        && let Some(entry) = state.page.entry(customer)
    {
        let inner = layout::page_inner(area);
        entry::draw(customer, entry, state.page.scroll, inner, buf, look);
        return;
    }
    draw_brief(customer, ctx, look, area, buf);
    let tabs = layout::page_inner(layout::tabs(area));
    draw_tabs(&state.page, customer, look, tabs, buf);
    if state.page.filter.line().is_some() {
        let ask = "words of an entry";
        let line = layout::page_filter(area);
        draw_filter(&state.page.filter, ask, line, buf, look);
    } else if let Some(month) = month_above(&state.page) {
        let line = layout::page_inner(layout::page_filter(area));
        Span::styled(month, look.theme.dim).render(line, buf);
    }
    draw_rows(state, customer, ctx, look, layout::page_rows(area), buf);
}

/// The month of the first row that is seen, where its heading was scrolled away.
fn month_above(page: &Page) -> Option<&str> {
    let first = page.rows.get(page.offset)?;
    if page.offset == 0 || matches!(first, Row::Heading(_)) {
        return None;
    }
    let above = page.rows.get(..page.offset)?.iter().rev();
    above.into_iter().find_map(|row| match row {
        Row::Heading(month) => Some(month.as_str()),
        _ => None,
    })
}

fn draw_rows(
    state: &Customers,
    customer: &Customer,
    ctx: &Ctx,
    look: Look,
    rows: Rect,
    buf: &mut Buffer,
) {
    let page = &state.page;
    if page.rows.is_empty() {
        let first = layout::page_inner(line(rows, 0));
        Span::styled(empty_words(page, look), look.theme.dim).render(first, buf);
    }
    let home = home_currency(customer, &ctx.journal.settings);
    let seen = page.rows.iter().enumerate().skip(page.offset);
    for (at, row) in seen.take(rows.height.into()) {
        let area = line(rows, at - page.offset);
        let inner = layout::page_inner(area);
        match row {
            Row::Heading(month) => {
                Span::styled(month.as_str(), look.theme.dim).render(inner, buf);
            }
            Row::Gap(words) => {
                let rule = look.glyphs.rule();
                let text = format!("{rule} {words} {rule}");
                Span::styled(text, look.theme.dim).render(inner, buf);
            }
            Row::Entry(place) => {
                let Some(entry) = customer.entries.get(*place) else {
                    continue;
                };
                let day = entry
                    .day()
                    .filter(|_| !same_day_as_above(customer, page, at));
                let cells = cells(entry, page.tab.kind(), ctx.today, home, look.glyphs);
                draw_entry(&cells, page.tab, day, look, inner, buf);
                if at == page.selected {
                    mark_selected(state.depth == Depth::Page, look, area, buf);
                }
            }
        }
    }
}

fn empty_words(page: &Page, look: Look) -> String {
    if page.filter.line().is_some() {
        let cure = look.clears_filter(page.filter.is_typed(), Scope::Page);
        return format!("Nothing fits. {cure}");
    }
    let call = Action::AddKind(Kind::Interaction);
    let add = look.keys.shown(Scope::Page, Action::Add);
    let call = look.keys.shown(Scope::Add, call);
    match (page.tab, add, call) {
        (Tab::Timeline, Some(add), Some(call)) => {
            format!("Nothing written down yet. {add} {call} logs the first call.")
        }
        (Tab::Timeline, ..) => "Nothing written down yet.".to_owned(),
        (tab, Some(add), _) => format!("No {} yet. {add} adds one.", tab.title().to_lowercase()),
        (tab, None, _) => format!("No {} yet.", tab.title().to_lowercase()),
    }
}

/// In the timeline a day is told once.
fn same_day_as_above(customer: &Customer, page: &Page, at: usize) -> bool {
    let day = |at: usize| match page.rows.get(at) {
        Some(Row::Entry(place)) => customer.entries.get(*place).and_then(|e| e.day()),
        _ => None,
    };
    // The first row that is seen tells its day whatever is above it.
    page.tab == Tab::Timeline
        && at > page.offset
        && day(at).is_some()
        && day(at) == day(at.saturating_sub(1))
}

/// How wide the columns of the day and of the first word are.
fn columns(tab: Tab) -> (usize, usize) {
    match tab {
        Tab::Timeline => (7, 12),
        Tab::Concerns | Tab::Facts => (11, 12),
        Tab::WinLose => (11, 9),
        Tab::Negotiations | Tab::Deals => (11, 0),
        Tab::People => (0, 20),
    }
}

fn draw_entry(
    cells: &Cells,
    tab: Tab,
    day: Option<Date>,
    look: Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let theme = look.theme;
    let (gutter, word) = columns(tab);
    let day = match (tab, day) {
        (Tab::Timeline, Some(day)) => day.strftime("%d %a").to_string(),
        (_, Some(day)) => day.to_string(),
        (_, None) => String::new(),
    };
    let (style, mark_style) = match cells.tone {
        Tone::Past => (theme.dim, theme.dim),
        Tone::Good => (theme.text, theme.good),
        Tone::Due => (theme.text, theme.alert),
        Tone::Open | Tone::Plain => (theme.text, theme.text),
    };
    let state_style = if cells.tone == Tone::Due {
        theme.alert
    } else {
        theme.dim
    };
    let room = usize::from(area.width).saturating_sub(gutter + 2 + word);
    // Where something stands is told whole; who and how much get what two fifths leave.
    let state = cut(&cells.state, room, look.glyphs);
    let left = room.saturating_sub(width(&state) + gap(&state));
    let most = (room * 2 / 5).saturating_sub(width(&state));
    let most = most.max(DETAIL.min(left / 2));
    let detail = match width(&visible(&cells.detail)) {
        wanted if wanted > most && most < DETAIL => "".into(),
        _ => cut(&cells.detail, most, look.glyphs),
    };
    let text = left.saturating_sub(width(&detail) + gap(&detail));
    let column = |text: &str, width: usize| match width.checked_sub(1) {
        Some(width) => pad(text, width, look.glyphs) + " ",
        None => String::new(),
    };
    Line::from_iter([
        Span::styled(column(&day, gutter), theme.dim),
        Span::styled(pad(cells.mark, 2, look.glyphs), mark_style),
        Span::styled(
            column(&cells.word, word),
            if tab == Tab::People { style } else { theme.dim },
        ),
        Span::styled(pad(&cells.text, text, look.glyphs), style),
        Span::raw(" ".repeat(gap(&detail))),
        Span::styled(detail.as_ref(), theme.dim),
        Span::raw(" ".repeat(gap(&state))),
        Span::styled(state.as_ref(), state_style),
    ])
    .render(area, buf);
}

/// The room before a piece at the right edge.
fn gap(text: &str) -> usize {
    if text.is_empty() { 0 } else { 2 }
}

fn draw_brief(customer: &Customer, ctx: &Ctx, look: Look, page: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let area = layout::page_inner(page);
    let brief = Brief::of(customer, &ctx.journal.settings, ctx.today);
    let height = usize::from(layout::brief_height(page));
    draw_name(customer, &brief, look, line(area, 0), buf);
    let home = home_currency(customer, &ctx.journal.settings);
    // The journal's own currency goes without saying; any other is named.
    let usual = ctx.journal.settings.currency().unwrap_or("");
    let facts = brief_lines(&brief, (home, usual), look.glyphs);
    let is_short = height == 2;
    let facts = facts.into_iter().filter(|f| !is_short || f.label == "open");
    for (at, fact) in facts.enumerate().take(height.saturating_sub(1)) {
        let row = line(area, at + 1);
        Span::styled(fact.label, theme.dim).render(row, buf);
        let day = if fact.day.is_empty() { 0 } else { 12 };
        let room = usize::from(row.width).saturating_sub(usize::from(LABEL) + day);
        let style = if fact.is_missing {
            theme.dim
        } else {
            theme.text
        };
        let text = cut(&fact.text, room, look.glyphs);
        Span::styled(text.as_ref(), style).render(inset(row, LABEL), buf);
        let day = Span::styled(fact.day, theme.dim);
        Line::from(day).right_aligned().render(row, buf);
    }
}

/// The name, other names, and at the right where they stand, as far as there is room.
fn draw_name(customer: &Customer, brief: &Brief, look: Look, area: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let whole = usize::from(area.width);
    let name = cut(customer.name(), whole, look.glyphs);
    let mut room = whole.saturating_sub(width(&name) + 2);
    let standing = cut(&brief.standing, room, look.glyphs);
    room = room.saturating_sub(width(&standing) + 2);
    let aliases: Vec<&str> = customer.head.texts("aliases").collect();
    let aliases = aliases.join(", ");
    let aliases = if room < 6 {
        "".into()
    } else {
        cut(&aliases, room, look.glyphs)
    };
    Line::from_iter([
        Span::styled(name, theme.strong),
        Span::raw("  "),
        Span::styled(aliases, theme.dim),
    ])
    .render(area, buf);
    Line::from(Span::styled(standing, theme.dim))
        .right_aligned()
        .render(area, buf);
}

/// A line of the brief.
struct Fact {
    label: &'static str,
    text: String,
    day: String,
    is_missing: bool,
}

fn brief_lines(brief: &Brief, currencies: (&str, &str), glyphs: Glyphs) -> Vec<Fact> {
    let dated = |label, pair: &Option<(String, Option<Date>)>| Fact {
        label,
        text: pair
            .as_ref()
            .map_or("not written down", |(text, _)| text)
            .to_owned(),
        day: pair
            .as_ref()
            .and_then(|(_, day)| *day)
            .map(|day| day.to_string())
            .unwrap_or_default(),
        is_missing: pair.is_none(),
    };
    let plain = |label, text: String| Fact {
        label,
        is_missing: text.is_empty(),
        text: if text.is_empty() {
            "nothing".to_owned()
        } else {
            text
        },
        day: String::new(),
    };
    vec![
        dated("their win", &brief.their_win),
        dated("last", &brief.last),
        plain("value", value_words(brief, currencies, glyphs)),
        plain("open", brief.open.clone()),
    ]
}

/// The newest four years in words, and a bar for each of the years between, as high as the
/// year's share of the best one in the customer's own currency.
fn value_words(brief: &Brief, (home, usual): (&str, &str), glyphs: Glyphs) -> String {
    let newest: Vec<_> = brief.value.iter().rev().take(4).collect();
    let (Some((last, _)), Some((first, _))) = (newest.first(), newest.last()) else {
        return String::new();
    };
    let words: Vec<String> = newest
        .iter()
        .rev()
        .map(|(year, total)| format!("{year} {}", total.short(usual)))
        .collect();
    // Only the height of a bar is made of this: a float is good enough for that.
    let amount = |year: i16| -> f64 {
        let sum = brief.value.get(&year).and_then(|total| total.get(home));
        sum.and_then(|sum| sum.to_string().parse().ok())
            .unwrap_or(0.0)
    };
    let years = (**first).max(last.saturating_sub(11))..=**last;
    let best = years.clone().map(amount).fold(0.0, f64::max);
    let bars: String = years.map(|year| glyphs.level(amount(year), best)).collect();
    if bars.trim().is_empty() || newest.len() < 2 {
        return words.join("  ");
    }
    format!("{}    {bars}", words.join("  "))
}

/// A tab where it is drawn.
pub(super) struct TabPlace {
    pub(super) tab: Tab,
    pub(super) area: Rect,
    label: String,
}

/// The tabs as far as they fit into the line. Where not all do, those to the left of the one at
/// hand go first.
pub(super) fn tab_places(here: Tab, customer: &Customer, line: Rect) -> Vec<TabPlace> {
    let label = |tab: &Tab| match tab.open_count(customer) {
        0 => tab.title().to_owned(),
        count => format!("{} {count}", tab.title()),
    };
    let at = Tab::ALL.iter().position(|tab| *tab == here).unwrap_or(0);
    let mut first = 0;
    let until = |first: usize| -> usize {
        let seen = Tab::ALL.iter().take(at + 1).skip(first);
        seen.map(|tab| label(tab).len() + 2).sum()
    };
    while first < at && until(first) > usize::from(line.width) {
        first += 1;
    }
    let mut places = Vec::new();
    let mut x = line.x;
    for tab in Tab::ALL.iter().skip(first) {
        let label = label(tab);
        let width = u16::try_from(label.len()).unwrap_or(u16::MAX);
        if width > line.right().saturating_sub(x) {
            break;
        }
        let area = Rect { x, width, ..line };
        places.push(TabPlace {
            tab: *tab,
            area,
            label,
        });
        x = area.right().saturating_add(2);
    }
    places
}

fn draw_tabs(page: &Page, customer: &Customer, look: Look, line: Rect, buf: &mut Buffer) {
    for place in tab_places(page.tab, customer, line) {
        let style = if place.tab == page.tab {
            tab_style(look.theme)
        } else {
            look.theme.dim
        };
        Span::styled(place.label, style).render(place.area, buf);
    }
}
