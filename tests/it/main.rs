//! Everything that is tested from outside of the library: one binary, a file per feature.

// The exception that clippy.toml makes for tests covers `#[test]` functions only, not what they call.
#![allow(clippy::unwrap_used)]

mod child;
mod faulty_disk;
mod save;
mod save_faults;
mod save_kills;
mod save_races;
