//! `goodwill edit`

use clap::Args;

use super::error::note;
use super::fields::{Owner, split, with_fields};
use super::{CliError, Context, Exit, target};
use crate::model::change::{Change, FieldEdit};

const EXAMPLES: &str = "\
Examples:
  goodwill edit acme --set status=not-now --set again='in 5 months'
  goodwill edit acme concern.2026-11-20-m3x8kq --set status=answered --set answered=today
  goodwill edit acme deal.web-renewal --unset competitor";

/// Change fields of a customer or an entry.
///
/// A list is replaced by the first `--set` for it and grows with the next ones.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = with_fields(EXAMPLES))]
pub struct Edit {
    /// Key, name, alias or reading, or the beginning of it
    customer: String,
    /// The entry, as `kind.key` or how it begins; without it the customer's own fields
    #[arg(value_name = "KIND.KEY")]
    entry: Option<String>,
    /// A field and what it should hold; nothing behind the `=` empties it
    #[arg(long, value_name = "FIELD=VALUE", value_parser = split)]
    set: Vec<(String, String)>,
    /// A field that should go
    #[arg(long, value_name = "FIELD")]
    unset: Vec<String>,
}

impl Edit {
    /// Changes the fields and prints what was done.
    ///
    /// # Errors
    /// Where the customer or entry is not known, a value can't be read, or the save fails.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        if self.set.is_empty() && self.unset.is_empty() {
            let how = "what should change? --set FIELD=VALUE and --unset FIELD say it, \
                       `goodwill open` shows the file in your editor";
            return Err(CliError::Usage(how.to_owned()));
        }
        let (typed, entry) = target::split(&self.customer, self.entry.as_deref());
        let customer = context.sound_customer(&typed)?;
        let entry = entry.map(|id| target::entry(&customer, &id)).transpose()?;
        let (owner, now) = match entry {
            Some(entry) => (Owner::entry(entry, &customer), &entry.fields),
            None => (Owner::head(Some(&customer)), &customer.head),
        };
        let mut wanted = owner.read(context, &self.set)?;
        for name in &self.unset {
            if wanted.iter().any(|(set, _)| set == name) {
                return Err(CliError::Usage(format!(
                    "{name} can't be both set and unset"
                )));
            }
            if now.get(name).is_none() {
                note(&format!("there is no {name} to take out"));
            }
            wanted.push((name.clone(), None));
        }
        let edits: Vec<FieldEdit> = wanted
            .into_iter()
            .map(|(name, value)| FieldEdit {
                was: now.value(&name),
                name,
                now: value,
            })
            .filter(|edit| edit.was != edit.now)
            .collect();
        if edits.is_empty() {
            note("the file says so already: nothing was written");
            return Ok(Exit::Done);
        }
        let of = customer.key.to_string();
        let change = match entry {
            Some(entry) => Change::Edit {
                customer: of,
                kind: entry.kind.word().to_owned(),
                key: entry.key.to_string(),
                edits,
            },
            None => Change::Head {
                customer: of,
                edits,
            },
        };
        let done = context.apply_to(&customer, &[change])?;
        let mut out = context.out();
        out.done(context, &done)?;
        out.finish()?;
        Ok(Exit::Done)
    }
}
