//! All that crosses the border between the pure program and the world around it.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use ratatui::crossterm::event::KeyEvent;

use super::drafts::Keeping;
use crate::model::change::Change;
use crate::model::clash::Unsettled;
use crate::model::draft::KeptDraft;
use crate::model::fold::fold;
use crate::model::journal::Journal;
use crate::model::merge::Obstacle;
use crate::model::past::Past;
use crate::model::problem::Problem;
use crate::model::search::engine::{Engine, Found, Picked};
use crate::model::search::query::{
    Completed, Known, MAX_OFFERED, Offers, Query, Reading, complete,
};
use crate::model::standing::Standing;
use crate::model::value::Value;

/// What the world tells the program.
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// So many files have been read of so many.
    Progress {
        /// Files read.
        read: usize,
        /// Files there are.
        of: usize,
    },
    /// The journal was read; these are its problems as far as a fast look shows them.
    Loaded(Arc<Journal>, Vec<Problem>),
    /// The strict look behind it has come to an end: all problems of the files' text.
    Checked(Vec<Problem>),
    /// Drafts that no running program holds, the newest first.
    Drafts(Vec<KeptDraft>),
    /// A save is on the disk.
    Saved(Saved),
    /// A save was refused or failed; nothing was written.
    NotSaved {
        /// Which save.
        ticket: u64,
        /// What happened, and what to do.
        message: String,
        /// What a person can decide in the form, so that it goes through.
        obstacle: Option<Obstacle>,
    },
    /// The editor was closed; the file was read again.
    Edited {
        /// The journal with the file as it is now.
        journal: Arc<Journal>,
        /// The problems of the whole journal now.
        problems: Vec<Problem>,
        /// What to say, where something is to be said.
        notice: Option<String>,
    },
    /// Others changed files of the journal.
    Changed {
        /// The journal as it is now.
        journal: Arc<Journal>,
        /// The problems of the whole journal now.
        problems: Vec<Problem>,
        /// The customers in question, by key.
        customers: Vec<String>,
    },
    /// A first journal was made, or the sample opened.
    Opened {
        /// The journal's folder.
        root: PathBuf,
        /// The folder as the header shows it.
        place: String,
        /// The day that "today" is.
        today: Date,
        /// Whether the clock stands still.
        pinned: bool,
    },
    /// Something to say, such as a failed hand-over to the editor.
    Notice(String),
    /// A part of a file as it is written, to be copied; or why there is none.
    Excerpt(Result<String, String>),
    /// What a search found.
    Found {
        /// Which search.
        ticket: u64,
        /// What.
        found: Found,
    },
    /// All that the newest [`Effect::Pick`] asked for.
    Picked {
        /// Which one.
        ticket: u64,
        /// What.
        picked: Picked,
    },
    /// The ways to go on that the newest [`Effect::Complete`] asked for, the likeliest first.
    Completed {
        /// Which one.
        ticket: u64,
        /// The ways.
        ways: Vec<Completed>,
    },
    /// What was looked for in earlier sessions, the newest last.
    Queries(Vec<String>),
    /// Where the journal stands against git, or why there is nothing to be said about that.
    Standing(Result<Standing, String>),
    /// What a merge or rebase left to decide, or why it can't be said or settled.
    Unsettled(Result<Vec<Unsettled>, String>),
    /// The past that [`Effect::Past`] asked for, the newest first, or why there is none.
    Past {
        /// Which one.
        ticket: u64,
        /// What happened.
        past: Result<Vec<Past>, String>,
    },
    /// The sync has come to an end and the terminal is back.
    Synced {
        /// What to say.
        notice: Option<String>,
        /// Whether it stopped because something is to be decided.
        is_stuck: bool,
    },
    /// It is this day now.
    Today(Date),
}

/// What the mouse did, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub press: Press,
    /// The column, from 0.
    pub column: u16,
    /// The row, from 0.
    pub row: u16,
}

/// What a mouse does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// The left button went down.
    Once,
    /// It went down again at once.
    Twice,
    /// It was moved with the left button down.
    Drag,
    /// The wheel was turned away.
    WheelUp,
    /// The wheel was turned near.
    WheelDown,
}

/// What a save did.
#[derive(Debug)]
pub struct Saved {
    /// Which save.
    pub ticket: u64,
    /// The journal as it is now.
    pub journal: Arc<Journal>,
    /// The problems of the journal now.
    pub problems: Vec<Problem>,
    /// What was made or changed, as `customer:kind.key`, or a customer's key alone.
    pub touched: Vec<String>,
    /// One line that says what was done.
    pub what: String,
}

/// What the program asks of the world. Data, so that it can be printed, compared and replayed.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write these changes, all in one step of the history.
    Save {
        /// Comes back with the answer.
        ticket: u64,
        /// What to write.
        changes: Vec<Change>,
    },
    /// Make a journal with this customer, or, without one, open the sample journal.
    Begin {
        /// The name of the first customer.
        customer: Option<String>,
    },
    /// Take back the newest change, or do again what was taken back.
    Step {
        /// Comes back with the answer.
        ticket: u64,
        /// Which way.
        way: Way,
    },
    /// Open the person's editor on a customer's file and read it again afterwards.
    Editor {
        /// Whose file.
        customer: String,
        /// The line to stand on, from 1.
        line: u32,
    },
    /// Listen to the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Open this link, of the web or of mail, in the person's own program for it.
    Visit(String),
    /// Hand this text to the terminal's clipboard.
    Copy(String),
    /// Read a part of a customer's file as it is written: the head, or the entry `kind`, `key`.
    Excerpt {
        /// Whose file.
        customer: String,
        /// The entry.
        entry: Option<(String, String)>,
    },
    /// What is to be kept of the words that are not saved.
    Draft(Keeping),
    /// Look for this. Of several only the newest has to be answered, by [`Msg::Found`].
    Search(Box<Wanted>),
    /// All that this query finds is wanted; [`Msg::Picked`] answers.
    Pick {
        /// Comes back with the answer.
        ticket: u64,
        /// What is looked for.
        query: Query,
    },
    /// How one can go on with what is typed is wanted; [`Msg::Completed`] answers.
    Complete(Box<Completing>),
    /// Keep what was looked for, for the next sessions.
    Remember(String),
    /// Give the terminal to the sync, and read the journal again afterwards;
    /// [`Msg::Synced`] follows.
    Sync,
    /// What a merge or rebase left to decide is wanted; [`Msg::Unsettled`] answers.
    Unsettled,
    /// Write these values over what both sides changed, and tell git that the file is merged;
    /// [`Msg::Unsettled`] answers with what is left.
    Settle {
        /// The file, and what was to be decided when that was done.
        unsettled: Box<Unsettled>,
        /// A value for each clash; `None`: the field goes.
        values: Vec<Option<Value>>,
    },
    /// What an entry or a customer's head was before is wanted; [`Msg::Past`] answers.
    Past {
        /// Comes back with the answer.
        ticket: u64,
        /// Whose.
        customer: String,
        /// The entry `kind`, `key`; the head of the file without one.
        entry: Option<(String, String)>,
    },
    /// Read all files again.
    Reload,
    /// Stop until the shell brings the program to the front again.
    Suspend,
    /// Leave.
    Quit,
}

/// What is typed, to go on with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Completing {
    /// Comes back with the answer.
    pub ticket: u64,
    /// The line.
    pub typed: String,
    /// Where the caret stands in it, in bytes.
    pub caret: usize,
    /// What the line is read by.
    pub reading: Reading,
}

impl Completing {
    /// The ways to go on.
    pub fn answer(&self, engine: &Engine, known: &Known) -> Vec<Completed> {
        let words = |typed: &str| engine.words_beginning(&fold(typed), MAX_OFFERED);
        let offers = Offers {
            known,
            reading: &self.reading,
            words: &words,
        };
        complete(&self.typed, self.caret, &offers)
    }
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Comes back with the answer.
    pub ticket: u64,
    /// What is looked for.
    pub query: Query,
    /// How many are wanted at most, the best ones.
    pub limit: usize,
    /// The key of the only customer that is searched.
    pub only: Option<String>,
}

impl Wanted {
    /// Looks for it. `None`: `is_stale` said that nobody waits for it any more.
    pub fn answer(&self, engine: &mut Engine, is_stale: &dyn Fn() -> bool) -> Option<Found> {
        let Some(only) = &self.only else {
            return engine.search(&self.query, self.limit, is_stale);
        };
        // One customer is asked for by hand, not at each key: all that is found is ranked.
        let mut found = engine.search(&self.query, usize::MAX, is_stale)?;
        found.hits.retain(|hit| *hit.customer.key == **only);
        found.total = found.hits.len();
        found.hits.truncate(self.limit);
        Some(found)
    }
}

/// Back or forth in the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Undo.
    Back,
    /// Redo.
    Forth,
}
