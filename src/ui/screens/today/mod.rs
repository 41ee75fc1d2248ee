//! The screen `1 Today`: whom to turn to, and why.

mod draw;
mod rows;
mod screen;

pub use rows::{Line, Lines};
pub use screen::Turning;
