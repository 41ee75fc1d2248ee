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
use crate::ui::widgets::text::{visible, width, wrap};

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
    let height = u16::try_from(rows.len()).unwrap_or(0) + 2;
    // Where the form will open, below the brief.
    let centred = popup::popup_area(screen, 48, height);
    let area = Rect {
        y: screen.bottom() - centred.height,
        ..centred
    };
    popup::clear(area, buf);
    let inner = popup::frame(area, title, theme.accent, glyphs, buf);
    for ((key, help), y) in rows.into_iter().zip(inner.top()..inner.bottom()) {
        let line = Line::from_iter([
            Span::styled(format!(" {key:<5}"), theme.accent),
            Span::styled(help, theme.text),
        ]);
        line.render(
            Rect {
                y,
                height: 1,
                ..inner
            },
            buf,
        );
    }
    Some(Position::new(inner.x + 1, inner.y))
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
