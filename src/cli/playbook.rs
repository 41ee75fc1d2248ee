//! `goodwill playbook`

use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use super::print::{Tone, cell};
use super::{CliError, Context, Exit, tables};
use crate::model::customer::Customer;
use crate::model::playbook::Asked;
use crate::model::playbook::changes::{Change, changes};
use crate::model::playbook::concerns::{Heard, Topic, topics};
use crate::model::playbook::given::{Given, given};
use crate::model::playbook::levers::{Lever, levers};
use crate::model::playbook::outcomes::{Outcome, outcomes};
use crate::model::playbook::tables::Page;

/// What has worked: before the next negotiation.
///
/// Levers with the exact words, how it ended and what it taught; concerns by topic with the
/// answers that settled them; what was given for nothing; changes of your own service and who
/// led to them; reasons of deals won and lost. With a customer what fits them: levers never
/// tried with them, answers to what worries them now.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill playbook
  goodwill playbook acme
  goodwill playbook --json | jq -r '.levers[] | select(.deal > 0).lever'")]
pub struct Playbook {
    /// Key, name, alias or reading, or the beginning of it; all customers if left out
    customer: Option<String>,
}

/// The pages that have no command of their own.
const PAGES: [Page; 5] = [
    Page::Levers,
    Page::Concerns,
    Page::Given,
    Page::Changes,
    Page::Outcomes,
];

impl Playbook {
    /// Prints the playbook, a page below the other.
    ///
    /// # Errors
    /// Where there is no such customer, no journal, or nothing to tell.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let customer = match self
            .customer
            .as_deref()
            .map(|typed| context.customer(typed))
        {
            Some(Err(error @ CliError::Nothing(_))) => {
                print_json(context, None)?;
                return Err(error);
            }
            Some(found) => Some(found?),
            None => None,
        };
        let asked = Asked {
            journal: context.journal()?,
            today: context.today(),
            customer: customer.as_deref(),
        };
        match context.json {
            true => print_json(context, Some(&asked))?,
            false => print(context, &asked)?,
        }
        if let Some(customer) = &customer {
            let problems = context.problems_of(customer);
            if !problems.is_empty() {
                return Err(CliError::Broken(problems));
            }
        }
        if is_empty(&asked) {
            let nothing = "no negotiation, concern, change or decided deal is written down yet";
            return Err(CliError::Nothing(nothing.to_owned()));
        }
        Ok(Exit::Done)
    }
}

/// Whether there is nothing to tell but that levers were never tried.
fn is_empty(asked: &Asked) -> bool {
    let has = |page: &Page| !page.table(asked).rows.is_empty();
    let tried = levers(asked).iter().any(|lever| lever.offered > 0);
    !tried && !PAGES.iter().skip(1).any(has)
}

fn print(context: &Context, asked: &Asked) -> Result<(), CliError> {
    if is_empty(asked) {
        return Ok(());
    }
    let mut out = context.out();
    let tables = PAGES.iter().map(|page| (page, page.table(asked)));
    let tables = tables.filter(|(_, table)| !table.rows.is_empty());
    for (at, (page, table)) in tables.enumerate() {
        if at > 0 {
            out.line("")?;
        }
        let says = page.says(asked.customer.is_some());
        out.cells(&[cell(says, Tone::Strong)])?;
        tables::print(&mut out, &table, true, context)?;
        if let Some(above) = &table.above {
            out.line(above)?;
        }
    }
    out.finish()
}

/// The document; where nothing is asked, or nothing to tell, the empty one.
fn print_json(context: &Context, asked: Option<&Asked>) -> Result<(), CliError> {
    if !context.json {
        return Ok(());
    }
    let customer = asked.and_then(|asked| asked.customer);
    let asked = asked.filter(|asked| !is_empty(asked));
    let mut out = context.out();
    out.json([
        ("customer", customer.map(|customer| &*customer.key).into()),
        ("levers", list(asked, levers, lever)),
        ("concerns", list(asked, topics, topic)),
        ("given", list(asked, given, given_json)),
        ("changes", list(asked, changes, change)),
        ("outcomes", list(asked, outcomes, outcome)),
    ])?;
    out.finish()
}

fn list<T>(asked: Option<&Asked>, find: fn(&Asked) -> Vec<T>, json: fn(&T) -> Json) -> Json {
    let found = asked.map(find).unwrap_or_default();
    found.iter().map(json).collect()
}

fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn key(customer: &Arc<Customer>) -> &str {
    &customer.key
}

fn lever(lever: &Lever) -> Json {
    let uses = lever.uses.iter().map(|it| {
        json!({
            "customer": key(&it.customer),
            "entry": it.place,
            "date": day(it.date),
            "side": it.side,
            "what": it.what,
            "result": it.result,
            "learned": it.learned,
        })
    });
    json!({
        "lever": lever.name,
        "offered": lever.offered,
        "deal": lever.deal,
        "no_deal": lever.no_deal,
        "open": lever.open,
        "not_now": lever.not_now,
        "words": uses.collect::<Json>(),
    })
}

fn topic(topic: &Topic) -> Json {
    json!({
        "about": topic.about,
        "heard": topic.heard.len(),
        "open": topic.open(),
        "settled": topic.settled(),
        "median_days": topic.median_days(),
        "concerns": topic.heard.iter().map(heard).collect::<Json>(),
    })
}

fn heard(heard: &Heard) -> Json {
    let changes = heard.changes.iter();
    json!({
        "customer": key(&heard.customer),
        "entry": heard.place,
        "date": day(heard.date),
        "from": heard.from,
        "said": heard.said,
        "status": heard.status,
        "answer": heard.answer,
        "days": heard.days,
        "changes": changes.map(|change| &*change.place).collect::<Json>(),
    })
}

fn given_json(given: &Given) -> Json {
    let times = given.times.iter().map(|time| {
        json!({
            "entry": time.place,
            "date": day(time.date),
            "asked": time.asked,
            "give": time.give,
            "result": time.result,
            "learned": time.learned,
        })
    });
    json!({
        "customer": key(&given.customer),
        "times": given.times.len(),
        "negotiations": times.collect::<Json>(),
    })
}

fn change(change: &Change) -> Json {
    let causes = change.causes.iter().map(|cause| {
        json!({
            "customer": cause.customer.as_ref().map(key),
            "entry": cause.place,
            "date": day(cause.date),
            "said": cause.said,
        })
    });
    json!({
        "date": day(change.date),
        "what": change.what,
        "entry": change.place,
        "because": causes.collect::<Json>(),
    })
}

fn outcome(outcome: &Outcome) -> Json {
    json!({
        "customer": key(&outcome.customer),
        "entry": outcome.place,
        "title": outcome.title,
        "status": outcome.status,
        "date": day(outcome.date),
        "stated_reason": outcome.stated,
        "real_reason": outcome.real,
        "competitor": outcome.competitor,
    })
}
