//! What changed, told as a journal line: the words of commits and of what came.

use goodwill::model::customer::Customer;
use goodwill::model::tidings::{Pair, message, tell};
use goodwill::store::read::read_customer;

const BEFORE: &str = "\
name = \"アクメ商事\"
status = \"active\"

[concern.a]
said = \"高い\"
status = \"open\"

[concern.b]
said = \"遅い\"
status = \"open\"

[promise.c]
what = \"見積\"

[deal.d]
title = \"EC\"

[negotiation.e]
asked = \"分割\"
result = \"open\"

[interaction.f]
channel = \"call\"
summary = \"x\"
";

fn customer(key: &str, text: &str) -> Customer {
    read_customer(key, text).customer
}

#[track_caller]
fn says(edits: &[(&str, &str)], expected: &str) {
    let mut now = BEFORE.to_owned();
    for (from, to) in edits {
        if from.is_empty() {
            now.push_str(&format!("\n{to}"));
            continue;
        }
        assert!(now.contains(from), "no {from:?}");
        now = now.replacen(from, to, 1);
    }
    let pair = (Some(customer("acme", BEFORE)), Some(customer("acme", &now)));
    let told = tell(&[pair]);
    assert_eq!(told[0].line(), format!("アクメ商事: {expected}"));
}

const CALL: &str = "[interaction.g]\nchannel = \"call\"\n";
const CALL_2: &str = "[interaction.i]\nchannel = \"call\"\n";
const VISIT: &str = "[interaction.h]\nchannel = \"訪問\"\n";
const VISIT_2: &str = "[interaction.j]\nchannel = \"訪問\"\n";
const STATUS: &str = "status = \"open\"";

#[test]
fn what_is_new_is_named_and_counted() {
    says(&[("", CALL)], "call");
    says(&[("", CALL), ("", CALL_2)], "2 calls");
    says(&[("", VISIT)], "訪問");
    says(&[("", VISIT), ("", VISIT_2)], "2 訪問");
    says(&[("", "[interaction.g]\nsummary = \"x\"\n")], "interaction");
    says(&[("", "[promise.g]\n")], "1 promise");
    says(
        &[("", "[promise.g]\n"), ("", "[promise.h]\n")],
        "2 promises",
    );
    says(
        &[("", "[win-lose.g]\n"), ("", "[win-lose.h]\n")],
        "2 win/lose",
    );
    says(
        &[("", "[check-in.g]\n"), ("", "[check-in.h]\n")],
        "2 check-ins",
    );
    says(&[("", "[omiyage.g]\n")], "1 omiyage");
}

#[test]
fn what_became_of_something_is_told_by_its_state() {
    for (from, to, expected) in [
        (STATUS, "status = \"answered\"", "concern answered"),
        ("what = \"見積\"", "done = 2026-11-21", "promise kept"),
        ("what = \"見積\"", "dropped = 2026-11-21", "promise dropped"),
        ("what = \"見積\"", "what = \"x\"", "promise changed"),
        ("title = \"EC\"", "status = \"won\"", "deal won"),
        ("title = \"EC\"", "status = \"not-now\"", "deal put off"),
        (
            "result = \"open\"",
            "result = \"deal\"",
            "negotiation agreed",
        ),
        (
            "result = \"open\"",
            "result = \"no-deal\"",
            "negotiation without a deal",
        ),
        ("summary = \"x\"", "summary = \"y\"", "call changed"),
        ("[promise.c]\nwhat = \"見積\"\n", "", "promise removed"),
        ("status = \"active\"", "status = \"away\"", "now away"),
        ("name", "cadence = \"4w\"\nname", "cadence changed"),
        (
            "name",
            "why = \"x\"\ncadence = \"4w\"\nname",
            "why and cadence changed",
        ),
        (
            "status = \"active\"",
            "since = 2021\nreading = \"x\"\ntags = []",
            "4 fields changed",
        ),
        ("[promise.c]", "# mine\n[promise.c]", "comments"),
    ] {
        says(&[(from, to)], expected);
    }
    let gone = (STATUS, "status = \"gone\"");
    says(&[gone, gone], "2 concerns gone");
    says(
        &[(STATUS, "status = \"answered\""), ("", CALL)],
        "concern answered, call",
    );
}

#[test]
fn an_open_question_that_comes_back_is_told_as_such() {
    let was = BEFORE.replace("status = \"open\"", "status = \"gone\"");
    let told = tell(&[(Some(customer("acme", &was)), Some(customer("acme", BEFORE)))]);
    assert_eq!(told[0].line(), "アクメ商事: 2 concerns open again");
}

#[test]
fn customers_come_go_and_get_another_key() {
    let acme = || Some(customer("acme", BEFORE));
    let new: Pair = (None, acme());
    assert_eq!(
        tell(&[new])[0].line(),
        "アクメ商事: new customer, 2 concerns, 1 promise, 1 deal, 1 negotiation, call"
    );
    let gone: Pair = (acme(), None);
    assert_eq!(
        tell(std::slice::from_ref(&gone))[0].line(),
        "アクメ商事: removed"
    );
    let there: Pair = (None, Some(customer("archive/acme", BEFORE)));
    let moved = tell(&[gone, there]);
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0].line(), "アクメ商事: moved to archive/acme");
}

fn named(names: &[&str]) -> Vec<Pair> {
    let one = |name: &&str| {
        let head = format!("name = {name:?}\n");
        let now = format!("{head}[interaction.a]\nchannel = \"call\"\n");
        (Some(customer(name, &head)), Some(customer(name, &now)))
    };
    names.iter().map(one).collect()
}

#[test]
fn the_subject_has_72_columns_and_the_body_names_everybody() {
    for (names, subject, body) in [
        (&["Acme"][..], "Acme: call", 0),
        (
            &["アクメ商事", "Borealis"],
            "アクメ商事: call; Borealis: call",
            2,
        ),
        (
            &[
                "アクメ商事",
                "ボレアリス合同会社",
                "佐藤工業",
                "星空クリニック",
                "港屋",
            ],
            "アクメ商事: call; ボレアリス合同会社: call; 佐藤工業: call; and 2 more",
            5,
        ),
    ] {
        let told = message(&tell(&named(names)), &[]);
        assert_eq!(told.subject, subject);
        assert_eq!(told.body.len(), body);
    }
    assert_eq!(message(&[], &["settings"]).subject, "settings");
    let told = message(&tell(&named(&["Acme"])), &["settings", "settings of git"]);
    assert_eq!(told.subject, "Acme: call; settings; settings of git");
}

#[test]
fn a_line_too_long_for_one_customer_is_cut_between_phrases() {
    use unicode_width::UnicodeWidthStr as _;
    let was = "name = \"Acme\"\n";
    let channels = [
        "one", "two", "three", "four", "five", "six", "seven", "eight",
    ];
    let mut now = was.to_owned();
    for (at, channel) in channels.iter().enumerate() {
        now += &format!("[interaction.{at}]\nchannel = \"{channel}-of-many-words\"\n");
    }
    let told = tell(&[(Some(customer("acme", was)), Some(customer("acme", &now)))]);
    let message = message(&told, &[]);
    assert_eq!(
        message.subject,
        "Acme: one-of-many-words, two-of-many-words, and 6 more"
    );
    assert_eq!(message.body.len(), 1);
    assert!(message.subject.width() <= 72);
}

#[test]
fn nothing_of_a_file_acts_on_a_terminal_or_breaks_the_line() {
    let was = "name = \"A\\u001b[31m\\nB\\u202e\"\n";
    let now = format!("{was}[interaction.a]\nchannel = \"x\\ny\"\n");
    let told = tell(&[(Some(customer("a", was)), Some(customer("a", &now)))]);
    assert_eq!(told[0].line(), "A [31m B: x y");
}
