use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const MONDAY: Weekday = Weekday::Monday;
const SUNDAY: Weekday = Weekday::Sunday;

fn period(from: Date, until: Date) -> Period {
    Period { from, until }
}

#[test]
fn a_day_lies_in_a_week_a_month_a_quarter_and_a_year() {
    let day = date(2026, 11, 21);
    let around = |zoom: Zoom, starts| zoom.around(day, starts);
    assert_eq!(
        around(Zoom::Week, MONDAY),
        period(date(2026, 11, 16), date(2026, 11, 22))
    );
    assert_eq!(
        around(Zoom::Week, SUNDAY),
        period(date(2026, 11, 15), date(2026, 11, 21))
    );
    assert_eq!(
        around(Zoom::Quarter, MONDAY),
        period(date(2026, 10, 1), date(2026, 12, 31))
    );
    assert_eq!(
        Zoom::Month.around(date(2024, 2, 29), MONDAY),
        period(date(2024, 2, 1), date(2024, 2, 29))
    );
}

#[test]
fn titles() {
    for (zoom, from, title) in [
        (Zoom::Day, date(2026, 11, 20), "2026-11-20"),
        (Zoom::Week, date(2026, 11, 16), "2026-W47"),
        // The Sunday before: the same week, one day earlier.
        (Zoom::Week, date(2026, 11, 15), "2026-W47"),
        (Zoom::Week, date(2024, 12, 30), "2025-W01"),
        (Zoom::Week, date(2026, 12, 28), "2026-W53"),
        (Zoom::Month, date(2026, 11, 1), "2026-11"),
        (Zoom::Quarter, date(2026, 10, 1), "2026 Q4"),
        (Zoom::Year, date(2026, 1, 1), "2026"),
        (Zoom::Year, date(21, 1, 1), "0021"),
    ] {
        assert_eq!(zoom.title(from), title);
    }
    for (from, until, title) in [
        (
            Some(date(2025, 10, 1)),
            Some(date(2026, 3, 31)),
            "2025-10..2026-03",
        ),
        (Some(date(2025, 10, 3)), None, "2025-10-03.."),
        (Some(date(2025, 10, 1)), None, "2025-10.."),
        (None, Some(date(2026, 3, 30)), "..2026-03-30"),
        (Some(date(2026, 2, 1)), Some(date(2026, 2, 28)), "2026-02"),
    ] {
        let title_of = Period::between(from, until).map(|period| period.title(MONDAY));
        assert_eq!(title_of.as_deref(), Some(title));
    }
}

#[test]
fn a_typed_title_is_its_period_and_nothing_else_is() {
    for (typed, title) in [
        (" 2026-11", "2026-11"),
        ("2026-w47", "2026-W47"),
        ("2026q4", "2026 Q4"),
        ("2026-Q4", "2026 Q4"),
        ("2026", "2026"),
    ] {
        let period = Period::parse(typed, MONDAY).unwrap();
        assert_eq!(period.title(MONDAY), title);
    }
    for typed in [
        "",
        "11",
        "2026-13",
        "2026-1",
        "2026-W54",
        "2026 Q5",
        "2026-11-20",
        "202x",
        "+026",
        "２０２６",
        "next fri",
        "2026-+1",
    ] {
        assert_eq!(Period::parse(typed, MONDAY), None, "{typed}");
    }
}

#[test]
fn months_are_shifted_by_months_and_days_by_days() {
    let february = Zoom::Month.around(date(2024, 2, 10), MONDAY);
    assert_eq!(
        february.shift(1),
        Zoom::Month.around(date(2024, 3, 1), MONDAY)
    );
    assert_eq!(
        february.shift(-2),
        Zoom::Month.around(date(2023, 12, 1), MONDAY)
    );
    let ten = period(date(2026, 11, 20), date(2026, 11, 29));
    assert_eq!(
        ten.shift(-1),
        period(date(2026, 11, 10), date(2026, 11, 19))
    );
    let open = period(Date::MIN, date(2026, 11, 29));
    assert_eq!(open.shift(3), open);
}

#[test]
fn wider_and_narrower_go_through_all_units() {
    let day = date(2026, 11, 21);
    let mut here = Zoom::Day.around(day, MONDAY);
    for zoom in [Zoom::Week, Zoom::Month, Zoom::Quarter, Zoom::Year] {
        here = here.widen(day, MONDAY).unwrap();
        assert_eq!(here, zoom.around(day, MONDAY));
    }
    assert_eq!(here.widen(day, MONDAY), None);
    let mut here = None;
    for zoom in [
        Zoom::Year,
        Zoom::Quarter,
        Zoom::Month,
        Zoom::Week,
        Zoom::Day,
        Zoom::Day,
    ] {
        here = Some(Period::narrow(here, day, MONDAY));
        assert_eq!(here, Some(zoom.around(day, MONDAY)));
    }
}

proptest! {
    #[test]
    fn periods_lie_side_by_side(days in -700_000i32..2_900_000, zoom in 0usize..5, sunday: bool) {
        let (zoom, starts) = (Zoom::ALL[zoom], if sunday { SUNDAY } else { MONDAY });
        let here = zoom.around(day::of(days), starts);
        prop_assume!(here.is_closed());
        prop_assert!(here.contains(day::of(days)));
        prop_assert_eq!(here.zoom(starts), Some(zoom));
        let next = here.shift(1);
        prop_assert_eq!(next, zoom.around(here.until.tomorrow().unwrap(), starts));
        prop_assert_eq!(next.shift(-1), here);
        if zoom != Zoom::Day && here.from.year() >= 0 {
            prop_assert_eq!(Period::parse(&zoom.title(here.from), starts), Some(here));
        }
        prop_assert!(zoom.title(here.from) < zoom.title(next.from) || here.from.year() < 0
            || next.from.year() > 9999);
    }
}
