//! `goodwill check`

use std::collections::HashSet;

use clap::Args;
use serde_json::{Value, json};

use super::error::note;
use super::{CliError, Context, Exit};
use crate::model::problem::Problem;
use crate::store::check::check;
use crate::store::load::load;

/// Look for damage, dead references and slips.
///
/// Each is told as `path:line: code: what is wrong (what cures it)`. A code with `?` is a hint:
/// the program can use what stands there, and it looks like a slip. Ends with 4 where there are
/// problems. docs/check.md explains each code.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill check
  goodwill check --fix                 # what can be put right without losing a word
  goodwill check --strict              # in a git hook: hints count too")]
pub struct Check {
    /// Hints count as problems
    #[arg(long)]
    strict: bool,
    /// Put right what can be put right without losing a word; `goodwill undo` takes it back
    #[arg(long)]
    fix: bool,
}

impl Check {
    /// Prints a problem a line.
    ///
    /// # Errors
    /// Where there is no journal, or a cure can't be written.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        context.needs_journal()?;
        if self.fix {
            let (done, fixed) = context.store().fix(&context.now)?;
            if let Some(remark) = &done.remark {
                note(remark);
            }
            for fix in &fixed {
                note(&format!("{}:{}: {}", fix.path, fix.line, fix.what));
            }
        }
        let (journal, _) = load(&context.root, &mut |_, _| {});
        let problems = check(&context.root, &journal, context.today(), &mut |_, _| {});
        let mut out = context.out();
        if context.json {
            let list: Value = problems.iter().map(document).collect();
            out.json([("problems", list)])?;
        } else {
            for problem in &problems {
                out.line(&line(problem))?;
            }
        }
        out.finish()?;
        note(&summary(&problems));
        let counts = |problem: &Problem| self.strict || !problem.hint;
        Ok(match problems.iter().any(counts) {
            true => Exit::Problems,
            false => Exit::Done,
        })
    }
}

/// The place first, so that an editor can jump to it.
fn line(problem: &Problem) -> String {
    let place = match problem.line {
        Some(line) => format!("{}:{line}", problem.path),
        None => problem.path.clone(),
    };
    let mark = if problem.hint { "?" } else { "" };
    let cure = match problem.cure.as_str() {
        "" => String::new(),
        cure => format!(" ({cure})"),
    };
    format!("{place}: {}{mark}: {}{cure}", problem.code, problem.message)
}

fn document(problem: &Problem) -> Value {
    json!({
        "code": problem.code,
        "path": problem.path,
        "line": problem.line,
        "message": problem.message,
        "cure": problem.cure,
        "hint": problem.hint,
    })
}

/// `2 problems and 1 hint in 2 files`
fn summary(problems: &[Problem]) -> String {
    if problems.is_empty() {
        return "the journal is in order".to_owned();
    }
    let files: HashSet<&str> = problems
        .iter()
        .map(|problem| problem.path.as_str())
        .collect();
    let hints = problems.iter().filter(|problem| problem.hint).count();
    let counts: Vec<String> = [(problems.len() - hints, "problem"), (hints, "hint")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| counted(count, what))
        .collect();
    format!(
        "{} in {}",
        counts.join(" and "),
        counted(files.len(), "file")
    )
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
