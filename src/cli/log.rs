//! `goodwill log`

use clap::Args;
use serde_json::{Value as Json, json};

use super::print::{Out, Tone, cell, minute};
use super::{CliError, Context, Exit, changes, target};
use crate::store::git::{Git, Step};

/// What stands above all entries.
const HEAD: &str = "head";
/// There is no past.
const UNKNOWN: &str =
    "nothing is known of it yet; `goodwill history` lists what was changed on this machine";

/// Show who changed what and when, out of git, newest first.
///
/// By entry and field: of all customers, of one, or of one entry.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill log
  goodwill log acme
  goodwill log acme concern.2026-11-20")]
pub struct Log {
    /// Key, name, alias or reading, or the beginning of it
    customer: Option<String>,
    /// One entry, as `kind.key` or how it begins; `head` for what stands above all entries
    #[arg(value_name = "KIND.KEY")]
    entry: Option<String>,
    /// How many commits are looked at
    #[arg(long, value_name = "N", default_value_t = 200)]
    limit: usize,
}

impl Log {
    /// Prints a commit a paragraph.
    ///
    /// # Errors
    /// Where there is no repository or no such customer; [`CliError::Nothing`] where nothing is
    /// known of it.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        context.needs_journal()?;
        let (customer, entry) = match &self.customer {
            None => (None, None),
            Some(typed) => {
                let (typed, entry) = target::split(typed, self.entry.as_deref());
                (Some(key(context, &typed)?), entry)
            }
        };
        if let (Some(customer), Some(typed)) = (&customer, &entry) {
            return self.entry(context, customer, typed);
        }
        let git = Git::find(&context.root)?;
        let steps = git.steps(git.commits(customer.as_deref(), self.limit)?)?;
        let mut out = context.out();
        if context.json {
            out.json([("commits", steps.iter().map(as_json).collect())])?;
        } else {
            for (at, step) in steps.iter().enumerate() {
                print(&mut out, step, at == 0)?;
            }
        }
        out.finish()?;
        if steps.is_empty() {
            return Err(CliError::Nothing(UNKNOWN.to_owned()));
        }
        Ok(Exit::Done)
    }

    /// One entry, out of git and the local history together.
    fn entry(&self, context: &Context, customer: &str, typed: &str) -> Result<Exit, CliError> {
        let entry = self.which(context, customer, typed)?;
        let entry = entry.as_ref().map(|(kind, key)| (&**kind, &**key));
        let past = context.store().past(customer, entry, self.limit)?;
        let mut out = context.out();
        if context.json {
            out.json([("past", past.iter().rev().map(changes::past).collect())])?;
        } else {
            for (at, step) in past.iter().rev().enumerate() {
                if at > 0 {
                    out.line("")?;
                }
                changes::print_past(&mut out, step)?;
            }
        }
        out.finish()?;
        if past.is_empty() {
            return Err(CliError::Nothing(UNKNOWN.to_owned()));
        }
        Ok(Exit::Done)
    }

    /// The entry that is meant, also where it is gone by now; `None`: the head.
    fn which(
        &self,
        context: &Context,
        customer: &str,
        typed: &str,
    ) -> Result<Option<(String, String)>, CliError> {
        if typed == HEAD {
            return Ok(None);
        }
        let unknown = match context.customer(customer) {
            Err(error) => error,
            Ok(customer) => match target::entry(&customer, typed) {
                Ok(entry) => {
                    return Ok(Some((entry.kind.word().to_owned(), entry.key.to_string())));
                }
                Err(error) => error,
            },
        };
        let gone = Git::find(&context.root)
            .and_then(|git| git.steps(git.commits(Some(customer), self.limit)?));
        let steps = gone.unwrap_or_default();
        let customers = steps.iter().flat_map(|step| &step.customers);
        let mut entries = customers
            .flat_map(|customer| &customer.differences)
            .filter_map(|difference| difference.entry.as_ref());
        let found = entries.find(|(kind, key)| key == typed || format!("{kind}.{key}") == typed);
        found.cloned().map(Some).ok_or(unknown)
    }
}

/// The key of the customer that was typed; also of one that is gone, by its whole key.
fn key(context: &Context, typed: &str) -> Result<String, CliError> {
    match context.customer(typed) {
        Ok(customer) => Ok(customer.key.to_string()),
        Err(error @ CliError::Nothing(_)) => {
            let commits = Git::find(&context.root).and_then(|git| git.commits(Some(typed), 1));
            match commits.is_ok_and(|commits| !commits.is_empty()) {
                true => Ok(typed.to_owned()),
                false => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

fn print(out: &mut Out, step: &Step, is_first: bool) -> Result<(), CliError> {
    if !is_first {
        out.line("")?;
    }
    let commit = &step.commit;
    out.cells(&[
        cell(&minute(&commit.when), Tone::Strong),
        cell(&format!("  {}  ", commit.who), Tone::Plain),
        cell(commit.short(), Tone::Faint),
    ])?;
    step.customers
        .iter()
        .try_for_each(|customer| changes::print(out, customer, "  "))
}

fn as_json(step: &Step) -> Json {
    let customers: Vec<Json> = step.customers.iter().map(changes::as_json).collect();
    json!({
        "commit": step.commit.id,
        "when": step.commit.when,
        "who": step.commit.who,
        "what": step.commit.what,
        "customers": customers,
    })
}
