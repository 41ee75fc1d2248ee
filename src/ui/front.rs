//! The screen that is in front: which one it is, and what every screen can do. This is the only
//! place that knows how many there are.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Position;

use super::app::App;
use super::ctx::Ctx;
use super::draw::tab_at;
use super::keys::{Action, Scope};
use super::layout;
use super::msg::{Effect, Mouse, Press};
use super::screens::Look;
use super::screens::acting::Ask;
use super::screens::customers::Customers;
use super::screens::search::Search;
use super::screens::timeline::Timeline;

/// The screens, in the order of their tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// Whom to turn to, and why.
    #[default]
    Today,
    /// The list of customers, and the page of one.
    Customers,
    /// What happened when, over all customers.
    Timeline,
    /// What has worked.
    Playbook,
    /// Everything, by what is typed.
    Search,
}

impl Screen {
    /// The screens that have a tab, from left to right.
    pub const TABS: [Screen; 4] = [
        Screen::Today,
        Screen::Customers,
        Screen::Timeline,
        Screen::Playbook,
    ];

    /// The title of its tab.
    pub fn title(self) -> &'static str {
        match self {
            Screen::Today => "Today",
            Screen::Customers => "Customers",
            Screen::Timeline => "Timeline",
            Screen::Playbook => "Playbook",
            Screen::Search => "Search",
        }
    }

    /// What turns to it.
    pub fn action(self) -> Action {
        match self {
            Screen::Today => Action::TodayScreen,
            Screen::Customers => Action::Customers,
            Screen::Timeline => Action::Timeline,
            Screen::Playbook => Action::Playbook,
            Screen::Search => Action::Search,
        }
    }
}

/// What screens and dialogs may know of the program, so that the rest of it can be changed.
macro_rules! ctx {
    ($app:expr) => {
        Ctx {
            journal: &$app.journal,
            reasons: &$app.reasons,
            today: $app.today,
            size: $app.size,
            romaji: $app.romaji,
            divider: $app.divider,
        }
    };
}

/// What every screen can do.
pub trait Front {
    /// The scopes of its keys, the innermost first.
    fn scopes(&self) -> Vec<Scope>;
    /// Takes a key. `None`: the key is not for this screen.
    fn key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) -> Option<Ask>;
    /// Does something. `None`: there is nothing to ask for, or it is not for this screen.
    fn act(&mut self, action: Action, ctx: &Ctx) -> Option<Ask>;
    /// Whether there is something under the cursor that the action could be about.
    fn means(&self, action: Action, ctx: &Ctx) -> bool;
    /// Takes pasted text; only a line that is typed into has a place for it.
    fn paste(&mut self, text: &str, ctx: &Ctx);
    /// Takes what the mouse did.
    fn mouse(&mut self, mouse: Mouse, ctx: &Ctx) -> Option<Ask>;
    /// Makes its rows anew, and finds the selection again by its key.
    fn refresh(&mut self, ctx: &Ctx);
    /// Selects `customer:kind.key`, or a customer, where it was just written.
    fn go_to(&mut self, place: &str, ctx: &Ctx);
    /// Selects what is nearest to a day.
    fn go_to_day(&mut self, day: Date, ctx: &Ctx);
    /// What is open: a customer's key for a page, `customer:kind.key` for an entry.
    fn place(&self) -> Option<String>;
    /// Draws it.
    fn draw(&self, ctx: &Ctx, look: Look, buf: &mut Buffer);
    /// Where the terminal's cursor stands.
    fn cursor(&self, ctx: &Ctx) -> Option<Position>;
}

impl App {
    /// What a screen needs to know to change itself.
    pub fn ctx(&self) -> Ctx<'_> {
        ctx!(self)
    }

    /// The screen in front.
    pub(super) fn front(&self) -> &dyn Front {
        match self.screen {
            Screen::Today => &self.turning,
            Screen::Customers => &self.customers,
            Screen::Timeline => &self.timeline,
            Screen::Playbook => &self.playbook,
            Screen::Search => &self.search,
        }
    }

    /// All screens, to change them, and what they may know.
    pub(super) fn screens(&mut self) -> (&mut Customers, &mut Timeline, &mut Search, Ctx<'_>) {
        let ctx = ctx!(self);
        let (customers, timeline) = (&mut self.customers, &mut self.timeline);
        (customers, timeline, &mut self.search, ctx)
    }

    /// The screen in front, to change it, and what it may know.
    pub(super) fn front_mut(&mut self) -> (&mut dyn Front, Ctx<'_>) {
        let ctx = ctx!(self);
        let front: &mut dyn Front = match self.screen {
            Screen::Today => &mut self.turning,
            Screen::Customers => &mut self.customers,
            Screen::Timeline => &mut self.timeline,
            Screen::Playbook => &mut self.playbook,
            Screen::Search => &mut self.search,
        };
        (front, ctx)
    }

    /// Turns to the playbook, as it fits a customer.
    pub(super) fn playbook_of(&mut self, customer: &str) {
        self.turn_to(Screen::Playbook);
        let ctx = ctx!(self);
        self.playbook.show_customer(customer, &ctx);
    }

    /// Turns to a screen; what the others had open stays.
    pub(super) fn turn_to(&mut self, screen: Screen) {
        self.screen = screen;
        let (screen, ctx) = self.front_mut();
        screen.refresh(&ctx);
    }

    /// Turns to the timeline, with one customer alone.
    pub(super) fn timeline_of(&mut self, customer: &str) {
        self.turn_to(Screen::Timeline);
        let (_, timeline, _, ctx) = self.screens();
        timeline.show_customer(customer, &ctx);
    }

    /// Back from the playbook to the page of a customer.
    pub(super) fn back_to_page(&mut self, customer: &str) {
        self.screen = Screen::Customers;
        let (customers, _, _, ctx) = self.screens();
        customers.back_to(customer, &ctx);
    }

    /// Makes the rows of the screens anew. A screen that is not seen does it when it is turned to.
    pub(super) fn refresh_front(&mut self) {
        let (screen, ctx) = self.front_mut();
        screen.refresh(&ctx);
    }

    /// Opens a place, on the screen that has the customers' pages.
    pub(super) fn open_place(&mut self, place: &str) {
        self.screen = Screen::Customers;
        let (customers, _, _, ctx) = self.screens();
        customers.visit(place, &ctx);
    }

    /// The screen that led to the place that is open, if one did.
    pub(super) fn screen_behind(&mut self) -> Option<Screen> {
        let (place, screen) = self.way_back.take()?;
        let is_there = self.front().place() == Some(place) && !self.scopes().contains(&Scope::Line);
        is_there.then_some(screen)
    }

    pub(super) fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        if let Some(dialog) = self.dialog.take() {
            let (dialog, answer) = dialog.mouse(mouse, &self.ctx(), &self.keys);
            self.dialog = dialog;
            return self.answer(answer);
        }
        if mouse.row == 0 {
            let pressed = matches!(mouse.press, Press::Once | Press::Twice);
            if let Some(screen) = tab_at(self, mouse.column).filter(|_| pressed) {
                self.turn_to(screen);
            }
            return Vec::new();
        }
        let rule = self.ctx().areas(false).rule;
        let rule = rule.filter(|_| self.screen == Screen::Customers);
        match mouse.press {
            Press::Once | Press::Twice => {
                let at = Position::new(mouse.column, mouse.row);
                self.dragging = rule.is_some_and(|rule| rule.contains(at));
            }
            // Until another press: the button may be let go outside of the window.
            Press::Drag => {
                let list = self.dragging.then_some(mouse.column);
                self.divide(list);
                return Vec::new();
            }
            Press::WheelUp | Press::WheelDown => {}
        }
        let (screen, ctx) = self.front_mut();
        match screen.mouse(mouse, &ctx) {
            Some(ask) => self.ask(ask),
            None => Vec::new(),
        }
    }

    /// Puts the line between list and page there, where both are seen.
    pub(super) fn divide(&mut self, divider: Option<u16>) {
        if let Some(list) = divider.and_then(|list| layout::divided(self.size, list)) {
            self.divider = Some(list);
            self.refresh_front();
        }
    }

    pub(super) fn jump(&mut self, action: Action) {
        let here = self.front().place();
        let is_there = |place: &str| self.journal.holds(place);
        let place = match action {
            Action::JumpBack => self.trail.back(here.as_deref(), is_there),
            _ => self.trail.forth(is_there),
        };
        match place.map(str::to_owned) {
            Some(place) => self.open_place(&place),
            None => {
                let (side, other) = match action {
                    Action::JumpBack => ("before", Action::JumpForth),
                    _ => ("after", Action::JumpBack),
                };
                let key = self.keys.shown(Scope::Global, other).unwrap_or_default();
                self.notice = Some(format!(
                    "no place was open {side} this one: {key} goes the other way"
                ));
            }
        }
    }
}
