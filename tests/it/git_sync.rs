//! `goodwill sync` between clones of one repository, with real git.

use crate::clones::Clones;

pub(crate) const ACME: &str = "name = \"アクメ商事\"\n\n[concern.2026-11-01-aaaaaa]\ndate = 2026-11-01\nsaid = \"高い\"\nstatus = \"open\"\n";
pub(crate) const BOREALIS: &str = "name = \"Borealis\"\n";

pub(crate) fn two() -> Clones {
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

/// A call on that day, as it stands in a file.
pub(crate) fn call(key: &str) -> String {
    format!("\n[interaction.2026-11-21-{key}]\nchannel = \"call\"\nsummary = \"x\"\n")
}

/// A machine logs a call, and nothing else stands in the file beside what it began with.
pub(crate) fn logs(clones: &Clones, machine: &str, name: &str, key: &str) {
    let begun = match name {
        "acme.toml" => ACME,
        _ => BOREALIS,
    };
    clones.write(machine, name, &(begun.to_owned() + &call(key)));
}

#[test]
fn two_who_logged_on_different_customers_meet_by_rebase_where_git_is_set_so() {
    for setting in [
        "pull.rebase true",
        "branch.main.rebase true",
        "pull.rebase merges",
    ] {
        let clones = two();
        clones.git("two", &format!("config {setting}"));
        logs(&clones, "one", "acme.toml", "cccccc");
        clones.run("one", "sync").ok();
        logs(&clones, "two", "borealis.toml", "dddddd");
        clones
            .run("two", "sync")
            .ok()
            .stdout_has("rebase   onto origin/main\n         done\n")
            .stdout_has("synced: 1 sent, 1 received\n");
        assert_eq!(
            clones.log("two"),
            ["Borealis: call", "アクメ商事: call", "begun"]
        );
    }
}

#[test]
fn where_only_one_side_went_on_no_merge_is_made() {
    let clones = two();
    clones.git("two", "config pull.ff only");
    logs(&clones, "one", "borealis.toml", "cccccc");
    clones.run("one", "sync").ok();
    clones.run("two", "sync").ok();
    assert_eq!(clones.log("two"), ["Borealis: call", "begun"]);
    logs(&clones, "one", "acme.toml", "dddddd");
    clones.run("one", "sync").ok();
    logs(&clones, "two", "borealis.toml", "eeeeee");
    clones
        .run("two", "sync")
        .code(1)
        .stdout_has("stopped: both sides went on, and git is set not to merge (pull.ff = only)\n")
        .stderr_has("git rebase origin/main");
    assert_eq!(clones.git("two", "status --porcelain"), "");
    clones.git("two", "rebase -q origin/main");
    clones
        .run("two", "sync")
        .ok()
        .stdout_has("synced: 1 sent, 0 received\n");
}

#[test]
fn only_the_journals_own_files_are_committed_whatever_else_is_changed_or_staged() {
    let clones = Clones::below("sales/journal", &[("acme.toml", ACME)]).and("two");
    let top = clones.top("one");
    let other = |name: &str, text: &str| std::fs::write(top.join(name), text).unwrap();
    other("letter.txt", "1\n");
    other("sales/list.toml", "a = 1\n");
    clones.git("one", "add -A :/");
    clones.git("one", "commit -qm others");
    clones.run("one", "sync").ok();
    other("letter.txt", "2\n");
    other("sales/list.toml", "a = 2\n");
    clones.git("one", "add :/letter.txt");
    other("letter.txt", "3\n");
    other("new.txt", "new\n");
    clones.write("one", "notes.txt", "mine\n");
    clones.write("one", "staged.md", "mine\n");
    clones.git("one", "add staged.md");
    clones.write("one", "x[1].toml", "name = \"X\"\n");
    logs(&clones, "one", "acme.toml", "cccccc");
    let before = clones.git("one", "status --porcelain");
    clones
        .run("one", "sync")
        .ok()
        .stdout_has("synced: 1 sent, 0 received");
    let after = clones.git("one", "status --porcelain");
    let rest: String = before
        .lines()
        .filter(|line| !line.contains("acme") && !line.contains("x[1]"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(after, rest);
    let names = clones.git("one", "show --name-only --format=");
    assert_eq!(names, "sales/journal/acme.toml\nsales/journal/x[1].toml\n");
    assert_eq!(clones.git("one", "show :letter.txt"), "2\n");
    assert_eq!(
        std::fs::read_to_string(top.join("letter.txt")).unwrap(),
        "3\n"
    );
    clones.run("two", "sync").ok();
    assert_eq!(clones.read("two", "x[1].toml"), "name = \"X\"\n");
}

#[test]
fn files_of_others_that_stand_in_the_way_of_a_merge_stay_and_are_told_of() {
    let clones = Clones::below(
        "journal",
        &[("acme.toml", ACME), ("borealis.toml", BOREALIS)],
    )
    .and("two");
    let letter = clones.top("two").join("letter.txt");
    logs(&clones, "one", "acme.toml", "cccccc");
    clones.run("one", "sync").ok();
    std::fs::write(&letter, "mine\n").unwrap();
    clones.git("two", "add :/letter.txt");
    logs(&clones, "two", "borealis.toml", "dddddd");
    let ran = clones.run("two", "sync").code(1);
    ran.stdout_has("stopped: git did not merge origin/main\n")
        .stderr_has("other files of the repository have changes")
        .stderr_has("goodwill sync");
    assert_eq!(clones.git("two", "status --porcelain"), "A  letter.txt\n");
    clones.git("two", "commit -qm letter");
    clones
        .run("two", "sync")
        .ok()
        .stdout_has("synced: 2 sent, 1 received");
}

#[test]
fn a_broken_file_stops_it_before_anything_is_done() {
    let clones = two();
    logs(&clones, "one", "borealis.toml", "cccccc");
    for (broken, line) in [
        ("name = \"x\"\nstatus = open\n", 2),
        (
            "name = \"x\"\n<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> x\n",
            2,
        ),
        (
            "notes = \"\"\"\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n\"\"\"\n",
            2,
        ),
        ("a = 1\na = 2\n", 2),
    ] {
        clones.write("one", "acme.toml", broken);
        let before = clones.log("one");
        clones
            .run("one", "sync")
            .code(1)
            .stdout_has("stopped: acme.toml is broken\n")
            .stderr_has(&format!("acme.toml:{line}"))
            .stderr_has("nothing was done");
        assert_eq!(clones.log("one"), before);
        assert_eq!(clones.read("one", "acme.toml"), broken);
    }
}

#[test]
fn a_hook_that_refuses_is_obeyed_and_leaves_all_as_it_was() {
    let clones = two();
    clones.hook("one", "pre-commit", "echo 'not on a Saturday' >&2; exit 1");
    logs(&clones, "one", "borealis.toml", "cccccc");
    clones.write("one", "new.toml", "name = \"New\"\n");
    let before = clones.git("one", "status --porcelain");
    clones
        .run("one", "sync")
        .code(1)
        .stdout_has("stopped: git did not commit\n")
        .stderr_has("not on a Saturday");
    assert_eq!(clones.git("one", "status --porcelain"), before);
    clones.hook("one", "pre-commit", "exit 0");
    clones.hook("one", "pre-push", "echo 'not now' >&2; exit 1");
    clones
        .run("one", "sync")
        .code(1)
        .stdout_has("stopped: nothing could be sent to origin\n")
        .stderr_has("not now")
        .stderr_has("your changes are committed here");
    clones.hook("one", "pre-push", "exit 0");
    clones
        .run("one", "sync")
        .ok()
        .stdout_has("synced: 1 sent, 0 received");
}

#[test]
fn a_hook_that_refuses_the_merge_can_be_answered_and_the_sync_goes_on() {
    let clones = two();
    logs(&clones, "one", "acme.toml", "cccccc");
    clones.run("one", "sync").ok();
    logs(&clones, "two", "borealis.toml", "dddddd");
    let refuses =
        "grep -q '^Merge' \"$1\" && test ! -e ok && echo 'no merges' >&2 && exit 1; exit 0";
    clones.hook("two", "commit-msg", refuses);
    clones
        .run("two", "sync")
        .code(1)
        .stdout_has("stopped: git did not go on with the merge\n")
        .stderr_has("no merges")
        .stderr_has("goodwill sync --abort");
    clones
        .run("two", "sync --abort")
        .ok()
        .stdout("dropped: the merge; what you committed stays\n");
    assert_eq!(clones.log("two"), ["Borealis: call", "begun"]);
    clones.run("two", "sync").code(1);
    clones.write("two", "ok", "");
    clones.run("two", "sync").ok().stdout_has("synced: 1 sent");
}

#[test]
fn who_is_overtaken_while_sending_receives_again_and_sends() {
    let clones = two();
    // The other machine is faster, once.
    let script = format!(
        "cd {} && test ! -e raced && touch raced && unset GIT_DIR && git push -q origin main; exit 0",
        clones.at("one/journal")
    );
    clones.hook("two", "pre-push", &script);
    logs(&clones, "one", "acme.toml", "cccccc");
    clones.git("one", "commit -qam faster");
    logs(&clones, "two", "borealis.toml", "dddddd");
    clones
        .run("two", "sync")
        .ok()
        .stdout_has("         not taken: somebody may have sent meanwhile\nfetch    from origin\n")
        .stdout_has("synced: 1 sent, 1 received\n");
    clones.run("one", "sync").ok();
    assert_eq!(
        clones.read("one", "borealis.toml"),
        clones.read("two", "borealis.toml")
    );
}

#[test]
fn what_the_other_side_does_not_take_is_told_and_stays_here() {
    let clones = two();
    clones.hook("one", "pre-commit", "exit 0");
    let hook = clones.path().join("hub/hooks/pre-receive");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::copy(clones.top("one").join(".git/hooks/pre-commit"), &hook).unwrap();
    std::fs::write(&hook, "#!/bin/sh\necho 'frozen till Monday' >&2\nexit 1\n").unwrap();
    logs(&clones, "one", "borealis.toml", "cccccc");
    clones
        .run("one", "sync")
        .code(1)
        .stdout_has("stopped: origin did not take it\n")
        .stderr_has("frozen till Monday")
        .stderr_has("your changes are committed here");
    std::fs::remove_file(hook).unwrap();
    clones
        .run("one", "sync")
        .ok()
        .stdout_has("synced: 1 sent, 0 received\n");
}

#[test]
fn where_there_is_nobody_to_send_to_it_commits_and_says_so() {
    let clones = Clones::alone("", &[("acme.toml", ACME)]);
    logs(&clones, "one", "acme.toml", "cccccc");
    clones
        .run("one", "sync")
        .ok()
        .stdout_has("synced: committed here\n")
        .stderr_has("git remote add origin URL");
    assert_eq!(clones.log("one"), ["アクメ商事: call", "begun"]);
    let hub = clones.at("gone");
    clones.git("one", &format!("remote add origin {hub}"));
    logs(&clones, "one", "acme.toml", "dddddd");
    clones
        .run("one", "sync")
        .code(1)
        .stdout_has("stopped: nothing could be fetched from origin\n")
        .stderr_has("your changes are committed here")
        .stderr_has("goodwill sync");
    clones.git("", "init -q --bare gone");
    clones
        .run("one", "sync")
        .ok()
        .stdout_has("         origin has nothing yet\n")
        .stdout_has("synced: 3 sent, 0 received\n");
    assert_eq!(
        clones.git("one", "rev-parse --abbrev-ref @{u}"),
        "origin/main\n"
    );
}

#[test]
fn what_stands_in_the_way_is_said_plainly_with_what_to_type() {
    let clones = two();
    let stops = |short: &str, helps: &str| {
        let ran = clones.run("one", "sync").code(1);
        let ran = ran
            .stdout_has(&format!("stopped: {short}"))
            .stderr_has(helps);
        assert!(
            ran.stdout.lines().last().unwrap().starts_with("stopped: "),
            "{ran}"
        );
    };
    clones.git("one", "checkout -q --detach");
    stops("no branch is checked out here", "git switch main");
    clones.git("one", "checkout -q main");
    clones.git("one", "remote add second /nowhere");
    clones.git("one", "branch --unset-upstream");
    stops(
        "the branch goes along with none of several",
        "git push -u origin main",
    );
    clones.git("one", "branch other");
    clones.git("one", "branch -q -u other");
    stops(
        "the branch goes along with another one of this",
        "git branch --set-upstream-to",
    );
    clones.git("one", "branch -q -u origin/main");
    clones.git("one", "config --unset-all remote.origin.fetch");
    stops(
        "git keeps no note of where origin stands",
        "git config remote.origin.fetch",
    );
    clones.git(
        "one",
        "config remote.origin.fetch +refs/heads/*:refs/remotes/origin/*",
    );
    logs(&clones, "one", "acme.toml", "cccccc");
    clones.git("one", "commit -qam mine");
    clones.git("one", "revert --no-commit HEAD");
    stops("a revert is under way", "git revert --abort");
    clones.git("one", "revert --abort");
    clones.git("one", "checkout -q -b side HEAD~1");
    logs(&clones, "one", "borealis.toml", "dddddd");
    clones.git("one", "commit -qam side");
    clones.git("one", "checkout -q main");
    clones.git("one", "merge -q --no-commit side");
    stops(
        "a merge of something else is under way",
        "git merge --continue",
    );
    clones
        .run("one", "sync --abort")
        .code(1)
        .stdout_has("stopped: a merge of something else is under way");
    clones.git("one", "merge --abort");
    clones.write("one", ".goodwill.toml", "format = 1\ntoday = 2026-11-21\n");
    stops("this journal is a sample", "today = 2026-11-21");
    std::fs::remove_dir_all(clones.top("one").join(".git")).unwrap();
    clones.write("one", ".goodwill.toml", "format = 1\n");
    stops("the journal is in no git repository", "git -C ");
}

#[test]
fn a_first_commit_is_made_unless_the_other_side_has_one() {
    let clones = two();
    std::fs::remove_dir_all(clones.top("one").join(".git")).unwrap();
    clones.git("one", "init -q .");
    clones.git("one", &format!("remote add origin {}", clones.at("hub")));
    clones
        .run("one", "sync")
        .code(1)
        .stdout_has("stopped: this repository has no commit yet, the other one has\n")
        .stderr_has("git pull origin main");
    assert!(clones.git("one", "status --porcelain").starts_with("??"));
    clones.git("", "init -q --bare empty");
    clones.git(
        "one",
        &format!("remote set-url origin {}", clones.at("empty")),
    );
    clones.git("one", "update-ref -d refs/remotes/origin/main");
    clones
        .run("one", "sync")
        .ok()
        .stdout_has("synced: 1 sent, 0 received\n");
    clones.git(
        "one",
        &format!("remote set-url origin {}", clones.at("hub")),
    );
    clones
        .run("one", "sync")
        .code(1)
        .stdout_has("stopped: origin/main has no commit in common with this journal\n");
}

#[test]
fn a_clone_whose_default_branch_has_another_name_is_told_of_it() {
    let clones = two();
    clones.git("", "--git-dir hub symbolic-ref HEAD refs/heads/master");
    std::fs::remove_dir_all(clones.top("two")).unwrap();
    clones.git("", "-c init.defaultBranch=master clone -q hub two/journal");
    clones.write("two", ".goodwill.toml", "format = 1\n");
    clones.write("two", "delta.toml", "name = \"Delta\"\n");
    clones
        .run("two", "sync")
        .code(1)
        .stdout_has("stopped: this is the branch master, origin has main\n")
        .stderr_has("git switch main");
    assert_eq!(clones.git("", "--git-dir hub branch"), "  main\n");
    clones.git("two", "switch -q main");
    clones.git("two", "merge -q --allow-unrelated-histories master");
    clones.run("two", "sync").ok().stdout_has("1 sent");
    assert_eq!(clones.read("two", "acme.toml"), ACME);
    assert_eq!(clones.read("two", "delta.toml"), "name = \"Delta\"\n");
    // A new branch with the same past is one's own matter.
    clones.git("two", "switch -q -c trip");
    clones.write("two", "delta.toml", "name = \"Delta Foods\"\n");
    clones
        .run("two", "sync")
        .ok()
        .stdout_has("1 to origin/trip");
}

#[test]
fn a_look_ahead_takes_nothing_and_writes_nothing() {
    let clones = two();
    logs(&clones, "one", "acme.toml", "cccccc");
    clones.run("one", "sync").ok();
    logs(&clones, "two", "borealis.toml", "dddddd");
    clones.git("two", "commit -qam by-hand");
    clones.write(
        "two",
        "borealis.toml",
        &(BOREALIS.to_owned() + &call("dddddd") + &call("eeeeee")),
    );
    let before = clones.git("two", "status --porcelain=v2 --branch");
    let first = "commit   Borealis: call\nsend     by-hand\nwould sync: 2 to send, 0 to receive\n";
    clones
        .run("two", "sync --dry-run")
        .ok()
        .quiet()
        .stdout(first);
    assert_eq!(clones.git("two", "status --porcelain=v2 --branch"), before);
    clones
        .run("two", "sync --dry-run --fetch")
        .ok()
        .stdout_has("receive  アクメ商事: call\nwould sync: 2 to send, 1 to receive\n");
    let json = clones.run("two", "sync --dry-run --json").ok().json();
    assert_eq!(json["commit"]["subject"], "Borealis: call");
    assert_eq!(json["receives"], 1);
    clones.run("two", "sync --fetch").code(2);
}

#[test]
fn json_is_one_document_also_where_git_has_something_to_say() {
    let clones = two();
    clones.hook("one", "pre-commit", "echo talking");
    clones.hook("one", "post-merge", "echo more");
    logs(&clones, "one", "acme.toml", "cccccc");
    let json = clones.run("one", "sync --json").ok().json();
    assert_eq!(json["state"], "synced");
    assert_eq!(json["committed"]["subject"], "アクメ商事: call");
    assert_eq!(
        (json["sent"].as_u64(), json["stopped"].is_null()),
        (Some(1), true)
    );
    clones.write("one", "acme.toml", "broken");
    let json = clones.run("one", "sync --json").code(1).json();
    assert_eq!(json["stopped"]["short"], "acme.toml is broken");
    assert_eq!(json["stopped"]["next"][0]["command"], "goodwill check");
}

#[test]
fn names_and_words_in_japanese_go_there_and_back() {
    let clones = two();
    clones.write("one", "顧客/港屋.toml", "name = \"港屋商店\"\n");
    clones.write("one", "-x y.toml", "name = \"X\"\n");
    logs(&clones, "one", "acme.toml", "cccccc");
    clones.run("one", "sync").ok();
    assert_eq!(
        clones.git("one", "log -1 --format=%B").trim_end(),
        "X: new customer; アクメ商事: call; 港屋商店: new customer\n\n\
         X: new customer\nアクメ商事: call\n港屋商店: new customer"
    );
    clones
        .run("two", "sync")
        .ok()
        .stdout_has("  港屋商店: new customer\nsynced: 0 sent, 1 received\n");
    assert_eq!(
        clones.read("two", "顧客/港屋.toml"),
        "name = \"港屋商店\"\n"
    );
    assert_eq!(clones.read("two", "-x y.toml"), "name = \"X\"\n");
}

#[test]
fn a_work_tree_beside_the_clone_is_synced_like_any_other() {
    let clones = two();
    clones.git("one", "worktree add -q ../side -b side origin/main");
    let side = clones.path().join("one/side");
    std::fs::write(
        side.join("borealis.toml"),
        BOREALIS.to_owned() + &call("cccccc"),
    )
    .unwrap();
    let words = format!("--journal {} sync", side.display());
    clones
        .run("one", &words)
        .ok()
        .stdout_has("synced: 1 sent, 0 received\n");
    clones.run("two", "sync").ok();
    assert_eq!(
        clones.read("two", "borealis.toml"),
        BOREALIS.to_owned() + &call("cccccc")
    );
}
