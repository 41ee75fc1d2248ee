//! What a sync would do, by looking alone.

use super::super::Git;
use super::place::{Place, Target, Under};
use super::stop::Stop;
use super::{customer_of, refuse_pinned, told};
use crate::model::tidings::{Message, Told};

/// What a sync would do. What the other side has is known as far as it was fetched.
#[derive(Debug, Default)]
pub struct Outlook {
    /// A merge or rebase that it would go on with.
    pub under_way: Option<&'static str>,
    /// What it would commit.
    pub commit: Option<Message>,
    /// Where it would send to and take from, such as `origin/main`; `None`: nowhere.
    pub upstream: Option<String>,
    /// The first lines of the commits that it would send, newest first, that one not among them.
    pub sends: Vec<String>,
    /// How many commits it would take.
    pub receives: usize,
    /// What they say, by customer.
    pub news: Vec<Told>,
}

/// What a sync would do now. Only looks: writes nothing, asks nobody, fetches nothing.
///
/// # Errors
/// Where a sync would stop at once, with why.
pub fn outlook(git: &Git) -> Result<Outlook, Stop> {
    refuse_pinned(git)?;
    let place = git.place()?;
    let mut outlook = Outlook::default();
    match &place.under {
        Under::Nothing => {}
        Under::Merge { .. } => outlook.under_way = Some("merge"),
        Under::Rebase { .. } => outlook.under_way = Some("rebase"),
        Under::Other { what, ways } => return Err(Stop::other(what, *ways)),
    }
    let mut changed = git.own_changes(&git.standing()?.changed)?;
    // Without the person's filters a file may look changed by its line ends alone.
    changed
        .files
        .retain(|file| unix(file.before.as_deref()) != unix(file.after.as_deref()));
    outlook.commit = (!changed.files.is_empty()).then(|| changed.message());
    if let Some(branch) = &place.branch {
        exchange(git, &place, branch, &mut outlook)?;
    }
    Ok(outlook)
}

fn exchange(git: &Git, place: &Place, branch: &str, outlook: &mut Outlook) -> Result<(), Stop> {
    let upstream = match &place.target {
        Target::Upstream(upstream) => upstream,
        Target::NoRemote => return Ok(()),
        other => return Err(Stop::no_target(other, place)),
    };
    outlook.upstream = Some(upstream.name().to_owned());
    let here = git.commit_of(&format!("refs/heads/{branch}"))?;
    let there = git.commit_of(&upstream.copy)?;
    if let Some(here) = &here {
        let all = format!("--remotes={}", upstream.remote);
        let known = there.as_ref().unwrap_or(&all);
        let out = git.looking(&["log", "--no-merges", "--format=%s", here, "--not", known])?;
        let text = String::from_utf8_lossy(&out);
        outlook.sends = text.lines().map(str::to_owned).collect();
    }
    let (Some(here), Some(there)) = (here, there) else {
        return Ok(());
    };
    outlook.receives = git.count(&[&here], &there)?;
    if let Some(base) = git.answer(&["merge-base", &here, &there])? {
        let mut changes = git.between(&git.tree(&base)?, &git.tree(&there)?)?;
        changes.retain(|change| customer_of(&change.path).is_some());
        outlook.news = told(&changes);
    }
    Ok(())
}

fn unix(bytes: Option<&[u8]>) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(bytes?);
    Some(text.replace("\r\n", "\n").into_bytes())
}
