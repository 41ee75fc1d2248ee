//! What both sides of a merge changed: shown side by side with who and when, decided by a key,
//! written as soon as a file is decided.

use goodwill::model::clash::{Clash, Hand, Unsettled};
use goodwill::model::merge::Conflict;
use goodwill::model::standing::Standing;
use goodwill::model::value::Value;
use goodwill::model::when::When;
use goodwill::ui::msg::{Effect, Msg};
use jiff::civil::date;

use crate::screens_git::stands;
use crate::small_journal::ACME;
use crate::stage::Stage;

fn text(text: &str) -> Option<Value> {
    Some(Value::text(text))
}

fn clash(field: &str, [base, ours, theirs]: [&str; 3]) -> Clash {
    Clash {
        table: vec!["concern".to_owned(), "2026-11-20".to_owned()],
        conflict: Conflict {
            field: field.to_owned(),
            base: text(base),
            ours: text(ours),
            theirs: text(theirs),
        },
    }
}

fn file(customer: &str, clashes: Vec<Clash>) -> Unsettled {
    let hand = |who: &str, when: &str, branch: &str| Hand {
        who: who.to_owned(),
        when: when.to_owned(),
        branch: branch.to_owned(),
    };
    Unsettled {
        customer: customer.to_owned(),
        here: hand("山田 花子", "2026-11-21", "main"),
        there: hand("Ken Sato", "2026-11-20", "origin/main"),
        clashes,
        hindrance: None,
    }
}

fn two_files() -> Vec<Unsettled> {
    let status = clash("status", ["open", "answered", "gone"]);
    let said = clash(
        "said",
        ["一括前払いは厳しい", "一括は厳しい", "前払いは厳しい"],
    );
    let notes = clash("notes", ["一\n二", "一\nここ", "一\nあちら"]);
    vec![file("acme", vec![status, said]), file("zeta", vec![notes])]
}

fn asked(width: u16, height: u16, files: Vec<Unsettled>) -> Stage {
    let mut stage = Stage::new(width, height)
        .file("acme.toml", ACME)
        .file("zeta.toml", "name = \"Zeta\"\n")
        .open();
    stands(&mut stage, &unmerged());
    stage.keys("S").tell(Msg::Unsettled(Ok(files)));
    stage
}

fn unmerged() -> Standing {
    Standing {
        branch: Some("main".to_owned()),
        unmerged: vec!["acme.toml".to_owned()],
        ..Standing::default()
    }
}

/// What was to be written last: whose file, and the values.
#[track_caller]
fn settled(stage: &Stage) -> (&str, &[Option<Value>]) {
    match stage.effects().last() {
        Some(Effect::Settle { unsettled, values }) => (&unsettled.customer, values),
        other => panic!("nothing settled: {other:?}"),
    }
}

#[test]
fn all_three_are_shown_with_who_and_when_and_a_mark_before_what_differs() {
    let mut stage = asked(120, 40, two_files());
    stage
        .says("concern of 2026-11-20: status  (1 of 3, 3 open)")
        .says("before")
        .says("theirs, from origin/main")
        .says("ours, here")
        .says("Ken Sato, 2026-11-20")
        .says("山田 花子, 2026-11-21")
        .says("- open ")
        .says("+ gone ")
        .says("+ answered");
    stage.resize(80, 24).says("+ answered").says("keep ours");
    stage.resize(40, 12).says("- open");
}

#[test]
fn one_key_decides_and_a_file_is_written_when_all_of_it_is_decided() {
    let mut stage = asked(80, 24, two_files());
    stage.keys("m").says(": said  (2 of 3, 2 open)");
    assert_eq!(stage.effects(), [Effect::Unsettled]);
    stage.keys("t");
    let whole = [text("answered"), text("前払いは厳しい")];
    assert_eq!(settled(&stage), ("acme", &whole[..]));
    stage.says("writing acme.toml");
    stage.tell(Msg::Unsettled(Ok(two_files().split_off(1))));
    stage.says("Zeta, concern").says(": notes").keys("b");
    assert_eq!(settled(&stage), ("zeta", &[text("一\nあちら\nここ")][..]));
    stage.tell(Msg::Unsettled(Ok(Vec::new())));
    stage.says("Nothing is left to decide").keys("enter");
    assert_eq!(stage.effects().last(), Some(&Effect::Sync));
}

#[test]
fn a_value_can_be_typed_and_is_checked_as_in_a_form() {
    let due = Clash {
        table: vec!["promise".to_owned(), "2026-11-20-x".to_owned()],
        conflict: Conflict {
            field: "due".to_owned(),
            base: None,
            ours: text("soon"),
            theirs: text("later"),
        },
    };
    let mut stage = asked(80, 24, vec![file("acme", vec![due])]);
    stage.keys("e").says("theirs  later").says("ours    soon");
    stage.keys("ctrl-u <zzz> enter").says("zzz");
    assert_eq!(stage.effects(), [Effect::Unsettled]);
    stage.keys("ctrl-u <2026-12-01> enter");
    let day = Value::When(When::day(date(2026, 12, 1)));
    assert_eq!(settled(&stage), ("acme", &[Some(day)][..]));
}

#[test]
fn notes_are_typed_in_the_editor_for_many_lines() {
    let mut stage = asked(80, 24, two_files().split_off(1));
    stage.keys("e <三> enter <四> ctrl-s");
    assert_eq!(settled(&stage), ("zeta", &[text("一\nここ三\n四")][..]));
}

#[test]
fn esc_goes_back_from_typing_then_leaves_and_what_was_decided_is_kept() {
    let mut stage = asked(80, 24, two_files());
    stage.keys("m e <x> esc").says(": said").keys("esc");
    stage.says("S comes back to it").hides("keep ours");
    stage.keys("S").tell(Msg::Unsettled(Ok(two_files())));
    stage
        .says(": said  (2 of 3, 2 open)")
        .keys("p")
        .says("decided: ours");
}

#[test]
fn what_was_decided_is_asked_again_where_it_could_not_be_written() {
    let mut stage = asked(80, 24, two_files().split_off(1));
    stage.keys("t").says("writing zeta.toml").keys("m");
    let why = "zeta.toml: 1 fields are to be decided, and 2 were";
    stage.tell(Msg::Unsettled(Err(why.to_owned())));
    stage.says(why).keys("m");
    assert_eq!(settled(&stage), ("zeta", &[text("一\nここ")][..]));
}

#[test]
fn a_file_that_moved_on_meanwhile_is_decided_anew() {
    let mut stage = asked(80, 24, two_files());
    stage.keys("m");
    let mut files = two_files();
    files[0].clashes[0] = clash("status", ["open", "accepted", "gone"]);
    stage.tell(Msg::Unsettled(Ok(files)));
    stage.says("3 open");
}

#[test]
fn a_file_that_cant_be_decided_by_field_says_why_and_opens_in_the_editor() {
    let mut by_hand = file("acme", Vec::new());
    by_hand.hindrance = Some("it was edited by hand since".to_owned());
    let mut stage = asked(80, 24, vec![by_hand]);
    stage
        .says("it was edited by hand since")
        .says("E opens the file");
    stage
        .keys("m t b e")
        .says("it was edited by hand since")
        .keys("E");
    let editor = Effect::Editor {
        customer: "acme".to_owned(),
        line: 1,
    };
    assert!(stage.effects().contains(&editor), "{:?}", stage.effects());
    assert_eq!(
        stage.effects().last(),
        Some(&Effect::Unsettled),
        "asked again"
    );
}

#[test]
fn a_sync_that_stops_at_a_clash_asks_at_once() {
    let mut stage = Stage::new(80, 24).file("acme.toml", ACME).open();
    stage.tell(Msg::Synced {
        notice: Some("stopped: 1 to decide".to_owned()),
        is_stuck: true,
    });
    assert_eq!(stage.effects(), [Effect::Unsettled]);
    stage
        .tell(Msg::Unsettled(Ok(two_files())))
        .says("keep ours");
}
