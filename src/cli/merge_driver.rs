//! `goodwill merge-driver`

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::error::note;
use super::{CliError, Exit};
use crate::store::git::drive::{MARKERS, Task, drive};
use crate::store::merge_file::Labels;

/// The longest markers that are made.
const LONGEST: usize = 1_000;

/// Merge a customer for git, by entry and field.
///
/// Git calls it as `goodwill merge-driver %O %A %B %L %P`, once `goodwill init` has set it up:
/// the ancestor, our file, into which the merge goes, their file, the size of markers, the path.
/// The names of the sides may follow (%S %X %Y). Ends with 0 where all is merged, with 1 where
/// markers stand around the lines in question. docs/git.md has more.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  git config merge.goodwill.driver 'goodwill merge-driver %O %A %B %L %P'
  goodwill merge-driver --output merged.toml base.toml left.toml right.toml")]
pub struct MergeDriver {
    /// Put the merge there and leave the three files as they are
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// %O %A %B, and %L %P %S %X %Y as far as there are
    // From the first one on everything is taken as it is: a path may look like a flag, and an
    // answer of 0 to it would say that the file is merged.
    #[arg(value_name = "FILE", required = true, num_args = 3.., value_hint = ValueHint::FilePath)]
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<OsString>,
}

impl MergeDriver {
    /// Merges, and tells on stderr what there is to tell.
    ///
    /// # Errors
    /// Where files are missing among the arguments.
    pub fn run(&self) -> Result<Exit, CliError> {
        let [base, ours, theirs, rest @ ..] = self.words.as_slice() else {
            return Err(CliError::Usage(
                "three files are merged: goodwill merge-driver %O %A %B %L %P".to_owned(),
            ));
        };
        let mut rest = rest.iter().map(OsString::as_os_str);
        let width = rest.next().and_then(width).unwrap_or(MARKERS);
        let path = rest.next().unwrap_or(ours).to_string_lossy();
        // A git that does not know a name hands over the letters that stand for it.
        let known = |label: Option<&OsStr>, unknown: &str, else_: &str| {
            let label = label.map(OsStr::to_string_lossy);
            let label = label.filter(|label| !label.is_empty() && label != unknown);
            label.map_or(else_.to_owned(), |label| label.replace('\n', " "))
        };
        let base_label = known(rest.next(), "%S", "base");
        let labels = Labels {
            base: base_label,
            ours: known(rest.next(), "%X", "ours"),
            theirs: known(rest.next(), "%Y", "theirs"),
        };
        let driven = drive(&Task {
            base: base.into(),
            ours: ours.into(),
            theirs: theirs.into(),
            into: self.output.clone().unwrap_or_else(|| ours.into()),
            width,
            labels,
        });
        for said in &driven.said {
            note(&format!("{path}: {said}"));
        }
        Ok(match driven.whole {
            true => Exit::Done,
            false => Exit::Failed,
        })
    }
}

fn width(word: &OsStr) -> Option<usize> {
    let width: usize = word.to_str()?.parse().ok()?;
    (1..=LONGEST).contains(&width).then_some(width)
}
