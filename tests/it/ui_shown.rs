//! What people wrote is shown as they wrote it, and nothing in it acts or hides.

use goodwill::ui::msg::Msg;

use crate::small_journal::{ACME, BROKEN};
use crate::stage::Stage;

#[test]
fn fields_and_kinds_of_a_newer_version_are_shown_and_kept() {
    let text = "name = \"Acme\"\nmood = \"sunny\"\n\n[call.2026-11-20]\ndate = 2026-11-20\nwho = \"me\"\n\n[concern.2026-11-19]\nsaid = \"x\"\nweight = 3\n";
    let mut stage = Stage::new(120, 40).file("acme.toml", text).open();
    stage.keys("enter").says("call").says("me");
    stage
        .keys("enter")
        .says("who")
        .says("me")
        .keys("esc j enter");
    stage.says("weight").says("3").keys("e <y> ctrl-s");
    assert_eq!(stage.text("acme.toml"), text.replace("\"x\"", "\"xy\""));
    stage.keys("esc k e <note> ctrl-s");
    assert!(stage.text("acme.toml").contains("who = \"me\""));
}

/// What would change colours, ring, start a command, turn the direction of text, or hide.
const HOSTILE: &str = "\\u001b[31m\\u0007\\u009b\\u202e\\u200b";

#[test]
fn text_that_acts_on_terminals_or_hides_is_shown_wherever_it_stands() {
    let file = r#"
name = "Name!"
aliases = ["Alias!"]
status = "Status!"

[contact.x]
name = "Who!"
role = "Role!"

[deal."Key!"]
title = "Title!"
heard = "Heard!"

[win-lose.2026-11-02]
them = ["win: Win!"]
others = ["lose: Others!"]
reason = "Why!"

[concern.2026-11-03]
said = "Said!"
from = "From!"
about = "About!"
status = "State!"
notes = "Notes!"
"Unknown!" = "Value!"

["Kind!"."2026-11-04Entry!"]
what = "What!"
"#;
    let file = file.replace('!', HOSTILE);
    let looks: &[(&str, &[&str])] = &[
        ("", &["Name", "Status"]),
        (
            "enter",
            &[
                "Name", "Alias", "Status", "Win", "Kind", "What", "Said", "About", "State",
            ],
        ),
        ("enter G enter", &["Name", "Kind", "Entry", "What"]),
        (
            "enter enter",
            &[
                "Said", "From", "About", "State", "Notes", "Unknown", "Value",
            ],
        ),
        ("enter ]", &["Said", "From", "About", "State"]),
        ("enter ] ] ]", &["Others", "Win"]),
        ("enter [", &["Title", "Heard"]),
        ("enter [ [", &["Who", "Role"]),
        ("e", &["edit Name", "  Name", "Status"]),
        ("enter R", &["of Name"]),
        ("enter D", &["? Said"]),
        ("enter e", &["Said", "From", "About"]),
        ("enter e shift-tab", &["Notes"]),
        ("enter a c tab down", &["▸ Who"]),
        ("enter a c tab tab tab tab tab tab tab down", &["▸ Key"]),
    ];
    for (look, places) in looks {
        let mut stage = Stage::new(99, 24).file("folder/acme.toml", &file).open();
        stage.keys(look);
        assert_harmless(&stage, look);
        for place in *places {
            // A cell may be cut behind the first sign.
            let text = format!("{place}␛");
            stage.says(&text);
        }
    }
}

#[test]
fn hostile_text_that_was_pasted_or_told_is_shown_too() {
    let mut stage = Stage::new(80, 24).file("acme.toml", ACME).open();
    stage.app.place = "~/j\u{1b}[0m\u{202e}l".to_owned();
    stage.says("~/j␛[0m<U+202E>l");
    stage.keys("a c").paste("x\u{1b}[31m\u{202e}y");
    stage.says("x[31m<U+202E>y");
    stage.keys("enter");
    assert_harmless(&stage, "the row and the notice");
    stage.tell(Msg::Notice("\u{1b}]0;title\u{7}\u{200b}".to_owned()));
    stage.says("␛]0;title␇<U+200B>");
    assert_harmless(&stage, "a notice");
    let mut stage = Stage::new(80, 24).file("b\u{1b}.toml", BROKEN).open();
    stage.keys("!").says("b␛.toml:4");
    assert_harmless(&stage, "problems");
}

/// No cell holds what would act on a terminal or hide in it.
#[track_caller]
fn assert_harmless(stage: &Stage, look: &str) {
    let screen = stage.screen();
    let hidden = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
    };
    assert!(!screen.contains(hidden), "{look}: {screen:?}");
}

#[test]
fn ages_and_due_days_follow_the_day() {
    let file = "name = \"Acme\"\nstatus = \"prospect\"\n\n[promise.2026-11-20]\nwhat = \"Two drafts\"\ndue = 2026-11-23\n\n[interaction.2026-11-10]\nsummary = \"A call\"\n";
    let mut stage = Stage::new(120, 40).file("acme.toml", file).open();
    stage.says("due 2026-11-23").says("11d");
    stage.tell(Msg::Today("2026-11-23".parse().unwrap()));
    stage.says("! promise").says("due today").says("13d ! 1");
    let mut stage = Stage::new(120, 40)
        .today("2026-12-01")
        .file("acme.toml", file)
        .open();
    stage.says("overdue 8d").says("21d");
}

#[test]
fn half_width_sound_marks_push_nothing_out_of_its_place() {
    let file = "name = \"ｶﾞﾗｽｶﾞｲｼｬ\"\naliases = [\"ﾊﾞﾗ\"]\nstatus = \"ﾀﾞｳﾝ\"\n\n\
                [concern.2026-11-20]\nsaid = \"ﾀﾞｲｷﾝ\"\nabout = \"ｷﾞｶﾞ\"\nfrom = \"ﾔﾏﾀﾞ\"\n";
    for width in [80, 120] {
        let mut stage = Stage::new(width, 24).file("acme.toml", file).open();
        stage.says("ｶﾞﾗｽｶﾞｲｼｬ").says("- ◦ 1");
        stage.keys("enter").says("ｶﾞﾗｽｶﾞｲｼｬ  ﾊﾞﾗ").says("ﾀﾞｳﾝ\n");
        stage.says("ﾀﾞｲｷﾝ").says("ｷﾞｶﾞ, ﾔﾏﾀﾞ  open");
        stage.keys("enter").says("ｶﾞﾗｽｶﾞｲｼｬ  concern  2026-11-20");
        stage
            .keys("f <ﾀﾞｲ>")
            .says("ﾀﾞｲｷﾝ")
            .keys("esc : <go>")
            .says("go to ｶﾞﾗｽｶﾞｲｼｬ");
    }
}

#[test]
fn wide_characters_never_reach_over_an_edge() {
    let name = "社".repeat(60);
    let file = format!(
        "name = \"x{name}\"\n\n[interaction.2026-11-20]\nsummary = \"{name}\"\nwith = [\"{name}\"]\n"
    );
    for width in [40, 79, 80, 99, 100, 101, 119, 120, 121] {
        let mut stage = Stage::new(width, 24).file("acme.toml", &file).open();
        for keys in [
            "",
            "enter",
            "enter a",
            "enter D",
            "enter a i",
            "?",
            "enter enter",
        ] {
            stage.keys(keys);
            for (y, row) in stage.screen().lines().enumerate() {
                let cells = unicode_width::UnicodeWidthStr::width(row);
                assert!(cells <= width.into(), "{keys:?} {width}, row {y}: {row}");
            }
            if width >= 100 && keys.is_empty() {
                let rule = stage.row(5).find('│');
                assert!(rule.is_some(), "the rule stands: {}", stage.screen());
            }
            stage.keys("esc esc esc");
        }
    }
}
