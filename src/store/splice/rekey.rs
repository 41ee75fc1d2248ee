//! Giving one of several equal headers another name, in a file that does not parse for it.

use super::find::find;
use super::patch::{Patch, apply};
use super::{Broken, Edit, Outline, Refusal, outline, spell_key, spell_path, strict};
use crate::store::outline::{Block, Span};

pub(super) fn rekey(text: &str, edits: &[Edit]) -> Result<Vec<u8>, Refusal> {
    let mut after = text.to_owned();
    for edit in edits {
        let Edit::Rekey { table, nth, to } = edit else {
            return Err(Refusal::shape(
                "new names for equal headers come before other edits",
            ));
        };
        let here = outline(&after);
        if let Some(error) = here.errors().first() {
            let at = error.span.start as usize;
            return Err(Broken::new(&after, at, &error.message).into());
        }
        let patches = rename(&here, table, *nth, to)?;
        after = apply(&after, patches)?;
    }
    // Nothing but names in headers was touched, so the values are what they were.
    strict::parse(&after)?;
    Ok(after.into_bytes())
}

fn rename(
    here: &Outline<'_>,
    table: &[String],
    nth: usize,
    to: &[String],
) -> Result<Vec<Patch>, Refusal> {
    let path: Vec<_> = to.iter().map(String::as_str).collect();
    if to.is_empty() || table.is_empty() {
        return Err(Refusal::shape("a header needs a name"));
    }
    if !find(here, &path).open()?.is_empty() {
        let what = spell_path(to);
        return Err(Refusal::Taken { what });
    }
    let equal = |block: &&Block| {
        !block.array && here.names(block.path).eq(table.iter().map(String::as_str))
    };
    let mut from_it = here.blocks().iter().skip_while({
        let mut seen = 0;
        move |block| {
            seen += usize::from(equal(block));
            seen <= nth
        }
    });
    let Some(block) = from_it.next() else {
        let table = spell_path(table);
        return Err(Refusal::NoSuchTable { table });
    };
    let below = from_it.take_while(|next| {
        let names: Vec<_> = here.names(next.path).collect();
        names.len() > table.len() && names.iter().zip(table).all(|(name, part)| *name == **part)
    });
    let blocks = std::iter::once(block).chain(below);
    Ok(blocks.flat_map(|b| new_name(here, b, table, to)).collect())
}

/// Replaces only the parts of the name that differ, where there are as many as before.
fn new_name(here: &Outline<'_>, block: &Block, table: &[String], to: &[String]) -> Vec<Patch> {
    let keys = here.keys(block.path);
    if table.len() == to.len() {
        return (keys.iter().zip(table).zip(to))
            .filter(|((_, old), new)| old != new)
            .map(|((key, _), new)| Patch::new(key.span, spell_key(new)))
            .collect();
    }
    let (first, last) = (keys.first(), keys.get(table.len() - 1));
    let span = (first.zip(last)).map(|(a, b)| Span::new(a.span.start, b.span.end));
    span.into_iter()
        .map(|span| Patch::new(span, spell_path(to)))
        .collect()
}
