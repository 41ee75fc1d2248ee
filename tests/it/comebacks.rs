//! Who may come back, and what changed here since they left.

use goodwill::model::comebacks::{Comeback, comebacks, details, words};
use goodwill::model::journal::Journal;
use goodwill::model::playbook::untried_levers;
use goodwill::store::sample;
use serde_json::json;

use crate::case::Case;
use crate::small_books::{TODAY, journal};

/// A customer who was last seen on a day, with a won deal.
fn gone(head: &str, seen: &str, deal: &str) -> String {
    format!("{head}\n[interaction.{seen}]\nsummary = \"x\"\n[deal.d]\nstatus = \"won\"\n{deal}\n")
}

fn keys(journal: &Journal) -> Vec<String> {
    let rows = comebacks(journal, TODAY);
    rows.iter()
        .map(|row| row.customer.key.to_string())
        .collect()
}

fn only(journal: &Journal) -> Comeback {
    let mut rows = comebacks(journal, TODAY);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

const OURSELVES: (&str, &str) = (
    "ourselves",
    "ourselves = true\n\
     [change.2022-01-01]\nwhat = \"Before they left\"\n\
     [change.2024-04-01]\nwhat = \"月額課金\"\nbecause = [\"acme:concern.2023-03-09\"]\n\
     [change.2024-01-01]\nwhat = \"Handbooks first\"\nbecause = [\"other:concern.2023-03-09\", \"nonsense\"]\n\
     [change.2025-02-03]\nwhat = \"電話対応\"\nbecause = [\"acme:concern.gone\"]\n\
     [change.2027-01-01]\nwhat = \"Next year\"\n\
     [change.someday]\nwhat = \"Without a day\"\n",
);

#[test]
fn who_is_away_or_was_silent_for_a_year_may_come_back() {
    let touched = |day: &str, head: &str| gone(head, day, "");
    for (head, seen, is_one) in [
        ("status = \"away\"", "2026-11-20", true),
        ("", "2025-11-21", true),
        ("", "2025-11-22", false),
        ("status = \"not-now\"", "2026-03-01", false),
        ("status = \"not-now\"", "2025-03-01", true),
        ("status = \"prospect\"", "2025-03-01", true),
        ("ourselves = true", "2020-01-01", false),
        // What is to come is no touch yet.
        ("", "2026-12-01", false),
    ] {
        let journal = journal(&[("acme", &touched(seen, head))]);
        assert_eq!(!keys(&journal).is_empty(), is_one, "{head} {seen}");
    }
}

#[test]
fn an_open_deal_or_an_empty_file_is_no_comeback() {
    let open = gone("status = \"away\"", "2020-01-01", "[deal.e]\ntitle = \"x\"");
    let put_off = open.replace("title = \"x\"", "status = \"not-now\"");
    let journal = journal(&[
        ("open", &open),
        ("put-off", &put_off),
        ("empty", "status = \"away\"\n"),
        ("nothing", ""),
        ("old-trade", "[volume]\n2019 = 5\n"),
        ("this-year", "[volume]\n2026 = 5\n"),
        ("undated", "[fact.strategy]\ntext = \"x\"\n"),
    ]);
    assert_eq!(keys(&journal), ["old-trade", "put-off"]);
}

#[test]
fn the_largest_trade_comes_first_in_our_own_currency_before_others_then_the_longest_silence() {
    let files = [
        (
            "a",
            gone("", "2020-01-01", "value = 10\ncurrency = \"eur\""),
        ),
        (
            "b",
            gone("", "2020-01-01", "value = 900.50\ncurrency = \"USD\""),
        ),
        (
            "c",
            gone(
                "currency = \"jpy\"",
                "2020-01-01",
                "value = 5\n[volume]\n2019 = 7",
            ),
        ),
        ("d", gone("", "2020-01-01", "value = 13")),
        ("e", gone("", "2021-01-01", "")),
        ("f", gone("", "2020-06-01", "")),
        (
            "g",
            gone("", "2020-01-01", "value = 12\nclosed = 2027-01-01"),
        ),
    ];
    let mut files: Vec<(&str, &str)> = files.iter().map(|(key, text)| (*key, &**text)).collect();
    files.push((".goodwill", "currency = \"JPY\"\n"));
    let journal = journal(&files);
    assert_eq!(keys(&journal), ["d", "c", "b", "a", "g", "f", "e"]);
    let rows = comebacks(&journal, TODAY);
    let said: Vec<String> = rows.iter().map(|row| words(row, "JPY", TODAY)).collect();
    assert_eq!(said[0], "silent 6y 10m, 13 in all");
    assert_eq!(said[2], "silent 6y 10m, 901 USD in all");
    assert_eq!(said[4], "silent 6y 10m");
}

#[test]
fn what_changed_since_begins_with_what_they_led_to() {
    let acme = gone("status = \"away\"", "2023-06-14", "");
    let row = only(&journal(&[("acme", &acme), OURSELVES]));
    let changes: Vec<(&str, bool)> = row
        .changes
        .iter()
        .map(|change| (&*change.what, change.because_of_them))
        .collect();
    assert_eq!(
        changes,
        [
            ("月額課金", true),
            ("電話対応", true),
            ("Handbooks first", false)
        ]
    );
    assert_eq!(row.changes[0].place(), "ourselves:change.2024-04-01");
    assert_eq!(row.silent_days, Some(1256));
    assert_eq!(
        words(&row, "", TODAY),
        "silent 3y 5m; changed since: 月額課金, 電話対応, Handbooks first"
    );
}

#[test]
fn many_changes_are_counted_behind_three() {
    let acme = gone("", "2021-06-14", "");
    let row = only(&journal(&[("acme", &acme), OURSELVES]));
    assert_eq!(
        words(&row, "", TODAY),
        "silent 5y 5m; changed since: 月額課金, 電話対応, Before they left and 1 more"
    );
}

#[test]
fn without_a_touch_silence_is_not_made_up_and_changes_count_from_the_last_trade() {
    let row = only(&journal(&[
        ("acme", "[volume]\n2023 = 5\n2022 = 1.5\n"),
        OURSELVES,
    ]));
    assert_eq!((row.last, row.silent_days), (None, None));
    assert_eq!(row.changes.len(), 3);
    assert!(words(&row, "", TODAY).starts_with("no touch noted, 6.50 in all; changed since"));
}

#[test]
fn why_they_left_is_their_word_before_that_of_a_lost_deal() {
    let lost = "[interaction.2020-01-01]\nsummary = \"x\"\n\
         [deal.old]\nstatus = \"lost\"\nclosed = 2019-01-01\nreal-reason = \"too slow\"\n\
         [deal.new]\nstatus = \"lost\"\nclosed = 2020-01-01\nstated-reason = \"予算\"\n\
         [deal.silent]\nstatus = \"lost\"\nclosed = 2020-02-01\n";
    let row = only(&journal(&[("acme", lost)]));
    assert_eq!(row.why_left.as_deref(), Some("予算"));
    let real = lost.replace("[deal.silent]", "real-reason = \"夜の電話\"\n[deal.silent]");
    let row = only(&journal(&[("acme", &real)]));
    assert_eq!(row.why_left.as_deref(), Some("夜の電話"));
    let own = format!("why = \"moved\"\nsupplier = \"a cousin\"\nreview = 2027-03-31\n{real}");
    let row = only(&journal(&[("acme", &own)]));
    assert_eq!(
        details(&row),
        [
            ("why they left", "moved".to_owned()),
            ("served by", "a cousin".to_owned()),
            ("choose again", "2027-03-31".to_owned()),
        ]
    );
    assert_eq!(
        only(&journal(&[("acme", "[volume]\n2019 = 1\n")])).why_left,
        None
    );
}

#[test]
fn untried_levers_are_those_that_were_neither_given_nor_got() {
    let journal = journal(&[
        (
            ".goodwill",
            "[words]\n\"negotiation.lever\" = [\"coffee\", \"price\", \"研修\"]\n",
        ),
        (
            "acme",
            "[negotiation.2026-01-01]\ngive = [\"Payment： 月額\", \"no lever\"]\nget = \"term: a year\"\n\
             [negotiation.2026-02-01]\nget = [\"研修: 半日\"]\n",
        ),
    ]);
    let acme = journal.customer("acme").unwrap();
    assert_eq!(
        untried_levers(acme, &journal.settings),
        [
            "price",
            "delivery",
            "scope",
            "timing",
            "labour",
            "skills",
            "testimonial",
            "publicity",
            "referral",
            "coffee"
        ]
    );
}

#[test]
fn the_command_tells_it_in_lines_and_in_json() {
    let acme = gone(
        "name = \"アクメ\"\nwhy = \"金曜の夜\"\nstatus = \"away\"",
        "2023-06-14",
        "value = 1_200.50",
    );
    let case = Case::new()
        .file(".goodwill.toml", "currency = \"EUR\"\n")
        .file("acme.toml", &acme)
        .file("ourselves.toml", OURSELVES.1);
    case.run("comebacks").ok().quiet().stdout(
        "アクメ  silent 3y 5m, 1,201 in all; changed since: 月額課金, 電話対応, Handbooks first\n  \
           why they left  金曜の夜\n",
    );
    let ran = case.run("comebacks --json").ok();
    let row = &ran.json()["rows"][0];
    assert_eq!(row["customer"], "acme");
    assert_eq!(row["total"], json!({"EUR": "1200.50"}));
    assert_eq!(row["silent_days"], 1256);
    assert_eq!(row["supplier"], json!(null));
    assert_eq!(
        row["changes"][0],
        json!({
            "date": "2024-04-01", "what": "月額課金", "because_of_them": true,
            "entry": "ourselves:change.2024-04-01",
        })
    );
    // As they stood on another day.
    case.run("comebacks --today 2023-07-01")
        .ok()
        .stdout_has("アクメ  silent 17d, 1,201 in all\n");
}

#[test]
fn nobody_is_a_document_and_a_3() {
    let case = Case::new().file("acme.toml", "[interaction.2026-11-20]\nsummary = \"x\"\n");
    case.run("comebacks")
        .code(3)
        .stdout("")
        .stderr_has("nobody");
    let ran = case.run("comebacks --json").code(3);
    assert_eq!(ran.json(), json!({"schema": 1, "rows": []}));
    Case::without_journal().run("comebacks").code(1);
}

#[test]
fn the_sample_finds_its_story() {
    let case = Case::new();
    sample::copy_to(&case.path("")).unwrap();
    case.run("comebacks").ok().stdout_has(
        "Cobalt Studio  silent 3y 5m, 12.0M in all; changed since: 月額課金, 電話対応\n",
    );
}
