//! Levers: what was given and got, in which words, how it ended, and what it taught.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Asked, place};
use crate::model::customer::Customer;
use crate::model::entry::{Entry, split_line};
use crate::model::fold::fold;
use crate::model::kind::Kind;
use crate::model::settings::Settings;

/// A lever, and what came of it.
#[derive(Clone, Debug)]
pub struct Lever {
    /// Its word: `payment`.
    pub name: String,
    /// How often it was given, or asked for in return, newest first.
    pub uses: Vec<Use>,
    /// In how many negotiations it was on the table.
    pub offered: usize,
    /// How many of them ended in a deal.
    pub deal: usize,
    /// How many ended without one.
    pub no_deal: usize,
    /// How many are open.
    pub open: usize,
    /// How many were put off.
    pub not_now: usize,
}

/// A lever in one line of a negotiation.
#[derive(Clone, Debug)]
pub struct Use {
    /// With whom.
    pub customer: Arc<Customer>,
    /// `customer:negotiation.key`
    pub place: String,
    /// When.
    pub date: Option<Date>,
    /// `give` or `get`.
    pub side: &'static str,
    /// The exact words.
    pub what: String,
    /// How the negotiation ended: `deal`, `no-deal` …
    pub result: String,
    /// What it taught.
    pub learned: Option<String>,
}

/// The levers that no negotiation of this customer gave or got, in the order of the list: those
/// of the program, then the journal's own words.
pub fn untried_levers(customer: &Customer, settings: &Settings) -> Vec<String> {
    let negotiations = customer.of(Kind::Negotiation);
    let tried: Vec<String> = negotiations
        .flat_map(lines)
        .map(|(_, lever, _)| fold(lever))
        .collect();
    let mut levers = offered_words(settings);
    levers.retain(|lever| !tried.contains(&fold(lever)));
    levers
}

/// All levers, the most tried first, at the end those never tried. Before a talk with a customer
/// those that were never on the table with them, what brought most deals elsewhere first.
pub fn levers(asked: &Asked) -> Vec<Lever> {
    let names = offered_words(&asked.journal.settings);
    let places = names.iter().enumerate();
    let mut places = places.map(|(at, name)| (fold(name), at)).collect();
    let mut levers: Vec<Lever> = names.into_iter().map(Lever::untried).collect();
    for (customer, entry) in asked.everyones(Kind::Negotiation) {
        count(&mut levers, &mut places, customer, entry);
    }
    match asked.customer {
        None => levers.sort_by_key(|lever| Reverse(lever.offered)),
        Some(customer) => {
            let untried = untried_levers(customer, &asked.journal.settings);
            let untried: Vec<String> = untried.iter().map(|lever| fold(lever)).collect();
            levers.retain(|lever| untried.contains(&fold(&lever.name)));
            levers.sort_by_key(|lever| (Reverse(lever.deal), Reverse(lever.offered)));
        }
    }
    levers
}

/// Counts a negotiation in. `places`: the places of the levers by their folded names.
fn count(
    levers: &mut Vec<Lever>,
    places: &mut BTreeMap<String, usize>,
    customer: &Arc<Customer>,
    entry: &Entry,
) {
    let result = entry.word("result");
    let place = place(customer, entry);
    for (side, name, what) in lines(entry) {
        let at = *places.entry(fold(name)).or_insert_with(|| {
            levers.push(Lever::untried(name.to_owned()));
            levers.len() - 1
        });
        let Some(lever) = levers.get_mut(at) else {
            continue;
        };
        // Given and got in one negotiation it was on the table once.
        if lever.uses.last().is_none_or(|last| last.place != place) {
            lever.offered += 1;
            match result {
                "deal" => lever.deal += 1,
                "no-deal" => lever.no_deal += 1,
                "open" => lever.open += 1,
                "not-now" => lever.not_now += 1,
                _ => {}
            }
        }
        lever.uses.push(Use {
            customer: Arc::clone(customer),
            place: place.clone(),
            date: entry.day(),
            side,
            what: what.to_owned(),
            result: result.to_owned(),
            learned: entry.fields.text("learned").map(str::to_owned),
        });
    }
}

/// What a negotiation gave and got: side, lever, words. Lines without a lever are left out.
fn lines(entry: &Entry) -> impl Iterator<Item = (&'static str, &str, &str)> {
    ["give", "get"].into_iter().flat_map(move |side| {
        let lines = entry.fields.texts(side).map(split_line);
        lines.filter_map(move |(lever, what)| {
            let lever = lever.filter(|lever| !lever.is_empty())?;
            Some((side, lever, what))
        })
    })
}

/// The levers that are offered in the form, each once.
fn offered_words(settings: &Settings) -> Vec<String> {
    let mut levers: Vec<String> = Vec::new();
    for name in ["give", "get"] {
        let field = Kind::Negotiation.field(name);
        let words = field.map(|field| settings.words("negotiation", field));
        for word in words.unwrap_or_default() {
            let is_new = !levers.iter().any(|known| fold(known) == fold(word));
            if is_new && !word.trim().is_empty() {
                levers.push(word.to_owned());
            }
        }
    }
    levers
}

impl Lever {
    fn untried(name: String) -> Lever {
        Lever {
            name,
            uses: Vec::new(),
            offered: 0,
            deal: 0,
            no_deal: 0,
            open: 0,
            not_now: 0,
        }
    }
}
