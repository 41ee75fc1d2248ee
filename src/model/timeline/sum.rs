//! What happened in a period, summed up: `3 calls, 1 concern, 1 negotiation: deal`.

use std::cmp::Reverse;

use super::index::Index;
use super::item::{Item, Role, Stand};
use super::period::Period;
use crate::model::kind::Kind;

/// What happened in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The days it stands for.
    pub period: Period,
    /// How many entries happened.
    pub entries: u32,
    /// How many of them count as being in touch.
    pub touches: u32,
    /// How much is to come: promises due, days to ask again.
    pub ahead: u32,
    /// How often the same was there.
    counts: Vec<(u16, Role, Stand, u32)>,
}

impl Sum {
    /// Nothing yet.
    pub fn new(period: Period) -> Sum {
        Sum {
            period,
            entries: 0,
            touches: 0,
            ahead: 0,
            counts: Vec::new(),
        }
    }

    /// Adds what stands on a day of it.
    pub fn add(&mut self, index: &Index, item: &Item) {
        match item.role {
            Role::Entry => self.entries += 1,
            Role::Closed => {}
            _ => {
                self.ahead += 1;
                return;
            }
        }
        self.touches += u32::from(index.is_touch(item));
        let same = |(word, role, stand, _): &&mut (u16, Role, Stand, u32)| {
            (*word, *role, *stand) == (item.word, item.role, item.stand)
        };
        match self.counts.iter_mut().find(same) {
            Some((.., count)) => *count += 1,
            None => self.counts.push((item.word, item.role, item.stand, 1)),
        }
    }

    /// What it says, part by part, the most telling first: deals that were closed, then what
    /// happened with them, then what was written down, then what is to come.
    pub fn parts(&self, index: &Index) -> Vec<String> {
        let mut parts: Vec<(Place, String)> = Vec::new();
        for (word, role, stand, count) in &self.counts {
            if *role == Role::Closed
                && let Some(word) = index.words().get(usize::from(*word))
            {
                let stand = match stand.word() {
                    "" => "closed",
                    word => word,
                };
                let said = format!("{} {stand}", word.counted(*count as usize));
                parts.push((Place::closed(*count), said));
            }
        }
        let mut words: Vec<u16> = self.happened().map(|(word, ..)| word).collect();
        words.sort_unstable();
        words.dedup();
        for number in words {
            let Some(word) = index.words().get(usize::from(number)) else {
                continue;
            };
            let same = || self.happened().filter(|(of, ..)| *of == number);
            let count: u32 = same().map(|(.., count)| count).sum();
            let mut said = word.counted(count as usize);
            let kind = word.kind.known();
            if kind == Some(Kind::Negotiation) {
                said.push_str(&results(same().map(|(_, stand, n)| (stand, n)).collect()));
            }
            parts.push((Place::happened(kind, count), said));
        }
        parts.sort();
        let mut parts: Vec<String> = parts.into_iter().map(|(_, said)| said).collect();
        if self.ahead > 0 {
            parts.push(format!("{} ahead", self.ahead));
        }
        parts
    }

    fn happened(&self) -> impl Iterator<Item = (u16, Stand, u32)> {
        let entries = self
            .counts
            .iter()
            .filter(|(_, role, ..)| *role == Role::Entry);
        entries.map(|(word, _, stand, count)| (*word, *stand, *count))
    }
}

/// `: deal` of one negotiation, ` (2 deal, 1 open)` of several.
fn results(mut results: Vec<(Stand, u32)>) -> String {
    results.retain(|(stand, _)| !stand.word().is_empty());
    results.sort_by_key(|(stand, count)| (Reverse(*count), *stand));
    if let [(stand, 1)] = results.as_slice() {
        return format!(": {}", stand.word());
    }
    let said = results
        .iter()
        .map(|(stand, count)| format!("{count} {}", stand.word()));
    let said: Vec<String> = said.collect();
    match said.is_empty() {
        true => String::new(),
        false => format!(" ({})", said.join(", ")),
    }
}

/// Where a part stands among the others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u8, Reverse<u32>);

impl Place {
    fn closed(count: u32) -> Place {
        Place(0, Reverse(count))
    }

    fn happened(kind: Option<Kind>, count: u32) -> Place {
        let order = match kind {
            Some(Kind::Interaction) => 1,
            Some(Kind::CheckIn) => 2,
            Some(Kind::Concern) => 3,
            Some(Kind::Negotiation) => 4,
            Some(Kind::Promise) => 5,
            Some(Kind::WinLose) => 6,
            Some(Kind::Deal) => 7,
            Some(Kind::Fact) => 8,
            Some(Kind::Change) => 9,
            Some(Kind::Contact) | None => 10,
        };
        Place(order, Reverse(count))
    }
}
