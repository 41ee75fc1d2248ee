//! Cures that can't lose a word: everything else is left to the person who wrote it.

use std::collections::HashSet;

use super::error::StoreError;
use super::files;
use super::now::Now;
use super::plan::Planned;
use super::read::read_customer;
use super::splice::{Edit, entry_text, splice};
use super::syntax;
use super::writer::{Done, Store};
use crate::model::slug::unique;

/// One thing that was put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The file, below the journal.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// What was done there.
    pub what: String,
}

impl Store {
    /// Puts right what can be put right without losing anything, as one step of the history:
    /// the second of two equal headers gets a suffix, or goes where the whole entry stands there
    /// twice, word for word; and `＝` in place of `=` becomes one where
    /// the line then reads.
    ///
    /// # Errors
    /// [`StoreError`]; unless it says otherwise nothing was written.
    pub fn fix(&mut self, now: &Now) -> Result<(Done, Vec<Fixed>), StoreError> {
        let root = self.root().to_owned();
        let mut planned = Vec::new();
        let mut fixed = Vec::new();
        for file in files::customer_files(&root).0 {
            let mut bytes = Vec::new();
            if files::read_file(&root, &file.path, &mut bytes).is_err() {
                continue;
            }
            let Ok(text) = std::str::from_utf8(&bytes) else {
                continue;
            };
            if let Some(cured) = cure(&file.key, text) {
                fixed.extend(cured.fixed);
                planned.push(Planned {
                    customer: file.key,
                    renamed: None,
                    text: cured.text.into_bytes(),
                    base: Some(bytes),
                    // Told in entries, the old name would be missing and the words seem new.
                    tables: Vec::new(),
                    goes: false,
                });
            }
        }
        let done = self.commit(planned, "check --fix", now, |record| record)?;
        Ok((done, fixed))
    }
}

struct Cured {
    text: String,
    fixed: Vec<Fixed>,
}

/// The text with everything put right that can be; `None` where that is nothing.
fn cure(key: &str, text: &str) -> Option<Cured> {
    let path = format!("{key}.toml");
    let codes: Vec<_> = syntax::strict(&path, text).iter().map(|p| p.code).collect();
    let mut cured = Cured {
        text: text.to_owned(),
        fixed: Vec::new(),
    };
    if codes.contains(&"full-width") {
        // Only the first few problems of a file are told at a time.
        while equal_signs(&path, &mut cured) {}
    }
    equal_headers(key, &path, &mut cured);
    (!cured.fixed.is_empty()).then_some(cured)
}

/// `name ＝ "x"` becomes `name = "x"`, where that is all that was wrong with the line. Answers
/// whether there was such a line.
fn equal_signs(path: &str, cured: &mut Cured) -> bool {
    let fixed = cured.fixed.len();
    for problem in syntax::strict(path, &cured.text) {
        let Some(number) = problem.line.filter(|_| problem.code == "full-width") else {
            continue;
        };
        let mut lines: Vec<&str> = cured.text.split_inclusive('\n').collect();
        let Some(line) = lines.get_mut(number as usize - 1) else {
            continue;
        };
        let right = line.replacen('＝', "=", 1);
        let alone = syntax::strict(path, &right);
        if right == *line || !alone.is_empty() {
            continue;
        }
        *line = &right;
        let text = lines.concat();
        // One fault less, and none that was not there: nothing else reads differently now.
        if syntax::fault_count(&text) >= syntax::fault_count(&cured.text) {
            continue;
        }
        cured.text = text;
        cured.fixed.push(Fixed {
            path: path.to_owned(),
            line: number,
            what: "＝ became =".to_owned(),
        });
    }
    cured.fixed.len() > fixed
}

/// The second `[kind.key]` becomes `[kind.key-2]`, or goes where it says the same as the first.
fn equal_headers(key: &str, path: &str, cured: &mut Cured) {
    let entries = read_customer(key, &cured.text).customer.entries;
    let mut taken: HashSet<(String, String)> = entries
        .iter()
        .map(|e| (e.kind.word().to_owned(), e.key.to_string()))
        .collect();
    let mut seen = HashSet::new();
    let mut edits = Vec::new();
    let mut fixed = Vec::new();
    for entry in &entries {
        let kind = entry.kind.word();
        if seen.insert((kind, &*entry.key)) {
            continue;
        }
        let free = unique(&entry.key, |name| {
            taken.contains(&(kind.to_owned(), name.to_owned()))
        });
        let to = vec![kind.to_owned(), free.clone()];
        fixed.push(Fixed {
            path: path.to_owned(),
            line: entry.line,
            what: format!("the second [{}] became [{kind}.{free}]", entry.id()),
        });
        edits.push(Edit::Rekey {
            table: vec![kind.to_owned(), entry.key.to_string()],
            // Those before it have other names by then, but for the first.
            nth: 1,
            to,
        });
        taken.insert((kind.to_owned(), free));
    }
    if edits.is_empty() {
        return;
    }
    // Refused where the file has other faults too: those come first.
    let Some(text) = spliced(&cured.text, &edits) else {
        return;
    };
    cured.text = text;
    for (edit, fixed) in edits.iter().zip(&mut fixed) {
        if let Some((id, text)) = without_the_same(&cured.text, edit) {
            cured.text = text;
            fixed.what = format!("the second [{id}] was the first one, word for word, and went");
        }
    }
    cured.fixed.extend(fixed);
}

/// The text without the entry that this edit gave a name of its own, where it is the one whose name
/// it had, comments and all.
fn without_the_same(text: &str, edit: &Edit) -> Option<(String, String)> {
    let Edit::Rekey { table, to, .. } = edit else {
        return None;
    };
    let (first, second) = (entry_text(text, table)?, entry_text(text, to)?);
    let renamed = Edit::Rekey {
        table: table.clone(),
        nth: 0,
        to: to.clone(),
    };
    if spliced(first, &[renamed])?.trim_end() != second.trim_end() {
        return None;
    }
    let without = spliced(text, &[Edit::Remove { table: to.clone() }])?;
    Some((table.join("."), without))
}

fn spliced(text: &str, edits: &[Edit]) -> Option<String> {
    let bytes = splice(text.as_bytes(), edits).ok()?;
    String::from_utf8(bytes).ok()
}
