//! The lines of a note, what can be undone, and where each line is broken on the screen.

use std::cell::{Ref, RefCell};
use std::collections::VecDeque;

use super::note_wrap::Rows;

/// The most steps that can be undone, and the most bytes of text that they keep.
const MOST_STEPS: usize = 10_000;
const MOST_KEPT: usize = 16 << 20;

/// A place in a text: a line, and a byte of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 0.
    pub line: usize,
    /// The byte in it.
    pub at: usize,
}

/// A text of many lines.
#[derive(Clone, Debug)]
pub struct NoteText {
    lines: Vec<Line>,
    /// Characters (code points and line breaks).
    chars: usize,
    bytes: usize,
    undo: VecDeque<Step>,
    redo: Vec<Step>,
    /// Bytes of text in `undo` and `redo`.
    kept: usize,
    /// Whether the next letter belongs to the newest step.
    goes_on: bool,
}

#[derive(Clone, Debug, Default)]
struct Line {
    text: String,
    /// The rows, and the width they are for.
    rows: RefCell<Option<(usize, Rows)>>,
}

/// A change: at a place one text went and another came.
#[derive(Clone, Debug)]
struct Step {
    at: Place,
    went: String,
    came: String,
    /// Where the caret was.
    caret: Place,
}

impl NoteText {
    /// This text.
    pub fn new(text: &str) -> NoteText {
        let lines = text.split('\n').map(|line| Line {
            text: line.to_owned(),
            rows: RefCell::default(),
        });
        NoteText {
            lines: lines.collect(),
            chars: text.chars().count(),
            bytes: text.len(),
            undo: VecDeque::new(),
            redo: Vec::new(),
            kept: 0,
            goes_on: false,
        }
    }

    /// The whole text, its lines joined by `\n`.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.bytes);
        for (at, line) in self.lines.iter().enumerate() {
            if at > 0 {
                text.push('\n');
            }
            text.push_str(&line.text);
        }
        text
    }

    /// Whether it is this text; no copy is made.
    pub fn is(&self, text: &str) -> bool {
        if text.len() != self.bytes {
            return false;
        }
        let mut lines = self.lines.iter();
        text.split('\n')
            .all(|line| lines.next().is_some_and(|own| own.text == line))
            && lines.next().is_none()
    }

    /// Whether nothing but white space stands in it.
    pub fn is_blank(&self) -> bool {
        self.lines.iter().all(|line| line.text.trim().is_empty())
    }

    /// How many characters it has, line breaks among them.
    pub fn chars(&self) -> usize {
        self.chars
    }

    /// How many lines it has; one at least.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// A line; empty where there is none.
    pub fn line(&self, line: usize) -> &str {
        self.lines.get(line).map_or("", |line| &line.text)
    }

    /// The rows of a line in a width of so many cells, measured once.
    pub fn rows(&self, line: usize, width: usize) -> Option<Ref<'_, Rows>> {
        let line = self.lines.get(line)?;
        let is_measured = matches!(&*line.rows.borrow(), Some((of, _)) if *of == width);
        if !is_measured {
            let rows = Rows::of(&line.text, width);
            line.rows.replace(Some((width, rows)));
        }
        Ref::filter_map(line.rows.borrow(), |rows| {
            rows.as_ref().map(|(_, rows)| rows)
        })
        .ok()
    }

    /// The end.
    pub fn end(&self) -> Place {
        let line = self.lines.len().saturating_sub(1);
        let at = self.line(line).len();
        Place { line, at }
    }

    /// Puts a text in the place of what stands between two places, which are between characters.
    /// `caret`: where the caret is, for when it is undone. Answers the place behind it.
    pub fn replace(&mut self, from: Place, to: Place, text: &str, caret: Place) -> Place {
        let went = self.swap(from, to, text);
        self.drop_redo();
        let step = Step {
            at: from,
            went,
            came: text.to_owned(),
            caret,
        };
        self.kept += step.size();
        let is_letter = step.went.is_empty() && !step.came.contains('\n');
        match self.undo.back_mut() {
            Some(last) if self.goes_on && is_letter && last.is_before(&step) => {
                last.came.push_str(&step.came);
            }
            _ => self.undo.push_back(step),
        }
        self.goes_on = is_letter;
        while self.undo.len() > MOST_STEPS || (self.kept > MOST_KEPT && self.undo.len() > 1) {
            let oldest = self.undo.pop_front();
            self.kept -= oldest.map_or(0, |step| step.size());
        }
        end_of(from, text)
    }

    /// The caret went elsewhere: the next letter is a step of its own.
    pub fn rest(&mut self) {
        self.goes_on = false;
    }

    /// Takes the newest step back; answers where the caret was.
    pub fn undo(&mut self) -> Option<Place> {
        let step = self.undo.pop_back()?;
        self.swap(step.at, end_of(step.at, &step.came), &step.went);
        let caret = step.caret;
        self.redo.push(step);
        self.goes_on = false;
        Some(caret)
    }

    /// Does the step again that was taken back last; answers the place behind it.
    pub fn redo(&mut self) -> Option<Place> {
        let step = self.redo.pop()?;
        self.swap(step.at, end_of(step.at, &step.went), &step.came);
        let behind = end_of(step.at, &step.came);
        self.undo.push_back(step);
        self.goes_on = false;
        Some(behind)
    }

    fn drop_redo(&mut self) {
        let gone: usize = self.redo.drain(..).map(|step| step.size()).sum();
        self.kept -= gone;
    }

    /// Puts a text in the place of another; answers what stood there.
    fn swap(&mut self, from: Place, to: Place, text: &str) -> String {
        let went = match from.line == to.line {
            true if !text.contains('\n') => self.swap_in_line(from.line, from.at..to.at, text),
            _ => self.swap_lines(from, to, text),
        };
        self.bytes = (self.bytes + text.len()).saturating_sub(went.len());
        self.chars = (self.chars + text.chars().count()).saturating_sub(went.chars().count());
        went
    }

    fn swap_in_line(&mut self, line: usize, range: std::ops::Range<usize>, text: &str) -> String {
        let Some(line) = self.lines.get_mut(line) else {
            return String::new();
        };
        let went = line.text.get(range.clone()).unwrap_or_default().to_owned();
        line.text.replace_range(range.clone(), text);
        if let Some((width, rows)) = line.rows.get_mut() {
            rows.change(&line.text, *width, range, text.len());
        }
        went
    }

    fn swap_lines(&mut self, from: Place, to: Place, text: &str) -> String {
        let last = to.line.min(self.lines.len().saturating_sub(1));
        let (head, first) = self
            .line(from.line)
            .split_at_checked(from.at)
            .unwrap_or_default();
        let (rest, tail) = self.line(last).split_at_checked(to.at).unwrap_or_default();
        let went = match from.line == last {
            true => self
                .line(last)
                .get(from.at..to.at)
                .unwrap_or_default()
                .to_owned(),
            false => {
                let middle = self.lines.get(from.line + 1..last).unwrap_or(&[]);
                let middle = middle.iter().map(|line| line.text.as_str());
                let parts: Vec<&str> = [first].into_iter().chain(middle).chain([rest]).collect();
                parts.join("\n")
            }
        };
        let mut new: Vec<String> = text.split('\n').map(str::to_owned).collect();
        if let Some(line) = new.first_mut() {
            line.insert_str(0, head);
        }
        if let Some(line) = new.last_mut() {
            line.push_str(tail);
        }
        let new = new.into_iter().map(|text| Line {
            text,
            rows: RefCell::default(),
        });
        if from.line <= last {
            self.lines.splice(from.line..=last, new);
        }
        went
    }
}

impl Step {
    fn size(&self) -> usize {
        self.went.len() + self.came.len()
    }

    /// Whether the other goes on where this one ends, in the same word.
    fn is_before(&self, next: &Step) -> bool {
        let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let is_next_word =
            is_space(self.came.chars().next_back()) && !is_space(next.came.chars().next());
        self.went.is_empty()
            && !self.came.contains('\n')
            && end_of(self.at, &self.came) == next.at
            && !is_next_word
    }
}

/// The place behind a text that begins at a place.
fn end_of(from: Place, text: &str) -> Place {
    match text.rsplit_once('\n') {
        None => Place {
            line: from.line,
            at: from.at + text.len(),
        },
        Some((before, last)) => Place {
            line: from.line + 1 + before.matches('\n').count(),
            at: last.len(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(line: usize, at: usize) -> Place {
        Place { line, at }
    }

    #[test]
    fn letters_typed_one_behind_the_other_are_undone_by_the_word() {
        let mut text = NoteText::new("");
        for (at, letter) in "pay in two".chars().enumerate() {
            text.replace(
                place(0, at),
                place(0, at),
                &letter.to_string(),
                place(0, at),
            );
        }
        for left in ["pay in ", "pay ", ""] {
            text.undo();
            assert_eq!(text.text(), left);
        }
        assert_eq!(text.undo(), None);
        text.redo();
        assert_eq!(text.text(), "pay ");
    }

    #[test]
    fn what_is_kept_for_undo_has_a_bound() {
        let mut text = NoteText::new("");
        let page = "x".repeat(1 << 20);
        for _ in 0..40 {
            text.replace(place(0, 0), text.end(), &page, place(0, 0));
        }
        assert!(text.kept <= MOST_KEPT, "{}", text.kept);
        assert!(text.undo().is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn changes_are_those_of_a_plain_string(
            steps in prop::collection::vec(("[ab\n見]{0,4}", 0_usize..99, 0_usize..99), 1..20),
        ) {
            let mut text = NoteText::new("一\n二三\n");
            let mut plain = text.text();
            let mut before = vec![plain.clone()];
            for (piece, from, to) in steps {
                let ends: Vec<usize> = plain.char_indices().map(|(at, _)| at).chain([plain.len()]).collect();
                let (a, b) = (ends[from % ends.len()], ends[to % ends.len()]);
                let range = a.min(b)..a.max(b);
                let of = |at: usize| end_of(place(0, 0), &plain[..at]);
                let (start, end) = (of(range.start), of(range.end));
                text.rest();
                let behind = text.replace(start, end, &piece, start);
                plain.replace_range(range.clone(), &piece);
                prop_assert_eq!(text.text(), plain.clone());
                prop_assert_eq!(behind, end_of(place(0, 0), &plain[..range.start + piece.len()]));
                prop_assert_eq!(text.chars(), plain.chars().count());
                prop_assert!(text.is(&plain) && !text.is("nothing of the kind"));
                before.push(plain.clone());
            }
            before.pop();
            while let Some(earlier) = before.pop() {
                text.undo();
                prop_assert_eq!(text.text(), earlier);
            }
            while text.redo().is_some() {}
            prop_assert_eq!(text.text(), plain);
        }
    }
}
