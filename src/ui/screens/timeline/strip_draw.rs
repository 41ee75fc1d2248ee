//! The strip: how often there was contact, as a line of bars above a line of months and years.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::lanes::Basis;
use crate::model::timeline::density::Density;
use crate::model::timeline::period::Period;
use crate::ui::screens::Look;
use crate::ui::screens::customers_draw::{inset, line};
use crate::ui::widgets::text::{cut, width};

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

/// Draws a strip. `selected` are the days that are marked, on the line of months and years.
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
        buf.set_string(bar.area.x, bar.area.y, sign, style);
    }
    let axis = match area.height {
        0 | 1 => return,
        2 => line(area, 1),
        _ => line(area, 2),
    };
    draw_axis(&bars, look, axis, buf);
    for bar in bars
        .iter()
        .filter(|bar| selected.is_some_and(|days| bar.meets(days)))
    {
        let under = Rect {
            y: axis.y,
            ..bar.area
        };
        buf.set_style(under, theme.selected);
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
    let text = format!(
        "contacts by {}: {} in all, {most} at most",
        density.zoom,
        density.total(),
    );
    let text = cut(&text, row.width.into(), look.glyphs);
    Span::styled(text, look.theme.dim).render(row, buf);
}

/// Years, and the months between them where there is room for all.
fn draw_axis(bars: &[Bar], look: Look, row: Rect, buf: &mut Buffer) {
    let with_months = labels(bars, true);
    let fits = |labels: &[(u16, String)]| {
        let next = labels.iter().skip(1);
        let mut pairs = labels.iter().zip(next);
        // The first month may be cut off by the edge.
        pairs.by_ref().take(1).count();
        pairs.all(|((x, label), (next, _))| usize::from(next - x) > label.len())
    };
    let labels = match fits(&with_months) {
        true => with_months,
        false => labels(bars, false),
    };
    for (at, (x, label)) in labels.iter().enumerate() {
        let end = labels
            .get(at + 1)
            .map_or(row.right() + 1, |(next, _)| *next);
        if usize::from(end.saturating_sub(*x)) > width(label) {
            let place = inset(row, x.saturating_sub(row.x));
            Span::styled(label.as_str(), look.theme.dim).render(place, buf);
        }
    }
}

/// Where a year begins, and if asked for each month of it.
fn labels(bars: &[Bar], months: bool) -> Vec<(u16, String)> {
    let mut labels = Vec::new();
    let mut before: Option<Date> = None;
    for bar in bars {
        let day = bar.days.until;
        if before.is_none_or(|before| before.year() != day.year()) {
            labels.push((bar.area.x, format!("{:04}", day.year())));
        } else if months && before.is_none_or(|before| before.month() != day.month()) {
            labels.push((bar.area.x, day.strftime("%b").to_string()));
        }
        before = Some(day);
    }
    labels
}
