//! Going to a day: a line that reads days as people say them, and a calendar below it.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::Answer;
use crate::model::date_phrase::{self, Leaning, Unread};
use crate::model::timeline::calendar::Calendar;
use crate::model::timeline::filter::{Filter, Selection};
use crate::model::timeline::index::Index;
use crate::ui::ctx::Ctx;
use crate::ui::keys::Action;
use crate::ui::layout;
use crate::ui::msg::{Mouse, Press};
use crate::ui::screens::Look;
use crate::ui::screens::timeline::calendar_draw;
use crate::ui::widgets::line_field::LineField;
use crate::ui::widgets::popup;
use crate::ui::widgets::text::{cut, wrap};

/// With the frame around it.
const WIDTH: u16 = 44;

/// The line, the lines that say what it means, and the frame.
const AROUND: u16 = 5;

/// A day that is being chosen.
#[derive(Debug)]
pub struct DayPicker {
    line: LineField,
    day: Date,
    /// Why what is typed is no day.
    unread: Option<Unread>,
    /// Whether Enter was pressed on it all the same.
    refused: bool,
    today: Date,
    week_starts: Weekday,
    index: Index,
    all: Selection,
}

impl DayPicker {
    /// Beginning at a day.
    pub fn new(day: Date, ctx: &Ctx) -> DayPicker {
        let index = Index::new(ctx.journal);
        DayPicker {
            line: LineField::new(""),
            day,
            unread: None,
            refused: false,
            today: ctx.today,
            week_starts: ctx.journal.settings.week_starts(),
            all: Selection::new(&index, Filter::default()),
            index,
        }
    }

    /// The day that is chosen so far.
    pub fn day(&self) -> Date {
        self.day
    }

    /// Takes a key; answers whether it stays open, and what is to be done.
    pub fn key(&mut self, key: KeyEvent, action: Option<Action>) -> (bool, Answer) {
        let is_typed = !self.line.value().is_empty();
        match action {
            Some(Action::Back) => return (false, Answer::None),
            Some(Action::Open) if self.unread.is_none() => return (false, Answer::Day(self.day)),
            Some(Action::Open) => self.refused = true,
            Some(Action::Up) => self.choose(self.day.saturating_sub(7.days())),
            Some(Action::Down) => self.choose(self.day.saturating_add(7.days())),
            Some(Action::PageUp) => self.choose(self.day.saturating_sub(1.month())),
            Some(Action::PageDown) => self.choose(self.day.saturating_add(1.month())),
            Some(Action::DayBefore) if !is_typed => self.choose(self.day.saturating_sub(1.day())),
            Some(Action::DayAfter) if !is_typed => self.choose(self.day.saturating_add(1.day())),
            _ => {
                if self.line.key(key) {
                    self.read();
                }
            }
        }
        (true, Answer::None)
    }

    /// Takes what the mouse did: a click chooses a day, a second one goes there.
    pub fn mouse(&mut self, mouse: Mouse, screen: Rect) -> (bool, Answer) {
        match mouse.press {
            Press::WheelUp => self.choose(self.day.saturating_sub(7.days())),
            Press::WheelDown => self.choose(self.day.saturating_add(7.days())),
            Press::Drag => {}
            Press::Once | Press::Twice => {
                let at = Position::new(mouse.column, mouse.row);
                let (area, month) = (Parts::new(screen).calendar, self.month());
                if let Some(day) = calendar_draw::day_at(&month, self.day, area, at) {
                    self.choose(day);
                    if mouse.press == Press::Twice {
                        return (false, Answer::Day(day));
                    }
                }
            }
        }
        (true, Answer::None)
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.line.paste(text);
        self.read();
    }

    /// A day that was moved to takes the place of what was typed.
    fn choose(&mut self, day: Date) {
        self.line.set("");
        self.read();
        self.day = day;
    }

    fn read(&mut self) {
        (self.unread, self.refused) = (None, false);
        if self.line.value().trim().is_empty() {
            return;
        }
        // Most of what one looks for was.
        match date_phrase::parse(self.line.value(), self.today, Leaning::Past) {
            Ok(when) => self.day = when.date.unwrap_or(self.today),
            Err(unread) => self.unread = Some(unread),
        }
    }

    fn month(&self) -> Calendar {
        let (index, all) = (&self.index, &self.all);
        Calendar::new(index, all, self.day, self.today, self.week_starts)
    }

    /// Draws it; answers where the caret is.
    pub fn draw(&self, screen: Rect, buf: &mut Buffer, look: Look) -> Option<Position> {
        let parts = Parts::new(screen);
        popup::frame(
            parts.frame,
            "go to a day",
            look.theme.accent,
            look.glyphs,
            buf,
        );
        let ask = "last fri, 2025-04-10, 3週間前";
        self.line.draw(parts.line, buf, look.theme.text, ask);
        let month = self.month();
        self.draw_meaning(&month, look, parts.meaning, buf);
        calendar_draw::draw(&month, self.day, look, parts.calendar, buf);
        Some(self.line.cursor(parts.line))
    }

    /// The chosen day and what stands on it, or why there is none.
    fn draw_meaning(&self, month: &Calendar, look: Look, area: Rect, buf: &mut Buffer) {
        let theme = look.theme;
        if let Some(unread) = &self.unread {
            let (mut text, style) = match self.refused {
                true => (unread.to_string(), theme.alert),
                false => ("no day yet".to_owned(), theme.dim),
            };
            let (width, height) = (usize::from(area.width), usize::from(area.height));
            if wrap(&text, width).len() > height {
                // What is no day is told before how one is typed.
                let room = width.saturating_sub(" is no day".len() + 2);
                text = format!("`{}` is no day", cut(&unread.text, room, look.glyphs));
            }
            for (line, row) in wrap(&text, width).iter().zip(area.rows()) {
                Span::styled(line.as_ref(), style).render(row, buf);
            }
            return;
        }
        let stands = month.days().find(|day| day.date == self.day);
        let (entries, ahead) = stands.map_or((0, 0), |day| (day.entries, day.ahead));
        let counted = |count: u32, word: &str| match count {
            0 => String::new(),
            _ => format!("  {count} {word}"),
        };
        let is_today = if self.day == self.today {
            "  today"
        } else {
            ""
        };
        let entry = if entries == 1 { "entry" } else { "entries" };
        let said = [
            is_today.to_owned(),
            counted(entries, entry),
            counted(ahead, "ahead"),
        ];
        let said = said.concat();
        let room = usize::from(area.width).saturating_sub(14);
        let said = cut(&said, room, look.glyphs);
        let row = Rect {
            height: area.height.min(1),
            ..area
        };
        Line::from_iter([
            Span::styled(self.day.strftime("%F %a").to_string(), theme.accent),
            Span::styled(said, theme.dim),
        ])
        .render(row, buf);
    }
}

/// Where the parts stand.
struct Parts {
    frame: Rect,
    line: Rect,
    meaning: Rect,
    calendar: Rect,
}

impl Parts {
    fn new(screen: Rect) -> Parts {
        let calendar = calendar_draw::SIZE;
        let frame = popup::popup_area(screen, WIDTH, AROUND + calendar.height);
        let inner = popup::inner(frame, 0);
        // Where there is little room the calendar keeps it.
        let meaning = if frame.height < AROUND + calendar.height {
            1
        } else {
            2
        };
        let below = layout::below(inner, 1 + meaning);
        let air = below.width.saturating_sub(calendar.width) / 2;
        Parts {
            frame,
            line: Rect {
                height: inner.height.min(1),
                ..inner
            },
            meaning: Rect {
                height: layout::below(inner, 1).height.min(meaning),
                ..layout::below(inner, 1)
            },
            calendar: Rect {
                x: below.x + air,
                width: below.width.min(calendar.width),
                ..below
            },
        }
    }
}
