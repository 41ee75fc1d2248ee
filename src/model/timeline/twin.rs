//! The pictures in words: what the lanes, the strip and the calendar show, for a screen reader, a
//! pipe, and grep.

use jiff::civil::Date;

use super::calendar::Calendar;
use super::day;
use super::density::Density;
use super::filter::Selection;
use super::index::Index;
use super::lanes::{Lane, Lanes};
use super::period::{Period, Zoom};
use super::rows::Gap;
use super::sum::Sum;

/// The lanes, a customer a line: `Borealis: 2025: Mar 2 calls; Apr 1 deal won; silent for 7
/// months`.
pub fn lanes(lanes: &Lanes, index: &Index, selection: &Selection, today: Date) -> Vec<String> {
    let line = |lane: &Lane| lane_words(lanes, lane, index, selection, today);
    lanes.lanes.iter().map(line).collect()
}

fn lane_words(
    lanes: &Lanes,
    lane: &Lane,
    index: &Index,
    selection: &Selection,
    today: Date,
) -> String {
    let name = index
        .customer(lane.customer)
        .map_or("", |customer| customer.name());
    let mut said = Years::default();
    for (column, cell) in lanes.window.columns.iter().zip(&lane.cells) {
        if cell.entries + cell.ahead == 0 && !cell.won && !cell.lost {
            continue;
        }
        let parts = happened(index, selection, lane.customer, *column, today);
        said.add(lanes.window.zoom, column, &parts);
    }
    if let (Some(_), Some(from)) = (lane.silent_days, lane.last_touch) {
        let silence = Gap {
            from,
            until: today,
            is_open: true,
        };
        said.end(&format!("silent for {}", silence.words()));
    }
    let said = said.said;
    if said.is_empty() {
        return format!("{name}: nothing");
    }
    format!("{name}: {said}")
}

/// What happened with a customer (its place in the index) in the days of a cell, as a sum says it:
/// `2 calls, 1 concern`. Empty where nothing does.
pub fn happened(
    index: &Index,
    selection: &Selection,
    customer: u32,
    column: Period,
    today: Date,
) -> String {
    let mut sum = Sum::new(column);
    let number = customer as usize;
    let items = index.items_of(number);
    let first = items.partition_point(|item| item.day < day::number(column.from));
    let places = index
        .start(number)
        .saturating_add(u32::try_from(first).unwrap_or(0))..;
    let until = day::number(column.until);
    for (place, item) in places.zip(items.iter().skip(first)) {
        if item.day > until {
            break;
        }
        if selection.has(place) && (!item.role.is_mark() || item.day >= day::number(today)) {
            sum.add(index, item);
        }
    }
    sum.parts(index).join(", ")
}

/// The strip in a line: `contacts by month: 2025: Oct 3; Dec 1; 2026: Jan 2; 6 in all`. Units
/// without a contact are left out.
pub fn density(density: &Density) -> String {
    let mut said = Years::default();
    for (period, count) in density.periods.iter().zip(&density.counts) {
        if *count > 0 {
            said.add(density.zoom, period, &count.to_string());
        }
    }
    said.end(&format!("{} in all", density.total()));
    format!("contacts by {}: {}", density.zoom, said.said)
}

/// The month in a line: `2026-11: 03 Tue 2 entries; 27 Fri 1 ahead`.
pub fn calendar(calendar: &Calendar) -> String {
    let mut said = Vec::new();
    for day in calendar.days() {
        let mut parts = Vec::new();
        match day.entries {
            0 => {}
            1 => parts.push("1 entry".to_owned()),
            many => parts.push(format!("{many} entries")),
        }
        if day.ahead > 0 {
            parts.push(format!("{} ahead", day.ahead));
        }
        if day.is_today {
            parts.push("today".to_owned());
        }
        if !parts.is_empty() {
            said.push(format!(
                "{} {}",
                day.date.strftime("%d %a"),
                parts.join(", ")
            ));
        }
    }
    if said.is_empty() {
        said.push("nothing".to_owned());
    }
    format!("{}: {}", Zoom::Month.title(calendar.month), said.join("; "))
}

/// What is said, the year once in front of what happened in it.
#[derive(Default)]
struct Years {
    said: String,
    year: String,
}

impl Years {
    fn add(&mut self, zoom: Zoom, period: &Period, parts: &str) {
        let title = zoom.title(period.from);
        let (year, within) = match zoom {
            Zoom::Year => (title.as_str(), String::new()),
            Zoom::Month => {
                let month = period.from.strftime("%b ").to_string();
                (title.split('-').next().unwrap_or(&title), month)
            }
            // `2026-W47`, `2026 Q4`, `2026-11-20`.
            _ => match title.split_once(['-', ' ']) {
                Some((year, within)) => (year, format!("{within} ")),
                None => (title.as_str(), String::new()),
            },
        };
        let head = match self.year == *year {
            true => String::new(),
            false => format!("{year}: "),
        };
        self.year = year.to_owned();
        self.end(&format!("{head}{within}{parts}"));
    }

    fn end(&mut self, part: &str) {
        if !self.said.is_empty() {
            self.said.push_str("; ");
        }
        self.said.push_str(part);
    }
}
