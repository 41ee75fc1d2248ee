//! A second look at a merge, which knows nothing of how it was made: the parsed values of the
//! three texts are merged once more, and every comment is counted.

use std::collections::{BTreeSet, HashMap};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::weave::Spot;
use crate::model::merge::merge_field;
use crate::model::value::Value;
use crate::model::when::When;
use crate::store::comments::comments;
use crate::store::splice::{means, same};

type Found<'a, 't> = Option<&'a DeValue<'t>>;

/// Compares the values of a merge with those of the three texts.
///
/// # Errors
/// The first thing that is not as it has to be.
pub(super) fn values(
    [base, ours, theirs, merged]: [&DeTable<'_>; 4],
    spots: &[Spot],
) -> Result<(), String> {
    let clashes: BTreeSet<Vec<String>> = spots
        .iter()
        .map(|spot| {
            spot.table
                .iter()
                .chain([&spot.conflict.field])
                .cloned()
                .collect()
        })
        .collect();
    let mut look = Look {
        clashes,
        met: 0,
        path: Vec::new(),
    };
    look.tables([Some(base), Some(ours), Some(theirs)], Some(merged))?;
    if look.met == look.clashes.len() {
        return Ok(());
    }
    Err("a clash was found where there is none".to_owned())
}

struct Look {
    clashes: BTreeSet<Vec<String>>,
    /// How many of them were found again.
    met: usize,
    path: Vec<String>,
}

impl Look {
    fn wrong(&self) -> String {
        format!("{} would not come out right", self.path.join("."))
    }

    fn tables(
        &mut self,
        three: [Option<&DeTable<'_>>; 3],
        merged: Option<&DeTable<'_>>,
    ) -> Result<(), String> {
        let [base, ours, theirs] = three;
        let all = [ours, theirs, merged, base];
        for (at, table) in all.iter().enumerate() {
            for key in table.iter().flat_map(|table| table.keys()) {
                let name = key.get_ref().as_ref();
                let mut before = all.iter().take(at).flatten();
                if before.any(|table| table.contains_key(name)) {
                    continue;
                }
                self.path.push(name.to_owned());
                self.value(three.map(|table| get(table, name)), get(merged, name))?;
                self.path.pop();
            }
        }
        Ok(())
    }

    fn value(
        &mut self,
        [b, o, t]: [Found<'_, '_>; 3],
        merged: Found<'_, '_>,
    ) -> Result<(), String> {
        let alike = |a: Found<'_, '_>, b: Found<'_, '_>| match (a, b) {
            (None, None) => true,
            (Some(a), Some(b)) => same(a, b),
            _ => false,
        };
        let wanted = if alike(o, t) || alike(b, t) {
            o
        } else if alike(b, o) {
            t
        } else {
            return self.both_changed([b, o, t], merged);
        };
        // Where one side took a table out, comments may have kept it.
        let kept = |a: Found<'_, '_>| alike(merged, a) && is_table(a);
        let is_kept = wanted.is_none() && (kept(o) || kept(t));
        if alike(wanted, merged) || is_kept || holds_nothing(wanted) && holds_nothing(merged) {
            return Ok(());
        }
        // Or a part of what was taken out: one of several entries.
        if let (None | Some(DeValue::Table(_)), Some(DeValue::Table(_))) = (wanted, merged) {
            let three = [b, o, t].map(as_table);
            return self.tables(three, as_table(merged));
        }
        Err(self.wrong())
    }

    fn both_changed(
        &mut self,
        [b, o, t]: [Found<'_, '_>; 3],
        merged: Found<'_, '_>,
    ) -> Result<(), String> {
        match (o, t) {
            (Some(DeValue::Table(ours)), Some(DeValue::Table(theirs)))
                if !self.clashes.contains(&self.path) =>
            {
                return self.tables([as_table(b), Some(ours), Some(theirs)], as_table(merged));
            }
            (Some(DeValue::Table(kept)), None) | (None, Some(DeValue::Table(kept)))
                if !self.clashes.contains(&self.path) =>
            {
                return match as_table(merged) {
                    Some(merged) if same_table(kept, merged) => Ok(()),
                    merged => self.tables([as_table(b), as_table(o), as_table(t)], merged),
                };
            }
            (Some(DeValue::Array(ours)), Some(DeValue::Array(theirs)))
                if is_of_tables(ours) && is_of_tables(theirs) =>
            {
                let base = match b {
                    Some(DeValue::Array(items)) => items.as_slice_of(),
                    _ => Vec::new(),
                };
                return self.elements(&base, &ours.as_slice_of(), &theirs.as_slice_of(), merged);
            }
            _ => {}
        }
        let [vb, vo, vt] = [b, o, t].map(|value| value.map(value_of));
        let field = self.path.last().map_or("", String::as_str);
        match merge_field(field, vb.as_ref(), vo.as_ref(), vt.as_ref()) {
            Ok(None) if merged.is_none() => Ok(()),
            Ok(Some(value)) if merged.is_some_and(|merged| means(merged, &value)) => Ok(()),
            Ok(_) => Err(self.wrong()),
            Err(_) if !self.clashes.contains(&self.path) => Err(self.wrong()),
            Err(_) => {
                self.met += 1;
                match (o, merged) {
                    (None, None) => Ok(()),
                    (Some(ours), Some(merged)) if same(ours, merged) => Ok(()),
                    _ => Err(self.wrong()),
                }
            }
        }
    }

    /// Elements of an array of tables: those of both, without those that one side took out.
    fn elements(
        &self,
        base: &[&DeValue<'_>],
        ours: &[&DeValue<'_>],
        theirs: &[&DeValue<'_>],
        merged: Found<'_, '_>,
    ) -> Result<(), String> {
        let Some(DeValue::Array(merged)) = merged else {
            return Err(self.wrong());
        };
        let merged = merged.as_slice_of();
        let count = |list: &[&DeValue<'_>], of: &DeValue<'_>| {
            list.iter().filter(|item| same(item, of)).count()
        };
        for item in base.iter().chain(ours).chain(theirs).chain(&merged) {
            let [b, o, t, m] = [base, ours, theirs, &merged].map(|list| count(list, item));
            let wanted = if o == t || b == t {
                o
            } else if b == o {
                t
            } else {
                o.max(t)
            };
            if m != wanted {
                return Err(self.wrong());
            }
        }
        Ok(())
    }
}

trait Items<'a, 't> {
    fn as_slice_of(&'a self) -> Vec<&'a DeValue<'t>>;
}

impl<'a, 't> Items<'a, 't> for toml::de::DeArray<'t> {
    fn as_slice_of(&'a self) -> Vec<&'a DeValue<'t>> {
        self.iter().map(Spanned::get_ref).collect()
    }
}

fn get<'a, 't>(table: Option<&'a DeTable<'t>>, name: &str) -> Found<'a, 't> {
    table
        .and_then(|table| table.get(name))
        .map(Spanned::get_ref)
}

fn as_table<'a, 't>(value: Found<'a, 't>) -> Option<&'a DeTable<'t>> {
    match value {
        Some(DeValue::Table(table)) => Some(table),
        _ => None,
    }
}

fn same_table(a: &DeTable<'_>, b: &DeTable<'_>) -> bool {
    let has = |key: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>| {
        b.get(key.get_ref().as_ref())
            .is_some_and(|other| same(value.get_ref(), other.get_ref()))
    };
    a.len() == b.len() && a.iter().all(|(key, value)| has(key, value))
}

/// Whether there is no value in it: a table that is only there because of those below it.
fn holds_nothing(value: Found<'_, '_>) -> bool {
    match value {
        None => true,
        Some(DeValue::Table(table)) => table.is_empty(),
        _ => false,
    }
}

/// Whether it is a table, or a list of them.
fn is_table(value: Found<'_, '_>) -> bool {
    match value {
        Some(DeValue::Table(_)) => true,
        Some(DeValue::Array(items)) => is_of_tables(items),
        _ => false,
    }
}

fn is_of_tables(array: &toml::de::DeArray<'_>) -> bool {
    !array.is_empty()
        && array
            .iter()
            .all(|item| matches!(item.get_ref(), DeValue::Table(_)))
}

fn value_of(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::text(&text.replace("\r\n", "\n")),
        DeValue::Integer(digits) => Value::Number(digits.to_string().into()),
        DeValue::Float(digits) => Value::Number(digits.as_str().into()),
        DeValue::Boolean(yes) => Value::Bool(*yes),
        DeValue::Datetime(when) => {
            let when = when.to_string();
            When::parse(&when).map_or_else(|| Value::text(&when), Value::When)
        }
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| value_of(item.get_ref())).collect())
        }
        DeValue::Table(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| (name.get_ref().as_ref().into(), value_of(value.get_ref())));
            Value::Table(fields.collect())
        }
    }
}

/// Counts the comments: what a side wrote is there, what both took out is not, and none is there
/// more often than it was written.
///
/// # Errors
/// The first comment that is missing or there too often.
pub(super) fn remarks(
    [base, ours, theirs, merged]: [&str; 4],
    spots: &[Spot],
) -> Result<(), String> {
    let mut counts: HashMap<&str, [usize; 4]> = HashMap::new();
    for (side, text) in [base, ours, theirs, merged].into_iter().enumerate() {
        for comment in comments(text) {
            if let Some(count) = counts.entry(comment).or_default().get_mut(side) {
                *count += 1;
            }
        }
    }
    // What stands in a clash that is not decided is accounted for there.
    for side in spots.iter().flat_map(|spot| spot.sides.iter().flatten()) {
        for comment in comments(side) {
            counts.remove(comment);
        }
    }
    for (comment, [b, o, t, m]) in counts {
        let (least, most) = match (b, o, t) {
            // Lines like `# ----` stand for themselves in many places.
            _ if b.max(o).max(t) > 1 => (usize::from(b == 0 || o.min(t) > 0), o + t),
            (1, 1, 1) => (1, 1),
            (1, 0, 0) => (0, 0),
            (1, ..) => (0, 1),
            _ => (1, o + t),
        };
        if m < least {
            return Err(format!("the comment {comment:?} would be lost"));
        }
        if m > most {
            return Err(format!("the comment {comment:?} would be there too often"));
        }
    }
    Ok(())
}
