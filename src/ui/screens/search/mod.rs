//! The screen behind `/`: one line, and what was found of everything while it is typed.

mod complete;
mod draw;
mod history;
mod mark;
mod preview;
mod quote;
mod results;
mod screen;

pub(super) use mark::{Sought, marked};
pub use screen::Search;
