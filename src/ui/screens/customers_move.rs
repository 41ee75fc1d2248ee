//! Moving over the customers, and going to a place by its name.

use super::customers::{Customers, Depth};
use super::roll::{Row, next_customer};
use crate::ui::ctx::Ctx;
use crate::ui::layout;
use crate::ui::widgets::list::{self, Move};

impl Customers {
    /// What is open: a customer's key for the page, `customer:kind.key` for an entry.
    pub fn place(&self) -> Option<String> {
        let customer = self.key.as_deref()?;
        match (self.depth, &self.page.id) {
            (Depth::List, _) => None,
            (Depth::Entry, Some(entry)) => Some(format!("{customer}:{entry}")),
            (Depth::Entry, None) | (Depth::Page, _) => Some(customer.to_owned()),
        }
    }

    /// Goes to a place and opens it.
    pub fn visit(&mut self, place: &str, ctx: &Ctx) {
        self.go_to(place, ctx);
        if self.customer(ctx.journal).is_some() {
            self.depth = Depth::Page;
            if place.contains(':') {
                self.open(ctx);
            }
            self.scroll(ctx);
        }
    }

    /// Back to a customer, as it was left where nothing else was opened since.
    pub fn back_to(&mut self, key: &str, ctx: &Ctx) {
        self.refresh(ctx);
        if self.key.as_deref() != Some(key) || self.depth == Depth::Entry {
            self.page.sheet = None;
            self.visit(key, ctx);
        }
    }

    /// Back to the list, from wherever.
    pub fn to_list(&mut self) {
        self.depth = Depth::List;
    }

    /// Goes to `customer:kind.key`, or to a customer.
    pub fn go_to(&mut self, place: &str, ctx: &Ctx) {
        let (customer, entry) = match place.split_once(':') {
            Some((customer, entry)) => (customer, Some(entry)),
            None => (place, None),
        };
        if ctx.journal.customer(customer).is_none() {
            return;
        }
        let is_another = self.key.as_deref() != Some(customer);
        self.key = Some(customer.to_owned());
        if self.row(ctx).is_none() {
            // The filter would hide what was just made.
            self.filter.clear();
        }
        self.refresh(ctx);
        if is_another {
            self.page.start(self.customer(ctx.journal), ctx);
        }
        if let (Some(entry), Some(customer)) = (entry, self.customer(ctx.journal)) {
            self.page.show(entry, customer, ctx);
            if self.depth == Depth::List && ctx.size.width < layout::WIDE {
                self.depth = Depth::Page;
            }
        }
    }

    pub(super) fn move_by(&mut self, step: Move, ctx: &Ctx) {
        let areas = ctx.areas(self.depth > Depth::List);
        match self.depth {
            Depth::List => {
                let height = areas.list.map_or(0, |list| layout::list_rows(list).height);
                let mut at = step.from(self.selected, self.rows.len(), height.into());
                if matches!(self.rows.get(at), Some(Row::Group(_))) {
                    at = next_customer(&self.rows, at, step.goes_up());
                }
                self.select(at, ctx);
            }
            Depth::Page => {
                self.page
                    .move_by(step, ctx.page_room(), self.customer(ctx.journal));
            }
            Depth::Entry => self.page.scroll_by(step, ctx),
        }
    }

    pub(super) fn select(&mut self, at: usize, ctx: &Ctx) {
        self.selected = at;
        if let Some(Row::Customer(at)) = self.rows.get(at) {
            let key = ctx.journal.customers.get(*at).map(|c| c.key.to_string());
            if key != self.key {
                self.key = key;
                self.page.start(self.customer(ctx.journal), ctx);
            }
        }
        self.scroll(ctx);
    }

    pub(super) fn scroll(&mut self, ctx: &Ctx) {
        let areas = ctx.areas(self.depth > Depth::List);
        let height = areas.list.map_or(0, |list| layout::list_rows(list).height);
        self.offset = list::scroll(self.selected, self.offset, height.into(), self.rows.len());
    }
}
