//! How long a frame of the lanes takes: `cargo bench --bench lanes`.
//!
//! Forty customers and five years of months and more are seen, out of 200,000 entries.

#![allow(clippy::expect_used)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use goodwill::model::timeline::filter::{Filter, Selection};
use goodwill::model::timeline::index::Index;
use goodwill::model::timeline::period::Zoom;
use goodwill::store::load::load;
use goodwill::ui::keymap::Keymap;
use goodwill::ui::screens::Look;
use goodwill::ui::screens::timeline::lanes::{self, Basis, LanesPane, Sideways};
use goodwill::ui::theme::Theme;
use goodwill::ui::widgets::glyphs::Glyphs;
use goodwill::ui::widgets::list::Move;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

mod generate;

/// How often each is measured.
const RUNS: usize = 200;
/// Forty lanes below their heads, and more than sixty months.
const AREA: Rect = Rect::new(0, 0, 120, 46);

fn main() {
    // Also `cargo test` builds and starts this; there is nothing to test here.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    println!("200,000 entries; in µs                          min   median      max");
    for customers in [500, 40] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        generate::write(folder.path(), customers, 200_000, 42).expect("room for a journal");
        let (journal, _) = load(folder.path(), &mut |_, _| {});
        let index = Index::new(&journal);
        let selection = Selection::new(&index, Filter::default());
        let basis = Basis {
            index: &index,
            selection: &selection,
            settings: &journal.settings,
            today: generate::TODAY,
        };
        measure(customers, basis);
    }
}

fn measure(customers: usize, basis: Basis) {
    let (theme, keys) = (Theme::default(), Keymap::default());
    let look = Look {
        glyphs: Glyphs::Unicode,
        theme: &theme,
        keys: &keys,
        loading: None,
    };
    let mut pane = LanesPane::default();
    let tell_of = |what: &str| format!("{customers} customers, {what}");
    tell(&tell_of("in order anew"), &times(|| pane.refresh(basis)));
    for zoom in [Zoom::Week, Zoom::Month, Zoom::Quarter, Zoom::Year] {
        pane.zoom_to(zoom, basis);
        let mut buf = Buffer::empty(AREA);
        let frames = times(|| lanes::draw(&pane, basis, look, true, AREA, black_box(&mut buf)));
        tell(&tell_of(&format!("a frame by {zoom}")), &frames);
    }
    pane.zoom_to(Zoom::Month, basis);
    let mut page = false;
    let frames = times(|| {
        let step = if page {
            Sideways::PageEarlier
        } else {
            Sideways::PageLater
        };
        pane.move_columns(step, basis, AREA);
        pane.move_rows(
            if page { Move::PageDown } else { Move::PageUp },
            basis,
            AREA,
        );
        page = !page;
        let mut buf = Buffer::empty(AREA);
        lanes::draw(&pane, basis, look, true, AREA, black_box(&mut buf));
    });
    tell(&tell_of("a page both ways, drawn"), &frames);
}

fn times(mut what: impl FnMut()) -> Vec<Duration> {
    let run = |_| {
        let begin = Instant::now();
        what();
        begin.elapsed()
    };
    (0..RUNS).map(run).collect()
}

fn tell(what: &str, times: &[Duration]) {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let micros = |at: usize| sorted.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e6);
    println!(
        "{what:<42} {:>8.0} {:>8.0} {:>8.0}",
        micros(0),
        micros(sorted.len() / 2),
        micros(sorted.len().saturating_sub(1))
    );
}
