//! A draft that was found: what it is, its words beside what the file says, and what to do.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::reader::Reader;
use super::{Answer, Dialog};
use crate::model::draft::{Beside, Draft, KeptDraft};
use crate::ui::ctx::Ctx;
use crate::ui::keymap::Keymap;
use crate::ui::keys::{Action, Scope};
use crate::ui::screens::Look;

/// The offer of a draft.
#[derive(Debug)]
pub struct Offer {
    found: KeptDraft,
    /// The same words as a new entry, where the one they were about is gone.
    new: Option<Draft>,
    words: Reader,
    asking: bool,
}

impl Offer {
    /// The offer of this draft, beside the journal as it is now.
    pub fn new(found: KeptDraft, ctx: &Ctx, keys: &Keymap) -> Offer {
        let new = found.draft.as_new(ctx.journal);
        let mut parts = parts(&found, ctx);
        parts.push((None, answers(new.is_some(), keys)));
        let words = Reader::of(
            "typed and not saved",
            parts.iter().map(|(heading, text)| {
                let heading = heading.as_deref();
                (heading, text.as_str())
            }),
        );
        Offer {
            found,
            new,
            words,
            asking: false,
        }
    }

    /// The scopes of its keys.
    pub fn scopes(&self) -> Vec<Scope> {
        if self.asking {
            vec![Scope::Confirm]
        } else {
            vec![Scope::Offer, Scope::Rows]
        }
    }

    /// Takes a key; the offer comes back where it stays open. Words are thrown away by two keys
    /// one right behind the other that hardly any text has: what was typed before the offer came
    /// up must not do it.
    pub fn key(mut self, action: Option<Action>, ctx: &Ctx) -> (Option<Dialog>, Answer) {
        match (std::mem::take(&mut self.asking), action) {
            (true, Some(Action::Yes)) => return (None, Answer::Discard(self.found.id)),
            (true, _) => {}
            (false, Some(Action::Yes)) => return (None, Answer::Take(Box::new(self.found))),
            (false, Some(Action::Back)) => return (None, Answer::None),
            (false, Some(Action::Remove)) => self.asking = true,
            (false, Some(Action::Add)) if self.new.is_some() => {
                self.found.draft = self.new.take().unwrap_or(self.found.draft);
                return (None, Answer::Take(Box::new(self.found)));
            }
            (false, _) => {
                self.words.key(action, ctx.size);
            }
        }
        (Some(Dialog::Offer(Box::new(self))), Answer::None)
    }

    /// Draws it; answers where the terminal's cursor stands.
    pub fn draw(&self, screen: Rect, buf: &mut Buffer, look: Look) -> Option<Position> {
        let (theme, glyphs) = (look.theme, look.glyphs);
        if !self.asking {
            return self.words.draw(screen, buf, theme, glyphs);
        }
        let question = "Throw these words away? They can't be brought back.";
        let named = |action, word| {
            let key = look.keys.shown(Scope::Confirm, action)?;
            Some(format!("{key} {word}"))
        };
        let answers = [named(Action::Yes, "yes"), named(Action::No, "no")];
        let answers = answers
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("   ");
        let parts = [(None, question), (None, ""), (None, &answers)];
        Reader::of("typed and not saved", parts).draw(screen, buf, theme, glyphs)
    }
}

/// Headings, and the text below each.
fn parts(found: &KeptDraft, ctx: &Ctx) -> Vec<(Option<String>, String)> {
    let draft = &found.draft;
    let (day, time) = found.when.split_once('T').unwrap_or((&found.when, ""));
    let time = time.get(..5).unwrap_or_default();
    let mut parts = vec![
        (Some(draft.title.clone()), String::new()),
        (
            None,
            format!("The program ended before this was saved; typed {day} {time}."),
        ),
    ];
    let beside = draft.beside(ctx.journal);
    if draft.about.is_gone(ctx.journal) {
        let gone = "What it is about is not in the journal any more.";
        parts.push((None, gone.to_owned()));
    } else if beside.iter().any(|field| field.moved_on) {
        let told = "The file was changed meanwhile: saving keeps both, or says where it can't.";
        parts.push((None, told.to_owned()));
    }
    for field in &beside {
        parts.push((None, String::new()));
        parts.extend(words(field));
    }
    parts.push((None, String::new()));
    parts
}

/// What can be done, each with its key.
fn answers(can_be_new: bool, keys: &Keymap) -> String {
    let all = [
        (Action::Yes, "opens the form with them"),
        (Action::Add, "adds it as a new entry"),
        (Action::Back, "not now"),
        (Action::Remove, "throws them away"),
    ];
    let named = all.into_iter().filter_map(|(action, what)| {
        let has_use = can_be_new || action != Action::Add;
        let key = keys.shown(Scope::Offer, action).filter(|_| has_use)?;
        Some(format!("{key} {what}"))
    });
    named.collect::<Vec<_>>().join("   ")
}

fn words(field: &Beside) -> Vec<(Option<String>, String)> {
    let typed = match field.typed.as_str() {
        "" => "(emptied)",
        typed => typed,
    };
    let mut parts = vec![(Some(field.label.clone()), String::new())];
    match &field.file {
        Some(file) if file == &field.typed => {
            parts.push((None, format!("{typed}  (in the file already)")));
        }
        Some(file) => {
            parts.push((None, format!("typed: {typed}")));
            parts.push((None, format!("file:  {file}")));
        }
        None => parts.push((None, format!("typed: {typed}"))),
    }
    parts
}
