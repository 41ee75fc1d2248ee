//! A dialog that tells something and offers keys: lines above, a body that scrolls, keys below.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;
use ratatui::text::Span;

use crate::ui::keys::{Action, Scope};
use crate::ui::screens::Look;
use crate::ui::widgets::popup;
use crate::ui::widgets::row::draw_row;
use crate::ui::widgets::text::{width, wrap};

/// The height below which the text needs the room of the hints.
const LOW: u16 = 14;

/// A line: pieces of text with their styles.
pub type Drawn = Vec<(String, Style)>;

/// What a dialog tells.
pub struct Told<'a> {
    /// What stands in its frame.
    pub title: &'a str,
    /// Above the body, always seen where there is room.
    pub above: Vec<Drawn>,
    /// What can be scrolled.
    pub body: Vec<Drawn>,
    /// The keys.
    pub below: Vec<Drawn>,
    /// The widest it gets, in cells with its frame.
    pub widest: u16,
    /// The first line of the body that is seen; put right where it is too far.
    pub scroll: &'a Cell<usize>,
    /// The rows of the body that must be seen, from and to; the upper ones where not all have room.
    pub seen: Option<(usize, usize)>,
}

/// The cells that such a dialog has for its lines on a screen of this width.
pub fn room(screen: Rect, widest: u16) -> usize {
    usize::from(screen.width.min(widest).saturating_sub(4)).max(1)
}

impl Told<'_> {
    /// Draws it in the middle of a screen; answers where its body is, and how many lines that has.
    pub fn draw(mut self, screen: Rect, buf: &mut Buffer, look: Look) -> (Rect, usize) {
        if screen.height < LOW {
            // The footer names the others.
            self.below = self.below.into_iter().skip(1).take(2).collect();
        }
        let count = |lines: usize| u16::try_from(lines).unwrap_or(u16::MAX);
        let fixed = count(self.above.len() + self.below.len());
        let height = count(self.body.len()).saturating_add(fixed + 2);
        let area = popup::popup_area(screen, screen.width.min(self.widest), height);
        popup::frame(area, self.title, look.theme.accent, look.glyphs, buf);
        let inner = area.inner(Margin::new(2, 1));
        let [above, body, below] = [&self.above, &self.body, &self.below].map(|l| count(l.len()));
        let [top, body, bottom] = parts(inner, above, body.clamp(1, 2), below);
        render(&self.above, top, buf);
        render(&self.below, bottom, buf);
        let height = usize::from(body.height);
        let mut first = self.scroll.get();
        if let Some((from, to)) = self.seen {
            first = first.max((to + 1).saturating_sub(height)).min(from);
        }
        first = first.min(self.body.len().saturating_sub(height));
        self.scroll.set(first);
        render(self.body.get(first..).unwrap_or_default(), body, buf);
        let edge = |is_there: bool, y: u16, glyph: &str, buf: &mut Buffer| {
            if is_there && inner.right() < area.right() {
                buf.set_string(inner.right(), y, glyph, look.theme.accent);
            }
        };
        edge(first > 0, body.y, look.glyphs.up(), buf);
        let more = self.body.len() > first + height;
        let last = body.bottom().saturating_sub(1);
        edge(more, last, look.glyphs.down(), buf);
        (body, self.body.len())
    }
}

/// Heading, text and keys. Where there is no room for the heading and so many lines of the text,
/// the text goes before the heading.
fn parts(inner: Rect, above: u16, least: u16, below: u16) -> [Rect; 3] {
    let below = below.min(inner.height.saturating_sub(1));
    let above = match inner.height.saturating_sub(below) {
        room if room >= above.saturating_add(least) => above,
        room => room.saturating_sub(2).min(1),
    };
    let top = Rect {
        height: above,
        ..inner
    };
    let body = Rect {
        y: inner.y + above,
        height: inner.height - above - below,
        ..inner
    };
    let bottom = Rect {
        y: body.bottom(),
        height: below,
        ..inner
    };
    [top, body, bottom]
}

fn render(lines: &[Drawn], area: Rect, buf: &mut Buffer) {
    for (line, row) in lines.iter().zip(area.rows()) {
        let pieces = line.iter();
        draw_row(
            pieces.map(|(text, style)| Span::styled(text.as_str(), *style)),
            row,
            buf,
        );
    }
}

/// A text in lines of this width, all in one style.
pub fn paragraph(text: &str, room: usize, style: Style) -> Vec<Drawn> {
    let lines = wrap(text, room);
    let line = |line: &std::borrow::Cow<str>| vec![(line.clone().into_owned(), style)];
    lines.iter().map(line).collect()
}

/// Keys of a scope, each with what it does, as many on a line as fit; an empty line first.
pub fn keys(scope: Scope, words: &[(Action, &str)], room: usize, look: Look) -> Vec<Drawn> {
    let mut lines: Vec<Drawn> = vec![Vec::new()];
    let mut used = 0;
    let mut line: Drawn = Vec::new();
    for (action, what) in words {
        let Some(key) = look.keys.shown(scope, *action) else {
            continue;
        };
        let cells = width(&key) + 1 + width(what);
        if used > 0 && used + 3 + cells > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(("   ".to_owned(), look.theme.dim));
            used += 3;
        }
        used += cells;
        line.push((key, look.theme.accent));
        line.push((format!(" {what}"), look.theme.dim));
    }
    lines.push(line);
    lines
}
