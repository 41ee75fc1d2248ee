//! A drawn screen as text, as text with its styles, and as a picture.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// One visible piece of a row: its first column, how many cells it takes, and its cell.
type Piece<'a> = (u16, u16, &'a Cell);

/// The pieces of one row; the cells hidden behind a wide character are left out.
fn pieces(buf: &Buffer, y: u16) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut x = buf.area.left();
    while x < buf.area.right() {
        let cell = &buf[(x, y)];
        let width = u16::try_from(crate::ui::widgets::text::width(cell.symbol()))
            .unwrap_or(1)
            .max(1);
        pieces.push((x, width, cell));
        x = x.saturating_add(width);
    }
    pieces
}

fn row_text(buf: &Buffer, y: u16) -> String {
    let row: String = pieces(buf, y)
        .iter()
        .map(|(_, _, cell)| cell.symbol())
        .collect();
    row.trim_end().to_owned()
}

/// The screen as plain text: one line a row, without trailing spaces.
pub fn screen(buf: &Buffer) -> String {
    let rows: Vec<String> = (buf.area.top()..buf.area.bottom())
        .map(|y| row_text(buf, y))
        .collect();
    rows.join("\n")
}

/// The screen as text; below each row that has styles, a line like `    ^ 0-5 bold, 8 red on blue`
/// with the columns they cover.
pub fn styled(buf: &Buffer) -> String {
    let mut out = String::new();
    for y in buf.area.top()..buf.area.bottom() {
        out.push_str(&row_text(buf, y));
        out.push('\n');
        let mut runs: Vec<(u16, u16, String)> = Vec::new();
        for (x, width, cell) in pieces(buf, y) {
            let style = style_words(cell);
            match runs.last_mut() {
                Some((_, end, last)) if *last == style => *end = x + width - 1,
                _ => runs.push((x, x + width - 1, style)),
            }
        }
        let named = runs.iter().filter(|(_, _, style)| !style.is_empty());
        let named: Vec<String> = named
            .map(|(start, end, style)| match start == end {
                true => format!("{start} {style}"),
                false => format!("{start}-{end} {style}"),
            })
            .collect();
        if !named.is_empty() {
            out.push_str(&format!("    ^ {}\n", named.join(", ")));
        }
    }
    out
}

fn style_words(cell: &Cell) -> String {
    let names = [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
        (Modifier::CROSSED_OUT, "crossed"),
    ];
    let set = names
        .into_iter()
        .filter(|(modifier, _)| cell.modifier.contains(*modifier));
    let mut words: Vec<String> = set.map(|(_, name)| name.to_owned()).collect();
    if cell.fg != Color::Reset {
        words.push(cell.fg.to_string().to_lowercase());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg.to_string().to_lowercase()));
    }
    words.join(" ")
}

const FOREGROUND: &str = "#d8d8d8";
const BACKGROUND: &str = "#181818";
const CELL_WIDTH: f32 = 9.6;
const CELL_HEIGHT: f32 = 20.0;
const BASELINE: f32 = 15.0;

/// The sixteen colours of a terminal, in the order of their numbers.
const PALETTE: [&str; 16] = [
    "#282828", "#d75f5f", "#87af5f", "#d7af5f", "#5f87d7", "#af87d7", "#5fafaf", "#c6c6c6",
    "#767676", "#ff8787", "#afd787", "#ffd787", "#87afff", "#d7afff", "#87d7d7", "#ffffff",
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
/// characters are placed one by one, narrow ones word by word.
pub fn svg(buf: &Buffer) -> String {
    let (width, height) = (
        f32::from(buf.area.width) * CELL_WIDTH,
        f32::from(buf.area.height) * CELL_HEIGHT,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.1}\" \
         height=\"{height:.1}\" font-family=\"'DejaVu Sans Mono','Noto Sans Mono','Noto Sans Mono CJK JP',monospace\" \
         font-size=\"16\">\n<rect width=\"100%\" height=\"100%\" fill=\"{BACKGROUND}\"/>\n"
    );
    for y in buf.area.top()..buf.area.bottom() {
        let top = f32::from(y - buf.area.y) * CELL_HEIGHT;
        let row = pieces(buf, y);
        for (cells, columns, back) in runs(&row, |cell| colours(cell).1) {
            if back != BACKGROUND {
                let (x, width) = span(buf, cells, columns);
                let _ = writeln!(
                    svg,
                    "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{CELL_HEIGHT}\" fill=\"{back}\"/>"
                );
            }
        }
        write_row(buf, &row, top + BASELINE, &mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

/// The x and the width in pixels of `columns` cells from the first one on.
fn span(buf: &Buffer, first: u16, columns: u16) -> (f32, f32) {
    (
        f32::from(first - buf.area.x) * CELL_WIDTH,
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

fn write_row(buf: &Buffer, row: &[Piece<'_>], baseline: f32, svg: &mut String) {
    let mut rest = row;
    while let Some(((x, width, cell), behind)) = rest.split_first() {
        rest = behind;
        if cell.symbol().trim().is_empty() {
            continue;
        }
        let (mut text, mut columns) = (cell.symbol().to_owned(), *width);
        while let Some(((_, 1, next), behind)) = rest.split_first() {
            let same = *width == 1
                && next.style() == cell.style()
                && is_narrow_text(next)
                && is_narrow_text(cell);
            if !same {
                break;
            }
            text.push_str(next.symbol());
            columns += 1;
            rest = behind;
        }
        let (x, length) = span(buf, *x, columns);
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{baseline:.1}\" textLength=\"{length:.1}\" fill=\"{}\"{}>{}</text>",
            colours(cell).0,
            attributes(cell.modifier),
            escaped(&text)
        );
    }
}

/// True for what surely comes from the same monospaced font as its neighbours.
fn is_narrow_text(cell: &Cell) -> bool {
    cell.symbol().is_ascii() && cell.symbol().width() == 1 && cell.symbol() != " "
}

fn attributes(modifier: Modifier) -> String {
    let mut out = String::new();
    let all = [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::DIM, " opacity=\"0.6\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
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
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn sample() -> Buffer {
        let mut buf = Buffer::empty(Rect::new(0, 0, 16, 2));
        buf.set_string(0, 0, "▸ 山田商事 <3d>", Style::new().bold());
        buf.set_string(0, 1, "plain", Style::new());
        buf.set_string(6, 1, "件", Style::new().yellow().reversed());
        buf.set_string(9, 1, "x", Style::new().on_blue());
        buf
    }

    #[test]
    fn a_screen_is_printed_without_the_hidden_halves() {
        assert_eq!(screen(&sample()), "▸ 山田商事 <3d>\nplain 件 x");
    }

    #[test]
    fn styles_are_listed_below_their_row() {
        let expected =
            "▸ 山田商事 <3d>\n    ^ 0-14 bold\nplain 件 x\n    ^ 6-7 reversed yellow, 9 on blue\n";
        assert_eq!(styled(&sample()), expected);
    }

    #[test]
    fn a_picture_places_every_wide_character_by_itself() {
        let picture = svg(&sample());
        for (x, character) in [(2, '山'), (4, '田'), (6, '商'), (8, '事')] {
            let x = f32::from(x as u16) * CELL_WIDTH;
            assert!(
                picture.contains(&format!(
                    "<text x=\"{x:.1}\" y=\"15.0\" textLength=\"19.2\""
                )),
                "{picture}"
            );
            assert!(
                picture.contains(&format!("font-weight=\"bold\">{character}</text>")),
                "{picture}"
            );
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
}
