//! The search screen: its state and its keys.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Position;

use super::complete::Ways;
use super::draw;
use super::history::History;
use super::preview::Preview;
use super::results::Results;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::search::engine::Found;
use crate::model::search::query::Query;
use crate::ui::ctx::Ctx;
use crate::ui::front::Front;
use crate::ui::keys::{Action, Scope};
use crate::ui::layout;
use crate::ui::msg::{Effect, Mouse, Press, Wanted};
use crate::ui::screens::Look;
use crate::ui::screens::acting::{Ask, act_on, needs_one};
use crate::ui::widgets::line_field::LineField;
use crate::ui::widgets::list::{self, Move};

/// How many hits are asked for at first; at the end of them as many again.
const FIRST: usize = 1_000;

/// How many rows a notch of the wheel is.
const NOTCH: usize = 3;

/// A search that can be chosen while nothing is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name, where it is one of the journal's.
    pub name: Option<String>,
    /// What is looked for.
    pub query: String,
}

/// An answer that is waited for.
#[derive(Clone, Copy, Debug)]
struct Awaited {
    ticket: u64,
    /// Whether the selection stays, as where the same is asked again.
    keeps: bool,
}

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Search {
    /// What is typed.
    pub field: LineField,
    /// What that means.
    pub query: Query,
    /// What was found; of what was typed before, while an answer is waited for.
    pub results: Results,
    /// The key of the only customer that is searched.
    pub only: Option<String>,
    /// What can be chosen while nothing is typed.
    pub offers: Vec<Offer>,
    /// The selected one of them.
    pub offered: usize,
    /// The first one that is seen.
    pub offset: usize,
    /// The hit at hand, as it is read beside the rows.
    pub preview: Preview,
    /// What the program is to ask of the world.
    pub wishes: Vec<Effect>,
    /// The ways to go on with what is typed, while one chooses.
    pub ways: Option<Ways>,
    /// Which ways are waited for.
    pub(super) completes: Option<u64>,
    history: History,
    limit: usize,
    pub(super) tickets: u64,
    awaited: Option<Awaited>,
    /// Whether the journal or the day is another one than that of the results.
    is_outdated: bool,
    /// Whether what comes is to be opened at once.
    opens: bool,
    /// Whether the offers are still what is seen: nothing is typed, or nothing of it came yet.
    shows_offers: bool,
}

impl Search {
    /// Starts anew, with nothing typed.
    pub fn begin(&mut self, typed: &str, ctx: &Ctx) {
        (self.only, self.ways, self.completes) = (None, None, None);
        self.offered = 0;
        self.set(typed, ctx);
    }

    /// The journal or the day is another one: what was found is looked for again.
    pub fn outdate(&mut self) {
        self.is_outdated = true;
    }

    /// These were looked for in earlier sessions.
    pub fn remembered(&mut self, queries: Vec<String>) {
        self.history.found(queries);
    }

    fn set(&mut self, typed: &str, ctx: &Ctx) {
        self.field.set(typed);
        self.read(ctx);
    }

    /// Reads what is typed now.
    pub(super) fn read(&mut self, ctx: &Ctx) {
        self.opens = false;
        self.limit = FIRST;
        let query = self.parsed(ctx);
        let is_same = query == self.query && !self.is_outdated;
        self.query = query;
        if !is_same {
            self.ask(false);
        }
        self.follow(ctx);
    }

    fn parsed(&self, ctx: &Ctx) -> Query {
        Query::parse(self.field.value(), &ctx.reading())
    }

    /// Asks for what is typed. Of what was asked before and is not under way, nobody waits.
    fn ask(&mut self, keeps: bool) {
        self.is_outdated = false;
        self.wishes
            .retain(|wish| !matches!(wish, Effect::Search(_)));
        if self.query.is_empty() {
            self.awaited = None;
            self.shows_offers = true;
            self.results.clear();
            return;
        }
        self.tickets += 1;
        let ticket = self.tickets;
        self.awaited = Some(Awaited { ticket, keeps });
        self.wishes.push(Effect::Search(Box::new(Wanted {
            ticket,
            query: self.query.clone(),
            limit: self.limit,
            only: self.only.clone(),
        })));
    }

    /// Takes an answer. What nobody waits for any more is dropped.
    pub fn found(&mut self, ticket: u64, found: Found, ctx: &Ctx) -> Option<Ask> {
        let awaited = self.awaited.take_if(|awaited| awaited.ticket == ticket)?;
        self.results.take(self.query.clone(), found, awaited.keeps);
        self.shows_offers = false;
        self.refresh(ctx);
        if std::mem::take(&mut self.opens) {
            return self.open(ctx);
        }
        None
    }

    /// Scrolls, asks for more at the end, and reads the hit at hand.
    fn follow(&mut self, ctx: &Ctx) {
        let areas = layout::search(ctx.size);
        let height = usize::from(areas.rows.height);
        self.offered = self.offered.min(self.offers.len().saturating_sub(1));
        self.offset = list::scroll(self.offered, self.offset, height, self.offers.len());
        self.results.scroll(height);
        if self.results.wants_more() && self.awaited.is_none() {
            self.limit = self.results.found.hits.len() + FIRST;
            self.ask(true);
        }
        self.results.quote(height);
        self.preview.follow(&self.results, areas.preview);
    }

    /// Whether nothing is typed, so that what is chosen is one of the offers.
    fn is_offering(&self) -> bool {
        self.field.value().trim().is_empty()
    }

    /// Whether the offers are what is seen: until there are results, they stay.
    pub fn shows_offers(&self) -> bool {
        self.shows_offers
    }

    /// Whether an answer is waited for.
    pub fn is_waiting(&self) -> bool {
        self.awaited.is_some()
    }

    fn offer(&mut self, ctx: &Ctx) {
        let saved = ctx.journal.settings.searches();
        let saved = saved.map(|(name, query)| Offer {
            name: Some(name.to_owned()),
            query: query.to_owned(),
        });
        self.offers = saved.collect();
        let earlier = self.history.newest().map(|query| Offer {
            name: None,
            query: query.to_owned(),
        });
        self.offers.extend(earlier);
    }

    fn open(&mut self, ctx: &Ctx) -> Option<Ask> {
        if self.is_offering() {
            let query = self.offers.get(self.offered)?.query.clone();
            self.set(&query, ctx);
            return None;
        }
        if self.awaited.is_some_and(|awaited| !awaited.keeps) {
            // What is on the screen is not what was typed.
            self.opens = true;
            return None;
        }
        self.remember();
        let place = self.results.hit()?.place();
        if !ctx.journal.holds(&place) {
            let gone = format!("{place} is gone: it was removed or renamed meanwhile");
            return Some(Ask::Say(gone));
        }
        Some(Ask::Open(place))
    }

    fn remember(&mut self) {
        let typed = self.field.value();
        if self.history.remember(typed) {
            let query = typed.trim().to_owned();
            self.wishes.push(Effect::Remember(query));
        }
    }

    fn recall(&mut self, ctx: &Ctx) {
        if let Some(query) = self.history.before(self.field.value()) {
            self.set(&query, ctx);
        }
    }

    fn move_by(&mut self, step: Move, ctx: &Ctx) {
        let height = usize::from(layout::search(ctx.size).rows.height);
        if self.is_offering() {
            self.offered = step.from(self.offered, self.offers.len(), height);
        } else {
            self.results.move_by(step, height);
        }
    }

    fn is_at_top(&self) -> bool {
        match self.is_offering() {
            true => self.offered == 0,
            false => self.results.is_at_top(),
        }
    }

    /// All of the customer at hand, or of all customers again.
    fn only_this(&mut self) {
        self.only = match self.only {
            Some(_) => None,
            None => self.results.hit().map(|hit| hit.customer.key.to_string()),
        };
        self.limit = FIRST;
        self.ask(true);
    }

    /// The customer and the entry at hand, as they are now, else as they were found.
    fn selection<'a>(&'a self, ctx: &Ctx<'a>) -> Option<(&'a Customer, Option<&'a Entry>)> {
        let hit = self.results.hit().filter(|_| !self.is_offering())?;
        let now = ctx.journal.customer(&hit.customer.key);
        let customer = now.map_or(&*hit.customer, AsRef::as_ref);
        let Some(found) = hit.entry() else {
            return Some((customer, None));
        };
        match customer.entry(found.kind.word(), &found.key) {
            Some(entry) => Some((customer, Some(entry))),
            None => Some((&hit.customer, Some(found))),
        }
    }

    fn on_rows(&mut self, press: Press, row: usize, ctx: &Ctx) -> Option<Ask> {
        let is_there = if self.is_offering() {
            let at = self.offset + row;
            let is_there = at < self.offers.len();
            self.offered = if is_there { at } else { self.offered };
            is_there
        } else {
            self.results.select(self.results.offset + row)
        };
        let is_opened = press == Press::Twice && is_there;
        is_opened.then(|| self.open(ctx)).flatten()
    }
}

impl Front for Search {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Search]
    }

    fn key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) -> Option<Ask> {
        if let Some(action) = action {
            return self.act(action, ctx);
        }
        let before = self.field.value().to_owned();
        if self.field.key(key) {
            (self.ways, self.completes) = (None, None);
        }
        if self.field.value() != before {
            self.history.stay();
            self.read(ctx);
        }
        None
    }

    fn act(&mut self, action: Action, ctx: &Ctx) -> Option<Ask> {
        let back = action == Action::CompleteBack;
        if back || action == Action::Complete {
            self.complete(back, ctx);
            return None;
        }
        if action == Action::Back && self.leave_ways(ctx) {
            return None;
        }
        (self.ways, self.completes) = (None, None);
        let ask = match action {
            Action::Open => self.open(ctx),
            Action::Back => Some(Ask::Back),
            Action::Up if self.is_at_top() => {
                self.recall(ctx);
                None
            }
            Action::Recall => {
                self.recall(ctx);
                None
            }
            Action::OnlyThis => {
                self.only_this();
                None
            }
            Action::Group => {
                self.results.turn();
                None
            }
            Action::AsTimeline if self.query.is_empty() => {
                let words = "type what to look for, and its timeline is made";
                Some(Ask::Say(words.to_owned()))
            }
            Action::AsTimeline => {
                self.remember();
                Some(Ask::TimelineBy {
                    query: self.query.clone(),
                    typed: self.field.value().trim().to_owned(),
                    customer: self.only.clone(),
                })
            }
            Action::Copy | Action::Editor | Action::Brief if self.selection(ctx).is_none() => {
                Some(Ask::Say("nothing is selected here yet".to_owned()))
            }
            _ => match action.as_move() {
                Some(step) => {
                    self.move_by(step, ctx);
                    None
                }
                None if needs_one(action) => act_on(self.selection(ctx), action, ctx),
                None => None,
            },
        };
        self.follow(ctx);
        ask
    }

    fn means(&self, action: Action, ctx: &Ctx) -> bool {
        match action {
            Action::OnlyThis => self.only.is_some() || self.selection(ctx).is_some(),
            Action::AsTimeline => !self.query.is_empty(),
            _ => !needs_one(action) || self.selection(ctx).is_some(),
        }
    }

    fn paste(&mut self, text: &str, ctx: &Ctx) {
        (self.ways, self.completes) = (None, None);
        self.field.paste(text);
        self.history.stay();
        self.read(ctx);
    }

    fn mouse(&mut self, mouse: Mouse, ctx: &Ctx) -> Option<Ask> {
        let areas = layout::search(ctx.size);
        let at = Position::new(mouse.column, mouse.row);
        let is_pressed = matches!(mouse.press, Press::Once | Press::Twice);
        if is_pressed && self.take_way(at, ctx) {
            return None;
        }
        (self.ways, self.completes) = (None, None);
        let ask = match mouse.press {
            Press::WheelUp | Press::WheelDown => {
                let up = mouse.press == Press::WheelUp;
                let step = if up { Move::Up } else { Move::Down };
                (0..NOTCH).for_each(|_| self.move_by(step, ctx));
                None
            }
            Press::Once | Press::Twice if areas.field.contains(at) => {
                self.field.click(at, areas.field);
                None
            }
            Press::Once | Press::Twice if areas.rows.contains(at) => {
                self.on_rows(mouse.press, usize::from(at.y - areas.rows.y), ctx)
            }
            Press::Once | Press::Twice | Press::Drag => None,
        };
        self.follow(ctx);
        ask
    }

    fn refresh(&mut self, ctx: &Ctx) {
        self.offer(ctx);
        // An answer that is under way may still know the old journal: it is asked again behind it.
        if self.is_outdated && self.awaited.is_none() {
            self.query = self.parsed(ctx);
            self.ask(true);
        }
        self.follow(ctx);
    }

    fn go_to(&mut self, _place: &str, ctx: &Ctx) {
        self.follow(ctx);
    }

    fn go_to_day(&mut self, _day: Date, _ctx: &Ctx) {}

    fn place(&self) -> Option<String> {
        None
    }

    fn draw(&self, ctx: &Ctx, look: Look, buf: &mut Buffer) {
        draw::draw(self, ctx, look, buf);
        self.draw_ways(ctx, look, buf);
    }

    fn cursor(&self, ctx: &Ctx) -> Option<Position> {
        Some(self.field.cursor(layout::search(ctx.size).field))
    }
}
