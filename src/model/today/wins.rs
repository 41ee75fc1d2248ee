//! Who won, whether it is written down, and who pays for it.
//!
//! From the essay on why win-win fails: a win is invisible, and a win defined is a loss defined.

use std::collections::HashSet;

use jiff::civil::Date;

use super::seen::Seen;
use super::{Reason, Rule, words};
use crate::model::entry::Entry;
use crate::model::kind::Kind;

pub(super) fn reasons(seen: &Seen, reasons: &mut Vec<Reason>) {
    reasons.extend(wins_unseen(seen));
    reasons.extend(hidden_losers(seen));
    reasons.extend(win_stale(seen));
}

/// The first line of a party that begins with this outcome.
fn line<'e>(entry: &'e Entry, party: &str, outcome: &str) -> Option<&'e str> {
    entry.outcomes(party, outcome).next()
}

/// Our wins behind which no win of theirs is written: deals that were won, and what we wrote down
/// as a win of ours. A win of theirs counts for its deal; one without a deal for all before it.
fn wins_unseen(seen: &Seen) -> Vec<Reason> {
    let told = seen.past(Kind::WinLose);
    let theirs = told
        .iter()
        .filter(|entry| line(entry, "them", "win").is_some());
    let (of_deals, of_all): (Vec<&Entry>, Vec<&Entry>) =
        theirs.partition(|entry| entry.fields.text("deal").is_some());
    let deals: HashSet<&str> = of_deals
        .iter()
        .filter_map(|e| e.fields.text("deal"))
        .collect();
    let last_of_all = of_all.iter().map(|entry| entry.day()).max();
    let is_seen = |deal: Option<&str>, day: Option<Date>| {
        deal.is_some_and(|deal| deals.contains(deal)) || last_of_all.is_some_and(|last| last >= day)
    };
    let won = seen.past(Kind::Deal).iter();
    let won: Vec<&Entry> = won
        .filter(|deal| deal.word("status") == "won")
        .copied()
        .collect();
    let won_keys: HashSet<&str> = won.iter().map(|deal| &*deal.key).collect();
    // A deal that was won speaks for what was written about it.
    let is_of_won = |deal: Option<&str>| deal.is_some_and(|deal| won_keys.contains(deal));
    let ours = told
        .iter()
        .filter(|entry| line(entry, "us", "win").is_some());
    let ours = ours
        .map(|entry| (*entry, entry.fields.text("deal"), entry.day()))
        .filter(|(_, deal, _)| !is_of_won(*deal));
    let is_past = |day: Option<Date>| day.is_none_or(|day| day <= seen.today);
    let won = won.iter().map(|deal| {
        let day = deal.fields.day("closed").or_else(|| deal.day());
        (*deal, Some(&*deal.key), day)
    });
    won.chain(ours)
        .filter(|(_, deal, day)| is_past(*day) && !is_seen(*deal, *day))
        .map(|(entry, _, day)| {
            let what = match entry.kind() {
                Some(Kind::Deal) => entry.line_text(),
                _ => line(entry, "us", "win").unwrap_or_default().to_owned(),
            };
            let text = words::win_unseen(&what);
            // The newest win is the one whose like is still to be asked for.
            let weight = day.map_or(i32::MIN, |day| -seen.age(day));
            seen.reason(Rule::WinUnseen, Some(entry), text, (day, weight))
        })
        .collect()
}

/// Others who lose, by the newest that was written of each deal within a year: what was put right
/// since then is no row, and what is long past is the ledger's.
fn hidden_losers(seen: &Seen) -> Vec<Reason> {
    let mut deals = HashSet::new();
    let told = seen.past(Kind::WinLose).iter().rev();
    let newest = told.filter(|entry| deals.insert(entry.fields.text("deal")));
    newest
        .filter_map(|entry| {
            let age = seen.age(entry.day()?);
            if age > seen.days(Rule::HiddenLoser) {
                return None;
            }
            let text = words::hidden_loser(line(entry, "others", "lose")?);
            let since = seen.written(entry);
            Some(seen.reason(Rule::HiddenLoser, Some(entry), text, (since, -age)))
        })
        .collect()
}

/// Their win was last confirmed long ago; what a win is shifts in silence.
fn win_stale(seen: &Seen) -> Option<Reason> {
    let told = seen.past(Kind::WinLose).iter().rev();
    let (entry, win) = told
        .filter_map(|entry| Some((*entry, line(entry, "them", "win")?)))
        .next()?;
    let day = entry.day().filter(|_| seen.is_active())?;
    let age = seen.age(day);
    let text = || words::win_stale((day, seen.today), win);
    let reason = || seen.reason(Rule::WinStale, Some(entry), text(), (Some(day), age));
    (age >= seen.days(Rule::WinStale)).then(reason)
}
