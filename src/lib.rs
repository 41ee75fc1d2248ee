//! `goodwill`: a deal journal for one consultant, in plain TOML files, one per customer.

pub mod model;
pub mod store;
pub mod ui;
