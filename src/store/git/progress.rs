//! What git is in the middle of, and whose the two sides are.

use super::{Git, GitError};
use crate::model::clash::Hand;
use crate::store::merge_file::Labels;

/// Something that git began and did not end yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A merge.
    Merge,
    /// A rebase. *Ours* is then what it goes onto, *theirs* the commit of one's own.
    Rebase,
    /// A commit that is taken over from elsewhere.
    CherryPick,
    /// A commit that is taken back.
    Revert,
}

impl Progress {
    const ALL: [Progress; 4] = [
        Progress::Rebase,
        Progress::Merge,
        Progress::CherryPick,
        Progress::Revert,
    ];

    /// The name that git has for the commit of *theirs*.
    pub fn theirs(self) -> &'static str {
        match self {
            Progress::Merge => "MERGE_HEAD",
            Progress::Rebase => "REBASE_HEAD",
            Progress::CherryPick => "CHERRY_PICK_HEAD",
            Progress::Revert => "REVERT_HEAD",
        }
    }

    /// Whether *ours* is what came from elsewhere: a rebase goes onto the other side.
    pub fn is_turned(self) -> bool {
        self == Progress::Rebase
    }

    /// The subcommand of git that goes on with it.
    pub fn word(self) -> &'static str {
        match self {
            Progress::Merge => "merge",
            Progress::Rebase => "rebase",
            Progress::CherryPick => "cherry-pick",
            Progress::Revert => "revert",
        }
    }

    /// What the sides are called in markers.
    pub fn labels(progress: Option<Progress>) -> Labels {
        Labels {
            ours: "HEAD".to_owned(),
            base: "base".to_owned(),
            theirs: progress.map_or("theirs", Progress::theirs).to_owned(),
        }
    }
}

impl Git {
    /// What git is in the middle of.
    ///
    /// # Errors
    /// [`GitError`], as [`Git::looking`].
    pub fn progress(&self) -> Result<Option<Progress>, GitError> {
        let mut args = vec!["rev-parse"];
        let folders = ["rebase-merge", "rebase-apply"];
        let names = Progress::ALL.map(Progress::theirs);
        for name in folders.iter().chain(&names) {
            args.extend(["--git-path", name]);
        }
        let paths = self.looking(&args)?;
        let paths = String::from_utf8_lossy(&paths);
        let mut there = paths.lines().map(|path| self.root().join(path).exists());
        // A rebase that is being edited has no REBASE_HEAD, but its folder.
        if there.by_ref().take(folders.len()).any(|is| is) {
            return Ok(Some(Progress::Rebase));
        }
        let mut found = Progress::ALL.into_iter().zip(there);
        Ok(found
            .find_map(|(progress, is)| (is && progress != Progress::Rebase).then_some(progress)))
    }

    /// Who changed a file of the journal last on a side: `HEAD`, or [`Progress::theirs`]. Nobody
    /// where there is no such side, or it never had the file.
    pub fn hand(&self, side: &str, path: &str) -> Hand {
        let args = [
            "log",
            "-1",
            "--no-color",
            "--no-show-signature",
            "--format=%an%x00%as",
        ];
        let told = self.looking(&[&args[..], &[side, "--", path]].concat());
        let told = String::from_utf8_lossy(&told.unwrap_or_default()).into_owned();
        let (who, when) = told
            .trim_end_matches('\n')
            .split_once('\0')
            .unwrap_or_default();
        Hand {
            who: who.to_owned(),
            when: when.to_owned(),
            branch: String::new(),
        }
    }

    /// The branch that a commit is named after; empty where there is none.
    pub fn branch(&self, commit: &str) -> String {
        let refs = [
            "--refs=refs/heads/*",
            "--refs=refs/remotes/*",
            // It only says which branch of the other side is the first one.
            "--exclude=refs/remotes/*/HEAD",
        ];
        let args = [
            &["name-rev", "--name-only", "--no-undefined"],
            &refs[..],
            &[commit],
        ];
        let told = self.looking(&args.concat()).unwrap_or_default();
        let told = String::from_utf8_lossy(&told).trim_end().to_owned();
        let name = told.split(['~', '^']).next().unwrap_or_default();
        name.strip_prefix("remotes/").unwrap_or(name).to_owned()
    }
}
