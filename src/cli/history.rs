//! `goodwill history`

use std::collections::HashSet;

use clap::Args;
use serde_json::{Value, json};

use super::print::{Tone, cell, minute};
use super::{CliError, Context, Exit};
use crate::store::StoreError;
use crate::store::history::{Record, steps};

/// List the changes, newest first.
///
/// Only those made with goodwill on this machine. The list lies outside of the journal.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  goodwill history --limit 5")]
pub struct History {
    /// How many at most
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

impl History {
    /// Prints a change a line; those that were taken back are marked.
    ///
    /// # Errors
    /// Where the log can't be read.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        context.needs_journal()?;
        let store = context.store();
        let log = store.history();
        let records = log.read().map_err(|source| StoreError::Read {
            path: log.path().to_owned(),
            source,
        })?;
        let void: HashSet<String> = records.iter().filter_map(|r| r.void.clone()).collect();
        let stands: HashSet<String> = steps(records.clone())
            .back
            .into_iter()
            .map(|r| r.id)
            .collect();
        let is_undone =
            |r: &Record| r.undoes.is_none() && r.redoes.is_none() && !stands.contains(&r.id);
        let shown: Vec<&Record> = records
            .iter()
            .rev()
            .filter(|r| r.void.is_none() && !void.contains(&r.id) && !r.files.is_empty())
            .take(self.limit)
            .collect();
        let mut out = context.out();
        if context.json {
            let changes: Value = shown.iter().map(|r| change(r, is_undone(r))).collect();
            out.json([("changes", changes)])?;
        } else {
            let rows: Vec<_> = shown
                .iter()
                .map(|r| {
                    let taken_back = if is_undone(r) { "taken back" } else { "" };
                    vec![
                        cell(&minute(&r.when), Tone::Faint),
                        cell(&r.what, Tone::Plain),
                        cell(taken_back, Tone::Faint),
                    ]
                })
                .collect();
            out.table(&rows)?;
        }
        out.finish()?;
        if shown.is_empty() {
            return Err(CliError::Nothing(
                "nothing was changed with goodwill yet".to_owned(),
            ));
        }
        Ok(Exit::Done)
    }
}

fn change(record: &Record, undone: bool) -> Value {
    let mut customers: Vec<&str> = record
        .files
        .iter()
        .map(|file| file.renamed.as_deref().unwrap_or(&file.customer))
        .collect();
    customers.dedup();
    json!({
        "id": record.id,
        "when": record.when,
        "what": record.what,
        "customers": customers,
        "undone": undone,
    })
}
