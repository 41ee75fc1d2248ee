//! The merge itself: three texts, cut, become one.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::doc::{Doc, Home, Ids, Key, Node, Table, What};
use super::gone::{Restored, restored};
use super::lead::{comments, rear, spacing, words};
use super::order::merge_order;
use super::paras::{self, Homes};
use crate::model::entry::{Entry, KindWord};
use crate::model::merge::Conflict;
use crate::store::outline::Outline;

pub(super) const BASE: usize = 0;
pub(super) const OURS: usize = 1;
pub(super) const THEIRS: usize = 2;

/// A node in the base, in ours and in theirs.
pub(super) type Three<'a, 't> = [Option<&'a Node<'t>>; 3];

/// A clash, and the bytes that each side would have in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    /// Where ours stands in the text.
    pub(super) at: Range<usize>,
    /// What the base, ours and theirs have there.
    pub(super) sides: [Option<String>; 3],
    pub(super) table: Vec<String>,
    pub(super) conflict: Conflict,
    /// Where the comments directly above it begin.
    pub(super) lead: usize,
}

/// What came out.
#[derive(Default)]
pub(super) struct Woven {
    pub(super) text: String,
    pub(super) spots: Vec<Spot>,
    pub(super) remarks: Vec<String>,
}

pub(super) struct Weave<'a, 't> {
    pub(super) docs: &'a [Doc<'t>; 3],
    pub(super) ids: &'a mut Ids,
    pub(super) out: Woven,
    /// Whether a paragraph was the last thing: what follows must not stand directly below it.
    pub(super) behind_para: bool,
    /// How often each comment stands in a text, once somebody asked.
    pub(super) said: [OnceCell<HashMap<&'t str, usize>>; 3],
    /// What stays although one side took it out.
    pub(super) restored: Restored,
    /// Where the paragraphs of the result stand.
    pub(super) homes: Homes,
}

/// Merges three texts that parse and lack what [`super::style`] takes off.
///
/// # Errors
/// What it is that can't be merged with certainty.
pub(super) fn weave(docs: &mut [Doc<'_>; 3], ids: &mut Ids) -> Result<Woven, String> {
    let homes = paras::homes(docs, ids);
    let mut weave = Weave {
        homes,
        docs,
        ids,
        out: Woven::default(),
        restored: Restored::default(),
        said: Default::default(),
        behind_para: false,
    };
    weave.all()?;
    Ok(weave.out)
}

impl<'a, 't> Weave<'a, 't> {
    fn all(&mut self) -> Result<(), String> {
        let docs = self.docs;
        let at = docs.each_ref().map(|doc| {
            let nodes = doc.nodes.iter();
            nodes.map(|node| (node.id, node)).collect::<HashMap<_, _>>()
        });
        self.restored = restored(docs, &at);
        self.out.remarks = self.restored.remarks();
        let mut lists = [BASE, OURS, THEIRS].map(|side| {
            let nodes = docs[side].nodes.iter();
            nodes
                .map(|node| node.id)
                .filter(|id| self.is_kept(*id, &at))
                .collect::<Vec<_>>()
        });
        let in_result: HashSet<u32> = lists[OURS].iter().chain(&lists[THEIRS]).copied().collect();
        lists[BASE].retain(|id| in_result.contains(id));
        let [base, ours, theirs] = &lists;
        let places: HashMap<u32, usize> = base.iter().copied().zip(0..).collect();
        let order = merge_order(
            [base, ours, theirs],
            |a, b| self.ids.compare(a, b),
            |id| matches!(self.ids.key(id), Some(Key::Element(..))),
            |behind, a, b| {
                let pred = behind.and_then(|id| self.ids.key(id));
                let rank = |ids: &[u32], side: usize| Rank::of(&docs[side], &at[side], ids, pred);
                // What stays though one side took it out stands in the order of the base.
                let place = |ids: &[u32]| ids.iter().filter_map(|id| places.get(id)).min();
                let ours_first = match (place(a), place(b)) {
                    (Some(ours), Some(theirs)) => ours < theirs,
                    _ => rank(a, OURS) <= rank(b, THEIRS),
                };
                let (first, second) = if ours_first { (a, b) } else { (b, a) };
                [first, second].concat()
            },
        );
        for id in order {
            let mut three = at.each_ref().map(|nodes| nodes.get(&id).copied());
            if three[OURS].is_none() || three[THEIRS].is_none() {
                three[BASE] = None;
            }
            self.node(three)?;
        }
        let [base, ours, theirs] = docs.each_ref().map(|doc| doc.tail);
        self.out.text.push_str(spacing(Some(base), ours, theirs));
        Ok(())
    }

    fn is_kept(&self, id: u32, at: &[HashMap<u32, &Node<'t>>; 3]) -> bool {
        let there = at.each_ref().map(|nodes| nodes.get(&id));
        if let Some(What::Para(_)) = there.iter().flatten().next().map(|node| &node.what) {
            return self.homes.get(&id) == Some(&Home::Top);
        }
        match there.map(|node| node.is_some()) {
            [_, true, true] => true,
            [in_base, ours, theirs] => {
                let path = path(there.map(|node| node.copied()));
                (ours || theirs) && (!in_base || self.restored.has(path))
            }
        }
    }

    fn node(&mut self, three: Three<'_, 't>) -> Result<(), String> {
        let Some(node) = three[OURS].or(three[THEIRS]) else {
            return Ok(());
        };
        self.gap(three);
        match &node.what {
            What::Table(_) => self.table(three)?,
            What::Element(_, text) => {
                let [base, ours, theirs] = three.map(|node| match node.map(|n| &n.what) {
                    Some(What::Element(_, text)) => Some(*text),
                    _ => None,
                });
                self.put(spacing(base, ours.unwrap_or(text), theirs.unwrap_or(text)));
            }
            What::Para(_) => self.para(three),
            What::Line(_) => {}
        }
        Ok(())
    }

    /// A paragraph that stands alone, without the gap in front of it.
    pub(super) fn para(&mut self, three: Three<'_, 't>) {
        let [base, ours, theirs] = three.map(|node| match node.map(|n| &n.what) {
            Some(What::Para(text)) => Some(*text),
            _ => None,
        });
        let Some(one) = ours.or(theirs) else {
            return;
        };
        for line in comments(
            base.unwrap_or(""),
            ours.unwrap_or(one),
            theirs.unwrap_or(one),
        ) {
            self.put(line);
        }
        self.behind_para = true;
    }

    pub(super) fn put(&mut self, text: &str) {
        self.out.text.push_str(text);
        if !text.is_empty() {
            self.behind_para = false;
        }
    }

    /// The blank lines in front of a node. Where it needs one, a side that has none has no say.
    pub(super) fn gap(&mut self, [base, ours, theirs]: Three<'_, 't>) {
        let is_first = self.out.text.is_empty();
        let fits = |node: &&Node<'t>| {
            let stands_close = matches!(node.what, What::Line(_)) || is_head(node);
            is_first == node.first && (is_first || !self.behind_para)
                || !is_first && !node.gap.is_empty()
                || !is_first && stands_close && !self.behind_para
        };
        let gap = match (ours.filter(fits), theirs.filter(fits)) {
            (Some(ours), Some(theirs)) => spacing(base.map(|b| b.gap), ours.gap, theirs.gap),
            (Some(node), None) | (None, Some(node)) => node.gap,
            (None, None) if is_first => "",
            (None, None) => "\n",
        };
        self.out.text.push_str(gap);
    }

    fn table(&mut self, three: Three<'_, 't>) -> Result<(), String> {
        let [base, ours, theirs] = three.map(|node| match node.map(|node| &node.what) {
            Some(What::Table(table)) => Some(table),
            _ => None,
        });
        let (ours, theirs) = match (ours, theirs) {
            (Some(ours), Some(theirs)) => (ours, theirs),
            (Some(table), None) | (None, Some(table)) => {
                self.put(table.text);
                return Ok(());
            }
            (None, None) => return Ok(()),
        };
        let plain =
            ours.body.is_none() && theirs.body.is_none() && base.is_none_or(|b| b.body.is_none());
        let text_of_base = base.map(|table| table.text);
        if plain && (ours.text == theirs.text || text_of_base == Some(theirs.text)) {
            self.put(ours.text);
            return Ok(());
        }
        if plain && text_of_base == Some(ours.text) {
            self.put(theirs.text);
            return Ok(());
        }
        let lead = comments(base.map_or("", |b| b.lead), ours.lead, theirs.lead);
        let headers =
            [base, Some(ours), Some(theirs)].map(|table| table.map(|t| split_header(t.header)));
        let [base_header, our_header, their_header] = headers;
        let (our_header, their_header) = (
            our_header.unwrap_or_default(),
            their_header.unwrap_or_default(),
        );
        let front = spacing(base_header.map(|h| h.0), our_header.0, their_header.0);
        let rear = rear(base_header.map(|h| h.1), our_header.1, their_header.1);
        self.lead(&lead, rear.above);
        self.put(front);
        self.put(rear.text);
        self.body([base, Some(ours), Some(theirs)])
    }

    /// Comments above a line, and one more where it is not among them.
    pub(super) fn lead(&mut self, lead: &[&str], above: Option<&str>) {
        for line in lead {
            self.put(line);
        }
        let new = above.filter(|above| !lead.iter().any(|line| line.trim() == *above));
        if let Some(above) = new {
            self.put(above);
            self.put("\n");
        }
    }
}

/// The path of a table or an element.
fn path<'a>(there: Three<'a, '_>) -> &'a [String] {
    match there.iter().flatten().next().map(|node| &node.what) {
        Some(What::Table(table)) => &table.path,
        Some(What::Element(path, _)) => path,
        _ => &[],
    }
}

fn is_head(node: &Node<'_>) -> bool {
    matches!(&node.what, What::Table(table) if table.path.is_empty())
}

/// What a table is a part of: the entry, or the table of the head.
pub(super) fn group(path: &[String]) -> &[String] {
    path.get(..2).unwrap_or(path)
}

/// A header up to its bracket, and what stands behind that.
fn split_header(header: &str) -> (&str, &str) {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in header.char_indices() {
        match quote {
            Some('"') if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == ']' => return header.split_at_checked(at + 1).unwrap_or((header, "")),
            None => {}
        }
    }
    (header, "")
}

/// What two runs of new things at one place are ordered by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// Whether it does not go on with the entry in front of it.
    apart: bool,
    undated: bool,
    date: String,
    keys: Vec<String>,
}

impl Rank {
    fn of(doc: &Doc<'_>, at: &HashMap<u32, &Node<'_>>, ids: &[u32], pred: Option<&Key>) -> Rank {
        let nodes: Vec<&Node<'_>> = ids.iter().filter_map(|id| at.get(id).copied()).collect();
        let first = nodes.iter().find_map(|node| match &node.what {
            What::Table(table) => Some(table),
            _ => None,
        });
        let date = first.and_then(|table| date(&doc.outline, table));
        let goes_on = match (pred, first) {
            (Some(Key::Table(pred)), Some(first)) => {
                pred.len() > 1 && group(pred) == group(&first.path)
            }
            _ => false,
        };
        let names = first.map(|table| table.path.clone()).unwrap_or_default();
        let texts = nodes.iter().map(|node| match &node.what {
            What::Para(text) | What::Element(_, text) => words(text),
            What::Table(table) => table.path.join("."),
            What::Line(entry) => entry.path.join("."),
        });
        Rank {
            apart: !goes_on,
            undated: date.is_none() && first.is_some(),
            date: date.unwrap_or_default(),
            keys: names.into_iter().chain(texts).collect(),
        }
    }
}

fn date(outline: &Outline<'_>, table: &Table<'_>) -> Option<String> {
    let [kind, key] = table.path.as_slice() else {
        return None;
    };
    let block = outline.blocks().get(table.block)?;
    let fields = outline.lines(block).iter().filter_map(|line| {
        let mut names = outline.names(line.value.keys);
        let name = names.next().filter(|_| names.next().is_none())?;
        Some((name, outline.decode(&line.value)))
    });
    let entry = Entry {
        kind: KindWord::of(kind),
        key: key.as_str().into(),
        fields: fields.collect(),
        line: 0,
    };
    entry.when().map(|when| when.to_string())
}
