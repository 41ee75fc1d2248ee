//! What a person wants changed, as data.
//!
//! A change to a field says what stood there when it was read (`was`) and what should stand
//! there (`now`). So every save is a merge: where the file still says `was`, or already says
//! `now`, nothing is in the way; where somebody else wrote a third thing meanwhile, the two are
//! merged by [`super::merge`], or the save is refused and the form stays open.

use jiff::civil::Date;

use super::entry::Fields;
use super::value::Value;

/// One field, before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldEdit {
    /// The name of the field.
    pub name: String,
    /// What it held when it was read; `None`: it was missing.
    pub was: Option<Value>,
    /// What it should hold; `None`: it should go.
    pub now: Option<Value>,
}

/// One change to a journal. Customers are named by their key.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A new customer in a file of its own.
    Create {
        /// The key, with folders; `None` makes one from the name.
        key: Option<String>,
        /// The head, `name` among it.
        fields: Vec<(String, Value)>,
    },
    /// Head keys of a customer.
    Head {
        /// Whose.
        customer: String,
        /// Which, and how.
        edits: Vec<FieldEdit>,
    },
    /// A new entry at the end of the file.
    Add {
        /// Whose.
        customer: String,
        /// Its kind.
        kind: String,
        /// Its key; `None` makes one from the date, or from the name of a contact or deal.
        key: Option<String>,
        /// What it says, in any order.
        fields: Vec<(String, Value)>,
    },
    /// Fields of an entry.
    Edit {
        /// Whose.
        customer: String,
        /// Its kind.
        kind: String,
        /// Its key.
        key: String,
        /// Which fields, and how.
        edits: Vec<FieldEdit>,
    },
    /// An entry goes, with the comments directly above it.
    Remove {
        /// Whose.
        customer: String,
        /// Its kind.
        kind: String,
        /// Its key.
        key: String,
        /// What it said when it was read: where it says something else by now, it stays.
        /// `None`: it goes whatever it says.
        was: Option<Fields>,
    },
    /// An entry goes to another customer, byte for byte; references to it follow.
    Move {
        /// From whom.
        customer: String,
        /// Its kind.
        kind: String,
        /// Its key.
        key: String,
        /// To whom.
        to: String,
    },
    /// The file of a customer gets another key; references to it follow.
    Rename {
        /// The key now.
        customer: String,
        /// The key to be.
        to: String,
    },
    /// A reason of Today is made quiet, or speaks again.
    Quiet {
        /// Whose.
        customer: String,
        /// In which way.
        how: Silence,
        /// What is quiet: a rule, or `rule kind.key`.
        reason: String,
        /// The day that stood there when it was read.
        was: Option<Date>,
        /// The day until which it is quiet, or on which it was dismissed; `None`: it speaks again.
        now: Option<Date>,
    },
}

/// How a reason of Today is quiet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// Until a day.
    Snoozed,
    /// Until something newer is written about it.
    Dismissed,
}

impl Silence {
    /// The table of a customer's head that says so.
    pub fn table(self) -> &'static str {
        match self {
            Silence::Snoozed => "snooze",
            Silence::Dismissed => "dismissed",
        }
    }

    /// What is done, in the words of a history's line.
    pub fn words(self, now: Option<Date>) -> String {
        match (self, now) {
            (_, None) => "speaks again".to_owned(),
            (Silence::Snoozed, Some(day)) => format!("quiet until {day}"),
            (Silence::Dismissed, Some(_)) => {
                "dismissed until something newer is written".to_owned()
            }
        }
    }
}

/// The edits that turn the fields `was` into the fields `now`, by name.
pub fn field_edits(was: &Fields, now: &Fields) -> Vec<FieldEdit> {
    let changed = now
        .iter()
        .filter(|(name, value)| was.get(name) != Some(*value))
        .map(|(name, value)| FieldEdit {
            name: name.to_owned(),
            was: was.value(name),
            now: Some(value.to_value()),
        });
    let gone = was
        .iter()
        .filter(|(name, _)| now.get(name).is_none())
        .map(|(name, value)| FieldEdit {
            name: name.to_owned(),
            was: Some(value.to_value()),
            now: None,
        });
    changed.chain(gone).collect()
}
