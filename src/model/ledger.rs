//! Who won, who paid, measured from what: what was expected and what came of it, in time order.
//!
//! Nothing is weighed here. A line is what somebody wrote down; a note says what two lines beside
//! each other say, or which one is missing.

mod notes;

use std::cmp::Reverse;

use jiff::civil::Date;

use super::brief::first_word;
use super::customer::Customer;
use super::entry::{Entry, split_line};
use super::journal::Journal;
use super::kind::Kind;

/// The parties of an entry, in the order in which they are told.
pub const PARTIES: [&str; 3] = ["us", "them", "others"];

/// The ledger of one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// The customer's key.
    pub customer: Box<str>,
    /// The name.
    pub name: String,
    /// What was written down of wins and losses, oldest first.
    pub postings: Vec<Posting>,
    /// Deals with something to tell: lost, with a reason, or won without their win. Oldest first.
    pub deals: Vec<Decided>,
}

/// One entry about who won and who paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// `kind.key`
    pub entry: Box<str>,
    /// Its place in the customer's file.
    pub place: usize,
    /// Its day.
    pub day: Option<Date>,
    /// `expected` or `actual`, or what somebody wrote in place of it.
    pub stage: String,
    /// `us win, them win, 現場 lose`
    pub outcomes: String,
    /// The title of the deal.
    pub deal: Option<String>,
    /// Measured from what.
    pub baseline: Option<String>,
    /// A line of a party each.
    pub parties: Vec<Share>,
    /// What it says beside what was written before.
    pub notes: Vec<Note>,
    /// Whether its day is still to come, so that it counts for nothing yet.
    pub is_ahead: bool,
}

/// What a party comes away with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// `us`, `them` or `others`.
    pub party: &'static str,
    /// `win`, `lose`, `even`, or what somebody wrote in place of it; may be missing.
    pub outcome: Option<String>,
    /// In whose words ever.
    pub text: String,
}

/// What follows from an entry and those before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub sort: Sort,
    /// In words.
    pub text: String,
    /// `kind.key` of the other entry that it rests on.
    pub entry: Option<Box<str>>,
}

/// What a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A party sees its win in something else than before.
    Changed,
    /// What a party expected, and what came.
    Came,
    /// It was expected, and nobody looked at it since.
    Waiting,
    /// Somebody loses by it.
    Pays,
    /// Their win is not written down.
    Unwritten,
    /// We have no win of it that is written down, and no loss either.
    NoWin,
    /// Both wins are written down, and nobody loses.
    WinWin,
}

/// A deal that was won or lost, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// `deal.key`
    pub entry: Box<str>,
    /// Its place in the customer's file.
    pub place: usize,
    /// When it was decided, else when it was opened.
    pub day: Option<Date>,
    /// `won` or `lost`.
    pub status: String,
    /// What it is called.
    pub title: String,
    /// The reason they gave.
    pub stated: Option<String>,
    /// The reason we came to know.
    pub real: Option<String>,
    /// Whether it was won while their win is not written down.
    pub is_unseen: bool,
}

/// A line below an entry: what it is, what it says, how much it asks for a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// `from`, `us`, `them`, `others`, `stated`, `real`; empty for a note.
    pub label: &'static str,
    /// What it says.
    pub text: String,
    /// What it is, if it is a note.
    pub note: Option<Sort>,
    /// Whether it says that somebody loses.
    pub loses: bool,
}

impl Sort {
    /// Its name in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Sort::Changed => "changed",
            Sort::Came => "came",
            Sort::Waiting => "waiting",
            Sort::Pays => "who-pays",
            Sort::Unwritten => "not-written",
            Sort::NoWin => "no-win-of-ours",
            Sort::WinWin => "win-win",
        }
    }

    /// Whether their win is missing, or somebody pays.
    pub fn is_gap(self) -> bool {
        matches!(self, Sort::Pays | Sort::Unwritten)
    }
}

impl Posting {
    /// The lines below it.
    pub fn told(&self) -> Vec<Told> {
        let from = self.baseline.iter().map(|from| told("from", from.clone()));
        let parties = self.parties.iter().map(|share| Told {
            loses: share.loses(),
            ..told(share.party, share.line())
        });
        let notes = self.notes.iter().map(|note| Told {
            note: Some(note.sort),
            loses: note.sort == Sort::Pays,
            ..told("", note.text.clone())
        });
        from.chain(parties).chain(notes).collect()
    }

    fn is_expected(&self) -> bool {
        self.stage == EXPECTED
    }

    /// The wins of a party in one text; `None` where none is written down.
    fn wins(&self, party: &str) -> Option<String> {
        let wins = self.parties.iter().filter(|share| share.party == party);
        let wins: Vec<&str> = wins.filter_map(Share::win).collect();
        (!wins.is_empty()).then(|| wins.join(" / "))
    }

    /// Whatever came of it for a party.
    fn all_of(&self, party: &str) -> String {
        let own = self.parties.iter().filter(|share| share.party == party);
        let lines: Vec<String> = own.map(Share::line).collect();
        match lines.is_empty() {
            true => "nothing that is written down".to_owned(),
            false => lines.join(" / "),
        }
    }

    /// Who loses, each once: others by their name.
    fn losers(&self) -> Vec<&str> {
        let mut losers: Vec<&str> = Vec::new();
        for share in self.parties.iter().rev().filter(|share| share.loses()) {
            let who = match (share.party, first_word(&share.text)) {
                ("others", "") => "somebody",
                ("others", who) => who,
                (party, _) => party,
            };
            if !losers.contains(&who) {
                losers.insert(0, who);
            }
        }
        losers
    }

    fn day_words(&self) -> String {
        let day = self.day.map(|day| day.to_string());
        day.unwrap_or_else(|| "no date".to_owned())
    }

    fn note(&mut self, sort: Sort, text: String, entry: Option<&Posting>) {
        let entry = entry.map(|posting| posting.entry.clone());
        self.notes.push(Note { sort, text, entry });
    }
}

impl Share {
    fn of(party: &'static str, line: &str) -> Share {
        let (outcome, text) = split_line(line);
        Share {
            party,
            outcome: outcome.map(str::to_owned),
            text: one_line(text),
        }
    }

    fn win(&self) -> Option<&str> {
        let is_win = self.outcome.as_deref() == Some("win") && !self.text.is_empty();
        is_win.then_some(&*self.text)
    }

    fn loses(&self) -> bool {
        self.outcome.as_deref() == Some("lose")
    }

    fn line(&self) -> String {
        match &self.outcome {
            Some(outcome) => format!("{outcome}: {}", self.text),
            None => self.text.clone(),
        }
    }
}

impl Decided {
    /// The lines below it: both reasons beside each other.
    pub fn told(&self) -> Vec<Told> {
        let asks = self.status == "lost";
        let reason = |label, reason: &Option<String>| match reason {
            Some(reason) => Some(told(label, reason.clone())),
            None if asks => Some(told(label, "not written down".to_owned())),
            None => None,
        };
        let unseen = self.is_unseen.then(|| Told {
            note: Some(Sort::Unwritten),
            ..told("", UNWRITTEN.to_owned())
        });
        let reasons = [reason("stated", &self.stated), reason("real", &self.real)];
        reasons.into_iter().chain([unseen]).flatten().collect()
    }
}

impl Ledger {
    /// The ledger of a customer on a day.
    pub fn of(customer: &Customer, today: Date) -> Ledger {
        let postings = notes::postings(customer, today);
        Ledger {
            customer: customer.key.clone(),
            name: customer.name().to_owned(),
            deals: decided(customer, &postings, today),
            postings,
        }
    }

    /// Whether nothing is written down.
    pub fn is_empty(&self) -> bool {
        self.postings.is_empty() && self.deals.is_empty()
    }

    /// Whether somebody pays, or their win is not written down.
    pub fn has_gap(&self) -> bool {
        let mut notes = self.postings.iter().flat_map(|posting| &posting.notes);
        notes.any(|note| note.sort.is_gap()) || self.deals.iter().any(|deal| deal.is_unseen)
    }

    /// The newest day of an entry in it.
    fn newest(&self) -> Option<Date> {
        let days = self.postings.iter().map(|posting| posting.day);
        days.chain(self.deals.iter().map(|deal| deal.day)).max()?
    }
}

/// The ledgers of all customers: those first in which somebody pays or their win is not written
/// down,
/// then the newest.
pub fn ledgers(journal: &Journal, today: Date) -> Vec<Ledger> {
    let customers = journal.customers.iter();
    let customers = customers.filter(|customer| !customer.is_ourselves());
    let ledgers = customers.map(|customer| Ledger::of(customer, today));
    let mut ledgers: Vec<Ledger> = ledgers.filter(|ledger| !ledger.is_empty()).collect();
    ledgers.sort_by_key(|ledger| (Reverse(ledger.has_gap()), Reverse(ledger.newest())));
    ledgers
}

/// The word for what somebody hopes for.
const EXPECTED: &str = "expected";

fn told(label: &'static str, text: String) -> Told {
    Told {
        label,
        text,
        note: None,
        loses: false,
    }
}

/// A text of several lines as one.
pub fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

const UNWRITTEN: &str = "their win is not written down";

fn decided(customer: &Customer, postings: &[Posting], today: Date) -> Vec<Decided> {
    let entries = customer.entries.iter().enumerate();
    let deals = entries.filter(|(_, entry)| entry.kind() == Some(Kind::Deal));
    let mut decided: Vec<Decided> = deals
        .filter_map(|(place, deal)| decision(place, deal, customer, postings))
        .filter(|deal| deal.day.is_none_or(|day| day <= today))
        .collect();
    decided.sort_by_key(|deal| (deal.day, deal.place));
    decided
}

fn decision(
    place: usize,
    deal: &Entry,
    customer: &Customer,
    postings: &[Posting],
) -> Option<Decided> {
    let status = deal.word("status");
    if !matches!(status, "won" | "lost") {
        return None;
    }
    let reason = |name: &str| deal.fields.text(name).map(one_line);
    let is_about = |posting: &&Posting| {
        let entry = customer.entries.get(posting.place);
        let about = entry.and_then(|entry| entry.fields.text("deal"));
        !posting.is_ahead && about.is_some_and(|key| key.trim() == &*deal.key)
    };
    let mut own = postings.iter().filter(is_about);
    let is_seen = own.any(|posting| posting.wins("them").is_some());
    let decided = Decided {
        entry: deal.id().into(),
        place,
        day: deal.fields.day("closed").or_else(|| deal.day()),
        status: status.to_owned(),
        title: one_line(&deal.line_text()),
        stated: reason("stated-reason"),
        real: reason("real-reason"),
        is_unseen: status == "won" && !is_seen,
    };
    let says = status == "lost" || decided.is_unseen;
    let has_reason = decided.stated.is_some() || decided.real.is_some();
    (says || has_reason).then_some(decided)
}
