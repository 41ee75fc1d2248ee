//! The entries about wins and losses in time order, and what each says beside those before it.

use jiff::civil::Date;

use super::{PARTIES, Posting, Share, Sort, UNWRITTEN, one_line};
use crate::model::age::short_age;
use crate::model::brief::outcomes;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::fold::fold;
use crate::model::kind::Kind;

/// All of them, oldest first.
pub(super) fn postings(customer: &Customer, today: Date) -> Vec<Posting> {
    let entries = customer.entries.iter().enumerate();
    let own = entries.filter(|(_, entry)| entry.kind() == Some(Kind::WinLose));
    let mut postings: Vec<Posting> = own
        .map(|(place, entry)| posting(customer, place, entry, today))
        .collect();
    postings.sort_by_key(|posting| (posting.day, posting.place));
    for at in 0..postings.len() {
        note_all(&mut postings, at, today);
    }
    postings
}

fn posting(customer: &Customer, place: usize, entry: &Entry, today: Date) -> Posting {
    let deal = entry.fields.text("deal").map(str::trim);
    let title = deal.map(|key| match customer.entry("deal", key) {
        Some(deal) => one_line(&deal.line_text()),
        None => key.to_owned(),
    });
    let shares = PARTIES.into_iter().flat_map(|party| {
        let lines = entry.fields.texts(party);
        lines.map(move |line| Share::of(party, line))
    });
    // What somebody wrote down without a stage has happened.
    let stage = entry.fields.text("stage").map_or("actual", str::trim);
    Posting {
        entry: entry.id().into(),
        place,
        day: entry.day(),
        stage: stage.to_owned(),
        outcomes: outcomes(entry),
        deal: title,
        baseline: entry.fields.text("baseline").map(one_line),
        parties: shares.collect(),
        notes: Vec::new(),
        is_ahead: entry.day().is_some_and(|day| day > today),
    }
}

/// What the entry at that place says beside the others about the same deal.
fn note_all(postings: &mut [Posting], at: usize, today: Date) {
    let Some(own) = postings.get(at).filter(|own| !own.is_ahead) else {
        return;
    };
    let mut noted = own.clone();
    let same = |other: &&Posting| other.deal == own.deal && !other.is_ahead;
    let (before, behind) = postings.split_at(at);
    let behind = behind.get(1..).unwrap_or_default();
    let before: Vec<&Posting> = before.iter().rev().filter(same).collect();
    for party in ["them", "us", "others"] {
        let is_stage = |other: &&&Posting| other.is_expected() == own.is_expected();
        let mut earlier = before.iter().filter(is_stage);
        if let (Some(now), Some((other, was))) = (
            own.wins(party),
            earlier.find_map(|other| Some((other, other.wins(party)?))),
        ) && fold(&was) != fold(&now)
        {
            let (from, to) = (other.day_words(), own.day_words());
            let text = format!("{} changed: {was} ({from}) -> {now} ({to})", whose(party));
            noted.note(Sort::Changed, text, Some(other));
        }
    }
    if own.is_expected() {
        if !behind.iter().filter(same).any(|other| !other.is_expected()) {
            note_waiting(&mut noted, today);
        }
    } else {
        if let Some(expected) = before.iter().find(|other| other.is_expected()) {
            note_came(&mut noted, expected);
        }
        if !behind.iter().filter(same).any(|other| !other.is_expected()) {
            note_balance(&mut noted);
        }
    }
    if let Some(own) = postings.get_mut(at) {
        *own = noted;
    }
}

fn note_waiting(own: &mut Posting, today: Date) {
    let since = match own.day {
        Some(day) => format!(" since {day}, {}", short_age(day, today)),
        None => String::new(),
    };
    own.note(Sort::Waiting, format!("not looked at yet{since}"), None);
    let losers = own.losers().join(", ");
    if !losers.is_empty() {
        own.note(Sort::Pays, format!("who would pay: {losers}"), None);
    }
}

fn note_came(own: &mut Posting, expected: &Posting) {
    for party in ["them", "us", "others"] {
        if let Some(hoped) = expected.wins(party) {
            let came = own.wins(party).unwrap_or_else(|| own.all_of(party));
            let (whose, day) = (whose(party), expected.day_words());
            let text = format!("{whose}: expected {hoped} ({day}); came {came}");
            own.note(Sort::Came, text, Some(expected));
        }
    }
}

/// Win-win, or what is missing for it.
fn note_balance(own: &mut Posting) {
    let is_won = |party| own.wins(party).is_some();
    let (theirs, ours) = (is_won("them"), is_won("us"));
    let losers = own.losers().join(", ");
    let we_lose = own
        .parties
        .iter()
        .any(|share| share.party == "us" && share.loses());
    if theirs && ours && losers.is_empty() {
        let words = "win-win: both wins are written down, and no loss";
        own.note(Sort::WinWin, words.to_owned(), None);
    }
    if !theirs {
        own.note(Sort::Unwritten, UNWRITTEN.to_owned(), None);
    }
    if !ours && !we_lose {
        own.note(
            Sort::NoWin,
            "no win of ours is written down".to_owned(),
            None,
        );
    }
    if !losers.is_empty() {
        own.note(Sort::Pays, format!("who pays: {losers}"), None);
    }
}

/// Whose win it is.
fn whose(party: &str) -> &'static str {
    match party {
        "us" => "our win",
        "them" => "their win",
        _ => "others' win",
    }
}
