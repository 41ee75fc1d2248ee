//! `goodwill demo`

use std::path::PathBuf;

use clap::Args;
use serde_json::Value;

use super::error::note;
use super::{CliError, Context, Exit, Global, program};
use crate::store::sample;

/// Look around in a sample journal: a copy in a folder of its own, yours to spoil.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill demo
  cd \"$(goodwill demo --path-only)\" && grep -rn 'lose:' .")]
pub struct Demo {
    /// Only make the copy and print its folder
    #[arg(long)]
    path_only: bool,
}

impl Demo {
    /// Copies the sample and opens it on screen; prints the folder where there is no screen.
    ///
    /// # Errors
    /// Where the copy can't be made.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let root = copy()?;
        if !self.path_only && !context.json && program::has_screen() {
            let state = root.with_file_name("state");
            let global = Global {
                today: context.flag_today.clone(),
                ..Global::default()
            };
            return program::run(&Context::of(&global, root, true, state)?);
        }
        let place = root.display().to_string();
        let mut out = context.out();
        if context.json {
            out.json([("journal", Value::from(&*place))])?;
        } else {
            out.line(&place)?;
        }
        out.finish()?;
        note(&format!("look around: goodwill --journal {place} list"));
        Ok(Exit::Done)
    }
}

/// Copies the sample to a folder of its own and answers where it lies.
///
/// # Errors
/// Where the copy can't be made.
pub fn copy() -> Result<PathBuf, CliError> {
    let folder = tempfile::Builder::new()
        .prefix("goodwill-demo-")
        .tempdir()
        .map_err(|error| CliError::Failed(format!("the sample can't be copied: {error}")))?
        .keep();
    let root = folder.join("journal");
    sample::copy_to(&root)?;
    Ok(root)
}
