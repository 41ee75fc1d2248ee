//! Asking the search engine, as the tests of search do: what is typed, and the places that come.

use std::path::Path;
use std::sync::Arc;

use goodwill::model::customer::Customer;
use goodwill::model::journal::Journal;
use goodwill::model::search::engine::Engine;
use goodwill::model::search::query::{Query, Reading};
use goodwill::store::load::load;
use goodwill::store::read::read_customer;
use jiff::civil::{Date, Weekday, date};

/// The day of the sample journal, and of all that is asked here.
pub const TODAY: Date = date(2026, 11, 21);

/// The sample journal.
pub fn sample() -> Journal {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("journal");
    let (journal, problems) = load(&root, &mut |_, _| ());
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(journal.settings.today(), Some(TODAY));
    journal
}

/// A customer from the text of its file.
pub fn customer(key: &str, text: &str) -> Arc<Customer> {
    let read = read_customer(key, text);
    assert!(read.problems.is_empty(), "{key}: {:?}", read.problems);
    Arc::new(read.customer)
}

/// What was typed, as a query; Latin letters may be Japanese.
pub fn query(typed: &str) -> Query {
    let reading = Reading {
        today: TODAY,
        week_starts: Weekday::Monday,
        romaji: true,
    };
    Query::parse(typed, &reading)
}

/// An engine and what it is asked.
pub struct Ask(pub Engine);

impl Ask {
    /// Over these customers.
    pub fn over(customers: &[Arc<Customer>]) -> Ask {
        let mut engine = Engine::default();
        engine.follow(customers);
        Ask(engine)
    }

    /// The best places, and how much was found in all.
    pub fn best(&mut self, typed: &str, limit: usize) -> (Vec<String>, usize) {
        let found = self.0.search(&query(typed), limit, &|| false);
        let found = found.unwrap();
        let places = found.hits.iter().map(|hit| hit.place()).collect();
        (places, found.total)
    }

    /// All places, best first.
    pub fn all(&mut self, typed: &str) -> Vec<String> {
        let (places, total) = self.best(typed, usize::MAX);
        assert_eq!(places.len(), total, "{typed:?}");
        places
    }
}
