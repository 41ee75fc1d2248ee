//! Everything that is tested from outside of the library: one binary, a file per feature.

mod child;
mod faulty_disk;
mod load;
mod locate;
mod read;
mod save;
mod save_faults;
mod save_kills;
//! One binary for all integration tests; each file is named like the feature it shows.

#![allow(missing_docs)]

mod fidelity;
mod splice_cases;
mod splice_fuzz;
mod save_races;
