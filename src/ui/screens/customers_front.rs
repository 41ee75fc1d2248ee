//! The customers screen as one of the program's screens.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Position;

use super::Look;
use super::acting::Ask;
use super::customers::Customers;
use super::customers_draw;
use crate::ui::ctx::Ctx;
use crate::ui::front::Front;
use crate::ui::keys::{Action, Scope};
use crate::ui::msg::Mouse;

impl Front for Customers {
    fn scopes(&self) -> Vec<Scope> {
        Customers::scopes(self)
    }

    fn key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) -> Option<Ask> {
        Customers::key(self, key, action, ctx)
    }

    fn act(&mut self, action: Action, ctx: &Ctx) -> Option<Ask> {
        Customers::act(self, action, ctx)
    }

    fn means(&self, action: Action, ctx: &Ctx) -> bool {
        Customers::means(self, action, ctx)
    }

    fn paste(&mut self, text: &str, ctx: &Ctx) {
        Customers::paste(self, text, ctx);
    }

    fn mouse(&mut self, mouse: Mouse, ctx: &Ctx) -> Option<Ask> {
        Customers::mouse(self, mouse, ctx);
        None
    }

    fn refresh(&mut self, ctx: &Ctx) {
        Customers::refresh(self, ctx);
    }

    fn go_to(&mut self, place: &str, ctx: &Ctx) {
        Customers::go_to(self, place, ctx);
    }

    fn go_to_day(&mut self, day: Date, ctx: &Ctx) {
        self.page.go_to_day(day, ctx);
    }

    fn place(&self) -> Option<String> {
        Customers::place(self)
    }

    fn draw(&self, ctx: &Ctx, look: Look, buf: &mut Buffer) {
        customers_draw::draw(self, ctx, look, buf);
    }

    fn cursor(&self, ctx: &Ctx) -> Option<Position> {
        customers_draw::cursor(self, ctx)
    }
}
