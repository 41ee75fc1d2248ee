//! `goodwill`: reads what was typed, does it, and ends with its exit code.

use std::process::ExitCode;

use clap::Parser as _;
use goodwill::cli::{Args, run};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        // Also the help that was asked for comes this way; where nobody reads it, that is fine.
        Err(told) => {
            let _ = told.print();
            return u8::try_from(told.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
        }
    };
    match run(args) {
        Ok(exit) => exit.into(),
        Err(error) => {
            error.tell();
            error.exit().into()
        }
    }
}
