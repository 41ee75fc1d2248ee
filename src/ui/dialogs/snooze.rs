//! Until which day a reason of today is quiet: one line, and what it means.

use jiff::ToSpan as _;
use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;
use ratatui::widgets::Widget;

use super::{Answer, Dialog};
use crate::model::age::in_words;
use crate::model::change::{Change, Silence};
use crate::model::today::{NotUntil, quiet_until};
use crate::ui::keys::Action;
use crate::ui::layout;
use crate::ui::screens::Look;
use crate::ui::widgets::line_field::LineField;
use crate::ui::widgets::popup;
use crate::ui::widgets::text::{cut, wrap};

/// With the frame around it.
const WIDTH: u16 = 60;
/// What it is about, the line, two lines that say what is typed, and the frame.
const HEIGHT: u16 = 6;

/// A day that is typed.
#[derive(Debug)]
pub struct Snooze {
    customer: String,
    reason: String,
    was: Option<Date>,
    about: String,
    today: Date,
    line: LineField,
    /// Whether Enter was pressed on what is no day to come.
    refused: bool,
}

impl Snooze {
    /// Nothing typed yet. `what`: whose reason, what the file names it by, and the day that
    /// stands there. `about`: the same in words.
    pub fn new(what: (String, String, Option<Date>), about: String, today: Date) -> Snooze {
        let (customer, reason, was) = what;
        Snooze {
            customer,
            reason,
            was,
            about,
            today,
            line: LineField::new(""),
            refused: false,
        }
    }

    /// Takes a key; the dialog comes back where it stays open.
    pub fn key(
        mut self: Box<Self>,
        key: KeyEvent,
        action: Option<Action>,
    ) -> (Option<Dialog>, Answer) {
        match (action, self.until()) {
            (Some(Action::Back), _) => return (None, Answer::None),
            (Some(Action::Save), Ok(day)) => {
                let change = Change::Quiet {
                    customer: self.customer,
                    how: Silence::Snoozed,
                    reason: self.reason,
                    was: self.was,
                    now: Some(day),
                };
                return (None, Answer::Save(vec![change]));
            }
            (Some(Action::Save), Err(_)) => self.refused = true,
            _ => {
                if self.line.key(key) {
                    self.refused = false;
                }
            }
        }
        (Some(Dialog::Snooze(self)), Answer::None)
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.line.paste(text);
        self.refused = false;
    }

    /// Nothing typed is a week.
    fn until(&self) -> Result<Date, NotUntil> {
        match self.line.value().trim() {
            "" => Ok(self.today.saturating_add(1.week())),
            typed => quiet_until(typed, self.today),
        }
    }

    /// Draws it; answers where the caret is.
    pub fn draw(&self, screen: Rect, buf: &mut Buffer, look: Look) -> Option<Position> {
        let theme = look.theme;
        let frame = popup::popup_area(screen, WIDTH, HEIGHT);
        popup::frame(frame, "quiet until", theme.accent, look.glyphs, buf);
        let inner = popup::inner(frame, 0);
        let room = usize::from(inner.width);
        // Where there is little room, what is typed keeps it.
        let about = u16::from(inner.height > 2);
        let first = Rect {
            height: about,
            ..inner
        };
        Span::styled(cut(&self.about, room, look.glyphs), theme.dim).render(first, buf);
        let below = layout::below(inner, about);
        let line = Rect {
            height: below.height.min(1),
            ..below
        };
        self.line
            .draw(line, buf, theme.text, "1 week, next mon, 2w, 来週");
        let (words, style) = match self.until() {
            Ok(day) => {
                let length = in_words(self.today, day);
                (
                    format!("{}, in {length}", day.strftime("%F %a")),
                    theme.accent,
                )
            }
            Err(why) if self.refused => (why.to_string(), theme.alert),
            Err(_) => ("no day to come yet".to_owned(), theme.dim),
        };
        let meaning = layout::below(below, 1);
        for (part, row) in wrap(&words, room).iter().zip(meaning.rows()) {
            Span::styled(part.as_ref(), style).render(row, buf);
        }
        Some(self.line.cursor(line))
    }
}
