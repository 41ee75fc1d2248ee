//! How both sides of a field look: three columns, or one below the other where there is no room.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::side::{Run, Side, Sides};
use super::told::{Drawn, Told, keys, paragraph, room};
use crate::ui::keys::{Action, Scope};
use crate::ui::screens::Look;
use crate::ui::widgets::text::{pad, visible, width, wrap};

/// The width from which the three stand side by side where no line of them has to be broken.
const WIDE: usize = 60;
/// The width from which they do in any case.
const WIDER: usize = 96;
/// The most cells of the dialog: longer lines are hard to read.
const WIDEST: u16 = 140;
/// The gap between two columns.
const GAP: usize = 2;
/// The mark before a line and the space behind it.
const MARK: usize = 2;

/// What stands around the two sides.
pub struct Words<'a> {
    /// In the frame.
    pub title: &'a str,
    /// Which field it is of which thing, and what happened to it.
    pub told: String,
    /// What went wrong.
    pub error: Option<&'a str>,
    /// Above each column: what was there at first, by somebody else, here; and from whom and when.
    pub names: [(String, String); 3],
    /// Where the keys come from.
    pub scope: Scope,
    /// What they do.
    pub keys: Vec<(Action, &'static str)>,
}

/// Says what a run is on one side.
type Says = fn(&Run) -> &[String];

const COLUMNS: [Says; 3] = [|run| &run.base, |run| &run.theirs, |run| &run.ours];

/// Draws it; answers where the terminal's cursor stands: at the first line.
pub fn draw(
    sides: &Sides,
    words: &Words,
    screen: Rect,
    buf: &mut Buffer,
    look: Look,
) -> Option<Position> {
    let side = sides.current()?;
    let room = room(screen, WIDEST);
    let mut above = paragraph(&words.told, room, look.theme.strong);
    if let Some(why) = words.error {
        above.extend(paragraph(why, room, look.theme.alert));
    }
    above.push(Vec::new());
    let told = Told {
        title: words.title,
        above,
        body: lines(side, &words.names, room, look),
        below: keys(words.scope, &words.keys, room, look),
        widest: WIDEST,
        scroll: &sides.scroll,
        seen: None,
    };
    let (body, count) = told.draw(screen, buf, look);
    sides.lines.set((count, body.height.into()));
    Some(body.as_position())
}

fn lines(side: &Side, names: &[(String, String); 3], room: usize, look: Look) -> Vec<Drawn> {
    let column = room.saturating_sub(2 * GAP) / COLUMNS.len();
    let fits = |run: &Run| {
        let sides = COLUMNS.iter().map(|says| says(run));
        run.kept || sides.flatten().all(|line| width(line) + MARK <= column)
    };
    let are_short = || {
        names
            .iter()
            .all(|(name, from)| width(name).max(width(from)) <= column)
    };
    if room >= WIDER || (room >= WIDE && are_short() && side.runs.iter().all(fits)) {
        beside(side, names, column, look)
    } else {
        below(side, names, room, look)
    }
}

/// The three side by side, each run at the same height.
fn beside(side: &Side, names: &[(String, String); 3], column: usize, look: Look) -> Vec<Drawn> {
    let row = |cells: [(String, Style); 3]| -> Drawn {
        let mut line = Vec::new();
        for (text, style) in cells {
            if !line.is_empty() {
                line.push((" ".repeat(GAP), look.theme.text));
            }
            line.push((pad(&text, column, look.glyphs), style));
        }
        line
    };
    let name = |(name, _): &(String, String)| (name.clone(), look.theme.strong);
    let from = |(_, from): &(String, String)| (from.clone(), look.theme.dim);
    let mut lines = vec![row(names.each_ref().map(name))];
    if names.iter().any(|(_, from)| !from.is_empty()) {
        lines.push(row(names.each_ref().map(from)));
    }
    for run in &side.runs {
        let style = if run.kept {
            look.theme.dim
        } else {
            look.theme.text
        };
        let cells = COLUMNS.map(|says| marked(run, says(run), column, look));
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let cell = |lines: &Vec<String>| (lines.get(at).cloned().unwrap_or_default(), style);
            lines.push(row(cells.each_ref().map(cell)));
        }
    }
    lines
}

/// The three one below the other.
fn below(side: &Side, names: &[(String, String); 3], room: usize, look: Look) -> Vec<Drawn> {
    let mut lines = Vec::new();
    for ((name, from), says) in names.iter().zip(COLUMNS) {
        let mut heading = vec![(visible(name).into_owned(), look.theme.strong)];
        if !from.is_empty() {
            heading.push((format!("  {}", visible(from)), look.theme.dim));
        }
        lines.push(heading);
        for run in &side.runs {
            let style = if run.kept {
                look.theme.dim
            } else {
                look.theme.text
            };
            let marked = marked(run, says(run), room, look).into_iter();
            lines.extend(marked.map(|line| vec![(line, style)]));
        }
    }
    lines
}

/// The lines of one side of a run. Changed lines have a mark; where both sides kept many, it is
/// said how many.
fn marked(run: &Run, lines: &[String], room: usize, look: Look) -> Vec<String> {
    let is_base = std::ptr::eq(lines, run.base.as_slice());
    let mark = match (!is_base && lines == run.base, is_base) {
        _ if run.kept => None,
        (true, _) => Some(' '),
        (false, true) => Some('-'),
        (false, false) => Some('+'),
    };
    marked_lines(lines, mark, room, look)
}

/// Lines behind a mark: `-` before what went, `+` before what came. Without a mark, of what all
/// kept, no more than how many lines it is where those are many.
pub fn marked_lines(lines: &[String], mark: Option<char>, room: usize, look: Look) -> Vec<String> {
    if mark.is_none() && lines.len() > 3 {
        let rule = look.glyphs.rule();
        return vec![format!("{rule} {} lines the same", lines.len())];
    }
    let first = mark.unwrap_or(' ');
    if lines.iter().all(String::is_empty) && mark.is_some() {
        let told = if lines.len() > 1 {
            "empty lines"
        } else {
            "nothing"
        };
        return vec![format!("{first} ({told})")];
    }
    let mut shown = Vec::new();
    for line in lines {
        for (at, piece) in wrap(line, room.saturating_sub(MARK).max(1))
            .iter()
            .enumerate()
        {
            let mark = if at == 0 { first } else { ' ' };
            shown.push(format!("{mark} {piece}"));
        }
    }
    shown
}
