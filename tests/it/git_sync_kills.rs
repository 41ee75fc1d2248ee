//! A sync that is killed in any of its steps ends whole when it is started again.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::clones::Clones;

const ACME: &str = "name = \"Acme\"\n";
const BOREALIS: &str = "name = \"Borealis\"\n";
const CALL: &str = "\n[interaction.2026-11-21-cccccc]\nchannel = \"call\"\n";

/// A `git` that kills the program that started it, before or behind a subcommand; once.
const DEADLY: &str = "\
#!/bin/sh
dir=${0%/*}
skip=
for word in \"$@\"; do
    if [ \"$skip\" ]; then skip=; continue; fi
    case $word in
        -C|-c) skip=1 ;;
        -*) ;;
        *) break ;;
    esac
done
real=$(cat \"$dir/real\")
if [ ! -e \"$dir/done\" ] && [ \"$word\" = \"$KILL_AT\" ]; then
    touch \"$dir/done\"
    if [ \"$KILL_WHEN\" = after ]; then \"$real\" \"$@\"; fi
    kill -9 $PPID
    exit 1
fi
exec \"$real\" \"$@\"
";

fn deadly(clones: &Clones) -> String {
    let bin = clones.path().join("bin");
    fs::create_dir_all(&bin).unwrap();
    let path = std::env::var_os("PATH").unwrap();
    let mut found = std::env::split_paths(&path).map(|dir| dir.join("git"));
    let real = found.find(|git| git.is_file()).unwrap();
    fs::write(bin.join("real"), real.to_str().unwrap()).unwrap();
    fs::write(bin.join("git"), DEADLY).unwrap();
    fs::set_permissions(bin.join("git"), fs::Permissions::from_mode(0o755)).unwrap();
    let _ = fs::remove_file(bin.join("done"));
    format!("{}:{}", bin.display(), path.to_str().unwrap())
}

#[track_caller]
fn killed(rebase: bool, at: &str, when: &str) {
    let files = [("acme.toml", ACME), ("borealis.toml", BOREALIS)];
    let clones = Clones::new(&files).and("two");
    clones.write("one", "acme.toml", &(ACME.to_owned() + CALL));
    clones.git("one", "commit -qam elsewhere");
    clones.git("one", "push -q");
    clones.write("two", "borealis.toml", &(BOREALIS.to_owned() + CALL));
    clones.write("two", "new.toml", "name = \"New\"\n");
    clones.git("two", &format!("config pull.rebase {rebase}"));
    let path = deadly(&clones);
    let status = clones
        .command("two", "sync")
        .env("PATH", path)
        .env("KILL_AT", at)
        .env("KILL_WHEN", when)
        .output()
        .unwrap()
        .status;
    assert_eq!(status.code(), None, "killed {when} {at}: {status:?}");
    let ran = clones.run("two", "sync").ok();
    let last = ran.stdout.lines().last().unwrap_or_default();
    assert!(last.starts_with("synced: "), "{when} {at}\n{ran}");
    assert_eq!(
        clones.git("two", "status --porcelain --branch"),
        "## main...origin/main\n"
    );
    for (name, text) in [("acme.toml", ACME), ("borealis.toml", BOREALIS)] {
        assert_eq!(
            clones.read("two", name),
            text.to_owned() + CALL,
            "{when} {at}"
        );
    }
    clones.git("one", "pull -q");
    assert_eq!(clones.read("one", "new.toml"), "name = \"New\"\n");
    assert_eq!(
        clones.read("one", "borealis.toml"),
        BOREALIS.to_owned() + CALL
    );
    let history = clones.run("two", "history").ok();
    assert_eq!(
        history.stdout.matches("received: Acme: call").count(),
        1,
        "{when} {at}\n{history}"
    );
    clones.run("two", "undo").ok();
    assert_eq!(clones.read("two", "acme.toml"), ACME);
}

#[test]
fn killed_before_a_step_it_goes_on_there() {
    for at in ["add", "commit", "fetch", "merge", "push"] {
        killed(false, at, "before");
    }
    killed(true, "rebase", "before");
}

#[test]
fn killed_behind_a_step_it_goes_on_with_the_next() {
    for at in ["add", "commit", "fetch", "merge", "push"] {
        killed(false, at, "after");
    }
    killed(true, "rebase", "after");
}
