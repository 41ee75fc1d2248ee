//! `goodwill new`, `rename` and `move`

use crate::case::{Case, read_only};

#[test]
fn a_new_customer_is_a_file_of_its_own() {
    let case = Case::new();
    case.run("new 'Müller & Söhne'")
        .ok()
        .quiet()
        .stdout("muller-sohne\n");
    assert_eq!(
        case.read("muller-sohne.toml"),
        "name = \"Müller & Söhne\"\n"
    );
    case.run("new アクメ商事 --key archive/acme --set tags=a,b --set reading=あくめ --set since=last\\ year")
        .ok()
        .stdout("archive/acme\n");
    let written =
        "name = \"アクメ商事\"\nreading = \"あくめ\"\nsince = 2025-01-01\ntags = [\"a\", \"b\"]\n";
    assert_eq!(case.read("archive/acme.toml"), written);
    case.run("new アクメ商事").ok().stdout("アクメ商事\n");
    case.run("new アクメ商事").ok().stdout("アクメ商事-2\n");
    case.run("new Us --set ourselves=yes").ok();
    assert_eq!(case.read("us.toml"), "name = \"Us\"\nourselves = true\n");
}

#[test]
fn a_key_that_is_taken_or_no_file_name_is_refused() {
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n");
    case.run("new Acme --key acme")
        .code(1)
        .stderr_has("there is a customer \"acme\" already");
    case.run("new Acme --key ACME")
        .code(1)
        .stderr_has("already");
    for key in ["../out", "/out", ".hidden", "a//b", "con", "a.toml", "a:b"] {
        let ran = case.run(&format!("new X --key '{key}'")).code(2);
        assert!(ran.stderr.contains("type a key such as"), "{ran}");
        case.run(&format!("rename acme '{key}'")).code(2);
    }
    case.run("new ' '").code(2).stderr_has("needs a name");
    assert_eq!(case.read("acme.toml"), "name = \"Acme\"\n");
    assert!(!case.home().join("out.toml").exists());
}

const HOLDER: &str = r#"[change.2026-11-01]
what = "monthly payment"   # asked for
because = ["acme:concern.a", "concern.b", "acme:negotiation.c"]
"#;

#[test]
fn a_renamed_customer_keeps_its_bytes_and_references_follow() {
    let acme = "name = \"Acme\"\n\n[concern.a]\nsaid='x'\n";
    let case = Case::new().file("acme.toml", acme).file("us.toml", HOLDER);
    case.run("rename acme archive/old")
        .ok()
        .quiet()
        .stdout("archive/old\n");
    assert!(!case.path("acme.toml").exists());
    assert_eq!(case.read("archive/old.toml"), acme);
    assert_eq!(
        case.read("us.toml"),
        HOLDER.replace("acme:", "archive/old:")
    );
    case.run("undo").ok();
    assert_eq!(case.read("acme.toml"), acme);
    assert_eq!(case.read("us.toml"), HOLDER);
    case.run("redo").ok();
    assert_eq!(
        case.read("us.toml"),
        HOLDER.replace("acme:", "archive/old:")
    );
    case.run("rename old old").ok().stdout("old\n");
    case.run("rename old old")
        .code(2)
        .stderr_has("is its key already");
}

#[test]
fn a_moved_entry_goes_byte_for_byte_and_references_follow() {
    let acme = "name = \"Acme\"\n\n# as said\n[concern.a]\nsaid='x'   # really\nstatus = \"open\"\n\n\
                [fact.b]\ntext = \"y\"\n";
    let case = Case::new()
        .file("acme.toml", acme)
        .file("bor.toml", "name = \"Bor\"\n")
        .file("us.toml", HOLDER);
    case.run("move acme concern.a bor")
        .ok()
        .quiet()
        .stdout("bor:concern.a\n");
    assert_eq!(
        case.read("acme.toml"),
        "name = \"Acme\"\n\n[fact.b]\ntext = \"y\"\n"
    );
    let moved =
        "name = \"Bor\"\n\n# as said\n[concern.a]\nsaid='x'   # really\nstatus = \"open\"\n";
    assert_eq!(case.read("bor.toml"), moved);
    assert_eq!(
        case.read("us.toml"),
        HOLDER.replace("acme:concern.a", "bor:concern.a")
    );
    case.run("undo").ok();
    assert_eq!(case.read("acme.toml"), acme);
    assert_eq!(case.read("bor.toml"), "name = \"Bor\"\n");
    assert_eq!(case.read("us.toml"), HOLDER);
}

#[test]
fn a_move_that_makes_no_sense_changes_nothing() {
    let case = Case::new()
        .file("acme.toml", "[fact.a]\ntext = \"x\"\n")
        .file("bor.toml", "[fact.a]\ntext = \"y\"\n")
        .file("broken.toml", "name = \n");
    case.run("move acme fact.a bor")
        .code(1)
        .stderr_has("bor has an entry fact.a already");
    case.run("move acme fact.a acme").code(2);
    case.run("move acme fact.b bor").code(3);
    case.run("move acme fact.a nobody").code(3);
    case.run("move acme fact.a broken").code(4);
    case.run("rename broken whole").code(4);
    assert_eq!(case.read("acme.toml"), "[fact.a]\ntext = \"x\"\n");
    assert_eq!(case.read("broken.toml"), "name = \n");
    case.run("history").code(3);
}

#[test]
fn a_folder_that_takes_no_files_is_named_with_the_cure() {
    use std::os::unix::fs::PermissionsExt as _;
    let case = Case::new();
    let locked = std::fs::Permissions::from_mode(0o555);
    std::fs::set_permissions(case.path(""), locked).unwrap();
    if std::fs::write(case.path("probe"), "").is_ok() {
        return; // Permissions mean nothing to root.
    }
    case.run("new Acme")
        .code(1)
        .stderr_has("acme.toml: can't ")
        .stderr_has("nothing was written");
    case.run("history").code(3);
}

#[test]
fn a_rename_goes_back_also_where_the_files_moved_on() {
    let case = Case::new()
        .file("acme.toml", "name = \"Acme\"\n")
        .file("us.toml", HOLDER);
    case.run("rename acme old").ok();
    case.write("old.toml", "name = \"Acme Ltd\"\n");
    case.write("us.toml", &(case.read("us.toml") + "tags = [\"x\"]\n"));
    case.run("undo").ok();
    assert_eq!(case.read("acme.toml"), "name = \"Acme Ltd\"\n");
    assert_eq!(case.read("us.toml"), HOLDER.to_owned() + "tags = [\"x\"]\n");
    assert!(!case.path("old.toml").exists());
}

#[test]
fn a_rename_does_not_go_back_over_another_file() {
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n");
    case.run("rename acme old").ok();
    case.write("acme.toml", "name = \"Another\"\n");
    case.run("undo").code(1).stderr_has("acme.toml");
    assert_eq!(case.read("acme.toml"), "name = \"Another\"\n");
    assert_eq!(case.read("old.toml"), "name = \"Acme\"\n");
}

#[test]
fn a_step_that_fails_half_way_is_taken_back_as_a_whole() {
    let acme = "name = \"Acme\"\n\n[concern.a]\nsaid = \"x\"\n";
    let case = Case::new()
        .file("acme.toml", acme)
        .file("bor.toml", "name = \"Bor\"\n")
        .file("us.toml", HOLDER);
    read_only(&case, "us.toml");
    for words in ["rename acme old", "move acme concern.a bor"] {
        case.run(words).code(1).stderr_has("us.toml: can't ");
        assert_eq!(case.read("acme.toml"), acme);
        assert_eq!(case.read("bor.toml"), "name = \"Bor\"\n");
        assert_eq!(case.read("us.toml"), HOLDER);
        assert!(!case.path("old.toml").exists());
    }
    case.run("history").code(3);
}

#[test]
fn every_way_to_write_a_reference_is_followed() {
    let own =
        "[fact.a]\ntext = \"x\"\n\n[negotiation.n]\nasked = \"y\"\nbecause = [\"acme:fact.a\"]\n";
    let case = Case::new().file("acme.toml", own).file(
        "ours.toml",
        "[change.b]\nwhat = \"z\"\nbecause = \"acme:fact.a\"\n",
    );
    case.run("rename acme borealis").ok();
    assert_eq!(
        case.read("borealis.toml"),
        own.replace("acme:", "borealis:")
    );
    assert!(
        case.read("ours.toml")
            .ends_with("because = \"borealis:fact.a\"\n")
    );
    case.run("undo").ok();
    assert_eq!(case.read("acme.toml"), own);
    case.run("redo").ok();
    assert_eq!(
        case.read("borealis.toml"),
        own.replace("acme:", "borealis:")
    );
}

#[test]
fn a_key_that_no_reference_could_name_is_refused_where_one_does() {
    let case = Case::new()
        .file("acme.toml", "[fact.a]\ntext = \"x\"\n")
        .file("zed.toml", "name = \"Zed\"\n")
        .file(
            "ours.toml",
            "[change.b]\nwhat = \"z\"\nbecause = [\"acme:fact.a\"]\n",
        );
    case.run("rename acme acme.v2")
        .code(2)
        .stderr_has("type a key without a dot");
    assert!(case.path("acme.toml").exists());
    case.run("rename zed zed.v2").ok();
    case.run("move acme fact.a zed.v2").code(2);
}

#[test]
fn a_key_that_would_hide_a_file_as_a_copy_is_refused() {
    let case = Case::new()
        .file("acme.toml", "name = \"Acme\"\n")
        .file("zed-OSAKA.toml", "name = \"Zed Osaka\"\n");
    for words in [
        "new Tokyo --key acme-TOKYO",
        "new One --key 'acme (1)'",
        "rename zed-OSAKA acme-OSAKA",
        "new Zed --key zed",
    ] {
        case.run(words).code(2).stderr_has("a sync service");
    }
    case.run("new Zed").ok().stdout("zed-2\n");
    case.run("rename acme acme-TOKYO").ok();
    assert_eq!(case.run("list").ok().stdout.lines().count(), 3);
}

#[test]
fn a_broken_file_elsewhere_keeps_its_references_and_stops_nothing() {
    let twice = "[change.b]\nwhat = \"y\"\nwhat = \"z\"\nbecause = [\"acme:fact.a\"]\n";
    let case = Case::new()
        .file("acme.toml", "[fact.a]\ntext = \"x\"\n")
        .file("ours.toml", twice);
    case.run("rename acme borealis")
        .ok()
        .stderr_has("ours.toml does not parse, so a reference in it stayed");
    assert_eq!(case.read("ours.toml"), twice);
    assert!(case.path("borealis.toml").exists());
}

#[test]
fn a_rename_that_is_taken_back_leaves_no_folder() {
    let case = Case::new()
        .file("acme.toml", "[fact.a]\ntext = \"x\"\n")
        .file(
            "ours.toml",
            "[change.b]\nwhat = \"z\"\nbecause = [\"acme:fact.a\"]\n",
        );
    read_only(&case, "ours.toml");
    case.run("rename acme archive/acme").code(1);
    assert!(case.path("acme.toml").exists());
    assert!(!case.path("archive").exists());
    case.run("undo").code(3);
}

#[test]
fn an_entry_that_can_not_be_moved_says_which_file_is_why() {
    let case = Case::new()
        .file("acme.toml", "fact = { a = { text = \"x\" } }\n")
        .file("zed.toml", "name = \"Zed\"\n");
    case.run("move acme fact.a zed")
        .code(1)
        .stderr_has("acme.toml: fact.a does not stand in one piece");
}

#[test]
fn a_moved_deal_says_who_still_names_it() {
    let case = Case::new()
        .file(
            "acme.toml",
            "[deal.web]\ntitle = \"w\"\n\n[fact.a]\ntext = \"x\"\ndeal = \"web\"\n",
        )
        .file("zed.toml", "name = \"Zed\"\n");
    case.run("move acme deal.web zed")
        .ok()
        .stderr_has("1 of the entries that stay with acme name the deal \"web\"");
}

#[test]
fn an_entry_moves_also_to_where_its_kind_is_written_inline() {
    let inline = "fact = { b = { text = \"y\" } }\n";
    let case = Case::new()
        .file(
            "acme.toml",
            "[fact.a]\ntext = \"x\"\n\n[fact.c]\n# loud\ntext = \"z\"\n",
        )
        .file("zed.toml", inline);
    case.run("move acme fact.a zed").ok();
    assert_eq!(
        case.read("zed.toml"),
        "fact = { b = { text = \"y\" }, a = { text = \"x\" } }\n"
    );
    // There is no room for a comment there, and it would be lost.
    case.run("move acme fact.c zed")
        .code(1)
        .stderr_has("`fact` is not written with headers");
    case.run("undo").ok();
    assert_eq!(case.read("zed.toml"), inline);
}
