//! `goodwill completions`

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::print::Out;
use super::{CliError, Exit};

/// Print the completions of a shell.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill completions bash > ~/.local/share/bash-completion/completions/goodwill
  goodwill completions fish > ~/.config/fish/completions/goodwill.fish")]
pub struct Completions {
    /// Which shell
    shell: Shell,
}

impl Completions {
    /// Prints them.
    ///
    /// # Errors
    /// Where stdout can't be written to.
    pub fn run(&self) -> Result<Exit, CliError> {
        let mut text = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut super::Args::command(),
            "goodwill",
            &mut text,
        );
        let mut out = Out::new(false);
        out.bytes(&text)?;
        out.finish()?;
        Ok(Exit::Done)
    }
}
