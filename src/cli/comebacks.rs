//! `goodwill comebacks`

use clap::Args;
use serde_json::{Value as Json, json};

use super::print::{Tone, cell};
use super::{CliError, Context, Exit, json as shape};
use crate::model::comebacks::{Comeback, ServiceChange, comebacks, details, words};
use crate::model::worth::journal_currency;

/// Who may come back, and what has changed here since they left.
///
/// Customers who are away, or with whom there was no touch for a year; those with an open deal
/// are left out. The largest past trade comes first, in the journal's own currency before any
/// other.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill comebacks
  goodwill comebacks --json | jq -r '.rows[] | select(.changes != []).customer'")]
pub struct Comebacks {}

impl Comebacks {
    /// Prints a customer a line, and below it what else is known.
    ///
    /// # Errors
    /// Where there is no journal, or nobody who may come back.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let journal = context.journal()?;
        let rows = comebacks(journal, context.today());
        let mut out = context.out();
        if context.json {
            out.json([("rows", rows.iter().map(row).collect())])?;
        } else {
            let home = journal_currency(&journal.settings);
            for comeback in &rows {
                out.table(&[vec![
                    cell(comeback.customer.name(), Tone::Strong),
                    cell(&words(comeback, &home, context.today()), Tone::Plain),
                ]])?;
                let line = |(label, text): &(&str, String)| {
                    vec![
                        cell(&format!("  {label}"), Tone::Faint),
                        cell(text, Tone::Plain),
                    ]
                };
                out.table(&details(comeback).iter().map(line).collect::<Vec<_>>())?;
            }
        }
        out.finish()?;
        if rows.is_empty() {
            let nobody = "nobody is away, and nobody has been silent for a year";
            return Err(CliError::Nothing(nobody.to_owned()));
        }
        Ok(Exit::Done)
    }
}

fn row(comeback: &Comeback) -> Json {
    json!({
        "customer": *comeback.customer.key,
        "name": comeback.customer.name(),
        "total": shape::totals(&comeback.total),
        "last_touch": comeback.last.map(|day| day.to_string()),
        "silent_days": comeback.silent_days,
        "why_left": comeback.why_left,
        "supplier": comeback.supplier,
        "review": comeback.review.map(|day| day.to_string()),
        "changes": comeback.changes.iter().map(change).collect::<Json>(),
    })
}

fn change(change: &ServiceChange) -> Json {
    json!({
        "date": change.date.to_string(),
        "what": change.what,
        "because_of_them": change.because_of_them,
        "entry": change.place(),
    })
}
