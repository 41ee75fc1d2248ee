//! The pages of the playbook, and what stands in their tables.

mod queues;
mod worked;

use jiff::civil::Date;

use super::Asked;
use super::table::Table;

/// A page of the playbook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// What was given and got.
    #[default]
    Levers,
    /// Worries by topic.
    Concerns,
    /// What was given for nothing.
    Given,
    /// What changed in our own service.
    Changes,
    /// Deals won and lost, and why.
    Outcomes,
    /// What was put off.
    NotNow,
    /// Who may come back.
    Comebacks,
    /// Value beside satisfaction and the change of places.
    Value,
}

impl Page {
    /// All pages, in their order.
    pub const ALL: [Page; 8] = [
        Page::Levers,
        Page::Concerns,
        Page::Given,
        Page::Changes,
        Page::Outcomes,
        Page::NotNow,
        Page::Comebacks,
        Page::Value,
    ];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Page::Levers => "Levers",
            Page::Concerns => "Concerns",
            Page::Given => "Given",
            Page::Changes => "Changes",
            Page::Outcomes => "Won and lost",
            Page::NotNow => "Not now",
            Page::Comebacks => "Comebacks",
            Page::Value => "Value",
        }
    }

    /// What it tells: of all customers, or of one.
    pub fn says(self, is_for_one: bool) -> &'static str {
        match (self, is_for_one) {
            (Page::Levers, false) => "Levers as given and got, and how it ended",
            (Page::Levers, true) => "Levers never tried with them, and how they did elsewhere",
            (Page::Concerns, false) => "Concerns by topic, and what settled them",
            (Page::Concerns, true) => "Their open concerns, and what settled such ones",
            (Page::Given, _) => "Given for nothing in return",
            (Page::Changes, false) => "Changes of our own service, and who led to them",
            (Page::Changes, true) => "Changes of our own service that they led to",
            (Page::Outcomes, _) => "Deals won and lost: the reason stated, and the real one",
            (Page::NotNow, _) => "Put off, and when to ask again",
            (Page::Comebacks, _) => "Who left or fell silent, and what has changed since",
            (Page::Value, _) => "Value by year, and: would I want this in their place?",
        }
    }

    /// The page as a table.
    pub fn table(self, asked: &Asked) -> Table {
        match self {
            Page::Levers => worked::levers(asked),
            Page::Concerns => worked::concerns(asked),
            Page::Given => worked::given(asked),
            Page::Changes => worked::changes(asked),
            Page::Outcomes => worked::outcomes(asked),
            Page::NotNow => queues::not_now(asked),
            Page::Comebacks => queues::comebacks(asked),
            Page::Value => queues::value(asked),
        }
    }
}

/// A day, or that there is none.
fn day(day: Option<Date>) -> String {
    day.map_or_else(|| "-".to_owned(), |day| day.to_string())
}
