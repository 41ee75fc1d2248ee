//! Everything drawn in the terminal, as pure functions: no files, no processes, no clock.

pub mod testing;
pub mod widgets;
