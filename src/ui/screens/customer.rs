//! The page of one customer: its tabs, and the entries under each.

use std::sync::Arc;

use jiff::civil::Date;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Position, Rect};

use super::entry;
use super::filter::Filter;
use super::ledger::LedgerRows;
use super::timeline::list::List;
use super::timeline::{in_time, list_draw, typed};
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::journal::Journal;
use crate::model::kind::Kind;
use crate::model::search::query::Query;
use crate::model::search::texts::Texts;
use crate::ui::ctx::Ctx;
use crate::ui::keys::Action;
use crate::ui::layout::{self, Room};
use crate::ui::widgets::list::{self, Move};
use crate::ui::widgets::sheet::{Reading, Sheet};

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

/// The state of a page.
#[derive(Debug, Default)]
pub struct Page {
    /// The tab.
    pub tab: Tab,
    /// The first tab.
    pub time: List,
    /// The rows under the others: entries by their place in the customer's file.
    pub rows: Vec<usize>,
    /// The lines of the ledger, which has more of them than rows.
    pub ledger: LedgerRows,
    /// The selected row.
    pub selected: usize,
    /// The first row that is seen; of the ledger, the first line.
    pub offset: usize,
    /// `kind.key` of the selected entry, by which it is found again.
    pub id: Option<String>,
    /// What narrows them.
    pub filter: Filter,
    words: Words,
    /// How far the entry is read that is read whole, and what is looked for in it.
    pub reading: Reading,
    /// The lines of that entry; none while none is read.
    pub sheet: Option<Sheet>,
}

impl Page {
    /// The page of another customer: the same tab, from the top.
    pub fn start(&mut self, customer: Option<&Customer>, ctx: &Ctx) {
        *self = Page {
            tab: self.tab,
            time: customer.map_or_else(List::default, |c| List::of_customer(&c.key)),
            ..Page::default()
        };
        self.refresh(customer, ctx);
    }

    /// The selected entry.
    pub fn entry<'a>(&self, customer: &'a Customer) -> Option<&'a Entry> {
        if self.tab == Tab::Timeline {
            let (_, entry) = self.time.chosen()?;
            let entry = entry?;
            return customer.entry(entry.kind.word(), &entry.key);
        }
        customer.entries.get(*self.rows.get(self.selected)?)
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
        let is_it = |at: &usize| customer.entries.get(*at).is_some_and(|e| e.is(kind, key));
        // The ledger has deals, too.
        let is_here = self.tab != Tab::Timeline && self.rows.iter().any(is_it);
        let holds = |tab: Tab| match tab.kind() {
            None => entry.kind().is_none_or(Kind::is_dated),
            own => entry.kind() == own,
        };
        if !is_here && !holds(self.tab) {
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
        if self.tab == Tab::Timeline {
            self.refresh_time(customer, ctx);
            self.lay_out(Some(customer), ctx);
            return;
        }
        let wanted = self.filter.query(&ctx.reading());
        let is_narrow = !wanted.is_empty();
        if is_narrow {
            self.words.follow(customer, ctx);
        }
        let holds = |place: usize| !is_narrow || self.words.hold(place, &wanted);
        self.rows = match self.tab {
            Tab::WinLose => {
                let page = ctx.areas(true).page.unwrap_or_default();
                let room = layout::page_inner(layout::page_rows(page)).width;
                self.ledger.fill(customer, ctx.today, room.into(), holds)
            }
            tab => rows(customer, tab, &holds),
        };
        let id = self.id.as_deref().and_then(|id| id.split_once('.'));
        let is_it = |at: &usize| {
            let entry = customer.entries.get(*at);
            let is = |entry: &Entry| id.is_some_and(|(kind, key)| entry.is(kind, key));
            entry.is_some_and(is)
        };
        let found = self.rows.iter().position(is_it);
        let last = self.rows.len().saturating_sub(1);
        self.selected = found.unwrap_or(self.selected.min(last));
        self.id = self.entry(customer).map(Entry::id);
        self.lay_out(Some(customer), ctx);
        self.scroll(ctx.page_room());
    }

    /// Brings the selected row in sight.
    fn scroll(&mut self, room: Room) {
        self.offset = match self.tab {
            Tab::WinLose => self.ledger.scroll(self.selected, self.offset, room.height),
            _ => list::scroll(self.selected, self.offset, room.height, self.rows.len()),
        };
    }

    fn refresh_time(&mut self, customer: &Customer, ctx: &Ctx) {
        let room = ctx.page_room();
        let Some(customer) = ctx.journal.customer(&customer.key) else {
            return;
        };
        let alone = Journal::new(vec![Arc::clone(customer)], ctx.journal.settings.clone());
        self.time.refresh(&alone, ctx.today, room);
        let typed = self.filter.line().map_or("", |line| line.value());
        let filter = typed::filter(typed, self.time.filter(), ctx);
        if filter != *self.time.filter() {
            self.time.narrow(filter, &ctx.journal.settings, room);
        }
        if let Some((kind, key)) = self.id.as_deref().and_then(|id| id.split_once('.'))
            && self.time.entry_id() != self.id
        {
            self.time.select_entry(&customer.key, kind, key, room);
        }
        self.id = self.time.entry_id();
    }

    /// Moves over the entries.
    pub fn move_by(&mut self, step: Move, room: Room, customer: Option<&Customer>) {
        if self.tab == Tab::Timeline {
            self.time.move_by(step, room);
        } else {
            if self.tab == Tab::WinLose
                && let Some(offset) = self
                    .ledger
                    .on(step, self.selected, self.offset, room.height)
            {
                self.offset = offset;
                return;
            }
            let screenful = match self.tab {
                Tab::WinLose => self.ledger.screenful(self.offset, room.height),
                _ => room.height,
            };
            self.selected = step.from(self.selected, self.rows.len(), screenful);
            self.scroll(room);
        }
        self.id = customer.and_then(|c| self.entry(c)).map(Entry::id);
    }

    /// Selects the row at a line of the rows; answers whether there is one.
    pub fn select_at(&mut self, rows: Rect, at: Position, customer: Option<&Customer>) -> bool {
        let found = match self.tab {
            Tab::Timeline => list_draw::row_at(&self.time, rows, at)
                .is_some_and(|row| self.time.select(row, Room::of(rows))),
            _ => {
                let line = self.offset + usize::from(at.y.saturating_sub(rows.y));
                let row = match self.tab {
                    Tab::WinLose => self.ledger.row_at(line),
                    _ => Some(line),
                };
                let row = row.filter(|row| rows.contains(at) && *row < self.rows.len());
                self.selected = row.unwrap_or(self.selected);
                row.is_some()
            }
        };
        self.id = customer.and_then(|c| self.entry(c)).map(Entry::id);
        found
    }

    /// Zooms, turns or moves the first tab in time; answers whether the action was one of these.
    pub fn in_time(&mut self, action: Action, customer: Option<&Customer>, ctx: &Ctx) -> bool {
        let is_it =
            self.tab == Tab::Timeline && in_time(&mut self.time, action, ctx, ctx.page_room());
        if is_it {
            self.id = customer.and_then(|c| self.entry(c)).map(Entry::id);
        }
        is_it
    }

    /// Back to where Enter came from on the first tab; answers whether there was such a place.
    pub fn time_back(&mut self, ctx: &Ctx) -> bool {
        let room = ctx.page_room();
        self.tab == Tab::Timeline && self.time.back(&ctx.journal.settings, room)
    }

    /// Goes one level nearer where the row of the first tab stands for more than an entry.
    pub fn time_nearer(&mut self, ctx: &Ctx) {
        if self.tab == Tab::Timeline && self.time.chosen().is_none() {
            let room = ctx.page_room();
            self.time.deeper(&ctx.journal.settings, room);
            self.id = self.time.entry_id();
        }
    }

    /// Selects what is nearest to a day, on the first tab.
    pub fn go_to_day(&mut self, day: Date, ctx: &Ctx) {
        if self.tab == Tab::Timeline {
            let room = ctx.page_room();
            self.time.go_to_day(day, &ctx.journal.settings, room);
            self.id = self.time.entry_id();
        }
    }

    /// Reads the selected entry whole, from its first line.
    pub fn read(&mut self, customer: &Customer, ctx: &Ctx) {
        self.reading = Reading::default();
        self.sheet = Some(Sheet::default());
        self.lay_out(Some(customer), ctx);
    }

    /// Closes the entry, or the search in it, which comes first; answers whether it is closed.
    pub fn leave_entry(&mut self) -> bool {
        let leaves = !self.reading.end_search();
        self.sheet.take_if(|_| leaves);
        leaves
    }

    /// Makes the lines of the entry anew that is read whole.
    fn lay_out(&mut self, customer: Option<&Customer>, ctx: &Ctx) {
        if self.sheet.is_none() {
            return;
        }
        let page = ctx.areas(true).page.unwrap_or_default();
        let width = layout::page_inner(layout::reading(page)).width;
        let entry = customer.and_then(|customer| self.entry(customer));
        self.sheet = entry.map(|entry| entry::sheet(entry, width.into()));
        if let Some(sheet) = &self.sheet {
            self.reading.renew(sheet);
        }
    }

    /// Scrolls the entry that is read whole.
    pub fn scroll_by(&mut self, step: Move, ctx: &Ctx) {
        if let Some(sheet) = &self.sheet {
            self.reading.move_by(step, sheet, entry_height(ctx));
        }
    }

    /// Looks for something in the entry that is read whole, or for its next place.
    pub fn search(&mut self, action: Action, ctx: &Ctx) {
        let Some(sheet) = &self.sheet else { return };
        match action {
            Action::Find => self.reading.start_search(),
            _ => {
                let back = action == Action::PrevHit;
                self.reading.step(back, sheet, entry_height(ctx));
            }
        }
    }

    /// A key for what is looked for in the entry.
    pub fn search_key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) {
        if let Some(sheet) = &self.sheet {
            self.reading.key(key, action, sheet, entry_height(ctx));
        }
    }

    /// Pasted text for what is looked for in the entry.
    pub fn search_paste(&mut self, text: &str, ctx: &Ctx) {
        if let Some(sheet) = &self.sheet {
            self.reading.paste(text, sheet, entry_height(ctx));
        }
    }

    /// Whether keys go to a line that is typed into.
    pub fn is_typed_into(&self) -> bool {
        self.filter.is_typed() || self.reading.is_typed_into()
    }

    /// Keeps what was typed into a line, and goes on below it.
    pub fn stop_typing(&mut self) {
        self.filter.keep();
        self.reading.stop_typing();
    }
}

fn entry_height(ctx: &Ctx) -> usize {
    let page = ctx.areas(true).page.unwrap_or_default();
    entry::body(layout::reading(page)).height.into()
}

/// The texts of a customer's entries, folded when a filter first asks for them.
#[derive(Debug, Default)]
struct Words {
    of: Option<Arc<Customer>>,
    entries: Vec<Texts>,
}

impl Words {
    fn follow(&mut self, customer: &Customer, ctx: &Ctx) {
        let now = ctx.journal.customer(&customer.key);
        let is_same = |(had, has): (&Arc<Customer>, &Arc<Customer>)| Arc::ptr_eq(had, has);
        if self.of.as_ref().zip(now).is_some_and(is_same) {
            return;
        }
        self.of = now.cloned();
        self.entries = customer.entries.iter().map(texts).collect();
    }

    /// Whether a filter lets the entry of that place through.
    fn hold(&self, place: usize, wanted: &Query) -> bool {
        let Some((customer, texts)) = self.of.as_ref().zip(self.entries.get(place)) else {
            return false;
        };
        texts.meet(wanted, |test| {
            test.holds(customer, customer.entries.get(place))
        })
    }
}

/// The kind is a line, so that `promise` finds promises.
fn texts(entry: &Entry) -> Texts {
    let said = |prose: bool| {
        let fields = entry.fields.iter();
        let fields = fields.filter(move |(name, _)| (*name == "notes") == prose);
        fields
            .map(|(_, value)| value.to_line())
            .collect::<Vec<String>>()
    };
    let (lines, notes) = (said(false), said(true));
    let lines = lines.iter().map(String::as_str);
    Texts::new([entry.kind.word()].into_iter().chain(lines))
        .with_notes(notes.iter().map(String::as_str))
}

fn rows(customer: &Customer, tab: Tab, holds: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let Some(kind) = tab.kind() else {
        return Vec::new();
    };
    let places = if kind.is_dated() {
        customer.newest_first()
    } else {
        (0..customer.entries.len()).collect()
    };
    let mut entries: Vec<(usize, &Entry)> = places
        .into_iter()
        .filter_map(|at| Some((at, customer.entries.get(at)?)))
        .filter(|(at, entry)| entry.kind() == Some(kind) && holds(*at))
        .collect();
    match kind {
        Kind::Concern | Kind::Negotiation => entries.sort_by_key(|(_, entry)| !entry.is_open()),
        Kind::Deal => {
            entries.sort_by_key(|(_, entry)| (!entry.is_open(), std::cmp::Reverse(entry.day())))
        }
        Kind::Contact => entries.sort_by_key(|(_, entry)| entry.fields.get("left").is_some()),
        _ => {}
    }
    entries.into_iter().map(|(at, _)| at).collect()
}
