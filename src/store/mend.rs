//! Two versions of a customer without git's help: from markers in a text, or from a file and a
//! copy of it. What is missing is the version that both began with.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::comments::comments;
use super::file_change::fields_of;
use super::markers::{self, Sides, has_markers};
use super::merge_file::{Clash, Merged, Unmergeable, merge_file};
use super::read::read_customer;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::merge::{both, stretches};
use crate::model::value::{Value, ValueRef};

/// How to decide what both sides changed to different values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// As ours has it.
    Ours,
    /// As theirs has it.
    Theirs,
    /// Both, one behind the other, where that makes sense.
    Both,
}

impl Take {
    /// The values of these clashes; `None` where one of them can't be decided so.
    pub fn values(self, clashes: &[Clash]) -> Option<Vec<Option<Value>>> {
        let value = |clash: &Clash| match self {
            Take::Ours => Some(clash.conflict.ours.clone()),
            Take::Theirs => Some(clash.conflict.theirs.clone()),
            Take::Both => both(&clash.conflict).map(Some),
        };
        clashes.iter().map(value).collect()
    }
}

/// The merge of a text with markers; `base` where it is known from elsewhere.
///
/// # Errors
/// Why there is none, in words: markers that make no sense, sides that don't parse.
pub fn merge_marked(text: &str, base: Option<&[u8]>) -> Result<Merged, String> {
    let sides = markers::sides(text).map_err(|line| {
        format!("line {line}: the markers can't be read: keep what is right and delete them")
    })?;
    let (ours, theirs) = (sides.ours.as_bytes(), sides.theirs.as_bytes());
    let told = |why: Unmergeable| why.to_string();
    if let Some(base) = base {
        return merge_file(base, ours, theirs).map_err(told);
    }
    let Sides { base, common, .. } = &sides;
    let base = match base {
        Some(base) => base.clone(),
        None => harmless(common.clone(), &sides.ours, &sides.theirs),
    };
    // A base that does not parse would be in the way of sides that do.
    let merged = merge_file(base.as_bytes(), ours, theirs);
    let merged = merged.or_else(|_| merge_file(b"", ours, theirs));
    merged.map_err(told)
}

/// The base of a merge as git hands it over. Where two sides were merged crosswise git merges their
/// bases first, and what clashed in there stands between markers: of those fields nothing is known
/// then, so that what the sides make of them is compared as it is.
pub fn sound_base(base: &[u8]) -> Cow<'_, [u8]> {
    let marked = std::str::from_utf8(base).ok().filter(|t| has_markers(t));
    let sound = marked.and_then(|text| {
        let merged = merge_marked(text, None).ok()?;
        let unknown = vec![None; merged.clashes.len()];
        merged.decided(&unknown).ok()
    });
    sound.map_or(Cow::Borrowed(base), Cow::Owned)
}

/// What two texts have in common, as a base for them; nothing where that would say of something
/// that a side took it away.
pub fn common_base(ours: &str, theirs: &str) -> String {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let (our_lines, their_lines) = (lines(ours), lines(theirs));
    let kept = stretches(&our_lines, &our_lines, &their_lines);
    let kept = kept.into_iter().filter(|run| run.kept);
    let kept = kept.filter_map(|run| our_lines.get(run.base));
    let common = kept.flat_map(|run| run.iter().copied()).collect();
    harmless(common, ours, theirs)
}

/// The base, where all that it says is said by both sides; else nothing. What is in no base was
/// taken away by nobody.
fn harmless(base: String, ours: &str, theirs: &str) -> String {
    let [is, ours, theirs] = [&base, ours, theirs].map(|text| read_customer("", text).customer);
    match says(&ours, &is) && says(&theirs, &is) {
        true => base,
        false => String::new(),
    }
}

/// Whether one says all that the other says.
fn says(all: &Customer, some: &Customer) -> bool {
    let head = some.head.iter();
    let mut head = head.filter(|(_, value)| !matches!(value, ValueRef::Table(_)));
    let mut entries = some.entries.iter();
    !some.broken
        && head.all(|(name, value)| all.head.get(name) == Some(value))
        && entries.all(|entry| {
            let same = all.entry(entry.kind.word(), &entry.key);
            let mut fields = entry.fields.iter();
            same.is_some_and(|same| fields.all(|(n, value)| same.fields.get(n) == Some(value)))
        })
}

/// The merge that a person made by hand of what was left to decide, where the text says nothing
/// else than the merge does. Markers in the lines of a text are no decision, though it parses with
/// them.
pub fn decided_by_hand(merged: &Merged, text: &[u8]) -> bool {
    let Some(now) = std::str::from_utf8(text)
        .ok()
        .filter(|now| !has_markers(now))
    else {
        return false;
    };
    let customer = read_customer("", now).customer;
    let value = |clash: &Clash| {
        let fields = fields_of(&customer, &clash.table).ok()?;
        fields.value(&clash.conflict.field)
    };
    let values: Vec<Option<Value>> = merged.clashes.iter().map(value).collect();
    !customer.broken && merged.decided(&values).is_ok_and(|decided| decided == text)
}

/// What a text merge put where no side has it and nobody has to decide: a field with a value that
/// stands elsewhere in the three `versions`, or a comment twice. `None`: nothing; what is new was
/// written by hand.
pub fn out_of_place(by_hand: &Merged, merged: &Merged, versions: [&[u8]; 3]) -> Option<String> {
    let [base, ours, theirs] = versions.map(String::from_utf8_lossy);
    let [now, wanted] = [by_hand, merged].map(|merge| String::from_utf8_lossy(&merge.text));
    let known = [&wanted, &base, &ours, &theirs].map(|text| read_customer("", text).customer);
    let clashes = by_hand.clashes.iter().chain(&merged.clashes);
    let clashes: HashSet<_> = clashes
        .map(|clash| (clash.table.join("."), clash.conflict.field.as_str()))
        .collect();
    for entry in &read_customer("", &now).customer.entries {
        let id = entry.id();
        for (name, value) in entry.fields.iter() {
            let is = |entry: &Entry| entry.fields.get(name) == Some(value);
            let mut there = known
                .iter()
                .filter_map(|c| c.entry(entry.kind.word(), &entry.key));
            if clashes.contains(&(id.clone(), name)) || there.any(is) {
                continue;
            }
            if known.iter().any(|customer| customer.entries.iter().any(is)) {
                return Some(format!("{id}: {name}"));
            }
        }
    }
    let times = |text: &str| {
        let mut times: HashMap<String, usize> = HashMap::new();
        for comment in comments(text) {
            *times.entry(comment.to_owned()).or_default() += 1;
        }
        times
    };
    let said = [&wanted, &ours, &theirs].map(|text| times(text));
    let most = |comment: &str| said.iter().filter_map(|s| s.get(comment)).max().copied();
    let twice = |(comment, times): (String, usize)| {
        let is_new = most(&comment).is_some_and(|most| times > most);
        is_new.then(|| format!("the comment {comment}"))
    };
    times(&now).into_iter().filter_map(twice).min()
}

/// How many lines one of two texts has and the other has not.
pub fn lines_apart(one: &[u8], other: &[u8]) -> usize {
    let mut count: HashMap<&[u8], i64> = HashMap::new();
    for (text, step) in [(one, 1), (other, -1)] {
        for line in text.split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            *count.entry(line).or_default() += step;
        }
    }
    let apart = count.values().map(|n| n.unsigned_abs()).sum::<u64>();
    usize::try_from(apart).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::sound_base;

    #[test]
    fn of_what_clashed_in_a_base_nothing_is_known_and_the_rest_is() {
        let base = "name = \"A\"\n\
            <<<<<<<<< Temporary merge branch 1\n\
            status = \"away\"\n\
            ||||||||| 816315e\n\
            status = \"active\"\n\
            =========\n\
            status = \"prospect\"\n\
            >>>>>>>>> Temporary merge branch 2\n\
            why = \"x\"\n";
        let sound = sound_base(base.as_bytes());
        assert_eq!(sound, b"name = \"A\"\nwhy = \"x\"\n".as_slice());
        let plain = b"name = \"A\"\n<< is no marker";
        assert_eq!(sound_base(plain), plain.as_slice());
    }
}
