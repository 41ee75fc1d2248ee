//! What the fields find in a small journal.

use std::sync::Arc;

use super::parse;
use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields, KindWord};
use crate::model::search::query::{Atom, Query};
use crate::model::value::Value;
use crate::model::when::When;

/// `name = value` line by line; a value is a day, a list with `;`, yes, a number or a text.
fn fields(lines: &str) -> Fields {
    let value = |text: &str| match text {
        "true" | "false" => Value::Bool(text == "true"),
        _ if text.contains(';') => Value::texts(text.split(';').map(str::trim)),
        _ if text.bytes().all(|byte| byte.is_ascii_digit()) => Value::Number(text.into()),
        _ => When::parse(text).map_or(Value::text(text), Value::When),
    };
    let lines = lines.split('/').filter_map(|line| line.split_once('='));
    let lines = lines.map(|(name, text)| (name.trim(), value(text.trim())));
    lines.collect()
}

pub(super) fn customer(key: &str, head: &str, entries: &[(&str, &str)]) -> Arc<Customer> {
    let entry = |(id, lines): &(&str, &str)| {
        let (kind, key) = id.split_once('.').unwrap();
        Entry {
            kind: KindWord::of(kind),
            key: key.into(),
            fields: fields(lines),
            line: 1,
        }
    };
    Arc::new(Customer {
        key: key.into(),
        head: fields(head),
        entries: entries.iter().map(entry).collect(),
        broken: key == "broken",
    })
}

/// Two customers in touch, one put away, and one whose file does not parse.
fn journal() -> Vec<Arc<Customer>> {
    vec![
        customer(
            "acme",
            "name = アクメ商事 / reading = あくめしょうじ / aliases = ACME Trading; AT / tags = osaka; retail",
            &[
                (
                    "contact.yamada",
                    "name = 山田 花子 / reading = やまだ はなこ / decides = true",
                ),
                (
                    "deal.web-renewal",
                    "title = ECサイト更改 / opened = 2026-09-01 / competitor = Okina Works",
                ),
                (
                    "interaction.2026-11-20-a",
                    "channel = call / by = them / with = 花子; Bob; 鈴木 / deal = web-renewal",
                ),
                (
                    "concern.2026-11-20-b",
                    "from = やまだ / about = payment / said = 一括前払いは厳しい",
                ),
                (
                    "negotiation.2026-11-21-c",
                    "give = payment: 月額; ; / get = term: 12か月; testimonial: 声 / result = deal / learned = 支払方法",
                ),
                (
                    "promise.2026-11-01-d",
                    "what = 見積 / due = 2026-11-20 / tags = urgent; osaka-north",
                ),
                (
                    "promise.2026-10-01-e",
                    "what = 契約書 / by = them / done = 2026-10-05",
                ),
                ("win-lose.2026-10-03-f", "us = win: 売上; "),
            ],
        ),
        customer(
            "archive/2020/cobalt",
            "name = Cobalt Studio / status = away / supplier = Okina Works / private = true",
            &[
                ("deal.app", "title = Web app / status = lost"),
                ("fact.strategy", "about = strategy / text = goes abroad"),
                ("visit.2020-01-05", "status = planned"),
            ],
        ),
        customer("broken", "name = Broken", &[]),
    ]
}

/// What meets all clauses of a query by itself: keys, `-` for heads.
fn found(typed: &str) -> String {
    let query = parse(typed);
    let meets = |query: &Query, customer: &Customer, entry: Option<&Entry>| {
        query.clauses().iter().all(|clause| {
            let mut any = clause.any.iter();
            any.any(|atom| match atom {
                Atom::Test(test) => test.holds(customer, entry),
                Atom::Word(_) => false,
            }) != clause.not
        })
    };
    let mut found = Vec::new();
    for customer in journal() {
        let heads = [None].into_iter();
        for entry in heads.chain(customer.entries.iter().map(Some)) {
            if meets(&query, &customer, entry) {
                let name = entry.map_or(customer.stem(), |entry| &entry.key);
                found.push(name.rsplit('-').next().unwrap_or(name).to_owned());
            }
        }
    }
    found.join(" ")
}

#[test]
fn fields_find_what_they_ask_for() {
    let acme = "acme yamada renewal a b c d e f";
    let cobalt = "cobalt app strategy 05";
    for (typed, expected) in [
        ("kind:concern", "b"),
        ("kind:con", "yamada b"),
        ("kind:call", "a"),
        ("kind:visit", "05"),
        ("kind:customer", "acme cobalt broken"),
        ("kind:promise|concern !is:kept", "b d"),
        (
            "is:open kind:deal|concern|promise|negotiation",
            "renewal b d",
        ),
        ("is:closed", "c e app"),
        ("is:done", "e"),
        ("is:overdue", "d"),
        ("is:due", "d"),
        ("is:lost", "app"),
        ("is:deal", "c"),
        ("is:actual", "f"),
        ("is:away", cobalt),
        ("is:private", cobalt),
        ("is:broken", "broken"),
        ("is:planned", "05"),
        ("is:touch", "a c"),
        ("about:pay", "b"),
        ("about:strat", "strategy"),
        ("lever:term", "c"),
        ("lever:payment", "c"),
        ("lever:月額", ""),
        ("deal:web", "renewal a app"),
        ("deal:renewal", "renewal a"),
        ("deal:更改", "renewal a"),
        ("deal:enewal", ""),
        ("deal:^app$", "app"),
        ("tag:urgent", "d"),
        ("tag:osaka", acme),
        ("tag:^osaka-north$", "d"),
        ("by:them", "a e"),
        ("by:us", "d"),
        ("in:archive", cobalt),
        ("in:2020", cobalt),
        ("in:cobalt", ""),
        ("customer:あくめ", acme),
        ("customer:at$", acme),
        ("customer:cob", cobalt),
        ("since:2026-11", "a b c d"),
        ("until:2026-09", "renewal 05"),
        ("on:2026-10", "e f"),
        ("on:昨日", "a b"),
        ("due:2026-11", "d"),
        ("has:learned", "c"),
        ("has:supplier", "cobalt"),
        ("supplier:okina", "cobalt"),
        ("competitor:okina", "renewal"),
        ("decides:yes", "yamada"),
        ("status:open", "renewal b"),
        ("status:active", "acme broken"),
        ("stage:actual", "f"),
        ("get:12か月", "c"),
        ("us:win", "f"),
    ] {
        assert_eq!(found(typed), expected, "{typed}");
    }
}

#[test]
fn people_are_found_by_whatever_they_are_called() {
    for (typed, expected) in [
        ("with:yamada", "a b"),
        ("with:山田", "a b"),
        ("with:bob", "a"),
        ("with:hanako", "a b"),
        ("with:suzuki", "a"),
        ("with:'suzuki", ""),
        ("from:花子", "b"),
    ] {
        assert_eq!(found(typed), expected, "{typed}");
    }
}
