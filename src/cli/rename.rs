//! `goodwill rename`

use clap::Args;

use super::{CliError, Context, Exit};
use crate::model::change::Change;

/// Give a customer another key; references follow.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill rename acme acme-osaka
  goodwill rename cobalt groups/cobalt     # into a group")]
pub struct Rename {
    /// Key, name, alias or reading, or the beginning of it
    customer: String,
    /// The new key; folders are groups. The name is another thing: `goodwill edit --set name=…`
    new: String,
}

impl Rename {
    /// Moves the file and prints the new key.
    ///
    /// # Errors
    /// Where the key is taken or can't be a file name, or a save fails.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        context.journal()?;
        let customer = context.sound_customer(&self.customer)?;
        if *customer.key == *self.new {
            return Err(CliError::Usage(format!("{} is its key already", self.new)));
        }
        let change = Change::Rename {
            customer: customer.key.to_string(),
            to: self.new.clone(),
        };
        let done = context.apply(&[change])?;
        let mut out = context.out();
        out.made(context, &done)?;
        out.finish()?;
        Ok(Exit::Done)
    }
}
