//! A form: fields on pages, words offered, dates echoed. It stays open, with every word in it,
//! until what it says is on the disk.

use jiff::civil::Date;
use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::Answer;
use super::form_fields::{FormField, Input, Owner, fields};
use crate::model::brief::home_currency;
use crate::model::change::{Change, FieldEdit};
use crate::model::closing::closing;
use crate::model::date_phrase::echo;
use crate::model::fold::fold;
use crate::model::journal::Found;
use crate::model::kind::{Kind, Shape};
use crate::model::money::{Money, parse_typed};
use crate::model::typing;
use crate::model::value::Value;
use crate::model::when::When;
use crate::ui::ctx::Ctx;
use crate::ui::keys::Action;
use crate::ui::target::Target;
use crate::ui::widgets::complete::{Completion, Holds};

/// How many letters of what was typed are told in a refusal.
const MOST_QUOTED: usize = 40;

/// What is wrong: with which field, where it is one, and what to do.
pub type Wrong = (Option<usize>, String);

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
    home: String,
    saving: Option<u64>,
    /// Whether others changed the file since the form was opened.
    pub moved_on: bool,
    asking: bool,
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
            saving: None,
            moved_on: false,
            asking: false,
        };
        form.fill_in(ctx);
        form
    }

    /// Where an entry is to be closed: what can be known is filled in, and the field that asks
    /// takes the keys.
    fn fill_in(&mut self, ctx: &Ctx) {
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

    /// Whether it asks if what was typed may go.
    pub fn asks(&self) -> bool {
        self.asking
    }

    /// Whether the keys go to a text of many lines.
    pub fn is_in_note(&self) -> bool {
        matches!(self.focused().map(|f| &f.input), Some(Input::Note(_)))
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

    /// Others changed these customers. Where the form is about one of them it says so; what is
    /// typed stays, and is merged when it is saved.
    pub fn moved_on(&mut self, customers: &[String]) {
        let is_ours = |customer: &str| customers.iter().any(|moved| moved == customer);
        if self.target.customer().is_some_and(is_ours) {
            self.moved_on = true;
        }
    }

    /// The save failed: the form goes on.
    pub fn failed(&mut self, message: String) {
        self.saving = None;
        self.error = Some((None, message));
    }

    /// The fields of the page at hand: from, to.
    pub fn page(&self) -> std::ops::Range<usize> {
        if self.focus < self.first_page {
            0..self.first_page
        } else {
            self.first_page..self.fields.len()
        }
    }

    /// What a date or an amount will be read as, or why it can't be read. Nothing for a field
    /// that says it itself.
    pub fn echo(&self, field: &FormField) -> Option<Result<String, String>> {
        let typed = field.input.text();
        if typed.trim().is_empty() || !field.is_changed() {
            return None;
        }
        match (field.field.shape, self.parsed(field)) {
            (Shape::Day | Shape::Moment, Ok(Some(Value::When(when)))) => Some(Ok(echo(when))),
            (Shape::Money, Ok(Some(_))) => {
                let typed = parse_typed(typed.trim()).ok()?;
                let currency = typed.currency.as_deref().unwrap_or(self.currency());
                Some(Ok(Money::new(typed.amount, currency).to_string()))
            }
            (Shape::Day | Shape::Moment | Shape::Money | Shape::Scale | Shape::Yes, Err(why)) => {
                Some(Err(why))
            }
            _ => None,
        }
    }

    /// What is typed in a field, as a value. A refusal quotes the beginning of a long text only,
    /// so that there is room for what to type instead.
    fn parsed(&self, field: &FormField) -> Result<Option<Value>, String> {
        let typed = field.input.text();
        typing::parse(&field.field, &typed, self.today).map_err(|why| {
            let typed = typed.trim();
            match typed.char_indices().nth(MOST_QUOTED) {
                Some((end, _)) => {
                    let start = typed.get(..end).unwrap_or_default();
                    why.replace(typed, &format!("{start}..."))
                }
                None => why,
            }
        })
    }

    /// The currency of an amount that names none.
    fn currency(&self) -> &str {
        let field = self.fields.iter().find(|f| f.field.name == "currency");
        match field.map(|f| &f.input) {
            Some(Input::Line(line)) if !line.value().trim().is_empty() => line.value(),
            _ => &self.home,
        }
    }

    /// Takes a key. `Some`: the form has an answer; it closes unless that is a save.
    pub fn key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) -> Option<Answer> {
        if self.asking {
            match action {
                Some(Action::Yes) => return Some(self.closed()),
                Some(Action::No) => self.asking = false,
                _ => {}
            }
            return None;
        }
        if self.saving.is_some() {
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
                    if self
                        .focused()
                        .is_some_and(|f| f.input.text().trim().is_empty())
                    {
                        self.completion = Completion::default();
                    }
                }
            }
        }
        None
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        if self.asking || self.saving.is_some() {
            return;
        }
        self.error = None;
        match self.fields.get_mut(self.focus).map(|f| &mut f.input) {
            Some(Input::Line(line)) => line.paste(text),
            Some(Input::Note(note)) => {
                if !note.paste(text) {
                    self.error = Some((
                        Some(self.focus),
                        "the text would grow too long for a form: E opens the file".to_owned(),
                    ));
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
            Input::Line(line) => Completion::find(line.value(), holds, offers, fold),
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

    fn back(&mut self) -> Option<Answer> {
        if self.is_open() {
            self.completion = Completion::default();
            return None;
        }
        if self.fields.iter().any(FormField::is_changed) {
            self.asking = true;
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

    fn save(&mut self, ctx: &Ctx) -> Option<Answer> {
        if self.accept() {
            return None;
        }
        match self.changes(ctx) {
            Ok(answer) => return Some(answer),
            Err((at, why)) => {
                if let Some(at) = at {
                    self.focus = at;
                }
                self.completion = Completion::default();
                self.error = Some((at, why));
            }
        }
        None
    }

    /// What the form says, as changes.
    fn changes(&self, ctx: &Ctx) -> Result<Answer, Wrong> {
        let only = || {
            self.fields
                .first()
                .map(|f| f.input.text().trim().to_owned())
                .unwrap_or_default()
        };
        let missing = |what: &str| (Some(0), format!("{what} is needed; Esc closes the form"));
        match &self.target {
            Target::First => Ok(Answer::Begin(Some(only()).filter(|name| !name.is_empty()))),
            Target::Rename { .. } | Target::Move { .. } if only().is_empty() => {
                Err(missing(self.fields.first().map_or("", |f| f.label)))
            }
            Target::Rename { customer } if only() == *customer => Ok(Answer::None),
            Target::Rename { customer } => Ok(Answer::Save(vec![Change::Rename {
                customer: customer.clone(),
                to: only(),
            }])),
            Target::Move {
                customer,
                kind,
                key,
            } => match ctx.journal.find(&only()) {
                Found::One(to) => Ok(Answer::Save(vec![Change::Move {
                    customer: customer.clone(),
                    kind: kind.clone(),
                    key: key.clone(),
                    to: to.key.to_string(),
                }])),
                Found::Many(several) => {
                    let keys: Vec<&str> = several.iter().map(|c| &*c.key).collect();
                    let why = format!("several fit, type one of them: {}", keys.join(", "));
                    Err((Some(0), why))
                }
                Found::Nearest(_) => Err((Some(0), format!("no customer is called {}", only()))),
            },
            Target::New => {
                let fields = self.filled(Owner::Main)?;
                if !fields.iter().any(|(name, _)| name == "name") {
                    return Err(missing("the name"));
                }
                Ok(Answer::Save(vec![Change::Create { key: None, fields }]))
            }
            Target::Head { customer } => {
                let (customer, edits) = (customer.clone(), self.edits()?);
                Ok(save_or_close(
                    edits.is_empty(),
                    Change::Head { customer, edits },
                ))
            }
            Target::Edit {
                customer,
                kind,
                key,
                ..
            } => {
                let edits = self.edits()?;
                let change = Change::Edit {
                    customer: customer.clone(),
                    kind: kind.clone(),
                    key: key.clone(),
                    edits: edits.clone(),
                };
                Ok(save_or_close(edits.is_empty(), change))
            }
            Target::Add { customer, kind } => self.added(customer, *kind).map(Answer::Save),
        }
    }

    fn added(&self, customer: &str, kind: Kind) -> Result<Vec<Change>, Wrong> {
        let fields = self.filled(Owner::Main)?;
        let main = kind.main_field();
        let any_will_do = matches!(kind, Kind::WinLose | Kind::CheckIn);
        if !fields.iter().any(|(name, _)| any_will_do || name == main) {
            let at = self
                .fields
                .iter()
                .position(|f| f.field.name == main && !any_will_do);
            let what = if any_will_do { "one field" } else { main };
            return Err((
                at.or(Some(0)),
                format!("{what} is needed; Esc closes the form"),
            ));
        }
        let add = |kind: Kind, fields| Change::Add {
            customer: customer.to_owned(),
            kind: kind.word().to_owned(),
            key: None,
            fields,
        };
        let mut next = self.filled(Owner::Next)?;
        let deal = fields.iter().find(|(name, _)| name == "deal").cloned();
        let day = fields.iter().find_map(|(name, value)| {
            let day = value.as_when().filter(|_| name == "date")?.date?;
            Some((name.clone(), Value::When(When::day(day))))
        });
        let mut changes = vec![add(kind, fields)];
        if !next.is_empty() {
            if !next.iter().any(|(name, _)| name == "what") {
                let at = self.fields.iter().position(|f| f.label == "next step");
                return Err((
                    at,
                    "say what is to be done until then, or clear due".to_owned(),
                ));
            }
            // It was promised when it was talked about.
            next.extend(day);
            next.extend(deal);
            changes.push(add(Kind::Promise, next));
        }
        Ok(changes)
    }

    /// The fields that say something, read.
    fn filled(&self, owner: Owner) -> Result<Vec<(String, Value)>, Wrong> {
        let mut filled = Vec::new();
        for (at, field) in self
            .fields
            .iter()
            .enumerate()
            .filter(|(_, f)| f.owner == owner)
        {
            let value = self.read(at, field)?;
            filled.extend(value.map(|value| (field.field.name.to_owned(), value)));
        }
        if owner == Owner::Main
            && let Some(currency) = self.typed_currency()
            && !filled.iter().any(|(name, _)| name == "currency")
        {
            filled.push(("currency".to_owned(), Value::text(&currency)));
        }
        Ok(filled)
    }

    /// The fields that were changed, with what was read and what is typed now.
    fn edits(&self) -> Result<Vec<FieldEdit>, Wrong> {
        let mut edits = Vec::new();
        for (at, field) in self
            .fields
            .iter()
            .enumerate()
            .filter(|(_, f)| f.is_changed())
        {
            let now = self.read(at, field)?;
            if now != field.was {
                edits.push(FieldEdit {
                    name: field.field.name.to_owned(),
                    was: field.was.clone(),
                    now,
                });
            }
        }
        if let Some(currency) = self.typed_currency()
            && !edits.iter().any(|edit| edit.name == "currency")
        {
            let field = self.fields.iter().find(|f| f.field.name == "currency");
            let was = field.and_then(|f| f.was.clone());
            let now = Some(Value::text(&currency));
            edits.push(FieldEdit {
                name: "currency".to_owned(),
                was,
                now,
            });
        }
        Ok(edits)
    }

    fn read(&self, at: usize, field: &FormField) -> Result<Option<Value>, Wrong> {
        if !field.is_changed() {
            return Ok(field.was.clone());
        }
        self.parsed(field)
            .map_err(|why| (Some(at), format!("{}: {why}", field.label)))
    }

    /// A currency that was typed with an amount, such as `1200 EUR`, where it is not the
    /// customer's own.
    fn typed_currency(&self) -> Option<String> {
        let money = self.fields.iter().find(|f| f.field.shape == Shape::Money)?;
        let typed = parse_typed(money.input.text().trim()).ok()?;
        typed
            .currency
            .filter(|currency| money.is_changed() && **currency != *self.home)
            .map(String::from)
    }
}

/// A form in which nothing was changed is just closed.
fn save_or_close(nothing: bool, change: Change) -> Answer {
    if nothing {
        Answer::None
    } else {
        Answer::Save(vec![change])
    }
}

fn title(target: &Target, name: &str, today: Date) -> String {
    let day = echo(When::day(today));
    match target {
        Target::Add { kind, .. } => format!("{kind}, {name}, {day}"),
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
