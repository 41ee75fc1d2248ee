//! `goodwill today`

use std::sync::Arc;

use clap::Args;
use serde_json::{Value as Json, json};

use super::print::{Tone, cell};
use super::{CliError, Context, Exit};
use crate::model::customer::Customer;
use crate::model::journal::Journal;
use crate::model::near::nearest;
use crate::model::today::{Reason, Rule, Today as Rows};

/// Whom to turn to today, and why.
///
/// A reason a line, the weightiest first: a mark, who, why, and the entry that it rests on. `goodwill
/// snooze` and `goodwill dismiss` make one quiet.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill today
  goodwill today acme
  goodwill today --rule promise-due --rule concern-open
  goodwill today --json | jq -r '.rows[] | select(.rule == \"renewal\").customer'
The rules stand in docs/today.md; their days are set in `.goodwill.toml`, below [days].")]
pub struct Today {
    /// Key, name, alias or reading, or the beginning of it; all customers if left out
    customer: Option<String>,
    /// Only this rule. Can be given several times
    #[arg(long, value_name = "RULE")]
    rule: Vec<String>,
}

impl Today {
    /// Prints the reasons.
    ///
    /// # Errors
    /// Where there is no such customer or rule, or no reason.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let rules: Vec<Rule> = self
            .rule
            .iter()
            .map(|typed| rule(typed))
            .collect::<Result<_, _>>()?;
        let (rows, customer) = self.rows(context)?;
        let is_asked = |reason: &Reason| rules.is_empty() || rules.contains(&reason.rule);
        let mut each = rows.each();
        each.retain(|(_, reason)| is_asked(reason));
        let mut out = context.out();
        if context.json {
            let rows: Json = each.iter().map(|(of, reason)| row(of, reason)).collect();
            out.json([("rows", rows)])?;
        } else {
            let lines = each.iter().map(|(of, reason)| {
                vec![
                    cell(reason.rule.mark().sign(), Tone::Alert),
                    cell(of.name(), Tone::Strong),
                    cell(&reason.text, Tone::Plain),
                    cell(&place(of, reason), Tone::Faint),
                ]
            });
            out.table(&lines.collect::<Vec<_>>())?;
        }
        out.finish()?;
        let problems = customer.map_or(Vec::new(), |customer| context.problems_of(&customer));
        if !problems.is_empty() {
            return Err(CliError::Broken(problems));
        }
        match each.is_empty() {
            true => Err(CliError::Nothing("no reason today".to_owned())),
            false => Ok(Exit::Done),
        }
    }

    /// The reasons of all customers, or of the one asked for, which is read alone with our own
    /// files.
    fn rows(&self, context: &Context) -> Result<(Rows, Option<Arc<Customer>>), CliError> {
        let today = context.today();
        let Some(typed) = &self.customer else {
            return Ok((Rows::of(context.journal()?, today), None));
        };
        let customer = context.customer(typed)?;
        let all = context.journal()?.customers.iter();
        let mut alone: Vec<Arc<Customer>> = all.filter(|c| c.is_ourselves()).cloned().collect();
        alone.push(Arc::clone(&customer));
        let alone = Journal::new(alone, context.settings.clone());
        Ok((Rows::of(&alone, today), Some(customer)))
    }
}

/// The rule that a typed word names.
///
/// # Errors
/// [`CliError::Usage`] with all rules.
pub(super) fn rule(typed: &str) -> Result<Rule, CliError> {
    Rule::of(typed).ok_or_else(|| {
        let names = Rule::ALL.map(Rule::name);
        let begins = names.iter().find(|name| name.starts_with(typed)).copied();
        let near = begins.or_else(|| nearest(typed, names));
        let near = near.map(|near| format!("; did you mean {near}?"));
        CliError::Usage(format!(
            "{typed:?} is no rule{}\nthey are {}",
            near.unwrap_or_default(),
            names.join(" ")
        ))
    })
}

/// Where a reason rests, as `goodwill show` takes it.
fn place(customer: &Customer, reason: &Reason) -> String {
    match &reason.entry {
        Some(entry) => format!("{}:{entry}", customer.key),
        None => customer.key.to_string(),
    }
}

fn row(customer: &Customer, reason: &Reason) -> Json {
    json!({
        "customer": *customer.key,
        "rule": reason.rule.name(),
        "reason": reason.text,
        "entry": reason.entry,
    })
}
