//! The thread that asks git, so that neither drawing nor saving waits for it. It sleeps while
//! nothing is asked.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};

use super::inbox::Event;
use crate::store::git::Git;
use crate::ui::msg::Msg;

/// Something to ask of the repository around a journal.
#[derive(Clone, Debug)]
pub enum Question {
    /// Where the journal stands.
    Standing,
}

/// The way to the thread.
pub struct Asker {
    questions: Sender<(PathBuf, Question)>,
}

/// What is to be asked: of each sort only the newest.
#[derive(Default)]
struct Due {
    standing: Option<PathBuf>,
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
        if let Some(root) = due.standing {
            let standing = Git::find(&root).and_then(|git| git.standing());
            let told = Msg::Standing(standing.map_err(|error| error.to_string()));
            // Where the loop is gone there is nobody left to tell.
            let _ = out.send(Event::Msg(told));
        }
    }
}
