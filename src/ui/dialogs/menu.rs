//! Small dialogs: the letters behind a key, and questions.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::ui::keys::{Scope, shown};
use crate::ui::screens::Look;
use crate::ui::theme::Theme;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::popup;
use crate::ui::widgets::text::{cut, visible, width, wrap};

/// The letters behind a key: those of a scope.
pub fn draw_letters(
    scope: Scope,
    title: &str,
    screen: Rect,
    buf: &mut Buffer,
    look: Look,
) -> Option<Position> {
    let (theme, glyphs) = (look.theme, look.glyphs);
    let rows: Vec<(String, &str)> = look
        .keys
        .rows(scope)
        .filter_map(|row| Some((shown(row.keys.first()?), row.binding.help)))
        .collect();
    let height = u16::try_from(rows.len()).unwrap_or(0).saturating_add(2);
    // Where the form will open, below the brief.
    let centred = popup::popup_area(screen, 48, height);
    let area = Rect {
        y: screen.bottom() - centred.height,
        ..centred
    };
    popup::clear(area, buf);
    let inner = popup::frame(area, title, theme.accent, glyphs, buf);
    let places = columns(inner, rows.len());
    let is_narrow = rows.len() > usize::from(inner.height);
    for ((key, help), place) in rows.into_iter().zip(places) {
        // Where two stand beside each other there is room for the word, not for what it means.
        let word = help.split(':').next().unwrap_or(help);
        let (help, keys) = if is_narrow { (word, 4) } else { (help, 5) };
        let room = usize::from(place.width).saturating_sub(keys + 2);
        Line::from_iter([
            Span::styled(format!(" {key:<keys$}"), theme.accent),
            Span::styled(cut(help, room, glyphs), theme.text),
        ])
        .render(place, buf);
    }
    Some(Position::new(inner.x + 1, inner.y))
}

/// The places of so many lines: below each other, and in as many columns as that takes.
fn columns(area: Rect, lines: usize) -> Vec<Rect> {
    let height = usize::from(area.height).max(1);
    let count = u16::try_from(lines.div_ceil(height)).unwrap_or(u16::MAX);
    let width = area.width / count.max(1);
    (0..count)
        .flat_map(|column| (area.top()..area.bottom()).map(move |y| (column, y)))
        .map(|(column, y)| Rect::new(area.x + column * width, y, width, 1))
        .collect()
}

/// A question with yes or no.
pub fn draw_confirm(
    question: &str,
    screen: Rect,
    buf: &mut Buffer,
    theme: &Theme,
    glyphs: Glyphs,
) -> Option<Position> {
    let question = visible(question);
    let most = usize::from(screen.width.saturating_sub(6)).min(72);
    let lines = wrap(&question, most.max(1));
    let widest = lines
        .iter()
        .map(|line| width(line))
        .max()
        .unwrap_or(0)
        .max(28);
    let size = u16::try_from(widest + 4).unwrap_or(u16::MAX);
    let height = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .saturating_add(4);
    let area = popup::popup_area(screen, size, height);
    popup::clear(area, buf);
    let inner = popup::frame(area, "", theme.accent, glyphs, buf);
    let inner = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        ..inner
    };
    for (line, y) in lines.iter().zip(inner.top()..inner.bottom()) {
        Span::styled(line.as_ref(), theme.text).render(
            Rect {
                y,
                height: 1,
                ..inner
            },
            buf,
        );
    }
    let last = Rect {
        y: inner.bottom().saturating_sub(1),
        height: inner.height.min(1),
        ..inner
    };
    Line::from_iter([
        Span::styled("y", theme.accent),
        Span::styled(" yes, u undoes it   ", theme.dim),
        Span::styled("n", theme.accent),
        Span::styled(" no", theme.dim),
    ])
    .render(last, buf);
    Some(last.as_position())
}
