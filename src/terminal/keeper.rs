//! The thread that keeps what is typed and looked for on the disk, so that neither a save nor the screen waits
//! for it. It sleeps while nothing is unsaved.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::inbox::Event;
use super::worker::stamp;
use crate::model::draft::Draft;
use crate::store::draft::{Drafts, Holder};
use crate::store::queries::Queries;
use crate::ui::drafts::Keeping;
use crate::ui::msg::Msg;

/// How far the disk may be behind the keyboard.
const BEHIND: Duration = Duration::from_millis(500);
/// How often it is waited for the disk itself.
const SYNC: Duration = Duration::from_secs(1);

/// Something for the keeper to do.
enum Word {
    Open(Drafts, Queries),
    Keeping(Keeping),
    Remember(String),
    CatchUp(Sender<()>),
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
            queries: None,
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

    /// The drafts and queries of this journal are kept here from now on.
    pub fn open(&self, drafts: Drafts, queries: Queries) {
        let _ = self.0.send(Word::Open(drafts, queries));
    }

    /// Keeps what was looked for, soon.
    pub fn remember(&self, query: String) {
        let _ = self.0.send(Word::Remember(query));
    }

    /// Does this, soon.
    pub fn keep(&self, keeping: Keeping) {
        let _ = self.0.send(Word::Keeping(keeping));
    }

    /// Waits until all that was typed is in the draft, at most so long; not for the disk itself.
    pub fn catch_up(&self, most: Duration) {
        self.ask(Word::CatchUp, most);
    }

    /// Waits until all that was typed is on the disk, at most so long.
    pub fn flush(&self, most: Duration) {
        self.ask(Word::Flush, most);
    }

    fn ask(&self, word: impl FnOnce(Sender<()>) -> Word, most: Duration) {
        let (done, wait) = mpsc::channel();
        if self.0.send(word(done)).is_ok() {
            let _ = wait.recv_timeout(most);
        }
    }
}

/// The keeper's own state.
struct Keep {
    drafts: Option<Drafts>,
    queries: Option<Queries>,
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
                Ok(Word::Open(drafts, queries)) => {
                    self.queries = Some(queries);
                    self.open(drafts);
                }
                Ok(Word::Keeping(keeping)) => self.take(keeping),
                // A query that could not be kept is no loss that is worth a word.
                Ok(Word::Remember(query)) => {
                    let kept = self.queries.as_ref().map(|queries| queries.keep(&query));
                    let _ = kept;
                }
                Ok(Word::CatchUp(done)) => {
                    self.write_if_behind(false);
                    let _ = done.send(());
                }
                Ok(Word::Flush(done)) => {
                    self.write_if_behind(true);
                    let _ = done.send(());
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.write_if_behind(true),
            }
            // Also a queue that never runs dry must not put the disk off.
            if self.due.is_some_and(|due| due <= Instant::now()) {
                self.write(self.synced.is_none_or(|synced| synced.elapsed() >= SYNC));
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

    fn write_if_behind(&mut self, sync: bool) {
        if self.due.is_some() {
            self.write(sync);
        }
    }

    /// Writes the newest; `sync`: and waits for the disk itself.
    fn write(&mut self, sync: bool) {
        self.due = None;
        let (Some(drafts), Some(newest)) = (&self.drafts, &self.newest) else {
            return;
        };
        let id = self.id.get_or_insert_with(|| {
            self.count += 1;
            self.holder.name(&stamp(), self.count)
        });
        let result = drafts.write(id, (newest, &stamp()), &self.holder, sync);
        let now = Instant::now();
        self.written = Some(now);
        if sync {
            self.synced = Some(now);
        } else {
            // It is there for any program; a power cut is waited for as well.
            self.due = Some(self.synced.map_or(now, |synced| synced + SYNC));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::draft::{About, DraftField};
    use crate::model::when::When;

    fn keep(typed: &str) -> Keeping {
        Keeping::Keep(Box::new(Draft {
            about: About::New,
            title: String::new(),
            day: When::day(jiff::civil::date(2026, 11, 21)),
            focus: 0,
            fields: vec![DraftField {
                name: "name".to_owned(),
                next: false,
                was: None,
                typed: typed.into(),
            }],
        }))
    }

    #[test]
    fn before_a_save_the_draft_catches_up_with_the_keyboard() {
        let folder = tempfile::tempdir().unwrap();
        let (out, _events) = mpsc::channel();
        let keeper = Keeper::start(out).unwrap();
        let drafts = Drafts::in_folder(folder.path());
        keeper.open(drafts.clone(), Queries::in_folder(folder.path()));
        for typed in ["港", "港屋", "港屋商店"] {
            keeper.keep(keep(typed));
            keeper.catch_up(Duration::from_secs(10));
            let mut files = std::fs::read_dir(drafts.folder()).unwrap();
            let text = std::fs::read_to_string(files.next().unwrap().unwrap().path()).unwrap();
            assert!(text.contains(&format!("\"{typed}\"")), "{text}");
        }
    }
}
