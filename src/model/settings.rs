//! What a journal says about itself in `.goodwill.toml`. Everything is optional.

use jiff::civil::{Date, Weekday};

use super::entry::Fields;
use super::kind::{Field, Kind};
use super::value::ValueRef;

/// The settings of one journal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Every key as written, also those that this version does not know.
    pub fields: Fields,
}

impl Settings {
    /// The day at which the clock stands still; samples and tests only.
    pub fn today(&self) -> Option<Date> {
        self.fields.day("today")
    }

    /// The currency of amounts whose customer names none.
    pub fn currency(&self) -> Option<&str> {
        self.fields.text("currency")
    }

    /// The first day of a week.
    pub fn week_starts(&self) -> Weekday {
        match self.fields.text("week-starts") {
            Some("sunday") => Weekday::Sunday,
            _ => Weekday::Monday,
        }
    }

    /// How often to be in touch with customers of this status, such as `4w`; `None`: not at all.
    pub fn cadence(&self, status: &str) -> Option<&str> {
        let own = self.table("cadence", status).and_then(ValueRef::as_text);
        own.or(match status {
            "prospect" => Some("4w"),
            "active" => Some("8w"),
            _ => None,
        })
    }

    /// The days that a rule of Today counts by, where the journal says so: a whole number.
    pub fn days(&self, rule: &str) -> Option<i32> {
        match self.table("days", rule)? {
            ValueRef::Number(digits) => digits.parse().ok().filter(|days| *days >= 0),
            _ => None,
        }
    }

    /// The words offered for a field: the built-in ones, then the journal's own.
    ///
    /// `owner` is a kind's word, or `customer` for the head. The journal may also name the words
    /// of a list's lines by their part: `negotiation.lever` adds to `give` and `get`.
    pub fn words<'a>(&'a self, owner: &'a str, field: &'a Field) -> Vec<&'a str> {
        let mut words: Vec<&str> = field.shape.words().to_vec();
        let part = match (Kind::of(owner), field.name) {
            (Some(Kind::Negotiation), "give" | "get") => Some("lever"),
            (Some(Kind::WinLose), "us" | "them" | "others") => Some("outcome"),
            _ => None,
        };
        for name in [Some(field.name), part].into_iter().flatten() {
            if let Some(more) = self.table("words", &format!("{owner}.{name}")) {
                words.extend(more.as_texts());
            }
        }
        words
    }

    /// The saved searches, by name, in the order of the file: what is typed to look for them.
    pub fn searches(&self) -> impl Iterator<Item = (&str, &str)> {
        let table = match self.fields.get("searches") {
            Some(ValueRef::Table(searches)) => Some(searches.iter()),
            _ => None,
        };
        let all = table.into_iter().flatten();
        all.filter_map(|(name, query)| Some((name, query.as_text()?)))
    }

    fn table(&self, table: &str, key: &str) -> Option<ValueRef<'_>> {
        match self.fields.get(table)? {
            ValueRef::Table(fields) => fields.get(key),
            _ => None,
        }
    }
}
