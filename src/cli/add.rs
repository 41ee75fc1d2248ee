//! `goodwill add`

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::fields::{Owner, split, with_fields};
use super::{CliError, Context, Exit};
use crate::model::change::Change;
use crate::model::customer::Customer;
use crate::model::id::Reference;
use crate::model::kind::Kind;
use crate::model::value::Value;
use crate::model::when::When;

const EXAMPLES: &str = "\
Examples:
  goodwill add acme interaction -m 'asked for monthly payment' --set channel=call
  goodwill add acme interaction -m 'first call' --concern 'too much up front' \\
      --promise 'two quotes' --due fri
  goodwill add acme negotiation -m 'split the payment' --set 'give=payment: monthly' \\
      --set 'get=term: 12 months' --set date='yesterday 14:30'";

/// Write down what happened, and what comes of it.
///
/// All of it is one step of the history. Prints each new entry as `customer:kind.key`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = with_fields(EXAMPLES))]
pub struct Add {
    /// Key, name, alias or reading, or the beginning of it
    customer: String,
    /// What it is
    #[arg(value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::word)))]
    kind: String,
    /// What it says: the summary of an interaction, the words of a concern, a name or title
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    message: Option<String>,
    /// A field; a list grows with each one. Days may be said as `fri`, `3 days ago`, `来週火曜`
    #[arg(long, value_name = "FIELD=VALUE", value_parser = split)]
    set: Vec<(String, String)>,
    /// The key, instead of one that is made from the date or the name
    #[arg(long, value_parser = entry_key)]
    key: Option<String>,
    /// We promised this
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    promise: Option<String>,
    /// Until when
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    due: Option<String>,
    /// They worry about this
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    concern: Vec<String>,
}

type Typed = Vec<(String, String)>;

impl Add {
    /// Adds the entry and those that follow from it; prints each as `customer:kind.key`.
    ///
    /// # Errors
    /// Where the customer is not known, a value can't be read, or the save fails; nothing is
    /// written then.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let (main, due) = self.main_entry()?;
        let said = self.concern.iter().chain(&self.promise);
        if said.map(|text| text.trim()).any(str::is_empty) {
            return Err(CliError::Usage(
                "--concern and --promise need words".to_owned(),
            ));
        }
        let customer = context.sound_customer(&self.customer)?;
        let main = self.entry(context, &customer, &self.kind, main)?;
        let shared = shared(&main);
        let mut changes = vec![self.change(&customer, &self.kind, self.key.clone(), main)];
        for said in &self.concern {
            let typed = vec![("said".to_owned(), said.clone())];
            let fields = self.entry(context, &customer, "concern", typed)?;
            changes.push(self.change(&customer, "concern", None, follow(fields, &shared)));
        }
        if let Some(what) = &self.promise {
            let mut typed = vec![("what".to_owned(), what.clone())];
            typed.extend(due.map(|due| ("due".to_owned(), due)));
            let fields = self.entry(context, &customer, "promise", typed)?;
            changes.push(self.change(&customer, "promise", None, follow(fields, &shared)));
        }
        let done = context.apply_to(&customer, &changes)?;
        let mut out = context.out();
        out.made(context, &done)?;
        out.finish()?;
        Ok(Exit::Done)
    }

    /// What was typed for the entry itself, and the `--due` that is left for the promise.
    fn main_entry(&self) -> Result<(Typed, Option<String>), CliError> {
        let mut typed = Typed::new();
        let main = Kind::of(&self.kind).map_or("notes", Kind::main_field);
        typed.extend(self.message.clone().map(|text| (main.to_owned(), text)));
        typed.extend(self.set.iter().cloned());
        let mut due = self.due.clone();
        if self.kind == Kind::Promise.word() && self.promise.is_none() {
            typed.extend(due.take().map(|due| ("due".to_owned(), due)));
        }
        if due.is_some() && self.promise.is_none() {
            return Err(CliError::Usage(
                "--due says until when --promise is to be kept".to_owned(),
            ));
        }
        if typed.iter().all(|(_, text)| text.trim().is_empty()) {
            return Err(CliError::Usage(format!(
                "what does it say? -m TEXT fills {main}, --set FIELD=VALUE any field"
            )));
        }
        Ok((typed, due))
    }

    fn entry(
        &self,
        context: &Context,
        customer: &Customer,
        kind: &str,
        typed: Typed,
    ) -> Result<Vec<(String, Value)>, CliError> {
        let read = Owner::kind(kind, customer).read(context, &typed)?;
        Ok(read
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect())
    }

    fn change(
        &self,
        customer: &Customer,
        kind: &str,
        key: Option<String>,
        fields: Vec<(String, Value)>,
    ) -> Change {
        Change::Add {
            customer: customer.key.to_string(),
            kind: kind.to_owned(),
            key,
            fields,
        }
    }
}

/// A key that a reference can name: `kind.key` on one line.
fn entry_key(typed: &str) -> Result<String, String> {
    let names_itself = Reference::parse(&format!("x.{typed}")).is_some_and(|r| r.key == typed);
    match names_itself && !typed.contains(char::is_control) {
        true => Ok(typed.to_owned()),
        false => Err("a key is a word, such as strategy or 2026-11-20".to_owned()),
    }
}

/// What an entry hands on to those that follow from it: its day, its deal, and its privacy.
fn shared(fields: &[(String, Value)]) -> Vec<(String, Value)> {
    fields
        .iter()
        .filter_map(|(name, value)| match (name.as_str(), value) {
            ("date", Value::When(when)) => Some((name.clone(), Value::When(When::day(when.date?)))),
            ("deal" | "private", value) => Some((name.clone(), value.clone())),
            _ => None,
        })
        .collect()
}

fn follow(mut fields: Vec<(String, Value)>, shared: &[(String, Value)]) -> Vec<(String, Value)> {
    fields.retain(|(name, _)| !shared.iter().any(|(theirs, _)| theirs == name));
    fields.extend(shared.iter().cloned());
    fields
}
