//! The ten kinds of entry, their fields and the words that are offered for them.
//!
//! This table is the one place that knows them: the order in which fields are written, the pages
//! of a form, what `-m` fills, what `check` hints at and what completion offers are all read from
//! here. Words are offers, never limits: any other word is kept and shown. The source of the
//! words is `docs/format.md`.

use std::fmt;

use super::value::Value;

/// What an entry is about; the first part of its header `[kind.key]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A person at the customer's.
    Contact,
    /// A piece of business, won, lost or open.
    Deal,
    /// A call, a mail, a meeting.
    Interaction,
    /// What one side said it would do.
    Promise,
    /// What worries them, in their words.
    Concern,
    /// A request, and what was given and got for it.
    Negotiation,
    /// Who won and who paid for it.
    WinLose,
    /// How satisfied they are, and what they put up with.
    CheckIn,
    /// Something known about them.
    Fact,
    /// What changed in our own service.
    Change,
}

/// What a field holds, and so how it is typed, completed and checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line of text.
    Line,
    /// Text of many lines.
    Prose,
    /// One word out of these, or any other.
    Word(&'static [&'static str]),
    /// A list of lines `word: text`, with these words or any other.
    Lines(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// One person: a contact's key, name, part of the name or reading, or any word.
    Person,
    /// A list of people, each as in [`Shape::Person`].
    People,
    /// The key of a deal of the same customer.
    DealKey,
    /// A list of references `kind.key` or `customer:kind.key`.
    References,
    /// A day.
    Day,
    /// A day, with a time where it is known.
    Moment,
    /// An amount in the currency's major unit.
    Money,
    /// `true` or `false`.
    Yes,
    /// A whole number from 1 to 5.
    Scale,
}

impl Shape {
    /// The words offered for it; empty for a free field.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Shape::Word(words) | Shape::Lines(words) => words,
            _ => &[],
        }
    }

    /// Whether the field holds a list.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Shape::Lines(_) | Shape::Texts | Shape::People | Shape::References
        )
    }
}

/// A field of a kind, or of a customer's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the file, on screen and in commands.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// What to type, shown in the empty field of a form.
    pub ask: &'static str,
}

const fn field(name: &'static str, shape: Shape, ask: &'static str) -> Field {
    Field { name, shape, ask }
}

/// The levers of a negotiation.
pub const LEVERS: &[&str] = &[
    "price",
    "payment",
    "term",
    "delivery",
    "scope",
    "timing",
    "labour",
    "skills",
    "testimonial",
    "publicity",
    "referral",
];
/// The six facets of knowing a customer.
pub const FACETS: &[&str] = &[
    "business",
    "competitors",
    "environment",
    "people",
    "worries",
    "strategy",
];
/// How a deal was heard of, earliest first.
pub const HEARD: &[&str] = &[
    "consulted",
    "co-wrote",
    "hint",
    "rfp",
    "after-decision",
    "unknown",
];
/// Where a customer stands. No status is called dead.
pub const CUSTOMER_STATUS: &[&str] = &["prospect", "active", "not-now", "away"];
/// Where a deal stands.
pub const DEAL_STATUS: &[&str] = &["open", "won", "lost", "not-now", "withdrawn"];
/// Where a concern stands.
pub const CONCERN_STATUS: &[&str] = &["open", "answered", "accepted", "gone"];
/// How a negotiation ended.
pub const RESULTS: &[&str] = &["open", "deal", "no-deal", "not-now"];
/// What a party of a deal comes away with.
pub const OUTCOMES: &[&str] = &["win", "lose", "even"];
/// Either side.
pub const SIDES: &[&str] = &["us", "them"];
const CHANNELS: &[&str] = &[
    "call", "meeting", "mail", "chat", "visit", "event", "letter",
];
const ABOUT: &[&str] = LEVERS;
const STAGES: &[&str] = &["expected", "actual"];
const PLACES: &[&str] = &["yes", "no", "unsure"];

const DATE: Field = field("date", Shape::Moment, "when, today if left empty");

/// The fields that every kind may carry, written behind its own.
pub const COMMON: &[Field] = &[
    field("deal", Shape::DealKey, "the deal it belongs to"),
    field(
        "tags",
        Shape::Texts,
        "words to find it by, separated by commas",
    ),
    field("private", Shape::Yes, "true leaves it out of every export"),
    field("notes", Shape::Prose, "anything more, as long as you like"),
];

/// The keys of a customer's head, in the order they are written.
pub const HEAD: &[Field] = &[
    field("name", Shape::Line, "the customer's name"),
    field("reading", Shape::Line, "how the name is read"),
    field("aliases", Shape::Texts, "other names, separated by commas"),
    field(
        "status",
        Shape::Word(CUSTOMER_STATUS),
        "where you stand with them",
    ),
    field("since", Shape::Day, "customer since when"),
    field("again", Shape::Day, "when to get in touch again"),
    field("why", Shape::Line, "why they are not-now or away"),
    field("supplier", Shape::Line, "who serves them now"),
    field("review", Shape::Day, "when they next choose suppliers"),
    field(
        "cadence",
        Shape::Line,
        "how often to be in touch, such as 4w",
    ),
    field("currency", Shape::Line, "JPY, EUR, USD …"),
    field(
        "tags",
        Shape::Texts,
        "words to find them by, separated by commas",
    ),
    field(
        "private",
        Shape::Yes,
        "true leaves them out of every export",
    ),
    field("notes", Shape::Prose, "anything more, as long as you like"),
];

/// The head fields asked for on the first page of the form, the needed one first.
pub const HEAD_FIRST_PAGE: &[&str] = &["name", "reading", "status", "since", "tags"];

const CONTACT: &[Field] = &[
    field("name", Shape::Line, "their name"),
    field("reading", Shape::Line, "how the name is read"),
    field("role", Shape::Line, "what they do there"),
    field("decides", Shape::Yes, "true if they have the last word"),
    field("worries", Shape::Line, "what keeps them awake"),
    field("email", Shape::Line, "mail address"),
    field("phone", Shape::Line, "phone number"),
    field("left", Shape::Day, "when they left"),
];
const DEAL: &[Field] = &[
    field("title", Shape::Line, "what it is called"),
    field("heard", Shape::Word(HEARD), "how you heard of it"),
    field("opened", Shape::Day, "since when"),
    field("status", Shape::Word(DEAL_STATUS), "where it stands"),
    field("value", Shape::Money, "what it is worth"),
    field("currency", Shape::Line, "if not the customer's"),
    field("closed", Shape::Day, "when it was won, lost or put off"),
    field("until", Shape::Day, "end of the contract"),
    field("competitor", Shape::Line, "who else is in it"),
    field(
        "criteria",
        Shape::Texts,
        "how they will decide, separated by commas",
    ),
    field("stated-reason", Shape::Line, "the reason they gave"),
    field("real-reason", Shape::Line, "the reason you came to know"),
    field("again", Shape::Day, "when to ask again"),
];
const INTERACTION: &[Field] = &[
    DATE,
    field("channel", Shape::Word(CHANNELS), "call, meeting, mail …"),
    field("by", Shape::Word(SIDES), "who reached out"),
    field("with", Shape::People, "who was there, separated by commas"),
    field("summary", Shape::Line, "what it was about"),
];
const PROMISE: &[Field] = &[
    DATE,
    field("by", Shape::Word(SIDES), "whose promise it is"),
    field("what", Shape::Line, "what was promised"),
    field("due", Shape::Day, "until when"),
    field("done", Shape::Day, "when it was kept"),
    field("dropped", Shape::Day, "when it fell away"),
];
const CONCERN: &[Field] = &[
    DATE,
    field("from", Shape::Person, "who said it"),
    field("about", Shape::Word(ABOUT), "payment, price, scope …"),
    field("said", Shape::Line, "the worry, in their words"),
    field("status", Shape::Word(CONCERN_STATUS), "where it stands"),
    field("answer", Shape::Line, "what settled it"),
    field("answered", Shape::Day, "when it was settled"),
];
const NEGOTIATION: &[Field] = &[
    DATE,
    field("asked", Shape::Line, "their request, in their words"),
    field("give", Shape::Lines(LEVERS), "lever: what we give"),
    field("get", Shape::Lines(LEVERS), "lever: what we get for it"),
    field("result", Shape::Word(RESULTS), "how it ended"),
    field("again", Shape::Day, "when to ask again"),
    field("learned", Shape::Line, "what it taught you about them"),
    field("because", Shape::References, "the entries that led to it"),
];
const WIN_LOSE: &[Field] = &[
    DATE,
    field("stage", Shape::Word(STAGES), "expected or actual"),
    field("baseline", Shape::Line, "measured from what"),
    field("us", Shape::Lines(OUTCOMES), "win: what, or lose: what"),
    field("them", Shape::Lines(OUTCOMES), "win: what, in their words"),
    field("others", Shape::Lines(OUTCOMES), "lose: who pays for it"),
    field("reason", Shape::Line, "why it came out so"),
];
const CHECK_IN: &[Field] = &[
    DATE,
    field("with", Shape::People, "who you asked, separated by commas"),
    field("satisfaction", Shape::Scale, "1 to 5"),
    field("enduring", Shape::Line, "what they put up with"),
    field(
        "in-their-place",
        Shape::Word(PLACES),
        "would you want this in their place?",
    ),
    field("reason", Shape::Line, "what is behind it"),
];
const FACT: &[Field] = &[
    DATE,
    field("about", Shape::Word(FACETS), "business, people, worries …"),
    field("text", Shape::Line, "what you know now"),
    field("source", Shape::Line, "where from"),
];
const CHANGE: &[Field] = &[
    DATE,
    field("what", Shape::Line, "what changed in your service"),
    field("because", Shape::References, "the entries that led to it"),
];

/// The field of that name of an entry of this kind, or of a customer's head without one. A field
/// that is not known takes its shape from the value it holds.
pub fn field_of(kind: Option<&str>, name: &str, value: Option<&Value>) -> Field {
    let known = match kind {
        None => HEAD.iter().find(|field| field.name == name),
        Some(word) => match Kind::of(word) {
            Some(kind) => kind.field(name),
            None => COMMON.iter().find(|field| field.name == name),
        },
    };
    let shape = match value {
        Some(Value::List(_)) => Shape::Texts,
        Some(Value::When(_)) => Shape::Moment,
        Some(Value::Bool(_)) => Shape::Yes,
        Some(Value::Number(_)) => Shape::Money,
        Some(Value::Text(text)) if text.contains('\n') => Shape::Prose,
        Some(Value::Text(_) | Value::Table(_)) | None => Shape::Line,
    };
    known.copied().unwrap_or(field("value", shape, ""))
}

impl Kind {
    /// All ten, in the order of `docs/format.md`.
    pub const ALL: [Kind; 10] = [
        Kind::Contact,
        Kind::Deal,
        Kind::Interaction,
        Kind::Promise,
        Kind::Concern,
        Kind::Negotiation,
        Kind::WinLose,
        Kind::CheckIn,
        Kind::Fact,
        Kind::Change,
    ];

    /// Its word in the file, on screen and in commands.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Contact => "contact",
            Kind::Deal => "deal",
            Kind::Interaction => "interaction",
            Kind::Promise => "promise",
            Kind::Concern => "concern",
            Kind::Negotiation => "negotiation",
            Kind::WinLose => "win-lose",
            Kind::CheckIn => "check-in",
            Kind::Fact => "fact",
            Kind::Change => "change",
        }
    }

    /// The kind of that word; `None` for a kind this version does not know.
    pub fn of(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Its own fields, in the order they are written.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Kind::Contact => CONTACT,
            Kind::Deal => DEAL,
            Kind::Interaction => INTERACTION,
            Kind::Promise => PROMISE,
            Kind::Concern => CONCERN,
            Kind::Negotiation => NEGOTIATION,
            Kind::WinLose => WIN_LOSE,
            Kind::CheckIn => CHECK_IN,
            Kind::Fact => FACT,
            Kind::Change => CHANGE,
        }
    }

    /// Its own fields and the common ones, in the order they are written.
    pub fn all_fields(self) -> impl Iterator<Item = &'static Field> {
        let common = COMMON
            .iter()
            .filter(move |common| !(self == Kind::Deal && common.name == "deal"));
        self.fields().iter().chain(common)
    }

    /// The field of that name, its own or a common one.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.all_fields().find(|field| field.name == name)
    }

    /// The field that says what the entry is: what `-m` fills, the needed field of a form and
    /// the text of a list row.
    pub fn main_field(self) -> &'static str {
        match self {
            Kind::Contact => "name",
            Kind::Deal => "title",
            Kind::Interaction => "summary",
            Kind::Promise | Kind::Change => "what",
            Kind::Concern => "said",
            Kind::Negotiation => "asked",
            Kind::WinLose | Kind::CheckIn => "reason",
            Kind::Fact => "text",
        }
    }

    /// The fields on the first page of its form, five at most, in the order they are asked for.
    pub fn first_page(self) -> &'static [&'static str] {
        match self {
            Kind::Contact => &["name", "reading", "role", "worries", "email"],
            Kind::Deal => &["title", "value", "heard", "status", "opened"],
            Kind::Interaction => &["summary", "with", "channel"],
            Kind::Promise => &["what", "due", "by", "done", "deal"],
            Kind::Concern => &["said", "from", "about", "answer", "status"],
            Kind::Negotiation => &["asked", "give", "get", "result", "learned"],
            Kind::WinLose => &["us", "them", "others", "reason", "stage"],
            Kind::CheckIn => &[
                "satisfaction",
                "enduring",
                "in-their-place",
                "reason",
                "with",
            ],
            Kind::Fact => &["text", "about", "source"],
            Kind::Change => &["what", "because"],
        }
    }

    /// The field that says when it happened or began; people have none. Today, where a new one
    /// leaves it out.
    pub fn day_field(self) -> Option<&'static str> {
        match self {
            Kind::Contact => None,
            Kind::Deal => Some("opened"),
            _ => Some("date"),
        }
    }

    /// Whether it happened on a day. People and deals have a slug for a key instead.
    pub fn is_dated(self) -> bool {
        !matches!(self, Kind::Contact | Kind::Deal)
    }

    /// Whether it counts as being in touch: an interaction, a check-in or a negotiation.
    pub fn is_touch(self) -> bool {
        matches!(self, Kind::Interaction | Kind::CheckIn | Kind::Negotiation)
    }

    /// The field that is always written, with the word that stands for a missing one.
    pub fn always_written(self) -> Option<(&'static str, &'static str)> {
        match self {
            Kind::Deal | Kind::Concern => Some(("status", "open")),
            Kind::Negotiation => Some(("result", "open")),
            Kind::Promise => Some(("by", "us")),
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn every_kind_finds_itself_by_its_word() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of(kind.word()), Some(kind));
        }
        assert_eq!(Kind::of("meeting"), None);
    }

    #[test]
    fn a_first_page_has_five_fields_at_most_and_all_of_them_exist() {
        for kind in Kind::ALL {
            assert!(kind.first_page().len() <= 5, "{kind}");
            for name in kind.first_page() {
                assert!(kind.field(name).is_some(), "{kind}.{name}");
            }
            assert!(kind.field(kind.main_field()).is_some());
        }
    }
}
