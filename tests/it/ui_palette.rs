//! The command palette: what can be done here, and customers, by a few letters.

use goodwill::model::kind::Kind;
use goodwill::ui::msg::{Effect, Way};
use goodwill::ui::screens::customers::Depth;

use crate::stage::Stage;

fn sample() -> Stage {
    Stage::new(80, 24).sample().open()
}

#[test]
fn a_few_letters_of_a_name_lead_to_the_customer() {
    for (typed, key) in [
        ("アクメ", "acme"),
        ("ｱｸﾒ", "acme"),
        ("あくめ", "acme"),
        ("acme", "acme"),
        ("BOREAL", "borealis"),
        ("go to del", "delta-foods"),
        ("cobalt", "archive/cobalt"),
        ("quill", "archive/quill"),
        ("satou", "sato-kogyo"),
        ("boraelis", "borealis"),
        ("studio cobalt", "archive/cobalt"),
    ] {
        let mut stage = sample();
        stage.keys(":").keys(&format!("<{typed}>")).keys("enter");
        assert_eq!(stage.app.customers.key.as_deref(), Some(key), "{typed}");
        assert_eq!(stage.app.customers.depth, Depth::Page, "{typed}");
    }
}

#[test]
fn a_page_that_is_gone_to_begins_at_its_top_and_shows_all_of_it() {
    let mut stage = sample();
    stage.keys("f <acme> enter enter f <支払> enter");
    stage.keys(": <borealis> enter");
    assert!(stage.app.customers.page.filter.line().is_none());
    assert_eq!(stage.app.customers.page.offset, 0);
    stage.says("Borealis GmbH");
}

#[test]
fn what_is_chosen_is_done_where_it_was_opened() {
    let mut stage = sample();
    stage
        .keys("f <acme> enter enter : <conc> enter")
        .says("concern, アクメ商事")
        .keys("esc");
    stage.keys(": <next tab> enter").says("Concerns");
    assert_eq!(stage.app.customers.page.tab.kind(), Some(Kind::Concern));
    stage.keys(": <undo> enter");
    let asked = stage.effects().last();
    assert!(
        matches!(asked, Some(Effect::Step { way: Way::Back, .. })),
        "{asked:?}"
    );
    stage.keys(": <quit> enter");
    assert_eq!(stage.effects().last(), Some(&Effect::Quit));
}

#[test]
fn it_offers_what_means_something_there() {
    let mut stage = sample();
    stage
        .keys(": <sort by>")
        .says("sort by attention")
        .keys("esc");
    stage
        .keys("enter : <sort by attention>")
        .hides("sort by attention, name, last");
    let mut empty = Stage::new(80, 24).open();
    empty.keys(":").says("new customer").hides("add to this");
    empty.keys("<deal>").hides("add deal");
}

#[test]
fn without_a_letter_the_most_useful_stands_first_and_shows_its_key() {
    let mut stage = sample();
    stage.keys(":");
    let row = |stage: &Stage, y: u16| stage.row(y);
    assert!(row(&stage, 3).contains("▸ the customer's page") && row(&stage, 3).contains("Enter"));
    assert!(row(&stage, 4).contains("add to this customer") && row(&stage, 4).ends_with(" a │"));
    let first = (5..20).find(|y| row(&stage, *y).contains("add interaction"));
    assert!(row(&stage, first.unwrap()).ends_with(" a i │"));
}

#[test]
fn the_selection_goes_round_and_nothing_is_done_where_nothing_fits() {
    let mut stage = sample();
    stage.keys(": up").says("▸ go to 港屋");
    stage.keys("down").says("▸ the customer's page");
    stage
        .keys("<zzzqq>")
        .says("Nothing fits")
        .keys("enter up down");
    stage.says("Nothing fits").keys("esc").hides("Nothing fits");
    assert_eq!(stage.app.customers.depth, Depth::List);
    stage.keys(":").paste("bore\nalis").says("bore alis");
}
