//! How the program comes to the search and back, and what it does with answers.

use super::app::App;
use super::front::{Front as _, Screen};
use super::msg::Effect;
use super::screens::customers::Customers;
use crate::model::search::engine::{Found, Picked};
use crate::model::search::query::Query;
use crate::model::timeline::only::Only;

/// Where the search was opened from.
#[derive(Debug, Default)]
pub(super) struct Behind {
    screen: Screen,
    way_back: Option<(String, Screen)>,
    /// The customers screen as it was, where a hit was opened on it since.
    customers: Option<Box<Customers>>,
}

/// A timeline that is waited for.
#[derive(Debug)]
pub(super) struct Picking {
    ticket: u64,
    query: Query,
    typed: String,
    customer: Option<String>,
    /// Whether it is turned to; one that only follows the journal is not.
    turns: bool,
}

impl App {
    /// Opens the search, from wherever, with this in its line.
    pub(super) fn open_search(&mut self, typed: &str) {
        if self.screen != Screen::Search {
            self.behind = Behind {
                screen: self.screen,
                way_back: self.way_back.take(),
                customers: None,
            };
        }
        self.screen = Screen::Search;
        let (_, _, search, ctx) = self.screens();
        search.begin(typed, &ctx);
        search.refresh(&ctx);
    }

    /// Back to where the search was opened, as it was.
    pub(super) fn leave_search(&mut self) {
        let behind = std::mem::take(&mut self.behind);
        if let Some(customers) = behind.customers {
            let opened = std::mem::replace(&mut self.customers, *customers);
            (self.customers.roll, self.customers.rows) = (opened.roll, opened.rows);
        }
        self.way_back = behind.way_back;
        // A timeline that comes now would tear one away from where one went.
        self.picking.take_if(|picking| picking.turns);
        self.turn_to(behind.screen);
    }

    /// A hit is about to be opened: the customers screen is kept as it is until the search is
    /// left.
    pub(super) fn keep_customers(&mut self) {
        if self.screen == Screen::Search && self.behind.customers.is_none() {
            let fresh = Customers {
                sort: self.customers.sort,
                roll: std::mem::take(&mut self.customers.roll),
                rows: std::mem::take(&mut self.customers.rows),
                ..Customers::default()
            };
            let kept = std::mem::replace(&mut self.customers, fresh);
            self.behind.customers = Some(Box::new(kept));
        }
    }

    /// Takes what a search found.
    pub(super) fn found(&mut self, ticket: u64, found: Found) -> Vec<Effect> {
        let (_, _, search, ctx) = self.screens();
        match search.found(ticket, found, &ctx) {
            // Somebody else has come between.
            Some(_) if self.screen != Screen::Search || self.dialog.is_some() => Vec::new(),
            Some(ask) => self.ask(ask),
            None => Vec::new(),
        }
    }

    /// Asks for all that a query finds, for a timeline of it.
    pub(super) fn pick(&mut self, query: Query, typed: String, customer: Option<String>) {
        self.pick_as(query, typed, customer, true);
    }

    fn pick_as(&mut self, query: Query, typed: String, customer: Option<String>, turns: bool) {
        let ticket = self.ticket();
        let effect = Effect::Pick {
            ticket,
            query: query.clone(),
        };
        self.picking = Some(Picking {
            ticket,
            query,
            typed,
            customer,
            turns,
        });
        self.search.wishes.push(effect);
    }

    /// Shows what was picked in the timeline, where it is still waited for.
    pub(super) fn picked(&mut self, ticket: u64, picked: Picked) {
        let Some(picking) = self.picking.take_if(|picking| picking.ticket == ticket) else {
            return;
        };
        let Picking {
            query,
            typed,
            customer,
            turns,
            ..
        } = picking;
        if !turns && self.timeline.list.filter().only.is_none() {
            return;
        }
        if turns {
            self.turn_to(Screen::Timeline);
        }
        let only = Only::new(&typed, query, picked);
        let (_, timeline, _, ctx) = self.screens();
        match turns {
            true => timeline.show_only(only, customer, &ctx),
            false => timeline.renew_only(only, &ctx),
        }
    }

    /// So many files are read of so many: what is looked for may be in those.
    pub(super) fn read_on(&mut self, read: usize, of: usize) {
        self.progress = Some((read, of));
        if self.screen == Screen::Search {
            self.search.outdate();
            self.refresh_front();
        }
    }

    /// The journal or the day is another one: what was found in it is looked for again.
    pub(super) fn outdate_searches(&mut self) {
        self.search.outdate();
        let filter = self.timeline.list.filter();
        let only = filter.only.clone();
        if let Some(only) = only.filter(|_| self.picking.is_none()) {
            let (query, typed) = (only.query().clone(), only.typed().to_owned());
            self.pick_as(query, typed, None, false);
        }
    }
}
