//! The value of a key, also within an inline table, whose keys are merged one by one.

use super::gone::goes_by_key;
use super::lead::spacing;
use super::list::{is_laid_out, laid_out};
use super::weave::{BASE, OURS, Spot, THEIRS, Weave};
use crate::model::merge::merge_field;
use crate::model::value::Value;
use crate::store::outline::{Node, Spelling};
use crate::store::spell::{Eol, spell};

/// A value where it stands.
#[derive(Clone, Copy)]
pub(super) struct Cell<'t> {
    pub(super) node: Node,
    pub(super) raw: &'t str,
}

/// The three values of one place.
pub(super) type Cells<'t> = [Option<Cell<'t>>; 3];

impl<'t> Weave<'_, 't> {
    pub(super) fn decode(&self, side: usize, node: &Node) -> Value {
        self.docs[side].outline.decode(node)
    }

    /// Puts a value as one side has it.
    fn raw(&mut self, cell: Cell<'t>) -> Result<(), String> {
        self.put(cell.raw);
        Ok(())
    }

    /// Puts the merge of a value that both sides have; `path` leads to it from the root of the file.
    pub(super) fn cell(
        &mut self,
        path: &[String],
        cells: Cells<'t>,
        lead: Option<usize>,
    ) -> Result<(), String> {
        let (Some(ours), Some(theirs)) = (cells[OURS], cells[THEIRS]) else {
            return Err("a value is missing".to_owned());
        };
        let values =
            [BASE, OURS, THEIRS].map(|side| cells[side].map(|cell| self.decode(side, &cell.node)));
        let [vb, vo, vt] = values.each_ref().map(Option::as_ref);
        let inline = |cell: &Cell<'_>| cell.node.spelling == Spelling::InlineTable;
        if goes_by_key(path) && inline(&ours) && inline(&theirs) && vo != vt && vb != vo && vb != vt
        {
            return self.inline(path, cells);
        }
        // But for line ends.
        let same = |one: Cell<'t>, other: Cell<'t>| one.raw.lines().eq(other.raw.lines());
        let untouched = |side, value| vb == value && cells[BASE].is_some_and(|b| same(b, side));
        if vo == vt && same(ours, theirs) {
            self.put(spacing(cells[BASE].map(|b| b.raw), ours.raw, theirs.raw));
            return Ok(());
        }
        match (untouched(ours, vo), untouched(theirs, vt)) {
            (true, false) => return self.raw(theirs),
            (false, true) => return self.raw(ours),
            _ => {}
        }
        let (field, table) = path.split_last().ok_or("a value has no name")?;
        match merge_field(field, vb, vo, vt) {
            Ok(merged) => {
                let is = |value: Option<&Value>| value == merged.as_ref();
                let has_comments = cells.iter().flatten().any(|cell| cell.raw.contains('#'));
                if let Some(Value::List(items)) = &merged
                    && is_laid_out(&cells, items.len())
                    && (has_comments || !is(vo) && !is(vt))
                {
                    let outlines = self.docs.each_ref().map(|doc| &doc.outline);
                    let list = laid_out(outlines, &cells, items);
                    self.put(&list);
                    return Ok(());
                }
                match (is(vo), is(vt)) {
                    (true, true) => {
                        let base = cells[BASE].filter(|_| is(vb));
                        self.put(spacing(base.map(|b| b.raw), ours.raw, theirs.raw));
                    }
                    (true, false) => self.put(ours.raw),
                    (false, true) => self.put(theirs.raw),
                    (false, false) => self.put(&spelled(&merged.ok_or("a field would go")?)),
                }
            }
            Err(conflict) => {
                let at = self.out.text.len();
                self.put(ours.raw);
                self.out.spots.push(Spot {
                    at: at..self.out.text.len(),
                    sides: cells.map(|cell| cell.map(|cell| cell.raw.to_owned())),
                    table: table.to_vec(),
                    conflict,
                    lead: lead.unwrap_or(at),
                });
            }
        }
        Ok(())
    }
}

/// A value that neither side has as it is.
fn spelled(value: &Value) -> String {
    if let Value::Text(text) = value
        && text.ends_with('\n')
    {
        // Line breaks at the end stay here, as both sides have them.
        let held = spell(&Value::text(&format!("{text}x")), Eol::Lf);
        for quotes in ["\"\"\"", "'''"] {
            let open = held
                .strip_suffix(quotes)
                .and_then(|held| held.strip_suffix('x'));
            if let Some(open) = open {
                return format!("{open}{quotes}");
            }
        }
    }
    spell(value, Eol::Lf)
}
