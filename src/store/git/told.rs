//! What is told of a merge, in words.

use crate::model::merge::Conflict;
use crate::model::value::Value;
use crate::store::file_change::table_name;

/// How many letters of a value are told: a note may have thousands.
const MOST: usize = 60;

/// `concern.2026-11-20-m3x8kq: status: here "answered", there "gone", before "open"`; the first
/// name is for what the conflict calls ours.
pub fn clash(table: &[String], conflict: &Conflict, [ours, theirs]: [&str; 2]) -> String {
    let mut line = format!(
        "{}: {}: {ours} {}, {theirs} {}",
        table_name(table),
        conflict.field,
        value(conflict.ours.as_ref()),
        value(conflict.theirs.as_ref()),
    );
    if let Some(base) = &conflict.base {
        line.push_str(&format!(", before {}", value(Some(base))));
    }
    line
}

/// A value as it is quoted; `nothing` where there is none.
fn value(value: Option<&Value>) -> String {
    let Some(value) = value else {
        return "nothing".to_owned();
    };
    let line = value.to_line();
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{:?}...", line.get(..end).unwrap_or_default()),
        None => format!("{line:?}"),
    }
}
