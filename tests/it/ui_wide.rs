//! A large screen uses its room: figures in the list, and the entry at hand beside the page's rows.

use goodwill::ui::msg::Press;
use goodwill::ui::screens::customers::Depth;

use crate::stage::Stage;

/// The page of acme.
fn acme(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height).sample().open();
    stage.keys("f <acme> enter enter");
    stage
}

#[test]
fn the_entry_under_the_cursor_is_read_beside_the_rows() {
    let mut stage = acme(200, 50);
    stage.says("learned  ").keys("j").hides("learned  ");
    stage.says("what            見積2案を送る").says("▸20 Fri");
    stage.keys("k").says("learned  ");
    // Below 124 columns of page there is no room for both.
    acme(160, 50).hides("learned  ");
    acme(200, 12).hides("learned  ");
}

#[test]
fn enter_goes_into_it_and_the_rows_stay() {
    let mut stage = acme(200, 16);
    let rows = |stage: &Stage| stage.row(10).split('│').nth(1).map(str::to_owned);
    let before = rows(&stage);
    stage.keys("enter");
    assert_eq!(stage.app.customers.depth, Depth::Entry);
    assert_eq!(rows(&stage), before);
    let at = stage.cursor().unwrap();
    assert!(at.x > 130, "the cursor stands in what is read: {at:?}");
    stage
        .says("date            2026")
        .keys("j j j")
        .hides("date            2026");
    stage.keys("esc").says("date            2026");
    assert_eq!(stage.app.customers.depth, Depth::Page);
}

#[test]
fn the_mouse_goes_into_it_and_back() {
    let mut stage = acme(200, 50);
    stage.mouse(Press::Once, "learned");
    assert_eq!(stage.app.customers.depth, Depth::Entry);
    stage.mouse(Press::Once, "20 Fri");
    assert_eq!(stage.app.customers.depth, Depth::Page);
    stage.says("what            見積2案を送る");
}

#[test]
fn a_wider_page_makes_room_for_it_and_a_wider_list_takes_it() {
    let mut stage = acme(160, 50);
    stage.keys("( ( ( (").says("learned  ");
    stage.keys(") ) ) )").hides("learned  ");
}

#[test]
fn a_wide_list_tells_the_next_day_the_value_and_the_last_touch() {
    let mut stage = Stage::new(200, 50).sample().open();
    let row = |stage: &Stage, name: &str| {
        let screen = stage.screen();
        let row = screen.lines().find(|row| row.contains(name)).unwrap();
        let row = row.split('│').next().unwrap().to_owned();
        row.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let reasons = |stage: &Stage, key: &str| stage.app.reasons.count(key);
    let (acme, borealis) = (reasons(&stage, "acme"), reasons(&stage, "borealis"));
    let acme = format!("▸ アクメ商事 active today 7.4M 0d ! {acme}");
    assert_eq!(row(&stage, " due "), "due value last");
    assert_eq!(row(&stage, "▸"), acme);
    assert_eq!(
        row(&stage, "Borealis"),
        format!("Borealis GmbH active 11-27 36.5k EUR 12d ! {borealis}")
    );
    assert_eq!(
        row(&stage, "Ember"),
        "Ember & Co not-now 6d late 360k 5m ? 1"
    );
    stage.keys("s s s");
    assert_eq!(row(&stage, "▸"), acme);
    stage.keys("f <zzz>");
    assert!(!stage.screen().contains(" due "));
}
