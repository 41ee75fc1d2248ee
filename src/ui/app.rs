//! The state of the program, and how it changes: one message in, effects out.

use std::sync::Arc;

use jiff::civil::Date;
use ratatui::crossterm::event::{KeyEvent, KeyEventKind};
use ratatui::layout::Size;

use super::appearance::Appearance;
use super::ctx::Ctx;
use super::dialogs::palette::Command;
use super::dialogs::{Answer, Dialog, Form, Offer, Palette, Problems, Reader, Source};
use super::drafts::{Drafts, Keeping};
use super::keymap::Keymap;
use super::keys::{Action, Scope};
use super::layout;
use super::msg::{Effect, Mouse, Msg, Saved, Way};
use super::screens::customers::{Ask, Customers};
use super::target::Target;
use super::theme::Theme;
use super::trail::Trail;
use super::widgets::glyphs::Glyphs;
use super::widgets::text::visible;
use crate::model::draft::KeptDraft;
use crate::model::journal::Journal;
use crate::model::problem::Problem;

/// The most bytes that are copied: more is dropped by many terminals without a word.
const MOST_COPIED: usize = 64 << 10;

/// How the program starts.
#[derive(Clone, Debug)]
pub struct Start {
    /// The day that "today" is.
    pub today: Date,
    /// Whether the clock stands still, which the header says.
    pub pinned: bool,
    /// The journal's folder as the header shows it.
    pub place: String,
    /// What the person chose.
    pub appearance: Appearance,
    /// The screen.
    pub size: Size,
    /// Whether there is no journal yet, so that one is offered first.
    pub first: bool,
}

/// The whole state of the program.
#[derive(Debug)]
pub struct App {
    /// The journal as it was last read.
    pub journal: Arc<Journal>,
    /// What is wrong with its files.
    pub problems: Vec<Problem>,
    /// The day that "today" is.
    pub today: Date,
    /// Whether the clock stands still.
    pub pinned: bool,
    /// The journal's folder as the header shows it.
    pub place: String,
    /// Files read so far, of how many, while the journal loads.
    pub progress: Option<(usize, usize)>,
    /// The marks to draw with.
    pub glyphs: Glyphs,
    /// The styles to draw with.
    pub theme: Theme,
    /// The keys that count.
    pub keys: Keymap,
    /// The screen.
    pub size: Size,
    /// The customers screen.
    pub customers: Customers,
    /// What stands in front of the screen.
    pub dialog: Option<Dialog>,
    /// One line to say, until the next key.
    pub notice: Option<String>,
    /// Whether the program listens to the mouse.
    pub mouse: bool,
    trail: Trail,
    tickets: u64,
    drafts: Drafts,
}

impl App {
    /// A program that has not read anything yet.
    pub fn new(start: Start) -> App {
        let mut app = App {
            journal: Arc::default(),
            problems: Vec::new(),
            today: start.today,
            pinned: start.pinned,
            place: start.place,
            progress: (!start.first).then_some((0, 0)),
            glyphs: start.appearance.glyphs,
            theme: start.appearance.theme,
            keys: start.appearance.keys,
            size: layout::clamped(start.size),
            customers: Customers::default(),
            dialog: None,
            notice: start.appearance.notice,
            mouse: !start.appearance.leaves_mouse,
            trail: Trail::default(),
            tickets: 0,
            drafts: Drafts::default(),
        };
        if start.first {
            app.dialog = Some(Dialog::form(Target::First, &app.ctx()));
        }
        app
    }

    /// The scopes that a key is looked up in, the innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        match &self.dialog {
            Some(dialog) => dialog.scopes(),
            None => self.customers.scopes(),
        }
    }

    /// Whether there is no journal yet, and one is offered.
    pub fn is_first(&self) -> bool {
        matches!(&self.dialog, Some(Dialog::Form(form)) if form.target == Target::First)
    }

    /// What a screen needs to know to change itself.
    pub fn ctx(&self) -> Ctx<'_> {
        Ctx {
            journal: &self.journal,
            today: self.today,
            size: self.size,
        }
    }

    /// Takes what happened and answers what is to be done.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let mut effects = self.take(msg);
        let kept = self.drafts.follow(self.dialog.as_ref());
        effects.extend(kept.map(Effect::Draft));
        effects.extend(self.offer().into_iter().map(Effect::Draft));
        effects
    }

    /// Offers the next draft that was found, where nothing else asks for keys.
    fn offer(&mut self) -> Vec<Keeping> {
        if self.dialog.is_some() || self.progress.is_some() || self.scopes().contains(&Scope::Line)
        {
            return Vec::new();
        }
        let (found, done) = self.drafts.next(&self.journal);
        self.dialog = found.map(|found| Dialog::Offer(Box::new(Offer::new(found, &self.ctx()))));
        done
    }

    /// Opens the form with the words of a draft in it.
    fn take_draft(&mut self, found: &KeptDraft) -> Vec<Effect> {
        if found.draft.is_in(&self.journal) {
            self.notice = Some("another program saved these words meanwhile".to_owned());
            return vec![Effect::Draft(Keeping::Discard(found.id.clone()))];
        }
        let Some(form) = Form::of_draft(&found.draft, &self.ctx()) else {
            self.notice = Some("a newer version typed this: it stays where it is".to_owned());
            return Vec::new();
        };
        self.dialog = Some(Dialog::Form(Box::new(form)));
        self.drafts.taken();
        vec![Effect::Draft(Keeping::Take(found.id.clone()))]
    }

    fn take(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Key(key) if key.kind == KeyEventKind::Release => Vec::new(),
            Msg::Key(key) => {
                self.notice = None;
                let effects = self.key(key);
                self.note_place();
                effects
            }
            Msg::Mouse(mouse) => {
                self.notice = None;
                let effects = self.mouse(mouse);
                self.note_place();
                effects
            }
            Msg::Paste(text) => {
                let ctx = Ctx {
                    journal: &self.journal,
                    today: self.today,
                    size: self.size,
                };
                match &mut self.dialog {
                    Some(dialog) => dialog.paste(&text),
                    None => self.customers.paste(&text, &ctx),
                }
                Vec::new()
            }
            Msg::Saved(saved) => self.saved(saved),
            Msg::Excerpt(Ok(text)) => self.copy(text),
            other => {
                self.learn(other);
                Vec::new()
            }
        }
    }

    /// Takes what asks for nothing in return.
    fn learn(&mut self, msg: Msg) {
        match msg {
            Msg::Resize(width, height) => {
                self.size = layout::clamped(Size::new(width, height));
                self.with_customers(Customers::refresh);
            }
            Msg::Progress { read, of } => {
                self.progress = Some((read, of));
            }
            Msg::Loaded(journal, problems) => {
                self.progress = None;
                self.place_journal(journal, problems);
            }
            Msg::Checked(problems) => self.place_problems(problems),
            Msg::Drafts(found) => self.drafts.found(found),
            Msg::NotSaved { ticket, message } => {
                self.not_saved(ticket, message);
            }
            Msg::Edited {
                journal,
                problems,
                notice,
            } => {
                self.place_journal(journal, problems);
                self.notice = notice;
            }
            Msg::Changed {
                journal,
                problems,
                customers,
            } => {
                self.place_journal(journal, problems);
                if let Some(Dialog::Form(form)) = &mut self.dialog {
                    form.moved_on(&customers);
                }
            }
            Msg::Opened {
                place,
                today,
                pinned,
                ..
            } => {
                (self.place, self.today, self.pinned) = (place, today, pinned);
                if self.is_first() {
                    self.dialog = None;
                }
                self.with_customers(Customers::refresh);
            }
            Msg::Notice(notice) => {
                match &mut self.dialog {
                    // No journal could be made: what was typed stays.
                    Some(Dialog::Form(form)) if form.target == Target::First => {
                        form.failed(notice);
                    }
                    _ => self.notice = Some(notice),
                }
            }
            Msg::Today(today) => {
                self.today = today;
                self.with_customers(Customers::refresh);
            }
            Msg::Excerpt(Err(why)) => self.notice = Some(why),
            // These are answered by `update`.
            Msg::Key(_) | Msg::Mouse(_) | Msg::Paste(_) => {}
            Msg::Saved(_) | Msg::Excerpt(Ok(_)) => {}
        }
    }

    fn with_customers(&mut self, change: impl FnOnce(&mut Customers, &Ctx)) {
        let ctx = Ctx {
            journal: &self.journal,
            today: self.today,
            size: self.size,
        };
        change(&mut self.customers, &ctx);
    }

    /// Puts a newer journal in; the selection is found again by key.
    fn place_journal(&mut self, journal: Arc<Journal>, problems: Vec<Problem>) {
        self.journal = journal;
        self.place_problems(problems);
        self.with_customers(Customers::refresh);
    }

    fn place_problems(&mut self, problems: Vec<Problem>) {
        self.problems = problems;
        if let Some(Dialog::Problems(list)) = &mut self.dialog {
            list.renew(&self.problems);
        }
    }

    fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        let action = self.keys.lookup(&self.scopes(), key);
        // The shell is in reach from everywhere, also out of a text field.
        if self.keys.lookup(&[Scope::Global], key) == Some(Action::Suspend) {
            return vec![Effect::Suspend];
        }
        if let Some(dialog) = self.dialog.take() {
            let (dialog, answer) = dialog.key(key, action, &self.ctx());
            self.dialog = dialog;
            return self.answer(answer);
        }
        let ask = {
            let ctx = Ctx {
                journal: &self.journal,
                today: self.today,
                size: self.size,
            };
            self.customers.key(key, action, &ctx)
        };
        match (ask, action) {
            (Some(ask), _) => self.ask(ask),
            (None, Some(action)) => self.act(action),
            (None, None) => Vec::new(),
        }
    }

    /// Does what was chosen from the palette, as its key would have done it.
    fn run(&mut self, command: Command) -> Vec<Effect> {
        let ctx = Ctx {
            journal: &self.journal,
            today: self.today,
            size: self.size,
        };
        match command {
            Command::Do(action) => match self.customers.act(action, &ctx) {
                Some(ask) => self.ask(ask),
                None => self.act(action),
            },
            Command::GoTo(customer) => {
                self.customers.visit(&customer, &ctx);
                Vec::new()
            }
        }
    }

    fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        if let Some(dialog) = self.dialog.take() {
            let (dialog, answer) = dialog.mouse(mouse, &self.ctx());
            self.dialog = dialog;
            return self.answer(answer);
        }
        self.with_customers(|customers, ctx| customers.mouse(mouse, ctx));
        Vec::new()
    }

    fn note_place(&mut self) {
        if let Some(here) = self.customers.place() {
            self.trail.note(&here);
        }
    }

    /// The actions that belong to no screen.
    fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Quit => return vec![Effect::Quit],
            Action::Help => {
                self.dialog = Some(Dialog::Reader(Reader::help(&self.scopes(), &self.keys)))
            }
            Action::Problems => {
                self.dialog = Some(Dialog::Problems(Problems::new(&self.problems)));
            }
            Action::Palette => {
                let means = |action| self.customers.means(action, &self.ctx());
                let palette = Palette::new(&self.keys, &self.scopes(), &self.journal, means);
                self.dialog = Some(Dialog::Palette(palette));
            }
            Action::Suspend => return vec![Effect::Suspend],
            Action::Mouse => {
                self.mouse = !self.mouse;
                let words = match self.mouse {
                    true => "the mouse scrolls and selects; with Shift the terminal selects text",
                    false => "the mouse is the terminal's",
                };
                self.notice = Some(words.to_owned());
                return vec![Effect::Mouse(self.mouse)];
            }
            Action::Reload => {
                self.progress = Some((0, 0));
                return vec![Effect::Reload];
            }
            Action::JumpBack | Action::JumpForth => self.jump(action),
            Action::Undo => return self.step(Way::Back),
            Action::Redo => return self.step(Way::Forth),
            Action::Customers => self.with_customers(Customers::to_list),
            _ => {}
        }
        Vec::new()
    }

    fn jump(&mut self, action: Action) {
        let here = self.customers.place();
        let is_there = |place: &str| self.journal.holds(place);
        let place = match action {
            Action::JumpBack => self.trail.back(here.as_deref(), is_there),
            _ => self.trail.forth(is_there),
        };
        match place.map(str::to_owned) {
            Some(place) => self.with_customers(|customers, ctx| customers.visit(&place, ctx)),
            None => self.notice = Some("that is the end of the places opened so far".to_owned()),
        }
    }

    fn step(&mut self, way: Way) -> Vec<Effect> {
        let ticket = self.ticket();
        vec![Effect::Step { ticket, way }]
    }

    fn ticket(&mut self) -> u64 {
        self.tickets += 1;
        self.tickets
    }

    /// What the customers screen asks for.
    fn ask(&mut self, ask: Ask) -> Vec<Effect> {
        match ask {
            Ask::Quit => return vec![Effect::Quit],
            Ask::Form(target) => {
                self.dialog = Some(Dialog::form(target, &self.ctx()));
            }
            Ask::AddMenu { customer } => self.dialog = Some(Dialog::AddMenu { customer }),
            Ask::Confirm { question, changes } => {
                self.dialog = Some(Dialog::Confirm { question, changes });
            }
            Ask::Save(changes) => {
                let ticket = self.ticket();
                return vec![Effect::Save { ticket, changes }];
            }
            Ask::Editor { customer, line } => return vec![Effect::Editor { customer, line }],
            Ask::Copy(source) => self.dialog = Some(Dialog::Copy(source)),
            Ask::Say(text) => self.notice = Some(text),
        }
        Vec::new()
    }

    /// What a dialog answers.
    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::None => Vec::new(),
            Answer::Open(target) => self.ask(Ask::Form(target)),
            Answer::Run(command) => self.run(command),
            Answer::Editor { customer, line } => self.ask(Ask::Editor { customer, line }),
            Answer::Say(text) => self.ask(Ask::Say(text)),
            Answer::Copy(text) => self.copy(text),
            Answer::CopyText(Source { customer, entry }) => {
                vec![Effect::Excerpt { customer, entry }]
            }
            Answer::Quit => vec![Effect::Quit],
            // No screen that is there yet is about days.
            Answer::Day(_) => Vec::new(),
            Answer::Take(found) => self.take_draft(&found),
            Answer::Discard(id) => vec![Effect::Draft(Keeping::Discard(id))],
            Answer::Begin(customer) => {
                let ticket = self.ticket();
                if let Some(Dialog::Form(form)) = &mut self.dialog {
                    form.wait_for(ticket);
                }
                vec![Effect::Begin { customer }]
            }
            Answer::Save(changes) => {
                let ticket = self.ticket();
                if let Some(Dialog::Form(form)) = &mut self.dialog {
                    form.wait_for(ticket);
                }
                vec![Effect::Save { ticket, changes }]
            }
        }
    }

    /// Copies a text and says which, by its first line.
    fn copy(&mut self, text: String) -> Vec<Effect> {
        if text.len() > MOST_COPIED {
            let kib = text.len() >> 10;
            self.notice = Some(format!(
                "{kib} KiB are too much for a terminal's clipboard: E opens the file"
            ));
            return Vec::new();
        }
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let first = lines.next().unwrap_or_default();
        self.notice = Some(match lines.count() {
            0 => format!("copied: {}", visible(first)),
            1 => format!("copied: {} and one more line", visible(first)),
            more => format!("copied: {} and {more} more lines", visible(first)),
        });
        vec![Effect::Copy(text)]
    }

    fn saved(&mut self, saved: Saved) -> Vec<Effect> {
        let place = saved.touched.first().cloned();
        self.place_journal(saved.journal, saved.problems);
        if matches!(&self.dialog, Some(Dialog::Form(form)) if form.waits_for(saved.ticket)) {
            self.dialog = None;
        }
        if let Some(place) = place {
            self.with_customers(|customers, ctx| customers.go_to(&place, ctx));
        }
        self.notice = Some(saved.what);
        Vec::new()
    }

    /// The form stays open with every word in it, and says what happened.
    fn not_saved(&mut self, ticket: u64, message: String) {
        match &mut self.dialog {
            Some(Dialog::Form(form)) if form.waits_for(ticket) => form.failed(message),
            _ => self.notice = Some(message),
        }
    }
}
