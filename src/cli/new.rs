//! `goodwill new`

use clap::Args;

use super::fields::{Owner, split};
use super::{CliError, Context, Exit};
use crate::model::change::Change;
use crate::model::value::Value;

/// Add a customer.
///
/// It gets a file of its own. Prints the key.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill new 'Acme Trading' --key acme
  goodwill new アクメ商事 --set reading=あくめしょうじ --set status=prospect")]
pub struct New {
    /// The customer's name
    name: String,
    /// The key, such as `acme` or `archive/acme`; without it one is made from the name
    #[arg(long)]
    key: Option<String>,
    /// A field, such as `since=2021-04-01`; a list grows with each one
    #[arg(long, value_name = "FIELD=VALUE", value_parser = split)]
    set: Vec<(String, String)>,
}

impl New {
    /// Makes the file and prints the key.
    ///
    /// # Errors
    /// Where the key is taken or can't be a file name, or the save fails.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        if self.name.trim().is_empty() {
            return Err(CliError::Usage("a customer needs a name".to_owned()));
        }
        let mut typed = vec![("name".to_owned(), self.name.clone())];
        typed.extend(self.set.iter().cloned());
        let read = Owner::head(None).read(context, &typed)?;
        let fields: Vec<(String, Value)> = read
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        let done = context.apply(&[Change::Create {
            key: self.key.clone(),
            fields,
        }])?;
        let mut out = context.out();
        out.made(context, &done)?;
        out.finish()?;
        Ok(Exit::Done)
    }
}
