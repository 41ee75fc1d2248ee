//! Where the journal stands against git, in the header, and `S`: what would go and come, asked
//! once.

use goodwill::model::standing::Standing;
use goodwill::ui::msg::{Effect, Msg};

use crate::screens_git::stands;
use crate::stage::Stage;

fn clean() -> Standing {
    Standing {
        branch: Some("main".to_owned()),
        upstream: Some("origin/main".to_owned()),
        ..Standing::default()
    }
}

fn waiting() -> Standing {
    Standing {
        ahead: 2,
        behind: 3,
        changed: vec!["acme.toml".to_owned()],
        ..clean()
    }
}

fn unmerged() -> Standing {
    Standing {
        unmerged: vec!["acme.toml".to_owned(), "zeta.toml".to_owned()],
        ..clean()
    }
}

fn opened(width: u16, standing: Option<&Standing>) -> Stage {
    let mut stage = Stage::new(width, 24)
        .file("acme.toml", "name = \"アクメ商事\"\n")
        .open();
    if let Some(standing) = standing {
        stands(&mut stage, standing);
    }
    stage
}

#[test]
fn the_header_says_in_words_what_waits_and_in_marks_where_there_is_little_room() {
    let header = |width, standing: &Standing| opened(width, Some(standing)).row(0);
    let wide = header(120, &waiting());
    assert!(
        wide.ends_with("~/journal  main  1 changed  2 to send  3 to get"),
        "{wide}"
    );
    let narrow = header(80, &waiting());
    assert!(narrow.ends_with("  main +1 ▴2 ▾3"), "{narrow}");
    let ascii = opened(80, Some(&waiting())).ascii().row(0);
    assert!(ascii.ends_with("  main +1 ^2 v3"), "{ascii}");
    let tight = header(48, &waiting());
    assert!(!tight.contains("main"), "{tight}");
    let quiet = header(80, &clean());
    assert!(quiet.ends_with("~/journal  main"), "{quiet}");
}

#[test]
fn what_is_to_be_decided_is_an_alert_and_outside_of_a_repository_nothing_is_said() {
    opened(90, Some(&unmerged())).says("! 2 to decide  ~/journal  main");
    let mut stage = opened(80, None);
    assert!(stage.row(0).ends_with("~/journal"));
    let why = "/j is in no git repository; to begin one there: git init";
    stage.tell(Msg::Standing(Err(why.to_owned())));
    assert!(stage.row(0).ends_with("~/journal"));
    stage.keys("S").says("to begin one there: git init");
    assert_eq!(stage.effects(), []);
}

#[test]
fn s_asks_once_and_enter_goes() {
    let mut stage = opened(80, Some(&waiting()));
    stage
        .keys("S")
        .says("main, which goes along with origin/main")
        .says("commit   アクメ商事")
        .says("send     2 commits and this one")
        .says("receive  3 commits as far as is known")
        .says("Enter go   Esc back");
    stage.keys("esc").hides("commit  ");
    assert_eq!(stage.effects(), []);
    stage.keys("S enter");
    assert_eq!(stage.effects(), [Effect::Sync]);
    stage.tell(Msg::Synced {
        notice: Some("synced: 3 sent, 3 received".to_owned()),
        is_stuck: false,
    });
    stage.says("synced: 3 sent, 3 received");
}

#[test]
fn the_question_follows_what_git_says_meanwhile() {
    let mut stage = opened(80, Some(&clean()));
    stage.keys("S").says("commit   nothing: all is committed");
    stands(&mut stage, &waiting());
    stage.says("commit   アクメ商事");
}

#[test]
fn many_files_are_scrolled_and_not_all_of_them_named() {
    let file = |at: usize| format!("customer-number-{at}.toml");
    let many = Standing {
        changed: (1..=30).map(file).collect(),
        ..clean()
    };
    let mut stage = opened(40, Some(&many));
    stage.keys("S").says("30 files").says("▾").hides("receive");
    stage.keys("G").says("10 more").says("receive");
    stage.keys("g").says("30 files");
}

#[test]
fn a_branch_that_goes_along_with_none_is_told() {
    let alone = Standing {
        upstream: None,
        ..clean()
    };
    opened(80, Some(&alone))
        .keys("S")
        .says("main, which goes along with no other branch yet");
}

#[test]
fn a_sample_whose_clock_stands_still_says_why_it_is_not_synced() {
    let mut stage = opened(80, None);
    stage.write(".goodwill.toml", "today = 2026-11-21\n");
    stage.reload();
    stands(&mut stage, &waiting());
    assert!(stage.row(0).ends_with("~/journal"), "{}", stage.row(0));
    stage
        .keys("S")
        .says("the clock of this journal stands still");
    stage
        .keys("C")
        .says("the clock of this journal stands still");
    assert_eq!(stage.effects(), []);
}

#[test]
fn before_git_has_answered_it_is_said_so() {
    opened(80, None).keys("S").says("git has not said yet");
}

#[test]
fn the_palette_has_the_sync_and_what_is_to_be_decided() {
    let mut stage = opened(80, Some(&unmerged()));
    stage.keys(": <sync> enter");
    assert_eq!(stage.effects(), [Effect::Unsettled]);
    stage.keys("esc : <both sides of a merge> enter");
    assert_eq!(stage.effects(), [Effect::Unsettled, Effect::Unsettled]);
    let mut stage = opened(80, Some(&clean()));
    stage.keys("C").says("nothing waits to be decided");
}
