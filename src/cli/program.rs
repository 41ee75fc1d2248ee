//! `goodwill` alone: the program on screen.

use std::io::{self, IsTerminal as _};

use super::{CliError, Context, Exit};

/// Whether there is a terminal to draw on and to read keys from.
pub fn has_screen() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Opens the journal on screen.
///
/// # Errors
/// [`CliError::Usage`] where there is no terminal.
pub fn run(_context: &Context) -> Result<Exit, CliError> {
    if !has_screen() {
        return Err(CliError::Usage(
            "the program on screen needs a terminal, and this is none\n\
             `goodwill list` and `goodwill show CUSTOMER` print; `goodwill --help` lists all"
                .to_owned(),
        ));
    }
    Err(CliError::Failed(
        "the program on screen is not part of this build".to_owned(),
    ))
}
