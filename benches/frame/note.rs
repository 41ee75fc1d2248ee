//! Keys in the form of a call with a long note. What is kept as a draft counts too.

use std::sync::Arc;
use std::time::{Duration, Instant};

use goodwill::model::customer::Customer;
use goodwill::model::entry::{Entry, Fields, KindWord};
use goodwill::model::journal::Journal;
use goodwill::model::value::Value;
use goodwill::ui::app::{App, Start};
use goodwill::ui::appearance::Appearance;
use goodwill::ui::draw::draw;
use goodwill::ui::msg::Msg;
use goodwill::ui::testing;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Size;

/// Keys pressed in each case.
const KEYS: usize = 200;

const JAPANESE: &str = "支払は分割ならと言われたので、来週の火曜までに見積を2案まとめて送る。";
const ENGLISH: &str =
    "They would rather pay in two parts, so two offers are to be sent by Tuesday. ";

/// Measures all cases and prints them.
pub fn run() {
    println!("note: key to frame at 120x40, {KEYS} keys each, in ms");
    println!(
        "{:<34} {:<22} {:>7} {:>7} {:>7}",
        "note", "keys", "min", "median", "max"
    );
    for chars in [100_000, 1_000_000] {
        for (language, sentence) in [("Japanese", JAPANESE), ("English", ENGLISH)] {
            for (shape, line) in [("one paragraph", usize::MAX), ("many paragraphs", 4)] {
                let name = format!("{chars} {language}, {shape}");
                note(&name, &text(sentence, line, chars));
            }
        }
    }
}

/// So many characters; a line break behind each `line` sentences.
fn text(sentence: &str, line: usize, chars: usize) -> String {
    let count = chars / sentence.chars().count();
    let sentences = (1..=count).map(|at| match at % line {
        0 => format!("{}\n", sentence.trim_end()),
        _ => sentence.to_owned(),
    });
    sentences.collect()
}

fn note(name: &str, text: &str) {
    let cases = [
        ("a letter at the end", "", "x"),
        ("a letter at the start", "ctrl-home", "x"),
        ("a letter in the middle", "middle", "支"),
        ("Backspace in the middle", "middle", "bs"),
        ("a word to the left", "middle", "ctrl-w"),
        ("Enter in the middle", "middle", "enter"),
        ("Up", "", "up"),
        ("undo and redo", "typed", "undo"),
    ];
    for (keys, way, key) in cases {
        let mut stage = Stage::new(text);
        stage.go(way);
        let mut times: Vec<Duration> = (0..KEYS)
            .map(|at| {
                let name = match (key, at % 2) {
                    ("undo", 0) => "ctrl-_",
                    ("undo", _) => "ctrl-r",
                    _ => key,
                };
                stage.press(name)
            })
            .collect();
        print(name, keys, &mut times);
    }
    let pasted = JAPANESE.repeat(1_000);
    let mut stage = Stage::new(text);
    stage.go("middle");
    let mut times: Vec<Duration> = (0..5)
        .map(|_| stage.time(Msg::Paste(pasted.clone())))
        .collect();
    print(name, "a paste of 100 KB", &mut times);
    let mut stage = Stage::new(text);
    let mut times = vec![stage.press("ctrl-f")];
    print(name, "search opened", &mut times);
    let mut times: Vec<Duration> = "見積を2案"
        .chars()
        .map(|c| stage.press(&c.to_string()))
        .collect();
    print(name, "a letter to search for", &mut times);
    let mut times: Vec<Duration> = (0..KEYS).map(|_| stage.press("ctrl-n")).collect();
    print(name, "the next hit", &mut times);
}

fn print(name: &str, keys: &str, times: &mut [Duration]) {
    times.sort();
    let ms = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1e3);
    let (min, max) = (ms(times.first()), ms(times.last()));
    let median = ms(times.get(times.len() / 2));
    println!("{name:<34} {keys:<22} {min:>7.3} {median:>7.3} {max:>7.3}");
}

/// The program in the note of a call.
struct Stage {
    app: App,
    terminal: Terminal<TestBackend>,
}

impl Stage {
    fn new(text: &str) -> Stage {
        let fields = [("summary", "a call"), ("notes", text)];
        let fields = fields.map(|(name, text)| (name, Value::text(text)));
        let customer = Customer {
            key: "acme".into(),
            entries: vec![Entry {
                kind: KindWord::of("interaction"),
                key: "2026-11-20".into(),
                fields: Fields::from(fields),
                line: 3,
            }],
            ..Customer::default()
        };
        let mut journal = Journal::default();
        journal.customers.push(Arc::new(customer));
        let app = App::new(Start {
            today: jiff::civil::date(2026, 11, 21),
            pinned: false,
            place: String::new(),
            appearance: Appearance::default(),
            size: Size::new(120, 40),
            first: false,
        });
        let terminal = Terminal::new(TestBackend::new(120, 40)).expect("a terminal in memory");
        let mut stage = Stage { app, terminal };
        stage.time(Msg::Loaded(Arc::new(journal), Vec::new()));
        for key in ["enter", "e", "shift-tab"] {
            stage.press(key);
        }
        stage
    }

    /// To where the keys are pressed.
    fn go(&mut self, way: &str) {
        match way {
            "middle" => {
                self.press("ctrl-home");
                for _ in 0..400 {
                    self.press("pgdn");
                }
            }
            "typed" => {
                for _ in 0..40 {
                    self.press("x");
                }
            }
            "" => {}
            key => {
                self.press(key);
            }
        }
    }

    fn press(&mut self, name: &str) -> Duration {
        let key = match name {
            "ctrl-home" => ctrl(KeyCode::Home),
            name => testing::key(name).expect("a key"),
        };
        self.time(Msg::Key(key))
    }

    fn time(&mut self, msg: Msg) -> Duration {
        let start = Instant::now();
        let effects = self.app.update(msg);
        let app = &self.app;
        self.terminal
            .draw(|frame| draw(app, frame))
            .expect("a frame in memory");
        let time = start.elapsed();
        drop(effects);
        time
    }
}

fn ctrl(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::CONTROL)
}
