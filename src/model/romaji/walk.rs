//! Following the typed letters through a text from one place on.

use super::mora::{MORAS, Mora};
use super::readings::{Known, REACH, READINGS, place};
use super::steps::{Reached, Steps};

/// The most characters that a place may have.
const SPAN: usize = 72;

/// Prices that are told apart: 0 to 3 and what adds up to no more.
const PRICES: usize = 4;

/// What more a reading costs that a word of two kanji does not begin with, in front of a third.
const STRANGE: usize = 2;

/// What rare readings may cost together. `None`: no kanji is read at all.
pub(super) type Budget = Option<usize>;

/// What was reached before a character, for each price.
type Column = [Reached; PRICES];

/// What was reached before each character, and where the letters were spent.
pub(super) struct Walk<'s> {
    steps: &'s Steps,
    budget: Budget,
    /// What is known of the row of kanji at the start.
    known: Option<Known<'static>>,
    /// What is known of its first two kanji, where there is a third one.
    within: Option<Known<'static>>,
    /// Before each character, counted from the start.
    columns: Vec<Column>,
    whole: Option<usize>,
    cut: Option<usize>,
}

/// A character with its neighbours.
struct Spot<'t> {
    /// How many characters stand between the start and it.
    index: usize,
    /// What the readings before it cost.
    price: usize,
    before: Option<char>,
    here: char,
    /// The bytes from the start to behind it.
    end: usize,
    behind: &'t str,
}

impl<'s> Walk<'s> {
    pub(super) fn new(steps: &'s Steps) -> Walk<'s> {
        Walk {
            steps,
            budget: None,
            known: None,
            within: None,
            columns: Vec::new(),
            whole: None,
            cut: None,
        }
    }

    /// How many bytes at the start of a text the letters are read out of, and whether they end
    /// with a whole reading there. The longest place that does, else the shortest one.
    pub(super) fn longest(
        &mut self,
        text: &str,
        mut before: Option<char>,
        budget: Budget,
        known: bool,
    ) -> Option<(usize, bool)> {
        (self.budget, self.whole, self.cut) = (budget, None, None);
        (self.known, self.within) = if known { known_row(text) } else { (None, None) };
        self.columns.clear();
        self.columns.push(Column::default());
        if let Some([free, ..]) = self.columns.first_mut() {
            *free = Reached::START;
        }
        for (index, (at, here)) in text.char_indices().take(SPAN).enumerate() {
            let Some(column) = self.columns.get(index).copied() else {
                break;
            };
            let end = at + here.len_utf8();
            let behind = text.get(end..).unwrap_or_default();
            for (price, &from) in column.iter().enumerate() {
                if !from.is_nowhere() {
                    self.go_on(
                        from,
                        &Spot {
                            index,
                            price,
                            before,
                            here,
                            end,
                            behind,
                        },
                    );
                }
            }
            before = Some(here);
        }
        let whole = self.whole.map(|end| (end, true));
        whole.or(self.cut.map(|end| (end, false)))
    }

    fn go_on(&mut self, from: Reached, spot: &Spot) {
        match spot.here {
            'ー' => {
                let before = spot.before.and_then(|kana| MORAS.of_kana(kana, None));
                self.beat(from, MORAS.long_behind(before), spot);
            }
            '\u{3041}'..='\u{3096}' => self.kana(from, spot),
            // People write the space between the names or don't.
            ' ' if spot.index > 0 && spot.before.is_some_and(|before| place(before).is_some()) => {
                let going_on = self.steps.unfinished(from);
                self.arrive(going_on, 1, spot);
            }
            '々' => {
                if let Some(repeated) = spot.before.filter(|_| spot.index > 0) {
                    self.readings(from, repeated, spot);
                }
            }
            kanji => self.readings(from, kanji, spot),
        }
    }

    fn kana(&mut self, from: Reached, spot: &Spot) {
        let next = spot.behind.chars().next();
        let pair = next.and_then(|small| MORAS.of_kana(spot.here, Some(small)));
        if let Some(mora) = pair {
            let reached = self.steps.advance(from, mora);
            let small = next.map_or(0, char::len_utf8);
            let behind = spot.behind.get(small..).unwrap_or_default();
            self.arrive(
                reached,
                2,
                &Spot {
                    end: spot.end + small,
                    behind,
                    ..*spot
                },
            );
            return;
        }
        let Some(mora) = MORAS.of_kana(spot.here, None) else {
            return;
        };
        let before = spot.before.filter(|_| spot.index > 0);
        let before_mora = before.and_then(|kana| MORAS.of_kana(kana, None));
        let long = before_mora.and_then(|before| MORAS.lengthening(before, mora));
        self.beat(from, long.unwrap_or(mora), spot);
        // The ヶ of 関ヶ原 and of 三ヶ月.
        if spot.here == 'け' && before.is_some_and(is_kanji) {
            for sound in ['が', 'か'] {
                if let Some(mora) = MORAS.of_kana(sound, None) {
                    self.beat(from, mora, spot);
                }
            }
        }
    }

    fn beat(&mut self, from: Reached, mora: Mora, spot: &Spot) {
        self.arrive(self.steps.advance(from, mora), 1, spot);
    }

    fn readings(&mut self, from: Reached, kanji: char, spot: &Spot) {
        let Some(left) = self
            .budget
            .and_then(|budget| budget.checked_sub(spot.price))
        else {
            return;
        };
        let first = spot.index == 0;
        let mut reached = Column::default();
        for reading in READINGS.of(kanji) {
            let price = match self.known {
                Some(known) if first && known.begins_with(reading.sound) => 0,
                Some(_) if first || !reading.tail => continue,
                Some(_) => 0,
                None => {
                    let strange = |known: Known| !known.begins_with(reading.sound);
                    let more = if first && self.within.is_some_and(strange) {
                        STRANGE
                    } else {
                        0
                    };
                    usize::from(reading.price) + more
                }
            };
            if let Some(reached) = reached.get_mut(price).filter(|_| price <= left) {
                // Rare readings are not changed on top of it.
                let unchanged = first || price > 1;
                reached.add(
                    self.steps
                        .read(from, READINGS.sound(reading.sound), unchanged),
                );
            }
        }
        for (more, reached) in reached.into_iter().enumerate() {
            let price = spot.price + more;
            self.arrive(reached, 1, &Spot { price, ..*spot });
        }
        for (rest, reading) in READINGS.words(spot.here) {
            if rest.is_empty() && !(first && self.known.is_some_and(|known| known.is_one)) {
                continue;
            }
            if let Some(behind) = spot.behind.strip_prefix(rest) {
                let reached = self.steps.read(from, READINGS.sound(reading), first);
                let end = spot.end + rest.len();
                let length = 1 + rest.chars().count();
                self.arrive(
                    reached,
                    length,
                    &Spot {
                        end,
                        behind,
                        ..*spot
                    },
                );
            }
        }
    }

    /// Something leads `length` characters on, to the end of a spot.
    fn arrive(&mut self, reached: Reached, length: usize, spot: &Spot) {
        if self.steps.is_end(reached) {
            self.whole = self.whole.max(Some(spot.end));
        }
        if reached.cut {
            self.cut = Some(self.cut.map_or(spot.end, |cut| cut.min(spot.end)));
        }
        if reached.is_nowhere() {
            return;
        }
        let to = spot.index + length;
        if self.columns.len() <= to {
            self.columns.resize(to + 1, Column::default());
        }
        let known = self
            .columns
            .get_mut(to)
            .and_then(|column| column.get_mut(spot.price));
        if let Some(known) = known {
            known.add(reached);
        }
    }
}

/// What is known of a row of kanji with which a text begins, if it has one or two of them, else of
/// its first two.
fn known_row(text: &str) -> (Option<Known<'static>>, Option<Known<'static>>) {
    let mut row = text.chars().take_while(|&c| is_kanji(c));
    let Some(first) = row.next() else {
        return (None, None);
    };
    let known = READINGS.known(first, row.next());
    match (row.next(), row.next()) {
        (None, _) => (known, None),
        (_, None) => (None, known.filter(Known::has_pairs)),
        _ => (None, None),
    }
}

/// A bit for each character of the reach: whether a place may begin with it.
pub(super) fn beginnings(steps: &Steps, kanji: bool) -> Box<[u64]> {
    let mut bits = vec![0_u64; (REACH.1 - REACH.0) as usize / 64 + 1].into_boxed_slice();
    let mut mark = |at: usize| {
        if let Some(bits) = bits.get_mut(at / 64) {
            *bits |= 1 << (at % 64);
        }
    };
    let leads = |reached: Reached| reached.cut || !reached.is_nowhere();
    for (number, row) in (0..).zip(&MORAS.rows) {
        let first = row.kana.chars().next().filter(|&first| first != 'ー');
        if let Some(at) = first.and_then(place)
            && leads(steps.advance(Reached::START, Mora(number)))
        {
            mark(at);
        }
    }
    if kanji {
        let numbers = 0..u16::try_from(READINGS.len()).unwrap_or(u16::MAX);
        let leading: Vec<bool> = numbers
            .map(|number| leads(steps.read(Reached::START, READINGS.sound(number), true)))
            .collect();
        let is_leading = |reading: u16| leading.get(usize::from(reading)) == Some(&true);
        let begun = READINGS.begun_by(is_leading);
        begun.into_iter().for_each(mark);
    }
    bits
}

/// Whether a character goes on with what stands before it, so that no place begins in between.
pub(super) fn goes_on(here: char, before: Option<char>) -> bool {
    let clings = "んっーぁぃぅぇぉゃゅょゎ".contains(here);
    clings && before.is_some_and(|before| place(before).is_some())
}

/// Whether a kanji stands behind an odd number of others, as most words in a row have two.
pub(super) fn is_within_word(before: &str, here: char) -> bool {
    let row = before.chars().rev().take(SPAN).take_while(|&c| is_kanji(c));
    is_kanji(here) && row.count() % 2 == 1
}

pub(super) fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '\u{3400}'..='\u{9FFF}')
}
