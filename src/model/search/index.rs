//! What the engine knows of a customer: the folded texts of all entries in one buffer.

use std::ops::Range;
use std::sync::Arc;

use memchr::memchr;

use super::first::First;
use super::zone::{Zone, are_names, zone};
use super::{fuzzy, rank};
use crate::model::customer::Customer;
use crate::model::entry::{Entry, Fields};
use crate::model::fold::{fold, fold_into};
use crate::model::kind::Kind;
use crate::model::value::ValueRef;

/// A longer line is searched as a note is: letters far apart say nothing there.
const LINE_BYTES: usize = 1000;

/// Of fields with more bytes than this together none is left out. A line counts as a note where those
/// before it take 65,535 bytes, and folding makes a few characters eleven times as long.
const MOST_TO_LEAVE: usize = 4000;

/// The folded texts of one customer.
#[derive(Debug)]
pub(super) struct Part {
    /// Whose they are.
    pub customer: Arc<Customer>,
    /// All fields of all documents, a line end before the first and behind each.
    text: Box<str>,
    /// The head, and the entries in the order of the file.
    docs: Box<[Doc]>,
    /// Before what places the entries hold nothing that is looked for; none where nobody told.
    first: Box<[First]>,
}

/// The texts of an entry or of a customer's head: names, titles, lines, notes.
#[derive(Clone, Copy, Debug, Default)]
struct Doc {
    /// Where it ends in the text; it begins where the one before it ends.
    end: u32,
    /// How many bytes its names, titles and lines take; notes take the rest.
    sizes: [u16; 3],
    /// Its place among equals.
    order: u32,
    /// Bits for the characters of its names, titles and lines.
    bits: u64,
}

impl Part {
    /// Folds all that a customer's file says. `apart`: [lines](Part::lines) will be asked for by the
    /// letters that they have. `first`: before what places its entries hold nothing that is
    /// looked for; the fields before them may be left out.
    pub(super) fn new(customer: Arc<Customer>, apart: bool, first: &[First]) -> Part {
        let entries = customer.entries.iter();
        let fields = entries.map(|entry| &entry.fields).chain([&customer.head]);
        let mut text = String::with_capacity(fields.map(Fields::bytes).sum::<usize>() + 64);
        text.push('\n');
        let mut lines = Lines {
            apart,
            ..Lines::default()
        };
        let mut docs = Vec::with_capacity(customer.entries.len() + 1);
        docs.push(add_doc(&mut text, &mut lines, &customer, None, 0));
        for (at, entry) in customer.entries.iter().enumerate() {
            let left = first.get(at).map_or(0, |first| usize::from(first.fields));
            docs.push(add_doc(&mut text, &mut lines, &customer, Some(entry), left));
        }
        Part {
            customer,
            text: text.into(),
            docs: docs.into(),
            first: first.into(),
        }
    }

    /// All fields of all documents, a line end before the first and behind each.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How many documents there are; the first is the head.
    pub(super) fn len(&self) -> usize {
        self.docs.len()
    }

    /// The place of a document among others that fit as well.
    pub(super) fn order(&self, doc: usize) -> u32 {
        self.docs.get(doc).map_or(u32::MAX, |doc| doc.order)
    }

    /// Before what place a document holds nothing that is looked for.
    pub(super) fn first(&self, doc: usize) -> First {
        let first = doc.checked_sub(1).and_then(|entry| self.first.get(entry));
        first.copied().unwrap_or_default()
    }

    /// Where a document stands in the text.
    pub(super) fn range(&self, doc: usize) -> Range<usize> {
        let before = doc.checked_sub(1).and_then(|before| self.docs.get(before));
        let start = before.map_or(1, |doc| doc.end as usize);
        start..self.docs.get(doc).map_or(start, |doc| doc.end as usize)
    }

    /// The document at a place of the text, which is not before `doc`.
    pub(super) fn doc_at(&self, doc: usize, place: usize) -> usize {
        let rest = self.docs.get(doc..).unwrap_or_default();
        let is_before = |doc: &Doc| doc.end as usize <= place;
        match rest {
            [this, ..] if !is_before(this) => doc,
            [_, next, ..] if !is_before(next) => doc + 1,
            _ => doc + rest.partition_point(is_before),
        }
    }

    /// The zone of a place in a document.
    pub(super) fn zone(&self, doc: usize, place: usize) -> Zone {
        let mut end = self.range(doc).start;
        let sizes = self.docs.get(doc).map_or([0; 3], |doc| doc.sizes);
        for (zone, size) in [Zone::Names, Zone::Titles, Zone::Lines]
            .into_iter()
            .zip(sizes)
        {
            end += size as usize;
            if place < end {
                return zone;
            }
        }
        Zone::Notes
    }

    /// The names of a document, each with a line end behind it.
    pub(super) fn names(&self, doc: usize) -> &str {
        let size = self.docs.get(doc).map_or(0, |doc| doc.sizes[0] as usize);
        let start = self.range(doc).start;
        self.text.get(start..start + size).unwrap_or_default()
    }

    /// The names, titles and lines of a document that may have all letters of `bits`, with their
    /// places in the text.
    pub(super) fn lines(&self, doc: usize, bits: u64) -> impl Iterator<Item = (usize, &str)> {
        let this = self.docs.get(doc).filter(|doc| doc.bits & bits == bits);
        let size = this.map_or(0, |doc| doc.sizes.iter().map(|size| *size as usize).sum());
        let mut place = self.range(doc).start;
        let text = self.text.get(place..place + size).unwrap_or_default();
        text.split_inclusive('\n').map(move |line| {
            let start = place;
            place += line.len();
            (start, line.trim_end_matches('\n'))
        })
    }

    /// How many bytes it takes, the customer left out.
    pub(super) fn bytes(&self) -> usize {
        self.text.len() + std::mem::size_of_val(&*self.docs)
    }
}

/// The folded lines of a document before they are put in order; used again for the next.
#[derive(Default)]
struct Lines {
    apart: bool,
    text: String,
    /// Where each stands, and where the words of it count as standing.
    each: Vec<(Zone, Range<usize>)>,
}

impl Lines {
    /// Adds a text, on one line.
    fn add(&mut self, zone: Zone, text: &str) {
        let start = self.text.len();
        let mut rest = text;
        while let Some(end) = memchr(b'\n', rest.as_bytes()) {
            let (line, behind) = rest.split_at(end);
            fold_into(line, &mut self.text);
            self.text.push(' ');
            rest = behind.get(1..).unwrap_or_default();
        }
        fold_into(rest, &mut self.text);
        self.each.push((zone, start..self.text.len()));
    }

    fn add_value(&mut self, zone: Zone, value: ValueRef<'_>) {
        match value {
            ValueRef::Text(text) => self.add(zone, text),
            other => self.add(zone, &other.to_line()),
        }
    }
}

fn add_doc(
    text: &mut String,
    lines: &mut Lines,
    customer: &Customer,
    entry: Option<&Entry>,
    left: usize,
) -> Doc {
    let kind = entry.and_then(Entry::kind);
    let fields = entry.map_or(&customer.head, |entry| &entry.fields);
    lines.text.clear();
    lines.each.clear();
    if entry.is_none() {
        let (name, stem) = (customer.name(), customer.stem());
        if customer.head.text("name").is_none() || fold(name) != fold(stem) {
            lines.add(Zone::Names, stem);
        }
    }
    let may_leave = fields.bytes() <= MOST_TO_LEAVE;
    let left = if may_leave { left } else { 0 };
    add_fields(lines, entry.is_some(), kind, fields, left);
    let start = text.len();
    let mut sizes = [0_u16; 3];
    let mut add = |place: &Range<usize>| {
        text.push_str(lines.text.get(place.clone()).unwrap_or_default());
        text.push('\n');
    };
    let first = [Zone::Names, Zone::Titles, Zone::Lines];
    for (zone, size) in first.into_iter().zip(&mut sizes) {
        for (of, place) in lines.each.iter_mut().filter(|(of, _)| *of == zone) {
            let bytes = u16::try_from(place.len() + 1).unwrap_or(u16::MAX);
            match size.checked_add(bytes) {
                Some(sum) if place.len() <= LINE_BYTES => {
                    *size = sum;
                    add(place);
                }
                _ => *of = Zone::Notes,
            }
        }
    }
    let sizes_sum: usize = sizes.iter().map(|size| usize::from(*size)).sum();
    let notes = lines.each.iter().filter(|(of, _)| *of == Zone::Notes);
    notes.for_each(|(_, place)| add(place));
    let sure = text.get(start..start + sizes_sum).unwrap_or_default();
    Doc {
        bits: if lines.apart { fuzzy::bits(sure) } else { 0 },
        end: u32::try_from(text.len()).unwrap_or(u32::MAX),
        sizes,
        order: rank::order(entry),
    }
}

/// Adds fields; of so many at the front only the names, which are read across the ends of lines.
fn add_fields(lines: &mut Lines, is_entry: bool, kind: Option<Kind>, fields: &Fields, left: usize) {
    for (at, (name, value)) in fields.iter().enumerate() {
        if at < left && !are_names(is_entry, kind, name) {
            continue;
        }
        let zone = zone(is_entry, kind, name);
        match value {
            ValueRef::List(items) => items.iter().for_each(|item| lines.add_value(zone, item)),
            ValueRef::Text(text) if zone != Zone::Titles && text.contains('\n') => {
                lines.add(Zone::Notes, text);
            }
            other => lines.add_value(zone, other),
        }
    }
}
