//! What stands in a form, read: each field as a value, all of them as changes.

use super::Answer;
use super::form::{Form, Wrong};
use super::form_fields::{FormField, Input, Owner};
use crate::model::change::{Change, FieldEdit};
use crate::model::date_phrase::echo;
use crate::model::journal::Found;
use crate::model::kind::{Kind, Shape};
use crate::model::money::{Money, parse_typed};
use crate::model::typing;
use crate::model::value::Value;
use crate::model::when::When;
use crate::ui::ctx::Ctx;
use crate::ui::keys::Action;
use crate::ui::target::Target;

/// How many letters of what was typed are told in a refusal.
const MOST_QUOTED: usize = 40;

impl Form {
    /// What a date or an amount will be read as, or why it can't be read. Nothing for a field
    /// that says it itself.
    pub fn echo(&self, field: &FormField) -> Option<Result<String, String>> {
        let has_echo = matches!(
            field.field.shape,
            Shape::Day | Shape::Moment | Shape::Money | Shape::Scale | Shape::Yes
        );
        if !has_echo || field.input.is_blank() || !field.is_changed() {
            return None;
        }
        let typed = field.input.text();
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

    /// What the form says, as changes.
    pub(super) fn changes(&self, ctx: &Ctx) -> Result<Answer, Wrong> {
        let only = || {
            self.fields
                .first()
                .map(|f| f.input.text().trim().to_owned())
                .unwrap_or_default()
        };
        let missing = |what: &str| needed(Some(0), what);
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
                    Err(Wrong::new(Some(0), why))
                }
                Found::Nearest(_) => {
                    let why = format!("no customer is called {}", only());
                    Err(Wrong::new(Some(0), why))
                }
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
            Target::Add { customer, kind, .. } => self.added(customer, *kind).map(Answer::Save),
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
            return Err(needed(at.or(Some(0)), what));
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
                return Err(Wrong::new(
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
            .map_err(|why| Wrong::new(Some(at), format!("{}: {why}", field.label)))
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

fn needed(at: Option<usize>, what: &str) -> Wrong {
    Wrong {
        next: Some((Action::Back, "closes the form")),
        ..Wrong::new(at, format!("{what} is needed"))
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
