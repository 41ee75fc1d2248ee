//! `goodwill list`

use crate::case::Case;
use serde_json::json;

fn journal() -> Case {
    Case::new()
        .file(
            "港屋.toml",
            "name = \"港屋\"\n[interaction.2026-11-18]\nsummary = \"x\"\n\
             [concern.2026-11-18]\nsaid = \"y\"\n[promise.p]\nwhat = \"z\"\ndue = 2026-11-20\n",
        )
        .file(
            "archive/cobalt.toml",
            "name = \"Cobalt Studio\"\nstatus = \"away\"\n",
        )
        .file("us.toml", "ourselves = true\n")
}

#[test]
fn a_customer_a_line_aligned_also_in_japanese() {
    journal().run("list").ok().quiet().stdout(
        "archive/cobalt  Cobalt Studio  away    -\n\
         港屋            港屋           active  3d  1 promise due, 1 concern\n",
    );
}

#[test]
fn in_json() {
    let ran = journal().run("list --json").ok();
    let expected = json!([
        {
            "key": "archive/cobalt", "name": "Cobalt Studio", "status": "away",
            "last_touch": null, "group": "archive",
            "open": {"due": 0, "promises": 0, "concerns": 0, "negotiations": 0, "deals": 0},
            "path": "archive/cobalt.toml",
        },
        {
            "key": "港屋", "name": "港屋", "status": "active",
            "last_touch": "2026-11-18", "group": "",
            "open": {"due": 1, "promises": 1, "concerns": 1, "negotiations": 0, "deals": 0},
            "path": "港屋.toml",
        },
    ]);
    assert_eq!(ran.json()["customers"], expected);
}

#[test]
fn an_empty_journal_is_a_document_and_a_3() {
    let case = Case::new();
    case.run("list")
        .code(3)
        .stdout("")
        .stderr_has("goodwill new NAME");
    let ran = case.run("--json list").code(3);
    assert_eq!(ran.json(), json!({"schema": 1, "customers": []}));
}

#[test]
fn a_broken_file_is_one_line_on_stderr_and_no_failure() {
    let case = journal().file("broken.toml", "name = \n[fact.a]\ntext = \"x\"\n");
    let ran = case.run("list").ok().stdout_has("broken ");
    assert!(ran.stderr.starts_with("goodwill: broken.toml:1: "), "{ran}");
    assert_eq!(ran.stderr.lines().count(), 1, "{ran}");
    case.write("worse.toml", "[");
    case.run("list").ok().stderr_has("more: `goodwill check`");
}

#[test]
fn a_link_that_leads_out_is_told_and_not_read() {
    let case = journal();
    std::fs::write(case.home().join("secret.toml"), "name = \"secret\"\n").unwrap();
    std::os::unix::fs::symlink(case.home().join("secret.toml"), case.path("out.toml")).unwrap();
    let ran = case.run("list").ok().stderr_has("out.toml");
    assert!(!ran.stdout.contains("secret"), "{ran}");
    for words in ["show out", "add out fact -m x", "open out"] {
        let ran = case.run(words);
        assert_ne!(ran.code, Some(0), "{ran}");
        assert!(!ran.stdout.contains("secret"), "{ran}");
    }
    let untouched = std::fs::read_to_string(case.home().join("secret.toml")).unwrap();
    assert_eq!(untouched, "name = \"secret\"\n");
}

#[test]
fn text_that_would_act_on_a_terminal_is_shown_instead() {
    let case = Case::new().file(
        "evil.toml",
        "name = \"a\\u001b[31mb\\u0007\\u009bc\\u202ed\"\n",
    );
    let ran = case.run("list").ok();
    assert!(ran.stdout.contains("a␛[31mb␇<U+009B>c<U+202E>d"), "{ran}");
    let ran = case.run("list --json").ok();
    let bad = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    assert!(!ran.stdout.contains(bad), "{ran}");
    assert_eq!(
        ran.json()["customers"][0]["name"],
        "a\u{1b}[31mb\u{7}\u{9b}c\u{202e}d"
    );
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    use std::io::Read as _;
    let case = Case::new();
    for number in 0..2_000 {
        case.write(&format!("customer-with-a-long-name-{number}.toml"), "");
    }
    let mut command = case.command("list");
    command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut first = [0; 8];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(128 + 13));
}

#[test]
fn a_full_disk_behind_stdout_is_told() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let case = journal();
    let output = case.command("list").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("can't be written to stdout")
    );
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let coloured = |case: Case, words: &str| case.run(words).ok().stdout.contains('\u{1b}');
    assert!(!coloured(journal(), "list"));
    assert!(coloured(journal(), "list --color always"));
    assert!(coloured(journal().env("CLICOLOR_FORCE", "1"), "list"));
    assert!(!coloured(journal().env("CLICOLOR_FORCE", "0"), "list"));
    assert!(!coloured(
        journal().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1"),
        "list"
    ));
    assert!(coloured(
        journal().env("NO_COLOR", "1"),
        "--color always list"
    ));
    assert!(!coloured(
        journal().env("CLICOLOR_FORCE", "1"),
        "list --color=never"
    ));
}

#[test]
fn a_folder_that_leads_out_is_not_read_by_its_key_either() {
    let case = journal();
    let outside = case.home().join("outside");
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(outside.join("x.toml"), "name = \"secret\"\n").unwrap();
    std::os::unix::fs::symlink(&outside, case.path("out")).unwrap();
    for words in [
        "show out/x",
        "add out/x fact -m y",
        "edit out/x --set name=y",
        "rename out/x z",
    ] {
        let ran = case.run(words).code(3);
        assert!(
            !ran.stdout.contains("secret") && !ran.stderr.contains("secret"),
            "{ran}"
        );
    }
    let untouched = std::fs::read_to_string(outside.join("x.toml")).unwrap();
    assert_eq!(untouched, "name = \"secret\"\n");
}

#[test]
fn a_pipe_in_place_of_a_file_keeps_nobody_waiting() {
    let case = journal();
    let made = std::process::Command::new("mkfifo")
        .arg(case.path("pipe.toml"))
        .status();
    assert!(made.unwrap().success());
    case.run("list").ok().stderr_has("pipe.toml");
    case.run("show pipe").code(4);
    case.run("add pipe fact -m x").code(4);
    case.run("check")
        .code(4)
        .stdout_has("pipe.toml: not-a-file: ");
}

#[test]
fn a_day_that_is_no_text_is_told_and_not_passed_over() {
    use std::os::unix::ffi::OsStrExt as _;
    let case = Case::new().file("acme.toml", "name = \"Acme\"\n");
    let mut command = case.command("list");
    command.env("GOODWILL_TODAY", std::ffi::OsStr::from_bytes(b"\xff"));
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("GOODWILL_TODAY"), "{told}");
}
