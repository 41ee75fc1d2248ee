//! `goodwill log` and `goodwill diff`: entries and fields instead of lines, out of real git.

use goodwill::store::git::setup::SETTINGS;

use crate::case::{Case, Ran};

const ACME: &str = "\
name = \"アクメ商事\"

[concern.2026-11-20-m3x8kq]
date = 2026-11-20
said = \"一括前払いは厳しい\"
status = \"open\"
";

/// A journal in a repository, with one commit of Yamada's.
fn repository() -> Case {
    let case = Case::new()
        .env("PATH", &std::env::var("PATH").unwrap())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .file("acme.toml", ACME);
    git(&case, &["init", "-q", "-b", "main"], "", 0);
    commit(&case, "first", "山田", 9);
    case
}

/// Git in the journal, by this author at that hour.
fn git(case: &Case, args: &[&str], who: &str, hour: u32) {
    let date = format!("2026-11-21T{hour:02}:00:00+00:00");
    let done = std::process::Command::new("git")
        .current_dir(case.path(""))
        .args(args)
        .env("HOME", case.home())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .envs([("GIT_AUTHOR_NAME", who), ("GIT_COMMITTER_NAME", who)])
        .envs([
            ("GIT_AUTHOR_EMAIL", "x@example.com"),
            ("GIT_COMMITTER_EMAIL", "x@example.com"),
        ])
        .envs([("GIT_AUTHOR_DATE", &date), ("GIT_COMMITTER_DATE", &date)])
        .output()
        .unwrap();
    let code = done.status.code();
    assert!(
        code == Some(0),
        "{args:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
}

fn commit(case: &Case, what: &str, who: &str, hour: u32) {
    git(case, &["add", "."], who, hour);
    git(case, &["commit", "-qm", what], who, hour);
}

/// The names of commits as `########`.
fn told(ran: Ran) -> String {
    let is_name = |word: &str| word.len() == 8 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let lines = ran.stdout.lines().map(|line| {
        let words = line.split(' ');
        let words = words.map(|word| if is_name(word) { "########" } else { word });
        words.collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_not_committed_yet_is_told_by_entry_and_field() {
    let case = repository();
    case.run("diff")
        .code(3)
        .stderr("goodwill: no entry and no field changed since HEAD\n");
    case.write(
        "acme.toml",
        &ACME.replace(
            "\"open\"",
            "\"answered\"\nanswer = \"月額で\"\nnotes = \"\"\"\na\nb\"\"\"",
        ),
    );
    case.write(
        "new/港屋.toml",
        "name = \"港屋商店\"\n\n[fact.a]\ntext = \"朝市\"\n",
    );
    assert_eq!(
        told(case.run("diff").ok().quiet()),
        "アクメ商事  acme\n\
         \x20 * concern.2026-11-20-m3x8kq  一括前払いは厳しい\n\
         \x20     status  open -> answered\n\
         \x20     answer  nothing -> 月額で\n\
         \x20     notes\n\
         \x20       + a\n\
         \x20       + b\n\
         \n\
         港屋商店  new/港屋\n\
         \x20 + head  港屋商店\n\
         \x20 + fact.a  朝市"
    );
    case.run("diff nowhere").code(1);
    let elsewhere = case.env("GOODWILL_JOURNAL", ".");
    elsewhere.run("diff").code(1).stderr_has("git init");
}

#[test]
fn the_log_names_who_and_when_also_of_what_is_gone_or_has_another_name() {
    let case = repository();
    case.run("edit acme concern.2026-11-20 --set status=answered")
        .ok();
    commit(&case, "answered", "佐藤", 10);
    git(&case, &["mv", "acme.toml", "akume.toml"], "佐藤", 11);
    commit(&case, "renamed", "佐藤", 11);
    case.write("akume.toml", "name = \"アクメ商事\"\n");
    commit(&case, "gone", "山田", 12);
    assert_eq!(
        told(case.run("log akume").ok().quiet()),
        "2026-11-21 12:00  山田  ########\n\
         \x20 アクメ商事  akume\n\
         \x20   - concern.2026-11-20-m3x8kq  一括前払いは厳しい\n\
         \n\
         2026-11-21 11:00  佐藤  ########\n\
         \x20 アクメ商事  akume  was acme\n\
         \n\
         2026-11-21 10:00  佐藤  ########\n\
         \x20 アクメ商事  acme\n\
         \x20   * concern.2026-11-20-m3x8kq  一括前払いは厳しい\n\
         \x20     \x20 status  open -> answered\n\
         \n\
         2026-11-21 09:00  山田  ########\n\
         \x20 アクメ商事  acme\n\
         \x20   + head  アクメ商事\n\
         \x20   + concern.2026-11-20-m3x8kq  一括前払いは厳しい"
    );
    let gone = told(case.run("log akume 2026-11-20-m3x8kq").ok());
    let steps: Vec<&str> = gone
        .lines()
        .filter(|line| line.starts_with("2026"))
        .collect();
    assert_eq!(
        steps,
        [
            "2026-11-21 12:00  山田  ########  removed",
            "2026-11-21 10:00  佐藤  ########  changed",
            "2026-11-21 09:00  山田  ########  made",
        ]
    );
}

#[test]
fn a_merge_tells_only_what_it_decided_itself() {
    let case = repository();
    git(&case, &["checkout", "-qb", "laptop"], "", 9);
    case.write("acme.toml", &ACME.replace("\"open\"", "\"gone\""));
    commit(&case, "laptop", "佐藤", 10);
    git(&case, &["checkout", "-q", "main"], "", 9);
    case.write(
        "acme.toml",
        &ACME.replace("name =", "reading = \"あくめ\"\nname ="),
    );
    commit(&case, "main", "山田", 11);
    git(&case, &["merge", "-q", "--no-commit", "laptop"], "山田", 12);
    let decided = case.read("acme.toml").replace("\"gone\"", "\"accepted\"");
    case.write("acme.toml", &decided);
    commit(&case, "merged", "山田", 12);
    let log = told(case.run("log --limit 1").ok());
    assert_eq!(
        log,
        "2026-11-21 12:00  山田  ########\n\
         \x20 アクメ商事  acme\n\
         \x20   * concern.2026-11-20-m3x8kq  一括前払いは厳しい\n\
         \x20     \x20 status  open -> accepted"
    );
}

#[test]
fn steps_made_here_are_told_with_the_commit_that_took_them_up() {
    let case = repository();
    for (text, hour) in [("answered", 9), ("accepted", 10)] {
        let case = &case;
        let _ = hour;
        case.run(&format!("edit acme concern.2026-11-20 --set status={text}"))
            .ok();
    }
    let before = case.run("log acme concern.2026-11-20").ok().stdout;
    assert_eq!(
        before.matches("  you  here  changed").count(),
        2,
        "{before}"
    );
    commit(&case, "both", "佐藤", 23);
    let behind = told(case.run("log acme concern.2026-11-20").ok());
    assert_eq!(
        behind.matches("佐藤  ########  changed").count(),
        2,
        "{behind}"
    );
    assert!(behind.contains("status  answered -> accepted"), "{behind}");
    assert!(!behind.contains("open -> accepted"), "{behind}");
}

#[test]
fn git_compares_entries_where_it_is_told_to() {
    let case = repository();
    let text = told(case.run("diff --textconv journal/acme.toml").ok());
    let expected = "name: アクメ商事\n\nconcern.2026-11-20-m3x8kq  一括前払いは厳しい\n  \
        date: 2026-11-20\n  said: 一括前払いは厳しい\n  status: open";
    assert_eq!(text, expected);
    case.write("broken.toml", "name = \n");
    case.run("diff --textconv journal/broken.toml")
        .ok()
        .stdout("name = \n");
}

#[test]
fn git_itself_shows_fields_once_it_is_told_how() {
    let case = repository();
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_goodwill"));
    let textconv = format!("{} diff --textconv", program.display());
    case.write(".gitattributes", "*.toml diff=goodwill\n");
    git(
        &case,
        &["config", "diff.goodwill.textconv", &textconv],
        "",
        9,
    );
    let names = SETTINGS
        .iter()
        .find(|s| s.name == "diff.goodwill.xfuncname");
    let names = names.unwrap();
    git(&case, &["config", names.name, names.value], "", 9);
    case.write(
        "acme.toml",
        &ACME.replace("status = \"open\"", "status = 'gone'"),
    );
    let shown = std::process::Command::new("git")
        .current_dir(case.path(""))
        .args(["diff", "-U0"])
        .env("HOME", case.home())
        .output()
        .unwrap();
    let shown = String::from_utf8_lossy(&shown.stdout);
    assert!(shown.contains("@@ concern.2026-11-20-m3x8kq"), "{shown}");
    assert!(
        shown.contains("\n-  status: open\n+  status: gone\n"),
        "{shown}"
    );
}
