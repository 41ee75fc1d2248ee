//! How the lanes look: names, a cell per column, how long ago; above them years and months, below
//! them what is selected, in words, and what the marks mean.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::lanes::{Basis, LanesPane};
use super::lanes_grid::{Column, Grid, legend_columns, main_day, year};
use crate::model::age::short_age;
use crate::model::timeline::day;
use crate::model::timeline::lanes::{Cell, Lane};
use crate::model::timeline::mark::Mark;
use crate::model::timeline::period::Zoom;
use crate::model::timeline::twin;
use crate::ui::screens::Look;
use crate::ui::screens::customers_draw::line;
use crate::ui::theme::Theme;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::text::{cut, pad, pad_left, width};

/// Draws the lanes into an area. `focused`: keys go here.
pub fn draw(
    pane: &LanesPane,
    basis: Basis,
    look: Look,
    focused: bool,
    area: Rect,
    buf: &mut Buffer,
) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let grid = pane.grid(basis, area);
    let lanes = pane.lanes(basis, &grid).lanes;
    let drawing = Drawing {
        pane,
        basis,
        look,
        grid: &grid,
        focused,
    };
    drawing.heads(buf);
    for (at, lane) in lanes.iter().enumerate() {
        drawing.lane(
            lane,
            grid.top + at == pane.selected(),
            line(grid.rows, at),
            buf,
        );
    }
    let chosen = pane.selected().checked_sub(grid.top);
    if let Some(lane) = chosen.and_then(|at| lanes.get(at)) {
        drawing.words(lane, buf);
    }
    drawing.legend(buf);
}

/// Where the terminal's cursor stands: on the selected cell, else on its lane.
pub fn cursor(pane: &LanesPane, basis: Basis, area: Rect) -> Option<Position> {
    let grid = pane.grid(basis, area);
    let row = u16::try_from(pane.selected().checked_sub(grid.top)?).ok()?;
    if row >= grid.rows.height || pane.is_empty() {
        return None;
    }
    let x = grid.column(pane.period(basis)).map_or(area.x, |c| c.x);
    Some(Position::new(x, grid.rows.y + row)).filter(|at| area.contains(*at))
}

struct Drawing<'a> {
    pane: &'a LanesPane,
    basis: Basis<'a>,
    look: Look<'a>,
    grid: &'a Grid,
    focused: bool,
}

impl Drawing<'_> {
    fn theme(&self) -> &Theme {
        self.look.theme
    }

    fn heads(&self, buf: &mut Buffer) {
        let grid = self.grid;
        if grid.heads.height < 2 {
            return;
        }
        let (x, width) = grid.names;
        let (len, seen) = (self.pane.len(), usize::from(grid.rows.height));
        let count = match len {
            _ if len > seen => format!("{}-{} of {len}", grid.top + 1, (grid.top + seen).min(len)),
            1 => "1 customer".to_owned(),
            _ => format!("{len} customers"),
        };
        for (at, text) in [self.pane.order().word(), &count].into_iter().enumerate() {
            let row = line(grid.heads, at);
            let text = cut(text, width.into(), self.look.glyphs);
            put(buf, x, row, &text, self.theme().dim);
        }
        let (x, width) = grid.ages;
        let ages = pad_left("last", width.into(), self.look.glyphs);
        put(buf, x, line(grid.heads, 1), &ages, self.theme().dim);
        let (upper, lower) = labels(self.pane.zoom(), &grid.columns);
        self.labels(&upper, line(grid.heads, 0), buf);
        self.labels(&lower, line(grid.heads, 1), buf);
        if let Some(column) = grid.column(self.pane.period(self.basis)) {
            let last = u16::from(self.pane.zoom() == Zoom::Year);
            let head = Rect {
                x: column.x,
                width: grid.cell - last,
                ..line(grid.heads, 1)
            };
            let style = self.theme().accent.patch(self.theme().strong);
            buf.set_style(head.intersection(buf.area), bright(style));
        }
        if grid.heads.height > 2 {
            self.rule(line(grid.heads, 2), buf);
        }
    }

    /// The line under the heads, with a notch where today is.
    fn rule(&self, row: Rect, buf: &mut Buffer) {
        let glyphs = self.look.glyphs;
        let from = self.grid.names.0;
        let until = self.grid.ages.0 + self.grid.ages.1;
        let rule = glyphs.rule().repeat(until.saturating_sub(from).into());
        put(buf, from, row, &rule, self.theme().dim);
        if let Some(column) = self.grid.column_of(self.basis.today) {
            put(
                buf,
                column.x,
                row,
                glyphs.down(),
                bright(self.theme().accent),
            );
        }
    }

    /// Labels, each as far as there is room up to the next one.
    fn labels(&self, labels: &[(usize, String)], row: Rect, buf: &mut Buffer) {
        let columns = &self.grid.columns;
        let end = columns.last().map_or(0, |column| column.x + self.grid.cell);
        for (at, (column, label)) in labels.iter().enumerate() {
            let Some(from) = columns.get(*column).map(|column| column.x) else {
                continue;
            };
            let next = labels.get(at + 1).and_then(|(next, _)| columns.get(*next));
            let room = match next {
                Some(next) => next.x - from,
                None => end.max(from) - from,
            };
            let (wanted, room) = (label.len(), usize::from(room));
            let touches_none = wanted == 1 || next.is_none();
            // A year or month of which only a short piece is seen goes without.
            if wanted < room || wanted == room && touches_none {
                put(buf, from, row, label, self.theme().dim);
            }
        }
    }

    fn lane(&self, lane: &Lane, is_selected: bool, row: Rect, buf: &mut Buffer) {
        let theme = self.theme();
        let Some(customer) = self.basis.index.customer(lane.customer) else {
            return;
        };
        let (x, room) = self.grid.names;
        let name = pad(customer.name(), room.into(), self.look.glyphs);
        let style = match is_selected {
            true => theme.strong,
            false if customer.status() == "active" => theme.text,
            false => theme.dim,
        };
        put(buf, x, row, &name, style);
        if is_selected {
            let style = if self.focused {
                theme.accent
            } else {
                theme.dim
            };
            put(buf, row.x, row, self.look.glyphs.selection(), style);
        }
        let first = self.basis.index.items_of(lane.customer as usize).first();
        let first = first.map_or(Date::MAX, |item| day::of(item.day));
        let mut cells = self.grid.columns.iter().zip(&lane.cells).peekable();
        while let Some((column, cell)) = cells.next() {
            let has_begun = first <= column.period.until && column.period.from <= self.basis.today;
            self.cell(*column, cell, has_begun, row, buf);
            let next = cells.peek().filter(|(_, next)| next.mark == Mark::Gap);
            if let (Mark::Gap, Some((next, _))) = (cell.mark, next) {
                let sign = Mark::Gap.sign(self.look.glyphs == Glyphs::Ascii);
                let more = sign.repeat((next.x - column.x - 1).into());
                put(buf, column.x + 1, row, &more, theme.dim);
            }
            if is_selected && column.period == self.pane.period(self.basis) && self.focused {
                let gap = u16::from(self.pane.zoom() == Zoom::Year);
                let cell = Rect {
                    x: column.x,
                    width: self.grid.cell - gap,
                    ..row
                };
                buf.set_style(cell.intersection(buf.area), theme.selected);
            }
        }
        self.age(lane, row, buf);
    }

    fn cell(&self, column: Column, cell: &Cell, has_begun: bool, row: Rect, buf: &mut Buffer) {
        let theme = self.theme();
        let ascii = self.look.glyphs == Glyphs::Ascii;
        let sign = match cell.mark {
            // In ASCII the dot is a mark: something was noted.
            Mark::Nothing if has_begun && !ascii => self.look.glyphs.dot(),
            mark => mark.sign(ascii),
        };
        put(buf, column.x, row, sign, style(cell.mark, theme));
        if self.pane.zoom() == Zoom::Year && cell.entries > 0 {
            let count = match cell.entries {
                many @ 1000.. => format!("{}k", many / 1000),
                few => few.to_string(),
            };
            put(
                buf,
                column.x + 1,
                row,
                &cut(&count, 3, self.look.glyphs),
                theme.dim,
            );
        }
    }

    fn age(&self, lane: &Lane, row: Rect, buf: &mut Buffer) {
        let (x, width) = self.grid.ages;
        let Some(last) = lane.last_touch.filter(|_| width > 0) else {
            return;
        };
        let age = short_age(last, self.basis.today);
        let (age, style) = match lane.silent_days {
            Some(_) => (format!("~ {age}"), self.theme().text),
            None => (age, self.theme().dim),
        };
        put(
            buf,
            x,
            row,
            &pad_left(&age, width.into(), self.look.glyphs),
            style,
        );
    }

    /// What the selected cell holds.
    fn words(&self, lane: &Lane, buf: &mut Buffer) {
        let Basis {
            index,
            selection,
            today,
            ..
        } = self.basis;
        let (Some(customer), row) = (index.customer(lane.customer), self.grid.words) else {
            return;
        };
        let period = self.pane.period(self.basis);
        let column = self.grid.columns.iter().position(|c| c.period == period);
        let cell = column.and_then(|at| lane.cells.get(at));
        let mut said = twin::happened(index, selection, lane.customer, period, today);
        if cell.is_some_and(|cell| cell.is_silent) {
            let items = index.items_of(lane.customer as usize).iter().rev();
            let before = day::number(period.from);
            let touch = items
                .filter(|item| item.day < before)
                .find(|item| index.is_touch(item));
            if let Some(touch) = touch {
                let since = format!("no touch since {}", day::of(touch.day));
                said = if said.is_empty() {
                    since
                } else {
                    format!("{said}; {since}")
                };
            }
        }
        if said.is_empty() {
            "nothing".clone_into(&mut said);
        }
        let title = self.pane.zoom().title(period.from);
        let room = usize::from(row.width.saturating_sub(3));
        let name = cut(customer.name(), room / 2, self.look.glyphs);
        let text = format!(", {title}: {said}");
        let left = room.saturating_sub(width(&name));
        let text = cut(&text, left, self.look.glyphs);
        let row = Rect {
            x: self.grid.names.0,
            width: row.width.saturating_sub(3),
            ..row
        };
        Line::from_iter([
            Span::styled(name, self.theme().strong),
            Span::styled(text, self.theme().text),
        ])
        .render(row, buf);
    }

    fn legend(&self, buf: &mut Buffer) {
        let per_line = legend_columns(self.grid.legend.width);
        if per_line == 0 || self.grid.legend.is_empty() {
            return;
        }
        let ascii = self.look.glyphs == Glyphs::Ascii;
        let words = |place: usize| {
            let column = Mark::LEGEND.iter().skip(place).step_by(per_line);
            column.map(|mark| mark.word().len()).max().unwrap_or(0)
        };
        let mut x = self.grid.names.0;
        for place in 0..per_line {
            let column = Mark::LEGEND.iter().skip(place).step_by(per_line);
            for (mark, row) in column.zip(self.grid.legend.rows()) {
                put(buf, x, row, mark.sign(ascii), style(*mark, self.theme()));
                put(buf, x + 2, row, mark.word(), self.theme().dim);
            }
            x += u16::try_from(words(place)).unwrap_or(0) + 4;
        }
    }
}

/// A style over something dimmed.
fn bright(style: Style) -> Style {
    style.remove_modifier(Modifier::DIM)
}

/// The colour of a mark; its sign alone tells it too.
fn style(mark: Mark, theme: &Theme) -> Style {
    match mark {
        Mark::Won => theme.good.patch(theme.strong),
        Mark::Lost => theme.alert.patch(theme.strong),
        Mark::Ahead => theme.accent,
        Mark::Nothing | Mark::Gap | Mark::Note => theme.dim,
        _ => theme.text,
    }
}

/// Labels, each with the column that it begins at.
type Labels = Vec<(usize, String)>;

/// What stands above the columns: years, and below them what divides them.
fn labels(zoom: Zoom, columns: &[Column]) -> (Labels, Labels) {
    let mut upper = Vec::new();
    let mut lower = Vec::new();
    let mut above: Option<Column> = None;
    for (at, column) in columns.iter().enumerate() {
        let day = main_day(zoom, column.period);
        let before = above.map(|above| main_day(zoom, above.period));
        let is_new_year = above.is_none_or(|above| year(zoom, above.period) != day.year());
        if is_new_year && zoom != Zoom::Year {
            upper.push((at, format!("{:04}", day.year())));
        }
        match zoom {
            Zoom::Year => lower.push((at, format!("{:04}", day.year()))),
            Zoom::Quarter => lower.push((at, ((day.month() + 2) / 3).to_string())),
            Zoom::Month => {
                lower.push((at, day.strftime("%b").to_string().chars().take(1).collect()))
            }
            _ if before.map(Date::first_of_month) != Some(day.first_of_month()) => {
                lower.push((at, day.strftime("%b").to_string()));
            }
            _ => {}
        }
        above = Some(*column);
    }
    (upper, lower)
}

/// Writes a text into a row, never beyond its right edge.
fn put(buf: &mut Buffer, x: u16, row: Rect, text: &str, style: Style) {
    let row = row.intersection(buf.area);
    if row.is_empty() || x < row.left() || x >= row.right() {
        return;
    }
    buf.set_stringn(x, row.y, text, (row.right() - x).into(), style);
}
