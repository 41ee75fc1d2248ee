//! `goodwill ledger`

use std::fs;

use serde_json::json;

use crate::case::Case;
use crate::stage::tests_folder;

const ACME: &str = r#"name = "アクメ商事"

[deal.web]
title = "EC更改"

[win-lose.2026-09-03]
stage = "expected"
baseline = "4,100万円"
them = ["win: 在庫を半減"]
deal = "web"

[win-lose.2026-10-03]
us = ["win: a reference"]
them = ["win: 二割減"]
others = ["lose: 現場は残業"]
deal = "web"

[deal.app]
title = "会員アプリ"
status = "lost"
closed = 2023-04-14
stated-reason = "金額"
"#;

fn journal() -> Case {
    Case::new()
        .file("acme.toml", ACME)
        .file(
            "best.toml",
            "[win-lose.2026-11-01]\nus = [\"win: u\"]\nthem = [\"win: t\"]\n",
        )
        .file("new.toml", "name = \"New\"\n")
        .file("us.toml", "ourselves = true\n")
}

const TOLD: &str = "アクメ商事  acme\n\
    2026-09-03  expected  EC更改: them win\n\
    \x20           from      4,100万円\n\
    \x20           them      win: 在庫を半減\n\
    2026-10-03  actual    EC更改: us win, them win, 現場 lose\n\
    \x20           us        win: a reference\n\
    \x20           them      win: 二割減\n\
    \x20           others    lose: 現場は残業\n\
    \x20                     their win: expected 在庫を半減 (2026-09-03); came 二割減\n\
    \x20                     who pays: 現場\n\
    \n\
    2023-04-14  lost      会員アプリ\n\
    \x20           stated    金額\n\
    \x20           real      not written down\n";

#[test]
fn of_one_customer_in_the_order_of_time() {
    journal().run("ledger アクメ").ok().quiet().stdout(TOLD);
}

#[test]
fn of_all_of_them_those_first_with_whom_somebody_pays() {
    let best = "best  best\n2026-11-01  actual  us win, them win\n\
        \x20           us      win: u\n\
        \x20           them    win: t\n\
        \x20                   win-win: both wins are written down, and no loss\n";
    journal()
        .run("ledger")
        .ok()
        .quiet()
        .stdout(&format!("{TOLD}\n{best}"));
}

#[test]
fn in_json_notes_name_the_entries_they_rest_on() {
    let document = journal().run("ledger --json").ok().json();
    assert_eq!(document["schema"], 1);
    let acme = &document["customers"][0];
    assert_eq!(
        (&acme["customer"], &acme["name"], &acme["gap"]),
        (&json!("acme"), &json!("アクメ商事"), &json!(true))
    );
    assert_eq!(
        acme["entries"][1],
        json!({
            "entry": "win-lose.2026-10-03", "date": "2026-10-03", "stage": "actual",
            "deal": "EC更改", "baseline": null, "ahead": false,
            "lines": [
                {"party": "us", "outcome": "win", "text": "a reference"},
                {"party": "them", "outcome": "win", "text": "二割減"},
                {"party": "others", "outcome": "lose", "text": "現場は残業"},
            ],
            "notes": [
                {
                    "what": "came", "entry": "win-lose.2026-09-03",
                    "text": "their win: expected 在庫を半減 (2026-09-03); came 二割減",
                },
                {"what": "who-pays", "entry": null, "text": "who pays: 現場"},
            ],
        })
    );
    assert_eq!(
        acme["deals"],
        json!([{
            "entry": "deal.app", "date": "2023-04-14", "status": "lost", "title": "会員アプリ",
            "stated": "金額", "real": null, "their_win_written": true,
        }])
    );
    assert_eq!(document["customers"][1]["gap"], false);
    assert_eq!(document["customers"].as_array().unwrap().len(), 2);
}

#[test]
fn nothing_is_a_document_and_a_3() {
    let case = journal();
    let nothing = json!({"schema": 1, "customers": []});
    for (words, told) in [
        (
            "ledger new",
            "goodwill add new win-lose --set them='win: WHAT'",
        ),
        ("ledger us", "`goodwill show us`"),
        ("ledger nobody", "there is no customer \"nobody\""),
    ] {
        let ran = case.run(&format!("{words} --json")).code(3);
        assert_eq!(ran.json(), nothing, "{words}");
        case.run(words).code(3).stdout("").stderr_has(told);
    }
    let ran = Case::new().run("ledger --json").code(3);
    assert_eq!(ran.json(), nothing);
    case.run("ledger ''").code(2);
    // The proposed beginning is one.
    case.run("add new win-lose --set them='win: WHAT'").ok();
    case.run("ledger new").ok().stdout_has("them    win: WHAT");
}

#[test]
fn another_day_is_another_ledger() {
    let ran = journal().run("ledger acme --today 2026-09-13").ok();
    ran.stdout_has("not looked at yet since 2026-09-03, 10d")
        .stdout_has("2026-10-03");
    let ran = journal().run("ledger acme --today 2026-09-13").ok();
    assert!(!ran.stdout.contains("who pays"), "{ran}");
}

#[test]
fn a_broken_file_is_told_as_far_as_it_goes() {
    let broken = "name = \n[win-lose.2026-01-01]\nthem = [\"win: half\"]\n";
    let case = journal().file("broken.toml", broken);
    case.run("ledger broken")
        .code(4)
        .stdout_has("win: half")
        .stderr_has("broken.toml:1: ");
    let ran = case.run("ledger").ok().stdout_has("win: half");
    assert_eq!(ran.stderr.lines().count(), 1, "{ran}");
    case.write("empty.toml", "name = \n");
    case.run("ledger empty")
        .code(4)
        .stderr_has("empty.toml:1: ");
}

#[test]
fn text_that_would_act_on_a_terminal_is_shown_instead() {
    let evil = "e\\u001b]0;x\\u0007\\u202e\\nz";
    let text = format!(
        "name = \"{evil}\"\n[win-lose.\"{evil}\"]\nstage = \"{evil}\"\nbaseline = \"{evil}\"\ndeal = \"{evil}\"\nthem = [\"{evil}: {evil}\", \"win: {evil}\"]\nothers = [\"lose: {evil}\"]\n[deal.\"{evil}\"]\nstatus = \"lost\"\nreal-reason = \"{evil}\"\n"
    );
    let case = Case::new().file("acme.toml", &text);
    let is_bad = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    for words in ["ledger acme", "ledger", "ledger --json"] {
        let ran = case.run(words).ok();
        assert!(!ran.stdout.contains(is_bad), "{words}: {:?}", ran.stdout);
    }
}

#[test]
fn the_page_about_it_shows_what_the_command_prints() {
    let root = tests_folder().join("..");
    let page = fs::read_to_string(root.join("docs/ledger.md")).unwrap();
    let (_, shown) = page.split_once("$ goodwill ledger delta\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let delta = fs::read_to_string(root.join("journal/delta-foods.toml")).unwrap();
    let case = Case::new().file("delta-foods.toml", &delta);
    case.run("ledger delta").ok().stdout(shown);
}
