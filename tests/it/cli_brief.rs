//! `goodwill brief`

use serde_json::json;

use crate::case::Case;

const ACME: &str = r#"name = "アクメ商事"
reading = "あくめ"
since = 2021-04-01

[contact.yamada]
name = "山田 花子"

[concern.2026-11-12]
from = "山田"
about = "payment"
said = "一括前払いは厳しい"

[promise.2026-11-14]
what = "見積2案"
due = 2026-11-21
private = true
"#;

fn acme() -> Case {
    Case::new().file("acme.toml", ACME)
}

#[test]
fn one_screen_of_eighty_columns() {
    acme().run("brief acme").ok().quiet().stdout(
        "アクメ商事                                          active, since 2021, every 8w\n\
         あくめ\n\
         \n\
         their win   not written down\n\
         \n\
         concerns    山田 花子  一括前払いは厳しい                            payment, 9d\n\
         promises    us         見積2案                                         due today\n\
         \n\
         people      山田 花子  worries not known\n\
         facts       unknown    business, competitors, environment, people, worries,\n\
         \x20                      strategy\n",
    );
}

#[test]
fn as_markdown_it_leaves_out_what_is_private() {
    let ran = acme().run("brief acme --markdown").ok();
    ran.quiet().stdout(
        "# アクメ商事\n\nあくめ / active, since 2021, every 8w\n\n\
         ## Their win\n\n- not written down\n\n\
         ## Open concerns\n\n- **山田 花子** 一括前払いは厳しい (payment, 9d)\n\n\
         ## People and their worries\n\n- **山田 花子** worries not known\n\n\
         ## What is known\n\n\
         - **unknown** business, competitors, environment, people, worries, strategy\n",
    );
    let case = acme().file("kept.toml", "name = \"Kept\"\nprivate = true\n");
    let ran = case.run("brief kept --markdown").code(3).stdout("");
    ran.stderr_has("kept is private, so nothing of it is handed on; `goodwill brief kept`");
    case.run("brief kept").ok().stdout_has("Kept");
    case.run("brief acme --markdown --json").code(2);
}

#[test]
fn in_json_each_line_names_its_entry() {
    let document = acme().run("brief あくめ --json").ok().json();
    assert_eq!(document["schema"], 1);
    assert_eq!(
        document["customer"],
        json!({
            "key": "acme", "name": "アクメ商事", "also": "あくめ", "status": "active",
            "standing": "active, since 2021, every 8w", "path": "acme.toml",
        })
    );
    assert_eq!(
        document["sections"][1],
        json!({
            "topic": "concerns",
            "heading": "Open concerns",
            "lines": [{
                "lead": "山田 花子",
                "text": "一括前払いは厳しい",
                "aside": "payment, 9d",
                "entry": "concern.2026-11-12",
                "missing": false,
            }],
            "more": 0,
        })
    );
    let topics = document["sections"].as_array().unwrap().iter();
    let topics: Vec<&str> = topics.map(|s| s["topic"].as_str().unwrap()).collect();
    assert_eq!(
        topics,
        ["their-win", "concerns", "promises", "people", "facts"]
    );
    assert_eq!(document["sections"][0]["lines"][0]["entry"], json!(null));
}

#[test]
fn another_day_is_another_brief() {
    let ran = acme().run("brief acme --today 2026-11-13").ok();
    ran.stdout_has("payment, 1d");
    assert!(
        !acme()
            .run("brief acme --today 2026-11-13")
            .stdout
            .contains("見積")
    );
}

#[test]
fn who_is_not_there_is_a_document_and_a_3() {
    let case = acme().file("us.toml", "ourselves = true\n");
    let nobody = json!({"schema": 1, "customer": null, "sections": []});
    let ran = case.run("brief nobody --json").code(3);
    assert_eq!(ran.json(), nobody);
    case.run("brief nobody")
        .code(3)
        .stdout("")
        .stderr_has("there is no customer \"nobody\"");
    let ran = case.run("brief us --json").code(3);
    assert_eq!(ran.json(), nobody);
    ran.stderr_has("`goodwill show us`");
    case.run("brief ''").code(2);
    Case::without_journal()
        .run("brief acme")
        .code(1)
        .stderr_has("goodwill init");
}

#[test]
fn a_broken_file_is_told_as_far_as_it_goes_and_is_a_4() {
    let broken = "name = \"Acme\"\nstatus = \n\n[concern.2026-11-01]\nsaid = \"half\"\n";
    let case = Case::new().file("acme.toml", broken);
    case.run("brief acme")
        .code(4)
        .stdout_has("half")
        .stderr_has("acme.toml:2: ");
    assert_eq!(
        case.run("brief acme --json").code(4).json()["customer"]["name"],
        "Acme"
    );
    // Another file that is broken is not even looked at.
    let case = acme().file("other.toml", "name = ");
    case.run("brief acme").ok().quiet();
}

#[test]
fn text_that_would_act_on_a_terminal_is_shown_instead() {
    let evil = "e\\u001b]0;x\\u0007\\u202e\\nz";
    let text = format!(
        "name = \"{evil}\"\naliases = [\"{evil}\"]\n[concern.\"{evil}\"]\nsaid = \"{evil}\"\nfrom = \"{evil}\"\n"
    );
    let case = Case::new().file("acme.toml", &text);
    let is_bad = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    for words in ["brief acme", "brief acme --markdown", "brief acme --json"] {
        let ran = case.run(words).ok();
        assert!(!ran.stdout.contains(is_bad), "{words}: {:?}", ran.stdout);
    }
    assert!(case.run("brief acme").stdout.contains('␛'));
}

#[test]
fn colour_is_no_meaning() {
    let ran = acme().run("brief acme --color always").ok();
    assert!(ran.stdout.contains("\x1b[1mアクメ商事"), "{ran}");
    assert!(ran.stdout.contains("\x1b[33mdue today"), "{ran}");
    let glyphs = acme()
        .env("GOODWILL_GLYPHS", "ascii")
        .run("brief acme")
        .ok();
    glyphs.stdout_has("山田 花子");
}
