//! Three-way merge of one field: what we read, what we want, what stands there now.
//!
//! The rules are those of `docs/format.md`, "Merging": one side changed wins; both the same
//! counts once; prose is merged by lines; sets (`tags`, `with`, `aliases`, `because`) as sets;
//! other lists by their lines; anything else is a conflict for a person to decide.

use std::ops::Range;

use super::value::Value;

/// Both sides changed the field, differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The name of the field.
    pub field: String,
    /// What it held when we read it.
    pub base: Option<Value>,
    /// What we wanted.
    pub ours: Option<Value>,
    /// What somebody else wrote meanwhile.
    pub theirs: Option<Value>,
}

/// What stands in the way of a save, as far as a person can do something about it in the form.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// These fields of its table were changed by both sides, differently.
    Fields(Vec<Conflict>),
    /// The entry is not in the file any more.
    Gone,
}

/// Fields whose lists are sets: order means little, every item counts once.
const SETS: &[&str] = &["tags", "with", "aliases", "because"];

/// What the field should hold after both sides had their say.
///
/// # Errors
/// [`Conflict`] where both sides changed the same thing to different things.
pub fn merge_field(
    field: &str,
    base: Option<&Value>,
    ours: Option<&Value>,
    theirs: Option<&Value>,
) -> Result<Option<Value>, Conflict> {
    if ours == theirs || theirs == base {
        return Ok(ours.cloned());
    }
    if ours == base {
        return Ok(theirs.cloned());
    }
    let merged = match (ours, theirs) {
        (Some(Value::Text(o)), Some(Value::Text(t))) if field == "notes" => {
            let base = base.and_then(Value::as_text).unwrap_or("");
            merge_lines(&lines(base), &lines(o), &lines(t))
                .map(|merged| Value::text(&merged.join("\n")))
        }
        (Some(Value::List(o)), Some(Value::List(t))) => {
            let none = Vec::new();
            let base = match base {
                Some(Value::List(items)) => items,
                _ => &none,
            };
            if SETS.contains(&field) {
                Some(Value::List(merge_sets(base, o, t)))
            } else {
                merge_lines(base, o, t).map(Value::List)
            }
        }
        _ => None,
    };
    merged.map(Some).ok_or_else(|| Conflict {
        field: field.to_owned(),
        base: base.cloned(),
        ours: ours.cloned(),
        theirs: theirs.cloned(),
    })
}

fn lines(text: &str) -> Vec<&str> {
    if text.is_empty() {
        Vec::new()
    } else {
        text.split('\n').collect()
    }
}

/// Base order first, without what a side took away; then what is new on either side, sorted, so
/// that both machines come to the same list.
fn merge_sets(base: &[Value], ours: &[Value], theirs: &[Value]) -> Vec<Value> {
    let mut merged: Vec<Value> = base
        .iter()
        .filter(|item| ours.contains(item) && theirs.contains(item))
        .cloned()
        .collect();
    let mut new: Vec<&Value> = Vec::new();
    for item in ours.iter().chain(theirs) {
        if !base.contains(item) && !new.contains(&item) {
            new.push(item);
        }
    }
    new.sort_by_key(|item| item.to_line());
    merged.extend(new.into_iter().cloned());
    merged
}

/// A run of items in the base, in ours and in theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it stands in the base.
    pub base: Range<usize>,
    /// Where it stands in ours.
    pub ours: Range<usize>,
    /// Where it stands in theirs.
    pub theirs: Range<usize>,
    /// Whether both sides kept it as it was.
    pub kept: bool,
}

/// The three texts cut into runs, in the manner of diff3: by turns what both sides kept, and what
/// one of them or both changed.
pub fn stretches<T: PartialEq>(base: &[T], ours: &[T], theirs: &[T]) -> Vec<Stretch> {
    let to_ours = common(base, ours);
    let to_theirs = common(base, theirs);
    let mut runs: Vec<Stretch> = Vec::new();
    let (mut b, mut o, mut t) = (0, 0, 0);
    // Every item of the base that both sides kept is a fixed point; between two of them lies a
    // stretch that zero, one or two sides changed.
    let anchors = (0..base.len())
        .filter_map(|at| Some((at, (*to_ours.get(at)?)?, (*to_theirs.get(at)?)?)))
        .chain([(base.len(), ours.len(), theirs.len())]);
    for (next_b, next_o, next_t) in anchors {
        if (b, o, t) != (next_b, next_o, next_t) {
            runs.push(Stretch {
                base: b..next_b,
                ours: o..next_o,
                theirs: t..next_t,
                kept: false,
            });
        }
        (b, o, t) = (next_b + 1, next_o + 1, next_t + 1);
        if next_b == base.len() {
            break;
        }
        match runs.last_mut() {
            Some(run) if run.kept => {
                (run.base.end, run.ours.end, run.theirs.end) = (b, o, t);
            }
            _ => runs.push(Stretch {
                base: next_b..b,
                ours: next_o..o,
                theirs: next_t..t,
                kept: true,
            }),
        }
    }
    runs
}

/// Stretches that only one side touched are taken from that side; `None` where both touched the
/// same stretch differently.
fn merge_lines<T: PartialEq + Clone>(base: &[T], ours: &[T], theirs: &[T]) -> Option<Vec<T>> {
    merge_stretches(base, ours, theirs, |_, _| None)
}

/// The same, with a word to say where both touched the same stretch differently.
fn merge_stretches<T: PartialEq + Clone>(
    base: &[T],
    ours: &[T],
    theirs: &[T],
    decide: impl Fn(&[T], &[T]) -> Option<Vec<T>>,
) -> Option<Vec<T>> {
    let mut merged = Vec::new();
    for run in stretches(base, ours, theirs) {
        let stretch_b = base.get(run.base)?;
        let stretch_o = ours.get(run.ours)?;
        let stretch_t = theirs.get(run.theirs)?;
        if stretch_o == stretch_t || stretch_t == stretch_b {
            merged.extend_from_slice(stretch_o);
        } else if stretch_o == stretch_b {
            merged.extend_from_slice(stretch_t);
        } else {
            merged.extend(decide(stretch_o, stretch_t)?);
        }
    }
    Some(merged)
}

/// Both values of a conflict in one: what the file says first, then what was typed. `None` where
/// they can't be joined. Lines and items that both have, or that one side did not touch, count
/// once; two texts of one line stand behind one another with a `/`.
pub fn both(conflict: &Conflict) -> Option<Value> {
    fn one_behind_the_other<T: Clone + PartialEq>(ours: &[T], theirs: &[T]) -> Option<Vec<T>> {
        let new = ours.iter().filter(|item| !theirs.contains(item));
        Some(theirs.iter().chain(new).cloned().collect())
    }
    match (&conflict.ours, &conflict.theirs) {
        (Some(one), None) | (None, Some(one)) => Some(one.clone()),
        (Some(Value::Text(ours)), Some(Value::Text(theirs))) => {
            let base = conflict.base.as_ref().and_then(Value::as_text);
            let is_prose =
                conflict.field == "notes" || ours.contains('\n') || theirs.contains('\n');
            if !is_prose {
                return Some(Value::text(&format!("{theirs} / {ours}")));
            }
            let (base, ours, theirs) = (lines(base.unwrap_or("")), lines(ours), lines(theirs));
            let both = merge_stretches(&base, &ours, &theirs, one_behind_the_other)?;
            Some(Value::text(&both.join("\n")))
        }
        (Some(Value::List(ours)), Some(Value::List(theirs))) => {
            let base = match &conflict.base {
                Some(Value::List(items)) => items.as_slice(),
                _ => &[],
            };
            merge_stretches(base, ours, theirs, one_behind_the_other).map(Value::List)
        }
        _ => None,
    }
}

/// For each item of `base` its place in `side` by the longest common subsequence.
///
/// The table is quadratic, so texts of more than 2,000 lines a side only keep their common start
/// and end; what lies between then counts as changed, which can only lead to more conflicts,
/// never to a wrong merge.
fn common<T: PartialEq>(base: &[T], side: &[T]) -> Vec<Option<usize>> {
    const MOST: usize = 2_000;
    let start = base.iter().zip(side).take_while(|(b, s)| b == s).count();
    let (base_rest, side_rest) = (base.len() - start, side.len() - start);
    let end = base
        .iter()
        .rev()
        .zip(side.iter().rev())
        .take(base_rest.min(side_rest))
        .take_while(|(b, s)| b == s)
        .count();
    let mut places: Vec<Option<usize>> = (0..start).map(Some).collect();
    let middle_base = base.get(start..base.len() - end).unwrap_or(&[]);
    let middle_side = side.get(start..side.len() - end).unwrap_or(&[]);
    if middle_base.len() > MOST || middle_side.len() > MOST {
        places.extend(middle_base.iter().map(|_| None));
    } else {
        places.extend(
            longest_common(middle_base, middle_side)
                .into_iter()
                .map(|place| place.map(|at| at + start)),
        );
    }
    places.extend((side.len() - end..side.len()).map(Some));
    earliest(base, side, &places)
}

/// The same pairs, each as far in front as it can stand. Of lines that repeat any one may be the
/// same; two sides that have them alike must not be told to have them in different places.
fn earliest<T: PartialEq>(base: &[T], side: &[T], places: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut found = vec![None; places.len()];
    let (mut next_b, mut next_s) = (0, 0);
    for (b, s) in places.iter().enumerate() {
        let Some(s) = *s else { continue };
        let item = base.get(b);
        let b = (next_b..b).find(|at| base.get(*at) == item).unwrap_or(b);
        let s = (next_s..s).find(|at| side.get(*at) == item).unwrap_or(s);
        if let Some(place) = found.get_mut(b) {
            *place = Some(s);
        }
        (next_b, next_s) = (b + 1, s + 1);
    }
    found
}

fn longest_common<T: PartialEq>(base: &[T], side: &[T]) -> Vec<Option<usize>> {
    let width = side.len() + 1;
    let mut best = vec![0u32; (base.len() + 1) * width];
    let at = |b: usize, s: usize| b * width + s;
    let score = |best: &[u32], b: usize, s: usize| best.get(at(b, s)).copied().unwrap_or(0);
    for (b, in_base) in base.iter().enumerate().rev() {
        for (s, in_side) in side.iter().enumerate().rev() {
            let here = if in_base == in_side {
                score(&best, b + 1, s + 1) + 1
            } else {
                score(&best, b + 1, s).max(score(&best, b, s + 1))
            };
            if let Some(cell) = best.get_mut(at(b, s)) {
                *cell = here;
            }
        }
    }
    let mut places = vec![None; base.len()];
    let (mut b, mut s) = (0, 0);
    while let (Some(in_base), Some(in_side)) = (base.get(b), side.get(s)) {
        if in_base == in_side {
            if let Some(place) = places.get_mut(b) {
                *place = Some(s);
            }
            (b, s) = (b + 1, s + 1);
        } else if score(&best, b + 1, s) >= score(&best, b, s + 1) {
            b += 1;
        } else {
            s += 1;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::{Conflict, Value, both, merge_field, stretches};

    fn text(text: &str) -> Option<Value> {
        Some(Value::text(text))
    }

    fn merged(field: &str, base: &[&str], ours: &[&str], theirs: &[&str]) -> Option<Vec<String>> {
        let list = |items: &[&str]| Value::texts(items.iter().copied());
        merge_field(
            field,
            Some(&list(base)),
            Some(&list(ours)),
            Some(&list(theirs)),
        )
        .ok()
        .flatten()
        .map(|value| value.as_texts().map(str::to_owned).collect())
    }

    #[test]
    fn the_side_that_changed_wins_and_the_same_change_counts_once() {
        let (old, new) = (text("open"), text("answered"));
        let merge = |o: &Option<Value>, t: &Option<Value>| {
            merge_field("status", old.as_ref(), o.as_ref(), t.as_ref()).unwrap()
        };
        assert_eq!(merge(&new, &old), new);
        assert_eq!(merge(&old, &new), new);
        assert_eq!(merge(&new, &new), new);
        assert_eq!(merge(&None, &old), None);
    }

    #[test]
    fn two_different_values_are_a_conflict_that_names_both() {
        let conflict = merge_field(
            "status",
            text("open").as_ref(),
            text("answered").as_ref(),
            text("gone").as_ref(),
        )
        .unwrap_err();
        assert_eq!(conflict.ours, text("answered"));
        assert_eq!(conflict.theirs, text("gone"));
    }

    #[test]
    fn notes_merge_by_lines() {
        let notes = |o: &str, t: &str| {
            merge_field(
                "notes",
                text("a\nb\nc").as_ref(),
                text(o).as_ref(),
                text(t).as_ref(),
            )
        };
        assert_eq!(notes("A\nb\nc", "a\nb\nC").unwrap(), text("A\nb\nC"));
        assert_eq!(notes("a\nb\nc\nd", "b\nc").unwrap(), text("b\nc\nd"));
        assert!(notes("a\nX\nc", "a\nY\nc").is_err());
    }

    #[test]
    fn tags_merge_as_sets_and_gives_by_lines() {
        let set = merged("tags", &["b", "a"], &["b", "a", "z"], &["a", "c"]);
        assert_eq!(set.unwrap(), ["a", "c", "z"]);
        let lines = merged(
            "give",
            &["price: 5%"],
            &["price: 5%", "term: 1y"],
            &["price: 3%"],
        );
        assert_eq!(
            lines, None,
            "an added line next to a changed one is for a person to decide"
        );
        let lines = merged(
            "give",
            &["a", "b", "c"],
            &["a", "b", "c", "d"],
            &["x", "b", "c"],
        );
        assert_eq!(lines.unwrap(), ["x", "b", "c", "d"]);
    }

    #[test]
    fn both_sides_one_behind_the_other() {
        let conflict = |field: &str, base: &str, ours: &str, theirs: &str| Conflict {
            field: field.to_owned(),
            base: text(base),
            ours: text(ours),
            theirs: text(theirs),
        };
        let notes = conflict("notes", "a\nb\nc", "a\nX\nc\nd", "0\na\nY\nc");
        assert_eq!(both(&notes), text("0\na\nY\nX\nc\nd"));
        assert_eq!(both(&conflict("said", "a", "b", "c")), text("c / b"));
        let gone = Conflict {
            theirs: None,
            ..conflict("said", "a", "b", "")
        };
        assert_eq!(both(&gone), text("b"));
    }

    #[test]
    fn the_three_texts_are_cut_where_somebody_changed_something() {
        let cut = |base: &str, ours: &str, theirs: &str| -> Vec<(usize, usize, usize, bool)> {
            let lines = |text: &str| text.chars().collect::<Vec<char>>();
            let runs = stretches(&lines(base), &lines(ours), &lines(theirs));
            let len = runs.into_iter();
            len.map(|r| (r.base.len(), r.ours.len(), r.theirs.len(), r.kept))
                .collect()
        };
        assert_eq!(cut("abc", "abc", "abc"), [(3, 3, 3, true)]);
        assert_eq!(
            cut("abc", "aXc", "abYc"),
            [(1, 1, 1, true), (1, 1, 2, false), (1, 1, 1, true)]
        );
        assert_eq!(cut("", "a", ""), [(0, 1, 0, false)]);
        // Of the two p of both sides, the first one is that of the base.
        assert_eq!(
            cut("pz", "jppz", "ppz"),
            [
                (0, 1, 0, false),
                (1, 1, 1, true),
                (0, 1, 1, false),
                (1, 1, 1, true)
            ]
        );
        assert_eq!(cut("", "", ""), []);
    }
}
