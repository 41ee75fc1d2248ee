//! Inline tables that are kinds or entries: merged key by key, and spaced as they were.

use std::collections::{HashMap, HashSet};

use super::cell::{Cell, Cells};
use super::doc::Key;
use super::lead::spacing;
use super::order::merge_order;
use super::weave::{BASE, OURS, Spot, THEIRS, Weave};
use crate::model::merge::merge_field;
use crate::store::outline::{Span, Spelling};

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

/// A key on each side that has it.
type There<'i, 't> = [Option<&'i Item<'t>>; 3];

/// An inline table: its items, and what stands in front of, between and behind them.
#[derive(Clone, Default)]
struct Inline<'t> {
    items: Vec<Item<'t>>,
    /// Where each of them stands, by its number.
    places: HashMap<u32, usize>,
    between: Vec<&'t str>,
}

impl<'t> Inline<'t> {
    fn find(&self, id: u32) -> Option<&Item<'t>> {
        self.places.get(&id).and_then(|at| self.items.get(*at))
    }
}

impl<'t> Weave<'_, 't> {
    /// Merges inline tables key by key. A side that lacks the table has no keys in it.
    pub(super) fn inline(&mut self, path: &[String], cells: Cells<'t>) -> Result<(), String> {
        let mut sides: [Inline<'t>; 3] = Default::default();
        for (side, cell) in cells.iter().enumerate() {
            if let Some(cell) = cell.filter(|cell| cell.node.spelling == Spelling::InlineTable) {
                sides[side] = self.items(side, &cell);
            }
        }
        let order = self.order_of_items(path, &sides);
        if order.is_empty() {
            self.put("{}");
            return Ok(());
        }
        let between = between(&order, &sides);
        let sep = |at: usize| between.get(at).copied().unwrap_or(", ");
        self.put(between.first().copied().unwrap_or("{ "));
        let mut is_behind_one = false;
        for (at, id) in order.iter().enumerate() {
            let there = sides.each_ref().map(|side| side.find(*id));
            let Some(item) = there[OURS].or(there[THEIRS]) else {
                continue;
            };
            let full = [path, &item.path].concat();
            let in_both = there[OURS].is_some() && there[THEIRS].is_some();
            if there[BASE].is_some() && !in_both && !self.restored.has(&full) {
                let next = (at + 1 < order.len()).then(|| sep(at + 1));
                let before = is_behind_one.then(|| sep(at));
                self.taken_out_inside(&full, there, before, next)?;
                continue;
            }
            if is_behind_one {
                self.put(sep(at));
            }
            is_behind_one = true;
            match (there[OURS], there[THEIRS]) {
                (Some(ours), Some(theirs)) => {
                    let base = there[BASE].map(|base| base.front);
                    self.put(spacing(base, ours.front, theirs.front));
                    self.cell(&full, there.map(|item| item.map(|item| item.cell)), None)?;
                }
                _ => self.put(item.text),
            }
        }
        let close = between.last().filter(|_| between.len() > order.len());
        self.put(close.copied().unwrap_or(" }"));
        Ok(())
    }

    fn order_of_items(&self, path: &[String], sides: &[Inline<'t>; 3]) -> Vec<u32> {
        let is_kept = |id: &u32| match sides.each_ref().map(|side| side.find(*id)) {
            [_, Some(_), Some(_)] | [None, ..] => true,
            [_, None, None] => false,
            [Some(base), ours, theirs] => {
                let kept = ours
                    .map(|item| (OURS, item))
                    .or(theirs.map(|item| (THEIRS, item)));
                kept.is_some_and(|(side, item)| {
                    self.restored.has(&[path, &item.path].concat())
                        || self.decode(BASE, &base.cell.node) != self.decode(side, &item.cell.node)
                })
            }
        };
        let mut lists = sides.each_ref().map(|side| {
            let ids = side.items.iter().map(|item| item.id);
            ids.filter(is_kept).collect::<Vec<_>>()
        });
        let known: HashSet<u32> = lists[OURS].iter().chain(&lists[THEIRS]).copied().collect();
        lists[BASE].retain(|id| known.contains(id));
        let [base, ours, theirs] = &lists;
        merge_order(
            [base, ours, theirs],
            |a, b| self.ids.compare(a, b),
            |_| false,
            |_, a, b| {
                let mut both = [a, b].concat();
                both.sort_by_key(|id| self.ids.key(*id).cloned());
                both
            },
        )
    }

    /// One side took a key out, the other changed it; `before` and `next` are what parts it from
    /// its neighbours.
    fn taken_out_inside(
        &mut self,
        full: &[String],
        items: There<'_, 't>,
        before: Option<&str>,
        next: Option<&str>,
    ) -> Result<(), String> {
        let pieces = items.map(|item| {
            item.map_or(String::new(), |item| match (before, next) {
                (Some(before), _) => format!("{before}{}", item.text),
                (None, Some(next)) => format!("{}{next}", item.text),
                (None, None) => item.text.to_owned(),
            })
        });
        let values = [BASE, OURS, THEIRS]
            .map(|side| items[side].map(|item| self.decode(side, &item.cell.node)));
        let [base, ours, theirs] = values.each_ref().map(Option::as_ref);
        let (field, table) = full.split_last().ok_or("a value has no name")?;
        let Err(conflict) = merge_field(field, base, ours, theirs) else {
            return Err(format!("{field} is there and is not"));
        };
        let at = self.out.text.len();
        self.put(&pieces[OURS]);
        self.out.spots.push(Spot {
            at: at..self.out.text.len(),
            sides: pieces.map(Some),
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
            let id = self.ids.id(Key::Line(path.clone()));
            inline.places.insert(id, inline.items.len());
            inline.items.push(Item {
                id,
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
        (false, false) => return Vec::new(),
    };
    found.between.clone()
}
