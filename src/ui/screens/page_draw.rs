//! How the page of a customer looks: the brief, the tabs, the rows under them.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::customer::{Page, Tab};
use super::customers::{Customers, Depth};
use super::customers_draw::{Look, draw_filter, draw_rule, inset, line, mark_selected, tab_style};
use super::entry;
use super::entry_line::{self, Columns};
use super::entry_row::cells;
use super::timeline::list_draw;
use crate::model::brief::{Brief, home_currency, newest_years};
use crate::model::customer::Customer;
use crate::model::kind::Kind;
use crate::ui::ctx::Ctx;
use crate::ui::keys::{Action, Scope};
use crate::ui::layout;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::row::{draw_right, draw_row};
use crate::ui::widgets::sheet::Reading;
use crate::ui::widgets::text::{cut, width};

/// The column of names in the brief.
const LABEL: u16 = 12;
/// The most years whose value is told.
const YEARS: usize = 4;

/// Draws the page.
pub fn draw(state: &Customers, ctx: &Ctx, look: Look, area: Rect, buf: &mut Buffer) {
    let Some(customer) = state.customer(ctx.journal) else {
        return;
    };
    let beside = layout::beside(area);
    let is_read = state.depth == Depth::Entry;
    if let Some(entry) = state.page.entry(customer)
        && let Some(pane) = beside.or(is_read.then_some(area))
    {
        let inner = layout::page_inner(pane);
        match &state.page.sheet {
            Some(sheet) if is_read => {
                let read = (&state.page.reading, sheet);
                entry::draw(customer, entry, read, inner, buf, look);
            }
            _ => {
                let read = (
                    &Reading::default(),
                    &entry::sheet(entry, inner.width.into()),
                );
                entry::draw(customer, entry, read, inner, buf, look);
            }
        }
        if beside.is_none() {
            return;
        }
        let rule = Rect {
            x: pane.x - 1,
            width: 1,
            ..pane
        };
        draw_rule(rule, look, buf);
    }
    draw_brief(customer, ctx, look, area, buf);
    let tabs = layout::page_inner(layout::tabs(area));
    draw_tabs(&state.page, customer, look, tabs, buf);
    if state.page.filter.line().is_some() {
        let ask = "words of an entry";
        let line = layout::page_filter(area);
        draw_filter(&state.page.filter, ask, line, buf, look);
    } else if customer.broken {
        let line = layout::page_inner(layout::page_filter(area));
        let words = broken_words(customer, look);
        let words = cut(&words, line.width.into(), look.glyphs);
        Span::styled(words, look.theme.alert).render(line, buf);
    } else if state.page.tab == Tab::Timeline {
        let line = layout::page_inner(layout::page_filter(area));
        list_draw::draw_above(&state.page.time, look, line, buf);
    }
    draw_rows(state, customer, ctx, look, layout::page_rows(area), buf);
}

/// That a file is only read in part, and what leads to the place.
fn broken_words(customer: &Customer, look: Look) -> String {
    let keys = [
        (Scope::Page, Action::Editor, "opens it"),
        (Scope::Global, Action::Problems, "says where"),
    ];
    let cures = keys.into_iter().filter_map(|(scope, action, words)| {
        let key = look.keys.shown(scope, action)?;
        Some(format!("{key} {words}"))
    });
    let cures = cures.collect::<Vec<_>>().join(", ");
    format!("{} does not parse: {cures}", customer.path())
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
    let focused = state.depth == Depth::Page;
    let is_time = page.tab == Tab::Timeline;
    let is_empty = match is_time {
        true => page.time.view().is_empty(),
        false => page.rows.is_empty(),
    };
    // What stands in a file that does not parse is not known.
    if is_empty && !(customer.broken && page.filter.line().is_none()) {
        let first = layout::page_inner(line(rows, 0));
        Span::styled(empty_words(page, look), look.theme.dim).render(first, buf);
    }
    if is_time {
        list_draw::draw(&page.time, focused, ctx, look, rows, buf);
        return;
    }
    if page.tab == Tab::WinLose {
        let is_read = state.depth == Depth::Entry;
        let at = (page.selected, page.offset);
        page.ledger.draw(at, (focused, is_read), look, rows, buf);
        return;
    }
    let home = home_currency(customer, &ctx.journal.settings);
    let seen = page.rows.iter().enumerate().skip(page.offset);
    for (at, place) in seen.take(rows.height.into()) {
        let area = line(rows, at - page.offset);
        let Some(entry) = customer.entries.get(*place) else {
            continue;
        };
        let cells = cells(entry, page.tab.kind(), ctx.today, home, look.glyphs);
        let columns = columns(page.tab, entry.day());
        entry_line::draw(&cells, columns, look, layout::page_inner(area), buf);
        if at == page.selected {
            if state.depth == Depth::Entry {
                buf.set_style(area, look.theme.strong);
            }
            mark_selected(focused, look, area, buf);
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

/// What stands before the text under a tab.
fn columns(tab: Tab, day: Option<Date>) -> Columns<'static> {
    let (gutter, word) = match tab {
        Tab::Timeline | Tab::Concerns | Tab::Facts => (11, 12),
        Tab::Negotiations | Tab::Deals | Tab::WinLose => (11, 0),
        Tab::People => (0, 20),
    };
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    Columns {
        day: (day, gutter),
        word,
        word_leads: tab == Tab::People,
        ..Columns::default()
    }
}

/// Draws the brief, as high as [`layout::brief_height`] says.
pub(super) fn draw_brief(customer: &Customer, ctx: &Ctx, look: Look, page: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let area = layout::page_inner(Rect {
        width: page.width.min(layout::LONGEST),
        ..page
    });
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
        draw_right(Span::styled(fact.day, theme.dim), row, buf);
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
    draw_row(
        [
            Span::styled(name, theme.strong),
            Span::raw("  "),
            Span::styled(aliases, theme.dim),
        ],
        area,
        buf,
    );
    draw_right(Span::styled(standing, theme.dim), area, buf);
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
    let newest: Vec<_> = brief.value.iter().rev().take(YEARS).collect();
    let (Some((last, _)), Some((first, _))) = (newest.first(), newest.last()) else {
        return String::new();
    };
    let words = newest_years(&brief.value, YEARS, usual);
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
