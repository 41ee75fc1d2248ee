//! What has worked: levers, concerns, gifts, changes, reasons.

use super::day;
use crate::model::deals::{deals, rate_words};
use crate::model::playbook::changes::{self, Cause, Change};
use crate::model::playbook::concerns::{Heard, Topic, topics};
use crate::model::playbook::given::{self, Given};
use crate::model::playbook::levers::{self, Lever, Use};
use crate::model::playbook::outcomes::{self, Outcome};
use crate::model::playbook::table::{Detail, Head, Row, Table, Weight};
use crate::model::playbook::{Asked, whose};

/// How many years of a trend fit into a line.
const YEARS: usize = 3;

/// A count, or nothing where there is none.
fn count(many: usize) -> String {
    match many {
        0 => String::new(),
        many => many.to_string(),
    }
}

pub(super) fn levers(asked: &Asked) -> Table {
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
        rows: levers::levers(asked).iter().map(lever_row).collect(),
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

pub(super) fn concerns(asked: &Asked) -> Table {
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

pub(super) fn given(asked: &Asked) -> Table {
    Table {
        above: None,
        heads: vec![
            Head::word("customer"),
            Head::number("times"),
            Head::word("last"),
            Head::text("what"),
        ],
        rows: given::given(asked).iter().map(given_row).collect(),
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

pub(super) fn changes(asked: &Asked) -> Table {
    Table {
        above: None,
        heads: vec![
            Head::word("when"),
            Head::text("what"),
            Head::text("because of"),
        ],
        rows: changes::changes(asked).iter().map(change_row).collect(),
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

pub(super) fn outcomes(asked: &Asked) -> Table {
    let deals = deals(asked.journal, asked.customer, asked.today);
    Table {
        above: rate_words(&deals, YEARS),
        heads: vec![
            Head::word(""),
            Head::word("customer"),
            Head::text("the reason they stated"),
            Head::text("the real one"),
        ],
        rows: outcomes::outcomes(asked).iter().map(outcome_row).collect(),
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
