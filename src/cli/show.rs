//! `goodwill show`

use clap::Args;
use serde_json::Value as Json;

use super::print::{Out, Tone, cell};
use super::{CliError, Context, Exit, json, target};
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::value::ValueRef;

/// Show a customer, or one entry.
///
/// First what stands in the head of its file, then an entry a line: deals and people, then what
/// happened, newest first.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill show acme
  goodwill show acme concern.2026-11-20
  goodwill show acme | grep payment")]
pub struct Show {
    /// Key, name, alias or reading, or the beginning of it
    customer: String,
    /// One entry, as `kind.key` or how it begins: all its fields
    #[arg(value_name = "KIND.KEY")]
    entry: Option<String>,
}

impl Show {
    /// Prints what can be read; where the file does not parse, that is told and exits with 4.
    ///
    /// # Errors
    /// Where there is no such customer or entry.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let (typed, entry) = target::split(&self.customer, self.entry.as_deref());
        let customer = match context.customer(&typed) {
            Err(error @ CliError::Nothing(_)) => return nothing(context, Json::Null, error),
            customer => customer?,
        };
        let entries = match &entry {
            None => in_order(&customer),
            Some(id) => match target::entry(&customer, id) {
                Ok(entry) => vec![entry],
                Err(error) => return nothing(context, head(&customer), error),
            },
        };
        let mut out = context.out();
        if context.json {
            let list = entries
                .iter()
                .map(|entry| json::entry(&customer, entry))
                .collect();
            out.json([("customer", head(&customer)), ("entries", list)])?;
        } else if let (Some(_), [entry]) = (&entry, entries.as_slice()) {
            print_entry(&mut out, &customer, entry)?;
        } else {
            print_customer(&mut out, context, &customer, &entries)?;
        }
        out.finish()?;
        let problems = context.problems_of(&customer);
        if problems.is_empty() {
            return Ok(Exit::Done);
        }
        Err(CliError::Broken(problems))
    }
}

fn nothing(context: &Context, customer: Json, error: CliError) -> Result<Exit, CliError> {
    if context.json {
        let mut out = context.out();
        out.json([("customer", customer), ("entries", Json::Array(Vec::new()))])?;
        out.finish()?;
    }
    Err(error)
}

fn head(customer: &Customer) -> Json {
    let mut head = serde_json::Map::new();
    head.insert("key".to_owned(), Json::from(&*customer.key));
    head.insert("path".to_owned(), Json::from(customer.path()));
    head.insert("fields".to_owned(), json::fields(&customer.head));
    Json::Object(head)
}

/// People and deals in the order of the file, then what happened, newest first.
fn in_order(customer: &Customer) -> Vec<&Entry> {
    let is_dated = |entry: &&Entry| entry.kind().is_none_or(|kind| kind.is_dated());
    let first = customer.entries.iter().filter(|entry| !is_dated(entry));
    first.chain(customer.newest()).collect()
}

fn print_entry(out: &mut Out, customer: &Customer, entry: &Entry) -> Result<(), CliError> {
    out.line(&format!(
        "{}:{}  {}:{}",
        customer.key,
        entry.id(),
        customer.path(),
        entry.line
    ))?;
    print_fields(out, entry.fields.iter())
}

/// A field a line; a text of several lines keeps them.
fn print_fields<'a>(
    out: &mut Out,
    fields: impl Iterator<Item = (&'a str, ValueRef<'a>)>,
) -> Result<(), CliError> {
    let mut rows = Vec::new();
    for (name, value) in fields {
        let line = value.to_line();
        let lines = match value {
            ValueRef::Text(text) => text.lines().collect(),
            _ => vec![line.as_str()],
        };
        for (at, line) in lines.into_iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            rows.push(vec![cell(name, Tone::Faint), cell(line, Tone::Plain)]);
        }
    }
    out.table(&rows)
}

fn print_customer(
    out: &mut Out,
    context: &Context,
    customer: &Customer,
    entries: &[&Entry],
) -> Result<(), CliError> {
    out.table(&[vec![
        cell(customer.name(), Tone::Strong),
        cell(&customer.key, Tone::Plain),
        cell(customer.status(), Tone::Plain),
    ]])?;
    let rest = customer
        .head
        .iter()
        .filter(|(name, _)| !["name", "status"].contains(name));
    print_fields(out, rest)?;
    let rows: Vec<_> = entries
        .iter()
        .map(|entry| {
            let day = entry.day().map(|day| day.to_string());
            let tone = if entry.is_open() {
                Tone::Alert
            } else {
                Tone::Faint
            };
            vec![
                cell(day.as_deref().unwrap_or("-"), Tone::Plain),
                cell(&entry.id(), Tone::Faint),
                cell(&entry.state(context.today()), tone),
                cell(&entry.line_text(), Tone::Plain),
            ]
        })
        .collect();
    if !rows.is_empty() {
        out.line("")?;
    }
    out.table(&rows)
}
