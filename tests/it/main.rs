//! One binary for all integration tests; each file is named like the feature it shows.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod fidelity;
mod splice_cases;
mod splice_fuzz;
