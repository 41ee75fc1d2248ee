//! The screen behind `/`: one line, and what was found of everything while it is typed.

mod draw;
mod history;
mod mark;
mod preview;
mod quote;
mod results;
mod screen;

pub(super) use mark::{is_marked, marked};
pub use screen::Search;
