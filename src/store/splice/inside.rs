//! Edits inside of an inline table.

use super::find::Place;
use super::{Outline, Patch, Refusal, Span};
use crate::store::outline::Node;

/// Adds `key = value` behind the last item whose name is in `after`, else as the first item.
pub(super) fn insert(
    outline: &Outline<'_>,
    table: &Node,
    after: impl Fn(&str) -> bool,
    item: &str,
) -> Patch {
    let items: Vec<_> = outline.items(table).collect();
    let named = |node: &Node| outline.names(node.keys).next().is_some_and(|n| after(&n));
    if let Some(anchor) = items.iter().rfind(|node| named(node)) {
        return Patch::insert(anchor.span.end, format!(", {item}"));
    }
    if let Some(first) = items.first() {
        return Patch::insert(start(outline, first), format!("{item}, "));
    }
    let inner = Span::new(table.span.start + 1, table.span.end.saturating_sub(1));
    let space = if inner.start == inner.end { " " } else { "" };
    Patch::insert(inner.start, format!(" {item}{space}"))
}

/// Adds an item behind the last one.
pub(super) fn push(outline: &Outline<'_>, table: &Node, item: &str) -> Patch {
    match outline.items(table).last() {
        Some(last) => Patch::insert(last.span.end, format!(", {item}")),
        None => insert(outline, table, |_| false, item),
    }
}

/// Removes items with their commas; all of them must stand in `table`.
pub(super) fn remove(
    outline: &Outline<'_>,
    table: &Node,
    gone: &[Place<'_>],
) -> Result<Vec<Patch>, Refusal> {
    let items: Vec<_> = outline.items(table).collect();
    let is_gone = |item: &Node| gone.iter().any(|place| place.node.span == item.span);
    if items.iter().all(|item| is_gone(item)) {
        let inner = Span::new(table.span.start + 1, table.span.end.saturating_sub(1));
        let mut at = inner.start;
        for item in &items {
            no_comment(outline, at, start(outline, item))?;
            at = item.span.end;
        }
        no_comment(outline, at, inner.end)?;
        return Ok(vec![Patch::new(inner, "")]);
    }
    let mut patches = Vec::new();
    let mut kept_end = None;
    // Those in front go up to the next one that stays, those at the end from the last one.
    let mut run: Option<(u32, u32)> = None;
    for item in &items {
        let begin = start(outline, item);
        if is_gone(item) {
            if let Some((_, end)) = run {
                no_comment(outline, end, begin)?;
            }
            let from = run.map_or(begin, |(from, _)| from);
            run = Some((from, item.span.end));
            continue;
        }
        if let Some((from, end)) = run.take() {
            no_comment(outline, end, begin)?;
            patches.push(Patch::remove(from, begin));
        }
        kept_end = Some(item.span.end);
    }
    if let (Some((from, end)), Some(kept)) = (run, kept_end) {
        no_comment(outline, kept, from)?;
        patches.push(Patch::remove(kept, end));
    }
    Ok(patches)
}

fn start(outline: &Outline<'_>, item: &Node) -> u32 {
    let first = outline.keys(item.keys).first();
    first.map_or(item.span.start, |key| key.span.start)
}

fn no_comment(outline: &Outline<'_>, from: u32, to: u32) -> Result<(), Refusal> {
    if Span::new(from, to).of(outline.text()).contains('#') {
        return Err(Refusal::shape(
            "a comment stands between the values of an inline table",
        ));
    }
    Ok(())
}
