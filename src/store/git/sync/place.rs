//! Where the repository stands, as git's own files and references say it.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::{Git, GitError};

/// What is under way in the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Under {
    /// Nothing.
    Nothing,
    /// A merge of this commit that was not committed yet.
    Merge {
        /// The commit that is merged.
        theirs: String,
    },
    /// A rebase that stopped on its way.
    Rebase {
        /// Onto which commit.
        onto: String,
        /// The commit that the branch stood at.
        from: String,
        /// Whether it waits for a person to change a commit.
        edits: bool,
    },
    /// Something that is not a sync's to finish.
    Other {
        /// What it is called.
        what: &'static str,
        /// What to type to bring it to an end, and to drop it.
        ways: [&'static str; 2],
    },
}

/// Where the branch sends to and takes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The repository knows no other one.
    NoRemote,
    /// The branch goes along with none of several.
    NoUpstream {
        /// Their names.
        remotes: Vec<String>,
    },
    /// The branch goes along with another one of this repository.
    Local,
    /// Git keeps no copy of where the other side stands.
    NoCopy {
        /// The other side.
        remote: String,
    },
    /// This one.
    Upstream(Upstream),
}

/// A branch of another repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// The name of that repository here, such as `origin`.
    pub remote: String,
    /// The branch there, such as `refs/heads/main`.
    pub branch: String,
    /// Where it stood when it was last fetched, such as `refs/remotes/origin/main`.
    pub copy: String,
    /// Whether the branch is told to go along with it.
    pub is_set: bool,
}

impl Upstream {
    /// `origin/main`
    pub fn name(&self) -> &str {
        self.copy
            .strip_prefix("refs/remotes/")
            .unwrap_or(&self.copy)
    }
}

/// Where the repository stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What is under way.
    pub under: Under,
    /// The branch; `None` where the head is detached. During a rebase the one that is rebased.
    pub branch: Option<String>,
    /// The commit that it stands at; `None` before the first one.
    pub head: Option<String>,
    /// The other side.
    pub target: Target,
}

impl Git {
    /// Where the repository stands now. Only looks.
    pub(super) fn place(&self) -> Result<Place, GitError> {
        let dir = self.looking(&["rev-parse", "--absolute-git-dir"])?;
        let dir = PathBuf::from(line(&dir));
        let under = under(&dir);
        let branch = match &under {
            Under::Rebase { .. } => rebased(&dir),
            _ => self.answer(&["symbolic-ref", "-q", "HEAD"])?,
        };
        let branch = branch.and_then(|name| name.strip_prefix("refs/heads/").map(str::to_owned));
        let target = match &branch {
            Some(branch) => self.target(branch)?,
            None => Target::NoUpstream {
                remotes: Vec::new(),
            },
        };
        Ok(Place {
            head: self.commit_of("HEAD")?,
            under,
            branch,
            target,
        })
    }

    /// The commit that a name leads to.
    pub(in super::super) fn commit_of(&self, name: &str) -> Result<Option<String>, GitError> {
        self.answer(&["rev-parse", "-q", "--verify", &format!("{name}^{{commit}}")])
    }

    /// A setting, by the person or the repository.
    pub(super) fn setting(&self, name: &str) -> Result<Option<String>, GitError> {
        self.answer(&["config", "--get", name])
    }

    /// Whether one commit is another one or before it.
    pub(super) fn is_before(&self, old: &str, new: &str) -> Result<bool, GitError> {
        let asked = self.answer(&["merge-base", "--is-ancestor", old, new])?;
        Ok(asked.is_some())
    }

    /// The one line of an answer; `None` where git says no without a word.
    pub(in super::super) fn answer(&self, args: &[&str]) -> Result<Option<String>, GitError> {
        match self.looking(args) {
            Ok(out) => Ok(Some(line(&out))),
            Err(GitError::Failed { code: Some(1), .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn target(&self, branch: &str) -> Result<Target, GitError> {
        let remotes = self.looking(&["remote"])?;
        let remotes: Vec<String> = lines(&remotes).map(str::to_owned).collect();
        let remote = self.setting(&format!("branch.{branch}.remote"))?;
        let merge = self.setting(&format!("branch.{branch}.merge"))?;
        let (Some(remote), Some(merge)) = (remote, merge) else {
            return Ok(match remotes.as_slice() {
                [] => Target::NoRemote,
                [only] => Target::Upstream(Upstream {
                    remote: only.clone(),
                    branch: format!("refs/heads/{branch}"),
                    copy: format!("refs/remotes/{only}/{branch}"),
                    is_set: false,
                }),
                _ => Target::NoUpstream { remotes },
            });
        };
        if remote == "." {
            return Ok(Target::Local);
        }
        let format = "--format=%(upstream)";
        let copy = self.looking(&["for-each-ref", format, &format!("refs/heads/{branch}")])?;
        let copy = match (line(&copy), merge.strip_prefix("refs/heads/")) {
            // A branch without a commit is no reference yet.
            (_, Some(name)) if copy.is_empty() => format!("refs/remotes/{remote}/{name}"),
            (none, _) if none.is_empty() => return Ok(Target::NoCopy { remote }),
            (copy, _) => copy,
        };
        Ok(Target::Upstream(Upstream {
            remote,
            branch: merge,
            copy,
            is_set: true,
        }))
    }
}

fn under(dir: &Path) -> Under {
    let text = |name: &str| {
        let text = fs::read_to_string(dir.join(name)).ok()?;
        Some(text.lines().next().unwrap_or_default().trim().to_owned())
    };
    let there = |name: &str| dir.join(name).exists();
    if there("rebase-apply/applying") {
        let ways = ["git am --continue", "git am --abort"];
        return Under::Other {
            what: "the applying of mails",
            ways,
        };
    }
    for folder in ["rebase-merge", "rebase-apply"] {
        if there(folder) {
            let part = |name: &str| text(&format!("{folder}/{name}")).unwrap_or_default();
            return Under::Rebase {
                onto: part("onto"),
                from: part("orig-head"),
                edits: there("rebase-merge/amend"),
            };
        }
    }
    if let Some(theirs) = text("MERGE_HEAD") {
        return Under::Merge { theirs };
    }
    let others = [
        (
            "CHERRY_PICK_HEAD",
            "a cherry-pick",
            ["git cherry-pick --continue", "git cherry-pick --abort"],
        ),
        (
            "REVERT_HEAD",
            "a revert",
            ["git revert --continue", "git revert --abort"],
        ),
        (
            "BISECT_LOG",
            "a bisection",
            ["git bisect good or git bisect bad", "git bisect reset"],
        ),
    ];
    let found = others.into_iter().find(|(file, ..)| there(file));
    found.map_or(Under::Nothing, |(_, what, ways)| Under::Other {
        what,
        ways,
    })
}

fn rebased(dir: &Path) -> Option<String> {
    let folders = ["rebase-merge", "rebase-apply"];
    let mut names = folders
        .iter()
        .map(|folder| dir.join(folder).join("head-name"));
    let text = names.find_map(|path| fs::read_to_string(path).ok())?;
    Some(text.trim_end().to_owned())
}

/// The first line of an answer.
fn line(out: &[u8]) -> String {
    let text = String::from_utf8_lossy(out);
    text.trim_end_matches(['\n', '\r']).to_owned()
}

/// The lines of an answer.
pub(super) fn lines(out: &[u8]) -> impl Iterator<Item = &str> {
    let text = std::str::from_utf8(out).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty())
}
