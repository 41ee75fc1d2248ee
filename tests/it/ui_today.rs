//! The screen of today: whom to turn to, why, and what can be done about it.

use std::collections::BTreeSet;

use goodwill::model::today::{Act, Rule};
use goodwill::ui::dialogs::Dialog;
use goodwill::ui::front::Screen;
use goodwill::ui::msg::{Effect, Msg, Press};
use goodwill::ui::target::Target;

use crate::stage::Stage;

pub fn sample(width: u16, height: u16) -> Stage {
    Stage::new(width, height).sample().at_today().open()
}

/// A promise of ours that is due today, and a concern that lies open for three weeks.
pub const MINATO: &str = "\
name = \"港屋商店\"
status = \"open\"

[promise.2026-11-01-a]
by = \"us\"
what = \"見積2案を送る\"
due = 2026-11-21

[concern.2026-10-31-b]
said = \"納期が心配\"
status = \"open\"
";

/// A concern alone.
const NORTH: &str = "\
name = \"Northgate\"
aliases = [\"Halden\"]
status = \"open\"

[concern.2026-11-01-c]
said = \"the rollout eats our summer\"
status = \"open\"
";

pub fn two(width: u16, height: u16) -> Stage {
    Stage::new(width, height)
        .file("minato.toml", MINATO)
        .file("north.toml", NORTH)
        .at_today()
        .open()
}

/// The row that is selected.
pub fn selected(stage: &Stage) -> String {
    let screen = stage.screen();
    let row = screen.lines().find(|row| row.starts_with('▸'));
    row.unwrap_or_default().to_owned()
}

/// All rows of the sample: how one comes to each, whose it is, its rule and its entry.
fn all_rows(stage: &Stage) -> Vec<(String, String, Rule, Option<String>)> {
    let rows = stage.app.reasons.rows().iter().enumerate();
    let each = rows.flat_map(|(at, row)| {
        row.reasons.iter().enumerate().map(move |(below, reason)| {
            let unfold = if row.reasons.len() > 1 { "tab " } else { "" };
            let keys = format!("g {}{unfold}{}", "j ".repeat(at), "j ".repeat(below));
            let customer = row.customer.key.to_string();
            (keys, customer, reason.rule, reason.entry.clone())
        })
    });
    each.collect()
}

#[test]
fn the_five_stories_of_the_sample_stand_on_the_first_screen() {
    let mut stage = sample(80, 24);
    stage
        .says("Today, Sat 2026-11-21")
        .says("! アクメ商事      promise due today: 見積2案を送る")
        .says("~ 佐藤工業        3 signs of enduring since September")
        .says("~ Delta Foods     you won; their win is not written down")
        .says("Cobalt Studio")
        .says("? Ember & Co      \"not now\" ran out on 11-15: 来期予算で")
        .says("Fuji Print");
    // Who pays for the win of the first one.
    stage
        .keys("tab")
        .says("somebody else pays: 現場は棚替えが週2回に増え");
    // How one heard of the last one's deals.
    stage
        .keys("tab f <rfp>")
        .says("heard by RFP, 2 of the last 3 deals");
}

#[test]
fn every_row_leads_to_its_entry_and_esc_comes_back_to_the_row() {
    for (width, height) in [(80, 24), (120, 40)] {
        for (keys, customer, rule, entry) in all_rows(&sample(width, height)) {
            let mut stage = sample(width, height);
            let row = selected(stage.keys(&keys));
            stage.keys("enter");
            let place = match &entry {
                Some(entry) => format!("{customer}:{entry}"),
                None => customer.clone(),
            };
            assert_eq!(stage.app.customers.place(), Some(place), "{rule:?}");
            stage.keys("esc").says("Today, Sat");
            assert_eq!(selected(&stage), row, "{rule:?}");
        }
    }
}

#[test]
fn one_key_does_what_each_row_asks_for() {
    let mut acts = BTreeSet::new();
    for (keys, customer, rule, entry) in all_rows(&sample(80, 24)) {
        let mut stage = sample(80, 24);
        stage.keys(&keys).keys("c");
        let target = match &stage.app.dialog {
            Some(Dialog::Form(form)) => Some(form.target.clone()),
            _ => None,
        };
        let id = |kind: &str, key: &str| Some(format!("{kind}.{key}"));
        match (rule.act(), target) {
            (
                Act::Add(kind),
                Some(Target::Add {
                    customer: whose,
                    kind: added,
                    day: None,
                }),
            ) => {
                assert_eq!((whose, added), (customer, kind), "{rule:?}");
            }
            (
                Act::Close,
                Some(Target::Edit {
                    kind,
                    key,
                    closing: true,
                    ..
                }),
            )
            | (
                Act::Edit,
                Some(Target::Edit {
                    kind,
                    key,
                    closing: false,
                    ..
                }),
            ) => {
                assert_eq!(id(&kind, &key), entry, "{rule:?}");
            }
            // A promise is kept by the key alone.
            (Act::Close, None) => {
                let saved = stage
                    .effects()
                    .iter()
                    .any(|e| matches!(e, Effect::Save { .. }));
                assert!(saved && entry.unwrap().starts_with("promise."), "{rule:?}");
            }
            (act, target) => panic!("{rule:?}: {act:?} leads to {target:?}"),
        }
        acts.insert(rule.name());
    }
    assert!(acts.len() > 5, "{acts:?}");
}

/// What the sample has no row for.
#[test]
fn one_key_asks_for_the_real_reason_and_answers_what_was_got_for_nothing() {
    let lost = "name = \"Aoba\"\nstatus = \"open\"\n\n[deal.web]\ntitle = \"Web\"\nstatus = \"lost\"\nclosed = 2026-09-01\n";
    let mut stage = Stage::new(80, 24).file("aoba.toml", lost).at_today().open();
    stage
        .says("what was it really?")
        .keys("c")
        .says("edit deal");
    let given = |day: u32| {
        format!(
            "\n[negotiation.2026-10-0{day}]\nasked = \"x\"\ngive = [\"price: 5%\"]\nresult = \"deal\"\n"
        )
    };
    let text = format!(
        "name = \"Beni\"\nstatus = \"open\"\n{}{}{}",
        given(1),
        given(2),
        given(3)
    );
    let mut stage = Stage::new(80, 24)
        .file("beni.toml", &text)
        .at_today()
        .open();
    stage.keys("f <given> enter").says("given 3 times");
    stage.keys("c").says("negotiation, Beni");
}

#[test]
fn a_promise_is_kept_by_one_key_and_the_next_reason_is_under_the_cursor() {
    let mut stage = two(80, 24);
    stage.says("promise due today").keys("c");
    stage.hides("promise due today");
    assert!(
        stage.text("minato.toml").contains("done = 2026-11-21"),
        "{}",
        stage.text("minato.toml")
    );
    stage.keys("u").says("promise due today");
    assert!(
        selected(&stage).contains("promise due today"),
        "{}",
        stage.screen()
    );
    assert_eq!(stage.text("minato.toml"), MINATO);
}

#[test]
fn a_concern_is_answered_in_a_form_and_its_row_goes() {
    let mut stage = two(80, 24);
    stage
        .keys("j")
        .says("▸ ! Northgate")
        .keys("c")
        .says("close concern");
    stage.keys("<phased rollout> ctrl-s").hides("Northgate  ");
    assert!(stage.text("north.toml").contains("phased rollout"));
}

#[test]
fn the_other_reasons_unfold_below_the_first_one_and_fold_again() {
    let mut stage = two(80, 24);
    stage.says("+1").hides("納期が心配");
    for (open, shut) in [
        ("tab", "tab"),
        ("space", "space"),
        ("tab", "esc"),
        ("tab", "h"),
    ] {
        let open = open.replace("space", "< >");
        let shut = shut.replace("space", "< >");
        stage.keys(&open).says("納期が心配").hides("+1");
        // Below, and back to the first one when they go.
        stage.keys("j");
        assert!(
            selected(&stage).contains("納期が心配"),
            "{}",
            stage.screen()
        );
        stage.keys(&shut).hides("納期が心配").says("+1");
        assert!(
            selected(&stage).contains("promise due"),
            "{}",
            stage.screen()
        );
    }
    // Who has no other reason has nothing to unfold.
    stage.keys("j tab").says("▸ ! Northgate");
}

#[test]
fn a_reason_that_was_unfolded_is_opened_done_and_dismissed_alone() {
    let mut stage = two(80, 24);
    stage.keys("tab j enter").says("納期が心配").says("concern");
    stage.keys("esc c").says("close concern");
    let mut stage = two(80, 24);
    stage.keys("tab j");
    stage
        .keys("x")
        .hides("納期が心配")
        .says("promise due today");
    assert!(
        stage
            .text("minato.toml")
            .contains("[dismissed]\n\"concern-open concern.2026-10-31-b\" = 2026-11-21"),
        "{}",
        stage.text("minato.toml")
    );
}

#[test]
fn names_and_reasons_are_found_as_search_finds_them() {
    for (typed, found, other) in [
        ("minato", "港屋商店", "Northgate"),
        ("halden", "Northgate", "港屋商店"),
        ("見積", "promise due today: 見積2案", "Northgate"),
        ("mitsumori", "promise due today: 見積2案", "Northgate"),
        (
            "納期",
            "concern open 21 days: \"納期が心配\"",
            "promise due",
        ),
        ("promise-due", "promise due today", "concern open"),
        ("kind:concern rollout", "the rollout eats", "promise due"),
        ("!kind:promise 港屋", "納期が心配", "promise due"),
    ] {
        let mut stage = two(80, 24);
        stage.keys(&format!("f <{typed}>")).says(found).hides(other);
        stage
            .keys("enter")
            .says(found)
            .keys("esc")
            .says("Northgate")
            .says("港屋商店");
    }
    let mut stage = two(80, 24);
    stage
        .says("3 reasons")
        .keys("f <港屋>")
        .says("2 of 3")
        .says("+1");
    stage
        .keys("bs bs <zzz>")
        .says("Nothing fits. Esc clears the filter.")
        .says("0 of 3");
    stage.keys("esc").says("3 reasons").hides("filter");
    stage.keys("f").paste("north").says("1 of 3");
}

#[test]
fn a_file_that_does_not_parse_is_not_written_to() {
    let broken = format!("{MINATO}\n[concern.2026-11-02]\nsaid = \"half a line\n");
    for key in ["c", "a", "e", "z", "x"] {
        let mut stage = Stage::new(80, 24)
            .file("minato.toml", &broken)
            .at_today()
            .open();
        stage.says("promise due today").keys(key);
        stage.says("minato.toml does not parse, so it is not written to: E opens it, ! says where");
        assert!(stage.app.dialog.is_none(), "{key}");
        assert_eq!(stage.text("minato.toml"), broken, "{key}");
    }
    let mut stage = Stage::new(80, 24)
        .file("minato.toml", &broken)
        .at_today()
        .open();
    stage.keys("enter").says("見積2案を送る").keys("esc E");
    let line = stage.effects().iter().find_map(|effect| match effect {
        Effect::Editor { customer, line } => Some((customer.clone(), *line)),
        _ => None,
    });
    assert_eq!(line, Some(("minato".to_owned(), 4)));
}

#[test]
fn the_keys_of_other_lists_mean_the_same_here() {
    let mut stage = two(80, 24);
    stage
        .keys("a")
        .says("a call, a mail, a meeting")
        .keys("esc");
    stage.keys("e").says("edit promise").keys("esc");
    stage.keys("y p").says("copied: minato.toml:4");
    stage.keys("n").says("new customer").keys("esc");
    stage.keys("t").says("港屋商店  2 entries");
    stage.keys("1").says("Today, Sat").keys("H");
    assert!(matches!(stage.effects().last(), Some(Effect::Past { .. })));
    stage.keys("esc 2").says("Customers 2").keys("1 q");
    assert_eq!(stage.effects().last(), Some(&Effect::Quit));
}

#[test]
fn a_reason_without_an_entry_leads_to_the_customers_page() {
    let text = "name = \"Ember\"\nstatus = \"not-now\"\nagain = 2026-11-15\nwhy = \"来期予算で\"\n";
    let mut stage = Stage::new(80, 24)
        .file("ember.toml", text)
        .at_today()
        .open();
    stage
        .says("ran out on 11-15")
        .keys("enter")
        .says("Timeline  Concerns");
    assert_eq!(stage.app.customers.place().as_deref(), Some("ember"));
    stage.keys("esc").says("Today, Sat").keys("e").says("Ember");
    assert!(stage.app.dialog.is_some());
}

#[test]
fn a_customer_that_is_made_here_is_opened() {
    let mut stage = two(80, 24);
    stage
        .keys("n <青葉商店> enter")
        .says("Nothing written down yet.");
    assert_eq!(stage.app.customers.place().as_deref(), Some("青葉商店"));
    stage
        .keys("esc")
        .says("Today, Sat")
        .says("promise due today");
}

#[test]
fn the_first_start_leads_to_the_first_customer_or_to_the_sample() {
    let mut stage = Stage::new(80, 24).first().at_today();
    stage
        .keys("<アクメ商事> enter")
        .says("Nothing written down yet. a i logs the first call.");
    let mut stage = Stage::new(80, 24).first().at_today();
    stage
        .keys("enter")
        .says("Today, Sat 2026-11-21")
        .says("promise due today");
}

#[test]
fn what_there_is_to_say_without_a_row() {
    let mut stage = Stage::new(80, 24).at_today();
    stage
        .says("Reading the journal")
        .tell(Msg::Progress { read: 3, of: 9 });
    stage.says("Reading the journal: 3 of 9 files");
    let mut stage = Stage::new(80, 24).at_today().open();
    stage.says("No customer yet. Press n to write down the first one.");
    stage.keys("a").says("No customer yet: n makes one");
    let ours = "name = \"We\"\nourselves = true\n\n[promise.a]\nby = \"us\"\nwhat = \"x\"\ndue = 2026-11-01\n";
    let quiet = "name = \"Aoi\"\nstatus = \"open\"\n";
    let mut stage = Stage::new(80, 24)
        .file("we.toml", ours)
        .file("a.toml", quiet)
        .at_today()
        .open();
    stage
        .says("Nothing waits today.")
        .hides("Next")
        .hides("reason");
    for key in [
        "enter", "c", "z", "x", "a", "e", "tab", "t", "j", "G", "esc",
    ] {
        stage.keys(key).says("Nothing waits today.");
        assert!(stage.app.dialog.is_none(), "{key}");
    }
    let due =
        format!("{quiet}\n[promise.2026-11-20]\nby = \"us\"\nwhat = \"x\"\ndue = 2026-12-04\n");
    let mut stage = Stage::new(80, 24).file("a.toml", &due).at_today().open();
    stage.says("Nothing waits today. Next: Aoi, Fri 2026-12-04.");
}

#[test]
fn the_selection_stays_on_its_reason_while_others_write() {
    let mut stage = two(80, 24);
    stage.keys("j").says("▸ ! Northgate");
    // Weightier than both.
    stage.write("zen.toml", "name = \"Zen\"\nstatus = \"open\"\n\n[promise.a]\nby = \"us\"\nwhat = \"x\"\ndue = 2026-01-01\n");
    stage.noticed("zen").says("▸ ! Northgate");
    assert!(stage.row(3).contains("Zen"), "{}", stage.screen());
    // Theirs is gone: the row that takes its place.
    stage.replace(
        "north.toml",
        "status = \"open\"\n\n[concern",
        "status = \"open\"\n\n[fact",
    );
    stage
        .noticed("north")
        .hides("Northgate")
        .says("▸ ! 港屋商店");
    stage
        .tell(Msg::Today("2026-11-22".parse().unwrap()))
        .says("Today, Sun 2026-11-22")
        .says("promise due 1 day ago");
}

#[test]
fn a_wide_screen_shows_who_they_are_the_whole_reason_and_its_entry() {
    let long =
        "the rollout eats our summer, and nobody in the warehouse has a day before September";
    let north = NORTH.replace("the rollout eats our summer", long);
    let mut stage = Stage::new(120, 40)
        .file("north.toml", &north)
        .at_today()
        .open();
    stage.hides(long).says("day before September\"");
    stage
        .says("their win   not written down")
        .says("concern  2026-11-01");
    // Where there is one pane, what has no room in its row stands below the rows.
    stage.resize(80, 24).hides("their win");
    let whole = stage.row(21) + &stage.row(22);
    assert!(whole.contains("September\""), "{}", stage.screen());
    let mut stage = two(80, 24);
    stage.says("見積2案を送る");
    assert_eq!(stage.row(21) + &stage.row(22), "", "{}", stage.screen());
}

#[test]
fn the_mouse_selects_opens_and_scrolls() {
    let mut stage = two(80, 24);
    stage.mouse(Press::Once, "Northgate").says("▸ ! Northgate");
    stage
        .mouse(Press::Twice, "Northgate")
        .says("the rollout eats our summer")
        .says("concern");
    stage.mouse(Press::Once, "1 Today").says("Today, Sat");
    let mut stage = sample(80, 24);
    let fourth = stage.app.reasons.rows()[3].customer.name().to_owned();
    stage.mouse(Press::WheelDown, "Borealis");
    assert!(selected(&stage).contains(&fourth), "{}", stage.screen());
    stage.mouse(Press::WheelUp, "Borealis");
    assert!(
        selected(&stage).contains("アクメ商事"),
        "{}",
        stage.screen()
    );
}

/// Both screens count the same, and put the same ones first.
#[test]
fn the_customers_list_says_the_same() {
    let mut stage = sample(80, 40);
    let rows: Vec<(String, String)> = stage
        .app
        .reasons
        .rows()
        .iter()
        .map(|row| {
            let mark = row.reasons[0].rule.mark().sign();
            let name = row.customer.name().to_owned();
            (name, format!("{mark} {}", row.reasons.len()))
        })
        .collect();
    assert!(rows.len() > 8);
    stage.keys("2");
    let listed = stage.screen();
    for (name, mark) in &rows {
        let line = listed.lines().find(|line| line.contains(&**name)).unwrap();
        assert!(line.ends_with(mark.as_str()), "{mark} at the end of {line}");
    }
    // Those in a folder stand below its heading.
    let top: Vec<&str> = rows
        .iter()
        .map(|(name, _)| &**name)
        .filter(|name| *name != "Cobalt Studio")
        .collect();
    let lines: Vec<&str> = listed.lines().skip(3).collect();
    for (name, line) in top.iter().zip(&lines) {
        assert!(line.contains(name), "{name} in {line}");
    }
}

#[test]
fn it_is_the_first_screen_and_the_first_tab() {
    assert_eq!(Screen::default(), Screen::Today);
    assert_eq!(Screen::TABS.first(), Some(&Screen::Today));
    let mut stage = two(80, 24);
    stage
        .keys("3 1")
        .says("Today, Sat")
        .keys("2 enter 1")
        .says("Today, Sat");
    // A page that was left open stays so.
    stage.keys("2").says("Timeline  Concerns");
}
