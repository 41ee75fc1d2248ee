//! `goodwill sync` in a terminal: git asks there, and Ctrl-C ends it with things told.

use std::fs;

use crate::clones::Clones;
use crate::pty_stage::{Show, Stage};

const ACME: &str = "name = \"Acme\"\n";
const CALL: &str = "\n[interaction.2026-11-21-cccccc]\nchannel = \"call\"\n";
const MAIL: &str = "\n[interaction.2026-11-21-dddddd]\nchannel = \"mail\"\n";

/// An ssh that asks for a passphrase on the terminal, and then runs what it is to run right here.
const SSH: &str = "\
printf 'Passphrase: ' >/dev/tty
read -r word </dev/tty
[ \"$word\" = geheim ] || exit 255
while [ $# -gt 1 ]; do shift; done
exec sh -c \"$1\"
";

fn start(clones: &Clones, machine: &str) -> (Stage, Show) {
    let mut stage = Stage::new();
    for (name, value) in clones.env(machine) {
        stage = stage.env(&name, value);
    }
    let state = clones.at(&format!("{machine}/state"));
    stage = stage.env("XDG_STATE_HOME", state);
    let show = stage.start_program(env!("CARGO_BIN_EXE_goodwill"), &["sync"]);
    (stage, show)
}

fn two() -> Clones {
    let files = [
        ("acme.toml", ACME),
        ("borealis.toml", "name = \"Borealis\"\n"),
    ];
    Clones::new(&files).and("two")
}

/// The same with a hub that is reached by way of a passphrase.
fn behind_a_passphrase() -> Clones {
    let clones = two();
    let ssh = clones.path().join("ssh.sh");
    fs::write(&ssh, SSH).unwrap();
    for machine in ["one", "two"] {
        clones.git(
            machine,
            &format!("config core.sshCommand 'sh {}'", ssh.display()),
        );
        clones.git(machine, "config ssh.variant simple");
        clones.git(
            machine,
            &format!("remote set-url origin 'hub.example:{}'", clones.at("hub")),
        );
    }
    clones
}

#[test]
fn two_machines_sync_with_nothing_typed_and_both_see_both() {
    let clones = two();
    clones.write("one", "acme.toml", &(ACME.to_owned() + CALL));
    clones.write(
        "two",
        "borealis.toml",
        &("name = \"Borealis\"\n".to_owned() + MAIL),
    );
    for (machine, summary) in [
        ("one", "synced: 1 sent, 0 received"),
        ("two", "synced: 1 sent, 1 received"),
        ("one", "synced: 0 sent, 1 received"),
    ] {
        let (_stage, mut show) = start(&clones, machine);
        show.shows(summary);
        show.ends_with(0);
    }
    for machine in ["one", "two"] {
        assert!(clones.read(machine, "acme.toml").ends_with(CALL));
        assert!(clones.read(machine, "borealis.toml").ends_with(MAIL));
    }
}

#[test]
fn a_passphrase_is_asked_for_on_the_terminal() {
    let clones = behind_a_passphrase();
    clones.write("one", "acme.toml", &(ACME.to_owned() + CALL));
    let (_stage, mut show) = start(&clones, "one");
    show.shows("fetch    from origin").shows("Passphrase:");
    show.types("geheim\r").shows("push     1 to origin/main");
    show.until("the second question", |show| {
        show.text().matches("Passphrase:").count() == 2
    });
    show.types("geheim\r").shows("synced: 1 sent, 0 received");
    show.ends_with(0);
}

#[test]
fn ctrl_c_ends_it_with_where_things_stand_and_it_goes_on_later() {
    let clones = behind_a_passphrase();
    clones.write("one", "acme.toml", &(ACME.to_owned() + CALL));
    let (_stage, mut show) = start(&clones, "one");
    show.shows("Passphrase:").types("\x03");
    show.shows("stopped: you stopped it").shows("goodwill sync");
    show.ends_with(1);
    assert_eq!(clones.log("one"), ["Acme: call", "begun"]);
    let (_stage, mut show) = start(&clones, "one");
    show.shows("Passphrase:").types("geheim\r").shows("push");
    show.until("the second question", |show| {
        show.text().matches("Passphrase:").count() == 2
    });
    show.types("\x03").shows("stopped: you stopped it");
    show.ends_with(1);
    clones.git(
        "one",
        &format!("remote set-url origin {}", clones.at("hub")),
    );
    clones
        .run("one", "sync")
        .ok()
        .stdout_has("synced: 1 sent, 0 received\n");
}
