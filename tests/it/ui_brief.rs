//! `b`: what to know before a call, and from each line to its entry.

use goodwill::ui::keys::Scope;

use crate::small_journal::{ACME, BOREALIS};
use crate::stage::Stage;

fn stage(width: u16, height: u16) -> Stage {
    let stage = Stage::new(width, height).file("acme.toml", ACME);
    stage.file("borealis.toml", BOREALIS).open()
}

fn is_open(stage: &Stage) -> bool {
    stage.app.scopes().contains(&Scope::Brief)
}

#[test]
fn it_opens_wherever_a_customer_is_under_the_cursor() {
    for (way, name) in [
        ("1 b", "アクメ商事"),
        ("2 b", "アクメ商事"),
        ("enter b", "アクメ商事"),
        ("enter enter b", "アクメ商事"),
        ("3 b", "アクメ商事"),
        ("3 j b", "Borealis"),
        ("3 v b", "アクメ商事"),
        ("/ <talk> ctrl-b", "Borealis"),
        (": <brief> enter", "アクメ商事"),
    ] {
        let mut stage = stage(80, 24);
        stage.keys(way);
        assert!(is_open(&stage), "{way}: {}", stage.screen());
        stage
            .says("┌ brief ─")
            .says(name)
            .says("their win   not written down");
        let before = stage.keys("esc").screen();
        assert!(!is_open(&stage), "{way}: {before}");
    }
}

#[test]
fn j_and_k_go_over_lines_that_have_an_entry_and_enter_opens_it() {
    let mut stage = stage(80, 24);
    stage.keys("b").says("▸ concerns");
    stage.keys("j").says("▸ people");
    stage.keys("j j j j").says("▸ heard");
    stage.keys("k k k enter");
    assert!(!is_open(&stage));
    assert!(
        stage.app.scopes().contains(&Scope::Entry),
        "{}",
        stage.screen()
    );
    stage.says("concern").says("一括前払いは厳しい");
    stage.keys("esc").says("Timeline");
    stage.keys("esc").says("Customers 2");
}

#[test]
fn people_and_deals_open_under_their_tabs() {
    let mut stage = stage(80, 24);
    stage.keys("b j enter").says("山田 花子");
    assert!(stage.app.scopes().contains(&Scope::Entry));
    stage.keys("esc").says("佐藤 健");
    stage.keys("esc b G enter esc").says("100");
}

#[test]
fn from_the_timeline_and_the_search_esc_leads_back_there() {
    let mut stage = stage(80, 24);
    stage.keys("3 b enter");
    assert!(stage.app.scopes().contains(&Scope::Entry));
    stage.keys("esc");
    assert!(stage.app.scopes().contains(&Scope::Timeline));
    stage.keys("/ <talk> ctrl-b enter").says("A first talk");
    assert!(stage.app.scopes().contains(&Scope::Entry));
    stage.keys("esc");
    assert!(stage.app.scopes().contains(&Scope::Search));
}

#[test]
fn where_nothing_is_written_down_enter_leads_to_the_page() {
    let mut stage = Stage::new(80, 24)
        .file("new.toml", "name = \"New\"\n")
        .open();
    stage.keys("b").says("not written down").says("unknown");
    stage.keys("j k G g enter").says("Nothing written down yet");
}

#[test]
fn our_own_file_has_none() {
    let mut stage = Stage::new(80, 24)
        .file("us.toml", "ourselves = true\n")
        .open();
    stage.keys("b").says("our own file");
    assert!(!is_open(&stage));
}

#[test]
fn it_follows_the_file() {
    let mut stage = stage(80, 24);
    stage.keys("b j j").says("▸             佐藤 健");
    stage.replace("acme.toml", "一括前払いは厳しい", "月額なら");
    stage
        .reload()
        .says("月額なら")
        .says("▸             佐藤 健");
    stage.replace("acme.toml", "[contact.sato]\nname = \"佐藤 健\"\n", "");
    stage.reload().hides("佐藤 健").says("▸");
}

#[test]
fn a_broken_file_is_told_as_far_as_it_goes() {
    let broken = "name = \"Acme\"\n[concern.2026-11-01]\nsaid = \"too dear\"\n[x\n";
    let mut stage = Stage::new(80, 24).file("acme.toml", broken).open();
    stage.keys("b").says("too dear");
}

#[test]
fn on_a_small_screen_labels_stand_above_and_everything_can_be_reached() {
    let mut stage = stage(40, 12);
    stage.keys("b").says("アクメ商事");
    stage.keys("G").says("heard").says("unknown 1 of 1");
    stage.keys("g").says("アクメ商事");
}
