//! `goodwill` alone: the program on screen.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use super::context::random;
use super::{CliError, Context, Exit, demo, editor};
use crate::store::{Store, begin};
use crate::terminal::{Ended, Setup, Tools};
use crate::ui::widgets::glyphs::Glyphs;

/// Whether there is a terminal to draw on and to read keys from.
pub fn has_screen() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Opens the journal on screen; where there is none yet, one is offered there.
///
/// # Errors
/// [`CliError::Usage`] where there is no terminal.
pub fn run(context: &Context) -> Result<Exit, CliError> {
    if !has_screen() {
        return Err(CliError::Usage(
            "the program on screen needs a terminal, and this is none\n\
             `goodwill list` and `goodwill show CUSTOMER` print; `goodwill --help` lists all"
                .to_owned(),
        ));
    }
    let setup = Setup {
        root: context.is_there.then(|| context.root.clone()),
        pinned: context.pinned,
        glyphs: Glyphs::default(),
        editor: Box::new(|path, line| editor::command(&editor::chosen(), path, line)),
        tools: tools(context),
    };
    match crate::terminal::run(setup) {
        Ok(Ended::Quit) => Ok(Exit::Done),
        Ok(Ended::Signal(signal)) => {
            let code = u8::try_from(128 + signal).unwrap_or(u8::MAX);
            Ok(Exit::Other(code))
        }
        Err(error) => Err(CliError::Failed(format!(
            "the terminal can't be used: {error}"
        ))),
    }
}

fn tools(context: &Context) -> Tools {
    let (root, state) = (context.root.clone(), context.state.clone());
    let new_root = root.clone();
    Tools {
        home: context.home.clone(),
        open: Box::new(move |opened: &Path| {
            // A copy of the sample keeps its history beside it, in its own temporary folder.
            let beside = opened
                .parent()
                .map_or_else(PathBuf::new, |dir| dir.join("state"));
            let state = if opened == root {
                state.clone()
            } else {
                beside
            };
            Store::new(opened, &state, random())
        }),
        make: Box::new(move || match begin::begin(&new_root) {
            Ok(_) => Ok(new_root.clone()),
            Err(error) => Err(error.to_string()),
        }),
        sample: Box::new(|| demo::copy().map_err(|error| error.to_string())),
    }
}
