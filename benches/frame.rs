//! From a key to the frame that shows it: `cargo bench --bench frame`. The goal is 5 ms.
//!
//! What is measured is the program itself: `App::update` and `draw` into a buffer, without the
//! terminal behind it. `cargo bench --bench frame -- list` measures one part alone.

#![allow(clippy::expect_used)]

use std::time::{Duration, Instant};

use goodwill::ui::app::{App, Start};
use goodwill::ui::appearance::Appearance;
use goodwill::ui::draw::draw;
use goodwill::ui::front::Screen;
use goodwill::ui::msg::{Effect, Msg};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

mod generate;
#[path = "frame/list.rs"]
mod list;
#[path = "frame/note.rs"]
mod note;
#[path = "frame/search.rs"]
mod search;
#[path = "frame/timeline.rs"]
mod timeline;
#[path = "frame/today.rs"]
mod today;

/// The screens that are drawn.
const SIZES: [Size; 2] = [Size::new(80, 24), Size::new(200, 50)];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // Also `cargo test` builds and starts this; there is nothing to test here.
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    let is_wanted = |part| !args.iter().any(|arg| !arg.starts_with("--")) || args.contains(&part);
    if is_wanted("list".to_owned()) {
        list::bench();
    }
    if is_wanted("note".to_owned()) {
        note::run();
    }
    if is_wanted("search".to_owned()) {
        search::bench();
    }
    if is_wanted("timeline".to_owned()) {
        timeline::bench();
    }
    if is_wanted("today".to_owned()) {
        today::bench();
    }
}

/// The program on a screen that nobody sees.
pub struct Bench {
    /// The program.
    pub app: App,
    /// What it asked of the world.
    pub effects: Vec<Effect>,
    terminal: Terminal<TestBackend>,
}

impl Bench {
    /// A program over a journal that is not read yet.
    pub fn new(size: Size) -> Bench {
        let backend = TestBackend::new(size.width, size.height);
        let mut app = App::new(Start {
            today: generate::TODAY,
            pinned: false,
            place: "~/journal".to_owned(),
            appearance: Appearance::default(),
            size,
            first: false,
        });
        app.screen = Screen::Customers;
        Bench {
            app,
            effects: Vec::new(),
            terminal: Terminal::new(backend).expect("a screen"),
        }
    }

    /// Tells the program something and draws; answers how long that took.
    pub fn tell(&mut self, msgs: impl IntoIterator<Item = Msg>) -> Duration {
        let begin = Instant::now();
        for msg in msgs {
            self.effects.extend(self.app.update(msg));
        }
        let drawn = self.terminal.draw(|frame| draw(&self.app, frame));
        drawn.expect("a frame");
        begin.elapsed()
    }

    /// Types keys and draws once.
    pub fn keys(&mut self, keys: &str) -> Duration {
        let keys = goodwill::ui::testing::keys(keys).expect("keys");
        self.tell(keys.into_iter().map(Msg::Key))
    }
}

/// A line of the table: what was done, and how long it took.
pub fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let ms = |at: usize| times.get(at).map_or(0.0, |t| t.as_secs_f64() * 1_000.0);
    let (min, median, max) = (ms(0), ms(times.len() / 2), ms(times.len().max(1) - 1));
    println!("{what:44}{min:9.3}{median:9.3}{max:9.3}");
}
