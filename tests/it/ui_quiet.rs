//! Reasons made quiet on the screen of today, until a day or until something newer is written.

use std::collections::BTreeSet;

use goodwill::ui::msg::Msg;

use crate::stage::Stage;
use crate::ui_today::{MINATO, sample, selected, two};

#[test]
fn z_makes_a_reason_quiet_until_a_typed_day() {
    for (typed, until, said) in [
        ("", "2026-11-28", "2026-11-28 Sat, in 7 days"),
        ("2w", "2026-12-05", "2026-12-05 Sat, in 14 days"),
        ("next mon", "2026-11-23", "2026-11-23 Mon, in 2 days"),
        ("来週", "2026-11-23", "2026-11-23 Mon, in 2 days"),
        ("３日後", "2026-11-24", "2026-11-24 Tue, in 3 days"),
        ("2027-03-01", "2027-03-01", "2027-03-01 Mon, in 3 months"),
    ] {
        let mut stage = two(80, 24);
        stage
            .keys("z")
            .says("quiet until")
            .says("港屋商店: promise due today");
        stage.keys(&format!("<{typed}>")).says(said).keys("enter");
        let line = format!("[snooze]\n\"promise-due promise.2026-11-01-a\" = {until}\n");
        let text = stage.text("minato.toml");
        assert!(text.contains(&line), "{typed}: {text}");
        stage.hides("promise due").says("concern open");
        stage.says(&format!("港屋商店: quiet until {until}; u takes it back"));
        // On the day it speaks again.
        stage
            .tell(Msg::Today(until.parse().unwrap()))
            .says("promise due");
    }
}

#[test]
fn what_is_no_day_to_come_is_refused_and_can_be_mended() {
    let mut stage = two(80, 24);
    stage
        .keys("z <soonish>")
        .says("no day to come yet")
        .keys("enter");
    stage.says("`soonish` is no day");
    stage
        .keys("ctrl-u <yesterday> enter")
        .says("2026-11-20 is not to come: name a day after 2026-11-21");
    stage
        .keys("ctrl-u <today> enter")
        .says("2026-11-21 is not to come");
    stage
        .keys("ctrl-u")
        .paste("tomorrow")
        .says("2026-11-22 Sun, in 1 day");
    assert_eq!(stage.text("minato.toml"), MINATO);
    stage
        .keys("esc")
        .hides("quiet until")
        .says("promise due today");
    assert_eq!(stage.text("minato.toml"), MINATO);
    stage.keys("z <tomorrow> enter").hides("promise due");
}

#[test]
fn a_line_that_stands_there_already_is_changed() {
    let text =
        format!("{MINATO}\n[snooze]\n\"promise-due promise.2026-11-01-a\" = 2026-11-02 # later\n");
    let mut stage = Stage::new(80, 24)
        .file("minato.toml", &text)
        .at_today()
        .open();
    stage
        .says("promise due today")
        .keys("z <2w> enter")
        .hides("promise due");
    assert_eq!(
        stage.text("minato.toml"),
        text.replace("2026-11-02 #", "2026-12-05 #")
    );
}

#[test]
fn x_makes_a_reason_quiet_and_u_takes_it_back() {
    let mut stage = two(80, 24);
    stage
        .keys("x")
        .hides("promise due")
        .says("concern open 21 days");
    stage.says("港屋商店: dismissed until something newer is written; u takes it back");
    assert!(
        stage
            .text("minato.toml")
            .contains("[dismissed]\n\"promise-due promise.2026-11-01-a\" = 2026-11-21")
    );
    stage.keys("u").says("promise due today");
    assert_eq!(stage.text("minato.toml"), MINATO);
    assert!(
        selected(&stage).contains("promise due today"),
        "{}",
        stage.screen()
    );
}

/// One after the other, without a key between them that moves.
#[test]
fn behind_what_was_made_quiet_the_next_row_is_selected() {
    let mut stage = sample(80, 24);
    stage.keys("j j");
    let mut seen = BTreeSet::new();
    for _ in 0..6 {
        assert!(seen.insert(selected(&stage)), "{}", stage.screen());
        stage.keys("x");
    }
    stage.keys("g");
    let mut left = stage.app.reasons.each().len();
    while left > 0 {
        stage.keys("x");
        let now = stage.app.reasons.each().len();
        assert!(now < left, "{}", stage.screen());
        left = now;
    }
    stage
        .says("Nothing waits today.")
        .keys("u")
        .says("1 reason");
}
