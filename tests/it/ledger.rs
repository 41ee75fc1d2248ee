//! What a ledger says, from small journals.

use std::sync::Arc;

use goodwill::model::customer::Customer;
use goodwill::model::journal::Journal;
use goodwill::model::ledger::{Ledger, ledgers};
use goodwill::model::settings::Settings;
use goodwill::store::load::load;
use goodwill::store::read::read_customer;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::stage::tests_folder;

/// A Saturday.
const TODAY: Date = date(2026, 11, 21);

fn customer(text: &str) -> Customer {
    read_customer("acme", text).customer
}

fn ledger(text: &str) -> Ledger {
    Ledger::of(&customer(text), TODAY)
}

/// The notes of all entries, and what stands below the deals: `kind.key | words`.
fn notes(text: &str) -> Vec<String> {
    let ledger = ledger(text);
    let notes = ledger.postings.iter().flat_map(|posting| {
        let notes = posting.notes.iter();
        notes.map(|note| format!("{} | {}", posting.entry, note.text))
    });
    let deals = ledger.deals.iter().flat_map(|deal| {
        let told = deal.told().into_iter();
        told.map(|told| format!("{} | {} {}", deal.entry, told.label, told.text))
    });
    notes.chain(deals).collect()
}

type CaseOf = (&'static str, &'static str, &'static [&'static str]);

const CASES: &[CaseOf] = &[
    ("nothing is known", "name = \"x\"", &[]),
    (
        "both win and nobody loses",
        "[win-lose.2026-01-01]\nus = [\"win: 実例\"]\nthem = [\"win: 半減\"]\nothers = [\"even: 現場\"]",
        &["win-lose.2026-01-01 | win-win: both wins are written down, and no loss"],
    ),
    (
        "others pay, and by name",
        "[win-lose.2026-01-01]\nus = [\"win: a\"]\nthem = [\"win：b\"]\nothers = [\"lose: 現場は残業\", \"lose: the night shift starts at five\", \"lose:\"]",
        &["win-lose.2026-01-01 | who pays: 現場, night, somebody"],
    ),
    (
        "we and they pay",
        "[win-lose.2026-01-01]\nus = [\"lose: evenings\"]\nthem = [\"win: a\", \"lose: b\", \"lose: c\"]",
        &["win-lose.2026-01-01 | who pays: us, them"],
    ),
    (
        "their win is missing",
        "[win-lose.2026-01-01]\nus = [\"win: a\"]\nthem = [\"even: so so\", \"win:\"]",
        &["win-lose.2026-01-01 | their win is not written down"],
    ),
    (
        "ours is missing, or none",
        "[win-lose.2026-01-01]\nus = [\"even: paid\"]\nthem = [\"win: a\"]",
        &["win-lose.2026-01-01 | no win of ours is written down"],
    ),
    (
        "an entry of nothing but a reason",
        "[win-lose.2026-01-01]\nreason = \"who knows\"",
        &[
            "win-lose.2026-01-01 | their win is not written down",
            "win-lose.2026-01-01 | no win of ours is written down",
        ],
    ),
    (
        "what was expected is still to be looked at",
        "[win-lose.2026-11-01]\nstage = \"expected\"\nthem = [\"win: 半減\"]\nothers = [\"lose: warehouse learns it\"]\ndeal = \"a\"\n[win-lose.2026-11-02]\nus = [\"win: x\"]\nthem = [\"win: y\"]\ndeal = \"b\"",
        &[
            "win-lose.2026-11-01 | not looked at yet since 2026-11-01, 20d",
            "win-lose.2026-11-01 | who would pay: warehouse",
            "win-lose.2026-11-02 | win-win: both wins are written down, and no loss",
        ],
    ),
    (
        "expected without a day",
        "[win-lose.some]\nstage = \"expected\"\nthem = [\"win: x\"]",
        &["win-lose.some | not looked at yet"],
    ),
    (
        "what was expected stands beside what came of the same deal",
        "[win-lose.2026-01-01]\nstage = \"expected\"\nus = [\"win: a reference\"]\nthem = [\"win: 在庫を半減\"]\nothers = [\"win: less counting\"]\ndeal = \"a\"\n[win-lose.2026-06-01]\nus = [\"lose: two weeks\"]\nthem = [\"win: 二割減\", \"win: 残業なし\"]\ndeal = \"a\"",
        &[
            "win-lose.2026-06-01 | their win: expected 在庫を半減 (2026-01-01); came 二割減 / 残業なし",
            "win-lose.2026-06-01 | our win: expected a reference (2026-01-01); came lose: two weeks",
            "win-lose.2026-06-01 | others' win: expected less counting (2026-01-01); came nothing that is written down",
            "win-lose.2026-06-01 | who pays: us",
        ],
    ),
    (
        "their win changed, in what was hoped for and in what came",
        "[win-lose.2026-01-01]\nstage = \"expected\"\nthem = [\"win: fewer calls\"]\ndeal = \"a\"\n[win-lose.2026-02-01]\nstage = \"expected\"\nthem = [\"win: 静かな朝\"]\ndeal = \"a\"\n[win-lose.2026-03-01]\nus = [\"win: x\"]\nthem = [\"win: half the calls\"]\ndeal = \"a\"\n[win-lose.2026-04-01]\nus = [\"win: y\"]\nthem = [\"win: lunch\"]\ndeal = \"a\"",
        &[
            "win-lose.2026-02-01 | their win changed: fewer calls (2026-01-01) -> 静かな朝 (2026-02-01)",
            "win-lose.2026-03-01 | their win: expected 静かな朝 (2026-02-01); came half the calls",
            "win-lose.2026-04-01 | their win changed: half the calls (2026-03-01) -> lunch (2026-04-01)",
            "win-lose.2026-04-01 | our win changed: x (2026-03-01) -> y (2026-04-01)",
            "win-lose.2026-04-01 | their win: expected 静かな朝 (2026-02-01); came lunch",
            "win-lose.2026-04-01 | win-win: both wins are written down, and no loss",
        ],
    ),
    (
        "another spelling, another deal, another stage is no change",
        "[win-lose.2026-01-01]\nthem = [\"win: ＦＡＸなし\"]\nus = [\"win: a\"]\n[win-lose.2026-02-01]\nthem = [\"win: FAXなし\"]\nus = [\"win: A\"]\n[win-lose.2026-03-01]\nthem = [\"win: other\"]\nus = [\"win: a\"]\ndeal = \"b\"",
        &[
            "win-lose.2026-02-01 | win-win: both wins are written down, and no loss",
            "win-lose.2026-03-01 | win-win: both wins are written down, and no loss",
        ],
    ),
    (
        "a win that was not told again is no change of it",
        "[win-lose.2026-01-01]\nthem = [\"win: a\"]\nus = [\"win: u\"]\n[win-lose.2026-02-01]\nus = [\"win: u\"]\n[win-lose.2026-03-01]\nus = [\"win: u\"]\nthem = [\"win: c\"]",
        &[
            "win-lose.2026-03-01 | their win changed: a (2026-01-01) -> c (2026-03-01)",
            "win-lose.2026-03-01 | win-win: both wins are written down, and no loss",
        ],
    ),
    (
        "only the newest entry about a deal has the last word",
        "[win-lose.2026-01-01]\nothers = [\"lose: 現場\"]\ndeal = \"a\"\n[win-lose.2026-02-01]\nus = [\"win: u\"]\nthem = [\"win: t\"]\ndeal = \" a \"",
        &["win-lose.2026-02-01 | win-win: both wins are written down, and no loss"],
    ),
    (
        "what is to come counts for nothing yet",
        "[win-lose.2026-11-01]\nstage = \"expected\"\nthem = [\"win: t\"]\n[win-lose.2026-12-01]\nothers = [\"lose: 現場\"]\n[deal.a]\nstatus = \"lost\"\nclosed = 2027-01-01",
        &["win-lose.2026-11-01 | not looked at yet since 2026-11-01, 20d"],
    ),
    (
        "reasons beside each other",
        "[deal.a]\nstatus = \"lost\"\nclosed = 2026-01-01\nstated-reason = \"金額\"\nreal-reason = \"一人の会社\"\n[deal.b]\nstatus = \"lost\"\nclosed = 2026-02-01\n[deal.c]\nstatus = \"not-now\"\nstated-reason = \"x\"\n[deal.d]\nstatus = \"won\"\nopened = 2026-03-01\nreal-reason = \"they liked us\"\n[win-lose.2025-01-01]\nus = [\"win: u\"]\nthem = [\"win: t\"]\ndeal = \"d\"",
        &[
            "win-lose.2025-01-01 | win-win: both wins are written down, and no loss",
            "deal.a | stated 金額",
            "deal.a | real 一人の会社",
            "deal.b | stated not written down",
            "deal.b | real not written down",
            "deal.d | real they liked us",
        ],
    ),
    (
        "won, and their win is not written down",
        "[deal.a]\nstatus = \"won\"\n[deal.b]\nstatus = \"won\"\n[deal.c]\nstatus = \"won\"\n[win-lose.2025-01-01]\nstage = \"expected\"\nthem = [\"win: t\"]\ndeal = \"b\"\n[win-lose.2027-01-01]\nthem = [\"win: t\"]\ndeal = \"c\"",
        &[
            "win-lose.2025-01-01 | not looked at yet since 2025-01-01, 1y10m",
            "deal.a |  their win is not written down",
            "deal.c |  their win is not written down",
        ],
    ),
];

#[test]
fn it_says_what_the_entries_say_beside_each_other() {
    for (name, text, expected) in CASES {
        assert_eq!(notes(text), *expected, "{name}");
    }
}

#[test]
fn an_entry_is_told_from_its_baseline_on() {
    let ledger = ledger(
        "[deal.a]\ntitle = \"棚卸\"\n[win-lose.2026-01-01]\nbaseline = \"3日\\nの休業\"\n\
         us = [\"a first customer\", \"hope: more\"]\nthem = [\"win: 半日\"]\ndeal = \"a\"\n",
    );
    let posting = &ledger.postings[0];
    let told: Vec<String> = posting
        .told()
        .iter()
        .map(|told| format!("{}|{}", told.label, told.text))
        .collect();
    assert_eq!(
        told,
        [
            "from|3日 の休業",
            "us|a first customer",
            "us|hope: more",
            "them|win: 半日",
            "|no win of ours is written down",
        ]
    );
    assert_eq!(posting.deal.as_deref(), Some("棚卸"));
    assert_eq!(posting.stage, "actual");
}

#[test]
fn who_pays_or_has_no_win_comes_first_and_then_the_newest() {
    let named = |key: &str, text: &str| Arc::new(read_customer(key, text).customer);
    let won = "us = [\"win: u\"]\nthem = [\"win: t\"]";
    let journal = Journal::new(
        vec![
            named("a", &format!("[win-lose.2026-10-01]\n{won}")),
            named(
                "b",
                "[win-lose.2025-01-01]\nus = [\"lose: u\"]\nthem = [\"win: t\"]",
            ),
            named("c", "[deal.x]\nstatus = \"won\"\nclosed = 2026-01-01"),
            named("d", &format!("[win-lose.2026-11-01]\n{won}")),
            named("e", "name = \"nothing\""),
            named(
                "us",
                "ourselves = true\n[win-lose.2026-11-01]\nus = [\"win: x\"]",
            ),
        ],
        Settings::default(),
    );
    let ledgers = ledgers(&journal, TODAY);
    let order: Vec<&str> = ledgers.iter().map(|ledger| &*ledger.customer).collect();
    assert_eq!(order, ["c", "b", "d", "a"]);
    assert!(ledgers[1].has_gap() && !ledgers[2].has_gap());
}

#[test]
fn the_sample_tells_of_the_clinic_whose_win_moved_while_the_reception_paid() {
    let (journal, _) = load(&tests_folder().join("../journal"), &mut |_, _| {});
    let clinic = journal.customer("hoshizora-clinic").unwrap();
    let ledger = Ledger::of(clinic, TODAY);
    let told: Vec<&str> = ledger.postings[2].notes.iter().map(|n| &*n.text).collect();
    assert!(
        told[0].starts_with("their win changed: 無断キャンセル"),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|text| text.starts_with("who pays: us, 受付の4人")),
        "{told:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn win_win_is_never_said_where_somebody_loses_or_their_win_is_missing(
        entries in proptest::collection::vec((0_u8..2, 0_u8..16, 0_u8..3, 1_u8..28), 0..7),
    ) {
        let mut text = String::new();
        for (at, (stage, lines, deal, day)) in entries.iter().enumerate() {
            text += &format!("[win-lose.{at}]\ndate = 2026-11-{day:02}\ndeal = \"{deal}\"\n");
            text += ["", "stage = \"expected\"\n"][usize::from(*stage)];
            text += ["", "us = [\"win: u\"]\n"][usize::from(lines & 1)];
            text += ["", "them = [\"win: t\"]\n"][usize::from(lines >> 1 & 1)];
            text += ["", "others = [\"win: o\"]\n", "others = [\"lose: o\"]\n", "others = \"lose：o\"\n"][usize::from(lines >> 2)];
        }
        for posting in ledger(&text).postings {
            let is_said = posting.notes.iter().any(|note| note.text.starts_with("win-win"));
            let has = |party: &str, word: &str| {
                let mut own = posting.parties.iter().filter(|share| share.party == party);
                own.any(|share| share.outcome.as_deref() == Some(word))
            };
            let may = has("them", "win") && !has("others", "lose") && posting.stage == "actual";
            prop_assert!(!is_said || may && !posting.is_ahead);
        }
    }
}
