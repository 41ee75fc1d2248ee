//! What each edit does to the bytes of a file.

use super::find::{Place, Places, content_end, find};
use super::{Outline, Patch, Refusal, Span, inside, list, outline, spell_key, spell_path};
use crate::model::value::Value;
use crate::store::outline::{Block, Line, Spelling};
use crate::store::spell::{Eol, normal, spell, spell_on_one_line};

type Patches = Result<Vec<Patch>, Refusal>;

fn strs(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

fn eol(outline: &Outline<'_>) -> Eol {
    Eol::of(outline.text())
}

pub(super) fn set(
    outline: &Outline<'_>,
    table: &[String],
    key: &str,
    value: &Value,
    after: &[String],
) -> Patches {
    let table = strs(table);
    let full: Vec<&str> = table.iter().copied().chain([key]).collect();
    let there = find(outline, &full).open()?;
    if let Some(place) = there.exact {
        let old = outline.decode(place.node);
        // The same value in another spelling stays as it was written.
        if old == *value || old == normal(value) {
            return Ok(Vec::new());
        }
        if let Some(patches) = list::edit(outline, place.node, value) {
            return Ok(patches);
        }
        let spelled = match place.around {
            None => spell(value, eol(outline)),
            Some(_) => spell_on_one_line(value),
        };
        return Ok(vec![Patch::new(place.node.span, spelled)]);
    }
    if !there.is_empty() {
        let name = spell_path(&full);
        return Err(Refusal::shape(format!("`{name}` is a table of its own")));
    }
    let goes_before = |name: &str| after.iter().any(|a| a == name);
    let home = find(outline, &table).open()?;
    if let Some(index) = home.header {
        return insert_line(outline, index, key, value, goes_before);
    }
    if let Some(place) = home.exact {
        if place.node.spelling != Spelling::InlineTable {
            let name = spell_path(&table);
            return Err(Refusal::shape(format!("`{name}` holds a value")));
        }
        let item = format!("{} = {}", spell_key(key), spell_on_one_line(value));
        return Ok(vec![inside::insert(
            outline,
            place.node,
            goes_before,
            &item,
        )]);
    }
    if let Some(last) = home.dotted.last() {
        let named = |place: &&Place<'_>| {
            let mut names = outline.names(place.node.keys).skip(place.depth);
            names.next().is_some_and(|name| goes_before(&name))
        };
        let anchor = home.dotted.iter().rfind(named).unwrap_or(last);
        return Ok(vec![insert_dotted(outline, anchor, &[(vec![key], value)])]);
    }
    let name = spell_path(&table);
    Err(if home.below.is_empty() {
        Refusal::NoSuchTable { table: name }
    } else {
        Refusal::shape(format!("[{name}] has no header of its own"))
    })
}

fn insert_line(
    outline: &Outline<'_>,
    index: usize,
    key: &str,
    value: &Value,
    goes_before: impl Fn(&str) -> bool,
) -> Patches {
    let Some(block) = outline.blocks().get(index) else {
        return Ok(Vec::new());
    };
    let lines = outline.lines(block);
    let named = |line: &&Line| {
        let mut names = outline.names(line.value.keys);
        names.next().is_some_and(|name| goes_before(&name))
    };
    let anchor = lines.iter().rfind(named);
    // A new line of the head goes to its end: above its first line stands what is about the file.
    let anchor = anchor.or_else(|| lines.last().filter(|_| index == 0));
    let indent = lines.first().map_or("", |line| indent(outline, line));
    let eol = eol(outline);
    let line = format!("{indent}{} = {}", spell_key(key), spell(value, eol));
    let patch = match anchor {
        Some(anchor) => line_at(outline, anchor.span.end, &line),
        None if index > 0 => line_at(outline, block.header.end, &line),
        None => first_line_of_head(outline, block, &line),
    };
    Ok(vec![patch])
}

/// The head has no line yet. Comments that stand at its end stay apart from the new line.
fn first_line_of_head(outline: &Outline<'_>, head: &Block, line: &str) -> Patch {
    let text = outline.text();
    let eol = eol(outline).as_str();
    if outline.blocks().len() > 1 {
        return Patch::insert(head.end, format!("{line}{eol}{eol}"));
    }
    let body = Span::new(head.header.start, head.end).of(text);
    let open_end = !body.is_empty() && !body.ends_with('\n');
    let last = body.lines().next_back().unwrap_or("");
    let mut new = String::new();
    if open_end {
        new.push_str(eol);
    }
    if !last.trim().is_empty() {
        new.push_str(eol);
    }
    Patch::insert(head.end, new + line + eol)
}

/// A line of its own at `at`, where a line begins or the text ends.
fn line_at(outline: &Outline<'_>, at: u32, line: &str) -> Patch {
    let eol = eol(outline).as_str();
    let before = outline.text().get(..at as usize).unwrap_or("");
    if before.ends_with('\n') {
        Patch::insert(at, format!("{line}{eol}"))
    } else {
        Patch::insert(at, format!("{eol}{line}"))
    }
}

fn indent<'t>(outline: &Outline<'t>, line: &Line) -> &'t str {
    let first = outline.keys(line.value.keys).first();
    let to = first.map_or(line.span.start, |key| key.span.start);
    Span::new(line.span.start, to).of(outline.text())
}

/// Adds values behind `anchor` whose keys begin like its own.
fn insert_dotted(
    outline: &Outline<'_>,
    anchor: &Place<'_>,
    values: &[(Vec<&str>, &Value)],
) -> Patch {
    let keys = outline.keys(anchor.node.keys);
    let from = keys.first().map_or(0, |key| key.span.start);
    let to = keys.get(anchor.depth.wrapping_sub(1));
    let prefix = Span::new(from, to.map_or(from, |key| key.span.end)).of(outline.text());
    let eol = eol(outline);
    let spelled = values.iter().map(|(names, value)| {
        let value = match anchor.around {
            None => spell(value, eol),
            Some(_) => spell_on_one_line(value),
        };
        format!("{prefix}.{} = {value}", spell_path(names))
    });
    if anchor.around.is_some() {
        let items: Vec<_> = spelled.collect();
        return Patch::insert(anchor.node.span.end, format!(", {}", items.join(", ")));
    }
    let indent = indent(outline, anchor.line);
    let lines: Vec<_> = spelled.map(|line| format!("{indent}{line}")).collect();
    line_at(outline, anchor.line.span.end, &lines.join(eol.as_str()))
}

pub(super) fn unset(outline: &Outline<'_>, table: &[String], key: &str) -> Patches {
    let table = strs(table);
    let full: Vec<&str> = table.iter().copied().chain([key]).collect();
    let there = find(outline, &full).open()?;
    if let Some(place) = there.exact {
        return remove_place(outline, place);
    }
    let name = spell_path(&full);
    if !there.is_empty() {
        return Err(Refusal::shape(format!("`{name}` is a table of its own")));
    }
    if find(outline, &table).open()?.is_empty() {
        let table = spell_path(&table);
        return Err(Refusal::NoSuchTable { table });
    }
    Err(Refusal::NoSuchKey { key: name })
}

fn remove_place(outline: &Outline<'_>, place: Place<'_>) -> Patches {
    match place.around {
        Some(around) => inside::remove(outline, around, &[place]),
        None => Ok(vec![Patch::remove(place.line.lead, place.line.span.end)]),
    }
}

pub(super) fn append(
    outline: &Outline<'_>,
    table: &[String],
    fields: &[(String, Value)],
) -> Patches {
    let path = strs(table);
    free(outline, &path)?;
    if let Some(patch) = append_among_its_like(outline, &path, fields)? {
        return Ok(vec![patch]);
    }
    let eol = eol(outline);
    Ok(vec![at_end(outline, &entry(&path, fields, eol), eol)])
}

/// A header and its lines, as a new entry is written.
pub(super) fn entry(path: &[&str], fields: &[(String, Value)], eol: Eol) -> String {
    let mut text = format!("[{}]{}", spell_path(path), eol.as_str());
    for (key, value) in fields {
        text += &format!("{} = {}{}", spell_key(key), spell(value, eol), eol.as_str());
    }
    text
}

fn at_end(outline: &Outline<'_>, entry: &str, eol: Eol) -> Patch {
    let text = outline.text();
    let end = outline.blocks().last().map_or(0, |block| block.end);
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut new = String::new();
    if !body.is_empty() {
        if !body.ends_with('\n') {
            new.push_str(eol.as_str());
        }
        new.push_str(eol.as_str());
    }
    Patch::insert(end, new + entry)
}

fn free(outline: &Outline<'_>, path: &[&str]) -> Result<(), Refusal> {
    if path.is_empty() {
        return Err(Refusal::shape("a new entry needs a name"));
    }
    let there = find(outline, path).open()?;
    if there.header.is_some() || there.exact.is_some() || !there.dotted.is_empty() {
        let what = spell_path(path);
        return Err(Refusal::Taken { what });
    }
    Ok(())
}

/// The innermost table around `path` that no header can extend: an inline one, or one made of
/// dotted keys. The number says how many names of the path it takes.
fn closed_table<'o>(outline: &'o Outline<'_>, path: &[&str]) -> Option<(usize, Places<'o>)> {
    (1..path.len()).rev().find_map(|len| {
        let places = find(outline, path.get(..len)?);
        let closed = places.exact.is_some() || !places.dotted.is_empty();
        closed.then_some((len, places))
    })
}

fn append_among_its_like(
    outline: &Outline<'_>,
    path: &[&str],
    fields: &[(String, Value)],
) -> Result<Option<Patch>, Refusal> {
    let Some((len, places)) = closed_table(outline, path) else {
        return Ok(None);
    };
    let rest = path.get(len..).unwrap_or(&[]);
    if let Some(place) = places.exact {
        let fields = fields.iter().map(|(n, v)| (n.as_str().into(), v.clone()));
        let value = spell_on_one_line(&Value::Table(fields.collect()));
        let item = format!("{} = {value}", spell_path(rest));
        return Ok(Some(inside::push(outline, place.node, &item)));
    }
    let Some(last) = places.dotted.last() else {
        return Ok(None);
    };
    let empty = Value::Table(Vec::new());
    let mut values: Vec<(Vec<&str>, &Value)> = fields
        .iter()
        .map(|(key, value)| (rest.iter().copied().chain([key.as_str()]).collect(), value))
        .collect();
    if values.is_empty() {
        values.push((rest.to_vec(), &empty));
    }
    Ok(Some(insert_dotted(outline, last, &values)))
}

pub(super) fn append_raw(here: &Outline<'_>, text: &str) -> Patches {
    let raw = outline(text);
    for block in raw.blocks().iter().skip(1).filter(|block| !block.array) {
        let path: Vec<_> = raw.names(block.path).collect();
        let path: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
        free(here, &path)?;
        if closed_table(here, &path).is_some() {
            let kind = spell_path(path.get(..1).unwrap_or(&[]));
            let why = format!("`{kind}` is not written with headers in this file");
            return Err(Refusal::shape(why));
        }
    }
    let eol = eol(here);
    let unix = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let unix = format!("{}\n", unix.trim_matches('\n'));
    let entry = match eol {
        Eol::Lf => unix,
        Eol::CrLf => unix.replace('\n', "\r\n"),
    };
    Ok(vec![at_end(here, &entry, eol)])
}

pub(super) fn remove(outline: &Outline<'_>, table: &[String]) -> Patches {
    let path = strs(table);
    let name = spell_path(&path);
    if path.is_empty() {
        return Err(Refusal::shape("the head of a file can't be removed"));
    }
    let there = find(outline, &path).open()?;
    if there.is_empty() {
        return Err(Refusal::NoSuchTable { table: name });
    }
    if let Some(place) = there.exact {
        if place.node.spelling != Spelling::InlineTable {
            return Err(Refusal::shape(format!("`{name}` holds a value")));
        }
        return remove_place(outline, place);
    }
    let mut patches: Vec<_> = (there.header.iter().chain(&there.below))
        .filter_map(|&index| remove_block(outline, index))
        .collect();
    let mut left = there.dotted.as_slice();
    while let Some((first, rest)) = left.split_first() {
        let Some(around) = first.around else {
            patches.extend(remove_place(outline, *first)?);
            left = rest;
            continue;
        };
        let same = |place: &&Place<'_>| place.around.is_some_and(|a| a.span == around.span);
        let (group, rest) = left.split_at(left.iter().take_while(same).count());
        patches.extend(inside::remove(outline, around, group)?);
        left = rest;
    }
    Ok(patches)
}

fn remove_block(outline: &Outline<'_>, index: usize) -> Option<Patch> {
    let block = outline.blocks().get(index)?;
    let end = content_end(outline, index)?;
    let text = outline.text();
    let head = text.get(..block.lead as usize)?;
    let after = text.get(end as usize..)?.lines().next();
    let blank = head.strip_suffix('\n').map(|before| {
        let (above, line) = before.rsplit_once('\n').unwrap_or(("", before));
        // A comment that stands alone must not end up directly above what follows.
        let joins = above.lines().next_back().is_some_and(is_comment)
            && after.is_some_and(|line| !line.trim().is_empty());
        let owned = line.trim().is_empty() && !joins;
        if owned { line.len() + 1 } else { 0 }
    });
    let blank = u32::try_from(blank.unwrap_or(0)).unwrap_or(0);
    Some(Patch::remove(block.lead.saturating_sub(blank), end))
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}
