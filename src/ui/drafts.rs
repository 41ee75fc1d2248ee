//! What is typed and not saved: told to the world at each key, and offered again after a crash.

use std::collections::VecDeque;

use super::dialogs::Dialog;
use crate::model::draft::{Draft, KeptDraft};
use crate::model::journal::Journal;

/// What is to be done with drafts.
#[derive(Clone, Debug, PartialEq)]
pub enum Keeping {
    /// Keep this as the draft of the open form.
    Keep(Box<Draft>),
    /// The open form is done with: its words are in the file, or thrown away by the person.
    Done,
    /// The draft of that name is the one of the open form from now on.
    Take(String),
    /// Remove the draft of that name.
    Discard(String),
}

/// What is kept of the open form, and what waits to be offered.
#[derive(Debug, Default)]
pub struct Drafts {
    waiting: VecDeque<KeptDraft>,
    is_open: bool,
    kept: Option<Draft>,
}

impl Drafts {
    /// These were found.
    pub fn found(&mut self, drafts: Vec<KeptDraft>) {
        self.waiting = drafts.into();
    }

    /// A form with the words of a draft was opened.
    pub fn taken(&mut self) {
        (self.is_open, self.kept) = (true, None);
    }

    /// Looks at what stands in front of the screen now: what is to be done about its draft.
    pub fn follow(&mut self, dialog: Option<&Dialog>) -> Option<Keeping> {
        let Some(Dialog::Form(form)) = dialog else {
            let was_open = std::mem::take(&mut self.is_open);
            return (was_open && self.kept.take().is_some()).then_some(Keeping::Done);
        };
        let draft = form.draft();
        if !std::mem::replace(&mut self.is_open, true) {
            // What the program filled in by itself is nobody's work.
            self.kept = draft;
            return None;
        }
        if draft == self.kept {
            return None;
        }
        self.kept.clone_from(&draft);
        Some(match draft {
            Some(draft) => Keeping::Keep(Box::new(draft)),
            None => Keeping::Done,
        })
    }

    /// The next draft to offer, and those that need no offer: the files say all that is in them.
    pub fn next(&mut self, journal: &Journal) -> (Option<KeptDraft>, Vec<Keeping>) {
        let mut done = Vec::new();
        while let Some(found) = self.waiting.pop_front() {
            if !found.draft.is_in(journal) {
                return (Some(found), done);
            }
            done.push(Keeping::Discard(found.id));
        }
        (None, done)
    }
}
