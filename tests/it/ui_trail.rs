//! Back to what was open before, and forth again.

use goodwill::ui::screens::customers::Depth;

use crate::small_journal::two_customers;
use crate::stage::Stage;

fn place(stage: &Stage) -> Option<String> {
    stage.app.customers.place()
}

#[test]
fn ctrl_o_leads_through_customers_and_entries_and_ctrl_n_forth_again() {
    let mut stage = Stage::new(80, 24).sample().open();
    stage.keys("f <acme> enter enter j j enter");
    let entry = place(&stage).unwrap();
    assert!(entry.starts_with("acme:"), "{entry}");
    stage.keys(": <borealis> enter");
    let way = [(("ctrl-o"), entry.as_str()), ("ctrl-o", "acme")];
    for (key, expected) in way {
        assert_eq!(place(stage.keys(key)).as_deref(), Some(expected));
    }
    stage
        .keys("ctrl-o")
        .says("no place was open before this one: Ctrl-N goes");
    for expected in [entry.as_str(), "borealis"] {
        assert_eq!(place(stage.keys("ctrl-n")).as_deref(), Some(expected));
    }
    stage
        .keys("ctrl-n")
        .says("no place was open after this one: Ctrl-O goes");
}

#[test]
fn from_the_list_it_leads_to_what_was_open_last() {
    let mut stage = two_customers();
    stage.keys("enter enter");
    let entry = place(&stage);
    stage.keys("esc esc j");
    assert_eq!(stage.app.customers.depth, Depth::List);
    assert_eq!(place(stage.keys("ctrl-o")), entry);
}

#[test]
fn what_was_removed_is_passed_over() {
    let mut stage = two_customers();
    stage.keys("enter enter D y");
    stage.keys("esc esc : <borealis> enter ctrl-o");
    assert_eq!(place(&stage).as_deref(), Some("acme"));
}
