//! The walks of `docs/walks.md`: each is walked here key by key, and the pictures that the
//! document shows are what came to the screen on the way.
//!
//! `GOODWILL_BLESS=1 cargo test walks` draws them anew.

use std::fs;
use std::path::Path;

use goodwill::ui::picture::svg;

use crate::stage::Stage;

/// A walk at 80x24, and its pictures.
struct Walk {
    stage: Stage,
    name: &'static str,
    shown: usize,
}

impl Walk {
    fn new(name: &'static str, stage: Stage) -> Walk {
        Walk {
            stage,
            name,
            shown: 0,
        }
    }

    /// Presses keys, and finds this on the screen.
    #[track_caller]
    fn go(&mut self, keys: &str, sees: &str) -> &mut Walk {
        self.stage.keys(keys).says(sees);
        self
    }

    /// The document shows the screen as it is now.
    #[track_caller]
    fn picture(&mut self) -> &mut Walk {
        self.shown += 1;
        let name = format!("walk-{}-{}.svg", self.name, self.shown);
        let now = svg(&self.stage.buffer(), self.stage.cursor());
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
        let path = docs.join("pictures").join(&name);
        if std::env::var_os("GOODWILL_BLESS").is_some() {
            fs::write(&path, &now).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        let refresh = "refresh it with GOODWILL_BLESS=1 cargo test walks";
        assert!(
            kept == now,
            "docs/pictures/{name} is out of date: {refresh}"
        );
        let walks = fs::read_to_string(docs.join("walks.md")).unwrap();
        assert!(walks.contains(&format!("](pictures/{name})")), "{name}");
        self
    }
}

fn terminal() -> Stage {
    Stage::new(80, 24).at_today()
}

#[test]
fn the_first_start() {
    let mut walk = Walk::new("first", terminal().first().at_today());
    walk.picture()
        .go(
            "<アクメ商事> enter",
            "Nothing written down yet. a i logs the first call.",
        )
        .picture()
        .go("a", "a call, a mail, a meeting")
        .go(
            "i <見積の相談> tab <見積2案を送る> tab <来週火曜>",
            "2026-11-24 Tue",
        )
        .picture()
        .go("enter", "見積の相談")
        .picture();
    let text = walk.stage.text("アクメ商事.toml");
    assert!(text.contains("summary = \"見積の相談\"\n"), "{text}");
    assert!(text.contains("due = 2026-11-24\n"), "{text}");
}

#[test]
fn a_morning_with_today() {
    let mut walk = Walk::new("today", terminal().sample().open());
    walk.go("", "promise due today: 見積2案を送る").picture();
    walk.go("enter", "web-renewal").go("esc", "Today, Sat");
    walk.go("c", "アクメ商事").picture();
    assert!(walk.stage.text("acme.toml").contains("done = 2026-11-21"));
    walk.go("f <fuji> enter tab", "heard by RFP, 2 of the last 3 deals")
        .picture();
    walk.go("z <来週>", "2026-11-23 Mon, in 2 days").picture();
    walk.go("enter", "quiet until 2026-11-23; u takes it back");
    assert!(walk.stage.text("fuji-print.toml").contains("[snooze]\n"));
}

#[test]
fn a_call_is_logged_while_another_editor_writes_to_the_same_file() {
    let mut walk = Walk::new("call", terminal().sample().open());
    walk.go("2 f <acme> enter enter", "アクメ商事")
        .go(
            "a i <月末締めなら契約したい、と電話> tab <条件の案を送る>",
            "next step",
        )
        .go("tab <明日>", "2026-11-22 Sun")
        .picture();
    // In the next pane, vim: a new line at the head of the file, and :wq.
    let aside = "cadence = \"4w\"\nsupplier = \"Kettle & Pan\"";
    walk.stage.replace("acme.toml", "cadence = \"4w\"", aside);
    walk.stage.noticed("acme");
    walk.picture()
        .go("enter", "月末締めなら契約したい")
        .picture();
    let text = walk.stage.text("acme.toml");
    assert!(text.contains(aside), "{text}");
    let summary = "summary = \"月末締めなら契約したい、と電話\"\n";
    assert!(text.contains(summary), "{text}");
}

#[test]
fn a_broken_file_is_found_and_mended() {
    let stage = terminal().sample();
    stage.replace("borealis.toml", "cadence = \"4w\"", "cadence = \"4w");
    let mend = |text: &str, line: u32| {
        let there = text.lines().nth(line as usize - 1).unwrap();
        assert_eq!(there, "cadence = \"4w", "the editor stands at the line");
        text.replace("cadence = \"4w\n", "cadence = \"4w\"\n")
    };
    let mut walk = Walk::new("broken", stage.editor(mend).open());
    walk.go("2", "? broken").picture();
    walk.go("!", "borealis.toml:6").picture();
    walk.go("enter", "No problems: every file reads well.");
    walk.go("esc f <borealis> enter enter", "Annika Brandt")
        .picture();
}

#[test]
fn yesterdays_change_is_undone() {
    let mut stage = terminal().sample().open();
    let before = stage.text("acme.toml");
    stage.keys("2 f <acme> enter enter").says("promise");
    stage.keys("D y");
    assert_ne!(stage.text("acme.toml"), before, "an entry is gone");
    let mut walk = Walk::new("undo", stage.started_again("2026-11-22").at_today());
    walk.go("2 f <acme> enter enter", "アクメ商事").picture();
    walk.go("u", "undone").picture();
    assert_eq!(walk.stage.text("acme.toml"), before, "to the byte");
}
