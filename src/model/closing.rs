//! What it takes to close what is open: a promise kept, a concern answered, a negotiation or a
//! deal decided.

use jiff::civil::Date;

use super::entry::Entry;
use super::kind::Kind;
use super::value::Value;
use super::when::When;

/// How an open entry is closed on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    /// The fields that can be filled in without asking.
    pub sets: Vec<(&'static str, Value)>,
    /// The field that only the person knows; `None`: nothing is left to ask.
    pub asks: Option<&'static str>,
}

/// How to close this entry on a day; `None`: nothing is open about it.
pub fn closing(entry: &Entry, today: Date) -> Option<Closing> {
    let kind = entry.kind().filter(|_| entry.is_open())?;
    let day = Value::When(When::day(today));
    let (sets, asks) = match kind {
        Kind::Promise => (vec![("done", day)], None),
        Kind::Concern => (
            vec![("status", Value::text("answered")), ("answered", day)],
            Some("answer"),
        ),
        Kind::Negotiation => (Vec::new(), Some("result")),
        Kind::Deal => (vec![("closed", day)], Some("status")),
        _ => return None,
    };
    Some(Closing { sets, asks })
}
