//! What stands in front of a screen: one at a time, by type.

pub mod brief;
mod clashes;
mod clashes_draw;
pub mod copy;
pub mod day;
pub mod form;
mod form_changes;
mod form_draft;
mod form_draw;
mod form_fields;
mod form_layout;
mod form_mouse;
mod menu;
mod offer;
pub mod palette;
mod past;
pub mod problems;
pub mod reader;
mod side;
mod sides;
mod sides_draw;
pub mod snooze;
mod sync;
mod told;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect, Size};

pub use brief::Briefing;
pub use clashes::Clashes;
pub use copy::Source;
pub use day::DayPicker;
pub use form::Form;
pub use offer::Offer;
pub use palette::Palette;
pub use past::PastList;
pub use problems::Problems;
pub use reader::Reader;
pub use snooze::Snooze;
pub use sync::SyncOffer;

use palette::{Chosen, Command};

use super::ctx::Ctx;
use super::keymap::Keymap;
use super::keys::{Action, Scope};
use super::layout::{self, Areas};
use super::msg::{Mouse, Press};
use super::screens::Look;
use super::target::Target;
use crate::model::change::Change;
use crate::model::clash::Unsettled;
use crate::model::draft::KeptDraft;
use crate::model::value::Value;

/// A dialog.
#[derive(Debug)]
pub enum Dialog {
    /// A form to fill in.
    Form(Box<Form>),
    /// The letters behind `a`.
    AddMenu {
        /// To whom something is added.
        customer: String,
        /// The day that it happened, where that is not today.
        day: Option<Date>,
    },
    /// The letters behind `y`.
    Copy(Source),
    /// A question before something is changed.
    Confirm {
        /// The question.
        question: String,
        /// What a yes does.
        changes: Vec<Change>,
    },
    /// Something to read: help.
    Reader(Reader),
    /// The problems of the journal.
    Problems(Problems),
    /// The command palette.
    Palette(Palette),
    /// A draft that was found.
    Offer(Box<Offer>),
    /// A day to go to.
    Day(Box<DayPicker>),
    /// The day until which a reason is quiet.
    Snooze(Box<Snooze>),
    /// The question before a sync.
    Sync(Box<SyncOffer>),
    /// What both sides of a merge changed.
    Clashes(Box<Clashes>),
    /// What an entry was before.
    Past(Box<PastList>),
    /// What to know before a call.
    Brief(Box<Briefing>),
}

/// What a dialog answers to a key.
#[derive(Debug)]
pub enum Answer {
    /// Nothing to be done outside.
    None,
    /// Another form is wanted.
    Open(Target),
    /// These changes are to be made.
    Save(Vec<Change>),
    /// A journal is to be made, or without a name the sample opened.
    Begin(Option<String>),
    /// This is to be done where the dialog was opened.
    Run(Command),
    /// The editor is to be opened.
    Editor {
        /// On whose file.
        customer: String,
        /// At this line, from 1.
        line: u32,
    },
    /// This place is to be opened: a customer, or `customer:kind.key`.
    GoTo(String),
    /// This is to be copied.
    Copy(String),
    /// The text of this is to be copied, as the file has it.
    CopyText(Source),
    /// This is to be said.
    Say(String),
    /// The form with the words of this draft is wanted.
    Take(Box<KeptDraft>),
    /// The draft of that name is to be thrown away.
    Discard(String),
    /// The screen is to go to this day.
    Day(Date),
    /// The journal is to be synced.
    Sync,
    /// These values are to be written over what both sides of a merge changed.
    Settle(Box<Unsettled>, Vec<Option<Value>>),
    /// Nothing more is decided for now.
    Later(Box<Clashes>),
    /// The program is to be left.
    Quit,
}

impl Dialog {
    /// The form for a target.
    pub fn form(target: Target, ctx: &Ctx) -> Dialog {
        Dialog::Form(Box::new(Form::new(target, ctx)))
    }

    /// The scopes of its keys.
    pub fn scopes(&self) -> Vec<Scope> {
        match self {
            Dialog::Form(form) => form.scopes(),
            Dialog::AddMenu { .. } => vec![Scope::Add],
            Dialog::Copy(_) => vec![Scope::Copy],
            Dialog::Confirm { .. } => vec![Scope::Confirm],
            Dialog::Palette(_) => vec![Scope::Palette],
            Dialog::Problems(_) => vec![Scope::Problems, Scope::Rows],
            Dialog::Reader(reader) if reader.is_typed_into() => vec![Scope::Line],
            Dialog::Reader(_) => vec![Scope::Reader, Scope::Rows],
            Dialog::Offer(offer) => offer.scopes(),
            Dialog::Day(_) => vec![Scope::Day],
            Dialog::Snooze(_) => vec![Scope::Snooze],
            Dialog::Sync(_) => vec![Scope::Sync, Scope::Rows],
            Dialog::Clashes(clashes) => clashes.scopes(),
            Dialog::Past(_) => vec![Scope::Past, Scope::Rows],
            Dialog::Brief(_) => vec![Scope::Brief, Scope::Rows],
        }
    }

    /// Takes a key; the dialog comes back where it stays open.
    pub fn key(self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) -> (Option<Dialog>, Answer) {
        match self {
            Dialog::Form(mut form) => match form.key(key, action, ctx) {
                Some(answer @ (Answer::Save(_) | Answer::Begin(_))) => {
                    (Some(Dialog::Form(form)), answer)
                }
                Some(answer) => (None, answer),
                None => (Some(Dialog::Form(form)), Answer::None),
            },
            Dialog::AddMenu { customer, day } => add_menu(customer, day, action),
            Dialog::Copy(source) => match action {
                Some(Action::Back) => (None, Answer::None),
                Some(action) => (None, source.copy(action, ctx.journal)),
                None => (Some(Dialog::Copy(source)), Answer::None),
            },
            Dialog::Confirm { question, changes } => match action {
                Some(Action::Yes) => (None, Answer::Save(changes)),
                Some(Action::No) => (None, Answer::None),
                _ => (Some(Dialog::Confirm { question, changes }), Answer::None),
            },
            Dialog::Reader(mut reader) if reader.is_typed_into() => {
                reader.type_key(key, action, ctx.size);
                (Some(Dialog::Reader(reader)), Answer::None)
            }
            Dialog::Reader(mut reader) => {
                let stays = reader.key(action, ctx.size);
                (stays.then_some(Dialog::Reader(reader)), Answer::None)
            }
            Dialog::Problems(mut problems) => {
                let (stays, answer) = problems.act(action, ctx.journal);
                (stays.then_some(Dialog::Problems(problems)), answer)
            }
            Dialog::Palette(mut palette) => {
                let body = layout::body(ctx.size);
                match palette.key(key, action, body) {
                    Chosen::Not => (Some(Dialog::Palette(palette)), Answer::None),
                    Chosen::Nothing => (None, Answer::None),
                    Chosen::This(command) => (None, Answer::Run(command)),
                }
            }
            Dialog::Offer(offer) => offer.key(action, ctx),
            Dialog::Day(mut day) => {
                let (stays, answer) = day.key(key, action);
                (stays.then_some(Dialog::Day(day)), answer)
            }
            Dialog::Snooze(snooze) => snooze.key(key, action),
            Dialog::Sync(offer) => {
                let (stays, answer) = offer.key(action);
                (stays.then_some(Dialog::Sync(offer)), answer)
            }
            Dialog::Clashes(clashes) => clashes.key(key, action, ctx),
            Dialog::Past(mut past) => {
                let (stays, answer) = past.act(action);
                (stays.then_some(Dialog::Past(past)), answer)
            }
            Dialog::Brief(mut brief) => {
                let (stays, answer) = brief.act(action);
                (stays.then_some(Dialog::Brief(brief)), answer)
            }
        }
    }

    /// Takes what the mouse did; the dialog comes back where it stays open. The wheel is the
    /// arrow keys, and a row of the palette can be clicked.
    pub fn mouse(self, mouse: Mouse, ctx: &Ctx, keys: &Keymap) -> (Option<Dialog>, Answer) {
        let place = self.place(&ctx.areas(false));
        let step = match mouse.press {
            Press::WheelUp => Some(Action::Up),
            Press::WheelDown => Some(Action::Down),
            Press::Once | Press::Twice | Press::Drag => None,
        };
        let mut dialog = self;
        match &mut dialog {
            Dialog::Palette(palette) => {
                let body = layout::body(ctx.size);
                if let Chosen::This(command) = palette.mouse(mouse, body) {
                    return (None, Answer::Run(command));
                }
            }
            Dialog::Form(form) => form.mouse(mouse, place, keys),
            Dialog::Reader(reader) => {
                reader.key(step, ctx.size);
            }
            Dialog::Problems(problems) => {
                problems.act(step, ctx.journal);
            }
            Dialog::Past(past) => {
                past.act(step);
            }
            Dialog::Brief(brief) => {
                brief.act(step);
            }
            Dialog::Sync(offer) => offer.scroll_by(step),
            Dialog::Clashes(clashes) => clashes.sides.scroll_by(step),
            Dialog::Day(day) => {
                let body = layout::body(ctx.size);
                let (stays, answer) = day.mouse(mouse, body);
                return (stays.then_some(dialog), answer);
            }
            _ => {}
        }
        (Some(dialog), Answer::None)
    }

    /// The part of the screen that it may take: forms and short questions leave the list beside
    /// them in sight.
    pub fn place(&self, areas: &Areas) -> Rect {
        let page = match self {
            Dialog::Form(form) if form.sides.is_some() => None,
            Dialog::Form(form) => form.target.customer().and(areas.page),
            Dialog::AddMenu { .. } | Dialog::Copy(_) | Dialog::Confirm { .. } => areas.page,
            _ => None,
        };
        page.unwrap_or(areas.body)
    }

    /// Takes pasted text; only what is typed into has a place for it.
    pub fn paste(&mut self, text: &str, size: Size) {
        match self {
            Dialog::Reader(reader) => reader.paste(text, size),
            Dialog::Form(form) => form.paste(text),
            Dialog::Palette(palette) => palette.paste(text),
            Dialog::Day(day) => day.paste(text),
            Dialog::Snooze(snooze) => snooze.paste(text),
            Dialog::Clashes(clashes) => clashes.paste(text),
            _ => {}
        }
    }

    /// Draws it over the screen; answers where the terminal's cursor stands.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, look: Look) -> Option<Position> {
        let (theme, glyphs) = (look.theme, look.glyphs);
        match self {
            Dialog::Form(form) => form_draw::draw(form, area, buf, look),
            Dialog::AddMenu { .. } => menu::draw_letters(Scope::Add, "add", area, buf, look),
            Dialog::Copy(_) => menu::draw_letters(Scope::Copy, "copy", area, buf, look),
            Dialog::Confirm { question, .. } => {
                menu::draw_confirm(question, area, buf, theme, glyphs)
            }
            Dialog::Reader(reader) => reader.draw(area, buf, theme, glyphs),
            Dialog::Problems(problems) => problems.draw(area, buf, theme, glyphs),
            Dialog::Palette(palette) => palette.draw(area, buf, theme, glyphs),
            Dialog::Offer(offer) => offer.draw(area, buf, look),
            Dialog::Day(day) => day.draw(area, buf, look),
            Dialog::Snooze(snooze) => snooze.draw(area, buf, look),
            Dialog::Sync(offer) => offer.draw(area, buf, look),
            Dialog::Clashes(clashes) => clashes_draw::draw(clashes, area, buf, look),
            Dialog::Past(past) => past.draw(area, buf, look),
            Dialog::Brief(brief) => brief.draw(area, buf, look),
        }
    }
}

/// The letter behind `a` leads to the form of its kind.
fn add_menu(
    customer: String,
    day: Option<Date>,
    action: Option<Action>,
) -> (Option<Dialog>, Answer) {
    match action {
        Some(Action::AddKind(kind)) => {
            let target = Target::Add {
                customer,
                kind,
                day,
            };
            (None, Answer::Open(target))
        }
        Some(Action::Back) => (None, Answer::None),
        _ => (Some(Dialog::AddMenu { customer, day }), Answer::None),
    }
}
