//! `goodwill doctor`

use clap::Args;
use serde_json::{Value, json};

use super::error::note;
use super::{CliError, Context, Exit};
use crate::store::check::check;
use crate::store::git::doctor::{Finding, examine};
use crate::store::load::load;

/// Look whether git is set up, and whether a merge was left undone.
///
/// Each finding says what is so, why it matters and what to type. Ends with 4 where there are
/// any; those marked with a `?` are worth a look and don't count. Changes nothing and uses no
/// network. docs/git.md explains each code.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  goodwill doctor || true
  goodwill init --yes && goodwill doctor")]
pub struct Doctor {}

impl Doctor {
    /// Prints the findings.
    ///
    /// # Errors
    /// Where there is no journal.
    pub fn run(&self, context: &Context) -> Result<Exit, CliError> {
        context.needs_journal()?;
        let (journal, _) = load(&context.root, &mut |_, _| {});
        let problems = check(&context.root, &journal, context.today(), &mut |_, _| {});
        let found = examine(&context.root, &problems);
        let mut out = context.out();
        if context.json {
            let list: Value = found.iter().map(document).collect();
            out.json([("findings", list)])?;
        } else {
            for finding in &found {
                let mark = if finding.hint { "?" } else { "" };
                out.line(&format!("{}{mark}: {}", finding.code, finding.what))?;
                out.line(&format!("  why: {}", finding.why))?;
                out.line(&format!("  do:  {}", finding.cure))?;
            }
        }
        out.finish()?;
        if found.is_empty() {
            note("git is set up, and nothing is left undone");
        }
        Ok(match found.iter().any(|finding| !finding.hint) {
            true => Exit::Problems,
            false => Exit::Done,
        })
    }
}

fn document(finding: &Finding) -> Value {
    json!({
        "code": finding.code,
        "what": finding.what,
        "why": finding.why,
        "do": finding.cure,
        "hint": finding.hint,
    })
}
