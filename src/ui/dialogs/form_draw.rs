//! How a form looks, and where its caret is.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::form::{Form, Wrong};
use super::form_fields::{FormField, Input, Owner};
use super::form_layout::{LABEL, Layout, Placed, Told, layout, offers, too_long};
use super::side::Sides;
use super::sides_draw::{self, Words};
use crate::ui::keys::{Action, Scope};
use crate::ui::screens::Look;
use crate::ui::theme::Theme;
use crate::ui::widgets::popup;
use crate::ui::widgets::text::{cut, pad};

/// Draws a form; answers where the caret is.
pub fn draw(form: &Form, screen: Rect, buf: &mut Buffer, look: Look) -> Option<Position> {
    if let Some(sides) = &form.sides {
        let words = words(sides, &form.title);
        return sides_draw::draw(sides, &words, screen, buf, look);
    }
    let layout = layout(form, screen, look.keys);
    popup::frame(
        layout.area,
        &form.title,
        look.theme.accent,
        look.glyphs,
        buf,
    );
    let mut caret = None;
    for placed in &layout.fields {
        let Some(field) = form.fields.get(placed.field) else {
            continue;
        };
        draw_field(form, field, placed, buf, look);
        if placed.field == form.focus && placed.area.height > 0 {
            caret = Some(match &field.input {
                Input::Line(line) => line.cursor(placed.typed),
                Input::Note(note) => note.cursor(placed.input),
                Input::TooLong => placed.input.as_position(),
            });
        }
    }
    let style = style(layout.bottom.kind, look.theme);
    for (line, area) in layout.bottom.lines.iter().zip(layout.bottom_area.rows()) {
        Line::styled(line.as_str(), style).render(area, buf);
    }
    draw_offers(form, &layout, screen, buf, look);
    match form.asking {
        Some(_) => None,
        None => caret,
    }
}

/// What stands around the two sides of a field.
fn words<'a>(sides: &Sides, title: &'a str) -> Words<'a> {
    let side = sides.current();
    let label = side.map_or("", |side| side.label.as_str());
    let told = match sides.sides.len() {
        1 => format!("{label}: changed here and in the file"),
        of => format!(
            "{label}, {} of {of}: changed here and in the file",
            sides.at + 1
        ),
    };
    let mut keys = vec![
        (Action::TakeTheirs, "take the file's"),
        (Action::KeepMine, "keep mine"),
        (Action::TakeBoth, "take both"),
        (Action::Edit, "type something else"),
        (Action::NextField, "the next field"),
        (Action::Back, "back to the form"),
    ];
    keys.retain(|(action, _)| match action {
        Action::TakeBoth => side.is_some_and(|side| side.both.is_some()),
        Action::NextField => sides.sides.len() > 1,
        _ => true,
    });
    let name = |name: &str| (name.to_owned(), String::new());
    Words {
        title,
        told,
        error: None,
        names: ["when you opened it", "in the file now", "typed here"].map(name),
        scope: Scope::Sides,
        keys,
    }
}

fn style(told: Told, theme: &Theme) -> Style {
    match told {
        Told::Alert => theme.alert,
        Told::News => theme.accent,
        Told::Saving | Told::More => theme.dim,
    }
}

fn draw_field(form: &Form, field: &FormField, placed: &Placed, buf: &mut Buffer, look: Look) {
    let (area, input, theme) = (placed.area, placed.input, look.theme);
    if area.height == 0 {
        return;
    }
    let focused = placed.field == form.focus;
    let refused = |wrong: &Wrong| wrong.at == Some(placed.field);
    let wrong = form.error.as_ref().is_some_and(refused);
    let unread = matches!(form.echo(field), Some(Err(_)));
    let mark = if wrong || unread {
        "!"
    } else if focused {
        look.glyphs.selection()
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
        look.glyphs,
    );
    Span::styled(label, style).render(Rect { height: 1, ..area }, buf);
    match &field.input {
        Input::Line(line) => {
            let place = placed.typed;
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
        Input::Note(note) => {
            let styles = (theme.text, theme.selected);
            note.draw(input, buf, styles, placeholder(field, focused));
        }
        Input::TooLong => {
            Span::styled(too_long(form, look.keys), theme.dim).render(input, buf);
        }
    }
    if let (Some(place), Some(in_file)) = (placed.in_file, &field.in_file) {
        draw_in_file(in_file, place, buf, look);
    }
}

/// What the file says now, on one line below the field.
fn draw_in_file(in_file: &str, place: Rect, buf: &mut Buffer, look: Look) {
    let first = in_file.lines().next().unwrap_or_default();
    let told = match (in_file.is_empty(), in_file.lines().count()) {
        (true, _) => "in the file now: nothing".to_owned(),
        (false, 0 | 1) => format!("in the file now: {first}"),
        (false, lines) => format!("in the file now, {lines} lines: {first}"),
    };
    let told = cut(&told, place.width.into(), look.glyphs);
    Span::styled(told, look.theme.accent).render(place, buf);
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

fn draw_offers(form: &Form, layout: &Layout, screen: Rect, buf: &mut Buffer, look: Look) {
    let Some(area) = offers(form, layout, screen) else {
        return;
    };
    popup::clear(area, buf);
    let offers = form.completion.matches();
    for (at, (offer, y)) in offers.iter().zip(area.top()..area.bottom()).enumerate() {
        let chosen = form.completion.selected() == Some(at);
        let mark = if chosen {
            look.glyphs.selection()
        } else {
            look.glyphs.column()
        };
        let text = pad(&format!("{mark} {offer}"), area.width.into(), look.glyphs);
        let style = if chosen {
            look.theme.selected
        } else {
            look.theme.text
        };
        buf.set_string(area.x, y, text, style);
    }
}
