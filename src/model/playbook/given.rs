//! What was given for nothing, by customer.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Asked, place};
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::kind::Kind;

/// What a customer got without anything in return.
#[derive(Clone, Debug)]
pub struct Given {
    /// To whom.
    pub customer: Arc<Customer>,
    /// Each time, newest first.
    pub times: Vec<Time>,
}

/// A negotiation with a give and an empty get.
#[derive(Clone, Debug)]
pub struct Time {
    /// `customer:negotiation.key`
    pub place: String,
    /// When.
    pub date: Option<Date>,
    /// Their request.
    pub asked: String,
    /// What was given, line by line.
    pub give: Vec<String>,
    /// How it stands: `deal`, `open`.
    pub result: String,
    /// What it taught.
    pub learned: Option<String>,
}

/// Who was given something for nothing, the most often first. A negotiation without a deal gave
/// nothing and is left out.
pub fn given(asked: &Asked) -> Vec<Given> {
    let mut all: Vec<Given> = Vec::new();
    for (customer, entry) in asked.theirs(Kind::Negotiation) {
        if !is_for_nothing(entry) {
            continue;
        }
        let time = Time {
            place: place(customer, entry),
            date: entry.day(),
            asked: entry.line_text(),
            give: entry.fields.texts("give").map(str::to_owned).collect(),
            result: entry.word("result").to_owned(),
            learned: entry.fields.text("learned").map(str::to_owned),
        };
        match all
            .iter_mut()
            .find(|given| given.customer.key == customer.key)
        {
            Some(given) => given.times.push(time),
            None => all.push(Given {
                customer: Arc::clone(customer),
                times: vec![time],
            }),
        }
    }
    all.sort_by_key(|given| Reverse(given.times.len()));
    all
}

/// Whether a negotiation gave something and got nothing. One without a deal gave nothing.
pub(in crate::model) fn is_for_nothing(entry: &Entry) -> bool {
    let has = |name: &str| entry.fields.texts(name).any(|line| !line.trim().is_empty());
    let is_given = !matches!(entry.word("result"), "no-deal" | "not-now");
    is_given && has("give") && !has("get")
}
