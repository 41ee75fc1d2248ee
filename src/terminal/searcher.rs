//! The thread that searches, so that neither typing nor saving waits for it. It sleeps while
//! nothing is looked for.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};

use super::inbox::Event;
use crate::model::customer::Customer;
use crate::model::journal::Journal;
use crate::model::search::engine::Engine;
use crate::model::search::query::{Known, Query};
use crate::ui::msg::{Completing, Msg, Wanted};

/// Something for the searcher to do.
enum Word {
    /// This is the journal now.
    Follow(Arc<Journal>),
    /// These are there too, while the rest is still read.
    Add(Vec<Arc<Customer>>),
    Complete(Box<Completing>),
    Search(Box<Wanted>),
    Pick(u64, Query),
}

/// The way to the searcher.
#[derive(Clone)]
pub struct Searcher {
    words: Sender<Word>,
    /// The ticket of the newest search: nobody waits for those before it.
    newest: Arc<AtomicU64>,
}

impl Searcher {
    /// Starts the thread.
    ///
    /// # Errors
    /// What the system says where it gives no thread.
    pub fn start(out: Sender<Event>) -> io::Result<Searcher> {
        let (words, queue) = mpsc::channel();
        let newest = Arc::<AtomicU64>::default();
        let search = Search {
            engine: Engine::default(),
            journal: Arc::default(),
            known: None,
            newest: Arc::clone(&newest),
            out,
        };
        let thread = std::thread::Builder::new().name("search".to_owned());
        thread.spawn(move || search.run(&queue))?;
        Ok(Searcher { words, newest })
    }

    /// This is the journal from now on.
    pub fn follow(&self, journal: &Arc<Journal>) {
        let _ = self.words.send(Word::Follow(Arc::clone(journal)));
    }

    /// These are there too, while the journal is read.
    pub fn add(&self, customers: Vec<Arc<Customer>>) {
        let _ = self.words.send(Word::Add(customers));
    }

    /// Looks how one can go on with what is typed.
    pub fn complete(&self, completing: Box<Completing>) {
        let _ = self.words.send(Word::Complete(completing));
    }

    /// Looks for this, soon; what was looked for before is given up.
    pub fn search(&self, wanted: Box<Wanted>) {
        self.newest.store(wanted.ticket, Ordering::Relaxed);
        let _ = self.words.send(Word::Search(wanted));
    }

    /// Picks all that this finds.
    pub fn pick(&self, ticket: u64, query: Query) {
        let _ = self.words.send(Word::Pick(ticket, query));
    }
}

/// The searcher's own state.
struct Search {
    engine: Engine,
    journal: Arc<Journal>,
    /// What the journal has to offer, since somebody asked.
    known: Option<Known>,
    newest: Arc<AtomicU64>,
    out: Sender<Event>,
}

/// What of all that was asked for is to be done.
#[derive(Default)]
struct Due {
    follow: Option<Arc<Journal>>,
    add: Vec<Arc<Customer>>,
    complete: Option<Box<Completing>>,
    search: Option<Box<Wanted>>,
    pick: Option<(u64, Query)>,
}

impl Due {
    fn take(&mut self, word: Word) {
        match word {
            Word::Follow(journal) => {
                self.add.clear();
                self.follow = Some(journal);
            }
            Word::Add(customers) => self.add.extend(customers),
            Word::Complete(completing) => self.complete = Some(completing),
            Word::Search(wanted) => self.search = Some(wanted),
            Word::Pick(ticket, query) => self.pick = Some((ticket, query)),
        }
    }
}

impl Search {
    fn run(mut self, queue: &Receiver<Word>) {
        while let Ok(word) = queue.recv() {
            let mut due = Due::default();
            due.take(word);
            // Of queued searches only the newest runs, and it knows what came in behind it.
            while let Ok(word) = queue.try_recv() {
                due.take(word);
            }
            self.work_off(due);
        }
    }

    fn work_off(&mut self, due: Due) {
        if let Some(journal) = due.follow {
            self.engine.follow(&journal.customers);
            (self.journal, self.known) = (journal, None);
        }
        if !due.add.is_empty() {
            self.engine.add(&due.add);
        }
        if let Some(completing) = due.complete {
            let journal = &self.journal;
            let known = self
                .known
                .get_or_insert_with(|| Known::of(&journal.customers, &journal.settings));
            let ways = completing.answer(&self.engine, known);
            let ticket = completing.ticket;
            self.tell(Msg::Completed { ticket, ways });
        }
        if let Some(wanted) = due.search {
            let ticket = wanted.ticket;
            let is_stale = || self.newest.load(Ordering::Relaxed) != ticket;
            if let Some(found) = wanted.answer(&mut self.engine, &is_stale) {
                self.tell(Msg::Found { ticket, found });
            }
        }
        if let Some((ticket, query)) = due.pick
            && let Some(picked) = self.engine.pick(&query, &|| false)
        {
            self.tell(Msg::Picked { ticket, picked });
        }
    }

    fn tell(&self, msg: Msg) {
        // Where the loop is gone there is nobody left to tell.
        let _ = self.out.send(Event::Msg(msg));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entry::Fields;
    use crate::model::search::query::Reading;
    use crate::model::settings::Settings;
    use crate::model::value::Value;
    use jiff::civil::{Weekday, date};
    use std::time::Duration;

    const LIMIT: Duration = Duration::from_secs(20);

    fn customer(key: &str) -> Arc<Customer> {
        Arc::new(Customer {
            key: key.into(),
            head: Fields::from([("name", Value::text(key))]),
            ..Customer::default()
        })
    }

    fn journal(keys: &[&str]) -> Arc<Journal> {
        let customers = keys.iter().map(|key| customer(key)).collect();
        Arc::new(Journal::new(customers, Settings::default()))
    }

    fn searching(newest: Arc<AtomicU64>, out: Sender<Event>) -> Search {
        Search {
            engine: Engine::default(),
            journal: Arc::default(),
            known: None,
            newest,
            out,
        }
    }

    fn query(typed: &str) -> Query {
        let reading = Reading {
            today: date(2026, 11, 21),
            week_starts: Weekday::Monday,
            romaji: true,
        };
        Query::parse(typed, &reading)
    }

    fn wanted(ticket: u64, typed: &str) -> Box<Wanted> {
        Box::new(Wanted {
            ticket,
            query: query(typed),
            limit: 10,
            only: None,
        })
    }

    fn found(events: &Receiver<Event>) -> (u64, usize) {
        match events.recv_timeout(LIMIT).unwrap() {
            Event::Msg(Msg::Found { ticket, found }) => (ticket, found.total),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_search_knows_what_was_told_before_it() {
        let (out, events) = mpsc::channel();
        let searcher = Searcher::start(out).unwrap();
        searcher.search(wanted(1, "acme"));
        assert_eq!(found(&events), (1, 0));
        searcher.add(vec![customer("acme")]);
        searcher.search(wanted(2, "acme"));
        assert_eq!(found(&events), (2, 1));
        searcher.add(vec![customer("acme-two")]);
        searcher.search(wanted(3, "acme"));
        assert_eq!(found(&events), (3, 2));
        searcher.follow(&journal(&["borealis"]));
        searcher.search(wanted(4, "acme"));
        assert_eq!(found(&events), (4, 0));
        searcher.pick(9, query("borealis"));
        let Ok(Event::Msg(Msg::Picked { ticket: 9, picked })) = events.recv_timeout(LIMIT) else {
            panic!("nothing picked");
        };
        assert_eq!(picked.customers.len(), 1);
    }

    #[test]
    fn of_queued_searches_only_the_newest_is_answered() {
        let (out, events) = mpsc::channel();
        let (words, queue) = mpsc::channel();
        let newest = Arc::<AtomicU64>::default();
        let searcher = Searcher {
            words,
            newest: Arc::clone(&newest),
        };
        searcher.follow(&journal(&["acme"]));
        for ticket in 1..=5 {
            searcher.search(wanted(ticket, "acme"));
        }
        drop(searcher);
        searching(newest, out).run(&queue);
        assert_eq!(found(&events), (5, 1));
        assert!(events.recv().is_err(), "the others are dropped");
    }

    #[test]
    fn a_search_that_is_not_the_newest_any_more_is_given_up() {
        let (out, events) = mpsc::channel();
        let newest = Arc::new(AtomicU64::new(8));
        let mut search = searching(newest, out);
        search.work_off(Due {
            follow: Some(journal(&["acme"])),
            search: Some(wanted(7, "acme")),
            ..Due::default()
        });
        drop(search);
        assert!(events.recv().is_err());
    }
}
