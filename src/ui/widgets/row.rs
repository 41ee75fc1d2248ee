//! One line made of pieces with styles of their own.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::text::width;

/// Draws the pieces one behind the other in the first row of `area`, as far as there is room.
///
/// A `Line` would begin each piece where the whole text before it ends as Unicode counts it: one
/// cell too early behind each `ｽﾞ` and `لا`, of which a terminal draws both characters.
pub fn draw_row<'t>(pieces: impl IntoIterator<Item = Span<'t>>, area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let mut x = area.x;
    for piece in pieces {
        x = buf.set_span(x, area.y, &piece, area.right() - x).0;
    }
}

/// Draws a span at the right edge of an area.
pub fn draw_right(span: Span, area: Rect, buf: &mut Buffer) {
    let used = u16::try_from(width(&span.content)).unwrap_or(u16::MAX);
    let used = used.min(area.width);
    let at = Rect {
        x: area.right() - used,
        width: used,
        ..area
    };
    span.render(at, buf);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::screen;

    #[test]
    fn each_piece_begins_where_the_one_before_it_ends() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 9, 1));
        let pieces = ["ﾂﾞعلا", "|見", "|ab"];
        draw_row(pieces.map(Span::raw), buf.area, &mut buf);
        assert_eq!(screen(&buf), "ﾂﾞعلا|見|");
        draw_row(pieces.map(Span::raw), Rect::ZERO, &mut buf);
    }
}
