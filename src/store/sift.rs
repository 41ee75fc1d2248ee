//! Which parts of a journal a search has to parse.
//!
//! A file is looked at as bytes first. Whatever can't hold the words of a query is not parsed:
//! neither whole files nor, of a file that may hold them, its other entries. The look is rough
//! and errs on one side only: it may keep what the search then does not find.

mod plain;
mod rough;
mod rows;

use memchr::memmem;
use plain::{Sign, is_plain};
use rough::{Rough, holds, runs};
use rows::{Rows, may_read};

use super::read::cut::{Cut, cut};
use super::read::{self, Read};
use super::syntax;
use crate::model::kind::Kind;
use crate::model::packed::Packer;
use crate::model::romaji::Spoken;
use crate::model::search::near::{Guess, Near, is_found_in_parts};
use crate::model::search::query::{Atom, Kinds, Query, Test};
use crate::model::search::word::Word;

/// The clauses that are told apart; of a longer query the first ones count.
const CLAUSES: usize = 64;

static ROUGH: Rough = Rough::new();

/// Knows what has to stand in an entry, or in its customer's head, for a query to find it.
#[derive(Debug)]
pub struct Sift<'q> {
    /// What meets each of the clauses.
    wanted: Vec<Vec<Need<'q>>>,
    /// Kinds of which every entry is kept, as the query is answered by them too.
    also: &'static [&'static str],
    /// Whether what comes near to a word meets it too.
    guesses: bool,
}

/// What may meet a clause.
#[derive(Debug)]
enum Need<'q> {
    /// Letters that stand there, all of these runs; or Japanese that is read so.
    Word(Vec<Vec<u16>>, &'q Word, Option<Sign>),
    /// What may have been meant.
    Near(Box<Near>),
    /// A kind.
    Kind(&'q Kinds),
    /// Something that only shows when all is read.
    Any,
}

/// Memory to use again for the next file.
#[derive(Debug, Default)]
pub struct Scratch {
    rough: Vec<u16>,
    rows: Rows,
    packer: Packer,
}

/// What may stand in one table of a file.
#[derive(Debug)]
struct Look<'b> {
    cut: Cut<'b>,
    /// The clauses that it may meet.
    meets: u64,
}

impl<'q> Sift<'q> {
    /// For the words of a query as they are written or read: not for what comes near them.
    pub fn new(query: &'q Query) -> Sift<'q> {
        let wanted = query.clauses().iter().filter(|clause| !clause.not);
        let wanted = wanted.take(CLAUSES);
        let atoms = query.clauses().iter().flat_map(|clause| &clause.any);
        let asks_more = |atom: &Atom| matches!(atom, Atom::Test(Test::Deal(_) | Test::People(..)));
        Sift {
            wanted: wanted
                .map(|clause| clause.any.iter().map(Need::of).collect())
                .collect(),
            also: match atoms.into_iter().any(asks_more) {
                true => &["contact", "deal"],
                false => &[],
            },
            guesses: false,
        }
    }

    /// For what may have been meant by them too: words that are one slip away, and if `apart`
    /// letters that lie apart. `None`: only the whole journal tells that. It is for a query that
    /// finds nothing as it was typed.
    pub fn guessing(query: &'q Query, apart: bool) -> Option<Sift<'q>> {
        let mut sift = Sift::new(query);
        sift.guesses = true;
        for needs in &mut sift.wanted {
            let mut near = Vec::new();
            for need in needs.iter() {
                let Need::Word(_, word, _) = need else {
                    continue;
                };
                match Guess::of(word) {
                    Guess::Nothing => {}
                    Guess::Near(word) if apart => near.push(Need::Near(word)),
                    Guess::Near(word) => {
                        near.push(Need::Near(Box::new(word.with_slips_alone())));
                    }
                    Guess::Any => return None,
                }
            }
            needs.extend(near);
        }
        if let [needs] = sift.wanted.as_mut_slice() {
            // Alone it was looked for as it was typed before anything was guessed, and what is read
            // so is counted by its spellings.
            needs.retain(|need| !matches!(need, Need::Word(_, word, _) if word.spoken().is_none()));
        }
        is_found_in_parts(query).then_some(sift)
    }

    /// Reads of a customer's file what the query may find, with its head. `None`: nothing.
    pub fn read(&self, key: &str, bytes: &[u8], scratch: &mut Scratch) -> Option<Read> {
        if self.has_nothing(key, bytes) {
            return None;
        }
        let Some(cuts) = cut(bytes) else {
            let whole = Cut {
                range: 0..bytes.len(),
                kind: None,
            };
            let meets = self.meets(key, bytes, &whole, scratch);
            let may = self.guesses || meets == self.all() || self.is_about_kinds();
            return may.then(|| read::read_bytes(key, bytes));
        };
        let mut looks = Vec::with_capacity(cuts.len());
        let mut head = 0;
        for cut in cuts {
            let meets = self.meets(key, bytes, &cut, scratch);
            if cut.kind.is_none() {
                head |= meets;
            }
            looks.push(Look { cut, meets });
        }
        let all = self.all();
        let is_wanted =
            |look: &Look| look.cut.kind.is_some() && look.meets != 0 && look.meets | head == all;
        if head != all && !looks.iter().any(is_wanted) {
            return None;
        }
        let is_also = |look: &Look| look.cut.kind.is_none_or(|kind| self.also.contains(&kind));
        let is_read = |look: &&Look| is_also(look) || is_wanted(look);
        let cuts: Vec<&Cut> = looks.iter().filter(is_read).map(|look| &look.cut).collect();
        let parts = syntax::text_of(bytes).and_then(|text| {
            let plain = read::plain::tables(key, text, cuts.iter().copied(), &mut scratch.packer);
            plain.map(Read::whole).or_else(|| {
                let ranges = cuts.iter().map(|cut| cut.range.clone());
                read::read_parts(key, text, ranges)
            })
        });
        Some(parts.unwrap_or_else(|| read::read_bytes(key, bytes)))
    }

    fn is_about_kinds(&self) -> bool {
        let mut needs = self.wanted.iter().flatten();
        needs.any(|need| matches!(need, Need::Kind(_)))
    }

    fn all(&self) -> u64 {
        let rest = CLAUSES.saturating_sub(self.wanted.len());
        u64::MAX
            .checked_shr(u32::try_from(rest).unwrap_or(u32::MAX))
            .unwrap_or(0)
    }

    /// Whether a file has nothing in it that meets one of the clauses. A `true` is certain.
    fn has_nothing(&self, key: &str, bytes: &[u8]) -> bool {
        let is_met = |need: &Need| match need {
            Need::Word(_, word, Some(sign)) => {
                word.spoken().is_some() && !bytes.is_ascii()
                    || sign.is_in(bytes)
                    || sign.is_in(key.as_bytes())
            }
            Need::Near(near) => {
                near.may_have_letters(bytes) || near.may_have_letters(key.as_bytes())
            }
            _ => true,
        };
        let mut clauses = self.wanted.iter();
        clauses.any(|needs| !needs.iter().any(is_met))
            && is_plain(bytes)
            && is_plain(key.as_bytes())
    }

    /// The clauses that a plain part of a file may meet. `None`: that takes a closer look.
    fn meets_plainly(&self, key: &str, part: &[u8], cut: &Cut, rows: &mut Rows) -> Option<u64> {
        let is_top = cut.range.start == 0;
        let mut meets = 0;
        for (at, needs) in self.wanted.iter().enumerate() {
            let mut is_open = false;
            let may = |need: &Need| match need {
                Need::Word(_, word, Some(sign)) => {
                    sign.is_in(part)
                        || is_top && sign.is_in(key.as_bytes())
                        || spoken_in(word, cut).is_some_and(|spoken| {
                            rows.may_read(spoken, part)
                                || is_top && rows.may_read(spoken, key.as_bytes())
                        })
                }
                Need::Near(near) => {
                    let may = near.may_be_in_plain(part);
                    is_open |= is_top || may.is_none();
                    may == Some(true)
                }
                Need::Kind(kinds) => may_be(kinds, cut.kind),
                Need::Any => true,
                Need::Word(..) => {
                    is_open = true;
                    false
                }
            };
            let may = needs.iter().any(may);
            if !may && is_open {
                return None;
            }
            meets |= u64::from(may) << at;
        }
        Some(meets)
    }

    /// The clauses that a part of a file may meet.
    fn meets(&self, key: &str, bytes: &[u8], cut: &Cut, scratch: &mut Scratch) -> u64 {
        let part = bytes.get(cut.range.clone()).unwrap_or_default();
        let is_top = cut.range.start == 0;
        if is_plain(part)
            && (!is_top || is_plain(key.as_bytes()))
            && let Some(meets) = self.meets_plainly(key, part, cut, &mut scratch.rows)
        {
            return meets;
        }
        let Scratch { rough, rows, .. } = scratch;
        rough.clear();
        let mut is_clear = ROUGH.push(part, rough);
        if is_top {
            // The key is among a customer's names.
            rough.push(u16::from(b'\n'));
            is_clear &= ROUGH.push(key.as_bytes(), rough);
        }
        let mut meets = 0;
        for (at, needs) in self.wanted.iter().enumerate() {
            let mut may = |need: &Need| match need {
                Need::Word(..) | Need::Near(_) if !is_clear => true,
                Need::Near(near) => near.may_be_in(rough) || has_wide_quotes(part),
                Need::Word(runs, word, _) => {
                    runs.iter().all(|run| holds(rough, run))
                        || spoken_in(word, cut)
                            .is_some_and(|spoken| may_read(spoken, rough, &mut rows.text))
                }
                Need::Kind(kinds) => may_be(kinds, cut.kind),
                Need::Any => true,
            };
            meets |= u64::from(needs.iter().any(&mut may)) << at;
        }
        meets
    }
}

impl<'q> Need<'q> {
    fn of(atom: &'q Atom) -> Need<'q> {
        match atom {
            Atom::Word(word) => Need::Word(runs(word.folded()), word, Sign::of(word.folded())),
            Atom::Test(Test::Kind(kinds)) => Need::Kind(kinds),
            Atom::Test(_) => Need::Any,
        }
    }
}

/// What reads a word in a part of a file.
fn spoken_in<'w>(word: &'w Word, cut: &Cut) -> Option<&'w Spoken> {
    let has_names = cut.kind.is_none_or(|kind| kind == Kind::Contact.word());
    let spoken = word.spoken();
    spoken.filter(|_| has_names || !word.is_read_in_names_alone())
}

/// Whether there are quotes that fold to those around a text.
fn has_wide_quotes(part: &[u8]) -> bool {
    let mut wide = ["＂", "＇"].into_iter();
    wide.any(|quote| memmem::find(part, quote.as_bytes()).is_some())
}

fn may_be(kinds: &Kinds, kind: Option<&str>) -> bool {
    let Some(kind) = kind else {
        return kinds.has_heads();
    };
    match Kind::of(kind) {
        // The channel of an interaction is a kind too, and so is any word.
        None | Some(Kind::Interaction) => true,
        Some(kind) => kinds.has(kind),
    }
}
