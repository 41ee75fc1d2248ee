//! The journal on disk. Knows nothing of how anything looks.

pub mod disk;
pub mod save;
