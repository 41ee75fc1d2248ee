//! A narrower query finds nothing that the wider one does not find.

use proptest::prelude::*;

use super::finds::customer;
use super::parse;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::fold::fold;
use crate::model::journal;
use crate::model::search::engine::Engine;
use crate::model::search::query::{Atom, Query};

#[test]
fn typing_on_narrows_and_taking_back_does_not() {
    for (wider, narrower) in [
        ("pay", "paym"),
        ("pay", "repay"),
        ("acme pay", "acme paym"),
        ("kind:con", "kind:conc"),
        ("kind:concern", "kind:concern pay"),
        ("pay|late", "paym"),
        ("pay|late", "late|paym"),
        ("!paym", "!pay"),
        ("!a", "!a pay"),
        ("since:2025", "since:2025-10"),
        ("on:2025", "on:2025-10"),
        ("since:2025", "on:2026-03"),
        ("is:op", "is:open"),
        ("is:clo tag:o", "is:closed tag:osaka pay"),
        ("deal:web", "deal:web-ren"),
        ("with:山", "from:山田"),
        ("has:le", "has:learned"),
        ("pay 'a", "pay 'ab"),
        ("'a", "^ab$"),
        ("kind:", ""),
    ] {
        assert!(
            parse(narrower).narrows(&parse(wider)),
            "{wider} -> {narrower}"
        );
    }
    for (wider, narrower) in [
        ("paym", "pay"),
        ("acme", "acme pay"),
        ("acme", "acme kind:concern"),
        ("!pay", "!paym"),
        ("pay", "pay|late"),
        ("'pay", "pay"),
        ("since:2025-10", "since:2025"),
        ("deal:eb", "deal:web"),
        ("deal:ne", "deal:new$"),
        ("has:learned", "has:le"),
        ("", "pay"),
    ] {
        assert!(
            !parse(narrower).narrows(&parse(wider)),
            "{wider} -> {narrower}"
        );
    }
    assert!(parse("acme pay").asks_more(&parse("acme")));
    assert!(!parse("acme").asks_more(&parse("acme pay")));
}

/// Whether a query finds an entry as it is agreed on: all clauses met by the entry or, for words,
/// by the customer's names, and one of those that are not `!` by the entry itself.
fn finds(query: &Query, customer: &Customer, entry: Option<&Entry>) -> bool {
    let fields = entry.map_or(&customer.head, |entry| &entry.fields);
    let texts: Vec<String> = fields
        .iter()
        .map(|(_, value)| fold(&value.to_line()))
        .collect();
    let names: Vec<String> = journal::names(customer).map(fold).collect();
    let own = |atom: &Atom| match atom {
        Atom::Test(test) => test.holds(customer, entry),
        Atom::Word(word) => {
            texts.iter().any(|text| word.is_in(text))
                || (entry.is_none() && names.iter().any(|name| word.is_in(name)))
        }
    };
    let meets = |atom: &Atom| match atom {
        Atom::Word(word) => own(atom) || names.iter().any(|name| word.is_in(name)),
        Atom::Test(_) => own(atom),
    };
    let mut wanted = query
        .clauses()
        .iter()
        .filter(|clause| !clause.not)
        .peekable();
    let by_itself = wanted.peek().is_none() || wanted.any(|clause| clause.any.iter().any(own));
    let clauses = query.clauses();
    !clauses.is_empty()
        && by_itself
        && clauses
            .iter()
            .all(|clause| clause.any.iter().any(meets) != clause.not)
}

/// A part of a query out of few letters, so that two of them often have to do with one another.
fn part() -> impl Strategy<Value = String> {
    let word = "[!]?['^]?[ab]{1,3}[$]?";
    let either = "[!]?[ab]{1,2}[|](['^]?[ab]{1,2}|kind:(con|concern|call))";
    let field = "[!]?(tag|deal|with|from|customer|in|lever|about|has|source|role):['^]?(a|b|ab|ba|text|ta|te)[$]?";
    let list = "[!]?(kind:(c|con|concern|concerns|call|customer|fact|win-lose|winlo)([|]fact)?|is:(o|op|open|done|d|due|answered|an|active|act|no|not-now))";
    let days = "[!]?(since|until|on|due):(2025|2026|2025-10|2025-11|2025-10-0|2025-10-05|today|昨日|2025..2026-03)";
    prop_oneof![
        word,
        either,
        field,
        list,
        days,
        Just("decides:y".to_owned())
    ]
}

fn line() -> impl Strategy<Value = String> {
    prop::collection::vec(part(), 0..4).prop_map(|parts| parts.join(" "))
}

/// Two values of one field, or two words.
fn pair() -> impl Strategy<Value = (String, String)> {
    let field = "(|tag:|deal:|with:|customer:|in:|about:|has:|name:)";
    let value = "['^]?[ab]{1,2}(-?[ab])?[$]?";
    (field, value, value)
        .prop_map(|(field, one, two)| (format!("{field}{one}"), format!("{field}{two}")))
}

fn file() -> impl Strategy<Value = std::sync::Arc<Customer>> {
    let value = "[ab]{1,3}(-[ab]{1,2})?";
    let head = (value, value, "(away|active|not-now)");
    let head = head.prop_map(|(name, tag, status)| {
        format!("name = {name} / tags = {tag}; x / status = {status}")
    });
    let kind = "(contact|deal|interaction|concern|negotiation|promise|fact|golf)[.](2025-10-05|2025-11-01|ab|ba)-[ab]";
    let text = "(name|title|reading|said|text|about|source|role|with|from|deal|channel|tags) = [ab]{1,3}(-[ab]{1,2})?";
    let more = "(give = [ab]{1,2}: [ab]|status = (open|answered|away)|due = (2025-10-05|2026-11-20)|done = 2026-01-01|decides = true)";
    let field = prop_oneof![text, more];
    let fields = prop::collection::vec(field, 0..4).prop_map(|fields| fields.join(" / "));
    let entries = prop::collection::vec((kind, fields), 0..5);
    ("([ab]{1,2}/)?[ab]{1,3}", head, entries).prop_map(|(key, head, entries)| {
        let entries: Vec<(&str, &str)> = entries
            .iter()
            .map(|(id, lines)| (&**id, &**lines))
            .collect();
        customer(&key, &head, &entries)
    })
}

/// A change of a line as typing makes it: letters on, letters back, a part more.
fn typed_on(line: &str, cut: usize, more: &str) -> String {
    let letters = line.chars().count().saturating_sub(cut);
    line.chars().take(letters).collect::<String>() + more
}

proptest! {
    #[test]
    fn what_a_narrower_query_finds_the_wider_one_finds(
        files in prop::collection::vec(file(), 1..4),
        line in line(),
        other in line(),
        pair in pair(),
        cut in 0..4_usize,
        more in "[ab|: ]{0,3}",
    ) {
        let (one, two) = pair;
        let lines = [typed_on(&line, cut, &more), format!("{line} {other}"), other, line, one, two];
        let queries: Vec<Query> = lines.iter().map(|line| parse(line)).collect();
        for (own, own_line) in queries.iter().zip(&lines) {
            for (wider, wider_line) in queries.iter().zip(&lines) {
                prop_assert!(!std::ptr::eq(own, wider) || own.narrows(wider), "{}", own_line);
                if !own.narrows(wider) {
                    continue;
                }
                for customer in &files {
                    let heads = [None].into_iter();
                    for entry in heads.chain(customer.entries.iter().map(Some)) {
                        let lost = finds(own, customer, entry) && !finds(wider, customer, entry);
                        prop_assert!(!lost, "{:?} {:?} {:?}", own_line, wider_line, entry);
                    }
                }
                let mut engine = Engine::default();
                engine.add(&files);
                let mut pick = |query| engine.pick(query, &|| false).unwrap_or_default();
                let (own, wider) = (pick(own), pick(wider));
                if own.guessed {
                    continue;
                }
                for (customer, head, entries) in own.customers {
                    let mut there = wider.customers.iter();
                    let there = there.find(|(other, _, _)| std::sync::Arc::ptr_eq(other, &customer));
                    let (_, wider_head, wider_entries) = there.unwrap();
                    prop_assert!(head <= *wider_head, "{:?} {:?}", own_line, wider_line);
                    prop_assert!(entries.iter().all(|at| wider_entries.contains(at)));
                }
            }
        }
    }
}
