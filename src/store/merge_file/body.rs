//! The lines of a table.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::doc::{Home, Key, Node, Table, What, plain_body};
use super::lead::{comments, rear, spacing};
use super::order::merge_order;
use super::weave::{BASE, OURS, Spot, THEIRS, Three, Weave};
use crate::model::kind::{HEAD, Kind};
use crate::model::merge::merge_field;
use crate::store::comments::comments as comments_of;
use crate::store::outline::Spelling;

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
        let kept = self.kept_lines(&path, &at);
        let mut lists = bodies.each_ref().map(|body| {
            let ids = body.iter().map(|node| node.id);
            ids.filter(|id| kept.contains(id)).collect::<Vec<_>>()
        });
        let in_result: HashSet<u32> = lists[OURS].iter().chain(&lists[THEIRS]).copied().collect();
        lists[BASE].retain(|id| in_result.contains(id));
        let [base, ours, theirs] = &lists;
        let order = merge_order(
            [base, ours, theirs],
            |a, b| self.ids.compare(a, b),
            |_| false,
            |_, a, b| self.join_lines(&path, a, b),
        );
        for id in order {
            let mut three = at.each_ref().map(|nodes| nodes.get(&id).copied());
            if self.is_restored(&path, three) {
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

    fn kept_lines(&self, table: &[String], at: &[HashMap<u32, &Node<'t>>; 3]) -> HashSet<u32> {
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
                [true, _, _] => {
                    self.is_restored(table, there)
                        || self.is_changed(there)
                        || !self.rescued(there).is_empty()
                }
            }
        };
        ids.into_iter().filter(is_kept).collect()
    }

    /// Whether a line that one side took out stays with its table.
    fn is_restored(&self, table: &[String], there: Three<'_, 't>) -> bool {
        let is_gone = there[OURS].is_none() || there[THEIRS].is_none();
        let entry = there.iter().flatten().next().and_then(|node| node.line());
        is_gone && entry.is_some_and(|entry| self.restored.has(&[table, &entry.path].concat()))
    }

    /// Whether the one side that still has a line gave it another value.
    fn is_changed(&self, there: Three<'_, 't>) -> bool {
        let value = |side: usize| {
            let entry = there[side].and_then(Node::line);
            entry.map(|entry| self.decode(side, &entry.line.value))
        };
        let kept = if there[OURS].is_some() { OURS } else { THEIRS };
        value(BASE) != value(kept)
    }

    /// Comments that one side wrote to a line which the other took out, and which that one did not
    /// write elsewhere.
    fn rescued(&self, there: Three<'_, 't>) -> Vec<&'t str> {
        let said = |side: usize| {
            let entry = there[side].and_then(Node::line);
            entry.map_or(Vec::new(), |entry| comments_of(entry.text))
        };
        let (kept, gone) = match there[OURS] {
            Some(_) => (OURS, THEIRS),
            None => (THEIRS, OURS),
        };
        let known = said(BASE);
        let new: Vec<&str> = said(kept)
            .into_iter()
            .filter(|line| !known.contains(line))
            .collect();
        if new.is_empty() {
            return new;
        }
        // Of `# ----` there may be others.
        let is_new = |line: &&str| self.times_said(gone, line) > self.times_said(BASE, line);
        new.into_iter().filter(|line| !is_new(line)).collect()
    }

    /// How often a comment stands in a text.
    fn times_said(&self, side: usize, comment: &str) -> usize {
        let counts = self.said[side].get_or_init(|| {
            let mut counts = HashMap::new();
            for line in comments_of(self.docs[side].outline.text()) {
                *counts.entry(line).or_insert(0) += 1;
            }
            counts
        });
        counts.get(comment).copied().unwrap_or(0)
    }

    pub(super) fn line(&mut self, table: &[String], three: Three<'_, 't>) -> Result<(), String> {
        let [base, ours, theirs] = three.map(|node| node.and_then(Node::line));
        let in_base = base.is_some();
        let (ours, theirs) = match (ours, theirs) {
            (Some(ours), Some(theirs)) => (ours, theirs),
            (None, None) => return Ok(()),
            (Some(entry), None) | (None, Some(entry)) if !in_base => {
                self.gap(three);
                self.put(entry.text);
                return Ok(());
            }
            _ => return self.taken_out(table, three),
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
        let full = [table, &ours.path].concat();
        self.cell(
            &full,
            three.map(|node| node.and_then(Node::cell)),
            Some(lead_at),
        )?;
        self.put(rear.text);
        Ok(())
    }

    /// One side took a field out, the other changed it or its comments.
    fn taken_out(&mut self, table: &[String], three: Three<'_, 't>) -> Result<(), String> {
        let entries = three.map(|node| node.and_then(Node::line));
        let (Some(base), Some(kept)) = (entries[BASE], entries[OURS].or(entries[THEIRS])) else {
            return Ok(());
        };
        let full = [table, &base.path].concat();
        if !self.is_changed(three) {
            let rescued = self.rescued(three);
            self.gap(three);
            for line in rescued {
                self.put(line);
                self.put("\n");
            }
            self.behind_para = true;
            return Ok(());
        }
        if kept.line.value.spelling == Spelling::InlineTable && self.restored.has_below(&full) {
            self.gap(three);
            self.put(kept.lead);
            self.put(kept.front);
            self.inline(&full, three.map(|node| node.and_then(Node::cell)))?;
            self.put(kept.rear);
            return Ok(());
        }
        let values = [BASE, OURS, THEIRS]
            .map(|side| entries[side].map(|entry| self.decode(side, &entry.line.value)));
        let (field, table) = full.split_last().ok_or("a value has no name")?;
        let [base, ours, theirs] = values.each_ref().map(Option::as_ref);
        let Err(conflict) = merge_field(field, base, ours, theirs) else {
            return Err(format!("{field} is there and is not"));
        };
        let lead = self.out.text.len();
        if entries[OURS].is_some() || self.behind_para {
            self.gap(three);
        }
        let at = self.out.text.len();
        self.put(entries[OURS].map_or("", |entry| entry.text));
        self.out.spots.push(Spot {
            at: at..self.out.text.len(),
            sides: entries.map(|entry| entry.map(|entry| entry.text.to_owned())),
            table: table.to_vec(),
            conflict,
            lead,
        });
        Ok(())
    }
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
