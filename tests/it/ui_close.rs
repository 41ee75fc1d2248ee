//! `c` closes what is open: a promise with the key alone, the rest with one thing asked.

use crate::stage::Stage;

const ACME: &str = "\
name = \"アクメ商事\"

[promise.2026-11-10-a]
date = 2026-11-10
by = \"us\"
what = \"見積2案\"
due = 2026-11-21

[concern.2026-11-09-b]
date = 2026-11-09
said = \"一括は厳しい\"
status = \"open\"

[deal.web]
title = \"ECサイト更改\"
opened = 2026-11-01
status = \"open\"
";

fn stage() -> Stage {
    Stage::new(80, 24)
        .file("acme.toml", ACME)
        .today("2026-11-21")
        .open()
}

#[test]
fn a_promise_is_kept_with_one_key_and_undone_with_another() {
    let mut stage = stage();
    stage.keys("enter c").says("done 2026-11-21");
    assert!(
        stage
            .text("acme.toml")
            .contains("due = 2026-11-21\ndone = 2026-11-21\n")
    );
    stage.keys("c").says("Nothing is open here");
    stage.keys("u").says("due today");
    assert_eq!(stage.text("acme.toml"), ACME);
}

#[test]
fn a_concern_is_answered_with_the_answer_alone() {
    let mut stage = stage();
    stage.keys("enter j c").says("close concern, アクメ商事");
    stage.keys("<月額払いに> enter");
    let text = stage.text("acme.toml");
    let closed = "status = \"answered\"\nanswer = \"月額払いに\"\nanswered = 2026-11-21\n";
    assert!(text.contains(closed), "{text}");
}

#[test]
fn a_deal_asks_how_it_was_decided() {
    let mut stage = stage();
    stage.keys("enter [ c").says("close deal, アクメ商事");
    assert!(
        stage.before_cursor().ends_with("open"),
        "{}",
        stage.before_cursor()
    );
    stage.keys("ctrl-u <won> enter");
    let text = stage.text("acme.toml");
    assert!(
        text.contains("status = \"won\"\nclosed = 2026-11-21\n"),
        "{text}"
    );
}

#[test]
fn esc_leaves_what_was_open_open() {
    let mut stage = stage();
    stage.keys("enter j c esc").says("Throw away");
    stage.keys("y");
    assert_eq!(stage.text("acme.toml"), ACME);
}
