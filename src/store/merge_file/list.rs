//! A list that a person laid out over lines, or wrote comments into: its lines keep their comments.

use super::cell::{Cell, Cells};
use super::lead::{comments, rear, spacing};
use super::weave::{BASE, OURS, THEIRS};
use crate::model::value::Value;
use crate::store::outline::{Outline, Span, Spelling};
use crate::store::spell::spell_on_one_line;

/// An item with what is said about it.
struct Item<'t> {
    value: Value,
    raw: &'t str,
    /// The comments above it, each with a line break.
    lead: String,
    /// The comment behind it.
    rear: &'t str,
}

/// A list, cut.
#[derive(Default)]
struct List<'t> {
    /// The comment behind the bracket.
    head: &'t str,
    indent: Option<&'t str>,
    items: Vec<Item<'t>>,
    /// The comments below the last item.
    tail: String,
}

/// Longer lists are written anew: their items would have to be looked up in a better way.
const MOST: usize = 2_000;

/// Whether the lines of a list have to be kept one by one: somebody wrote a comment into it, or
/// whoever changed its layout laid it out.
pub(super) fn is_laid_out(cells: &Cells<'_>, items: usize) -> bool {
    let is_list = |cell: &Cell<'_>| cell.node.spelling == Spelling::Array;
    let [Some(ours), Some(theirs)] = [cells[OURS], cells[THEIRS]] else {
        return false;
    };
    let has_lines = |cell: Cell<'_>| cell.raw.contains('\n');
    let lines = match (has_lines(ours), has_lines(theirs)) {
        (ours, theirs) if ours == theirs => ours,
        // One of the two changed it.
        _ => cells[BASE].is_none_or(|base| !has_lines(base)),
    };
    let has_comments = cells.iter().flatten().any(|cell| cell.raw.contains('#'));
    is_list(&ours) && is_list(&theirs) && items <= MOST && (lines || has_comments)
}

/// The merged list as it is written: a line for each item, with the comments of all sides.
pub(super) fn laid_out(outlines: [&Outline<'_>; 3], cells: &Cells<'_>, merged: &[Value]) -> String {
    let lists = [BASE, OURS, THEIRS].map(|side| {
        let cell = cells[side].filter(|cell| cell.node.spelling == Spelling::Array);
        cell.map(|cell| cut(outlines[side], &cell))
    });
    let [base, ours, theirs] = lists;
    let has_base = base.is_some();
    let base = base.unwrap_or_default();
    let (ours, theirs) = (ours.unwrap_or_default(), theirs.unwrap_or_default());
    let indent = match (ours.indent, theirs.indent) {
        (Some(ours), Some(theirs)) => spacing(base.indent, ours, theirs),
        (Some(indent), None) | (None, Some(indent)) => indent,
        (None, None) => "  ",
    };
    let mut out = String::from("[");
    let head = rear(has_base.then_some(base.head), ours.head, theirs.head);
    let mut above: Vec<&str> = head.above.into_iter().collect();
    push_rear(&mut out, head.text);
    for (at, value) in merged.iter().enumerate() {
        let nth = merged
            .iter()
            .take(at)
            .filter(|other| *other == value)
            .count();
        let [b, o, t] = [&base, &ours, &theirs].map(|list| {
            list.items
                .iter()
                .filter(|item| item.value == *value)
                .nth(nth)
        });
        let Some(one) = o.or(t).or(b) else {
            above
                .iter()
                .for_each(|line| push_line(&mut out, indent, line));
            above.clear();
            push_line(&mut out, indent, &format!("{},", spell_on_one_line(value)));
            continue;
        };
        let (o, t) = (o.unwrap_or(one), t.or(o).unwrap_or(one));
        let lead = comments(b.map_or("", |b| &b.lead), &o.lead, &t.lead);
        let behind = rear(b.map(|b| b.rear), o.rear, t.rear);
        let mut lines: Vec<&str> = above.drain(..).chain(lead).map(str::trim).collect();
        lines.extend(behind.above.filter(|line| !lines.contains(line)));
        lines
            .iter()
            .for_each(|line| push_line(&mut out, indent, line));
        out.push_str(indent);
        out.push_str(spacing(b.map(|b| b.raw), o.raw, t.raw));
        out.push(',');
        push_rear(&mut out, behind.text);
    }
    above
        .iter()
        .for_each(|line| push_line(&mut out, indent, line));
    for line in comments(&base.tail, &ours.tail, &theirs.tail) {
        push_line(&mut out, indent, line.trim());
    }
    out.push(']');
    out
}

fn push_line(out: &mut String, indent: &str, line: &str) {
    out.push_str(indent);
    out.push_str(line);
    out.push('\n');
}

fn push_rear(out: &mut String, comment: &str) {
    if !comment.is_empty() {
        out.push(' ');
        out.push_str(comment);
    }
    out.push('\n');
}

fn cut<'t>(outline: &Outline<'t>, cell: &Cell<'t>) -> List<'t> {
    let text = outline.text();
    let mut list = List::default();
    let mut at = cell.node.span.start;
    for node in outline.items(&cell.node) {
        let said = said(Span::new(at, node.span.start).of(text));
        match list.items.last_mut() {
            Some(item) => item.rear = said.behind,
            None => list.head = said.behind,
        }
        list.indent = list.indent.or(said.indent);
        list.items.push(Item {
            value: outline.decode(node),
            raw: node.span.of(text),
            lead: said.above,
            rear: "",
        });
        at = node.span.end;
    }
    let said = said(Span::new(at, cell.node.span.end).of(text));
    match list.items.last_mut() {
        Some(item) => item.rear = said.behind,
        None => list.head = said.behind,
    }
    list.tail = said.above;
    list
}

struct Said<'t> {
    behind: &'t str,
    above: String,
    indent: Option<&'t str>,
}

/// The comments between two items: there are no quotes there, so `#` begins one.
fn said(between: &str) -> Said<'_> {
    fn comment(line: &str) -> &str {
        let found = line.find('#').and_then(|at| line.get(at..));
        found.map_or("", str::trim_end)
    }
    let mut lines = between.split('\n');
    let behind = lines.next().map_or("", comment);
    let rest: Vec<&str> = lines.collect();
    let above = rest
        .iter()
        .map(|line| comment(line))
        .filter(|line| !line.is_empty());
    Said {
        behind,
        above: above.map(|line| format!("{line}\n")).collect(),
        indent: rest.last().copied().filter(|line| line.trim().is_empty()),
    }
}
