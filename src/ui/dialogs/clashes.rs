//! What both sides of a merge or rebase changed: all three values side by side, and a key that
//! decides. A file is written as soon as all of its fields are decided.

use ratatui::crossterm::event::KeyEvent;

use super::form_fields::{Input, input};
use super::side::{Side, Sides};
use super::{Answer, Dialog};
use crate::model::clash::{Clash, Hand, Unsettled};
use crate::model::journal::Journal;
use crate::model::kind::{Field, field_of};
use crate::model::merge::Conflict;
use crate::model::typing;
use crate::model::value::Value;
use crate::ui::ctx::Ctx;
use crate::ui::keys::{Action, Scope};

/// What is to be decided, and what was decided so far.
#[derive(Debug, Default)]
pub struct Clashes {
    /// `None`: git has not said yet.
    pub(super) files: Option<Vec<Unsettled>>,
    /// What is decided on, one behind the other over all files.
    pub(super) items: Vec<Item>,
    /// Both sides of each of them.
    pub(super) sides: Sides,
    /// A value that is typed.
    pub(super) typing: Option<Typing>,
    /// The customer whose decided file is being written.
    pub(super) writing: Option<String>,
    /// What went wrong.
    pub(super) error: Option<String>,
}

/// One thing to decide.
#[derive(Debug)]
pub(super) struct Item {
    /// In which file.
    pub file: usize,
    /// Which of its clashes; `None`: the file can't be decided by field.
    pub clash: Option<usize>,
    /// Where it is, in words: customer, entry and field.
    pub place: String,
    /// How it was decided.
    pub decision: Option<Decision>,
    /// Whether a value for it can be typed.
    pub is_typed: bool,
    field: Field,
}

/// How something was decided.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Decision {
    /// In a word: `ours`, `theirs`, `both`, `typed`.
    pub word: &'static str,
    value: Option<Value>,
}

/// A value that is typed.
#[derive(Debug)]
pub(super) struct Typing {
    /// Where it is typed.
    pub input: Input,
    /// What to type there.
    pub ask: &'static str,
    /// Why it can't be taken.
    pub error: Option<String>,
}

impl Clashes {
    /// The scopes of its keys.
    pub fn scopes(&self) -> Vec<Scope> {
        match self.typing.as_ref().map(|typing| &typing.input) {
            Some(Input::Note(note)) if note.is_searching() => vec![Scope::Find],
            Some(Input::Note(_)) => vec![Scope::Note],
            Some(_) => vec![Scope::Value],
            None if self.is_done() => vec![Scope::Sync],
            None => vec![Scope::Clashes, Scope::Rows],
        }
    }

    /// Whether nothing is left to decide.
    pub(super) fn is_done(&self) -> bool {
        self.files.as_ref().is_some_and(Vec::is_empty)
    }

    /// This is what is left, or why that is not known. What was decided already stays decided.
    pub fn told(&mut self, told: Result<Vec<Unsettled>, String>, journal: &Journal) {
        self.writing = None;
        match told {
            Ok(files) => {
                self.error = None;
                self.renew(files, journal);
            }
            Err(why) => {
                // It is not tried again by itself: a key decides anew.
                for item in &mut self.items {
                    item.decision = None;
                }
                self.error = Some(why);
            }
        }
    }

    fn renew(&mut self, mut files: Vec<Unsettled>, journal: &Journal) {
        // What merges by itself the sync merges.
        files.retain(|file| file.hindrance.is_some() || !file.clashes.is_empty());
        let before: Vec<(Unsettled, Clash, Decision)> = self.decided();
        let was_at = self.sides.at;
        self.items.clear();
        let mut sides = Vec::new();
        for (file, unsettled) in files.iter().enumerate() {
            if unsettled.hindrance.is_some() {
                sides.push(nothing(sides.len()));
                self.items.push(Item::whole(file, unsettled, journal));
                continue;
            }
            for (at, clash) in unsettled.clashes.iter().enumerate() {
                let mut item = Item::new(file, at, unsettled, clash, journal);
                let same = before
                    .iter()
                    .find(|(known, was, _)| known.customer == unsettled.customer && was == clash);
                item.decision = same.map(|(_, _, decision)| decision.clone());
                let conflict = clash.conflict.clone();
                sides.push(Side::of(
                    sides.len(),
                    conflict.field.clone(),
                    &item.field,
                    conflict,
                ));
                self.items.push(item);
            }
        }
        // One that is decided and still there was not written: it is asked again.
        for file in 0..files.len() {
            let of_file = || self.items.iter().filter(|item| item.file == file);
            if of_file().all(|item| item.decision.is_some()) {
                let of_file = self.items.iter_mut().filter(|item| item.file == file);
                of_file.for_each(|item| item.decision = None);
            }
        }
        self.sides = Sides::of(sides);
        self.sides.at = was_at.min(self.items.len().saturating_sub(1));
        self.files = Some(files);
        self.go_on();
    }

    fn decided(&self) -> Vec<(Unsettled, Clash, Decision)> {
        let files = self.files.as_deref().unwrap_or_default();
        let decided = self.items.iter().filter_map(|item| {
            let file = files.get(item.file)?;
            let clash = file.clashes.get(item.clash?)?;
            Some((file.clone(), clash.clone(), item.decision.clone()?))
        });
        decided.collect()
    }

    /// What is in view.
    pub(super) fn current(&self) -> Option<(&Item, &Unsettled)> {
        let item = self.items.get(self.sides.at)?;
        Some((item, self.files.as_ref()?.get(item.file)?))
    }

    /// How many are not decided yet.
    pub(super) fn open(&self) -> usize {
        let open = self.items.iter().filter(|item| item.decision.is_none());
        open.count()
    }

    fn go_on(&mut self) {
        let count = self.items.len();
        let from = self.sides.at;
        let next = (0..count).map(|on| (from + on) % count);
        let is_open = |at: &usize| self.items.get(*at).is_some_and(|i| i.decision.is_none());
        if let Some(at) = next.into_iter().find(is_open) {
            let by = at.cast_signed() - from.cast_signed();
            self.sides.step(by);
        }
    }

    /// Takes a key; the dialog comes back where it stays open.
    pub fn key(
        mut self: Box<Self>,
        key: KeyEvent,
        action: Option<Action>,
        ctx: &Ctx,
    ) -> (Option<Dialog>, Answer) {
        let answer = if self.typing.is_some() {
            self.type_key(key, action, ctx)
        } else if self.is_done() {
            match action {
                Some(Action::Yes) => return (None, Answer::Sync),
                Some(Action::Back) => return (None, Answer::None),
                _ => Answer::None,
            }
        } else if action == Some(Action::Back) {
            return (None, Answer::Later(self));
        } else {
            self.act(action, ctx)
        };
        (Some(Dialog::Clashes(self)), answer)
    }

    fn act(&mut self, action: Option<Action>, ctx: &Ctx) -> Answer {
        match action {
            Some(Action::NextField) => self.sides.step(1),
            Some(Action::PrevField) => self.sides.step(-1),
            Some(Action::Editor) => {
                let file = self.current().map(|(_, file)| file.customer.clone());
                let customer = file.filter(|key| ctx.journal.customer(key).is_some());
                return match customer {
                    Some(customer) => Answer::Editor { customer, line: 1 },
                    None => Answer::Say("open it with your editor from the shell".to_owned()),
                };
            }
            Some(action) if self.writing.is_none() => {
                let Some(decision) = self.decision(action) else {
                    if action == Action::Edit {
                        self.start_typing();
                    }
                    self.sides.scroll_by(Some(action));
                    return Answer::None;
                };
                return self.decide(decision);
            }
            other => self.sides.scroll_by(other),
        }
        Answer::None
    }

    /// What a key decides of what is in view.
    fn decision(&self, action: Action) -> Option<Decision> {
        self.current()?.0.clash?;
        let side = self.sides.current()?;
        let (word, value) = match action {
            Action::KeepMine => ("ours", side.conflict.ours.clone()),
            Action::TakeTheirs => ("theirs", side.conflict.theirs.clone()),
            Action::TakeBoth => ("both", Some(side.both.clone()?)),
            _ => return None,
        };
        Some(Decision { word, value })
    }

    fn decide(&mut self, decision: Decision) -> Answer {
        self.error = None;
        let Some(item) = self.items.get_mut(self.sides.at) else {
            return Answer::None;
        };
        item.decision = Some(decision);
        let file = item.file;
        let mut of_file = self.items.iter().filter(|item| item.file == file);
        let is_whole = of_file.all(|item| item.decision.is_some());
        self.go_on();
        match is_whole {
            true => self.write(file),
            false => Answer::None,
        }
    }

    fn write(&mut self, file: usize) -> Answer {
        let Some(unsettled) = self.files.as_ref().and_then(|files| files.get(file)) else {
            return Answer::None;
        };
        let of_file = self.items.iter().filter(|item| item.file == file);
        let decided = of_file.filter_map(|item| item.decision.as_ref());
        let values = decided.map(|decision| decision.value.clone()).collect();
        self.writing = Some(unsettled.customer.clone());
        Answer::Settle(Box::new(unsettled.clone()), values)
    }

    fn start_typing(&mut self) {
        let Some((item, _)) = self.current().filter(|(item, _)| item.is_typed) else {
            return;
        };
        let conflict = self.sides.current().map(|side| &side.conflict);
        let value = conflict.and_then(|c| c.ours.as_ref().or(c.theirs.as_ref()));
        let typed = value.map(|value| typing::typed(&item.field, value));
        let ask = item.field.ask;
        match input(&item.field, &typed.unwrap_or_default()) {
            Input::TooLong => {
                let words = "the text is too long to be typed here: E opens the file";
                self.error = Some(words.to_owned());
            }
            input => {
                self.typing = Some(Typing {
                    input,
                    ask,
                    error: None,
                });
            }
        }
    }

    fn type_key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) -> Answer {
        let Some(typing) = &mut self.typing else {
            return Answer::None;
        };
        if let Input::Note(note) = &mut typing.input
            && note.takes_find(key, action)
        {
            return Answer::None;
        }
        match action {
            Some(Action::Back) => self.typing = None,
            Some(Action::Save) => return self.take_typed(ctx),
            _ => {
                typing.error = None;
                match &mut typing.input {
                    Input::Line(line) => line.key(key),
                    Input::Note(note) => note.key(key),
                    Input::TooLong => false,
                };
            }
        }
        Answer::None
    }

    /// What was typed is checked as in a form.
    fn take_typed(&mut self, ctx: &Ctx) -> Answer {
        let (Some(typing), Some(item)) = (&mut self.typing, self.items.get(self.sides.at)) else {
            return Answer::None;
        };
        match typing::parse(&item.field, &typing.input.text(), ctx.today) {
            Ok(value) => {
                self.typing = None;
                let word = "typed";
                self.decide(Decision { word, value })
            }
            Err(why) => {
                typing.error = Some(why);
                Answer::None
            }
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        match self.typing.as_mut().map(|typing| &mut typing.input) {
            Some(Input::Line(line)) => line.paste(text),
            Some(Input::Note(note)) if note.is_searching() => note.find_paste(text),
            Some(Input::Note(note)) => {
                if !note.paste(text)
                    && let Some(typing) = &mut self.typing
                {
                    typing.error = Some("the text would grow too long to be typed".to_owned());
                }
            }
            Some(Input::TooLong) | None => {}
        }
    }
}

impl Item {
    fn new(
        file: usize,
        at: usize,
        unsettled: &Unsettled,
        clash: &Clash,
        journal: &Journal,
    ) -> Item {
        let Conflict {
            field,
            base,
            ours,
            theirs,
        } = &clash.conflict;
        let value = ours.as_ref().or(theirs.as_ref()).or(base.as_ref());
        let kind = clash.table.first().map(String::as_str);
        Item {
            file,
            clash: Some(at),
            place: place(unsettled, clash, journal),
            decision: None,
            is_typed: !matches!(value, Some(Value::Table(_))),
            field: field_of(kind, field, value),
        }
    }

    fn whole(file: usize, unsettled: &Unsettled, journal: &Journal) -> Item {
        Item {
            file,
            clash: None,
            place: name(unsettled, journal).to_owned(),
            decision: None,
            is_typed: false,
            field: field_of(None, "", None),
        }
    }
}

fn name<'a>(unsettled: &'a Unsettled, journal: &'a Journal) -> &'a str {
    let customer = journal.customer(&unsettled.customer);
    customer.map_or(unsettled.customer.as_str(), |customer| customer.name())
}

/// Customer, entry and field: `Borealis, concern of 2026-11-20: status`.
fn place(unsettled: &Unsettled, clash: &Clash, journal: &Journal) -> String {
    let field = &clash.conflict.field;
    let name = name(unsettled, journal);
    let (kind, key) = match clash.table.as_slice() {
        [] => return format!("{name}: {field}"),
        [table] => return format!("{name}, {table}: {field}"),
        [kind, key, ..] => (kind, key),
    };
    let customer = journal.customer(&unsettled.customer);
    let entry = customer.and_then(|customer| customer.entry(kind, key));
    match entry.and_then(|entry| entry.day()) {
        Some(day) => format!("{name}, {kind} of {day}: {field}"),
        None => format!("{name}, {kind} {key}: {field}"),
    }
}

fn nothing(at: usize) -> Side {
    let none = Conflict {
        field: String::new(),
        base: None,
        ours: None,
        theirs: None,
    };
    Side {
        field: at,
        label: String::new(),
        runs: Vec::new(),
        both: None,
        conflict: none,
    }
}

/// Who and when, as far as it is known: `Yamada, 2026-11-20`.
pub(super) fn by(hand: &Hand) -> String {
    let known = [hand.who.as_str(), hand.when.as_str()];
    let known = known.into_iter().filter(|text| !text.is_empty());
    known.collect::<Vec<_>>().join(", ")
}
