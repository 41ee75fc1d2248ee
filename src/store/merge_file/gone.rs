//! What one side took out as a whole and the other changed: it stays.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::doc::{Doc, Node, What};
use super::weave::{BASE, OURS, THEIRS};
use crate::model::kind::Kind;
use crate::model::value::Value;
use crate::store::comments::comments as comments_of;
use crate::store::outline::{Line, Outline, Span, Spelling};

type Path = Vec<String>;

/// The tables that stay, by their paths.
#[derive(Default)]
pub(super) struct Restored {
    paths: HashSet<Path>,
}

impl Restored {
    /// Whether what has this path stays with a table around it, or as one.
    pub(super) fn has(&self, path: &[String]) -> bool {
        !self.paths.is_empty()
            && (1..=path.len()).any(|len| path.get(..len).is_some_and(|p| self.paths.contains(p)))
    }

    /// Whether something in the table of this path stays.
    pub(super) fn has_below(&self, table: &[String]) -> bool {
        self.paths.iter().any(|path| path.starts_with(table))
    }

    /// What a person is told.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut names: Vec<String> = self.paths.iter().map(|path| path.join(".")).collect();
        names.sort();
        let told = |name| format!("{name} was removed on one side and changed on the other: kept");
        names.into_iter().map(told).collect()
    }
}

/// Finds them.
pub(super) fn restored(docs: &[Doc<'_>; 3], at: &[HashMap<u32, &Node<'_>>; 3]) -> Restored {
    let mut restored = Restored::default();
    let gone_blocks = [OURS, THEIRS].map(|side| {
        let tables = docs[BASE]
            .nodes
            .iter()
            .filter(|node| !at[side].contains_key(&node.id));
        let paths = tables.filter_map(|node| match &node.what {
            What::Table(table) => Some(&table.path),
            _ => None,
        });
        paths.collect::<Vec<_>>()
    });
    let special = Index::leaves(&docs[BASE]);
    if gone_blocks.iter().all(Vec::is_empty) && special.is_empty() {
        return restored;
    }
    let index = docs.each_ref().map(Index::of);
    let sides = [(OURS, THEIRS), (THEIRS, OURS)]
        .into_iter()
        .zip(gone_blocks);
    for ((gone, kept), blocks) in sides {
        let parents = special
            .iter()
            .map(|(path, leaf)| match leaf.is_empty_table {
                true => path.as_slice(),
                false => path.split_last().map_or(&[][..], |(_, parent)| parent),
            });
        let mut seen = HashSet::new();
        for path in blocks.into_iter().map(Vec::as_slice).chain(parents) {
            let is_gone = |table: &&[String]| is_unit(table) && !index[gone].has(table);
            let topmost = (1..=path.len())
                .filter_map(|len| path.get(..len))
                .find(is_gone);
            let Some(table) = topmost.filter(|table| seen.insert(*table)) else {
                continue;
            };
            if index[kept].has(table) && index[BASE].content(table) != index[kept].content(table) {
                restored.paths.insert(table.to_vec());
            }
        }
    }
    restored
}

/// Whether a table of that path goes as a whole: a kind is only what its entries begin with.
fn is_unit(table: &[String]) -> bool {
    match table {
        [name] => Kind::of(name).is_none(),
        _ => true,
    }
}

/// Whether an inline table of that path is merged key by key: a kind, or an entry. Any other one
/// is the value of a field.
pub(super) fn goes_by_key(path: &[String]) -> bool {
    path.len() <= 2 && path.first().is_some_and(|name| Kind::of(name).is_some())
}

/// A value that has no line of its own below a header: a dotted key, or within an inline table.
struct Leaf<'t> {
    value: Value,
    comments: Vec<&'t str>,
    is_empty_table: bool,
}

/// What stands where in a text.
struct Index<'d, 't> {
    doc: &'d Doc<'t>,
    tables: BTreeMap<&'d [String], &'d Node<'t>>,
    leaves: BTreeMap<Path, Leaf<'t>>,
    elements: Vec<(&'d [String], &'t str)>,
}

impl<'d, 't> Index<'d, 't> {
    fn of(doc: &'d Doc<'t>) -> Index<'d, 't> {
        let tables = doc.nodes.iter().filter_map(|node| match &node.what {
            What::Table(table) => Some((table.path.as_slice(), node)),
            _ => None,
        });
        let elements = doc.nodes.iter().filter_map(|node| match &node.what {
            What::Element(path, text) => Some((path.as_slice(), *text)),
            _ => None,
        });
        Index {
            doc,
            tables: tables.collect(),
            elements: elements.collect(),
            leaves: Index::leaves(doc),
        }
    }

    fn leaves(doc: &Doc<'t>) -> BTreeMap<Path, Leaf<'t>> {
        let mut leaves = BTreeMap::new();
        for node in &doc.nodes {
            let What::Table(table) = &node.what else {
                continue;
            };
            for line in lines(&doc.outline, table.block)
                .iter()
                .filter(|line| is_special(line))
            {
                let mut path = table.path.clone();
                path.extend(doc.outline.names(line.value.keys).map(|n| n.into_owned()));
                let text = Span::new(line.lead, line.span.end).of(doc.outline.text());
                put(
                    &mut leaves,
                    path,
                    doc.outline.decode(&line.value),
                    comments_of(text),
                );
            }
        }
        leaves
    }

    fn has(&self, table: &[String]) -> bool {
        let block = self.tables.range(table..).next();
        if block.is_some_and(|(path, _)| path.starts_with(table)) {
            return true;
        }
        let mut below = self.below(table);
        below.any(|(path, leaf)| path.len() > table.len() || leaf.is_empty_table)
    }

    fn below(&self, table: &[String]) -> impl Iterator<Item = (&Path, &Leaf<'t>)> {
        let range = self.leaves.range(table.to_vec()..);
        range.take_while(move |(path, _)| path.starts_with(table))
    }

    /// Values and comments of a table and those below it, by their paths; how they are spaced and
    /// in which order they stand is left out.
    fn content(&self, table: &[String]) -> Vec<(Path, Option<Value>, Vec<&'t str>)> {
        let outline = &self.doc.outline;
        let mut content: Vec<_> = self
            .below(table)
            .map(|(path, leaf)| {
                (
                    path.clone(),
                    Some(leaf.value.clone()),
                    leaf.comments.clone(),
                )
            })
            .collect();
        let blocks = self
            .tables
            .range(table..)
            .take_while(|(path, _)| path.starts_with(table));
        for (path, node) in blocks {
            let What::Table(block) = &node.what else {
                continue;
            };
            let said = comments_of(block.lead)
                .into_iter()
                .chain(comments_of(block.header));
            content.push((path.to_vec(), None, said.collect()));
            for line in lines(outline, block.block)
                .iter()
                .filter(|line| !is_special(line))
            {
                let mut path = path.to_vec();
                path.extend(outline.names(line.value.keys).map(|n| n.into_owned()));
                let text = Span::new(line.lead, line.span.end).of(outline.text());
                content.push((path, Some(outline.decode(&line.value)), comments_of(text)));
            }
        }
        let elements = self
            .elements
            .iter()
            .filter(|(path, _)| path.starts_with(table));
        content.extend(elements.map(|(path, text)| {
            let text = Value::text(text);
            (path.to_vec(), Some(text), Vec::new())
        }));
        content.sort_by(|a, b| a.0.cmp(&b.0));
        content
    }
}

fn lines<'o>(outline: &'o Outline<'_>, block: usize) -> &'o [Line] {
    outline
        .blocks()
        .get(block)
        .map_or(&[], |block| outline.lines(block))
}

fn is_special(line: &Line) -> bool {
    line.value.keys.len() > 1 || line.value.spelling == Spelling::InlineTable
}

fn put<'t>(
    leaves: &mut BTreeMap<Path, Leaf<'t>>,
    path: Path,
    value: Value,
    comments: Vec<&'t str>,
) {
    match value {
        Value::Table(fields) if goes_by_key(&path) && !fields.is_empty() => {
            for (name, value) in fields {
                let mut path = path.clone();
                path.push(name.into());
                put(leaves, path, value, comments.clone());
            }
        }
        value => {
            let is_empty_table = goes_by_key(&path) && matches!(value, Value::Table(_));
            leaves.insert(
                path,
                Leaf {
                    value,
                    comments,
                    is_empty_table,
                },
            );
        }
    }
}
