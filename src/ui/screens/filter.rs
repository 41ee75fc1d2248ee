//! A line that narrows a list while it is typed: that of the customers, and that of a page.

use ratatui::crossterm::event::KeyEvent;

use crate::model::search::query::{Query, Reading};
use crate::ui::keys::Action;
use crate::ui::widgets::line_field::LineField;

/// The filter of a list, while there is one.
#[derive(Debug, Default)]
pub struct Filter {
    line: Option<LineField>,
    typing: bool,
}

impl Filter {
    /// Begins to type one, or goes on with the one that is there.
    pub fn start(&mut self) {
        self.line.get_or_insert_with(|| LineField::new(""));
        self.typing = true;
    }

    /// Whether keys go to it.
    pub fn is_typed(&self) -> bool {
        self.typing
    }

    /// The line, where there is one.
    pub fn line(&self) -> Option<&LineField> {
        self.line.as_ref()
    }

    /// What the list is narrowed to.
    pub fn query(&self, reading: &Reading) -> Query {
        let typed = self.line.as_ref().map(LineField::value);
        typed.map_or_else(Query::default, |typed| Query::parse(typed, reading))
    }

    /// Ends the typing; the list stays narrow.
    pub fn keep(&mut self) {
        self.typing = false;
    }

    /// Takes the filter away; answers whether there was one.
    pub fn clear(&mut self) -> bool {
        self.typing = false;
        self.line.take().is_some()
    }

    /// Takes a key while it is typed.
    pub fn key(&mut self, key: KeyEvent, action: Option<Action>) {
        match (action, &mut self.line) {
            (Some(Action::Open), _) => self.keep(),
            (Some(Action::Back), _) => {
                self.clear();
            }
            (_, Some(line)) => {
                line.key(key);
            }
            (_, None) => {}
        }
    }

    /// Takes pasted text while it is typed.
    pub fn paste(&mut self, text: &str) {
        if let Some(line) = &mut self.line {
            line.paste(text);
        }
    }
}
