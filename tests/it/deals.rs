//! Deals and how early we were asked; value beside how content they are.

use goodwill::model::deals::{deals, rate_words};
use goodwill::model::worth::{answers_words, chart_years, standings};
use serde_json::json;

use crate::case::Case;
use crate::small_books::{TODAY, journal};

const DEALS: &str = "name = \"アクメ\"\ncurrency = \"JPY\"\n\
     [deal.a]\ntitle = \"A\"\nheard = \"consulted\"\nopened = 2024-02-01\nstatus = \"won\"\nvalue = 1_200_000\n\
     [deal.b]\ntitle = \"B\"\nheard = \"rfp\"\nopened = 2024-03-01\nstatus = \"lost\"\nvalue = 1200.50\ncurrency = \"eur\"\n\
     [deal.c]\ntitle = \"C\"\nheard = \"co-wrote\"\nopened = 2025-01-01\n\
     [deal.d]\ntitle = \"D\"\nheard = \"unknown\"\nopened = 2025-02-01\nstatus = \"not-now\"\n\
     [deal.e]\ntitle = \"E\"\nopened = 2025-03-01\nstatus = \"withdrawn\"\n\
     [deal.f]\ntitle = \"F\"\nheard = \"勉強会\"\nstatus = \"won\"\n\
     [deal.g]\ntitle = \"G\"\nheard = \"consulted\"\nopened = 2027-01-01\n";

#[test]
fn the_rate_counts_only_deals_of_which_it_is_known_how_they_were_heard() {
    let journal = journal(&[
        ("acme", DEALS),
        ("us", "ourselves = true\n[deal.x]\nheard = \"rfp\"\n"),
    ]);
    let found = deals(&journal, None, TODAY);
    let titles: Vec<&str> = found.rows.iter().map(|deal| &*deal.title).collect();
    assert_eq!(titles, ["C", "E", "D", "B", "A", "F"]);
    assert_eq!(
        rate_words(&found, 9).unwrap(),
        "consulted or co-wrote: 2 of 4; 2024 1 of 2, 2025 1 of 1"
    );
    let none = deals(&journal, Some(journal.customer("us").unwrap()), TODAY);
    assert_eq!(none.rate.early, 0);
}

#[test]
fn without_a_known_one_there_is_no_rate() {
    let journal = journal(&[("acme", "[deal.a]\nheard = \"unknown\"\n[deal.b]\n")]);
    let found = deals(&journal, None, TODAY);
    assert_eq!((found.rows.len(), rate_words(&found, 9)), (2, None));
}

#[test]
fn value_is_never_blended_with_what_they_say() {
    let journal = journal(&[
        (".goodwill", "currency = \"JPY\"\n"),
        (
            "acme",
            "[volume]\n2023 = 5\n[deal.a]\nstatus = \"won\"\nclosed = 2025-01-01\nvalue = 10\n[deal.b]\nstatus = \"won\"\nvalue = 1\n\
             [check-in.2025-01-01]\nsatisfaction = 5\nin-their-place = \"yes\"\n\
             [check-in.2026-01-01]\nsatisfaction = 3\n[check-in.2027-01-01]\nsatisfaction = 1\nin-their-place = \"no\"\n",
        ),
        (
            "b",
            "currency = \"EUR\"\n[volume]\n2025 = 7.50\n[check-in.2025-01-01]\nin-their-place = \"no\"\n",
        ),
        ("c", "[volume]\n2025 = 3\n"),
        ("d", "[check-in.2025-01-01]\nin-their-place = \"depends\"\n"),
        ("e", "name = \"nothing is known\"\n"),
        (
            "f",
            "[volume]\n2025 = 9\n[check-in.2025-01-01]\nin-their-place = \"yes\"\n",
        ),
    ]);
    let rows = standings(&journal, TODAY);
    let told: Vec<(&str, &str, String, Option<&str>)> = rows
        .iter()
        .map(|row| {
            let satisfied = row.satisfaction.as_ref().map(|(level, ..)| &**level);
            (
                row.answer(),
                &*row.customer.key,
                row.total.short("JPY"),
                satisfied,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("yes", "acme", "16".to_owned(), Some("3")),
            ("yes", "f", "9".to_owned(), None),
            ("no", "b", "7.50 EUR".to_owned(), None),
            ("depends", "d", String::new(), None),
            ("never asked", "c", "3".to_owned(), None),
        ]
    );
    assert_eq!(
        answers_words(&rows, "JPY").unwrap(),
        "yes 2 (25), no 1 (7.50 EUR), depends 1, never asked 1 (3)"
    );
    let years = chart_years(&rows).unwrap();
    assert_eq!(years, 2023..=2025);
    assert_eq!(rows[0].bars("JPY", years.clone()), [0.5, 0.0, 1.0]);
    let only = rows[2].bars("JPY", years.clone());
    assert_eq!(only, [0.0, 0.0, 1.0], "its only currency");
    assert!(rows[3].bars("JPY", years).is_empty());
}

#[test]
fn the_commands_tell_it_in_columns_and_in_json() {
    let case = Case::new()
        .file(".goodwill.toml", "currency = \"JPY\"\n")
        .file("acme.toml", DEALS)
        .file("b.toml", "[volume]\n2025 = 3\n[check-in.2025-01-01]\nsatisfaction = 4\nin-their-place = \"no\"\n");
    case.run("deals acme").ok().quiet().stdout(
        "2025-01-01  open       co-wrote   アクメ  -              C\n\
         2025-03-01  withdrawn  -          アクメ  -              E\n\
         2025-02-01  not-now    unknown    アクメ  -              D\n\
         2024-03-01  lost       rfp        アクメ  1,200.50 EUR   B\n\
         2024-02-01  won        consulted  アクメ  1,200,000 JPY  A\n\
         -           won        勉強会     アクメ  -              F\n\
         consulted or co-wrote: 2 of 4; 2024 1 of 2, 2025 1 of 1\n",
    );
    let told = case.run("deals --json").ok().json();
    assert_eq!(told["heard_early"], json!({"early": 2, "known": 4}));
    assert_eq!(told["years"]["2025"], json!({"early": 1, "known": 1}));
    assert_eq!(
        told["deals"][3],
        json!({
            "customer": "acme", "entry": "acme:deal.b", "title": "B", "status": "lost",
            "heard": "rfp", "opened": "2024-03-01", "closed": null, "value": "1200.50",
            "currency": "EUR",
        })
    );
    case.run("value --glyphs ascii").ok().quiet().stdout(
        "in their place  customer  in all  satisfied  2024-2025  by year\n\
         no              b              3  4 of 5      #         2025 3\n\
         never asked     アクメ      1.2M             #          2024 1.2M\n\
         no 1 (3), never asked 1 (1.2M)\n",
    );
    assert_eq!(
        case.run("value --json").ok().json()["rows"][0],
        json!({
            "customer": "b", "name": "b", "total": {"JPY": "3"}, "years": {"2025": {"JPY": "3"}},
            "satisfaction": 4, "satisfaction_entry": "b:check-in.2025-01-01",
            "in_their_place": "no", "in_their_place_entry": "b:check-in.2025-01-01",
        })
    );
}

#[test]
fn nothing_is_a_document_and_a_3() {
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n");
    case.run("deals")
        .code(3)
        .stdout("")
        .stderr_has("goodwill add CUSTOMER deal");
    case.run("value")
        .code(3)
        .stdout("")
        .stderr_has("no deal is won");
    let none =
        json!({"schema": 1, "deals": [], "heard_early": {"early": 0, "known": 0}, "years": {}});
    assert_eq!(case.run("deals --json").code(3).json(), none);
    assert_eq!(case.run("deals nobody --json").code(3).json(), none);
    assert_eq!(
        case.run("value --json").code(3).json(),
        json!({"schema": 1, "rows": []})
    );
}
