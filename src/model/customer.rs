//! A customer: one file of the journal.

use jiff::civil::Date;

use super::entry::{Entry, Fields};
use super::kind::Kind;

/// A customer, as read from one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Customer {
    /// The path of the file without `.toml`, with `/`: `acme`, `archive/cobalt`.
    pub key: Box<str>,
    /// What stands above the first entry, and tables that are no entries (`[volume]` …).
    pub head: Fields,
    /// The entries, in file order.
    pub entries: Vec<Entry>,
    /// Whether the file does not parse, so that this is only what could be read of it. Such a
    /// file is never written to.
    pub broken: bool,
}

impl Customer {
    /// Whether nothing is said in its file, although it can be read.
    pub fn is_blank(&self) -> bool {
        self.head.is_empty() && self.entries.is_empty() && !self.broken
    }

    /// The name, else the last part of the key.
    pub fn name(&self) -> &str {
        self.head.text("name").unwrap_or_else(|| self.stem())
    }

    /// The key without its folders.
    pub fn stem(&self) -> &str {
        self.key.rsplit('/').next().unwrap_or(&self.key)
    }

    /// The folder it lies in, the group; empty at the top.
    pub fn group(&self) -> &str {
        self.key.rsplit_once('/').map_or("", |(group, _)| group)
    }

    /// The path of the file below the journal.
    pub fn path(&self) -> String {
        format!("{}.toml", self.key)
    }

    /// Where it stands; a missing status is `active`.
    pub fn status(&self) -> &str {
        self.head.text("status").unwrap_or("active")
    }

    /// Whether the file is about our own service instead of a customer.
    pub fn is_ourselves(&self) -> bool {
        self.head.is_yes("ourselves")
    }

    /// The entry `kind.key`.
    pub fn entry(&self, kind: &str, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.is(kind, key))
    }

    /// The entries of one kind, in file order.
    pub fn of(&self, kind: Kind) -> impl DoubleEndedIterator<Item = &Entry> + Clone {
        self.entries
            .iter()
            .filter(move |entry| entry.kind() == Some(kind))
    }

    /// The places of the dated entries, newest first; those of the same day in the order they
    /// were written, the last written first; undated ones at the end.
    pub fn newest_first(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.entries.len())
            .filter(|at| {
                self.entries
                    .get(*at)
                    .is_some_and(|e| e.kind().is_none_or(Kind::is_dated))
            })
            .collect();
        places.sort_by_cached_key(|at| {
            let day = self.entries.get(*at).and_then(Entry::day);
            std::cmp::Reverse((day, *at))
        });
        places
    }

    /// The dated entries, newest first, as [`Customer::newest_first`] has them.
    pub fn newest(&self) -> impl Iterator<Item = &Entry> {
        self.newest_first()
            .into_iter()
            .filter_map(|at| self.entries.get(at))
    }

    /// The day of the last touch up to `today`: an interaction, a check-in or a negotiation.
    pub fn last_touch(&self, today: Date) -> Option<Date> {
        self.entries
            .iter()
            .filter(|entry| entry.is_touch())
            .filter_map(Entry::day)
            .filter(|day| *day <= today)
            .max()
    }

    /// The contact that a word of `with` or `from` means: by key, name, or part of the name or
    /// reading. `None` where no contact fits; any word is welcome there.
    pub fn person(&self, word: &str) -> Option<&Entry> {
        person_among(self.of(Kind::Contact), word)
    }
}

/// The one of these contacts that a word of `with` or `from` means; see [`Customer::person`].
pub fn person_among<'c>(
    contacts: impl Iterator<Item = &'c Entry> + Clone,
    word: &str,
) -> Option<&'c Entry> {
    let exact =
        |contact: &&Entry| &*contact.key == word || contact.fields.text("name") == Some(word);
    let part = |contact: &&Entry| {
        ["name", "reading"]
            .iter()
            .filter_map(|name| contact.fields.text(name))
            .any(|text| !word.is_empty() && text.contains(word))
    };
    contacts
        .clone()
        .find(exact)
        .or_else(|| contacts.clone().find(part))
}
