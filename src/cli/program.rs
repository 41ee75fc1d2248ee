//! `goodwill` alone: the program on screen.

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::process::Command;

use super::context::{Missing, store_at};
use super::{CliError, Context, Exit, demo, editor, opener};
use crate::store::begin::begin;
use crate::terminal::{self, Ended, Setup, Tools};

/// Whether there is a terminal to draw on and to read keys from.
pub fn has_screen() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Opens the journal on screen, until the person leaves.
///
/// # Errors
/// [`CliError::Usage`] where there is no terminal; where a journal was named that is not there,
/// or the terminal can't be used.
pub fn run(context: &Context) -> Result<Exit, CliError> {
    if !has_screen() {
        return Err(CliError::Usage(
            "the program on screen needs a terminal, and this is none\n\
             `goodwill list` and `goodwill show CUSTOMER` print; `goodwill --help` lists all"
                .to_owned(),
        ));
    }
    if context.missing != Some(Missing::Yet) {
        context.needs_journal()?;
    }
    let ended = terminal::run(Setup {
        root: context.missing.is_none().then(|| context.root.clone()),
        pinned: context.is_pinned.then(|| context.today()),
        appearance: context.appearance.clone(),
        editor: Box::new(|path, line| editor::command(&editor::chosen(), path, line)),
        opener: Box::new(|link| opener::command(link, |name| std::env::var(name).ok())),
        sync: Box::new(sync),
        tools: tools(context),
    });
    match ended {
        Ok(Ended::Quit) => Ok(Exit::Done),
        Ok(Ended::Signal(number)) => Ok(Exit::by_signal(number)),
        Err(error) => Err(CliError::Failed(format!(
            "the terminal can't be used: {error}"
        ))),
    }
}

/// The command that syncs the journal at `root`: this program itself, with the same environment.
fn sync(root: &Path) -> Result<Command, String> {
    let program = std::env::current_exe()
        .map_err(|error| format!("goodwill can't be found ({error}): type goodwill sync"))?;
    let mut command = Command::new(program);
    command.arg("--journal").arg(root).arg("sync");
    Ok(command)
}

fn tools(context: &Context) -> Tools {
    let (around, root) = (context.around.clone(), context.root.clone());
    let would_be = context.root.clone();
    Tools {
        home: context.around.home.clone(),
        open: Box::new(move |opened| match opened == root {
            true => store_at(&around, opened),
            // The only other journal that opens on screen is a copy of the sample.
            false => store_at(&demo::surroundings(&around, opened), opened),
        }),
        make: Box::new(move || match begin(&would_be) {
            Ok(_) => Ok(would_be.clone()),
            Err(error) => Err(error.to_string()),
        }),
        sample: Box::new(|| demo::copy().map_err(|error| error.to_string())),
    }
}
