//! What the mouse does in a form: a click goes to what is drawn there, the wheel scrolls.

use ratatui::layout::{Position, Rect};

use super::form::Form;
use super::form_fields::Input;
use super::form_layout::{Layout, Told, layout, offers};
use crate::ui::keymap::Keymap;
use crate::ui::keys::Action;
use crate::ui::msg::{Mouse, Press};
use crate::ui::widgets::complete::Completion;

impl Form {
    /// Takes what the mouse did. `place`: the part of the screen that the form may take.
    pub fn mouse(&mut self, mouse: Mouse, place: Rect, keys: &Keymap) {
        let at = Position::new(mouse.column, mouse.row);
        if self.asking.is_some() || self.is_saving() {
            return;
        }
        if let Some(sides) = &self.sides {
            let step = match mouse.press {
                Press::WheelUp => Some(Action::Up),
                Press::WheelDown => Some(Action::Down),
                Press::Once | Press::Twice | Press::Drag => None,
            };
            return sides.scroll_by(step);
        }
        let layout = layout(self, place, keys);
        let offered = offers(self, &layout, place).filter(|area| area.contains(at));
        match (mouse.press, offered) {
            (Press::WheelUp, Some(_)) => self.completion.previous(),
            (Press::WheelDown, Some(_)) => self.completion.next(),
            (Press::Once | Press::Twice, Some(area)) => self.take_offer(usize::from(at.y - area.y)),
            (Press::WheelUp, None) => self.roll(&layout, at, -1),
            (Press::WheelDown, None) => self.roll(&layout, at, 1),
            (Press::Once | Press::Twice, None) => self.click(&layout, at),
            (Press::Drag, _) => {}
        }
    }

    fn click(&mut self, layout: &Layout, at: Position) {
        if layout.bottom.kind == Told::More && layout.bottom_area.contains(at) {
            let other = self.other_page();
            if !other.is_empty() {
                self.focus = other.start;
                self.completion = Completion::default();
            }
            return;
        }
        let Some(placed) = layout.fields.iter().find(|p| p.area.contains(at)) else {
            return;
        };
        if let Some(Input::Note(note)) = self.fields.get_mut(self.focus).map(|f| &mut f.input) {
            note.end_find(true);
        }
        if self.focus != placed.field {
            self.focus = placed.field;
            self.completion = Completion::default();
        }
        match self.fields.get_mut(placed.field).map(|f| &mut f.input) {
            Some(Input::Line(line)) if placed.typed.contains(at) => line.click(at, placed.typed),
            Some(Input::Note(note)) if placed.input.contains(at) => note.click(at, placed.input),
            _ => {}
        }
    }

    fn roll(&mut self, layout: &Layout, at: Position, by: isize) {
        let Some(placed) = layout.fields.iter().find(|p| p.area.contains(at)) else {
            return;
        };
        if let Some(Input::Note(note)) = self.fields.get_mut(placed.field).map(|f| &mut f.input) {
            note.roll(by, placed.input);
        }
    }
}
