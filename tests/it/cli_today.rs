//! `goodwill today`, `snooze` and `dismiss`

use serde_json::{Value, json};

use crate::case::Case;

fn journal() -> Case {
    Case::new()
        .file(
            "acme.toml",
            "name = \"アクメ商事\"\nstatus = \"prospect\"\n\n\
             [promise.2026-11-20]\nby = \"us\"\nwhat = \"見積2案\"\ndue = 2026-11-21\n\n\
             [concern.2026-10-01]\nsaid = \"一括は厳しい\"\n\n\
             [interaction.2026-11-20]\nsummary = \"支払の相談\"\n",
        )
        .file(
            "ember.toml",
            "name = \"Ember & Co\"\nstatus = \"not-now\"\nagain = 2026-11-15\nwhy = \"next year\"\n",
        )
}

#[test]
fn a_reason_a_line_the_weightiest_first() {
    journal().run("today").ok().quiet().stdout(
        "!  アクメ商事  promise due today: 見積2案             acme:promise.2026-11-20\n\
         !  アクメ商事  concern open 51 days: \"一括は厳しい\"   acme:concern.2026-10-01\n\
         ?  Ember & Co  \"not now\" ran out on 11-15: next year  ember\n",
    );
}

#[test]
fn of_one_customer_by_any_name_or_of_one_rule() {
    let case = journal();
    case.run("today emb")
        .ok()
        .quiet()
        .stdout("?  Ember & Co  \"not now\" ran out on 11-15: next year  ember\n");
    case.run("today --rule concern-open --rule again")
        .ok()
        .stdout(
            "!  アクメ商事  concern open 51 days: \"一括は厳しい\"   acme:concern.2026-10-01\n\
         ?  Ember & Co  \"not now\" ran out on 11-15: next year  ember\n",
        );
    let ran = case.run("today --rule concern").code(2);
    assert!(ran.stderr.contains("did you mean"), "{ran}");
}

#[test]
fn another_day_has_other_reasons() {
    let ran = journal()
        .run("today --today 2026-11-14 --rule concern-open --rule again --json")
        .ok();
    let rows: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        rows["rows"],
        json!([{
            "customer": "acme",
            "rule": "concern-open",
            "reason": "concern open 44 days: \"一括は厳しい\"",
            "entry": "concern.2026-10-01",
        }])
    );
}

#[test]
fn json_has_every_row_and_is_empty_where_there_is_none() {
    let ran = journal().run("today --json").ok();
    let rows: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(rows["schema"], 1);
    let rules: Vec<&Value> = rows["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| &r["rule"])
        .collect();
    assert_eq!(rules, ["promise-due", "concern-open", "again"]);
    assert_eq!(rows["rows"][2]["entry"], Value::Null);
    let ran = Case::new().run("today --json").code(3);
    let rows: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(rows, json!({"schema": 1, "rows": []}));
}

#[test]
fn a_snooze_stands_in_the_file_and_ends_on_its_day() {
    let case = journal();
    let before = case.read("ember.toml");
    case.run("snooze ember again --until 'in 2 weeks'")
        .ok()
        .stdout("Ember & Co: again quiet until 2026-12-05\n");
    assert_eq!(
        case.read("ember.toml"),
        format!("{before}\n[snooze]\nagain = 2026-12-05\n")
    );
    case.run("today ember").code(3);
    case.run("today ember --today 2026-12-04").code(3);
    case.run("today ember --today 2026-12-05").ok();
    case.run("snooze ember again --off")
        .ok()
        .stdout("Ember & Co: again speaks again\n");
    assert_eq!(case.read("ember.toml"), before);
    case.run("today ember").ok();
}

#[test]
fn a_dismissal_of_one_entry_leaves_the_others_and_what_is_newer() {
    let case = journal();
    case.run("dismiss acme concern-open concern.2026")
        .ok()
        .stdout("アクメ商事: concern-open concern.2026-10-01 dismissed until something newer is written\n");
    assert!(
        case.read("acme.toml")
            .ends_with("\n[dismissed]\n\"concern-open concern.2026-10-01\" = 2026-11-21\n")
    );
    case.run("today acme --rule concern-open").code(3);
    case.run("today acme --rule promise-due").ok();
    case.run("add acme interaction -m 'asked for it again' --date 2026-12-01 --set because=x")
        .code(2);
    case.write(
        "acme.toml",
        &(case.read("acme.toml")
            + "\n[negotiation.2026-12-01]\nasked = \"月額\"\nbecause = [\"concern.2026-10-01\"]\n"),
    );
    case.run("today acme --rule concern-open").code(3);
    case.run("today acme --rule concern-open --today 2026-12-01")
        .ok();
}

#[test]
fn quiet_lines_join_the_table_that_is_there_and_undo_takes_them_back() {
    let case = journal();
    case.run("snooze acme concern-open --until 2027-01-01").ok();
    let one = case.read("acme.toml");
    case.run("snooze acme promise-due --until 2027-01-01").ok();
    assert_eq!(
        case.read("acme.toml"),
        format!("{one}promise-due = 2027-01-01\n")
    );
    case.run("snooze acme promise-due --until 2027-02-01").ok();
    case.run("undo").ok();
    case.run("undo").ok();
    assert_eq!(case.read("acme.toml"), one);
    case.run("snooze acme concern-open --until 2027-01-01").ok();
    assert_eq!(case.read("acme.toml"), one);
}

#[test]
fn what_cannot_be_made_quiet_is_told_with_its_cure() {
    let case = journal();
    let before = case.read("acme.toml");
    for (words, code, told) in [
        (
            "snooze acme concern-open --until yesterday",
            2,
            "not to come",
        ),
        ("snooze acme concern-open --until soonish", 2, "is no day"),
        ("snooze acme concern-open", 2, "--until"),
        (
            "snooze acme concern --until 'in 2 weeks'",
            2,
            "did you mean concern-open?",
        ),
        (
            "dismiss acme out-of-touch concern.2026",
            2,
            "leave the entry out",
        ),
        ("dismiss acme concern-open deal.none", 3, "no entry"),
        ("dismiss nobody facts", 3, "no customer"),
    ] {
        let ran = case.run(words).code(code);
        assert!(ran.stderr.contains(told), "{words}\n{ran}");
    }
    assert_eq!(case.read("acme.toml"), before);
    case.write(
        "broken.toml",
        "name = \"Broken\"\n[promise.2026-01-01]\nwhat = \"x\"\ndue = 2026-02-01\n[oops\n",
    );
    let ran = case.run("dismiss broken promise-due").code(4);
    assert!(ran.stderr.contains("broken.toml"), "{ran}");
    let ran = case.run("today broken").code(4);
    assert!(ran.stdout.contains("promise due"), "{ran}");
    // Elsewhere a broken file is one line on stderr and changes nothing.
    let ran = case.run("today").ok();
    assert!(ran.stdout.contains("見積2案"), "{ran}");
    assert!(ran.stderr.contains("broken.toml:5"), "{ran}");
}

#[test]
fn a_slip_in_a_line_of_quiet_is_a_hint_of_check() {
    let case = journal();
    let line = "\n[dismissed]\n\"again deal.none\" = 2026-11-21\nagian = 2026-11-21\n";
    case.write("ember.toml", &(case.read("ember.toml") + line));
    let ran = case.run("check").ok();
    assert!(ran.stdout.contains("deal.none"), "{ran}");
    assert!(ran.stdout.contains("did you mean again?"), "{ran}");
}
