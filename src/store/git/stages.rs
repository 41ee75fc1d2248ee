//! Files that a merge left undecided: what the index has of them.

use super::{Git, GitError};

/// Larger versions of a file are not read.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// One of the versions that a merge was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    mode: String,
    id: String,
}

impl Stage {
    /// Whether it is a file, and no link or other repository.
    pub fn is_file(&self) -> bool {
        self.mode.starts_with("100")
    }
}

/// A file that a merge left undecided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmerged {
    /// Its path below the journal, with `/`.
    pub path: String,
    /// The base, ours and theirs, as far as they are there.
    pub stages: [Option<Stage>; 3],
}

impl Unmerged {
    /// Whether it is a file that merges by entry: a customer's, or the settings of the journal.
    pub fn is_journals(&self) -> bool {
        is_journals(&self.path) && self.stages.iter().flatten().all(Stage::is_file)
    }
}

/// Whether a file of this path merges by entry: a customer's, or the settings of the journal.
pub(super) fn is_journals(path: &str) -> bool {
    let is_hidden = |part: &str| part.starts_with('.');
    let is_customer = path.ends_with(".toml") && !path.split('/').any(is_hidden);
    let is_text = !path.contains(char::REPLACEMENT_CHARACTER);
    (is_customer || path == crate::store::read::SETTINGS_FILE) && is_text
}

/// The files below the journal that a merge or rebase left undecided, by path.
///
/// # Errors
/// [`GitError`], as [`Git::looking`].
pub fn unmerged(git: &Git) -> Result<Vec<Unmerged>, GitError> {
    let out = git.looking(&["ls-files", "--unmerged", "-z", "--", "."])?;
    let out = String::from_utf8_lossy(&out);
    let mut files: Vec<Unmerged> = Vec::new();
    for record in out.split('\0') {
        let Some((about, path)) = record.split_once('\t') else {
            continue;
        };
        let mut words = about.split(' ');
        let (Some(mode), Some(id), Some(number)) = (words.next(), words.next(), words.next())
        else {
            continue;
        };
        if files.last().is_none_or(|file| file.path != path) {
            files.push(Unmerged {
                path: path.to_owned(),
                stages: [None, None, None],
            });
        }
        let number = number.parse::<usize>().unwrap_or(0).wrapping_sub(1);
        let stages = files.last_mut().map(|file| &mut file.stages);
        if let Some(stage) = stages.and_then(|stages| stages.get_mut(number)) {
            *stage = Some(Stage {
                mode: mode.to_owned(),
                id: id.to_owned(),
            });
        }
    }
    Ok(files)
}

/// The bytes of the three versions of a file; `None` where there is no such version.
///
/// # Errors
/// [`GitError`], also where a version is too large to be merged.
pub fn versions(git: &Git, file: &Unmerged) -> Result<[Option<Vec<u8>>; 3], GitError> {
    let mut versions = [None, None, None];
    for (version, stage) in versions.iter_mut().zip(&file.stages) {
        if let Some(stage) = stage {
            let size = git.looking(&["cat-file", "-s", &stage.id])?;
            let size = String::from_utf8_lossy(&size).trim().parse::<u64>();
            if size.is_ok_and(|size| size > MOST_BYTES) {
                return Err(GitError::Failed {
                    what: "cat-file".to_owned(),
                    said: format!(
                        "{} has more than {} MiB, too much to be merged by entry",
                        file.path,
                        MOST_BYTES >> 20
                    ),
                    code: None,
                });
            }
            *version = Some(git.looking(&["cat-file", "blob", &stage.id])?);
        }
    }
    Ok(versions)
}

/// The file as git itself left it, markers and all; `None` where git does not know that any more,
/// or never did (before 2.33).
pub fn as_git_left_it(git: &Git, file: &Unmerged) -> Option<Vec<u8>> {
    let name = format!("AUTO_MERGE:./{}", file.path);
    git.looking(&["cat-file", "blob", &name]).ok()
}
