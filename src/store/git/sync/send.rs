//! Sending.

use super::place::Upstream;
use super::stop::Stop;
use super::{Step, Sync};

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
