//! Changing a file without touching anything else in it.
//!
//! An edit replaces the bytes of a value, a line or an entry; the rest is copied as it stands, byte
//! order mark, line ends, odd spacing and all. Before, the file must parse strictly; afterwards the
//! result must parse strictly and hold exactly the intended values, or nothing comes out at all.

mod find;
mod inside;
mod list;
mod patch;
mod place;
mod rekey;
mod tree;

use self::patch::{Patch, apply};
use super::outline::{Outline, Span, outline};
use super::spell::{spell_key, spell_path};
use super::strict::{self, Broken};
use crate::model::value::Value;

pub use self::find::{entry_text, line_text};
pub(super) use self::tree::{means, same};

/// One change to a file. A `table` is a path of names, `["deal", "web-renewal"]`; an empty one is
/// the head of the file. It is found however it is written: with a header, with dotted keys, or
/// as an inline table.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Gives `key` a value. Where the key is there, only the bytes of its value are replaced, or
    /// nothing where it holds the same already; of a list with its items on lines of their own,
    /// only the items that differ, so that their comments stay. Else it gets a line of its own.
    Set {
        /// Where the key belongs.
        table: Vec<String>,
        /// The key.
        key: String,
        /// What it shall hold.
        value: Value,
        /// Keys that stand before it in the usual order: a new line goes behind the last one of
        /// them in the file, else to the start of the table, in the head to its end.
        after: Vec<String>,
    },
    /// Removes a key with the comments directly above it and the one behind its value.
    Unset {
        /// Where the key belongs.
        table: Vec<String>,
        /// The key.
        key: String,
    },
    /// Adds a table at the end of the file, behind one blank line that belongs to it, or among
    /// its like where those are inline or dotted. Where the file does not end with a line break,
    /// the one that it gets is part of the edit.
    Append {
        /// The name in the new header.
        table: Vec<String>,
        /// Its fields, in the order in which they are written.
        fields: Vec<(String, Value)>,
    },
    /// Adds entries with the bytes they had elsewhere (see [`entry_text`]); only their line ends
    /// are made those of the file.
    AppendRaw {
        /// One or more tables with their headers.
        text: String,
    },
    /// Removes a table and the tables below it, the comments directly above its header, and the
    /// blank line in front of them.
    Remove {
        /// The table.
        table: Vec<String>,
    },
    /// Gives one of several tables with equal headers another name, and the tables directly
    /// behind it that belong to it. Such a file does not parse, and this is the cure, so here
    /// alone it need not; no other kind of edit can stand in the same call.
    Rekey {
        /// The name in the header.
        table: Vec<String>,
        /// Which of the equal headers, in file order; 0 is the first.
        nth: usize,
        /// The new name.
        to: Vec<String>,
    },
}

/// Why a file is left as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file is in another encoding.
    #[error("byte {at} is not UTF-8: save the file as UTF-8 and try again")]
    NotUtf8 {
        /// The first byte in question, counted from 0.
        at: usize,
    },
    /// The file is no TOML as it is.
    #[error("line {line}, column {column}: {message}; put that line right and try again")]
    DoesNotParse {
        /// Counted from 1.
        line: usize,
        /// In characters, counted from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// The table is not in the file.
    #[error("there is no [{table}] in the file: it may have been renamed or removed")]
    NoSuchTable {
        /// Its name as a header has it.
        table: String,
    },
    /// The key is not in its table.
    #[error("there is no `{key}` to remove")]
    NoSuchKey {
        /// The key with its table.
        key: String,
    },
    /// The name is in use.
    #[error("[{what}] is already there: choose another name")]
    Taken {
        /// The name as a header has it.
        what: String,
    },
    /// The way it is written by hand leaves no room for the edit.
    #[error("{why}: change that by hand")]
    Shape {
        /// What stands in the way.
        why: String,
    },
    /// The result was not what was intended. Nothing was written.
    #[error(
        "the edit would not come out right ({why}), so nothing was changed; edit the file by hand"
    )]
    Check {
        /// What was found.
        why: String,
    },
}

impl Refusal {
    fn shape(why: impl Into<String>) -> Refusal {
        Refusal::Shape { why: why.into() }
    }

    fn check(why: impl Into<String>) -> Refusal {
        Refusal::Check { why: why.into() }
    }
}

/// Applies the edits one after another and gives the new bytes of the file.
///
/// # Errors
///
/// Any [`Refusal`]; then nothing of any edit is applied.
pub fn splice(before: &[u8], edits: &[Edit]) -> Result<Vec<u8>, Refusal> {
    let text = std::str::from_utf8(before).map_err(|e| Refusal::NotUtf8 {
        at: e.valid_up_to(),
    })?;
    if edits.iter().any(|edit| matches!(edit, Edit::Rekey { .. })) {
        return rekey::rekey(text, edits);
    }
    if let [edit @ Edit::Append { table, fields }] = edits
        && let Some(after) = append_at_end(text, edit, table, fields)?
    {
        return Ok(after);
    }
    let sources = edits
        .iter()
        .map(tree::source)
        .collect::<Result<Vec<_>, _>>()?;
    let mut expected = strict::parse(text)?;
    let mut after = text.to_owned();
    for (edit, source) in edits.iter().zip(&sources) {
        let here = outline(&after);
        let patches = match edit {
            Edit::Set {
                table,
                key,
                value,
                after,
            } => place::set(&here, table, key, value, after)?,
            Edit::Unset { table, key } => place::unset(&here, table, key)?,
            Edit::Append { table, fields } => place::append(&here, table, fields)?,
            Edit::AppendRaw { text } => place::append_raw(&here, text)?,
            Edit::Remove { table } => place::remove(&here, table)?,
            Edit::Rekey { .. } => Vec::new(),
        };
        let next = apply(&after, patches)?;
        tree::change(&mut expected, edit, source, &next)?;
        after = next;
    }
    let result = strict::parse(&after).map_err(|e| Refusal::check(e.to_string()))?;
    if let Some(why) = tree::difference(&result, &expected) {
        return Err(Refusal::check(why));
    }
    Ok(after.into_bytes())
}

/// A single new entry at the end of the file, the commonest edit of all, without parsing the old
/// text by itself. `None`: it does not belong at the end.
///
/// The proof is as good: the old text is the beginning of the new one byte for byte, the whole
/// parses strictly, and the table that was not there before is there now with the values wanted.
/// Had the old text been broken, or open in a string, one of the three would not hold.
fn append_at_end(
    text: &str,
    edit: &Edit,
    table: &[String],
    fields: &[(String, Value)],
) -> Result<Option<Vec<u8>>, Refusal> {
    let here = outline(text);
    if !here.errors().is_empty() {
        return Ok(None);
    }
    let patches = place::append(&here, table, fields)?;
    let behind = |patch: &patch::Patch| patch.span.start as usize == text.len();
    if !patches.iter().all(behind) {
        return Ok(None);
    }
    let after = apply(text, patches)?;
    let source = tree::source(edit)?;
    tree::change(&mut toml::de::DeTable::new(), edit, &source, "")?;
    let Ok(whole) = strict::parse(&after) else {
        return Ok(None);
    };
    tree::holds(&whole, table, fields)?;
    Ok(after.starts_with(text).then(|| after.into_bytes()))
}

impl From<Broken> for Refusal {
    fn from(broken: Broken) -> Refusal {
        Refusal::DoesNotParse {
            line: broken.line,
            column: broken.column,
            message: broken.message,
        }
    }
}

#[cfg(test)]
mod tests;
