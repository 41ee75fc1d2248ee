//! The order of the result: what both sides have is the spine; what one side alone has follows
//! what stood in front of it there.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// Merges the orders of three lists of the things that are in the result; in each of them a thing
/// stands once. `compare` says which of two orders is taken where both sides moved things;
/// `is_light` names those that nothing else moves along with; `join` puts together what ours and
/// theirs alone have at one place, behind the thing named.
///
/// The same comes out when ours and theirs change places, as long as `compare` and `join` see to
/// it for their part.
pub(super) fn merge_order(
    [base, ours, theirs]: [&[u32]; 3],
    compare: impl Fn(&[u32], &[u32]) -> Ordering,
    is_light: impl Fn(u32) -> bool,
    mut join: impl FnMut(Option<u32>, &[u32], &[u32]) -> Vec<u32>,
) -> Vec<u32> {
    let in_ours: HashSet<u32> = ours.iter().copied().collect();
    let both: HashSet<u32> = (theirs.iter().copied())
        .filter(|id| in_ours.contains(id))
        .collect();
    let spine = spine([base, ours, theirs], &both, compare);
    let old: HashSet<u32> = base.iter().copied().collect();
    let runs_of_ours = runs(ours, [&both, &old], &spine, &is_light);
    let runs_of_theirs = runs(theirs, [&both, &old], &spine, &is_light);
    let mut merged = Vec::with_capacity(ours.len().max(theirs.len()));
    for at in std::iter::once(None).chain(spine.into_iter().map(Some)) {
        merged.extend(at);
        let of = |runs: &HashMap<Option<u32>, Vec<u32>>| runs.get(&at).cloned();
        match (of(&runs_of_ours), of(&runs_of_theirs)) {
            (None, None) => {}
            (Some(run), None) | (None, Some(run)) => merged.extend(run),
            (Some(ours), Some(theirs)) => merged.extend(join(at, &ours, &theirs)),
        }
    }
    merged
}

fn spine(
    [base, ours, theirs]: [&[u32]; 3],
    both: &HashSet<u32>,
    compare: impl Fn(&[u32], &[u32]) -> Ordering,
) -> Vec<u32> {
    let only = |list: &[u32], of: &HashSet<u32>| -> Vec<u32> {
        list.iter().copied().filter(|id| of.contains(id)).collect()
    };
    let (ours, theirs) = (only(ours, both), only(theirs, both));
    if ours == theirs {
        return ours;
    }
    let base = only(base, both);
    let old: HashSet<u32> = base.iter().copied().collect();
    let moved = |side: &[u32]| only(side, &old) != base;
    match (moved(&ours), moved(&theirs)) {
        (true, false) => ours,
        (false, true) => theirs,
        _ if compare(&ours, &theirs) == Ordering::Greater => theirs,
        _ => ours,
    }
}

/// What stands behind each thing that both have, up to the next one. What follows a light thing
/// that has gone elsewhere stays where it is, unless it is light as well; and what is old does not
/// move along with what both sides wrote anew.
fn runs(
    side: &[u32],
    [both, old]: [&HashSet<u32>; 2],
    spine: &[u32],
    is_light: impl Fn(u32) -> bool,
) -> HashMap<Option<u32>, Vec<u32>> {
    let shared: Vec<u32> = side
        .iter()
        .copied()
        .filter(|id| both.contains(id))
        .collect();
    let gone = gone_elsewhere(&shared, spine, |id| is_light(id) || !old.contains(&id));
    let mut runs: HashMap<Option<u32>, Vec<u32>> = HashMap::new();
    let (mut at, mut stays) = (None, None);
    for id in side {
        if both.contains(id) {
            at = Some(*id);
            if !gone.contains(id) {
                stays = at;
            }
        } else {
            let is_apart = old.contains(id) || at.is_some_and(&is_light);
            if is_apart && !is_light(*id) {
                at = stays;
            }
            runs.entry(at).or_default().push(*id);
        }
    }
    runs
}

/// Of the things that are light the ones that stand between others in the result than in this side.
fn gone_elsewhere(side: &[u32], spine: &[u32], is_light: impl Fn(u32) -> bool) -> HashSet<u32> {
    if side == spine {
        return HashSet::new();
    }
    let (here, there) = (neighbours(side, &is_light), neighbours(spine, &is_light));
    let is_gone = |(id, [behind, before]): (&u32, &[Option<u32>; 2])| {
        let [now_behind, now_before] = there.get(id)?;
        (behind != now_behind && before != now_before).then_some(*id)
    };
    here.iter().filter_map(is_gone).collect()
}

/// What each light thing stands behind and in front of, the light ones around it left out.
fn neighbours(list: &[u32], is_light: impl Fn(u32) -> bool) -> HashMap<u32, [Option<u32>; 2]> {
    let mut found: HashMap<u32, [Option<u32>; 2]> = HashMap::new();
    let mut behind = None;
    let mut open = Vec::new();
    for id in list.iter().copied() {
        if is_light(id) {
            found.insert(id, [behind, None]);
            open.push(id);
        } else {
            for light in open.drain(..) {
                found.insert(light, [behind, Some(id)]);
            }
            behind = Some(id);
        }
    }
    found
}
