//! The screen `3 Timeline`: what happened when, over all customers, as a list or as lanes.

pub mod calendar_draw;
pub mod lanes;
mod lanes_draw;
mod lanes_grid;
pub mod list;
pub mod list_draw;
mod screen;
mod screen_draw;
mod screen_lanes;
pub mod strip_draw;
pub(super) mod typed;

pub(super) use screen::in_time;
pub use screen::{Pane, Timeline};
