//! Deals won and lost, with the reason that was stated and the real one side by side.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Asked, place};
use crate::model::customer::Customer;
use crate::model::kind::Kind;
use crate::model::worth::decided;

/// A deal that was decided.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// With whom.
    pub customer: Arc<Customer>,
    /// `customer:deal.key`
    pub place: String,
    /// What it is called.
    pub title: String,
    /// `won` or `lost`.
    pub status: String,
    /// When it was decided.
    pub date: Option<Date>,
    /// The reason they gave.
    pub stated: Option<String>,
    /// The reason that one came to know.
    pub real: Option<String>,
    /// Who else was in it.
    pub competitor: Option<String>,
}

impl Outcome {
    /// The real reason, else the stated one.
    pub fn reason(&self) -> Option<&str> {
        self.real.as_deref().or(self.stated.as_deref())
    }
}

/// The deals won and lost up to today, newest first: of the customer in question, or of all.
pub fn outcomes(asked: &Asked) -> Vec<Outcome> {
    let mut all: Vec<Outcome> = asked
        .theirs(Kind::Deal)
        .into_iter()
        .filter(|(_, deal)| matches!(deal.word("status"), "won" | "lost"))
        .filter(|(_, deal)| decided(deal).is_none_or(|day| day <= asked.today))
        .map(|(customer, deal)| {
            let text = |name: &str| deal.fields.text(name).map(str::to_owned);
            Outcome {
                customer: Arc::clone(customer),
                place: place(customer, deal),
                title: deal.line_text(),
                status: deal.word("status").to_owned(),
                date: decided(deal),
                stated: text("stated-reason"),
                real: text("real-reason"),
                competitor: text("competitor"),
            }
        })
        .collect();
    all.sort_by_key(|outcome| Reverse(outcome.date));
    all
}
