//! `goodwill init`

use std::path::PathBuf;

use clap::{Args, ValueHint};
use serde_json::Value;

use super::error::note;
use super::{CliError, Context, Exit};
use crate::store::begin::begin;

/// Begin a journal.
///
/// A folder with a settings file, and line ends and merging set for git. Nothing is overwritten.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill init
  goodwill init ~/journal && cd ~/journal && git init")]
pub struct Init {
    /// Where; without it the folder that goodwill would look in
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

impl Init {
    /// Makes what is missing, overwrites nothing, and prints the folder.
    ///
    /// # Errors
    /// Where the folder or a file in it can't be made.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let root = self.dir.as_ref().unwrap_or(&context.root);
        let begun = begin(root)?;
        let place = root.display().to_string();
        let mut out = context.out();
        if context.json {
            let made = begun.made.iter().map(|name| Value::from(*name)).collect();
            out.json([("journal", Value::from(&*place)), ("made", made)])?;
        } else {
            out.line(&place)?;
        }
        out.finish()?;
        if begun.made.is_empty() {
            note("it is a journal already: nothing was changed");
        }
        for (name, line) in &begun.missing_lines {
            note(&format!(
                "{name} is there already and stays; add this line to it:\n{line}"
            ));
        }
        let way = match &self.dir {
            Some(dir) => format!(" (in {}, or with --journal)", dir.display()),
            None => String::new(),
        };
        note(&format!(
            "next{way}: goodwill new 'Acme Trading' --key acme"
        ));
        Ok(Exit::Done)
    }
}
