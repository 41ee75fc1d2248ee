//! The timeline: everything that stands on a day, of one customer or of all.
//!
//! ```text
//! Journal -> Index -> Selection (by a Filter) -> View (at a Zoom) -> Line, Line, Line
//!               |         \-> Density, Calendar
//!               \-> Lanes, Spans
//! ```
//! An [`index::Index`] is made once for a snapshot and follows it cheaply. A
//! [`filter::Selection`] and a [`rows::View`] are made where filter or zoom change; they hold
//! numbers only. Words are made for the rows that are drawn, and for no others.

pub mod calendar;
pub mod day;
pub mod density;
pub mod filter;
pub mod index;
pub mod item;
pub mod lanes;
pub mod mark;
pub mod only;
pub mod period;
pub mod rows;
pub mod spans;
pub mod sum;
pub mod twin;
pub mod window;
pub mod words;
