//! A merge with clashes, for a person: with markers around them, or with what was decided.

use std::ops::Range;

use toml::de::DeTable;

use super::{Clash, Merged, Unmergeable};
use crate::model::value::Value;
use crate::store::spell::Eol;
use crate::store::splice::{Edit, splice};
use crate::store::strict;

/// What stands behind the marker characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Behind `<<<<<<<`.
    pub ours: String,
    /// Behind `|||||||`.
    pub base: String,
    /// Behind `>>>>>>>`.
    pub theirs: String,
}

const BASE: usize = 0;
const OURS: usize = 1;
const THEIRS: usize = 2;

impl Merged {
    /// The text with markers around the line of each clash and nothing else, the base among them;
    /// `width` marker characters each (git's are 7). A value over several lines is marked as a
    /// whole.
    pub fn marked(&self, labels: &Labels, width: usize) -> Vec<u8> {
        let text = String::from_utf8_lossy(&self.text);
        let eol = Eol::of(&text).as_str();
        let mut out = String::with_capacity(text.len() + 200 * self.clashes.len());
        let mut at = 0;
        for (lines, clashes) in self.groups(&text) {
            out.push_str(text.get(at..lines.start).unwrap_or(""));
            at = lines.end;
            let marker = |out: &mut String, sign: char, label: &str| {
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push_str(eol);
                }
                out.extend(std::iter::repeat_n(sign, width));
                if !label.is_empty() {
                    out.push(' ');
                    out.push_str(label);
                }
                out.push_str(eol);
            };
            let side = |side| variant(&text, &lines, clashes, side);
            marker(&mut out, '<', &labels.ours);
            out.push_str(&side(OURS));
            marker(&mut out, '|', &labels.base);
            out.push_str(&side(BASE));
            marker(&mut out, '=', "");
            out.push_str(&side(THEIRS));
            marker(&mut out, '>', &labels.theirs);
        }
        out.push_str(text.get(at..).unwrap_or(""));
        out.into_bytes()
    }

    /// The clashes by the lines they stand on.
    fn groups(&self, text: &str) -> Vec<(Range<usize>, &[Clash])> {
        let mut groups: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        for (index, clash) in self.clashes.iter().enumerate() {
            let lines = whole_lines(text, &clash.at);
            match groups.last_mut() {
                Some((range, members)) if lines.start < range.end => {
                    range.end = range.end.max(lines.end);
                    members.end = index + 1;
                }
                _ => groups.push((lines, index..index + 1)),
            }
        }
        let clashes = |members: Range<usize>| self.clashes.get(members).unwrap_or(&[]);
        groups
            .into_iter()
            .map(|(lines, members)| (lines, clashes(members)))
            .collect()
    }

    /// The text with these values in the place of the clashes, one for each, in their order;
    /// `None`: the field goes. A value that one of the sides has comes in as it is written there.
    ///
    /// # Errors
    /// [`Unmergeable::Doubtful`] where that does not come out right.
    pub fn decided(&self, values: &[Option<Value>]) -> Result<Vec<u8>, Unmergeable> {
        let doubt = |why: &str| Unmergeable::Doubtful(why.to_owned());
        if values.len() != self.clashes.len() {
            return Err(doubt("there is not one decision for each clash"));
        }
        let text = std::str::from_utf8(&self.text).map_err(|e| doubt(&e.to_string()))?;
        let mut out = String::with_capacity(text.len());
        let mut left = Vec::new();
        let mut at = 0;
        for (clash, value) in self.clashes.iter().zip(values) {
            out.push_str(text.get(at..clash.at.start).unwrap_or(""));
            at = clash.at.end;
            let conflict = &clash.conflict;
            let sides = [&conflict.base, &conflict.ours, &conflict.theirs];
            let taken =
                (sides.iter().zip(&clash.sides).skip(1)).find(|(side, _)| ***side == *value);
            match (taken, value) {
                (Some((_, Some(bytes))), Some(_)) => out.push_str(bytes),
                _ => {
                    out.push_str(text.get(clash.at.clone()).unwrap_or(""));
                    left.push((clash, value));
                }
            }
        }
        out.push_str(text.get(at..).unwrap_or(""));
        let edits: Vec<Edit> = left
            .into_iter()
            .filter_map(|(clash, value)| edit(clash, value))
            .collect();
        let done =
            splice(out.as_bytes(), &edits).map_err(|e| Unmergeable::Doubtful(e.to_string()))?;
        self.prove(&done, values)?;
        Ok(done)
    }

    /// Whether every clash holds what was decided.
    fn prove(&self, done: &[u8], values: &[Option<Value>]) -> Result<(), Unmergeable> {
        let doubt = |why: String| Unmergeable::Doubtful(why);
        let text = std::str::from_utf8(done).map_err(|e| doubt(e.to_string()))?;
        let tree = strict::parse(text).map_err(|e| doubt(e.to_string()))?;
        for (clash, value) in self.clashes.iter().zip(values) {
            let found = find(&tree, &clash.table, &clash.conflict.field);
            let normal = value.as_ref().map(crate::store::spell::normal);
            let is_right = match (found, value, &normal) {
                (None, None, _) => true,
                (Some(found), Some(value), Some(normal)) => {
                    let means = |value| crate::store::splice::means(found, value);
                    means(value) || means(normal)
                }
                _ => false,
            };
            if !is_right {
                return Err(doubt(format!(
                    "{} would not hold what was decided",
                    clash.conflict.field
                )));
            }
        }
        Ok(())
    }
}

fn find<'a, 't>(
    tree: &'a DeTable<'t>,
    table: &[String],
    field: &str,
) -> Option<&'a toml::de::DeValue<'t>> {
    let mut at = tree;
    for name in table {
        at = match at.get(name.as_str())?.get_ref() {
            toml::de::DeValue::Table(table) => table,
            _ => return None,
        };
    }
    at.get(field).map(toml::Spanned::get_ref)
}

fn edit(clash: &Clash, value: &Option<Value>) -> Option<Edit> {
    let (table, key) = (clash.table.clone(), clash.conflict.field.clone());
    match value {
        Some(value) => Some(Edit::Set {
            table,
            key,
            value: value.clone(),
            after: Vec::new(),
        }),
        None if clash.at.is_empty() => None,
        None => Some(Edit::Unset { table, key }),
    }
}

/// The lines that a range touches; none where it is empty and stands between two.
fn whole_lines(text: &str, at: &Range<usize>) -> Range<usize> {
    let before = text.get(..at.start).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let begins_line = before
        .get(start..)
        .is_none_or(|before| before.trim_matches('\u{feff}').is_empty());
    let is_whole = text
        .get(at.clone())
        .is_none_or(|own| own.is_empty() || own.ends_with('\n'));
    if begins_line && is_whole {
        return start..at.end;
    }
    let rest = text.get(at.end..).unwrap_or("");
    let end = rest
        .find('\n')
        .map_or(text.len(), |found| at.end + found + 1);
    start..end
}

/// The lines as one side has them.
fn variant(text: &str, lines: &Range<usize>, clashes: &[Clash], side: usize) -> String {
    if let [clash] = clashes
        && clash.sides.get(side).is_none_or(Option::is_none)
    {
        let bom = text.starts_with('\u{feff}') && lines.start == 0;
        return String::from(if bom { "\u{feff}" } else { "" });
    }
    let mut out = String::new();
    let mut at = lines.start;
    for clash in clashes {
        out.push_str(text.get(at..clash.at.start).unwrap_or(""));
        out.push_str(
            clash
                .sides
                .get(side)
                .and_then(Option::as_deref)
                .unwrap_or(""),
        );
        at = clash.at.end;
    }
    out.push_str(text.get(at..lines.end).unwrap_or(""));
    out
}
