//! What was put off, and when to ask again.

use goodwill::model::not_now::{behind, not_now, when, words};
use serde_json::json;

use crate::case::Case;
use crate::small_books::{TODAY, journal};

/// The places in the list of one customer's file.
fn places(text: &str) -> Vec<String> {
    let journal = journal(&[("acme", text)]);
    let rows = not_now(&journal, TODAY);
    rows.iter().map(|row| row.place()).collect()
}

fn touch(day: &str) -> String {
    format!("[interaction.{day}]\nsummary = \"x\"\n")
}

#[test]
fn what_can_be_asked_now_comes_first_then_what_is_to_come_then_what_has_no_day() {
    let journal = journal(&[
        ("a", "status = \"not-now\"\nwhy = \"予算\"\n"),
        (
            "b",
            "status = \"away\"\nagain = 2027-06-01\nsupplier = \"a cousin\"\nreview = 2027-01-31\n",
        ),
        (
            "c",
            "[deal.web]\ntitle = \"Web 更改\"\nstatus = \"not-now\"\nagain = 2026-11-15\n\
             stated-reason = \"after the summer\"\nreal-reason = \"the nephew\"\n",
        ),
        (
            "d",
            "[negotiation.2026-01-05]\nasked = \"半額で\"\nresult = \"not-now\"\nagain = 2026-11-21\n",
        ),
        ("e", "ourselves = true\nstatus = \"not-now\"\n"),
        ("f", "status = \"away\"\n"),
    ]);
    let rows = not_now(&journal, TODAY);
    let said: Vec<(String, String, String, String)> = rows
        .iter()
        .map(|row| (row.place(), when(row, TODAY), words(row), behind(row)))
        .collect();
    let row = |place: &str, when: &str, words: &str, behind: &str| {
        (
            place.to_owned(),
            when.to_owned(),
            words.to_owned(),
            behind.to_owned(),
        )
    };
    assert_eq!(
        said,
        [
            row(
                "c:deal.web",
                "since 6d",
                "Web 更改, not-now",
                "after the summer"
            ),
            row("d:negotiation.2026-01-05", "today", "半額で, not-now", ""),
            row(
                "b",
                "in 6m",
                "away",
                "served by a cousin; they choose again 2027-01-31"
            ),
            row("a", "no day", "not-now", "予算"),
        ]
    );
}

#[test]
fn a_touch_since_the_day_to_ask_again_is_a_return() {
    let head = "status = \"not-now\"\nagain = 2026-11-01\n";
    assert_eq!(places(&format!("{head}{}", touch("2026-10-31"))), ["acme"]);
    assert_eq!(places(&format!("{head}{}", touch("2026-11-01"))).len(), 0);
    // What is to come has not happened yet.
    assert_eq!(places(&format!("{head}{}", touch("2026-11-22"))), ["acme"]);
}

#[test]
fn without_a_day_any_later_touch_is_a_return() {
    let asked = "[negotiation.2026-05-01]\nasked = \"x\"\nresult = \"not-now\"\n";
    assert_eq!(places(asked), ["acme:negotiation.2026-05-01"]);
    assert_eq!(places(&format!("{asked}{}", touch("2026-05-01"))).len(), 1);
    assert_eq!(places(&format!("{asked}{}", touch("2026-05-02"))).len(), 0);
    let deal = "[deal.web]\nstatus = \"not-now\"\n";
    assert_eq!(
        places(&format!("{deal}{}", touch("2026-05-02"))),
        ["acme:deal.web"]
    );
}

#[test]
fn a_refusal_with_a_date_waits_too() {
    let rows = places(
        "[deal.a]\nstatus = \"lost\"\nagain = 2027-01-01\n[deal.b]\nstatus = \"lost\"\n\
         [deal.c]\nstatus = \"won\"\nagain = 2027-01-01\n\
         [negotiation.2026-02-01]\nresult = \"no-deal\"\nagain = 2027-02-01\n\
         [negotiation.2026-02-02]\nresult = \"no-deal\"\n\
         [negotiation.2026-12-02]\nresult = \"not-now\"\n",
    );
    assert_eq!(rows, ["acme:deal.a", "acme:negotiation.2026-02-01"]);
}

#[test]
fn a_status_without_a_date_adds_nothing_to_what_has_one() {
    let deal = "[deal.a]\nstatus = \"not-now\"\nagain = 2027-01-01\n";
    assert_eq!(
        places(&format!("status = \"not-now\"\n{deal}")),
        ["acme:deal.a"]
    );
    let both = format!("status = \"not-now\"\nagain = 2026-12-01\n{deal}");
    assert_eq!(places(&both), ["acme", "acme:deal.a"]);
}

#[test]
fn the_command_tells_it_in_columns_and_in_json() {
    let case = Case::new()
        .file(
            "ember.toml",
            "name = \"Ember\"\nstatus = \"not-now\"\nagain = 2026-11-15\nwhy = \"来期予算で\"\n",
        )
        .file(
            "acme.toml",
            "name = \"アクメ\"\n[deal.web]\ntitle = \"Web\"\nstatus = \"not-now\"\nclosed = 2026-10-01\n",
        );
    case.run("not-now").ok().quiet().stdout(
        "2026-11-15  since 6d  Ember   not-now       来期予算で\n\
         -           no day    アクメ  Web, not-now\n",
    );
    let ran = case.run("not-now --json").ok();
    assert_eq!(
        ran.json()["rows"][1],
        json!({
            "customer": "acme", "name": "アクメ", "entry": "acme:deal.web", "state": "not-now",
            "what": "Web", "said": "2026-10-01", "again": null, "reached": false,
            "reason": null, "supplier": null, "review": null,
        })
    );
    assert_eq!(ran.json()["rows"][0]["entry"], json!(null));
    assert_eq!(ran.json()["rows"][0]["reached"], true);
}

#[test]
fn nothing_put_off_is_a_document_and_a_3() {
    let case = Case::new().file("acme.toml", "");
    case.run("not-now")
        .code(3)
        .stdout("")
        .stderr_has("nothing was put off");
    let ran = case.run("not-now --json").code(3);
    assert_eq!(ran.json(), json!({"schema": 1, "rows": []}));
}
