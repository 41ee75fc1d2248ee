//! The hit at hand as it is read: its fields and notes, the lines around what was looked for
//! where not all of them have room.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::results::Results;
use crate::model::search::engine::highlights;
use crate::ui::layout;
use crate::ui::screens::{Look, entry};
use crate::ui::widgets::sheet::{Reading, Sheet};

/// The lines of a hit, made once for it and a size.
#[derive(Debug, Default)]
pub struct Preview {
    made: Option<Made>,
    sheet: Sheet,
    reading: Reading,
}

/// What the lines were made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Made {
    /// Which results, which hit of them.
    results: (u64, usize),
    size: (u16, u16),
}

impl Preview {
    /// Makes the lines of the hit at hand, where they are not those already.
    pub fn follow(&mut self, results: &Results, area: Option<Rect>) {
        let hit = results.hit().zip(area);
        let made = hit.as_ref().map(|(_, area)| Made {
            results: (results.made, results.selected),
            size: (area.width, area.height),
        });
        if made == self.made {
            return;
        }
        self.made = made;
        (self.sheet, self.reading) = (Sheet::default(), Reading::default());
        let Some((hit, area)) = hit else {
            return;
        };
        let body = entry::body_close(layout::page_inner(area));
        let fields = hit
            .entry()
            .map_or(&hit.customer.head, |entry| &entry.fields);
        let sheet = entry::sheet_of(fields, body.width.into());
        let sought = results.sought();
        let places = sheet.places(|text| match text.contains('\n') {
            true => highlights(sought.query, text),
            false => sought.places(text),
        });
        self.sheet = sheet.around(&places, body.height.into());
        self.reading = Reading::of(places);
    }

    /// Draws the hit.
    pub fn draw(&self, results: &Results, area: Rect, buf: &mut Buffer, look: Look) {
        let Some(hit) = results.hit() else {
            return;
        };
        let area = layout::page_inner(area);
        let customer = Arc::as_ref(&hit.customer);
        entry::draw_title(customer, hit.entry(), area, buf, look);
        let body = entry::body_close(area);
        self.reading.draw(&self.sheet, body, buf, look.of_sheet());
    }
}
