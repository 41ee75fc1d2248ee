//! The screen `2 Customers`: the list, and the page of the one that is selected.

use ratatui::crossterm::event::KeyEvent;

use super::acting::{Ask, act_on, needs_one};
use super::customer::{Page, Tab};
use super::filter::Filter;
use super::roll::{Roll, Row, Sort, next_customer};
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::journal::Journal;
use crate::ui::ctx::Ctx;
use crate::ui::keys::{Action, Scope};
use crate::ui::target::Target;

/// How deep the person has gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd)]
pub enum Depth {
    /// In the list.
    #[default]
    List,
    /// On the page of a customer.
    Page,
    /// Reading one entry.
    Entry,
}

impl Depth {
    /// The page, or deeper on it.
    pub(super) fn max_page(self) -> Depth {
        match self {
            Depth::List => Depth::Page,
            deeper => deeper,
        }
    }
}

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Customers {
    /// The rows of the list: filtered, sorted, grouped.
    pub rows: Vec<Row>,
    /// The selected row.
    pub selected: usize,
    /// The first row that is seen.
    pub offset: usize,
    /// The key of the selected customer, by which it is found again.
    pub key: Option<String>,
    /// The order.
    pub sort: Sort,
    /// What narrows them.
    pub filter: Filter,
    /// How deep the person has gone.
    pub depth: Depth,
    /// What the list knows of all customers.
    pub roll: Roll,
    /// The page of the selected customer.
    pub page: Page,
}

impl Customers {
    /// The scopes of its keys, the innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        if self.filter.is_typed() || self.page.is_typed_into() {
            return vec![Scope::Line];
        }
        let own = match self.depth {
            Depth::List => Scope::Customers,
            Depth::Page => Scope::Page,
            Depth::Entry => Scope::Entry,
        };
        if self.is_in_time() {
            return vec![own, Scope::Time, Scope::Rows, Scope::Global];
        }
        vec![own, Scope::Rows, Scope::Global]
    }

    /// Whether the rows under the cursor lie in time.
    fn is_in_time(&self) -> bool {
        self.depth == Depth::Page && self.page.tab == Tab::Timeline
    }

    /// The selected customer.
    pub fn customer<'a>(&self, journal: &'a Journal) -> Option<&'a Customer> {
        journal.customer(self.key.as_deref()?).map(AsRef::as_ref)
    }

    /// The customer at the cursor, and the entry where one is selected.
    pub(super) fn selection<'a>(&self, ctx: &Ctx<'a>) -> Option<(&'a Customer, Option<&'a Entry>)> {
        let customer = self.customer(ctx.journal)?;
        let entry = match self.depth {
            Depth::List => None,
            Depth::Page | Depth::Entry => self.page.entry(customer),
        };
        Some((customer, entry))
    }

    /// Takes a key. `None`: the key is not for this screen.
    pub fn key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) -> Option<Ask> {
        if let Some(filter) = self.typed_filter() {
            filter.key(key, action);
            self.refresh(ctx);
            return None;
        }
        if self.page.is_typed_into() {
            self.page.search_key(key, action, ctx);
            return None;
        }
        self.act(action?, ctx)
    }

    /// Does something. `None`: there is nothing to ask for, or it is not for this screen.
    pub fn act(&mut self, action: Action, ctx: &Ctx) -> Option<Ask> {
        if let Some(step) = action.as_move() {
            self.move_by(step, ctx);
            return None;
        }
        if self.is_in_time() && self.page.in_time(action, self.customer(ctx.journal), ctx) {
            return None;
        }
        match action {
            Action::Quit if self.depth == Depth::List => return Some(Ask::Quit),
            Action::Back => self.back(ctx),
            Action::Filter if self.depth == Depth::List => self.filter.start(),
            Action::Filter => self.page.filter.start(),
            Action::OnlyThis => {
                return self.key.clone().map(Ask::TimelineOf);
            }
            Action::PlaybookOf => return self.key.clone().map(Ask::PlaybookOf),
            Action::Sort => {
                self.sort = self.sort.next();
                self.refresh(ctx);
            }
            Action::NextTab => self.page.turn(1, self.customer(ctx.journal), ctx),
            Action::PrevTab => self.page.turn(-1, self.customer(ctx.journal), ctx),
            Action::New => return Some(Ask::Form(Target::New)),
            Action::Open => self.open(ctx),
            Action::Find | Action::NextHit | Action::PrevHit => self.page.search(action, ctx),
            _ => return act_on(self.selection(ctx), action, ctx),
        }
        None
    }

    fn back(&mut self, ctx: &Ctx) {
        match self.depth {
            Depth::Entry if self.page.leave_entry() => self.depth = Depth::Page,
            Depth::Entry => {}
            Depth::Page => {
                if self.page.time_back(ctx) {
                    return;
                }
                if self.page.filter.clear() {
                    self.refresh(ctx);
                } else {
                    self.depth = Depth::List;
                }
            }
            Depth::List => {
                self.filter.clear();
                self.refresh(ctx);
            }
        }
    }

    pub(super) fn open(&mut self, ctx: &Ctx) {
        let Some(customer) = self.customer(ctx.journal) else {
            return;
        };
        match self.depth {
            Depth::List => self.depth = Depth::Page,
            Depth::Page if self.page.entry(customer).is_some() => {
                self.page.read(customer, ctx);
                self.depth = Depth::Entry;
            }
            Depth::Page => self.page.time_nearer(ctx),
            _ => {}
        }
    }

    /// Whether there is something under the cursor that the action could be about.
    pub fn means(&self, action: Action, ctx: &Ctx) -> bool {
        !(needs_one(action) || action == Action::Open) || self.customer(ctx.journal).is_some()
    }

    fn typed_filter(&mut self) -> Option<&mut Filter> {
        let own = [&mut self.filter, &mut self.page.filter];
        own.into_iter().find(|filter| filter.is_typed())
    }

    /// Takes pasted text; only a line that is typed into has a place for it.
    pub fn paste(&mut self, text: &str, ctx: &Ctx) {
        if let Some(filter) = self.typed_filter() {
            filter.paste(text);
            self.refresh(ctx);
        } else if self.page.is_typed_into() {
            self.page.search_paste(text, ctx);
        }
    }

    /// The row of the selected customer.
    pub(super) fn row(&self, ctx: &Ctx) -> Option<usize> {
        let place = ctx.journal.place(self.key.as_deref()?)?;
        self.rows
            .iter()
            .position(|row| *row == Row::Customer(place))
    }

    /// Makes the rows anew, and finds the selection again by its key.
    pub fn refresh(&mut self, ctx: &Ctx) {
        let wanted = self.filter.query(&ctx.reading());
        let is_narrow = !wanted.is_empty();
        let world = (ctx.journal, ctx.reasons, ctx.today);
        self.roll.fill(&mut self.rows, world, (self.sort, wanted));
        let found = self.row(ctx);
        let first = next_customer(&self.rows, 0, false);
        self.selected = found.unwrap_or_else(|| {
            let kept = self.selected.min(self.rows.len().saturating_sub(1));
            if self.key.is_some() && !is_narrow {
                next_customer(&self.rows, kept, false)
            } else {
                first
            }
        });
        if found.is_none() {
            self.key = None;
            self.select(self.selected, ctx);
            if self.key.is_none() {
                self.depth = Depth::List;
            }
        } else {
            let customer = self.customer(ctx.journal);
            self.page.refresh(customer, ctx);
        }
        self.scroll(ctx);
    }
}
