//! `goodwill value`

use clap::Args;
use serde_json::{Map, Value as Json, json};

use super::{CliError, Context, Exit, json as shape, tables};
use crate::model::playbook::Asked;
use crate::model::playbook::tables::Page;
use crate::model::worth::{Said, Standing, standings};

/// What customers were worth by year, beside how content they are.
///
/// Won deals and `[volume]`, by currency; the last satisfaction; and the last answer to "would
/// you want this in their place?", by which the lines are grouped. Nothing is blended into one
/// number.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill value
  goodwill value --json | jq -r '.rows[] | select(.in_their_place == \"no\").customer'")]
pub struct Value {}

impl Value {
    /// Prints a customer a line.
    ///
    /// # Errors
    /// Where there is no journal, or neither a deal nor a check-in.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let asked = Asked {
            journal: context.journal()?,
            today: context.today(),
            customer: None,
        };
        let rows = standings(asked.journal, asked.today);
        let mut out = context.out();
        if context.json {
            out.json([("rows", rows.iter().map(row).collect())])?;
        } else {
            let table = Page::Value.table(&asked);
            tables::print(&mut out, &table, false, context)?;
            if let Some(above) = &table.above {
                out.line(above)?;
            }
        }
        out.finish()?;
        if rows.is_empty() {
            let nothing = "no deal is won and no check-in was made yet";
            return Err(CliError::Nothing(nothing.to_owned()));
        }
        Ok(Exit::Done)
    }
}

fn row(standing: &Standing) -> Json {
    let years = standing.worth.years.iter();
    let years = years.map(|(year, total)| (year.to_string(), shape::totals(total)));
    let word = |said: &Option<Said>| said.as_ref().map(|(word, ..)| word.clone());
    let level = word(&standing.satisfaction).map(|level| match level.parse::<i64>() {
        Ok(level) => Json::from(level),
        Err(_) => Json::from(level),
    });
    let entry = |said: &Option<Said>| {
        let id = said.as_ref().map(|(.., id)| id);
        id.map(|id| format!("{}:{id}", standing.customer.key))
    };
    json!({
        "customer": *standing.customer.key,
        "name": standing.customer.name(),
        "total": shape::totals(&standing.total),
        "years": Json::Object(years.collect::<Map<_, _>>()),
        "satisfaction": level,
        "satisfaction_entry": entry(&standing.satisfaction),
        "in_their_place": word(&standing.in_their_place),
        "in_their_place_entry": entry(&standing.in_their_place),
    })
}
