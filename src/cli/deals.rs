//! `goodwill deals`

use clap::Args;
use serde_json::{Map, Value as Json, json};

use super::print::{Cell, Tone, cell};
use super::{CliError, Context, Exit};
use crate::model::customer::Customer;
use crate::model::deals::{Deal, Deals as Found, Rate, deals, rate_words};

/// Deals, how they were heard of, and how often you were asked early.
///
/// Open ones first, then the newest. The last line counts the deals that you were consulted on or
/// helped to write, of those of which it is written down, and by the year they were opened in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill deals
  goodwill deals acme
  goodwill deals --json | jq '.heard_early'")]
pub struct Deals {
    /// Key, name, alias or reading, or the beginning of it; all customers if left out
    customer: Option<String>,
}

impl Deals {
    /// Prints a deal a line.
    ///
    /// # Errors
    /// Where there is no such customer, no journal, or no deal.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let customer = match self
            .customer
            .as_deref()
            .map(|typed| context.customer(typed))
        {
            Some(Err(error @ CliError::Nothing(_))) => {
                print(context, &Found::default())?;
                return Err(error);
            }
            Some(found) => Some(found?),
            None => None,
        };
        let found = deals(context.journal()?, customer.as_deref(), context.today());
        print(context, &found)?;
        let problems = customer
            .as_deref()
            .map(|customer| context.problems_of(customer));
        if let Some(problems) = problems.filter(|problems| !problems.is_empty()) {
            return Err(CliError::Broken(problems));
        }
        if found.rows.is_empty() {
            return Err(CliError::Nothing(why_nothing(customer.as_deref())));
        }
        Ok(Exit::Done)
    }
}

fn why_nothing(customer: Option<&Customer>) -> String {
    let whose = customer.map(|customer| format!(" with {}", customer.name()));
    let whose = whose.unwrap_or_default();
    format!("no deal is written down{whose}; `goodwill add CUSTOMER deal -m TITLE` begins one")
}

fn print(context: &Context, found: &Found) -> Result<(), CliError> {
    let mut out = context.out();
    if context.json {
        let years = found.years.iter();
        let years = years.map(|(year, rate)| (year.to_string(), rate_json(*rate)));
        out.json([
            ("deals", found.rows.iter().map(deal_json).collect()),
            ("heard_early", rate_json(found.rate)),
            ("years", Json::Object(years.collect::<Map<_, _>>())),
        ])?;
    } else {
        out.table(&found.rows.iter().map(row).collect::<Vec<_>>())?;
        if let Some(words) = rate_words(found, usize::MAX) {
            out.line(&words)?;
        }
    }
    out.finish()
}

fn row(deal: &Deal) -> Vec<Cell> {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let heard = Some(deal.heard.clone()).filter(|heard| !heard.is_empty());
    vec![
        cell(
            &or_none(deal.opened.map(|day| day.to_string())),
            Tone::Plain,
        ),
        cell(
            &deal.status,
            if deal.status == "open" {
                Tone::Alert
            } else {
                Tone::Faint
            },
        ),
        cell(&or_none(heard), Tone::Plain),
        cell(deal.customer.name(), Tone::Strong),
        cell(
            &or_none(deal.value.as_ref().map(ToString::to_string)),
            Tone::Plain,
        ),
        cell(&deal.title, Tone::Plain),
    ]
}

fn deal_json(deal: &Deal) -> Json {
    json!({
        "customer": *deal.customer.key,
        "entry": deal.place,
        "title": deal.title,
        "status": deal.status,
        "heard": Some(&deal.heard).filter(|heard| !heard.is_empty()),
        "opened": deal.opened.map(|day| day.to_string()),
        "closed": deal.closed.map(|day| day.to_string()),
        "value": deal.value.as_ref().map(|value| value.amount.to_string()),
        "currency": deal.value.as_ref().map(|value| &*value.currency),
    })
}

fn rate_json(rate: Rate) -> Json {
    json!({"early": rate.early, "known": rate.known})
}
