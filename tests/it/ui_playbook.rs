//! The playbook on screen: its pages, what lies behind a row, and where it leads.

use goodwill::ui::front::Screen;
use goodwill::ui::msg::Press;

use crate::stage::Stage;

const ACME: &str = "name = \"アクメ\"\n\n\
    [negotiation.2026-03-01]\nasked = \"分けて\"\ngive = [\"payment: 月額払い\"]\nget = [\"term: 12か月\"]\nresult = \"deal\"\nlearned = \"壁は支払\"\n\n\
    [negotiation.2026-02-01]\nasked = \"半額で\"\ngive = [\"payment: 後払い\"]\nresult = \"no-deal\"\n\n\
    [concern.2026-11-01]\nabout = \"risk\"\nsaid = \"前払いは怖い\"\nstatus = \"open\"\n";
const BOREALIS: &str = "name = \"Borealis\"\n\n\
    [negotiation.2025-01-01]\nasked = \"cheaper\"\ngive = [\"price: ten per cent\"]\nresult = \"deal\"\n\n\
    [concern.2025-01-01]\nabout = \"risk\"\nsaid = \"too early\"\nstatus = \"answered\"\nanswer = \"Quarterly\"\nanswered = 2025-01-11\n";
const OURSELVES: &str = "ourselves = true\n\n\
    [change.2025-04-01]\nwhat = \"Phone\"\nbecause = [\"borealis:concern.2025-01-01\"]\n";

fn two_at(width: u16, height: u16) -> Stage {
    Stage::new(width, height)
        .file("acme.toml", ACME)
        .file("borealis.toml", BOREALIS)
        .file("ourselves.toml", OURSELVES)
        .open()
}

fn two() -> Stage {
    two_at(80, 24)
}

#[test]
fn the_tabs_lead_round_in_both_directions() {
    let mut stage = two();
    stage.keys("4").says("Levers as given and got");
    for words in [
        "Concerns by topic",
        "Given for nothing",
        "Changes of our own service",
        "Deals won and lost",
        "Put off",
        "Who left or fell silent",
        "Value by year",
        "Levers as given and got",
    ] {
        stage.keys("]").says(words);
    }
    stage.keys("[").says("Value by year");
    stage.keys("tab").says("Levers as given and got");
}

#[test]
fn enter_opens_what_a_row_rests_on_and_esc_comes_back_to_it() {
    let mut stage = two();
    stage.keys("4").says("▸payment").keys("enter");
    stage.says("壁は支払").says("negotiation");
    assert_eq!(stage.app.screen, Screen::Customers);
    stage.keys("esc").says("▸payment");
    stage.keys("j enter").says("ten per cent");
    stage.keys("esc").says("▸price");
    // The change of our own service, and what led to it.
    stage.keys("] ] ] enter").says("Phone").says("because");
    stage.keys("esc < > j enter").says("Quarterly");
    stage.keys("esc").says("▸    because");
}

#[test]
fn the_words_behind_a_row_unfold_below_it_and_each_opens_its_own_entry() {
    let mut stage = two();
    stage.keys("4").hides("learned");
    stage
        .keys("< >")
        .says("    deal     give 月額払い, アクメ 2026-03-01");
    stage.says("    learned  壁は支払").says("▸payment");
    stage.keys("j j j").says("▸    no-deal");
    stage.keys("enter").says("半額で").hides("壁は支払");
    stage.keys("esc").says("▸    no-deal");
    // Folded from below, the row itself is selected.
    stage.keys("< >").says("▸payment").hides("learned");
}

#[test]
fn a_row_stays_selected_when_the_journal_is_read_again() {
    let mut stage = two();
    stage.keys("4 j < > j").says("▸    deal  give ten per cent");
    let more =
        format!("{BOREALIS}\n[negotiation.2025-02-01]\nasked = \"x\"\ngive = [\"referral: y\"]\n");
    stage.write("borealis.toml", &more);
    stage
        .reload()
        .says("▸    deal  give ten per cent")
        .says("referral");
}

#[test]
fn from_a_page_it_shows_what_fits_and_esc_leads_back() {
    let mut stage = two();
    stage.keys("f <borealis> enter enter p");
    stage
        .says("Borealis  Levers never tried with them")
        .hides(" price ");
    stage.says("give 月額払い");
    stage.keys("]").says("None of their concerns is open.");
    stage.keys("esc");
    assert_eq!(stage.app.screen, Screen::Customers);
    stage.says("too early").hides("Levers");
    // What is shown of all customers is that again.
    stage.keys("4").says("All customers");
}

#[test]
fn esc_finds_the_page_again_also_where_an_entry_of_another_customer_was_opened() {
    let mut stage = two();
    stage
        .keys("f <borealis> enter enter p enter")
        .says("壁は支払");
    stage.keys("esc").says("Borealis  Levers never tried");
    stage.keys("esc").says("too early").hides("壁は支払");
    // Of their own as well.
    stage.keys("p ] ] ] enter esc esc").says("too early");
    assert_eq!(stage.app.screen, Screen::Customers);
}

#[test]
fn a_row_about_a_customer_opens_their_page() {
    let mut stage = two();
    let worth = BOREALIS.replacen("\n\n", "\n\n[volume]\n2025 = 12\n\n", 1);
    stage.write("borealis.toml", &worth);
    stage.reload().keys("4 [").says("never asked     Borealis");
    stage.keys("enter").says("too early");
    stage.keys("esc").says("▸never asked");
}

#[test]
fn before_a_talk_the_answers_to_what_worries_them_are_one_key_away() {
    let mut stage = two();
    stage.keys("f <acme> enter p ] < >");
    stage
        .says("アクメ  Their open concerns")
        .says("open      前払いは怖い");
    stage.says("answered  too early; Borealis 2025-01-01");
    stage
        .says("answer    Quarterly (after 10d)")
        .says("changed   Phone");
    stage.keys("4").says("All customers  Concerns by topic");
}

#[test]
fn the_customer_under_the_cursor_or_all_of_them() {
    let mut stage = two();
    stage.keys("4 p").says("アクメ  Levers never tried");
    stage.keys("p").says("All customers  Levers as given");
    stage.keys("p esc").says("All customers  Levers as given");
    // Our own file is no customer.
    stage.keys("] ] ] p").says("All customers  Changes");
}

#[test]
fn the_filter_also_finds_what_lies_behind_a_row() {
    let mut stage = two();
    stage
        .keys("4 f <壁>")
        .says("2 of 11")
        .says("payment")
        .hides("price");
    stage.keys("enter enter").says("分けて");
    stage.keys("esc").says("filter 壁");
    stage.keys("esc").says("price");
    stage
        .keys("f <zzzz>")
        .says("Nothing fits. Esc clears the filter.");
    stage.keys("esc").says("payment");
}

#[test]
fn beside_the_rows_of_a_wide_screen_the_words_are_read_whole() {
    let mut stage = two_at(120, 40);
    stage.keys("4").says("learned  壁は支払");
    stage
        .keys("j")
        .says("give ten per cent, Borealis")
        .hides("壁は支払");
    stage.resize(80, 24).hides("Borealis");
    stage.resize(100, 30).says("Borealis");
}

#[test]
fn what_was_never_tried_opens_nothing() {
    let mut stage = two();
    stage
        .keys("4 G enter")
        .says("Nothing is written down there yet");
    assert_eq!(stage.app.screen, Screen::Playbook);
}

#[test]
fn what_is_edited_or_added_from_a_row_is_in_its_words_at_once() {
    let mut stage = two();
    stage.keys("4 e").says("edit negotiation");
    stage.keys("tab <, term: 13か月> enter");
    stage.says("▸payment").says("4 Playbook");
    assert!(
        stage.text("acme.toml").contains("13か月"),
        "{}",
        stage.text("acme.toml")
    );
    stage.keys("f <13か月> enter").says("1 of 11").says("13か");
    stage.keys("esc 4 a").says("interaction: a call");
}

#[test]
fn a_customer_who_is_gone_leaves_all_of_them() {
    let mut stage = two();
    stage.keys("f <borealis> enter p").says("Borealis  Levers");
    std::fs::remove_file(stage.root().join("borealis.toml")).unwrap();
    stage.reload().says("All customers  Levers as given");
    stage.keys("esc").says("All customers  Levers as given");
}

#[test]
fn an_empty_journal_says_what_will_stand_there() {
    let mut stage = Stage::new(80, 24).open();
    stage.keys("4").says("never tried").keys("enter < > p e y");
    stage
        .keys("]")
        .says("No concern is written down yet.")
        .keys("enter < > p e y j G");
    stage.keys("]").says("Nothing was given for nothing.");
    stage
        .keys("]")
        .says("No change of our own service is written down yet.");
    stage.keys("]").says("No deal is won or lost yet.");
    stage.keys("]").says("Nothing was put off.");
    stage
        .keys("]")
        .says("Nobody is away, and nobody has been silent for a year.");
    stage
        .keys("]")
        .says("No deal is won and no check-in was made yet.");
}

#[test]
fn the_mouse_turns_tabs_selects_rows_and_opens_them() {
    let mut stage = two_at(120, 40);
    stage
        .mouse(Press::Once, "4 Playbook")
        .says("Levers as given");
    stage.mouse(Press::Once, "price").says("▸price");
    stage.mouse(Press::WheelUp, "price").says("▸payment");
    stage
        .mouse(Press::Once, "Changes")
        .says("Changes of our own");
    stage
        .mouse(Press::Twice, "2025-04-01  Phone")
        .says("because");
    assert_eq!(stage.app.screen, Screen::Customers);
}
