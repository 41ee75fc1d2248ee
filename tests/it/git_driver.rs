//! `goodwill merge-driver`, as git calls it: every way in which it can end.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::git_case::{DRIVER, GitCase, path_with};

const BASE: &str =
    "name = \"Acme\"\nstatus = \"active\"\n\n[concern.a]\nsaid = \"x\"\nstatus = \"open\"\n";

/// Ours and theirs add an entry each at the end.
fn two_entries() -> [String; 3] {
    let ours = format!("{BASE}\n[fact.2026-11-20-aaaaaa]\ntext = \"ours\"\n");
    let theirs = format!("{BASE}\n[fact.2026-11-21-bbbbbb]\ntext = \"theirs\"\n");
    let both = format!("{ours}\n[fact.2026-11-21-bbbbbb]\ntext = \"theirs\"\n");
    [ours, theirs, both]
}

/// Ours and theirs change the same field, and theirs another one.
fn two_statuses() -> [String; 2] {
    let ours = BASE.replace("\"open\"", "\"answered\"");
    let theirs = BASE.replace("\"open\"", "\"gone\"").replace("Acme", "ACME");
    [ours, theirs]
}

/// The text with the names that gits before 2.44 don't tell.
fn named(text: &str) -> String {
    text.replace("<<<<<<< ours", "<<<<<<< HEAD")
        .replace(">>>>>>> theirs", ">>>>>>> other")
}

#[test]
fn what_both_added_is_merged_without_a_question() {
    let case = GitCase::new().with_driver();
    let [ours, theirs, both] = two_entries();
    case.acme(BASE, &ours, &theirs);
    case.git("merge -q --no-edit other").ok();
    assert_eq!(case.read("acme.toml"), both);
    // The other machine merges the other way round, and has the same bytes.
    case.git("checkout -q other").ok();
    case.git("merge -q --no-edit main~1").ok();
    assert_eq!(case.read("acme.toml"), both);
    assert_eq!(case.git("status --porcelain").stdout, "");
}

/// Both wrote below the last entry. Git takes the end of what ours wrote for the end of that entry,
/// and so sees the two of them at different places.
#[test]
fn where_git_merges_lines_to_the_same_in_another_order_that_stays() {
    let notes = "status = \"open\"\nnotes = \"\"\"\none\ntwo\"\"\"\n";
    let base = format!("name = \"Acme\"\n\n[fact.2026-11-16-aaaaaa]\ntext = \"a\"\n{notes}");
    let ours = base.replace("open", "answered");
    let ours = format!("{ours}\n[fact.2026-11-17-bbbbbb]\ntext = \"b\"\n{notes}");
    let theirs = format!("{base}\n[fact.2026-11-02-cccccc]\ntext = \"c\"\n");
    let merged = |case: GitCase| {
        case.acme(&base, &ours, &theirs);
        case.git("merge -q --no-edit other").ok();
        let here = case.read("acme.toml");
        case.git("checkout -q other").ok();
        case.git("merge -q --no-edit main~1").ok();
        assert_eq!(case.read("acme.toml"), here);
        here
    };
    let by_git = merged(GitCase::new());
    assert!(by_git.find("bbbbbb") < by_git.find("cccccc"), "{by_git}");
    assert_eq!(merged(GitCase::new().with_driver()), by_git);
}

#[test]
fn a_field_that_both_changed_stands_between_markers_and_nothing_else_does() {
    let case = GitCase::new().with_driver();
    let [ours, theirs] = two_statuses();
    case.acme(BASE, &ours, &theirs);
    case.git("merge --no-edit other")
        .code(1)
        .stderr_has("acme.toml: concern.a: status: ")
        .stderr_has(" \"answered\", ");
    let text = named(&case.read("acme.toml"));
    let marked = "<<<<<<< HEAD\nstatus = \"answered\"\n|||||||";
    assert!(text.contains(marked), "{text}");
    assert!(
        text.starts_with("name = \"ACME\"\nstatus = \"active\"\n\n[concern.a]\nsaid = \"x\"\n<<<"),
        "{text}"
    );
    assert!(
        text.ends_with("=======\nstatus = \"gone\"\n>>>>>>> other\n"),
        "{text}"
    );
    assert_eq!(case.unmerged(), "acme.toml\n");
}

#[test]
fn a_rebase_merges_like_a_merge() {
    let case = GitCase::new().with_driver();
    let [ours, theirs, both] = two_entries();
    case.acme(BASE, &ours, &theirs);
    case.git("rebase -q other").ok();
    assert_eq!(case.read("acme.toml"), both);
    let case = GitCase::new().with_driver();
    let [ours, theirs] = two_statuses();
    case.acme(BASE, &ours, &theirs);
    case.git("rebase other").code(1);
    // In a rebase the side that is called ours is the other one.
    let text = named(&case.read("acme.toml"));
    assert!(text.contains("<<<<<<< HEAD\nstatus = \"gone\"\n"), "{text}");
    assert!(
        text.contains("=======\nstatus = \"answered\"\n>>>>>>> "),
        "{text}"
    );
    assert_eq!(case.unmerged(), "acme.toml\n");
}

#[test]
fn both_may_have_made_the_file() {
    let case = GitCase::new().with_driver();
    let [ours, theirs, both] = two_entries();
    case.sides(&[("acme.toml", [None, Some(&ours), Some(&theirs)])]);
    case.git("merge -q --no-edit other").ok();
    assert_eq!(case.read("acme.toml"), both);
}

#[test]
fn a_journal_may_lie_in_a_folder_with_spaces_and_japanese_names() {
    let case = GitCase::at(".").with_driver();
    let [ours, theirs, both] = two_entries();
    let names = ["港 屋.toml", "顧客/it's \"a\" $(x).toml", "-h.toml"];
    let sides = || [Some(BASE), Some(ours.as_str()), Some(theirs.as_str())];
    case.sides(&names.map(|name| (name, sides())));
    case.git("merge -q --no-edit other").ok();
    for name in names {
        assert_eq!(case.read(name), both, "{name}");
    }
}

#[test]
fn a_file_at_the_top_that_is_named_like_a_flag_is_merged_too() {
    let case = GitCase::new().with_driver();
    let [ours, theirs, both] = two_entries();
    let names = ["-h.toml", "--help.toml", "--journal=x.toml", "--version"];
    let sides = || [Some(BASE), Some(ours.as_str()), Some(theirs.as_str())];
    case.case.write(".gitattributes", "* merge=goodwill\n");
    case.sides(&names.map(|name| (name, sides())));
    case.git("merge -q --no-edit other").ok();
    for name in names {
        assert_eq!(case.read(name), both, "{name}");
    }
}

/// The text merge of git where no driver is set.
fn text_merge(ours: &str, theirs: &str) -> String {
    let case = GitCase::new();
    case.acme(BASE, ours, theirs);
    case.git("merge --no-edit other").code(1);
    case.read("acme.toml")
}

#[test]
fn where_the_attribute_stands_and_no_driver_is_set_git_merges_lines() {
    let case = GitCase::new();
    case.attributes();
    let [ours, theirs, _] = two_entries();
    case.acme(BASE, &ours, &theirs);
    case.git("merge --no-edit other").code(1);
    assert_eq!(case.read("acme.toml"), text_merge(&ours, &theirs));
    assert!(case.read("acme.toml").contains("<<<<<<< HEAD\n"));
}

#[test]
fn without_the_program_the_line_that_init_sets_merges_lines() {
    let case = GitCase::new().with_driver();
    let [ours, theirs, _] = two_entries();
    case.acme(BASE, &ours, &theirs);
    let mut merge = case.command("git", "merge --no-edit other");
    let merged = merge.env("PATH", case.git_alone()).output().unwrap();
    assert_eq!(merged.status.code(), Some(1));
    let text = case.read("acme.toml");
    for part in [
        "<<<<<<< ",
        "text = \"ours\"",
        "=======",
        "text = \"theirs\"",
        ">>>>>>> ",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(case.unmerged(), "acme.toml\n");
}

#[test]
fn without_the_program_a_bare_line_would_leave_ours_alone_and_doctor_says_so() {
    let case = GitCase::new().with_driver();
    let [ours, theirs, both] = two_entries();
    case.set(
        "merge.goodwill.driver",
        "no-such-goodwill merge-driver %O %A %B %L %P",
    );
    case.acme(BASE, &ours, &theirs);
    case.git("merge --no-edit other").code(1);
    assert_eq!(case.read("acme.toml"), ours, "that is what git does");
    case.case
        .run("doctor")
        .code(4)
        .stdout_has("driver-bare")
        .stdout_has("unmerged-without-markers");
    case.case.run("resolve").ok().stdout("acme.toml: merged\n");
    assert_eq!(case.read("acme.toml"), both);
    assert_eq!(case.unmerged(), "");
}

/// A program that stands in for `goodwill` and does something else.
fn stand_in(case: &GitCase, script: &str) -> String {
    let folder = case.case.home().join("bin");
    fs::create_dir(&folder).unwrap();
    let program = folder.join("goodwill");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    path_with(&folder)
}

#[test]
fn what_ends_with_129_or_more_makes_git_give_up() {
    for (code, gives_up) in [(1, false), (128, false), (129, true), (134, true)] {
        let case = GitCase::new().with_driver();
        let path = stand_in(&case, &format!("echo left > \"$3\"; exit {code}"));
        let [ours, theirs, _] = two_entries();
        case.acme(BASE, &ours, &theirs);
        let mut merge = case.command("git", "merge --no-edit other");
        let merged = merge.env("PATH", path).output().unwrap();
        // Before 2.42 it was a conflict like any other.
        match merged.status.code() {
            Some(2) => assert!(gives_up, "{code}"),
            ended => {
                assert_eq!(ended, Some(1), "{code}");
                assert_eq!(case.read("acme.toml"), "left\n", "{code}");
            }
        }
        assert_ne!(
            case.git("rev-parse HEAD^2").code,
            Some(0),
            "nothing is committed"
        );
    }
}

#[test]
fn what_is_no_sound_file_is_merged_by_lines() {
    let case = GitCase::new().with_driver();
    let broken = BASE.replace("said = \"x\"", "said = x y");
    let [_, theirs, _] = two_entries();
    case.acme(BASE, &broken, &theirs);
    case.git("merge -q --no-edit other").ok();
    let both = case.read("acme.toml");
    assert!(
        both.contains("said = x y") && both.contains("theirs"),
        "{both}"
    );
    let case = GitCase::new().with_driver();
    let other = BASE.replace("said = \"x\"", "said = \"z\"");
    case.acme(BASE, &broken, &other);
    case.git("merge --no-edit other")
        .code(1)
        .stderr_has("merged as text, by lines");
    assert!(named(&case.read("acme.toml")).contains("<<<<<<< HEAD\nsaid = x y\n"));
}

#[test]
fn bytes_that_are_no_text_never_stay_as_ours_alone() {
    let case = GitCase::new().with_driver();
    let utf16 = |text: &str| -> Vec<u8> {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(units).collect()
    };
    let files = ["base", "ours", "theirs"].map(|name| case.case.home().join(name));
    for file in &files {
        fs::write(file, utf16(file.file_name().unwrap().to_str().unwrap())).unwrap();
    }
    let [base, ours, theirs] = files.each_ref().map(|file| file.to_str().unwrap());
    let words = format!("merge-driver {base} {ours} {theirs} 7 acme.toml");
    case.case.run(&words).code(1).stderr_has("acme.toml: ");
    let text = fs::read(ours).unwrap();
    let (ours, theirs) = (utf16("ours"), utf16("theirs"));
    assert!(text.starts_with(b"<<<<<<< ours\n"));
    for side in [&ours, &theirs] {
        assert!(text.windows(side.len()).any(|part| part == &side[..]));
    }
}

#[test]
fn it_needs_neither_home_nor_journal_nor_settings() {
    let folder = tempfile::tempdir().unwrap();
    let [ours, theirs, both] = two_entries();
    for (name, text) in [("o", BASE), ("a", &ours), ("b", &theirs)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let run = |words: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_goodwill"));
        command.args(words).env_clear().env("PATH", "/usr/bin:/bin");
        command.current_dir(folder.path()).output().unwrap()
    };
    let ran = run(&["merge-driver", "--output", "m", "o", "a", "b"]);
    assert_eq!((ran.status.code(), &*ran.stderr), (Some(0), &b""[..]));
    assert_eq!(fs::read_to_string(folder.path().join("m")).unwrap(), both);
    assert_eq!(fs::read_to_string(folder.path().join("a")).unwrap(), ours);
    let ran = run(&["merge-driver", "o", "a", "b", "7", "x"]);
    assert_eq!(ran.status.code(), Some(0));
    assert_eq!(fs::read_to_string(folder.path().join("a")).unwrap(), both);
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|f| f.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["a", "b", "m", "o"], "nothing else is left");
}

#[test]
fn markers_are_as_long_as_git_asks_for() {
    let case = GitCase::new().with_driver();
    case.case.write(
        ".gitattributes",
        "*.toml merge=goodwill conflict-marker-size=12\n",
    );
    let [ours, theirs] = two_statuses();
    case.acme(BASE, &ours, &theirs);
    case.git("merge --no-edit other").code(1);
    assert!(case.read("acme.toml").contains("\n<<<<<<<<<<<< "));
}

#[test]
fn files_that_can_not_be_read_leave_markers_and_a_1() {
    let case = GitCase::new();
    let home = case.case.home();
    fs::write(home.join("a"), "name = \"Acme\"\n").unwrap();
    let ran = case
        .case
        .run("merge-driver nowhere a nothing 7 acme.toml")
        .code(1);
    assert!(ran.stderr.contains("nowhere: can't be read"), "{ran}");
    assert!(
        fs::read_to_string(home.join("a"))
            .unwrap()
            .contains(">>>>>>> theirs\n")
    );
    case.case.run("merge-driver a a").code(2);
    assert!(DRIVER.contains("else git merge-file"));
}

#[test]
fn a_file_of_many_megabytes_is_merged_by_lines_in_bounded_time() {
    let case = GitCase::new();
    let home = case.case.home();
    let long = format!("# {}\n", "x".repeat(70)).repeat(130_000);
    for (name, status) in [("o", "open"), ("a", "gone"), ("b", "open")] {
        let text = format!("status = \"{status}\"\n{long}# {name}\n");
        fs::write(home.join(name), text.replace("# a\n", "# o\n")).unwrap();
    }
    case.case
        .run("merge-driver o a b 7 acme.toml")
        .ok()
        .stderr_has("acme.toml: it has more than 8 MiB, too much to be merged by entry");
    let text = fs::read_to_string(home.join("a")).unwrap();
    assert!(text.starts_with("status = \"gone\"\n") && text.ends_with("# b\n"));
}
