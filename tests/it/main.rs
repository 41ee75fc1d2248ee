//! Everything that is tested from outside of the library: one binary, a file per feature.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod check;
mod child;
mod faulty_disk;
mod fidelity;
mod load;
mod locate;
mod read;
mod save;
mod save_faults;
mod save_kills;
mod save_races;
mod splice_cases;
mod splice_fuzz;
