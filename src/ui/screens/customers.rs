//! The screen `2 Customers`: the list, and the page of the one that is selected.

use ratatui::crossterm::event::KeyEvent;

use super::customer::Page;
use crate::model::attention::Attention;
use crate::model::brief::total_value;
use crate::model::change::{Change, FieldEdit};
use crate::model::closing::{Closing, closing};
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::fold::fold;
use crate::model::journal::Journal;
use crate::model::money::Amount;
use crate::ui::ctx::Ctx;
use crate::ui::dialogs::Source;
use crate::ui::keys::{Action, Scope};
use crate::ui::layout;
use crate::ui::target::Target;
use crate::ui::widgets::line_field::LineField;
use crate::ui::widgets::list::{self, Move};

/// What the screen asks of the program.
#[derive(Debug)]
pub enum Ask {
    /// Leave.
    Quit,
    /// Open this form.
    Form(Target),
    /// Ask for the letter of a kind.
    AddMenu {
        /// To whom something is added.
        customer: String,
    },
    /// Ask before these changes are made.
    Confirm {
        /// The question.
        question: String,
        /// What a yes does.
        changes: Vec<Change>,
    },
    /// Make these changes.
    Save(Vec<Change>),
    /// Open the editor.
    Editor {
        /// Whose file.
        customer: String,
        /// The line, from 1.
        line: u32,
    },
    /// Ask for the letter of what is to be copied.
    Copy(Source),
    /// Open a mail address or link of this.
    Visit(Source),
    /// Say something.
    Say(String),
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What is due and open first, then who was silent for longer than agreed.
    #[default]
    Attention,
    /// By reading or name.
    Name,
    /// The latest touch first.
    LastTouch,
    /// The largest volume first, in the journal's own currency.
    Value,
}

impl Sort {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Sort::Attention => "by attention",
            Sort::Name => "by name",
            Sort::LastTouch => "by last touch",
            Sort::Value => "by value",
        }
    }

    fn next(self) -> Sort {
        match self {
            Sort::Attention => Sort::Name,
            Sort::Name => Sort::LastTouch,
            Sort::LastTouch => Sort::Value,
            Sort::Value => Sort::Attention,
        }
    }
}

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

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// The heading of a folder.
    Group(String),
    /// A customer, by its place in the journal.
    Customer {
        /// The place.
        at: usize,
        /// What is open with them.
        attention: Attention,
    },
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
    /// The filter, while there is one.
    pub filter: Option<LineField>,
    /// Whether keys go to the filter.
    pub typing: bool,
    /// How deep the person has gone.
    pub depth: Depth,
    /// The page of the selected customer.
    pub page: Page,
}

impl Customers {
    /// The scopes of its keys, the innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        if self.typing || self.page.is_typed_into() {
            return vec![Scope::Line];
        }
        let own = match self.depth {
            Depth::List => Scope::Customers,
            Depth::Page => Scope::Page,
            Depth::Entry => Scope::Entry,
        };
        vec![own, Scope::Rows, Scope::Global]
    }

    /// The selected customer.
    pub fn customer<'a>(&self, journal: &'a Journal) -> Option<&'a Customer> {
        journal.customer(self.key.as_deref()?).map(AsRef::as_ref)
    }

    /// The customer at the cursor, and the entry where one is selected.
    fn selection<'a>(&self, ctx: &Ctx<'a>) -> Option<(&'a Customer, Option<&'a Entry>)> {
        let customer = self.customer(ctx.journal)?;
        let entry = match self.depth {
            Depth::List => None,
            Depth::Page | Depth::Entry => self.page.entry(customer),
        };
        Some((customer, entry))
    }

    /// Takes a key. `None`: the key is not for this screen.
    pub fn key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) -> Option<Ask> {
        if self.typing || self.page.is_typed_into() {
            self.filter_key(key, action, ctx);
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
        match action {
            Action::Quit if self.depth == Depth::List => return Some(Ask::Quit),
            Action::Back => self.back(ctx),
            Action::Filter => self.start_filter(),
            Action::Sort => {
                self.sort = self.sort.next();
                self.refresh(ctx);
            }
            Action::NextTab => self.page.turn(1, self.customer(ctx.journal), ctx),
            Action::PrevTab => self.page.turn(-1, self.customer(ctx.journal), ctx),
            Action::New => return Some(Ask::Form(Target::New)),
            Action::Open => self.open(ctx),
            Action::Search | Action::NextHit | Action::PrevHit => self.page.search(action, ctx),
            _ => return self.act_on_selection(action, ctx),
        }
        None
    }

    /// The actions that need a customer or an entry under the cursor.
    fn act_on_selection(&self, action: Action, ctx: &Ctx) -> Option<Ask> {
        let needs_one = needs_one(action);
        let Some((customer, entry)) = self.selection(ctx) else {
            return needs_one.then(|| Ask::Say("No customer yet: n makes one".to_owned()));
        };
        let key = customer.key.to_string();
        let reads_only = matches!(action, Action::Editor | Action::Copy | Action::Visit);
        if customer.broken && needs_one && !reads_only {
            let text = format!(
                "{} does not parse, so it is not written to: E opens it, ! says where",
                customer.path()
            );
            return Some(Ask::Say(text));
        }
        match (action, entry) {
            (Action::Add, _) => Some(Ask::AddMenu { customer: key }),
            (Action::Copy, entry) => Some(Ask::Copy(Source::of(customer, entry))),
            (Action::Visit, entry) => Some(Ask::Visit(Source::of(customer, entry))),
            (Action::AddKind(kind), _) => Some(Ask::Form(Target::Add {
                customer: key,
                kind,
            })),
            (Action::Edit, Some(entry)) => Some(Ask::Form(Target::edit(customer, entry))),
            (Action::Edit, None) => Some(Ask::Form(Target::Head { customer: key })),
            (Action::Close, Some(entry)) => Some(close(customer, entry, ctx)),
            (Action::Editor, entry) => {
                let line = entry.map_or(1, |entry| entry.line);
                Some(Ask::Editor {
                    customer: key,
                    line,
                })
            }
            (Action::Rename, Some(entry)) => Some(Ask::Form(Target::Move {
                customer: key,
                kind: entry.kind.word().to_owned(),
                key: entry.key.to_string(),
            })),
            (Action::Rename, None) => Some(Ask::Form(Target::Rename { customer: key })),
            (Action::Remove, Some(entry)) => Some(Ask::Confirm {
                question: removal_question(entry),
                changes: vec![Change::Remove {
                    customer: key,
                    kind: entry.kind.word().to_owned(),
                    key: entry.key.to_string(),
                    was: Some(entry.fields.clone()),
                }],
            }),
            _ => None,
        }
    }

    fn back(&mut self, ctx: &Ctx) {
        match self.depth {
            Depth::Entry if self.page.leave_entry() => self.depth = Depth::Page,
            Depth::Entry => {}
            Depth::Page => {
                if self.page.filter.take().is_some() {
                    self.refresh(ctx);
                } else {
                    self.depth = Depth::List;
                }
            }
            Depth::List => {
                self.filter = None;
                self.refresh(ctx);
            }
        }
    }

    fn open(&mut self, ctx: &Ctx) {
        let Some(customer) = self.customer(ctx.journal) else {
            return;
        };
        match self.depth {
            Depth::List => self.depth = Depth::Page,
            Depth::Page if self.page.entry(customer).is_some() => {
                self.page.read(customer, ctx);
                self.depth = Depth::Entry;
            }
            _ => {}
        }
    }

    /// Whether there is something under the cursor that the action could be about.
    pub fn means(&self, action: Action, ctx: &Ctx) -> bool {
        !(needs_one(action) || action == Action::Open) || self.customer(ctx.journal).is_some()
    }

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

    /// Back to the list, from wherever.
    pub fn to_list(&mut self, _ctx: &Ctx) {
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
        if !self.rows.iter().any(|row| self.is_row(row, ctx)) {
            // The filter would hide what was just made.
            self.filter = None;
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

    fn is_row(&self, row: &Row, ctx: &Ctx) -> bool {
        match row {
            Row::Customer { at, .. } => ctx
                .journal
                .customers
                .get(*at)
                .is_some_and(|c| Some(&*c.key) == self.key.as_deref()),
            Row::Group(_) => false,
        }
    }

    pub(super) fn move_by(&mut self, step: Move, ctx: &Ctx) {
        let areas = layout::areas(ctx.size, self.depth > Depth::List);
        let page_height = areas.page.map_or(0, |page| layout::page_rows(page).height);
        match self.depth {
            Depth::List => {
                let height = areas.list.map_or(0, |list| layout::list_rows(list).height);
                let mut at = step.from(self.selected, self.rows.len(), height.into());
                if matches!(self.rows.get(at), Some(Row::Group(_))) {
                    at = next_customer(&self.rows, at, step.goes_up());
                }
                self.select(at, ctx);
            }
            Depth::Page => self
                .page
                .move_by(step, page_height.into(), self.customer(ctx.journal)),
            Depth::Entry => self.page.scroll_by(step, ctx),
        }
    }

    pub(super) fn select(&mut self, at: usize, ctx: &Ctx) {
        self.selected = at;
        if let Some(Row::Customer { at, .. }) = self.rows.get(at) {
            let key = ctx.journal.customers.get(*at).map(|c| c.key.to_string());
            if key != self.key {
                self.key = key;
                self.page.start(self.customer(ctx.journal), ctx);
            }
        }
        self.scroll(ctx);
    }

    fn scroll(&mut self, ctx: &Ctx) {
        let areas = layout::areas(ctx.size, self.depth > Depth::List);
        let height = areas.list.map_or(0, |list| layout::list_rows(list).height);
        self.offset = list::scroll(self.selected, self.offset, height.into(), self.rows.len());
    }

    fn start_filter(&mut self) {
        match self.depth {
            Depth::List => {
                self.filter.get_or_insert_with(|| LineField::new(""));
                self.typing = true;
            }
            _ => self.page.start_filter(),
        }
    }

    fn filter_key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) {
        if self.page.is_typed_into() {
            self.page
                .filter_key(key, action, self.customer(ctx.journal), ctx);
            return;
        }
        match action {
            Some(Action::Open) => self.typing = false,
            Some(Action::Back) => {
                self.typing = false;
                self.filter = None;
            }
            _ => {
                if let Some(filter) = &mut self.filter {
                    filter.key(key);
                }
            }
        }
        self.refresh(ctx);
    }

    /// Takes pasted text; only a filter has a place for it.
    pub fn paste(&mut self, text: &str, ctx: &Ctx) {
        if self.typing
            && let Some(filter) = &mut self.filter
        {
            filter.paste(text);
            self.refresh(ctx);
        } else if self.page.is_typed_into() {
            self.page.paste(text, self.customer(ctx.journal), ctx);
        }
    }

    /// Makes the rows anew, and finds the selection again by its key.
    pub fn refresh(&mut self, ctx: &Ctx) {
        let wanted = self
            .filter
            .as_ref()
            .map(|f| fold(f.value()))
            .unwrap_or_default();
        self.rows = rows(ctx, self.sort, &wanted);
        let found = self.rows.iter().position(|row| self.is_row(row, ctx));
        let first = next_customer(&self.rows, 0, false);
        self.selected = found.unwrap_or_else(|| {
            let kept = self.selected.min(self.rows.len().saturating_sub(1));
            if self.key.is_some() && wanted.is_empty() {
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

/// Whether the action is about a customer or an entry.
fn needs_one(action: Action) -> bool {
    matches!(
        action,
        Action::Add
            | Action::AddKind(_)
            | Action::Copy
            | Action::Visit
            | Action::Edit
            | Action::Close
            | Action::Editor
            | Action::Rename
            | Action::Remove
    )
}

/// A promise is kept by the key alone; for the rest one thing is asked.
fn close(customer: &Customer, entry: &Entry, ctx: &Ctx) -> Ask {
    match closing(entry, ctx.today) {
        None => Ask::Say("Nothing is open here: e changes it".to_owned()),
        Some(Closing { asks: Some(_), .. }) => Ask::Form(Target::close(customer, entry)),
        Some(Closing { sets, asks: None }) => {
            let edits = sets.into_iter().map(|(name, value)| FieldEdit {
                name: name.to_owned(),
                was: entry.fields.get(name).cloned(),
                now: Some(value),
            });
            Ask::Save(vec![Change::Edit {
                customer: customer.key.to_string(),
                kind: entry.kind.word().to_owned(),
                key: entry.key.to_string(),
                edits: edits.collect(),
            }])
        }
    }
}

fn removal_question(entry: &Entry) -> String {
    let day = entry.day().map(|day| format!(" of {day}"));
    format!(
        "Remove this {}{}? {}",
        entry.kind.word(),
        day.unwrap_or_default(),
        entry.line_text()
    )
}

/// The nearest customer's row from `at` on; upwards, and then downwards, with `up`.
fn next_customer(rows: &[Row], at: usize, up: bool) -> usize {
    let is_customer = |at: &usize| matches!(rows.get(*at), Some(Row::Customer { .. }));
    let down = || (at..rows.len()).find(is_customer);
    let above = || (0..=at).rev().find(is_customer);
    if up {
        above().or_else(down)
    } else {
        down().or_else(above)
    }
    .unwrap_or(0)
}

fn rows(ctx: &Ctx, sort: Sort, wanted: &str) -> Vec<Row> {
    let journal = ctx.journal;
    let mut shown: Vec<(usize, &Customer, Attention)> = journal
        .customers
        .iter()
        .enumerate()
        .filter(|(_, customer)| matches_filter(customer, wanted))
        .map(|(at, c)| {
            (
                at,
                c.as_ref(),
                Attention::of(c, &journal.settings, ctx.today),
            )
        })
        .collect();
    let name = |c: &Customer| fold(c.head.text("reading").unwrap_or(c.name()));
    shown.sort_by_cached_key(|(_, customer, _)| name(customer));
    match sort {
        Sort::Name => {}
        Sort::Attention => shown.sort_by_key(|(_, _, a)| std::cmp::Reverse(a.weight())),
        Sort::LastTouch => shown.sort_by_key(|(_, _, a)| a.silent_days.unwrap_or(i32::MAX)),
        Sort::Value => {
            let home = journal.settings.currency().unwrap_or("");
            shown.sort_by_cached_key(|(_, customer, _)| {
                let total = total_value(customer, &journal.settings);
                std::cmp::Reverse(total.get(home).unwrap_or(Amount::ZERO))
            });
        }
    }
    // The top of the journal first, then its folders; our own file comes last.
    let group = |c: &Customer| (c.is_ourselves(), c.group().to_owned());
    shown.sort_by_cached_key(|(_, customer, _)| group(customer));
    let mut rows = Vec::new();
    let mut last = (false, String::new());
    for (at, customer, attention) in shown {
        let here = group(customer);
        if here != last {
            let title = if here.0 { "ourselves" } else { here.1.as_str() };
            rows.push(Row::Group(title.to_owned()));
            last = here;
        }
        rows.push(Row::Customer { at, attention });
    }
    rows
}

/// Every word of the filter is part of a name, the reading, the key, a tag or the status.
fn matches_filter(customer: &Customer, wanted: &str) -> bool {
    wanted.split_whitespace().all(|word| {
        let mut names = vec![customer.name(), &*customer.key, customer.status()];
        names.extend(customer.head.text("reading"));
        names.extend(customer.head.texts("aliases"));
        names.extend(customer.head.texts("tags"));
        names.iter().any(|name| fold(name).contains(word))
    })
}
