//! A drawn screen as a picture.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr;

use super::testing::{Piece, pieces};

const FOREGROUND: &str = "#d7dae0";
const BACKGROUND: &str = "#1c1f26";
const CELL_WIDTH: f32 = 9.6;
const CELL_HEIGHT: f32 = 20.0;
/// From the top of a cell to the line that its letters stand on.
const BASELINE: f32 = 15.0;
/// The size of the letters that take two cells, which they fill.
const WIDE: f32 = 18.4;
/// From the edge of the picture to the first cell.
const MARGIN: f32 = 14.0;

/// The sixteen colours of a terminal, in the order of their numbers.
const PALETTE: [&str; 16] = [
    "#2a2e37", "#f08c82", "#a3c77a", "#e0b872", "#82a6e0", "#c49ae0", "#7fc1ca", "#c3c7cf",
    "#767c88", "#ffaaa0", "#bfe096", "#f5d292", "#a0c0f5", "#dab6f2", "#9fdbe3", "#ffffff",
];

fn hex(color: Color, default: &str) -> String {
    let number = match color {
        Color::Reset => return default.to_owned(),
        Color::Rgb(red, green, blue) => return format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::Indexed(number) => return indexed(number),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    indexed(number)
}

/// The colour with this number among the 256 of a terminal.
fn indexed(number: u8) -> String {
    if let Some(named) = PALETTE.get(usize::from(number)) {
        return (*named).to_owned();
    }
    let Some(cube) = 231_u8.checked_sub(number) else {
        let grey = 8 + 10 * (u16::from(number) - 232);
        return format!("#{grey:02x}{grey:02x}{grey:02x}");
    };
    let at = 215 - cube;
    let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
    format!(
        "#{:02x}{:02x}{:02x}",
        level(at / 36),
        level(at / 6 % 6),
        level(at % 6)
    )
}

/// The foreground and background a cell shows.
fn colours(cell: &Cell) -> (String, String) {
    let (front, back) = (hex(cell.fg, FOREGROUND), hex(cell.bg, BACKGROUND));
    match cell.modifier.contains(Modifier::REVERSED) {
        true => (back, front),
        false => (front, back),
    }
}

/// The screen as an SVG picture in which every character stands exactly in its cell: wide
/// characters are placed one by one, narrow ones word by word; lines and bars are drawn. The
/// cursor is a bar before its cell.
pub fn svg(buf: &Buffer, cursor: Option<Position>) -> String {
    let (width, height) = (
        f32::from(buf.area.width) * CELL_WIDTH + 2.0 * MARGIN,
        f32::from(buf.area.height) * CELL_HEIGHT + 2.0 * MARGIN,
    );
    let ground = ground(buf);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.1}\" \
         height=\"{height:.1}\" font-family=\"'DejaVu Sans Mono','Noto Sans Mono','Noto Sans Mono CJK JP','Noto Sans CJK JP',monospace\" \
         font-size=\"16\" xml:space=\"preserve\">\n<rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"{ground}\"/>\n"
    );
    for y in buf.area.top()..buf.area.bottom() {
        let top = MARGIN + f32::from(y - buf.area.y) * CELL_HEIGHT;
        let row = pieces(buf, y);
        for (cells, columns, back) in runs(&row, |cell| colours(cell).1) {
            if back != ground {
                let (x, width) = span(buf, cells, columns);
                let _ = writeln!(
                    svg,
                    "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{CELL_HEIGHT}\" fill=\"{back}\"/>"
                );
            }
        }
        write_row(buf, &row, top, &mut svg);
    }
    if let Some(at) = cursor.filter(|at| buf.area.contains(*at)) {
        let (x, _) = span(buf, at.x, 1);
        let top = MARGIN + f32::from(at.y - buf.area.y) * CELL_HEIGHT;
        let _ = writeln!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"2\" height=\"{:.1}\" fill=\"{}\"/>",
            x - 1.0,
            top + 1.0,
            CELL_HEIGHT - 2.0,
            colours(&buf[at]).0
        );
    }
    svg.push_str("</svg>\n");
    svg
}

/// What is behind everything: what the first cell has behind it.
fn ground(buf: &Buffer) -> String {
    let first = buf.content.first();
    first.map_or_else(|| BACKGROUND.to_owned(), |cell| colours(cell).1)
}

/// The x and the width in pixels of `columns` cells from the first one on.
fn span(buf: &Buffer, first: u16, columns: u16) -> (f32, f32) {
    (
        MARGIN + f32::from(first - buf.area.x) * CELL_WIDTH,
        f32::from(columns) * CELL_WIDTH,
    )
}

/// Neighbouring pieces with the same key: first column, columns, key.
fn runs(row: &[Piece<'_>], key: impl Fn(&Cell) -> String) -> Vec<(u16, u16, String)> {
    let mut runs: Vec<(u16, u16, String)> = Vec::new();
    for (x, width, cell) in row {
        let key = key(cell);
        match runs.last_mut() {
            Some((_, columns, last)) if *last == key => *columns += width,
            _ => runs.push((*x, *width, key)),
        }
    }
    runs
}

fn write_row(buf: &Buffer, row: &[Piece<'_>], top: f32, svg: &mut String) {
    let baseline = top + BASELINE;
    let mut rest = row;
    while let Some((first @ (x, width, cell), mut behind)) = rest.split_first() {
        let mut last = first;
        let mut text = cell.symbol().to_owned();
        while let Some((next, further)) = behind.split_first()
            && go_together(first, next)
        {
            text.push_str(next.2.symbol());
            (last, behind) = (next, further);
        }
        rest = behind;
        let (left, length) = span(buf, *x, last.0 + last.1 - x);
        let style = format!("fill=\"{}\"{}", colours(cell).0, attributes(cell.modifier));
        if text.trim().is_empty() {
            continue;
        }
        if let Some(path) = line_path(cell.symbol(), left, length, top) {
            let _ = writeln!(svg, "<path d=\"{path}\" {style}/>");
        } else if *width > 1 {
            write_wide(&text, left, baseline, &style, svg);
        } else {
            let _ = writeln!(
                svg,
                "<text x=\"{left:.1}\" y=\"{baseline:.1}\" textLength=\"{length:.1}\" {style}>{}</text>",
                escaped(&text)
            );
        }
    }
}

/// Characters of two cells each: every one is placed, as not all fonts make them equally wide, and
/// not all viewers know a list of places.
fn write_wide(text: &str, left: f32, baseline: f32, style: &str, svg: &mut String) {
    // What is drawn below a text is not handed on to the parts of a group by all viewers.
    let line = if style.contains(UNDERLINE) {
        UNDERLINE
    } else {
        ""
    };
    let style = style.replace(UNDERLINE, "");
    let _ = write!(svg, "<g font-size=\"{WIDE}\" {style}>");
    let mut x = left + CELL_WIDTH - WIDE / 2.0;
    for character in text.graphemes(true) {
        let character = escaped(character);
        let _ = write!(
            svg,
            "<text x=\"{x:.1}\" y=\"{baseline:.1}\"{line}>{character}</text>"
        );
        x += 2.0 * CELL_WIDTH;
    }
    svg.push_str("</g>\n");
}

/// Whether a piece can be written in one go with those before it.
fn go_together(first: &Piece<'_>, next: &Piece<'_>) -> bool {
    let are_rules = first.2.symbol() == "─" && next.2.symbol() == "─";
    first.2.style() == next.2.style()
        && match (first.1, next.1) {
            (1, 1) => are_rules || is_narrow_text(first.2) && is_narrow_text(next.2),
            (2, 2) => true,
            _ => false,
        }
}

/// A line or a bar as a path that meets the next one without a gap; `None` for other characters.
fn line_path(symbol: &str, x: f32, width: f32, top: f32) -> Option<String> {
    const LINE: f32 = 1.4;
    let (right, bottom) = (x + width, top + CELL_HEIGHT);
    let left_edge = x + (CELL_WIDTH - LINE) / 2.0;
    let upper_edge = top + (CELL_HEIGHT - LINE) / 2.0;
    let (right_edge, lower_edge) = (left_edge + LINE, upper_edge + LINE);
    let bar = |x: f32, y: f32, right: f32, bottom: f32| {
        format!("M{x:.1} {y:.1}H{right:.1}V{bottom:.1}H{x:.1}z")
    };
    let across = |from: f32, to: f32| bar(from, upper_edge, to, lower_edge);
    let down = |from: f32, to: f32| bar(left_edge, from, right_edge, to);
    let full = |eighths: f32| bar(x, bottom - CELL_HEIGHT * eighths / 8.0, right - 1.0, bottom);
    Some(match symbol {
        "─" => across(x, right),
        "│" => down(top, bottom),
        "┌" => across(left_edge, right) + &down(upper_edge, bottom),
        "┐" => across(x, right_edge) + &down(upper_edge, bottom),
        "└" => across(left_edge, right) + &down(top, lower_edge),
        "┘" => across(x, right_edge) + &down(top, lower_edge),
        "▁" => full(1.0),
        "▃" => full(3.0),
        "▅" => full(5.0),
        "▇" => full(7.0),
        _ => return None,
    })
}

/// True for what surely comes from the same monospaced font as its neighbours.
fn is_narrow_text(cell: &Cell) -> bool {
    cell.symbol().is_ascii() && cell.symbol().width() == 1 && cell.symbol() != " "
}

const UNDERLINE: &str = " text-decoration=\"underline\"";

fn attributes(modifier: Modifier) -> String {
    let mut out = String::new();
    let all = [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::DIM, " opacity=\"0.6\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, UNDERLINE),
        (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
    ];
    for (flag, attribute) in all {
        if modifier.contains(flag) {
            out.push_str(attribute);
        }
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::tests::sample;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn a_picture_places_every_wide_character_by_itself() {
        let picture = svg(&sample(), None);
        // Behind the margin and two columns, two columns each, in the middle of them.
        for placed in [
            "<g font-size=\"18.4\" fill=\"#d7dae0\" font-weight=\"bold\"><text x=\"33.6\" y=\"29.0\">山<",
            "<text x=\"52.8\" y=\"29.0\">田<",
            "<text x=\"72.0\" y=\"29.0\">商<",
            "<text x=\"91.2\" y=\"29.0\">事<",
        ] {
            assert!(picture.contains(placed), "{placed}\n{picture}");
        }
        assert!(picture.contains(">&lt;3d&gt;</text>"), "{picture}");
        assert!(
            picture.contains(&format!("fill=\"{}\"/>", PALETTE[3])),
            "reversed: {picture}"
        );
        assert!(picture.ends_with("</svg>\n"));
    }

    #[test]
    fn all_256_colours_have_a_value() {
        assert_eq!(indexed(3), PALETTE[3]);
        assert_eq!(
            [16, 21, 196, 231, 232, 255].map(indexed).join(" "),
            "#000000 #0000ff #ff0000 #ffffff #080808 #eeeeee"
        );
    }

    #[test]
    fn lines_are_drawn_without_gaps_and_the_cursor_is_a_bar() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 2, 2));
        buf.set_string(0, 0, "│", Style::new());
        buf.set_string(0, 1, "│", Style::new());
        let picture = svg(&buf, Some(Position::new(1, 1)));
        assert!(picture.contains("M18.1 14.0H19.5V34.0H18.1z"), "{picture}");
        assert!(picture.contains("M18.1 34.0H19.5V54.0H18.1z"), "{picture}");
        assert!(
            picture.contains("x=\"22.6\" y=\"35.0\" width=\"2\""),
            "{picture}"
        );
    }
}
