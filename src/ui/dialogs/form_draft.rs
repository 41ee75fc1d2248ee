//! A form and what is kept of it until it is saved.

use super::form::Form;
use super::form_fields::{FormField, Input, Owner, input};
use crate::model::draft::{About, Draft, DraftField};
use crate::model::entry::Fields;
use crate::model::kind::Kind;
use crate::model::typing;
use crate::model::when::When;
use crate::ui::ctx::Ctx;
use crate::ui::target::Target;

impl Form {
    /// What is typed in it; `None` where nothing else stands there than at first.
    pub fn draft(&self) -> Option<Draft> {
        let about = about(&self.target)?;
        let changed = self.fields.iter().filter(|field| field.is_changed());
        let fields: Vec<DraftField> = changed
            .map(|field| DraftField {
                name: field.field.name.to_owned(),
                next: field.owner == Owner::Next,
                was: field.was.clone(),
                typed: field.input.text(),
            })
            .collect();
        (!fields.is_empty()).then(|| Draft {
            about,
            title: self.title.clone(),
            day: When::day(self.today),
            focus: self.focus,
            fields,
        })
    }

    /// The form with the words of a draft in it. What was not typed is as the file has it now;
    /// what was is saved by merging, as if the form had stayed open.
    ///
    /// `None` where the draft is about a kind that this version does not know.
    pub fn of_draft(draft: &Draft, ctx: &Ctx) -> Option<Form> {
        let then = Ctx {
            today: draft.today().unwrap_or(ctx.today),
            ..*ctx
        };
        let mut form = Form::new(target(draft, ctx)?, &then);
        for field in &mut form.fields {
            match draft.fields.iter().find(|kept| is_of(field, kept)) {
                Some(kept) => put_back(field, kept),
                // What the program had filled in, and the person had emptied.
                None if field.is_changed() => field.input = input(&field.field, &field.was_typed),
                None => {}
            }
        }
        if let (About::Add { kind, .. }, true) = (&draft.about, then.today != ctx.today) {
            form.say_day(kind, draft.day);
        }
        form.focus = draft.focus.min(form.fields.len().saturating_sub(1));
        form.moved_on = draft.beside(ctx.journal).iter().any(|b| b.moved_on);
        form.look(ctx.journal);
        Some(form)
    }

    /// What was typed yesterday happened yesterday.
    fn say_day(&mut self, kind: &str, day: When) {
        let name = Kind::of(kind).and_then(Kind::day_field);
        let field = self
            .fields
            .iter_mut()
            .find(|f| f.owner == Owner::Main && Some(f.field.name) == name);
        if let Some(FormField {
            input: Input::Line(line),
            ..
        }) = field
            && line.value().is_empty()
        {
            line.set(&day.to_string());
        }
    }
}

fn is_of(field: &FormField, kept: &DraftField) -> bool {
    field.field.name == kept.name && (field.owner == Owner::Next) == kept.next
}

fn put_back(field: &mut FormField, kept: &DraftField) {
    let was = kept.was.as_ref();
    let was_typed = was.map(|value| typing::typed(&field.field, value));
    field.was.clone_from(&kept.was);
    field.set_was_typed(&was_typed.unwrap_or_default());
    field.input = input(&field.field, &kept.typed);
}

pub(super) fn about(target: &Target) -> Option<About> {
    Some(match target.clone() {
        Target::Add { customer, kind, .. } => About::Add {
            customer,
            kind: kind.word().to_owned(),
        },
        Target::Edit {
            customer,
            kind,
            key,
            closing,
            ..
        } => About::Edit {
            customer,
            kind,
            key,
            closing,
        },
        Target::New => About::New,
        Target::Head { customer } => About::Head { customer },
        Target::Rename { customer } => About::Rename { customer },
        Target::Move {
            customer,
            kind,
            key,
        } => About::Move {
            customer,
            kind,
            key,
        },
        // There is no journal yet that a draft could belong to.
        Target::First => return None,
    })
}

fn target(draft: &Draft, ctx: &Ctx) -> Option<Target> {
    Some(match draft.about.clone() {
        About::Add { customer, kind } => Target::Add {
            customer,
            kind: Kind::of(&kind)?,
            day: None,
        },
        About::Edit {
            customer,
            kind,
            key,
            closing,
        } => Target::Edit {
            customer,
            kind,
            key,
            was: draft
                .about
                .fields(ctx.journal)
                .map_or_else(Fields::default, Fields::clone),
            closing,
        },
        About::New => Target::New,
        About::Head { customer } => Target::Head { customer },
        About::Rename { customer } => Target::Rename { customer },
        About::Move {
            customer,
            kind,
            key,
        } => Target::Move {
            customer,
            kind,
            key,
        },
    })
}
