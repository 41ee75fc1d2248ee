//! Fields that were changed here and in the file meanwhile: what each side says, and which is to
//! count. What was typed stays in the form whatever is pressed.

use super::Answer;
use super::form::{Form, Question, Wrong};
use super::form_draft::about;
use super::form_fields::{FormField, Input, Owner, input};
use super::side::{Side, Sides};
use crate::model::journal::Journal;
use crate::model::kind::{Kind, Shape};
use crate::model::merge::{Conflict, Obstacle};
use crate::model::money::parse_typed;
use crate::model::typing;
use crate::model::value::Value;
use crate::ui::ctx::Ctx;
use crate::ui::keys::Action;
use crate::ui::target::Target;
use crate::ui::widgets::complete::Completion;

impl Form {
    /// The save was refused. Where a person can decide what is in the way, that is asked; the form
    /// stays with every word in it.
    pub fn refused(&mut self, message: String, obstacle: Option<Obstacle>) {
        self.failed(message);
        self.completion = Completion::default();
        match obstacle {
            Some(Obstacle::Fields(conflicts)) => {
                let names: Vec<String> = conflicts.iter().map(|c| c.field.clone()).collect();
                let sides = conflicts.into_iter().map(|conflict| self.side(conflict));
                // A field that the form does not show can't be decided here.
                let sides: Option<Vec<Side>> = sides.collect();
                self.sides = sides.filter(|sides| !sides.is_empty()).map(Sides::of);
                if self.sides.is_some() {
                    let names = names.join(", ");
                    let why = format!("nothing was written: the file has other words for {names}");
                    self.error = Some(Wrong {
                        next: Some((Action::Save, "asks again")),
                        ..Wrong::new(None, why)
                    });
                }
            }
            Some(Obstacle::Gone) if self.as_new().is_some() => {
                self.asking = Some(Question::AddAgain);
            }
            Some(Obstacle::Gone) | None => {}
        }
    }

    fn side(&self, conflict: Conflict) -> Option<Side> {
        let is_it =
            |field: &FormField| field.field.name == conflict.field && field.owner == Owner::Main;
        let at = self.fields.iter().position(is_it)?;
        let field = self.fields.get(at)?;
        Some(Side::of(at, field.label.to_owned(), &field.field, conflict))
    }

    /// Takes a key while both sides are shown.
    pub(super) fn decide(&mut self, action: Option<Action>, ctx: &Ctx) -> Option<Answer> {
        let mut sides = self.sides.take()?;
        let side = sides.current()?;
        let (at, joined) = (side.field, side.both.clone());
        let conflict = side.conflict.clone();
        let theirs = conflict.theirs.clone();
        match action {
            Some(Action::Back) => return None,
            Some(Action::Edit) => {
                self.knows(at, &conflict);
                (self.focus, self.error) = (at, None);
                return None;
            }
            Some(Action::TakeTheirs) => {
                self.knows(at, &conflict);
                self.put(at, theirs.as_ref());
                self.unsay_currency(&conflict);
            }
            Some(Action::KeepMine) => self.knows(at, &conflict),
            Some(Action::TakeBoth) if joined.is_some() => {
                self.knows(at, &conflict);
                self.put(at, joined.as_ref());
            }
            other => {
                match other {
                    Some(Action::NextField) => sides.step(1),
                    Some(Action::PrevField) => sides.step(-1),
                    other => sides.scroll_by(other),
                }
                self.sides = Some(sides);
                return None;
            }
        }
        sides.sides.remove(sides.at);
        if sides.sides.is_empty() {
            self.error = None;
            return self.save(ctx);
        }
        sides.step(0);
        self.sides = Some(sides);
        None
    }

    /// What the file says is known now: it is what the next save compares with.
    fn knows(&mut self, at: usize, conflict: &Conflict) {
        let Some(field) = self.fields.get_mut(at) else {
            return;
        };
        let typed = conflict
            .theirs
            .as_ref()
            .map(|v| typing::typed(&field.field, v));
        field.was.clone_from(&conflict.theirs);
        field.set_was_typed(&typed.unwrap_or_default());
        field.in_file = None;
    }

    fn put(&mut self, at: usize, value: Option<&Value>) {
        if let Some(field) = self.fields.get_mut(at) {
            let typed = value.map(|value| typing::typed(&field.field, value));
            field.input = input(&field.field, &typed.unwrap_or_default());
        }
    }

    /// A currency typed with the amount would come back with the next save.
    fn unsay_currency(&mut self, conflict: &Conflict) {
        let mut fields = self.fields.iter_mut();
        let money = fields.find(|f| f.field.shape == Shape::Money);
        if conflict.field == "currency"
            && let Some(Input::Line(line)) = money.map(|field| &mut field.input)
            && let Ok(typed) = parse_typed(line.value().trim())
        {
            line.set(&typed.amount.to_string());
        }
    }

    /// What it would be about as a new entry; `None` where it can't be one.
    pub(super) fn as_new(&self) -> Option<Target> {
        match &self.target {
            Target::Edit { customer, kind, .. } => Some(Target::Add {
                customer: customer.clone(),
                kind: Kind::of(kind)?,
                day: None,
            }),
            _ => None,
        }
    }

    /// All that stands in it is saved as a new entry, as the one it was about is gone.
    pub(super) fn add_again(&mut self, ctx: &Ctx) -> Option<Answer> {
        let target = self.as_new()?;
        self.retarget(target, ctx);
        for field in &mut self.fields {
            field.was = None;
            field.set_was_typed("");
            field.in_file = None;
        }
        self.error = None;
        self.save(ctx)
    }

    /// Looks at what the file says by now of the fields of this form.
    pub fn look(&mut self, journal: &Journal) {
        let Some(about) = about(&self.target) else {
            return;
        };
        let now = about.fields(journal);
        self.is_gone = self.as_new().is_some() && now.is_none();
        for field in self.fields.iter_mut().filter(|f| f.owner == Owner::Main) {
            let value = now.and_then(|now| now.get(field.field.name));
            let moved = now.is_some() && value != field.was.as_ref().map(Value::view);
            let typed = value.map(|value| typing::typed(&field.field, value));
            field.in_file = moved.then(|| typed.unwrap_or_default());
        }
    }
}
