//! The first files of a journal.

use std::fs;
use std::path::Path;

use super::disk::RealDisk;
use super::error::StoreError;
use super::read::SETTINGS_FILE;
use super::save::{self, SaveError};

/// What git is to do with a journal's files.
const ATTRIBUTES: &str = "*.toml text eol=lf merge=goodwill diff=goodwill";

/// What git is to leave out: what a save that was killed leaves behind.
const IGNORED: &str = ".goodwill-*.tmp";

/// What became of a new journal.
#[derive(Debug, Default)]
pub struct Begun {
    /// The files that were made, below the journal.
    pub made: Vec<&'static str>,
    /// Files that were there already, and the line that they lack.
    pub missing_lines: Vec<(&'static str, &'static str)>,
}

/// Makes the folder and its first files where they are missing. Nothing is overwritten.
///
/// # Errors
/// Where the folder or a file can't be made.
pub fn begin(root: &Path) -> Result<Begun, StoreError> {
    fs::create_dir_all(root).map_err(|source| StoreError::Folder {
        path: root.to_owned(),
        source,
    })?;
    let mut begun = Begun::default();
    for (name, line) in [
        (SETTINGS_FILE, "format = 1"),
        (".gitattributes", ATTRIBUTES),
        (".gitignore", IGNORED),
    ] {
        let path = root.join(name);
        let text = format!("{line}\n");
        match save::save(&RealDisk, root, &path, None, text.as_bytes(), &mut |_| None) {
            Ok(_) => begun.made.push(name),
            Err(SaveError::Exists { .. }) => {
                let text = fs::read_to_string(&path).unwrap_or_default();
                if name != SETTINGS_FILE && !text.lines().any(|theirs| theirs.trim() == line) {
                    begun.missing_lines.push((name, line));
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(begun)
}
