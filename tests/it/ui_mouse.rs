//! The mouse does what the keys do, where it points.

use goodwill::ui::msg::{Effect, Mouse, Msg, Press};
use goodwill::ui::screens::customer::Tab;
use goodwill::ui::screens::customers::Depth;

use crate::stage::Stage;

fn sample(width: u16, height: u16) -> Stage {
    Stage::new(width, height).sample().open()
}

fn selected(stage: &Stage) -> Option<&str> {
    stage.app.customers.key.as_deref()
}

#[test]
fn a_click_selects_a_customer_and_a_double_click_opens_it() {
    let mut stage = sample(80, 24);
    stage.mouse(Press::Once, "Delta Foods");
    assert_eq!(selected(&stage), Some("delta-foods"));
    assert_eq!(stage.app.customers.depth, Depth::List);
    stage
        .mouse(Press::Once, "archive/")
        .mouse(Press::Once, "Customers 13");
    assert_eq!(
        selected(&stage),
        Some("delta-foods"),
        "no customer stands there"
    );
    stage.mouse(Press::Twice, "熊野製茶");
    assert_eq!(selected(&stage), Some("kumano-seicha"));
    assert_eq!(stage.app.customers.depth, Depth::Page);
}

#[test]
fn on_a_wide_screen_it_works_on_the_side_that_it_points_to() {
    let mut stage = sample(120, 40);
    stage.mouse(Press::Once, "18 Wed");
    assert_eq!(stage.app.customers.depth, Depth::Page);
    stage.says("▸18 Wed");
    stage.mouse(Press::WheelDown, "Delta Foods");
    assert_eq!(stage.app.customers.depth, Depth::List);
    assert_ne!(selected(&stage), Some("acme"));
    stage.mouse(Press::WheelUp, "Fuji Print");
    assert_eq!(selected(&stage), Some("acme"));
}

#[test]
fn the_screens_are_turned_to_by_their_names_in_the_header() {
    let mut stage = sample(80, 24);
    stage.mouse(Press::Once, "3 Timeline").says("All customers");
    stage.mouse(Press::Once, "2 Customers").says("by attention");
}

#[test]
fn a_tab_is_turned_to_where_it_is_drawn() {
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        let mut stage = sample(width, height);
        stage.keys("f <acme> enter enter");
        for tab in [Tab::Negotiations, Tab::Concerns, Tab::Timeline] {
            stage.mouse(Press::Once, tab.title());
            assert_eq!(stage.app.customers.page.tab, tab, "at {width}x{height}");
        }
    }
}

#[test]
fn an_entry_is_opened_by_a_double_click_and_scrolled_by_the_wheel() {
    let mut stage = sample(80, 24);
    stage
        .keys("f <acme> enter enter")
        .mouse(Press::Twice, "2026-11");
    assert_eq!(
        stage.app.customers.depth,
        Depth::Page,
        "a month is no entry"
    );
    stage.mouse(Press::Twice, "支払条件の相談");
    assert_eq!(stage.app.customers.depth, Depth::Entry);
    stage.says("支払条件の相談").resize(40, 8);
    let top = stage.screen();
    stage.mouse(Press::WheelDown, "interaction");
    assert_ne!(stage.screen(), top);
    stage.mouse(Press::WheelUp, "interaction");
    assert_eq!(stage.screen(), top);
    stage.keys("ctrl-o");
    assert_eq!(stage.app.customers.depth, Depth::Page, "it was noted");
}

#[test]
fn a_filter_that_is_typed_is_kept_by_a_click() {
    let mut stage = sample(80, 24);
    stage
        .keys("f <e>")
        .mouse(Press::Once, "Delta Foods")
        .keys("j");
    assert_eq!(stage.app.customers.filter.line().unwrap().value(), "e");
}

#[test]
fn dialogs_take_the_wheel_and_the_palette_takes_clicks() {
    let mut stage = sample(80, 24);
    stage
        .keys("?")
        .mouse(Press::WheelDown, "keys")
        .hides("│ Customers ");
    stage
        .keys("esc : <bor>")
        .mouse(Press::Once, "go to Borealis");
    stage
        .says("▸ go to Borealis")
        .mouse(Press::Twice, "go to Borealis");
    assert_eq!(selected(&stage), Some("borealis"));
    assert_eq!(stage.app.customers.depth, Depth::Page);
    // What is typed is not lost by a click beside it.
    stage
        .keys("a i <支払は>")
        .mouse(Press::Twice, "goodwill")
        .says("支払は");
}

#[test]
fn ctrl_g_leaves_the_mouse_to_the_terminal() {
    let mut stage = sample(80, 24);
    stage
        .keys("ctrl-g")
        .says("the mouse is the terminal's: Ctrl-G takes it back");
    stage.keys("ctrl-g").says("with Shift the terminal selects");
    assert_eq!(stage.effects(), [Effect::Mouse(false), Effect::Mouse(true)]);
}

/// Where the line between list and page stands.
fn line(stage: &Stage) -> Option<usize> {
    let row = stage.row(1);
    let at = row.find('│')?;
    Some(goodwill::ui::widgets::text::width(&row[..at]))
}

#[test]
fn the_line_between_list_and_page_is_dragged() {
    let mut stage = sample(120, 40);
    let drag = |stage: &mut Stage, press, column| {
        let row = 7;
        stage.tell(Msg::Mouse(Mouse { press, column, row }));
    };
    assert_eq!(line(&stage), Some(36));
    drag(&mut stage, Press::Drag, 50);
    assert_eq!(line(&stage), Some(36), "nobody holds it");
    drag(&mut stage, Press::Once, 36);
    drag(&mut stage, Press::Drag, 50);
    assert_eq!(line(&stage), Some(50));
    drag(&mut stage, Press::Drag, 2);
    assert_eq!(line(&stage), Some(24), "the list keeps what it needs");
    drag(&mut stage, Press::Drag, 119);
    assert_eq!(line(&stage), Some(71), "and so does the page");
    assert_eq!(stage.app.customers.depth, Depth::List);
    drag(&mut stage, Press::Once, 60);
    drag(&mut stage, Press::Drag, 40);
    assert_eq!(line(&stage), Some(71), "it was let go");
}

#[test]
fn keys_move_the_line_and_it_comes_back_after_a_smaller_window() {
    let mut stage = sample(120, 40);
    stage.keys(") ) )");
    assert_eq!(line(&stage), Some(48));
    stage.keys("enter （");
    assert_eq!(line(&stage), Some(44));
    stage.keys(") ) ) ) ) ) ) ) ) )");
    assert_eq!(line(&stage), Some(71));
    stage.resize(100, 30);
    assert_eq!(line(&stage), Some(51), "as far as there is room");
    stage.resize(80, 24).keys("esc");
    assert_eq!(line(&stage), None);
    stage.keys(")").says("from 100 columns on");
    stage.resize(120, 40);
    assert_eq!(line(&stage), Some(71));
}

#[test]
fn no_click_anywhere_harms() {
    for place in [
        "",
        "enter",
        "enter enter",
        ":",
        "?",
        "!",
        "enter a",
        "n",
        "f <zzz>",
    ] {
        let mut stage = sample(40, 12);
        stage.keys(place).resize(30, 7);
        for press in [Press::Once, Press::Drag, Press::WheelDown, Press::WheelUp] {
            for (column, row) in (0..35).flat_map(|x| (0..9).map(move |y| (x, y))) {
                stage.tell(Msg::Mouse(Mouse { press, column, row }));
            }
        }
        stage.buffer();
    }
}
