//! `goodwill add`

use crate::case::Case;

fn acme() -> Case {
    Case::new().file("acme.toml", "name = \"アクメ商事\"\n")
}

#[test]
fn a_call_a_worry_and_a_promise_are_one_line_and_one_step() {
    let case = acme();
    case.run(
        "add acme interaction -m 支払は分割なら --concern 初期費用が高い --promise 見積2案 --due fri",
    )
    .ok()
    .quiet()
    .stdout(
        "acme:interaction.2026-11-21-??????\n\
         acme:concern.2026-11-21-??????\n\
         acme:promise.2026-11-21-??????\n",
    );
    let written = r#"name = "アクメ商事"

[interaction.2026-11-21-??????]
date = 2026-11-21
summary = "支払は分割なら"

[concern.2026-11-21-??????]
date = 2026-11-21
said = "初期費用が高い"
status = "open"

[promise.2026-11-21-??????]
date = 2026-11-21
by = "us"
what = "見積2案"
due = 2026-11-27
"#;
    assert_eq!(case.read_stable("acme.toml"), written);
    case.run("undo").ok();
    assert_eq!(case.read("acme.toml"), "name = \"アクメ商事\"\n");
}

#[test]
fn each_kind_is_written_in_the_order_of_the_format() {
    let case = acme();
    for words in [
        "contact -m '山田 花子' --set role=購買部長 --set decides=yes",
        "deal -m EC更改 --set value='120万円' --set status=won --set opened=2026-09-01",
        "negotiation -m 支払を分けてほしい --set 'get=term: 12か月' --set 'give=payment: 月額払い' \
         --set 'get=testimonial: 声' --set result=deal",
        "win-lose -m 支払の形だけ --set 'them=win: 半減' --set 'us=even: 実例' --set stage=expected",
        "check-in --set satisfaction=4 --set with='山田、林' --set in-their-place=unsure",
        "fact -m 売上の6割は卸 --set about=business",
        "change -m 月額課金 --set because=concern.2026-11-20",
    ] {
        case.run(&format!("add acme {words}")).ok().quiet();
    }
    let written = r#"name = "アクメ商事"

[contact."山田-花子"]
name = "山田 花子"
role = "購買部長"
decides = true

[deal."ec更改"]
title = "EC更改"
opened = 2026-09-01
status = "won"
value = 1_200_000
currency = "JPY"

[negotiation.2026-11-21-??????]
date = 2026-11-21
asked = "支払を分けてほしい"
give = ["payment: 月額払い"]
get = ["term: 12か月", "testimonial: 声"]
result = "deal"

[win-lose.2026-11-21-??????]
date = 2026-11-21
stage = "expected"
us = ["even: 実例"]
them = ["win: 半減"]
reason = "支払の形だけ"

[check-in.2026-11-21-??????]
date = 2026-11-21
with = ["山田", "林"]
satisfaction = 4
in-their-place = "unsure"

[fact.2026-11-21-??????]
date = 2026-11-21
about = "business"
text = "売上の6割は卸"

[change.2026-11-21-??????]
date = 2026-11-21
what = "月額課金"
because = ["concern.2026-11-20"]
"#;
    assert_eq!(case.read_stable("acme.toml"), written);
}

#[test]
fn days_may_be_said_and_the_key_follows_the_day() {
    let case = acme();
    case.run("add acme interaction -m x --set date='yesterday 14:30'")
        .ok();
    case.run("add acme promise -m y --set date=3日前 --due 月末 --set by=them")
        .ok();
    let written = r#"name = "アクメ商事"

[interaction.2026-11-20-??????]
date = 2026-11-20T14:30:00
summary = "x"

[promise.2026-11-18-??????]
date = 2026-11-18
by = "them"
what = "y"
due = 2026-11-30
"#;
    assert_eq!(case.read_stable("acme.toml"), written);
}

#[test]
fn what_follows_shares_the_day_the_deal_and_the_privacy() {
    let case = acme();
    case.run(
        "add acme interaction -m x --concern c --set date='2026-11-19 10:00' \
         --set deal=web --set private=yes --set tags=inside",
    )
    .ok();
    let written = r#"name = "アクメ商事"

[interaction.2026-11-19-??????]
date = 2026-11-19T10:00:00
summary = "x"
deal = "web"
tags = ["inside"]
private = true

[concern.2026-11-19-??????]
date = 2026-11-19
said = "c"
status = "open"
deal = "web"
private = true
"#;
    assert_eq!(case.read_stable("acme.toml"), written);
}

#[test]
fn a_slip_is_told_and_written_as_it_is() {
    let case = acme();
    case.run("add acme concern -m x --set statsu=open --set about=paymnt --set colour=blue")
        .ok()
        .stderr(
            "goodwill: concern has no field \"statsu\": it is written as it is; did you mean status?\n\
             goodwill: about: \"paymnt\" is written as it is; did you mean payment?\n\
             goodwill: concern has no field \"colour\": it is written as it is\n",
        );
    let written = r#"name = "アクメ商事"

[concern.2026-11-21-??????]
date = 2026-11-21
about = "paymnt"
said = "x"
status = "open"
statsu = "open"
colour = "blue"
"#;
    assert_eq!(case.read_stable("acme.toml"), written);
}

#[test]
fn what_can_not_be_read_is_said_and_nothing_is_written() {
    let case = acme();
    for (words, said) in [
        ("add acme interacton -m x", "'interaction'"),
        ("add acme interaction", "-m TEXT fills summary"),
        ("add acme interaction -m ' '", "-m TEXT fills summary"),
        ("add acme interaction -m x --concern ''", "need words"),
        ("add acme interaction -m x --promise ' '", "need words"),
        ("add acme fact -m x --key ''", "a key is a word"),
        ("add acme fact -m x --key ' a'", "a key is a word"),
        (
            "add acme interaction -m x --due fri",
            "--due says until when --promise",
        ),
        (
            "add acme promise -m x --due someday",
            "due: `someday` is no day",
        ),
        (
            "add acme check-in --set satisfaction=6",
            "satisfaction is a number from 1 to 5",
        ),
        (
            "add acme deal -m x --set value=lots",
            "value: `lots` is no amount",
        ),
        (
            "add acme deal -m x --set decides",
            "write it as field=value",
        ),
        ("add acme deal -m x --set title=y", "title is set twice"),
        (
            "add acme interaction -m x --set a.b=c",
            "can't be set from here",
        ),
        (
            "add acme interaction -m x --today someday",
            "--today: `someday` is no day",
        ),
    ] {
        case.run(words).code(2).stdout("").stderr_has(said);
    }
    assert_eq!(case.read("acme.toml"), "name = \"アクメ商事\"\n");
}

#[test]
fn a_customer_that_is_not_there_is_asked_back_for() {
    let case = acme().file("acton.toml", "name = \"Acton\"\n").file(
        "archive/cobalt.toml",
        "name = \"Cobalt\"\naliases = [\"CBT\"]\n",
    );
    case.run("add acmee fact -m x")
        .code(3)
        .stderr("goodwill: there is no customer \"acmee\"; did you mean\n  acme  アクメ商事\n");
    case.run("add ac fact -m x").code(3).stderr(
        "goodwill: \"ac\" may be any of these; type one of the keys:\n  \
         acme  アクメ商事\n  acton  Acton\n",
    );
    case.run("add zzzzzz fact -m x")
        .code(3)
        .stderr_has("`goodwill list` shows them all");
    for name in ["cob", "CBT", "cobalt", "archive/cobalt", "Cobalt"] {
        case.run(&format!("add {name} fact -m x"))
            .ok()
            .stdout("archive/cobalt:fact.2026-11-21-??????\n");
    }
}

#[test]
fn the_same_key_twice_is_refused() {
    let case = acme();
    case.run("add acme fact -m x --key strategy")
        .ok()
        .stdout("acme:fact.strategy\n");
    case.run("add acme fact -m y --key strategy")
        .code(1)
        .stderr_has("acme has an entry fact.strategy already");
    case.run("add acme contact -m Yamada")
        .ok()
        .stdout("acme:contact.yamada\n");
    case.run("add acme contact -m Yamada")
        .ok()
        .stdout("acme:contact.yamada-2\n");
}

#[test]
fn odd_files_stay_as_they_are_but_for_the_entry() {
    let odd = "\u{feff}name = \"x\"\r\n# a word\r\n[fact.a]\r\ntext='y'   # there";
    let case = Case::new().file("odd.toml", odd);
    case.run("add odd fact -m z --key b").ok();
    let added = "\r\n\r\n[fact.b]\r\ndate = 2026-11-21\r\ntext = \"z\"\r\n";
    assert_eq!(case.read("odd.toml"), format!("{odd}{added}"));
    case.run("undo").ok();
    assert_eq!(case.read("odd.toml"), odd);
}

#[test]
fn text_that_toml_finds_hard_is_spelled_to_be_read() {
    let case = acme();
    case.run(
        r#"add acme fact --key a -m 'C:\new "x"' --set notes="line one
二行目""#,
    )
    .ok();
    let written = r#"name = "アクメ商事"

[fact.a]
date = 2026-11-21
text = 'C:\new "x"'
notes = """
line one
二行目"""
"#;
    assert_eq!(case.read("acme.toml"), written);
}

#[test]
fn a_file_that_does_not_parse_is_never_written_to() {
    let broken = "name = \"x\n\n[fact.a]\ntext = \"y\"\n";
    let case = acme().file("broken.toml", broken);
    case.run("add broken fact -m z")
        .code(4)
        .stdout("")
        .stderr_has("broken.toml:1: ")
        .stderr_has("nothing is written to a file that does not parse");
    assert_eq!(case.read("broken.toml"), broken);
    let twice = "[fact.a]\ntext = \"x\"\n[fact.a]\ntext = \"y\"\n";
    case.write("twice.toml", twice);
    case.run("add twice fact -m z")
        .code(4)
        .stderr_has("twice.toml:3: ");
    assert_eq!(case.read("twice.toml"), twice);
}

#[test]
fn in_json_it_says_what_was_made() {
    let case = acme();
    let ran = case.run("--json add acme fact -m x --key a").ok();
    let document = ran.json();
    assert_eq!(document["touched"], serde_json::json!(["acme:fact.a"]));
    assert_eq!(document["what"], "アクメ商事: fact added: x");
}

#[test]
fn where_a_kind_is_spelled_in_another_way_the_entry_goes_there_or_is_refused() {
    let case = Case::new()
        .file("inline.toml", "fact = { a = { text = \"x\" } }\n")
        .file("value.toml", "fact = \"none\"\n");
    case.run("add inline fact -m y --key b").ok();
    assert_eq!(
        case.read("inline.toml"),
        "fact = { a = { text = \"x\" }, b = { date = 2026-11-21, text = \"y\" } }\n"
    );
    case.run("add value fact -m y")
        .code(1)
        .stderr_has("value.toml: ");
    assert_eq!(case.read("value.toml"), "fact = \"none\"\n");
}

#[test]
fn a_file_name_is_as_good_as_a_key() {
    let case = Case::new().file("archive/acme.toml", "");
    case.run("add archive/acme.toml fact -m x")
        .ok()
        .stdout("archive/acme:fact.2026-11-21-??????\n");
}

#[test]
fn many_at_once_are_all_kept() {
    let case = acme();
    let children: Vec<_> = (0..8)
        .map(|number| {
            case.command(&format!("add acme fact -m {number} --key n{number}"))
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let text = case.read("acme.toml");
    for number in 0..8 {
        assert!(
            text.contains(&format!(
                "[fact.n{number}]\ndate = 2026-11-21\ntext = \"{number}\"\n"
            )),
            "{text}"
        );
    }
    for _ in 0..8 {
        case.run("undo").ok();
    }
    assert_eq!(case.read("acme.toml"), "name = \"アクメ商事\"\n");
}

#[test]
fn a_name_without_a_letter_gets_the_key_of_its_kind() {
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n");
    case.run("add acme contact -m '...'")
        .ok()
        .stdout("acme:contact.contact\n");
    case.run("add acme deal -m '?'")
        .ok()
        .stdout("acme:deal.deal\n");
}

#[test]
fn an_answer_that_can_not_be_written_does_not_hide_that_the_change_is_made() {
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let output = case
        .command("add acme fact -m x --key a")
        .stdout(full.unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("is made all the same"), "{told}");
    assert!(case.read("acme.toml").contains("[fact.a]"));
}
