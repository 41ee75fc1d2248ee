//! The list of the timeline: what it shows, how it is moved over and zoomed. The screen of all
//! customers and the first tab of a customer's page have one each.

use std::sync::Arc;

use jiff::civil::{Date, Weekday};

use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::journal::Journal;
use crate::model::settings::Settings;
use crate::model::timeline::filter::{Filter, Selection, undated};

use crate::model::timeline::index::Index;
use crate::model::timeline::item::Role;
use crate::model::timeline::period::{Period, Zoom};
use crate::model::timeline::rows::{Ask, Row, View};
use crate::model::timeline::spans::Spans;
use crate::model::timeline::window::{Line, Spot};
use crate::ui::layout::Room;
use crate::ui::widgets::list::Move;

/// The list.
#[derive(Debug)]
pub struct List {
    index: Index,
    selection: Selection,
    view: View,
    spans: Spans,
    asked: Asked,
    /// The selected row.
    pub selected: usize,
    /// The first row that is seen.
    pub offset: usize,
    /// What is selected, by which it is found again.
    spot: Option<Spot>,
    made: u64,
    /// The zooms and filters that Enter left behind, for the way back.
    above: Vec<(Zoom, Filter)>,
}

/// What the rows were made for.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    filter: Filter,
    zoom: Zoom,
    newest_first: bool,
    today: Date,
    week_starts: Weekday,
}

/// The most rows that are seen above the selected one where nobody has moved yet.
const MARGIN: usize = 6;

/// What Enter leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deeper {
    /// An entry, `customer:kind.key`, or a customer.
    Place(String),
    /// The list itself, nearer.
    Zoomed,
}

impl Default for List {
    fn default() -> List {
        let index = Index::default();
        let asked = Asked {
            filter: Filter::default(),
            zoom: Zoom::Day,
            newest_first: true,
            today: Date::ZERO,
            week_starts: Weekday::Monday,
        };
        let selection = Selection::new(&index, Filter::default());
        let view = View::new(&index, &selection, asked.ask(None));
        List {
            index,
            selection,
            view,
            spans: Spans::default(),
            asked,
            selected: 0,
            offset: 0,
            spot: None,
            made: 0,
            above: Vec::new(),
        }
    }
}

impl Asked {
    fn ask(&self, gap_days: Option<i32>) -> Ask {
        Ask {
            zoom: self.zoom,
            newest_first: self.newest_first,
            today: self.today,
            week_starts: self.week_starts,
            gap_days,
        }
    }
}

impl List {
    /// The list of one customer's page.
    pub fn of_customer(key: &str) -> List {
        let mut list = List::default();
        list.asked.filter = Filter::of_customer(key);
        list
    }

    /// What is shown of everything.
    pub fn filter(&self) -> &Filter {
        &self.asked.filter
    }

    /// How much a row stands for.
    pub fn zoom(&self) -> Zoom {
        self.asked.zoom
    }

    /// Whether the newest stands at the top.
    pub fn is_newest_first(&self) -> bool {
        self.asked.newest_first
    }

    /// The first day of a week.
    pub fn week_starts(&self) -> Weekday {
        self.asked.week_starts
    }

    /// All that stands on a day.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// What the filter lets through.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The rows.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The deals of the one customer that is shown.
    pub fn spans(&self) -> &Spans {
        &self.spans
    }

    /// Takes in a newer snapshot and a newer day; the selection is found again.
    pub fn refresh(&mut self, journal: &Journal, today: Date, room: Room) {
        let is_same = |(old, new): (&Arc<Customer>, &Arc<Customer>)| Arc::ptr_eq(old, new);
        let seen = self.index.customers();
        let is_fresh = seen.len() != journal.customers.len()
            || !seen.iter().zip(&journal.customers).all(is_same);
        let asked = Asked {
            today,
            week_starts: journal.settings.week_starts(),
            ..self.asked.clone()
        };
        if is_fresh || asked != self.asked {
            if is_fresh {
                self.index = self.index.updated(journal);
            }
            self.asked = asked;
            self.selection = Selection::new(&self.index, self.asked.filter.clone());
            self.make_rows(&journal.settings);
        }
        self.scroll(room);
    }

    /// Shows something else of everything.
    pub fn narrow(&mut self, filter: Filter, settings: &Settings, room: Room) {
        self.asked.filter = filter;
        self.selection = self
            .selection
            .refined(&self.index, self.asked.filter.clone());
        self.make_rows(settings);
        self.scroll(room);
    }

    /// Shows it at another zoom.
    pub fn zoom_to(&mut self, zoom: Zoom, settings: &Settings, room: Room) {
        self.asked.zoom = zoom;
        self.make_rows(settings);
        self.scroll(room);
    }

    /// Turns it round.
    pub fn turn_round(&mut self, settings: &Settings, room: Room) {
        self.asked.newest_first = !self.asked.newest_first;
        self.make_rows(settings);
        self.scroll(room);
    }

    fn make_rows(&mut self, settings: &Settings) {
        self.made += 1;
        let gap_days = self.asked.filter.gap_days(&self.index, settings);
        let undated = match self.asked.filter.period {
            Some(_) => Vec::new(),
            None => undated(&self.index, &self.asked.filter),
        };
        self.view =
            View::new(&self.index, &self.selection, self.asked.ask(gap_days)).with_undated(undated);
        let customer = self.asked.filter.customer.as_deref();
        let customer = customer.and_then(|key| self.index.customer_place(key));
        self.spans = match customer {
            Some(customer) => Spans::new(&self.index, customer, self.asked.today),
            None => Spans::default(),
        };
        match &self.spot {
            Some(spot) => self.selected = self.view.find(&self.index, spot).unwrap_or(0),
            None => self.selected = self.first_choice().unwrap_or(0),
        }
    }

    /// Where a list that nobody has moved over yet begins: newest first with what was last,
    /// oldest first with what comes next.
    fn first_choice(&self) -> Option<usize> {
        let choices = |at: &usize| self.view.is_choice(*at);
        let now = self.view.now().unwrap_or(0);
        let below = (now..self.view.len()).find(choices);
        below.or_else(|| (0..now).rev().find(choices))
    }

    /// What is selected.
    pub fn spot(&self) -> Option<Spot> {
        self.view
            .is_choice(self.selected)
            .then(|| self.view.spot(&self.index, self.selected))
            .flatten()
    }

    /// The day of the selected row.
    pub fn day(&self) -> Option<Date> {
        self.view.day(&self.index, self.selected)
    }

    /// The customer and the entry under the cursor; the customer alone where the head of a file
    /// is meant.
    pub fn chosen(&self) -> Option<(&Customer, Option<&Entry>)> {
        match self.view.line(&self.index, self.selected)? {
            Line::Item(item) => Some((item.customer.as_ref(), item.entry)),
            Line::Undated(customer, entry) => Some((customer.as_ref(), Some(entry))),
            _ => None,
        }
    }

    /// `kind.key` of the selected entry.
    pub fn entry_id(&self) -> Option<String> {
        self.chosen()?.1.map(Entry::id)
    }

    /// Selects an entry, on the day that it happened; answers whether it is shown.
    pub fn select_entry(&mut self, customer: &str, kind: &str, key: &str, room: Room) -> bool {
        let customer: Box<str> = customer.into();
        let (kind, key): (Box<str>, Box<str>) = (kind.into(), key.into());
        let dated = Spot::Item {
            customer: customer.clone(),
            entry: Some((kind.clone(), key.clone())),
            role: Role::Entry,
            day: self.asked.today,
        };
        let entry = (kind, key);
        let spots = [dated, Spot::Undated { customer, entry }];
        let found = spots.iter().find_map(|spot| {
            let at = self.view.find(&self.index, spot)?;
            let there = self.view.spot(&self.index, at)?;
            there.is_same(spot).then_some(at)
        });
        found.is_some_and(|at| self.select(at, room))
    }

    /// Moves over the rows that can be selected.
    pub fn move_by(&mut self, step: Move, room: Room) {
        let seen = self.seen(room);
        let at = step.from(self.selected, self.view.len(), seen);
        let choice = |at: &usize| self.view.is_choice(*at);
        let (up, down) = (
            (0..=at).rev().find(choice),
            (at..self.view.len()).find(choice),
        );
        let found = if step.goes_up() {
            up.or(down)
        } else {
            down.or(up)
        };
        if let Some(at) = found {
            self.select(at, room);
        }
    }

    /// Selects a row; answers whether it can be.
    pub fn select(&mut self, at: usize, room: Room) -> bool {
        let is_choice = self.view.is_choice(at);
        if is_choice {
            self.selected = at;
            self.spot = self.view.spot(&self.index, at);
            self.scroll(room);
        }
        is_choice
    }

    /// Goes to the row that is nearest to a day, out of the period where it lies outside.
    pub fn go_to_day(&mut self, day: Date, settings: &Settings, room: Room) {
        let period = self.asked.filter.period;
        if period.is_some_and(|period| !period.contains(day)) {
            let zoom = period.and_then(|p| p.zoom(self.asked.week_starts));
            let period = zoom.map(|zoom| zoom.around(day, self.asked.week_starts));
            let filter = Filter {
                period,
                ..self.asked.filter.clone()
            };
            self.narrow(filter, settings, room);
        }
        if let Some(at) = self.view.nearest(&self.index, day) {
            self.select(at, room);
        }
    }

    /// Moves the period that is shown by its own length.
    pub fn shift(&mut self, by: i32, settings: &Settings, room: Room) {
        let around = self.day().unwrap_or(self.asked.today);
        let period = match self.asked.filter.period {
            Some(period) => period.shift(by),
            None => Period::narrow(None, around, self.asked.week_starts),
        };
        self.show_period(Some(period), settings, room);
    }

    /// Shows a longer period, in the end all of time.
    pub fn widen(&mut self, settings: &Settings, room: Room) {
        let Some(period) = self.asked.filter.period else {
            return;
        };
        let around = self.day().unwrap_or(self.asked.today);
        let wider = period.widen(around, self.asked.week_starts);
        self.show_period(wider, settings, room);
    }

    /// Shows a shorter period, around what is selected.
    pub fn shorten(&mut self, settings: &Settings, room: Room) {
        let around = self.day().unwrap_or(self.asked.today);
        let shorter = Period::narrow(self.asked.filter.period, around, self.asked.week_starts);
        self.show_period(Some(shorter), settings, room);
    }

    fn show_period(&mut self, period: Option<Period>, settings: &Settings, room: Room) {
        let filter = Filter {
            period,
            ..self.asked.filter.clone()
        };
        self.above.clear();
        self.narrow(filter, settings, room);
    }

    /// Where Enter leads: to the entry, or one level nearer with the period of the row alone.
    pub fn deeper(&mut self, settings: &Settings, room: Room) -> Option<Deeper> {
        if let Some((customer, entry)) = self.chosen() {
            return Some(Deeper::Place(match entry {
                Some(entry) => format!("{}:{}", customer.key, entry.id()),
                None => customer.key.to_string(),
            }));
        }
        let Some(Row::Sum(at)) = self.view.row(self.selected) else {
            return None;
        };
        let period = self.view.sums().get(at as usize)?.period;
        self.above
            .push((self.asked.zoom, self.asked.filter.clone()));
        self.asked.zoom = match self.asked.zoom {
            // A week's days are read as entries anyway.
            Zoom::Month | Zoom::Week => Zoom::Day,
            zoom => zoom.nearer().unwrap_or(Zoom::Day),
        };
        self.spot = Some(Spot::Day(if self.asked.newest_first {
            period.until
        } else {
            period.from
        }));
        let filter = Filter {
            period: Some(period),
            ..self.asked.filter.clone()
        };
        self.narrow(filter, settings, room);
        Some(Deeper::Zoomed)
    }

    /// Shows what happened with one customer in some days, entry by entry.
    pub fn look_into(&mut self, key: &str, period: Period, settings: &Settings, room: Room) {
        self.above
            .push((self.asked.zoom, self.asked.filter.clone()));
        self.asked.zoom = Zoom::Day;
        self.spot = Some(Spot::Day(period.until));
        let filter = Filter {
            customer: Some(key.to_owned()),
            period: Some(period),
            ..self.asked.filter.clone()
        };
        self.narrow(filter, settings, room);
    }

    /// How often its rows were made anew.
    pub fn made(&self) -> u64 {
        self.made
    }

    /// Back to where Enter came from; answers whether there was such a place.
    pub fn back(&mut self, settings: &Settings, room: Room) -> bool {
        let Some((zoom, filter)) = self.above.pop() else {
            return false;
        };
        self.asked.zoom = zoom;
        self.narrow(filter, settings, room);
        true
    }

    /// How many lines a row takes.
    pub fn lines_of(&self, at: usize, room: Room) -> usize {
        match self.view.row(at) {
            Some(row) if room.two_lines => {
                let entry = match row {
                    Row::Item(place) => self.index.item(place).and_then(|i| self.index.entry(i)),
                    Row::Undated(place) => self.index.undated_entry(&place).map(|(_, e)| e),
                    _ => None,
                };
                1 + usize::from(entry.is_some_and(|entry| entry.second_line().is_some()))
            }
            Some(_) => 1,
            None => 0,
        }
    }

    /// How many rows are seen from the first one on, at least one.
    fn seen(&self, room: Room) -> usize {
        let mut left = room.height;
        let mut rows = 0;
        for at in self.offset..self.view.len() {
            let lines = self.lines_of(at, room);
            if lines > left {
                break;
            }
            left -= lines;
            rows += 1;
        }
        rows.max(1)
    }

    /// Keeps the selected row in sight, with the rules above it where there is room.
    fn scroll(&mut self, room: Room) {
        let last = self.view.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        if self.spot.is_none() {
            // Nobody has moved yet: what is to come is seen, but most of the room is for what was.
            let above = MARGIN.min(room.height / 4);
            self.offset = self.selected.saturating_sub(above);
        }
        let above_all = !(0..self.selected).any(|at| self.view.is_choice(at));
        // The farthest down that the list may begin, with the selected row as the last one seen.
        let lowest = self.begin_with_last(self.selected, room);
        let end = self.begin_with_last(last, room);
        let highest = self.selected.saturating_sub(1);
        self.offset = match above_all {
            true if lowest == 0 => 0,
            _ => self
                .offset
                .clamp(lowest, highest.max(lowest))
                .min(end.max(lowest)),
        };
    }

    /// The first row, where this one is to be the last that is seen.
    fn begin_with_last(&self, last: usize, room: Room) -> usize {
        let mut left = room.height;
        let mut first = last;
        for at in (0..=last).rev() {
            let lines = self.lines_of(at, room);
            if lines > left {
                break;
            }
            left -= lines;
            first = at;
        }
        first
    }
}
