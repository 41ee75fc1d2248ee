//! What may go wrong between a journal and git, found before it does.
//!
//! Only looked at: nothing is changed, nothing is run that a repository names, and no network.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::progress::Progress;
use super::resolve::{State, unasked, unmerged};
use super::setup::{self, DRIVER_NAME, FSYNC_NAME};
use super::{Git, GitError, looking};
use crate::model::problem::Problem;
use crate::store::files::customer_files;
use crate::store::markers::has_markers;

/// The oldest git that can look without running what a repository names.
const OLDEST: [u32; 2] = [2, 31];

/// How long git may take to say its version.
const MOST: Duration = Duration::from_secs(10);

/// Something that a person should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Names it, as docs/git.md does.
    pub code: &'static str,
    /// What is so.
    pub what: String,
    /// Why it matters.
    pub why: &'static str,
    /// What to type.
    pub cure: String,
    /// Nothing is wrong; it is worth a look.
    pub hint: bool,
}

impl Finding {
    fn new(code: &'static str, what: impl Into<String>, why: &'static str, cure: &str) -> Finding {
        Finding {
            code,
            what: what.into(),
            why,
            cure: cure.to_owned(),
            hint: false,
        }
    }

    fn hint(self) -> Finding {
        Finding { hint: true, ..self }
    }
}

/// What of `goodwill check` is about copies and merges.
const OF_CHECK: &[(&str, &str)] = &[
    (
        "sync-copy",
        "what stands in the copy alone is read by nobody",
    ),
    (
        "name-collision",
        "on a disk where case or accents don't count, one of the two vanishes",
    ),
    ("link-outside", "what lies behind it is in no clone"),
];

/// Everything that a person should know; `problems` are those of `goodwill check`.
pub fn examine(root: &Path, problems: &[Problem]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut git = None;
    if old_git(&mut found) {
        match Git::find(root) {
            Ok(here) => git = Some(here),
            Err(error) => found.push(no_git(root, &error)),
        }
    }
    if let Some(git) = &git
        && let Err(error) = repository(git, &mut found)
    {
        let why = "what git says can't be looked at further";
        found.push(Finding::new("git", error.to_string(), why, "git status"));
    }
    for file in customer_files(root).0 {
        let text = std::fs::read_to_string(&file.path).unwrap_or_default();
        if has_markers(&text) {
            found.push(Finding::new(
                "markers",
                format!("{}.toml: a merge was left half done", file.key),
                "a file with markers is never written to",
                "goodwill resolve",
            ));
        }
    }
    for (code, why) in OF_CHECK {
        for problem in problems.iter().filter(|problem| problem.code == *code) {
            let what = format!("{}: {}", problem.path, problem.message);
            found.push(Finding::new(code, what, why, &problem.cure));
        }
    }
    found
}

/// Whether git is there at all; one that is too old is told.
fn old_git(found: &mut Vec<Finding>) -> bool {
    let version = super::program().and_then(|program| {
        let mut command = Command::new(program);
        command.arg("--version").stdin(std::process::Stdio::null());
        let ended = looking::finish(command, Vec::new(), MOST).ok()??;
        Some(String::from_utf8_lossy(&ended.stdout).trim_end().to_owned())
    });
    let Some(version) = version else {
        let why = "without it the journal has no past and no second machine";
        let finding = Finding::new("no-git", "there is no git on the PATH", why, "install git");
        found.push(finding.hint());
        return false;
    };
    let numbers = version.split_whitespace().nth(2).unwrap_or_default();
    let mut numbers = numbers.split('.').map(|number| number.parse().unwrap_or(0));
    let numbers = [numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)];
    if numbers < OLDEST {
        found.push(Finding::new(
            "old-git",
            format!("{version}: 2.31 is needed"),
            "an older one can't look at a repository without running what it names",
            "install a newer git",
        ));
        return false;
    }
    true
}

fn no_git(root: &Path, error: &GitError) -> Finding {
    let what = error.to_string();
    let why = "the header, sync, log and resolve have nothing to go by";
    match error {
        GitError::NoRepository { .. } => {
            let root = root.display().to_string();
            let cure = format!(
                "git init {0} && goodwill init {0}",
                shell_words::quote(&root)
            );
            Finding::new(
                "no-repository",
                "the journal is in no git repository",
                why,
                &cure,
            )
            .hint()
        }
        GitError::NotYours { .. } => Finding::new("not-yours", what, why, "see above"),
        GitError::Elsewhere { .. } => Finding::new("elsewhere", what, why, "see above"),
        _ => Finding::new("git", what, why, "git status"),
    }
}

fn repository(git: &Git, found: &mut Vec<Finding>) -> Result<(), GitError> {
    driver(git, found)?;
    attributes(git, found)?;
    if setup::value(git, FSYNC_NAME)?.is_none() {
        found.push(
            Finding::new(
                "fsync",
                "git does not wait for the disk when it commits",
                "a power cut can leave empty objects, and the repository broken",
                "git config core.fsync committed,loose-object",
            )
            .hint(),
        );
    }
    undecided(git, found)?;
    let progress = git.progress()?;
    merged_by_lines(git, progress, found)?;
    if let Some(progress) = progress {
        let word = progress.word();
        found.push(Finding::new(
            "in-progress",
            format!("a {word} was begun and not ended"),
            "what is written now becomes part of it",
            &format!("goodwill resolve, then git {word} --continue; or back: git {word} --abort"),
        ));
    }
    remotes(git, found)
}

fn merged_by_lines(
    git: &Git,
    progress: Option<Progress>,
    found: &mut Vec<Finding>,
) -> Result<(), GitError> {
    for proposal in unasked(git, progress, false)? {
        let said = match &proposal.state {
            State::Left(why) => why,
            _ => proposal.remarks.first().unwrap_or(&proposal.path),
        };
        found.push(Finding::new(
            "merged-by-lines",
            format!("{}: {said}", proposal.path),
            "git asks nobody where no lines clash",
            &format!("goodwill resolve {}", shell_words::quote(&proposal.path)),
        ));
    }
    Ok(())
}

fn driver(git: &Git, found: &mut Vec<Finding>) -> Result<(), GitError> {
    let why = "without it lines conflict in most merges in which both machines touched a customer";
    let cure = "goodwill init --yes";
    match setup::value(git, DRIVER_NAME)? {
        None => found.push(Finding::new(
            "driver-missing",
            "git was not told in this clone how to merge customers by entry",
            why,
            cure,
        )),
        Some(line) if line.contains("goodwill merge-driver") && line.contains("git merge-file") => {
        }
        Some(line) if line.contains("merge-driver") => found.push(Finding::new(
            "driver-bare",
            format!("{DRIVER_NAME} is: {line}"),
            "where the program is not found, git leaves our side alone, without any marker, and \
             git add drops the other side",
            cure,
        )),
        Some(line) => {
            let what = format!("{DRIVER_NAME} is something else: {line}");
            found.push(Finding::new("driver-other", what, why, cure));
        }
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    if super::on_path(&path, "goodwill").is_none() {
        found.push(Finding::new(
            "not-on-path",
            "there is no goodwill on the PATH, so git won't find it",
            why,
            "cargo install --path . --locked, or put its folder on the PATH",
        ));
    }
    Ok(())
}

fn attributes(git: &Git, found: &mut Vec<Finding>) -> Result<(), GitError> {
    let customers = customer_files(git.root()).0;
    let name = customers.first().map_or("customer", |file| &file.key);
    let name = format!("{name}.toml");
    let told = git.looking_at_attributes(&["check-attr", "-z", "merge", "eol", "--", &name])?;
    let told = String::from_utf8_lossy(&told);
    let mut parts = told.split('\0');
    while let (Some(_), Some(attribute), Some(value)) = (parts.next(), parts.next(), parts.next()) {
        let line = "put this line into .gitattributes of the journal: \
                    *.toml text eol=lf merge=goodwill diff=goodwill";
        match (attribute, value) {
            ("merge", "goodwill") | ("eol", "lf") => {}
            ("merge", "union") => found.push(Finding::new(
                "attributes-union",
                "customers are merged with merge=union",
                "it puts the lines of both sides behind one another: every second merge of the \
                 same customer is spoiled, and nobody is told",
                line,
            )),
            ("merge", _) => found.push(Finding::new(
                "attributes",
                format!("git merges {name} with merge={value}"),
                "the driver is not asked",
                line,
            )),
            _ => found.push(
                Finding::new(
                    "attributes-eol",
                    format!("git has eol={value} for {name}"),
                    "line ends may differ from machine to machine",
                    line,
                )
                .hint(),
            ),
        }
    }
    Ok(())
}

fn undecided(git: &Git, found: &mut Vec<Finding>) -> Result<(), GitError> {
    for file in unmerged(git)? {
        let text = std::fs::read(git.root().join(&file.path)).unwrap_or_default();
        let path = &file.path;
        let [_, ours, theirs] = &file.stages;
        let marked = has_markers(&String::from_utf8_lossy(&text));
        let both = ours.is_some() && theirs.is_some();
        found.push(match both && !marked && file.is_journals() {
            true => Finding::new(
                "unmerged-without-markers",
                format!("{path}: git has two versions of it, and no marker in the file says so"),
                "git add would drop what the other side wrote, unseen",
                "goodwill resolve",
            ),
            false => Finding::new(
                "unmerged",
                format!("{path}: git has two versions of it"),
                "nothing can be committed until that is decided",
                "goodwill resolve",
            ),
        });
    }
    Ok(())
}

fn remotes(git: &Git, found: &mut Vec<Finding>) -> Result<(), GitError> {
    let names = [
        "config",
        "--null",
        "--get-regexp",
        "^remote\\..*\\.(push)?url$",
    ];
    let told = match git.looking(&names) {
        Err(GitError::Failed { code: Some(1), .. }) => return Ok(()),
        told => told?,
    };
    let told = String::from_utf8_lossy(&told);
    for record in told.split('\0') {
        let Some(place) = record.split_once('\n').and_then(|(_, url)| shared(url)) else {
            continue;
        };
        found.push(
            Finding::new(
                "remote",
                format!("the journal is pushed to {place}"),
                "whoever may read there reads what your customers said",
                &format!("open https://{place} in a private window: it has to ask who you are"),
            )
            .hint(),
        );
    }
    Ok(())
}

/// Host and path of a remote that may well be open to others: on the web, or on a server where
/// everybody is the user `git`. Names and passwords are left out.
fn shared(url: &str) -> Option<String> {
    let (scheme, rest) = match url.split_once("://") {
        Some(parts) => parts,
        // `git@host:path`
        None => (
            "ssh",
            url.split_once(':')
                .filter(|_| url.contains('@'))
                .map(|_| url)?,
        ),
    };
    let (user, rest) = rest.split_once('@').unwrap_or(("", rest));
    let is_shared = match scheme {
        "http" | "https" | "git" => true,
        "ssh" | "git+ssh" | "ssh+git" => user == "git",
        _ => false,
    };
    let (host, path) = rest.split_once([':', '/']).unwrap_or((rest, ""));
    let is_near = !host.contains('.') || host.ends_with(".local") || host.starts_with("127.");
    let path = path.strip_suffix(".git").unwrap_or(path);
    (is_shared && !is_near).then(|| format!("{host}/{path}"))
}

#[cfg(test)]
mod tests {
    use super::shared;

    #[test]
    fn a_remote_that_others_may_read_is_told_without_its_password() {
        for (url, place) in [
            (
                "https://aoi:secret@forge.example/aoi/journal.git",
                Some("forge.example/aoi/journal"),
            ),
            (
                "git@forge.example:aoi/journal.git",
                Some("forge.example/aoi/journal"),
            ),
            (
                "ssh://git@forge.example/aoi/journal",
                Some("forge.example/aoi/journal"),
            ),
            ("git://forge.example/journal", Some("forge.example/journal")),
            ("aoi@home.example:journal.git", None),
            ("ssh://aoi@home.example/journal", None),
            ("https://localhost/journal", None),
            ("/srv/git/journal.git", None),
            ("../journal.git", None),
            ("file:///srv/journal.git", None),
        ] {
            assert_eq!(shared(url).as_deref(), place, "{url}");
        }
    }
}
