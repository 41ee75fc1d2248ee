//! An entry as one row of a list: mark, word, text, and what stands at the right.

use jiff::civil::Date;

use crate::model::age::short_age;
use crate::model::brief::{deal_value, outcomes};
use crate::model::entry::Entry;
use crate::model::kind::Kind;
use crate::ui::widgets::glyphs::Glyphs;

/// How a row is to be coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As any text.
    Plain,
    /// Open.
    Open,
    /// A promise whose day has come.
    Due,
    /// Won, kept, settled.
    Good,
    /// Over, and of no matter now.
    Past,
}

/// The cells of a row.
#[derive(Clone, Debug)]
pub struct Cells {
    /// A mark of one cell that says the same as `state`.
    pub mark: &'static str,
    /// The kind, or under a tab of one kind what tells the rows apart.
    pub word: String,
    /// What it says.
    pub text: String,
    /// Who was there, how it came; may be cut.
    pub detail: String,
    /// Where it stands, how much, how old; told whole.
    pub state: String,
    /// How it is to be coloured.
    pub tone: Tone,
}

/// The row of an entry, under the tab of one kind or in the timeline. `home`: the currency of
/// amounts that name none.
pub fn cells(entry: &Entry, tab: Option<Kind>, today: Date, home: &str, glyphs: Glyphs) -> Cells {
    let state = entry.state(today);
    let tone = tone(entry, &state, today);
    Cells {
        mark: match tone {
            Tone::Due => "!",
            Tone::Open => glyphs.open(),
            Tone::Good => glyphs.done(),
            Tone::Plain | Tone::Past => " ",
        },
        word: word(entry, tab),
        text: text(entry, tab),
        detail: detail(entry, tab),
        state: right(entry, state, home, today),
        tone,
    }
}

fn word(entry: &Entry, tab: Option<Kind>) -> String {
    let field = |name: &str| entry.fields.text(name).map(str::to_owned);
    match (entry.kind(), tab) {
        (Some(Kind::Interaction), _) => field("channel"),
        (Some(Kind::Fact), _) | (Some(Kind::Concern), Some(_)) => field("about"),
        (Some(Kind::Contact), _) => Some(entry.line_text()),
        _ => None,
    }
    .unwrap_or_else(|| match tab {
        None => entry.kind.word().to_owned(),
        Some(_) => String::new(),
    })
}

fn text(entry: &Entry, tab: Option<Kind>) -> String {
    match (entry.kind(), tab) {
        (Some(Kind::Negotiation), _) => traded(entry),
        (Some(Kind::Contact), _) => entry.fields.text("role").unwrap_or_default().to_owned(),
        // Who paid for it must not fall off the right edge.
        (Some(Kind::WinLose), _) => {
            let why = entry.fields.text("reason").map(str::to_owned);
            let why = why.unwrap_or_else(|| entry.line_text());
            format!("{} / {why}", outcomes(entry))
        }
        _ => entry.line_text(),
    }
}

/// What was asked, and what was given and got for it.
fn traded(entry: &Entry) -> String {
    let side = |name: &str| {
        let lines: Vec<&str> = entry.fields.texts(name).collect();
        (!lines.is_empty()).then(|| format!("{name} {}", lines.join(", ")))
    };
    let asked = entry.fields.text("asked").map(str::to_owned);
    let parts: Vec<String> = [asked, side("give"), side("get")]
        .into_iter()
        .flatten()
        .collect();
    if parts.is_empty() {
        return entry.line_text();
    }
    parts.join(" / ")
}

fn tone(entry: &Entry, state: &str, today: Date) -> Tone {
    if entry.is_open() {
        let due = entry.fields.day("due").is_some_and(|due| due <= today);
        return match entry.kind() {
            Some(Kind::Promise) if due => Tone::Due,
            _ => Tone::Open,
        };
    }
    match (entry.kind(), state) {
        (Some(Kind::Deal), "won") | (Some(Kind::Concern), "answered" | "accepted") => Tone::Good,
        (Some(Kind::Negotiation), "deal") => Tone::Good,
        (Some(Kind::Promise), "dropped") | (Some(Kind::Deal), "lost" | "withdrawn") => Tone::Past,
        (Some(Kind::Promise), _) => Tone::Good,
        _ if entry.fields.get("left").is_some() => Tone::Past,
        _ => Tone::Plain,
    }
}

fn detail(entry: &Entry, tab: Option<Kind>) -> String {
    let texts = |name: &str| entry.fields.texts(name).collect::<Vec<_>>().join(", ");
    let field = |name: &str| entry.fields.text(name).unwrap_or_default().to_owned();
    match (entry.kind(), tab) {
        (Some(Kind::Interaction | Kind::CheckIn), _) => texts("with"),
        (Some(Kind::Concern), Some(_)) => texts("from"),
        (Some(Kind::Concern), None) => {
            let mut parts = vec![field("about"), texts("from")];
            parts.retain(|part| !part.is_empty());
            parts.join(", ")
        }
        (Some(Kind::Promise), _) => format!("by {}", entry.word("by")),
        (Some(Kind::Deal), _) => field("heard"),
        (Some(Kind::Contact), _) => field("worries"),
        (Some(Kind::Fact), Some(_)) => field("source"),
        _ => String::new(),
    }
}

/// What stands at the right edge.
fn right(entry: &Entry, state: String, home: &str, today: Date) -> String {
    match entry.kind() {
        Some(Kind::Deal) => {
            let money = deal_value(entry, home).map(|money| money.to_string());
            format!("{}  {state:<9}", money.unwrap_or_default())
        }
        Some(Kind::Fact) => entry
            .day()
            .map(|day| short_age(day, today))
            .unwrap_or_default(),
        Some(Kind::Contact) => match entry.fields.get("left") {
            Some(left) => format!("left {}", left.to_line()),
            None if entry.fields.is_yes("decides") => "decides".to_owned(),
            None => String::new(),
        },
        _ => state,
    }
}
