//! The clock, as it comes in from outside.

use jiff::civil::Date;

/// The day and the hour, as they come in from outside.
#[derive(Clone, Debug)]
pub struct Now {
    /// The day that "today" is.
    pub today: Date,
    /// The moment, for the history: `2026-11-21T10:02:03+09:00`.
    pub stamp: String,
}
