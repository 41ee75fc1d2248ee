//! `goodwill remove`

use clap::Args;

use super::{CliError, Context, Exit, target};
use crate::model::change::Change;

/// Take an entry out.
///
/// The comments directly above it go with it. `goodwill undo` brings it back.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  goodwill remove acme interaction.2026-11-20-7k3q9d")]
pub struct Remove {
    /// Key, name, alias or reading, or the beginning of it
    customer: String,
    /// The entry, as `kind.key` or how it begins
    #[arg(value_name = "KIND.KEY")]
    entry: Option<String>,
}

impl Remove {
    /// Removes the entry and prints what was done.
    ///
    /// # Errors
    /// Where the customer or the entry is not known, or the save fails.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let (typed, entry) = target::split(&self.customer, self.entry.as_deref());
        let Some(id) = entry else {
            return Err(CliError::Usage(
                "which entry? `goodwill show CUSTOMER` lists them as kind.key; \
                 a customer's file is yours to delete"
                    .to_owned(),
            ));
        };
        let customer = context.sound_customer(&typed)?;
        let entry = target::entry(&customer, &id)?;
        let change = Change::Remove {
            customer: customer.key.to_string(),
            kind: entry.kind.word().to_owned(),
            key: entry.key.to_string(),
            was: Some(entry.fields.clone()),
        };
        let done = context.apply_to(&customer, &[change])?;
        let mut out = context.out();
        out.done(context, &done)?;
        out.finish()?;
        Ok(Exit::Done)
    }
}
