//! `goodwill licences`

use clap::Args;

use super::print::Out;
use super::{CliError, Exit};
use crate::model::romaji;

/// Print the licences of the program and of the data in it.
#[derive(Debug, Args)]
pub struct Licences {}

impl Licences {
    /// Prints them.
    ///
    /// # Errors
    /// Where stdout can't be written to.
    pub fn run(&self) -> Result<Exit, CliError> {
        let mut out = Out::new(false);
        out.bytes(b"goodwill is licensed under MIT or Apache-2.0, as you choose.\n\n")?;
        out.bytes(include_bytes!("../../LICENSE-MIT"))?;
        out.bytes(b"\nApache-2.0: https://www.apache.org/licenses/LICENSE-2.0\n\n")?;
        out.bytes(romaji::NOTICE.as_bytes())?;
        out.finish()?;
        Ok(Exit::Done)
    }
}
