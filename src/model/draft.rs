//! What was typed in a form and is not saved yet, so that it can be kept and offered again.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::customer::Customer;
use super::entry::{Entry, Fields};
use super::journal::Journal;
use super::kind::{COMMON, Field, HEAD, Kind};
use super::typing;
use super::value::Value;
use super::when::When;

/// What the form is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "lowercase")]
pub enum About {
    /// A new entry.
    Add {
        /// Whose.
        customer: String,
        /// Its kind's word.
        kind: String,
    },
    /// An entry.
    Edit {
        /// Whose.
        customer: String,
        /// Its kind's word.
        kind: String,
        /// Its key.
        key: String,
        /// Whether it was to be closed.
        closing: bool,
    },
    /// A new customer.
    New,
    /// The head of a customer.
    Head {
        /// Whose.
        customer: String,
    },
    /// Another key for a customer.
    Rename {
        /// Whose.
        customer: String,
    },
    /// Another customer for an entry.
    Move {
        /// From whom.
        customer: String,
        /// Its kind's word.
        kind: String,
        /// Its key.
        key: String,
    },
}

/// A field in which something else stands than at first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftField {
    /// Its name.
    pub name: String,
    /// Whether it belongs to the next step that is asked for with a call.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub next: bool,
    /// What it held when the form was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Value>,
    /// What is typed; shared with the form, as it may be long and is kept at each key.
    #[serde(with = "shared")]
    pub typed: Arc<str>,
}

/// A shared text is written like any other.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(text: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(text)
    }

    pub fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Arc<str>, D::Error> {
        String::deserialize(from).map(Arc::from)
    }
}

/// What was typed in a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// What the form is about.
    #[serde(flatten)]
    pub about: About,
    /// What stood above it.
    pub title: String,
    /// The day that it was typed on: `fri` is meant from there.
    pub day: When,
    /// Which field took the keys.
    pub focus: usize,
    /// The fields that were changed.
    pub fields: Vec<DraftField>,
}

/// A draft that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptDraft {
    /// Names it where it is kept.
    pub id: String,
    /// When it was written last: `2026-11-21T10:02:03+09:00`.
    pub when: String,
    /// What was typed.
    pub draft: Draft,
}

/// A field of a draft beside what its file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// What the form calls it.
    pub label: String,
    /// What the file says now, as it is typed; `None`: nothing.
    pub file: Option<String>,
    /// What was typed.
    pub typed: String,
    /// Whether the file said something else when the form was opened.
    pub moved_on: bool,
}

impl About {
    /// The customer it is about.
    pub fn customer(&self) -> Option<&str> {
        match self {
            About::New => None,
            About::Add { customer, .. }
            | About::Edit { customer, .. }
            | About::Head { customer }
            | About::Rename { customer }
            | About::Move { customer, .. } => Some(customer),
        }
    }

    /// What the file says of it now; `None` where it is gone or was never there.
    pub fn fields<'j>(&self, journal: &'j Journal) -> Option<&'j Fields> {
        let customer = journal.customer(self.customer()?)?;
        match self {
            About::Head { .. } => Some(&customer.head),
            About::Edit { kind, key, .. } => customer.entry(kind, key).map(|entry| &entry.fields),
            _ => None,
        }
    }

    /// Whether what it is about was in a file once and is not any more.
    pub fn is_gone(&self, journal: &Journal) -> bool {
        let customer = self.customer().and_then(|key| journal.customer(key));
        match self {
            About::New => false,
            About::Add { .. } | About::Head { .. } | About::Rename { .. } => customer.is_none(),
            About::Edit { kind, key, .. } | About::Move { kind, key, .. } => {
                customer.is_none_or(|c| c.entry(kind, key).is_none())
            }
        }
    }

    fn field(&self, field: &DraftField) -> Option<Field> {
        let kind = match self {
            _ if field.next => Some(Kind::Promise),
            About::Add { kind, .. } | About::Edit { kind, .. } => Kind::of(kind),
            _ => None,
        };
        let known = match (self, kind) {
            (_, Some(kind)) => kind.field(&field.name),
            (About::New | About::Head { .. }, _) => HEAD.iter().find(|f| f.name == field.name),
            (_, None) => COMMON.iter().find(|f| f.name == field.name),
        };
        known.copied()
    }
}

impl DraftField {
    /// What the form calls it.
    pub fn label(&self) -> String {
        match (self.next, self.name.as_str()) {
            (true, "what") => "next step".to_owned(),
            (_, name) => name.to_owned(),
        }
    }
}

impl Draft {
    /// The day that it was typed on.
    pub fn today(&self) -> Option<Date> {
        self.day.date
    }

    /// Its fields beside what the file says now.
    pub fn beside(&self, journal: &Journal) -> Vec<Beside> {
        let now = self.about.fields(journal);
        let fields = self.fields.iter().map(|field| {
            let value = now.and_then(|now| now.get(&field.name));
            Beside {
                label: field.label(),
                file: value.map(|value| match self.about.field(field) {
                    Some(known) => typing::typed(&known, value),
                    None => value.to_line(),
                }),
                typed: field.typed.to_string(),
                moved_on: now.is_some() && value != field.was.as_ref().map(Value::view),
            }
        });
        fields.collect()
    }

    /// The same words as a new entry, where it was about one that is gone, of a customer who is
    /// still there. It happened when the other one did.
    pub fn as_new(&self, journal: &Journal) -> Option<Draft> {
        let About::Edit {
            customer,
            kind,
            key,
            ..
        } = &self.about
        else {
            return None;
        };
        journal
            .customer(customer)
            .filter(|_| self.about.is_gone(journal))?;
        let known = Kind::of(kind)?;
        let mut fields: Vec<DraftField> = self.fields.clone();
        for field in &mut fields {
            field.was = None;
        }
        let day = known
            .day_field()
            .filter(|day| !fields.iter().any(|f| f.name == *day));
        let written = key.get(..10).filter(|day| day.parse::<Date>().is_ok());
        if let (Some(name), Some(typed)) = (day, written) {
            fields.push(DraftField {
                name: name.to_owned(),
                next: false,
                was: None,
                typed: typed.into(),
            });
        }
        Some(Draft {
            about: About::Add {
                customer: customer.clone(),
                kind: kind.clone(),
            },
            title: self.title.clone(),
            day: self.day,
            focus: 0,
            fields,
        })
    }

    /// Whether all that was typed stands in the files.
    pub fn is_in(&self, journal: &Journal) -> bool {
        let customer = self.about.customer().and_then(|key| journal.customer(key));
        let (Some(main), Some(next)) = (self.values(false), self.values(true)) else {
            return false;
        };
        let only = self.fields.first().map_or("", |field| field.typed.trim());
        match &self.about {
            About::New => journal.customers.iter().any(|c| says(&c.head, &main)),
            About::Head { .. } | About::Edit { .. } => self
                .about
                .fields(journal)
                .is_some_and(|fields| says(fields, &main)),
            About::Add { kind, .. } => customer.is_some_and(|customer| {
                self.was_added(customer, kind, &main)
                    && self.was_added(customer, Kind::Promise.word(), &next)
            }),
            About::Rename { .. } => customer.is_none() && journal.customer(only).is_some(),
            About::Move { kind, key, .. } => {
                let moved = |c: &Customer| c.entry(kind, key).is_some();
                customer.is_some_and(|c| !moved(c)) && journal.customers.iter().any(|c| moved(c))
            }
        }
    }

    /// An entry says the same by chance once in a while; on the same day it is the same.
    fn was_added(&self, customer: &Customer, kind: &str, values: &[Read]) -> bool {
        let is_of_the_day = |entry: &Entry| {
            let known = entry.kind();
            let dated = known.is_none_or(Kind::is_dated);
            let names_day = values.iter().any(|(name, _)| *name == "date");
            !dated || names_day || entry.day() == self.today()
        };
        values.iter().all(|(_, value)| value.is_none())
            || customer.entries.iter().any(|entry| {
                entry.kind.word() == kind && is_of_the_day(entry) && says(&entry.fields, values)
            })
    }

    /// The fields as they would be saved; `None` where one can't be read.
    fn values(&self, next: bool) -> Option<Vec<Read<'_>>> {
        let today = self.today()?;
        let fields = self.fields.iter().filter(|field| field.next == next);
        fields
            .map(|field| {
                if matches!(self.about, About::Rename { .. } | About::Move { .. }) {
                    return Some((field.name.as_str(), None));
                }
                let known = self.about.field(field)?;
                let value = typing::parse(&known, &field.typed, today).ok()?;
                Some((field.name.as_str(), value))
            })
            .collect()
    }
}

/// A field's name and what it is to hold.
type Read<'d> = (&'d str, Option<Value>);

fn says(fields: &Fields, values: &[Read]) -> bool {
    values
        .iter()
        .all(|(name, value)| fields.get(name) == value.as_ref().map(Value::view))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::entry::KindWord;

    fn journal(fields: &[(&'static str, &str)]) -> Journal {
        let fields = fields.iter().map(|(name, text)| (*name, Value::text(text)));
        let customer = Customer {
            key: "minato".into(),
            entries: vec![Entry {
                kind: KindWord::of("concern"),
                key: "2026-11-20".into(),
                fields: fields.collect(),
                line: 3,
            }],
            ..Customer::default()
        };
        let mut journal = Journal::default();
        journal.customers.push(Arc::new(customer));
        journal
    }

    fn draft(about: About, name: &str, was: Option<&str>, typed: &str) -> Draft {
        Draft {
            about,
            title: String::new(),
            day: When::day(jiff::civil::date(2026, 11, 21)),
            focus: 0,
            fields: vec![DraftField {
                name: name.to_owned(),
                next: false,
                was: was.map(Value::text),
                typed: typed.into(),
            }],
        }
    }

    fn edit() -> About {
        About::Edit {
            customer: "minato".to_owned(),
            kind: "concern".to_owned(),
            key: "2026-11-20".to_owned(),
            closing: false,
        }
    }

    fn add() -> About {
        About::Add {
            customer: "minato".to_owned(),
            kind: "concern".to_owned(),
        }
    }

    #[test]
    fn an_edit_is_in_the_file_when_the_file_says_it() {
        let draft = draft(edit(), "said", Some("slow"), "too slow ");
        assert!(!draft.is_in(&journal(&[("said", "slow")])));
        assert!(draft.is_in(&journal(&[("said", "too slow")])));
        assert!(!draft.is_in(&Journal::default()), "deleted: still offered");
        assert!(draft.about.is_gone(&Journal::default()));
    }

    #[test]
    fn a_new_entry_is_in_the_file_when_one_of_its_day_says_it() {
        let journal = journal(&[("said", "too slow")]);
        let mut draft = draft(add(), "said", None, "too slow");
        assert!(!draft.is_in(&journal), "what was said on another day stays");
        draft.day = When::day(jiff::civil::date(2026, 11, 20));
        assert!(draft.is_in(&journal));
        draft.fields[0].typed = "  ".into();
        assert!(draft.is_in(&journal), "nothing is in every file");
    }

    #[test]
    fn what_cannot_be_read_is_in_no_file() {
        let draft = draft(edit(), "date", None, "someday or other");
        assert!(!draft.is_in(&journal(&[("said", "slow")])));
    }

    #[test]
    fn a_field_stands_beside_what_the_file_says_and_whether_that_moved_on() {
        let draft = draft(edit(), "said", Some("slow"), "too slow");
        let beside = |said: &str| draft.beside(&journal(&[("said", said)])).remove(0);
        assert_eq!(beside("slow").file.as_deref(), Some("slow"));
        assert!(!beside("slow").moved_on);
        assert!(beside("dear").moved_on);
        assert_eq!(draft.beside(&Journal::default())[0].file, None);
    }
}
