//! What both sides say of a field, cut into runs, and which of several such fields is in view.

use std::cell::Cell;
use std::ops::Range;

use crate::model::kind::{Field, Shape};
use crate::model::merge::{Conflict, both, stretches};
use crate::model::typing;
use crate::model::value::Value;
use crate::ui::keys::Action;

/// The fields to decide on, one in view at a time.
#[derive(Debug, Default)]
pub struct Sides {
    /// What is to be decided.
    pub sides: Vec<Side>,
    /// The one in view.
    pub at: usize,
    /// The first line in view.
    pub scroll: Cell<usize>,
    /// How many lines there are, and how many of them are seen, as it was last drawn.
    pub lines: Cell<(usize, usize)>,
}

/// A field with two new values.
#[derive(Debug)]
pub struct Side {
    /// Which of the fields it is, among those of whom it belongs to.
    pub field: usize,
    /// What it is called.
    pub label: String,
    /// What both sides say, from top to bottom.
    pub runs: Vec<Run>,
    /// Both in one, where they can be joined.
    pub both: Option<Value>,
    /// The three values.
    pub conflict: Conflict,
}

/// A run of lines: what they were, what somebody else wrote, what was written here.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// At first.
    pub base: Vec<String>,
    /// By somebody else.
    pub theirs: Vec<String>,
    /// Here.
    pub ours: Vec<String>,
    /// Whether all three are the same.
    pub kept: bool,
}

impl Side {
    /// The sides of this field.
    pub fn of(at: usize, label: String, field: &Field, conflict: Conflict) -> Side {
        let lines = |value: &Option<Value>| lines(field, value.as_ref());
        let (base, theirs, ours) = (
            lines(&conflict.base),
            lines(&conflict.theirs),
            lines(&conflict.ours),
        );
        let part =
            |lines: &[String], range: Range<usize>| lines.get(range).unwrap_or_default().to_vec();
        let runs = stretches(&base, &ours, &theirs).into_iter().map(|run| Run {
            base: part(&base, run.base),
            theirs: part(&theirs, run.theirs),
            ours: part(&ours, run.ours),
            kept: run.kept,
        });
        let joins = matches!(
            field.shape,
            Shape::Prose
                | Shape::Line
                | Shape::Lines(_)
                | Shape::Texts
                | Shape::People
                | Shape::References
        );
        Side {
            field: at,
            label,
            runs: runs.collect(),
            both: both(&conflict).filter(|_| joins),
            conflict,
        }
    }
}

/// The lines of a value as it is typed; none is one empty line.
pub fn lines(field: &Field, value: Option<&Value>) -> Vec<String> {
    let typed = value.map(|value| typing::typed(field, value));
    let typed = typed.unwrap_or_default();
    typed.split('\n').map(str::to_owned).collect()
}

impl Sides {
    /// Those of these fields.
    pub fn of(sides: Vec<Side>) -> Sides {
        Sides {
            sides,
            ..Sides::default()
        }
    }

    /// The field in view.
    pub fn current(&self) -> Option<&Side> {
        self.sides.get(self.at)
    }

    /// So many fields on or back; behind the last comes the first.
    pub fn step(&mut self, by: isize) {
        let len = self.sides.len().max(1).cast_signed();
        self.at = (self.at.cast_signed() + by).rem_euclid(len).cast_unsigned();
        self.scroll.set(0);
    }

    /// Scrolls, where the key is one that does.
    pub fn scroll_by(&self, action: Option<Action>) {
        let (lines, height) = self.lines.get();
        if let Some(step) = action.and_then(Action::as_move) {
            let last = lines.saturating_sub(height);
            self.scroll
                .set(step.from(self.scroll.get(), last + 1, height));
        }
    }
}
