//! Where a path of names stands in a file, in whichever of TOML's ways it is written.

use super::{Outline, Refusal, Span, outline, spell_path};
use crate::store::outline::{Line, Node, Run, Spelling};

/// A value, or a dotted key that leads through the path.
#[derive(Clone, Copy)]
pub(super) struct Place<'o> {
    /// The value.
    pub(super) node: &'o Node,
    /// The line it stands on.
    pub(super) line: &'o Line,
    /// The inline table around it, if any.
    pub(super) around: Option<&'o Node>,
    /// How many parts of its key belong to the path.
    pub(super) depth: usize,
}

/// Everything that has to do with a path.
#[derive(Default)]
pub(super) struct Places<'o> {
    /// The block that has it as its name; 0 is the head.
    pub(super) header: Option<usize>,
    /// The blocks below it.
    pub(super) below: Vec<usize>,
    /// The value that has it as its key.
    pub(super) exact: Option<Place<'o>>,
    /// Values whose dotted key leads through it.
    pub(super) dotted: Vec<Place<'o>>,
    /// What stands in the way, if anything does.
    blocked: Option<Refusal>,
}

impl Places<'_> {
    pub(super) fn open(self) -> Result<Self, Refusal> {
        match self.blocked {
            None => Ok(self),
            Some(refusal) => Err(refusal),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.header.is_none()
            && self.below.is_empty()
            && self.exact.is_none()
            && self.dotted.is_empty()
    }
}

enum Fit {
    Apart,
    Equal,
    /// The path goes on behind the key.
    Leads(usize),
    /// The key goes on behind the path.
    Beyond,
}

fn fit(outline: &Outline<'_>, key: Run, path: &[&str]) -> Fit {
    let mut path_left = path.iter();
    for name in outline.names(key) {
        match path_left.next() {
            None => return Fit::Beyond,
            Some(part) if name != *part => return Fit::Apart,
            Some(_) => {}
        }
    }
    match path_left.len() {
        0 => Fit::Equal,
        _ => Fit::Leads(key.len()),
    }
}

pub(super) fn find<'o>(outline: &'o Outline<'_>, path: &[&str]) -> Places<'o> {
    let mut places = Places::default();
    for (index, block) in outline.blocks().iter().enumerate() {
        let rest = match fit(outline, block.path, path) {
            Fit::Apart => continue,
            Fit::Beyond => {
                places.below.push(index);
                continue;
            }
            _ if block.array => {
                let name: Vec<_> = outline.names(block.path).collect();
                let why = format!("`{}` is a list of tables (`[[…]]`)", spell_path(&name));
                places.blocked = Some(Refusal::shape(why));
                continue;
            }
            Fit::Equal => {
                places.header.get_or_insert(index);
                continue;
            }
            Fit::Leads(len) => path.get(len..).unwrap_or(&[]),
        };
        for line in outline.lines(block) {
            let place = Place {
                node: &line.value,
                line,
                around: None,
                depth: rest.len(),
            };
            look(outline, place, rest, &mut places);
        }
    }
    places
}

fn look<'o>(outline: &'o Outline<'_>, place: Place<'o>, rest: &[&str], places: &mut Places<'o>) {
    match fit(outline, place.node.keys, rest) {
        Fit::Apart => {}
        Fit::Equal => {
            places.exact.get_or_insert(place);
        }
        Fit::Beyond => places.dotted.push(place),
        Fit::Leads(len) if place.node.spelling == Spelling::InlineTable => {
            let rest = rest.get(len..).unwrap_or(&[]);
            for item in outline.items(place.node) {
                let inner = Place {
                    node: item,
                    around: Some(place.node),
                    depth: rest.len(),
                    ..place
                };
                look(outline, inner, rest, places);
            }
        }
        Fit::Leads(_) => {
            let name: Vec<_> = outline.names(place.node.keys).collect();
            let why = format!("`{}` holds a value, not a table", spell_path(&name));
            places.blocked = Some(Refusal::shape(why));
        }
    }
}

/// The bytes of an entry with the comments directly above its header, up to the line break of its
/// last line; tables below it that follow it directly are part of it. `None` where it isn't there
/// as one piece with a header of its own.
pub fn entry_text<'t, S: AsRef<str>>(text: &'t str, table: &[S]) -> Option<&'t str> {
    let outline = outline(text);
    let path: Vec<&str> = table.iter().map(AsRef::as_ref).collect();
    let places = find(&outline, &path).open().ok()?;
    let first = places.header.filter(|&index| index > 0)?;
    let mut last = first;
    for index in places.below {
        if index != last + 1 {
            return None;
        }
        last = index;
    }
    let from = outline.blocks().get(first)?.lead;
    let to = content_end(&outline, last)?;
    text.get(from as usize..to as usize)
}

/// The lines of a field with the comments directly above; `None` where it has no line of its own.
pub fn line_text<'t, S: AsRef<str>>(text: &'t str, table: &[S], key: &str) -> Option<&'t str> {
    let outline = outline(text);
    let names = table.iter().map(AsRef::as_ref);
    let path: Vec<&str> = names.chain([key]).collect();
    let place = find(&outline, &path).open().ok()?.exact?;
    let own = place.around.is_none();
    own.then(|| Span::new(place.line.lead, place.line.span.end).of(text))
}

/// The end of a block's last line; what follows up to the next block stands alone.
pub(super) fn content_end(outline: &Outline<'_>, index: usize) -> Option<u32> {
    let block = outline.blocks().get(index)?;
    let last = outline.lines(block).last();
    Some(last.map_or(block.header.end, |line| line.span.end))
}
