//! The timeline on screen: what it shows of time, how one moves in it, and what can be done there.

use goodwill::ui::msg::Press;
use goodwill::ui::screens::timeline::Pane;

use crate::stage::Stage;

const ACME: &str = "name = \"Acme\"\ncadence = \"4w\"\n\n\
    [deal.web]\ntitle = \"A new site\"\nopened = 2026-01-10\nstatus = \"won\"\nclosed = 2026-03-02\n\n\
    [interaction.2026-01-12]\nchannel = \"call\"\nsummary = \"First words\"\ndeal = \"web\"\n\n\
    [concern.2026-02-03]\nsaid = \"Too much at once\"\nstatus = \"answered\"\nanswer = \"In two parts\"\n\n\
    [interaction.2026-11-02]\nchannel = \"visit\"\nsummary = \"Coffee\"\n\n\
    [promise.2026-11-03]\nwhat = \"Send the plan\"\nby = \"us\"\ndue = 2026-12-01\n\n\
    [fact.loose]\ntext = \"They hate fax\"\n";
const BOREALIS: &str = "name = \"Borealis\"\ntags = [\"osaka\"]\n\n\
    [interaction.2026-11-20]\nchannel = \"mail\"\nsummary = \"Asked for the price\"\n";

fn two() -> Stage {
    two_at(80, 24)
}

fn two_at(width: u16, height: u16) -> Stage {
    Stage::new(width, height)
        .file("acme.toml", ACME)
        .file("borealis.toml", BOREALIS)
        .open()
}

#[test]
fn what_is_to_come_stands_above_today_and_silences_between() {
    let mut stage = two();
    stage
        .keys("3")
        .says("All customers  7 entries by day, newest first");
    let screen = stage.screen();
    let at = |words: &str| {
        screen
            .find(words)
            .unwrap_or_else(|| panic!("no {words}\n{screen}"))
    };
    let order = [
        "promise due Acme",
        "today, 2026-11-21 Sat",
        "20 Fri   mail",
        "03 Tue ◦ promise",
        "02 Mon   visit",
        "deal closed Acme",
        "03 Tue ✓ concern",
        "In two parts",
        "9 months",
        "12 Mon   call",
        "undated",
        "They hate fax",
    ];
    for pair in order.windows(2) {
        assert!(at(pair[0]) < at(pair[1]), "{pair:?}\n{screen}");
    }
}

#[test]
fn z_sums_up_and_enter_leads_nearer_and_esc_back() {
    let mut stage = two();
    stage.keys("3 z z").says("by month");
    stage.says("2026-11   1 mail, 1 visit, 1 promise");
    stage.says("2026-02   1 concern");
    stage.keys("G").says("▸2026-01").keys("enter");
    stage
        .says("2 entries by day")
        .says("First words")
        .hides("Coffee");
    stage.keys("esc").says("by month").says("▸2026-01");
    stage
        .keys("z z")
        .says("by year")
        .says("2026      1 deal won");
    stage.keys("enter").says("by quarter").says("2026 Q4");
}

#[test]
fn a_period_is_shifted_shortened_and_left_again() {
    let mut stage = two();
    stage.keys("3 -").says("2026\n").says("6 entries");
    stage
        .keys("- -")
        .says("2026-11\n")
        .says("3 entries")
        .hides("First words");
    stage.keys("<").says("2026-10\n").says("Nothing fits.");
    stage.keys("> >").says("2026-12\n").says("promise due");
    stage.keys("+ + +").says("all of time");
    stage.keys("g T").says("▸20 Fri   mail");
}

#[test]
fn a_filter_is_typed_shown_kept_on_other_screens_and_cleared_with_one_key() {
    let mut stage = two();
    stage
        .keys("3 f <kind:visit>")
        .says("Coffee")
        .hides("Asked for");
    stage
        .keys("enter 2 3")
        .says("filter kind:visit")
        .hides("Asked for");
    stage.keys("F").says("Asked for").hides("kind:visit");
    stage
        .keys("f <tag:osaka> enter")
        .says("Asked for")
        .hides("Coffee");
    stage
        .keys("esc f <is:won> enter")
        .says("A new site")
        .hides("Coffee");
    stage
        .keys("esc f <deal:web first>")
        .says("First words")
        .hides("Coffee");
}

#[test]
fn t_shows_one_customer_with_the_lines_of_its_deals() {
    let mut stage = two();
    stage
        .keys("3 t")
        .says("Borealis  1 entry")
        .keys("t j t")
        .says("Acme");
    stage.says("├   call").hides("Asked for");
    stage.keys("t").says("All customers");
    stage
        .keys("2")
        .keys("f <acme> enter t")
        .says("Acme  6 entries");
}

#[test]
fn at_leads_to_a_day_that_is_typed() {
    let mut stage = two();
    stage
        .keys("3 @ <2026-02-01>")
        .says("2026-02-01 Sun")
        .keys("enter");
    stage.says("▸03 Tue ✓ concern");
    stage
        .keys("@ <zzz> enter")
        .says("go to a day")
        .keys("esc esc");
    stage.says("All customers");
}

#[test]
fn enter_reads_the_entry_on_its_page_and_esc_comes_back_to_the_row() {
    let mut stage = two();
    stage.keys("3 j j").says("▸02 Mon   visit").keys("enter");
    stage.says("Coffee").says("channel");
    stage.keys("esc").says("▸02 Mon   visit");
}

#[test]
fn something_is_added_on_the_day_that_is_selected() {
    let mut stage = two();
    stage.keys("3 j j").says("▸02 Mon   visit").keys("a f");
    stage.says("fact, Acme, 2026-11-02 Mon");
    stage.keys("<They moved> enter").says("fact added");
    let text = stage.text("acme.toml");
    assert!(text.contains("[fact.2026-11-02"), "{text}");
    stage.says("They moved");
}

#[test]
fn the_row_is_found_again_after_others_wrote() {
    let mut stage = two();
    stage.keys("3 j j").says("▸02 Mon   visit");
    stage.replace(
        "acme.toml",
        "[fact.loose]",
        "[interaction.2026-11-10]\nsummary = \"New\"\n\n[fact.loose]",
    );
    stage.noticed("acme").says("New").says("▸02 Mon   visit");
}

#[test]
fn lanes_show_who_fell_silent_and_enter_shows_what_a_cell_holds() {
    let mut stage = two();
    stage.keys("3 v").says("by silence").says("▸ Borealis");
    assert_eq!(stage.app.timeline.pane, Pane::Lanes);
    stage.says("Borealis, 2026-11: 1 mail");
    stage.keys("k left left left left left left left left left");
    stage.says("Acme, 2026-02: 1 concern").keys("enter");
    stage.says("Acme  1 entry by day").says("Too much at once");
    stage.keys("esc").says("Acme, 2026-02: 1 concern");
    stage.keys("v").says("All customers  7 entries by day");
}

#[test]
fn the_mouse_turns_rows_cells_and_days() {
    let mut stage = two_at(120, 40);
    stage.keys("3").says("November 2026");
    stage.mouse(Press::Once, "Coffee").says("▸02 Mon   visit");
    stage.mouse(Press::Twice, "Coffee").says("visit");
    assert!(stage.app.customers.key.as_deref() == Some("acme"));
}

#[test]
fn the_first_tab_of_a_page_is_the_same_timeline() {
    let mut stage = two();
    stage.keys("f <acme> enter enter").says("today, 2026-11-21");
    stage.keys("z z").says("2026-11   1 visit, 1 promise");
    stage.keys("G enter").says("First words").hides("Coffee");
    stage.keys("esc").says("2026-11   1 visit");
    stage.keys("Z Z").says("Coffee");
    stage.keys("s").says("10 Sat");
}

#[test]
fn an_empty_journal_says_what_will_stand_there() {
    Stage::new(80, 24)
        .open()
        .keys("3")
        .says("Nothing has a day yet");
}
