//! Everything that is tested from outside of the library: one binary, a file per feature.

mod child;
mod faulty_disk;
mod load;
mod locate;
mod read;
mod save;
mod save_faults;
mod save_kills;

mod fidelity;
mod save_races;
mod splice_cases;
mod splice_fuzz;
