//! Tells when files of the journal change, whoever changes them: an editor, `sed`, git.
//!
//! The folder is watched rather than the files, as many programs save by renaming. A burst of
//! events, such as a checkout, is told once, when it is over.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

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
    std::thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || {
            while let Some(changed) = next(&queue, &root) {
                if changed != Changed::Customers(BTreeSet::new()) {
                    told(changed);
                }
            }
        })
        .map_err(notify::Error::io)?;
    Ok(Watch(watcher))
}

/// The next burst; `None` when the watch was dropped.
fn next(queue: &Receiver<notify::Result<Event>>, root: &Path) -> Option<Changed> {
    let mut changed = Changed::Customers(BTreeSet::new());
    let first = queue.recv().ok()?;
    add(&mut changed, first, root);
    let end = Instant::now() + LONGEST;
    while Instant::now() < end {
        match queue.recv_timeout(QUIET) {
            Ok(event) => add(&mut changed, event, root),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    Some(changed)
}

fn add(changed: &mut Changed, event: notify::Result<Event>, root: &Path) {
    let Ok(event) = event else {
        // Events were lost: only a look at everything tells what they were.
        *changed = Changed::All;
        return;
    };
    if matches!(event.kind, EventKind::Access(_)) {
        return;
    }
    for path in event.paths {
        match meant(&path, root) {
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

enum Meant {
    Customer(String),
    Other,
}

/// What a path of an event stands for; `None`: nothing of the journal.
fn meant(path: &Path, root: &Path) -> Option<Meant> {
    let below = path.strip_prefix(root).ok()?;
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
    match key.strip_suffix(".toml") {
        Some(key) => Some(Meant::Customer(key.to_owned())),
        // A folder came, went or was renamed. Other files are not ours.
        None if path.extension().is_none() => Some(Meant::Other),
        None => None,
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
    fn a_new_folder_and_the_settings_mean_all() {
        let all = told(&[], |root| {
            std::fs::create_dir(root.join("archive")).unwrap()
        });
        assert_eq!(all, Changed::All);
        let settings = |root: &Path| std::fs::write(root.join(".goodwill.toml"), "x = 1").unwrap();
        assert_eq!(told(&[], settings), Changed::All);
    }
}
