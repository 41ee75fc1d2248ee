//! The pictures of the timeline: lanes, the strip, the calendar, lines of deals; checked against a
//! plain recount where they count.

use goodwill::model::journal::Journal;
use goodwill::model::timeline::calendar::Calendar;
use goodwill::model::timeline::day;
use goodwill::model::timeline::density::Density;
use goodwill::model::timeline::filter::{Filter, Selection};
use goodwill::model::timeline::index::Index;
use goodwill::model::timeline::lanes::{Lanes, Window};
use goodwill::model::timeline::mark::Mark;
use goodwill::model::timeline::period::{Period, Zoom};
use goodwill::model::timeline::rows::{Ask, Row, View};
use goodwill::model::timeline::spans::Spans;
use goodwill::model::timeline::twin;
use goodwill::store::read::read_customer;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;

use crate::timeline_recount::{MadeCustomer, Stands, TODAY, all, customers, journal};

fn everything(made: &[MadeCustomer]) -> (Journal, Index, Selection) {
    let journal = journal(made);
    let index = Index::new(&journal);
    let selection = Selection::new(&index, Filter::default());
    (journal, index, selection)
}

fn starts() -> impl Strategy<Value = Weekday> {
    prop_oneof![Just(Weekday::Monday), Just(Weekday::Sunday)]
}

/// Whether it is shown as something to come.
fn is_mark((_, role, ..): &Stands) -> bool {
    !["", "closed"].contains(&role.as_str())
}

fn is_in(stands: &Stands, period: &Period) -> bool {
    let day: Date = stands.0.parse().unwrap();
    period.from <= day && day <= period.until
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn lanes_are_those_of_a_recount(
        made in customers(), zoom in 1usize..5, week_starts in starts(), ahead in 0i64..400,
    ) {
        let (journal, index, selection) = everything(&made);
        let zoom = Zoom::ALL[zoom];
        let window = Window::ending(TODAY + ahead.days(), 30, zoom, week_starts);
        let customers = Lanes::customers(&index, &selection);
        let settings = &journal.settings;
        let lanes = Lanes::new(&index, &selection, settings, &customers, window, TODAY);
        let all = all(&made);
        for lane in &lanes.lanes {
            let key = &*index.customer(lane.customer).unwrap().key;
            let customer = made.iter().find(|made| made.key == key).unwrap();
            let own: Vec<_> = all.iter().filter(|(stands, _)| stands.2 == key).collect();
            let touches = customer.touches();
            let cadence = customer.cadence.unwrap_or(60);
            let silent = touches.last().map(|last| (TODAY - *last).get_days());
            prop_assert_eq!(lane.silent_days, silent.filter(|days| *days > cadence));
            prop_assert_eq!(lane.last_touch, touches.last().copied());
            for (period, cell) in lanes.window.columns.iter().zip(&lane.cells) {
                let here: Vec<_> = own.iter().filter(|(stands, _)| is_in(stands, period)).collect();
                let count = |fits: &dyn Fn(&Stands) -> bool| {
                    here.iter().filter(|(stands, _)| fits(stands)).count()
                };
                let today = TODAY.to_string();
                prop_assert_eq!(cell.entries as usize, count(&|stands| stands.1.is_empty()));
                let ahead = count(&|stands| is_mark(stands) && stands.0 >= today);
                prop_assert_eq!(cell.ahead as usize, ahead);
                let closed = |status: &str| {
                    here.iter().any(|(stands, entry)| {
                        stands.1 == "closed" && entry.is_some_and(|entry| entry.status == status)
                    })
                };
                prop_assert_eq!((cell.won, cell.lost), (closed("won"), closed("lost")));
                let has_touch = touches.iter().any(|day| period.contains(*day));
                let before = touches.iter().rev().find(|day| **day < period.from);
                let behind = touches.iter().find(|day| **day > period.until).unwrap_or(&TODAY);
                let is_silent = !has_touch && period.from <= TODAY
                    && before.is_some_and(|before| (*behind - *before).get_days() > cadence);
                prop_assert_eq!(cell.is_silent, is_silent);
                prop_assert_eq!(cell.mark == Mark::Won, cell.won);
                let is_empty = count(&|stands| !is_mark(stands)) == 0 && ahead == 0;
                prop_assert_eq!(cell.mark <= Mark::Gap, is_empty);
            }
        }
        let said = twin::lanes(&lanes, &index, &selection, TODAY);
        prop_assert_eq!(said.len(), customers.len());
    }

    #[test]
    fn the_strip_is_that_of_a_recount(
        made in customers(), zoom in 1usize..5, week_starts in starts(),
        back in 0i64..900, length in 0i64..900, columns in 1usize..80,
    ) {
        let (_, index, selection) = everything(&made);
        let from = TODAY - back.days();
        let days = Period { from, until: from + length.days() };
        let strip = Density::new(&index, &selection, days, Zoom::ALL[zoom], week_starts);
        prop_assert!(strip.periods.first().unwrap().contains(days.from));
        prop_assert!(strip.periods.last().unwrap().contains(days.until));
        let all = all(&made);
        for (period, count) in strip.periods.iter().zip(&strip.counts) {
            let touches = all.iter().filter(|(stands, entry)| {
                stands.1.is_empty() && entry.is_some_and(|e| e.is_touch()) && is_in(stands, period)
            });
            prop_assert_eq!(*count as usize, touches.count());
        }
        let shown = strip.columns(columns);
        prop_assert_eq!(shown.len(), columns.min(strip.counts.len()));
        prop_assert_eq!(shown.iter().map(|(_, count)| count).sum::<u32>(), strip.total());
        let next = |period: &Period| period.until.tomorrow().unwrap();
        let is_gapless = shown.windows(2).all(|pair| next(&pair[0].0) == pair[1].0.from);
        prop_assert!(is_gapless);
    }

    #[test]
    fn the_calendar_is_that_of_a_recount(made in customers(), off in prop_oneof![Just(0i64), -900i64..200], week_starts in starts()) {
        let (_, index, selection) = everything(&made);
        let month = TODAY + off.days();
        let calendar = Calendar::new(&index, &selection, month, TODAY, week_starts);
        let days: Vec<Date> = calendar.days().map(|day| day.date).collect();
        let last = usize::try_from(month.days_in_month()).unwrap();
        prop_assert_eq!(days.len(), last);
        prop_assert_eq!(days[0], month.first_of_month());
        let all = all(&made);
        let today = TODAY.to_string();
        for week in &calendar.weeks {
            prop_assert_eq!(week[0].date.weekday(), week_starts);
            for day in week {
                let on = day.date.to_string();
                let here = || all.iter().filter(|(stands, _)| stands.0 == on);
                let is_ahead = |stands: &Stands| stands.0 > today || is_mark(stands) && stands.0 == today;
                let ahead = here().filter(|(stands, _)| is_ahead(stands)).count();
                let entries = here()
                    .filter(|(stands, _)| stands.1.is_empty() && !is_ahead(stands))
                    .count();
                prop_assert_eq!((day.entries as usize, day.ahead as usize), (entries, ahead));
            }
        }
    }
}

const BOREALIS: &str = "name = \"Borealis\"\ncadence = \"8w\"\n\
    [deal.one]\nopened = 2025-02-01\nstatus = \"won\"\nclosed = 2025-04-10\n\
    [interaction.2025-03-03]\nchannel = \"call\"\ndeal = \"one\"\n\
    [interaction.2025-03-20]\nchannel = \"call\"\n\
    [deal.two]\nopened = 2025-04-01\n\
    [promise.2026-04-01]\nwhat = \"x\"\ndue = 2026-11-27\ndeal = \"two\"\n\
    [interaction.2026-04-02]\nchannel = \"mail\"\n";

fn borealis() -> (Journal, Index, Selection) {
    let customer = read_customer("borealis", BOREALIS).customer;
    let journal = Journal::new(vec![customer.into()], Default::default());
    let index = Index::new(&journal);
    let selection = Selection::new(&index, Filter::of_customer("borealis"));
    (journal, index, selection)
}

#[test]
fn each_picture_has_its_twin_in_words() {
    let (journal, index, selection) = borealis();
    let window = Window::ending(date(2026, 12, 1), 23, Zoom::Month, Weekday::Monday);
    let lanes = Lanes::new(&index, &selection, &journal.settings, &[0], window, TODAY);
    assert_eq!(
        twin::lanes(&lanes, &index, &selection, TODAY),
        [
            "Borealis: 2025: Feb 1 deal; Mar 2 calls; Apr 1 deal won, 1 deal; \
          2026: Apr 1 mail, 1 promise; Nov 1 ahead; silent for 7 months"
        ]
    );
    let days = Density::days(&index, &selection, TODAY).unwrap();
    let strip = Density::new(&index, &selection, days, Zoom::Month, Weekday::Monday);
    assert_eq!(
        twin::density(&strip),
        "contacts by month: 2025: Mar 2; 2026: Apr 1; 3 in all"
    );
    let calendar = Calendar::new(&index, &selection, TODAY, TODAY, Weekday::Sunday);
    assert_eq!(
        twin::calendar(&calendar),
        "2026-11: 21 Sat today; 27 Fri 1 ahead"
    );
    assert_eq!(calendar.heads(), ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"]);
}

#[test]
fn deals_are_lines_beside_what_happened_inside() {
    let (_, index, selection) = borealis();
    let view = View::new(
        &index,
        &selection,
        Ask {
            zoom: Zoom::Day,
            newest_first: true,
            today: TODAY,
            week_starts: Weekday::Monday,
            gap_days: None,
        },
    );
    let spans = Spans::new(&index, 0, TODAY);
    assert_eq!(spans.columns(), 2);
    assert_eq!(spans.all()[0].until, date(2025, 4, 10));
    assert_eq!((spans.all()[1].until, spans.all()[1].entries), (TODAY, 1));
    let drawn: Vec<String> = spans
        .pieces(&view, &index, 0..view.len())
        .iter()
        .enumerate()
        .filter_map(|(at, pieces)| {
            let Some(Row::Item(place)) = view.row(at) else {
                return None;
            };
            let sign = |piece: &goodwill::model::timeline::spans::Piece| match (
                piece.is_there,
                piece.belongs,
                piece.above,
                piece.below,
            ) {
                (false, ..) => ' ',
                (_, true, ..) => '*',
                (_, _, true, true) => '|',
                (_, _, true, false) => '^',
                _ => 'v',
            };
            let signs: String = pieces.iter().map(sign).collect();
            Some(format!("{} {signs}", day::of(index.item(place)?.day)))
        })
        .collect();
    assert_eq!(
        drawn,
        [
            // What is to come lies outside: a line ends today.
            "2026-11-27   ",
            "2026-04-02  v",
            "2026-04-01  *",
            "2025-04-10 *|",
            "2025-04-01 |*",
            "2025-03-20 | ",
            "2025-03-03 * ",
            "2025-02-01 * ",
        ]
    );
}
