//! Disks that take nothing more: what is typed is kept, or it is said that it can't be; the
//! terminal is restored and the exit code is right.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use rustix::process::Signal;

use crate::pty_stage::{Show, Stage};

const MINATO: &str = "name = \"港屋商店\"\n";

fn stage() -> Stage {
    Stage::new().file("minato.toml", MINATO)
}

fn drafts(stage: &Stage) -> String {
    let walk = walkdir::WalkDir::new(stage.home().join("state")).into_iter();
    let paths = walk.filter_map(|file| Some(file.ok()?.into_path()));
    paths
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect()
}

/// Runs the program behind these words of a shell.
fn opened_behind(stage: &Stage, words: &str) -> Show {
    let program = env!("CARGO_BIN_EXE_goodwill");
    let mut show = stage.start_program("/bin/sh", &["-c", &format!("{words} exec {program}")]);
    show.at_customers().shows("▸ 港屋商店");
    show
}

/// A file may have 4 KB: small drafts fit, larger ones and the log of a large save do not.
#[test]
fn a_limit_of_the_size_of_files_ends_nothing_and_is_told() {
    let stage = stage();
    let mut show = opened_behind(&stage, "ulimit -f 8;");
    let words = "あ".repeat(3_000);
    show.types("af").shows("text").pastes(&words);
    show.shows("what you type is not kept: save it soon");
    show.types("終").cursor_between("あ終", " ").types("\r");
    show.shows("File too large");
    // The form is still there with every word, and the file is as it was.
    show.cursor_between("あ終", " ");
    assert_eq!(stage.read("minato.toml"), MINATO);
    assert_eq!(names(&stage.journal()), ["minato.toml"]);
    show.types("\x15short").cursor_between("short", " ");
    show.types("\r").shows("fact added: short");
    assert!(stage.read("minato.toml").contains("text = \"short\""));
    // What the failed save left of its line in the history is no hindrance.
    show.types("u").until("the fact taken back", |_| {
        stage.read("minato.toml") == MINATO
    });
    show.types("qq").ends_with(0);
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap();
    files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn what_is_typed_where_no_draft_can_be_kept_is_saved_all_the_same_or_asked_about() {
    let stage = stage();
    fs::create_dir_all(stage.home().join("state")).unwrap();
    fs::write(stage.home().join("state/goodwill"), "in the way").unwrap();
    for signal in [Signal::TERM, Signal::HUP] {
        let mut show = opened_behind(&stage, "");
        show.types("af").shows("text").types("言葉");
        show.shows("what you type is not kept: save it soon");
        show.signal(signal);
        show.ends_with(if signal == Signal::TERM { 143 } else { 129 });
        assert_eq!(stage.read("minato.toml"), MINATO);
    }
}

/// A disk of its own of 256 KB below the state folder, filled up. Only where the system lets
/// one mount one: elsewhere the limit of the size of files above stands in for it.
#[test]
fn a_full_disk_keeps_the_file_and_says_so_and_goes_on_where_there_is_room() {
    let mount = |size: &str| {
        format!("mkdir -p $HOME/state && mount -t tmpfs -o size={size} tmpfs $HOME/state && ")
    };
    let may = Command::new("unshare")
        .args(["-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt"])
        .status();
    if !may.is_ok_and(|status| status.success()) {
        println!("no disk of its own may be mounted here");
        return;
    }
    let stage = stage();
    let script = stage.home().join("full.sh");
    let program = env!("CARGO_BIN_EXE_goodwill");
    let text = format!(
        "{} head -c 1000000 /dev/zero > $HOME/state/zeros 2> /dev/null; {program}; code=$?; \
         ls -A $HOME/state/goodwill/*/drafts > $HOME/left 2>&1; exit $code\n",
        mount("256k")
    );
    fs::write(&script, text).unwrap();
    let script = script.to_str().unwrap();
    let mut show = stage.start_program("/usr/bin/unshare", &["-rm", "sh", script]);
    show.at_customers().shows("▸ 港屋商店");
    show.types("af").shows("text");
    show.types("言葉").cursor_between("言葉", " ");
    show.shows("what you type is not kept: save it soon");
    // No history, no save: what can't be undone does not happen quietly.
    show.types("\r").shows("No space left on device");
    show.cursor_between("言葉", " ");
    assert_eq!(stage.read("minato.toml"), MINATO);
    show.types("\x1b").shows("Throw away").types("y");
    show.hides("Throw away").types("q").ends_with(0);
}

#[test]
fn a_journal_that_takes_no_files_keeps_the_form_and_the_draft() {
    let stage = stage();
    let is_root = rustix::process::geteuid().is_root();
    // Nobody is refused by a mode who is root: there a file stands in the way of the history.
    let lock = |mode: u32| {
        for path in [stage.journal(), stage.journal().join("minato.toml")] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    if is_root {
        let history: PathBuf = stage.home().join("state/goodwill");
        fs::create_dir_all(&history).unwrap();
    } else {
        lock(0o555);
    }
    let mut show = opened_behind(&stage, "");
    show.types("af").shows("text").types("言葉");
    show.cursor_between("言葉", " ");
    show.until("the draft", |_| drafts(&stage).contains("言葉"));
    if !is_root {
        show.types("\r").shows("permission denied");
        show.cursor_between("言葉", " ");
    }
    show.signal(Signal::TERM);
    show.ends_with(143);
    if !is_root {
        lock(0o755);
    }
    assert_eq!(stage.read("minato.toml"), MINATO);
    let mut show = stage.start();
    show.shows("typed and not saved").shows("言葉");
}
