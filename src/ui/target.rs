//! What a form is about; screens ask for a form by naming it.

use jiff::civil::Date;

use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields};
use crate::model::kind::Kind;

/// What a form makes or changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A new entry.
    Add {
        /// Whose.
        customer: String,
        /// Its kind.
        kind: Kind,
        /// The day that it happened, where that is not today.
        day: Option<Date>,
    },
    /// An entry as it was read.
    Edit {
        /// Whose.
        customer: String,
        /// Its kind's word.
        kind: String,
        /// Its key.
        key: String,
        /// What it said.
        was: Fields,
        /// Whether it is to be closed: what can be known is filled in, what can't is asked.
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
    /// The first customer of a journal that is not there yet.
    First,
}

impl Target {
    /// To change this entry.
    pub fn edit(customer: &Customer, entry: &Entry) -> Target {
        Target::Edit {
            customer: customer.key.to_string(),
            kind: entry.kind.word().to_owned(),
            key: entry.key.to_string(),
            was: entry.fields.clone(),
            closing: false,
        }
    }

    /// To close this entry.
    pub fn close(customer: &Customer, entry: &Entry) -> Target {
        match Target::edit(customer, entry) {
            Target::Edit {
                customer,
                kind,
                key,
                was,
                ..
            } => Target::Edit {
                customer,
                kind,
                key,
                was,
                closing: true,
            },
            other => other,
        }
    }

    /// The customer it is about.
    pub fn customer(&self) -> Option<&str> {
        match self {
            Target::Add { customer, .. }
            | Target::Edit { customer, .. }
            | Target::Head { customer }
            | Target::Rename { customer }
            | Target::Move { customer, .. } => Some(customer),
            Target::New | Target::First => None,
        }
    }

    /// The owner of its words in the settings: a kind's word or `customer`.
    pub fn owner(&self) -> &str {
        match self {
            Target::Add { kind, .. } => kind.word(),
            Target::Edit { kind, .. } => kind,
            _ => "customer",
        }
    }
}
