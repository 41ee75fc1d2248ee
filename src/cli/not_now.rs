//! `goodwill not-now`

use clap::Args;
use serde_json::{Value as Json, json};

use super::print::{Cell, Tone, cell};
use super::{CliError, Context, Exit};
use crate::model::not_now::{self, NotNow, not_now};

/// Who said "not now", and when to ask again.
///
/// Customers, deals and negotiations that were put off: first those that can be asked now, then
/// those to come, then those without a day. A touch since takes them off the list.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill not-now
  goodwill not-now --json | jq -r '.rows[] | select(.reached).customer'")]
pub struct NotNowList {}

impl NotNowList {
    /// Prints a line each.
    ///
    /// # Errors
    /// Where there is no journal, or nothing was put off.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let rows = not_now(context.journal()?, context.today());
        let mut out = context.out();
        if context.json {
            let list = rows.iter().map(|row| json(row, context)).collect();
            out.json([("rows", list)])?;
        } else {
            out.table(
                &rows
                    .iter()
                    .map(|row| line(row, context))
                    .collect::<Vec<_>>(),
            )?;
        }
        out.finish()?;
        if rows.is_empty() {
            return Err(CliError::Nothing("nothing was put off".to_owned()));
        }
        Ok(Exit::Done)
    }
}

fn line(row: &NotNow, context: &Context) -> Vec<Cell> {
    let today = context.today();
    let again = row.again.map_or("-".to_owned(), |day| day.to_string());
    let tone = match row.is_reached(today) {
        true => Tone::Alert,
        false => Tone::Faint,
    };
    vec![
        cell(&again, Tone::Plain),
        cell(&not_now::when(row, today), tone),
        cell(row.customer.name(), Tone::Strong),
        cell(&not_now::words(row), Tone::Plain),
        cell(&not_now::behind(row), Tone::Plain),
    ]
}

fn json(row: &NotNow, context: &Context) -> Json {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    json!({
        "customer": *row.customer.key,
        "name": row.customer.name(),
        "entry": row.id.as_ref().map(|_| row.place()),
        "state": row.state,
        "what": row.what,
        "said": day(row.said),
        "again": day(row.again),
        "reached": row.is_reached(context.today()),
        "reason": row.reason,
        "supplier": row.supplier,
        "review": day(row.review),
    })
}
