//! Which files of a folder are customers, and their bytes.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rustix::buffer::spare_capacity;
use rustix::fs::OFlags;
use rustix::io::Errno;
use walkdir::{DirEntry, WalkDir};

use super::read::SETTINGS_FILE;
use crate::model::problem::Problem;

/// Larger files are told and not read.
pub const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// How much more room is made for a file that grows while it is read.
const GROWTH: usize = 64 * 1024;

/// How often a file that is gone or empty is looked at again.
const LOOKS: usize = 50;

/// One customer's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerFile {
    /// The path below the journal, without `.toml`, with `/`.
    pub key: String,
    /// Where it is.
    pub path: PathBuf,
}

/// The files of the customers below a folder, by key, and what stands in the way of others:
/// names that are no text, links that lead out, copies that a sync service left, and whatever
/// is named `.toml` without being a file.
pub fn customer_files(root: &Path) -> (Vec<CustomerFile>, Vec<Problem>) {
    let mut found = Found {
        root,
        inside: fs::canonicalize(root).ok(),
        files: Vec::new(),
        problems: Vec::new(),
    };
    let mut walk = WalkDir::new(root).into_iter();
    while let Some(entry) = walk.next() {
        match entry {
            Ok(entry) if entry.depth() == 0 => {}
            Ok(entry) => {
                if found.look_at(&entry) == Go::Past && entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
            }
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                found.unreadable(&path, &error.into());
            }
        }
    }
    found.leave_out_copies();
    found.files.sort_by(|a, b| a.key.cmp(&b.key));
    (found.files, found.problems)
}

/// The folders of a journal, itself first: also those in which no customer is left. Hidden ones
/// and links are left out.
pub fn folders(root: &Path) -> Vec<PathBuf> {
    let shown = |entry: &DirEntry| {
        let name = entry.file_name().as_encoded_bytes();
        entry.file_type().is_dir() && (entry.depth() == 0 || !name.starts_with(b"."))
    };
    let walk = WalkDir::new(root).into_iter().filter_entry(shown);
    walk.flatten().map(DirEntry::into_path).collect()
}

/// The file of a customer that is known by its key; it need not exist.
pub fn customer_path(root: &Path, key: &str) -> PathBuf {
    let mut path = root.to_owned();
    path.extend(format!("{key}.toml").split('/'));
    path
}

/// Reads a file that was not empty when it was last read. Where it is gone or empty now it is
/// looked at again behind `pause`, some times: editors rename the old one away, make a new one,
/// and fill it.
///
/// # Errors
/// Those of the file system.
pub fn read_settled(path: &Path, mut pause: impl FnMut()) -> io::Result<Vec<u8>> {
    for _ in 0..LOOKS {
        match fs::read(path) {
            Ok(bytes) if bytes.is_empty() => pause(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => pause(),
            read => return read,
        }
    }
    fs::read(path)
}

/// Reads a file into `bytes`, whose content is dropped and whose memory is used again.
///
/// # Errors
/// A problem: `link-outside`, `not-a-file`, `too-large`, or `unreadable` with its cause.
pub fn read_file(root: &Path, path: &Path, bytes: &mut Vec<u8>) -> Result<(), Box<Problem>> {
    read_bytes(root, path, bytes).map_err(|trouble| {
        bytes.clear();
        Box::new(trouble.told(name_below(root, path)))
    })
}

fn read_bytes(root: &Path, path: &Path, bytes: &mut Vec<u8>) -> Result<(), Trouble> {
    let file = open_inside(root, path)?;
    let meta = file.metadata()?;
    if !meta.is_file() {
        return Err(Trouble::NotAFile);
    }
    if meta.len() > MAX_BYTES {
        return Err(Trouble::TooLarge(meta.len()));
    }
    // All of it at once, with room to see that it ends there.
    bytes.clear();
    bytes.reserve(usize::try_from(meta.len()).unwrap_or(0) + 1);
    loop {
        match rustix::io::read(&file, spare_capacity(bytes)) {
            Ok(0) => return Ok(()),
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(io::Error::from(error).into()),
        }
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Trouble::TooLarge(bytes.len() as u64));
        }
        if bytes.len() == bytes.capacity() {
            bytes.reserve(GROWTH);
        }
    }
}

/// Opens a file, and what a link leads to where that lies inside of the journal.
fn open_inside(root: &Path, path: &Path) -> Result<File, Trouble> {
    match open(path, OFlags::NOFOLLOW) {
        Err(_) if path.is_symlink() => match leads_inside(root, path)? {
            true => Ok(open(path, OFlags::empty())?),
            false => Err(Trouble::LinkOutside),
        },
        opened => Ok(opened?),
    }
}

fn open(path: &Path, flags: OFlags) -> io::Result<File> {
    // To open a pipe that took the file's place would wait for its other end.
    let flags = (flags | OFlags::NONBLOCK).bits();
    let mut options = OpenOptions::new();
    options
        .read(true)
        .custom_flags(i32::try_from(flags).unwrap_or(0));
    options.open(path)
}

fn leads_inside(root: &Path, link: &Path) -> io::Result<bool> {
    Ok(fs::canonicalize(link)?.starts_with(fs::canonicalize(root)?))
}

/// Why a file is not read.
enum Trouble {
    LinkOutside,
    NotAFile,
    TooLarge(u64),
    Io(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Io(error)
    }
}

impl Trouble {
    fn told(&self, path: String) -> Problem {
        let (code, message, cure) = match self {
            Trouble::LinkOutside => (
                "link-outside",
                "it is a link that leads out of the journal, and is not read".to_owned(),
                "put the file itself into the journal",
            ),
            Trouble::NotAFile => (
                "not-a-file",
                "it is named like a customer and is no file".to_owned(),
                "give it a name that does not end in .toml",
            ),
            Trouble::TooLarge(len) => (
                "too-large",
                format!(
                    "it has {} MiB and is not read; 32 MiB are the most",
                    len >> 20
                ),
                "move old entries to a file of their own, such as archive/NAME.toml",
            ),
            Trouble::Io(error) => (
                "unreadable",
                format!("it can't be read: {}", cause(error)),
                match error.kind() {
                    io::ErrorKind::PermissionDenied => "make it readable: chmod u+r FILE",
                    io::ErrorKind::NotFound => "the file is gone, or a link leads nowhere",
                    _ => "look at it with: ls -l",
                },
            ),
        };
        Problem {
            code,
            path,
            line: None,
            message,
            cure: cure.to_owned(),
            hint: false,
        }
    }
}

/// The words of an error of the system, without its number.
pub(super) fn cause(error: &io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    text.get(..end).unwrap_or(&text).to_lowercase()
}

/// A path below the journal with `/`, for a problem.
pub fn name_below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(OsStr::to_string_lossy).collect();
    parts.join("/")
}

#[derive(PartialEq)]
enum Go {
    In,
    Past,
}

struct Found<'r> {
    root: &'r Path,
    /// The root without any links in its path.
    inside: Option<PathBuf>,
    files: Vec<CustomerFile>,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn look_at(&mut self, entry: &DirEntry) -> Go {
        let bytes = entry.file_name().as_encoded_bytes();
        if bytes.starts_with(b".") {
            return Go::Past;
        }
        let named = bytes.ends_with(b".toml");
        let kind = entry.file_type();
        if kind.is_symlink() {
            self.look_at_link(entry.path(), named);
        } else if named && kind.is_file() {
            self.customer(entry.path());
        } else if named {
            self.tell(entry.path(), &Trouble::NotAFile);
            return Go::Past;
        }
        Go::In
    }

    fn look_at_link(&mut self, path: &Path, named: bool) {
        let target = match fs::canonicalize(path) {
            Ok(target) => target,
            Err(error) if named => return self.unreadable(path, &error),
            Err(_) => return,
        };
        let inside = self
            .inside
            .as_ref()
            .is_some_and(|root| target.starts_with(root));
        match (named, target.is_dir(), inside) {
            (true, _, false) | (false, true, false) => self.tell(path, &Trouble::LinkOutside),
            (true, true, true) => self.tell(path, &Trouble::NotAFile),
            (true, false, true) if target.is_file() => self.customer(path),
            (true, false, true) => self.tell(path, &Trouble::NotAFile),
            // What lies behind a link to a folder of the journal is read in its own place.
            (false, _, _) => {}
        }
    }

    fn customer(&mut self, path: &Path) {
        let below = path.strip_prefix(self.root).unwrap_or(path);
        match below.to_str() {
            Some(name) => {
                self.files.push(CustomerFile {
                    key: name.strip_suffix(".toml").unwrap_or(name).to_owned(),
                    path: path.to_owned(),
                });
            }
            None => self.problems.push(Problem {
                code: "bad-name",
                path: name_below(self.root, path),
                line: None,
                message: "the file's name is no text in UTF-8, so it is not read".to_owned(),
                cure: "give it another name: mv FILE NAME.toml".to_owned(),
                hint: false,
            }),
        }
    }

    fn tell(&mut self, path: &Path, trouble: &Trouble) {
        self.problems
            .push(trouble.told(name_below(self.root, path)));
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        let told = match name_below(self.root, path) {
            empty if empty.is_empty() => ".".to_owned(),
            name => name,
        };
        let error = io::Error::new(error.kind(), cause(error));
        self.problems.push(Trouble::Io(error).told(told));
    }

    fn leave_out_copies(&mut self) {
        let files = std::mem::take(&mut self.files);
        let keys = LazyCell::new(|| -> HashSet<&str> {
            let keys = files.iter().map(|file| file.key.as_str());
            keys.collect()
        });
        let original = |file: &CustomerFile| copy_of(&file.key, |key| keys.contains(key));
        let originals: Vec<Option<String>> = files.iter().map(original).collect();
        for (file, original) in files.into_iter().zip(originals) {
            let Some(original) = original else {
                self.files.push(file);
                continue;
            };
            self.problems.push(Problem {
                code: "sync-copy",
                path: format!("{}.toml", file.key),
                line: None,
                message: format!(
                    "a sync service left this copy of {original}.toml; it is not read"
                ),
                cure: format!(
                    "merge it into {original}.toml: goodwill resolve {}",
                    shell_words::quote(&format!("{}.toml", file.key))
                ),
                hint: false,
            });
        }
    }
}

/// The key of the customer that a file is a conflict copy of, by the name that sync services
/// give such copies. Names that a person might choose count only where the original is there.
pub(super) fn copy_of(key: &str, exists: impl Fn(&str) -> bool) -> Option<String> {
    let is_telling = |byte: u8| b"._)".contains(&byte) || byte.is_ascii_uppercase();
    if !key.bytes().any(is_telling) {
        return None;
    }
    for mark in [".sync-conflict-", "_conflict-"] {
        if let Some((original, stamp)) = key.rsplit_once(mark)
            && stamp
                .get(..8)
                .is_some_and(|day| day.bytes().all(|b| b.is_ascii_digit()))
        {
            return Some(original.to_owned());
        }
    }
    if let Some((original, words)) = key.strip_suffix(')').and_then(|key| key.rsplit_once(" (")) {
        let named = ["conflicted copy", "conflict copy", "競合コピー"];
        let numbered = !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit());
        if named.iter().any(|name| words.contains(name)) || numbered && exists(original) {
            return Some(original.to_owned());
        }
    }
    // A computer's name behind a dash: `acme-DESKTOP-4F2K`.
    key.match_indices('-').find_map(|(at, _)| {
        let (original, name) = (key.get(..at)?, key.get(at + 1..)?);
        let loud = name
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        let letter = name.bytes().any(|b| b.is_ascii_uppercase());
        (loud && letter && exists(original)).then(|| original.to_owned())
    })
}

/// The settings file of a journal.
pub fn settings_path(root: &Path) -> PathBuf {
    root.join(SETTINGS_FILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_an_editor_is_about_to_write_is_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("acme.toml");
        let mut left = ["", "name = \"Acme\"\n"].iter();
        let write = || fs::write(&path, left.next().unwrap()).unwrap();
        assert_eq!(read_settled(&path, write).unwrap(), b"name = \"Acme\"\n");
        fs::write(&path, "").unwrap();
        assert_eq!(read_settled(&path, || {}).unwrap(), b"", "emptied");
        fs::remove_file(&path).unwrap();
        let gone = read_settled(&path, || {}).unwrap_err();
        assert_eq!(gone.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn the_copies_of_sync_services_are_known_by_their_names() {
        let exists = |key: &str| ["acme", "archive/cobalt"].contains(&key);
        for (name, original) in [
            ("acme.sync-conflict-20260304-101112-ABCDEFG", "acme"),
            ("gone.sync-conflict-20260304-101112-ABCDEFG", "gone"),
            ("acme (conflicted copy 2026-03-04)", "acme"),
            ("acme (Anna's conflicted copy 2026-03-04)", "acme"),
            ("acme (アンナ の競合コピー 2026-03-04)", "acme"),
            ("acme_conflict-20260304-101112", "acme"),
            ("archive/cobalt (1)", "archive/cobalt"),
            ("acme-DESKTOP-4F2K", "acme"),
        ] {
            assert_eq!(copy_of(name, exists).as_deref(), Some(original), "{name}");
        }
        for name in [
            "acme",
            "acme-2",
            "acme-tokyo",
            "acme-Tokyo",
            "borealis-GMBH",
            "borealis (1)",
            "acme (tokyo)",
            "x.sync-conflict-of-interest",
        ] {
            assert_eq!(copy_of(name, exists), None, "{name}");
        }
    }
}
