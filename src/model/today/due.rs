//! What somebody waits for: promises, open concerns and negotiations, days that were named.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::seen::Seen;
use super::{Reason, Rule, words};
use crate::model::entry::Entry;
use crate::model::kind::Kind;

pub(super) fn reasons(seen: &Seen, reasons: &mut Vec<Reason>) {
    reasons.extend(
        seen.past(Kind::Promise)
            .iter()
            .filter_map(|p| promise(seen, p)),
    );
    reasons.extend(
        seen.past(Kind::Concern)
            .iter()
            .filter_map(|c| concern(seen, c)),
    );
    let negotiations = seen.past(Kind::Negotiation);
    reasons.extend(negotiations.iter().filter_map(|n| negotiation(seen, n)));
    reasons.extend(again(seen));
    reasons.extend(ends(seen));
}

/// Ours from its day on; theirs when it is over that day by more than a week.
fn promise(seen: &Seen, promise: &Entry) -> Option<Reason> {
    let due = promise.fields.day("due").filter(|_| promise.is_open())?;
    let over = seen.age(due);
    let since = seen.written(promise).max(Some(due));
    let what = promise.line_text();
    let (rule, text) = match promise.word("by") {
        "us" if over >= 0 => (Rule::PromiseDue, words::promise_due(over, &what)),
        "them" if over >= seen.days(Rule::PromiseTheirs) => {
            (Rule::PromiseTheirs, words::promise_theirs(over, &what))
        }
        _ => return None,
    };
    Some(seen.reason(rule, Some(promise), text, (since, over)))
}

fn concern(seen: &Seen, concern: &Entry) -> Option<Reason> {
    let day = concern.day().filter(|_| concern.is_open())?;
    let age = seen.age(day);
    if age < seen.days(Rule::ConcernOpen) {
        return None;
    }
    let text = words::concern_open(day, seen.today, &concern.line_text());
    let since = seen.written(concern);
    Some(seen.reason(Rule::ConcernOpen, Some(concern), text, (since, age)))
}

/// A touch counts as a move, whatever it was about.
fn negotiation(seen: &Seen, negotiation: &Entry) -> Option<Reason> {
    let day = negotiation.day().filter(|_| negotiation.is_open())?;
    let quiet = day.max(seen.last_touch.unwrap_or(day));
    let age = seen.age(quiet);
    if age < seen.days(Rule::NegotiationOpen) {
        return None;
    }
    let text = words::negotiation_open(quiet, seen.today, &negotiation.line_text());
    let since = seen.written(negotiation).max(Some(quiet));
    Some(seen.reason(Rule::NegotiationOpen, Some(negotiation), text, (since, age)))
}

/// The days to ask again: of the customer, of deals and of negotiations. A touch since answers
/// them.
fn again(seen: &Seen) -> Vec<Reason> {
    let is_reached = |day: &Date| *day <= seen.today && !seen.is_touched_since(*day);
    let day_of = |entry: &Entry| entry.fields.day("again").filter(is_reached);
    let mut reasons = Vec::new();
    let head = &seen.customer.head;
    if let Some(day) = head.day("again").filter(is_reached) {
        let text = words::again(
            seen.customer.status(),
            None,
            (day, seen.today),
            head.text("why"),
        );
        reasons.push(seen.reason(Rule::Again, None, text, (Some(day), seen.age(day))));
    }
    let deals = seen.past(Kind::Deal).iter().map(|deal| (deal, "status"));
    let negotiations = seen.past(Kind::Negotiation).iter().map(|n| (n, "result"));
    for (entry, state) in deals.chain(negotiations) {
        let Some(day) = day_of(entry) else { continue };
        let state = entry.word(state);
        // What came to a deal has been asked again.
        if matches!(state, "won" | "deal") {
            continue;
        }
        let why = (entry.fields.text("real-reason")).or(entry.fields.text("stated-reason"));
        let why = why.or(entry.fields.text("learned"));
        let text = words::again(state, Some(&entry.line_text()), (day, seen.today), why);
        let since = seen.written(entry).max(Some(day));
        reasons.push(seen.reason(Rule::Again, Some(entry), text, (since, seen.age(day))));
    }
    reasons
}

/// The ends of contracts, and the day on which they choose their suppliers.
fn ends(seen: &Seen) -> Vec<Reason> {
    let near = |rule: Rule, day: Date| {
        let (left, ahead) = (-seen.age(day), seen.days(rule));
        (0..=ahead).contains(&left).then(|| {
            let begins = day.checked_sub(ahead.days()).unwrap_or(day);
            (Some(begins), ahead - left)
        })
    };
    let mut reasons = Vec::new();
    let won = seen.past(Kind::Deal).iter();
    for deal in won.filter(|deal| deal.word("status") == "won") {
        let end = deal.fields.day("until");
        let Some((end, since)) = end.and_then(|end| Some((end, near(Rule::Renewal, end)?))) else {
            continue;
        };
        let text = words::renewal(end, seen.today, &deal.line_text());
        reasons.push(seen.reason(Rule::Renewal, Some(deal), text, since));
    }
    let review = seen.customer.head.day("review");
    if let Some((review, since)) =
        review.and_then(|day| Some((day, near(Rule::SupplierReview, day)?)))
    {
        let text = words::supplier_review(review, seen.today, seen.customer.head.text("supplier"));
        reasons.push(seen.reason(Rule::SupplierReview, None, text, since));
    }
    reasons
}
