//! What to know before a call, on one screen. Here it is said; `lists` finds what to say.

use jiff::civil::Date;

use super::lists::{self, Seen};
use super::standing;
use crate::model::customer::Customer;
use crate::model::settings::Settings;

/// The brief of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeBrief {
    /// The customer's key.
    pub customer: Box<str>,
    /// The name.
    pub name: String,
    /// How it is read, and other names.
    pub also: String,
    /// `active, since 2021, every 4w`
    pub standing: String,
    /// What there is to say, in the order in which it is read.
    pub sections: Vec<Section>,
}

/// A few lines about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What they are about.
    pub topic: Topic,
    /// The lines, one at least.
    pub lines: Vec<Line>,
    /// How many more there are than are told.
    pub more: usize,
}

/// A line, and the entry that it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Who or what it is about; may be empty.
    pub lead: String,
    /// What is known, in the words of whoever wrote it down.
    pub text: String,
    /// How old, until when; may be empty.
    pub aside: String,
    /// `kind.key` of the entry.
    pub entry: Option<Box<str>>,
    /// Whether it says that something is not known.
    pub is_missing: bool,
    /// Whether its day has come.
    pub is_due: bool,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Why they are away, who serves them, when they choose anew.
    Who,
    /// What was traded, by year.
    Value,
    /// What a win is to them.
    TheirWin,
    /// What it is to us.
    OurWin,
    /// Who loses by it.
    WhoPays,
    /// Worries that are open.
    Concerns,
    /// Promises of both sides that are open.
    Promises,
    /// The last touches.
    Touches,
    /// People and their worries.
    People,
    /// What is known, by facet.
    Facts,
    /// What negotiations taught.
    Learned,
    /// Levers that no negotiation with them moved.
    Untried,
    /// How their deals were heard of.
    Heard,
}

impl Topic {
    /// Its name in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Topic::Who => "who",
            Topic::Value => "value",
            Topic::TheirWin => "their-win",
            Topic::OurWin => "our-win",
            Topic::WhoPays => "who-pays",
            Topic::Concerns => "concerns",
            Topic::Promises => "promises",
            Topic::Touches => "touches",
            Topic::People => "people",
            Topic::Facts => "facts",
            Topic::Learned => "learned",
            Topic::Untried => "untried",
            Topic::Heard => "heard",
        }
    }

    /// A word or two beside its lines.
    pub fn label(self) -> &'static str {
        match self {
            Topic::Who => "now",
            Topic::Value => "value",
            Topic::TheirWin => "their win",
            Topic::OurWin => "our win",
            Topic::WhoPays => "who pays",
            Topic::Concerns => "concerns",
            Topic::Promises => "promises",
            Topic::Touches => "last",
            Topic::People => "people",
            Topic::Facts => "facts",
            Topic::Learned => "learned",
            Topic::Untried => "not tried",
            Topic::Heard => "heard",
        }
    }

    /// The heading above its lines.
    pub fn heading(self) -> &'static str {
        match self {
            Topic::Who => "How it stands",
            Topic::Value => "Value by year",
            Topic::TheirWin => "Their win",
            Topic::OurWin => "Our win",
            Topic::WhoPays => "Who pays",
            Topic::Concerns => "Open concerns",
            Topic::Promises => "Open promises",
            Topic::Touches => "Last touches",
            Topic::People => "People and their worries",
            Topic::Facts => "What is known",
            Topic::Learned => "Learned in negotiations",
            Topic::Untried => "Levers not tried yet",
            Topic::Heard => "How their deals were heard of",
        }
    }

    /// What is read in one go has the same number; some air stands where another one begins.
    pub fn group(self) -> u8 {
        match self {
            Topic::Who | Topic::Value => 0,
            Topic::TheirWin | Topic::OurWin | Topic::WhoPays => 1,
            Topic::Concerns | Topic::Promises => 2,
            Topic::Touches => 3,
            Topic::People | Topic::Facts => 4,
            Topic::Learned | Topic::Untried | Topic::Heard => 5,
        }
    }

    /// The most lines that are told.
    pub fn most(self) -> usize {
        match self {
            Topic::Value | Topic::Untried | Topic::Heard => 1,
            Topic::OurWin => 1,
            Topic::WhoPays | Topic::TheirWin => 2,
            Topic::Who | Topic::Concerns | Topic::Touches | Topic::Learned => 3,
            Topic::Promises | Topic::People => 4,
            Topic::Facts => 6,
        }
    }
}

impl WholeBrief {
    /// The brief of a customer on a day. What is dated later does not count yet.
    pub fn of(customer: &Customer, settings: &Settings, today: Date) -> WholeBrief {
        let also = customer.head.text("reading").into_iter();
        let also: Vec<&str> = also.chain(customer.head.texts("aliases")).collect();
        WholeBrief {
            customer: customer.key.clone(),
            name: customer.name().to_owned(),
            also: also.join(", "),
            standing: standing(customer, settings),
            sections: lists::sections(&Seen::new(customer, settings, today)),
        }
    }

    /// The same to be handed on: without what is private.
    pub fn to_print(customer: &Customer, settings: &Settings, today: Date) -> WholeBrief {
        let entries = customer.entries.iter();
        let public = Customer {
            entries: entries
                .filter(|entry| !entry.fields.is_yes("private"))
                .cloned()
                .collect(),
            ..customer.clone()
        };
        WholeBrief::of(&public, settings, today)
    }

    /// The lines that rest on an entry, in order.
    pub fn entries(&self) -> impl Iterator<Item = &str> {
        let lines = self.sections.iter().flat_map(|section| &section.lines);
        lines.filter_map(|line| line.entry.as_deref())
    }

    /// As Markdown, a line each.
    pub fn markdown(&self) -> Vec<String> {
        let mut lines = vec![format!("# {}", escaped(&self.name)), String::new()];
        let mut about = vec![escaped(&self.also), escaped(&self.standing)];
        about.retain(|text| !text.is_empty());
        lines.push(about.join(" / "));
        for section in &self.sections {
            lines.extend([String::new(), format!("## {}", section.topic.heading())]);
            lines.push(String::new());
            lines.extend(section.lines.iter().map(Line::markdown));
            if section.more > 0 {
                lines.push(format!("- {}", more_words(section.more)));
            }
        }
        lines
    }
}

/// That there are more than are told.
pub fn more_words(more: usize) -> String {
    format!("{more} more")
}

impl Line {
    fn markdown(&self) -> String {
        let mut line = "-".to_owned();
        if !self.lead.is_empty() {
            line += &format!(" **{}**", escaped(&self.lead));
        }
        if !self.text.is_empty() {
            line += &format!(" {}", escaped(&self.text));
        }
        if !self.aside.is_empty() {
            line += &format!(" ({})", escaped(&self.aside));
        }
        line
    }
}

/// A text that Markdown shows as it is written.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let begins = at == 0 && matches!(c, '#' | '+' | '-' | '=' | '~' | '|');
        // `1. ` would begin a list.
        let is_number = at > 0 && text.bytes().take(at).all(|b| b.is_ascii_digit());
        let counts = is_number && text.get(at..).is_some_and(|rest| rest.starts_with(". "));
        if begins || counts || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
