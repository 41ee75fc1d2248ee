//! Why a sync stopped, where things stand, and what to type.

use super::super::{Git, GitError};
use super::place::{Place, Target, Under};
use crate::model::clash::Unsettled;
use crate::model::problem::Problem;
use crate::store::StoreError;

/// Why a sync stopped. Nothing is lost: what is committed stays committed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stop {
    /// In a few words, behind `stopped:`.
    pub short: String,
    /// More about it, a line each.
    pub why: Vec<String>,
    /// What a person has to decide.
    pub deciding: Vec<Unsettled>,
    /// What to type.
    pub next: Vec<Next>,
}

/// A command that helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The command.
    pub command: String,
    /// What it does here, in a few words.
    pub does: String,
}

impl Stop {
    /// A stop in a few words.
    pub(super) fn new(short: &str) -> Stop {
        Stop {
            short: short.to_owned(),
            ..Stop::default()
        }
    }

    /// The same with a line that explains it.
    #[must_use]
    pub(super) fn because(mut self, why: &str) -> Stop {
        if !why.is_empty() {
            self.why.push(why.to_owned());
        }
        self
    }

    /// The same with a command that helps.
    #[must_use]
    pub(super) fn next(mut self, command: &str, does: &str) -> Stop {
        self.next.push(Next {
            command: command.to_owned(),
            does: does.to_owned(),
        });
        self
    }

    /// Something is under way that is not a sync's to finish.
    pub(super) fn other(what: &str, [on, back]: [&str; 2]) -> Stop {
        Stop::new(&format!("{what} is under way in this repository"))
            .because("it is not a sync's to finish: bring it to an end, or drop it")
            .next(on, "brings it to an end")
            .next(back, "drops it")
    }

    /// The branch has nowhere to send to.
    pub(super) fn no_target(target: &Target, place: &Place) -> Stop {
        let branch = place.branch.as_deref().unwrap_or("main");
        match target {
            Target::Local => Stop::new("the branch goes along with another one of this repository")
                .because("a sync is with another repository")
                .next(
                    &format!("git branch --set-upstream-to=origin/{branch}"),
                    "names the other side",
                ),
            Target::NoCopy { remote } => Stop::new(&format!(
                "git keeps no note of where {remote} stands"
            ))
            .because("without it nobody can tell what is new")
            .next(
                &format!(
                    "git config remote.{remote}.fetch '+refs/heads/*:refs/remotes/{remote}/*'"
                ),
                "has it kept",
            ),
            Target::NoUpstream { remotes } => {
                let first = remotes.first().map_or("origin", String::as_str);
                Stop::new("the branch goes along with none of several repositories")
                    .because(&format!("there are {}", remotes.join(", ")))
                    .next(&format!("git push -u {first} {branch}"), "chooses that one")
            }
            Target::NoRemote | Target::Upstream(_) => Stop::new("there is nowhere to send to"),
        }
    }

    /// Files that are broken.
    pub(super) fn broken(problems: &[Problem]) -> Stop {
        let files = {
            let mut paths: Vec<&str> = problems.iter().map(|p| p.path.as_str()).collect();
            paths.dedup();
            paths
        };
        let short = match files.as_slice() {
            [one] => format!("{one} is broken"),
            more => format!("{} files are broken", more.len()),
        };
        let mut stop = Stop::new(&short);
        stop.why.extend(problems.iter().map(Problem::to_string));
        stop.why.push("nothing was done".to_owned());
        stop.next("goodwill check", "tells what is wrong, with a cure")
    }

    /// The same with how to go on, and how to go back where that is possible.
    pub(super) fn with_place(self, git: &Git) -> Stop {
        let on = "goes on from here";
        match git.place().map(|place| place.under) {
            Ok(Under::Merge { .. }) => self.next("goodwill sync", on).next(
                "goodwill sync --abort",
                "drops the merge; what you committed stays",
            ),
            Ok(Under::Rebase { .. }) => self.next("goodwill sync", on).next(
                "goodwill sync --abort",
                "drops the rebase; what you committed stays",
            ),
            Ok(Under::Nothing) => self.next("goodwill sync", on),
            Ok(Under::Other { .. }) | Err(_) => self,
        }
    }
}

impl From<GitError> for Stop {
    fn from(error: GitError) -> Stop {
        if let GitError::NoRepository { path } = &error {
            return Stop::new("the journal is in no git repository")
                .because(&path.display().to_string())
                .next(
                    &format!("git -C {} init", quoted(&path.to_string_lossy())),
                    "begins one",
                );
        }
        let text = error.to_string();
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        let mut stop = Stop::new(first);
        stop.why.extend(rest.lines().map(str::to_owned));
        stop
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Stop {
        Stop::new(&error.to_string())
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    shell_words::quote(word).into_owned()
}
