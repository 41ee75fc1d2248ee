//! `goodwill man`

use clap::{Args, CommandFactory as _};

use super::print::Out;
use super::{CliError, Exit};

/// Print the manual page, or that of one command.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill man | man -l -
  goodwill man add > ~/.local/share/man/man1/goodwill-add.1")]
pub struct Man {
    /// Which command
    command: Option<String>,
}

impl Man {
    /// Prints the page.
    ///
    /// # Errors
    /// Where there is no such command, or stdout can't be written to.
    pub fn run(&self) -> Result<Exit, CliError> {
        let mut all = super::Args::command();
        all.build();
        let page = match &self.command {
            None => all,
            Some(name) => {
                let Some(command) = all.find_subcommand(name) else {
                    return Err(CliError::Nothing(format!(
                        "there is no command {name:?}; `goodwill --help` lists them"
                    )));
                };
                command.clone()
            }
        };
        let mut text = Vec::new();
        clap_mangen::Man::new(page)
            .source(concat!("goodwill ", env!("CARGO_PKG_VERSION")))
            .render(&mut text)?;
        let mut out = Out::new(false);
        out.bytes(&text)?;
        out.finish()?;
        Ok(Exit::Done)
    }
}
