//! How both sides of a field look: three columns, or one below the other where there is no room.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::sides::{Run, Side, Sides};
use crate::ui::keys::{Action, Scope};
use crate::ui::screens::Look;
use crate::ui::widgets::popup;
use crate::ui::widgets::text::{pad, width, wrap};

/// The width from which the three stand side by side.
const WIDE: usize = 60;
/// The most cells of a column: longer lines are hard to read.
const WIDEST: u16 = 140;
/// The height below which the text needs the room of the hints.
const LOW: u16 = 14;
/// The gap between two columns.
const GAP: usize = 2;
/// The mark before a line and the space behind it.
const MARK: usize = 2;

/// A line of what is shown: pieces of text with their styles.
type Drawn = Vec<(String, Style)>;

/// What stands in one column: where it comes from and what it says in a run.
type Column = (&'static str, fn(&Run) -> &[String]);

const COLUMNS: [Column; 3] = [
    ("when you opened it", |run| &run.base),
    ("in the file now", |run| &run.theirs),
    ("typed here", |run| &run.ours),
];

/// Draws it; answers where the terminal's cursor stands: at the first line.
pub fn draw(
    sides: &Sides,
    title: &str,
    screen: Rect,
    buf: &mut Buffer,
    look: Look,
) -> Option<Position> {
    let side = sides.current()?;
    let wide = screen.width.min(WIDEST);
    let room = usize::from(wide.saturating_sub(4)).max(1);
    let lines = lines(side, room, look);
    let above = heading(sides, side, room, look);
    let mut below = keys(sides, side, room, look);
    if screen.height < LOW {
        // The footer names the others.
        below = below.into_iter().skip(1).take(2).collect();
    }
    let count = |lines: usize| u16::try_from(lines).unwrap_or(u16::MAX);
    let fixed = count(above.len() + below.len());
    let height = count(lines.len()).saturating_add(fixed + 2);
    let area = popup::popup_area(screen, wide, height);
    popup::frame(area, title, look.theme.accent, look.glyphs, buf);
    let inner = area.inner(Margin::new(2, 1));
    let [top, body, bottom] = parts(inner, count(above.len()), count(below.len()));
    render(&above, top, buf);
    render(&below, bottom, buf);
    let height = usize::from(body.height);
    let first = sides.scroll.get().min(lines.len().saturating_sub(height));
    sides.scroll.set(first);
    sides.lines.set((lines.len(), height));
    render(lines.get(first..).unwrap_or_default(), body, buf);
    let edge = |is_there: bool, y: u16, glyph: &str, buf: &mut Buffer| {
        if is_there && inner.right() < area.right() {
            buf.set_string(inner.right(), y, glyph, look.theme.accent);
        }
    };
    edge(first > 0, body.y, look.glyphs.up(), buf);
    let more = lines.len() > first + height;
    let last = body.bottom().saturating_sub(1);
    edge(more, last, look.glyphs.down(), buf);
    Some(body.as_position())
}

/// Heading, text and keys; where there is little room the text goes before the heading.
fn parts(inner: Rect, above: u16, below: u16) -> [Rect; 3] {
    let below = below.min(inner.height.saturating_sub(1));
    let above = match inner.height.saturating_sub(below) {
        room if room > above + 1 => above,
        room => room.saturating_sub(2).min(1),
    };
    let top = Rect {
        height: above,
        ..inner
    };
    let body = Rect {
        y: inner.y + above,
        height: inner.height - above - below,
        ..inner
    };
    let bottom = Rect {
        y: body.bottom(),
        height: below,
        ..inner
    };
    [top, body, bottom]
}

fn render(lines: &[Drawn], area: Rect, buf: &mut Buffer) {
    for (line, row) in lines.iter().zip(area.rows()) {
        let spans = line
            .iter()
            .map(|(text, style)| Span::styled(text.as_str(), *style));
        Line::from_iter(spans).render(row, buf);
    }
}

fn heading(sides: &Sides, side: &Side, room: usize, look: Look) -> Vec<Drawn> {
    let told = match sides.sides.len() {
        1 => format!("{}: changed here and in the file", side.label),
        of => format!(
            "{}, {} of {of}: changed here and in the file",
            side.label,
            sides.at + 1
        ),
    };
    let lines = wrap(&told, room).into_iter();
    let mut lines: Vec<Drawn> = lines
        .map(|line| vec![(line.into_owned(), look.theme.strong)])
        .collect();
    lines.push(Vec::new());
    lines
}

/// The keys that decide, each with what it does, as many on a line as fit.
fn keys(sides: &Sides, side: &Side, room: usize, look: Look) -> Vec<Drawn> {
    let is_last = sides.sides.len() == 1;
    let words = [
        (Action::TakeTheirs, "take the file's"),
        (Action::KeepMine, "keep mine"),
        (Action::TakeBoth, "take both"),
        (Action::Edit, "type something else"),
        (Action::NextField, "the next field"),
        (Action::Back, "back to the form"),
    ];
    let mut lines: Vec<Drawn> = vec![Vec::new()];
    let mut used = 0;
    let mut line: Drawn = Vec::new();
    for (action, what) in words {
        let has_use = match action {
            Action::TakeBoth => side.both.is_some(),
            Action::NextField => !is_last,
            _ => true,
        };
        let Some(key) = look.keys.shown(Scope::Sides, action).filter(|_| has_use) else {
            continue;
        };
        let cells = width(&key) + 1 + width(what);
        if used > 0 && used + 3 + cells > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(("   ".to_owned(), look.theme.dim));
            used += 3;
        }
        used += cells;
        line.push((key, look.theme.accent));
        line.push((format!(" {what}"), look.theme.dim));
    }
    lines.push(line);
    lines
}

fn lines(side: &Side, room: usize, look: Look) -> Vec<Drawn> {
    if room >= WIDE {
        beside(side, room, look)
    } else {
        below(side, room, look)
    }
}

/// The three side by side, each run at the same height.
fn beside(side: &Side, room: usize, look: Look) -> Vec<Drawn> {
    let column = (room - 2 * GAP) / COLUMNS.len();
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
    let mut lines = vec![row(
        COLUMNS.map(|(name, _)| (name.to_owned(), look.theme.strong))
    )];
    for run in &side.runs {
        let style = if run.kept {
            look.theme.dim
        } else {
            look.theme.text
        };
        let cells = COLUMNS.map(|(_, says)| marked(run, says(run), column, look));
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let cell = |lines: &Vec<String>| (lines.get(at).cloned().unwrap_or_default(), style);
            let [base, theirs, ours] = &cells;
            lines.push(row([cell(base), cell(theirs), cell(ours)]));
        }
    }
    lines
}

/// The three one below the other.
fn below(side: &Side, room: usize, look: Look) -> Vec<Drawn> {
    let mut lines = Vec::new();
    for (name, says) in COLUMNS {
        lines.push(vec![(name.to_owned(), look.theme.strong)]);
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
    if run.kept && lines.len() > 3 {
        let rule = look.glyphs.rule();
        return vec![format!("{rule} {} lines the same", lines.len())];
    }
    let is_base = std::ptr::eq(lines, run.base.as_slice());
    let mark = match (run.kept || (!is_base && lines == run.base), is_base) {
        (true, _) => " ",
        (false, true) => "-",
        (false, false) => "+",
    };
    if lines.iter().all(String::is_empty) && !run.kept {
        let told = if lines.len() > 1 {
            "empty lines"
        } else {
            "nothing"
        };
        return vec![format!("{mark} ({told})")];
    }
    let mut shown = Vec::new();
    for line in lines {
        for (at, piece) in wrap(line, room.saturating_sub(MARK).max(1))
            .iter()
            .enumerate()
        {
            let mark = if at == 0 { mark } else { " " };
            shown.push(format!("{mark} {piece}"));
        }
    }
    shown
}
