//! `goodwill timeline --lanes`: the picture, in words, and as JSON.

use std::io::IsTerminal as _;

use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::{Found, Timeline};
use crate::cli::CliError;
use crate::cli::print::{Out, Tone, cell};
use crate::model::journal::Journal;
use crate::model::timeline::day;
use crate::model::timeline::lanes::{Lane, Lanes, Window};
use crate::model::timeline::mark::Mark;
use crate::model::timeline::period::Zoom;
use crate::model::timeline::rows::Gap;
use crate::model::timeline::twin;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::text::{pad, width};

/// The columns where no terminal says how many there are: five years of months.
const COLUMNS: usize = 60;
/// The most columns that are counted.
const MAX_COLUMNS: usize = 10_000;
/// The widest name beside a picture.
const NAME: usize = 24;
/// Room for `silent 14 months`.
const SILENT: usize = 18;

/// Prints the lanes; whether there was nothing to print.
pub fn print(asked: &Timeline, found: &Found, journal: &Journal) -> Result<bool, CliError> {
    let context = found.context;
    let today = context.today();
    let customers = Lanes::customers(&found.index, &found.selection);
    let is_picture = !context.json && (context.colour || std::io::stdout().is_terminal());
    let names = customers
        .iter()
        .map(|customer| width(&name(found, *customer)));
    let names = names.max().unwrap_or(0).min(NAME);
    let zoom = asked.zoom.unwrap_or(Zoom::Month);
    let window = window(found, zoom, is_picture.then_some(names));
    let lanes = Lanes::new(
        &found.index,
        &found.selection,
        &journal.settings,
        &customers,
        window,
        today,
    );
    let mut out = context.out();
    if context.json {
        let lanes = lanes.lanes.iter().map(|lane| document(found, &lanes, lane));
        out.json([("lanes", lanes.collect())])?;
    } else if is_picture {
        draw(&mut out, found, &lanes, names)?;
    } else {
        for line in twin::lanes(&lanes, &found.index, &found.selection, today) {
            out.line(&line)?;
        }
    }
    out.finish()?;
    Ok(customers.is_empty())
}

fn name(found: &Found, customer: u32) -> String {
    let customer = found.index.customer(customer);
    customer.map_or(String::new(), |customer| customer.name().to_owned())
}

/// The columns: the days asked for, else up to what is to come next, back to the first entry; of
/// a picture, as many as there is room for.
fn window(found: &Found, zoom: Zoom, names: Option<usize>) -> Window {
    let today = found.context.today();
    let week_starts = found.context.settings.week_starts();
    let mut places = found.selection.by_day(&found.index);
    let of = |place: u32| found.index.item(place).map(|item| day::of(item.day));
    let last = places.next_back().and_then(of).unwrap_or(today);
    let first = places.next().and_then(of).unwrap_or(last);
    let asked = found.selection.filter().period;
    let ahead = if zoom >= Zoom::Quarter { 1 } else { 3 };
    let soon = zoom.around(today, week_starts).shift(ahead).until;
    let last = match asked
        .map(|days| days.until)
        .filter(|until| *until < Date::MAX)
    {
        Some(until) => until,
        None => last.min(soon).max(today),
    };
    let first = match asked.map(|days| days.from).filter(|from| *from > Date::MIN) {
        Some(from) => from,
        None => first.min(last),
    };
    let room = names.map_or(MAX_COLUMNS, |names| {
        let cells = match ratatui::crossterm::terminal::size() {
            Ok((cells, _)) if std::io::stdout().is_terminal() => usize::from(cells),
            _ => names + 2 + COLUMNS * cell_width(zoom) + SILENT,
        };
        cells.saturating_sub(names + 2 + SILENT) / cell_width(zoom)
    });
    let mut window = Window::ending(last, room.max(1), zoom, week_starts);
    window.columns.retain(|column| column.until >= first);
    window
}

/// The cells that a column takes, so that there is room for the years above.
fn cell_width(zoom: Zoom) -> usize {
    match zoom {
        Zoom::Day | Zoom::Week | Zoom::Month => 1,
        Zoom::Quarter => 2,
        Zoom::Year => 5,
    }
}

fn draw(out: &mut Out, found: &Found, lanes: &Lanes, names: usize) -> Result<(), CliError> {
    let glyphs = found.context.appearance.glyphs;
    let ascii = glyphs == Glyphs::Ascii;
    let each = cell_width(lanes.window.zoom);
    out.cells(&[
        cell(&" ".repeat(names + 2), Tone::Plain),
        cell(&years(&lanes.window), Tone::Faint),
    ])?;
    for lane in &lanes.lanes {
        let name = name(found, lane.customer);
        let mut row = vec![cell(&(pad(&name, names, glyphs) + "  "), Tone::Strong)];
        for column in &lane.cells {
            let sign = pad(column.mark.sign(ascii), each, glyphs);
            row.push(cell(&sign, tone(column.mark)));
        }
        if let Some(silence) = silence(lane, found.context.today()) {
            row.push(cell(&format!("  silent {}", silence.words()), Tone::Alert));
        }
        out.cells(&row)?;
    }
    let drawn = |mark: &&Mark| {
        let mut cells = lanes.lanes.iter().flat_map(|lane| &lane.cells);
        cells.any(|cell| cell.mark == **mark)
    };
    let legend = Mark::LEGEND.iter().filter(drawn);
    let legend: Vec<String> = legend
        .map(|mark| format!("{} {}", mark.sign(ascii), mark.word()))
        .collect();
    if !legend.is_empty() {
        out.cells(&[])?;
        out.cells(&[cell(&legend.join("  "), Tone::Faint)])?;
    }
    Ok(())
}

fn tone(mark: Mark) -> Tone {
    match mark {
        Mark::Won | Mark::Negotiation => Tone::Strong,
        Mark::Lost | Mark::Ahead => Tone::Alert,
        Mark::Gap | Mark::Note => Tone::Faint,
        _ => Tone::Plain,
    }
}

/// The years above their first columns, where there is room. The last one may reach beyond, above
/// the words of a silence.
fn years(window: &Window) -> String {
    let each = cell_width(window.zoom);
    let mut line = String::new();
    let mut last = String::new();
    for (at, column) in window.columns.iter().enumerate() {
        // A week belongs to the year that most of it lies in.
        let title = window.zoom.title(column.from);
        let year: String = title.chars().take(4).collect();
        let to = at * each;
        if last != year && (line.is_empty() || line.len() < to) {
            line.extend(std::iter::repeat_n(' ', to - line.len()));
            line.push_str(&year);
        }
        last = year;
    }
    line
}

fn silence(lane: &Lane, today: Date) -> Option<Gap> {
    let from = lane.last_touch.filter(|_| lane.silent_days.is_some())?;
    Some(Gap {
        from,
        until: today,
        is_open: true,
    })
}

fn document(found: &Found, lanes: &Lanes, lane: &Lane) -> Json {
    let customer = found.index.customer(lane.customer);
    let cells: Json = lanes
        .window
        .columns
        .iter()
        .zip(&lane.cells)
        .filter(|(_, cell)| cell.mark != Mark::Nothing)
        .map(|(column, cell)| {
            json!({
                "period": lanes.window.zoom.title(column.from),
                "from": column.from.to_string(),
                "until": column.until.to_string(),
                "mark": cell.mark.word(),
                "entries": cell.entries,
                "touches": cell.touches,
                "ahead": cell.ahead,
                "won": cell.won,
                "lost": cell.lost,
                "silent": cell.is_silent,
            })
        })
        .collect();
    json!({
        "customer": customer.map(|customer| &*customer.key),
        "name": customer.map(|customer| customer.name()),
        "last_touch": lane.last_touch.map(|day| day.to_string()),
        "silent_days": lane.silent_days,
        "cells": cells,
    })
}
