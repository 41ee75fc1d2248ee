//! `goodwill list`

use clap::Args;
use serde_json::Value;

use super::print::{Tone, cell};
use super::{CliError, Context, Exit, json};
use crate::model::age::short_age;
use crate::model::attention::Attention;
use crate::model::brief::open_words;
use crate::model::customer::Customer;

/// List the customers.
///
/// A customer a line: key, name, status, age of the last touch, what is open.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill list
  goodwill list --json | jq -r '.customers[] | select(.open.due > 0).key'")]
pub struct List {}

impl List {
    /// Prints a customer a line, by key.
    ///
    /// # Errors
    /// Where there is no journal.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let journal = context.journal()?;
        let customers: Vec<&Customer> = journal
            .customers
            .iter()
            .map(|customer| &**customer)
            .filter(|customer| !customer.is_ourselves())
            .collect();
        let today = context.today();
        let open = |customer: &Customer| Attention::of(customer, &context.settings, today);
        let mut out = context.out();
        if context.json {
            let last = |customer: &Customer| customer.last_touch(today).map(|day| day.to_string());
            let list: Value = customers
                .iter()
                .map(|customer| json::customer(customer, &open(customer), last(customer)))
                .collect();
            out.json([("customers", list)])?;
        } else {
            let row = |customer: &&Customer| {
                let attention = open(customer);
                let age = customer
                    .last_touch(today)
                    .map(|last| short_age(last, today));
                let late = attention.overdue_days.is_some();
                vec![
                    cell(&customer.key, Tone::Strong),
                    cell(customer.name(), Tone::Plain),
                    cell(customer.status(), Tone::Faint),
                    cell(
                        age.as_deref().unwrap_or("-"),
                        if late { Tone::Alert } else { Tone::Plain },
                    ),
                    cell(&open_words(&attention), Tone::Plain),
                ]
            };
            out.table(&customers.iter().map(row).collect::<Vec<_>>())?;
        }
        out.finish()?;
        if customers.is_empty() {
            let first = "there are no customers yet; `goodwill new NAME` adds the first";
            return Err(CliError::Nothing(first.to_owned()));
        }
        Ok(Exit::Done)
    }
}
