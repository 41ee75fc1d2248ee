//! A box over the screen: where it stands, and a clean edge over whatever lies below.

use super::glyphs::Glyphs;
use super::text;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::{Block, Widget};

/// An area of `width` by `height` cells in the middle of `screen`, or as much of it as there is.
pub fn popup_area(screen: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(screen.width), height.min(screen.height));
    Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 2,
        width,
        height,
    }
}

/// Empties the area. A wide character that reaches in or out over an edge goes as a whole,
/// because a terminal would draw its other half over the edge.
pub fn clear(area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    for y in area.top()..area.bottom() {
        clear_left_edge(area.x, y, buf);
        clear_right_edge(area, y, buf);
        for x in area.left()..area.right() {
            buf[(x, y)].reset();
        }
    }
}

fn clear_left_edge(edge: u16, y: u16, buf: &mut Buffer) {
    let mut x = buf.area.left();
    while x < edge {
        let end = x.saturating_add(cells(buf, x, y));
        if end > edge {
            for x in x..edge {
                buf[(x, y)].set_symbol(" ");
            }
        }
        x = end;
    }
}

fn clear_right_edge(area: Rect, y: u16, buf: &mut Buffer) {
    let mut x = area.left();
    while x < area.right() {
        let end = x.saturating_add(cells(buf, x, y));
        let style = buf[(x, y)].style();
        for x in area.right()..end.min(buf.area.right()) {
            buf[(x, y)].set_symbol(" ").set_style(style);
        }
        x = end;
    }
}

fn cells(buf: &Buffer, x: u16, y: u16) -> u16 {
    let width = buf
        .cell(Position::new(x, y))
        .map_or(1, |cell| text::width(cell.symbol()));
    u16::try_from(width).unwrap_or(u16::MAX).max(1)
}

/// Clears the area, draws a border with a title around it, and returns what is inside.
pub fn frame(area: Rect, title: &str, style: Style, glyphs: Glyphs, buf: &mut Buffer) -> Rect {
    let area = area.intersection(buf.area);
    clear(area, buf);
    let mut block = Block::bordered()
        .border_set(glyphs.border())
        .border_style(style)
        .title_style(style);
    let room = usize::from(area.width.saturating_sub(4));
    if !title.is_empty() && room > 0 {
        block = block.title(format!(" {} ", text::cut(title, room, glyphs)));
    }
    let inside = block.inner(area);
    block.render(area, buf);
    inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::screen;

    #[test]
    fn a_popup_stands_in_the_middle_and_fits() {
        let screen = Rect::new(0, 0, 80, 24);
        assert_eq!(popup_area(screen, 40, 10), Rect::new(20, 7, 40, 10));
        assert_eq!(popup_area(screen, 100, 50), screen);
        assert_eq!(popup_area(Rect::ZERO, 9, 9), Rect::ZERO);
    }

    #[test]
    fn its_border_survives_wide_characters_on_both_edges() {
        let mut buf = Buffer::with_lines(["山田商事の見積", "a田商事の見積", "山田商事の見積"]);
        let inside = frame(
            Rect::new(3, 0, 6, 3),
            "件",
            Style::default(),
            Glyphs::Unicode,
            &mut buf,
        );
        assert_eq!(
            screen(&buf),
            "山 ┌ 件 ┐ 見積
a田│    │見積
山 └────┘ 見積"
        );
        assert_eq!(inside, Rect::new(4, 1, 4, 1));
    }

    #[test]
    fn the_ascii_border_is_ascii() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 12, 3));
        frame(
            buf.area,
            "a long title",
            Style::default(),
            Glyphs::Ascii,
            &mut buf,
        );
        assert_eq!(screen(&buf), "+ a long ~ +\n|          |\n+----------+");
    }

    #[test]
    fn no_size_is_too_small_or_too_large() {
        for width in 0..6 {
            for height in 0..4 {
                let mut buf = Buffer::with_lines(["見積見積", "見積見積"]);
                let area = Rect::new(1, 0, width, height);
                frame(area, "見積", Style::default(), Glyphs::Unicode, &mut buf);
            }
        }
        let mut buf = Buffer::with_lines(["見積"]);
        frame(
            Rect::new(3, 0, 900, 900),
            "",
            Style::default(),
            Glyphs::Unicode,
            &mut buf,
        );
        clear(Rect::new(50, 50, 2, 2), &mut buf);
    }
}
