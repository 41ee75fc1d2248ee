//! `goodwill sync` between clones of one repository, with real git.

use crate::clones::Clones;

const ACME: &str = "name = \"アクメ商事\"\n\n[concern.2026-11-01-aaaaaa]\ndate = 2026-11-01\nsaid = \"高い\"\nstatus = \"open\"\n";
const BOREALIS: &str = "name = \"Borealis\"\n";

fn two() -> Clones {
    Clones::new(&[("acme.toml", ACME), ("borealis.toml", BOREALIS)]).and("two")
}

#[test]
fn what_two_machines_wrote_about_different_customers_reaches_both() {
    let clones = two();
    clones.edit(
        "one",
        "acme.toml",
        "status = \"open\"",
        "status = \"answered\"",
    );
    let promise = "[promise.2026-11-21-bbbbbb]\nby = \"us\"\nwhat = \"two quotes\"\n";
    clones.write("two", "borealis.toml", &format!("{BOREALIS}\n{promise}"));
    clones.run("one", "sync").ok().stdout_has(
        "check    what changed here\n         1 file, in order\n\
         commit   アクメ商事: concern answered\n",
    );
    let second = clones.run("two", "sync").ok();
    let end = "received\n  アクメ商事: concern answered\nsynced: 1 sent, 1 received\n";
    assert!(second.stdout.ends_with(end), "{second}");
    let third = clones.run("one", "sync").ok();
    assert!(
        third.stdout.ends_with("synced: 0 sent, 1 received\n"),
        "{third}"
    );
    for name in ["acme.toml", "borealis.toml"] {
        assert_eq!(clones.read("one", name), clones.read("two", name));
    }
    assert_eq!(
        clones.log("one"),
        [
            "Merge origin/main",
            "アクメ商事: concern answered",
            "Borealis: 1 promise",
            "begun"
        ]
    );
    clones
        .run("one", "sync")
        .ok()
        .stdout_has("synced: nothing new\n");
    assert_eq!(clones.git("one", "status --porcelain"), "");
}
