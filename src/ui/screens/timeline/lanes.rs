//! The lanes: a row per customer, a column per week, month, quarter or year. Which cell is
//! selected, and what is seen of them.

use std::cmp::Reverse;

use jiff::civil::Date;
use ratatui::layout::{Position, Rect};

use super::lanes_grid::{Asked, Grid};
use crate::model::fold::fold;
use crate::model::settings::Settings;
use crate::model::timeline::day;
use crate::model::timeline::filter::Selection;
use crate::model::timeline::index::Index;
use crate::model::timeline::lanes::{Lane, Lanes, Window};
use crate::model::timeline::period::{Period, Zoom};
use crate::ui::widgets::list::{self, Move};

pub use super::lanes_draw::{cursor, draw};

/// What lanes are made of.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// All that stands on a day.
    pub index: &'a Index,
    /// What the filter lets through.
    pub selection: &'a Selection,
    /// Cadences, and the first day of a week.
    pub settings: &'a Settings,
    /// The day that "today" is.
    pub today: Date,
}

impl Basis<'_> {
    fn around(&self, zoom: Zoom, day: Date) -> Period {
        zoom.around(day, self.settings.week_starts())
    }

    /// The first and the last day of all that is shown, and today.
    fn days(&self) -> Period {
        let of = |place: u32| self.index.item(place).map(|item| day::of(item.day));
        let mut shown = self.selection.by_day(self.index);
        let first = shown.next().and_then(of).unwrap_or(self.today);
        let last = shown.next_back().and_then(of).unwrap_or(first);
        Period {
            from: first.min(self.today),
            until: last.max(self.today),
        }
    }
}

/// What the lanes are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Who fell silent first, the longest silence on top; then who was not touched for longest.
    #[default]
    Silence,
    /// By reading or name.
    Name,
    /// The latest touch first.
    LastTouch,
}

impl Order {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Order::Silence => "by silence",
            Order::Name => "by name",
            Order::LastTouch => "by last touch",
        }
    }

    /// The next one.
    #[must_use]
    pub fn next(self) -> Order {
        match self {
            Order::Silence => Order::Name,
            Order::Name => Order::LastTouch,
            Order::LastTouch => Order::Silence,
        }
    }
}

/// A step of the selection in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sideways {
    /// One column to the left.
    Earlier,
    /// One column to the right.
    Later,
    /// As many columns to the left as are seen, less one.
    PageEarlier,
    /// As many columns to the right as are seen, less one.
    PageLater,
    /// To the first column with anything in it.
    First,
    /// To the last column with anything in it, or today's.
    Last,
}

/// The state of the lanes. Customers and days are kept, never rows and columns: so they are found
/// again after a reload, in another order, and at another zoom.
#[derive(Clone, Debug)]
pub struct LanesPane {
    /// Places in the index, in the order in which they stand.
    customers: Vec<u32>,
    order: Order,
    zoom: Zoom,
    selected: usize,
    /// The first lane that is seen.
    top: usize,
    /// The selected customer's key.
    key: Option<Box<str>>,
    /// A day of the selected column; `None`: today.
    day: Option<Date>,
    /// A day of the last column that is seen; `None`: today and a little of what is to come.
    last: Option<Date>,
    /// The days that one can move to.
    days: Option<Period>,
}

impl Default for LanesPane {
    fn default() -> LanesPane {
        LanesPane {
            customers: Vec::new(),
            order: Order::default(),
            zoom: Zoom::Month,
            selected: 0,
            top: 0,
            key: None,
            day: None,
            last: None,
            days: None,
        }
    }
}

impl LanesPane {
    /// Puts the customers in order, after a reload, under another filter, on another day. The
    /// selection is found again by key.
    pub fn refresh(&mut self, basis: Basis) {
        self.days = Some(basis.days());
        let all = Lanes::customers(basis.index, basis.selection);
        let nothing = Window {
            zoom: self.zoom,
            columns: Vec::new(),
        };
        let mut lanes = lanes(basis, &all, nothing).lanes;
        let name = |lane: &Lane| {
            let customer = basis.index.customer(lane.customer);
            customer.map(|c| fold(c.head.text("reading").unwrap_or(c.name())))
        };
        lanes.sort_by_cached_key(name);
        match self.order {
            Order::Name => {}
            Order::Silence => lanes.sort_by_key(|lane| {
                let never = lane.last_touch.is_none();
                (Reverse(lane.silent_days), never, lane.last_touch)
            }),
            Order::LastTouch => lanes.sort_by_key(|lane| Reverse(lane.last_touch)),
        }
        self.customers = lanes.iter().map(|lane| lane.customer).collect();
        let key = self.key.take();
        let at = key.as_deref().and_then(|key| self.row_of(key, basis));
        self.select_row(at.unwrap_or(self.selected), basis);
    }

    /// Sorts by the next order.
    pub fn sort(&mut self, basis: Basis) {
        self.order = self.order.next();
        self.refresh(basis);
    }

    /// Moves the selection over the customers.
    pub fn move_rows(&mut self, step: Move, basis: Basis, area: Rect) {
        let height = usize::from(self.grid(basis, area).rows.height);
        let to = step.from(self.selected, self.customers.len(), height);
        self.select_row(to, basis);
        self.top = list::scroll(self.selected, self.top, height, self.customers.len());
    }

    /// Moves the selection in time.
    pub fn move_columns(&mut self, step: Sideways, basis: Basis, area: Rect) {
        let page = self.grid(basis, area).columns.len().saturating_sub(1);
        let page = i32::try_from(page).unwrap_or(i32::MAX).max(1);
        let here = self.period(basis);
        let to = match step {
            Sideways::Earlier => here.shift(-1).from,
            Sideways::Later => here.shift(1).from,
            Sideways::PageEarlier => here.shift(-page).from,
            Sideways::PageLater => here.shift(page).from,
            Sideways::First => Date::MIN,
            Sideways::Last => Date::MAX,
        };
        let to = self.days(basis).clamp(to);
        self.go_to_day(to, basis, area);
    }

    /// To the column of a day. The lanes move no further than needed.
    pub fn go_to_day(&mut self, day: Date, basis: Basis, area: Rect) {
        // What is seen now is what the lanes are moved from.
        let grid = self.grid(basis, area);
        self.last = grid.columns.last().map(|column| column.period.until);
        self.day = Some(day).filter(|day| *day != basis.today);
        let grid = self.grid(basis, area);
        self.last = grid.columns.last().map(|column| column.period.until);
    }

    /// To today's column, with today near the right edge.
    pub fn go_to_today(&mut self) {
        (self.day, self.last) = (None, None);
    }

    /// Shows a week, month, quarter or year in each column; a day is too near for lanes and means
    /// a week. The selected day stays where it is in time.
    pub fn zoom_to(&mut self, zoom: Zoom, basis: Basis) {
        self.zoom = zoom.max(Zoom::Week);
        // The selected day stands near the right edge again.
        let day = self.day.unwrap_or(basis.today);
        self.last = self.day.map(|_| self.ahead_of(day, basis));
    }

    /// What a column stands for.
    pub fn zoom(&self) -> Zoom {
        self.zoom
    }

    /// What the lanes are sorted by.
    pub fn order(&self) -> Order {
        self.order
    }

    /// How many customers have a lane.
    pub fn len(&self) -> usize {
        self.customers.len()
    }

    /// Whether there is no lane.
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
    }

    /// Selects a customer by key, where it has a lane.
    pub fn select_customer(&mut self, key: &str, basis: Basis) {
        if let Some(at) = self.row_of(key, basis) {
            self.select_row(at, basis);
        }
    }

    /// The key of the selected customer, and the days of the selected cell.
    pub fn chosen(&self, basis: Basis) -> Option<(&str, Period)> {
        Some((self.key.as_deref()?, self.period(basis)))
    }

    /// The key of the customer whose lane is at a position of the screen, and the days of the
    /// cell, where it is one.
    pub fn at<'a>(
        &self,
        at: Position,
        basis: Basis<'a>,
        area: Rect,
    ) -> Option<(&'a str, Option<Period>)> {
        let grid = self.grid(basis, area);
        let customer = self.customers.get(grid.top + grid.row_at(at)?)?;
        let period = grid.column_at(at).map(|column| column.period);
        Some((&basis.index.customer(*customer)?.key, period))
    }

    /// Selects the cell, or the customer, at a position of the screen; answers whether there is
    /// one.
    pub fn click(&mut self, at: Position, basis: Basis, area: Rect) -> bool {
        let Some((key, period)) = self.at(at, basis, area) else {
            return false;
        };
        self.top = self.grid(basis, area).top;
        self.select_customer(key, basis);
        if let Some(period) = period {
            self.go_to_day(period.clamp(basis.today), basis, area);
        }
        true
    }

    /// The days of the selected column.
    pub(super) fn period(&self, basis: Basis) -> Period {
        basis.around(self.zoom, self.day.unwrap_or(basis.today))
    }

    /// The selected lane.
    pub(super) fn selected(&self) -> usize {
        self.selected
    }

    /// Where everything stands; the selected cell is always among what is seen.
    pub(super) fn grid(&self, basis: Basis, area: Rect) -> Grid {
        let last = self.last.unwrap_or(self.ahead_of(basis.today, basis));
        let asked = Asked {
            zoom: self.zoom,
            lanes: self.customers.len(),
            days: self.days(basis),
            selected: self.period(basis),
            last,
            week_starts: basis.settings.week_starts(),
        };
        let mut grid = Grid::new(area, asked);
        let (height, len) = (grid.rows.height.into(), self.customers.len());
        grid.top = list::scroll(self.selected, self.top, height, len);
        grid
    }

    /// The lanes that are seen.
    pub(super) fn lanes(&self, basis: Basis, grid: &Grid) -> Lanes {
        let seen = self.customers.iter().skip(grid.top);
        let seen: Vec<u32> = seen.take(grid.rows.height.into()).copied().collect();
        let window = Window {
            zoom: self.zoom,
            columns: grid.columns.iter().map(|column| column.period).collect(),
        };
        lanes(basis, &seen, window)
    }

    fn days(&self, basis: Basis) -> Period {
        self.days.unwrap_or_else(|| basis.days())
    }

    /// A little later than a day, as far as anything is to come.
    fn ahead_of(&self, day: Date, basis: Basis) -> Date {
        /// As many columns as are of use for what is to come, most of which is due soon.
        const AHEAD: i32 = 3;
        let ahead = basis.around(self.zoom, day).shift(AHEAD).until;
        ahead.min(self.days(basis).until).max(day)
    }

    fn row_of(&self, key: &str, basis: Basis) -> Option<usize> {
        let wanted = basis.index.customer_place(key)?;
        let mut customers = self.customers.iter();
        customers.position(|customer| *customer == wanted)
    }

    fn select_row(&mut self, row: usize, basis: Basis) {
        self.selected = row.min(self.customers.len().saturating_sub(1));
        let customer = self.customers.get(self.selected);
        let customer = customer.and_then(|customer| basis.index.customer(*customer));
        self.key = customer.map(|customer| customer.key.clone());
    }
}

fn lanes(basis: Basis, customers: &[u32], window: Window) -> Lanes {
    let Basis {
        index,
        selection,
        settings,
        today,
    } = basis;
    Lanes::new(index, selection, settings, customers, window, today)
}
