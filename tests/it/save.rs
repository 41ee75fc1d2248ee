//! What a save keeps as it was, and what it refuses.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use goodwill::store::disk::RealDisk;
use goodwill::store::save::{Gap, SaveError, Saved, remove, rename, save, sweep};

/// A journal in a temporary folder with one customer, `acme.toml`.
pub(crate) struct Journal {
    folder: tempfile::TempDir,
}

pub(crate) const OLD: &[u8] = b"name = \"Acme\"\n";
pub(crate) const NEW: &[u8] = b"name = \"Acme\"\nstatus = \"active\"\n";

impl Journal {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("journal")).unwrap();
        let journal = Self { folder };
        fs::write(journal.path("acme.toml"), OLD).unwrap();
        journal
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("journal")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// Every file below the journal, by its path in it, hidden ones too.
    pub(crate) fn files(&self) -> Vec<String> {
        let root = self.root();
        let mut names: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| !entry.file_type().is_dir())
            .map(|entry| {
                entry
                    .path()
                    .strip_prefix(&root)
                    .unwrap()
                    .display()
                    .to_string()
            })
            .collect();
        names.sort();
        names
    }

    fn save(&self, name: &str, base: Option<&[u8]>, new: &[u8]) -> Result<Saved, SaveError> {
        save(
            &RealDisk,
            &self.root(),
            &self.path(name),
            base,
            new,
            &mut conflict,
        )
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }
}

/// A merge that never agrees.
pub(crate) fn conflict(_: Gap) -> Option<Vec<u8>> {
    None
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn is_root(journal: &Journal) -> bool {
    fs::metadata(journal.root()).unwrap().uid() == 0
}

#[test]
fn a_save_replaces_the_bytes_and_leaves_nothing_else_behind() {
    let journal = Journal::new();
    let saved = journal.save("acme.toml", Some(OLD), NEW).unwrap();
    assert_eq!(saved.bytes, NEW);
    assert!(!saved.merged && !saved.in_place && saved.unsure.is_none());
    assert_eq!(journal.read("acme.toml"), NEW);
    assert_eq!(journal.files(), ["acme.toml"]);
}

#[test]
fn bytes_are_bytes_whatever_their_line_ends() {
    let journal = Journal::new();
    let windows =
        b"\xef\xbb\xbfname = \"Acme\"\r\nstatus = \"active\"\r\n\r\n# \xff no final newline";
    journal.save("acme.toml", Some(OLD), windows).unwrap();
    assert_eq!(journal.read("acme.toml"), windows);
}

#[test]
fn a_save_of_the_same_bytes_touches_nothing() {
    let journal = Journal::new();
    let before = fs::metadata(journal.path("acme.toml")).unwrap();
    let saved = journal.save("acme.toml", Some(OLD), OLD).unwrap();
    let after = fs::metadata(journal.path("acme.toml")).unwrap();
    assert_eq!(saved.bytes, OLD);
    assert_eq!(
        (before.ino(), before.ctime_nsec()),
        (after.ino(), after.ctime_nsec())
    );
}

#[test]
fn the_mode_stays() {
    let journal = Journal::new();
    for kept in [0o664, 0o600, 0o640, 0o755] {
        let path = journal.path(&format!("mode-{kept:o}.toml"));
        fs::write(&path, OLD).unwrap();
        set_mode(&path, kept);
        save(
            &RealDisk,
            &journal.root(),
            &path,
            Some(OLD),
            NEW,
            &mut conflict,
        )
        .unwrap();
        assert_eq!(mode(&path), kept, "{}", path.display());
    }
}

#[test]
fn a_new_file_has_the_mode_that_any_program_would_give_it() {
    let journal = Journal::new();
    journal.save("beta.toml", None, NEW).unwrap();
    fs::write(journal.path("plain.toml"), NEW).unwrap();
    assert_eq!(
        mode(&journal.path("beta.toml")),
        mode(&journal.path("plain.toml"))
    );
}

#[test]
fn the_owner_stays() {
    let journal = Journal::new();
    if !is_root(&journal) {
        return; // Only the superuser can make the case.
    }
    std::os::unix::fs::chown(journal.path("acme.toml"), Some(1234), Some(2345)).unwrap();
    journal.save("acme.toml", Some(OLD), NEW).unwrap();
    let after = fs::metadata(journal.path("acme.toml")).unwrap();
    assert_eq!((after.uid(), after.gid()), (1234, 2345));
}

#[test]
fn a_link_inside_the_journal_stays_a_link_and_its_target_is_written() {
    let journal = Journal::new();
    fs::create_dir(journal.path("archive")).unwrap();
    fs::rename(journal.path("acme.toml"), journal.path("archive/acme.toml")).unwrap();
    symlink("archive/acme.toml", journal.path("acme.toml")).unwrap();
    journal.save("acme.toml", Some(OLD), NEW).unwrap();
    assert!(
        fs::symlink_metadata(journal.path("acme.toml"))
            .unwrap()
            .is_symlink()
    );
    assert_eq!(journal.read("archive/acme.toml"), NEW);
    assert_eq!(journal.files(), ["acme.toml", "archive/acme.toml"]);
}

#[test]
fn a_link_that_leads_out_of_the_journal_is_refused() {
    let journal = Journal::new();
    let outside = journal.folder.path().join("outside.toml");
    fs::write(&outside, OLD).unwrap();
    symlink(&outside, journal.path("evil.toml")).unwrap();
    let error = journal.save("evil.toml", Some(OLD), NEW).unwrap_err();
    assert!(matches!(&error, SaveError::Outside { .. }), "{error:?}");
    let text = error.to_string();
    assert!(
        text.contains("evil.toml") && text.contains("outside.toml"),
        "{text}"
    );
    assert_eq!(fs::read(outside).unwrap(), OLD);
}

#[test]
fn a_folder_that_leads_out_of_the_journal_is_refused() {
    let journal = Journal::new();
    let outside = tempfile::tempdir().unwrap();
    symlink(outside.path(), journal.path("group")).unwrap();
    for name in ["group/new.toml", "../new.toml", "group/deep/new.toml"] {
        let error = journal.save(name, None, NEW).unwrap_err();
        assert!(
            matches!(error, SaveError::Outside { .. }),
            "{name}: {error:?}"
        );
    }
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn only_regular_files_are_written() {
    let journal = Journal::new();
    fs::create_dir(journal.path("folder.toml")).unwrap();
    let pipe = journal.path("pipe.toml");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    for name in ["folder.toml", "pipe.toml"] {
        let error = journal.save(name, Some(OLD), NEW).unwrap_err();
        assert!(
            matches!(error, SaveError::NotAFile { .. }),
            "{name}: {error:?}"
        );
    }
}

#[test]
fn a_file_with_two_names_keeps_both() {
    let journal = Journal::new();
    fs::hard_link(journal.path("acme.toml"), journal.path("same.toml")).unwrap();
    let shorter = b"name = \"A\"\n";
    for (base, new) in [(OLD, NEW), (NEW, shorter.as_slice())] {
        let saved = journal.save("acme.toml", Some(base), new).unwrap();
        assert!(saved.in_place);
        assert_eq!(journal.read("same.toml"), new);
    }
    assert_eq!(journal.files(), ["acme.toml", "same.toml"]);
}

#[test]
fn a_file_in_a_folder_that_takes_no_new_files_is_written_in_place() {
    let journal = Journal::new();
    if is_root(&journal) {
        return; // A folder is never read-only for the superuser; the fault sweep has the case.
    }
    set_mode(&journal.root(), 0o555);
    let saved = journal.save("acme.toml", Some(OLD), NEW).unwrap();
    set_mode(&journal.root(), 0o755);
    assert!(saved.in_place);
    assert_eq!(journal.read("acme.toml"), NEW);
}

#[test]
fn a_file_marked_read_only_is_not_written() {
    let journal = Journal::new();
    set_mode(&journal.path("acme.toml"), 0o444);
    let error = journal.save("acme.toml", Some(OLD), NEW).unwrap_err();
    assert!(
        error.to_string().contains("read-only: permission denied"),
        "{error}"
    );
    assert_eq!(journal.read("acme.toml"), OLD);
}

#[test]
fn a_file_with_content_never_becomes_empty() {
    let journal = Journal::new();
    let error = journal.save("acme.toml", Some(OLD), b"").unwrap_err();
    assert!(matches!(error, SaveError::Empty { .. }), "{error:?}");
    fs::write(journal.path("acme.toml"), "theirs").unwrap();
    let path = journal.path("acme.toml");
    let mut emptied = |_: Gap| Some(Vec::new());
    let error = save(
        &RealDisk,
        &journal.root(),
        &path,
        Some(OLD),
        NEW,
        &mut emptied,
    )
    .unwrap_err();
    assert!(matches!(error, SaveError::Changed { .. }), "{error:?}");
    assert_eq!(journal.read("acme.toml"), b"theirs");
}

#[test]
fn a_new_file_makes_its_folders() {
    let journal = Journal::new();
    journal.save("group/deep/beta.toml", None, NEW).unwrap();
    assert_eq!(journal.files(), ["acme.toml", "group/deep/beta.toml"]);
}

#[test]
fn a_new_file_replaces_nothing() {
    let journal = Journal::new();
    symlink("nowhere.toml", journal.path("dangling.toml")).unwrap();
    for name in ["acme.toml", "dangling.toml"] {
        let error = journal.save(name, None, NEW).unwrap_err();
        assert!(
            matches!(error, SaveError::Exists { .. }),
            "{name}: {error:?}"
        );
    }
    assert_eq!(journal.files(), ["acme.toml", "dangling.toml"]);
}

#[test]
fn what_another_program_wrote_goes_to_the_merge() {
    let journal = Journal::new();
    fs::write(journal.path("acme.toml"), "theirs").unwrap();
    let mut asked = Vec::new();
    let mut merge = |gap: Gap| {
        asked.push((gap.base.to_vec(), gap.ours.to_vec(), gap.theirs.to_vec()));
        Some(b"both".to_vec())
    };
    let path = journal.path("acme.toml");
    let saved = save(
        &RealDisk,
        &journal.root(),
        &path,
        Some(OLD),
        NEW,
        &mut merge,
    )
    .unwrap();
    assert_eq!(asked, [(OLD.to_vec(), NEW.to_vec(), b"theirs".to_vec())]);
    assert!(saved.merged);
    assert_eq!(
        (saved.bytes.as_slice(), journal.read("acme.toml").as_slice()),
        (&b"both"[..], &b"both"[..])
    );
}

#[test]
fn a_conflict_leaves_the_disk_to_the_other_program() {
    let journal = Journal::new();
    fs::write(journal.path("acme.toml"), "theirs").unwrap();
    let error = journal.save("acme.toml", Some(OLD), NEW).unwrap_err();
    assert!(matches!(error, SaveError::Changed { .. }), "{error:?}");
    assert_eq!(journal.read("acme.toml"), b"theirs");
    assert_eq!(journal.files(), ["acme.toml"]);
}

#[test]
fn a_deleted_file_is_not_brought_back() {
    let journal = Journal::new();
    let error = journal.save("gone.toml", Some(OLD), NEW).unwrap_err();
    assert!(matches!(error, SaveError::Gone { .. }), "{error:?}");
    assert_eq!(journal.files(), ["acme.toml"]);
}

#[test]
fn a_removal_wants_the_bytes_that_were_read() {
    let journal = Journal::new();
    let path = journal.path("acme.toml");
    let error = remove(&RealDisk, &journal.root(), &path, NEW).unwrap_err();
    assert!(matches!(error, SaveError::Changed { .. }), "{error:?}");
    assert_eq!(journal.read("acme.toml"), OLD);
    assert!(
        remove(&RealDisk, &journal.root(), &path, OLD)
            .unwrap()
            .is_none()
    );
    assert!(journal.files().is_empty());
}

#[test]
fn a_move_makes_folders_and_replaces_nothing() {
    let journal = Journal::new();
    let (acme, there) = (journal.path("acme.toml"), journal.path("archive/acme.toml"));
    assert!(
        rename(&RealDisk, &journal.root(), &acme, &there)
            .unwrap()
            .is_none()
    );
    assert_eq!(journal.files(), ["archive/acme.toml"]);
    fs::write(&acme, NEW).unwrap();
    let error = rename(&RealDisk, &journal.root(), &acme, &there).unwrap_err();
    assert!(matches!(error, SaveError::Exists { .. }), "{error:?}");
    assert_eq!(
        (journal.read("acme.toml"), journal.read("archive/acme.toml")),
        (NEW.to_vec(), OLD.to_vec())
    );
    let error = rename(
        &RealDisk,
        &journal.root(),
        &acme,
        &journal.path("../acme.toml"),
    )
    .unwrap_err();
    assert!(matches!(error, SaveError::Outside { .. }), "{error:?}");
}

#[test]
fn a_sweep_clears_old_leftovers_and_keeps_what_others_wrote() {
    let journal = Journal::new();
    let nobodys = "0123456789abcdef";
    // Two zero fingerprints: no content has them.
    let others = format!(".goodwill-{nobodys}.{0}.{0}.tmp", "0".repeat(16));
    for name in [
        format!(".goodwill-{nobodys}.tmp"),
        others,
        ".goodwill-notes.tmp".into(),
        ".goodwill.toml".into(),
    ] {
        fs::write(journal.path(&name), "left").unwrap();
    }
    let now = SystemTime::now();
    let young = sweep(
        &RealDisk,
        &journal.root(),
        now + Duration::from_secs(59 * 60),
    )
    .unwrap();
    assert_eq!(
        (young.removed, young.rescued.len(), journal.files().len()),
        (0, 0, 5)
    );
    let old = sweep(
        &RealDisk,
        &journal.root(),
        now + Duration::from_secs(61 * 60),
    )
    .unwrap();
    assert_eq!((old.removed, old.rescued.len()), (1, 1));
    assert_eq!(fs::read(&old.rescued[0]).unwrap(), b"left");
    let rescued = old.rescued[0]
        .file_name()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        journal.files(),
        [
            ".goodwill-notes.tmp",
            ".goodwill.toml",
            "acme.toml",
            &rescued
        ]
    );
}
