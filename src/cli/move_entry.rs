//! `goodwill move`

use clap::Args;

use super::error::note;
use super::{CliError, Context, Exit, target};
use crate::model::change::Change;

/// Give an entry to another customer; references follow.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  goodwill move acme interaction.2026-11-20-7k3q9d borealis")]
pub struct Move {
    /// Key, name, alias or reading, or the beginning of it
    customer: String,
    /// The entry, as `kind.key` or how it begins
    #[arg(value_name = "KIND.KEY")]
    entry: String,
    /// The customer that it belongs to
    to: String,
}

impl Move {
    /// Moves the entry and prints where it is now.
    ///
    /// # Errors
    /// Where one of the customers or the entry is not known, or a save fails.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        context.journal()?;
        let customer = context.sound_customer(&self.customer)?;
        let entry = target::entry(&customer, &self.entry)?;
        let to = context.sound_customer(&self.to)?;
        if to.key == customer.key {
            return Err(CliError::Usage(format!("it is with {} already", to.key)));
        }
        if let Some(deal) = entry
            .fields
            .text("deal")
            .filter(|key| to.entry("deal", key).is_none())
        {
            note(&format!(
                "{} has no deal {deal:?}, which the entry names",
                to.key
            ));
        }
        let change = Change::Move {
            customer: customer.key.to_string(),
            kind: entry.kind.word().to_owned(),
            key: entry.key.to_string(),
            to: to.key.to_string(),
        };
        let done = context.apply(&[change])?;
        let mut out = context.out();
        out.made(context, &done)?;
        out.finish()?;
        Ok(Exit::Done)
    }
}
