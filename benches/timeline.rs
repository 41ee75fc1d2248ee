//! What the timeline of 200,000 entries costs: the index, a zoom, a screen of rows, the lanes.
//!
//! `cargo bench --bench timeline` prints the memory first, then what criterion measures.

#![allow(missing_docs, clippy::expect_used)]

use std::hint::black_box;

use criterion::Criterion;
use goodwill::model::journal::Journal;
use goodwill::model::search::query::{Query, Reading};
use goodwill::model::timeline::calendar::Calendar;
use goodwill::model::timeline::density::Density;
use goodwill::model::timeline::filter::{Filter, Selection};
use goodwill::model::timeline::index::Index;
use goodwill::model::timeline::lanes::{Lanes, Window};
use goodwill::model::timeline::period::Zoom;
use goodwill::model::timeline::rows::{Ask, View};
use goodwill::model::timeline::spans::Spans;
use goodwill::model::timeline::twin;
use goodwill::model::timeline::window::Line;
use goodwill::store::load::load;
use jiff::civil::{Date, Weekday};

mod generate;

const TODAY: Date = generate::TODAY;
const ENTRIES: usize = 200_000;
/// A screen, and what lies around it.
const ROWS: usize = 50;

fn main() {
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    for customers in [2_000, 40] {
        let journal = journal(customers);
        let index = Index::new(&journal);
        let selection = Selection::new(&index, Filter::default());
        let view = View::new(&index, &selection, ask(Zoom::Day));
        println!("{customers} customers:");
        memory(&index, &view);
        let name = |what: &str| format!("{what}, {customers} customers");
        making(&mut criterion, &name, &journal, &index);
        list(&mut criterion, &name, &index, &selection, &view);
        pictures(&mut criterion, &name, &journal, &index, &selection);
    }
    criterion.final_summary();
}

fn journal(customers: usize) -> Journal {
    let dir = tempfile::tempdir().expect("a temporary folder");
    generate::write(dir.path(), customers, ENTRIES, 42).expect("room for a journal");
    load(dir.path(), &mut |_, _| {}).0
}

fn ask(zoom: Zoom) -> Ask {
    Ask {
        zoom,
        newest_first: true,
        today: TODAY,
        week_starts: Weekday::Monday,
        gap_days: Some(60),
    }
}

fn memory(index: &Index, view: &View) {
    let per_entry = |bytes: usize| bytes as f64 / ENTRIES as f64;
    println!(
        "memory: {:.1} bytes an entry for the index, {:.1} for the rows, {:.1} in all; \
         {} items, {} rows",
        per_entry(index.bytes()),
        per_entry(view.bytes()),
        per_entry(index.bytes() + view.bytes()),
        index.len(),
        view.len(),
    );
}

type Name<'a> = &'a dyn Fn(&str) -> String;

fn making(criterion: &mut Criterion, name: Name<'_>, journal: &Journal, index: &Index) {
    criterion.bench_function(&name("index of a whole journal"), |b| {
        b.iter(|| Index::new(journal))
    });
    let customer = journal.customers.get(journal.customers.len() / 2);
    let customer = customer.expect("a customer");
    let after = journal.with(&customer.key, Some((**customer).clone()));
    criterion.bench_function(&name("index after one customer changed"), |b| {
        b.iter(|| index.updated(&after))
    });
    let reading = Reading {
        today: Date::constant(2026, 11, 21),
        week_starts: Weekday::Monday,
        romaji: false,
    };
    for (what, filter) in [
        ("selection of all", Filter::default()),
        (
            "selection of a kind",
            Filter {
                kinds: vec!["call".to_owned()],
                ..Filter::default()
            },
        ),
        (
            "selection of a tag",
            Filter {
                tags: vec!["osaka".to_owned()],
                ..Filter::default()
            },
        ),
        (
            "selection by a text",
            Filter {
                query: Query::parse("payment", &reading),
                ..Filter::default()
            },
        ),
    ] {
        criterion.bench_function(&name(what), |b| {
            b.iter(|| Selection::new(index, filter.clone()))
        });
    }
}

fn list(
    criterion: &mut Criterion,
    name: Name<'_>,
    index: &Index,
    selection: &Selection,
    view: &View,
) {
    for zoom in Zoom::ALL {
        criterion.bench_function(&name(&format!("switch to {zoom}")), |b| {
            b.iter(|| View::new(index, selection, ask(zoom)))
        });
    }
    let middle = view.len() / 2;
    criterion.bench_function(&name("words of 50 rows"), |b| {
        b.iter(|| words(index, view, middle))
    });
    let mut at = 0;
    criterion.bench_function(&name("a page down, words of 50 rows"), |b| {
        b.iter(|| {
            at = (at + ROWS) % view.len();
            words(index, view, at)
        })
    });
    let months = View::new(index, selection, ask(Zoom::Month));
    criterion.bench_function(&name("words of 50 months"), |b| {
        b.iter(|| words(index, &months, 0))
    });
    let spot = view.spot(index, middle).expect("a row");
    criterion.bench_function(&name("finding a row again"), |b| {
        b.iter(|| view.find(index, &spot))
    });
    let spans = Spans::new(index, 0, TODAY);
    let page = Selection::new(index, Filter::of_customer(&index.customers()[0].key));
    let page = View::new(index, &page, ask(Zoom::Day));
    criterion.bench_function(&name("lines of deals beside 50 rows"), |b| {
        b.iter(|| spans.pieces(&page, index, 0..ROWS))
    });
}

/// All that is read of a screen of rows.
fn words(index: &Index, view: &View, from: usize) -> usize {
    let lines = view.lines(index, from..from + ROWS);
    let words = lines.iter().map(|line| match line {
        Line::Item(item) => item.text().len() + item.state(TODAY).len() + item.word.len(),
        Line::Rule { title, .. } => title.len(),
        Line::Gap(gap) => gap.words().len(),
        Line::Now(_) | Line::NoDay => 0,
        Line::Undated(_, entry) => entry.line_text().len(),
        Line::Sum { title, sum } => title.len() + sum.parts(index).join(", ").len(),
    });
    black_box(words.sum())
}

fn pictures(
    criterion: &mut Criterion,
    name: Name<'_>,
    journal: &Journal,
    index: &Index,
    selection: &Selection,
) {
    let customers: Vec<u32> = (0..40).collect();
    let window = || Window::ending(TODAY, 60, Zoom::Month, Weekday::Monday);
    let lanes = || {
        Lanes::new(
            index,
            selection,
            &journal.settings,
            &customers,
            window(),
            TODAY,
        )
    };
    criterion.bench_function(&name("lanes, 40 customers x 60 months"), |b| b.iter(lanes));
    let drawn = lanes();
    criterion.bench_function(&name("those lanes in words"), |b| {
        b.iter(|| twin::lanes(&drawn, index, selection, TODAY))
    });
    let days = Density::days(index, selection, TODAY).expect("entries");
    criterion.bench_function(&name("density by week"), |b| {
        b.iter(|| Density::new(index, selection, days, Zoom::Week, Weekday::Monday).columns(100))
    });
    criterion.bench_function(&name("calendar of a month"), |b| {
        b.iter(|| Calendar::new(index, selection, TODAY, TODAY, Weekday::Monday))
    });
}
