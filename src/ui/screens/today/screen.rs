//! The screen of today: its state and its keys.

use std::collections::HashSet;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Position;

use super::draw;
use super::rows::{Key, Lines, entry};
use crate::model::attention::Attention;
use crate::model::change::{Change, Silence};
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::today::{Act, Reason, quiet_day, quiet_key};
use crate::ui::ctx::Ctx;
use crate::ui::front::Front;
use crate::ui::keys::{Action, Scope};
use crate::ui::layout;
use crate::ui::msg::{Mouse, Press};
use crate::ui::screens::Look;
use crate::ui::screens::acting::{Ask, act_on, needs_one};
use crate::ui::screens::filter::Filter;
use crate::ui::screens::pointer::{NOTCH, row_at};
use crate::ui::target::Target;
use crate::ui::widgets::list::{self, Move};

/// The state of the screen.
#[derive(Debug, Default)]
pub struct Turning {
    /// The rows.
    pub rows: Lines,
    /// The selected row.
    pub selected: usize,
    /// The first row that is seen.
    pub offset: usize,
    /// What narrows them.
    pub filter: Filter,
    /// The selected reason, by which it is found again.
    chosen: Option<Key>,
    /// The selected reason that has gone, to be selected where it comes back.
    gone: Option<Key>,
    /// The customers whose other reasons are seen.
    opened: HashSet<Box<str>>,
    /// With whom something is due next, where nothing waits today.
    pub(super) next: Option<(Date, String)>,
}

impl Turning {
    /// Whose row is selected, and what it says.
    pub(super) fn reason<'a>(&self, ctx: &Ctx<'a>) -> Option<(&'a Customer, &'a Reason)> {
        let (customer, reason) = self.rows.lines.get(self.selected)?.of(ctx.reasons)?;
        Some((customer, reason))
    }

    fn selection<'a>(&self, ctx: &Ctx<'a>) -> Option<(&'a Customer, Option<&'a Entry>)> {
        let (customer, reason) = self.reason(ctx)?;
        Some((customer, entry(customer, reason)))
    }

    fn open(&self, ctx: &Ctx) -> Option<Ask> {
        let (customer, entry) = self.selection(ctx)?;
        let key = &customer.key;
        Some(Ask::Open(match entry {
            Some(entry) => format!("{key}:{}", entry.id()),
            None => key.to_string(),
        }))
    }

    /// Does what the selected reason asks for.
    fn do_it(&self, ctx: &Ctx) -> Option<Ask> {
        let action = match self.reason(ctx).map(|(_, reason)| reason.rule.act()) {
            None | Some(Act::Close) => Action::Close,
            Some(Act::Edit) => Action::Edit,
            Some(Act::Add(kind)) => Action::AddKind(kind),
        };
        self.act_on(action, ctx)
    }

    fn act_on(&self, action: Action, ctx: &Ctx) -> Option<Ask> {
        let selection = self.selection(ctx);
        if selection.is_none() && needs_one(action) && !ctx.journal.customers.is_empty() {
            return Some(Ask::Say("Nobody is selected here".to_owned()));
        }
        act_on(selection, action, ctx)
    }

    /// Makes the selected reason quiet.
    fn hush(&self, action: Action, ctx: &Ctx) -> Option<Ask> {
        let refused = self.act_on(action, ctx);
        let (customer, reason) = match (refused, self.reason(ctx)) {
            (None, Some(selected)) => selected,
            (refused, _) => return refused,
        };
        let how = match action {
            Action::Snooze => Silence::Snoozed,
            _ => Silence::Dismissed,
        };
        let key = quiet_key(reason.rule, reason.entry.as_deref());
        let was = quiet_day(customer, how, &key);
        let about = format!("{}: {}", customer.name(), reason.text);
        let customer = customer.key.to_string();
        Some(match how {
            Silence::Snoozed => Ask::Snooze {
                customer,
                reason: key,
                was,
                about,
            },
            Silence::Dismissed => Ask::Save(vec![Change::Quiet {
                customer,
                how,
                reason: key,
                was,
                now: Some(ctx.today),
            }]),
        })
    }

    /// Shows the other reasons of the selected customer, or folds them again.
    fn unfold(&mut self, ctx: &Ctx) {
        if self.fold(ctx) {
            return;
        }
        let line = self.rows.lines.get(self.selected);
        let has_others = line.is_some_and(|line| line.folded > 0);
        if let Some((customer, _)) = self.reason(ctx).filter(|_| has_others) {
            self.opened.insert(customer.key.clone());
            self.refresh(ctx);
        }
    }

    /// Folds the reasons of the selected customer; answers whether they were seen.
    fn fold(&mut self, ctx: &Ctx) -> bool {
        let lead = self.rows.lead(self.selected);
        let below = self.rows.lines.get(lead + 1);
        let has_others = below.is_some_and(|line| !line.leads);
        if let Some((customer, _)) = self.reason(ctx) {
            self.opened.remove(&customer.key);
        }
        if has_others {
            self.select(lead, ctx);
            self.refresh(ctx);
        }
        has_others
    }

    fn back(&mut self, ctx: &Ctx) {
        if !self.fold(ctx) && self.filter.clear() {
            self.refresh(ctx);
        }
    }

    fn select(&mut self, at: usize, ctx: &Ctx) {
        self.selected = at;
        self.chosen = self.reason(ctx).map(|(of, reason)| Key::of(of, reason));
        self.scroll(ctx);
    }

    fn move_by(&mut self, step: Move, ctx: &Ctx) {
        let height = usize::from(rows_height(ctx));
        let at = step.from(self.selected, self.rows.lines.len(), height);
        self.select(at, ctx);
    }

    fn scroll(&mut self, ctx: &Ctx) {
        let (height, len) = (rows_height(ctx).into(), self.rows.lines.len());
        self.offset = list::scroll(self.selected, self.offset, height, len);
    }

    fn point(&mut self, mouse: Mouse, ctx: &Ctx) -> Option<Ask> {
        let at = Position::new(mouse.column, mouse.row);
        let list = layout::today(ctx.size).list;
        match mouse.press {
            Press::WheelUp => (0..NOTCH).for_each(|_| self.move_by(Move::Up, ctx)),
            Press::WheelDown => (0..NOTCH).for_each(|_| self.move_by(Move::Down, ctx)),
            Press::Drag => {}
            Press::Once | Press::Twice => {
                let row = row_at(layout::list_rows(list), at, self.offset)?;
                self.rows.lines.get(row)?;
                self.select(row, ctx);
                if mouse.press == Press::Twice {
                    return self.open(ctx);
                }
            }
        }
        None
    }
}

fn rows_height(ctx: &Ctx) -> u16 {
    layout::list_rows(layout::today(ctx.size).list).height
}

/// With whom something is due next.
fn next_due(ctx: &Ctx) -> Option<(Date, String)> {
    let others = ctx.journal.customers.iter().filter(|c| !c.is_ourselves());
    let due = others.filter_map(|customer| {
        let due = Attention::of(customer, &ctx.journal.settings, ctx.today).next_due?;
        (due > ctx.today).then(|| (due, customer.name().to_owned()))
    });
    due.min()
}

impl Front for Turning {
    fn scopes(&self) -> Vec<Scope> {
        match self.filter.is_typed() {
            true => vec![Scope::Line],
            false => vec![Scope::Today, Scope::Rows, Scope::Global],
        }
    }

    fn key(&mut self, key: KeyEvent, action: Option<Action>, ctx: &Ctx) -> Option<Ask> {
        if self.filter.is_typed() {
            self.filter.key(key, action);
            self.refresh(ctx);
            return None;
        }
        self.act(action?, ctx)
    }

    fn act(&mut self, action: Action, ctx: &Ctx) -> Option<Ask> {
        if let Some(step) = action.as_move() {
            self.move_by(step, ctx);
            return None;
        }
        match action {
            Action::Quit => return Some(Ask::Quit),
            Action::Back => self.back(ctx),
            Action::Filter => self.filter.start(),
            Action::Unfold => self.unfold(ctx),
            Action::New => return Some(Ask::Form(Target::New)),
            Action::Open => return self.open(ctx),
            Action::OnlyThis => {
                let (customer, _) = self.reason(ctx)?;
                return Some(Ask::TimelineOf(customer.key.to_string()));
            }
            Action::Act => return self.do_it(ctx),
            Action::Snooze | Action::Dismiss => return self.hush(action, ctx),
            _ => return self.act_on(action, ctx),
        }
        None
    }

    fn means(&self, action: Action, ctx: &Ctx) -> bool {
        let is_about_one =
            needs_one(action) || matches!(action, Action::Open | Action::OnlyThis | Action::Unfold);
        !is_about_one || self.reason(ctx).is_some()
    }

    fn paste(&mut self, text: &str, ctx: &Ctx) {
        if self.filter.is_typed() {
            self.filter.paste(text);
            self.refresh(ctx);
        }
    }

    fn mouse(&mut self, mouse: Mouse, ctx: &Ctx) -> Option<Ask> {
        self.filter.keep();
        self.point(mouse, ctx)
    }

    fn refresh(&mut self, ctx: &Ctx) {
        let wanted = self.filter.query(&ctx.reading());
        self.rows.fill(ctx.reasons, &self.opened, &wanted);
        let chosen = self.chosen.take();
        let found = chosen
            .as_ref()
            .and_then(|key| self.rows.find(key, ctx.reasons));
        let last = self.rows.lines.len().saturating_sub(1);
        let at = match (found, wanted.is_empty()) {
            (Some(at), _) => at,
            (None, true) => self.selected.min(last),
            (None, false) => 0,
        };
        if found.is_none() && chosen.is_some() {
            self.gone = chosen;
        }
        self.select(at, ctx);
        self.next = match self.rows.all {
            0 => next_due(ctx),
            _ => None,
        };
    }

    /// What was done last is not to be seen here any more, most often: the selection stays where
    /// it is. What comes back is selected again.
    fn go_to(&mut self, place: &str, ctx: &Ctx) {
        let customer = place.split(':').next();
        let back = self.gone.take_if(|gone| Some(&*gone.customer) == customer);
        if let Some(back) = back {
            match self.rows.find(&back, ctx.reasons) {
                Some(at) => self.select(at, ctx),
                None => self.gone = Some(back),
            }
        }
    }

    fn go_to_day(&mut self, _day: Date, _ctx: &Ctx) {}

    fn place(&self) -> Option<String> {
        None
    }

    fn draw(&self, ctx: &Ctx, look: Look, buf: &mut Buffer) {
        draw::draw(self, ctx, look, buf);
    }

    fn cursor(&self, ctx: &Ctx) -> Option<Position> {
        draw::cursor(self, ctx)
    }
}
