//! `goodwill init`

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use serde_json::{Value, json};

use super::error::note;
use super::{CliError, Context, Exit};
use crate::store::begin::begin;
use crate::store::git::setup::{self, Setting};
use crate::store::git::{Git, GitError};

/// Begin a journal.
///
/// A folder with a settings file, and line ends and merging set for git. Nothing is overwritten.
/// In a git repository it shows what git has to be told in this clone, so that customers are
/// merged by entry and field, and asks whether to tell it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill init
  goodwill init ~/journal && git init ~/journal && goodwill init ~/journal --yes")]
pub struct Init {
    /// Where; without it the folder that goodwill would look in
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// Tell git without asking
    #[arg(long, conflicts_with = "no_git")]
    yes: bool,
    /// Leave git alone
    #[arg(long)]
    no_git: bool,
}

/// What git was told, and what it was not.
#[derive(Default)]
struct Told {
    set: Vec<Setting>,
    missing: Vec<Setting>,
}

impl Init {
    /// Makes what is missing, overwrites nothing, and prints the folder.
    ///
    /// # Errors
    /// Where the folder or a file in it can't be made, or git can't be told.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        let root = self.dir.as_ref().unwrap_or(&context.root);
        let begun = begin(root)?;
        let place = root.display().to_string();
        let told = self.tell_git(root)?;
        let mut out = context.out();
        if context.json {
            let made = begun.made.iter().map(|name| Value::from(*name)).collect();
            let names = |all: &[Setting]| all.iter().map(|one| one.name).collect::<Vec<_>>();
            let git = json!({"set": names(&told.set), "missing": names(&told.missing)});
            out.json([
                ("journal", Value::from(&*place)),
                ("made", made),
                ("git", git),
            ])?;
        } else {
            out.line(&place)?;
        }
        out.finish()?;
        if begun.made.is_empty() && told.set.is_empty() {
            note("it is a journal already: nothing was changed");
        }
        for (name, line) in &begun.missing_lines {
            note(&format!(
                "{name} is there already and stays; add this line to it:\n{line}"
            ));
        }
        let way = match &self.dir {
            Some(dir) => format!(" (in {}, or with --journal)", dir.display()),
            None => String::new(),
        };
        note(&format!(
            "next{way}: goodwill new 'Acme Trading' --key acme"
        ));
        Ok(Exit::Done)
    }

    /// Shows what git has to be told in this clone, and tells it where that is wanted.
    fn tell_git(&self, root: &Path) -> Result<Told, CliError> {
        let mut told = Told::default();
        let failed = |error: GitError| CliError::Failed(error.to_string());
        let git = match Git::find(root) {
            _ if self.no_git => return Ok(told),
            Ok(git) => git,
            Err(GitError::NoRepository { .. }) if self.yes => {
                note("there is no git repository to be told; begin one with: git init");
                return Ok(told);
            }
            Err(GitError::NoRepository { .. } | GitError::NoGit) => return Ok(told),
            Err(error) => {
                note(&error.to_string());
                return Ok(told);
            }
        };
        let missing = setup::missing(&git).map_err(failed)?;
        let (offered, needed): (Vec<_>, Vec<_>) = missing.iter().partition(|one| one.optional);
        for (settings, question) in [
            (
                needed,
                "for customers to be merged by entry, this clone's git has to be told:",
            ),
            (offered, "and this is worth telling it:"),
        ] {
            if settings.is_empty() {
                continue;
            }
            let lines = settings
                .iter()
                .map(|one: &Setting| format!("\n{}    # {}", one.command(), one.does));
            note(&format!("{question}{}", lines.collect::<String>()));
            if self.yes || asked("set this in .git/config? [Y/n] ") {
                setup::set(&git, &settings).map_err(failed)?;
                told.set.extend(settings);
            } else {
                told.missing.extend(settings);
            }
        }
        if !told.missing.is_empty() {
            note("to tell it: goodwill init --yes; goodwill doctor looks how things are");
        }
        Ok(told)
    }
}

/// Asks on the terminal; without one the answer is no, and nobody waits for it.
fn asked(question: &str) -> bool {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return false;
    }
    let mut line = String::new();
    let mut stderr = io::stderr().lock();
    let put = write!(stderr, "goodwill: {question}").and_then(|()| stderr.flush());
    let read = io::stdin().lock().read_line(&mut line);
    let answer = line.trim().to_lowercase();
    let is_yes = ["", "y", "yes"].contains(&&*answer);
    put.is_ok() && read.is_ok_and(|bytes| bytes > 0) && is_yes
}
