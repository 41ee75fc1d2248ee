//! `goodwill show`

use crate::case::Case;
use serde_json::json;

const ACME: &str = r#"name = "アクメ商事"
reading = "あくめしょうじ"
since = 2021-04-01

[volume]
2019 = 2_400_000

[fact.strategy]
text = "2号店"

[deal.web]
title = "EC更改"
status = "won"
value = 1200.50

[concern.2026-11-20-m3x8kq]
said = "一括前払いは厳しい"
big = 9223372036854775808

[interaction.2026-11-19]
date = 2026-11-19T10:00:00+09:00
with = ["山田", "林"]
private = true
summary = "支払"
notes = """
一行目
二行目"""
"#;

fn acme() -> Case {
    Case::new().file("acme.toml", ACME)
}

#[test]
fn the_head_then_an_entry_a_line_newest_first() {
    acme().run("show acme").ok().quiet().stdout(
        "アクメ商事  acme  active\n\
         reading  あくめしょうじ\n\
         since    2021-04-01\n\
         volume   2019 = 2400000\n\
         \n\
         -           deal.web                   won   EC更改\n\
         2026-11-20  concern.2026-11-20-??????  open  一括前払いは厳しい\n\
         2026-11-19  interaction.2026-11-19           支払\n\
         -           fact.strategy                    2号店\n",
    );
}

#[test]
fn one_entry_with_all_its_fields() {
    acme().run("show acme interaction").ok().stdout(
        "acme:interaction.2026-11-19  acme.toml:20\n\
         date     2026-11-19T10:00:00+09:00\n\
         with     山田, 林\n\
         private  true\n\
         summary  支払\n\
         notes    一行目\n\
         \x20        二行目\n",
    );
}

#[test]
fn in_json_dates_are_text_and_numbers_are_exact() {
    let document = acme().run("show --json acme").ok().json();
    assert_eq!(
        document["customer"],
        json!({
            "key": "acme",
            "path": "acme.toml",
            "fields": {
                "name": "アクメ商事",
                "reading": "あくめしょうじ",
                "since": "2021-04-01",
                "volume": {"2019": 2_400_000},
            },
        })
    );
    let entries = document["entries"].as_array().unwrap();
    assert_eq!(
        entries[0],
        json!({
            "customer": "acme", "kind": "deal", "key": "web", "date": null,
            "path": "acme.toml", "line": 11,
            "fields": {"title": "EC更改", "status": "won", "value": "1200.50"},
        })
    );
    assert_eq!(entries[1]["date"], "2026-11-20");
    assert_eq!(entries[1]["fields"]["big"], "9223372036854775808");
    assert_eq!(entries[2]["date"], "2026-11-19T10:00:00+09:00");
    assert_eq!(entries[2]["fields"]["notes"], "一行目\n二行目");
    assert_eq!(entries[3]["key"], "strategy");
}

#[test]
fn what_is_not_there_is_a_document_and_a_3() {
    let case = acme();
    let ran = case.run("show nobody --json").code(3);
    assert_eq!(
        ran.json(),
        json!({"schema": 1, "customer": null, "entries": []})
    );
    let ran = case.run("show acme promise.x --json").code(3);
    assert_eq!(ran.json()["customer"]["key"], "acme");
    assert_eq!(ran.json()["entries"], json!([]));
}

#[test]
fn a_broken_file_is_shown_as_far_as_it_goes_and_is_a_4() {
    let case = Case::new().file(
        "acme.toml",
        "name = \"Acme\"\nstatus = \n\n[fact.a]\ntext = \"x\"\n",
    );
    case.run("show acme")
        .code(4)
        .stdout_has("Acme  acme  active\n")
        .stdout_has("fact.a")
        .stderr_has("acme.toml:2: ");
    assert_eq!(
        case.run("show acme --json").code(4).json()["entries"][0]["key"],
        "a"
    );
    case.write(
        "twice.toml",
        "[fact.a]\ntext = \"x\"\n[fact.a]\ntext = \"y\"\n",
    );
    case.run("show twice").code(4).stderr_has("twice.toml:3: ");
}

#[test]
fn a_file_in_another_encoding_is_told() {
    let case = Case::new();
    std::fs::write(case.path("sjis.toml"), b"name = \"\x83A\x83N\x83\x81\"\n").unwrap();
    case.run("show sjis")
        .code(4)
        .stderr_has("not text in UTF-8");
    case.run("add sjis fact -m x").code(4);
}

#[test]
fn text_that_would_act_on_a_terminal_is_shown_instead_everywhere() {
    let evil = "e\\u001b]0;x\\u0007\\u202e\\nz";
    let text =
        format!("name = \"{evil}\"\n[fact.\"{evil}\"]\ntext = \"{evil}\"\nx = [\"{evil}\"]\n");
    let case = Case::new()
        .file("acme.toml", &text)
        .file("acne.toml", &text);
    let is_bad = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    for words in [
        "show acme",
        "show acme fact",
        "show acme --json",
        "list",
        "show acm",
        "show acmf",
        "edit acme fact.none --set text=y",
        "edit acme fact --set text=y",
        "history",
        "undo",
        "check",
        "move acme fact acne",
        "remove acme fact",
    ] {
        let ran = case.run(words);
        assert!(!ran.stdout.contains(is_bad), "{words}: {:?}", ran.stdout);
        assert!(!ran.stderr.contains(is_bad), "{words}: {:?}", ran.stderr);
    }
    assert!(case.run("show acme").stdout.contains('␛'));
}
