//! `goodwill diff`

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::print::Out;
use super::{CliError, Context, Exit, changes};
use crate::model::value::ValueRef;
use crate::store::git::Git;
use crate::store::read::read_bytes;

/// Show what changed since a commit, by entry and field.
///
/// Without REV since the last commit. `A..B` shows what changed from one commit to another.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill diff
  goodwill diff HEAD~5
  goodwill diff '@{yesterday}'
  goodwill diff origin/main..HEAD")]
pub struct Diff {
    /// A commit, or two of them as A..B
    #[arg(value_name = "REV", default_value = "HEAD")]
    rev: String,
    /// Print this file with an entry a paragraph, for git's own diff
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, hide = true)]
    textconv: Option<PathBuf>,
}

impl Diff {
    /// Prints a customer a paragraph.
    ///
    /// # Errors
    /// Where there is no repository, or no such commit; [`CliError::Nothing`] where nothing
    /// changed.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        if let Some(file) = &self.textconv {
            return textconv(context.out(), file);
        }
        context.needs_journal()?;
        let git = Git::find(&context.root)?;
        let (was, now) = match self.rev.split_once("..") {
            Some((was, now)) => (or_head(was), Some(or_head(now.trim_start_matches('.')))),
            None => (self.rev.as_str(), None),
        };
        let touched = git.differing(was, now)?;
        let mut out = context.out();
        if context.json {
            let customers = touched.iter().map(changes::as_json).collect();
            out.json([("customers", customers)])?;
        } else {
            for (at, customer) in touched.iter().enumerate() {
                if at > 0 {
                    out.line("")?;
                }
                changes::print(&mut out, customer, "")?;
            }
        }
        out.finish()?;
        if touched.is_empty() {
            return Err(CliError::Nothing(format!(
                "no entry and no field changed since {was}"
            )));
        }
        Ok(Exit::Done)
    }
}

fn or_head(rev: &str) -> &str {
    match rev {
        "" => "HEAD",
        rev => rev,
    }
}

/// A file as entries, each with a line of its own and its fields below, so that git compares
/// those instead of TOML. What can't be read in full is printed as it is.
fn textconv(mut out: Out, file: &PathBuf) -> Result<Exit, CliError> {
    let bytes = std::fs::read(file)
        .map_err(|error| CliError::Failed(format!("{}: {error}", file.display())))?;
    let read = read_bytes("", &bytes);
    if read.customer.broken {
        out.bytes(&bytes)?;
        out.finish()?;
        return Ok(Exit::Done);
    }
    for (name, value) in read.customer.head.iter() {
        field(&mut out, "", name, value)?;
    }
    for entry in &read.customer.entries {
        out.line("")?;
        out.line(&format!("{}  {}", entry.id(), entry.line_text()))?;
        for (name, value) in entry.fields.iter() {
            field(&mut out, "  ", name, value)?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// A line a field; of a list, a line an item; of a text, a line a line.
fn field(out: &mut Out, indent: &str, name: &str, value: ValueRef<'_>) -> Result<(), CliError> {
    match value {
        ValueRef::Text(text) if text.contains('\n') => {
            out.line(&format!("{indent}{name}:"))?;
            text.lines()
                .try_for_each(|line| out.line(&format!("{indent}  {line}")))
        }
        ValueRef::List(items) => items
            .iter()
            .try_for_each(|item| out.line(&format!("{indent}{name}: {}", item.to_line()))),
        value => out.line(&format!("{indent}{name}: {}", value.to_line())),
    }
}
