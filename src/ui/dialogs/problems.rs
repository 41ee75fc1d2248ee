//! The problems of the journal: where, what, and the cure; and from each to its line.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::Answer;
use crate::model::journal::Journal;
use crate::model::problem::Problem;
use crate::ui::keys::Action;
use crate::ui::theme::Theme;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::popup::Scrolled;
use crate::ui::widgets::text::{visible, wrap};

/// How many problems a screenful is, about.
const SCREENFUL: usize = 5;

/// The column of the selection's mark.
const MARK: u16 = 1;

/// The problems as they were last told, and which of them is selected.
#[derive(Debug)]
pub struct Problems {
    problems: Vec<Problem>,
    selected: usize,
}

impl Problems {
    /// A list of these.
    pub fn new(problems: &[Problem]) -> Problems {
        Problems {
            problems: in_order(problems),
            selected: 0,
        }
    }

    /// Takes newer ones. The selection stays with its problem; where that was put right, at its
    /// row.
    pub fn renew(&mut self, problems: &[Problem]) {
        let newer = in_order(problems);
        let was = self.problems.get(self.selected);
        let found = newer.iter().position(|problem| Some(problem) == was);
        let last = newer.len().saturating_sub(1);
        self.selected = found.unwrap_or(self.selected).min(last);
        self.problems = newer;
    }

    /// Takes an action; answers whether it stays open, and what is to be done.
    pub fn act(&mut self, action: Option<Action>, journal: &Journal) -> (bool, Answer) {
        match action {
            Some(Action::Back) => return (false, Answer::None),
            Some(Action::Open) => {
                let problem = self.problems.get(self.selected);
                let answer = problem.map_or(Answer::None, |p| to_the_line(p, journal));
                return (true, answer);
            }
            _ => {}
        }
        if let Some(step) = action.and_then(Action::as_move) {
            self.selected = step.from(self.selected, self.problems.len(), SCREENFUL);
        }
        (true, Answer::None)
    }

    /// Each line, and the problem that it is about.
    fn lines(&self, width: usize) -> Vec<Told> {
        if self.problems.is_empty() {
            let text = wrap("No problems: every file reads well.", width);
            let line = |text: &Cow<str>| Told::text(usize::MAX, text);
            return text.iter().map(line).collect();
        }
        let mut lines = Vec::new();
        for (at, problem) in self.problems.iter().enumerate() {
            if at > 0 {
                lines.push(Told::text(usize::MAX, ""));
            }
            lines.push(Told {
                at,
                text: visible(&place(problem)).into_owned(),
                is_place: true,
            });
            let told = [&problem.message, &problem.cure];
            for text in told.into_iter().filter(|text| !text.is_empty()) {
                let text = visible(text);
                lines.extend(wrap(&text, width).iter().map(|line| Told::text(at, line)));
            }
        }
        lines
    }

    /// Draws it; answers where the terminal's cursor stands: at the selected problem.
    pub fn draw(
        &self,
        screen: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        glyphs: Glyphs,
    ) -> Option<Position> {
        let mut lines = Vec::new();
        let frame = Scrolled::over(screen, MARK, |width| {
            lines = self.lines(width);
            lines.len()
        });
        let (area, inner) = (frame.area, frame.lines);
        let height = usize::from(inner.height);
        let first = first_line(&lines, self.selected, height);
        let is_more = lines.len() > first + height;
        frame.draw("problems", is_more, theme.accent, glyphs, buf);
        let mut cursor = inner.as_position();
        for (line, row) in lines.iter().skip(first).zip(inner.rows()) {
            let style = if line.is_place {
                theme.strong
            } else {
                theme.text
            };
            Span::styled(line.text.as_str(), style).render(row, buf);
            if line.is_place && line.at == self.selected {
                let whole = Rect {
                    x: area.x + 1,
                    width: area.width.saturating_sub(2),
                    ..row
                };
                buf.set_string(whole.x, whole.y, glyphs.selection(), theme.accent);
                buf.set_style(whole, theme.selected);
                cursor = whole.as_position();
            }
        }
        Some(cursor)
    }
}

/// By file and line; those of a file that was just read come last otherwise.
fn in_order(problems: &[Problem]) -> Vec<Problem> {
    let mut problems = problems.to_vec();
    problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    problems
}

/// A line of the list.
struct Told {
    at: usize,
    text: String,
    is_place: bool,
}

impl Told {
    fn text(at: usize, text: &str) -> Told {
        Told {
            at,
            text: text.to_owned(),
            is_place: false,
        }
    }
}

/// The first line that is seen, so that all of the selected problem is; its place at least.
fn first_line(lines: &[Told], selected: usize, height: usize) -> usize {
    let from = lines.iter().position(|line| line.at == selected);
    let until = lines.iter().rposition(|line| line.at == selected);
    let (Some(from), Some(until)) = (from, until) else {
        return 0;
    };
    (until + 1).saturating_sub(height).min(from)
}

fn place(problem: &Problem) -> String {
    match problem.line {
        Some(line) => format!("{}:{line}", problem.path),
        None => problem.path.clone(),
    }
}

/// The editor is for files of customers that are text.
fn to_the_line(problem: &Problem, journal: &Journal) -> Answer {
    let is_shut = matches!(
        problem.code,
        "unreadable" | "not-a-file" | "link-outside" | "too-large" | "bad-name" | "sync-copy"
    );
    let customer = problem.path.strip_suffix(".toml").unwrap_or_default();
    match journal.customer(customer) {
        Some(customer) if !is_shut => Answer::Editor {
            customer: customer.key.to_string(),
            line: problem.line.unwrap_or(1),
        },
        _ if is_shut => Answer::Say(format!(
            "{} can't be opened from here: {}",
            problem.path, problem.cure
        )),
        _ => Answer::Say(format!(
            "{} is no customer's file: open it with your editor from the shell",
            place(problem)
        )),
    }
}
