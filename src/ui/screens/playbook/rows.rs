//! What the playbook shows: the table of a page, its rows narrowed and unfolded, one of them
//! selected.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::playbook::Asked;
use crate::model::playbook::table::{Detail, Row, Table};
use crate::model::playbook::tables::Page;
use crate::model::search::texts::Texts;
use crate::model::settings::Settings;
use crate::ui::ctx::Ctx;
use crate::ui::layout::{self, PlaybookAreas};
use crate::ui::screens::filter::Filter;
use crate::ui::widgets::list::{self, Move};
use crate::ui::widgets::sheet::Sheet;
use crate::ui::widgets::text::{visible, width as width_of};

/// The most lines behind a row that are read beside it; unfolded it shows all of them.
const MOST_BESIDE: usize = 80;

/// What is kept free at the right edge: joined emoji take more cells there than they should, in
/// many a terminal, and must not go on in the next line.
const AIR: u16 = 3;

/// The widest column of labels beside the rows.
const LABEL: usize = 16;

/// A line that can be selected: a row, or one of those behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The row's place in the table.
    pub row: usize,
    /// The place of the detail behind it.
    pub detail: Option<usize>,
}

/// What a table was made of.
#[derive(Debug)]
struct Made {
    /// The customers: the same ones as long as none has changed.
    customers: Vec<Arc<Customer>>,
    settings: Settings,
    today: Date,
    page: Page,
    customer: Option<String>,
}

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Playbook {
    /// The page at hand.
    pub page: Page,
    /// The key of the customer it is to fit; `None`: all that is known.
    pub customer: Option<String>,
    /// What narrows the rows.
    pub filter: Filter,
    /// The page as a table.
    pub table: Table,
    /// What can be selected of it, from the top.
    pub lines: Vec<Line>,
    /// How many rows the filter lets through.
    pub shown: usize,
    /// The selected line.
    pub selected: usize,
    /// The first line that is seen.
    pub offset: usize,
    /// What is read beside the rows.
    pub side: Sheet,
    /// Whether a customer's page led here.
    pub(super) from_page: bool,
    /// The key of the selected row, and which of the details behind it.
    key: Option<(String, Option<usize>)>,
    /// The rows that are unfolded, by key.
    unfolded: BTreeSet<String>,
    /// What a filter looks into, row by row.
    texts: Vec<Texts>,
    made: Option<Made>,
}

impl Made {
    fn is_same(&self, other: &Made) -> bool {
        let customers = self.customers.iter().zip(&other.customers);
        self.customers.len() == other.customers.len()
            && customers.into_iter().all(|(a, b)| Arc::ptr_eq(a, b))
            && self.settings == other.settings
            && (self.today, self.page) == (other.today, other.page)
            && self.customer == other.customer
    }
}

impl Playbook {
    pub(super) fn areas(ctx: &Ctx) -> PlaybookAreas {
        layout::playbook(ctx.size)
    }

    /// Makes the table anew where anything it is made of has changed, then what is seen of it.
    pub fn renew(&mut self, ctx: &Ctx) {
        let is_gone = |key: &String| ctx.journal.customer(key).is_none();
        if self.customer.take_if(|key| is_gone(key)).is_some() {
            self.from_page = false;
        }
        let now = Made {
            customers: ctx.journal.customers.clone(),
            settings: ctx.journal.settings.clone(),
            today: ctx.today,
            page: self.page,
            customer: self.customer.clone(),
        };
        if !self.made.as_ref().is_some_and(|made| made.is_same(&now)) {
            let key = self.customer.as_deref();
            let customer = key.and_then(|key| ctx.journal.customer(key));
            self.table = self.page.table(&Asked {
                journal: ctx.journal,
                today: ctx.today,
                customer: customer.map(AsRef::as_ref),
            });
            self.texts = self.table.rows.iter().map(texts).collect();
            self.made = Some(now);
        }
        self.pick(ctx);
    }

    /// Picks the rows that the filter lets through, and finds the selection again.
    fn pick(&mut self, ctx: &Ctx) {
        let wanted = self.filter.query(&ctx.reading());
        self.lines.clear();
        self.shown = 0;
        for (row, it) in self.table.rows.iter().enumerate() {
            let texts = self.texts.get(row);
            // A row is of many entries: no field of one can be asked for.
            if !texts.is_some_and(|texts| texts.meet(&wanted, |_| false)) {
                continue;
            }
            self.shown += 1;
            self.lines.push(Line { row, detail: None });
            if self.unfolded.contains(&it.key) {
                let behind = 0..it.details.len();
                self.lines.extend(behind.map(|detail| Line {
                    row,
                    detail: Some(detail),
                }));
            }
        }
        let key = self.key.take();
        let at = key
            .as_ref()
            .and_then(|(key, detail)| self.line_of(key, *detail));
        let at = at.unwrap_or(self.selected);
        self.select(at, ctx);
    }

    /// The line of a row, or of a detail of it; of the row where that detail is not seen.
    fn line_of(&self, key: &str, detail: Option<usize>) -> Option<usize> {
        let is_it = |line: &Line| {
            self.table
                .rows
                .get(line.row)
                .is_some_and(|row| row.key == key)
        };
        let row = self.lines.iter().position(is_it)?;
        let detail = detail.and_then(|detail| {
            let mut lines = self.lines.iter().skip(row).take_while(|line| is_it(line));
            lines.position(|line| line.detail == Some(detail))
        });
        Some(row + detail.unwrap_or(0))
    }

    /// Selects a line; the last one where there are fewer.
    pub(super) fn select(&mut self, at: usize, ctx: &Ctx) {
        self.selected = at.min(self.lines.len().saturating_sub(1));
        let line = self.lines.get(self.selected);
        let row = line.and_then(|line| Some((self.table.rows.get(line.row)?, line.detail)));
        self.key = row.map(|(row, detail)| (row.key.clone(), detail));
        let areas = Playbook::areas(ctx);
        let height = areas.rows.height.into();
        self.offset = list::scroll(self.selected, self.offset, height, self.lines.len());
        self.side = match (areas.side, self.row()) {
            (Some(area), Some(row)) => side(row, layout::page_inner(area).width),
            _ => Sheet::default(),
        };
    }

    /// Moves over the lines.
    pub(super) fn move_by(&mut self, step: Move, ctx: &Ctx) {
        let height = Playbook::areas(ctx).rows.height.into();
        let to = step.from(self.selected, self.lines.len(), height);
        self.select(to, ctx);
    }

    /// Turns to another page.
    pub(super) fn turn(&mut self, page: Page, ctx: &Ctx) {
        if page != self.page {
            self.page = page;
            self.filter.clear();
            self.unfolded.clear();
            (self.selected, self.offset, self.key) = (0, 0, None);
        }
        self.renew(ctx);
    }

    /// Shows what fits a customer, or everything.
    pub(super) fn ask_about(&mut self, customer: Option<String>, ctx: &Ctx) {
        self.customer = customer;
        self.filter.clear();
        self.unfolded.clear();
        (self.selected, self.offset, self.key) = (0, 0, None);
        self.renew(ctx);
    }

    /// Shows the words behind the selected row below it, or no more.
    pub(super) fn unfold(&mut self, ctx: &Ctx) {
        let Some((key, _)) = self.key.clone() else {
            return;
        };
        if !self.unfolded.remove(&key) {
            self.unfolded.insert(key.clone());
        }
        self.key = Some((key, None));
        self.pick(ctx);
    }

    /// The selected row, also where one of its details is selected.
    pub fn row(&self) -> Option<&Row> {
        self.table.rows.get(self.lines.get(self.selected)?.row)
    }

    /// What the selected line rests on.
    pub(super) fn place(&self) -> Option<&str> {
        let line = self.lines.get(self.selected)?;
        let row = self.table.rows.get(line.row)?;
        let detail = line.detail.and_then(|at| row.details.get(at));
        match detail {
            Some(Detail { place, .. }) => place.as_deref(),
            None => row.place.as_deref(),
        }
    }

    /// The customer and the entry that the selected line rests on.
    pub(super) fn chosen<'c>(&self, ctx: &Ctx<'c>) -> Option<(&'c Customer, Option<&'c Entry>)> {
        let place = self.place()?;
        let (key, id) = match place.split_once(':') {
            Some((key, id)) => (key, Some(id)),
            None => (place, None),
        };
        let customer = ctx.journal.customer(key)?;
        let entry = id.and_then(|id| id.split_once('.'));
        let entry = entry.and_then(|(kind, key)| customer.entry(kind, key));
        Some((customer, entry))
    }

    /// Selects what rests on a place: the row, else a detail where its row is unfolded.
    pub(super) fn find(&mut self, place: &str, ctx: &Ctx) {
        let rests = |at: &Option<String>| at.as_deref() == Some(place);
        let is_it = |line: &&Line| {
            let row = self.table.rows.get(line.row);
            row.is_some_and(|row| match line.detail {
                Some(at) => row
                    .details
                    .get(at)
                    .is_some_and(|detail| rests(&detail.place)),
                None => rests(&row.place) || row.details.iter().any(|detail| rests(&detail.place)),
            })
        };
        let Some(line) = self.lines.iter().find(is_it).copied() else {
            return;
        };
        // Of a row that is unfolded, the detail itself.
        let same_row = |other: &Line| other.row == line.row;
        let detail = self
            .lines
            .iter()
            .position(|other| same_row(other) && other.detail.is_some() && is_it(&other));
        let row = self.lines.iter().position(|other| *other == line);
        if let Some(at) = detail.or(row) {
            self.select(at, ctx);
        }
    }
}

/// What a filter looks into: all words of a row, and behind it.
fn texts(row: &Row) -> Texts {
    let cells = row.cells.iter().map(|cell| cell.words());
    let behind = row.details.iter();
    let behind = behind.flat_map(|detail| [&*detail.label, &*detail.text]);
    Texts::new(cells.chain(behind))
}

/// The words behind a row, to be read beside the rows.
fn side(row: &Row, width: u16) -> Sheet {
    let whole = usize::from(width.saturating_sub(AIR));
    let labels = row
        .details
        .iter()
        .map(|detail| width_of(&visible(&detail.label)));
    let label = (labels.max().unwrap_or(0) + 2).min(LABEL);
    let beside = whole.saturating_sub(label);
    let label = u16::try_from(label).unwrap_or(0);
    let mut sheet = Sheet::default();
    sheet.heading(&row.title, whole);
    for (at, detail) in row.details.iter().take(MOST_BESIDE).enumerate() {
        if at == 0 || detail.begins {
            sheet.text(("", 0), "", whole);
        }
        sheet.text((&detail.label, label), &detail.text, beside);
    }
    if let more @ 1.. = row.details.len().saturating_sub(MOST_BESIDE) {
        sheet.text(
            ("", 0),
            &format!("and {more} more lines, behind the row"),
            whole,
        );
    }
    sheet
}
