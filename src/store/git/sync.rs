//! One journal on several machines: what changed here goes there, what changed there comes here.
//!
//! A plain machine of steps. Each of them reads where things stand and does the next thing, so
//! that a sync that was stopped anywhere, by a clash, a key or a power cut, goes on when it is
//! started again. Files are committed by name, never all; nothing is forced, nothing reset.

mod accounted;
mod combine;
mod commit;
mod ordered;
mod outlook;
mod place;
mod send;
mod settle;
mod stop;
mod unfinished;

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Git, tree};
use crate::model::tidings::{Message, Told, tell};
use crate::store::load::load_settings;
use crate::store::read::{SETTINGS_FILE, read_bytes};
use crate::store::{Now, Store};
use place::{Target, Under, Upstream};
use tree::Change;

pub use outlook::{Outlook, outlook};
pub use stop::{Next, Stop};

/// How often it is tried to send, where somebody else sends at the same time.
const ROUNDS: usize = 3;

/// What is said of Ctrl-C.
const INTERRUPTED: &str = "you stopped it";

/// What a sync does, step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Looks whether the changed files are sound.
    Check,
    /// Commits them.
    Commit,
    /// Asks the other side what is new.
    Fetch,
    /// Puts both sides together.
    Merge,
    /// The same, one commit after the other.
    Rebase,
    /// Settles by entry and field what git could not.
    Resolve,
    /// Sends.
    Push,
}

impl Step {
    /// The word that names it.
    pub fn word(self) -> &'static str {
        match self {
            Step::Check => "check",
            Step::Commit => "commit",
            Step::Fetch => "fetch",
            Step::Merge => "merge",
            Step::Rebase => "rebase",
            Step::Resolve => "resolve",
            Step::Push => "push",
        }
    }
}

/// Who is told how it goes on.
pub trait Listener {
    /// A step begins.
    fn begins(&mut self, step: Step, what: &str);
    /// The step that began last is done.
    fn ends(&mut self, what: &str);
}

/// What a sync did.
#[derive(Debug, Default)]
pub struct Report {
    /// What was committed.
    pub committed: Option<Message>,
    /// Commits that were sent, merges not counted.
    pub sent: usize,
    /// Commits that were received, merges not counted.
    pub received: usize,
    /// What came, by customer.
    pub news: Vec<Told>,
    /// What there is to tell besides.
    pub remarks: Vec<String>,
    /// Where it stopped; `None`: all is sent and received.
    pub stop: Option<Stop>,
}

impl Report {
    /// Of a sync that stopped before it began.
    pub fn stopped(stop: Stop) -> Report {
        Report {
            stop: Some(stop),
            ..Report::default()
        }
    }
}

/// Commits, receives, merges and sends.
///
/// `interrupted` turns true when the person pressed Ctrl-C: git has it too, and ends.
pub fn sync(
    git: &Git,
    store: &mut Store,
    now: &Now,
    interrupted: &AtomicBool,
    listener: &mut dyn Listener,
) -> Report {
    let mut sync = Sync {
        git,
        store,
        now,
        interrupted,
        listener,
        report: Report::default(),
    };
    let ended = sync.steps();
    // What came is one step of the history, also where the sending failed.
    let noted = sync.note_received();
    let mut stop = ended.and(noted).err();
    if interrupted.load(Ordering::SeqCst)
        && let Some(stop) = &mut stop
    {
        // A git that was ended by the key has nothing to say about it.
        *stop = Stop::new(INTERRUPTED);
    }
    let mut report = sync.report;
    report.stop = stop.map(|stop| stop.with_place(git));
    report
}

/// Asks the other side what is new, and nothing else.
///
/// # Errors
/// Where there is none, or it can't be reached.
pub fn fetch(git: &Git, interrupted: &AtomicBool, listener: &mut dyn Listener) -> Result<(), Stop> {
    let place = git.place()?;
    match &place.target {
        Target::Upstream(upstream) => fetch_from(git, upstream, interrupted, listener),
        other => Err(Stop::no_target(other, &place)),
    }
}

/// Drops a merge or rebase that stopped. What was committed before it stays.
///
/// # Errors
/// Where there is none, or git says no.
pub fn abort(git: &Git) -> Result<&'static str, Stop> {
    let place = git.place()?;
    git.is_of_a_sync(&place)?;
    let (args, what): ([&str; 2], _) = match place.under {
        Under::Merge { .. } => (["merge", "--abort"], "the merge"),
        Under::Rebase { .. } => (["rebase", "--abort"], "the rebase"),
        Under::Other { what, ways } => return Err(Stop::other(what, ways)),
        Under::Nothing => {
            return Err(Stop::new(
                "nothing is under way, so there is nothing to take back",
            ));
        }
    };
    if git.with_terminal(&args)?.is_done() {
        return Ok(what);
    }
    Err(Stop::new(&format!("{what} could not be dropped"))
        .because("git says above why, and nothing was changed"))
}

struct Sync<'a> {
    git: &'a Git,
    store: &'a mut Store,
    now: &'a Now,
    interrupted: &'a AtomicBool,
    listener: &'a mut dyn Listener,
    report: Report,
}

impl Sync<'_> {
    fn steps(&mut self) -> Result<(), Stop> {
        refuse_pinned(self.git)?;
        let mut place = self.git.place()?;
        let step = match place.under {
            Under::Merge { .. } => Some(Step::Merge),
            Under::Rebase { .. } => Some(Step::Rebase),
            _ => None,
        };
        if let Some(step) = step {
            self.begins(step, "goes on where it stopped");
        }
        self.go_on(&place)?;
        if step.is_some() {
            self.listener.ends("done");
        }
        // A stash that was put back may have left something, too.
        self.resolve()?;
        let left = self.put_right()?;
        self.note_received()?;
        self.account(left)?;
        place = self.git.place()?;
        if place.branch.is_none() {
            return Err(Stop::new("no branch is checked out here")
                .because("the head is detached, and a commit would belong to no branch")
                .next("git switch main", "goes back to a branch"));
        }
        if place.head.is_none()
            && let Target::Upstream(upstream) = &place.target
        {
            self.before_the_first_commit(upstream)?;
        }
        self.commit_changes(&place)?;
        place = self.git.place()?;
        if place.head.is_none() {
            return Err(Stop::new("there is nothing to commit, and no commit yet")
                .because("the journal holds no customer")
                .next("goodwill new 'Acme Trading'", "begins one"));
        }
        let upstream = match place.target.clone() {
            Target::Upstream(upstream) => upstream,
            Target::NoRemote => {
                self.report.remarks.push(
                    "there is no other repository to send to; to name one: git remote add origin URL"
                        .to_owned(),
                );
                return Ok(());
            }
            other => return Err(Stop::no_target(&other, &place)),
        };
        self.exchange(&upstream)
    }

    /// Receives, merges, sends; again where somebody sends at the same moment.
    fn exchange(&mut self, upstream: &Upstream) -> Result<(), Stop> {
        let mut refused = String::new();
        for round in 0..ROUNDS {
            self.fetch(upstream)?;
            self.git.is_where_others_are(upstream)?;
            let came = self.combine(upstream)?;
            let left = match came {
                true => self.put_right()?,
                false => Vec::new(),
            };
            self.account(left)?;
            if round > 0 && !came {
                // Nobody was faster: they do not want it.
                return Err(Stop::new(&format!("{} did not take it", upstream.remote))
                    .because(&refused)
                    .because("what it says stands above; your changes are committed here"));
            }
            match self.push(upstream)? {
                None => return Ok(()),
                Some(why) => refused = why,
            }
        }
        Err(Stop::new("others keep sending at the same moment")
            .because("all that came is merged here, and yours is committed"))
    }

    fn before_the_first_commit(&mut self, upstream: &Upstream) -> Result<(), Stop> {
        self.fetch(upstream)?;
        match self.git.commit_of(&upstream.copy)? {
            None => Ok(()),
            Some(_) => {
                let branch = upstream.branch.trim_start_matches("refs/heads/");
                Err(
                    Stop::new("this repository has no commit yet, the other one has")
                        .because("a first commit of its own would have nothing in common with them")
                        .next(
                            &format!("git pull {} {branch}", upstream.remote),
                            "takes what is there; then sync",
                        ),
                )
            }
        }
    }

    fn fetch(&mut self, upstream: &Upstream) -> Result<(), Stop> {
        fetch_from(self.git, upstream, self.interrupted, self.listener)
    }

    fn begins(&mut self, step: Step, what: &str) {
        self.listener.begins(step, what);
    }

    fn unless_interrupted(&self) -> Result<(), Stop> {
        unless(self.interrupted)
    }
}

fn unless(interrupted: &AtomicBool) -> Result<(), Stop> {
    match interrupted.load(Ordering::SeqCst) {
        true => Err(Stop::new(INTERRUPTED)),
        false => Ok(()),
    }
}

fn fetch_from(
    git: &Git,
    upstream: &Upstream,
    interrupted: &AtomicBool,
    listener: &mut dyn Listener,
) -> Result<(), Stop> {
    listener.begins(Step::Fetch, &format!("from {}", upstream.remote));
    let before = git.commit_of(&upstream.copy)?;
    let ended = git.with_terminal(&["fetch", &upstream.remote])?;
    unless(interrupted)?;
    if !ended.is_done() {
        return Err(Stop::new(&format!(
            "nothing could be fetched from {}",
            upstream.remote
        ))
        .because("git says above why; your changes are committed here"));
    }
    let now = git.commit_of(&upstream.copy)?;
    let what = match (before, now) {
        (_, None) => format!("{} has nothing yet", upstream.remote),
        (before, now) if before == now => "nothing new".to_owned(),
        (_, Some(now)) => match git.commit_of("HEAD")? {
            Some(_) => format!("{} new", git.count(&["HEAD"], &now)?),
            None => "done".to_owned(),
        },
    };
    listener.ends(&what);
    Ok(())
}

impl Git {
    /// How many commits `new` has that none of `old` has, merges not counted.
    fn count(&self, old: &[&str], new: &str) -> Result<usize, super::GitError> {
        let mut args = vec!["rev-list", "--count", "--no-merges", new, "--not"];
        args.extend(old);
        let count = self.answer(&args)?;
        Ok(count.and_then(|count| count.parse().ok()).unwrap_or(0))
    }
}

/// A journal whose clock stands still is a sample.
fn refuse_pinned(git: &Git) -> Result<(), Stop> {
    match load_settings(git.root()).0.today() {
        None => Ok(()),
        Some(day) => Err(
            Stop::new("this journal is a sample and is not synced").because(&format!(
                "{SETTINGS_FILE} says today = {day}: take that line out where it is none"
            )),
        ),
    }
}

/// The key of the customer whose file this is; `None`: it is none.
fn customer_of(path: &str) -> Option<&str> {
    let key = path.strip_suffix(".toml")?;
    let is_shown = |part: &str| !part.is_empty() && !part.starts_with('.');
    key.split('/').all(is_shown).then_some(key)
}

/// What these files say that is new, by customer.
fn told(changes: &[Change]) -> Vec<Told> {
    let side = |key: &str, bytes: &Option<Vec<u8>>| {
        let bytes = bytes.as_ref()?;
        Some(read_bytes(key, bytes).customer)
    };
    let pairs: Vec<_> = changes
        .iter()
        .filter_map(|change| {
            let key = customer_of(&change.path)?;
            Some((side(key, &change.before), side(key, &change.after)))
        })
        .collect();
    tell(&pairs)
}
