//! `goodwill` alone: the program on screen.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use super::context::{Missing, store_at};
use super::{CliError, Context, Exit, editor};
use crate::store::begin::begin;
use crate::store::sample;
use crate::terminal::{self, Ended, Setup, Tools};
use crate::ui::widgets::glyphs::Glyphs;

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
    let around = context.around.clone();
    let would_be = context.root.clone();
    let ended = terminal::run(Setup {
        root: context.missing.is_none().then(|| context.root.clone()),
        pinned: context.is_pinned.then(|| context.today()),
        glyphs: Glyphs::default(),
        editor: Box::new(|path, line| editor::command(&editor::chosen(), path, line)),
        tools: Tools {
            home: around.home.clone(),
            open: Box::new(move |root| store_at(&around, root)),
            make: Box::new(move || match begin(&would_be) {
                Ok(_) => Ok(would_be.clone()),
                Err(error) => Err(error.to_string()),
            }),
            sample: Box::new(|| demo_folder().map_err(|error| error.to_string())),
        },
    });
    match ended {
        Ok(Ended::Quit) => Ok(Exit::Done),
        Ok(Ended::Signal(number)) => Ok(Exit::by_signal(number)),
        Err(error) => Err(CliError::Failed(format!(
            "the terminal can't be used: {error}"
        ))),
    }
}

/// A copy of the sample journal in a new temporary folder, which stays.
///
/// # Errors
/// Where the folder or a file can't be made.
pub fn demo_folder() -> Result<PathBuf, CliError> {
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
