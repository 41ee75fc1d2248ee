//! What a person should look at in a journal whose files can be read: references that lead
//! nowhere, values the program can't use, and, as hints, whatever looks like a slip.
//!
//! The line between the two: a problem is something the program can't use as it stands; a hint
//! is something it can, and that may be just what was meant. Every code is explained in
//! `docs/check.md`.

mod dates;
mod fields;
mod links;
mod settings;
mod texts;

use std::collections::HashMap;

use jiff::civil::Date;

use super::customer::Customer;
use super::entry::{Entry, KindWord};
use super::fold::{fold, name_key};
use super::journal::Journal;
use super::kind::{HEAD, Kind};
use super::near::nearest;
use super::problem::Problem;
use super::slug::is_safe_key;
use super::value::ValueRef;

/// A problem, and the field that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The problem. Its line is that of the entry's header, as the model knows no other.
    pub problem: Problem,
    /// The field of that entry, or of the head where the problem has no line.
    pub field: Option<String>,
}

/// Looks through a whole journal. `today` decides what lies ahead. Files that are broken are left
/// out: what is missing in them may only be unreadable.
pub fn check(journal: &Journal, today: Date) -> Vec<Finding> {
    let mut sheet = Sheet::default();
    settings::check(journal, &mut sheet);
    names(journal, &mut sheet);
    for customer in &journal.customers {
        if !customer.broken {
            sheet.path = customer.path();
            one_customer(journal, customer, today, &mut sheet);
        }
    }
    sheet.findings
}

fn one_customer(journal: &Journal, customer: &Customer, today: Date, sheet: &mut Sheet) {
    let settings = &journal.settings;
    for (name, value) in customer.head.iter() {
        texts::value(Owner::HeadField(name), value, sheet);
        match HEAD.iter().find(|field| field.name == name) {
            Some(field) => fields::value(settings, Owner::Head, field, value, sheet),
            None => head_extra(name, value, sheet),
        }
    }
    dates::head(customer, today, sheet);
    links::quiet(customer, sheet);
    let links = links::Links::new(journal, customer);
    for entry in &customer.entries {
        for (name, value) in entry.fields.iter() {
            texts::value(Owner::Entry(entry, Some(name)), value, sheet);
        }
        match &entry.kind {
            KindWord::Known(kind) => {
                fields::entry(settings, *kind, entry, sheet);
                dates::entry(*kind, entry, today, sheet);
                links.entry(*kind, entry, sheet);
            }
            KindWord::Other(word) => unknown_kind(word, entry, sheet),
        }
    }
}

/// Customers that some disks or people can't tell apart, and names that some disks refuse.
fn names(journal: &Journal, sheet: &mut Sheet) {
    let mut keys: HashMap<String, &str> = HashMap::new();
    let mut called: HashMap<String, &str> = HashMap::new();
    for customer in &journal.customers {
        sheet.path = customer.path();
        if let Some(other) = keys.insert(name_key(&customer.key), &customer.key) {
            sheet.problem(
                Owner::Head,
                "name-collision",
                format!("{other}.toml has the same name on a disk that ignores case or accents"),
                "give one of the two files another name",
            );
        }
        if let Err(wrong) = is_safe_key(&customer.key) {
            sheet.hint(
                Owner::Head,
                "unsafe-name",
                format!("the file can't have this name on every system: {wrong}"),
                "give the file another name; the customer's name stays inside",
            );
        }
        if customer.broken {
            continue;
        }
        if let Some(other) = called.insert(fold(customer.name()), &customer.key) {
            sheet.hint(
                Owner::Head.field("name"),
                "same-name",
                format!("{other}.toml has the same customer name"),
                "put both into one file, or tell them apart by name",
            );
        }
    }
}

/// What stands in the head without being one of its fields.
fn head_extra(name: &str, value: ValueRef<'_>, sheet: &mut Sheet) {
    if matches!(name, "volume" | "snooze" | "dismissed") {
        if !matches!(value, ValueRef::Table(_)) {
            sheet.problem(
                Owner::Head.field(name),
                "not-a-table",
                format!("`{name}` has to be a table"),
                "write it as a header of its own, as docs/format.md shows",
            );
        } else if name == "volume" {
            fields::volume(value, sheet);
        }
    } else if name == "ourselves" {
        if !matches!(value, ValueRef::Bool(_)) {
            fields::no_yes(Owner::Head.field(name), sheet);
        }
    } else if Kind::of(name).is_some() {
        sheet.problem(
            Owner::Head.field(name),
            "no-key",
            format!("this is no entry, as `{name}` needs a key behind it"),
            format!("write [{name}.2026-11-20], with the day or any word that is not taken"),
        );
    } else {
        let known = HEAD.iter().map(|field| field.name);
        fields::unknown(
            Owner::Head,
            name,
            known.chain(["volume", "snooze", "dismissed"]),
            sheet,
        );
    }
}

fn unknown_kind(word: &str, entry: &Entry, sheet: &mut Sheet) {
    let kinds = Kind::ALL.into_iter().map(Kind::word);
    let cure = match nearest(word, kinds) {
        Some(near) => format!("did you mean [{near}.{}]?", entry.key),
        None => "it is kept and shown; the kinds stand in docs/format.md".to_owned(),
    };
    let message = format!("`{word}` is no kind of entry");
    sheet.hint(Owner::Entry(entry, None), "unknown-kind", message, cure);
}

/// What a finding is about.
#[derive(Clone, Copy)]
enum Owner<'a> {
    Head,
    HeadField(&'a str),
    Entry(&'a Entry, Option<&'a str>),
}

impl<'a> Owner<'a> {
    fn field(self, name: &'a str) -> Owner<'a> {
        match self {
            Owner::Entry(entry, _) => Owner::Entry(entry, Some(name)),
            _ => Owner::HeadField(name),
        }
    }

    /// The word that settings know it by.
    fn word(self) -> &'a str {
        match self {
            Owner::Entry(entry, _) => entry.kind.word(),
            _ => "customer",
        }
    }
}

/// The findings so far, and the file that is looked at.
#[derive(Default)]
struct Sheet {
    path: String,
    findings: Vec<Finding>,
}

impl Sheet {
    fn problem(
        &mut self,
        owner: Owner<'_>,
        code: &'static str,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) {
        self.tell(owner, code, message.into(), cure.into(), false);
    }

    fn hint(
        &mut self,
        owner: Owner<'_>,
        code: &'static str,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) {
        self.tell(owner, code, message.into(), cure.into(), true);
    }

    fn tell(
        &mut self,
        owner: Owner<'_>,
        code: &'static str,
        message: String,
        cure: String,
        hint: bool,
    ) {
        let (line, field) = match owner {
            Owner::Head => (None, None),
            Owner::HeadField(name) => (None, Some(name)),
            Owner::Entry(entry, field) => (Some(entry.line), field),
        };
        let problem = Problem {
            code,
            path: self.path.clone(),
            line,
            message,
            cure,
            hint,
        };
        let field = field.map(str::to_owned);
        self.findings.push(Finding { problem, field });
    }
}
