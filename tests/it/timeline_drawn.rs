//! The pictures of the timeline: lanes, strip, calendar, and the popup that leads to a day.
//!
//! `GOODWILL_BLESS=1 cargo test --test it timeline_drawn` writes the files below
//! `tests/screens/timeline` anew; with `GOODWILL_PICTURES=folder` each is also drawn there as SVG.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use goodwill::model::journal::Journal;
use goodwill::model::timeline::calendar::Calendar;
use goodwill::model::timeline::density::Density;
use goodwill::model::timeline::filter::{Filter, Selection};
use goodwill::model::timeline::index::Index;
use goodwill::model::timeline::lanes::{Cell, Lanes, Window};
use goodwill::model::timeline::mark::Mark;
use goodwill::model::timeline::period::{Period, Zoom};
use goodwill::store::load::load;
use goodwill::store::sample;
use goodwill::ui::keymap::Keymap;
use goodwill::ui::picture::svg;
use goodwill::ui::screens::Look;
use goodwill::ui::screens::timeline::lanes::{self, Basis, LanesPane, Order, Sideways};
use goodwill::ui::screens::timeline::{calendar_draw, strip_draw};
use goodwill::ui::testing::{screen, styled};
use goodwill::ui::theme::{Depth, Theme, ThemeName};
use goodwill::ui::widgets::glyphs::Glyphs;
use goodwill::ui::widgets::list::Move;
use goodwill::ui::widgets::text::width;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use crate::screens::compare;

const TODAY: Date = date(2026, 11, 21);
const NARROW: Rect = Rect::new(0, 0, 80, 24);
const WIDE: Rect = Rect::new(0, 0, 120, 40);

/// The sample journal, and what a filter lets through of it.
struct Sample {
    journal: Arc<Journal>,
    index: Index,
    selection: Selection,
}

static SAMPLE: LazyLock<Sample> = LazyLock::new(|| Sample::new(Filter::default()));

impl Sample {
    fn new(filter: Filter) -> Sample {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("journal");
        sample::copy_to(&root).unwrap();
        let journal = Arc::new(load(&root, &mut |_, _| {}).0);
        let index = Index::new(&journal);
        Sample {
            selection: Selection::new(&index, filter),
            index,
            journal,
        }
    }

    fn basis(&self) -> Basis<'_> {
        Basis {
            index: &self.index,
            selection: &self.selection,
            settings: &self.journal.settings,
            today: TODAY,
        }
    }

    fn pane(&self) -> LanesPane {
        let mut pane = LanesPane::default();
        pane.refresh(self.basis());
        pane
    }

    /// What the model has in a cell.
    fn cell(&self, key: &str, period: Period, zoom: Zoom) -> Cell {
        let customer = self.index.customer_place(key).unwrap();
        let columns = vec![period];
        let (index, selection) = (&self.index, &self.selection);
        let window = Window { zoom, columns };
        let settings = &self.journal.settings;
        Lanes::new(index, selection, settings, &[customer], window, TODAY).lanes[0].cells[0]
    }
}

fn in_look<T>(glyphs: Glyphs, depth: Depth, draw: impl FnOnce(Look) -> T) -> T {
    let theme = Theme::new(ThemeName::Terminal, depth);
    draw(Look {
        glyphs,
        theme: &theme,
        keys: &Keymap::default(),
        loading: None,
    })
}

fn draw_lanes(pane: &LanesPane, basis: Basis, glyphs: Glyphs, area: Rect, buf: &mut Buffer) {
    in_look(glyphs, Depth::Sixteen, |look| {
        lanes::draw(pane, basis, look, true, area, buf);
    });
}

/// Draws and compares with what was kept.
#[track_caller]
fn looks(name: &str, area: Rect, glyphs: Glyphs, draw: impl FnOnce(Look, &mut Buffer)) {
    let mut buf = Buffer::empty(area);
    in_look(glyphs, Depth::Sixteen, |look| draw(look, &mut buf));
    if let Some(folder) = std::env::var_os("GOODWILL_PICTURES") {
        std::fs::write(
            Path::new(&folder).join(format!("{name}.svg")),
            svg(&buf, None),
        )
        .unwrap();
    }
    if let Some(told) = compare(&format!("timeline/{name}"), &screen(&buf)) {
        panic!("{told}");
    }
}

#[test]
fn the_lanes_of_the_sample_look_as_they_did() {
    let basis = SAMPLE.basis();
    let sizes = [
        Rect::new(0, 0, 40, 12),
        NARROW,
        WIDE,
        Rect::new(0, 0, 200, 50),
    ];
    for area in sizes {
        for zoom in [Zoom::Week, Zoom::Month, Zoom::Quarter, Zoom::Year] {
            for glyphs in Glyphs::ALL {
                let mut pane = SAMPLE.pane();
                pane.zoom_to(zoom, basis);
                pane.select_customer("borealis", basis);
                let name = format!(
                    "lanes-{zoom}-{}-{}x{}",
                    glyphs.word(),
                    area.width,
                    area.height
                );
                looks(&name, area, glyphs, |look, buf| {
                    lanes::draw(&pane, basis, look, true, area, buf);
                });
            }
        }
    }
}

#[test]
fn one_kind_of_entries_has_lanes_of_its_own() {
    let sample = Sample::new(Filter {
        kinds: vec!["negotiation".to_owned()],
        ..Filter::default()
    });
    let pane = sample.pane();
    looks(
        "lanes-negotiations-80x24",
        NARROW,
        Glyphs::Unicode,
        |look, buf| {
            lanes::draw(&pane, sample.basis(), look, true, NARROW, buf);
        },
    );
}

#[test]
fn without_colours_the_lanes_keep_their_weights() {
    let (basis, mut buf) = (SAMPLE.basis(), Buffer::empty(NARROW));
    let pane = SAMPLE.pane();
    in_look(Glyphs::Unicode, Depth::None, |look| {
        lanes::draw(&pane, basis, look, true, NARROW, &mut buf);
    });
    let told = compare("timeline/lanes-styles-no-colour", styled(&buf).trim_end());
    assert_eq!(told, None);
    let colours = buf
        .content
        .iter()
        .filter(|cell| cell.fg != ratatui::style::Color::Reset);
    assert_eq!(colours.count(), 0);
}

#[test]
fn the_strip_of_the_sample_looks_as_it_did() {
    let basis = SAMPLE.basis();
    let all = Density::days(basis.index, basis.selection, TODAY).unwrap();
    let year = Zoom::Year.around(TODAY, Weekday::Monday);
    for (name, days) in [("all", all), ("year", year)] {
        for (width, glyphs) in [
            (40, Glyphs::Unicode),
            (80, Glyphs::Unicode),
            (80, Glyphs::Ascii),
            (120, Glyphs::Unicode),
        ] {
            let area = Rect::new(0, 0, width, strip_draw::HEIGHT);
            let density = strip_draw::density(basis, days, width);
            let selected = Zoom::Month.around(TODAY, Weekday::Monday);
            let name = format!("strip-{name}-{}-{width}", glyphs.word());
            looks(&name, area, glyphs, |look, buf| {
                strip_draw::draw(&density, Some(selected), look, area, buf);
            });
        }
    }
}

#[test]
fn the_calendar_of_the_sample_looks_as_it_did() {
    for (name, day) in [
        ("today", TODAY),
        ("ahead", date(2026, 12, 10)),
        ("february", date(2027, 2, 1)),
    ] {
        for week_starts in [Weekday::Monday, Weekday::Sunday] {
            for glyphs in Glyphs::ALL {
                let calendar =
                    Calendar::new(&SAMPLE.index, &SAMPLE.selection, day, TODAY, week_starts);
                let name =
                    format!("calendar-{name}-{week_starts:?}-{}", glyphs.word()).to_lowercase();
                let area = Rect::from((Position::ORIGIN, calendar_draw::SIZE));
                looks(&name, area, glyphs, |look, buf| {
                    calendar_draw::draw(&calendar, day, look, area, buf);
                });
            }
        }
    }
}

#[test]
fn today_and_the_selected_day_are_told_apart_without_colour() {
    let selected = date(2026, 11, 3);
    let calendar = Calendar::new(
        &SAMPLE.index,
        &SAMPLE.selection,
        selected,
        TODAY,
        Weekday::Monday,
    );
    let area = Rect::from((Position::ORIGIN, calendar_draw::SIZE));
    let mut buf = Buffer::empty(area);
    in_look(Glyphs::Unicode, Depth::None, |look| {
        calendar_draw::draw(&calendar, selected, look, area, &mut buf);
    });
    let styles = |wanted: Date| {
        let mut places = area.positions();
        let at =
            places.find(|at| calendar_draw::day_at(&calendar, selected, area, *at) == Some(wanted));
        // The units: the tens of the third are a space.
        let at = at.unwrap();
        buf[(at.x + 1, at.y)].modifier
    };
    assert_eq!(styles(selected), Modifier::REVERSED);
    assert_eq!(styles(TODAY), Modifier::BOLD | Modifier::UNDERLINED);
    assert_eq!(styles(date(2026, 11, 1)), Modifier::DIM);
}

#[test]
fn each_day_is_found_where_it_is_drawn() {
    for day in [date(2026, 11, 21), date(2024, 2, 29), date(2027, 2, 1)] {
        for height in 0..12 {
            let calendar = Calendar::new(
                &SAMPLE.index,
                &SAMPLE.selection,
                day,
                TODAY,
                Weekday::Sunday,
            );
            let area = Rect::new(3, 2, 22, height);
            let mut buf = Buffer::empty(Rect::new(0, 0, 30, 16));
            in_look(Glyphs::Unicode, Depth::None, |look| {
                calendar_draw::draw(&calendar, day, look, area, &mut buf);
            });
            let mut found = Vec::new();
            for at in buf.area.positions() {
                let Some(day) = calendar_draw::day_at(&calendar, day, area, at) else {
                    continue;
                };
                if !found.contains(&day) {
                    let drawn: String = (0..2).map(|by| buf[(at.x + by, at.y)].symbol()).collect();
                    assert_eq!(drawn.trim(), day.day().to_string());
                    found.push(day);
                }
            }
            assert!(
                found.contains(&day) || height == 0,
                "{day} in {height} lines"
            );
            assert!(height < 8 || found.len() == calendar.days().count());
        }
    }
}

#[test]
fn names_of_any_script_leave_the_cells_in_line() {
    let (basis, pane) = (SAMPLE.basis(), SAMPLE.pane());
    let mut buf = Buffer::empty(NARROW);
    draw_lanes(&pane, basis, Glyphs::Unicode, NARROW, &mut buf);
    for line in screen(&buf).lines().filter(|line| line.ends_with('d')) {
        assert_eq!(width(line), 79, "{line}");
    }
    for key in ["acme", "sato-kogyo", "borealis"] {
        let of_key = |at: &Position| {
            let found = pane.at(*at, basis, NARROW);
            found.is_some_and(|(of, period)| of == key && period.is_some())
        };
        let first = NARROW.positions().find(of_key).map(|at| at.x);
        assert_eq!(first, Some(19), "{key}");
    }
}

#[test]
fn keys_move_over_customers_and_time() {
    let basis = SAMPLE.basis();
    let mut pane = SAMPLE.pane();
    let month = |pane: &LanesPane| pane.chosen(basis).unwrap().1.from.to_string()[..7].to_owned();
    assert_eq!(month(&pane), "2026-11");
    pane.move_columns(Sideways::Earlier, basis, NARROW);
    assert_eq!(month(&pane), "2026-10");
    pane.move_columns(Sideways::Later, basis, NARROW);
    pane.move_columns(Sideways::Later, basis, NARROW);
    assert_eq!(month(&pane), "2026-12");
    pane.go_to_today();
    pane.move_columns(Sideways::PageEarlier, basis, NARROW);
    let page = month(&pane);
    pane.move_columns(Sideways::PageLater, basis, NARROW);
    assert_eq!(month(&pane), "2026-11", "back from {page}");
    pane.move_columns(Sideways::First, basis, NARROW);
    assert_eq!(month(&pane), "2021-04");
    pane.move_columns(Sideways::Earlier, basis, NARROW);
    assert_eq!(month(&pane), "2021-04");
    pane.move_columns(Sideways::Last, basis, NARROW);
    assert!(*month(&pane) > *"2026-12");
    pane.go_to_day(date(2024, 2, 29), basis, NARROW);
    assert_eq!(month(&pane), "2024-02");
    pane.zoom_to(Zoom::Year, basis);
    assert_eq!(
        pane.chosen(basis).unwrap().1,
        Zoom::Year.around(date(2024, 1, 1), Weekday::Monday)
    );
    pane.zoom_to(Zoom::Day, basis);
    assert_eq!(pane.zoom(), Zoom::Week);
    assert!(pane.chosen(basis).unwrap().1.contains(date(2024, 2, 29)));
}

#[test]
fn each_order_keeps_the_selected_customer() {
    let basis = SAMPLE.basis();
    let mut pane = SAMPLE.pane();
    assert_eq!(pane.order(), Order::Silence);
    assert_eq!(pane.chosen(basis).unwrap().0, "archive/cobalt");
    pane.move_rows(Move::Down, basis, NARROW);
    let quill = pane.chosen(basis).unwrap().0.to_owned();
    for order in [Order::Name, Order::LastTouch, Order::Silence] {
        pane.sort(basis);
        assert_eq!(pane.order(), order);
        assert_eq!(pane.chosen(basis).unwrap().0, quill);
    }
    pane.move_rows(Move::Last, basis, NARROW);
    assert_eq!(pane.chosen(basis).unwrap().0, "acme");
    // A filter that leaves nothing has no lane and no selection.
    let nothing = Sample::new(Filter {
        tags: vec!["nowhere".to_owned()],
        ..Filter::default()
    });
    pane.refresh(nothing.basis());
    assert!(pane.is_empty() && pane.chosen(nothing.basis()).is_none());
    assert_eq!(lanes::cursor(&pane, nothing.basis(), NARROW), None);
}

/// A step of the selection.
#[derive(Clone, Copy, Debug)]
enum Step {
    Rows(Move),
    Columns(Sideways),
    Zoom(Zoom),
    Day(i16, i8),
    Today,
    Sort,
    Resize(u16, u16),
}

fn steps() -> impl Strategy<Value = Step> {
    use Sideways::{Earlier, First, Last, Later, PageEarlier, PageLater};
    let moves = [
        Move::Up,
        Move::Down,
        Move::TenDown,
        Move::First,
        Move::Last,
        Move::PageDown,
    ];
    let sideways = [Earlier, Later, PageEarlier, PageLater, First, Last];
    prop_oneof![
        prop::sample::select(moves.to_vec())
            .prop_map(Step::Rows)
            .boxed(),
        prop::sample::select(sideways.to_vec()).prop_map(Step::Columns),
        prop::sample::select(&Zoom::ALL[..]).prop_map(Step::Zoom),
        (2015_i16..2040, 1_i8..=12).prop_map(|(year, month)| Step::Day(year, month)),
        Just(Step::Today),
        Just(Step::Sort),
        (0_u16..200, 0_u16..60).prop_map(|(width, height)| Step::Resize(width, height)),
    ]
}

fn take(pane: &mut LanesPane, step: Step, basis: Basis, area: &mut Rect) {
    match step {
        Step::Rows(step) => pane.move_rows(step, basis, *area),
        Step::Columns(step) => pane.move_columns(step, basis, *area),
        Step::Zoom(zoom) => pane.zoom_to(zoom, basis),
        Step::Day(year, month) => pane.go_to_day(date(year, month, 15), basis, *area),
        Step::Today => pane.go_to_today(),
        Step::Sort => pane.sort(basis),
        Step::Resize(width, height) => (area.width, area.height) = (width, height),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// After any steps the selected cell is seen, every mark is the model's, and nothing is drawn
    /// beside the area.
    #[test]
    fn lanes_show_what_the_model_has_wherever_one_goes(
        steps in prop::collection::vec(steps(), 0..12),
        (x, y) in (0_u16..5, 0_u16..5),
        size in (0_u16..200, 0_u16..60),
        ascii in any::<bool>(),
    ) {
        let basis = SAMPLE.basis();
        let mut pane = SAMPLE.pane();
        let mut area = Rect::new(x, y, size.0, size.1);
        for step in steps {
            take(&mut pane, step, basis, &mut area);
        }
        let glyphs = if ascii { Glyphs::Ascii } else { Glyphs::Unicode };
        let whole = Rect::new(0, 0, 210, 70);
        let mut buf = Buffer::empty(whole);
        for cell in &mut buf.content {
            cell.set_symbol("@");
        }
        draw_lanes(&pane, basis, glyphs, area, &mut buf);

        let cursor = lanes::cursor(&pane, basis, area);
        if area.width >= 20 && area.height >= 4 {
            let (key, period) = pane.chosen(basis).unwrap();
            let at = cursor.unwrap();
            prop_assert_eq!(pane.at(at, basis, area), Some((key, Some(period))));
            prop_assert!(buf[at].modifier.contains(Modifier::REVERSED));
        }
        prop_assert!(cursor.is_none_or(|at| area.contains(at)));
        for at in whole.positions().filter(|at| !area.contains(*at)) {
            prop_assert_eq!(buf[at].symbol(), "@", "{} beside {}", at, area);
        }
        // The columns are the same in every lane, and the lanes in every column.
        let found = |at: Position| pane.at(at, basis, area);
        let Some(first) = area.positions().find(|at| found(*at).is_some()) else {
            return Ok(());
        };
        let row = area.columns().map(|column| Position::new(column.x, first.y));
        let mut columns: Vec<(u16, Period)> = row
            .filter_map(|at| Some((at.x, found(at)?.1?)))
            .collect();
        columns.dedup_by_key(|(_, period)| *period);
        for y in first.y..area.bottom() {
            let Some((key, _)) = found(Position::new(first.x, y)) else {
                continue;
            };
            for (x, period) in &columns {
                let drawn = buf[(*x, y)].symbol();
                match SAMPLE.cell(key, *period, pane.zoom()).mark {
                    Mark::Nothing => prop_assert!(drawn == " " || !ascii && drawn == "⋅"),
                    mark => prop_assert_eq!(drawn, mark.sign(ascii), "{} {:?}", key, period),
                }
            }
        }
    }

    /// Strips and calendars stay in their area, and each bar is found where it is drawn.
    #[test]
    fn strips_stay_where_they_belong(
        size in (0_u16..200, 0_u16..8),
        from in 0_i64..4000,
        length in 1_i64..4000,
    ) {
        let basis = SAMPLE.basis();
        let day = |days: i64| TODAY.saturating_sub(jiff::ToSpan::days(days));
        let days = Period { from: day(from + length), until: day(from) };
        let area = Rect::new(2, 1, size.0, size.1);
        let density = strip_draw::density(basis, days, area.width);
        let mut buf = Buffer::empty(Rect::new(0, 0, 210, 12));
        for cell in &mut buf.content {
            cell.set_symbol("@");
        }
        in_look(Glyphs::Unicode, Depth::Sixteen, |look| {
            strip_draw::draw(&density, Some(days), look, area, &mut buf);
        });
        for at in buf.area.positions().filter(|at| !area.contains(*at)) {
            prop_assert_eq!(buf[at].symbol(), "@");
        }
        let mut shown: Vec<Period> = Vec::new();
        for at in area.columns().map(|column| column.as_position()) {
            let found = strip_draw::period_at(&density, area, at);
            if let Some(found) = found.filter(|found| shown.last() != Some(found)) {
                shown.push(found);
            }
        }
        let columns = density.columns(area.width.into());
        let columns = if area.is_empty() { Vec::new() } else { columns };
        prop_assert_eq!(shown, columns.iter().map(|(days, _)| *days).collect::<Vec<_>>());
    }
}
