//! What was found, in the rows in which it is shown.

use std::collections::HashMap;

use super::mark::Sought;
use super::quote::quote;
use crate::model::search::engine::{Found, Hit};
use crate::model::search::query::Query;
use crate::ui::screens::entry_line::Quote;
use crate::ui::widgets::list::{self, Move};

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The heading of a customer: its first hit, and how many there are of it among those here.
    Customer {
        /// The first hit, by its place.
        first: usize,
        /// How many.
        count: usize,
    },
    /// A hit, by its place.
    Hit(usize),
}

/// What was found, and what is selected of it.
#[derive(Debug, Default)]
pub struct Results {
    /// What was asked for.
    pub query: Query,
    /// What came of it, best first.
    pub found: Found,
    /// The rows.
    pub rows: Vec<Row>,
    /// The selected row.
    pub selected: usize,
    /// The first row that is seen.
    pub offset: usize,
    /// Whether the hits of a customer stand together.
    pub is_grouped: bool,
    /// How often they were made anew, so that what is made of them is known to be old.
    pub made: u64,
    /// Where the words stand in the hits that were seen.
    quotes: HashMap<usize, Option<Quote>>,
}

impl Results {
    /// Takes newer ones. `keeps`: what is selected stays so, as far as it is still there.
    pub fn take(&mut self, query: Query, found: Found, keeps: bool) {
        let place = self.hit().filter(|_| keeps).map(Hit::place);
        let before = self.selected;
        (self.query, self.found) = (query, found);
        self.quotes.clear();
        self.make_rows();
        self.selected = 0;
        if keeps {
            let is_it = |row: &Row| match (row, &place) {
                (Row::Hit(at), Some(place)) => {
                    self.found.hits.get(*at).map(Hit::place).as_ref() == Some(place)
                }
                _ => false,
            };
            let found = self.rows.iter().position(is_it);
            self.selected = found.unwrap_or(before);
        }
        self.selected = self.choice(self.selected, false);
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        *self = Results {
            is_grouped: self.is_grouped,
            made: self.made + 1,
            ..Results::default()
        };
    }

    /// Puts the hits of each customer together, or the best first; the selection stays.
    pub fn turn(&mut self) {
        self.is_grouped = !self.is_grouped;
        let at = match self.rows.get(self.selected) {
            Some(Row::Hit(at)) => *at,
            _ => 0,
        };
        self.make_rows();
        let found = self.rows.iter().position(|row| *row == Row::Hit(at));
        self.selected = found.unwrap_or_default();
    }

    /// A customer stands where its best hit would.
    fn make_rows(&mut self) {
        self.made += 1;
        let hits = &self.found.hits;
        if !self.is_grouped {
            self.rows = (0..hits.len()).map(Row::Hit).collect();
            return;
        }
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (at, hit) in hits.iter().enumerate() {
            let group = *known.entry(&hit.customer.key).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(group) {
                group.push(at);
            }
        }
        self.rows = Vec::with_capacity(hits.len() + groups.len());
        for group in groups {
            let count = group.len();
            let heading = group.first().map(|first| Row::Customer {
                first: *first,
                count,
            });
            self.rows.extend(heading);
            self.rows.extend(group.into_iter().map(Row::Hit));
        }
    }

    /// What was looked for.
    pub fn sought(&self) -> Sought<'_> {
        Sought {
            query: &self.query,
            guessed: self.found.guessed,
        }
    }

    /// The hit that is selected.
    pub fn hit(&self) -> Option<&Hit> {
        match self.rows.get(self.selected)? {
            Row::Hit(at) => self.found.hits.get(*at),
            Row::Customer { .. } => None,
        }
    }

    /// Moves over the hits, of which `height` rows are seen.
    pub fn move_by(&mut self, step: Move, height: usize) {
        let at = step.from(self.selected, self.rows.len(), height);
        self.selected = self.choice(at, step.goes_up());
    }

    /// Whether the first hit is selected, or there is none.
    pub fn is_at_top(&self) -> bool {
        self.selected <= self.choice(0, false)
    }

    /// Whether the last hit of these is selected, while there are more.
    pub fn wants_more(&self) -> bool {
        self.found.total > self.found.hits.len() && self.selected + 1 >= self.rows.len()
    }

    /// Selects a row; answers whether it is a hit.
    pub fn select(&mut self, at: usize) -> bool {
        let is_hit = matches!(self.rows.get(at), Some(Row::Hit(_)));
        if is_hit {
            self.selected = at;
        }
        is_hit
    }

    /// Keeps the selected row in view.
    pub fn scroll(&mut self, height: usize) {
        self.offset = list::scroll(self.selected, self.offset, height, self.rows.len());
        // The heading above the first hit is seen with it.
        if self.is_at_top() {
            self.offset = 0;
        }
    }

    /// Looks where the words stand in the hits among the rows that are seen.
    pub fn quote(&mut self, height: usize) {
        let seen = self.rows.iter().skip(self.offset).take(height);
        for row in seen {
            if let Row::Hit(at) = row
                && !self.quotes.contains_key(at)
                && let Some(hit) = self.found.hits.get(*at)
            {
                let quote = quote(hit, self.sought());
                self.quotes.insert(*at, quote);
            }
        }
    }

    /// What is quoted of a hit.
    pub fn quote_of(&self, at: usize) -> Option<&Quote> {
        self.quotes.get(&at)?.as_ref()
    }

    /// The nearest row that is a hit.
    fn choice(&self, at: usize, up: bool) -> usize {
        let at = at.min(self.rows.len().saturating_sub(1));
        let is_hit = |at: &usize| matches!(self.rows.get(*at), Some(Row::Hit(_)));
        let above = (0..=at).rev().find(is_hit);
        let below = (at..self.rows.len()).find(is_hit);
        let found = if up { above.or(below) } else { below.or(above) };
        found.unwrap_or(0)
    }
}
