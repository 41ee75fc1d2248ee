//! Everything that is tested from outside of the library: one binary, a file per feature.

mod save;
