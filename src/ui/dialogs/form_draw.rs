//! How a form looks, and where its caret is.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::form::Form;
use super::form_fields::{FormField, Input, Owner, Target};
use crate::ui::theme::Theme;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::popup;
use crate::ui::widgets::text::{cut, pad, visible, width, wrap};

/// The column of names.
const LABEL: u16 = 16;
/// The widest form: longer lines are hard to read.
const WIDEST: u16 = 84;
/// The lines of a text of many lines, at least.
const NOTE_LINES: u16 = 4;

/// Draws a form; answers where the caret is.
pub fn draw(
    form: &Form,
    screen: Rect,
    buf: &mut Buffer,
    theme: &Theme,
    glyphs: Glyphs,
) -> Option<Position> {
    let rows = rows(form);
    let wanted = rows.iter().map(|row| row.height).sum::<u16>() + 6;
    let area = popup::popup_area(screen, WIDEST.min(screen.width.saturating_sub(2)), wanted);
    popup::clear(area, buf);
    let inner = popup::frame(area, &form.title, theme.accent, glyphs, buf);
    let inner = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        ..inner
    };
    let body = Rect {
        y: inner.y + u16::from(inner.height > 8),
        height: inner.height.saturating_sub(3),
        ..inner
    };
    let mut caret = None;
    let mut below_focus = None;
    let mut y = body.y;
    for row in visible_rows(&rows, form.focus, body.height) {
        y += row.gap;
        let height = (row.height - row.gap).min(body.bottom().saturating_sub(y));
        let Some(field) = form.fields.get(row.field) else {
            continue;
        };
        let area = Rect { y, height, ..body };
        let focused = row.field == form.focus;
        draw_field(form, field, focused, area, buf, (theme, glyphs));
        if focused && height > 0 {
            let input = input_area(area);
            caret = Some(match &field.input {
                Input::Line(line) => line.cursor(line_area(form, field, input)),
                Input::Note(note) => note.cursor(input),
                Input::TooLong => input.as_position(),
            });
            below_focus = Some(Rect {
                y: y + height,
                height: screen.bottom().saturating_sub(y + height + 1),
                ..input
            });
        }
        y += height;
    }
    draw_bottom(form, inner, buf, theme, glyphs);
    if let Some(area) = below_focus {
        draw_offers(form, area, buf, theme, glyphs);
    }
    if form.asks() { None } else { caret }
}

/// A field's place among the rows of its page.
struct FormRow {
    field: usize,
    height: u16,
    gap: u16,
}

fn rows(form: &Form) -> Vec<FormRow> {
    let page = form.page();
    let mut rows: Vec<FormRow> = Vec::new();
    let mut last_owner = None;
    for at in page {
        let Some(field) = form.fields.get(at) else {
            continue;
        };
        let gap = u16::from(last_owner.is_some_and(|owner| owner != field.owner));
        last_owner = Some(field.owner);
        let height = match field.input {
            Input::Line(_) | Input::TooLong => 1,
            Input::Note(_) => NOTE_LINES + 3,
        };
        rows.push(FormRow {
            field: at,
            height: height + gap,
            gap,
        });
    }
    rows
}

/// The rows that fit, with the focused one among them.
fn visible_rows(rows: &[FormRow], focus: usize, height: u16) -> impl Iterator<Item = &FormRow> {
    let at = rows.iter().position(|row| row.field == focus).unwrap_or(0);
    let mut from = 0;
    let used = |from: usize| -> u16 {
        rows.iter()
            .skip(from)
            .take(at + 1 - from)
            .map(|r| r.height)
            .sum()
    };
    while from < at && used(from) > height {
        from += 1;
    }
    let mut room = height;
    rows.iter().skip(from).take_while(move |row| {
        let fits = room > row.gap;
        room = room.saturating_sub(row.height);
        fits
    })
}

fn input_area(area: Rect) -> Rect {
    let by = LABEL.min(area.width);
    Rect {
        x: area.x + by,
        width: area.width - by,
        ..area
    }
}

/// The part of a line that is typed into; what it will be read as stands right of it.
fn line_area(form: &Form, field: &FormField, input: Rect) -> Rect {
    let echo = match form.echo(field) {
        Some(Ok(text)) => width(&text) + 2,
        _ => 0,
    };
    let echo = u16::try_from(echo).unwrap_or(0).min(input.width / 2);
    Rect {
        width: input.width - echo,
        ..input
    }
}

fn draw_field(
    form: &Form,
    field: &FormField,
    focused: bool,
    area: Rect,
    buf: &mut Buffer,
    (theme, glyphs): (&Theme, Glyphs),
) {
    if area.height == 0 {
        return;
    }
    let wrong = matches!(&form.error, Some((Some(at), _)) if form.fields.get(*at).is_some_and(|f| std::ptr::eq(f, field)));
    let unread = matches!(form.echo(field), Some(Err(_)));
    let mark = if wrong || unread {
        "!"
    } else if focused {
        glyphs.selection()
    } else {
        " "
    };
    let style = match (wrong || unread, focused) {
        (true, _) => theme.alert,
        (_, true) => theme.accent,
        _ => theme.dim,
    };
    let label = pad(
        &format!("{mark} {}", field.label),
        LABEL.saturating_sub(1).into(),
        glyphs,
    );
    Span::styled(label, style).render(Rect { height: 1, ..area }, buf);
    let input = input_area(area);
    match &field.input {
        Input::Line(line) => {
            let place = line_area(form, field, input);
            line.draw(place, buf, theme.text, placeholder(field, focused));
            if let Some(Ok(text)) = form.echo(field) {
                let at = Rect {
                    x: place.right(),
                    width: input.right() - place.right(),
                    ..input
                };
                Line::styled(text, theme.good)
                    .right_aligned()
                    .render(at, buf);
            }
        }
        Input::Note(note) => note.draw(input, buf, theme.text, placeholder(field, focused)),
        Input::TooLong => {
            Span::styled("too long for a form: E opens the file", theme.dim).render(input, buf);
        }
    }
}

/// What to type is told where the caret is; elsewhere an empty field stays empty.
fn placeholder(field: &FormField, focused: bool) -> &'static str {
    match (focused, field.owner, field.field.name) {
        (false, ..) => "",
        (true, Owner::Next, "what") => "what you promised to do next",
        (true, Owner::Next, "due") => "until when: fri, in 2 weeks, 月末",
        _ => field.field.ask,
    }
}

/// Two lines at the bottom: what is wrong or asked, and what else there is.
fn draw_bottom(form: &Form, inner: Rect, buf: &mut Buffer, theme: &Theme, glyphs: Glyphs) {
    let lines: Vec<Line> = if form.asks() {
        vec![Line::styled(
            "Throw away what you typed?  y yes  n no",
            theme.alert,
        )]
    } else if let Some(why) = why(form) {
        let parts = wrap(&why, inner.width.into()).into_iter().take(2);
        parts
            .map(|part| Line::styled(part.into_owned(), theme.alert))
            .collect()
    } else if form.is_saving() {
        vec![Line::styled("saving", theme.dim)]
    } else {
        vec![Line::styled(
            cut(&more(form), inner.width.into(), glyphs).into_owned(),
            theme.dim,
        )]
    };
    let count = u16::try_from(lines.len()).unwrap_or(0).min(inner.height);
    for (line, y) in lines.into_iter().zip(inner.bottom() - count..) {
        line.render(
            Rect {
                y,
                height: 1,
                ..inner
            },
            buf,
        );
    }
}

fn why(form: &Form) -> Option<String> {
    if let Some((_, why)) = &form.error {
        return Some(visible(why).into_owned());
    }
    match form.focused().and_then(|field| form.echo(field)) {
        Some(Err(why)) => Some(why),
        _ => None,
    }
}

/// What the other page holds, or what a form of one field is for.
fn more(form: &Form) -> String {
    match form.target {
        Target::First => {
            return "Enter makes a journal with this customer. Enter alone opens the sample."
                .to_owned();
        }
        Target::Rename { .. } => return "References to the customer follow.".to_owned(),
        Target::Move { .. } => return "References to the entry follow.".to_owned(),
        _ => {}
    }
    let (page, other) = if form.focus < form.first_page {
        (1, form.fields.get(form.first_page..).unwrap_or(&[]))
    } else {
        (2, form.fields.get(..form.first_page).unwrap_or(&[]))
    };
    if other.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = other.iter().map(|field| field.label).collect();
    let what = if page == 1 {
        "more behind Tab"
    } else {
        "before"
    };
    format!("{what}: {}", names.join(", "))
}

fn draw_offers(form: &Form, area: Rect, buf: &mut Buffer, theme: &Theme, glyphs: Glyphs) {
    let offers = form.completion.matches();
    let Some(widest) = offers.iter().map(|offer| width(&visible(offer))).max() else {
        return;
    };
    let size = u16::try_from(widest + 4)
        .unwrap_or(u16::MAX)
        .min(area.width);
    let height = u16::try_from(offers.len()).unwrap_or(0).min(area.height);
    let area = Rect {
        width: size,
        height,
        ..area
    };
    popup::clear(area, buf);
    for (at, (offer, y)) in offers.iter().zip(area.top()..area.bottom()).enumerate() {
        let chosen = form.completion.selected() == Some(at);
        let mark = if chosen {
            glyphs.selection()
        } else {
            glyphs.column()
        };
        let text = pad(&format!("{mark} {offer}"), area.width.into(), glyphs);
        let style = if chosen { theme.selected } else { theme.dim };
        buf.set_string(area.x, y, text, style);
    }
}
