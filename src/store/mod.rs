//! The journal on disk: reading files, and changing them byte by byte.

pub mod outline;
pub mod spell;
pub mod splice;
pub mod strict;
pub mod toml11;
