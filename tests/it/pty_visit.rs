//! A link is handed to a program outside of the terminal.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::pty_stage::{Show, Stage};

const MINATO: &str = "name = \"港屋商店\"\nsite = \"https://minato.example/?a=$HOME&b|c\"\n";

/// A home whose `xdg-open` is this shell script.
fn with_opener(script: &str) -> Stage {
    let stage = Stage::new().file("minato.toml", MINATO);
    let folder = stage.home().join("bin");
    fs::create_dir(&folder).unwrap();
    let program = folder.join("xdg-open");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.display());
    stage.env("PATH", path)
}

fn opened(stage: &Stage) -> Show {
    let mut show = stage.start();
    show.shows("港屋商店").types("o");
    show
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn it_gets_the_link_untouched_and_nothing_of_the_terminal() {
    let stage = with_opener(
        r#"echo noise; echo noise >&2
        [ -t 0 ] || [ -t 1 ] || [ -t 2 ] || tty=none
        printf '%s|%s|%s' "$#" "$1" "$tty" > "$HOME/new" && mv "$HOME/new" "$HOME/opened""#,
    )
    .env("DISPLAY", ":0");
    let mut show = opened(&stage);
    show.shows("opening https://minato.example/");
    let told = stage.home().join("opened");
    show.until("the link", |_| !read(&told).is_empty());
    assert_eq!(read(&told), "1|https://minato.example/?a=$HOME&b|c|none");
    assert!(!String::from_utf8_lossy(&show.raw()).contains("noise"));
    show.types("q").ends_with(0);
}

#[test]
fn what_fails_is_told_and_what_runs_on_holds_nobody_up() {
    let stage = with_opener("exit 4").env("DISPLAY", ":0");
    let mut show = opened(&stage);
    show.shows("xdg-open did not open it").shows("y copies");
    show.types("q").ends_with(0);

    let stage = with_opener("exec sleep 5").env("DISPLAY", ":0");
    let mut show = opened(&stage);
    show.shows("opening https://").types("?").shows("Esc close");
    show.types("qq").ends_with(0);

    let stage = Stage::new()
        .file("minato.toml", MINATO)
        .env("BROWSER", "no-such-browser");
    let mut show = opened(&stage);
    show.shows("no-such-browser can't be started");
    show.types("q").ends_with(0);
}

#[test]
fn over_ssh_without_a_screen_it_is_said_how_to_copy() {
    let stage = with_opener("exit 0").env("SSH_CONNECTION", "192.0.2.1 5000 192.0.2.2 22");
    let mut show = opened(&stage);
    show.shows("over ssh there is no screen").shows("copies it");
    show.types("q").ends_with(0);
}
