//! `goodwill` alone, and what counts for every command.

use std::{fs, iter};

use goodwill::store::sample;

use crate::case::Case;

const COMMANDS: [&str; 21] = [
    "init",
    "demo",
    "new",
    "list",
    "show",
    "search",
    "add",
    "edit",
    "rename",
    "move",
    "remove",
    "undo",
    "redo",
    "history",
    "check",
    "resolve",
    "doctor",
    "open",
    "completions",
    "man",
    "licences",
];

#[test]
fn without_a_terminal_it_says_what_to_type_instead() {
    let case = Case::new();
    case.run("").code(2).stdout("").stderr(
        "goodwill: the program on screen needs a terminal, and this is none\n  \
             `goodwill list` and `goodwill show CUSTOMER` print; `goodwill --help` lists all\n",
    );
}

#[test]
fn global_flags_stand_on_both_sides() {
    let case = Case::without_journal();
    fs::create_dir(case.home().join("j")).unwrap();
    for words in [
        "--journal j --json --today 2026-01-02 --color never add x fact -m y",
        "add x fact -m y --journal j --json --today=2026-01-02 --color=never",
        "--json add --journal j x --today 2026-01-02 fact --color never -m y",
    ] {
        fs::write(case.home().join("j/x.toml"), "").unwrap();
        let touched = case.run(words).ok().json()["touched"][0].to_string();
        assert!(touched.starts_with("\"x:fact.2026-01-02-"), "{touched}");
    }
}

#[test]
fn today_is_the_flag_then_the_environment_then_the_journal_then_the_clock() {
    let date = |case: &Case, words: &str| {
        case.write("x.toml", "");
        case.run(words).ok();
        case.read("x.toml").split('-').take(1).collect::<String>()
    };
    let case = Case::new().file(".goodwill.toml", "today = 2020-01-01\n");
    assert!(date(&case, "add x fact -m y --today 2018-02-02").ends_with("[fact.2018"));
    assert!(date(&case, "add x fact -m y").ends_with("[fact.2026"));
    let case = case.env("GOODWILL_TODAY", "");
    assert!(date(&case, "add x fact -m y").ends_with("[fact.2020"));
    let case = case.env("GOODWILL_TODAY", "nonsense");
    case.run("list")
        .code(2)
        .stderr_has("GOODWILL_TODAY: `nonsense` is no day");
    let case = Case::new()
        .env("GOODWILL_TODAY", "")
        .env("TZ", "Asia/Tokyo");
    let clock = jiff::Zoned::now().date().year();
    assert!(date(&case, "add x fact -m y").ends_with(&format!("[fact.{clock}")));
}

#[test]
fn a_typing_slip_is_a_2_with_the_word_that_was_meant() {
    let case = Case::new();
    case.run("lst").code(2).stderr_has("'list'");
    case.run("list --jsn").code(2).stderr_has("'--json'");
    case.run("show").code(2).stderr_has("<CUSTOMER>");
}

#[test]
fn help_fits_and_every_command_has_its_page() {
    let case = Case::new();
    let help = case.run("--help").ok().quiet().stdout;
    for command in COMMANDS {
        assert!(
            help.contains(&format!("\n  {command} ")),
            "{command}\n{help}"
        );
        case.run(&format!("{command} --help"))
            .ok()
            .quiet()
            .stdout_has("Usage: goodwill");
        case.run(&format!("man {command}"))
            .ok()
            .quiet()
            .stdout_has(".TH");
    }
    case.run("--version")
        .ok()
        .stdout_has(env!("CARGO_PKG_VERSION"));
    case.run("man").ok().stdout_has(".TH goodwill 1");
    case.run("man nothing").code(3);
    for word in ["MIT License", "Nara Institute of Science", "Unicode, Inc."] {
        case.run("licences").ok().stdout_has(word);
    }
}

#[test]
fn completions_name_the_commands_for_every_shell() {
    let case = Case::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        case.run(&format!("completions {shell}"))
            .ok()
            .quiet()
            .stdout_has("history");
    }
}

#[test]
fn the_first_start_says_how_to_begin() {
    let case = Case::without_journal();
    for words in [
        "list",
        "show acme",
        "add acme fact -m x",
        "new Acme",
        "undo",
        "history",
    ] {
        case.run(words)
            .code(1)
            .stdout("")
            .stderr_has("there is no journal yet")
            .stderr_has("goodwill init");
    }
    case.run("list --journal nowhere")
        .code(1)
        .stderr_has("goodwill init");
}

#[test]
fn init_makes_a_journal_and_overwrites_nothing() {
    let case = Case::without_journal();
    let place = case.home().join(".local/share/goodwill/journal");
    case.run("init")
        .ok()
        .stdout(&format!("{}\n", place.display()))
        .stderr_has("goodwill new");
    assert_eq!(
        fs::read_to_string(place.join(".goodwill.toml")).unwrap(),
        "format = 1\n"
    );
    let attributes = "*.toml text eol=lf merge=goodwill diff=goodwill\n";
    assert_eq!(
        fs::read_to_string(place.join(".gitattributes")).unwrap(),
        attributes
    );
    case.run("new Acme").ok().stdout("acme\n");
    case.run("list").ok().stdout_has("acme  Acme");
    fs::write(place.join(".gitattributes"), "* text\n").unwrap();
    fs::write(place.join(".goodwill.toml"), "currency = \"JPY\"\n").unwrap();
    case.run("init")
        .ok()
        .stderr_has("it is a journal already")
        .stderr_has("add this line to it:\n  *.toml text eol=lf merge=goodwill diff=goodwill");
    assert_eq!(
        fs::read_to_string(place.join(".gitattributes")).unwrap(),
        "* text\n"
    );
    assert_eq!(
        fs::read_to_string(place.join(".goodwill.toml")).unwrap(),
        "currency = \"JPY\"\n"
    );
}

#[test]
fn init_makes_a_folder_that_the_environment_names() {
    let case = Case::without_journal().env("GOODWILL_JOURNAL", "~/deep/journal");
    case.run("init").ok();
    assert!(case.home().join("deep/journal/.goodwill.toml").exists());
    case.run("init here --json").ok();
    assert!(case.home().join("here/.goodwill.toml").exists());
    fs::write(case.home().join("file"), "").unwrap();
    case.run("init file")
        .code(1)
        .stderr_has("file: can't be made");
}

#[test]
fn the_demo_is_a_copy_of_the_sample() {
    let case = Case::without_journal();
    let ran = case.run("demo").ok().stderr_has("goodwill --journal");
    let root = std::path::PathBuf::from(ran.stdout.trim_end());
    assert!(root.starts_with(case.home()));
    let acme = fs::read(root.join("acme.toml")).unwrap();
    assert_eq!(acme, fs::read("journal/acme.toml").unwrap());
    case.run(&format!("--journal {} list", root.display()))
        .ok()
        .quiet()
        .stdout_has("アクメ商事");
    assert_eq!(case.run("demo --path-only").ok().stdout.lines().count(), 1);
}

/// The commands in the examples of a help text; those that need more than a shell are left out.
fn examples(help: &str) -> Vec<String> {
    let help = help.replace("\\\n", " ");
    let lines = help
        .lines()
        .filter_map(|line| line.strip_prefix("  goodwill "));
    lines
        .filter(|line| !line.contains(['|', '>', '&']))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_example_of_the_help_does_what_it_says() {
    let mut run = 0;
    for command in iter::once("").chain(COMMANDS) {
        let help = Case::new().run(&format!("{command} --help")).ok().stdout;
        for example in examples(&help) {
            let is_first = ["new ", "init", "demo"]
                .iter()
                .any(|word| example.starts_with(word));
            let case = Case::new()
                .env("EDITOR", "true")
                .env("PATH", "/usr/bin:/bin");
            if !is_first {
                sample::copy_to(&case.path("")).unwrap();
                case.run("add acme fact -m x").ok();
            }
            case.run(&example).ok();
            run += 1;
        }
    }
    assert!(run > 25, "only {run} examples were found");
}
