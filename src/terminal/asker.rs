//! The thread that asks git, so that neither drawing nor saving waits for it. It sleeps while
//! nothing is asked.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};

use super::inbox::Event;
use crate::model::clash::Unsettled;
use crate::model::value::Value;
use crate::store::git::{Git, resolve};
use crate::ui::msg::Msg;

/// Something to ask of the repository around a journal.
#[derive(Clone, Debug)]
pub enum Question {
    /// Where the journal stands.
    Standing,
    /// What a merge or rebase left to decide.
    Unsettled,
}

/// The way to the thread.
pub struct Asker {
    questions: Sender<(PathBuf, Question)>,
}

/// What is to be asked: of each sort only the newest.
#[derive(Default)]
struct Due {
    standing: Option<PathBuf>,
    unsettled: Option<PathBuf>,
}

impl Asker {
    /// Starts the thread.
    ///
    /// # Errors
    /// What the system says where it gives no thread.
    pub fn start(out: Sender<Event>) -> io::Result<Asker> {
        let (questions, queue) = mpsc::channel();
        let thread = std::thread::Builder::new().name("git".to_owned());
        thread.spawn(move || run(&queue, &out))?;
        Ok(Asker { questions })
    }

    /// Asks this of the repository around the journal at `root`, soon.
    pub fn ask(&self, root: &Path, question: Question) {
        let _ = self.questions.send((root.to_owned(), question));
    }
}

impl Due {
    fn take(&mut self, (root, question): (PathBuf, Question)) {
        match question {
            Question::Standing => self.standing = Some(root),
            Question::Unsettled => self.unsettled = Some(root),
        }
    }
}

/// Answers one question at a time, until nobody asks any more.
fn run(queue: &Receiver<(PathBuf, Question)>, out: &Sender<Event>) {
    while let Ok(question) = queue.recv() {
        let mut due = Due::default();
        due.take(question);
        while let Ok(question) = queue.try_recv() {
            due.take(question);
        }
        // Where the loop is gone there is nobody left to tell.
        if let Some(root) = due.standing {
            let standing = Git::find(&root).and_then(|git| git.standing());
            let told = standing.map_err(|error| error.to_string());
            let _ = out.send(Event::Msg(Msg::Standing(told)));
        }
        if let Some(root) = due.unsettled {
            let _ = out.send(Event::Msg(Msg::Unsettled(unsettled(&root))));
        }
    }
}

/// What a merge or rebase left to decide in the journal at `root`.
///
/// # Errors
/// What git says, in words.
pub fn unsettled(root: &Path) -> Result<Vec<Unsettled>, String> {
    let git = Git::find(root).map_err(|error| error.to_string())?;
    resolve::unsettled(&git).map_err(|error| error.to_string())
}

/// Writes what was decided and tells git that the file is merged; answers what is left. Where
/// something else is to be decided in that file by now nothing is written.
///
/// # Errors
/// What git or the disk says, in words.
pub fn settle(
    root: &Path,
    decided: &Unsettled,
    values: &[Option<Value>],
) -> Result<Vec<Unsettled>, String> {
    let now = unsettled(root)?;
    let is_same =
        |one: &Unsettled| one.customer == decided.customer && one.clashes == decided.clashes;
    if !now.iter().any(is_same) {
        return Ok(now);
    }
    let git = Git::find(root).map_err(|error| error.to_string())?;
    let path = format!("{}.toml", decided.customer);
    resolve::settle(&git, &path, values).map_err(|error| error.to_string())?;
    unsettled(root)
}
