//! Where the parts of a form stand. Drawing and the mouse ask the same, so that a click goes to
//! what is seen.

use std::ops::Range;

use ratatui::layout::Rect;

use super::form::{Form, Question};
use super::form_fields::{FormField, Input};
use crate::ui::keymap::Keymap;
use crate::ui::keys::{Action, Scope};
use crate::ui::target::Target;
use crate::ui::widgets::popup;
use crate::ui::widgets::text::{visible, width, wrap};

/// The column of names.
pub const LABEL: u16 = 18;
/// The widest form: longer lines are hard to read.
const WIDEST: u16 = 84;
/// The lines of a text of many lines.
const NOTE_LINES: u16 = 7;
/// The most lines at the bottom: why something was refused may take more than one.
const MOST_LINES: usize = 5;

/// The parts of a form on a screen.
pub struct Layout {
    /// The form with its frame.
    pub area: Rect,
    /// The fields that are seen.
    pub fields: Vec<Placed>,
    /// What is said below them.
    pub bottom: Bottom,
    /// Where that stands.
    pub bottom_area: Rect,
}

/// A field that is seen.
pub struct Placed {
    /// Which.
    pub field: usize,
    /// Its name and its text.
    pub area: Rect,
    /// Where it is typed, with what a date will be read as.
    pub input: Rect,
    /// Where it is typed.
    pub typed: Rect,
    /// What the file says now, where something else was read.
    pub in_file: Option<Rect>,
}

/// What stands at the bottom of a form.
pub struct Bottom {
    /// Its lines.
    pub lines: Vec<String>,
    /// What it is.
    pub kind: Told,
}

/// What a line at the bottom of a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A question, or what is wrong.
    Alert,
    /// That something happened outside.
    News,
    /// That it is being saved.
    Saving,
    /// What the other page holds.
    More,
}

/// The parts of a form that may take `screen`.
pub fn layout(form: &Form, screen: Rect, keys: &Keymap) -> Layout {
    let area = place(form, screen, keys);
    let framed = area.inner(ratatui::layout::Margin::new(1, 1));
    let inner = Rect {
        x: framed.x + 1,
        width: framed.width.saturating_sub(2),
        ..framed
    };
    let bottom = bottom(form, inner.width.into(), keys);
    let below = u16::try_from(bottom.lines.len()).unwrap_or(0) + 1;
    let above = u16::from(inner.height > 8);
    let body = Rect {
        y: inner.y + above,
        height: inner.height.saturating_sub(above + below).max(1),
        ..inner
    };
    let rows = rows(form, form.page());
    let mut fields = Vec::new();
    let mut y = body.y;
    for row in visible_rows(&rows, form.focus, body.height) {
        y += row.gap;
        let height = (row.height - row.gap).min(body.bottom().saturating_sub(y));
        let Some(field) = form.fields.get(row.field) else {
            continue;
        };
        let whole = Rect { y, height, ..body };
        fields.push(placed(form, field, row.field, whole));
        y += height;
    }
    let top = inner.bottom().saturating_sub(below - 1).max(body.bottom());
    let bottom_area = Rect {
        y: top,
        height: inner.bottom().saturating_sub(top),
        ..inner
    };
    Layout {
        area,
        fields,
        bottom,
        bottom_area,
    }
}

/// Where the offered words stand: below the field, or above it where there is more room, under
/// what is typed, letter under letter. Nothing where none are offered.
pub fn offers(form: &Form, layout: &Layout, screen: Rect) -> Option<Rect> {
    let placed = layout.fields.iter().find(|p| p.field == form.focus)?;
    let offers = form.completion.matches();
    let widest = offers.iter().map(|offer| width(&visible(offer))).max()?;
    let field = placed.input;
    if placed.area.height == 0 {
        return None;
    }
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
    let most = field.right().saturating_sub(x);
    Some(Rect {
        x,
        y,
        width: u16::try_from(widest + 3).unwrap_or(u16::MAX).min(most),
        height,
    })
}

fn placed(form: &Form, field: &FormField, at: usize, area: Rect) -> Placed {
    let lines = Rect {
        height: area.height
            - area
                .height
                .min(below_it(field))
                .min(area.height.saturating_sub(1)),
        ..area
    };
    let input = right_part(lines);
    let under = Rect {
        y: lines.bottom(),
        height: area.height - lines.height,
        ..input
    };
    Placed {
        field: at,
        area,
        input,
        typed: line_area(form, field, input),
        in_file: (!under.is_empty()).then_some(under),
    }
}

/// Where the form stands: at the bottom, so that the brief of the customer it is about can still
/// be read on the phone; without a customer near the top. It is as wide as its place where little
/// would be left beside it.
fn place(form: &Form, screen: Rect, keys: &Keymap) -> Rect {
    let rows = rows(form, form.page());
    let height = rows.iter().map(|row| row.height).sum::<u16>() + 6;
    let width = if screen.width < WIDEST + 4 {
        screen.width
    } else {
        WIDEST
    };
    let bottom = bottom(form, usize::from(width).saturating_sub(4), keys);
    let extra = u16::try_from(bottom.lines.len().saturating_sub(2)).unwrap_or(0);
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
            height: height + gap + below_it(field),
            gap,
        });
    }
    rows
}

/// The lines below a field's own: what the file says now.
fn below_it(field: &FormField) -> u16 {
    u16::from(field.in_file.is_some())
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

fn right_part(area: Rect) -> Rect {
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

/// The first key of an action where the form takes its keys, or else on a customer's page.
fn key(form: &Form, keys: &Keymap, action: Action) -> Option<String> {
    let mut scopes = form.scopes();
    scopes.push(Scope::Page);
    scopes
        .into_iter()
        .find_map(|scope| keys.shown(scope, action))
}

/// The lines at the bottom: what is wrong or asked, and what else there is.
fn bottom(form: &Form, width: usize, keys: &Keymap) -> Bottom {
    let (text, kind) = if let Some(question) = form.asking {
        (asked(question, form, keys), Told::Alert)
    } else if let Some(why) = why(form, keys) {
        (why, Told::Alert)
    } else if form.is_saving() {
        ("saving".to_owned(), Told::Saving)
    } else if form.is_gone {
        let told = "The entry was removed by another program meanwhile: saving asks whether to \
                    add it again.";
        (told.to_owned(), Told::News)
    } else if form.moved_on {
        let told = "The file was changed by another program meanwhile: saving keeps what it wrote.";
        (told.to_owned(), Told::News)
    } else {
        (more(form, keys), Told::More)
    };
    let lines = wrap(&text, width).into_iter().take(MOST_LINES);
    let lines = lines.map(|line| line.into_owned()).collect();
    Bottom { lines, kind }
}

fn asked(question: Question, form: &Form, keys: &Keymap) -> String {
    let question = match question {
        Question::ThrowAway => "Throw away what you typed?",
        Question::AddAgain => {
            "It is no longer in the file: it was removed meanwhile. Add it as a new entry?"
        }
    };
    let named = |action, word| key(form, keys, action).map(|key| format!("  {key} {word}"));
    let answers = [named(Action::Yes, "yes"), named(Action::No, "no")];
    let answers: String = answers.into_iter().flatten().collect();
    format!("{question}{answers}")
}

fn why(form: &Form, keys: &Keymap) -> Option<String> {
    if let Some(wrong) = &form.error {
        let why = visible(&wrong.why);
        let next = wrong.next.and_then(|(action, words)| {
            let key = key(form, keys, action)?;
            Some(format!("; {key} {words}"))
        });
        return Some(format!("{why}{}", next.unwrap_or_default()));
    }
    match form.focused().and_then(|field| form.echo(field)) {
        Some(Err(why)) => Some(why),
        _ => None,
    }
}

/// What the other page holds, or what a form of one field is for.
fn more(form: &Form, keys: &Keymap) -> String {
    let shown = |action| key(form, keys, action).unwrap_or_default();
    match form.target {
        Target::First => {
            let save = shown(Action::Save);
            return format!(
                "{save} makes a journal with this customer. {save} alone opens the sample."
            );
        }
        Target::Rename { .. } => return "References to the customer follow.".to_owned(),
        Target::Move { .. } => return "References to the entry follow.".to_owned(),
        _ => {}
    }
    let other = form.fields.get(form.other_page()).unwrap_or(&[]);
    if other.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = other.iter().map(|field| field.label).collect();
    let what = if form.focus < form.first_page {
        match shown(Action::NextField).as_str() {
            "" => "more".to_owned(),
            key => format!("more behind {key}"),
        }
    } else {
        "before".to_owned()
    };
    format!("{what}: {}", names.join(", "))
}

/// What the field that takes the keys says of itself where it can't be edited here.
pub fn too_long(form: &Form, keys: &Keymap) -> String {
    let told = "too long for a form";
    match (
        key(form, keys, Action::Back),
        keys.shown(Scope::Page, Action::Editor),
    ) {
        (Some(back), Some(editor)) => format!("{told}: {back}, then {editor} opens the file"),
        _ => told.to_owned(),
    }
}
