//! What the program lets its screens and dialogs know.

use jiff::civil::Date;
use ratatui::layout::Size;

use super::layout::{self, Areas, Room};
use crate::model::journal::Journal;
use crate::model::search::query::Reading;
use crate::model::today::Today;

/// What a screen may know of the world around it.
#[derive(Clone, Copy, Debug)]
pub struct Ctx<'a> {
    /// The journal as it was last read.
    pub journal: &'a Journal,
    /// The reasons to turn to somebody, of that journal.
    pub reasons: &'a Today,
    /// The day that "today" is.
    pub today: Date,
    /// The screen.
    pub size: Size,
    /// Whether Latin letters may be the reading of Japanese.
    pub romaji: bool,
    /// The width that the person gave the list beside the page.
    pub divider: Option<u16>,
}

impl Ctx<'_> {
    /// The parts of the screen. `deep`: the page is in front where only one pane fits.
    pub fn areas(&self, deep: bool) -> Areas {
        layout::areas(self.size, self.divider, deep)
    }

    /// What a query is read by.
    pub fn reading(&self) -> Reading {
        Reading {
            today: self.today,
            week_starts: self.journal.settings.week_starts(),
            romaji: self.romaji,
        }
    }

    /// What there is room for in the rows of a page.
    pub fn page_room(&self) -> Room {
        let page = self.areas(true).page.unwrap_or_default();
        Room::of(layout::page_rows(page))
    }
}
