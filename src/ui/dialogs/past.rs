//! The past of an entry, or of a customer's head: who, when, from what to what.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::side::lines;
use super::sides_draw::marked_lines;
use super::told::{Drawn, Told, keys, paragraph, room};
use super::{Answer, Source};
use crate::model::change::FieldEdit;
use crate::model::journal::Journal;
use crate::model::kind::{Field, field_of};
use crate::model::merge::stretches;
use crate::model::past::{Past, Sort};
use crate::model::value::Value;
use crate::ui::keys::{Action, Scope};
use crate::ui::screens::Look;
use crate::ui::widgets::text::{pad, visible, width, wrap};

/// The widest it gets: longer lines are hard to read.
const WIDEST: u16 = 104;
/// The mark of the selection and the space behind it.
const MARK: usize = 2;
/// How far changes stand below their step.
const INDENT: usize = 4;
/// A page of it, in changes.
const PAGE: usize = 5;

/// The past as far as it was told.
#[derive(Debug)]
pub struct PastList {
    ticket: u64,
    title: String,
    /// Its kind's word; of a customer's head none.
    kind: Option<String>,
    past: Option<Result<Vec<Past>, String>>,
    /// Which of all changes is selected.
    selected: usize,
    scroll: Cell<usize>,
}

/// A line, and the change it belongs to. The line of who and when belongs to the first change
/// below it.
struct Row {
    change: Option<usize>,
    /// Whether the mark of the selection stands here.
    is_first: bool,
    line: Drawn,
}

impl PastList {
    /// The past of this, which is still to be told.
    pub fn new(ticket: u64, source: &Source, journal: &Journal) -> PastList {
        let customer = journal.customer(&source.customer);
        let name = customer.map_or(source.customer.as_str(), |customer| customer.name());
        let title = match &source.entry {
            None => format!("past of {name}"),
            Some((kind, key)) => {
                let entry = customer.and_then(|customer| customer.entry(kind, key));
                let day = entry.and_then(|entry| entry.day());
                let which = day.map_or_else(|| key.clone(), |day| day.to_string());
                format!("past of {kind} {which}, {name}")
            }
        };
        PastList {
            ticket,
            title,
            kind: source.entry.as_ref().map(|(kind, _)| kind.clone()),
            past: None,
            selected: 0,
            scroll: Cell::new(0),
        }
    }

    /// This is it; another one that was asked for is not.
    pub fn told(&mut self, ticket: u64, past: Result<Vec<Past>, String>) {
        if ticket == self.ticket {
            self.past = Some(past);
        }
    }

    fn steps(&self) -> &[Past] {
        match &self.past {
            Some(Ok(steps)) => steps,
            _ => &[],
        }
    }

    fn changes(&self) -> impl Iterator<Item = &FieldEdit> {
        self.steps().iter().flat_map(|step| &step.changes)
    }

    /// Takes an action; answers whether it stays open, and what is to be done.
    pub fn act(&mut self, action: Option<Action>) -> (bool, Answer) {
        match action {
            Some(Action::Back) => return (false, Answer::None),
            Some(Action::Copy) => return (true, self.copy()),
            _ => {}
        }
        if let Some(step) = action.and_then(Action::as_move) {
            let count = self.changes().count();
            self.selected = step.from(self.selected, count, PAGE);
        }
        (true, Answer::None)
    }

    fn copy(&self) -> Answer {
        let Some(change) = self.changes().nth(self.selected) else {
            return Answer::None;
        };
        match &change.was {
            None => Answer::Say(format!("{} held nothing before", change.name)),
            Some(was) => Answer::Copy(lines(&self.field(change), Some(was)).join("\n")),
        }
    }

    fn field(&self, change: &FieldEdit) -> Field {
        let value = change.now.as_ref().or(change.was.as_ref());
        field_of(self.kind.as_deref(), &change.name, value)
    }

    fn rows(&self, room: usize, look: Look) -> Vec<Row> {
        let theme = look.theme;
        let plain = |text: &str| {
            let lines = paragraph(text, room.saturating_sub(MARK).max(1), theme.text);
            let row = |line| Row {
                change: None,
                is_first: false,
                line: behind_mark(line, theme.text),
            };
            lines.into_iter().map(row).collect()
        };
        let steps = match &self.past {
            None => return plain("looking through git and the history of this machine"),
            Some(Err(why)) => return plain(why),
            Some(Ok(steps)) if steps.is_empty() => {
                return plain(
                    "Nothing is known of it: it is in no commit, and nothing was changed here.",
                );
            }
            Some(Ok(steps)) => steps,
        };
        let mut rows: Vec<Row> = Vec::new();
        let mut at = 0;
        for step in steps {
            if !rows.is_empty() {
                rows.push(Row {
                    change: None,
                    is_first: false,
                    line: Vec::new(),
                });
            }
            rows.push(Row {
                change: Some(at),
                is_first: false,
                line: behind_mark(heading(step, look), theme.text),
            });
            let labels = step
                .changes
                .iter()
                .map(|change| width(&visible(&change.name)));
            let label = labels.max().unwrap_or(0).min(room / 3) + 2;
            for change in &step.changes {
                rows.extend(self.change(step, change, (at, label), room, look));
                at += 1;
            }
        }
        rows
    }

    /// The lines of a change: one where both values are short, else the one below the other.
    fn change(
        &self,
        step: &Past,
        change: &FieldEdit,
        (at, label): (usize, usize),
        room: usize,
        look: Look,
    ) -> Vec<Row> {
        let theme = look.theme;
        let beside = room.saturating_sub(INDENT + label).max(1);
        let field = self.field(change);
        let texts = texts(step, change, &field, beside, look);
        let name = visible(&change.name);
        let row = |(nth, (text, style)): (usize, (String, Style))| {
            let name = if nth == 0 { &*name } else { "" };
            Row {
                change: Some(at),
                is_first: nth == 0,
                line: vec![
                    (" ".repeat(INDENT), theme.text),
                    (pad(name, label, look.glyphs), theme.dim),
                    (text, style),
                ],
            }
        };
        texts.into_iter().enumerate().map(row).collect()
    }

    /// Draws it; answers where the terminal's cursor stands: at the selected change.
    pub fn draw(&self, screen: Rect, buf: &mut Buffer, look: Look) -> Option<Position> {
        let room = room(screen, WIDEST);
        let mut rows = self.rows(room, look);
        let is_selected = |row: &Row| row.change == Some(self.selected);
        let from = rows.iter().position(is_selected);
        let to = rows.iter().rposition(is_selected);
        let at = rows.iter().position(|row| row.is_first && is_selected(row));
        if let Some(row) = at.and_then(|at| rows.get_mut(at))
            && let Some(first) = row.line.first_mut()
        {
            let mark = pad(look.glyphs.selection(), INDENT, look.glyphs);
            *first = (mark, look.theme.accent);
        }
        let title = visible(&self.title);
        let words = [
            (Action::Copy, "copies what stood there before"),
            (Action::Back, "closes"),
        ];
        let told = Told {
            title: &title,
            above: Vec::new(),
            body: rows.into_iter().map(|row| row.line).collect(),
            below: keys(Scope::Past, &words, room, look),
            widest: WIDEST,
            scroll: &self.scroll,
            seen: from.zip(to),
        };
        let (body, _) = told.draw(screen, buf, look);
        let below = at.and_then(|at| at.checked_sub(self.scroll.get()));
        let below = below
            .and_then(|below| u16::try_from(below).ok())
            .unwrap_or(0);
        let y = body.y.saturating_add(below);
        Some(Position::new(
            body.x,
            y.min(body.bottom().saturating_sub(1)),
        ))
    }
}

fn behind_mark(mut line: Drawn, style: Style) -> Drawn {
    line.insert(0, (" ".repeat(MARK), style));
    line
}

/// When, who, what was done, and where that is written down.
fn heading(step: &Past, look: Look) -> Drawn {
    let theme = look.theme;
    let dim = |text: &str| (format!("  {}", visible(text)), theme.dim);
    vec![
        (visible(&step.when).into_owned(), theme.strong),
        (format!("  {}", visible(&step.who)), theme.strong),
        (format!("  {}", step.sort.word()), theme.text),
        dim(&step.via),
    ]
}

/// What a change says, in lines of this width.
fn texts(step: &Past, change: &FieldEdit, field: &Field, room: usize, look: Look) -> Drawn {
    let theme = look.theme;
    let seen = |value: Option<&Value>| -> Vec<String> {
        let lines = lines(field, value).into_iter();
        lines.map(|line| visible(&line).into_owned()).collect()
    };
    let (was, now) = (seen(change.was.as_ref()), seen(change.now.as_ref()));
    match (step.sort, was.as_slice(), now.as_slice()) {
        (Sort::Made, _, now) => return wrapped(now, room, theme.text),
        (Sort::Removed, was, _) => return wrapped(was, room, theme.text),
        (_, [was], [now]) => {
            let or_nothing = |text: &str| match text {
                "" => "(nothing)".to_owned(),
                text => text.to_owned(),
            };
            let becomes = look.glyphs.right();
            let line = format!("{} {becomes} {}", or_nothing(was), or_nothing(now));
            if width(&line) <= room {
                return vec![(line, theme.text)];
            }
        }
        _ => {}
    }
    let mut texts = Vec::new();
    for run in stretches(&was, &now, &now) {
        let part = |lines: &[String], range: Range<usize>| {
            let lines = lines.get(range).unwrap_or_default();
            lines.to_vec()
        };
        let (before, behind) = (part(&was, run.base), part(&now, run.ours));
        if run.kept {
            let lines = marked_lines(&before, None, room, look).into_iter();
            texts.extend(lines.map(|line| (line, theme.dim)));
            continue;
        }
        for (lines, mark) in [(before, '-'), (behind, '+')] {
            if !lines.is_empty() {
                let lines = marked_lines(&lines, Some(mark), room, look).into_iter();
                texts.extend(lines.map(|line| (line, theme.text)));
            }
        }
    }
    texts
}

fn wrapped(lines: &[String], room: usize, style: Style) -> Drawn {
    let pieces = lines.iter().flat_map(|line| wrap(line, room));
    let pieces = pieces.map(Cow::into_owned);
    pieces.map(|piece| (piece, style)).collect()
}
