//! The tab of wins and losses: entries that can be selected, and below each what it says and what
//! follows from those before it.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::Look;
use super::customers_draw::mark_selected;
use super::entry_line::{self, Columns};
use super::entry_row::{Cells, Tone};
use crate::model::customer::Customer;
use crate::model::ledger::{Decided, Ledger, Posting, Sort, Told};
use crate::ui::layout;
use crate::ui::widgets::list::Move;
use crate::ui::widgets::row::draw_row;
use crate::ui::widgets::text::{cut, going_on, pad, wrap_most};

/// The gutter of days, with a column of air.
const DAY: usize = 11;
/// The column of the stage, and below it of the parties.
const WORD: usize = 9;
/// Below this width what stands below an entry begins further to the left.
const NARROW: usize = 60;
/// The most rows of one line; an entry read whole has all of it.
const TALLEST: usize = 3;

/// The rows of the tab.
#[derive(Debug, Default)]
pub struct LedgerRows {
    lines: Vec<Line>,
}

/// A line, and the row that it belongs to; the air between two belongs to neither.
#[derive(Debug)]
struct Line {
    row: Option<usize>,
    what: What,
}

#[derive(Debug)]
enum What {
    /// An entry.
    Entry(Option<Date>, Cells),
    /// A part of what is told below it.
    Told(Below),
    Air,
}

#[derive(Debug)]
struct Below {
    label: &'static str,
    text: String,
    manner: Manner,
    /// Whether it is cut behind this.
    goes_on: bool,
}

/// How a line below an entry looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Plain,
    Loss,
    Note,
    Good,
}

impl LedgerRows {
    /// The ledger of a customer, newest first, what is decided below it. `holds` says which
    /// places of the file a filter lets through. Answers with the places of the rows.
    pub fn fill(
        &mut self,
        customer: &Customer,
        today: Date,
        room: usize,
        holds: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let ledger = Ledger::of(customer, today);
        let mut places = Vec::new();
        self.lines.clear();
        for posting in ledger.postings.iter().rev().filter(|p| holds(p.place)) {
            self.push(
                posting.day,
                posting_cells(posting),
                &posting.told(),
                (places.len(), room),
            );
            places.push(posting.place);
        }
        for deal in ledger.deals.iter().rev().filter(|deal| holds(deal.place)) {
            self.push(
                deal.day,
                deal_cells(deal),
                &deal.told(),
                (places.len(), room),
            );
            places.push(deal.place);
        }
        places
    }

    fn push(
        &mut self,
        day: Option<Date>,
        cells: Cells,
        told: &[Told],
        (row, room): (usize, usize),
    ) {
        if row > 0 {
            self.lines.push(Line {
                row: None,
                what: What::Air,
            });
        }
        let of_row = |what| Line {
            row: Some(row),
            what,
        };
        self.lines.push(of_row(What::Entry(day, cells)));
        for told in told {
            let room = room.saturating_sub(indent(room) + WORD).max(1);
            let manner = manner(told);
            let (pieces, goes_on) = wrap_most(&told.text, room, TALLEST);
            let last = pieces.len().saturating_sub(1);
            for (nth, text) in pieces.into_iter().enumerate() {
                self.lines.push(of_row(What::Told(Below {
                    label: if nth == 0 { told.label } else { "" },
                    text,
                    manner,
                    goes_on: goes_on && nth == last,
                })));
            }
        }
    }

    /// How many lines there are.
    pub fn height(&self) -> usize {
        self.lines.len()
    }

    /// The first line of a row.
    pub fn line_of(&self, row: usize) -> usize {
        let is_it = |line: &Line| line.row == Some(row);
        self.lines.iter().position(is_it).unwrap_or(0)
    }

    /// The row that a line belongs to.
    pub fn row_at(&self, line: usize) -> Option<usize> {
        self.lines.get(line)?.row
    }

    /// The first line that is seen, so that all of a row is; of one that is taller than the
    /// screen, as much as there is room for.
    pub fn scroll(&self, row: usize, offset: usize, height: usize) -> usize {
        let (first, end) = self.span(row);
        let to_end = end.saturating_sub(height);
        let most = self.height().saturating_sub(height);
        offset.clamp(first.min(to_end), first.max(to_end)).min(most)
    }

    /// Goes on in a row that is taller than the screen; `None` where a step leads out of it.
    pub fn on(&self, step: Move, row: usize, offset: usize, height: usize) -> Option<usize> {
        let (first, end) = self.span(row);
        let page = height.saturating_sub(1).max(1);
        match step {
            Move::Down if offset + height < end => Some((offset + page).min(end - height)),
            Move::Up if offset > first => Some(offset.saturating_sub(page).max(first)),
            _ => None,
        }
    }

    /// The lines of a row, the end exclusive.
    fn span(&self, row: usize) -> (usize, usize) {
        let is_it = |line: &Line| line.row == Some(row);
        let first = self.line_of(row);
        let last = self.lines.iter().rposition(is_it);
        (first, last.map_or(first, |last| last + 1))
    }

    /// How many rows a screenful is from this line on.
    pub fn screenful(&self, offset: usize, height: usize) -> usize {
        let seen = self.lines.iter().skip(offset).take(height);
        let entries = seen.filter(|line| matches!(line.what, What::Entry(..)));
        entries.count()
    }

    /// Draws the lines from `offset` on.
    pub fn draw(
        &self,
        (selected, offset): (usize, usize),
        (focused, is_read): (bool, bool),
        look: Look,
        area: Rect,
        buf: &mut Buffer,
    ) {
        for (line, area) in self.lines.iter().skip(offset).zip(area.rows()) {
            let inner = layout::page_inner(area);
            match &line.what {
                What::Entry(day, cells) => {
                    let columns = Columns {
                        day: (day.map(|day| day.to_string()).unwrap_or_default(), DAY),
                        word: WORD,
                        ..Columns::default()
                    };
                    entry_line::draw(cells, columns, look, inner, buf);
                    if line.row == Some(selected) {
                        if is_read {
                            buf.set_style(area, look.theme.strong);
                        }
                        mark_selected(focused, look, area, buf);
                    }
                }
                What::Told(below) => draw_below(below, look, inner, buf),
                What::Air => {}
            }
        }
    }
}

fn draw_below(below: &Below, look: Look, area: Rect, buf: &mut Buffer) {
    let (theme, glyphs) = (look.theme, look.glyphs);
    let room = usize::from(area.width);
    let before = indent(room);
    let style = match below.manner {
        Manner::Plain => theme.text,
        Manner::Loss => theme.alert,
        Manner::Note => theme.dim,
        Manner::Good => theme.good,
    };
    let left = room.saturating_sub(before + WORD);
    let text = match below.goes_on {
        true => going_on(&below.text, left, glyphs),
        false => cut(&below.text, left, glyphs).into_owned(),
    };
    let pieces = [
        Span::raw(" ".repeat(before)),
        Span::styled(pad(below.label, WORD.min(room), glyphs), theme.dim),
        Span::styled(text, style),
    ];
    draw_row(pieces, area, buf);
}

/// What stands left of the parties.
fn indent(room: usize) -> usize {
    if room < NARROW { 2 } else { DAY + 2 }
}

fn manner(told: &Told) -> Manner {
    match told.note {
        _ if told.loses => Manner::Loss,
        Some(Sort::Unwritten) => Manner::Loss,
        Some(Sort::WinWin) => Manner::Good,
        Some(_) => Manner::Note,
        None => Manner::Plain,
    }
}

fn posting_cells(posting: &Posting) -> Cells {
    Cells {
        mark: " ",
        word: posting.stage.clone(),
        text: posting.outcomes.clone(),
        detail: posting.deal.clone().unwrap_or_default(),
        state: String::new(),
        tone: match posting.is_ahead {
            true => Tone::Past,
            false => Tone::Plain,
        },
    }
}

fn deal_cells(deal: &Decided) -> Cells {
    Cells {
        mark: " ",
        word: deal.status.clone(),
        text: deal.title.clone(),
        detail: "deal".to_owned(),
        state: String::new(),
        tone: Tone::Plain,
    }
}
