//! The words that were looked for, where they stand in what is shown.

use std::ops::Range;

use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use crate::model::search::engine::{highlights, highlights_in_line};
use crate::model::search::query::Query;
use crate::ui::theme::Theme;

/// What was looked for, as far as it matters to what is shown.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'a> {
    /// The words.
    pub query: &'a Query,
    /// Whether they were taken for what they may have been meant to be too.
    pub guessed: bool,
}

impl Sought<'_> {
    /// Where it stands in a name or a line.
    pub fn places(&self, line: &str) -> Vec<Range<usize>> {
        match self.guessed {
            true => highlights_in_line(self.query, line),
            false => highlights(self.query, line),
        }
    }

    /// Whether something of it stands in a name or a line.
    pub fn is_in(&self, line: &str) -> bool {
        !self.places(line.trim_end()).is_empty()
    }
}

/// A name or a line in pieces, those marked that were looked for.
pub fn marked<'t>(
    line: &'t str,
    style: Style,
    sought: Option<Sought>,
    theme: &Theme,
) -> Vec<Span<'t>> {
    let places = sought.map_or_else(Vec::new, |sought| sought.places(line.trim_end()));
    let found = style.patch(theme.accent).add_modifier(Modifier::UNDERLINED);
    let mut spans = Vec::with_capacity(2 * places.len() + 1);
    let mut end = 0;
    for place in places {
        let before = line.get(end..place.start).unwrap_or_default();
        let piece = line.get(place.clone()).unwrap_or_default();
        spans.push(Span::styled(before, style));
        spans.push(Span::styled(piece, found));
        end = place.end;
    }
    spans.push(Span::styled(line.get(end..).unwrap_or_default(), style));
    spans
}
