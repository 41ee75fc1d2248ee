//! The thread that owns the store. It does what the program asks for in order, so that two
//! saves never race.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::SystemTime;

use jiff::civil::Date;

use super::asker;
use super::inbox::Event;
use super::keeper::Keeper;
use super::searcher::Searcher;
use super::{LAST_WORDS, shown_path};
use crate::model::change::Change;
use crate::model::clash::Unsettled;
use crate::model::customer::Customer;
use crate::model::journal::Journal;
use crate::model::problem::Problem;
use crate::model::value::Value;
use crate::store::excerpt::excerpt;
use crate::store::watch::{COMES_BACK, Changed, Watch, read_again, watch};
use crate::store::{Done, Now, Store, StoreError, load};
use crate::ui::msg::{Effect, Msg, Saved, Way};

/// How many commits of a customer's file are looked at for the past of something in it.
const MOST_COMMITS: usize = 500;

/// Something for the worker to do.
pub enum Job {
    /// An effect of the program; [`Event::Done`] follows.
    Effect(Effect),
    /// Read a customer's file again, and say this.
    Reread {
        /// Whose.
        customer: String,
        /// What to say.
        notice: Option<String>,
    },
    /// Files were changed, by this program or another.
    Changed(Changed),
    /// The strict look of that number found these in the files.
    Checked(u64, Vec<Problem>),
    /// Read a part of a customer's file as it is written.
    Excerpt {
        /// Whose.
        customer: String,
        /// The entry; the head of the file without one.
        entry: Option<(String, String)>,
    },
    /// Look up what an entry or a customer's head was before.
    Past {
        /// Comes back with the answer.
        ticket: u64,
        /// Whose.
        customer: String,
        /// The entry; the head of the file without one.
        entry: Option<(String, String)>,
    },
    /// Read all files again.
    Reload,
    /// It is this day now.
    Today(Date),
}

/// What the worker is given to work with.
pub struct Tools {
    /// Opens the store of a folder.
    pub open: Box<dyn Fn(&Path) -> Store + Send>,
    /// The person's home, which paths are shown below.
    pub home: Option<PathBuf>,
    /// Makes an empty journal where a first one belongs; answers its folder, or what is wrong.
    pub make: Box<dyn Fn() -> Result<PathBuf, String> + Send>,
    /// Makes a copy of the sample journal; answers its folder, or what is wrong.
    pub sample: Box<dyn Fn() -> Result<PathBuf, String> + Send>,
}

/// The worker's own state.
pub struct Worker {
    store: Option<Store>,
    watch: Option<Watch>,
    jobs: Sender<Job>,
    journal: Arc<Journal>,
    problems: Vec<Problem>,
    /// The number of the newest strict look, and the files that were read since it began: what it
    /// says of them may be old.
    look: u64,
    since_look: BTreeSet<String>,
    today: Date,
    pinned: bool,
    tools: Tools,
    keeper: Keeper,
    searcher: Searcher,
    out: Sender<Event>,
}

impl Worker {
    /// Starts the thread; the journal is read first.
    ///
    /// # Errors
    /// What the system says where it gives no thread.
    pub fn start(
        root: Option<PathBuf>,
        (today, pinned): (Date, bool),
        tools: Tools,
        (keeper, searcher): (Keeper, Searcher),
        out: Sender<Event>,
    ) -> std::io::Result<Sender<Job>> {
        let (jobs, queue) = mpsc::channel();
        let worker = Worker {
            store: None,
            watch: None,
            jobs: jobs.clone(),
            journal: Arc::default(),
            problems: Vec::new(),
            look: 0,
            since_look: BTreeSet::new(),
            today,
            pinned,
            tools,
            keeper,
            searcher,
            out,
        };
        let thread = std::thread::Builder::new().name("worker".to_owned());
        thread.spawn(move || worker.run(root, &queue))?;
        Ok(jobs)
    }

    fn run(mut self, root: Option<PathBuf>, queue: &Receiver<Job>) {
        if let Some(root) = root {
            self.open(&root);
        }
        while let Ok(job) = queue.recv() {
            match job {
                Job::Effect(effect) => {
                    self.perform(effect);
                    let _ = self.out.send(Event::Done);
                }
                Job::Reread { customer, notice } => self.reread(&customer, notice),
                Job::Changed(changed) => self.look_again(&changed),
                Job::Checked(look, found) => self.checked(look, found),
                Job::Reload => self.reload(),
                Job::Excerpt { customer, entry } => self.excerpt(&customer, entry.as_ref()),
                Job::Past {
                    ticket,
                    customer,
                    entry,
                } => self.past(ticket, customer, entry),
                Job::Today(today) => self.today = today,
            }
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Save { ticket, changes } => self.save(ticket, &changes),
            Effect::Step { ticket, way } => self.step(ticket, way),
            Effect::Begin { customer } => self.begin(customer.as_deref()),
            Effect::Settle { unsettled, values } => self.settle(&unsettled, &values),
            Effect::Reload
            | Effect::Editor { .. }
            | Effect::Copy(_)
            | Effect::Visit(_)
            | Effect::Mouse(_)
            | Effect::Excerpt { .. }
            | Effect::Draft(_)
            | Effect::Search(_)
            | Effect::Pick { .. }
            | Effect::Complete(_)
            | Effect::Remember(_)
            | Effect::Sync
            | Effect::Unsettled
            | Effect::Past { .. }
            | Effect::Suspend
            | Effect::Quit => {}
        }
    }

    fn tell(&self, msg: Msg) {
        // Where the loop is gone there is nobody left to tell.
        let _ = self.out.send(Event::Msg(msg));
    }

    /// Opens a journal and reads it; the strict look follows on a thread of its own.
    fn open(&mut self, root: &Path) {
        let store = (self.tools.open)(root);
        let (drafts, queries) = (store.drafts(), store.queries());
        self.store = Some(store);
        // What is typed while the files are read is kept already.
        self.keeper.open(drafts.clone(), queries.clone());
        self.tell(Msg::Queries(queries.read()));
        // What changes while the files are read is told behind it, not lost between.
        self.watch(root);
        let out = self.out.clone();
        let progress = &mut |read: usize, of: usize| {
            // A terminal takes some ten frames a second while files are read, not one a file.
            if read.is_multiple_of(64) {
                let _ = out.send(Event::Msg(Msg::Progress { read, of }));
            }
        };
        let searcher = self.searcher.clone();
        // A journal that is read again is searched as it was until all of it is there.
        let is_first = self.journal.customers.is_empty();
        let (journal, problems) = load::load_in_batches(root, progress, &mut |batch| {
            if is_first {
                searcher.add(batch);
            }
        });
        self.know(journal);
        self.problems.clone_from(&problems);
        self.tell(Msg::Loaded(Arc::clone(&self.journal), problems));
        self.tell(Msg::Drafts(drafts.left_behind()));
        self.sweep();
        self.look_strictly(root);
    }

    /// This is the journal now. The searcher knows it before the program is told, so that what is
    /// asked then is answered from it.
    fn know(&mut self, journal: Journal) {
        self.journal = Arc::new(journal);
        self.searcher.follow(&self.journal);
    }

    /// Watches the folder from now on. Where that can't be, Ctrl-L is there.
    fn watch(&mut self, root: &Path) {
        let jobs = self.jobs.clone();
        self.watch = None;
        let watch = watch(root, move |changed| {
            let _ = jobs.send(Job::Changed(changed));
        });
        match watch {
            Ok(watch) => self.watch = Some(watch),
            Err(error) => self.tell(Msg::Notice(format!(
                "changes from outside are not seen by themselves ({error}): Ctrl-L reads again"
            ))),
        }
    }

    /// Reads what changed. What reads as before, as after a save of our own, is not told.
    fn look_again(&mut self, changed: &Changed) {
        let Some(root) = self.store.as_ref().map(|store| store.root().to_owned()) else {
            return;
        };
        let keys = match changed {
            Changed::All => return self.read_all(&root),
            Changed::Customers(keys) => keys,
        };
        let pause = || std::thread::sleep(COMES_BACK);
        let (mut moved, mut found) = (BTreeMap::new(), Vec::new());
        for (key, read, problems) in read_again(&root, keys, &self.journal, pause) {
            found.extend(problems);
            if read.as_ref() != self.journal.customer(&key).map(AsRef::as_ref) {
                moved.insert(key, read);
            }
        }
        let paths = keys.iter().map(|key| format!("{key}.toml")).collect();
        let is_news = self.replace_problems(paths, found);
        if is_news || !moved.is_empty() {
            let keys = moved.keys().cloned().collect();
            self.know(self.journal.with_all(moved));
            self.tell_changed(keys);
        }
    }

    fn read_all(&mut self, root: &Path) {
        let (journal, _) = load::load(root, &mut |_, _| {});
        let same = |c: &Arc<Customer>| journal.customer(&c.key) == Some(c);
        let is_same = journal.settings == self.journal.settings
            && journal.customers.len() == self.journal.customers.len()
            && self.journal.customers.iter().all(same);
        if !is_same {
            let moved = journal
                .customers
                .iter()
                .filter(|c| self.journal.customer(&c.key) != Some(c));
            let moved = moved.map(|c| c.key.to_string()).collect();
            self.know(journal);
            self.tell_changed(moved);
        }
        self.look_strictly(root);
    }

    fn tell_changed(&self, customers: Vec<String>) {
        self.tell(Msg::Changed {
            journal: Arc::clone(&self.journal),
            problems: self.problems.clone(),
            customers,
        });
    }

    fn excerpt(&self, customer: &str, entry: Option<&(String, String)>) {
        if let Some(store) = &self.store {
            let entry = entry.map(|(kind, key)| (kind.as_str(), key.as_str()));
            self.tell(Msg::Excerpt(excerpt(store.root(), customer, entry)));
        }
    }

    /// Writes what was decided of a merge, and reads that file again.
    fn settle(&mut self, decided: &Unsettled, values: &[Option<Value>]) {
        let Some(root) = self.store.as_ref().map(|store| store.root().to_owned()) else {
            return;
        };
        let left = asker::settle(&root, decided, values);
        let customer = decided.customer.clone();
        self.look_again(&match customer.starts_with('.') {
            // The settings are no customer.
            true => Changed::All,
            false => Changed::Customers(BTreeSet::from([customer])),
        });
        self.tell(Msg::Unsettled(left));
    }

    /// Git may take its time: nobody waits for it.
    fn past(&self, ticket: u64, customer: String, entry: Option<(String, String)>) {
        let Some(root) = self.store.as_ref().map(Store::root) else {
            return;
        };
        let (store, out) = ((self.tools.open)(root), self.out.clone());
        let thread = std::thread::Builder::new().name("past".to_owned());
        let _ = thread.spawn(move || {
            let entry = entry.as_ref();
            let entry = entry.map(|(kind, key)| (kind.as_str(), key.as_str()));
            let past = store.past(&customer, entry, MOST_COMMITS);
            let past = past.map(|mut steps| {
                steps.reverse();
                steps
            });
            let past = past.map_err(|error| error.to_string());
            let _ = out.send(Event::Msg(Msg::Past { ticket, past }));
        });
    }

    fn reload(&mut self) {
        if let Some(root) = self.store.as_ref().map(|store| store.root().to_owned()) {
            self.open(&root);
        }
    }

    /// Clears away what killed saves left, and says where somebody's words were found.
    fn sweep(&self) {
        let rescued = self
            .store
            .as_ref()
            .map(|store| store.sweep(SystemTime::now()));
        if let Some(path) = rescued.and_then(|paths| paths.into_iter().next()) {
            self.tell(Msg::Notice(format!(
                "a save was cut short earlier; what it held is in {}: copy what is missing, then delete it",
                path.display()
            )));
        }
    }

    fn look_strictly(&mut self, root: &Path) {
        self.look += 1;
        self.since_look.clear();
        let (root, jobs, look) = (root.to_owned(), self.jobs.clone(), self.look);
        let thread = std::thread::Builder::new().name("strict look".to_owned());
        let _ = thread.spawn(move || {
            let problems = load::load_strict(&root, &mut |_, _| {});
            let _ = jobs.send(Job::Checked(look, problems));
        });
    }

    fn checked(&mut self, look: u64, mut found: Vec<Problem>) {
        if look != self.look {
            return;
        }
        let is_newer = |problem: &Problem| self.since_look.contains(&problem.path);
        self.problems.retain(is_newer);
        found.retain(|problem| !is_newer(problem));
        self.problems.extend(found);
        self.tell(Msg::Checked(self.problems.clone()));
    }

    fn now(&self) -> Now {
        Now {
            today: self.today,
            // A clock that stands still does so in the history too.
            stamp: if self.pinned {
                format!("{}T00:00:00", self.today)
            } else {
                stamp()
            },
        }
    }

    fn save(&mut self, ticket: u64, changes: &[Change]) {
        // A kill behind the save must not leave a draft that is older than what was saved.
        self.keeper.catch_up(LAST_WORDS);
        let now = self.now();
        let result = match &mut self.store {
            Some(store) => store.apply(&self.journal, changes, &now),
            None => return self.no_journal(ticket),
        };
        self.answer(ticket, result);
    }

    /// Nobody waits for an answer that never comes.
    fn no_journal(&self, ticket: u64) {
        let message =
            "no journal is open yet, so nothing was written: type a first customer's name"
                .to_owned();
        self.tell(Msg::NotSaved {
            ticket,
            message,
            obstacle: None,
        });
    }

    fn step(&mut self, ticket: u64, way: Way) {
        let now = self.now();
        let result = match (&mut self.store, way) {
            (Some(store), Way::Back) => store.undo(&now),
            (Some(store), Way::Forth) => store.redo(&now),
            (None, _) => return self.no_journal(ticket),
        };
        self.answer(ticket, result);
    }

    fn answer(&mut self, ticket: u64, result: Result<Done, StoreError>) {
        match result {
            Ok(done) => {
                self.know(done.applied_to(&self.journal));
                let paths = done.customers.iter().map(|(key, _)| format!("{key}.toml"));
                self.replace_problems(paths.collect(), done.problems);
                let what = match done.remark {
                    Some(remark) => format!("{}. {remark}", done.what),
                    None => done.what,
                };
                self.tell(Msg::Saved(Saved {
                    ticket,
                    journal: Arc::clone(&self.journal),
                    problems: self.problems.clone(),
                    touched: done.touched,
                    what,
                }));
            }
            Err(error) => self.tell(Msg::NotSaved {
                ticket,
                message: error.to_string(),
                obstacle: error.obstacle(),
            }),
        }
    }

    /// The problems of these files are these now; answers whether they were others.
    fn replace_problems(&mut self, paths: BTreeSet<String>, found: Vec<Problem>) -> bool {
        let is_old = |problem: &mut Problem| paths.contains(&problem.path);
        let old: Vec<Problem> = self.problems.extract_if(.., is_old).collect();
        let is_news = old.len() != found.len() || found.iter().any(|one| !old.contains(one));
        self.problems.extend(found);
        self.since_look.extend(paths);
        is_news
    }

    fn reread(&mut self, customer: &str, notice: Option<String>) {
        let Some(root) = self.store.as_ref().map(|store| store.root().to_owned()) else {
            return;
        };
        let (read, _) = load::reload(&root, customer);
        let problems = load::look_again(&root, customer);
        let first = problems
            .iter()
            .find(|problem| !problem.hint)
            .map(ToString::to_string);
        self.know(self.journal.with(customer, read));
        self.replace_problems(BTreeSet::from([format!("{customer}.toml")]), problems);
        self.tell(Msg::Edited {
            journal: Arc::clone(&self.journal),
            problems: self.problems.clone(),
            notice: notice.or(first),
        });
    }

    /// A first journal with one customer, or a copy of the sample.
    fn begin(&mut self, customer: Option<&str>) {
        let made = match customer {
            Some(_) => (self.tools.make)(),
            None => (self.tools.sample)(),
        };
        let root = match made {
            Ok(root) => root,
            Err(error) => return self.tell(Msg::Notice(error)),
        };
        self.open(&root);
        let pinned = self.journal.settings.today();
        self.today = pinned.unwrap_or(self.today);
        self.pinned = pinned.is_some();
        self.tell(Msg::Opened {
            place: shown_path(&root, self.tools.home.as_deref()),
            root: root.clone(),
            today: self.today,
            pinned: pinned.is_some(),
        });
        if let Some(name) = customer {
            self.save(
                0,
                &[Change::Create {
                    key: None,
                    fields: vec![("name".to_owned(), Value::text(name))],
                }],
            );
        }
    }
}

/// The moment, for the history and drafts, in the zone of this machine.
pub fn stamp() -> String {
    jiff::Zoned::now()
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}
