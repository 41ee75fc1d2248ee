//! A day with the built program in a real terminal.
//!
//! All tests whose file begins with `pty` wait for what they expect to see, never for a time, so
//! that they are green on a busy machine too. That is proven like this, with one busy process
//! more than there are cores at least:
//!
//! ```sh
//! for n in 1 2 3 4; do timeout 1800 sh -c 'while :; do :; done' & done
//! for round in $(seq 20); do cargo test --test it -- pty_ pty:: || echo "red: $round"; done
//! kill $(jobs -p)
//! ```

use std::fs;

use rustix::process::Signal;

use crate::pty_stage::{Show, Stage};

const ACME: &str = "\
name = \"Acme Trading\"

[interaction.2026-11-02-first-call]
summary = \"first call\"
date = 2026-11-02
";

const MINATO: &str = "name = \"港屋商店\"\n";

/// A journal with one customer, opened.
fn opened(stage: &Stage) -> Show {
    let mut show = stage.start();
    show.shows("港屋商店");
    show
}

fn minato() -> Stage {
    Stage::new().file("minato.toml", MINATO)
}

#[test]
fn a_call_is_logged_from_start_to_file() {
    let stage = minato();
    let mut show = opened(&stage);
    assert!(show.has_terminal());
    show.types("ai")
        .shows("interaction, 港屋商店, 2026-11-21 Sat");
    for (typed, now) in [("支払", "支払"), ("は分割なら", "支払は分割なら")] {
        show.types(typed).cursor_behind(now);
    }
    show.types("\x1b[D\x1b[D").cursor_behind("支払は分割");
    show.types("\x7f\x7f\x05").cursor_behind("支払はなら");
    show.types("ば\tsend 見積2案\t").shows("send 見積2案");
    show.types("fri")
        .shows("2026-11-27 Fri")
        .cursor_behind("fri");
    show.types("\t\tcall").cursor_behind("call");
    show.types("\r").shows("interaction added: 支払はならば");
    let text = stage.read("minato.toml");
    for part in [
        MINATO,
        "[interaction.2026-11-21-",
        "summary = \"支払はならば\"\n",
        "date = 2026-11-21\n",
        "channel = \"call\"\n",
        "[promise.2026-11-21-",
        "what = \"send 見積2案\"\n",
        "due = 2026-11-27\n",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    show.types("q").shows("Customers 1").types("q");
    show.ends_with(0);
}

#[test]
fn a_name_typed_at_the_first_start_makes_a_journal() {
    let stage = Stage::new();
    let mut show = stage.start();
    show.shows("a new journal")
        .types("山田商店")
        .cursor_behind("山田商店");
    show.types("\r").shows("Nothing written down yet");
    show.shows("山田商店");
    let files = fs::read_dir(stage.journal()).unwrap();
    let names: Vec<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.'))
        .collect();
    let [name] = names.as_slice() else {
        panic!("one file, and not {names:?}")
    };
    assert!(stage.read(name).contains("name = \"山田商店\"\n"));
    show.types("qq");
    show.ends_with(0);
}

#[test]
fn enter_alone_at_the_first_start_opens_the_sample() {
    let mut stage = Stage::new();
    let mut show = stage.resized((100, 24)).start();
    show.shows("a new journal").types("\r");
    show.shows("アクメ商事").shows("2026-11-21").types("q");
    show.ends_with(0);
    assert!(!stage.journal().exists(), "no journal is made for a look");
}

#[test]
fn esc_at_the_first_start_leaves_and_makes_nothing() {
    let stage = Stage::new();
    let mut show = stage.start();
    show.shows("a new journal").types("\x1b");
    show.ends_with(0);
    assert!(!stage.journal().exists());
}

#[test]
fn a_form_keeps_every_word_through_any_window() {
    let stage = minato();
    let mut show = opened(&stage);
    show.types("ai").shows("summary").types("支払は分割なら");
    for (columns, rows) in [(30, 10), (120, 40), (1, 1), (0, 0), (79, 23)] {
        show.resize(columns, rows);
    }
    show.shows("interaction, 港屋商店")
        .cursor_behind("支払は分割なら");
    show.resize(30, 10).cursor_behind("割なら").types("、ね");
    show.cursor_behind("ら、ね").types("\r");
    show.resize(80, 24).shows("interaction added");
    show.shows("支払は分割なら、ね");
    assert!(stage.read("minato.toml").contains("支払は分割なら、ね"));
}

#[test]
fn no_window_is_too_small_or_too_large() {
    for size in [(1, 1), (0, 0), (2, 30), (300, 1)] {
        let mut stage = minato();
        let mut show = stage.resized(size).start();
        show.until("a terminal", |show| show.has_terminal());
        show.types("jlakx\x1b[200~x\x1b[201~?").resize(80, 24);
        show.shows("1 Today  2 Customers").signal(Signal::TERM);
        show.ends_with(143);
    }
    let mut stage = minato();
    let mut show = stage.resized((65_535, 65_535)).start();
    show.shows("港屋商店")
        .types("j")
        .resize(80, 24)
        .resize(65_535, 60_000);
    show.shows("港屋商店").types("q");
    show.ends_with(0);
}

#[test]
fn a_paste_is_text_and_never_keys() {
    let stage = minato();
    let mut show = opened(&stage);
    show.types("ai").shows("summary");
    show.pastes("支払は\r\n分割\tなら\x1b[31m\x03\x13\r")
        .cursor_behind("支払は 分割 なら[31m");
    show.types("\t\t\t\t\t\t\t\t\t\t").shows("anything more");
    show.pastes("一行目\r\n\r\n\x07三行目\x1b\r")
        .shows("三行目");
    show.types("\x13").shows("interaction added");
    let text = stage.read("minato.toml");
    assert!(text.contains("\"支払は 分割 なら[31m\""), "{text}");
    assert!(text.contains("一行目\n\n三行目\"\"\""), "{text}");
}

#[test]
fn keys_typed_faster_than_it_saves_are_kept() {
    let stage = minato();
    let mut show = opened(&stage);
    show.types("aisomething\raftext\rq?");
    show.shows("Esc close").types("qq");
    show.ends_with(0);
    let text = stage.read("minato.toml");
    assert!(
        text.contains("something") && text.contains("text = \"text\""),
        "{text}"
    );
}

#[test]
fn what_was_saved_last_is_there_when_the_program_is_gone() {
    let stage = minato();
    let mut show = opened(&stage);
    show.types("aisaid at the door\r\x03");
    show.ends_with(0);
    assert!(stage.read("minato.toml").contains("said at the door"));
}

#[test]
fn any_number_of_keys_at_once_is_read_without_spinning() {
    let stage = minato();
    let mut show = opened(&stage);
    show.types("ai").shows("summary");
    show.types(&"あ".repeat(1_300))
        .types("終")
        .cursor_behind("ああ終");
    idles(&mut show);
}

#[test]
fn half_a_key_is_forgotten_and_the_next_one_counts() {
    let stage = minato().file("acme.toml", ACME);
    let mut show = opened(&stage);
    show.shows("▸ Acme").types("\x1b[1;");
    idles(&mut show);
    show.types("j").shows("▸ 港屋商店");
    show.types("\x1b[A").shows("▸ Acme");
}

#[test]
fn while_a_journal_is_read_keys_work_and_quitting_does_not_wait() {
    // On a busy machine a journal may be read before the keys come; a larger one is not.
    let was_before_the_end = |customers: u32| {
        let mut stage = minato();
        for customer in 0..customers {
            let mut text = format!("name = \"Customer {customer}\"\n");
            for entry in 0..100 {
                text += &format!("\n[fact.f{entry}]\ntext = \"a fact\"\ndate = 2026-01-02\n");
            }
            stage = stage.file(&format!("customer-{customer}.toml"), &text);
        }
        let mut show = stage.start();
        show.shows("?").types("?").shows("Esc close");
        show.types("q").hides("Esc close").types("q").ends_with(0);
        let raw = String::from_utf8_lossy(&show.raw()).into_owned();
        assert!(raw.contains("reading "));
        !raw.contains(&format!("Customers {}", customers + 1))
    };
    assert!([300, 1_200, 4_800].into_iter().any(was_before_the_end));
}

#[test]
fn nothing_ticks_while_nothing_happens() {
    let stage = minato();
    let mut show = opened(&stage);
    idles(&mut show);
    show.types("q");
    show.ends_with(0);
}

/// Two seconds in which nothing is typed take no more than a tick of the CPU.
#[track_caller]
fn idles(show: &mut Show) {
    // What is under way comes to its end first: the strict look behind a load.
    let last = std::cell::Cell::new(0);
    show.until("quiet", |show| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        last.replace(show.ticks()) == show.ticks()
    });
    let before = show.ticks();
    std::thread::sleep(std::time::Duration::from_secs(2));
    let used = show.ticks() - before;
    // A thread that spins takes some 190 of the 200; one of a kind may come from a busy machine.
    assert!(used <= 10, "{used} ticks in two seconds");
}

#[test]
fn no_color_means_none() {
    let colours = |show: &Show| {
        let raw = String::from_utf8_lossy(&show.raw()).into_owned();
        let styles = raw.split("\x1b[").filter_map(|piece| piece.split_once('m'));
        let coloured = |style: &str| {
            style.split(';').any(|part| {
                matches!(
                    part.parse::<u8>(),
                    Ok(30..=38 | 40..=48 | 90..=97 | 100..=107)
                )
            })
        };
        styles.filter(|(style, _)| coloured(style)).count()
    };
    let stage = minato();
    assert!(colours(&opened(&stage)) > 0);
    let stage = minato().env("NO_COLOR", "1");
    assert_eq!(colours(&opened(&stage)), 0);
}

#[test]
fn each_frame_is_shown_whole() {
    let stage = minato();
    let mut show = opened(&stage);
    show.types("?").shows("Esc close");
    let raw = String::from_utf8_lossy(&show.raw()).into_owned();
    let frames: Vec<&str> = raw.split("\x1b[?2026h").skip(1).collect();
    assert!(frames.len() >= 2);
    for frame in frames {
        assert_eq!(frame.matches("\x1b[?2026l").count(), 1, "{frame:?}");
    }
}

#[test]
fn two_programs_on_one_journal_lose_nothing() {
    let stage = minato();
    let (mut one, mut two) = (opened(&stage), opened(&stage));
    for round in 1..=3 {
        one.types(&format!("afleft {round}\r"));
        two.types(&format!("afright {round}\r"));
        one.shows(&format!("fact added: left {round}"));
        two.shows(&format!("fact added: right {round}"));
    }
    let text = stage.read("minato.toml");
    for round in 1..=3 {
        for side in ["left", "right"] {
            let line = format!("text = \"{side} {round}\"\n");
            assert_eq!(text.matches(&line).count(), 1, "{line} in\n{text}");
        }
    }
}
