//! `goodwill undo` and `goodwill redo`

use clap::Args;

use super::{CliError, Context, Exit};
use crate::store::Done;

/// Take back the last change.
///
/// Also one of yesterday; what was written by other programs since stays.
#[derive(Debug, Args)]
#[command(after_help = "`goodwill history` shows what there is to take back.")]
pub struct Undo {}

/// Do again what was taken back.
#[derive(Debug, Args)]
pub struct Redo {}

impl Undo {
    /// Takes the newest change back and prints what it was.
    ///
    /// # Errors
    /// Where there is none, or the file says something else by now.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        context.needs_journal()?;
        told(context, context.store().undo(&context.now)?)
    }
}

impl Redo {
    /// Does again what was taken back last and prints what it was.
    ///
    /// # Errors
    /// As [`Undo::run`].
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        context.needs_journal()?;
        told(context, context.store().redo(&context.now)?)
    }
}

fn told(context: &Context, done: Done) -> Result<Exit, CliError> {
    context.tell(&done);
    let mut out = context.out();
    out.done(context, &done)?;
    out.finish()?;
    Ok(Exit::Done)
}
