//! `goodwill resolve`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use serde_json::{Value as Json, json};

use super::error::note;
use super::json::value;
use super::{CliError, Context, Exit};
use crate::model::clash::Clash;
use crate::model::value::Value;
use crate::store::files::{customer_files, customer_path, name_below};
use crate::store::git::progress::Progress;
use crate::store::git::resolve::{
    Proposal, State, Unmerged, how_to_take, merge_unmerged, put_right, seen_from_here, unasked,
    unasked_in, unmerged,
};
use crate::store::git::{Git, GitError, told};
use crate::store::markers::has_markers;
use crate::store::mend;

/// Merge by entry what a merge left undecided.
///
/// Without a file: every customer that git has as unmerged, that has markers in it, or that git in
/// its last merge put together by lines without asking, and wrong. What is whole is written and
/// staged, nothing is committed or continued. A conflict copy of a sync service is merged into its
/// customer. Ends with 0 where nothing is left to decide, else with 1.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill resolve
  goodwill resolve acme.toml --take here
  goodwill resolve 'acme.sync-conflict-20260304-101112-ABCDEFG.toml' && goodwill check")]
pub struct Resolve {
    /// Files or customers
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// What both sides changed: here, there or both
    #[arg(long, value_name = "SIDE", value_enum, hide_possible_values = true)]
    take: Option<Side>,
    /// Begin again from what git has, without what was edited in the file since
    #[arg(long)]
    afresh: bool,
}

/// A side, as seen from this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Side {
    /// What was written here
    Here,
    /// What came from elsewhere
    There,
    /// One behind the other
    Both,
}

/// What became of a file.
struct Told {
    path: String,
    outcome: &'static str,
    remarks: Vec<String>,
    clashes: Vec<Clash>,
    left: Option<String>,
    names: [&'static str; 2],
    /// Git had merged it without asking.
    is_unasked: bool,
}

const HERE: [&str; 2] = ["here", "there"];
const NOTHING: &str = "nothing to do";

impl Resolve {
    /// Merges, and prints a line for each file.
    ///
    /// # Errors
    /// Where there is no journal, a file is not there, or something can't be written.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        context.needs_journal()?;
        let git = match Git::find(&context.root) {
            Ok(git) => Some(git),
            Err(GitError::NoGit | GitError::NoRepository { .. }) => None,
            Err(error) => return Err(failed(error)),
        };
        let (progress, open) = match &git {
            Some(git) => (
                git.progress().map_err(failed)?,
                unmerged(git).map_err(failed)?,
            ),
            None => (None, Vec::new()),
        };
        let mut all = Vec::new();
        for name in self.names(context, &open)? {
            let file = open.iter().find(|file| file.path == name);
            all.push(match (&git, file) {
                (Some(git), Some(file)) => self.unmerged(git, file, progress),
                _ => self.without_git(context, &name)?,
            });
        }
        if let Some(git) = &git {
            self.unasked(git, progress, &mut all).map_err(failed)?;
        }
        self.print(context, &all, progress)?;
        Ok(
            match all
                .iter()
                .all(|told| told.left.is_none() && told.clashes.is_empty())
            {
                true => Exit::Done,
                false => Exit::Failed,
            },
        )
    }

    /// The files that are meant, as paths below the journal.
    fn names(&self, context: &Context, open: &[Unmerged]) -> Result<Vec<String>, CliError> {
        if !self.files.is_empty() {
            let names = self.files.iter();
            return names.map(|file| named(context, file, open)).collect();
        }
        let mut names: Vec<String> = open.iter().map(|file| file.path.clone()).collect();
        for file in customer_files(&context.root).0 {
            let name = format!("{}.toml", file.key);
            let text = std::fs::read_to_string(&file.path).unwrap_or_default();
            if has_markers(&text) && !names.contains(&name) {
                names.push(name);
            }
        }
        Ok(names)
    }

    fn unmerged(&self, git: &Git, file: &Unmerged, progress: Option<Progress>) -> Told {
        let take = self.take.map(|side| side.take(progress));
        let told = Told::new(&file.path);
        match merge_unmerged(git, file, self.afresh, take) {
            Ok(proposal) => told.proposed(proposal, progress),
            Err(error) => told.left(error.to_string()),
        }
    }

    /// What git merged by lines without asking: all of it, or of the named files those in which
    /// nothing else was to do.
    fn unasked(
        &self,
        git: &Git,
        progress: Option<Progress>,
        all: &mut Vec<Told>,
    ) -> Result<(), GitError> {
        if self.files.is_empty() {
            for proposal in unasked(git, progress, self.afresh)? {
                if all.iter().all(|told| told.path != proposal.path) {
                    all.push(self.put_right(git, proposal, progress));
                }
            }
            return Ok(());
        }
        for told in all.iter_mut().filter(|told| told.outcome == NOTHING) {
            if let Some(proposal) = unasked_in(git, progress, &told.path, self.afresh)? {
                *told = self.put_right(git, proposal, progress);
            }
        }
        Ok(())
    }

    fn put_right(&self, git: &Git, proposal: Proposal, progress: Option<Progress>) -> Told {
        let told = Told::new(&proposal.path);
        let take = self.take.map(|side| side.take(progress));
        let proposal = match put_right(git, proposal, take) {
            Ok(proposal) => proposal,
            Err(error) => return told.left(error.to_string()),
        };
        let mut told = told.proposed(proposal, progress);
        told.is_unasked = true;
        match told.clashes.is_empty() {
            true => told,
            false => {
                let how = how_to_take(&told.path);
                told.left(how)
            }
        }
    }

    fn without_git(&self, context: &Context, name: &str) -> Result<Told, CliError> {
        let mut told = Told::new(name);
        let Some(key) = name.strip_suffix(".toml") else {
            return Ok(told.left("it is no customer's file"));
        };
        let mut store = context.store();
        let take = self.take.map(|side| side.take(None));
        let mended = if let Some(customer) = store.copied(key) {
            if !customer_path(&context.root, &customer).is_file() {
                return Ok(told.left(format!(
                    "it is a copy of {customer}.toml, which is not there; to have it as the \
                     customer: mv {} {}",
                    shell_words::quote(name),
                    shell_words::quote(&format!("{customer}.toml"))
                )));
            }
            store.merge_copy(key, &customer, take, &context.now)?
        } else {
            let path = customer_path(&context.root, key);
            let text = std::fs::read(&path).unwrap_or_default();
            if !has_markers(&String::from_utf8_lossy(&text)) {
                told.outcome = NOTHING;
                return Ok(told);
            }
            told.names = ["the first", "the second"];
            store.mend(key, take, &context.now)?
        };
        told.clashes = mended
            .clashes
            .iter()
            .map(|clash| seen_from_here(clash, None))
            .collect();
        told.remarks = mended.remarks;
        told.outcome = if told.clashes.is_empty() {
            "merged"
        } else {
            "undecided"
        };
        Ok(match mended.left {
            Some(why) => told.left(why),
            None => told,
        })
    }

    fn print(
        &self,
        context: &Context,
        all: &[Told],
        progress: Option<Progress>,
    ) -> Result<(), CliError> {
        let mut out = context.out();
        let is_left = |told: &&Told| told.left.is_some() || !told.clashes.is_empty();
        let left = all.iter().filter(is_left).count();
        if context.json {
            let files: Json = all.iter().map(document).collect();
            out.json([("files", files), ("left", Json::from(left))])?;
        } else {
            for told in all {
                out.line(&format!("{}: {}", told.path, told.outcome))?;
            }
        }
        out.finish()?;
        for told in all {
            tell(told);
        }
        if all.is_empty() {
            note("nothing is left to decide");
        }
        let is_put_right = |told: &&Told| told.is_unasked && told.outcome == "merged";
        match progress {
            Some(progress) if left == 0 => {
                note(&format!("to go on: git {} --continue", progress.word()));
            }
            None if all.iter().any(|told| is_put_right(&told)) => {
                note("to keep what was put right: git commit -m 'merged by entry'");
            }
            _ => {}
        }
        Ok(())
    }
}

impl Side {
    /// The side as the conflict calls it.
    fn take(self, progress: Option<Progress>) -> mend::Take {
        let turned = progress.is_some_and(Progress::is_turned);
        match (self, turned) {
            (Side::Both, _) => mend::Take::Both,
            (Side::Here, false) | (Side::There, true) => mend::Take::Ours,
            (Side::Here, true) | (Side::There, false) => mend::Take::Theirs,
        }
    }
}

impl Told {
    fn new(path: &str) -> Told {
        Told {
            path: path.to_owned(),
            outcome: "",
            remarks: Vec::new(),
            clashes: Vec::new(),
            left: None,
            names: HERE,
            is_unasked: false,
        }
    }

    /// What became of it by a merge by entry.
    fn proposed(mut self, proposal: Proposal, progress: Option<Progress>) -> Told {
        let clashes = proposal.clashes().iter();
        self.clashes = clashes
            .map(|clash| seen_from_here(clash, progress))
            .collect();
        let Proposal { state, remarks, .. } = proposal;
        self.remarks = remarks;
        self.outcome = match state {
            State::Whole => "merged",
            State::Gone => "removed",
            State::Clashes(_) => "undecided",
            State::Left(why) => return self.left(why),
        };
        self
    }

    fn left(mut self, why: impl Into<String>) -> Told {
        self.outcome = "left";
        self.left = Some(why.into());
        self
    }
}

/// Tells on stderr what there is to decide, and how.
fn tell(told: &Told) {
    let path = &told.path;
    for remark in told.remarks.iter().chain(&told.left) {
        note(&format!("{path}: {remark}"));
    }
    for clash in &told.clashes {
        let line = told::clash(&clash.table, &clash.conflict, told.names);
        note(&format!("{path}: {line}"));
    }
    if !told.clashes.is_empty() && !told.is_unasked {
        let quoted = shell_words::quote(path);
        note(&format!(
            "to decide: goodwill resolve {quoted} --take here (or there, or both); or open \
             goodwill and press S; or write what is right between the markers, then again"
        ));
    }
}

fn document(told: &Told) -> Json {
    let clashes = told.clashes.iter().map(|clash| {
        let side = |side: &Option<Value>| {
            let side = side.as_ref();
            side.map_or(Json::Null, |side| value(side.view()))
        };
        json!({
            "table": clash.table,
            "field": clash.conflict.field,
            "base": side(&clash.conflict.base),
            "here": side(&clash.conflict.ours),
            "there": side(&clash.conflict.theirs),
        })
    });
    json!({
        "path": told.path,
        "outcome": told.outcome,
        "remarks": told.remarks,
        "clashes": clashes.collect::<Vec<_>>(),
        "why": told.left,
    })
}

/// The path below the journal of a file that was typed: a path, or the key of a customer.
fn named(context: &Context, file: &Path, open: &[Unmerged]) -> Result<String, CliError> {
    let root = &context.root;
    let whole = |path: &Path| {
        let folder = path
            .parent()
            .and_then(|dir| std::fs::canonicalize(dir).ok());
        folder
            .zip(path.file_name())
            .map(|(dir, name)| dir.join(name))
    };
    let real_root = std::fs::canonicalize(root).unwrap_or_else(|_| root.clone());
    let typed = file.to_string_lossy();
    let with_end = format!("{}.toml", typed.strip_suffix(".toml").unwrap_or(&typed));
    for path in [
        context.around.cwd.join(file),
        root.join(file),
        root.join(&with_end),
    ] {
        let below = whole(&path).filter(|path| path.starts_with(&real_root));
        let Some(below) = below.map(|path| name_below(&real_root, &path)) else {
            continue;
        };
        if path.is_file() || open.iter().any(|file| file.path == below) {
            return Ok(below);
        }
    }
    Err(CliError::Nothing(format!(
        "there is no file {typed:?} in the journal {}",
        root.display()
    )))
}

fn failed(error: GitError) -> CliError {
    CliError::Failed(error.to_string())
}
