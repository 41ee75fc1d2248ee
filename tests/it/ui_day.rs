//! The popup behind `@`: a day that is typed as people say it, or chosen in a calendar.

use std::path::Path;

use goodwill::ui::dialogs::{DayPicker, Dialog};
use goodwill::ui::msg::Press;
use goodwill::ui::picture::svg;
use jiff::civil::{Date, date};
use ratatui::layout::Rect;

use crate::screens::compare;
use crate::stage::Stage;

const TODAY: Date = date(2026, 11, 21);

fn picker(width: u16, height: u16, day: Date) -> Stage {
    let mut stage = Stage::new(width, height).sample().open();
    let picker = DayPicker::new(day, &stage.app.ctx());
    stage.app.dialog = Some(Dialog::Day(Box::new(picker)));
    stage
}

#[track_caller]
fn chosen(stage: &Stage) -> Date {
    match &stage.app.dialog {
        Some(Dialog::Day(day)) => day.day(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_way_to_a_day_looks_as_it_did() {
    let mut told = Vec::new();
    for (width, height) in [(40, 12), (80, 24), (120, 40)] {
        for (name, keys) in [
            ("empty", ""),
            ("typed", "<3週間前>"),
            ("refused", "<soon> enter"),
        ] {
            let mut stage = picker(width, height, TODAY);
            stage.keys(keys);
            let name = format!("day-{name}-{width}x{height}");
            if let Some(folder) = std::env::var_os("GOODWILL_PICTURES") {
                let path = Path::new(&folder).join(format!("{name}.svg"));
                std::fs::write(path, svg(&stage.buffer(), stage.cursor())).unwrap();
            }
            told.extend(compare(&format!("timeline/{name}"), &stage.screen()));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n\n"));
}

#[test]
fn days_are_typed_as_people_say_them_or_moved_to() {
    let cases = [
        ("<yesterday>", date(2026, 11, 20)),
        ("<fri>", date(2026, 11, 20)),
        ("<３日前>", date(2026, 11, 18)),
        ("<2024-02-29>", date(2024, 2, 29)),
        ("left left", date(2026, 11, 19)),
        ("right", date(2026, 11, 22)),
        ("up", date(2026, 11, 14)),
        ("down down", date(2026, 12, 5)),
        ("pgup", date(2026, 10, 21)),
        ("pgdn pgdn pgdn", date(2027, 2, 21)),
        // What is typed is moved on from, and the line is empty then: the arrows move days again.
        ("<2024-02-29> down left", date(2024, 3, 6)),
        // In a typed line the arrows are the caret's: 11/3 becomes 11/13.
        ("<11/3> left <1>", date(2026, 11, 13)),
        // A half day leaves the last whole one.
        ("<11/3> bs", date(2026, 11, 3)),
    ];
    for (keys, expected) in cases {
        let mut stage = picker(80, 24, TODAY);
        stage.keys(keys);
        assert_eq!(chosen(&stage), expected, "{keys}");
    }
}

#[test]
fn enter_answers_a_day_and_nothing_else() {
    let mut stage = picker(80, 24, TODAY);
    stage.keys("<soon> enter").says("`soon` is no day");
    stage
        .keys("ctrl-u")
        .hides("is no day")
        .says("2026-11-21 Sat");
    stage.keys("<先月> enter");
    assert!(stage.app.dialog.is_none());
    let mut stage = picker(80, 24, TODAY);
    stage.keys("<先月> esc");
    assert!(stage.app.dialog.is_none());
}

#[test]
fn a_click_chooses_a_day_and_the_wheel_turns_weeks() {
    let mut stage = picker(80, 24, TODAY);
    stage.mouse(Press::Once, "17⋅18");
    assert_eq!(chosen(&stage), date(2026, 11, 17));
    stage.mouse(Press::WheelDown, "17⋅18");
    assert_eq!(chosen(&stage), date(2026, 11, 24));
    stage.mouse(Press::Twice, "17⋅18");
    assert!(stage.app.dialog.is_none());
}

#[test]
fn the_way_to_a_day_fits_into_any_screen() {
    let mut stage = picker(80, 24, TODAY);
    for (width, height) in [(0, 0), (1, 1), (3, 5), (12, 4), (24, 8), (40, 3), (200, 7)] {
        stage.resize(width, height);
        for keys in ["", "<soon> enter", "ctrl-u down"] {
            stage.keys(keys);
            let screen = Rect::new(0, 0, width, height);
            assert!(stage.cursor().is_none_or(|at| screen.contains(at)));
        }
    }
    // Where the weeks do not all fit, that of the day does.
    stage.resize(40, 9).keys("<2026-11-30>").says(" 30");
}
