//! How a form looks, and where its caret is.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::form::Form;
use super::form_fields::{FormField, Input, Owner, Target};
use crate::ui::theme::Theme;
use crate::ui::widgets::glyphs::Glyphs;
use crate::ui::widgets::popup;
use crate::ui::widgets::text::{pad, visible, width, wrap};

/// The column of names.
const LABEL: u16 = 18;
/// The widest form: longer lines are hard to read.
const WIDEST: u16 = 84;
/// The lines of a text of many lines.
const NOTE_LINES: u16 = 7;
/// The most lines at the bottom: why something was refused may take more than one.
const MOST_LINES: usize = 5;

/// Draws a form; answers where the caret is.
pub fn draw(
    form: &Form,
    screen: Rect,
    buf: &mut Buffer,
    theme: &Theme,
    glyphs: Glyphs,
) -> Option<Position> {
    let area = place(form, screen);
    let inner = popup::frame(area, &form.title, theme.accent, glyphs, buf);
    let inner = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        ..inner
    };
    let bottom = bottom(form, inner.width.into(), theme);
    let below = u16::try_from(bottom.len()).unwrap_or(0) + 1;
    let above = u16::from(inner.height > 8);
    let body = Rect {
        y: inner.y + above,
        height: inner.height.saturating_sub(above + below).max(1),
        ..inner
    };
    let rows = rows(form, form.page());
    let mut caret = None;
    let mut focus = None;
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
            focus = Some(Rect { y, height, ..input });
        }
        y += height;
    }
    let lines = inner.bottom().saturating_sub(below - 1).max(body.bottom());
    for (line, y) in bottom.into_iter().zip(lines..inner.bottom()) {
        let area = Rect {
            y,
            height: 1,
            ..inner
        };
        line.render(area, buf);
    }
    if let Some(field) = focus {
        draw_offers(form, field, screen, buf, theme, glyphs);
    }
    if form.asks() { None } else { caret }
}

/// Where the form stands: at the bottom, so that the brief of the customer it is about can still
/// be read on the phone; without a customer near the top. It is as wide as its place where little
/// would be left beside it.
fn place(form: &Form, screen: Rect) -> Rect {
    let rows = rows(form, form.page());
    let height = rows.iter().map(|row| row.height).sum::<u16>() + 6;
    let width = if screen.width < WIDEST + 4 {
        screen.width
    } else {
        WIDEST
    };
    let extra = match bottom(
        form,
        usize::from(width).saturating_sub(4),
        &Theme::default(),
    )
    .len()
    {
        0..=2 => 0,
        lines => u16::try_from(lines - 2).unwrap_or(0),
    };
    let centred = popup::popup_area(screen, width, height + extra);
    let free = screen.height - centred.height;
    let above = match form.target.customer() {
        Some(_) => free,
        None => (free / 2).min(2),
    };
    Rect {
        y: screen.y + above,
        ..centred
    }
}

/// A field's place among the rows of its page.
struct FormRow {
    field: usize,
    height: u16,
    gap: u16,
}

fn rows(form: &Form, page: Range<usize>) -> Vec<FormRow> {
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
            Input::Note(_) => NOTE_LINES,
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
                Line::from(Span::styled(text, theme.good))
                    .right_aligned()
                    .render(at, buf);
            }
        }
        Input::Note(note) => note.draw(input, buf, theme.text, placeholder(field, focused)),
        Input::TooLong => {
            Span::styled("too long for a form: Esc, then E opens the file", theme.dim)
                .render(input, buf);
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

/// The lines at the bottom: what is wrong or asked, and what else there is.
fn bottom<'t>(form: &Form, width: usize, theme: &Theme) -> Vec<Line<'t>> {
    let (text, style) = if form.asks() {
        let question = "Throw away what you typed?  y yes  n no".to_owned();
        (question, theme.alert)
    } else if let Some(why) = why(form) {
        (why, theme.alert)
    } else if form.is_saving() {
        ("saving".to_owned(), theme.dim)
    } else {
        (more(form), theme.dim)
    };
    let lines = wrap(&text, width).into_iter().take(MOST_LINES);
    lines
        .map(|line| Line::from(Span::styled(line.into_owned(), style)))
        .collect()
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

/// The offered words, below the field, or above it where there is more room. They stand under
/// what is typed, letter under letter.
fn draw_offers(
    form: &Form,
    field: Rect,
    screen: Rect,
    buf: &mut Buffer,
    theme: &Theme,
    glyphs: Glyphs,
) {
    let offers = form.completion.matches();
    let Some(widest) = offers.iter().map(|offer| width(&visible(offer))).max() else {
        return;
    };
    let wanted = u16::try_from(offers.len()).unwrap_or(u16::MAX);
    let below = screen.bottom().saturating_sub(field.bottom());
    let above = field.y.saturating_sub(screen.y);
    let (y, height) = if below >= wanted || below >= above {
        (field.bottom(), wanted.min(below))
    } else {
        let height = wanted.min(above);
        (field.y - height, height)
    };
    let x = field.x.saturating_sub(2);
    let area = Rect {
        x,
        y,
        width: u16::try_from(widest + 3)
            .unwrap_or(u16::MAX)
            .min(field.right().saturating_sub(x)),
        height,
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
        let style = if chosen { theme.selected } else { theme.text };
        buf.set_string(area.x, y, text, style);
    }
}
