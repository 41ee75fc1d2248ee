//! What can be done to the customer or the entry under the cursor.

use jiff::civil::Date;

use crate::model::change::{Change, FieldEdit};
use crate::model::closing::{Closing, closing};
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::search::query::Query;
use crate::ui::ctx::Ctx;
use crate::ui::dialogs::Source;
use crate::ui::keys::Action;
use crate::ui::target::Target;

/// What the screen asks of the program.
#[derive(Debug)]
pub enum Ask {
    /// Leave.
    Quit,
    /// Open this form.
    Form(Target),
    /// Ask for the letter of a kind.
    AddMenu {
        /// To whom something is added.
        customer: String,
        /// The day that it happened, where that is not today.
        day: Option<Date>,
    },
    /// Ask before these changes are made.
    Confirm {
        /// The question.
        question: String,
        /// What a yes does.
        changes: Vec<Change>,
    },
    /// Make these changes.
    Save(Vec<Change>),
    /// Ask until which day a reason of today is quiet.
    Snooze {
        /// Whose.
        customer: String,
        /// What the file names it by.
        reason: String,
        /// The day that stands there now.
        was: Option<Date>,
        /// Who it is about, and what it says.
        about: String,
    },
    /// Open the editor.
    Editor {
        /// Whose file.
        customer: String,
        /// The line, from 1.
        line: u32,
    },
    /// Ask for the letter of what is to be copied.
    Copy(Source),
    /// Open a place on the customers screen: a customer, or `customer:kind.key`.
    Open(String),
    /// The timeline of this customer alone.
    TimelineOf(String),
    /// The playbook, as it fits this customer.
    PlaybookOf(String),
    /// Back to the page of this customer, which led here.
    BackToPage(String),
    /// A timeline of all that a query finds.
    TimelineBy {
        /// What is looked for.
        query: Query,
        /// As it was typed.
        typed: String,
        /// The only customer.
        customer: Option<String>,
    },
    /// Back to the screen that led here.
    Back,
    /// Ask for a day to go to, from this one on.
    Day(Date),
    /// Open a mail address or link of this.
    Visit(Source),
    /// Show the past of this.
    Past(Source),
    /// Show the brief of this customer.
    Brief(String),
    /// Say something.
    Say(String),
}

/// The actions that need a customer or an entry under the cursor. `None`: it is none of them.
pub(super) fn act_on(
    selection: Option<(&Customer, Option<&Entry>)>,
    action: Action,
    ctx: &Ctx,
) -> Option<Ask> {
    let needs_one = needs_one(action);
    let Some((customer, entry)) = selection else {
        return needs_one.then(|| Ask::Say("No customer yet: n makes one".to_owned()));
    };
    let key = customer.key.to_string();
    let reads_only = matches!(
        action,
        Action::Editor | Action::Copy | Action::Visit | Action::Past | Action::Brief
    );
    if customer.broken && needs_one && !reads_only {
        let text = format!(
            "{} does not parse, so it is not written to: E opens it, ! says where",
            customer.path()
        );
        return Some(Ask::Say(text));
    }
    match (action, entry) {
        (Action::Add, _) => Some(Ask::AddMenu {
            customer: key,
            day: None,
        }),
        (Action::Copy, entry) => Some(Ask::Copy(Source::of(customer, entry))),
        (Action::Visit, entry) => Some(Ask::Visit(Source::of(customer, entry))),
        (Action::Past, entry) => Some(Ask::Past(Source::of(customer, entry))),
        (Action::Brief, _) if customer.is_ourselves() => Some(Ask::Say(
            "This is our own file: there is nobody to call".to_owned(),
        )),
        (Action::Brief, _) => Some(Ask::Brief(key)),
        (Action::AddKind(kind), _) => Some(Ask::Form(Target::Add {
            customer: key,
            kind,
            day: None,
        })),
        (Action::Edit, Some(entry)) => Some(Ask::Form(Target::edit(customer, entry))),
        (Action::Edit, None) => Some(Ask::Form(Target::Head { customer: key })),
        (Action::Close, Some(entry)) => Some(close(customer, entry, ctx)),
        (Action::Editor, entry) => {
            let line = entry.map_or(1, |entry| entry.line);
            Some(Ask::Editor {
                customer: key,
                line,
            })
        }
        (Action::Rename, Some(entry)) => Some(Ask::Form(Target::Move {
            customer: key,
            kind: entry.kind.word().to_owned(),
            key: entry.key.to_string(),
        })),
        (Action::Rename, None) => Some(Ask::Form(Target::Rename { customer: key })),
        (Action::Remove, Some(entry)) => Some(Ask::Confirm {
            question: removal_question(entry),
            changes: vec![Change::Remove {
                customer: key,
                kind: entry.kind.word().to_owned(),
                key: entry.key.to_string(),
                was: Some(entry.fields.clone()),
            }],
        }),
        _ => None,
    }
}

/// Whether the action is about a customer or an entry.
pub(super) fn needs_one(action: Action) -> bool {
    matches!(
        action,
        Action::Add
            | Action::AddKind(_)
            | Action::Copy
            | Action::Visit
            | Action::Past
            | Action::Brief
            | Action::Edit
            | Action::Close
            | Action::Act
            | Action::Snooze
            | Action::Dismiss
            | Action::Editor
            | Action::Rename
            | Action::Remove
    )
}

/// A promise is kept by the key alone; for the rest one thing is asked.
fn close(customer: &Customer, entry: &Entry, ctx: &Ctx) -> Ask {
    match closing(entry, ctx.today) {
        None => Ask::Say("Nothing is open here: e changes it".to_owned()),
        Some(Closing { asks: Some(_), .. }) => Ask::Form(Target::close(customer, entry)),
        Some(Closing { sets, asks: None }) => {
            let edits = sets.into_iter().map(|(name, value)| FieldEdit {
                name: name.to_owned(),
                was: entry.fields.value(name),
                now: Some(value),
            });
            Ask::Save(vec![Change::Edit {
                customer: customer.key.to_string(),
                kind: entry.kind.word().to_owned(),
                key: entry.key.to_string(),
                edits: edits.collect(),
            }])
        }
    }
}

fn removal_question(entry: &Entry) -> String {
    let day = entry.day().map(|day| format!(" of {day}"));
    format!(
        "Remove this {}{}? {}",
        entry.kind.word(),
        day.unwrap_or_default(),
        entry.line_text()
    )
}
