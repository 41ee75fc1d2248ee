//! The page of one customer: its tabs, and the entries under each.

use super::entry;
use super::filter::Filter;
use crate::model::age::days_between;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::fold::fold;
use crate::model::kind::Kind;
use crate::ui::ctx::Ctx;
use crate::ui::layout;
use crate::ui::widgets::list::{self, Move};

/// The tabs of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Everything that has a date, newest first.
    #[default]
    Timeline,
    /// Worries heard, the open ones first.
    Concerns,
    /// What was asked, given and got.
    Negotiations,
    /// Who won and who paid.
    WinLose,
    /// What is known.
    Facts,
    /// The contacts.
    People,
    /// The deals.
    Deals,
}

impl Tab {
    /// All tabs, from left to right.
    pub const ALL: [Tab; 7] = [
        Tab::Timeline,
        Tab::Concerns,
        Tab::Negotiations,
        Tab::WinLose,
        Tab::Facts,
        Tab::People,
        Tab::Deals,
    ];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Tab::Timeline => "Timeline",
            Tab::Concerns => "Concerns",
            Tab::Negotiations => "Negotiations",
            Tab::WinLose => "Win/lose",
            Tab::Facts => "Facts",
            Tab::People => "People",
            Tab::Deals => "Deals",
        }
    }

    /// The kind that it shows; the timeline shows all that have a date.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Tab::Timeline => None,
            Tab::Concerns => Some(Kind::Concern),
            Tab::Negotiations => Some(Kind::Negotiation),
            Tab::WinLose => Some(Kind::WinLose),
            Tab::Facts => Some(Kind::Fact),
            Tab::People => Some(Kind::Contact),
            Tab::Deals => Some(Kind::Deal),
        }
    }

    /// How many open entries the tab has to show beside its title; 0 where that says nothing.
    pub fn open_count(self, customer: &Customer) -> usize {
        match self.kind() {
            Some(kind @ (Kind::Concern | Kind::Negotiation | Kind::Deal)) => {
                customer.of(kind).filter(|entry| entry.is_open()).count()
            }
            _ => 0,
        }
    }
}

/// A row under a tab.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A month, `2026-11`, or `undated`.
    Heading(String),
    /// Silence of more than 60 days between two months: `14 months`.
    Gap(String),
    /// An entry, by its place in the customer's file.
    Entry(usize),
}

/// The state of a page.
#[derive(Debug, Default)]
pub struct Page {
    /// The tab.
    pub tab: Tab,
    /// The rows under it.
    pub rows: Vec<Row>,
    /// The selected row.
    pub selected: usize,
    /// The first row that is seen.
    pub offset: usize,
    /// `kind.key` of the selected entry, by which it is found again.
    pub id: Option<String>,
    /// What narrows them.
    pub filter: Filter,
    /// The first line that is seen of an entry that is read whole.
    pub scroll: usize,
}

impl Page {
    /// The page of another customer: the same tab, from the top.
    pub fn start(&mut self, customer: Option<&Customer>, ctx: &Ctx) {
        *self = Page {
            tab: self.tab,
            ..Page::default()
        };
        self.refresh(customer, ctx);
    }

    /// The selected entry.
    pub fn entry<'a>(&self, customer: &'a Customer) -> Option<&'a Entry> {
        match self.rows.get(self.selected)? {
            Row::Entry(at) => customer.entries.get(*at),
            _ => None,
        }
    }

    /// Turns to another tab.
    pub fn turn(&mut self, by: isize, customer: Option<&Customer>, ctx: &Ctx) {
        let at = Tab::ALL
            .iter()
            .position(|tab| *tab == self.tab)
            .unwrap_or(0);
        let next = (at.cast_signed() + by).rem_euclid(Tab::ALL.len().cast_signed());
        self.tab = Tab::ALL
            .get(next.cast_unsigned())
            .copied()
            .unwrap_or_default();
        (self.selected, self.offset, self.id) = (0, 0, None);
        self.refresh(customer, ctx);
    }

    /// Shows an entry, under the tab at hand if it is there, else on the timeline or under the
    /// tab of its kind.
    pub fn show(&mut self, id: &str, customer: &Customer, ctx: &Ctx) {
        let Some((kind, key)) = id.split_once('.') else {
            return;
        };
        let Some(entry) = customer.entry(kind, key) else {
            return;
        };
        self.id = Some(id.to_owned());
        self.filter.clear();
        let holds = |tab: Tab| match tab.kind() {
            None => entry.kind().is_none_or(Kind::is_dated),
            own => entry.kind() == own,
        };
        if !holds(self.tab) {
            self.tab = Tab::ALL
                .into_iter()
                .find(|tab| holds(*tab))
                .unwrap_or_default();
        }
        self.refresh(Some(customer), ctx);
    }

    /// Makes the rows anew, and finds the selection again.
    pub fn refresh(&mut self, customer: Option<&Customer>, ctx: &Ctx) {
        let Some(customer) = customer else {
            self.rows.clear();
            return;
        };
        let wanted = self.filter.wanted();
        self.rows = rows(customer, self.tab, &wanted);
        let is_it = |row: &Row| match row {
            Row::Entry(at) => customer.entries.get(*at).map(Entry::id) == self.id,
            _ => false,
        };
        self.selected = self
            .rows
            .iter()
            .position(is_it)
            .unwrap_or_else(|| next_entry(&self.rows, self.selected, false));
        self.id = self.entry(customer).map(Entry::id);
        let height = rows_height(ctx);
        self.offset = list::scroll(self.selected, self.offset, height, self.rows.len());
    }

    /// Moves over the entries; headings are passed over.
    pub fn move_by(&mut self, step: Move, height: usize, customer: Option<&Customer>) {
        let at = step.from(self.selected, self.rows.len(), height);
        self.selected = next_entry(&self.rows, at, step.goes_up());
        self.offset = list::scroll(self.selected, self.offset, height, self.rows.len());
        // The heading above the first entry is worth its line.
        if next_entry(&self.rows, 0, false) == self.selected {
            self.offset = 0;
        }
        self.id = customer.and_then(|c| self.entry(c)).map(Entry::id);
    }

    /// Selects the entry in a row; answers whether there is one.
    pub fn select(&mut self, row: usize, customer: Option<&Customer>) -> bool {
        let is_entry = matches!(self.rows.get(row), Some(Row::Entry(_)));
        if is_entry {
            self.selected = row;
            self.id = customer.and_then(|c| self.entry(c)).map(Entry::id);
        }
        is_entry
    }

    /// How many lines the entry takes that is read whole.
    pub fn entry_lines(&self, customer: Option<&Customer>, ctx: &Ctx) -> usize {
        let entry = customer.and_then(|c| Some((c, self.entry(c)?)));
        let area = layout::areas(ctx.size, true).page.unwrap_or_default();
        let width = layout::page_inner(area).width;
        entry.map_or(0, |(_, e)| entry::lines(e, width.into()).len())
    }

    /// Scrolls the entry that is read whole.
    pub fn scroll_by(&mut self, step: Move, lines: usize, ctx: &Ctx) {
        let area = layout::areas(ctx.size, true).page.unwrap_or_default();
        let height = usize::from(entry::body(area).height);
        let last = lines.saturating_sub(height);
        self.scroll = step.from(self.scroll, last + 1, height);
    }
}

fn rows_height(ctx: &Ctx) -> usize {
    let page = layout::areas(ctx.size, true).page.unwrap_or_default();
    layout::page_rows(page).height.into()
}

/// The nearest entry's row from `at` on; upwards, and then downwards, with `up`.
fn next_entry(rows: &[Row], at: usize, up: bool) -> usize {
    let is_entry = |at: &usize| matches!(rows.get(*at), Some(Row::Entry(_)));
    let down = || (at..rows.len()).find(is_entry);
    let above = || (0..=at.min(rows.len())).rev().find(is_entry);
    if up {
        above().or_else(down)
    } else {
        down().or_else(above)
    }
    .unwrap_or(0)
}

/// Every word of the filter is somewhere in the entry.
fn matches_filter(entry: &Entry, wanted: &str) -> bool {
    wanted.split_whitespace().all(|word| {
        fold(entry.kind.word()).contains(word)
            || entry
                .fields
                .iter()
                .any(|(_, value)| fold(&value.to_line()).contains(word))
    })
}

fn rows(customer: &Customer, tab: Tab, wanted: &str) -> Vec<Row> {
    let Some(kind) = tab.kind() else {
        return timeline(customer, wanted);
    };
    let places = if kind.is_dated() {
        customer.newest_first()
    } else {
        (0..customer.entries.len()).collect()
    };
    let mut entries: Vec<(usize, &Entry)> = places
        .into_iter()
        .filter_map(|at| Some((at, customer.entries.get(at)?)))
        .filter(|(_, entry)| entry.kind() == Some(kind) && matches_filter(entry, wanted))
        .collect();
    match kind {
        Kind::Concern | Kind::Negotiation => entries.sort_by_key(|(_, entry)| !entry.is_open()),
        Kind::Deal => {
            entries.sort_by_key(|(_, entry)| (!entry.is_open(), std::cmp::Reverse(entry.day())))
        }
        Kind::Contact => entries.sort_by_key(|(_, entry)| entry.fields.get("left").is_some()),
        _ => {}
    }
    entries.into_iter().map(|(at, _)| Row::Entry(at)).collect()
}

/// The dated entries with a heading for each month, and the silences between.
fn timeline(customer: &Customer, wanted: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut month = None;
    let mut last_day = None;
    for at in customer.newest_first() {
        let Some(entry) = customer
            .entries
            .get(at)
            .filter(|e| matches_filter(e, wanted))
        else {
            continue;
        };
        let day = entry.day();
        if wanted.is_empty()
            && let (Some(day), Some(last)) = (day, last_day)
            && let Some(days) = days_between(day, last).filter(|days| *days > 60)
        {
            rows.push(Row::Gap(gap_words(days)));
        }
        let here = day.map_or_else(
            || "undated".to_owned(),
            |day| day.strftime("%Y-%m").to_string(),
        );
        if month.as_ref() != Some(&here) {
            rows.push(Row::Heading(here.clone()));
            month = Some(here);
        }
        last_day = day;
        rows.push(Row::Entry(at));
    }
    rows
}

fn gap_words(days: i32) -> String {
    match days {
        ..=89 => format!("{} weeks", days / 7),
        _ => format!("{} months", days / 30),
    }
}
