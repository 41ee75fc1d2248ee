//! A drawn screen as text, as text with its styles; keys as text.

use ratatui::buffer::{Buffer, Cell};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::style::{Color, Modifier};

/// One visible piece of a row: its first column, how many cells it takes, and its cell.
pub(super) type Piece<'a> = (u16, u16, &'a Cell);

/// The pieces of one row; the cells hidden behind a wide character are left out.
pub(super) fn pieces(buf: &Buffer, y: u16) -> Vec<Piece<'_>> {
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

/// The keys of a text: names with spaces between them, and what stands between angle brackets is
/// typed letter by letter: `a i <支払は分割なら> tab <見積2案> ctrl-s`.
///
/// # Errors
/// The name that no key has.
pub fn keys(text: &str) -> Result<Vec<KeyEvent>, String> {
    let mut all = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let words = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        if let Some((words, behind)) = words {
            all.extend(words.chars().map(|c| plain(KeyCode::Char(c))));
            rest = behind.trim_start();
        } else {
            let (name, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            all.push(key(name).ok_or_else(|| format!("no key is called {name:?}"))?);
            rest = behind.trim_start();
        }
    }
    Ok(all)
}

/// The key of that name, as the key table names it.
pub fn key(name: &str) -> Option<KeyEvent> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(plain(KeyCode::Char(letter)));
    }
    if let Some(rest) = name.strip_prefix("ctrl-") {
        let letter = rest.chars().next()?;
        return Some(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL));
    }
    Some(plain(match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "shift-tab" => KeyCode::BackTab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "bs" => KeyCode::Backspace,
        "del" => KeyCode::Delete,
        _ => return None,
    }))
}

fn plain(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    /// Wide characters, brackets, and styles of each sort.
    pub(in crate::ui) fn sample() -> Buffer {
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
}
