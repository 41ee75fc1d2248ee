//! The keys of the lanes, and what the mouse does to either pane.

use ratatui::layout::Position;

use super::lanes::Sideways;
use super::screen::{Pane, Timeline};
use super::{calendar_draw, list_draw, screen_draw, strip_draw};
use crate::model::timeline::period::Zoom;
use crate::ui::ctx::Ctx;
use crate::ui::front::Front;
use crate::ui::keys::Action;
use crate::ui::layout::{self, TimelineAreas};
use crate::ui::msg::{Mouse, Press};
use crate::ui::screens::acting::{Ask, act_on};
use crate::ui::widgets::list::Move;

/// How many rows a notch of the wheel is.
const NOTCH: usize = 3;

impl Timeline {
    pub(super) fn act_in_lanes(&mut self, action: Action, ctx: &Ctx) -> Option<Ask> {
        let area = layout::timeline(ctx.size).lanes;
        let sideways = match action {
            Action::CellBefore => Some(Sideways::Earlier),
            Action::CellAfter => Some(Sideways::Later),
            Action::Earlier => Some(Sideways::PageEarlier),
            Action::Later => Some(Sideways::PageLater),
            _ => None,
        };
        if action == Action::Lanes {
            self.pane = Pane::List;
            return None;
        }
        let chosen = self.lanes.chosen(self.basis(ctx));
        let chosen = chosen.map(|(key, period)| (key.to_owned(), period));
        match action {
            Action::Open => {
                let (key, period) = chosen?;
                let (settings, room) = (&ctx.journal.settings, Timeline::room(ctx));
                self.list.look_into(&key, period, settings, room);
                self.came_from_lanes();
                return None;
            }
            Action::Brief => {
                let customer = ctx.journal.customer(&chosen?.0)?;
                return act_on(Some((customer, None)), action, ctx);
            }
            Action::Add => {
                let (customer, _) = chosen?;
                return Some(Ask::AddMenu {
                    customer,
                    day: None,
                });
            }
            _ => {}
        }
        self.with_lanes(ctx, |lanes, basis| {
            if let Some(step) = action.as_move() {
                lanes.move_rows(step, basis, area);
            } else if let Some(step) = sideways {
                lanes.move_columns(step, basis, area);
            }
            match action {
                Action::ZoomOut | Action::LongerPeriod => {
                    lanes.zoom_to(lanes.zoom().farther().unwrap_or(Zoom::Week), basis);
                }
                Action::ZoomIn | Action::ShorterPeriod => {
                    let nearer = lanes.zoom().nearer().filter(|zoom| *zoom != Zoom::Day);
                    lanes.zoom_to(nearer.unwrap_or(Zoom::Year), basis);
                }
                Action::Sort => lanes.sort(basis),
                Action::Today => lanes.go_to_today(),
                _ => {}
            }
        });
        None
    }

    /// What the mouse points at: a row, a cell, a bar of the strip, a day of the calendar.
    pub(super) fn point(&mut self, mouse: Mouse, ctx: &Ctx) -> Option<Ask> {
        let areas = layout::timeline(ctx.size);
        let at = Position::new(mouse.column, mouse.row);
        match mouse.press {
            Press::WheelUp => self.roll(Move::Up, &areas, ctx),
            Press::WheelDown => self.roll(Move::Down, &areas, ctx),
            Press::Drag => {}
            Press::Once | Press::Twice => {
                let is_hit = match self.pane {
                    Pane::List => self.click(at, &areas, ctx),
                    Pane::Lanes => {
                        self.with_lanes(ctx, |lanes, basis| lanes.click(at, basis, areas.lanes))
                    }
                };
                if is_hit && mouse.press == Press::Twice {
                    return self.act(Action::Open, ctx);
                }
            }
        }
        None
    }

    fn roll(&mut self, step: Move, areas: &TimelineAreas, ctx: &Ctx) {
        for _ in 0..NOTCH {
            match self.pane {
                Pane::List => self.list.move_by(step, areas.room()),
                Pane::Lanes => {
                    self.with_lanes(ctx, |lanes, basis| {
                        lanes.move_rows(step, basis, areas.lanes);
                    });
                }
            }
        }
    }

    /// Answers whether a row was hit.
    fn click(&mut self, at: Position, areas: &TimelineAreas, ctx: &Ctx) -> bool {
        let room = areas.room();
        if let Some(row) = list_draw::row_at(&self.list, areas.rows, at) {
            return self.list.select(row, room);
        }
        let strip = areas.strip.map(layout::page_inner);
        let in_strip = self
            .strip
            .as_ref()
            .zip(strip)
            .and_then(|(density, area)| strip_draw::period_at(density, area, at));
        let in_calendar = areas.calendar.and_then(|area| {
            let (calendar, day) = screen_draw::calendar(self, ctx);
            calendar_draw::day_at(&calendar, day, layout::page_inner(area), at)
        });
        let day = in_calendar.or(in_strip.map(|period| period.until));
        if let Some(day) = day {
            self.list.go_to_day(day, &ctx.journal.settings, room);
        }
        false
    }
}
