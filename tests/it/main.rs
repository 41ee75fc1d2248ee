//! Everything that is tested from outside of the library: one binary, a file per feature.

mod child;
mod faulty_disk;
mod save;
mod save_faults;
mod save_kills;
mod save_races;
