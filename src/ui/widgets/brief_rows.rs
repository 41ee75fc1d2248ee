//! The brief of a customer in rows of cells, for the screen and for the shell.

use super::glyphs::Glyphs;
use super::text::{cut, pad, visible, width, wrap_to};
use crate::model::brief::whole::{Line, Section, WholeBrief, more_words};

/// The most rows that a brief takes where it is wide enough: one screen, one page.
pub const MOST: usize = 40;

/// The column of what the rows are about.
const LABEL: usize = 11;
/// Below this width labels stand above their lines.
const NARROW: usize = 60;
/// So wide is a day with a word before it.
const ASIDE: usize = 14;
/// The most rows that one line takes.
const TALLEST: usize = 3;

/// What a piece of a row is, and so how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The customer's name.
    Name,
    /// What a line is about.
    Label,
    /// Who said it, or which side.
    Lead,
    /// What is known.
    Text,
    /// That something is not known.
    Missing,
    /// Names, dates, how many more.
    Aside,
    /// That its day has come.
    Due,
    /// Nothing.
    Air,
}

/// A row: its pieces, and which line with an entry it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BriefRow {
    /// From left to right, filled up to where the next one begins.
    pub pieces: Vec<(String, Piece)>,
    /// The line's number among those that rest on an entry.
    pub line: Option<usize>,
}

/// A brief in rows of this width.
pub fn rows(brief: &WholeBrief, width: usize, glyphs: Glyphs) -> Vec<BriefRow> {
    let layout = Layout::new(brief, width, glyphs);
    let mut rows = head(brief, width, glyphs);
    let (mut line, mut air) = (0, layout.air);
    for (at, section) in brief.sections.iter().enumerate() {
        if begins(brief, at) && air > 0 {
            rows.push(BriefRow::default());
            air -= 1;
        }
        layout.section(section, at, &mut line, &mut rows);
    }
    rows
}

/// Whether another thought begins with the section at that place.
fn begins(brief: &WholeBrief, at: usize) -> bool {
    let group = |at: usize| brief.sections.get(at).map(|section| section.topic.group());
    at == 0 || group(at) != group(at - 1)
}

/// The name, where they stand, and below it their other names.
fn head(brief: &WholeBrief, room: usize, glyphs: Glyphs) -> Vec<BriefRow> {
    let standing = cut(&brief.standing, room / 2, glyphs).into_owned();
    let left = room.saturating_sub(width(&standing) + 2);
    let name = pad(&brief.name, left, glyphs);
    let mut rows = vec![row(vec![
        (name, Piece::Name),
        ("  ".to_owned(), Piece::Air),
        (standing, Piece::Aside),
    ])];
    if !brief.also.is_empty() {
        let also = cut(&brief.also, room, glyphs).into_owned();
        rows.push(row(vec![(also, Piece::Aside)]));
    }
    rows
}

fn row(pieces: Vec<(String, Piece)>) -> BriefRow {
    BriefRow { pieces, line: None }
}

/// How many rows each line gets.
struct Layout {
    width: usize,
    glyphs: Glyphs,
    columns: Vec<Columns>,
    /// How many rows are left empty between thoughts.
    air: usize,
    heights: Vec<Vec<usize>>,
}

impl Layout {
    /// Each line has a row; what is left of a page goes to those that would be cut, from the top.
    fn new(brief: &WholeBrief, width: usize, glyphs: Glyphs) -> Layout {
        let sections = brief.sections.iter();
        let heights = sections.map(|section| vec![1; section.lines.len()]);
        let mut layout = Layout {
            width,
            glyphs,
            columns: columns(brief, width),
            air: 0,
            heights: heights.collect(),
        };
        let head = 1 + usize::from(!brief.also.is_empty());
        let lines: usize = layout.heights.iter().map(Vec::len).sum();
        let mut left = match layout.is_narrow() {
            true => usize::MAX,
            false => MOST.saturating_sub(head + lines),
        };
        let thoughts = (0..brief.sections.len()).filter(|at| begins(brief, *at));
        layout.air = thoughts.count().min(left);
        left -= layout.air;
        for tallest in 2..=TALLEST {
            let columns = layout.columns.iter();
            let places = brief.sections.iter().zip(columns).zip(&mut layout.heights);
            for ((section, columns), heights) in places {
                for (line, height) in section.lines.iter().zip(heights) {
                    let needs = columns.wrapped(line, section, tallest, glyphs).len();
                    if *height < needs && left > 0 {
                        *height += 1;
                        left -= 1;
                    }
                }
            }
        }
        layout
    }

    fn is_narrow(&self) -> bool {
        self.width < NARROW
    }

    fn section(&self, section: &Section, at: usize, number: &mut usize, rows: &mut Vec<BriefRow>) {
        let Some(columns) = self.columns.get(at).copied() else {
            return;
        };
        let label = section.topic.label();
        if self.is_narrow() {
            rows.push(above(section));
        }
        let first = rows.len();
        let heights = self.heights.get(at).into_iter().flatten();
        for (line, height) in section.lines.iter().zip(heights) {
            let belongs = line.entry.as_ref().map(|_| *number);
            *number += usize::from(line.entry.is_some());
            let texts = columns.wrapped(line, section, *height, self.glyphs);
            let aside = aside(line, section, columns, self.glyphs);
            for (nth, text) in texts.into_iter().enumerate() {
                let label = match rows.len() - first {
                    _ if self.is_narrow() => (String::new(), Piece::Air),
                    0 => (label.to_owned(), Piece::Label),
                    1 if section.more > 0 && section.lines.len() > 1 => {
                        (more_words(section.more), Piece::Aside)
                    }
                    _ => (String::new(), Piece::Air),
                };
                let (lead, aside) = match nth {
                    0 => (&*line.lead, &*aside),
                    _ => ("", ""),
                };
                let cells = Cells {
                    label,
                    lead,
                    text,
                    aside,
                };
                rows.push(BriefRow {
                    pieces: columns.pieces(cells, line, self.glyphs),
                    line: belongs,
                });
            }
        }
    }
}

/// The columns of a section.
#[derive(Clone, Copy)]
struct Columns {
    /// What stands left of the leads.
    label: usize,
    /// The leads, with two columns of air.
    lead: usize,
    /// What is left for text and aside.
    rest: usize,
}

/// The columns of each section. Leads that are read in one go take the same room.
fn columns(brief: &WholeBrief, room: usize) -> Vec<Columns> {
    let label = if room < NARROW { 2 } else { LABEL + 1 };
    let widest = |section: &Section| {
        let leads = section.lines.iter().map(|line| width(&visible(&line.lead)));
        leads.max().unwrap_or(0)
    };
    let of = |section: &Section| {
        let group = section.topic.group();
        let group = brief.sections.iter().filter(|s| s.topic.group() == group);
        let lead = match widest(section) {
            0 => 0,
            own => group.map(widest).max().unwrap_or(own).min(room / 3) + 2,
        };
        Columns {
            label,
            lead,
            rest: room.saturating_sub(label + lead),
        }
    };
    brief.sections.iter().map(of).collect()
}

/// What the rows of a section are about, above them.
fn above(section: &Section) -> BriefRow {
    let mut pieces = vec![(section.topic.label().to_owned(), Piece::Label)];
    if section.more > 0 && section.lines.len() > 1 {
        let more = format!(", {}", more_words(section.more));
        pieces.push((more, Piece::Aside));
    }
    row(pieces)
}

impl Columns {
    /// How wide the text of a line can be.
    fn text(self, line: &Line, section: &Section, glyphs: Glyphs) -> usize {
        let aside = width(&aside(line, section, self, glyphs));
        let aside = if aside == 0 { 0 } else { aside + 2 };
        self.rest.saturating_sub(aside).max(1)
    }

    fn wrapped(self, line: &Line, section: &Section, most: usize, glyphs: Glyphs) -> Vec<String> {
        wrap_to(&line.text, self.text(line, section, glyphs), most, glyphs)
    }

    /// A row of a line: what stands in which column.
    fn pieces(self, cells: Cells, line: &Line, glyphs: Glyphs) -> Vec<(String, Piece)> {
        let lead = self.lead.saturating_sub(2);
        let text = match line.is_missing {
            true => Piece::Missing,
            false => Piece::Text,
        };
        let gap = width(&cells.text) + width(cells.aside);
        let gap = self.rest.saturating_sub(gap);
        let mut pieces = vec![
            (pad(&cells.label.0, self.label, glyphs), cells.label.1),
            (pad(cells.lead, lead, glyphs), Piece::Lead),
            (" ".repeat(self.lead - lead), Piece::Air),
            (cells.text, text),
        ];
        if !cells.aside.is_empty() {
            let aside = match line.is_due {
                true => Piece::Due,
                false => Piece::Aside,
            };
            pieces.push((" ".repeat(gap), Piece::Air));
            pieces.push((cells.aside.to_owned(), aside));
        }
        pieces
    }
}

/// What stands in a row of a line.
struct Cells<'a> {
    label: (String, Piece),
    lead: &'a str,
    text: String,
    aside: &'a str,
}

/// What stands at the right: the text gets most of the room.
fn aside(line: &Line, section: &Section, columns: Columns, glyphs: Glyphs) -> String {
    // Where there is one row, nothing else says how many more there are.
    let more = (section.more > 0 && section.lines.len() == 1).then(|| more_words(section.more));
    let parts = [Some(line.aside.clone()), more];
    let mut parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.retain(|part| !part.is_empty());
    let most = (columns.rest / 3).max(ASIDE.min(columns.rest / 2));
    cut(&parts.join(", "), most, glyphs).into_owned()
}
