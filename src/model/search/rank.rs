//! Which hit comes first. The rules are told in `docs/search.md`.

use super::word::{At, Fit, Way};
use super::zone::Zone;
use crate::model::entry::Entry;

/// The points of a word that is not met.
pub(super) const UNMET: u16 = u16::MAX;

/// The points that are taken off where the words stand side by side as they were typed.
pub(super) const BESIDE: u16 = 6;

/// The points that a word takes where it is met; fewest first. Better in the same zone, and in a
/// better zone for the same fit, is always fewer.
pub(super) fn points(fit: Fit, zone: Zone) -> u16 {
    let way = match fit.way {
        Way::Typed => 0,
        Way::Read => 8,
        Way::Slip => 40,
        Way::Apart(loss) => 60 + u16::from(loss),
    };
    let at = match fit.at {
        At::Whole if zone < Zone::Notes => 0,
        At::Start if zone <= Zone::Titles => 1,
        At::Whole | At::Start | At::Word => 2,
        At::Inside => 6,
    };
    way + at + zone_points(zone)
}

/// The fewest points that can be had in a zone, or in one behind it.
pub(super) fn least(way: Way, zone: Zone) -> u16 {
    let at = At::Whole;
    points(Fit { way, at }, zone)
}

fn zone_points(zone: Zone) -> u16 {
    match zone {
        Zone::Names => 0,
        Zone::Titles => 2,
        Zone::Lines => 4,
        Zone::Notes => 6,
    }
}

/// What an entry pays for a word that only its customer's names meet: the name stands beside an
/// entry as one of its lines would.
pub(super) fn inherited(names: u16) -> u16 {
    names.saturating_add(zone_points(Zone::Lines)).max(names)
}

/// The place of a document among others that fit as well: open before done, recent before old.
pub(super) fn order(entry: Option<&Entry>) -> u32 {
    let done = u32::from(!entry.is_some_and(Entry::is_open));
    let day = entry.and_then(Entry::day).map_or(0, |day| {
        let year = u32::try_from(i32::from(day.year()) + 10_000).unwrap_or(0);
        year * 372 + day.month().unsigned_abs() as u32 * 31 + day.day().unsigned_abs() as u32
    });
    (done << 24) | (0xFF_FFFF - day.min(0xFF_FFFF))
}

/// Something found, by its rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranked {
    /// The points of all words.
    pub points: u16,
    /// Its place among equals.
    pub order: u32,
    /// The place of its customer by key.
    pub part: u32,
    /// The place of the document at the customer.
    pub doc: u32,
}

/// The best of what is found. What can't be among them is dropped as it comes.
#[derive(Debug, Default)]
pub(super) struct Best {
    /// How many are kept.
    pub most: usize,
    kept: Vec<Ranked>,
    /// The last that was among the best when they were counted.
    worst: Option<Ranked>,
    /// How much was found in all.
    pub total: usize,
}

impl Best {
    /// Something was found.
    pub(super) fn push(&mut self, found: Ranked) {
        self.total += 1;
        if self.worst.is_some_and(|worst| found >= worst) {
            return;
        }
        self.kept.push(found);
        if self.kept.len() >= self.most.saturating_mul(2).saturating_add(256) {
            self.cut();
        }
    }

    /// What another found elsewhere.
    pub(super) fn join(&mut self, other: Best) {
        let total = self.total + other.total;
        for found in other.kept {
            self.push(found);
        }
        self.total = total;
    }

    /// The best, best first.
    pub(super) fn into_sorted(mut self) -> Vec<Ranked> {
        self.cut();
        self.kept.sort_unstable();
        self.kept
    }

    fn cut(&mut self) {
        if self.kept.len() > self.most {
            match self.most.checked_sub(1) {
                Some(last) => self.worst = Some(*self.kept.select_nth_unstable(last).1),
                None => self.worst = self.kept.iter().min().copied(),
            }
            self.kept.truncate(self.most);
        }
    }
}
