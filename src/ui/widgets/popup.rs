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

/// What is inside of a frame, with a column of air at each side. `marks`: columns kept for a mark.
pub fn inner(area: Rect, marks: u16) -> Rect {
    Rect {
        x: area.x + (2 + marks).min(area.width),
        y: area.y + 1.min(area.height),
        width: area.width.saturating_sub(4 + marks),
        height: area.height.saturating_sub(2),
    }
}

/// A frame in the middle of a screen, around lines that are read and scrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scrolled {
    /// The frame and what is inside.
    pub area: Rect,
    /// The lines; left of them there is room for a mark where they are selected.
    pub lines: Rect,
}

impl Scrolled {
    /// As wide as is good to read and as high as its lines, as far as there is room. `count`
    /// tells how many lines it takes at a width; `marks`: columns kept for a mark.
    pub fn over(screen: Rect, marks: u16, count: impl FnOnce(usize) -> usize) -> Scrolled {
        let width = if screen.width < 84 { screen.width } else { 80 };
        let room = width.saturating_sub(4 + marks);
        let height = u16::try_from(count(room.into())).unwrap_or(u16::MAX);
        let height = height
            .saturating_add(2)
            .min(screen.height.saturating_sub(2));
        let area = popup_area(screen, width, height);
        let lines = inner(area, marks);
        Scrolled { area, lines }
    }

    /// Draws the frame with its title, and where more lines follow than are seen, a mark.
    pub fn draw(self, title: &str, more: bool, style: Style, glyphs: Glyphs, buf: &mut Buffer) {
        frame(self.area, title, style, glyphs, buf);
        if more {
            let (x, y) = (self.lines.right(), self.area.bottom().saturating_sub(1));
            buf.set_string(x, y, glyphs.down(), style);
        }
    }

    /// A line of text on the lower edge of the frame.
    pub fn hint(self) -> Rect {
        Rect {
            y: self.area.bottom().saturating_sub(1),
            height: self.area.height.min(1),
            ..self.lines
        }
    }
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
    fn a_scrolled_frame_is_as_high_as_its_lines_and_no_higher_than_the_screen() {
        let of = |width, height, lines| {
            Scrolled::over(Rect::new(0, 0, width, height), 1, |room| {
                assert_eq!(room, usize::from(width.min(80).saturating_sub(5)));
                lines
            })
        };
        let found = of(120, 30, 4);
        assert_eq!(found.area, Rect::new(20, 12, 80, 6));
        assert_eq!(found.lines, Rect::new(23, 13, 75, 4));
        assert_eq!(found.hint(), Rect::new(23, 17, 75, 1));
        assert_eq!(of(40, 10, 99).area, Rect::new(0, 1, 40, 8));
        for size in 0..5 {
            let tiny = of(size, size, 3);
            let mut buf = Buffer::empty(Rect::new(0, 0, size, size));
            tiny.draw("見積", true, Style::default(), Glyphs::Unicode, &mut buf);
            assert!(tiny.lines.right() <= size && tiny.lines.bottom() <= size);
            assert!(tiny.hint().bottom() <= size);
        }
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
