//! Writes a journal of any size, to try things on: `generate DIR CUSTOMERS ENTRIES [SEED]`.

use std::path::PathBuf;
use std::process::ExitCode;

#[path = "../benches/generate/mod.rs"]
mod generate;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let dir = args.next().map(PathBuf::from);
    let numbers: Option<Vec<usize>> = args.map(|arg| arg.replace('_', "").parse().ok()).collect();
    let (Some(dir), Some([customers, entries, seed @ ..])) = (dir, numbers.as_deref()) else {
        eprintln!("usage: generate DIR CUSTOMERS ENTRIES [SEED]");
        return ExitCode::from(2);
    };
    let seed = seed.first().map_or(42, |seed| *seed as u64);
    if dir.exists() {
        eprintln!("{} is there already; name a new folder", dir.display());
        return ExitCode::from(2);
    }
    match generate::write(&dir, *customers, *entries, seed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", dir.display());
            ExitCode::FAILURE
        }
    }
}
