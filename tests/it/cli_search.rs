//! `goodwill search`

use std::fs;
use std::process::Command;

use crate::case::Case;
use serde_json::json;

fn journal() -> Case {
    Case::new()
        .file(
            "acme.toml",
            "name = \"アクメ商事\"\naliases = [\"ACME Trading\"]\n\n\
             [interaction.2026-11-18-aaaaaa]\ndate = 2026-11-18\nsummary = \"支払条件の相談\"\n\n\
             [concern.2026-11-20-bbbbbb]\ndate = 2026-11-20\nsaid = \"Payment in one sum\"\n\
             status = \"open\"\n",
        )
        .file(
            "archive/cobalt.toml",
            "name = \"Cobalt Studio\"\nstatus = \"away\"\n\n\
             [fact.rent]\ntext = \"They rent\"\nnotes = \"\"\"\nthe landlord\n\
             takes payment in autumn\"\"\"\n",
        )
}

#[test]
fn a_hit_is_a_line_that_an_editor_can_jump_to() {
    let case = journal();
    case.run("search one")
        .ok()
        .quiet()
        .stdout("journal/acme.toml:8: concern 2026-11-20  Payment in one sum\n");
    case.run("search 支払")
        .ok()
        .quiet()
        .stdout("journal/acme.toml:4: interaction 2026-11-18  支払条件の相談\n");
}

#[test]
fn what_stands_in_another_field_is_shown_behind_the_text() {
    journal().run("search autumn").ok().stdout(
        "journal/archive/cobalt.toml:4: fact  They rent  \
         notes: takes payment in autumn\n",
    );
}

#[test]
fn a_customer_is_found_by_its_head() {
    journal()
        .run("search away")
        .ok()
        .stdout("journal/archive/cobalt.toml:1: customer away  Cobalt Studio  status: away\n");
    journal()
        .run("search 'acme trading'")
        .ok()
        .stdout_has("journal/acme.toml:1: customer active  アクメ商事  aliases: ACME Trading\n");
}

#[test]
fn paths_lead_there_from_the_working_directory() {
    let case = journal();
    let paths = |folder: &str| {
        let mut command = case.command("search payment --files --journal");
        command
            .arg(case.path(""))
            .current_dir(case.home().join(folder));
        let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
        let mut paths: Vec<String> = text.lines().map(str::to_owned).collect();
        paths.sort();
        paths
    };
    let whole = |name: &str| case.path(name).to_str().unwrap().to_owned();
    assert_eq!(
        paths(""),
        ["journal/acme.toml", "journal/archive/cobalt.toml"]
    );
    assert_eq!(paths("journal"), ["acme.toml", "archive/cobalt.toml"]);
    assert_eq!(
        paths("journal/archive"),
        [whole("acme.toml"), "cobalt.toml".to_owned()]
    );
    fs::create_dir(case.home().join("elsewhere")).unwrap();
    assert_eq!(
        paths("elsewhere"),
        [whole("acme.toml"), whole("archive/cobalt.toml")]
    );
    case.write("-f.toml", "name = \"dash\"\n");
    let mut command = case.command("search dash --files --journal .");
    let output = command.current_dir(case.path("")).output().unwrap();
    assert_eq!(output.stdout, b"./-f.toml\n");
}

#[test]
fn a_link_on_the_way_makes_no_difference() {
    let case = journal();
    std::os::unix::fs::symlink(case.path(""), case.home().join("link")).unwrap();
    case.run("search one --files --journal link")
        .ok()
        .stdout("journal/acme.toml\n");
}

#[test]
fn vim_jumps_to_what_was_found() {
    let case = journal();
    let errors = case.home().join("errors");
    fs::write(&errors, case.run("search autumn").ok().stdout).unwrap();
    let vim = Command::new("vim")
        .args(["-u", "NONE", "-i", "NONE", "-n", "-es", "-q"])
        .arg(&errors)
        .args([
            "-c",
            "call writefile([expand('%') . ' ' . line('.')], 'where')",
        ])
        .args(["-c", "qa!"])
        .current_dir(case.home())
        .env("HOME", case.home())
        .output();
    if vim.is_err() {
        eprintln!("vim is not installed");
        return;
    }
    let place = fs::read_to_string(case.home().join("where")).unwrap();
    assert_eq!(place, "journal/archive/cobalt.toml 4\n");
}

#[test]
fn each_file_once_for_xargs() {
    let case = journal();
    case.write(
        "two words.toml",
        "name = \"x\"\n[fact.a]\ntext = \"payment\"\n",
    );
    let ran = case.run("search payment --files -0").ok().quiet();
    let mut paths: Vec<&str> = ran.stdout.split_terminator('\0').collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "journal/acme.toml",
            "journal/archive/cobalt.toml",
            "journal/two words.toml"
        ]
    );
    let one = case.run("search payment --files --limit 1").ok();
    assert_eq!(one.stdout.lines().count(), 1, "{one}");
    case.run("search payment -0").code(2).stderr_has("--files");
    case.run("search payment --files --json")
        .code(2)
        .stderr_has("leave one of them out");
}

#[test]
fn in_json() {
    let case = journal();
    let ran = case.run("search one --json").ok().quiet();
    assert_eq!(
        ran.json(),
        json!({
            "schema": 1,
            "customers": [],
            "entries": [{
                "customer": "acme",
                "kind": "concern",
                "key": "2026-11-20-bbbbbb",
                "date": "2026-11-20",
                "path": "acme.toml",
                "line": 8,
                "fields": {"date": "2026-11-20", "said": "Payment in one sum", "status": "open"},
            }],
            "total": 1,
        })
    );
    let customers = &case.run("search away --json").ok().json()["customers"];
    assert_eq!(customers[0]["key"], "archive/cobalt");
    assert_eq!(customers[0]["status"], "away");
    let limited = case.run("search payment --json --limit 1").ok().json();
    assert_eq!(limited["entries"].as_array().unwrap().len(), 1);
    assert_eq!(limited["total"], 2);
}

#[test]
fn nothing_found_is_a_3() {
    let case = journal();
    case.run("search nowhere-at-all")
        .code(3)
        .stdout("")
        .stderr("goodwill: nothing is found for nowhere-at-all\n");
    let ran = case.run("search nowhere-at-all --json").code(3);
    let nothing = json!({"schema": 1, "customers": [], "entries": [], "total": 0});
    assert_eq!(ran.json(), nothing);
    case.run("search ''")
        .code(2)
        .stderr_has("nothing to look for");
    case.run("search").code(2);
    case.run("search x --limit 0").code(2);
    Case::without_journal()
        .run("search x")
        .code(1)
        .stderr_has("goodwill init");
}

#[test]
fn of_several_arguments_one_with_a_space_is_a_phrase() {
    let case = Case::new().file(
        "acme.toml",
        "name = \"Acme\"\n[fact.a]\ntext = \"terms of payment\"\n\
         [fact.b]\ntext = \"payment terms\"\n",
    );
    let found = |words: &str| case.run(words).ok().stdout.lines().count();
    assert_eq!(found("search 'payment terms'"), 2);
    assert_eq!(found("search payment terms"), 2);
    assert_eq!(found("search acme 'payment terms'"), 1);
    assert_eq!(found("search acme '\"payment terms\"'"), 1);
    assert_eq!(found("search kind:fact '!payment terms'"), 1);
}

#[test]
fn what_comes_near_is_shown_where_nothing_else_is_found() {
    let case = journal();
    let ran = case.run("search paymnt").ok();
    assert_eq!(ran.stdout.lines().count(), 2, "{ran}");
    assert_eq!(
        ran.stderr,
        "goodwill: nothing is found as it was typed; this comes near\n"
    );
    case.run("search \"'paymnt\"").code(3).stdout("");
    case.run("search shiharai")
        .ok()
        .quiet()
        .stdout_has("支払条件");
}

#[test]
fn romaji_can_be_turned_off() {
    let case = journal().env("GOODWILL_ROMAJI", "off");
    case.run("search shiharai").code(3).stdout("");
    case.run("search shiharai --json").code(3);
    case.env("GOODWILL_ROMAJI", "on")
        .run("search shiharai")
        .ok()
        .stdout_has("支払条件");
}

#[test]
fn a_field_that_there_is_not_is_told() {
    let ran = journal().run("search payment kindd:fact").ok();
    assert_eq!(ran.stderr.lines().count(), 1, "{ran}");
    assert!(ran.stderr.contains("kindd"), "{ran}");
}

#[test]
fn a_customer_in_json_is_told_as_by_list() {
    let case = journal();
    case.write("us.toml", "ourselves = true\n");
    let listed = case.run("list --json").ok().json();
    let found = case.run("search acme --json").ok().json();
    assert_eq!(found["customers"][0], listed["customers"][0]);
}

#[test]
fn what_was_looked_for_is_coloured_and_nothing_acts_on_the_terminal() {
    let case = Case::new().file(
        "acme.toml",
        "name = \"x\"\n[fact.a]\ntext = \"the Payment\\u001b[2J today\"\n",
    );
    let ran = case.run("search payment --color always").ok();
    assert!(
        ran.stdout.contains("the \u{1b}[1;31mPayment\u{1b}[0m"),
        "{ran}"
    );
    assert!(!ran.stdout.contains("\u{1b}[2J"), "{ran}");
    let plain = case.run("search payment").ok();
    assert!(!plain.stdout.contains('\u{1b}'), "{plain}");
}

#[test]
fn a_broken_file_is_one_line_on_stderr_and_no_failure() {
    let case = journal().file("broken.toml", "name = \n[fact.a]\ntext = \"payment\"\n");
    let ran = case.run("search payment").ok();
    assert!(ran.stderr.starts_with("goodwill: broken.toml:1: "), "{ran}");
    assert_eq!(ran.stderr.lines().count(), 1, "{ran}");
    assert!(ran.stdout.contains("journal/broken.toml:2: fact"), "{ran}");
}
