//! What came and what is here are put together: as git is set, by merge or rebase.

use super::super::Git;
use super::ordered::Ended;
use super::place::{Place, Target, Under, Upstream};
use super::stop::Stop;
use super::{Step, Sync};

/// How two sides are put together that both went on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Merge,
    Rebase { keeps_merges: bool },
    OnlyForward,
}

/// How far something that was under way got.
#[derive(PartialEq, Eq)]
enum Went {
    Through,
    On,
}

impl Git {
    /// Whether what is under way is a merge or rebase with the upstream, as a sync makes it.
    pub(super) fn is_of_a_sync(&self, place: &Place) -> Result<(), Stop> {
        let (other_side, what, ways) = match &place.under {
            Under::Nothing => return Ok(()),
            Under::Other { what, ways } => return Err(Stop::other(what, *ways)),
            Under::Merge { theirs } => (
                theirs,
                "a merge of something else",
                ["git merge --continue", "git merge --abort"],
            ),
            Under::Rebase { onto, .. } => (
                onto,
                "a rebase of your own",
                ["git rebase --continue", "git rebase --abort"],
            ),
        };
        let is_with_upstream = match &place.target {
            Target::Upstream(upstream) => match self.commit_of(&upstream.copy)? {
                Some(copy) => self.is_before(other_side, &copy)?,
                None => false,
            },
            _ => false,
        };
        let waits_for_edits = matches!(place.under, Under::Rebase { edits: true, .. });
        match is_with_upstream && !waits_for_edits {
            true => Ok(()),
            false => Err(Stop::other(what, ways)),
        }
    }
}

impl Sync<'_> {
    /// Puts together what is here and what was fetched. Answers whether anything came.
    pub(super) fn combine(&mut self, upstream: &Upstream) -> Result<bool, Stop> {
        let place = self.git.place()?;
        let theirs = self.git.commit_of(&upstream.copy)?;
        let (Some(theirs), Some(head)) = (theirs, place.head.clone()) else {
            return Ok(false);
        };
        if self.git.is_before(&theirs, &head)? {
            return Ok(false);
        }
        let is_forward = self.git.is_before(&head, &theirs)?;
        let way = self.way(place.branch.as_deref().unwrap_or_default())?;
        let possible = match (is_forward, way) {
            (false, Way::OnlyForward) => Err(only_forward(upstream)),
            (false, _) if self.git.answer(&["merge-base", &head, &theirs])?.is_none() => {
                Err(nothing_in_common(upstream))
            }
            _ => Ok(()),
        };
        possible?;
        self.begin_unfinished(&head, &theirs)?;
        let ended = self.run(upstream, is_forward, way)?;
        let now = self.git.place()?;
        match now.under {
            Under::Nothing => {
                let head = now.head.unwrap_or_default();
                if !self.git.is_before(&theirs, &head)? {
                    self.unless_interrupted()?;
                    return Err(refused(upstream, &ended));
                }
                self.listener.ends("done");
            }
            _ => {
                self.unless_interrupted()?;
                self.go_on(&now)?;
            }
        }
        self.unless_interrupted()?;
        Ok(true)
    }

    fn run(&mut self, upstream: &Upstream, is_forward: bool, way: Way) -> Result<Ended, Stop> {
        let copy = upstream.copy.as_str();
        let message = format!("Merge {}", upstream.name());
        let (step, args) = match way {
            _ if is_forward => (Step::Merge, vec!["merge", "-q", "--ff-only", copy]),
            Way::Rebase { keeps_merges: true } => {
                (Step::Rebase, vec!["rebase", "-q", "--rebase-merges", copy])
            }
            Way::Rebase { .. } => (Step::Rebase, vec!["rebase", "-q", copy]),
            Way::Merge | Way::OnlyForward => {
                (Step::Merge, vec!["merge", "-q", "-m", &message, copy])
            }
        };
        let what = match step {
            Step::Rebase => format!("onto {}", upstream.name()),
            _ => format!("with {}", upstream.name()),
        };
        self.begins(step, &what);
        // What it says of conflicts is not for a person yet: most of them are none.
        Ok(self.git.with_terminal_said(&args)?)
    }

    /// How this branch takes what came, by the person's own settings.
    fn way(&self, branch: &str) -> Result<Way, Stop> {
        // Git asks in this order too.
        let forward = self.git.setting("pull.ff")?;
        if forward.as_deref() == Some("only") {
            return Ok(Way::OnlyForward);
        }
        let own = self.git.setting(&format!("branch.{branch}.rebase"))?;
        let rebase = match own {
            Some(own) => Some(own),
            None => self.git.setting("pull.rebase")?,
        };
        let forward = match forward {
            Some(forward) => Some(forward),
            None => self.git.setting("merge.ff")?,
        };
        Ok(match rebase.as_deref().map(str::to_lowercase).as_deref() {
            None | Some("" | "false" | "no" | "off" | "0") => match forward.as_deref() {
                Some("only") => Way::OnlyForward,
                _ => Way::Merge,
            },
            Some("merges" | "m") => Way::Rebase { keeps_merges: true },
            Some(_) => Way::Rebase {
                keeps_merges: false,
            },
        })
    }

    /// Brings a merge or rebase to its end that is under way here, as far as that needs nobody.
    pub(super) fn go_on(&mut self, place: &Place) -> Result<(), Stop> {
        if place.under == Under::Nothing {
            return Ok(());
        }
        self.git.is_of_a_sync(place)?;
        while self.go_one_step(place)? == Went::On {}
        Ok(())
    }

    fn go_one_step(&mut self, begun: &Place) -> Result<Went, Stop> {
        self.resolve()?;
        let is_rebase = matches!(begun.under, Under::Rebase { .. });
        if is_rebase {
            self.stage_own()?;
        }
        let before = self.git.commit_of("HEAD")?;
        let args: &[&str] = match is_rebase {
            true => &["rebase", "--continue"],
            false => &["commit", "-q", "--no-edit"],
        };
        let ended = match is_rebase {
            true => self.git.with_terminal_said(args)?,
            false => self.git.with_terminal(args)?,
        };
        self.unless_interrupted()?;
        let now = self.git.place()?;
        if now.under == Under::Nothing {
            return Ok(Went::Through);
        }
        if is_rebase && (now.head != before || !self.unmerged()?.is_empty()) {
            return Ok(Went::On);
        }
        let what = if is_rebase { "rebase" } else { "merge" };
        let mut stop = Stop::new(&format!("git did not go on with the {what}"))
            .because("what it says, or a hook of yours, stands above; nothing is left to decide");
        stop.why.extend(ended.said.lines().map(str::to_owned));
        Err(stop)
    }

    /// What was written while a rebase stood still goes along with the commit it stands at: git
    /// goes on with nothing unstaged alone.
    fn stage_own(&mut self) -> Result<(), Stop> {
        let changed = self.git.changed_paths()?.changed;
        let own = self.git.own_changes(&changed)?;
        let paths: Vec<&str> = own.files.iter().map(|file| file.path.as_str()).collect();
        match paths.is_empty() {
            true => Ok(()),
            false => self.add(&paths),
        }
    }

    /// The files that both sides changed and git could not merge, from the top of the
    /// repository.
    pub(super) fn unmerged(&self) -> Result<Vec<String>, Stop> {
        let args = ["diff", "--name-only", "--diff-filter=U", "-z"];
        let out = self.git.own_answer(&args)?;
        let text = String::from_utf8_lossy(&out);
        let paths = text.split('\0').filter(|path| !path.is_empty());
        Ok(paths.map(str::to_owned).collect())
    }
}

fn only_forward(upstream: &Upstream) -> Stop {
    Stop::new("both sides went on, and git is set not to merge (pull.ff = only)")
        .because(&format!(
            "what {} has is fetched, and yours is committed here",
            upstream.name()
        ))
        .next(
            &format!("git rebase {}", upstream.name()),
            "puts yours on top of theirs, this once",
        )
        .next("git config pull.ff true", "has the next sync merge")
}

fn nothing_in_common(upstream: &Upstream) -> Stop {
    Stop::new(&format!(
        "{} has no commit in common with this journal",
        upstream.name()
    ))
    .because("it may be another journal: look whether the address is right")
    .next(
        &format!("git remote get-url {}", upstream.remote),
        "shows it",
    )
    .next(
        &format!("git merge --allow-unrelated-histories {}", upstream.name()),
        "joins the two all the same",
    )
}

fn refused(upstream: &Upstream, ended: &Ended) -> Stop {
    let mut stop = Stop::new(&format!("git did not merge {}", upstream.name())).because(
        "git says above why: most often other files of the repository have changes; commit them \
         or put them aside (git stash), they stay as they are until then",
    );
    stop.why.extend(ended.said.lines().map(str::to_owned));
    stop.next("git status", "shows them")
}
