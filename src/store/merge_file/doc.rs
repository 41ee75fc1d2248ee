//! A text cut into what is merged as one: tables with their lines, elements of arrays of tables,
//! and paragraphs of comments that stand alone. Every byte belongs to one of them, or to the gap
//! in front of it.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::cell::Cell;
use super::lead::words;
use crate::store::outline::{Block, Line, Outline, Span};

/// What makes two nodes of different texts the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    /// A table by its path; the empty one is the head.
    Table(Vec<String>),
    /// A line of a table by its key.
    Line(Vec<String>),
    /// An element of an array of tables: the path, what it says, and which one of those that say
    /// the same.
    Element(Vec<String>, String, usize),
    /// A paragraph: its words. Where those are not enough, whether it is new, and which one of the
    /// new ones or of the base it is.
    Para(String, Option<(bool, usize)>),
}

/// A number for each key, so that keys are compared once.
#[derive(Default)]
pub(super) struct Ids {
    numbers: HashMap<Rc<Key>, u32>,
    keys: Vec<Rc<Key>>,
}

impl Ids {
    pub(super) fn id(&mut self, key: Key) -> u32 {
        if let Some(id) = self.numbers.get(&key) {
            return *id;
        }
        let id = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        let key = Rc::new(key);
        self.keys.push(Rc::clone(&key));
        self.numbers.insert(key, id);
        id
    }

    pub(super) fn key(&self, id: u32) -> Option<&Key> {
        self.keys.get(id as usize).map(|key| &**key)
    }

    /// Which of two runs comes first, by their keys.
    pub(super) fn compare(&self, one: &[u32], other: &[u32]) -> Ordering {
        let keys = |id: &u32| self.key(*id);
        one.iter().map(keys).cmp(other.iter().map(keys))
    }
}

/// Something that is merged as one.
#[derive(Clone)]
pub(super) struct Node<'t> {
    pub(super) id: u32,
    /// The blank lines in front of it.
    pub(super) gap: &'t str,
    /// Whether nothing but its gap stands in front of it.
    pub(super) first: bool,
    pub(super) what: What<'t>,
}

#[derive(Clone)]
pub(super) enum What<'t> {
    Table(Table<'t>),
    Line(Entry<'t>),
    /// An element of the array of that path, with all its lines.
    Element(Vec<String>, &'t str),
    /// A paragraph of comments.
    Para(&'t str),
}

impl<'t> Node<'t> {
    /// The line that it is, if it is one.
    pub(super) fn line(&self) -> Option<&Entry<'t>> {
        match &self.what {
            What::Line(entry) => Some(entry),
            _ => None,
        }
    }

    /// The value of the line that it is.
    pub(super) fn cell(&self) -> Option<Cell<'t>> {
        self.line().map(|entry| Cell {
            node: entry.line.value,
            raw: entry.raw,
        })
    }
}

/// A table with a header, or the head of the file.
#[derive(Clone)]
pub(super) struct Table<'t> {
    pub(super) path: Vec<String>,
    /// Its place among the outline's blocks.
    pub(super) block: usize,
    /// The comments directly above its header.
    pub(super) lead: &'t str,
    /// The header's line.
    pub(super) header: &'t str,
    /// All of it, from the comments above the header to its last line.
    pub(super) text: &'t str,
    /// Its lines, where paragraphs stand between them.
    pub(super) body: Option<Vec<Node<'t>>>,
}

/// A key with its value.
#[derive(Clone)]
pub(super) struct Entry<'t> {
    pub(super) path: Vec<String>,
    pub(super) line: Line,
    /// The comments directly above.
    pub(super) lead: &'t str,
    /// What stands in front of the value.
    pub(super) front: &'t str,
    /// The value as it is written.
    pub(super) raw: &'t str,
    /// What stands behind the value, line break and all.
    pub(super) rear: &'t str,
    /// The whole line, and the comments above it.
    pub(super) text: &'t str,
}

/// Where a paragraph stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// Between the lines of a table.
    Table(Vec<String>),
    /// Between tables, or at the end of one.
    Top,
}

/// One text, cut.
pub(super) struct Doc<'t> {
    pub(super) outline: Outline<'t>,
    /// The head, then everything else in file order.
    pub(super) nodes: Vec<Node<'t>>,
    /// Blank lines at the end.
    pub(super) tail: &'t str,
    /// The paragraphs in file order.
    pub(super) paras: Vec<Para<'t>>,
}

/// A paragraph of comments, and where it stands.
pub(super) struct Para<'t> {
    pub(super) text: &'t str,
    pub(super) home: Home,
    /// The table in which or behind which it stands.
    pub(super) section: Vec<String>,
    /// The next table; none behind the last one.
    pub(super) next: Vec<String>,
}

impl<'t> Doc<'t> {
    /// Gives the nodes of the paragraphs their numbers, in the order of [`Doc::paras`].
    pub(super) fn number_paras(&mut self, mut numbers: impl Iterator<Item = u32>) {
        let mut set = |node: &mut Node<'t>| {
            if let What::Para(_) = node.what {
                node.id = numbers.next().unwrap_or(u32::MAX);
            }
        };
        for node in &mut self.nodes {
            match &mut node.what {
                What::Table(table) => table.body.iter_mut().flatten().for_each(&mut set),
                _ => set(node),
            }
        }
    }
}

/// Cuts a text.
///
/// # Errors
/// What it is that can't be cut.
pub(super) fn cut<'t>(outline: Outline<'t>, ids: &mut Ids) -> Result<Doc<'t>, String> {
    if let Some(error) = outline.errors().first() {
        return Err(error.message.clone().into_owned());
    }
    let mut cutter = Cutter {
        doc: Doc {
            nodes: Vec::with_capacity(outline.blocks().len()),
            tail: "",
            paras: Vec::new(),
            outline,
        },
        ids,
        section: Vec::new(),
        without_next: 0,
        same: HashMap::new(),
    };
    cutter.all()?;
    Ok(cutter.doc)
}

struct Cutter<'i, 't> {
    doc: Doc<'t>,
    /// The path of the last header.
    section: Vec<String>,
    /// The first paragraph with no table behind it yet.
    without_next: usize,
    ids: &'i mut Ids,
    /// How many there were of the same words.
    same: HashMap<Key, usize>,
}

/// Names of a path, decoded.
fn names(outline: &Outline<'_>, block: &Block) -> Vec<String> {
    outline.names(block.path).map(|n| n.into_owned()).collect()
}

/// Where a block's own lines end.
fn content_end(outline: &Outline<'_>, block: &Block) -> u32 {
    let last = outline.lines(block).last();
    last.map_or(block.header.end, |line| line.span.end)
}

impl<'t> Cutter<'_, 't> {
    fn all(&mut self) -> Result<(), String> {
        let blocks = self.doc.outline.blocks().to_vec();
        let arrays: HashSet<Vec<String>> = (blocks.iter().filter(|block| block.array))
            .map(|block| names(&self.doc.outline, block))
            .collect();
        let mut at = 0;
        let mut index = 0;
        while let Some(block) = blocks.get(index) {
            let path = names(&self.doc.outline, block);
            let gap = if index == 0 {
                ""
            } else {
                self.loose(at, block.lead, None)?
            };
            for para in self.doc.paras.iter_mut().skip(self.without_next) {
                para.next.clone_from(&path);
            }
            self.without_next = self.doc.paras.len();
            self.section.clone_from(&path);
            let array = match arrays.is_empty() {
                true => None,
                false => {
                    (1..=path.len()).find_map(|n| path.get(..n).filter(|p| arrays.contains(*p)))
                }
            };
            if let Some(array) = array {
                if !block.array || path.len() > array.len() {
                    return Err(format!("[{}] stands apart from its list", path.join(".")));
                }
                let below = |block: &&Block| {
                    let path = names(&self.doc.outline, block);
                    path.len() > array.len() && path.starts_with(array)
                };
                let more = blocks.iter().skip(index + 1).take_while(below).count();
                index += more;
                let last = blocks.get(index).unwrap_or(block);
                at = content_end(&self.doc.outline, last);
                let text = self.text(block.lead, at);
                let said = words(text);
                let id = self.numbered(|nth| Key::Element(path.clone(), said.clone(), nth));
                self.push(id, gap, block.lead, What::Element(path, text));
            } else {
                at = self.table(block, index, path, gap)?;
            }
            index += 1;
        }
        let end = u32::try_from(self.doc.outline.text().len()).unwrap_or(u32::MAX);
        self.doc.tail = self.loose(at, end, None)?;
        Ok(())
    }

    fn table(
        &mut self,
        block: &Block,
        index: usize,
        path: Vec<String>,
        gap: &'t str,
    ) -> Result<u32, String> {
        let end = content_end(&self.doc.outline, block);
        let body = match self.has_paragraphs(block) {
            false => None,
            true => {
                let (from, lines) = (block.header.end, self.doc.outline.lines(block).to_vec());
                let outer = std::mem::take(&mut self.doc.nodes);
                let cut = self.body(from, &lines, &path);
                let body = std::mem::replace(&mut self.doc.nodes, outer);
                cut?;
                Some(body)
            }
        };
        let id = self.ids.id(Key::Table(path.clone()));
        let table = Table {
            path,
            block: index,
            lead: self.text(block.lead, block.header.start),
            header: self.text(block.header.start, block.header.end),
            text: self.text(block.lead, end),
            body,
        };
        self.push(id, gap, block.lead, What::Table(table));
        Ok(end)
    }

    fn body(&mut self, from: u32, lines: &[Line], path: &[String]) -> Result<(), String> {
        let mut at = from;
        for line in lines {
            let gap = self.loose(at, line.lead, Some(path))?;
            let entry = entry(&self.doc.outline, line);
            let id = self.ids.id(Key::Line(entry.path.clone()));
            self.push(id, gap, line.lead, What::Line(entry));
            at = line.span.end;
        }
        Ok(())
    }

    fn has_paragraphs(&self, block: &Block) -> bool {
        let mut at = block.header.end;
        self.doc.outline.lines(block).iter().any(|line| {
            let between = self.text(at, line.lead);
            at = line.span.end;
            between.contains('#')
        })
    }

    fn text(&self, from: u32, to: u32) -> &'t str {
        Span::new(from, to).of(self.doc.outline.text())
    }

    fn push(&mut self, id: u32, gap: &'t str, start: u32, what: What<'t>) {
        let first = (start as usize) == gap.len();
        self.doc.nodes.push(Node {
            id,
            gap,
            first,
            what,
        });
    }

    fn numbered(&mut self, key: impl Fn(usize) -> Key) -> u32 {
        let nth = self.same.entry(key(0)).or_insert(0);
        let key = key(*nth);
        *nth += 1;
        self.ids.id(key)
    }

    /// The paragraphs between two places, as nodes; the blank lines behind the last one are given
    /// back.
    fn loose(&mut self, from: u32, to: u32, table: Option<&[String]>) -> Result<&'t str, String> {
        let text = self.text(from, to);
        let (mut gap_at, mut para_at, mut at) = (from, None, from);
        for line in text.split_inclusive('\n') {
            let is_comment = line.trim_start().starts_with('#');
            if !is_comment && !line.trim().is_empty() {
                return Err("there are lines that are neither keys nor comments".to_owned());
            }
            if is_comment {
                para_at.get_or_insert(at);
            } else if let Some(start) = para_at.take() {
                self.para(gap_at, start, at, table);
                gap_at = at;
            }
            at += u32::try_from(line.len()).unwrap_or(0);
        }
        if let Some(start) = para_at {
            self.para(gap_at, start, at, table);
            gap_at = at;
        }
        Ok(self.text(gap_at, to))
    }

    fn para(&mut self, gap_at: u32, start: u32, end: u32, table: Option<&[String]>) {
        let (gap, text) = (self.text(gap_at, start), self.text(start, end));
        let home = table.map_or(Home::Top, |path| Home::Table(path.to_vec()));
        self.doc.paras.push(Para {
            text,
            home,
            section: self.section.clone(),
            next: Vec::new(),
        });
        // They get their numbers when all three texts are cut.
        self.push(u32::MAX, gap, start, What::Para(text));
    }
}

fn entry<'t>(outline: &Outline<'t>, line: &Line) -> Entry<'t> {
    let text = outline.text();
    let value = line.value.span;
    Entry {
        path: outline
            .names(line.value.keys)
            .map(|n| n.into_owned())
            .collect(),
        line: *line,
        lead: Span::new(line.lead, line.span.start).of(text),
        front: Span::new(line.span.start, value.start).of(text),
        raw: value.of(text),
        rear: Span::new(value.end, line.span.end).of(text),
        text: Span::new(line.lead, line.span.end).of(text),
    }
}

/// The lines of a table that has no paragraphs between them.
pub(super) fn plain_body<'t>(
    outline: &Outline<'t>,
    table: &Table<'_>,
    ids: &mut Ids,
) -> Vec<Node<'t>> {
    let Some(block) = outline.blocks().get(table.block) else {
        return Vec::new();
    };
    let mut at = block.header.end;
    let nodes = outline.lines(block).iter().map(|line| {
        let entry = entry(outline, line);
        let node = Node {
            id: ids.id(Key::Line(entry.path.clone())),
            gap: Span::new(at, line.lead).of(outline.text()),
            first: line.lead == 0,
            what: What::Line(entry),
        };
        at = line.span.end;
        node
    });
    nodes.collect()
}
