//! Everything that is tested from outside of the library: one binary, a file per feature.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

// The exception that clippy.toml makes for tests covers `#[test]` functions only, not what they call.
#![allow(clippy::unwrap_used)]

mod child;
mod faulty_disk;
mod fidelity;
mod layers;
mod load;
mod locate;
mod read;
mod save;
mod save_faults;
mod save_kills;
mod save_races;
mod screens;
mod splice_cases;
mod splice_fuzz;
mod stage;
