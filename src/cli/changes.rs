//! Changes of customers as text: what became of which entry, field by field.

use serde_json::{Value as Json, json};

use super::CliError;
use super::json as shapes;
use super::print::{Cell, Out, Tone, cell};
use crate::model::change::FieldEdit;
use crate::model::difference::{Difference, value_lines};
use crate::model::merge::stretches;
use crate::model::past::{Past, Sort};
use crate::model::value::Value;
use crate::store::git::Touched;

/// The most letters of a value that stand beside the other one on one line.
const MOST_BESIDE: usize = 60;

/// A customer, then a row an entry, then its fields; those of new and lost entries are left out,
/// as their line says what they are.
pub fn print(out: &mut Out, touched: &Touched, indent: &str) -> Result<(), CliError> {
    let renamed = touched
        .renamed_from
        .as_ref()
        .map(|from| format!("  was {from}"));
    out.cells(&[
        cell(indent, Tone::Plain),
        cell(&touched.name, Tone::Strong),
        cell("  ", Tone::Plain),
        cell(&touched.key, Tone::Faint),
        cell(&renamed.unwrap_or_default(), Tone::Faint),
    ])?;
    for difference in &touched.differences {
        print_one(out, difference, indent)?;
    }
    Ok(())
}

/// One entry, and its fields where they changed.
pub fn print_one(out: &mut Out, difference: &Difference, indent: &str) -> Result<(), CliError> {
    let mark = match difference.sort {
        Sort::Made => "+",
        Sort::Changed | Sort::Moved => "*",
        Sort::Removed => "-",
    };
    let name = match &difference.entry {
        Some((kind, key)) => format!("{kind}.{key}"),
        None => "head".to_owned(),
    };
    out.cells(&[
        cell(&format!("{indent}  {mark} "), Tone::Plain),
        cell(&name, Tone::Faint),
        cell("  ", Tone::Plain),
        cell(&difference.title, Tone::Plain),
    ])?;
    if difference.sort == Sort::Changed {
        for edit in &difference.fields {
            print_field(out, edit, indent)?;
        }
    }
    Ok(())
}

/// `status  open -> answered`; of texts of many lines and of lists, the lines that differ.
fn print_field(out: &mut Out, edit: &FieldEdit, indent: &str) -> Result<(), CliError> {
    let (was, now) = (
        value_lines(edit.was.as_ref()),
        value_lines(edit.now.as_ref()),
    );
    let is_list = |value: &Option<Value>| matches!(value, Some(Value::List(_)));
    let is_short = |lines: &[String]| {
        lines.len() <= 1 && lines.iter().all(|line| line.chars().count() <= MOST_BESIDE)
    };
    let head = format!("{indent}      {}", edit.name);
    if is_short(&was) && is_short(&now) && !is_list(&edit.was) && !is_list(&edit.now) {
        let side = |lines: &[String]| lines.first().map_or("nothing", |line| line).to_owned();
        return out.cells(&[
            cell(&head, Tone::Faint),
            cell("  ", Tone::Plain),
            cell(&side(&was), Tone::Plain),
            cell(" -> ", Tone::Faint),
            cell(&side(&now), Tone::Plain),
        ]);
    }
    out.cells(&[cell(&head, Tone::Faint)])?;
    for run in stretches(&was, &now, &now).into_iter().filter(|r| !r.kept) {
        let part = |lines: &[String], range| -> Vec<String> {
            lines
                .get::<std::ops::Range<usize>>(range)
                .unwrap_or_default()
                .to_vec()
        };
        let rows = [("-", part(&was, run.base)), ("+", part(&now, run.ours))];
        for (mark, line) in rows
            .iter()
            .flat_map(|(mark, lines)| lines.iter().map(move |line| (mark, line)))
        {
            let row: [Cell; 2] = [
                cell(&format!("{indent}        {mark} "), Tone::Faint),
                cell(line, Tone::Plain),
            ];
            out.cells(&row)?;
        }
    }
    Ok(())
}

/// A step in the past of an entry, and its fields.
pub fn print_past(out: &mut Out, past: &Past) -> Result<(), CliError> {
    out.cells(&[
        cell(&past.when, Tone::Strong),
        cell(&format!("  {}  ", past.who), Tone::Plain),
        cell(&past.via, Tone::Faint),
        cell(&format!("  {}", past.sort.word()), Tone::Plain),
    ])?;
    let mut edits = past.changes.iter();
    edits.try_for_each(|edit| print_field(out, edit, ""))
}

/// A step in the past of an entry for `--json`.
pub fn past(past: &Past) -> Json {
    json!({
        "when": past.when,
        "who": past.who,
        "via": past.via,
        "what": past.sort.word(),
        "fields": fields(&past.changes),
    })
}

/// A customer for `--json`.
pub fn as_json(touched: &Touched) -> Json {
    json!({
        "customer": touched.key,
        "name": touched.name,
        "renamed_from": touched.renamed_from,
        "entries": touched.differences.iter().map(difference).collect::<Vec<_>>(),
    })
}

/// An entry for `--json`.
pub fn difference(difference: &Difference) -> Json {
    let (kind, key) = match &difference.entry {
        Some((kind, key)) => (Some(kind), Some(key)),
        None => (None, None),
    };
    json!({
        "kind": kind,
        "key": key,
        "what": difference.sort.word(),
        "title": difference.title,
        "fields": fields(&difference.fields),
    })
}

fn fields(edits: &[FieldEdit]) -> Json {
    let side = |value: &Option<Value>| {
        value
            .as_ref()
            .map_or(Json::Null, |value| shapes::value(value.view()))
    };
    let field = |edit: &FieldEdit| json!({"field": edit.name, "was": side(&edit.was), "now": side(&edit.now)});
    edits.iter().map(field).collect()
}
