//! `goodwill demo`

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;

use super::error::note;
use super::{CliError, Context, Exit, Global, program};
use crate::store::locate::Surroundings;
use crate::store::sample;

/// Look around in a sample journal.
///
/// It is a copy in a new temporary folder, yours to spoil.
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
            let around = surroundings(&context.around, &root);
            let global = Global {
                journal: Some(root),
                ..context.global.clone()
            };
            return program::run(&Context::new(&global, around)?);
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

/// Copies the sample into a new temporary folder, which stays, and answers where it lies.
///
/// # Errors
/// Where the folder or a file can't be made.
pub fn copy() -> Result<PathBuf, CliError> {
    let folder = tempfile::Builder::new()
        .prefix("goodwill-demo-")
        .tempdir()
        .map_err(|error| CliError::Failed(format!("the sample can't be copied: {error}")))?;
    let root = folder.path().join("journal");
    sample::copy_to(&root)?;
    // From here on it belongs to the person.
    let _ = folder.keep();
    Ok(root)
}

/// The same surroundings, but for the history: that of a copy lies beside it.
pub fn surroundings(around: &Surroundings, copy: &Path) -> Surroundings {
    Surroundings {
        state_dir: Some(copy.with_file_name("state")),
        ..around.clone()
    }
}
