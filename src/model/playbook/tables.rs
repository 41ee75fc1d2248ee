//! What stands in the tables of the playbook.

use super::changes::{Cause, Change, changes};
use super::concerns::{Heard, Topic, topics};
use super::given::{Given, given};
use super::levers::{Lever, Use, levers};
use super::outcomes::{Outcome, outcomes};
use super::table::{Cell, Detail, Head, Row, Table, Weight};
use super::{Asked, whose};
use crate::model::comebacks::{self, Comeback, ServiceChange, comebacks};
use crate::model::deals::{deals, rate_words};
use crate::model::not_now::{self, NotNow, not_now};
use crate::model::worth::{Standing, answers_words, journal_currency, standings};

/// How many years of a trend fit into a line.
const YEARS: usize = 3;

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
            Page::Levers => levers_table(asked),
            Page::Concerns => concerns_table(asked),
            Page::Given => given_table(asked),
            Page::Changes => changes_table(asked),
            Page::Outcomes => outcomes_table(asked),
            Page::NotNow => not_now_table(asked),
            Page::Comebacks => comebacks_table(asked),
            Page::Value => value_table(asked),
        }
    }
}

/// A count, or nothing where there is none.
fn count(many: usize) -> String {
    match many {
        0 => String::new(),
        many => many.to_string(),
    }
}

fn day(day: Option<jiff::civil::Date>) -> String {
    day.map_or_else(|| "-".to_owned(), |day| day.to_string())
}

fn levers_table(asked: &Asked) -> Table {
    Table {
        above: None,
        heads: vec![
            Head::word("lever"),
            Head::number("offered"),
            Head::number("deal"),
            Head::number("no-deal"),
            Head::number("open"),
            Head::number("not-now"),
            Head::text("last words, of a deal where there was one"),
        ],
        rows: levers(asked).iter().map(lever_row).collect(),
        empty: "Every lever was tried with them.",
    }
}

fn lever_row(lever: &Lever) -> Row {
    let mut uses = lever.uses.iter();
    let best = uses.find(|it| it.result == "deal").or(lever.uses.first());
    let said = match best {
        Some(best) => format!("{} {}", best.side, best.what),
        None => "never tried".to_owned(),
    };
    let cells = [
        lever.name.clone(),
        count(lever.offered),
        count(lever.deal),
        count(lever.no_deal),
        count(lever.open),
        count(lever.not_now),
        said,
    ];
    let mut details = Vec::new();
    for (at, it) in lever.uses.iter().enumerate() {
        let text = format!("{} {}, {}", it.side, it.what, whose(&it.customer, it.date));
        let detail = Detail::new(&it.result, text, &it.place);
        let before = at.checked_sub(1).and_then(|before| lever.uses.get(before));
        details.push(match before {
            Some(before) if before.place == it.place => detail,
            _ => detail.begins(),
        });
        let next = lever.uses.get(at + 1);
        let is_last = next.is_none_or(|next: &Use| next.place != it.place);
        if let Some(learned) = it.learned.as_ref().filter(|_| is_last) {
            details.push(Detail::new("learned", learned.clone(), &it.place));
        }
    }
    Row {
        key: lever.name.clone(),
        title: lever.name.clone(),
        place: lever.uses.first().map(|newest| newest.place.clone()),
        details,
        weight: match lever.offered {
            0 => Weight::Faint,
            _ => Weight::Plain,
        },
        ..Row::new("", cells)
    }
}

fn concerns_table(asked: &Asked) -> Table {
    Table {
        above: None,
        heads: vec![
            Head::word("about"),
            Head::number("heard"),
            Head::number("open"),
            Head::number("settled"),
            Head::number("median"),
            Head::text("by whom"),
        ],
        rows: topics(asked).iter().map(topic_row).collect(),
        empty: match asked.customer {
            Some(_) => "None of their concerns is open.",
            None => "No concern is written down yet.",
        },
    }
}

fn topic_row(topic: &Topic) -> Row {
    let about = match &*topic.about {
        "" => "no topic",
        about => about,
    };
    let days = topic.median_days();
    let cells = [
        about.to_owned(),
        topic.heard.len().to_string(),
        count(topic.open()),
        count(topic.settled()),
        days.map(|days| format!("{days}d")).unwrap_or_default(),
        topic.whose(),
    ];
    Row {
        key: about.to_owned(),
        title: format!("{about}, from {}", topic.whose()),
        place: topic.heard.first().map(|newest| newest.place.clone()),
        details: topic.heard.iter().flat_map(heard_details).collect(),
        ..Row::new("", cells)
    }
}

fn heard_details(heard: &Heard) -> Vec<Detail> {
    let from = heard.from.as_ref();
    let from = from.map_or(String::new(), |from| format!("{from}, "));
    let whose = whose(&heard.customer, heard.date);
    let said = format!("{}; {from}{whose}", heard.said);
    let mut details = vec![Detail::new(&heard.status, said, &heard.place).begins()];
    if let Some(answer) = &heard.answer {
        let answer = match heard.days {
            Some(days) => format!("{answer} (after {days}d)"),
            None => answer.clone(),
        };
        details.push(Detail::new("answer", answer, &heard.place));
    }
    for link in &heard.changes {
        let text = format!("{}, {}", link.what, day(link.date));
        details.push(Detail::new("changed", text, &link.place));
    }
    details
}

fn given_table(asked: &Asked) -> Table {
    Table {
        above: None,
        heads: vec![
            Head::word("customer"),
            Head::number("times"),
            Head::word("last"),
            Head::text("what"),
        ],
        rows: given(asked).iter().map(given_row).collect(),
        empty: "Nothing was given for nothing.",
    }
}

fn given_row(given: &Given) -> Row {
    let newest = given.times.first();
    let cells = [
        given.customer.name().to_owned(),
        given.times.len().to_string(),
        day(newest.and_then(|time| time.date)),
        newest.map_or_else(String::new, |time| time.give.join(", ")),
    ];
    let mut details = Vec::new();
    for time in &given.times {
        let asked = Detail::new(&day(time.date), time.asked.clone(), &time.place);
        details.push(asked.begins());
        details.push(Detail::new("give", time.give.join(", "), &time.place));
        if let Some(learned) = &time.learned {
            details.push(Detail::new("learned", learned.clone(), &time.place));
        }
    }
    Row {
        key: given.customer.key.to_string(),
        title: given.customer.name().to_owned(),
        place: newest.map(|time| time.place.clone()),
        details,
        ..Row::new("", cells)
    }
}

fn changes_table(asked: &Asked) -> Table {
    Table {
        above: None,
        heads: vec![
            Head::word("when"),
            Head::text("what"),
            Head::text("because of"),
        ],
        rows: changes(asked).iter().map(change_row).collect(),
        empty: match asked.customer {
            Some(_) => "Nothing in our service was changed because of them.",
            None => "No change of our own service is written down yet.",
        },
    }
}

fn change_row(change: &Change) -> Row {
    let cells = [day(change.date), change.what.clone(), change.whose()];
    Row {
        title: format!("{}, {}", change.what, day(change.date)),
        details: change.causes.iter().map(cause_detail).collect(),
        ..Row::new(&change.place, cells)
    }
}

fn cause_detail(cause: &Cause) -> Detail {
    let text = match (&cause.customer, &*cause.said) {
        (Some(customer), "") => format!("{}: {}", customer.name(), cause.place),
        (Some(customer), said) => format!("{said}; {}", whose(customer, cause.date)),
        (None, _) => cause.place.clone(),
    };
    let leads = !cause.said.is_empty();
    Detail {
        label: "because".to_owned(),
        text,
        place: leads.then(|| cause.place.clone()),
        begins: true,
    }
}

fn outcomes_table(asked: &Asked) -> Table {
    let deals = deals(asked.journal, asked.customer, asked.today);
    Table {
        above: rate_words(&deals, YEARS),
        heads: vec![
            Head::word(""),
            Head::word("customer"),
            Head::text("the reason they stated"),
            Head::text("the real one"),
        ],
        rows: outcomes(asked).iter().map(outcome_row).collect(),
        empty: "No deal is won or lost yet.",
    }
}

fn outcome_row(outcome: &Outcome) -> Row {
    let or_none = |reason: &Option<String>| reason.clone().unwrap_or_else(|| "-".to_owned());
    let cells = [
        outcome.status.clone(),
        outcome.customer.name().to_owned(),
        or_none(&outcome.stated),
        or_none(&outcome.real),
    ];
    let title = match outcome.date {
        Some(date) => format!("{}, {} {date}", outcome.title, outcome.status),
        None => format!("{}, {}", outcome.title, outcome.status),
    };
    let more = [
        ("stated", &outcome.stated),
        ("real", &outcome.real),
        ("against", &outcome.competitor),
    ];
    let mut details = vec![Detail::new("deal", title, &outcome.place)];
    for (label, text) in more {
        let text = text.clone();
        details.extend(text.map(|text| Detail::new(label, text, &outcome.place)));
    }
    Row {
        title: outcome.customer.name().to_owned(),
        details,
        weight: match outcome.reason() {
            Some(_) => Weight::Plain,
            None => Weight::Faint,
        },
        ..Row::new(&outcome.place, cells)
    }
}

fn not_now_table(asked: &Asked) -> Table {
    let mut rows = not_now(asked.journal, asked.today);
    rows.retain(|row| asked.is_about(&row.customer));
    Table {
        above: None,
        heads: vec![
            Head::word("ask again"),
            Head::word(""),
            Head::word("customer"),
            Head::text("what"),
            Head::text("in their words"),
        ],
        rows: rows.iter().map(|row| not_now_row(row, asked)).collect(),
        empty: "Nothing was put off.",
    }
}

fn not_now_row(row: &NotNow, asked: &Asked) -> Row {
    let place = row.place();
    let cells = [
        day(row.again),
        not_now::when(row, asked.today),
        row.customer.name().to_owned(),
        not_now::words(row),
        not_now::behind(row),
    ];
    let more = [
        ("ask again", row.again.map(|again| again.to_string())),
        ("said", row.said.map(|said| said.to_string())),
        ("why", row.reason.clone()),
        ("served by", row.supplier.clone()),
        ("choose again", row.review.map(|day| day.to_string())),
    ];
    let details = more
        .into_iter()
        .filter_map(|(label, text)| Some(Detail::new(label, text?, &place)));
    Row {
        title: format!("{}, {}", row.customer.name(), not_now::words(row)),
        details: details.collect(),
        weight: match row.is_reached(asked.today) {
            true => Weight::Now,
            false => Weight::Plain,
        },
        ..Row::new(&place, cells)
    }
}

fn comebacks_table(asked: &Asked) -> Table {
    let mut rows = comebacks(asked.journal, asked.today);
    rows.retain(|row| asked.is_about(&row.customer));
    Table {
        above: None,
        heads: vec![Head::word("customer"), Head::text("")],
        rows: rows.iter().map(|row| comeback_row(row, asked)).collect(),
        empty: "Nobody is away, and nobody has been silent for a year.",
    }
}

fn comeback_row(comeback: &Comeback, asked: &Asked) -> Row {
    let customer = &comeback.customer;
    let home = journal_currency(&asked.journal.settings);
    let words = comebacks::words(comeback, &home, asked.today);
    let title = format!("{}  {words}", customer.name());
    let cells = [customer.name().to_owned(), words];
    let details = comebacks::details(comeback).into_iter();
    let mut details: Vec<Detail> = details
        .map(|(label, text)| Detail::new(label, text, &customer.key))
        .collect();
    details.extend(comeback.changes.iter().map(since_detail));
    Row {
        title,
        details,
        ..Row::new(&customer.key, cells)
    }
}

fn since_detail(change: &ServiceChange) -> Detail {
    let because = match change.because_of_them {
        true => ", because of them",
        false => "",
    };
    let text = format!("{}, {}{because}", change.what, change.date);
    Detail::new("changed since", text, &change.place())
}

fn value_table(asked: &Asked) -> Table {
    let mut rows = standings(asked.journal, asked.today);
    rows.retain(|row| asked.is_about(&row.customer));
    let home = journal_currency(&asked.journal.settings);
    Table {
        above: answers_words(&rows, &home),
        heads: vec![
            Head::word("in their place"),
            Head::word("customer"),
            Head::number("in all"),
            Head::word("satisfied"),
            Head::word(""),
            Head::text("by year"),
        ],
        rows: rows.iter().map(|row| value_row(row, &home)).collect(),
        empty: "No deal is won and no check-in was made yet.",
    }
}

fn value_row(standing: &Standing, home: &str) -> Row {
    let customer = &standing.customer;
    let of_five = |level: &str| format!("{level} of 5");
    let satisfied = standing.satisfaction.as_ref();
    let years = || standing.worth.years.iter().rev();
    let by_year: Vec<String> = years()
        .map(|(year, total)| format!("{year} {}", total.short(home)))
        .collect();
    let cells = [
        Cell::Text(standing.answer().to_owned()),
        Cell::Text(customer.name().to_owned()),
        Cell::Text(standing.total.short(home)),
        Cell::Text(satisfied.map_or_else(String::new, |(level, ..)| of_five(level))),
        Cell::Bars(standing.bars(home)),
        Cell::Text(by_year.join("  ")),
    ];
    let dated = |text: String, date: Option<jiff::civil::Date>| match date {
        Some(date) => format!("{text}, {date}"),
        None => text,
    };
    let asked = standing.in_their_place.as_ref();
    let said = [
        asked.map(|(word, date, id)| ("in their place", dated(word.clone(), *date), id)),
        satisfied.map(|(level, date, id)| ("satisfied", dated(of_five(level), *date), id)),
    ];
    let said = said.into_iter().flatten().map(|(label, text, id)| {
        let place = format!("{}:{id}", customer.key);
        Detail::new(label, text, &place)
    });
    let sums = years().map(|(year, total)| (year.to_string(), total.to_string()));
    let undated = Some(&standing.worth.undated).filter(|total| !total.is_empty());
    let undated = undated.map(|total| ("no day".to_owned(), total.to_string()));
    let sums = sums.chain(undated);
    let sums = sums.enumerate().map(|(at, (label, total))| Detail {
        begins: at == 0,
        ..Detail::new(&label, total, &customer.key)
    });
    Row {
        key: customer.key.to_string(),
        title: customer.name().to_owned(),
        cells: cells.into_iter().collect(),
        place: Some(customer.key.to_string()),
        details: said.chain(sums).collect(),
        weight: Weight::Plain,
    }
}
