//! Sending.

use super::super::Git;
use super::place::Upstream;
use super::stop::Stop;
use super::{Step, Sync};

impl Git {
    /// A branch that the other side does not have begins there with this sync. Where it has others
    /// and this one shares no commit with them, one of those is meant: a clone of a repository
    /// whose default branch has another name begins so.
    pub(super) fn is_where_others_are(&self, upstream: &Upstream) -> Result<(), Stop> {
        if self.commit_of(&upstream.copy)?.is_some() {
            return Ok(());
        }
        let copies = format!("refs/remotes/{}/", upstream.remote);
        let names = self.answer(&["for-each-ref", "--format=%(refname)", &copies])?;
        let names = names.unwrap_or_default();
        let branches = names.lines().filter_map(|name| name.strip_prefix(&*copies));
        let branches: Vec<&str> = branches.filter(|name| *name != "HEAD").collect();
        for branch in &branches {
            let copy = format!("{copies}{branch}");
            if self.answer(&["merge-base", "HEAD", &copy])?.is_some() {
                return Ok(());
            }
        }
        match branches.first() {
            None => Ok(()),
            Some(there) => Err(on_another_branch(upstream, there)),
        }
    }
}

fn on_another_branch(upstream: &Upstream, there: &str) -> Stop {
    let here = upstream.branch.trim_start_matches("refs/heads/");
    let remote = &upstream.remote;
    Stop::new(&format!("this is the branch {here}, {remote} has {there}"))
        .because("the two have no commit in common, so nothing was sent; yours is committed here")
        .next(&format!("git switch {there}"), "goes to what is there")
        .next(
            &format!("git merge --allow-unrelated-histories {here}"),
            "then takes along what was written here",
        )
}

impl Sync<'_> {
    /// Sends what the other side does not have. `Some`: it does not take it, with its words.
    pub(super) fn push(&mut self, upstream: &Upstream) -> Result<Option<String>, Stop> {
        let place = self.git.place()?;
        let copy = self.git.commit_of(&upstream.copy)?;
        if copy.is_some() && copy == place.head && upstream.is_set {
            return Ok(None);
        }
        let all = format!("--remotes={}", upstream.remote);
        let known: Vec<&str> = match &copy {
            Some(copy) => vec![copy],
            None => vec![&all],
        };
        let count = self.git.count(&known, "HEAD")?;
        let branch = place.branch.unwrap_or_default();
        self.begins(Step::Push, &format!("{count} to {}", upstream.name()));
        let refs = format!("refs/heads/{branch}:{}", upstream.branch);
        let mut args = vec!["push", "--porcelain"];
        if !upstream.is_set {
            args.push("--set-upstream");
        }
        args.extend([upstream.remote.as_str(), refs.as_str()]);
        let ended = self.git.with_terminal_said(&args)?;
        if ended.is_done() {
            self.report.sent += count;
            self.listener.ends("done");
            return Ok(None);
        }
        self.unless_interrupted()?;
        // `!`, the references, and why, with tabs between them.
        let refused = ended.said.lines().find_map(|line| line.strip_prefix("!\t"));
        let Some(refused) = refused else {
            return Err(
                Stop::new(&format!("nothing could be sent to {}", upstream.remote))
                    .because("git says above why; your changes are committed here"),
            );
        };
        self.listener
            .ends("not taken: somebody may have sent meanwhile");
        let why = refused.split_once('\t').map_or(refused, |(_, why)| why);
        Ok(Some(why.to_owned()))
    }
}
