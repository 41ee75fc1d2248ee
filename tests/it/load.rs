//! A folder becomes a journal; what can't be read stands beside it and stops nothing.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use goodwill::store::load::{load, load_in_batches, load_strict, reload};
use tempfile::TempDir;

fn journal(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(dir.path(), path, text.as_bytes());
    }
    dir
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The keys of the customers, then `code path`, one below the other.
fn loaded(root: &Path) -> String {
    let (journal, problems) = load(root, &mut |_, _| {});
    let keys: Vec<&str> = journal.customers.iter().map(|c| &*c.key).collect();
    let mut out = format!("{}\n", keys.join(" "));
    for problem in problems {
        out += &format!("{} {}\n", problem.code, problem.path);
        assert!(!problem.cure.is_empty());
    }
    out
}

#[test]
fn the_batches_together_are_the_journal() {
    for count in [0, 1, 63, 64, 65, 300] {
        let dir = tempfile::tempdir().unwrap();
        for at in 0..count {
            let text = format!("name = \"{at}\"\n[fact.a]\ntext = \"x\"\n");
            fs::write(dir.path().join(format!("c{at}.toml")), text).unwrap();
        }
        fs::write(dir.path().join("broken.toml"), "name = \n").unwrap();
        let mut batches = Vec::new();
        let (journal, problems) =
            load_in_batches(dir.path(), &mut |_, _| {}, &mut |batch| batches.push(batch));
        assert_eq!((journal.customers.len(), problems.len()), (count + 1, 1));
        // One of the two threads may read them all before the other one wakes up.
        let come_apart = || {
            let mut several = 0;
            load_in_batches(dir.path(), &mut |_, _| {}, &mut |_| several += 1);
            several > 1
        };
        assert!(
            count < 300 || (0..200).any(|_| come_apart()),
            "all come at once"
        );
        let mut customers = batches.concat();
        customers.sort_by(|a, b| a.key.cmp(&b.key));
        assert_eq!(customers.len(), journal.customers.len());
        let mut both = customers.iter().zip(&journal.customers);
        assert!(both.all(|(one, other)| Arc::ptr_eq(one, other)));
    }
}

#[test]
fn every_file_at_any_depth_is_a_customer_and_hidden_ones_are_not() {
    let dir = journal(&[
        ("zoo.toml", "name = \"Zoo\""),
        ("archive/old/cobalt.toml", ""),
        ("アクメ.toml", "name = \"アクメ\""),
        ("notes.md", "# no customer"),
        (".git/config.toml", "[["),
        (".hidden.toml", "[["),
        (".goodwill.toml", "currency = \"JPY\""),
    ]);
    assert_eq!(loaded(dir.path()), "archive/old/cobalt zoo アクメ\n");
    let (journal, _) = load(dir.path(), &mut |_, _| {});
    assert_eq!(journal.settings.currency(), Some("JPY"));
    assert_eq!(journal.customer("zoo").unwrap().name(), "Zoo");
}

#[test]
fn progress_counts_up_to_the_number_of_files() {
    let names: Vec<String> = (0..40).map(|n| format!("c{n:02}.toml")).collect();
    let files: Vec<_> = names.iter().map(|name| (&**name, "")).collect();
    let dir = journal(&files);
    let mut told = Vec::new();
    load(dir.path(), &mut |done, of| told.push((done, of)));
    assert_eq!(told.first(), Some(&(0, 40)));
    assert_eq!(told.last(), Some(&(40, 40)));
    assert!(told.is_sorted());
}

#[test]
fn a_broken_file_stops_nothing() {
    let dir = journal(&[
        ("acme.toml", "name = \"Acme\"\n<<<<<<< ours\n"),
        ("borealis.toml", "name = \"Borealis\""),
        (".goodwill.toml", "currency = \"JPY\"\n=\n"),
    ]);
    write(dir.path(), "cobalt.toml", b"name = \"\xff\"");
    assert_eq!(
        loaded(dir.path()),
        "acme borealis cobalt\nsyntax .goodwill.toml\nconflict-markers acme.toml\nencoding cobalt.toml\n"
    );
}

#[test]
fn conflict_copies_of_sync_services_are_told_and_left_out() {
    let dir = journal(&[
        ("a/acme.toml", ""),
        ("a/acme.sync-conflict-20260304-101112-ABCDEFG.toml", ""),
        ("a/acme (conflicted copy 2026-03-04).toml", ""),
        ("a/acme-DESKTOP-4F2K.toml", ""),
        ("b-DESKTOP-4F2K.toml", ""),
    ]);
    assert_eq!(
        loaded(dir.path()),
        "a/acme b-DESKTOP-4F2K\nsync-copy a/acme (conflicted copy 2026-03-04).toml\n\
         sync-copy a/acme-DESKTOP-4F2K.toml\nsync-copy a/acme.sync-conflict-20260304-101112-ABCDEFG.toml\n"
    );
}

#[test]
fn links_that_lead_out_are_told_and_not_read() {
    let outside = journal(&[("secret.toml", "name = \"Secret\""), ("dir/x.toml", "")]);
    let dir = journal(&[("acme.toml", "name = \"Acme\"")]);
    let root = dir.path();
    symlink(outside.path().join("secret.toml"), root.join("evil.toml")).unwrap();
    symlink(outside.path().join("dir"), root.join("group")).unwrap();
    symlink("acme.toml", root.join("alias.toml")).unwrap();
    symlink("nowhere.toml", root.join("lost.toml")).unwrap();
    symlink("loop.toml", root.join("loop.toml")).unwrap();
    symlink(root, root.join("again")).unwrap();
    assert_eq!(
        loaded(root),
        "acme alias\nlink-outside evil.toml\nlink-outside group\nunreadable loop.toml\nunreadable lost.toml\n"
    );
    let (customer, problems) = reload(root, "evil");
    assert!(customer.unwrap().head.is_empty());
    assert_eq!(problems[0].code, "link-outside");
}

#[test]
fn whatever_else_is_named_like_a_customer_is_told_and_not_read() {
    let dir = journal(&[("acme.toml", ""), ("folder.toml/inner.toml", "")]);
    let root = dir.path();
    let made = Command::new("mkfifo").arg(root.join("pipe.toml")).status();
    assert!(made.unwrap().success());
    let large = fs::File::create(root.join("large.toml")).unwrap();
    large.set_len(33 << 20).unwrap();
    write(root, "locked.toml", b"name = \"x\"");
    fs::set_permissions(root.join("locked.toml"), fs::Permissions::from_mode(0o0)).unwrap();
    // Root may read everything.
    let locked = if fs::read(root.join("locked.toml")).is_err() {
        "unreadable locked.toml\n"
    } else {
        ""
    };
    assert_eq!(
        loaded(root),
        format!(
            "acme large locked\nnot-a-file folder.toml\ntoo-large large.toml\n{locked}not-a-file pipe.toml\n"
        )
    );
}

#[test]
fn names_that_are_no_text_are_told() {
    use std::os::unix::ffi::OsStrExt as _;
    let dir = journal(&[]);
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.toml");
    fs::write(dir.path().join(name), "").unwrap();
    assert_eq!(loaded(dir.path()), "\nbad-name caf\u{fffd}.toml\n");
}

#[test]
fn a_folder_that_is_not_there_is_an_empty_journal_with_a_problem() {
    let dir = journal(&[]);
    assert_eq!(loaded(&dir.path().join("gone")), "\nunreadable .\n");
}

#[test]
fn the_strict_pass_tells_what_the_load_leaves_to_it() {
    let dir = journal(&[
        ("acme.toml", "name = \"a\"\nname = \"b\"\n"),
        ("borealis.toml", "since = 2026-02-30\n"),
        ("cobalt.toml", "name = \n"),
        (".goodwill.toml", "a = 1\na = 2\n"),
        ("delta.toml", "name = \"fine\"\n"),
    ]);
    let told: Vec<String> = load_strict(dir.path(), &mut |_, _| {})
        .iter()
        .map(|p| format!("{}:{} {}", p.path, p.line.unwrap(), p.code))
        .collect();
    assert_eq!(
        told,
        [
            ".goodwill.toml:2 duplicate-key",
            "acme.toml:2 duplicate-key",
            "borealis.toml:1 syntax",
            "cobalt.toml:1 syntax",
        ]
    );
}

#[test]
fn one_file_is_read_again_without_the_others() {
    let dir = journal(&[("archive/acme.toml", "name = \"Acme\"")]);
    let (customer, problems) = reload(dir.path(), "archive/acme");
    assert_eq!(customer.unwrap().name(), "Acme");
    assert!(problems.is_empty());
    assert_eq!(reload(dir.path(), "gone"), (None, Vec::new()));
}
