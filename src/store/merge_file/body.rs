//! The lines of a table.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::doc::{Entry, Home, Key, Node, Table, What, plain_body};
use super::lead::{comments, rear, spacing};
use super::order::merge_order;
use super::weave::{BASE, OURS, Spot, THEIRS, Three, Weave, group, kept_remark};
use crate::model::kind::{HEAD, Kind};
use crate::model::merge::merge_field;
use crate::model::value::Value;
use crate::store::comments::comments as comments_of;
use crate::store::spell::{Eol, spell};

/// Lines that one side took out together with their entry, which the other changed.
type Restored = HashSet<u32>;

/// A line, what it holds, and its comments.
type Said<'t> = (u32, Value, Vec<&'t str>);

impl<'t> Weave<'_, 't> {
    pub(super) fn body(&mut self, tables: [Option<&Table<'t>>; 3]) -> Result<(), String> {
        let Some(path) = tables
            .iter()
            .flatten()
            .next()
            .map(|table| table.path.clone())
        else {
            return Ok(());
        };
        let [b, o, t] = tables;
        let mut bodies: [Cow<'_, [Node<'t>]>; 3] = Default::default();
        for (side, table) in [b, o, t].into_iter().enumerate() {
            bodies[side] = match table {
                None => Cow::Borrowed(&[]),
                Some(Table {
                    body: Some(body), ..
                }) => Cow::Borrowed(body),
                Some(table) => Cow::Owned(plain_body(&self.docs[side].outline, table, self.ids)),
            };
        }
        let at: [HashMap<u32, &Node<'t>>; 3] = bodies
            .each_ref()
            .map(|body| body.iter().map(|node| (node.id, node)).collect());
        let restored = self.restored_lines(&path, &at);
        let kept = self.kept_lines(&path, &at, &restored);
        let mut lists = bodies.each_ref().map(|body| {
            let ids = body.iter().map(|node| node.id);
            ids.filter(|id| kept.contains(id)).collect::<Vec<_>>()
        });
        let in_result: HashSet<u32> = lists[OURS].iter().chain(&lists[THEIRS]).copied().collect();
        lists[BASE].retain(|id| in_result.contains(id));
        let [base, ours, theirs] = &lists;
        let order = merge_order(
            [base, ours, theirs],
            |a, b| {
                let keys = |ids: &[u32]| {
                    ids.iter()
                        .map(|id| self.ids.key(*id).cloned())
                        .collect::<Vec<_>>()
                };
                keys(a).cmp(&keys(b))
            },
            |_, a, b| self.join_lines(&path, a, b),
        );
        for id in order {
            let mut three = at.each_ref().map(|nodes| nodes.get(&id).copied());
            if restored.contains(&id) {
                three[BASE] = None;
            }
            match three.iter().flatten().next().map(|node| &node.what) {
                Some(What::Line(_)) => self.line(&path, three)?,
                _ => {
                    self.gap(three);
                    self.para(three);
                }
            }
        }
        Ok(())
    }

    /// New lines of both sides at one place, in the usual order of fields; what is not known, by
    /// name.
    fn join_lines(&self, table: &[String], ours: &[u32], theirs: &[u32]) -> Vec<u32> {
        let ranked = |ids: &[u32]| -> Vec<((usize, Option<Key>), u32)> {
            let mut next = (usize::MAX, None);
            let mut ranked = Vec::with_capacity(ids.len());
            for id in ids.iter().rev() {
                let key = self.ids.key(*id);
                if let Some(Key::Line(path)) = key {
                    next = (rank(table, path), key.cloned());
                }
                ranked.push((next.clone(), *id));
            }
            ranked.reverse();
            ranked
        };
        let (ours, theirs) = (ranked(ours), ranked(theirs));
        let (mut ours, mut theirs) = (ours.into_iter().peekable(), theirs.into_iter().peekable());
        let mut joined = Vec::new();
        loop {
            let next = match (ours.peek(), theirs.peek()) {
                (None, None) => return joined,
                (Some(_), None) => ours.next(),
                (None, Some(_)) => theirs.next(),
                (Some((o, our_id)), Some((t, their_id))) => {
                    let by_key = self.ids.key(*our_id).cmp(&self.ids.key(*their_id));
                    if o.cmp(t).then(by_key).is_le() {
                        ours.next()
                    } else {
                        theirs.next()
                    }
                }
            };
            joined.extend(next.map(|(_, id)| id));
        }
    }

    /// The lines of entries that are written without a header (`concern.a.said = …`), where one
    /// side took the entry out and the other changed it.
    fn restored_lines(&mut self, table: &[String], at: &[HashMap<u32, &Node<'t>>; 3]) -> Restored {
        let mut restored = Restored::new();
        let owner = |path: &[String]| -> Option<Vec<String>> {
            let full: Vec<String> = table.iter().chain(path).cloned().collect();
            let parent = full.get(..full.len() - 1)?;
            let group = group(parent);
            (group.len() > table.len()).then(|| group.to_vec())
        };
        let mut told = HashSet::new();
        for (gone, kept) in [(OURS, THEIRS), (THEIRS, OURS)] {
            let content = |side: usize| {
                let mut groups: HashMap<Vec<String>, Vec<Said<'_>>> = HashMap::new();
                for (id, node) in &at[side] {
                    if let What::Line(entry) = &node.what
                        && let Some(owner) = owner(&entry.path)
                    {
                        let said = comments_of(entry.text);
                        groups.entry(owner).or_default().push((
                            *id,
                            self.decode(side, entry),
                            said,
                        ));
                    }
                }
                groups
                    .values_mut()
                    .for_each(|lines| lines.sort_by_key(|line| line.0));
                groups
            };
            let (before, gone_has, kept_has) = (content(BASE), content(gone), content(kept));
            for (group, lines) in &before {
                let changed = kept_has.get(group).filter(|now| *now != lines);
                if let Some(now) = changed.filter(|_| !gone_has.contains_key(group)) {
                    let still_there = now.iter().filter(|line| at[BASE].contains_key(&line.0));
                    restored.extend(still_there.map(|line| line.0));
                    told.insert(group.clone());
                }
            }
        }
        let mut told: Vec<_> = told.into_iter().collect();
        told.sort();
        self.out
            .remarks
            .extend(told.iter().map(|group| kept_remark(group)));
        restored
    }

    fn kept_lines(
        &self,
        table: &[String],
        at: &[HashMap<u32, &Node<'t>>; 3],
        restored: &Restored,
    ) -> HashSet<u32> {
        let here = Home::Table(table.to_vec());
        let ids: HashSet<u32> = at.iter().flat_map(HashMap::keys).copied().collect();
        let is_kept = |id: &u32| {
            let there = at.each_ref().map(|nodes| nodes.get(id).copied());
            let what = there.iter().flatten().next().map(|node| &node.what);
            if let Some(What::Para(_)) = what {
                return self.homes.get(id) == Some(&here);
            }
            match there.map(|node| node.is_some()) {
                [_, true, true] => true,
                [false, ours, theirs] => ours || theirs,
                [true, false, false] => false,
                _ if restored.contains(id) => true,
                [true, _, _] => self.is_changed(there),
            }
        };
        ids.into_iter().filter(is_kept).collect()
    }

    /// Whether the one side that still has a line gave it another value.
    fn is_changed(&self, there: Three<'_, 't>) -> bool {
        let value = |side: usize| match there[side].map(|node| &node.what) {
            Some(What::Line(entry)) => Some(self.decode(side, entry)),
            _ => None,
        };
        let kept = if there[OURS].is_some() { OURS } else { THEIRS };
        value(BASE) != value(kept)
    }

    pub(super) fn decode(&self, side: usize, entry: &Entry<'_>) -> Value {
        self.docs[side].outline.decode(&entry.line.value)
    }

    pub(super) fn line(&mut self, table: &[String], three: Three<'_, 't>) -> Result<(), String> {
        let [base, ours, theirs] = three.map(|node| match node.map(|node| &node.what) {
            Some(What::Line(entry)) => Some(entry),
            _ => None,
        });
        let in_base = base.is_some();
        let (ours, theirs) = match (ours, theirs) {
            (Some(ours), Some(theirs)) => (ours, theirs),
            (None, None) => return Ok(()),
            (Some(entry), None) | (None, Some(entry)) if !in_base => {
                self.gap(three);
                self.put(entry.text);
                return Ok(());
            }
            _ => return self.taken_out(table, three, [base, ours, theirs]),
        };
        self.gap(three);
        if ours.text == theirs.text || base.is_some_and(|base| base.text == theirs.text) {
            self.put(ours.text);
            return Ok(());
        }
        if base.is_some_and(|base| base.text == ours.text) {
            self.put(theirs.text);
            return Ok(());
        }
        let lead_at = self.out.text.len();
        let lead = comments(base.map_or("", |b| b.lead), ours.lead, theirs.lead);
        let rear = rear(base.map(|b| b.rear), ours.rear, theirs.rear);
        self.lead(&lead, rear.above);
        self.put(spacing(base.map(|b| b.front), ours.front, theirs.front));
        self.value(table, [base, Some(ours), Some(theirs)], lead_at)?;
        self.put(rear.text);
        Ok(())
    }

    fn value(
        &mut self,
        table: &[String],
        entries: [Option<&Entry<'t>>; 3],
        lead: usize,
    ) -> Result<(), String> {
        let [base, ours, theirs] = entries;
        let values = [(BASE, base), (OURS, ours), (THEIRS, theirs)]
            .map(|(side, entry)| entry.map(|entry| self.decode(side, entry)));
        let (Some(ours), Some(theirs)) = (ours, theirs) else {
            return Ok(());
        };
        let (table, field) = place(table, &ours.path);
        let [vb, vo, vt] = values.each_ref().map(Option::as_ref);
        match merge_field(&field, vb, vo, vt) {
            Ok(merged) => {
                let is = |value: Option<&Value>| value == merged.as_ref();
                match (is(vo), is(vt)) {
                    (true, true) => self.put(spacing(base.map(|b| b.raw), ours.raw, theirs.raw)),
                    (true, false) => self.put(ours.raw),
                    (false, true) => self.put(theirs.raw),
                    (false, false) => {
                        let merged = merged.ok_or("a field would go")?;
                        self.put(&spelled(&merged));
                    }
                }
            }
            Err(conflict) => {
                let at = self.out.text.len();
                self.put(ours.raw);
                self.out.spots.push(Spot {
                    at: at..self.out.text.len(),
                    sides: [base, Some(ours), Some(theirs)].map(|e| e.map(|e| e.raw.to_owned())),
                    table,
                    conflict,
                    lead,
                });
            }
        }
        Ok(())
    }

    /// One side took a field out, the other changed it.
    fn taken_out(
        &mut self,
        table: &[String],
        three: Three<'_, 't>,
        entries: [Option<&Entry<'t>>; 3],
    ) -> Result<(), String> {
        let values =
            [BASE, OURS, THEIRS].map(|side| entries[side].map(|entry| self.decode(side, entry)));
        let Some(entry) = entries.iter().flatten().next() else {
            return Ok(());
        };
        let (table, field) = place(table, &entry.path);
        let [base, ours, theirs] = values.each_ref().map(Option::as_ref);
        let Err(conflict) = merge_field(&field, base, ours, theirs) else {
            return Err(format!("{field} is there and is not"));
        };
        let lead = self.out.text.len();
        if entries[OURS].is_some() {
            self.gap(three);
        }
        let at = self.out.text.len();
        self.put(entries[OURS].map_or("", |entry| entry.text));
        self.out.spots.push(Spot {
            at: at..self.out.text.len(),
            sides: entries.map(|entry| entry.map(|entry| entry.text.to_owned())),
            table,
            conflict,
            lead,
        });
        Ok(())
    }
}

/// The table and the name of a field, from where its line stands and its key.
pub(super) fn place(table: &[String], key: &[String]) -> (Vec<String>, String) {
    let mut table: Vec<String> = table.iter().chain(key).cloned().collect();
    let field = table.pop().unwrap_or_default();
    (table, field)
}

/// A value that neither side has as it is.
fn spelled(value: &Value) -> String {
    if let Value::Text(text) = value
        && text.ends_with('\n')
    {
        // Line breaks at the end stay here, as both sides have them.
        let held = spell(&Value::text(&format!("{text}x")), Eol::Lf);
        for quotes in ["\"\"\"", "'''"] {
            let open = held
                .strip_suffix(quotes)
                .and_then(|held| held.strip_suffix('x'));
            if let Some(open) = open {
                return format!("{open}{quotes}");
            }
        }
    }
    spell(value, Eol::Lf)
}

fn rank(table: &[String], key: &[String]) -> usize {
    let Some(name) = key.first() else {
        return usize::MAX;
    };
    let known = match table {
        [] => HEAD.iter().position(|field| field.name == name),
        [kind, _] => {
            Kind::of(kind).and_then(|kind| kind.all_fields().position(|field| field.name == name))
        }
        _ => None,
    };
    known.unwrap_or(usize::MAX)
}
