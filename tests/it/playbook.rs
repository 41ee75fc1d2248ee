//! What has worked: levers, concerns, gifts, changes, reasons.

use goodwill::model::journal::Journal;
use goodwill::model::playbook::Asked;
use goodwill::model::playbook::changes::changes;
use goodwill::model::playbook::concerns::topics;
use goodwill::model::playbook::given::given;
use goodwill::model::playbook::levers::levers;
use goodwill::model::playbook::outcomes::outcomes;
use goodwill::model::playbook::tables::Page;
use goodwill::store::sample;
use serde_json::json;

use crate::case::Case;
use crate::small_books::{TODAY, journal};

fn asked<'a>(journal: &'a Journal, customer: Option<&str>) -> Asked<'a> {
    Asked {
        journal,
        today: TODAY,
        customer: customer.map(|key| &**journal.customer(key).unwrap()),
    }
}

/// The rows of a page, each with its columns joined, and below each what lies behind it.
fn told(page: Page, journal: &Journal, customer: Option<&str>) -> Vec<String> {
    let table = page.table(&asked(journal, customer));
    let mut lines = Vec::new();
    for row in &table.rows {
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.words()).collect();
        lines.push(cells.join("|"));
        let behind = row.details.iter();
        lines.extend(behind.map(|detail| format!("  {}: {}", detail.label, detail.text)));
    }
    lines
}

const ACME: (&str, &str) = (
    "acme",
    "name = \"アクメ\"\n[contact.yamada]\nname = \"山田 花子\"\n\
     [negotiation.2026-03-01]\nasked = \"分けて\"\ngive = [\"payment: 月額払い\", \"Price: a little\"]\n\
     get = [\"term: 12か月\"]\nresult = \"deal\"\nlearned = \"壁は支払\"\n\
     [negotiation.2026-02-01]\nasked = \"半額で\"\nget = \"payment： 前払い\"\ngive = [\"payment: 後払い\"]\nresult = \"no-deal\"\n\
     [negotiation.2026-12-01]\ngive = [\"payment: next month\"]\nresult = \"deal\"\n\
     [concern.2026-11-01]\nabout = \"Payment\"\nsaid = \"前払いは厳しい\"\nfrom = \"山田\"\n",
);

const BOREALIS: (&str, &str) = (
    "borealis",
    "name = \"Borealis\"\n\
     [negotiation.2025-01-01]\nasked = \"cheaper\"\ngive = [\"coffee: a pound\"]\nresult = \"not-now\"\n\
     [negotiation.2025-02-01]\ngive = [\"payment: quarterly\"]\n\
     [concern.2025-01-01]\nabout = \"payment\"\nsaid = \"too early\"\nstatus = \"answered\"\n\
     answer = \"Quarterly\"\nanswered = 2025-01-11\n\
     [concern.2025-03-01]\nabout = \"payment\"\nsaid = \"too late\"\nstatus = \"accepted\"\nanswered = 2025-03-05\n\
     [concern.2025-04-01]\nabout = \"payment\"\nsaid = \"gone by\"\nstatus = \"gone\"\nanswered = 2025-04-02\n",
);

#[test]
fn a_lever_counts_each_negotiation_once_and_keeps_the_exact_words() {
    let journal = journal(&[ACME, BOREALIS]);
    let levers = levers(&asked(&journal, None));
    let payment = &levers[0];
    assert_eq!(payment.name, "payment");
    let counts = (
        payment.offered,
        payment.deal,
        payment.no_deal,
        payment.open,
        payment.not_now,
    );
    assert_eq!(counts, (3, 1, 1, 1, 0));
    let words: Vec<(&str, &str, &str)> = payment
        .uses
        .iter()
        .map(|it| (it.side, &*it.what, &*it.result))
        .collect();
    assert_eq!(
        words,
        [
            ("give", "月額払い", "deal"),
            ("give", "後払い", "no-deal"),
            ("get", "前払い", "no-deal"),
            ("give", "quarterly", "open"),
        ]
    );
    assert_eq!(payment.uses[0].learned.as_deref(), Some("壁は支払"));
    // A word of their own counts too; what was never tried stands at the end, named.
    assert!(
        levers
            .iter()
            .any(|lever| lever.name == "coffee" && lever.not_now == 1)
    );
    assert_eq!(levers.last().unwrap().offered, 0);
    let rows = told(Page::Levers, &journal, None);
    assert_eq!(rows[0], "payment|3|1|1|1||give 月額払い");
    assert_eq!(rows[1], "  deal: give 月額払い, アクメ 2026-03-01");
    assert_eq!(rows[2], "  learned: 壁は支払");
    assert!(
        rows.contains(&"referral||||||never tried".to_owned()),
        "{rows:#?}"
    );
}

#[test]
fn before_a_talk_the_levers_are_those_never_tried_with_them() {
    let journal = journal(&[ACME, BOREALIS]);
    let rows = told(Page::Levers, &journal, Some("borealis"));
    assert_eq!(rows[0], "price|1|1||||give a little");
    assert_eq!(rows[1], "  deal: give a little, アクメ 2026-03-01");
    assert!(
        !rows.iter().any(|row| row.starts_with("payment")),
        "{rows:#?}"
    );
}

#[test]
fn a_no_deal_is_never_called_a_loss() {
    let journal = journal(&[ACME, BOREALIS]);
    for page in Page::ALL {
        for customer in [None, Some("acme")] {
            let table = page.table(&asked(&journal, customer));
            let heads = table.heads.iter().map(|head| &*head.title);
            let said = told(page, &journal, customer).join("\n") + &heads.collect::<String>();
            for word in ["loss", "lose", "lost", "fail", "score"] {
                assert!(!said.contains(word), "{page:?} says {word}: {said}");
            }
        }
    }
}

#[test]
fn a_topic_tells_how_often_by_whom_what_settled_it_and_how_long_it_took() {
    let journal = journal(&[ACME, BOREALIS]);
    assert_eq!(
        told(Page::Concerns, &journal, None),
        [
            "Payment|4|1|2|7d|Borealis 3, アクメ",
            "  open: 前払いは厳しい; 山田 花子, アクメ 2026-11-01",
            "  gone: gone by; Borealis 2025-04-01",
            "  accepted: too late; Borealis 2025-03-01",
            "  answered: too early; Borealis 2025-01-01",
            "  answer: Quarterly (after 10d)",
        ]
    );
}

#[test]
fn before_a_talk_the_answers_are_those_to_what_worries_them_now() {
    let other = (
        "c",
        "[concern.2026-01-01]\nabout = \"risk\"\nsaid = \"x\"\n[concern.x]\nsaid = \"y\"\n",
    );
    let journal = journal(&[ACME, BOREALIS, other]);
    assert_eq!(
        told(Page::Concerns, &journal, Some("acme")),
        [
            "Payment|3|1|2|7d|Borealis 2, アクメ",
            "  open: 前払いは厳しい; 山田 花子, アクメ 2026-11-01",
            "  accepted: too late; Borealis 2025-03-01",
            "  answered: too early; Borealis 2025-01-01",
            "  answer: Quarterly (after 10d)",
        ]
    );
    assert_eq!(told(Page::Concerns, &journal, Some("borealis")).len(), 0);
    // What names no topic is last, and no answer of somebody else fits it.
    let rows = told(Page::Concerns, &journal, Some("c"));
    assert_eq!(rows.last().unwrap(), "  open: y; c");
}

#[test]
fn missing_and_odd_days_make_no_number() {
    let files = |fields: &str| {
        format!(
            "[concern.2026-01-10]\nsaid = \"x\"\nabout = \"risk\"\nstatus = \"answered\"\n{fields}"
        )
    };
    for fields in ["", "answered = 2026-01-09\n", "answered = \"soon\"\n"] {
        let text = files(fields);
        let journal = journal(&[("acme", &text)]);
        assert_eq!(
            topics(&asked(&journal, None))[0].median_days(),
            None,
            "{fields}"
        );
    }
    // What is answered later than today is still open.
    let text = files("answered = 2027-01-01\nanswer = \"y\"\n");
    let journal = journal(&[("acme", &text)]);
    assert_eq!(
        told(Page::Concerns, &journal, None),
        ["risk|1|1|||acme", "  open: x; acme 2026-01-10"]
    );
}

#[test]
fn what_was_given_for_nothing_stands_by_customer() {
    let text = "[negotiation.2026-01-01]\nasked = \"a\"\ngive = [\"price: ten\", \"scope: more\"]\nresult = \"deal\"\n\
         [negotiation.2026-02-01]\nasked = \"b\"\ngive = [\"price: five\"]\nget = [\"\"]\nlearned = \"l\"\n\
         [negotiation.2026-03-01]\ngive = [\"price: x\"]\nresult = \"no-deal\"\n\
         [negotiation.2026-04-01]\ngive = [\"price: x\"]\nget = [\"term: y\"]\nresult = \"deal\"\n\
         [negotiation.2026-05-01]\ngive = []\nresult = \"deal\"\n";
    let journal = journal(&[("acme", text), ACME]);
    let given = given(&asked(&journal, None));
    assert_eq!(given.len(), 1);
    assert_eq!(
        told(Page::Given, &journal, None),
        [
            "acme|2|2026-02-01|price: five",
            "  2026-02-01: b",
            "  give: price: five",
            "  learned: l",
            "  2026-01-01: a",
            "  give: price: ten, scope: more",
        ]
    );
}

const OURSELVES: (&str, &str) = (
    "ourselves",
    "ourselves = true\n\
     [fact.f]\ntext = \"us\"\n\
     [change.2024-04-01]\nwhat = \"月額課金\"\nbecause = [\"borealis:concern.2025-01-01\", \"fact.f\", \"nobody:concern.x\", \"??\"]\n\
     [change.2025-04-01]\nwhat = \"Phone\"\n\
     [change.2027-04-01]\nwhat = \"Later\"\nbecause = [\"acme:concern.2026-11-01\"]\n\
     [negotiation.2025-01-01]\ngive = [\"price: x\"]\n[concern.2025-01-01]\nsaid = \"ours\"\n",
);

#[test]
fn changes_and_concerns_are_linked_both_ways() {
    let journal = journal(&[ACME, BOREALIS, OURSELVES]);
    assert_eq!(
        told(Page::Changes, &journal, None),
        [
            "2025-04-01|Phone|",
            "2024-04-01|月額課金|Borealis, ourselves",
            "  because: too early; Borealis 2025-01-01",
            "  because: us; ourselves",
            "  because: nobody:concern.x",
            "  because: ??",
        ]
    );
    let rows = told(Page::Concerns, &journal, None);
    assert!(
        rows.contains(&"  changed: 月額課金, 2024-04-01".to_owned()),
        "{rows:#?}"
    );
    // Our own file is no customer: neither its negotiations nor its concerns count.
    assert!(!rows.join("\n").contains("ours"), "{rows:#?}");
    let of = |customer: &str| changes(&asked(&journal, Some(customer))).len();
    assert_eq!((of("borealis"), of("acme")), (1, 0));
}

#[test]
fn the_stated_and_the_real_reason_stand_side_by_side() {
    let text = "name = \"アクメ\"\n\
         [deal.a]\ntitle = \"A\"\nstatus = \"won\"\nclosed = 2026-01-01\nstated-reason = \"値段\"\nreal-reason = \"電話\"\n\
         [deal.b]\ntitle = \"B\"\nstatus = \"lost\"\nopened = 2025-01-01\ncompetitor = \"Okina\"\n\
         [deal.c]\nstatus = \"open\"\n[deal.d]\nstatus = \"lost\"\nclosed = 2027-01-01\n[deal.e]\nstatus = \"withdrawn\"\n";
    let journal = journal(&[("acme", text)]);
    assert_eq!(
        told(Page::Outcomes, &journal, None),
        [
            "won|アクメ|値段|電話",
            "  deal: A, won 2026-01-01",
            "  stated: 値段",
            "  real: 電話",
            "lost|アクメ|-|-",
            "  deal: B, lost 2025-01-01",
            "  against: Okina",
        ]
    );
    let outcomes = outcomes(&asked(&journal, None));
    assert_eq!(outcomes[0].reason(), Some("電話"));
}

#[test]
fn the_command_tells_all_of_it_or_what_fits_a_customer() {
    let case = Case::new()
        .file("acme.toml", ACME.1)
        .file("borealis.toml", BOREALIS.1)
        .file("ourselves.toml", OURSELVES.1);
    let ran = case.run("playbook").ok().quiet();
    for line in [
        "Levers as given and got, and how it ended\n",
        "\npayment            3     1        1     1           give 月額払い\n",
        "\n    learned  壁は支払\n",
        "\nChanges of our own service, and who led to them\n",
    ] {
        assert!(ran.stdout.contains(line), "no {line:?}\n{ran}");
    }
    case.run("playbook アクメ")
        .ok()
        .stdout_has("Levers never tried with them, and how they did elsewhere\n")
        .stdout_has("    answer    Quarterly (after 10d)\n");
    let ran = case.run("playbook acme --json").ok();
    let told = ran.json();
    assert_eq!(told["customer"], "acme");
    assert_eq!(told["concerns"][0]["median_days"], 7);
    assert_eq!(told["concerns"][0]["concerns"][0]["from"], "山田 花子");
    let told = case.run("playbook --json").ok().json();
    assert_eq!(told["customer"], json!(null));
    assert_eq!(
        told["levers"][0]["words"][0],
        json!({
            "customer": "acme", "entry": "acme:negotiation.2026-03-01", "date": "2026-03-01",
            "side": "give", "what": "月額払い", "result": "deal", "learned": "壁は支払",
        })
    );
    assert_eq!(
        told["changes"][1]["because"][0],
        json!({
            "customer": "borealis", "entry": "borealis:concern.2025-01-01", "date": "2025-01-01",
            "said": "too early",
        })
    );
    assert_eq!(
        told["concerns"][0]["concerns"][3]["changes"],
        json!(["ourselves:change.2024-04-01"])
    );
}

#[test]
fn an_empty_playbook_is_a_document_and_a_3() {
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n");
    case.run("playbook")
        .code(3)
        .stdout("")
        .stderr_has("no negotiation");
    let told = case.run("playbook --json").code(3).json();
    assert_eq!(
        (&told["levers"], &told["concerns"]),
        (&json!([]), &json!([]))
    );
    let told = case.run("playbook nobody --json").code(3).json();
    assert_eq!(
        told,
        json!({
            "schema": 1, "customer": null, "levers": [], "concerns": [], "given": [],
            "changes": [], "outcomes": [],
        })
    );
    let broken = Case::new().file("acme.toml", "name = \n[concern.a]\nsaid = \"x\"\n");
    broken
        .run("playbook acme")
        .code(4)
        .stdout_has("open  x; acme");
}

#[test]
fn in_the_sample_the_bargainer_has_nine_no_deals_before_the_deal() {
    let case = Case::new();
    sample::copy_to(&case.path("")).unwrap();
    let told = case.run("playbook --json").ok().json();
    let given = told["given"].as_array().unwrap();
    assert_eq!(
        (&given[0]["customer"], &given[0]["times"]),
        (&json!("harrow-vale"), &json!(4))
    );
    let levers = told["levers"].as_array().unwrap();
    let words = levers
        .iter()
        .flat_map(|lever| lever["words"].as_array().unwrap());
    let of = |result: &str| {
        let fits = words
            .clone()
            .filter(|it| it["customer"] == "港屋" && it["result"] == result);
        let entries: std::collections::BTreeSet<&str> =
            fits.map(|it| it["entry"].as_str().unwrap()).collect();
        entries.len()
    };
    assert_eq!((of("no-deal"), of("deal")), (10, 1));
}
