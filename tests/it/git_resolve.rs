//! `goodwill resolve`: what a merge or rebase left undecided, merged by entry after the fact.

use goodwill::model::value::Value;
use goodwill::store::git::Git;
use goodwill::store::git::resolve::{settle, unsettled};

use crate::git_case::GitCase;

const BASE: &str =
    "name = \"Acme\"\nstatus = \"active\"\n\n[concern.a]\nsaid = \"x\"\nstatus = \"open\"\n";

fn two_entries() -> [String; 3] {
    let ours = format!("{BASE}\n[fact.2026-11-20-aaaaaa]\ntext = \"ours\"\n");
    let theirs = format!("{BASE}\n[fact.2026-11-21-bbbbbb]\ntext = \"theirs\"\n");
    let both = format!("{ours}\n[fact.2026-11-21-bbbbbb]\ntext = \"theirs\"\n");
    [ours, theirs, both]
}

fn two_statuses() -> [String; 2] {
    let status = |to: &str| BASE.replace("\"open\"", to);
    [status("\"answered\""), status("\"gone\"")]
}

#[test]
fn what_git_left_undecided_is_merged_and_staged_and_no_set_up_is_needed() {
    for style in ["merge", "diff3", "zdiff3"] {
        let case = GitCase::new();
        case.set("merge.conflictStyle", style);
        let [ours, theirs, both] = two_entries();
        case.acme(BASE, &ours, &theirs);
        case.git("merge --no-edit other").code(1);
        case.case
            .run("resolve")
            .ok()
            .stdout("acme.toml: merged\n")
            .stderr("goodwill: to go on: git merge --continue\n");
        assert_eq!(case.read("acme.toml"), both, "{style}");
        assert_eq!(case.git("status --porcelain").stdout, "M  acme.toml\n");
        // It neither commits nor goes on by itself.
        case.git("rev-parse -q --verify MERGE_HEAD").ok();
        case.case
            .run("resolve")
            .ok()
            .stdout("")
            .stderr_has("nothing is left to decide");
    }
}

#[test]
fn only_paths_of_the_journal_are_touched_where_it_lies_in_a_folder() {
    let case = GitCase::at(".");
    let [ours, theirs, both] = two_entries();
    let sides = [Some(BASE), Some(ours.as_str()), Some(theirs.as_str())];
    case.sides(&[
        ("顧客/港 屋 'x'.toml", sides),
        ("../letters/a.toml", sides),
        ("a.txt", sides),
    ]);
    case.git("merge --no-edit other").code(1);
    case.case
        .run("resolve")
        .code(1)
        .stdout("a.txt: left\n顧客/港 屋 'x'.toml: merged\n")
        .stderr_has("a.txt: it is no customer's file: put it right by hand, then git add -- a.txt");
    assert_eq!(case.read("顧客/港 屋 'x'.toml"), both);
    assert_eq!(
        case.unmerged().lines().collect::<Vec<_>>(),
        ["journal/a.txt", "letters/a.toml"]
    );
}

#[test]
fn a_field_that_both_changed_is_told_and_waits() {
    let case = GitCase::new();
    let [ours, theirs] = two_statuses();
    case.acme(BASE, &ours, &theirs.replace("Acme", "ACME"));
    case.git("merge --no-edit other").code(1);
    let ran = case
        .case
        .run("resolve")
        .code(1)
        .stdout("acme.toml: undecided\n");
    ran.stderr_has(
        "acme.toml: concern.a: status: here \"answered\", there \"gone\", before \"open\"\n",
    )
    .stderr_has("goodwill resolve acme.toml --take here");
    let marked = case.read("acme.toml");
    assert!(marked.starts_with("name = \"ACME\"\n"), "{marked}");
    assert!(marked.ends_with(">>>>>>> MERGE_HEAD\n"), "{marked}");
    assert_eq!(case.unmerged(), "acme.toml\n");
    let again = case.case.run("resolve --json").code(1).json();
    assert_eq!(again["left"], 1);
    let clash = &again["files"][0]["clashes"][0];
    assert_eq!(clash["table"], serde_json::json!(["concern", "a"]));
    assert_eq!(
        (
            &clash["field"],
            &clash["here"],
            &clash["there"],
            &clash["base"]
        ),
        (
            &"status".into(),
            &"answered".into(),
            &"gone".into(),
            &"open".into()
        )
    );
    assert_eq!(
        case.read("acme.toml"),
        marked,
        "a second look changes nothing"
    );
}

/// With them inside of a text the file parses all the same.
#[test]
fn markers_in_the_lines_of_a_text_are_no_decision() {
    for style in ["merge", "diff3", "zdiff3"] {
        let case = GitCase::new();
        case.set("merge.conflictStyle", style);
        let notes = |first: &str, last: &str| {
            format!("name = \"Acme\"\nnotes = \"\"\"\n{first}\nsecond\nthird\n{last}\"\"\"\n")
        };
        let ours = notes("first here", "last here");
        case.acme(
            &notes("first", "last"),
            &ours,
            &notes("first there", "last"),
        );
        case.git("merge --no-edit other").code(1);
        case.case
            .run("resolve")
            .code(1)
            .stdout("acme.toml: undecided\n")
            .stderr_has("acme.toml: the head: notes: here ");
        assert_eq!(case.unmerged(), "acme.toml\n", "{style}");
        case.case.run("resolve --take here").ok();
        assert_eq!(case.read("acme.toml"), ours);
    }
}

#[test]
fn a_side_can_be_taken_and_in_a_rebase_here_is_still_here() {
    for (begin, end) in [
        ("merge --no-edit other", "merge"),
        ("rebase other", "rebase"),
    ] {
        for (side, status) in [("here", "answered"), ("there", "gone")] {
            let case = GitCase::new();
            let [ours, theirs] = two_statuses();
            case.acme(BASE, &ours, &theirs);
            case.git(begin).code(1);
            case.case
                .run(&format!("resolve --take {side}"))
                .ok()
                .stderr(&format!("goodwill: to go on: git {end} --continue\n"));
            assert_eq!(case.read("acme.toml"), BASE.replace("open", status));
            assert_eq!(case.unmerged(), "");
        }
    }
}

#[test]
fn what_was_decided_by_hand_between_the_markers_is_staged() {
    let case = GitCase::new().with_driver();
    let [ours, theirs] = two_statuses();
    case.acme(BASE, &ours, &theirs);
    case.git("merge --no-edit other").code(1);
    let decided = BASE.replace("\"open\"", "\"accepted\"");
    case.case.write("acme.toml", &decided);
    case.case.run("resolve").ok().stdout("acme.toml: merged\n");
    assert_eq!(case.read("acme.toml"), decided);
    assert_eq!(case.unmerged(), "");
}

#[test]
fn what_was_edited_by_hand_is_kept_or_asked_about_never_overwritten() {
    // One of two conflicts put right, and a word added: both stay.
    let case = GitCase::new();
    let ours = BASE.replace("Acme", "Acme A").replace("open", "answered");
    let theirs = BASE.replace("Acme", "Acme B").replace("open", "gone");
    case.acme(BASE, &ours, &theirs);
    case.git("merge --no-edit other").code(1);
    let text = case.read("acme.toml");
    let first = text.find("status = \"active\"").unwrap();
    let edited = format!("name = \"Acme C\"\nreading = \"acme\"\n{}", &text[first..]);
    case.case.write("acme.toml", &edited);
    case.case.run("resolve --take there").ok();
    let now = case.read("acme.toml");
    assert!(
        now.starts_with("name = \"Acme C\"\nreading = \"acme\"\n"),
        "{now}"
    );
    assert!(
        now.contains("status = \"gone\"") && !now.contains("<<<"),
        "{now}"
    );

    // All markers gone, and more written than was to decide.
    let case = GitCase::new();
    let [ours, theirs] = two_statuses();
    case.acme(BASE, &ours, &theirs);
    case.git("merge --no-edit other").code(1);
    let by_hand = format!("{BASE}# a word of my own\n");
    case.case.write("acme.toml", &by_hand);
    case.case
        .run("resolve")
        .code(1)
        .stderr_has("it was edited by hand since; if it is as it should be: git add -- acme.toml");
    assert_eq!(case.read("acme.toml"), by_hand);
    case.case.run("resolve --afresh --take here acme").ok();
    assert_eq!(case.read("acme.toml"), ours);
}

/// One side took a fact out and wrote a promise that looks like it, the other wrote below it. Git
/// puts the text of the fact among the lines of the promise.
fn two_that_look_alike() -> [String; 4] {
    let fact = "\n[fact.2026-11-04-aaaaaa]\nstatus = \"open\"\ntext = \"a\"\n";
    let promise = "\n[promise.2026-11-03-bbbbbb]\nstatus = \"open\"\nwhat = \"b\"\n";
    let more = "\n[fact.2026-11-23-cccccc]\ntext = \"c\"\n";
    [
        format!("{BASE}{fact}"),
        format!("{BASE}{promise}"),
        format!("{BASE}{fact}{more}"),
        format!("{BASE}{promise}{more}"),
    ]
}

#[test]
fn where_git_put_a_line_into_another_entry_that_is_nobodys_word() {
    for style in ["merge", "diff3", "zdiff3"] {
        let ways = ["merge --no-edit other", "rebase other"];
        for (begin, again) in ways.into_iter().flat_map(|way| [(way, false), (way, true)]) {
            let case = GitCase::new();
            case.set("merge.conflictStyle", style);
            let [base, ours, theirs, both] = two_that_look_alike();
            case.acme(&base, &ours, &theirs);
            case.git(begin).code(1);
            let marked = case.read("acme.toml");
            assert!(marked.contains("<<<<<<<"), "{marked}");
            if again {
                case.case.write("acme.toml", "a slip of the hand");
                case.git("checkout -m -- acme.toml").ok();
            }
            case.case.run("resolve").ok().stdout("acme.toml: merged\n");
            assert_eq!(case.read("acme.toml"), both, "{style}, {begin}, {again}");
        }
    }
}

#[test]
fn what_is_edited_around_such_a_line_is_left_to_a_person() {
    let case = GitCase::new();
    let [base, ours, theirs, both] = two_that_look_alike();
    let name = |text: &str, name: &str| text.replace("\"Acme\"", name);
    let (ours, theirs) = (name(&ours, "\"Acme A\""), name(&theirs, "\"Acme B\""));
    case.acme(&base, &ours, &theirs);
    case.git("merge --no-edit other").code(1);
    let marked = case.read("acme.toml");
    let rest = marked.find("status = \"active\"").unwrap();
    let edited = format!("name = \"Acme C\"\n{}", &marked[rest..]);
    case.case.write("acme.toml", &edited);
    case.case
        .run("resolve")
        .code(1)
        .stdout("acme.toml: left\n")
        .stderr_has("promise.2026-11-03-bbbbbb: text stands where no side has it");
    assert_eq!(case.read("acme.toml"), edited);
    case.case.run("resolve --afresh --take here acme").ok();
    assert_eq!(case.read("acme.toml"), name(&both, "\"Acme A\""));
}

#[test]
fn what_one_side_removed_and_the_other_changed_stays() {
    for removed_here in [true, false] {
        let case = GitCase::new();
        let [ours, _, _] = two_entries();
        let mut sides = [Some(BASE), None, Some(ours.as_str())];
        if !removed_here {
            sides.swap(1, 2);
        }
        case.sides(&[("acme.toml", sides)]);
        case.git("merge --no-edit other").code(1);
        case.case
            .run("resolve")
            .ok()
            .stderr_has("acme.toml: it was removed on one side and changed on the other: it stays");
        assert_eq!(case.read("acme.toml"), ours);
        assert_eq!(case.unmerged(), "");
        case.git("commit -q --no-edit").ok();
        assert_eq!(case.git("ls-files").stdout, "acme.toml\n");
    }
}

#[test]
fn what_one_side_removed_goes_where_the_other_changed_nothing_but_spacing() {
    let case = GitCase::new();
    let spaced = BASE.replace(" = ", "  = ").replace("\n\n", "\n\n\n");
    let spaced_ends = spaced.replace("  = ", " = ");
    case.sides(&[
        ("acme.toml", [Some(BASE), None, Some(&spaced_ends)]),
        ("b.toml", [Some("x = 1\n"); 3]),
    ]);
    case.git("merge --no-edit other").code(1);
    case.case.run("resolve").ok().stdout("acme.toml: removed\n");
    assert!(!case.case.path("acme.toml").exists());
    assert_eq!(case.unmerged(), "");
    case.git("commit -q --no-edit").ok();
    assert_eq!(case.git("ls-files").stdout, "b.toml\n");
}

#[test]
fn both_may_have_made_the_file() {
    let case = GitCase::new();
    let [ours, theirs, both] = two_entries();
    case.sides(&[("acme.toml", [None, Some(&ours), Some(&theirs)])]);
    case.git("merge --no-edit other").code(1);
    case.case.run("resolve").ok();
    assert_eq!(case.read("acme.toml"), both);
    assert_eq!(case.unmerged(), "");
}

#[test]
fn a_customer_that_got_two_names_is_left_to_a_person() {
    let case = GitCase::new();
    case.acme(BASE, BASE, BASE);
    case.git("mv acme.toml here.toml").ok();
    case.commit("here");
    case.git("checkout -q other").ok();
    case.git("mv acme.toml there.toml").ok();
    case.commit("there");
    case.git("checkout -q main").ok();
    case.git("merge --no-edit other").code(1);
    case.case
        .run("resolve")
        .code(1)
        .stdout_has("acme.toml: removed\n")
        .stderr_has("here.toml: it has this name on one side alone")
        .stderr_has("git rm -- there.toml");
    assert_eq!(case.unmerged(), "here.toml\nthere.toml\n");
    assert_eq!(case.read("here.toml"), BASE);
}

#[test]
fn screens_are_told_who_and_when_and_settle_what_was_decided() {
    for begin in ["merge --no-edit other", "rebase other"] {
        let case = GitCase::new();
        let [ours, theirs] = two_statuses();
        case.acme(BASE, &ours, &theirs);
        case.git(begin).code(1);
        let git = Git::find(&case.case.path("")).unwrap();
        let [one] = <[_; 1]>::try_from(unsettled(&git).unwrap()).unwrap();
        assert_eq!((&*one.customer, &one.hindrance), ("acme", &None));
        assert_eq!(
            (&*one.here.who, &*one.here.when, &*one.here.branch),
            ("Aoi", "2026-11-20", "main")
        );
        assert_eq!((&*one.there.who, &*one.there.branch), ("Aoi", "other"));
        assert_eq!(one.clashes[0].conflict.ours, Some(Value::text("answered")));
        assert_eq!(one.clashes[0].conflict.theirs, Some(Value::text("gone")));
        assert!(settle(&git, "acme.toml", &[]).is_err());
        let settled = settle(&git, "acme.toml", &[Some(Value::text("accepted"))]).unwrap();
        assert!(settled.is_whole());
        assert_eq!(case.read("acme.toml"), BASE.replace("open", "accepted"));
        assert!(unsettled(&git).unwrap().is_empty());
        assert!(
            settle(&git, "acme.toml", &[None]).is_err(),
            "nothing is left"
        );
    }
}

#[test]
fn markers_are_merged_where_there_is_no_git_and_can_be_undone() {
    let case = crate::case::Case::new();
    let marked = "name = \"Acme\"\n\n<<<<<<< conflict 1 of 1\n%%%%%%% diff from: x\n\\\\\\\\\\\\\\        to: y\n\
        +[fact.2026-11-20-a]\n+text = \"one\"\n+++++++ z\n[fact.2026-11-21-b]\ntext = \"two\"\n>>>>>>> conflict 1 of 1 ends\n";
    case.write("acme.toml", marked);
    case.run("resolve").ok().stdout("acme.toml: merged\n");
    let text = case.read("acme.toml");
    assert!(
        text.contains("text = \"one\"") && text.contains("text = \"two\""),
        "{text}"
    );
    case.run("check").ok();
    case.run("undo").ok();
    assert_eq!(case.read("acme.toml"), marked);
    let clash = "[a.b]\n<<<<<<< HEAD\nstatus = 2\n=======\nstatus = 3\n>>>>>>> other\n";
    case.write("acme.toml", clash);
    case.run("resolve acme")
        .code(1)
        .stderr_has("acme.toml: a.b: status: the first \"2\", the second \"3\"\n");
    case.run("resolve acme --take there").ok();
    assert_eq!(case.read("acme.toml"), "[a.b]\nstatus = 3\n");
    case.run("resolve acme")
        .ok()
        .stdout("acme.toml: nothing to do\n");
    case.run("resolve nowhere")
        .code(3)
        .stderr_has("there is no file \"nowhere\"");
    case.write("acme.toml", "<<<<<<< HEAD\na = 1\n");
    case.run("resolve")
        .code(1)
        .stderr_has("line 1: the markers can't be read");
}

#[test]
fn a_copy_of_a_sync_service_is_merged_with_what_both_began_with() {
    for name in [
        "acme.sync-conflict-20260304-101112-ABCDEFG",
        "acme (Aoi's conflicted copy 2026-03-04)",
        "acme-DESKTOP-4F2K",
    ] {
        let case = crate::case::Case::new();
        case.run("new Acme --key acme").ok();
        case.run("add acme concern -m old --key a").ok();
        let base = case.read("acme.toml");
        case.run("add acme fact -m here --key b").ok();
        let copy = format!(
            "{}\n[fact.c]\ntext = \"there\"\n",
            base.replace("old", "new")
        );
        case.write(&format!("{name}.toml"), &copy);
        case.run("check").code(4);
        let quoted = shell_words::quote(name).into_owned();
        case.run(&format!("resolve {quoted}"))
            .ok()
            .stdout(&format!("{name}.toml: merged\n"));
        let text = case.read("acme.toml");
        for part in ["\"new\"", "\"here\"", "\"there\""] {
            assert!(text.contains(part), "{text}");
        }
        assert!(!text.contains("\"old\""), "{text}");
        assert!(!case.path(&format!("{name}.toml")).exists());
        case.run("check").ok();
        case.run("undo").ok();
        assert_eq!(case.read(&format!("{name}.toml")), copy);
        assert!(!case.read("acme.toml").contains("there"));
        case.run("redo").ok();
        assert_eq!(case.read("acme.toml"), text);
        assert!(!case.path(&format!("{name}.toml")).exists());
    }
}

#[test]
fn without_a_history_nothing_of_a_copy_or_its_customer_is_taken_for_removed() {
    let case = crate::case::Case::new();
    let with = |more: &str| format!("name = \"Acme\"\n\n[fact.a]\ntext = \"a\"\n{more}");
    case.write("acme.toml", &with("\n[fact.b]\ntext = \"b\"\n"));
    let name = "acme.sync-conflict-20260304-101112-ABCDEFG.toml";
    case.write(name, &with("\n[fact.c]\ntext = \"c\"\n"));
    case.run(&format!("resolve {name}")).ok();
    let text = case.read("acme.toml");
    for part in ["[fact.a]", "[fact.b]", "[fact.c]"] {
        assert_eq!(text.matches(part).count(), 1, "{text}");
    }
    // Where both changed a field, both files stay until that is decided.
    let case = crate::case::Case::new();
    case.write("acme.toml", &text);
    case.write(name, &text.replace("\"a\"", "\"A\""));
    case.run(&format!("resolve {name}"))
        .code(1)
        .stderr_has("fact.a: text: here \"a\", there \"A\"");
    assert_eq!(case.read("acme.toml"), text);
    assert!(case.path(name).exists());
    case.run(&format!("resolve {name} --take there")).ok();
    assert_eq!(case.read("acme.toml"), text.replace("\"a\"", "\"A\""));
    assert!(!case.path(name).exists());
}
