//! Tables of the playbook as text: columns aligned, nothing cut, below each row what lies behind it.

use super::print::{Cell, Out, Tone, cell};
use super::{CliError, Context};
use crate::model::playbook::table::{Cell as Column, Head, Row, Table, Weight};
use crate::ui::widgets::text::{pad, pad_left, visible, width};

/// Prints a table; with `details` also the words behind each row.
pub fn print(
    out: &mut Out,
    table: &Table,
    details: bool,
    context: &Context,
) -> Result<(), CliError> {
    if table.rows.is_empty() {
        return Ok(());
    }
    let glyphs = context.appearance.glyphs;
    let words = |column: &Column| match column {
        Column::Text(text) => visible(text).into_owned(),
        Column::Bars(parts) => parts.iter().map(|part| glyphs.level(*part, 1.0)).collect(),
    };
    let rows = table.rows.iter();
    let lines: Vec<(Vec<String>, &Row)> = rows
        .map(|row| (row.cells.iter().map(words).collect(), row))
        .collect();
    let heads: Vec<String> = table
        .heads
        .iter()
        .map(|head| head.title.to_string())
        .collect();
    let widths: Vec<usize> = (0..heads.len())
        .map(|at| {
            let cells = lines.iter().map(|(cells, _)| cells).chain([&heads]);
            cells
                .filter_map(|cells| cells.get(at))
                .map(|text| width(text))
                .max()
        })
        .map(Option::unwrap_or_default)
        .collect();
    let aligned = |cells: &[String]| {
        let columns = cells.iter().zip(&widths).zip(&table.heads);
        let columns = columns.map(|((text, room), head): (_, &Head)| match head.is_number {
            true => pad_left(text, *room, glyphs),
            false => pad(text, *room, glyphs),
        });
        columns.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    out.cells(&[cell(&aligned(&heads), Tone::Faint)])?;
    for (cells, row) in &lines {
        out.cells(&[cell(&aligned(cells), tone(row.weight))])?;
        if details {
            out.table(&row.details.iter().map(behind).collect::<Vec<_>>())?;
        }
    }
    Ok(())
}

fn behind(detail: &crate::model::playbook::table::Detail) -> Vec<Cell> {
    vec![
        cell(&format!("    {}", detail.label), Tone::Faint),
        cell(&detail.text, Tone::Plain),
    ]
}

fn tone(weight: Weight) -> Tone {
    match weight {
        Weight::Plain => Tone::Plain,
        Weight::Now => Tone::Alert,
        Weight::Faint => Tone::Faint,
    }
}
