//! `goodwill init` in a repository, and `goodwill doctor`.

use goodwill::store::git::setup::{DRIVER, TEXTCONV};

use crate::git_case::GitCase;
use crate::pty_stage::Stage;

const ACME: &str = "name = \"Acme\"\n";

/// The value of a setting of the clone.
fn set(case: &GitCase, name: &str) -> String {
    let told = case.git(&format!("config --local --get {name}")).stdout;
    told.trim_end().to_owned()
}

/// The codes of what doctor finds.
#[track_caller]
fn found(case: &GitCase) -> Vec<String> {
    let document = case.case.run("doctor --json").json();
    let findings = document["findings"].as_array().unwrap().clone();
    let code = |finding: &serde_json::Value| finding["code"].as_str().unwrap().to_owned();
    findings.iter().map(code).collect()
}

#[test]
fn init_shows_what_git_has_to_be_told_and_tells_it_only_on_a_word() {
    let case = GitCase::new();
    let ran = case.case.run("init journal").ok();
    let ran = ran
        .stderr_has("git config merge.goodwill.driver 'if command -v goodwill >/dev/null; then ")
        .stderr_has("git config diff.goodwill.textconv ")
        .stderr_has("git config core.fsync committed,loose-object")
        .stderr_has("goodwill init --yes");
    assert_eq!(ran.stdout, "journal\n");
    assert_eq!(set(&case, "merge.goodwill.driver"), "", "nobody was asked");
    case.case.run("init journal --no-git").ok();
    let told = case.case.run("init journal --yes --json").ok().json();
    assert_eq!(told["git"]["missing"], serde_json::json!([]));
    assert_eq!(set(&case, "merge.goodwill.driver"), DRIVER);
    assert_eq!(set(&case, "diff.goodwill.textconv"), TEXTCONV);
    assert_eq!(set(&case, "core.fsync"), "committed,loose-object");
    let before = std::fs::read(case.case.path(".git/config")).unwrap();
    case.case
        .run("init journal --yes")
        .ok()
        .stderr_has("nothing was changed");
    assert_eq!(
        std::fs::read(case.case.path(".git/config")).unwrap(),
        before
    );
    assert_eq!(case.read(".gitignore"), ".goodwill-*.tmp\n");
    let attributes = "*.toml text eol=lf merge=goodwill diff=goodwill\n";
    assert_eq!(case.read(".gitattributes"), attributes);
}

#[test]
fn where_there_is_no_repository_init_goes_as_before() {
    let path = std::env::var("PATH").unwrap();
    let case = crate::case::Case::without_journal().env("PATH", &path);
    let ran = case.run("init j").ok();
    assert!(!ran.stderr.contains("git config"), "{ran}");
    case.run("init j --yes")
        .ok()
        .stderr_has("begin one with: git init");
}

#[test]
fn what_a_person_has_chosen_for_fsync_stays() {
    let case = GitCase::new();
    case.set("core.fsync", "all");
    case.case.run("init journal --yes").ok();
    assert_eq!(set(&case, "core.fsync"), "all");
}

#[test]
fn the_line_that_init_sets_shows_changes_by_entry_and_files_where_the_program_is_gone() {
    let case = GitCase::new();
    case.case.run("init journal --yes").ok();
    case.case
        .write("acme.toml", "name = \"Acme\"\n\n[fact.a]\ntext = \"x\"\n");
    case.commit("a");
    case.case
        .write("acme.toml", "name = \"Acme\"\n\n[fact.a]\ntext = \"y\"\n");
    let shown = case.git("diff").ok().stdout;
    assert!(shown.contains('x') && shown.contains('y'), "{shown}");
    let mut diff = case.command("git", "diff");
    let path = format!("{}:/usr/bin:/bin", case.git_alone());
    let shown = diff.env("PATH", path).output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("-text = \"x\"\n+text = \"y\"\n"), "{shown}");
}

#[test]
fn doctor_is_content_with_what_init_made() {
    let case = GitCase::new();
    case.case.write("acme.toml", ACME);
    case.case.run("init journal --yes").ok();
    case.commit("a");
    case.case
        .run("doctor")
        .ok()
        .stdout("")
        .stderr_has("git is set up, and nothing is left undone");
    assert_eq!(
        case.case.run("doctor --json").ok().json()["findings"],
        serde_json::json!([])
    );
}

#[test]
fn doctor_says_what_is_missing_why_it_matters_and_what_to_type() {
    let case = GitCase::new();
    case.case.write("acme.toml", ACME);
    case.case
        .run("doctor")
        .code(4)
        .stdout_has("driver-missing: git was not told in this clone")
        .stdout_has("  why: without it lines conflict")
        .stdout_has("  do:  goodwill init --yes\n")
        .stdout_has("fsync?: git does not wait for the disk");
    assert_eq!(
        found(&case),
        ["driver-missing", "attributes", "attributes-eol", "fsync"]
    );
    case.case
        .write(".gitattributes", "*.toml eol=lf merge=union\n");
    case.set("merge.goodwill.driver", "mergiraf merge %O %A %B");
    case.set("core.fsync", "none");
    assert_eq!(found(&case), ["driver-other", "attributes-union"]);
    case.attributes();
    case.set(
        "merge.goodwill.driver",
        "goodwill merge-driver %O %A %B %L %P",
    );
    assert_eq!(found(&case), ["driver-bare"]);
    case.set("merge.goodwill.driver", DRIVER);
    let alone = case.git_alone();
    let mut doctor = case.case.command("doctor");
    let told = doctor.env("PATH", &alone).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.starts_with("not-on-path: "), "{told}");
}

#[test]
fn doctor_finds_what_merges_and_sync_services_left() {
    let case = GitCase::new().with_driver();
    case.set("core.fsync", "all");
    let text = |word: &str| format!("name = \"{word}\"\n");
    case.acme(ACME, &text("A"), &text("B"));
    case.git("merge --no-edit other").code(1);
    assert_eq!(found(&case), ["unmerged", "in-progress", "markers"]);
    case.case.write("acme.toml", &text("A"));
    assert_eq!(found(&case), ["unmerged-without-markers", "in-progress"]);
    case.git("merge --abort").ok();
    case.case.write("Acme.toml", ACME);
    case.case
        .write("acme (conflicted copy 2026-03-04).toml", ACME);
    case.set("remote.origin.url", "https://forge.example/aoi/journal.git");
    assert_eq!(found(&case), ["remote", "sync-copy", "name-collision"]);
    case.case
        .run("doctor")
        .code(4)
        .stdout_has("remote?: the journal is pushed to forge.example/aoi/journal")
        .stdout_has("goodwill resolve 'acme (conflicted copy 2026-03-04).toml'");
}

#[test]
fn doctor_goes_without_a_repository_and_without_git() {
    let case = crate::case::Case::new();
    case.write("acme.toml", ACME);
    case.run("doctor").ok().stdout_has("no-git?: ");
    let path = std::env::var("PATH").unwrap();
    let case = case.env("PATH", &path);
    case.run("doctor")
        .ok()
        .stdout_has("no-repository?: ")
        .stdout_has("git init ");
}

#[test]
fn on_a_terminal_init_asks_and_enter_says_yes() {
    for (answer, is_set) in [("\r", true), ("n\r", false)] {
        let stage = Stage::new().env("PATH", std::env::var_os("PATH").unwrap());
        let git = |words: &[&str]| -> String {
            let mut git = std::process::Command::new("git");
            git.args(words).current_dir(stage.journal());
            let git = git
                .env("GIT_CONFIG_GLOBAL", "/dev/null")
                .env("GIT_CONFIG_NOSYSTEM", "1");
            String::from_utf8(git.output().unwrap().stdout).unwrap()
        };
        std::fs::create_dir_all(stage.journal()).unwrap();
        git(&["init", "-q"]);
        let mut show = stage.start_program(env!("CARGO_BIN_EXE_goodwill"), &["init"]);
        show.shows("git config merge.goodwill.driver")
            .shows("[Y/n]")
            .types(answer);
        show.shows("core.fsync").types(answer).ends_with(0);
        let set = git(&["config", "--local", "--get", "merge.goodwill.driver"]);
        assert_eq!(set.trim_end() == DRIVER, is_set, "{set}");
    }
}
