//! The terminal is handed to the person's editor and taken back.

use std::fs;

use crate::pty_stage::{Show, Stage};

const MINATO: &str = "name = \"港屋商店\"\n";

fn with_editor(script: &str) -> Stage {
    Stage::new().file("minato.toml", MINATO).editor(script)
}

fn opened(stage: &Stage) -> Show {
    let mut show = stage.start();
    show.shows("港屋商店");
    show
}

/// The program has the terminal, its screen is clean, and keys do what they do.
#[track_caller]
fn goes_on(show: &mut Show) {
    show.until("the terminal back", |show| show.has_terminal());
    show.shows("1 Today  2 Customers");
    show.types("?")
        .shows("Esc close")
        .types("q")
        .hides("Esc close");
    show.types("q");
    show.ends_with(0);
}

#[test]
fn what_the_editor_wrote_is_shown() {
    let stage = with_editor(
        r#"printf '\n[fact.2026-11-21-x]\ntext = "書き足した"\ndate = 2026-11-21\n' >> "$file"
        echo "the editor's own noise""#,
    );
    let mut show = opened(&stage);
    show.types("E").until("the noise", |show| {
        String::from_utf8_lossy(&show.raw()).contains("own noise")
    });
    show.until("the terminal back", |show| show.has_terminal());
    show.types("l")
        .shows("書き足した")
        .hides("own noise")
        .types("q");
    goes_on(&mut show);
}

#[test]
fn the_editor_gets_the_terminal_as_the_shell_has_it_and_every_key() {
    let stage = with_editor(
        r#"stty -a > modes; echo ready; read -r line; printf '\n# %s\n' "$line" >> "$file""#,
    );
    let mut show = opened(&stage);
    show.types("E").shows("ready");
    show.until("the terminal restored", |show| show.is_restored());
    for piece in ["keys ", "for ", "the editor", "\r"] {
        show.types(piece);
    }
    goes_on(&mut show);
    assert!(
        stage
            .read("minato.toml")
            .ends_with("\n# keys for the editor\n")
    );
    let modes = fs::read_to_string(stage.home().join("modes")).unwrap();
    assert!(
        modes.contains(" icanon") && modes.contains(" echo "),
        "{modes}"
    );
}

#[test]
fn keys_typed_while_the_editor_closes_are_not_lost() {
    let stage = with_editor("echo ready; read -r line");
    let mut show = opened(&stage);
    show.types("E").shows("ready").types("\r?");
    show.until("the terminal back", |show| show.has_terminal());
    show.shows("Esc close").types("q").hides("Esc close");
    goes_on(&mut show);
}

#[test]
fn a_file_the_editor_broke_is_listed_with_its_cure_and_left_alone() {
    let broken = "name = \"港屋商店\n[fact.x\n";
    let stage = with_editor("printf 'name = \"港屋商店\\n[fact.x\\n' > \"$file\"");
    let mut show = opened(&stage);
    show.types("E").shows("minato.toml:1");
    show.shows("! ")
        .types("!")
        .shows("write the closing quote")
        .types("q");
    goes_on(&mut show);
    assert_eq!(stage.read("minato.toml"), broken);
}

#[test]
fn an_editor_that_fails_is_told() {
    let stage = with_editor("exit 1");
    let mut show = opened(&stage);
    show.types("E").shows("the editor ended with");
    goes_on(&mut show);
    assert_eq!(stage.read("minato.toml"), MINATO);
}

#[test]
fn an_editor_that_is_not_there_is_told() {
    let stage = with_editor("").env("EDITOR", "no-such-editor --wait");
    let mut show = opened(&stage);
    show.types("E").shows("set VISUAL or EDITOR");
    goes_on(&mut show);
}

#[test]
fn ctrl_c_in_the_editor_ends_the_editor_alone() {
    let stage = with_editor("echo ready; exec sleep 60");
    let mut show = opened(&stage);
    show.types("E").shows("ready").types("\x03");
    show.shows("the editor ended with");
    goes_on(&mut show);
}

#[test]
fn an_editor_that_stops_itself_is_brought_back_by_the_shell() {
    // As vim does on Ctrl-Z: it stops itself and all that belongs to it.
    let stage = with_editor("echo ready; kill -TSTP 0; echo continued; read -r line");
    let mut show = stage.start_program("/bin/sh", &["-i"]);
    let program = env!("CARGO_BIN_EXE_goodwill");
    show.types(&format!("PS1='in the shell> '\r{program}\r"));
    show.at_customers().shows("港屋商店");
    show.types("E").shows("ready");
    show.shows("in the shell> ")
        .types("echo so f''ar\r")
        .shows("so far");
    show.types("fg\r").shows("continued").types("\r");
    show.until("the terminal back", |show| show.has_terminal());
    show.shows("港屋商店")
        .types("?")
        .shows("Esc close")
        .types("qq");
    show.hides("Esc close").shows("so far").types("exit 7\r");
    assert_eq!(show.end(), Ok(7));
}
