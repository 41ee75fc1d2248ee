//! The thread that keeps what is typed on the disk, so that neither a save nor the screen waits
//! for it. It sleeps while nothing is unsaved.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::inbox::Event;
use super::worker::stamp;
use crate::model::draft::Draft;
use crate::store::draft::{Drafts, Holder};
use crate::ui::drafts::Keeping;
use crate::ui::msg::Msg;

/// How far the disk may be behind the keyboard.
const BEHIND: Duration = Duration::from_millis(500);
/// How often it is waited for the disk itself.
const SYNC: Duration = Duration::from_secs(1);

/// Something for the keeper to do.
enum Word {
    Open(Drafts),
    Keeping(Keeping),
    Flush(Sender<()>),
}

/// The way to the keeper.
#[derive(Clone)]
pub struct Keeper(Sender<Word>);

impl Keeper {
    /// Starts the thread.
    ///
    /// # Errors
    /// What the system says where it gives no thread.
    pub fn start(out: Sender<Event>) -> io::Result<Keeper> {
        let (words, queue) = mpsc::channel();
        let keeping = Keep {
            drafts: None,
            holder: Holder::me(),
            count: 0,
            id: None,
            newest: None,
            due: None,
            written: None,
            synced: None,
            has_failed: false,
            out,
        };
        let thread = std::thread::Builder::new().name("drafts".to_owned());
        thread.spawn(move || keeping.run(&queue))?;
        Ok(Keeper(words))
    }

    /// The drafts of this journal are kept here from now on.
    pub fn open(&self, drafts: Drafts) {
        let _ = self.0.send(Word::Open(drafts));
    }

    /// Does this, soon.
    pub fn keep(&self, keeping: Keeping) {
        let _ = self.0.send(Word::Keeping(keeping));
    }

    /// Waits until all that was typed is on the disk, at most so long.
    pub fn flush(&self, most: Duration) {
        let (done, wait) = mpsc::channel();
        if self.0.send(Word::Flush(done)).is_ok() {
            let _ = wait.recv_timeout(most);
        }
    }
}

/// The keeper's own state.
struct Keep {
    drafts: Option<Drafts>,
    holder: Holder,
    /// How many drafts were begun.
    count: u32,
    /// The draft of the open form.
    id: Option<String>,
    newest: Option<Box<Draft>>,
    /// When the newest is to be written; `None`: it is.
    due: Option<Instant>,
    written: Option<Instant>,
    synced: Option<Instant>,
    has_failed: bool,
    out: Sender<Event>,
}

impl Keep {
    fn run(mut self, queue: &Receiver<Word>) {
        loop {
            let word = match self.due {
                None => queue.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => queue.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match word {
                Ok(Word::Open(drafts)) => self.open(drafts),
                Ok(Word::Keeping(keeping)) => self.take(keeping),
                Ok(Word::Flush(done)) => {
                    if self.due.is_some() {
                        self.write(true);
                    }
                    let _ = done.send(());
                }
                Err(RecvTimeoutError::Timeout) => self.write(false),
                Err(RecvTimeoutError::Disconnected) => {
                    if self.due.is_some() {
                        self.write(true);
                    }
                    return;
                }
            }
            // A queue that never runs dry must not put the disk off.
            if self.due.is_some_and(|due| due <= Instant::now()) {
                self.write(false);
            }
        }
    }

    fn open(&mut self, drafts: Drafts) {
        self.drafts = Some(drafts);
        if self.newest.is_some() {
            self.due = Some(Instant::now());
        }
    }

    fn take(&mut self, keeping: Keeping) {
        match keeping {
            Keeping::Keep(draft) => {
                let is_next_field = self.newest.as_ref().is_some_and(|n| n.focus != draft.focus);
                self.newest = Some(draft);
                let now = Instant::now();
                let soon = self.written.map_or(now, |written| written + BEHIND);
                let due = if is_next_field { now } else { soon.max(now) };
                self.due = Some(self.due.map_or(due, |before| before.min(due)));
            }
            Keeping::Done => {
                (self.newest, self.due) = (None, None);
                if let Some(id) = self.id.take() {
                    self.remove(&id);
                }
            }
            Keeping::Take(id) => self.id = Some(id),
            Keeping::Discard(id) => self.remove(&id),
        }
    }

    fn write(&mut self, at_last: bool) {
        self.due = None;
        let (Some(drafts), Some(newest)) = (&self.drafts, &self.newest) else {
            return;
        };
        let id = self.id.get_or_insert_with(|| {
            self.count += 1;
            self.holder.name(&stamp(), self.count)
        });
        let is_time = self.synced.is_none_or(|synced| synced.elapsed() >= SYNC);
        let sync = at_last || is_time;
        let result = drafts.write(id, (newest, &stamp()), &self.holder, sync);
        let now = Instant::now();
        self.written = Some(now);
        if sync {
            self.synced = Some(now);
        } else {
            // It is there for any program; a power cut is waited for as well.
            self.due = self.synced.map(|synced| synced + SYNC);
        }
        self.tell_failed(result);
    }

    fn remove(&mut self, id: &str) {
        let result = self.drafts.as_ref().map(|drafts| drafts.remove(id));
        self.tell_failed(result.unwrap_or(Ok(())));
    }

    /// Says it once, not at every key.
    fn tell_failed(&mut self, result: io::Result<()>) {
        match result {
            Ok(()) => self.has_failed = false,
            Err(_) if self.has_failed => {}
            Err(error) => {
                self.has_failed = true;
                let folder = self.drafts.as_ref().map(|drafts| drafts.folder().display());
                let folder = folder.map(|folder| folder.to_string()).unwrap_or_default();
                let told = format!("{folder}: {error}; what you type is not kept: save it soon");
                let _ = self.out.send(Event::Msg(Msg::Notice(told)));
            }
        }
    }
}
