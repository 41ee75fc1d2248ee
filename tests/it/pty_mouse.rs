//! The mouse of a real terminal: asked for, read in pieces, and given back on every way out.

use rustix::process::Signal;

use crate::pty_stage::Stage;

fn stage() -> Stage {
    Stage::new()
        .file("aoi.toml", "name = \"葵工房\"\n")
        .file("minato.toml", "name = \"港屋商店\"\n")
}

#[test]
fn clicks_and_the_wheel_come_also_in_pieces() {
    let stage = stage();
    let mut show = stage.start();
    show.shows("▸ 港屋商店")
        .until("the mouse", |show| show.listens_to_mouse());
    show.types("\x1b[<0;5")
        .types(";5M\x1b[<0;5;5m")
        .shows("▸ 葵工房");
    show.types("\x1b[<64;5;5M").shows("▸ 港屋商店");
    show.types("\x1b[<0;5;5M\x1b[<0;5;5m\x1b[<0;5;5M\x1b[<0;5;5m")
        .shows("Win/lose");
    show.types("qq").ends_with(0);
}

#[test]
fn it_is_given_back_on_every_way_out() {
    let stage = stage().editor("printf '\\033[?25h'; echo in the editor; read -r line");
    let mut show = stage.start();
    show.shows("港屋商店")
        .until("the mouse", |show| show.listens_to_mouse());
    show.types("\x1a")
        .until("stopped", |show| show.is_stopped());
    show.until("the terminal restored", |show| show.is_restored());
    show.signal(Signal::CONT);
    show.until("the mouse again", |show| show.listens_to_mouse());
    show.types("E").shows("in the editor");
    assert!(!show.listens_to_mouse());
    show.types("\r");
    show.until("the mouse again", |show| show.listens_to_mouse());
    show.signal(Signal::TERM);
    show.ends_with(143);
}

#[test]
fn it_is_never_asked_for_where_it_is_turned_off() {
    let stage = stage().env("GOODWILL_MOUSE", "off");
    let mut show = stage.start();
    show.shows("港屋商店").types("?").shows("Esc close");
    assert!(!show.listens_to_mouse());
    show.types("q\x07").shows("with Shift the terminal selects");
    show.until("the mouse", |show| show.listens_to_mouse());
    show.types("\x07").shows("the mouse is the terminal's");
    show.until("no mouse", |show| !show.listens_to_mouse());
    show.types("q").ends_with(0);
    let asked = String::from_utf8_lossy(&show.raw())
        .matches("\x1b[?1000h")
        .count();
    assert_eq!(asked, 1);
}
