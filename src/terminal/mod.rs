//! The impure side of the program on screen: one loop, one inbox, one worker. Dull on purpose;
//! every decision is made in [`crate::ui`].

mod guard;
mod inbox;
mod worker;

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, Sender};
use std::time::Duration;

use jiff::civil::Date;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Size;

use crate::ui::app::{App, Start};
use crate::ui::draw::draw;
use crate::ui::msg::{Effect, Msg};
use crate::ui::widgets::glyphs::Glyphs;
use guard::Guard;
use inbox::{Event, Inbox};
pub use worker::Tools;
use worker::{Job, Worker};

/// Makes the command that opens a file at a line in the person's editor, or says what is wrong.
pub type Editor = Box<dyn Fn(&Path, u32) -> Result<Command, String>>;

/// What the program needs to start.
pub struct Setup {
    /// The journal's folder; `None`: there is none yet.
    pub root: Option<PathBuf>,
    /// The day that "today" is, where the clock stands still.
    pub pinned: Option<Date>,
    /// The marks to draw with.
    pub glyphs: Glyphs,
    /// The person's editor.
    pub editor: Editor,
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

/// Runs the program until the person leaves or a signal ends it. The terminal is restored on
/// every way out, a panic in any thread among them.
///
/// # Errors
/// What the terminal says where it can't be used.
pub fn run(setup: Setup) -> io::Result<Ended> {
    let (width, height) = ratatui::crossterm::terminal::size()?;
    let app = App::new(Start {
        today: setup.pinned.unwrap_or_else(clock_today),
        pinned: setup.pinned.is_some(),
        place: setup.root.as_deref().map_or_else(String::new, |root| {
            shown_path(root, setup.tools.home.as_deref())
        }),
        glyphs: setup.glyphs,
        size: Size::new(width, height),
        first: setup.root.is_none(),
    });
    let today = (app.today, app.pinned);
    let guard = Guard::enter()?;
    let terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let mut inbox = Inbox::open()?;
    let mut program = Program {
        app,
        terminal,
        guard,
        root: setup.root.clone(),
        editor: setup.editor,
    };
    // The first frame is drawn before a single file is read.
    program.draw()?;
    let worker = Worker::start(setup.root, today, setup.tools, inbox.sender())?;
    program.run(&mut inbox, &worker)
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
    terminal: Terminal<CrosstermBackend<io::Stdout>>,
    guard: Guard,
    root: Option<PathBuf>,
    editor: Editor,
}

impl Program {
    fn draw(&mut self) -> io::Result<()> {
        self.terminal.draw(|frame| draw(&self.app, frame)).map(drop)
    }

    /// Waits, takes all there is, draws once. Nothing ticks: idle costs nothing.
    fn run(&mut self, inbox: &mut Inbox, worker: &Sender<Job>) -> io::Result<Ended> {
        loop {
            let first = match inbox.wait(self.until_midnight()) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => Event::Msg(Msg::Today(clock_today())),
                Err(RecvTimeoutError::Disconnected) => return Ok(Ended::Quit),
            };
            let mut redraw = false;
            let mut next = Some(first);
            while let Some(event) = next {
                let effects = match event {
                    Event::Signal(signal) => match self.signal(signal, inbox)? {
                        Some(ended) => return Ok(ended),
                        None => Vec::new(),
                    },
                    Event::Msg(msg) => self.update(msg, worker),
                };
                redraw = true;
                for effect in effects {
                    if let Some(ended) = self.perform(effect, inbox, worker)? {
                        return Ok(ended);
                    }
                }
                next = inbox.next();
            }
            if redraw {
                self.draw()?;
            }
        }
    }

    fn update(&mut self, msg: Msg, worker: &Sender<Job>) -> Vec<Effect> {
        match &msg {
            Msg::Today(today) => {
                let _ = worker.send(Job::Today(*today));
            }
            Msg::Opened { root, .. } => self.root = Some(root.clone()),
            _ => {}
        }
        self.app.update(msg)
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
        use signal_hook::consts::{SIGCONT, SIGTSTP, SIGWINCH};
        match signal {
            SIGWINCH => {
                let (width, height) = ratatui::crossterm::terminal::size()?;
                self.app.update(Msg::Resize(width, height));
            }
            SIGTSTP => self.suspend(inbox)?,
            SIGCONT => self.redraw_all()?,
            other => return Ok(Some(Ended::Signal(other))),
        }
        Ok(None)
    }

    fn perform(
        &mut self,
        effect: Effect,
        inbox: &mut Inbox,
        worker: &Sender<Job>,
    ) -> io::Result<Option<Ended>> {
        match effect {
            Effect::Quit => {
                // What was saved last is on the disk before the program is gone.
                inbox.finish(worker);
                return Ok(Some(Ended::Quit));
            }
            Effect::Suspend => self.suspend(inbox)?,
            Effect::Editor { customer, line } => {
                let notice = self.edit(&customer, line, inbox)?;
                let _ = worker.send(Job::Reread { customer, notice });
            }
            Effect::Save { .. } | Effect::Step { .. } | Effect::Begin { .. } => {
                let _ = worker.send(Job::Effect(effect));
            }
        }
        Ok(None)
    }

    /// Gives the terminal to the person's editor and takes it back. Answers what to say.
    fn edit(&mut self, customer: &str, line: u32, inbox: &mut Inbox) -> io::Result<Option<String>> {
        let Some(root) = self.root.as_deref() else {
            return Ok(None);
        };
        let path = root.join(format!("{customer}.toml"));
        let mut command = match (self.editor)(&path, line) {
            Ok(command) => command,
            Err(why) => return Ok(Some(why)),
        };
        // Two readers of one keyboard would share the keys between them.
        inbox.stop_keys();
        self.guard.leave();
        let status = command.status();
        self.guard = Guard::enter()?;
        inbox.start_keys()?;
        self.redraw_all()?;
        Ok(match status {
            Ok(status) if status.success() => None,
            Ok(status) => Some(format!(
                "the editor ended with {status}; the file is as it left it"
            )),
            Err(error) => Some(format!(
                "{}: {error}; set VISUAL or EDITOR to your editor",
                command.get_program().display()
            )),
        })
    }

    fn suspend(&mut self, inbox: &mut Inbox) -> io::Result<()> {
        inbox.stop_keys();
        self.guard.leave();
        guard::stop_myself();
        self.guard = Guard::enter()?;
        inbox.start_keys()?;
        self.redraw_all()
    }

    fn redraw_all(&mut self) -> io::Result<()> {
        let (width, height) = ratatui::crossterm::terminal::size()?;
        self.app.update(Msg::Resize(width, height));
        // Clearing would ask the terminal for its cursor and wait for an answer.
        self.terminal
            .resize(ratatui::layout::Rect::new(0, 0, width, height))?;
        self.draw()
    }
}
