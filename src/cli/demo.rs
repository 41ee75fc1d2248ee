//! `goodwill demo`

use clap::Args;
use serde_json::Value;

use super::error::note;
use super::{CliError, Context, Exit, Global, program};

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
        let root = program::demo_folder()?;
        if !self.path_only && !context.json && program::has_screen() {
            let global = Global {
                journal: Some(root),
                ..context.global.clone()
            };
            return program::run(&Context::new(&global, context.around.clone())?);
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
