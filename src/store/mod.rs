//! The journal on disk: reading files, and changing them byte by byte.
//!
//! [`load`] reads, from where [`locate`] says; [`Store`] is the only writer. A change goes through [`plan`] (what it means
//! for each file), [`file_change`] (edits of one file), [`splice`] (bytes), [`history`] (the log
//! that undo lives on) and [`save`] (the disk), in that order.

pub mod begin;
pub mod check;
mod comments;
pub mod config;
pub mod copies;
pub mod disk;
pub mod draft;
pub mod error;
pub mod excerpt;
pub mod file_change;
pub mod files;
pub mod fix;
pub mod git;
pub mod history;
pub mod load;
pub mod locate;
pub mod markers;
pub mod mend;
pub mod merge_file;
mod now;
pub mod outline;
pub mod past;
pub mod plan;
pub mod queries;
pub mod read;
pub mod received;
pub mod sample;
pub mod save;
pub mod sieve;
pub mod sift;
pub mod spell;
pub mod splice;
mod step;
pub mod strict;
pub mod syntax;
pub mod toml11;
pub mod watch;
mod writer;

pub use error::StoreError;
pub use now::Now;
pub use writer::{Done, Store};
