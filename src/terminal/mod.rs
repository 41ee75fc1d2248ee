//! The impure side of the program on screen: one loop, one inbox, one worker. Dull on purpose;
//! every decision is made in [`crate::ui`].

mod asker;
mod clicks;
mod decode;
#[cfg(test)]
mod decode_tests;
mod guard;
mod inbox;
mod keeper;
mod lend;
mod searcher;
mod visit;
mod worker;

use std::collections::VecDeque;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::crossterm::{execute, queue};
use ratatui::layout::{Rect, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGWINCH};

use crate::store::watch::Changed;
use crate::ui::app::{App, Start};
use crate::ui::appearance::Appearance;
use crate::ui::draw::draw;
use crate::ui::layout::clamped;
use crate::ui::msg::{Effect, Msg};
use asker::{Asker, Question};
use clicks::Clicks;
use guard::{Guard, Screen};
use inbox::{Event, Inbox};
use keeper::Keeper;
use searcher::Searcher;
pub use worker::Tools;
use worker::{Job, Worker};

/// Makes the command that opens a file at a line in the person's editor, or says what is wrong.
pub type Editor = Box<dyn Fn(&Path, u32) -> Result<Command, String>>;

/// Makes the command that opens a link of the web or of mail, or says why it can't be opened.
pub type Opener = Box<dyn Fn(&str) -> Result<Command, String>>;

/// Makes the command that syncs the journal in a folder, or says why it can't be made.
pub type Sync = Box<dyn Fn(&Path) -> Result<Command, String>>;

/// What the program needs to start.
pub struct Setup {
    /// The journal's folder; `None`: there is none yet.
    pub root: Option<PathBuf>,
    /// The day that "today" is, where the clock stands still.
    pub pinned: Option<Date>,
    /// How it looks, as the person chose.
    pub appearance: Appearance,
    /// The person's editor.
    pub editor: Editor,
    /// The person's program for links.
    pub opener: Opener,
    /// The sync.
    pub sync: Sync,
    /// What the worker needs.
    pub tools: Tools,
}

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The person left.
    Quit,
    /// By this signal.
    Signal(i32),
}

/// How long a save that is under way may hold up the end that a signal asks for.
const LAST_SAVE: Duration = Duration::from_secs(5);
/// How long the words of an open form may hold up an end or a stop.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// A frame is written at once where it takes no more than this, in bytes.
const FRAME: usize = 64 << 10;
/// How long what is typed may go unseen while more of it comes in.
const UNSEEN: Duration = Duration::from_millis(100);
/// How long after the editor's end its Ctrl-C is not ours.
const EDITORS_LAST_WORD: Duration = Duration::from_millis(200);

/// Runs the program until the person leaves or a signal ends it. The terminal is restored on
/// every way out, a panic in any thread among them.
///
/// # Errors
/// What the terminal says where it can't be used.
pub fn run(setup: Setup) -> io::Result<Ended> {
    // Listens before it looks: no change of the window is missed.
    let mut inbox = Inbox::open()?;
    let size = window()?;
    let app = App::new(Start {
        today: setup.pinned.unwrap_or_else(clock_today),
        pinned: setup.pinned.is_some(),
        place: setup.root.as_deref().map_or_else(String::new, |root| {
            shown_path(root, setup.tools.home.as_deref())
        }),
        appearance: setup.appearance,
        size,
        first: setup.root.is_none(),
    });
    let today = (app.today, app.pinned);
    let screen = BufWriter::with_capacity(FRAME, Screen::open()?);
    let terminal = Terminal::with_options(
        CrosstermBackend::new(screen),
        TerminalOptions {
            // One that follows the window by itself would follow it to any size.
            viewport: Viewport::Fixed(Rect::from(size)),
        },
    )?;
    let keeper = Keeper::start(inbox.sender())?;
    let searcher = Searcher::start(inbox.sender())?;
    let last = keeper.clone();
    guard::before_a_panic_ends_it(move || last.flush(LAST_WORDS));
    let mut program = Program {
        guard: Guard::enter(app.mouse)?,
        clicks: Clicks::default(),
        app,
        terminal,
        keeper: keeper.clone(),
        searcher: searcher.clone(),
        root: setup.root.clone(),
        editor: setup.editor,
        opener: setup.opener,
        sync: setup.sync,
        asker: Asker::start(inbox.sender())?,
        unanswered: 0,
        held: VecDeque::new(),
        continued: false,
        editor_ended: None,
    };
    inbox.start_keys()?;
    // The first frame is drawn before a single file is read.
    program.draw()?;
    let worker = Worker::start(
        setup.root,
        today,
        setup.tools,
        (keeper, searcher),
        inbox.sender(),
    )?;
    let ended = match program.run(&mut inbox, &worker) {
        // The terminal went while a frame was written: its signal is on the way.
        Err(error) if is_gone(&error) => Ended::Signal(SIGHUP),
        ended => ended?,
    };
    Ok(program.settle(&inbox, ended))
}

/// The size of the window, as far as it is drawn.
fn window() -> io::Result<Size> {
    let (width, height) = ratatui::crossterm::terminal::size()?;
    Ok(clamped(Size::new(width, height)))
}

fn is_gone(error: &io::Error) -> bool {
    let code = error
        .raw_os_error()
        .map(rustix::io::Errno::from_raw_os_error);
    code.is_some_and(|code| {
        use rustix::io::Errno;
        matches!(code, Errno::IO | Errno::PIPE | Errno::NXIO | Errno::BADF)
    })
}

/// The path as the header shows it: below `~` where it is.
pub fn shown_path(path: &Path, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) => format!("~/{}", rest.display()),
        None => path.display().to_string(),
    }
}

fn clock_today() -> Date {
    jiff::Zoned::now().date()
}

struct Program {
    app: App,
    terminal: Terminal<CrosstermBackend<BufWriter<Screen>>>,
    guard: Guard,
    keeper: Keeper,
    searcher: Searcher,
    clicks: Clicks,
    root: Option<PathBuf>,
    editor: Editor,
    opener: Opener,
    sync: Sync,
    asker: Asker,
    /// What the worker is to write and has not written yet.
    unanswered: u32,
    /// What was typed meanwhile: it is meant for what is there afterwards.
    held: VecDeque<Msg>,
    /// Whether the signal that ended our own stop is still to come.
    continued: bool,
    /// When the editor was closed.
    editor_ended: Option<Instant>,
}

impl Program {
    /// Draws a frame; the terminal shows it whole or not at all.
    fn draw(&mut self) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| draw(&self.app, frame))?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Waits, takes all there is, draws once; again and again only where there is more than it
    /// can take in a blink. Nothing ticks: idle costs nothing.
    fn run(&mut self, inbox: &mut Inbox, worker: &Sender<Job>) -> io::Result<Ended> {
        loop {
            let first = match inbox.wait(self.until_midnight()) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => Event::Msg(Msg::Today(clock_today())),
                Err(RecvTimeoutError::Disconnected) => return Ok(Ended::Quit),
            };
            let since = Instant::now();
            let mut next = Some(first);
            while let Some(event) = next {
                if let Some(ended) = self.take(event, inbox, worker)? {
                    return Ok(ended);
                }
                next = (since.elapsed() < UNSEEN).then(|| inbox.next()).flatten();
            }
            self.draw()?;
        }
    }

    fn take(
        &mut self,
        event: Event,
        inbox: &mut Inbox,
        worker: &Sender<Job>,
    ) -> io::Result<Option<Ended>> {
        match event {
            Event::Signal(signal) => return self.signal(signal, inbox),
            Event::Typed(msgs) => {
                let now = Instant::now();
                self.held.extend(msgs.into_iter().map(|msg| match msg {
                    Msg::Mouse(mouse) => Msg::Mouse(self.clicks.take(mouse, now)),
                    msg => msg,
                }));
            }
            Event::Msg(msg) => {
                if matches!(msg, Msg::NotSaved { .. }) {
                    // Typed for what did not come about.
                    self.held.clear();
                }
                for effect in self.update(msg, worker) {
                    if let Some(ended) = self.perform(effect, inbox, worker)? {
                        return Ok(Some(ended));
                    }
                }
            }
            Event::Done => self.unanswered = self.unanswered.saturating_sub(1),
        }
        while self.unanswered == 0
            && let Some(typed) = self.held.pop_front()
        {
            for effect in self.update(typed, worker) {
                if let Some(ended) = self.perform(effect, inbox, worker)? {
                    return Ok(Some(ended));
                }
            }
        }
        Ok(None)
    }

    /// Lets the worker finish a save that is under way, so that what was saved last is on the
    /// disk before the program is gone.
    fn settle(&mut self, inbox: &Inbox, ended: Ended) -> Ended {
        self.keeper.flush(LAST_WORDS);
        let until = Instant::now() + LAST_SAVE;
        while self.unanswered > 0 {
            let most = match ended {
                Ended::Quit => None,
                Ended::Signal(_) => Some(until.saturating_duration_since(Instant::now())),
            };
            match inbox.wait(most) {
                Ok(Event::Done) => self.unanswered -= 1,
                // What is in the file is no draft any more.
                Ok(Event::Msg(msg @ Msg::Saved(_))) => {
                    for effect in self.app.update(msg) {
                        if let Effect::Draft(keeping) = effect {
                            self.keeper.keep(keeping);
                        }
                    }
                }
                Ok(Event::Signal(signal)) if ended == Ended::Quit && ends(signal) => {
                    return self.settle(inbox, Ended::Signal(signal));
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
        self.keeper.flush(LAST_WORDS);
        ended
    }

    fn update(&mut self, msg: Msg, worker: &Sender<Job>) -> Vec<Effect> {
        match &msg {
            Msg::Today(today) => {
                let _ = worker.send(Job::Today(*today));
            }
            Msg::Opened { root, .. } => self.root = Some(root.clone()),
            _ => {}
        }
        let may_stand_otherwise = matches!(
            msg,
            Msg::Loaded(..)
                | Msg::Opened { .. }
                | Msg::Changed { .. }
                | Msg::Edited { .. }
                | Msg::Saved(_)
                | Msg::Unsettled(_)
        );
        let effects = self.app.update(msg);
        if may_stand_otherwise {
            self.ask_standing();
        }
        effects
    }

    /// Asks git where the journal stands; a sample is not asked about.
    fn ask_standing(&self) {
        if let (Some(root), false) = (&self.root, self.app.is_sample()) {
            self.asker.ask(root, Question::Standing);
        }
    }

    fn until_midnight(&self) -> Option<Duration> {
        if self.app.pinned {
            return None;
        }
        let now = jiff::Zoned::now();
        let midnight = now.tomorrow().and_then(|day| day.start_of_day()).ok()?;
        Duration::try_from(now.duration_until(&midnight)).ok()
    }

    fn signal(&mut self, signal: i32, inbox: &mut Inbox) -> io::Result<Option<Ended>> {
        match signal {
            SIGWINCH => self.resize()?,
            SIGTSTP => self.suspend(inbox)?,
            SIGCONT if self.continued => self.continued = false,
            // Stopped by force: the shell has used the terminal, and set it as it likes it.
            SIGCONT => {
                self.guard.leave();
                self.come_back()?;
            }
            SIGINT | SIGQUIT if self.was_for_the_editor() => {}
            other => return Ok(Some(Ended::Signal(other))),
        }
        Ok(None)
    }

    fn was_for_the_editor(&self) -> bool {
        self.editor_ended
            .is_some_and(|ended| ended.elapsed() < EDITORS_LAST_WORD)
    }

    fn perform(
        &mut self,
        effect: Effect,
        inbox: &mut Inbox,
        worker: &Sender<Job>,
    ) -> io::Result<Option<Ended>> {
        match effect {
            Effect::Quit => return Ok(Some(Ended::Quit)),
            Effect::Suspend => self.suspend(inbox)?,
            Effect::Editor { customer, line } => {
                let notice = self.edit(&customer, line, inbox)?;
                let _ = worker.send(Job::Reread { customer, notice });
            }
            Effect::Sync => {
                let told = self.sync(inbox)?;
                let _ = worker.send(Job::Changed(Changed::All));
                self.ask_standing();
                for effect in told.map_or_else(Vec::new, |msg| self.app.update(msg)) {
                    self.perform(effect, inbox, worker)?;
                }
            }
            Effect::Mouse(listens) => self.guard.listen(listens)?,
            Effect::Copy(text) => {
                let copy = CopyToClipboard::to_clipboard_from(text);
                execute!(self.terminal.backend_mut(), copy)?;
            }
            Effect::Visit(link) => {
                if let Err(why) = (self.opener)(&link).and_then(|c| visit::start(c, inbox.sender()))
                {
                    self.app.update(Msg::Notice(why));
                }
            }
            Effect::Draft(keeping) => self.keeper.keep(keeping),
            Effect::Remember(query) => self.keeper.remember(query),
            Effect::Search(wanted) => self.searcher.search(wanted),
            Effect::Complete(completing) => self.searcher.complete(completing),
            Effect::Pick { ticket, query } => self.searcher.pick(ticket, query),
            // Reading holds nobody up.
            Effect::Excerpt { customer, entry } => {
                let _ = worker.send(Job::Excerpt { customer, entry });
            }
            Effect::Reload => {
                let _ = worker.send(Job::Reload);
            }
            Effect::Past {
                ticket,
                customer,
                entry,
            } => {
                let _ = worker.send(Job::Past {
                    ticket,
                    customer,
                    entry,
                });
            }
            Effect::Unsettled => {
                if let Some(root) = &self.root {
                    self.asker.ask(root, Question::Unsettled);
                }
            }
            Effect::Save { .. }
            | Effect::Step { .. }
            | Effect::Begin { .. }
            | Effect::Settle { .. } => {
                if worker.send(Job::Effect(effect)).is_ok() {
                    self.unanswered += 1;
                }
            }
        }
        Ok(None)
    }

    fn suspend(&mut self, inbox: &mut Inbox) -> io::Result<()> {
        self.keeper.flush(LAST_WORDS);
        inbox.stop_keys();
        self.guard.leave();
        self.continued = true;
        guard::stop_myself();
        self.come_back()?;
        inbox.start_keys()
    }

    /// Takes the terminal back and draws all of it.
    fn come_back(&mut self) -> io::Result<()> {
        self.guard.again()?;
        self.resize()?;
        self.draw()
    }

    /// Fits the program to the window; all of it is drawn again.
    fn resize(&mut self) -> io::Result<()> {
        let size = window()?;
        self.app.update(Msg::Resize(size.width, size.height));
        // Clearing would ask the terminal for its cursor and wait for an answer.
        self.terminal.resize(Rect::from(size))
    }
}

/// Whether a signal ends the program.
fn ends(signal: i32) -> bool {
    !matches!(signal, SIGWINCH | SIGTSTP | SIGCONT)
}
