//! The timeline screen: its state and its keys.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Position;

use super::lanes::{Basis, LanesPane};
use super::list::{Deeper, List};
use super::{screen_draw, strip_draw, typed};
use crate::model::timeline;
use crate::model::timeline::density::Density;
use crate::model::timeline::only::Only;
use crate::model::timeline::period::Zoom;
use crate::ui::ctx::Ctx;
use crate::ui::front::Front;
use crate::ui::keys::{Action, Scope};
use crate::ui::layout::{self, Room};
use crate::ui::msg::Mouse;
use crate::ui::screens::Look;
use crate::ui::screens::acting::{Ask, act_on, needs_one};
use crate::ui::screens::filter::Filter;

/// What is shown of the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// Rows, one below the other.
    #[default]
    List,
    /// A row per customer, a cell per month.
    Lanes,
}

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Timeline {
    /// What is shown.
    pub pane: Pane,
    /// The rows.
    pub list: List,
    /// The line that narrows them.
    pub filter: Filter,
    /// The lanes.
    pub lanes: LanesPane,
    /// How often there was contact, for the strip above the rows.
    pub strip: Option<Density>,
    /// For which rows, which day and which width lanes and strip were made.
    made: Option<(u64, Date, u16)>,
    /// Whether a cell of the lanes led to the list.
    from_lanes: bool,
}

impl Timeline {
    pub(super) fn room(ctx: &Ctx) -> Room {
        layout::timeline(ctx.size).room()
    }

    /// What lanes and strip are made of.
    pub(super) fn basis<'a>(&'a self, ctx: &Ctx<'a>) -> Basis<'a> {
        Basis {
            index: self.list.index(),
            selection: self.list.selection(),
            settings: &ctx.journal.settings,
            today: ctx.today,
        }
    }

    /// Changes the lanes, which are made of what the list shows.
    pub(super) fn with_lanes<T>(
        &mut self,
        ctx: &Ctx,
        change: impl FnOnce(&mut LanesPane, Basis) -> T,
    ) -> T {
        let mut lanes = std::mem::take(&mut self.lanes);
        let done = change(&mut lanes, self.basis(ctx));
        self.lanes = lanes;
        done
    }

    /// Lanes and strip follow what the list shows.
    pub(super) fn follow(&mut self, ctx: &Ctx) {
        let now = (self.list.made(), ctx.today, ctx.size.width);
        if self.made == Some(now) {
            return;
        }
        self.made = Some(now);
        self.with_lanes(ctx, |lanes, basis| lanes.refresh(basis));
        self.strip = layout::timeline(ctx.size).strip.and_then(|area| {
            let basis = self.basis(ctx);
            let period = self
                .list
                .filter()
                .period
                .filter(|period| period.is_closed());
            let days = Density::days(basis.index, basis.selection, ctx.today);
            let days = period.or(days)?;
            let width = layout::page_inner(area).width;
            Some(strip_draw::density(basis, days, width))
        });
    }

    /// The list shows what a cell of the lanes holds.
    pub(super) fn came_from_lanes(&mut self) {
        (self.pane, self.from_lanes) = (Pane::List, true);
    }

    fn apply_filter(&mut self, ctx: &Ctx) {
        let typed = self.filter.line().map_or("", |line| line.value());
        let filter = typed::filter(typed, self.list.filter(), ctx);
        if filter != *self.list.filter() {
            let settings = &ctx.journal.settings;
            self.list.narrow(filter, settings, Timeline::room(ctx));
        }
    }

    fn show(&mut self, filter: timeline::filter::Filter, ctx: &Ctx) {
        let settings = &ctx.journal.settings;
        self.list.narrow(filter, settings, Timeline::room(ctx));
    }

    fn clear(&mut self, ctx: &Ctx) {
        self.filter.clear();
        self.show(timeline::filter::Filter::default(), ctx);
    }

    fn back(&mut self, ctx: &Ctx) {
        if !self.list.back(&ctx.journal.settings, Timeline::room(ctx)) {
            self.clear(ctx);
        } else if std::mem::take(&mut self.from_lanes) {
            self.pane = Pane::Lanes;
        }
    }

    fn open(&mut self, ctx: &Ctx) -> Option<Ask> {
        match self
            .list
            .deeper(&ctx.journal.settings, Timeline::room(ctx))?
        {
            Deeper::Place(place) => Some(Ask::Open(place)),
            Deeper::Zoomed => None,
        }
    }

    /// All customers, or the one under the cursor alone.
    fn only_this(&mut self, ctx: &Ctx) {
        let mut filter = self.list.filter().clone();
        filter.customer = match filter.customer {
            Some(_) => None,
            None => self.list.chosen().map(|(c, _)| c.key.to_string()),
        };
        self.show(filter, ctx);
    }

    /// Shows one customer alone.
    pub fn show_customer(&mut self, key: &str, ctx: &Ctx) {
        self.pane = Pane::List;
        self.filter.clear();
        self.show(timeline::filter::Filter::of_customer(key), ctx);
        self.follow(ctx);
    }

    /// Shows what a search found alone, of one customer or of all.
    pub fn show_only(&mut self, only: Only, customer: Option<String>, ctx: &Ctx) {
        self.pane = Pane::List;
        self.filter.clear();
        let filter = timeline::filter::Filter {
            customer,
            only: Some(only),
            ..timeline::filter::Filter::default()
        };
        self.show(filter, ctx);
        self.follow(ctx);
    }

    /// The search that is shown found this now.
    pub fn renew_only(&mut self, only: Only, ctx: &Ctx) {
        let filter = timeline::filter::Filter {
            only: Some(only),
            ..self.list.filter().clone()
        };
        self.show(filter, ctx);
        self.follow(ctx);
    }

    fn act_in_list(&mut self, action: Action, ctx: &Ctx) -> Option<Ask> {
        let room = Timeline::room(ctx);
        if let Some(step) = action.as_move() {
            self.list.move_by(step, room);
            return None;
        }
        if in_time(&mut self.list, action, ctx, room) {
            return None;
        }
        match action {
            Action::Open => return self.open(ctx),
            Action::Back => self.back(ctx),
            Action::OnlyThis => self.only_this(ctx),
            Action::Lanes => {
                let chosen = self.list.chosen().map(|(c, _)| c.key.to_string());
                self.follow(ctx);
                self.with_lanes(ctx, |lanes, basis| {
                    if let Some(key) = chosen {
                        lanes.select_customer(&key, basis);
                    }
                });
                self.pane = Pane::Lanes;
            }
            Action::Add => {
                let (customer, _) = self.list.chosen()?;
                return Some(Ask::AddMenu {
                    customer: customer.key.to_string(),
                    day: self.list.day().filter(|day| *day != ctx.today),
                });
            }
            _ => return act_on(self.list.chosen(), action, ctx),
        }
        None
    }

    /// What every pane does the same way. `None`: it is not for all of them.
    fn act_anywhere(&mut self, action: Action, ctx: &Ctx) -> Option<Option<Ask>> {
        match action {
            Action::Quit => return Some(Some(Ask::Quit)),
            Action::Filter => self.filter.start(),
            Action::ClearFilter => self.clear(ctx),
            Action::GoToDay => {
                let day = self.list.day().unwrap_or(ctx.today);
                return Some(Some(Ask::Day(day)));
            }
            _ => return None,
        }
        Some(None)
    }
}

/// Zooms, turns or moves a list in time; answers whether the action was one of these.
pub fn in_time(list: &mut List, action: Action, ctx: &Ctx, room: Room) -> bool {
    let settings = &ctx.journal.settings;
    match action {
        Action::ZoomOut => {
            let zoom = list.zoom().farther().unwrap_or(Zoom::Day);
            list.zoom_to(zoom, settings, room);
        }
        Action::ZoomIn => {
            let zoom = list.zoom().nearer().unwrap_or(Zoom::Year);
            list.zoom_to(zoom, settings, room);
        }
        Action::Sort => list.turn_round(settings, room),
        Action::Earlier => list.shift(-1, settings, room),
        Action::Later => list.shift(1, settings, room),
        Action::LongerPeriod => list.widen(settings, room),
        Action::ShorterPeriod => list.shorten(settings, room),
        Action::Today => list.go_to_day(ctx.today, settings, room),
        _ => return false,
    }
    true
}

impl Front for Timeline {
    fn scopes(&self) -> Vec<Scope> {
        if self.filter.is_typed() {
            return vec![Scope::Line];
        }
        let own = match self.pane {
            Pane::List => Scope::Timeline,
            Pane::Lanes => Scope::Lanes,
        };
        vec![own, Scope::Time, Scope::Rows, Scope::Global]
    }

    fn key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) -> Option<Ask> {
        if self.filter.is_typed() {
            self.filter.key(key, action);
            self.apply_filter(ctx);
            self.follow(ctx);
            return None;
        }
        self.act(action?, ctx)
    }

    fn act(&mut self, action: Action, ctx: &Ctx) -> Option<Ask> {
        let done = self.act_anywhere(action, ctx);
        let ask = done.unwrap_or_else(|| match self.pane {
            Pane::List => self.act_in_list(action, ctx),
            Pane::Lanes => self.act_in_lanes(action, ctx),
        });
        self.follow(ctx);
        ask
    }

    fn means(&self, action: Action, _ctx: &Ctx) -> bool {
        !needs_one(action) || self.list.chosen().is_some()
    }

    fn paste(&mut self, text: &str, ctx: &Ctx) {
        if self.filter.is_typed() {
            self.filter.paste(text);
            self.apply_filter(ctx);
            self.follow(ctx);
        }
    }

    fn mouse(&mut self, mouse: Mouse, ctx: &Ctx) -> Option<Ask> {
        self.filter.keep();
        let ask = self.point(mouse, ctx);
        self.follow(ctx);
        ask
    }

    fn refresh(&mut self, ctx: &Ctx) {
        self.list
            .refresh(ctx.journal, ctx.today, Timeline::room(ctx));
        self.follow(ctx);
    }

    fn go_to(&mut self, place: &str, ctx: &Ctx) {
        let room = Timeline::room(ctx);
        if let Some((customer, id)) = place.split_once(':')
            && let Some((kind, key)) = id.split_once('.')
            && !self.list.select_entry(customer, kind, key, room)
        {
            // The filter would hide what was just written.
            self.clear(ctx);
            self.list.select_entry(customer, kind, key, room);
        }
        self.follow(ctx);
    }

    fn go_to_day(&mut self, day: Date, ctx: &Ctx) {
        match self.pane {
            Pane::List => {
                let settings = &ctx.journal.settings;
                self.list.go_to_day(day, settings, Timeline::room(ctx));
            }
            Pane::Lanes => {
                let area = layout::timeline(ctx.size).lanes;
                self.with_lanes(ctx, |lanes, basis| lanes.go_to_day(day, basis, area));
            }
        }
        self.follow(ctx);
    }

    fn place(&self) -> Option<String> {
        None
    }

    fn draw(&self, ctx: &Ctx, look: Look, buf: &mut Buffer) {
        screen_draw::draw(self, ctx, look, buf);
    }

    fn cursor(&self, ctx: &Ctx) -> Option<Position> {
        screen_draw::cursor(self, ctx)
    }
}
