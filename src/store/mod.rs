//! The journal on disk: reading files, and changing them byte by byte.

pub mod files;
pub mod load;
pub mod locate;
pub mod outline;
pub mod read;
pub mod syntax;
