//! `H`: what an entry was before, who changed it, and when.

use goodwill::model::past::Past;
use goodwill::ui::msg::{Effect, Msg};

use crate::screens_contents::Content;
use crate::screens_git::{past, told};
use crate::small_journal::ACME;
use crate::stage::Stage;

fn at_a_concern(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height).file("acme.toml", ACME).open();
    stage.keys("enter H");
    stage
}

fn with_past(past: Vec<Past>) -> Stage {
    let mut stage = at_a_concern(80, 24);
    told(&mut stage, Ok(past));
    stage
}

#[test]
fn who_when_and_from_what_to_what_by_field_newest_first() {
    let mut stage = at_a_concern(80, 24);
    stage.says("looking through git");
    let asked = stage.effects().last().cloned();
    let Some(Effect::Past {
        customer, entry, ..
    }) = asked
    else {
        panic!("{asked:?}");
    };
    assert_eq!(customer, "acme");
    assert_eq!(entry.unwrap().0, "concern");
    told(&mut stage, Ok(past(Content::One)));
    stage
        .says("past of concern 2026-11-20, ")
        .says("2026-11-21 09:12  Hana Yamada  changed  here")
        .says("status  open ▹ answered")
        .says("answer  (nothing) ▹ They ask for two payments")
        .says("moved  3f2a9c1")
        .says("customer  zeta ▹ main")
        .says("─ 4 lines the same")
        .says("+ They ask for two payments");
    let screen = stage.screen();
    let at = |text: &str| screen.find(text).unwrap();
    assert!(at("2026-11-21 09:12") < at("2026-11-18 17:40"));
    assert!(at("2026-11-18 17:40") < at("2026-11-16 08:05"));
}

#[test]
fn j_and_k_go_from_change_to_change_and_y_copies_what_stood_there_before() {
    let mut stage = with_past(past(Content::One));
    stage.keys("y").says("copied: open");
    stage.keys("j y").says("answer held nothing before");
    stage.keys("j j y").says("copied: before");
    let copied = |effect: &&Effect| matches!(effect, Effect::Copy(_));
    let copies: Vec<_> = stage.effects().iter().filter(copied).collect();
    let copy = |text: &str| Effect::Copy(text.to_owned());
    assert_eq!(copies, [&copy("open"), &copy("before")]);
    stage.keys("G").says("77e01d4").says("▸   notes");
    stage.keys("g").says("▸   status").says("2026-11-21 09:12");
    stage.keys("esc").hides("past of");
}

#[test]
fn the_head_of_a_customer_has_a_past_too() {
    let mut stage = Stage::new(80, 24).file("acme.toml", ACME).open();
    stage.keys("H").says("past of ");
    let asked = stage.effects().last();
    assert!(
        matches!(asked, Some(Effect::Past { entry: None, .. })),
        "{asked:?}"
    );
}

#[test]
fn where_nothing_is_known_or_git_says_no_it_is_told() {
    with_past(Vec::new()).says("Nothing is known of it");
    let mut stage = at_a_concern(80, 24);
    told(
        &mut stage,
        Err("git log took longer than 10 s and was ended".to_owned()),
    );
    stage.says("git log took longer");
}

#[test]
fn an_answer_to_another_question_is_not_taken() {
    let mut stage = at_a_concern(80, 24);
    let past = Ok(past(Content::One));
    stage.tell(Msg::Past { ticket: 0, past });
    stage.says("looking through git");
}

#[test]
fn it_scrolls_on_small_screens_and_stays_whole_on_large_ones() {
    let mut stage = with_past(past(Content::One));
    stage.resize(40, 12).says("2026-11-21 09:12");
    stage.keys("G").says("▸   notes");
    stage
        .resize(200, 50)
        .says("2026-11-21 09:12")
        .says("77e01d4");
}
