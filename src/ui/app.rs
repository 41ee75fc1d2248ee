//! The state of the program, and how it changes: one message in, effects out.

use std::sync::Arc;

use jiff::civil::Date;
use ratatui::crossterm::event::{KeyEvent, KeyEventKind};
use ratatui::layout::Size;

use super::appearance::Appearance;
use super::dialogs::{Clashes, Dialog, Offer, Palette, Problems, Reader};
use super::drafts::{Drafts, Keeping};
use super::front::Screen;
use super::keymap::Keymap;
use super::keys::{Action, Scope};
use super::layout;
use super::msg::{Effect, Msg, Saved, Way};
use super::screens::acting::Ask;
use super::screens::customers::Customers;
use super::screens::playbook::Playbook;
use super::screens::search::Search;
use super::screens::timeline::Timeline;
use super::screens::today::Turning;
use super::searching::{Behind, Picking};
use super::target::Target;
use super::theme::Theme;
use super::trail::Trail;
use super::widgets::glyphs::Glyphs;
use crate::model::journal::Journal;
use crate::model::merge::Obstacle;
use crate::model::problem::Problem;
use crate::model::standing::Standing;
use crate::model::today::Today;

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
    /// Whether Latin letters may be the reading of Japanese.
    pub romaji: bool,
    /// The screen.
    pub size: Size,
    /// Which screen is in front.
    pub screen: Screen,
    /// The reasons to turn to somebody, of this journal and day.
    pub reasons: Today,
    /// The screen of today.
    pub turning: Turning,
    /// The customers screen.
    pub customers: Customers,
    /// The timeline screen.
    pub timeline: Timeline,
    /// The playbook screen.
    pub playbook: Playbook,
    /// The search.
    pub search: Search,
    /// What stands in front of the screen.
    pub dialog: Option<Dialog>,
    /// One line to say, until the next key.
    pub notice: Option<String>,
    /// Whether the program listens to the mouse.
    pub mouse: bool,
    /// The width that the person gave the list beside the page.
    pub divider: Option<u16>,
    /// Whether the line between list and page is being dragged.
    pub(super) dragging: bool,
    pub(super) trail: Trail,
    /// A place that another screen led to, and that screen: Esc goes back there.
    pub(super) way_back: Option<(String, Screen)>,
    pub(super) behind: Behind,
    pub(super) picking: Option<Picking>,
    /// Where the journal stands against git, or why that is not known; `None`: not asked yet.
    pub standing: Option<Result<Standing, String>>,
    /// What both sides of a merge changed, while it is decided and out of sight.
    pub(super) clashes: Option<Box<Clashes>>,
    /// What is said when that save is on the disk, in place of what the store says.
    pub(super) telling: Option<(u64, String)>,
    tickets: u64,
    pub(super) drafts: Drafts,
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
            romaji: !start.appearance.without_romaji,
            size: layout::clamped(start.size),
            screen: Screen::default(),
            reasons: Today::default(),
            turning: Turning::default(),
            customers: Customers::default(),
            timeline: Timeline::default(),
            playbook: Playbook::default(),
            search: Search::default(),
            dialog: None,
            notice: start.appearance.notice,
            mouse: !start.appearance.leaves_mouse,
            divider: None,
            dragging: false,
            trail: Trail::default(),
            way_back: None,
            behind: Behind::default(),
            picking: None,
            standing: None,
            clashes: None,
            telling: None,
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
            None => self.front().scopes(),
        }
    }

    /// Whether there is no journal yet, and one is offered.
    pub fn is_first(&self) -> bool {
        matches!(&self.dialog, Some(Dialog::Form(form)) if form.target == Target::First)
    }

    /// Takes what happened and answers what is to be done.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let is_news = matches!(msg, Msg::Edited { .. } | Msg::Changed { .. });
        let mut effects = self.take(msg);
        if is_news && matches!(self.dialog, Some(Dialog::Clashes(_))) {
            effects.push(Effect::Unsettled);
        }
        let kept = self.drafts.follow(self.dialog.as_ref());
        effects.extend(kept.map(Effect::Draft));
        effects.extend(self.offer().into_iter().map(Effect::Draft));
        effects.append(&mut self.search.wishes);
        effects
    }

    /// Offers the next draft that was found, where nothing else asks for keys.
    fn offer(&mut self) -> Vec<Keeping> {
        let is_typed_into = self.scopes().iter().any(|scope| scope.takes_text());
        if self.dialog.is_some() || self.progress.is_some() || is_typed_into {
            return Vec::new();
        }
        let (found, done) = self.drafts.next(&self.journal);
        let offer = |found| Offer::new(found, &self.ctx(), &self.keys);
        self.dialog = found.map(|found| Dialog::Offer(Box::new(offer(found))));
        done
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
                if let Some(dialog) = &mut self.dialog {
                    dialog.paste(&text, self.size);
                } else {
                    let (screen, ctx) = self.front_mut();
                    screen.paste(&text, &ctx);
                }
                Vec::new()
            }
            Msg::Saved(saved) => self.saved(saved),
            Msg::Found { ticket, found } => self.found(ticket, found),
            Msg::Excerpt(Ok(text)) => self.copy(text),
            msg
            @ (Msg::Standing(_) | Msg::Unsettled(_) | Msg::Past { .. } | Msg::Synced { .. }) => {
                self.git_told(msg)
            }
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
                self.refresh_front();
            }
            Msg::Progress { read, of } => self.read_on(read, of),
            Msg::Completed { ticket, ways } => {
                let (_, _, search, ctx) = self.screens();
                search.completed(ticket, ways, &ctx);
            }
            Msg::Queries(queries) => self.search.remembered(queries),
            Msg::Picked { ticket, picked } => self.picked(ticket, picked),
            Msg::Loaded(journal, problems) => {
                self.progress = None;
                self.place_journal(journal, problems);
            }
            Msg::Checked(problems) => self.place_problems(problems),
            Msg::Drafts(found) => self.drafts.found(found),
            Msg::NotSaved {
                ticket,
                message,
                obstacle,
            } => self.not_saved(ticket, message, obstacle),
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
                    form.moved_on(&customers, &self.journal);
                }
            }
            Msg::Opened {
                place,
                today,
                pinned,
                ..
            } => {
                (self.place, self.pinned) = (place, pinned);
                if self.is_first() {
                    self.dialog = None;
                }
                self.turn_day(today);
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
                self.outdate_searches();
                self.turn_day(today);
            }
            Msg::Excerpt(told) => self.notice = told.err(),
            // These are answered by `update`.
            Msg::Key(_) | Msg::Mouse(_) | Msg::Paste(_) | Msg::Saved(_) | Msg::Found { .. } => {}
            Msg::Standing(_) | Msg::Unsettled(_) | Msg::Past { .. } | Msg::Synced { .. } => {}
        }
    }

    /// It is this day now.
    fn turn_day(&mut self, today: Date) {
        self.today = today;
        self.reasons.follow(&self.journal, today);
        self.refresh_front();
    }

    /// Puts a newer journal in; the selection is found again by key.
    fn place_journal(&mut self, journal: Arc<Journal>, problems: Vec<Problem>) {
        self.journal = journal;
        self.reasons.follow(&self.journal, self.today);
        self.outdate_searches();
        self.renew_brief();
        self.place_problems(problems);
        self.refresh_front();
    }

    /// A brief is about the journal as it is.
    fn renew_brief(&mut self) {
        let Some(Dialog::Brief(mut brief)) = self.dialog.take_if(|d| matches!(d, Dialog::Brief(_)))
        else {
            return;
        };
        brief.renew(&self.ctx());
        self.dialog = Some(Dialog::Brief(brief));
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
        if action == Some(Action::Back)
            && let Some(screen) = self.screen_behind()
        {
            self.turn_to(screen);
            return Vec::new();
        }
        let (screen, ctx) = self.front_mut();
        match (screen.key(key, action, &ctx), action) {
            (Some(ask), _) => self.ask(ask),
            (None, Some(action)) => self.act(action),
            (None, None) => Vec::new(),
        }
    }

    fn note_place(&mut self) {
        if let Some(here) = self.front().place() {
            self.trail.note(&here);
        }
    }

    /// The actions that belong to no screen.
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Quit => return vec![Effect::Quit],
            Action::Help => {
                self.dialog = Some(Dialog::Reader(Reader::help(&self.scopes(), &self.keys)))
            }
            Action::Problems => {
                self.dialog = Some(Dialog::Problems(Problems::new(&self.problems)));
            }
            Action::Palette => {
                let means = |action| self.front().means(action, &self.ctx());
                let mut scopes = self.scopes();
                // What can be done everywhere can be done from where one types, too.
                scopes.retain(|scope| *scope != Scope::Global);
                scopes.push(Scope::Global);
                let palette = Palette::new(&self.keys, &scopes, &self.journal, means);
                self.dialog = Some(Dialog::Palette(palette.with_romaji(self.romaji)));
            }
            Action::Suspend => return vec![Effect::Suspend],
            Action::Mouse => {
                self.mouse = !self.mouse;
                let key = self.keys.shown(Scope::Global, Action::Mouse);
                let words = "the mouse scrolls and selects; with Shift the terminal selects text";
                self.notice = Some(match (self.mouse, key) {
                    (true, _) => words.to_owned(),
                    (false, Some(key)) => {
                        format!("the mouse is the terminal's: {key} takes it back")
                    }
                    (false, None) => "the mouse is the terminal's".to_owned(),
                });
                return vec![Effect::Mouse(self.mouse)];
            }
            Action::Reload => {
                self.progress = Some((0, 0));
                return vec![Effect::Reload];
            }
            Action::DividerLeft | Action::DividerRight => {
                let right = action == Action::DividerRight;
                let divider = layout::step_divider(self.size, self.divider, right);
                if divider.is_none() {
                    let words = format!(
                        "from {} columns on list and page stand beside each other",
                        layout::WIDE
                    );
                    self.notice = Some(words);
                }
                self.divide(divider);
            }
            Action::JumpBack | Action::JumpForth => self.jump(action),
            Action::Search => self.open_search(""),
            Action::Sync => return self.open_sync(),
            Action::Clashes => return self.look_at_clashes(),
            Action::Undo => return self.step(Way::Back),
            Action::Redo => return self.step(Way::Forth),
            Action::TodayScreen => self.turn_to(Screen::Today),
            Action::Customers if self.screen == Screen::Customers => self.customers.to_list(),
            Action::Customers => self.turn_to(Screen::Customers),
            Action::Timeline => self.turn_to(Screen::Timeline),
            Action::Playbook => self.turn_to(Screen::Playbook),
            _ => {}
        }
        Vec::new()
    }

    fn step(&mut self, way: Way) -> Vec<Effect> {
        let ticket = self.ticket();
        vec![Effect::Step { ticket, way }]
    }

    pub(super) fn ticket(&mut self) -> u64 {
        self.tickets += 1;
        self.tickets
    }

    fn saved(&mut self, saved: Saved) -> Vec<Effect> {
        let place = saved.touched.first().cloned();
        let is_new =
            |place: &String| self.journal.customer(place).is_none() && !place.contains(':');
        let new = place.clone().filter(is_new);
        self.place_journal(saved.journal, saved.problems);
        if matches!(&self.dialog, Some(Dialog::Form(form)) if form.waits_for(saved.ticket)) {
            self.dialog = None;
        }
        if let Some(place) = place {
            let (screen, ctx) = self.front_mut();
            screen.go_to(&place, &ctx);
        }
        let told = self.telling.take_if(|(ticket, _)| *ticket == saved.ticket);
        self.notice = Some(told.map_or(saved.what, |(_, told)| told));
        match new.filter(|_| self.screen == Screen::Today) {
            // There is no reason yet to turn to a new customer: its page is where one goes on.
            Some(new) => self.ask(Ask::Open(new)),
            None => Vec::new(),
        }
    }

    /// The form stays open with every word in it, and says what happened.
    fn not_saved(&mut self, ticket: u64, message: String, obstacle: Option<Obstacle>) {
        match &mut self.dialog {
            Some(Dialog::Form(form)) if form.waits_for(ticket) => form.refused(message, obstacle),
            _ => self.notice = Some(message),
        }
    }
}
