//! Tells when files of the journal change, whoever changes them: an editor, `sed`, git.
//!
//! The folder is watched rather than the files, as many programs save by renaming. A burst of
//! events, such as a checkout, is told once, when it is over.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{files, load};
use crate::model::customer::Customer;
use crate::model::journal::Journal;
use crate::model::problem::Problem;

/// A burst is over when nothing happened for so long.
const QUIET: Duration = Duration::from_millis(40);
/// A burst that goes on is told all the same after so long.
const LONGEST: Duration = Duration::from_millis(500);

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// These customers, by key; some may be gone, some new.
    Customers(BTreeSet<String>),
    /// Folders or the settings: all is to be read again.
    All,
}

/// How long a file that is gone or empty is given to come back: many editors rename the old one
/// away, make a new one, and fill it.
pub const COMES_BACK: Duration = Duration::from_millis(50);

/// A customer as it reads now, `None` where its file is gone, and the problems that a strict look
/// finds in the file.
pub type Now = (String, Option<Customer>, Vec<Problem>);

/// Reads these customers again. Where a file of `journal` seems gone or emptied it is looked at
/// once more behind `pause`, as somebody may be about to write it.
pub fn read_again(
    root: &Path,
    keys: &BTreeSet<String>,
    journal: &Journal,
    pause: impl FnOnce(),
) -> Vec<Now> {
    let read = |key: &String| {
        let (customer, _) = load::reload(root, key);
        (key.clone(), customer, load::look_again(root, key))
    };
    let seems_gone = |(key, now, _): &Now| {
        let was_there = journal.customer(key).is_some_and(|was| !was.is_blank());
        was_there && now.as_ref().is_none_or(Customer::is_blank)
    };
    let mut found: Vec<Now> = keys.iter().map(read).collect();
    if found.iter().any(seems_gone) {
        pause();
        for one in found.iter_mut().filter(|one| seems_gone(one)) {
            *one = read(&one.0);
        }
    }
    found
}

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Watch(#[allow(dead_code, reason = "watches as long as it lives")] RecommendedWatcher);

/// Watches the journal at `root` and tells what changed, on a thread of its own.
///
/// # Errors
/// Where the system watches no more folders, or none of this sort.
pub fn watch(root: &Path, told: impl Fn(Changed) + Send + 'static) -> notify::Result<Watch> {
    // Events name the folder as the system knows it.
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let (events, queue) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(events)?;
    watcher.watch(&root, RecursiveMode::Recursive)?;
    let mut place = Place::new(root);
    std::thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || {
            while let Some(changed) = next(&queue, &mut place) {
                if changed != Changed::Customers(BTreeSet::new()) {
                    told(changed);
                }
            }
        })
        .map_err(notify::Error::io)?;
    Ok(Watch(watcher))
}

/// The next burst; `None` when the watch was dropped.
fn next(queue: &Receiver<notify::Result<Event>>, place: &mut Place) -> Option<Changed> {
    let mut changed = Changed::Customers(BTreeSet::new());
    let first = queue.recv().ok()?;
    place.add(&mut changed, first);
    let end = Instant::now() + LONGEST;
    while Instant::now() < end {
        match queue.recv_timeout(QUIET) {
            Ok(event) => place.add(&mut changed, event),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    Some(changed)
}

/// What is watched.
struct Place {
    root: PathBuf,
    /// The folders in it: of what is gone nothing else tells whether it was one.
    folders: BTreeSet<PathBuf>,
}

enum Meant {
    Customer(String),
    Other,
}

impl Place {
    fn new(root: PathBuf) -> Place {
        let folders = files::folders(&root).into_iter().collect();
        Place { root, folders }
    }

    fn add(&mut self, changed: &mut Changed, event: notify::Result<Event>) {
        // Events were lost: only a look at everything tells what they were.
        let Ok(event) = event else {
            *changed = Changed::All;
            return;
        };
        if event.need_rescan() {
            *changed = Changed::All;
        }
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        for path in event.paths {
            match self.meant(&path) {
                Some(Meant::Customer(key)) => {
                    if let Changed::Customers(keys) = changed {
                        keys.insert(key);
                    }
                }
                Some(Meant::Other) => *changed = Changed::All,
                None => {}
            }
        }
    }

    /// What a path of an event stands for; `None`: nothing of the journal, such as what `sed` and
    /// vim put beside a file while they write it.
    fn meant(&mut self, path: &Path) -> Option<Meant> {
        let below = path.strip_prefix(&self.root).ok()?;
        if below == Path::new(super::read::SETTINGS_FILE) {
            return Some(Meant::Other);
        }
        let names: Vec<&str> = below
            .iter()
            .map(|name| name.to_str())
            .collect::<Option<_>>()?;
        if names.is_empty() || names.iter().any(|name| name.starts_with('.')) {
            return None;
        }
        let key = names.join("/");
        if let Some(key) = key.strip_suffix(".toml") {
            return Some(Meant::Customer(key.to_owned()));
        }
        let was_folder = self.folders.remove(path);
        let is_folder = path.is_dir() && self.folders.insert(path.to_owned());
        (was_folder || is_folder).then_some(Meant::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told within five seconds after something was done.
    fn told(before: &[(&str, &str)], work: impl FnOnce(&Path)) -> Changed {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in before {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let (out, told) = mpsc::channel();
        let watch = watch(dir.path(), move |changed| {
            let _ = out.send(changed);
        });
        let _watch = watch.unwrap();
        work(dir.path());
        told.recv_timeout(Duration::from_secs(5)).unwrap()
    }

    fn customers(keys: &[&str]) -> Changed {
        Changed::Customers(keys.iter().map(|&key| key.to_owned()).collect())
    }

    #[test]
    fn a_write_in_place_and_a_save_by_rename_name_the_customer() {
        let files = [
            ("acme.toml", "name = \"a\""),
            ("archive/cobalt.toml", "name = \"c\""),
        ];
        let changed = told(&files, |root| {
            std::fs::write(root.join("archive/cobalt.toml"), "name = \"d\"").unwrap();
            std::fs::write(root.join(".acme.tmp"), "name = \"b\"").unwrap();
            std::fs::rename(root.join(".acme.tmp"), root.join("acme.toml")).unwrap();
        });
        assert_eq!(changed, customers(&["acme", "archive/cobalt"]));
    }

    #[test]
    fn a_file_that_goes_is_told_and_reading_or_hidden_files_are_not() {
        let changed = told(&[("acme.toml", "x = 1"), ("港屋.toml", "y = 1")], |root| {
            std::fs::read(root.join("acme.toml")).unwrap();
            std::fs::create_dir(root.join(".git")).unwrap();
            std::fs::write(root.join(".git/index"), "x").unwrap();
            std::fs::write(root.join("notes.txt"), "x").unwrap();
            std::fs::remove_file(root.join("港屋.toml")).unwrap();
        });
        assert_eq!(changed, customers(&["港屋"]));
    }

    #[test]
    fn what_sed_and_vim_put_beside_a_file_means_nothing_more() {
        let changed = told(&[("acme.toml", "x = 1\n")], |root| {
            let sed = std::process::Command::new("sed")
                .args(["-i", "s/1/2/"])
                .arg(root.join("acme.toml"))
                .status();
            assert!(sed.unwrap().success());
            // Vim looks with such a file whether it may write, and keeps the old text beside it.
            std::fs::write(root.join("4913"), "").unwrap();
            std::fs::remove_file(root.join("4913")).unwrap();
            std::fs::rename(root.join("acme.toml"), root.join("acme.toml~")).unwrap();
            std::fs::write(root.join("acme.toml"), "x = 3\n").unwrap();
            std::fs::remove_file(root.join("acme.toml~")).unwrap();
        });
        assert_eq!(changed, customers(&["acme"]));
    }

    #[test]
    fn a_file_that_an_editor_is_about_to_write_is_not_gone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("acme.toml");
        std::fs::write(&path, "name = \"Acme\"\n").unwrap();
        let (journal, _) = load::load(dir.path(), &mut |_, _| {});
        let keys = BTreeSet::from(["acme".to_owned()]);
        let name = |pause: &dyn Fn()| {
            let (_, now, _) = read_again(dir.path(), &keys, &journal, pause).remove(0);
            now.map(|now| now.name().to_owned())
        };
        let write = || std::fs::write(&path, "name = \"Acme Ltd\"\n").unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(name(&write).as_deref(), Some("Acme Ltd"));
        std::fs::write(&path, "").unwrap();
        assert_eq!(name(&write).as_deref(), Some("Acme Ltd"));
        std::fs::remove_file(&path).unwrap();
        assert_eq!(name(&|| {}), None, "it is gone");
    }

    #[test]
    fn a_folder_that_is_moved_away_means_all() {
        let away = tempfile::tempdir().unwrap();
        let to = away.path().join("archive");
        let changed = told(&[("archive/cobalt.toml", "x = 1\n")], |root| {
            std::fs::rename(root.join("archive"), to).unwrap();
        });
        assert_eq!(changed, Changed::All);
    }

    #[test]
    fn events_that_were_too_many_mean_all() {
        let mut changed = Changed::Customers(BTreeSet::new());
        let lost = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        Place::new(PathBuf::from("/nowhere")).add(&mut changed, Ok(lost));
        assert_eq!(changed, Changed::All);
    }

    #[test]
    fn a_new_folder_and_the_settings_mean_all() {
        let all = told(&[], |root| {
            std::fs::create_dir(root.join("archive")).unwrap()
        });
        assert_eq!(all, Changed::All);
        let settings = |root: &Path| std::fs::write(root.join(".goodwill.toml"), "x = 1").unwrap();
        assert_eq!(told(&[], settings), Changed::All);
    }
}
