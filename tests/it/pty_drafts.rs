//! A program that is killed while something is typed, and started again.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::child::is_campaign;
use crate::pty_stage::{Show, Stage};

const MINATO: &str = "name = \"港屋商店\"\n\n[concern.2026-11-01]\nsaid = \"納期が心配\"\nabout = \"timing\"\nstatus = \"open\"\n";

fn stage() -> Stage {
    Stage::new().file("minato.toml", MINATO)
}

fn opened(stage: &Stage) -> Show {
    let mut show = stage.start();
    show.shows("港屋商店");
    show
}

/// The files of drafts.
fn drafts(stage: &Stage) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(stage.home().join("state")).into_iter();
    let paths = walk.filter_map(|file| Some(file.ok()?.into_path()));
    paths
        .filter(|path| path.parent().is_some_and(|p| p.ends_with("drafts")))
        .collect()
}

fn all_drafts(stage: &Stage) -> String {
    let texts = drafts(stage).into_iter();
    texts
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect()
}

#[test]
fn killed_once_the_words_are_on_the_disk_it_offers_every_word_and_merges() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("\r\re")
        .shows("edit concern")
        .types("、とのこと");
    show.until("a draft", |_| all_drafts(&stage).contains("、とのこと"));
    show.signal(Signal::KILL);
    show.end().unwrap_err();
    let path = stage.journal().join("minato.toml");
    let sed = Command::new("sed")
        .args(["-i", "s/timing/delivery/"])
        .arg(path)
        .status();
    assert!(sed.unwrap().success());

    let mut show = stage.start();
    show.shows("typed and not saved")
        .shows("納期が心配、とのこと");
    assert!(
        !stage.read("minato.toml").contains("とのこと"),
        "never unasked"
    );
    show.types("\r")
        .shows("edit concern")
        .cursor_behind("、とのこと");
    show.types("。\x13").shows("said changed");
    let text = stage.read("minato.toml");
    assert!(text.contains("said = \"納期が心配、とのこと。\""), "{text}");
    assert!(text.contains("about = \"delivery\""), "{text}");
    show.until("the draft gone", |_| drafts(&stage).is_empty());
}

#[test]
fn a_signal_and_a_closed_window_keep_every_word() {
    for signal in [
        Some(Signal::TERM),
        Some(Signal::HUP),
        Some(Signal::INT),
        Some(Signal::QUIT),
        None,
    ] {
        let stage = stage();
        let mut show = opened(&stage);
        show.types("aione word and the next")
            .cursor_behind("the next");
        match signal {
            Some(signal) => show.signal(signal),
            None => show.closes_window(),
        }
        show.end().unwrap();
        let text = all_drafts(&stage);
        assert!(text.contains("one word and the next"), "{signal:?} {text}");
        let mut show = stage.start();
        show.shows("one word and the next").types("D");
        show.shows("can't be brought back").types("y");
        show.hides("typed and not saved");
        show.until("the draft gone", |_| drafts(&stage).is_empty());
        show.types("q").ends_with(0);
    }
}

#[test]
fn a_save_that_a_signal_waits_for_leaves_no_draft() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("afsaved at last").cursor_behind("at last");
    show.types("\r").hides("more behind Tab");
    show.signal(Signal::TERM);
    show.ends_with(143);
    assert!(stage.read("minato.toml").contains("saved at last"));
    assert_eq!(all_drafts(&stage), "");
}

#[test]
fn a_stop_keeps_every_word() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("ac").shows("concern").types("stopped here\x1a");
    show.until("stopped", |show| show.is_stopped());
    assert!(all_drafts(&stage).contains("stopped here"));
    show.signal(Signal::KILL);
}

#[test]
fn esc_and_yes_leave_nothing_and_a_second_program_is_not_asked() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("acwords").cursor_behind("words");
    show.until("a draft", |_| !drafts(&stage).is_empty());
    let mut second = opened(&stage);
    second
        .types("?")
        .shows("Esc close")
        .types("q")
        .hides("Esc close");
    assert!(!second.text().contains("not saved"), "{}", second.text());
    second.types("q").ends_with(0);
    show.types("\x1b").shows("Throw away").types("y");
    show.until("no draft", |_| drafts(&stage).is_empty());
}

/// The slowest of what the disk itself takes to keep a few bytes for good, asked again and again
/// meanwhile: on a machine whose disk is busy nobody can be quicker.
struct Floor {
    stop: Arc<AtomicBool>,
    probe: JoinHandle<Duration>,
}

impl Floor {
    fn watch(folder: PathBuf) -> Floor {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let probe = std::thread::spawn(move || {
            let mut worst = Duration::ZERO;
            while !stopped.load(Ordering::Relaxed) {
                let since = Instant::now();
                let mut file = fs::File::create(folder.join("probe")).unwrap();
                file.write_all(b"a few bytes").unwrap();
                file.sync_all().unwrap();
                std::thread::sleep(Duration::from_millis(20));
                worst = worst.max(since.elapsed());
            }
            worst
        });
        Floor { stop, probe }
    }

    fn worst(self) -> Duration {
        self.stop.store(true, Ordering::Relaxed);
        self.probe.join().unwrap()
    }
}

/// How far the disk is behind the keyboard: one letter after the other, each looked for. Two
/// waits for the disk belong to a draft, its bytes and its name.
#[test]
fn the_disk_is_at_most_a_second_behind_the_keyboard() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("ac").shows("concern");
    let floor = Floor::watch(stage.home().to_owned());
    let (mut typed, mut worst) = (String::new(), Duration::ZERO);
    for at in 0..if is_campaign() { 200 } else { 12 } {
        let letter = char::from(b'a' + at % 26).to_string();
        typed += &letter;
        show.types(&letter);
        let since = Instant::now();
        while !all_drafts(&stage).contains(&typed) {
            assert!(since.elapsed() < Duration::from_secs(10), "never: {typed}");
            std::thread::sleep(Duration::from_millis(1));
        }
        worst = worst.max(since.elapsed());
        std::thread::sleep(Duration::from_millis(u64::from(at) * 37 % 400));
    }
    let floor = floor.worst();
    println!("at most {worst:?} behind the keyboard, the disk alone {floor:?}");
    assert!(
        worst < Duration::from_secs(1) + 2 * floor,
        "{worst:?}, the disk alone {floor:?}"
    );
}

#[test]
fn nothing_ticks_once_all_is_on_the_disk() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("acwords").cursor_behind("words");
    show.until("a draft", |_| all_drafts(&stage).contains("words"));
    std::thread::sleep(Duration::from_millis(1500));
    let file = drafts(&stage).remove(0);
    let (before, ticks) = (fs::metadata(&file).unwrap(), show.ticks());
    std::thread::sleep(Duration::from_millis(1500));
    let after = fs::metadata(&file).unwrap();
    assert_eq!(after.modified().unwrap(), before.modified().unwrap());
    assert!(show.ticks() <= ticks + 10);
}

#[test]
fn words_that_can_not_be_kept_are_told_at_once_and_only_once() {
    let stage = stage();
    fs::create_dir(stage.home().join("state")).unwrap();
    fs::write(stage.home().join("state/goodwill"), "in the way").unwrap();
    let mut show = opened(&stage);
    show.types("ac").shows("concern").types("w");
    show.shows("what you type is not kept");
    show.types("ords").cursor_behind("words");
    show.hides("what you type is not kept");
    std::thread::sleep(Duration::from_millis(1200));
    show.hides("what you type is not kept")
        .types("\x1b")
        .shows("Throw away");
}
