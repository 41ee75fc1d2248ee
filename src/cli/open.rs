//! `goodwill open`

use std::os::unix::process::ExitStatusExt as _;

use clap::Args;

use super::error::note;
use super::{CliError, Context, Exit, editor, target};
use crate::store::files::customer_path;

/// Open a customer's file in your editor.
///
/// The editor is $VISUAL, else $EDITOR, else vi; it opens at the entry, or where the file is
/// broken.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill open acme
  goodwill open acme negotiation.2026-11-21")]
pub struct Open {
    /// Key, name, alias or reading, or the beginning of it
    customer: String,
    /// The entry, as `kind.key` or how it begins
    #[arg(value_name = "KIND.KEY")]
    entry: Option<String>,
}

impl Open {
    /// Runs the editor and hands on its exit code.
    ///
    /// # Errors
    /// Where the customer or entry is not known, or the editor can't be started.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let (typed, entry) = target::split(&self.customer, self.entry.as_deref());
        let customer = context.customer(&typed)?;
        let problems = context.problems_of(&customer);
        let line = match &entry {
            Some(id) => target::entry(&customer, id)?.line,
            None => problems
                .first()
                .and_then(|problem| problem.line)
                .unwrap_or(1),
        };
        if let Some(outside) = problems
            .iter()
            .find(|problem| problem.code == "link-outside")
        {
            return Err(CliError::Failed(outside.to_string()));
        }
        let chosen = editor::chosen();
        let path = customer_path(&context.root, &customer.key);
        let mut command = editor::command(&chosen, &path, line).map_err(CliError::Usage)?;
        let status = command.status().map_err(|error| {
            CliError::Failed(format!(
                "the editor can't be started: {chosen}: {error}\n\
                 set VISUAL or EDITOR to one that is installed"
            ))
        })?;
        for problem in context.problems_of(&customer) {
            note(&problem.to_string());
        }
        Ok(match (status.code(), status.signal()) {
            (Some(0), _) => Exit::Done,
            (Some(code), _) => Exit::Other(u8::try_from(code).unwrap_or(1)),
            (None, signal) => Exit::by_signal(signal.unwrap_or(0)),
        })
    }
}
