//! The words that were looked for, where they stand in what is shown.

use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use crate::model::search::engine::highlights;
use crate::model::search::query::Query;
use crate::ui::theme::Theme;

/// The style of what was found.
pub fn found_style(theme: &Theme) -> Style {
    theme.accent.add_modifier(Modifier::UNDERLINED)
}

/// Whether something of it stands in a text.
pub fn is_marked(text: &str, query: &Query) -> bool {
    !highlights(query, text.trim_end()).is_empty()
}

/// A text in pieces, those marked that were looked for.
pub fn marked<'t>(
    text: &'t str,
    style: Style,
    query: Option<&Query>,
    theme: &Theme,
) -> Vec<Span<'t>> {
    let shown = text.trim_end();
    let places = query.map_or_else(Vec::new, |query| highlights(query, shown));
    let mut spans = Vec::with_capacity(2 * places.len() + 1);
    let mut end = 0;
    for place in places {
        let before = text.get(end..place.start).unwrap_or_default();
        let found = text.get(place.clone()).unwrap_or_default();
        spans.push(Span::styled(before, style));
        spans.push(Span::styled(found, style.patch(found_style(theme))));
        end = place.end;
    }
    spans.push(Span::styled(text.get(end..).unwrap_or_default(), style));
    spans
}
