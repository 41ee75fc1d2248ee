//! The playbook as one of the program's screens: its keys, and the mouse.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Position;

use super::draw;
use super::rows::Playbook;
use crate::model::playbook::tables::Page;
use crate::ui::ctx::Ctx;
use crate::ui::front::Front;
use crate::ui::keys::{Action, Scope};
use crate::ui::layout;
use crate::ui::msg::{Mouse, Press};
use crate::ui::screens::Look;
use crate::ui::screens::acting::{Ask, act_on, needs_one};
use crate::ui::widgets::list::Move;

/// How many lines a notch of the wheel is.
const NOTCH: usize = 3;

impl Playbook {
    /// Shows what fits a customer, whose page led here.
    pub fn show_customer(&mut self, key: &str, ctx: &Ctx) {
        self.from_page = true;
        self.ask_about(Some(key.to_owned()), ctx);
    }

    /// Shows what is known of all customers.
    pub fn show_all(&mut self, ctx: &Ctx) {
        self.from_page = false;
        self.ask_about(None, ctx);
    }

    fn step(&mut self, by: isize, ctx: &Ctx) {
        let all = Page::ALL;
        let at = all.iter().position(|page| *page == self.page).unwrap_or(0);
        let next = (at.cast_signed() + by).rem_euclid(all.len().cast_signed());
        let next = all.get(next.cast_unsigned()).copied();
        self.turn(next.unwrap_or_default(), ctx);
    }

    /// The filter goes first, then the way leads back to the page that led here.
    fn back(&mut self, ctx: &Ctx) -> Option<Ask> {
        if self.filter.clear() {
            self.renew(ctx);
            return None;
        }
        if std::mem::take(&mut self.from_page)
            && let Some(customer) = self.customer.take()
        {
            return Some(Ask::BackToPage(customer));
        }
        self.show_all(ctx);
        None
    }

    /// What fits the customer under the cursor, or everything again.
    fn one_or_all(&mut self, ctx: &Ctx) {
        match (&self.customer, self.chosen(ctx)) {
            (Some(_), _) => self.show_all(ctx),
            (None, Some((customer, _))) if !customer.is_ourselves() => {
                self.ask_about(Some(customer.key.to_string()), ctx);
            }
            (None, _) => {}
        }
    }

    fn open(&self) -> Ask {
        match self.place() {
            Some(place) => Ask::Open(place.to_owned()),
            None => Ask::Say("Nothing is written down there yet".to_owned()),
        }
    }
}

impl Front for Playbook {
    fn scopes(&self) -> Vec<Scope> {
        if self.filter.is_typed() {
            return vec![Scope::Line];
        }
        vec![Scope::Playbook, Scope::Rows, Scope::Global]
    }

    fn key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) -> Option<Ask> {
        if self.filter.is_typed() {
            self.filter.key(key, action);
            self.renew(ctx);
            return None;
        }
        self.act(action?, ctx)
    }

    fn act(&mut self, action: Action, ctx: &Ctx) -> Option<Ask> {
        if let Some(step) = action.as_move() {
            self.move_by(step, ctx);
            return None;
        }
        match action {
            Action::Quit => return Some(Ask::Quit),
            Action::Back => return self.back(ctx),
            Action::Open if !self.lines.is_empty() => return Some(self.open()),
            Action::Unfold => self.unfold(ctx),
            Action::NextTab => self.step(1, ctx),
            Action::PrevTab => self.step(-1, ctx),
            Action::Filter => self.filter.start(),
            Action::OnlyThis => self.one_or_all(ctx),
            Action::Playbook => self.show_all(ctx),
            Action::Open => {}
            _ if self.lines.is_empty() => return None,
            _ => return act_on(self.chosen(ctx), action, ctx),
        }
        None
    }

    fn means(&self, action: Action, ctx: &Ctx) -> bool {
        match action {
            Action::Open => self.place().is_some(),
            Action::Unfold => self.row().is_some_and(|row| !row.details.is_empty()),
            _ => !needs_one(action) || self.chosen(ctx).is_some(),
        }
    }

    fn paste(&mut self, text: &str, ctx: &Ctx) {
        if self.filter.is_typed() {
            self.filter.paste(text);
            self.renew(ctx);
        }
    }

    fn mouse(&mut self, mouse: Mouse, ctx: &Ctx) -> Option<Ask> {
        self.filter.keep();
        let at = Position::new(mouse.column, mouse.row);
        let areas = Playbook::areas(ctx);
        let wheel = match mouse.press {
            Press::WheelUp => Some(Move::Up),
            Press::WheelDown => Some(Move::Down),
            _ => None,
        };
        if let Some(step) = wheel {
            (0..NOTCH).for_each(|_| self.move_by(step, ctx));
            return None;
        }
        if mouse.press == Press::Drag {
            return None;
        }
        let tabs = draw::tab_places(self.page, layout::page_inner(areas.tabs));
        if let Some((page, _)) = tabs.into_iter().find(|(_, place)| place.contains(at)) {
            self.turn(page, ctx);
            return None;
        }
        let line = self.offset + usize::from(at.y.saturating_sub(areas.rows.y));
        if !areas.rows.contains(at) || line >= self.lines.len() {
            return None;
        }
        self.select(line, ctx);
        (mouse.press == Press::Twice).then(|| self.open())
    }

    fn refresh(&mut self, ctx: &Ctx) {
        self.renew(ctx);
    }

    fn go_to(&mut self, place: &str, ctx: &Ctx) {
        self.find(place, ctx);
    }

    fn go_to_day(&mut self, _day: Date, _ctx: &Ctx) {}

    fn place(&self) -> Option<String> {
        None
    }

    fn draw(&self, ctx: &Ctx, look: Look, buf: &mut Buffer) {
        draw::draw(self, ctx, look, buf);
    }

    fn cursor(&self, ctx: &Ctx) -> Option<Position> {
        draw::cursor(self, ctx)
    }
}
