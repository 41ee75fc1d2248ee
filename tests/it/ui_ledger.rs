//! The tab of wins and losses.

use goodwill::ui::keys::Scope;
use goodwill::ui::msg::Press;

use crate::stage::Stage;

const ACME: &str = r#"name = "Acme"

[deal.web]
title = "Web"
status = "lost"
closed = 2026-02-01
real-reason = "one man"

[win-lose.2026-01-01]
stage = "expected"
baseline = "朝の電話80本"
them = ["win: 電話が半分"]
deal = "web"

[win-lose.2026-03-01]
us = ["win: a reference"]
them = ["win: 昼食を座って食べる"]
others = ["lose: 受付は夜に残る"]
deal = "web"

[win-lose.2026-12-01]
them = ["win: some day"]
"#;

fn at_the_ledger(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height).file("acme.toml", ACME).open();
    stage.keys("enter ] ] ]");
    stage
}

#[test]
fn entries_newest_first_and_below_each_what_it_says() {
    let mut stage = at_the_ledger(80, 40);
    stage
        .says("▸2026-12-01   actual   them win")
        .says(" 2026-03-01   actual   us win, them win, 受付 lose")
        .says("others   lose: 受付は夜に残る")
        .says("their win: expected 電話が半分 (2026-01-01); came 昼食を")
        .says("who pays: 受付")
        .says("from     朝の電話80本")
        .says("2026-02-01   lost     Web")
        .says("stated   not written down")
        .says("real     one man");
    let screen = stage.screen();
    let at = |text: &str| screen.find(text).unwrap();
    assert!(
        at("2026-12-01   actual") < at("2026-03-01   actual")
            && at("2026-03-01   actual") < at("2026-01-01   expected")
    );
}

#[test]
fn the_selection_goes_over_entries_alone_and_each_can_be_changed() {
    let mut stage = at_the_ledger(80, 40);
    stage.keys("j").says("▸2026-03-01   actual");
    stage.keys("j").says("▸2026-01-01   expected");
    stage.keys("j").says("▸2026-02-01   lost");
    stage.keys("j").says("▸2026-02-01   lost");
    stage.keys("enter").says("real-reason");
    assert!(stage.app.scopes().contains(&Scope::Entry));
    stage.keys("esc e").says("edit deal");
    stage
        .keys("< live> enter")
        .says("▸2026-02-01   lost     Web live");
    stage.keys("g e").says("edit win-lose").keys("esc");
    stage
        .keys("D y")
        .hides("some day")
        .says("▸2026-03-01   actual");
    stage.keys("u").says("2026-12-01   actual");
}

#[test]
fn a_click_below_an_entry_selects_it() {
    let mut stage = at_the_ledger(80, 40);
    stage
        .mouse(Press::Once, "who pays")
        .says("▸2026-03-01   actual");
    stage
        .mouse(Press::Once, "stated")
        .says("▸2026-02-01   lost");
}

#[test]
fn an_entry_taller_than_the_screen_is_read_to_its_end_before_the_next_one() {
    let mut stage = at_the_ledger(40, 12);
    stage.keys("j").says("▸2026-03-01").hides("who pays");
    let mut steps = 0;
    while !stage.screen().contains("who pays") {
        stage.keys("j");
        steps += 1;
        assert!(steps < 9, "{}", stage.screen());
    }
    stage
        .keys("k")
        .says("▸2026-03-01")
        .keys("k")
        .says("▸2026-12-01");
    stage
        .keys("G")
        .says("▸2026-02-01")
        .keys("g")
        .says("▸2026-12-01");
}

#[test]
fn a_filter_narrows_it() {
    let mut stage = at_the_ledger(80, 40);
    stage
        .keys("f <受付> enter")
        .says("▸2026-03-01   actual")
        .hides("2026-12-01")
        .hides("lost");
    stage.keys("esc").says("2026-12-01   actual");
    stage.keys("f <zzz>").says("Nothing fits.");
}

#[test]
fn where_nothing_is_written_down_it_says_how_to_begin() {
    let mut stage = Stage::new(80, 24)
        .file("acme.toml", "name = \"Acme\"\n")
        .open();
    stage
        .keys("enter ] ] ]")
        .says("No win/lose yet. a adds one.");
    stage.keys("j k G J pgdn enter").says("No win/lose yet");
}
