//! What holds for every cell of every screen, and for every byte that goes to the terminal.

use goodwill::model::timeline::mark::Mark;
use goodwill::ui::app::App;
use goodwill::ui::front::Screen;
use goodwill::ui::widgets::glyphs::Glyphs;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Position;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Whether a character acts on a terminal or hides in a text: controls, and all that Unicode
/// calls a format character, a separator of lines or ignorable, but what a cluster may hold
/// behind a visible character (joiners, variation selectors).
pub fn is_hostile(c: char) -> bool {
    matches!(c, '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// What is wrong with the symbol of one cell.
fn wrong_with(symbol: &str) -> Option<String> {
    if let [b' '..=b'~'] = symbol.as_bytes() {
        return None;
    }
    if let Some(c) = symbol.chars().find(|c| is_hostile(*c)) {
        return Some(format!("{c:?} is hostile"));
    }
    if symbol.graphemes(true).count() != 1 {
        return Some("not one character".to_owned());
    }
    let mut chars = symbol.chars().peekable();
    if chars
        .peek()
        .is_none_or(|c| *c == '\u{200d}' || c.width() == Some(0))
        && symbol != "ﾞ"
    {
        return (symbol != "ﾟ").then(|| "nothing to see".to_owned());
    }
    while let Some(c) = chars.next() {
        let joins = chars.peek().is_some_and(|next| next.width() == Some(2));
        if c == '\u{200d}' && !joins {
            return Some("a joiner that joins nothing".to_owned());
        }
    }
    None
}

/// What is wrong with a drawn screen: each row has to add up to the width, and nothing may stand
/// half behind a wide character.
pub fn cells(buf: &Buffer) -> Vec<String> {
    cells_but(buf, &Buffer::empty(buf.area))
}

/// The same, of the rows that are not as they were on a screen that was looked at before.
fn cells_but(buf: &Buffer, before: &Buffer) -> Vec<String> {
    let mut told = Vec::new();
    let width = usize::from(buf.area.width).max(1);
    let rows = buf.content.chunks(width).zip(before.content.chunks(width));
    let changed = rows.enumerate().filter(|(_, (row, before))| row != before);
    for (y, (row, _)) in changed {
        let mut x = 0;
        while let Some(cell) = row.get(x) {
            let symbol = cell.symbol();
            if let Some(why) = wrong_with(symbol) {
                told.push(format!("{x},{y} {symbol:?}: {why}"));
            }
            let end = x + usize::from(symbol.cell_width().max(1));
            if end > width {
                told.push(format!("{x},{y} {symbol:?} reaches over the edge"));
            }
            let hidden = row.get(x + 1..end).unwrap_or_default();
            for behind in hidden
                .iter()
                .map(|cell| cell.symbol())
                .filter(|s| *s != " ")
            {
                told.push(format!(
                    "{behind:?} stands half behind {symbol:?} at {x},{y}"
                ));
            }
            x = end;
        }
    }
    told
}

/// What differs from the screen drawn with Unicode marks, but that a mark became its twin.
pub fn twins(unicode: &Buffer, ascii: &Buffer) -> Vec<String> {
    let pairs = pairs();
    let differs = unicode.content.iter().zip(&ascii.content).enumerate();
    let wrong = differs.filter(|(_, (one, other))| {
        let pair = (one.symbol(), other.symbol());
        pair.0 != pair.1 && !pairs.contains(&pair)
    });
    let width = usize::from(unicode.area.width).max(1);
    let told = wrong.map(|(at, (one, other))| {
        let (one, other) = (one.symbol(), other.symbol());
        format!(
            "{},{} {one:?} is {other:?} in ASCII",
            at % width,
            at / width
        )
    });
    told.collect()
}

fn pairs() -> Vec<(&'static str, &'static str)> {
    let marks = |glyphs: Glyphs| {
        let border = glyphs.border();
        let mut all = vec![
            glyphs.selection(),
            glyphs.prompt(),
            glyphs.done(),
            glyphs.open(),
        ];
        all.extend([
            glyphs.won(),
            glyphs.lost(),
            glyphs.separator(),
            glyphs.rule(),
        ]);
        all.extend([
            glyphs.column(),
            glyphs.ellipsis(),
            glyphs.up(),
            glyphs.down(),
        ]);
        all.extend([
            glyphs.left(),
            glyphs.right(),
            border.top_left,
            border.top_right,
        ]);
        all.extend([
            border.bottom_left,
            border.bottom_right,
            border.vertical_left,
        ]);
        all.extend([
            border.vertical_right,
            border.horizontal_top,
            border.horizontal_bottom,
        ]);
        all.extend([glyphs.knot(), glyphs.dot()]);
        all.extend(glyphs.levels());
        all.extend(glyphs.eighths());
        all.extend(Mark::LEGEND.map(|mark| mark.sign(glyphs == Glyphs::Ascii)));
        all
    };
    marks(Glyphs::Unicode)
        .into_iter()
        .zip(marks(Glyphs::Ascii))
        .collect()
}

/// What of a screen of ASCII marks and ASCII words is not ASCII: marks, as an example of what to
/// type may well be a word of another script.
pub fn ascii(buf: &Buffer) -> Vec<String> {
    let symbols = buf.content.iter().map(|cell| cell.symbol());
    let wrong = symbols.filter(|symbol| !symbol.is_ascii());
    let wrong = wrong.filter(|symbol| !symbol.chars().all(char::is_alphabetic));
    wrong
        .map(|symbol| format!("{symbol:?} is not ASCII"))
        .collect()
}

/// What is wrong with the frames of a screen: each has four corners and lines between them, and
/// between list and page there is a rule from top to bottom. Offered words may hide a piece of
/// the lower line.
pub fn frames(buf: &Buffer, app: &App) -> Vec<String> {
    let at = |x: u16, y: u16| {
        buf.cell(Position::new(x, y))
            .map_or("", |cell| cell.symbol())
    };
    let mut told = Vec::new();
    let corners = buf.content.iter().enumerate();
    for (index, _) in corners.filter(|(_, cell)| cell.symbol() == "┌") {
        let (x, y) = buf.pos_of(index);
        let down = (y + 1..)
            .take_while(|row| at(x, *row) == "│")
            .last()
            .unwrap_or(y)
            + 1;
        let rights = (x + 1..buf.area.right()).rev();
        let right = rights
            .into_iter()
            .find(|column| at(*column, y) == "┐")
            .unwrap_or(x);
        let sides = (y + 1..down).all(|row| at(right, row) == "│");
        let corners = [at(x, down), at(right, down)] == ["└", "┘"];
        let hides = |symbol: &str| symbol != "─" && symbol != "▾";
        let broken = (x + 1..right).any(|column| hides(at(column, down)));
        if !(sides && corners) || (broken && !offers(app)) {
            told.push(format!("the frame at {x},{y} to {right},{down} is open"));
        }
    }
    let is_divided = app.screen == Screen::Customers;
    if is_divided && app.dialog.is_none() && app.notice.is_none() && !app.is_first() {
        let rule = app.ctx().areas(false).rule.unwrap_or_default();
        let gaps = rule.positions().filter(|p| at(p.x, p.y) != "│");
        told.extend(gaps.map(|p| format!("the rule has a gap at {p}")));
    }
    told
}

fn offers(app: &App) -> bool {
    use goodwill::ui::dialogs::Dialog;
    matches!(&app.dialog, Some(Dialog::Form(form)) if !form.completion.matches().is_empty())
}

/// A terminal at the other end of the wire.
pub struct Wire {
    terminal: vt100::Parser,
    shown: Buffer,
}

impl Wire {
    /// An empty one, as large as the buffer.
    pub fn new(like: &Buffer) -> Wire {
        let cells = |count: u16| count.try_into().unwrap();
        Wire {
            terminal: vt100::Parser::new(cells(like.area.height), cells(like.area.width), 0),
            shown: Buffer::empty(like.area),
        }
    }

    /// Sends what differs from the screen before; tells what is wrong with its cells and with the
    /// bytes, and where the terminal shows something else than what was drawn.
    pub fn show(&mut self, buf: &Buffer) -> Vec<String> {
        let mut bytes = Vec::new();
        let updates = self.shown.diff(buf);
        let mut backend = CrosstermBackend::new(&mut bytes);
        backend.draw(updates.into_iter()).unwrap();
        let mut told = cells_but(buf, &self.shown);
        told.extend(on_the_wire(&bytes));
        self.terminal.process(&bytes);
        let odd = told.is_empty() && self.compare(buf, &mut told);
        self.shown.clone_from(buf);
        if odd {
            // A terminal that knows no clusters is left with pieces of one: begin anew.
            *self = Wire::new(buf);
        }
        told
    }

    /// Looks at the rows that were sent. Answers whether there are clusters in them that this
    /// terminal can't show.
    fn compare(&self, buf: &Buffer, told: &mut Vec<String>) -> bool {
        let screen = self.terminal.screen();
        let shown: Vec<String> = screen.rows(0, buf.area.width).collect();
        let mut odd = false;
        let width = usize::from(buf.area.width).max(1);
        let rows = buf
            .content
            .chunks(width)
            .zip(self.shown.content.chunks(width));
        for (y, (now, before)) in (buf.area.top()..).zip(rows) {
            if now == before {
                continue;
            }
            // A quick look first: most rows are narrow, and as they should be.
            let drawn: String = now.iter().map(|cell| cell.symbol()).collect();
            let is_narrow = |c: char| matches!(c, ' '..='~' | '\u{2500}'..='\u{257f}' | '▸' | '…');
            let shown = shown.get(usize::from(y)).map_or("", |row| row.trim_end());
            if drawn.chars().all(is_narrow) && drawn.trim_end() == shown {
                continue;
            }
            let mut x = buf.area.left();
            while x < buf.area.right() {
                let symbol = buf[(x, y)].symbol();
                let width = symbol.cell_width().max(1);
                if !is_plain(symbol) {
                    odd = true;
                    break;
                }
                let shown = screen.cell(y, x).map_or("", |cell| cell.contents());
                let same = symbol.starts_with(shown) && !shown.is_empty();
                if !(same || shown.is_empty() && symbol == " ") {
                    told.push(format!("{x},{y} shows {shown:?} instead of {symbol:?}"));
                }
                x += width;
            }
        }
        odd
    }
}

/// Whether the characters of a cluster take as many cells one by one as together.
fn is_plain(symbol: &str) -> bool {
    let each = symbol.chars().map(|c| c.width().unwrap_or(0));
    symbol.is_ascii() || each.sum::<usize>() == usize::from(symbol.cell_width())
}

/// What goes to the terminal besides text: only moves and colours of the program's own.
pub fn on_the_wire(bytes: &[u8]) -> Vec<String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return vec!["not UTF-8".to_owned()];
    };
    let mut told = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            let rest = chars.as_str();
            let own = rest.strip_prefix('[').and_then(|rest| {
                let end = rest.find(|c: char| !matches!(c, '0'..='9' | ';' | ':'))?;
                rest.get(end..)?.strip_prefix(['H', 'm'])
            });
            match own {
                Some(behind) => chars = behind.chars(),
                None => told.push(format!("{:?}", rest.chars().take(12).collect::<String>())),
            }
        } else if is_hostile(c) {
            told.push(format!("{c:?} on the wire"));
        }
    }
    told
}
