//! A repository that somebody else made: while a journal is only looked at, nothing is run that
//! it names, and nothing outside of it is read.
//!
//! Each program that such a repository may name would write a file of its own: none may be there.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;

use goodwill::store::git::{Git, GitError, resolve};

use crate::git_case::GitCase;
use crate::pty_stage::Stage;

const ACME: &str = "name = \"Acme\"\n\n[fact.a]\ntext = \"seen\"\n";
const SECRET: &str = "name = \"Secret\"\n\n[fact.s]\ntext = \"outside\"\n";

/// What only looks.
const LOOKS: &[&str] = &[
    "list",
    "show acme",
    "search seen",
    "timeline",
    "check",
    "check --strict",
    "doctor",
    "history",
    "log",
    "log acme",
    "diff",
    "diff HEAD",
    "sync --dry-run",
];

/// The settings of git that name a program.
const PROGRAMS: &[&str] = &[
    "core.fsmonitor",
    "core.pager",
    "core.editor",
    "core.sshCommand",
    "core.askPass",
    "core.alternateRefsCommand",
    "core.gitProxy",
    "credential.helper",
    "diff.external",
    "diff.evil.command",
    "diff.evil.textconv",
    "merge.evil.driver",
    "filter.evil.clean",
    "filter.evil.smudge",
    "filter.evil.process",
    "filter.a=b.clean",
    "gpg.program",
    "interactive.diffFilter",
    "pager.log",
    "pager.status",
    "pager.diff",
    "sequence.editor",
    "uploadpack.packObjectsHook",
    "remote.origin.uploadpack",
    "alias.status",
    "alias.log",
    "alias.rev-parse",
];

struct Hostile {
    git: GitCase,
    canaries: PathBuf,
}

impl Hostile {
    /// A repository whose settings name a program wherever git runs one.
    fn new() -> Hostile {
        let git = GitCase::new();
        let canaries = git.case.home().join("canaries");
        fs::create_dir(&canaries).unwrap();
        let hostile = Hostile { git, canaries };
        hostile.git.case.write("acme.toml", ACME);
        hostile
            .git
            .case
            .write("borealis.toml", "name = \"Borealis\"\n");
        hostile.git.commit("a");
        hostile.git.case.write(
            ".gitattributes",
            "*.toml filter=evil diff=evil merge=evil\n* filter=a=b\n",
        );
        hostile.git.commit("b");
        let info = hostile.git.case.path(".git/info/attributes");
        fs::create_dir_all(info.parent().unwrap()).unwrap();
        fs::write(info, "*.toml filter=evil diff=evil merge=evil\n").unwrap();
        for name in PROGRAMS {
            let program = hostile.program(&name.replace('.', "-"));
            let value = match name.starts_with("alias") {
                true => format!("!{program}"),
                false => program,
            };
            hostile.git.set(name, &value);
        }
        hostile.git.set("filter.evil.required", "true");
        hostile.git.set("log.showSignature", "true");
        hostile
            .git
            .set("remote.origin.url", "ssh://git@forge.example/x");
        hostile.git.set("branch.main.remote", "origin");
        hostile.git.set("branch.main.merge", "refs/heads/main");
        hostile.git.set("submodule.recurse", "true");
        let hooks = hostile.git.case.path(".git/hooks");
        fs::create_dir_all(&hooks).unwrap();
        for hook in [
            "post-index-change",
            "fsmonitor-watchman",
            "pre-auto-gc",
            "reference-transaction",
            "post-checkout",
        ] {
            let program = hostile.program(&format!("hook-{hook}"));
            fs::copy(program, hooks.join(hook)).unwrap();
        }
        // Whatever git has noted of the file is no longer so: it has to look into it.
        hostile
            .git
            .case
            .write("acme.toml", &ACME.replace("seen", "seen again"));
        hostile.clear();
        hostile
    }

    /// A program that writes a file of its name.
    fn program(&self, name: &str) -> String {
        let program = self.git.case.home().join(format!("{name}.sh"));
        let canary = self.canaries.join(name);
        let script = format!("#!/bin/sh\ntouch {}\ncat 2>/dev/null\n", canary.display());
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        program.to_str().unwrap().to_owned()
    }

    fn clear(&self) {
        fs::remove_dir_all(&self.canaries).unwrap();
        fs::create_dir(&self.canaries).unwrap();
    }

    #[track_caller]
    fn nothing_was_run(&self, by: &str) {
        let run: Vec<_> = fs::read_dir(&self.canaries)
            .unwrap()
            .map(|file| file.unwrap().file_name())
            .collect();
        assert!(run.is_empty(), "{by} ran {run:?}");
    }
}

#[test]
fn looking_at_a_journal_runs_nothing_that_its_repository_names() {
    let hostile = Hostile::new();
    for words in LOOKS {
        hostile.git.case.run(words);
        hostile.nothing_was_run(words);
    }
    let git = Git::find(&hostile.git.case.path("")).unwrap();
    let standing = git.standing().unwrap();
    hostile.nothing_was_run("standing");
    assert_eq!(standing.branch.as_deref(), Some("main"));
    assert!(standing.changed.contains(&"acme.toml".to_owned()));
    resolve::unsettled(&git).unwrap();
    hostile.nothing_was_run("unsettled");
    // The traps are sound: git itself walks into them.
    hostile.git.git("status");
    hostile.git.git("diff");
    assert!(fs::read_dir(&hostile.canaries).unwrap().count() >= 3);
}

#[test]
fn a_repository_inside_of_the_journals_is_not_entered() {
    let hostile = Hostile::new();
    let inner = hostile.git.case.path("inner");
    fs::create_dir(&inner).unwrap();
    fs::rename(hostile.git.case.path(".git"), inner.join(".git")).unwrap();
    hostile.git.git("init -q").ok();
    hostile
        .git
        .git("-c core.hooksPath=/dev/null add acme.toml")
        .ok();
    hostile.clear();
    for words in LOOKS {
        hostile.git.case.run(words);
        hostile.nothing_was_run(words);
    }
}

#[test]
fn a_folder_that_looks_like_a_bare_repository_is_none() {
    let hostile = Hostile::new();
    let root = hostile.git.case.path("");
    for file in fs::read_dir(root.join(".git")).unwrap().map(Result::unwrap) {
        fs::rename(file.path(), root.join(file.file_name())).unwrap();
    }
    fs::remove_dir(root.join(".git")).unwrap();
    for words in LOOKS {
        hostile.git.case.run(words);
        hostile.nothing_was_run(words);
    }
    assert!(matches!(
        Git::find(&root),
        Err(GitError::NoRepository { .. })
    ));
}

#[test]
fn a_git_that_leads_elsewhere_is_followed_only_where_the_other_end_knows_of_it() {
    let elsewhere = Hostile::new();
    let other = elsewhere.git.case.path(".git");
    for link in [true, false] {
        let case = crate::case::Case::new().env("PATH", &std::env::var("PATH").unwrap());
        case.write("acme.toml", ACME);
        match link {
            true => symlink(&other, case.path(".git")).unwrap(),
            false => case.write(".git", &format!("gitdir: {}\n", other.display())),
        }
        let found = Git::find(&case.path(""));
        assert!(
            matches!(found, Err(GitError::Elsewhere { .. })),
            "{found:?}"
        );
        for words in LOOKS {
            case.run(words);
            elsewhere.nothing_was_run(words);
        }
        case.run("doctor").code(4).stdout_has("elsewhere");
    }
    // Settings may say that the files lie elsewhere, too.
    let case = GitCase::new();
    case.case.write("acme.toml", ACME);
    let worktree = elsewhere.git.case.path("");
    case.set("core.worktree", worktree.to_str().unwrap());
    let found = Git::find(&case.case.path(""));
    assert!(
        matches!(found, Err(GitError::Elsewhere { .. })),
        "{found:?}"
    );
}

#[test]
fn work_trees_and_submodules_are_a_persons_own() {
    let case = GitCase::new();
    case.case.write("acme.toml", ACME);
    case.commit("a");
    let tree = case.case.home().join("tree");
    case.git(&format!("worktree add -q {} -b two", tree.display()))
        .ok();
    assert_eq!(
        Git::find(&tree)
            .unwrap()
            .standing()
            .unwrap()
            .branch
            .as_deref(),
        Some("two")
    );
    let top = case.case.home().join("top");
    let sub = top.join("sub dir");
    for words in [
        format!("init -q {}", top.display()),
        format!(
            "-C {} -c protocol.file.allow=always submodule --quiet add {} 'sub dir'",
            top.display(),
            case.case.path("").display()
        ),
    ] {
        case.git(&words).ok();
    }
    assert_eq!(
        Git::find(&sub)
            .unwrap()
            .standing()
            .unwrap()
            .branch
            .as_deref(),
        Some("main")
    );
    let split = case.case.home().join("split");
    case.git(&format!(
        "init -q --separate-git-dir {0}.git {0}",
        split.display()
    ))
    .ok();
    let found = Git::find(&split).unwrap_err();
    let cure = format!(
        "git config --file {0}.git/config core.worktree {0}",
        split.display()
    );
    assert!(found.to_string().ends_with(&cure), "{found}");
    case.git(cure.strip_prefix("git ").unwrap()).ok();
    Git::find(&split).unwrap();
}

#[test]
fn links_out_of_the_journal_and_names_with_dots_are_neither_read_nor_written() {
    let case = GitCase::new();
    let outside = case.case.home().join("outside.toml");
    fs::write(&outside, SECRET).unwrap();
    case.case.write("acme.toml", ACME);
    symlink(&outside, case.case.path("evil.toml")).unwrap();
    symlink(case.case.home(), case.case.path("up")).unwrap();
    case.commit("a");
    for words in [
        "list",
        "show evil",
        "search outside",
        "timeline",
        "check",
        "show ../outside",
        "show up/outside",
    ] {
        let ran = case.case.run(words);
        assert!(
            !ran.stdout.contains("Secret") && !ran.stdout.contains("\"outside\""),
            "{ran}"
        );
    }
    for words in [
        "resolve ../outside.toml",
        "resolve up/outside.toml",
        "resolve evil.toml",
    ] {
        case.case.run(words);
    }
    assert_eq!(fs::read_to_string(&outside).unwrap(), SECRET);
}

#[test]
fn a_link_that_a_merge_put_in_the_place_of_a_customer_is_not_written_through() {
    let case = GitCase::new();
    let outside = case.case.home().join("outside.toml");
    fs::write(&outside, SECRET).unwrap();
    case.acme(
        ACME,
        &ACME.replace("seen", "ours"),
        &ACME.replace("seen", "theirs"),
    );
    case.git("merge --no-edit other").code(1);
    fs::remove_file(case.case.path("acme.toml")).unwrap();
    symlink(&outside, case.case.path("acme.toml")).unwrap();
    case.case
        .run("resolve --take here")
        .code(1)
        .stdout("acme.toml: left\n");
    assert_eq!(fs::read_to_string(&outside).unwrap(), SECRET);
    assert_eq!(case.unmerged(), "acme.toml\n");
}

#[test]
fn the_program_on_screen_runs_nothing_of_it_either() {
    let hostile = Hostile::new();
    let path = std::env::var_os("PATH").unwrap();
    let mut stage = Stage::new().env("PATH", path);
    stage.resized((99, 24));
    fs::create_dir_all(stage.journal().parent().unwrap()).unwrap();
    fs::rename(hostile.git.case.path(""), stage.journal()).unwrap();
    let mut show = stage.start();
    // The header tells what git was asked.
    show.shows("Acme").shows("main");
    show.types("\r").shows("seen again").types("H").shows("Aoi");
    hostile.nothing_was_run("the program on screen");
}
