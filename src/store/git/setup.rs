//! What a clone has to be told, so that git merges and shows customers by entry.
//!
//! Git takes programs from no file that is pulled, so this is said once in every clone, and only
//! on a person's word.

use super::{Git, GitError};

/// How git merges a customer. Where the program is not there, it merges the lines: a driver that
/// can't be run would leave our side alone, without any marker.
pub const DRIVER: &str = "if command -v goodwill >/dev/null; then \
    goodwill merge-driver %O %A %B %L %P %S %X %Y; \
    else git merge-file --marker-size=%L %A %O %B; fi";

/// How git shows a customer. Where the program is not there, as it stands in the file: git would
/// show nothing at all.
pub const TEXTCONV: &str = "f() { if command -v goodwill >/dev/null; then \
    goodwill diff --textconv \"$1\"; else cat \"$1\"; fi; }; f";

/// The name of [`DRIVER`] in git's settings.
pub const DRIVER_NAME: &str = "merge.goodwill.driver";

/// The setting by which git brings to the disk what it commits.
pub const FSYNC_NAME: &str = "core.fsync";

/// A line of `.git/config`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What it is to hold.
    pub value: &'static str,
    /// What it does, in a line.
    pub does: &'static str,
    /// Whether customers merge and show by entry without it.
    pub optional: bool,
}

/// All lines, in the order in which they are told.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "merge.goodwill.name",
        value: "customers by entry and field",
        does: "what git calls it",
        optional: false,
    },
    Setting {
        name: DRIVER_NAME,
        value: DRIVER,
        does: "merges, rebases and cherry-picks go by entry and field",
        optional: false,
    },
    Setting {
        name: "diff.goodwill.xfuncname",
        // As textconv prints it; in brackets where the program is not there.
        value: "^(\\[.*\\]|[^ :]+\\.[^ ].*)$",
        does: "git diff names the entry that a change is in",
        optional: false,
    },
    Setting {
        name: "diff.goodwill.textconv",
        value: TEXTCONV,
        does: "git diff, log -p and show compare what is said, not how it is spelled",
        optional: false,
    },
    Setting {
        name: FSYNC_NAME,
        value: "committed,loose-object",
        does: "a commit survives a power cut: git waits for the disk, some milliseconds each",
        optional: true,
    },
];

impl Setting {
    /// The command that sets it, as a shell takes it.
    pub fn command(&self) -> String {
        format!(
            "git config {} {}",
            self.name,
            shell_words::quote(self.value)
        )
    }
}

/// The value of a setting, wherever it is set.
///
/// # Errors
/// [`GitError`], as [`Git::looking`].
pub fn value(git: &Git, name: &str) -> Result<Option<String>, GitError> {
    match git.looking(&["config", "--get", name]) {
        Ok(value) => {
            let value = String::from_utf8_lossy(&value).into_owned();
            Ok(Some(value.trim_end_matches('\n').to_owned()))
        }
        // That is how it says that it is not set.
        Err(GitError::Failed { code: Some(1), .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The lines that this clone lacks, or has otherwise. What is optional counts as a person's own
/// choice as soon as it is set.
///
/// # Errors
/// [`GitError`], as [`Git::looking`].
pub fn missing(git: &Git) -> Result<Vec<Setting>, GitError> {
    let mut missing = Vec::new();
    for setting in SETTINGS {
        let value = value(git, setting.name)?;
        let is_there = match setting.optional {
            true => value.is_some(),
            false => value.as_deref() == Some(setting.value),
        };
        if !is_there {
            missing.push(*setting);
        }
    }
    Ok(missing)
}

/// Writes these lines to the settings of the clone.
///
/// # Errors
/// What git says.
pub fn set(git: &Git, settings: &[Setting]) -> Result<(), GitError> {
    for setting in settings {
        git.tell(&["config", "--local", setting.name, setting.value])?;
    }
    Ok(())
}
