//! The strip: how often there was contact, as a line of bars above a line of months and years.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::lanes::Basis;
use super::lanes_grid::main_day;
use crate::model::timeline::density::Density;
use crate::model::timeline::period::Period;
use crate::ui::screens::Look;
use crate::ui::screens::customers_draw::{inset, line};
use crate::ui::widgets::text::cut;

/// The lines of a strip that says what it shows; in two lines it stands without words, in one
/// without months and years.
pub const HEIGHT: u16 = 3;

/// The widest bar, with the air behind it.
const WIDEST: u16 = 4;

/// The strip of these days for so many columns of the screen: of weeks, months, quarters or
/// years, whichever fits. To be made where filter, days or columns change, and kept.
pub fn density(basis: Basis, days: Period, columns: u16) -> Density {
    let zoom = Density::fitting(days, columns.into());
    let week_starts = basis.settings.week_starts();
    Density::new(basis.index, basis.selection, days, zoom, week_starts)
}

/// Draws a strip. The bars of the days that are `selected` have
/// the accent and a line below them, with arrows at both ends.
pub fn draw(density: &Density, selected: Option<Period>, look: Look, area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    let theme = look.theme;
    let bars = bars(density, area);
    if area.height >= HEIGHT {
        draw_words(density, look, line(area, 0), buf);
    }
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    for bar in &bars {
        let sign = look
            .glyphs
            .eighth(bar.count, most)
            .repeat(bar.filled.into());
        let is_selected = selected.is_some_and(|days| bar.meets(days));
        let style = if is_selected {
            theme.accent
        } else {
            theme.text
        };
        buf.set_stringn(bar.area.x, bar.area.y, sign, bar.area.width.into(), style);
    }
    let axis = match area.height {
        0 | 1 => return,
        2 => line(area, 1),
        _ => line(area, 2),
    };
    draw_axis(density, &bars, look, axis, buf);
    let marked: Vec<&Bar> = bars
        .iter()
        .filter(|bar| selected.is_some_and(|days| bar.meets(days)))
        .collect();
    let style = theme.accent.remove_modifier(Modifier::DIM);
    for bar in &marked {
        let under = Rect {
            y: axis.y,
            ..bar.area
        };
        buf.set_style(under, style.add_modifier(Modifier::UNDERLINED));
    }
    // Arrows are seen where neither colours nor lines are; words are not to be broken by them.
    for bar in marked.first().into_iter().chain(marked.last()) {
        let at = Position::new(bar.area.x, axis.y);
        if buf.cell(at).is_some_and(|cell| cell.symbol() == " ") {
            buf.set_string(at.x, at.y, look.glyphs.up(), style);
        }
    }
}

/// The days of the bar at a position.
pub fn period_at(density: &Density, area: Rect, at: Position) -> Option<Period> {
    if !area.contains(at) {
        return None;
    }
    let bars = bars(density, area);
    let mut bars = bars.iter();
    let bar = bars.find(|bar| bar.area.left() <= at.x && at.x < bar.area.right())?;
    Some(bar.days)
}

/// A bar where it is drawn.
struct Bar {
    days: Period,
    count: u32,
    /// With the air behind it.
    area: Rect,
    filled: u16,
}

impl Bar {
    fn meets(&self, days: Period) -> bool {
        self.days.from <= days.until && days.from <= self.days.until
    }
}

fn bars(density: &Density, area: Rect) -> Vec<Bar> {
    let row = line(area, usize::from(area.height >= HEIGHT));
    let columns = density.columns(area.width.into());
    let many = u16::try_from(columns.len()).unwrap_or(u16::MAX).max(1);
    let cell = (area.width / many).clamp(1, WIDEST);
    let places = (row.x..row.right()).step_by(cell.into());
    let bar = |(x, (days, count)): (u16, (Period, u32))| Bar {
        days,
        count,
        area: Rect {
            x,
            width: cell.min(row.right() - x),
            ..row
        },
        filled: if cell > 1 { cell - 1 } else { 1 },
    };
    match row.is_empty() {
        true => Vec::new(),
        false => places.zip(columns).map(bar).collect(),
    }
}

fn draw_words(density: &Density, look: Look, row: Rect, buf: &mut Buffer) {
    let most = density.counts.iter().max().copied().unwrap_or(0);
    let total = density.total();
    let word = if total == 1 { "contact" } else { "contacts" };
    let text = format!("{total} {word}, by {} up to {most}", density.zoom);
    let text = cut(&text, row.width.into(), look.glyphs);
    Span::styled(text, look.theme.dim).render(row, buf);
}

/// The cells of a month, with a space behind it.
const MONTH: u16 = 4;

/// The cells of a year, without one.
const YEAR: u16 = 4;

/// Years, and the months between them where there is room for them.
fn draw_axis(density: &Density, bars: &[Bar], look: Look, row: Rect, buf: &mut Buffer) {
    let mut labels = labels(density, bars);
    let span = bars.last().map_or(0, |bar| bar.area.right() - row.x);
    if labels.len() * usize::from(MONTH) > usize::from(span) {
        labels.retain(|label| label.is_year);
    }
    shorten_years(&mut labels);
    let mut free = row.x;
    for (at, label) in labels.iter().enumerate() {
        let mut behind = labels.iter().skip(at + 1);
        let year = behind.find(|label| label.is_year).map(|label| label.x);
        let end = label
            .x
            .saturating_add(label.text.len().try_into().unwrap_or(u16::MAX));
        if label.x >= free && year.map_or(end <= row.right(), |year| end < year) {
            let place = inset(row, label.x - row.x);
            Span::styled(label.text.as_str(), look.theme.dim).render(place, buf);
            free = end + 1;
        }
    }
}

/// Years side by side that have no room for four digits get two: 2026 is 26.
fn shorten_years(labels: &mut [Label]) {
    let years = labels.iter().filter(|label| label.is_year);
    let xs: Vec<u16> = years.map(|label| label.x).collect();
    // Of the first year there may be only the end.
    let pairs = xs.iter().skip(1).zip(xs.iter().skip(2));
    if pairs.into_iter().any(|(one, other)| other - one <= YEAR) {
        for label in labels.iter_mut().filter(|label| label.is_year) {
            let century = label.text.len().saturating_sub(2);
            label.text = label.text.split_off(century);
        }
    }
}

/// The beginning of a month or year.
struct Label {
    x: u16,
    text: String,
    is_year: bool,
}

fn labels(density: &Density, bars: &[Bar]) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut before: Option<Date> = None;
    for bar in bars {
        let day = main_day(density.zoom, bar.days);
        let is_year = before.is_none_or(|before| before.year() != day.year());
        if is_year || before.is_none_or(|before| before.month() != day.month()) {
            labels.push(Label {
                x: bar.area.x,
                text: day.strftime(if is_year { "%Y" } else { "%b" }).to_string(),
                is_year,
            });
        }
        before = Some(day);
    }
    labels
}
