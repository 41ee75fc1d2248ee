//! The terminal's own cursor stands where the keys go, so that an input method opens there.

use crate::stage::Stage;

const WORDS: &str = "支払は分割なら";

#[test]
fn in_every_field_of_every_form_the_cursor_is_at_the_caret() {
    for kind in ["i", "c", "n", "w", "p", "k", "f", "h", "d", "o"] {
        for (width, height) in [(80, 24), (120, 40)] {
            let mut stage = Stage::new(width, height).sample().open();
            stage.keys("enter a").keys(kind);
            for at in 0..20 {
                stage.keys(&format!("<{WORDS}>"));
                let before = stage.before_cursor();
                assert!(
                    before.ends_with(WORDS),
                    "field {at} of {kind}: {before:?}\n{}",
                    stage.screen()
                );
                stage.keys("left left");
                let before = stage.before_cursor();
                assert!(before.ends_with("支払は分割"), "{before:?}");
                stage.keys("ctrl-u del del tab");
            }
        }
    }
}

#[test]
fn a_text_longer_than_its_field_keeps_the_caret_in_sight() {
    let mut stage = Stage::new(80, 24).sample().open();
    stage.keys("enter a c").paste(&WORDS.repeat(20));
    assert!(stage.before_cursor().ends_with(WORDS));
    let area = stage.cursor().unwrap();
    assert!(area.x < 79, "inside of the frame: {area}");
}

#[test]
fn the_filters_have_it_too() {
    for way in ["f", "enter f", "enter ] f"] {
        let mut stage = Stage::new(80, 24).sample().open();
        stage.keys(way);
        stage.keys("<支払>");
        let before = stage.before_cursor();
        assert!(before.ends_with("filter 支払"), "{before:?}");
    }
}

#[test]
fn in_lists_it_stands_on_the_selected_row() {
    for size in [(80, 24), (120, 40), (200, 50)] {
        let mut stage = Stage::new(size.0, size.1).sample().open();
        for keys in [
            "", "j", "j", "G", "k", "g", "enter", "j", "J", "G", "K", "g", "esc",
        ] {
            stage.keys(keys);
            let at = stage.cursor().unwrap();
            assert_eq!(
                stage.buffer()[at].symbol(),
                "▸",
                "after {keys} at {size:?}:\n{}",
                stage.screen()
            );
        }
    }
}

#[test]
fn dialogs_have_it_inside_of_their_frame() {
    for way in ["a", "?", "!", "enter D", "enter enter"] {
        let mut stage = Stage::new(80, 24).sample().open();
        stage.keys(way);
        let at = stage.cursor().expect(way);
        assert_ne!(stage.buffer()[at].symbol(), "│", "{way}");
    }
}
