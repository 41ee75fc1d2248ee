//! The typed letters as an automaton: how far each beat leads.
//!
//! All places between the letters that may have been reached are bits of one number, so that a
//! beat is followed from all of them at once, whatever its spellings are.

use super::mora::{MORAS, Mora};

/// The most letters that are looked at.
pub(super) const LONGEST: usize = 56;

/// Spellings have one to four letters.
const LETTERS: usize = 4;

/// How far one beat leads.
#[derive(Clone, Copy, Default)]
struct Step {
    /// For a spelling of 1, 2, 3, 4 letters: the places where it stands.
    by_length: [u64; LETTERS],
    /// The places where the typed letters end within a spelling.
    cut: u64,
    /// Whether it may go untyped.
    silent: bool,
}

/// What was reached by the beats so far.
#[derive(Clone, Copy, Default)]
pub(super) struct Reached {
    /// The places behind letters that are spent.
    pub(super) at: u64,
    /// Places before a letter that stands for っ, or for a ん typed `m`; the next beat tells.
    pub(super) pending: u64,
    /// Whether the letters ended within the last beat.
    pub(super) cut: bool,
}

impl Reached {
    /// Nothing is spent yet.
    pub(super) const START: Reached = Reached {
        at: 1,
        pending: 0,
        cut: false,
    };

    pub(super) fn is_nowhere(self) -> bool {
        self.at | self.pending == 0
    }

    pub(super) fn add(&mut self, other: Reached) {
        self.at |= other.at;
        self.pending |= other.pending;
        self.cut |= other.cut;
    }
}

/// The automaton.
pub(super) struct Steps {
    steps: Vec<Step>,
    /// The bit behind the last letter.
    end: u64,
    /// Places of the first of two letters that are a っ and its consonant.
    double: u64,
    /// Those where a く or つ may have become it, which it does before k, s, t and p only.
    shortened: u64,
    /// Places of an `m` before b, m or p.
    m_before: u64,
    /// Places behind `n` or `m`.
    behind_n: u64,
    /// Places behind an `o`, and behind a `u`.
    behind_o: u64,
    behind_u: u64,
    /// The place of the last letter where it is a consonant, and where it is an `m`.
    last: u64,
    last_m: u64,
}

impl Steps {
    pub(super) fn new(letters: &[u8]) -> Steps {
        let places = |is_so: &dyn Fn(&[u8]) -> bool| {
            let mut found = 0;
            for at in 0..letters.len() {
                found |= u64::from(letters.get(at..).is_some_and(is_so)) << at;
            }
            found
        };
        let steps = (0..).zip(&MORAS.rows).map(|(number, row)| {
            let mut step = Step::default();
            for spelling in &row.spellings {
                let spelling = spelling.as_bytes();
                if let Some(found) = step.by_length.get_mut(spelling.len() - 1) {
                    *found |= places(&|rest| rest.starts_with(spelling));
                }
                step.cut |=
                    places(&|rest| rest.len() < spelling.len() && spelling.starts_with(rest));
            }
            if Mora(number) == MORAS.n {
                step.by_length = [
                    places(&|rest| rest.starts_with(b"n")),
                    places(&|rest| rest.starts_with(b"nn") || rest.starts_with(b"n'")),
                    places(&|rest| rest.starts_with(b"nn'")),
                    0,
                ];
            }
            step.silent = row.kana.starts_with('ー');
            step
        });
        let is_m = |rest: &[u8]| matches!(rest, [b'm'] | [b'm', b'b' | b'm' | b'p', ..]);
        let is_hard = |rest: &[u8]| match rest {
            [b't', b'c', ..] => true,
            [one, rest @ ..] => {
                b"kstpc".contains(one) && rest.first().is_none_or(|other| one == other)
            }
            [] => false,
        };
        Steps {
            steps: steps.collect(),
            shortened: places(&is_hard),
            end: 1 << letters.len(),
            double: places(&|rest| match rest {
                [b't', b'c', ..] => true,
                [one, other, ..] => one == other && is_consonant(*one) && *one != b'n',
                _ => false,
            }),
            m_before: places(&is_m) & !places(&|rest| rest.len() == 1),
            behind_n: places(&|rest| matches!(rest, [b'n' | b'm' | b'\'', ..])) << 1,
            behind_o: places(&|rest| matches!(rest, [b'o', ..])) << 1,
            behind_u: places(&|rest| matches!(rest, [b'u', ..])) << 1,
            last: places(&|rest| matches!(rest, [last] if is_consonant(*last))),
            last_m: places(&|rest| rest == b"m"),
        }
    }

    /// Whether all letters are spent.
    pub(super) fn is_end(&self, reached: Reached) -> bool {
        reached.at & self.end != 0
    }

    /// Without what has all letters spent.
    pub(super) fn unfinished(&self, reached: Reached) -> Reached {
        Reached {
            at: reached.at & !self.end,
            cut: false,
            ..reached
        }
    }

    /// Whether syllables can be made of the letters, the last one perhaps unfinished.
    pub(super) fn can_be_spoken(&self) -> bool {
        let mut reached = Reached::START;
        loop {
            let mut all = reached;
            for (number, _) in (0..).zip(&self.steps) {
                all.add(self.advance(reached, Mora(number)));
            }
            if all.cut || self.is_end(all) || all.pending & self.last_m != 0 {
                return true;
            }
            if (all.at, all.pending) == (reached.at, reached.pending) {
                return false;
            }
            reached = all;
        }
    }

    /// One beat on.
    pub(super) fn advance(&self, from: Reached, mora: Mora) -> Reached {
        let Some(step) = self.steps.get(usize::from(mora.0)) else {
            return Reached::default();
        };
        let mut reached = Reached {
            at: step.lead(from.at) | if step.silent { from.at } else { 0 },
            pending: 0,
            cut: from.at & step.cut != 0,
        };
        if mora == MORAS.q {
            reached.pending = from.at & (self.double | self.last);
        } else if mora == MORAS.n {
            reached.pending = from.at & (self.m_before | self.last_m);
        } else if from.pending != 0 {
            reached.add(self.behind_pending(from.pending, mora, step));
        }
        reached
    }

    /// A beat behind っ, which its first letter is typed twice for, or behind a ん typed `m`.
    fn behind_pending(&self, pending: u64, mora: Mora, step: &Step) -> Reached {
        let mut second = (pending & self.double) << 1;
        let mut cut = pending & self.last & step.cut != 0;
        if MORAS
            .row(mora)
            .is_some_and(|row| row.key.starts_with(['b', 'm', 'p']))
        {
            second |= (pending & self.m_before) << 1;
            cut |= pending & self.last_m != 0;
        }
        Reached {
            at: step.lead(second),
            pending: 0,
            cut: cut || second & step.cut != 0,
        }
    }

    /// A whole reading on. `first`: no word stands before it that could change how it begins.
    pub(super) fn read(&self, from: Reached, reading: &[Mora], first: bool) -> Reached {
        let mut reached = from;
        let mut cut = false;
        for (index, &mora) in reading.iter().enumerate() {
            let is_last = index + 1 == reading.len();
            let mut next = self.advance(reached, mora);
            if index == 0 && !first {
                next.add(self.changed(reached, mora, reading));
            }
            if is_last && index > 0 && mora.shortens() {
                next.pending |= reached.at & self.shortened;
            }
            cut |= next.cut || !is_last && self.is_end(next);
            reached = next;
            if reached.is_nowhere() {
                break;
            }
        }
        Reached { cut, ..reached }
    }

    /// A first beat as it may sound behind another word.
    fn changed(&self, from: Reached, mora: Mora, reading: &[Mora]) -> Reached {
        // The お of 岡 only lengthens the お of 室: passports have Muroka.
        let lengthened = match mora {
            _ if mora == MORAS.o => self.behind_o,
            _ if mora == MORAS.u => self.behind_o | self.behind_u,
            _ => 0,
        };
        let mut reached = Reached {
            at: from.at & lengthened,
            ..Reached::default()
        };
        if let Some(voiced) = mora.voiced().filter(|_| may_voice(reading)) {
            // Nothing is voiced behind っ.
            let pending = from.pending & (self.m_before | self.last_m);
            let plain = Reached { pending, ..from };
            reached.add(self.advance(plain, voiced));
        }
        if let Some(half) = mora.half_voiced() {
            let at = from.at & self.behind_n;
            reached.add(self.advance(Reached { at, ..from }, half));
        }
        reached
    }
}

impl Step {
    fn lead(&self, from: u64) -> u64 {
        let lengths = self.by_length.iter().zip(1..);
        lengths.fold(0, |to, (places, length)| to | (from & places) << length)
    }
}

/// A reading that has a voiced beat already takes no second one.
pub fn may_voice(reading: &[Mora]) -> bool {
    let rest = reading.get(1..).unwrap_or_default();
    !rest
        .iter()
        .any(|mora| mora.key().starts_with(['g', 'z', 'd', 'b']))
}

fn is_consonant(letter: u8) -> bool {
    letter.is_ascii_lowercase() && !b"aiueo".contains(&letter)
}
