//! Journals of a few lines, for the rules that look over all of it.

use std::sync::Arc;

use goodwill::model::journal::Journal;
use goodwill::model::settings::Settings;
use goodwill::store::read::{read_customer, read_settings};
use jiff::civil::{Date, date};

/// The day on which the rules are asked.
pub const TODAY: Date = date(2026, 11, 21);

/// A journal of these files, each with its key; `.goodwill` is the journal's own.
pub fn journal(files: &[(&str, &str)]) -> Journal {
    let customers = files.iter().filter(|(key, _)| *key != ".goodwill");
    let read = |(key, text): &(&str, &str)| Arc::new(read_customer(key, text).customer);
    let own = files.iter().find(|(key, _)| *key == ".goodwill");
    let settings = own.map_or(Settings::default(), |(_, text)| read_settings(text).0);
    Journal::new(customers.map(read).collect(), settings)
}
