//! Which parts of a journal a search has to parse.
//!
//! A file is looked at as bytes first. Whatever can't hold the words of a query is not parsed:
//! neither whole files nor, of a file that may hold them, its other entries. The look is rough
//! and errs on one side only: it may keep what the search then does not find.

mod leaf;
mod page;
mod plain;
mod rough;
mod rows;

use memchr::memmem;
use plain::{Sign, is_plain};
use rough::{Rough, holds, runs};
use rows::{Rows, may_read};

pub use leaf::Leaf;
use page::{Page, Place, all_of};

use super::read::cut::Cut;
use super::read::{self, Read};
use super::syntax;
use crate::model::kind::Kind;
use crate::model::packed::Packer;
use crate::model::romaji::Spoken;
use crate::model::search::first::First;
use crate::model::search::near::{Guess, Near};
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
    /// Whether fields that hold none of its words say nothing to the query.
    may_leave: bool,
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
    told: Vec<Told>,
}

/// What a sift held back of a customer's file.
#[derive(Debug, Default)]
pub struct Held {
    /// The customer with what the query may find.
    pub read: Read,
    /// Before what places its entries hold nothing of the query, as far as that was told.
    pub first: Vec<First>,
}

/// What may stand in one table of a file: clauses, a bit for each.
#[derive(Clone, Copy, Debug)]
struct Told {
    /// Those that it may meet.
    meets: u64,
    /// Those of which only a closer look tells.
    open: u64,
    /// A place of the file before which nothing stands in the table that is looked for.
    first: usize,
}

impl Default for Told {
    fn default() -> Told {
        Told {
            meets: 0,
            open: 0,
            first: usize::MAX,
        }
    }
}

impl Told {
    /// It may meet a clause by what stands at a place.
    fn meet(&mut self, clause: u64, at: usize) {
        self.meets |= clause;
        self.first = self.first.min(at);
    }
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
            may_leave: may_leave(query),
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
    pub fn read(&self, leaf: &Leaf, scratch: &mut Scratch) -> Option<Held> {
        let (key, bytes, all) = (leaf.key, leaf.bytes, self.all());
        let of_key = self.told_of_key(key, &mut scratch.rows);
        if leaf.is_plain && self.has_nothing(bytes, of_key, &mut scratch.rows) {
            return None;
        }
        let Some(cuts) = leaf.cuts() else {
            let whole = all_of(bytes);
            self.tell(leaf, Page::of(bytes, &whole), of_key, scratch);
            let meets = scratch.told.first().map_or(all, |told| told.meets);
            let may = self.guesses || meets == all || self.is_about_kinds();
            return may.then(|| Held::of(read::read_bytes(key, bytes)));
        };
        self.tell(leaf, Page { text: bytes, cuts }, of_key, scratch);
        let looks = || cuts.iter().zip(&scratch.told);
        let heads = looks().filter(|(cut, _)| cut.kind.is_none());
        let head = heads.fold(0, |head, (_, told)| head | told.meets);
        let is_wanted = |cut: &Cut, told: &Told| {
            cut.kind.is_some() && told.meets != 0 && told.meets | head == all
        };
        if head != all && !looks().any(|(cut, told)| is_wanted(cut, told)) {
            return None;
        }
        let is_also = |cut: &Cut| cut.kind.is_none_or(|kind| self.also.contains(&kind));
        let read = looks().filter(|(cut, told)| is_also(cut) || is_wanted(cut, told));
        let first = |told: &Told| if self.may_leave { told.first } else { 0 };
        let cuts: Vec<(&Cut, usize)> = read.map(|(cut, told)| (cut, first(told))).collect();
        let parts = syntax::text_of(bytes).and_then(|text| {
            let plain = read::plain::tables(key, text, cuts.iter().copied(), &mut scratch.packer);
            let plain = plain.map(|tables| Held {
                read: Read::whole(tables.customer),
                first: tables.first,
            });
            plain.or_else(|| {
                let ranges = cuts.iter().map(|(cut, _)| cut.range.clone());
                Some(Held::of(read::read_parts(key, text, ranges)?))
            })
        });
        Some(parts.unwrap_or_else(|| Held::of(read::read_bytes(key, bytes))))
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

    /// Each clause with its bit.
    fn clauses(&self) -> impl Iterator<Item = (u64, &[Need<'q>])> {
        let clauses = self.wanted.iter().enumerate();
        clauses.map(|(at, needs)| (1 << at, needs.as_slice()))
    }

    /// Of the key, which is among a customer's names.
    fn told_of_key(&self, key: &str, rows: &mut Rows) -> Told {
        let key = key.as_bytes();
        if !is_plain(key) {
            return Told {
                open: self.all(),
                ..Told::default()
            };
        }
        let mut told = [Told::default()];
        for (clause, needs) in self.clauses() {
            for need in needs {
                need.tell(Page::of(key, &all_of(key)), clause, &mut told, rows);
            }
        }
        let [told] = told;
        told
    }

    /// Whether a plain file has nothing in it that meets one of the clauses. A `true` is certain.
    fn has_nothing(&self, bytes: &[u8], of_key: Told, rows: &mut Rows) -> bool {
        let may_be_met = |(clause, needs): (u64, &[Need])| {
            (of_key.meets | of_key.open) & clause != 0
                || needs.iter().any(|need| need.may_be_in(bytes, rows))
        };
        !self.clauses().all(may_be_met)
    }

    /// Finds out which clauses each of these tables of a file may meet.
    fn tell(&self, leaf: &Leaf, page: Page, of_key: Told, scratch: &mut Scratch) {
        let mut all = std::mem::take(&mut scratch.told);
        all.clear();
        all.resize(page.cuts.len(), Told::default());
        for (clause, needs) in self.clauses() {
            for need in needs {
                need.tell(page, clause, &mut all, &mut scratch.rows);
            }
        }
        for (at, (cut, told)) in page.cuts.iter().zip(&mut all).enumerate() {
            let mut key = None;
            if cut.range.start == 0 {
                key = Some(leaf.key);
                told.meets |= of_key.meets;
                told.open |= of_key.open;
            }
            if !leaf.is_plain && !is_plain(page.table(at)) {
                told.open = self.all();
            }
            if told.open != 0 {
                told.first = 0;
            }
            let open = told.open & !told.meets;
            if open != 0 {
                told.meets |= self.look(page.table(at), cut, key, open, scratch);
            }
        }
        scratch.told = all;
    }

    /// Which of some clauses a table may meet with what stands in it, and a key: the closer look.
    fn look(
        &self,
        table: &[u8],
        cut: &Cut,
        key: Option<&str>,
        clauses: u64,
        scratch: &mut Scratch,
    ) -> u64 {
        let Scratch { rough, rows, .. } = scratch;
        rough.clear();
        let mut is_clear = ROUGH.push(table, rough);
        if let Some(key) = key {
            rough.push(u16::from(b'\n'));
            is_clear &= ROUGH.push(key.as_bytes(), rough);
        }
        let mut may = |need: &Need| match need {
            Need::Word(..) | Need::Near(_) if !is_clear => true,
            Need::Near(near) => near.may_be_in(rough) || has_wide_quotes(table),
            Need::Word(runs, word, _) => {
                runs.iter().all(|run| holds(rough, run))
                    || spoken_in(word, cut)
                        .is_some_and(|spoken| may_read(spoken, rough, &mut rows.text))
            }
            Need::Kind(kinds) => may_be(kinds, cut.kind),
            Need::Any => true,
        };
        let asked = self.clauses().filter(|(clause, _)| clauses & clause != 0);
        let met = asked.filter(|(_, needs)| needs.iter().any(&mut may));
        met.fold(0, |met, (clause, _)| met | clause)
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

    /// Whether anything in a plain file may meet it. A `false` is certain.
    fn may_be_in(&self, bytes: &[u8], rows: &mut Rows) -> bool {
        match self {
            Need::Word(_, word, Some(sign)) => {
                let may_read = |spoken| rows.first(spoken, bytes).is_some();
                sign.is_in(bytes) || word.spoken().is_some_and(may_read)
            }
            Need::Near(near) => near.may_be_in_plain(bytes),
            Need::Word(..) | Need::Kind(_) | Need::Any => true,
        }
    }

    /// Tells of the tables in a page which of them meets a clause by this, and in which of them only a
    /// closer look tells that. Of a table that is not plain it need not tell.
    fn tell(&self, page: Page, clause: u64, told: &mut [Told], rows: &mut Rows) {
        match self {
            Need::Word(_, word, Some(sign)) => {
                sign.tell(page, |place| meet(told, place, clause));
                if word.spoken().is_none() {
                    return;
                }
                for (at, (cut, told)) in page.cuts.iter().zip(told).enumerate() {
                    let Some(spoken) = spoken_in(word, cut) else {
                        continue;
                    };
                    if told.meets & clause != 0 {
                        told.first = 0;
                    } else if let Some(at) = rows.first(spoken, page.table(at)) {
                        told.meet(clause, cut.range.start + at);
                    }
                }
            }
            Need::Word(..) => told.iter_mut().for_each(|told| told.open |= clause),
            Need::Near(near) => {
                for piece in near.pieces() {
                    let tables = page.holding(|text| near.find_plain_slip(piece, text));
                    tables.for_each(|place| meet(told, place, clause));
                }
                let apart = page.holding(|text| near.find_rarest_if_apart(text));
                for Place { table, .. } in apart {
                    let Some(told) = told.get_mut(table) else {
                        continue;
                    };
                    if told.meets & clause != 0 {
                        told.first = 0;
                    } else if near.has_letters(page.table(table)) {
                        told.open |= clause;
                    }
                }
            }
            Need::Kind(kinds) => {
                for (cut, told) in page.cuts.iter().zip(told) {
                    told.meets |= clause * u64::from(may_be(kinds, cut.kind));
                }
            }
            Need::Any => told.iter_mut().for_each(|told| told.meets |= clause),
        }
    }
}

fn meet(told: &mut [Told], place: Place, clause: u64) {
    if let Some(told) = told.get_mut(place.table) {
        told.meet(clause, place.at);
    }
}

/// Whether what comes near to a query is found in those parts of a journal alone that are near to
/// it: each word can be told by itself, and how one is read does not hang on others.
fn is_found_in_parts(query: &Query) -> bool {
    let mut atoms = query.clauses().iter().flat_map(|clause| &clause.any);
    let is_read = |atom: &Atom| matches!(atom, Atom::Word(word) if word.spoken().is_some());
    query.clauses().len() == 1 || !atoms.any(is_read)
}

/// Whether fields in which none of the words of a query stand say nothing to it: all its words are
/// looked for, also those that must not stand there.
fn may_leave(query: &Query) -> bool {
    let clauses = query.clauses();
    clauses.len() <= CLAUSES && !clauses.iter().any(|clause| clause.not)
}

impl Held {
    /// All of which may hold something.
    pub(super) fn of(read: Read) -> Held {
        Held {
            read,
            first: Vec::new(),
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
