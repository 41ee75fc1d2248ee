//! The pictures of the timeline: lanes, a strip of how often there was contact, a calendar.

pub mod calendar_draw;
pub mod lanes;
mod lanes_draw;
mod lanes_grid;
pub mod strip_draw;
