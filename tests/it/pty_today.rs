//! The screen of today in a real terminal: each kind of row of the sample leads to its entry with
//! Enter, and to what it asks for with one key.

use std::collections::BTreeMap;

use goodwill::model::today::{Act, Today};
use goodwill::store::load::load;
use goodwill::store::sample;
use rustix::process::Signal;

use crate::pty_stage::{Show, Stage};

/// The sample in the home of a stage.
fn stage() -> Stage {
    let stage = Stage::new();
    sample::copy_to(&stage.journal()).unwrap();
    stage
}

fn opened(stage: &Stage) -> Show {
    let mut show = stage.start_as_it_is();
    show.shows("Today, Sat 2026-11-21").shows("reasons");
    show
}

/// For each rule that the sample has a row of: the keys that lead to the first one, the entry
/// that it rests on, and what it asks for.
fn rules(stage: &Stage) -> BTreeMap<&'static str, (String, Option<String>, Act)> {
    let (journal, _) = load(&stage.journal(), &mut |_, _| {});
    let today = Today::of(&journal, "2026-11-21".parse().unwrap());
    let mut rules = BTreeMap::new();
    for (at, row) in today.rows().iter().enumerate() {
        for (below, reason) in row.reasons.iter().enumerate() {
            let unfold = if row.reasons.len() > 1 { "\t" } else { "" };
            let keys = format!("g{}{unfold}{}", "j".repeat(at), "j".repeat(below));
            let way = (keys, reason.entry.clone(), reason.rule.act());
            rules.entry(reason.rule.name()).or_insert(way);
        }
    }
    rules
}

#[test]
fn every_kind_of_row_leads_to_its_entry_and_back() {
    let stage = stage();
    let rules = rules(&stage);
    assert!(rules.len() > 6, "{rules:?}");
    let mut show = opened(&stage);
    for (rule, (keys, entry, _)) in rules {
        show.types(&keys).types("\r");
        let Some((kind, key)) = entry.as_deref().and_then(|entry| entry.split_once('.')) else {
            show.shows("Timeline  Concerns").types("\x1b");
            show.shows("Today, Sat 2026-11-21");
            continue;
        };
        show.until(format!("the entry of {rule}"), |show| {
            let text = show.text();
            let title = text.lines().nth(1).unwrap_or_default();
            title.contains(kind) && title.trim_end().ends_with(key)
        });
        show.types("\x1b").shows("Today, Sat 2026-11-21");
        // Folded again for the next one.
        if keys.contains('\t') {
            show.types("\t");
        }
    }
    show.types("q").ends_with(0);
}

#[test]
fn every_kind_of_row_is_done_with_one_key() {
    let stage = stage();
    for (rule, (keys, entry, act)) in rules(&stage) {
        let mut show = opened(&stage);
        show.types(&keys).types("c");
        let title = match act {
            Act::Close if rule == "promise-due" => {
                show.shows("done").types("u").shows("promise due today");
                show.types("q").ends_with(0);
                continue;
            }
            Act::Close => "close ".to_owned() + entry.unwrap().split('.').next().unwrap(),
            Act::Edit => "edit ".to_owned() + entry.unwrap().split('.').next().unwrap(),
            Act::Add(kind) => format!("┌ {}, ", kind.word()),
        };
        show.shows(&title).signal(Signal::TERM);
        show.ends_with(143);
    }
}

#[test]
fn a_reason_is_snoozed_until_a_typed_day_and_comes_back_with_u() {
    let stage = stage();
    let before = stage.read("acme.toml");
    let mut show = opened(&stage);
    show.types("z").shows("quiet until").types("来週");
    show.cursor_behind("来週")
        .shows("2026-11-23 Mon, in 2 days");
    show.types("\r")
        .shows("quiet until 2026-11-23; u takes it back");
    show.until("the line in the file", |_| {
        let text = stage.read("acme.toml");
        text.contains("[snooze]\n\"promise-due promise.2026-11-20-f4qvqw\" = 2026-11-23")
    });
    show.types("u").shows("promise due today");
    assert_eq!(stage.read("acme.toml"), before);
    show.types("x")
        .shows("dismissed until something newer is written");
    show.hides("promise due today").types("u");
    show.shows("promise due today").types("q").ends_with(0);
    assert_eq!(stage.read("acme.toml"), before);
}
