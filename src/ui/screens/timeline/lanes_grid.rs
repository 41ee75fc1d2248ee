//! Where the lanes stand on the screen: drawing, moves and clicks ask the same grid.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use ratatui::layout::{Position, Rect};

use crate::model::age::days_between;
use crate::model::timeline::period::{Period, Zoom};

/// The months of a column are two cells wide where this many of them are still seen.
const MANY_COLUMNS: u16 = 60;

/// A column of the lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Its first cell, in columns of the screen.
    pub x: u16,
    /// Its days.
    pub period: Period,
}

/// Where everything stands.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// Above the lanes: years, months, and a rule where there is room.
    pub heads: Rect,
    /// All lanes, from the first cell to the last one.
    pub rows: Rect,
    /// The part of a lane with the customer's name, without the mark of the selection.
    pub names: (u16, u16),
    /// The part of a lane with the age of the last touch: first cell and width.
    pub ages: (u16, u16),
    /// The line that says what is selected.
    pub words: Rect,
    /// What the marks mean.
    pub legend: Rect,
    /// How many cells a column takes.
    pub cell: u16,
    /// The columns that are seen, oldest first.
    pub columns: Vec<Column>,
    /// The first lane that is seen.
    pub top: usize,
}

/// What is to be shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// What a column stands for.
    pub zoom: Zoom,
    /// How many lanes there are.
    pub lanes: usize,
    /// From the first day of all that there is to the last one.
    pub days: Period,
    /// The days of the selected column, which is always seen.
    pub selected: Period,
    /// A day of the last column, where the selected one is seen then.
    pub last: Date,
    /// The first day of a week.
    pub week_starts: Weekday,
}

impl Grid {
    /// The grid of an area.
    pub fn new(area: Rect, asked: Asked) -> Grid {
        let mut grid = Grid::frame(area, asked.lanes);
        let from = grid.names.0 + grid.names.1 + 1;
        let room = grid
            .ages
            .0
            .saturating_sub(from + u16::from(grid.ages.1 > 0));
        let room = room.min(area.right().saturating_sub(from));
        grid.cell = cell_width(asked.zoom, asked.days, room);
        let selected = asked.selected;
        let up_to = |last| columns(asked.zoom, last, grid.cell, room, asked.week_starts);
        let begins_behind = |columns: &[Column]| {
            let first = columns.first();
            first.is_some_and(|first| first.period.from > selected.from)
        };
        grid.columns = up_to(asked.last.max(selected.from));
        if begins_behind(&grid.columns) {
            // As many columns as are seen now, then as many less as the air between years asks for.
            let many = i32::try_from(grid.columns.len()).unwrap_or(1);
            let mut windows = (0..many).rev().map(|by| up_to(selected.shift(by).from));
            let found = windows.find(|columns| !begins_behind(columns));
            grid.columns = found.unwrap_or_default();
        }
        // Before all that there is nothing is to be seen.
        let begin = asked.days.from.min(selected.from);
        let many = grid.columns.len();
        grid.columns.retain(|column| column.period.until >= begin);
        let air = grid.columns.first().map_or(0, |column| column.x);
        for column in &mut grid.columns {
            column.x = from + column.x - air;
        }
        // All that there is stands together.
        let last = grid.columns.last().map(|column| column.x + grid.cell + 1);
        if let Some(end) = last.filter(|_| grid.columns.len() < many && grid.ages.1 > 0) {
            grid.ages.0 = grid.ages.0.min(end);
        }
        grid
    }

    /// All but the columns.
    fn frame(area: Rect, lanes: usize) -> Grid {
        let (width, height) = (area.width, area.height);
        let heads = match height {
            0..=2 => 0,
            3..=7 => 2,
            _ => 3,
        };
        let words = u16::from(height >= 6);
        let legend = match (height, legend_columns(width)) {
            (_, 0) | (..14, _) => 0,
            (14..18, per_line) => u16::from(per_line > 6),
            (_, per_line) => {
                if per_line > 6 {
                    1
                } else {
                    2
                }
            }
        };
        let air = u16::from(height >= 16);
        let below = words + legend + air;
        let at = |y: u16, height: u16| Rect {
            y: area.y + y.min(area.height),
            height: height.min(area.height.saturating_sub(y)),
            ..area
        };
        // What is said about the lanes stands right below the last one.
        let lanes = u16::try_from(lanes).unwrap_or(u16::MAX).max(1);
        let rows = height.saturating_sub(heads + below).min(lanes);
        let names = match width {
            0..=25 => width.saturating_sub(2).min(8),
            26..=59 => 10,
            60..=99 => 16,
            100..=139 => 20,
            _ => 24,
        };
        let ages = if width < 40 { 0 } else { 8 };
        Grid {
            heads: at(0, heads),
            rows: at(heads, rows),
            names: (area.x + 2.min(width), names),
            ages: (
                area.right().saturating_sub(ages + u16::from(ages > 0)),
                ages,
            ),
            words: at(heads + rows + air, words),
            legend: at(heads + rows + air + words, legend),
            cell: 1,
            columns: Vec::new(),
            top: 0,
        }
    }

    /// The lane at a position, counted from the first one that is seen.
    pub fn row_at(&self, at: Position) -> Option<usize> {
        let row = at.y.checked_sub(self.rows.y)?;
        self.rows.contains(at).then_some(usize::from(row))
    }

    /// The column at a position.
    pub fn column_at(&self, at: Position) -> Option<&Column> {
        let mut columns = self.columns.iter();
        columns.find(|column| column.x <= at.x && at.x < column.x + self.cell)
    }

    /// The column of these days.
    pub fn column(&self, period: Period) -> Option<&Column> {
        self.columns.iter().find(|column| column.period == period)
    }

    /// The column that a day lies in.
    pub fn column_of(&self, day: Date) -> Option<&Column> {
        self.columns
            .iter()
            .find(|column| column.period.contains(day))
    }
}

/// How many of the twelve marks are explained in a line of this width.
pub(super) fn legend_columns(width: u16) -> usize {
    match width {
        0..=77 => 0,
        78..=123 => 6,
        _ => 12,
    }
}

/// As wide as all that there is still fits, or many columns do.
fn cell_width(zoom: Zoom, days: Period, room: u16) -> u16 {
    let unit = match zoom {
        Zoom::Year => return 5,
        Zoom::Quarter => 91,
        Zoom::Month => 30,
        Zoom::Week | Zoom::Day => 7,
    };
    let length = days_between(days.from, days.until).unwrap_or(i32::MAX);
    let fits = |cell: u16| {
        let cells = (length / unit + 2).saturating_mul(cell.into()) + length / 365 + 2;
        room / cell >= MANY_COLUMNS || cells <= room.into()
    };
    match () {
        () if fits(3) => 3,
        () if fits(2) => 2,
        () => 1,
    }
}

/// As many columns as fit, the last one around a day. Years stand a cell apart.
fn columns(zoom: Zoom, last: Date, cell: u16, room: u16, week_starts: Weekday) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut next = zoom.around(last, week_starts);
    let mut used = 0;
    loop {
        let gap = match columns.last() {
            Some(column) => u16::from(stands_apart(zoom, next, column.period)),
            None => 0,
        };
        if used + gap + cell > room {
            break;
        }
        used += gap + cell;
        // How far from the right edge, for now.
        columns.push(Column {
            x: used,
            period: next,
        });
        let Ok(before) = next.from.yesterday() else {
            break;
        };
        next = zoom.around(before, week_starts);
    }
    columns.reverse();
    for column in &mut columns {
        column.x = used - column.x;
    }
    columns
}

/// Whether there is air between the columns of these periods.
fn stands_apart(zoom: Zoom, one: Period, other: Period) -> bool {
    zoom != Zoom::Year && year(zoom, one) != year(zoom, other)
}

/// The year that a column stands in.
pub(super) fn year(zoom: Zoom, period: Period) -> i16 {
    main_day(zoom, period).year()
}

/// The day that says in which month and year a column stands: a week is where its Thursday is, as
/// in the count of weeks.
pub(super) fn main_day(zoom: Zoom, period: Period) -> Date {
    match zoom {
        Zoom::Week => {
            let to_thursday = period.from.weekday().until(Weekday::Thursday);
            period.from.saturating_add(to_thursday.days())
        }
        _ => period.from,
    }
}
