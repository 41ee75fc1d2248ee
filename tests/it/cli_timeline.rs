//! `goodwill timeline`

use serde_json::{Value, json};

use crate::case::{Case, Ran};

fn journal() -> Case {
    Case::new()
        .file(
            "acme.toml",
            "name = \"アクメ商事\"\ntags = [\"osaka\"]\n\
             [contact.yamada]\nname = \"山田\"\n\
             [deal.web]\ntitle = \"EC\"\nopened = 2026-09-01\nstatus = \"won\"\nclosed = 2026-10-05\n\
             [interaction.2026-11-20-a]\ndate = 2026-11-20T23:30:00-11:00\nchannel = \"call\"\n\
             summary = \"支払条件の相談\"\n\
             [concern.2026-11-20-b]\nsaid = \"一括前払いは厳しい\"\n\
             [negotiation.2026-10-02]\nasked = \"分割\"\nresult = \"deal\"\n\
             [promise.2026-11-19]\nby = \"us\"\nwhat = \"見積2案\"\ndue = 2026-11-27\n\
             [fact.strategy]\ntext = \"undated\"\n",
        )
        .file(
            "borealis.toml",
            "name = \"Borealis\"\nagain = 2027-01-10\nstatus = \"not-now\"\nwhy = \"no money\"\n\
             [interaction.2026-04-03]\nchannel = \"mail\"\nsummary = \"A first word\"\n\
             [interaction.2024-02-29]\nchannel = \"call\"\nsummary = \"Leap\"\n",
        )
}

#[test]
fn an_entry_a_line_aligned_also_in_japanese() {
    journal().run("timeline").ok().quiet().stdout(
        "2027-01-10 Sun  customer again  Borealis    not-now         no money\n\
         2026-11-27 Fri  promise due     アクメ商事  due 2026-11-27  見積2案\n\
         2026-11-20 Fri  concern         アクメ商事  open            一括前払いは厳しい\n\
         2026-11-20 Fri  call            アクメ商事                  支払条件の相談\n\
         2026-11-19 Thu  promise         アクメ商事  due 2026-11-27  見積2案\n\
         2026-10-02 Fri  negotiation     アクメ商事  deal            分割\n\
         2026-09-01 Tue  deal            アクメ商事  won             EC\n\
         2026-04-03 Fri  mail            Borealis                    A first word\n\
         2024-02-29 Thu  call            Borealis                    Leap\n",
    );
}

#[test]
fn one_customer_by_any_of_its_names_oldest_first() {
    journal().run("timeline bor --oldest-first").ok().stdout(
        "2024-02-29 Thu  call            Borealis           Leap\n\
         2026-04-03 Fri  mail            Borealis           A first word\n\
         2027-01-10 Sun  customer again  Borealis  not-now  no money\n",
    );
}

#[test]
fn days_are_inclusive_and_those_of_the_file() {
    let days = |words: &str| -> Vec<String> {
        let ran = journal().run(&format!("timeline {words}"));
        let lines = ran.stdout.lines().map(|line| line[..10].to_owned());
        lines.collect()
    };
    // 23:30 west of the date line is the next day elsewhere, and no other day here.
    assert_eq!(
        days("--since 2026-11-20 --until yesterday"),
        ["2026-11-20", "2026-11-20"]
    );
    assert_eq!(days("--since '2 days ago' --until yesterday").len(), 3);
    assert_eq!(days("--until 2024-02-29"), ["2024-02-29"]);
    assert_eq!(days("--since 2026-10 --until 2026-10"), ["2026-10-02"]);
    assert_eq!(days("--since '2026 Q2' --until 2026q2"), ["2026-04-03"]);
    assert_eq!(days("--since 2024 --until 2024"), ["2024-02-29"]);
    assert_eq!(days("--since 2026-W40 --until 2026-W40"), ["2026-10-02"]);
}

#[test]
fn kinds_channels_and_tags() {
    let count = |words: &str| {
        let ran = journal().run(&format!("timeline {words}")).ok();
        ran.stdout.lines().count()
    };
    assert_eq!(count("--kind call"), 2);
    assert_eq!(count("--kind interaction"), 3);
    assert_eq!(count("--kind call --kind concern"), 3);
    assert_eq!(count("--tag osaka --kind call"), 1);
    let ran = journal().run("timeline --kind cal").code(2);
    ran.stderr_has("did you mean call?");
}

#[test]
fn a_month_a_line() {
    journal().run("timeline --zoom month").ok().stdout(
        "2027-01  1 ahead\n\
         2026-11  1 call, 1 concern, 1 promise, 1 ahead\n\
         2026-10  1 deal won, 1 negotiation: deal\n\
         2026-09  1 deal\n\
         2026-04  1 mail\n\
         2024-02  1 call\n",
    );
    journal()
        .run("timeline --zoom year --kind call")
        .ok()
        .stdout("2026  1 call\n2024  1 call\n");
    let ran = journal().run("timeline --zoom decade").code(2);
    ran.stderr_has("quarter");
}

#[test]
fn what_has_no_day_stands_at_the_end_where_it_is_asked_for() {
    let ran = journal().run("timeline acme --undated").ok();
    assert_eq!(
        ran.stdout.lines().last(),
        Some("-               fact         アクメ商事                  undated")
    );
    journal()
        .run("timeline --kind fact")
        .code(3)
        .stderr_has("`--undated`");
    journal()
        .run("timeline --kind fact --undated")
        .ok()
        .stdout("-  fact  アクメ商事    undated\n");
}

/// A line of the text, made of the document.
fn line(of: &Value) -> Vec<String> {
    let day = of["date"].as_str().map_or("-", |date| &date[..10]);
    let fields = &of["fields"];
    let word = match of["what"].as_str() {
        Some(what) => format!("{} {what}", of["kind"].as_str().unwrap_or("customer")),
        None => fields["channel"]
            .as_str()
            .or(of["kind"].as_str())
            .unwrap()
            .to_owned(),
    };
    let main = ["summary", "said", "asked", "what", "title", "text"];
    let text = of["text"]
        .as_str()
        .or(main.iter().find_map(|name| fields[*name].as_str()));
    vec![day.to_owned(), word, text.unwrap().to_owned()]
}

#[track_caller]
fn agree(words: &str) {
    let planned = "[interaction.2026-11-27]\nchannel = \"visit\"\nsummary = \"planned\"\n";
    let case = journal().file("cobalt.toml", planned);
    let text = case.run(&format!("timeline {words}")).ok();
    let document = case.run(&format!("timeline {words} --json")).ok().json();
    let list = |name: &str| document[name].as_array().unwrap().clone();
    let (undated, mut expected): (Vec<Value>, Vec<Value>) = list("entries")
        .into_iter()
        .partition(|entry| entry["date"].is_null());
    // What is to come on a day stands behind what happens on it.
    let day = |entry: &Value| entry["date"].as_str().unwrap()[..10].to_owned();
    if words.contains("oldest") {
        expected.extend(list("upcoming"));
        expected.sort_by_key(day);
    } else {
        expected.splice(0..0, list("upcoming"));
        expected.sort_by_key(|entry| std::cmp::Reverse(day(entry)));
    }
    expected.extend(undated);
    let shown: Vec<&str> = text.stdout.lines().collect();
    assert_eq!(shown.len(), expected.len(), "{text}");
    for (shown, entry) in shown.iter().zip(&expected) {
        for part in line(entry) {
            assert!(shown.contains(&part), "{shown}: {part}");
        }
    }
}

#[test]
fn text_and_json_agree_entry_by_entry() {
    for words in [
        "",
        "acme",
        "--undated",
        "--oldest-first",
        "--undated --oldest-first",
        "--since 2026-10 --until 2026-11",
        "--kind call --kind negotiation",
        "borealis --until 2025",
    ] {
        agree(words);
    }
}

#[test]
fn in_json() {
    let ran = journal()
        .run("timeline acme --since 2026-11-20 --zoom month --json")
        .ok();
    let document = ran.json();
    assert_eq!(
        document["upcoming"],
        json!([{
            "customer": "acme", "date": "2026-11-27", "what": "due", "kind": "promise",
            "key": "2026-11-19", "text": "見積2案", "path": "acme.toml", "line": 19,
        }])
    );
    assert_eq!(
        document["sums"],
        json!([{
            "period": "2026-11", "from": "2026-11-01", "until": "2026-11-30",
            "entries": 2, "touches": 1, "ahead": 1,
            "parts": ["1 call", "1 concern", "1 ahead"],
        }])
    );
    assert_eq!(document["entries"][1]["date"], "2026-11-20T23:30:00-11:00");
    let ran = journal().run("timeline acme --json").ok();
    assert_eq!(ran.json()["sums"], json!([]));
}

#[test]
fn nothing_is_a_document_and_a_3() {
    let empty = json!({"schema": 1, "entries": [], "upcoming": [], "sums": []});
    for words in ["timeline --json --until 1999", "timeline nobody --json"] {
        let ran = journal().run(words).code(3);
        assert_eq!(ran.json(), empty, "{ran}");
    }
    let ran = Case::new().run("timeline").code(3).stdout("");
    ran.stderr_has("goodwill add CUSTOMER");
    journal()
        .run("timeline borealis --until 1999")
        .code(3)
        .stderr_has("with borealis in ..1999-12");
    let ran = journal().run("timeline nobody --lanes --json").code(3);
    assert_eq!(ran.json(), json!({"schema": 1, "lanes": []}));
}

#[test]
fn days_that_can_not_be_are_told() {
    for (words, told) in [
        ("--since someday", "--since: `someday` is no day"),
        ("--until 2026-02-30", "--until: `2026-02-30` is no day"),
        ("--since today --until yesterday", "the other way round"),
    ] {
        journal()
            .run(&format!("timeline {words}"))
            .code(2)
            .stdout("")
            .stderr_has(told);
    }
}

#[test]
fn a_file_that_does_not_parse_is_shown_as_far_as_it_goes() {
    let case = journal().file("broken.toml", "name = \n[fact.2026-11-01]\ntext = \"x\"\n");
    let told = |ran: Ran| {
        ran.stdout_has("2026-11-01 Sun  fact")
            .stderr_has("broken.toml:1")
    };
    told(case.run("timeline broken").code(4));
    told(case.run("timeline").ok());
}

#[test]
fn colour_is_for_terminals() {
    let plain = journal().run("timeline").ok().stdout;
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let coloured = journal().run("timeline --color always").ok().stdout;
    assert!(
        coloured.contains("\u{1b}[1mアクメ商事\u{1b}[0m"),
        "{coloured}"
    );
}

#[test]
fn lanes_in_words() {
    journal().run("timeline --lanes").ok().quiet().stdout(
        "アクメ商事: 2026: Sep 1 deal; Oct 1 deal won, 1 negotiation: deal; \
         Nov 1 call, 1 concern, 1 promise, 1 ahead\n\
         Borealis: 2024: Feb 1 call; 2026: Apr 1 mail; 2027: Jan 1 ahead; silent for 7 months\n",
    );
    journal()
        .run("timeline acme --lanes --zoom quarter --until 2026-10")
        .ok()
        .stdout("アクメ商事: 2026: Q3 1 deal; Q4 1 deal won, 1 negotiation: deal\n");
}

#[test]
fn lanes_as_a_picture() {
    let plain = |words: &str| {
        let ran = journal()
            .run(&format!("timeline --lanes --color always {words}"))
            .ok();
        let text = ran.stdout.split("\u{1b}[").enumerate();
        let text = text.map(|(at, part)| match at {
            0 => part,
            _ => part.split_once('m').unwrap().1,
        });
        let text: String = text.collect();
        text.lines()
            .map(|line| format!("{}\n", line.trim_end()))
            .collect::<String>()
    };
    assert_eq!(
        plain("--since 2026-01"),
        "            2026        2027\n\
         アクメ商事          ▴✓▪\n\
         Borealis    ╌╌╌▪╌╌╌╌╌╌╌ ▹  silent 7 months\n\
         \n\
         ✓ won  ▴ deal  ▪ contact  ▹ ahead  ╌ silent\n"
    );
    assert_eq!(
        plain("--since 2026-01 --zoom quarter --glyphs ascii"),
        "            2026    2027\n\
         アクメ商事      d +\n\
         Borealis    _ o _ _ >   silent 7 months\n\
         \n\
         + won  d deal  o contact  > ahead  _ silent\n"
    );
}

#[test]
fn lanes_in_json() {
    let ran = journal()
        .run("timeline borealis --lanes --json --since 2026-04 --until 2026-05")
        .ok();
    let cell = |period, until, mark, entries, silent| {
        json!({
            "period": period, "from": format!("{period}-01"), "until": until, "mark": mark,
            "entries": entries, "touches": entries, "ahead": 0, "won": false, "lost": false,
            "silent": silent,
        })
    };
    assert_eq!(
        ran.json()["lanes"],
        json!([{
            "customer": "borealis", "name": "Borealis", "last_touch": "2026-04-03",
            "silent_days": 232,
            "cells": [
                cell("2026-04", "2026-04-30", "contact", 1, false),
                cell("2026-05", "2026-05-31", "silent", 0, true),
            ],
        }])
    );
}
