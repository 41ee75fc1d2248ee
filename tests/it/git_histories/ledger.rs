//! What was ever written, and whether it is still there.

use std::collections::BTreeMap;

/// Entries by file, kind and key, comments by their text.
#[derive(Default)]
pub(super) struct Ledger {
    last: u64,
    entries: BTreeMap<(String, String, String), Written>,
    comments: BTreeMap<String, Remark>,
}

struct Written {
    field: String,
    text: String,
    removed: bool,
}

#[derive(Default)]
struct Remark {
    // Of an entry: it goes where the entry goes.
    of: Option<(String, String, String)>,
}

impl Ledger {
    /// A number that nobody has yet.
    pub(super) fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// An entry was written, with a text of its own in this field.
    pub(super) fn wrote(&mut self, file: &str, kind: &str, key: &str, field: &str, text: &str) {
        let written = Written {
            field: field.to_owned(),
            text: text.to_owned(),
            removed: false,
        };
        let place = (file.to_owned(), kind.to_owned(), key.to_owned());
        self.entries.insert(place, written);
    }

    /// A machine took it out; where another one changed it at the same time it stays.
    pub(super) fn removed(&mut self, file: &str, kind: &str, key: &str) {
        let place = (file.to_owned(), kind.to_owned(), key.to_owned());
        if let Some(written) = self.entries.get_mut(&place) {
            written.removed = true;
        }
    }

    /// A comment was written; to an entry, or alone.
    pub(super) fn remarked(&mut self, text: &str, of: Option<(&str, &str, &str)>) {
        let of = of.map(|(file, kind, key)| (file.to_owned(), kind.to_owned(), key.to_owned()));
        self.comments.insert(text.to_owned(), Remark { of });
    }

    pub(super) fn entries(&self) -> u64 {
        self.entries.len() as u64
    }

    pub(super) fn comments(&self) -> u64 {
        self.comments.len() as u64
    }

    /// On the way: valid files, and nothing stands twice.
    #[track_caller]
    pub(super) fn nothing_is_doubled(&self, files: &[(String, String)]) {
        for (file, text) in files {
            let parsed = text.parse::<toml::Table>();
            assert!(parsed.is_ok(), "{file}: {parsed:?}\n{text}");
        }
        let texts = self.entries.values().map(|written| &written.text);
        for text in texts.chain(self.comments.keys()) {
            let count = count(files, text);
            assert!(count <= 1, "{text} stands {count} times");
        }
    }

    /// In the end: every entry with its text in its field, every comment once.
    #[track_caller]
    pub(super) fn everything_is_there(&self, files: &[(String, String)]) {
        self.nothing_is_doubled(files);
        for (place, written) in &self.entries {
            let (file, kind, key) = place;
            let text = files.iter().find(|(name, _)| name == file);
            let table: toml::Table = text.map_or("", |(_, text)| text).parse().unwrap();
            let entry = table.get(kind).and_then(|kind| kind.get(key));
            if written.removed && entry.is_none() {
                continue;
            }
            let said = entry.and_then(|entry| entry.get(&written.field));
            let said = said.and_then(toml::Value::as_str);
            assert_eq!(said, Some(&*written.text), "{file}: {kind}.{key}");
        }
        for (text, remark) in &self.comments {
            let may_be_gone = remark
                .of
                .as_ref()
                .and_then(|place| self.entries.get(place))
                .is_some_and(|written| written.removed);
            assert!(may_be_gone || count(files, text) == 1, "{text} is lost");
        }
    }
}

fn count(files: &[(String, String)], text: &str) -> usize {
    files
        .iter()
        .map(|(_, file)| file.matches(text).count())
        .sum()
}
