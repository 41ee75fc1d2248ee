//! What the program lets its screens and dialogs know.

use jiff::civil::Date;
use ratatui::layout::Size;

use crate::model::journal::Journal;

/// What a screen may know of the world around it.
#[derive(Clone, Copy, Debug)]
pub struct Ctx<'a> {
    /// The journal as it was last read.
    pub journal: &'a Journal,
    /// The day that "today" is.
    pub today: Date,
    /// The screen.
    pub size: Size,
}
