//! How it looks where a person decides what both sides of a merge changed.

use std::cell::Cell;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::clashes::{Clashes, Item, Typing, by};
use super::form_fields::Input;
use super::sides_draw::{self, Words};
use super::told::{Drawn, Told, keys, paragraph, room};
use crate::model::clash::Unsettled;
use crate::model::value::Value;
use crate::ui::keys::{Action, Scope};
use crate::ui::screens::Look;
use crate::ui::widgets::text::{cut, pad};

/// The widest it gets where there is only something to read or to type.
const WIDEST: u16 = 84;
/// The lines that a text of many lines is typed in.
const NOTE: usize = 10;

/// The column that says whose a value is.
const NAME: usize = 8;

const TITLE: &str = "both sides changed this";

/// Draws it; answers where the terminal's cursor stands.
pub fn draw(clashes: &Clashes, screen: Rect, buf: &mut Buffer, look: Look) -> Option<Position> {
    let current = clashes.current();
    match (&clashes.typing, current) {
        (Some(typing), Some((item, _))) => draw_typing(clashes, typing, item, screen, buf, look),
        (None, Some((item, file))) if item.clash.is_some() => {
            let words = words(clashes, item, file);
            sides_draw::draw(&clashes.sides, &words, screen, buf, look)
        }
        (_, Some((item, file))) => {
            let why = file.hindrance.as_deref().unwrap_or_default();
            let told = [item.place.as_str(), "", why];
            let words = [
                (Action::Editor, "opens the file"),
                (Action::NextField, "the next one"),
                (Action::Back, "later"),
            ];
            let words = match clashes.items.len() {
                1 => vec![words[0], words[2]],
                _ => words.to_vec(),
            };
            draw_told(&told, Scope::Clashes, &words, screen, buf, look)
        }
        (_, None) if clashes.is_done() => {
            let told = ["Nothing is left to decide."];
            let words = [
                (Action::Yes, "goes on with the sync"),
                (Action::Back, "later"),
            ];
            draw_told(&told, Scope::Sync, &words, screen, buf, look)
        }
        (_, None) => {
            let told = clashes.error.as_deref();
            let told = [told.unwrap_or("git is asked what both sides changed")];
            let words = [(Action::Back, "back")];
            draw_told(&told, Scope::Clashes, &words, screen, buf, look)
        }
    }
}

fn words<'a>(clashes: &'a Clashes, item: &Item, file: &Unsettled) -> Words<'a> {
    let side = clashes.sides.current();
    let mut told = item.place.clone();
    if clashes.items.len() > 1 {
        let (at, of) = (clashes.sides.at + 1, clashes.items.len());
        told = format!("{told}  ({at} of {of}, {} open)", clashes.open());
    }
    if let Some(decision) = &item.decision {
        told = format!("{told}\ndecided: {}", decision.word);
    }
    if let Some(customer) = &clashes.writing {
        told = format!("{told}\nwriting {customer}.toml");
    }
    let mut keys = vec![
        (Action::KeepMine, "keep ours"),
        (Action::TakeTheirs, "take theirs"),
        (Action::TakeBoth, "take both"),
        (Action::Edit, "type something else"),
        (Action::NextField, "the next one"),
        (Action::Back, "later"),
    ];
    keys.retain(|(action, _)| match action {
        Action::TakeBoth => side.is_some_and(|side| side.both.is_some()),
        Action::Edit => item.is_typed,
        Action::NextField => clashes.items.len() > 1,
        _ => true,
    });
    let theirs = match file.there.branch.as_str() {
        "" => "theirs, from elsewhere".to_owned(),
        branch => format!("theirs, from {branch}"),
    };
    Words {
        title: TITLE,
        told,
        error: clashes.error.as_deref(),
        names: [
            ("before".to_owned(), String::new()),
            (theirs, by(&file.there)),
            ("ours, here".to_owned(), by(&file.here)),
        ],
        scope: Scope::Clashes,
        keys,
    }
}

fn draw_told(
    texts: &[&str],
    scope: Scope,
    words: &[(Action, &str)],
    screen: Rect,
    buf: &mut Buffer,
    look: Look,
) -> Option<Position> {
    let room = room(screen, WIDEST);
    let lines = texts
        .iter()
        .flat_map(|text| paragraph(text, room, look.theme.text));
    let told = Told {
        title: TITLE,
        above: Vec::new(),
        body: lines.collect(),
        below: keys(scope, words, room, look),
        widest: WIDEST,
        scroll: &Cell::new(0),
        seen: None,
    };
    let (body, _) = told.draw(screen, buf, look);
    Some(body.as_position())
}

fn draw_typing(
    clashes: &Clashes,
    typing: &Typing,
    item: &Item,
    screen: Rect,
    buf: &mut Buffer,
    look: Look,
) -> Option<Position> {
    let room = room(screen, WIDEST);
    let theme = look.theme;
    let mut above = paragraph(&item.place, room, theme.strong);
    let conflict = clashes.sides.current().map(|side| &side.conflict);
    // Of many lines the first ones would be the same on both sides.
    let conflict = conflict.filter(|_| matches!(typing.input, Input::Line(_)));
    let sides = conflict.map(|conflict| [("theirs", &conflict.theirs), ("ours", &conflict.ours)]);
    for (name, value) in sides.into_iter().flatten() {
        let text = value.as_ref().map_or("nothing".to_owned(), Value::to_line);
        let text = cut(&text, room.saturating_sub(NAME), look.glyphs).into_owned();
        let name = pad(name, NAME, look.glyphs);
        above.push(vec![(name, theme.dim), (text, theme.dim)]);
    }
    above.push(Vec::new());
    if let Some(why) = &typing.error {
        above.extend(paragraph(why, room, theme.alert));
    }
    let (height, scope) = match typing.input {
        Input::Line(_) | Input::TooLong => (1, Scope::Value),
        Input::Note(_) => (NOTE, Scope::Note),
    };
    let words = [
        (Action::Save, "takes it"),
        (Action::Back, "back to both sides"),
    ];
    let told = Told {
        title: TITLE,
        above,
        body: vec![Drawn::new(); height],
        below: keys(scope, &words, room, look),
        widest: WIDEST,
        scroll: &Cell::new(0),
        seen: None,
    };
    let (body, _) = told.draw(screen, buf, look);
    match &typing.input {
        Input::Line(line) => {
            line.draw(body, buf, theme.text, typing.ask);
            Some(line.cursor(body))
        }
        Input::Note(note) => {
            note.draw(body, buf, (theme.text, theme.selected), typing.ask);
            Some(note.cursor(body))
        }
        Input::TooLong => Some(body.as_position()),
    }
}
