//! Concerns by topic: how often, by whom, what settled them, and how long that took.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::changes::{Link, links};
use super::{Asked, place};
use crate::model::age::days_between;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::fold::fold;
use crate::model::kind::Kind;

/// What concerns are about.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its word: `payment`; empty for those that name none.
    pub about: String,
    /// The concerns, newest first.
    pub heard: Vec<Heard>,
}

/// A concern as it was heard.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Whose it is.
    pub customer: Arc<Customer>,
    /// `customer:concern.key`
    pub place: String,
    /// When.
    pub date: Option<Date>,
    /// Who said it, by name where it is a contact.
    pub from: Option<String>,
    /// In their words.
    pub said: String,
    /// Where it stands: `open`, `answered` …
    pub status: String,
    /// What was answered.
    pub answer: Option<String>,
    /// Days from hearing it to the answer.
    pub days: Option<i32>,
    /// What it changed in our service.
    pub changes: Vec<Link>,
}

impl Heard {
    /// Whether an answer settled it: it was answered, or they live with it.
    pub fn is_settled(&self) -> bool {
        matches!(&*self.status, "answered" | "accepted")
    }
}

impl Topic {
    /// How many are open.
    pub fn open(&self) -> usize {
        let heard = self.heard.iter();
        heard.filter(|heard| heard.status == "open").count()
    }

    /// How many are settled.
    pub fn settled(&self) -> usize {
        let heard = self.heard.iter();
        heard.filter(|heard| heard.is_settled()).count()
    }

    /// The days it took to settle them, in the middle of all; `None`: no day is written down.
    pub fn median_days(&self) -> Option<i32> {
        let settled = self.heard.iter().filter(|heard| heard.is_settled());
        let mut days: Vec<i32> = settled.filter_map(|heard| heard.days).collect();
        days.sort_unstable();
        let upper = *days.get(days.len() / 2)?;
        match days.len() % 2 {
            0 => Some((days.get(days.len() / 2 - 1)? + upper) / 2),
            _ => Some(upper),
        }
    }

    /// Whose they are and how many of each, the most first: `アクメ商事 2, Borealis`.
    pub fn whose(&self) -> String {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for heard in &self.heard {
            let name = heard.customer.name();
            match counts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
        counts.sort_by_key(|(_, count)| Reverse(*count));
        let named = counts.iter().map(|(name, count)| match count {
            1 => (*name).to_owned(),
            many => format!("{name} {many}"),
        });
        named.collect::<Vec<_>>().join(", ")
    }
}

/// The topics, the most heard first. Before a talk with a customer those of their open concerns
/// alone: what they said, and what settled the same topic with anybody.
pub fn topics(asked: &Asked) -> Vec<Topic> {
    let changes = links(asked);
    let mut topics: Vec<Topic> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (customer, entry) in asked.everyones(Kind::Concern) {
        let heard = heard(customer, entry, &changes, asked.today);
        let about = entry.fields.text("about").unwrap_or("").trim();
        let at = *places.entry(fold(about)).or_insert_with(|| {
            topics.push(Topic {
                about: about.to_owned(),
                heard: Vec::new(),
            });
            topics.len() - 1
        });
        if let Some(topic) = topics.get_mut(at) {
            topic.heard.push(heard);
        }
    }
    if let Some(customer) = asked.customer {
        let theirs = |heard: &Heard| heard.customer.key == customer.key && heard.status == "open";
        topics.retain(|topic| topic.heard.iter().any(theirs));
        for topic in &mut topics {
            let named = !topic.about.is_empty();
            topic
                .heard
                .retain(|heard| theirs(heard) || named && heard.is_settled());
            topic.heard.sort_by_key(|heard| !theirs(heard));
        }
    }
    // What names no topic stands at the end.
    topics.sort_by_key(|topic| (topic.about.is_empty(), Reverse(topic.heard.len())));
    topics
}

fn heard(
    customer: &Arc<Customer>,
    entry: &Entry,
    changes: &BTreeMap<String, Vec<Link>>,
    today: Date,
) -> Heard {
    let answered = entry.fields.day("answered");
    // On an earlier day than today it was still open.
    let is_ahead = answered.is_some_and(|day| day > today);
    let status = match is_ahead {
        true => "open",
        false => entry.word("status"),
    };
    let place = place(customer, entry);
    let days = entry.day().zip(answered.filter(|_| !is_ahead));
    let from = entry.fields.text("from").map(|word| {
        let contact = customer.person(word);
        contact.map_or_else(|| word.to_owned(), Entry::line_text)
    });
    Heard {
        customer: Arc::clone(customer),
        date: entry.day(),
        from,
        said: entry.line_text(),
        status: status.to_owned(),
        answer: (!is_ahead)
            .then(|| entry.fields.text("answer").map(str::to_owned))
            .flatten(),
        days: days
            .and_then(|(from, to)| days_between(from, to))
            .filter(|days| *days >= 0),
        changes: changes.get(&place).cloned().unwrap_or_default(),
        place,
    }
}
