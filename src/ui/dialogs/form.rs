//! A form: fields on pages, words offered, dates echoed. It stays open, with every word in it,
//! until what it says is on the disk.

use jiff::civil::Date;
use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::Answer;
use super::form_fields::{FormField, Input, fields};
use super::side::Sides;
use crate::model::brief::home_currency;
use crate::model::closing::closing;
use crate::model::date_phrase::echo;
use crate::model::journal::Journal;
use crate::model::kind::Shape;
use crate::model::typing;
use crate::model::when::When;
use crate::ui::ctx::Ctx;
use crate::ui::keys::{Action, Scope};
use crate::ui::target::Target;
use crate::ui::widgets::complete::{Completion, Holds};

/// What is wrong, and what to do.
#[derive(Debug)]
pub struct Wrong {
    /// With which field, where it is one.
    pub at: Option<usize>,
    /// What it is.
    pub why: String,
    /// The key to name behind it, and what it does: ` closes the form`.
    pub next: Option<(Action, &'static str)>,
}

impl Wrong {
    /// With a field, where it is one.
    pub(super) fn new(at: Option<usize>, why: String) -> Wrong {
        let next = None;
        Wrong { at, why, next }
    }
}

/// What a form asks before it does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether what was typed may go.
    ThrowAway,
    /// Whether to add what it says as a new entry, as the one it was about is gone.
    AddAgain,
}

/// The state of a form.
#[derive(Debug)]
pub struct Form {
    /// What it makes or changes.
    pub target: Target,
    /// What stands above it.
    pub title: String,
    /// Its fields.
    pub fields: Vec<FormField>,
    /// How many of them are on the first page.
    pub first_page: usize,
    /// The field that takes the keys.
    pub focus: usize,
    /// The words offered there.
    pub completion: Completion,
    /// What is wrong.
    pub error: Option<Wrong>,
    pub(super) today: Date,
    pub(super) home: String,
    /// Whether Latin letters may be the reading of Japanese.
    romaji: bool,
    saving: Option<u64>,
    /// Whether others changed the file since the form was opened.
    pub moved_on: bool,
    /// Whether the entry that it is about is not in the file any more.
    pub is_gone: bool,
    /// What it asks.
    pub asking: Option<Question>,
    /// The fields that both sides changed, while they are to be decided.
    pub sides: Option<Sides>,
}

impl Form {
    /// The form for a target, empty or with what was read.
    pub fn new(target: Target, ctx: &Ctx) -> Form {
        let (fields, first_page) = fields(&target, ctx);
        let customer = target.customer().and_then(|key| ctx.journal.customer(key));
        let name = customer.map_or("", |c| c.name()).to_owned();
        let home = customer
            .map_or("", |c| home_currency(c, &ctx.journal.settings))
            .to_owned();
        let mut form = Form {
            title: title(&target, &name, ctx.today),
            target,
            fields,
            first_page,
            focus: 0,
            completion: Completion::default(),
            error: None,
            today: ctx.today,
            home,
            romaji: ctx.romaji,
            saving: None,
            moved_on: false,
            is_gone: false,
            asking: None,
            sides: None,
        };
        form.fill_in(ctx);
        form
    }

    /// Where an entry is to be closed: what can be known is filled in, and the field that asks
    /// takes the keys.
    fn fill_in(&mut self, ctx: &Ctx) {
        if let Target::Add { day: Some(day), .. } = self.target {
            let is_day = |f: &&mut FormField| matches!(f.field.name, "date" | "opened");
            if let Some(field) = self.fields.iter_mut().find(is_day)
                && let Input::Line(line) = &mut field.input
            {
                line.set(&day.to_string());
            }
            return;
        }
        let Target::Edit {
            customer,
            kind,
            key,
            closing: true,
            ..
        } = &self.target
        else {
            return;
        };
        let entry = ctx
            .journal
            .customer(customer)
            .and_then(|c| c.entry(kind, key));
        let Some(closing) = entry.and_then(|entry| closing(entry, ctx.today)) else {
            return;
        };
        for (name, value) in closing.sets {
            if let Some(field) = self.fields.iter_mut().find(|f| f.field.name == name)
                && let Input::Line(line) = &mut field.input
            {
                line.set(&typing::typed(&field.field, &value));
            }
        }
        let asks = self
            .fields
            .iter()
            .position(|f| Some(f.field.name) == closing.asks);
        self.focus = asks.unwrap_or(0);
    }

    /// The scopes of its keys.
    pub fn scopes(&self) -> Vec<Scope> {
        if self.asking.is_some() {
            return vec![Scope::Confirm];
        }
        if self.sides.is_some() {
            return vec![Scope::Sides, Scope::Rows];
        }
        match self.focused().map(|field| &field.input) {
            Some(Input::Note(note)) if note.is_searching() => vec![Scope::Find],
            Some(Input::Note(_)) => vec![Scope::Note],
            _ => vec![Scope::Form],
        }
    }

    /// Whether it is being saved.
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// Waits for the answer to a save.
    pub fn wait_for(&mut self, ticket: u64) {
        self.saving = Some(ticket);
    }

    /// Whether this is the save that it waits for.
    pub fn waits_for(&self, ticket: u64) -> bool {
        self.saving == Some(ticket)
    }

    /// Others changed these customers. Where the form is about one of them it says so, and what
    /// the file says now stands beside its field; what is typed stays, and is merged when it is
    /// saved.
    pub fn moved_on(&mut self, customers: &[String], journal: &Journal) {
        let is_ours = |customer: &str| customers.iter().any(|moved| moved == customer);
        if self.target.customer().is_some_and(is_ours) {
            self.moved_on = true;
            self.look(journal);
        }
    }

    /// The save failed: the form goes on.
    pub fn failed(&mut self, message: String) {
        self.saving = None;
        self.error = Some(Wrong::new(None, message));
    }

    /// It is about something else from now on.
    pub(super) fn retarget(&mut self, target: Target, ctx: &Ctx) {
        let customer = target.customer().and_then(|key| ctx.journal.customer(key));
        let name = customer.map_or("", |customer| customer.name());
        self.title = title(&target, name, ctx.today);
        self.target = target;
    }

    /// The fields of the page at hand: from, to.
    pub fn page(&self) -> std::ops::Range<usize> {
        if self.focus < self.first_page {
            0..self.first_page
        } else {
            self.first_page..self.fields.len()
        }
    }

    /// The fields of the page that is not seen: from, to.
    pub fn other_page(&self) -> std::ops::Range<usize> {
        if self.focus < self.first_page {
            self.first_page..self.fields.len()
        } else {
            0..self.first_page
        }
    }

    /// Takes a key. `Some`: the form has an answer; it closes unless that is a save.
    pub fn key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) -> Option<Answer> {
        if let Some(question) = self.asking {
            match (action, question) {
                (Some(Action::Yes), Question::ThrowAway) => return Some(self.closed()),
                (Some(Action::Yes), Question::AddAgain) => {
                    self.asking = None;
                    return self.add_again(ctx);
                }
                (Some(Action::No), _) => self.asking = None,
                _ => {}
            }
            return None;
        }
        if self.saving.is_some() {
            return None;
        }
        if self.sides.is_some() {
            return self.decide(action, ctx);
        }
        if let Some(Input::Note(note)) = self.fields.get_mut(self.focus).map(|f| &mut f.input)
            && note.takes_find(key, action)
        {
            return None;
        }
        match action {
            Some(Action::Save) => return self.save(ctx),
            Some(Action::NextField) if key.code == KeyCode::Down && self.has_offers() => {
                self.offer_if_closed();
                self.completion.next();
            }
            Some(Action::PrevField) if key.code == KeyCode::Up && self.is_open() => {
                self.completion.previous();
            }
            Some(Action::NextField) => {
                // Behind `payment: ` the words are still to come.
                let goes_on = self.holds() == Holds::Lines && self.accept();
                if !goes_on {
                    self.accept();
                    self.step(1);
                }
            }
            Some(Action::PrevField) => self.step(-1),
            Some(Action::Back) => return self.back(),
            _ => {
                let taken = match self.fields.get_mut(self.focus).map(|f| &mut f.input) {
                    Some(Input::Line(line)) => line.key(key),
                    Some(Input::Note(note)) => note.key(key),
                    Some(Input::TooLong) | None => false,
                };
                if taken {
                    self.error = None;
                    self.offer();
                    if self.focused().is_some_and(|f| f.input.is_blank()) {
                        self.completion = Completion::default();
                    }
                }
            }
        }
        None
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if self.asking.is_some() || self.saving.is_some() || self.sides.is_some() {
            return;
        }
        self.error = None;
        match self.fields.get_mut(self.focus).map(|f| &mut f.input) {
            Some(Input::Line(line)) => line.paste(text),
            Some(Input::Note(note)) if note.is_searching() => note.find_paste(text),
            Some(Input::Note(note)) => {
                if !note.paste(text) {
                    self.error = Some(Wrong {
                        next: Some((Action::Editor, "opens the file")),
                        ..Wrong::new(
                            Some(self.focus),
                            "the text would grow too long for a form".to_owned(),
                        )
                    });
                }
            }
            Some(Input::TooLong) | None => {}
        }
        self.offer();
    }

    /// The field that takes the keys.
    pub fn focused(&self) -> Option<&FormField> {
        self.fields.get(self.focus)
    }

    fn step(&mut self, by: isize) {
        let len = self.fields.len().max(1).cast_signed();
        self.focus = (self.focus.cast_signed() + by)
            .rem_euclid(len)
            .cast_unsigned();
        self.completion = Completion::default();
    }

    /// Whether words are shown below the field.
    fn is_open(&self) -> bool {
        !self.completion.matches().is_empty()
    }

    fn holds(&self) -> Holds {
        match self.focused().map(|field| field.field.shape) {
            Some(Shape::Lines(_)) => Holds::Lines,
            Some(shape) if shape.is_list() => Holds::Many,
            _ => Holds::One,
        }
    }

    fn has_offers(&self) -> bool {
        self.focused().is_some_and(|field| !field.offers.is_empty())
    }

    fn offer_if_closed(&mut self) {
        if !self.is_open() {
            self.offer();
        }
    }

    fn offer(&mut self) {
        let Some(field) = self.fields.get(self.focus) else {
            return;
        };
        let holds = self.holds();
        let offers = field.offers.iter().map(String::as_str);
        self.completion = match &field.input {
            Input::Line(line) => Completion::find(line.value(), holds, offers, self.romaji),
            Input::Note(_) | Input::TooLong => Completion::default(),
        };
    }

    /// Takes the offered word that is chosen, where one is. Answers whether there was one.
    fn accept(&mut self) -> bool {
        let Some(Input::Line(line)) = self.fields.get_mut(self.focus).map(|f| &mut f.input) else {
            return false;
        };
        let chosen = self.completion.selected();
        let Some(text) = chosen.and_then(|_| self.completion.accept(line.value())) else {
            return false;
        };
        line.set(&text);
        self.completion = Completion::default();
        true
    }

    /// Takes the offered word in this row.
    pub(super) fn take_offer(&mut self, row: usize) {
        while row < self.completion.matches().len() && self.completion.selected() != Some(row) {
            self.completion.next();
        }
        self.error = None;
        self.accept();
    }

    fn back(&mut self) -> Option<Answer> {
        if self.is_open() {
            self.completion = Completion::default();
            return None;
        }
        if self.fields.iter().any(FormField::is_changed) {
            self.asking = Some(Question::ThrowAway);
            return None;
        }
        Some(self.closed())
    }

    /// Closing the offer to make a journal leaves the program.
    fn closed(&self) -> Answer {
        match self.target {
            Target::First => Answer::Quit,
            _ => Answer::None,
        }
    }

    pub(super) fn save(&mut self, ctx: &Ctx) -> Option<Answer> {
        if self.accept() {
            return None;
        }
        match self.changes(ctx) {
            Ok(answer) => return Some(answer),
            Err(wrong) => {
                self.focus = wrong.at.unwrap_or(self.focus);
                self.completion = Completion::default();
                self.error = Some(wrong);
            }
        }
        None
    }
}

fn title(target: &Target, name: &str, today: Date) -> String {
    let day = |day: Date| echo(When::day(day));
    match target {
        Target::Add {
            kind, day: then, ..
        } => format!("{kind}, {name}, {}", day(then.unwrap_or(today))),
        Target::Edit {
            kind,
            closing: true,
            ..
        } => format!("close {kind}, {name}"),
        Target::Edit { kind, .. } => format!("edit {kind}, {name}"),
        Target::New => "new customer".to_owned(),
        Target::Head { .. } => format!("edit {name}"),
        Target::Rename { customer } => format!("rename {customer}.toml"),
        Target::Move { kind, .. } => format!("move this {kind} of {name}"),
        Target::First => "a new journal".to_owned(),
    }
}
