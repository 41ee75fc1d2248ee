//! An entry as one row of a list: gutter, mark, word, text, and what stands at the right.

use jiff::civil::Date;

use crate::model::attention::short_age;
use crate::model::brief::deal_value;
use crate::model::entry::Entry;
use crate::model::kind::Kind;
use crate::ui::widgets::glyphs::Glyphs;

/// How a row is to be coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As any text.
    Plain,
    /// Open or due.
    Open,
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
    /// The kind, or for a tab of one kind the state.
    pub word: String,
    /// What it says.
    pub text: String,
    /// What stands at the right edge: the state, who, how much.
    pub detail: String,
    /// How it is to be coloured.
    pub tone: Tone,
}

/// The row of an entry. `home`: the currency of amounts that name none.
pub fn cells(entry: &Entry, today: Date, home: &str, glyphs: Glyphs) -> Cells {
    let state = entry.state(today);
    let tone = tone(entry, &state, today);
    Cells {
        mark: match tone {
            Tone::Open => glyphs.open(),
            Tone::Good => glyphs.done(),
            Tone::Plain | Tone::Past => " ",
        },
        word: word(entry),
        text: text(entry),
        detail: detail(entry, state, home, today),
        tone,
    }
}

fn word(entry: &Entry) -> String {
    let own = match entry.kind() {
        Some(Kind::Interaction) => entry.fields.text("channel"),
        Some(Kind::Fact) => entry.fields.text("about"),
        Some(Kind::Contact) => entry.fields.text("role"),
        _ => None,
    };
    own.unwrap_or(entry.kind.word()).to_owned()
}

fn text(entry: &Entry) -> String {
    if entry.kind() != Some(Kind::Negotiation) {
        return entry.line_text();
    }
    let side = |name: &str| {
        let lines: Vec<&str> = entry.fields.texts(name).collect();
        (!lines.is_empty()).then(|| format!("{name} {}", lines.join(", ")))
    };
    let traded: Vec<String> = ["give", "get"].into_iter().filter_map(side).collect();
    match (entry.fields.text("asked"), traded.is_empty()) {
        (Some(asked), true) => asked.to_owned(),
        (Some(asked), false) => format!("{asked} / {}", traded.join(" / ")),
        (None, false) => traded.join(" / "),
        (None, true) => entry.line_text(),
    }
}

fn tone(entry: &Entry, state: &str, _today: Date) -> Tone {
    if entry.is_open() {
        return Tone::Open;
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

fn detail(entry: &Entry, state: String, home: &str, today: Date) -> String {
    let mut parts: Vec<String> = Vec::new();
    let texts = |name: &str| entry.fields.texts(name).collect::<Vec<_>>().join(", ");
    match entry.kind() {
        Some(Kind::Interaction | Kind::CheckIn) => parts.push(texts("with")),
        Some(Kind::Concern) => {
            parts.push(texts("from"));
            parts.push(entry.word("about").to_owned());
        }
        Some(Kind::Promise) => parts.push(format!("by {}", entry.word("by"))),
        Some(Kind::Deal) => {
            parts.extend(deal_value(entry, home).map(|money| money.to_string()));
            parts.extend(
                entry
                    .fields
                    .text("heard")
                    .map(|heard| format!("heard {heard}")),
            );
        }
        Some(Kind::Contact) => parts.extend(entry.fields.text("worries").map(str::to_owned)),
        Some(Kind::Fact) => parts.extend(entry.day().map(|day| short_age(day, today))),
        _ => {}
    }
    parts.push(state);
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}
