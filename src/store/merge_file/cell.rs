//! The value of a key, also within an inline table, whose keys are merged one by one.

use super::doc::Key;
use super::gone::goes_by_key;
use super::lead::spacing;
use super::list::{is_laid_out, laid_out};
use super::order::merge_order;
use super::weave::{BASE, OURS, Spot, THEIRS, Weave};
use crate::model::merge::merge_field;
use crate::model::value::Value;
use crate::store::outline::{Node, Span, Spelling};
use crate::store::spell::{Eol, spell};

/// A value where it stands.
#[derive(Clone, Copy)]
pub(super) struct Cell<'t> {
    pub(super) node: Node,
    pub(super) raw: &'t str,
}

/// A key and its value in an inline table.
#[derive(Clone)]
struct Item<'t> {
    id: u32,
    path: Vec<String>,
    /// The key, up to the value.
    front: &'t str,
    cell: Cell<'t>,
    text: &'t str,
}

/// An inline table: its items, and what stands in front of, between and behind them.
#[derive(Clone, Default)]
struct Inline<'t> {
    items: Vec<Item<'t>>,
    between: Vec<&'t str>,
}

/// The three values of one place.
pub(super) type Cells<'t> = [Option<Cell<'t>>; 3];

impl<'t> Weave<'_, 't> {
    pub(super) fn decode(&self, side: usize, node: &Node) -> Value {
        self.docs[side].outline.decode(node)
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
            return self.inline(path, cells).map(|_| ());
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

    /// Merges inline tables key by key. A side that lacks the table has no keys in it. Answers
    /// whether any key is left.
    pub(super) fn inline(&mut self, path: &[String], cells: Cells<'t>) -> Result<bool, String> {
        let mut sides: [Inline<'t>; 3] = Default::default();
        for (side, cell) in cells.iter().enumerate() {
            if let Some(cell) = cell.filter(|cell| cell.node.spelling == Spelling::InlineTable) {
                sides[side] = self.items(side, &cell);
            }
        }
        let find = |side: usize, id: u32| sides[side].items.iter().find(|item| item.id == id);
        let is_kept = |id: &u32| {
            let there = [BASE, OURS, THEIRS].map(|side| find(side, *id));
            match there {
                [_, Some(_), Some(_)] | [None, ..] => true,
                [_, None, None] => false,
                [Some(base), ours, theirs] => {
                    let (side, item) = match (ours, theirs) {
                        (Some(item), _) => (OURS, item),
                        (_, Some(item)) => (THEIRS, item),
                        _ => return false,
                    };
                    self.restored.has(&[path, &item.path].concat())
                        || self.decode(BASE, &base.cell.node) != self.decode(side, &item.cell.node)
                }
            }
        };
        let mut lists = sides.each_ref().map(|side| {
            side.items
                .iter()
                .map(|item| item.id)
                .filter(is_kept)
                .collect::<Vec<_>>()
        });
        let (ours, theirs) = (lists[OURS].clone(), lists[THEIRS].clone());
        lists[BASE].retain(|id| ours.contains(id) || theirs.contains(id));
        let keys = |ids: &[u32]| {
            ids.iter()
                .map(|id| self.ids.key(*id).cloned())
                .collect::<Vec<_>>()
        };
        let order = merge_order(
            [&lists[BASE], &ours, &theirs],
            |a, b| keys(a).cmp(&keys(b)),
            |_, a, b| {
                let mut both = [a, b].concat();
                both.sort_by_key(|id| self.ids.key(*id).cloned());
                both
            },
        );
        let between = between(&order, &sides);
        let sep = |at: usize| between.get(at).copied().unwrap_or(", ");
        self.put(between.first().copied().unwrap_or("{ "));
        let mut is_behind_one = false;
        for (at, id) in order.iter().enumerate() {
            let there = [BASE, OURS, THEIRS].map(|side| find(side, *id));
            let Some(item) = there[OURS].or(there[THEIRS]) else {
                continue;
            };
            let full = [path, &item.path].concat();
            let taken_out = there[BASE].is_some()
                && (there[OURS].is_none() || there[THEIRS].is_none())
                && !self.restored.has(&full);
            if taken_out {
                let is_last = at + 1 == order.len();
                let pieces = there.map(|item| {
                    let text = item.map(|item| item.text)?;
                    Some(match (is_behind_one, is_last) {
                        (true, _) => format!("{}{text}", sep(at)),
                        (false, false) => format!("{text}{}", sep(at + 1)),
                        (false, true) => text.to_owned(),
                    })
                });
                self.taken_out_inside(&full, there, pieces)?;
                is_behind_one |= is_behind_one && there[OURS].is_some();
                continue;
            }
            if is_behind_one {
                self.put(sep(at));
            }
            is_behind_one = true;
            match (there[OURS], there[THEIRS]) {
                (Some(ours), Some(theirs)) => {
                    self.put(spacing(
                        there[BASE].map(|b| b.front),
                        ours.front,
                        theirs.front,
                    ));
                    self.cell(&full, there.map(|item| item.map(|item| item.cell)), None)?;
                }
                _ => self.put(item.text),
            }
        }
        let close = between.last().filter(|_| between.len() > order.len());
        self.put(close.copied().unwrap_or(" }"));
        Ok(!order.is_empty())
    }

    fn taken_out_inside(
        &mut self,
        full: &[String],
        items: [Option<&Item<'t>>; 3],
        pieces: [Option<String>; 3],
    ) -> Result<(), String> {
        let values = [BASE, OURS, THEIRS]
            .map(|side| items[side].map(|item| self.decode(side, &item.cell.node)));
        let [base, ours, theirs] = values.each_ref().map(Option::as_ref);
        let (field, table) = full.split_last().ok_or("a value has no name")?;
        let Err(conflict) = merge_field(field, base, ours, theirs) else {
            return Err(format!("{field} is there and is not"));
        };
        let at = self.out.text.len();
        self.put(pieces[OURS].as_deref().unwrap_or(""));
        self.out.spots.push(Spot {
            at: at..self.out.text.len(),
            sides: pieces.map(|piece| Some(piece.unwrap_or_default())),
            table: table.to_vec(),
            conflict,
            lead: at,
        });
        Ok(())
    }

    fn items(&mut self, side: usize, cell: &Cell<'t>) -> Inline<'t> {
        let outline = &self.docs[side].outline;
        let text = outline.text();
        let mut at = cell.node.span.start;
        let mut inline = Inline::default();
        for node in outline.items(&cell.node) {
            let start = outline
                .keys(node.keys)
                .first()
                .map_or(node.span.start, |key| key.span.start);
            inline.between.push(Span::new(at, start).of(text));
            let path: Vec<String> = outline.names(node.keys).map(|n| n.into_owned()).collect();
            inline.items.push(Item {
                id: self.ids.id(Key::Line(path.clone())),
                path,
                front: Span::new(start, node.span.start).of(text),
                cell: Cell {
                    node: *node,
                    raw: node.span.of(text),
                },
                text: Span::new(start, node.span.end).of(text),
            });
            at = node.span.end;
        }
        inline
            .between
            .push(Span::new(at, cell.node.span.end).of(text));
        inline
    }
}

/// What stands around the items: as on the side that has just these; else as usual.
fn between<'t>(order: &[u32], sides: &[Inline<'t>; 3]) -> Vec<&'t str> {
    let same = |side: &Inline<'_>| {
        side.items
            .iter()
            .map(|item| item.id)
            .eq(order.iter().copied())
    };
    let [base, ours, theirs] = sides;
    let found = match (same(ours), same(theirs)) {
        (true, true) if ours.between == theirs.between => ours,
        (true, true) if ours.between == base.between => theirs,
        (true, true) if theirs.between == base.between => ours,
        (true, true) => std::cmp::min_by_key(ours, theirs, |side| side.between.clone()),
        (true, false) => ours,
        (false, true) => theirs,
        (false, false) if order.is_empty() => return vec!["{", "}"],
        (false, false) => return Vec::new(),
    };
    found.between.clone()
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
