//! The calendar of a month: days with entries marked, a day to be chosen.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::model::timeline::calendar::{Calendar, Day};
use crate::ui::screens::Look;
use crate::ui::screens::customers_draw::line;

/// What a calendar takes: a title, the names of the days, and up to six weeks.
pub const SIZE: Size = Size {
    width: 22,
    height: 8,
};

/// The cells of a day: two digits and a mark.
const DAY: u16 = 3;

/// Draws the month. Where there are too few lines for it the title goes first, then the weeks
/// farthest from the selected day.
pub fn draw(calendar: &Calendar, selected: Date, look: Look, area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    let places = Places::new(calendar, selected, area);
    let theme = look.theme;
    if let Some(row) = places.title {
        let title = calendar.month.strftime("%B %Y").to_string();
        let title = Span::styled(title, theme.strong);
        Line::from(title).centered().render(row, buf);
    }
    if let Some(row) = places.heads {
        let heads: String = calendar
            .heads()
            .iter()
            .map(|head| format!("{head} "))
            .collect();
        Span::styled(heads, theme.dim).render(row, buf);
    }
    for (day, place) in places.days(calendar) {
        draw_day(day, day.date == selected, look, place, buf);
    }
}

fn draw_day(day: &Day, is_selected: bool, look: Look, place: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let (mark, mark_style) = match (day.entries, day.ahead) {
        (0, 0) => (" ", theme.dim),
        (0, _) => (look.glyphs.right(), theme.accent),
        (1, _) => (look.glyphs.dot(), theme.text),
        _ => (look.glyphs.separator(), theme.text),
    };
    let mut style = match day.entries + day.ahead {
        0 => theme.dim,
        _ => theme.text,
    };
    if day.is_today {
        style = theme
            .accent
            .patch(theme.strong)
            .add_modifier(Modifier::UNDERLINED);
    }
    if is_selected {
        style = style.patch(theme.selected);
    }
    Line::from_iter([
        Span::styled(format!("{:>2}", day.date.day()), style),
        Span::styled(mark, mark_style),
    ])
    .render(place, buf);
}

/// The day of the month at a position.
pub fn day_at(calendar: &Calendar, selected: Date, area: Rect, at: Position) -> Option<Date> {
    let places = Places::new(calendar, selected, area);
    let mut days = places.days(calendar);
    days.find(|(_, place)| place.contains(at))
        .map(|(day, _)| day.date)
}

/// Where the parts stand.
struct Places {
    title: Option<Rect>,
    heads: Option<Rect>,
    weeks: Rect,
    /// The first week that is seen.
    first: usize,
}

impl Places {
    fn new(calendar: &Calendar, selected: Date, area: Rect) -> Places {
        let area = Rect {
            width: area.width.min(SIZE.width),
            ..area
        };
        let many = calendar.weeks.len();
        let above = match usize::from(area.height) {
            0..=2 => 0,
            height if height < many + 2 => 1,
            _ => 2,
        };
        let weeks = crate::ui::layout::below(area, above);
        let week = calendar
            .weeks
            .iter()
            .position(|week| week.iter().any(|day| day.date == selected));
        let height = usize::from(weeks.height);
        let first = (week.unwrap_or(0) + 1).saturating_sub(height);
        Places {
            title: (above > 1).then(|| Rect {
                width: area.width.min(7 * DAY - 1),
                ..line(area, 0)
            }),
            heads: (above > 0).then(|| line(area, usize::from(above) - 1)),
            weeks,
            first,
        }
    }

    /// The days of the month that are seen.
    fn days<'c>(&self, calendar: &'c Calendar) -> impl Iterator<Item = (&'c Day, Rect)> {
        let weeks = calendar.weeks.iter().skip(self.first);
        let area = self.weeks;
        weeks.zip(area.rows()).flat_map(move |(week, row)| {
            let places = (row.x..).step_by(DAY.into()).zip(week);
            places.filter(|(_, day)| day.in_month).map(move |(x, day)| {
                let place = Rect {
                    x,
                    width: DAY,
                    ..row
                };
                (day, place.intersection(area))
            })
        })
    }
}
