//! Every way out gives the terminal back; a stopped program comes back as it was.

use std::fs;
use std::process::Command;

use goodwill::terminal::{Setup, Tools, run};
use goodwill::ui::appearance::Appearance;
use rustix::process::Signal;

use crate::child;
use crate::pty_stage::{Show, Stage};

fn stage() -> Stage {
    Stage::new().file("minato.toml", "name = \"港屋商店\"\n")
}

fn opened(stage: &Stage) -> Show {
    let mut show = stage.start();
    show.shows("港屋商店");
    assert!(show.has_terminal());
    show
}

#[test]
fn a_signal_ends_it_with_the_terminal_restored() {
    for (signal, code) in [
        (Signal::TERM, 143),
        (Signal::INT, 130),
        (Signal::HUP, 129),
        (Signal::QUIT, 131),
    ] {
        let stage = stage();
        let mut show = opened(&stage);
        show.types("aitext that is not saved")
            .cursor_behind("not saved");
        show.signal(signal);
        show.ends_with(code);
    }
}

#[test]
fn a_signal_right_after_a_save_waits_for_it() {
    for _ in 0..5 {
        let stage = stage();
        let mut show = opened(&stage);
        show.types("afsaved at last")
            .cursor_behind("at last")
            .types("\r");
        show.hides("more behind Tab").signal(Signal::TERM);
        show.ends_with(143);
        assert!(stage.read("minato.toml").contains("saved at last"));
    }
}

#[test]
fn a_closed_window_ends_it() {
    let stage = stage();
    let mut show = opened(&stage);
    show.closes_window();
    assert_eq!(show.end(), Ok(129));
}

#[test]
fn a_closed_window_ends_it_also_where_nobody_says_so() {
    let stage = stage();
    // Like nohup: the signal of a closed window is not heard.
    let program = format!("trap '' HUP; exec {}", env!("CARGO_BIN_EXE_goodwill"));
    let mut show = stage.start_program("/bin/sh", &["-c", &program]);
    show.at_customers().shows("港屋商店");
    show.closes_window();
    assert_eq!(show.end(), Ok(129));
}

#[test]
fn a_start_that_fails_says_why_and_touches_nothing() {
    let stage = stage().file("../file", "no folder");
    let file = stage.home().join("data/goodwill/file");
    for (journal, told) in [
        ("nowhere", "goodwill init"),
        (file.to_str().unwrap(), "file"),
    ] {
        let program = env!("CARGO_BIN_EXE_goodwill");
        let mut show = stage.start_program(program, &["--journal", journal]);
        show.ends_with(1);
        show.shows("goodwill: ").shows(told);
        assert!(!show.raw().contains(&0x1b), "{}", show.text());
    }
}

#[test]
fn ctrl_z_stops_it_and_it_comes_back_as_it_was() {
    let stage = stage();
    let mut show = opened(&stage);
    show.types("ai")
        .shows("summary")
        .types("支払は")
        .cursor_behind("支払は");
    for _ in 0..3 {
        show.types("\x1a")
            .until("stopped", |show| show.is_stopped());
        show.until("the terminal restored", |show| show.is_restored());
        show.resize(100, 30).signal(Signal::CONT);
        show.until("the terminal back", |show| show.has_terminal());
        show.shows("interaction, 港屋商店").cursor_behind("支払は");
        show.resize(80, 24);
    }
    show.types("分割").cursor_behind("支払は分割");
}

#[test]
fn it_stops_and_comes_back_when_told_from_outside() {
    let stage = stage();
    let mut show = opened(&stage);
    show.signal(Signal::TSTP);
    show.until("stopped", |show| show.is_stopped());
    show.until("the terminal restored", |show| show.is_restored());
    show.signal(Signal::CONT);
    show.until("the terminal back", |show| show.has_terminal());
    show.shows("港屋商店").types("?").shows("Esc close");
    // By force: it can't leave the screen, but it draws all of it when it goes on.
    show.signal(Signal::STOP);
    show.until("stopped", |show| show.is_stopped());
    show.resize(90, 20).signal(Signal::CONT);
    show.shows("Esc close")
        .types("q")
        .hides("Esc close")
        .types("q");
    show.ends_with(0);
}

#[test]
fn a_shell_stops_it_and_brings_it_back() {
    let stage = stage();
    let mut show = stage.start_program("/bin/sh", &["-i"]);
    let program = env!("CARGO_BIN_EXE_goodwill");
    show.types(&format!("PS1='in the shell> '\r{program}\r"));
    show.at_customers()
        .shows("港屋商店")
        .types("?")
        .shows("Esc close")
        .types("\x1a");
    show.shows("in the shell> ")
        .types("echo so f''ar\r")
        .shows("so far");
    show.types("fg\r")
        .shows("Esc close")
        .types("q")
        .hides("Esc close");
    show.types("q").shows("so far").types("exit 7\r");
    assert_eq!(show.end(), Ok(7));
}

#[test]
fn a_panic_in_any_thread_gives_the_terminal_back() {
    for (thread, key) in [
        ("worker", ""),
        ("loop", "E"),
        ("save", "afwords\r"),
        ("library", "afwords"),
    ] {
        let stage = stage();
        let stage = stage.env("GOODWILL_TEST_pty_ends_a_program_that_panics", thread);
        let me = std::env::current_exe().unwrap();
        let args = ["pty_ends::a_program_that_panics", "--exact", "--nocapture"];
        let mut show = stage.start_program(me, &args);
        if !key.is_empty() {
            show.until("a screen", |show| show.has_terminal());
            show.at_customers().shows("港屋商店").types(key);
        }
        if thread == "library" {
            show.cursor_behind("words");
            fs::write(stage.home().join("panic"), "").unwrap();
        }
        show.ends_with(101);
        show.shows(&format!("panic in the {thread}"));
        if key.contains("words") {
            let drafts = fs::read_dir(stage.home().join("state/drafts")).unwrap();
            let texts = drafts.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
            assert!(texts.collect::<String>().contains("words"), "not kept");
        }
    }
}

/// The `main` of the program above: tools that panic are the only thing that is not real.
#[test]
fn a_program_that_panics() {
    let Some(thread) = child::task("pty_ends::a_program_that_panics") else {
        return;
    };
    let home = std::env::current_dir().unwrap();
    let state = home.join("state");
    let setup = Setup {
        root: Some(home.join("data/goodwill/journal")),
        pinned: Some(jiff::civil::date(2026, 11, 21)),
        appearance: Appearance::default(),
        editor: Box::new(|_, _| -> Result<Command, String> { panic!("panic in the loop") }),
        opener: Box::new(|_| Err("no link here".to_owned())),
        sync: Box::new(|_| Err("no sync here".to_owned())),
        tools: Tools {
            open: Box::new(move |root| {
                assert!(thread != "worker", "panic in the worker");
                if thread == "library" {
                    let sign = home.join("panic");
                    std::thread::spawn(move || {
                        while !sign.exists() {
                            std::thread::sleep(std::time::Duration::from_millis(10));
                        }
                        panic!("panic in the library");
                    });
                }
                let is_save = thread == "save";
                let random = move || {
                    assert!(!is_save, "panic in the save");
                    4
                };
                goodwill::store::Store::new(root, &state, Box::new(random))
            }),
            home: None,
            make: Box::new(|| Err(String::new())),
            sample: Box::new(|| Err(String::new())),
        },
    };
    run(setup).unwrap();
}
