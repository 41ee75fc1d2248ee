//! From a query to what it finds, best first.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::first::First;
use super::index::Part;
use super::lexicon::Lexicon;
use super::near::{Guess, Near};
use super::query::{Atom, Query};
use super::rank::{Best, Ranked};
use super::scan::{Docs, Leave, Plan, Sheet};
use super::word::Word;
use crate::model::customer::Customer;
use crate::model::entry::Entry;
use crate::model::fold::fold_map;
use crate::model::share::share;

/// Something that was found. It holds on to the customer as it was searched, so that it can be
/// shown whatever happens to the journal meanwhile.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Whose it is.
    pub customer: Arc<Customer>,
    /// The place of the entry among the customer's; `None`: the customer's head.
    pub at: Option<u32>,
    /// Before what place it holds nothing of the query, as far as that was told.
    pub first: First,
}

impl Hit {
    /// The entry; `None`: the customer's head.
    pub fn entry(&self) -> Option<&Entry> {
        self.customer.entries.get(self.at? as usize)
    }

    /// `customer:kind.key`, or the customer's key: what [`crate::model::journal::Journal::holds`]
    /// knows.
    pub fn place(&self) -> String {
        match self.entry() {
            Some(entry) => format!("{}:{}", self.customer.key, entry.id()),
            None => self.customer.key.to_string(),
        }
    }
}

/// What a query found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The best of it, best first.
    pub hits: Vec<Hit>,
    /// How much it found in all.
    pub total: usize,
    /// How many entries and customers were searched.
    pub searched: usize,
    /// Whether so little was found as it was typed that words were taken for what they may have
    /// been meant to be too.
    pub guessed: bool,
}

/// All that a query found, in the order of the journal.
#[derive(Clone, Debug, Default)]
pub struct Picked {
    /// Each customer with something in it: whether the head is, and the places of its entries.
    pub customers: Vec<(Arc<Customer>, bool, Vec<u32>)>,
    /// Whether words were taken for what they may have been meant to be too.
    pub guessed: bool,
}

/// With fewer hits than this, words are taken for what they may have been meant to be.
const FEW: usize = 20;

/// The most words whose places are looked for in a text.
const MOST_MARKED: usize = 16;

/// What a plan found.
trait Answer {
    fn none() -> Self;
    fn total(&self) -> usize;
}

/// The best of what was found, and all of it by the places of the customers.
#[derive(Default)]
struct Caught {
    best: Best,
    docs: Vec<(usize, Docs)>,
}

impl Answer for Caught {
    fn none() -> Caught {
        Caught::default()
    }

    fn total(&self) -> usize {
        self.best.total
    }
}

impl Answer for Vec<(usize, u32)> {
    fn none() -> Self {
        Vec::new()
    }

    fn total(&self) -> usize {
        self.len()
    }
}

/// Customers that an engine is about to know.
#[derive(Debug, Default)]
pub struct Gathered {
    parts: Vec<Arc<Part>>,
    lexicon: Lexicon,
}

/// Knows the journal, and answers queries.
#[derive(Debug, Default)]
pub struct Engine {
    /// By the keys of the customers.
    parts: Vec<Arc<Part>>,
    lexicon: Lexicon,
    /// Which words are kept.
    keeps: Keeps,
    /// What the last query found, for one that asks for more than it.
    last: Option<Last>,
}

/// The words that an engine has to know.
#[derive(Clone, Debug, Default)]
enum Keeps {
    #[default]
    All,
    Japanese,
    /// What these may have been meant to be.
    Near(Vec<Near>),
    None,
}

/// A query with all that it found, nothing of which was guessed.
#[derive(Debug)]
struct Last {
    query: Query,
    /// By the places of the customers.
    docs: HashMap<usize, Docs>,
}

impl Last {
    /// Whether what a query finds is among this. How a word is read hangs on its length: what
    /// `yama` reads is no part of what `yam` does.
    fn holds(&self, query: &Query) -> bool {
        let atoms = |query: &Query| {
            let mut clauses = query.clauses().iter();
            clauses.all(|clause| {
                let mut atoms = clause.any.iter();
                atoms.all(|atom| !matches!(atom, Atom::Word(word) if word.spoken().is_some()))
            })
        };
        query.narrows(&self.query) && atoms(query) && atoms(&self.query)
    }
}

impl Engine {
    /// For this query alone, [as it was typed](Engine::search_as_typed).
    pub fn as_typed(query: &Query) -> Engine {
        let mut atoms = query.clauses().iter().flat_map(|clause| &clause.any);
        let is_read = |atom: &Atom| matches!(atom, Atom::Word(word) if word.spoken().is_some());
        Engine {
            keeps: match atoms.any(is_read) {
                true => Keeps::Japanese,
                false => Keeps::None,
            },
            ..Engine::default()
        }
    }

    /// For this query alone and [words one slip away](Engine::search_with_slips) from its own.
    pub fn with_slips(query: &Query) -> Engine {
        let mut near = Vec::new();
        let mut is_near = |word: &Word| {
            match Guess::of(word) {
                Guess::Near(word) => near.push(*word),
                Guess::Nothing => {}
                Guess::Any => return false,
            }
            word.spoken().is_none()
        };
        let mut words = query.clauses().iter().flat_map(|clause| &clause.any);
        let are_near = words.all(|atom| match atom {
            Atom::Word(word) => is_near(word),
            Atom::Test(_) => true,
        });
        Engine {
            keeps: if are_near {
                Keeps::Near(near)
            } else {
                Keeps::All
            },
            ..Engine::default()
        }
    }

    /// Knows these customers from now on, and no others. What it knew of the same ones is kept.
    pub fn follow(&mut self, customers: &[Arc<Customer>]) {
        let known: HashMap<*const Customer, Arc<Part>> = self
            .parts
            .drain(..)
            .map(|part| (Arc::as_ptr(&part.customer), part))
            .collect();
        let mut new = Vec::new();
        for customer in customers {
            match known.get(&Arc::as_ptr(customer)) {
                Some(part) => self.parts.push(Arc::clone(part)),
                None => new.push(Arc::clone(customer)),
            }
        }
        if self.parts.is_empty() {
            self.lexicon = Lexicon::default();
        }
        self.add(&new);
    }

    /// Knows these customers too, as while a journal is read.
    pub fn add(&mut self, customers: &[Arc<Customer>]) {
        let read = |gathered: &mut Gathered, at: usize| {
            if let Some(customer) = customers.get(at) {
                self.gather(gathered, Arc::clone(customer), &[]);
            }
        };
        let bytes = customers
            .iter()
            .map(|customer| customer.entries.len() * 500);
        let gathered = share(customers.len(), bytes.sum(), &|| false, &read);
        self.join(gathered.unwrap_or_default());
    }

    /// Nothing gathered yet.
    pub fn nothing(&self) -> Gathered {
        Gathered {
            parts: Vec::new(),
            lexicon: match &self.keeps {
                Keeps::Japanese => Lexicon::japanese(),
                Keeps::Near(words) => Lexicon::near(words.clone()),
                _ => Lexicon::default(),
            },
        }
    }

    /// Makes one more customer ready to be [known](Engine::join), on any thread. `first`:
    /// before what places its entries hold nothing of the query that is asked then; where it is silent
    /// they may hold something anywhere.
    pub fn gather(&self, gathered: &mut Gathered, customer: Arc<Customer>, first: &[First]) {
        let part = Part::new(customer, matches!(self.keeps, Keeps::All), first);
        if !matches!(self.keeps, Keeps::None) {
            gathered.lexicon.read(part.text());
        }
        gathered.parts.push(Arc::new(part));
    }

    /// Knows what was [gathered](Engine::gather) too.
    pub fn join(&mut self, gathered: Vec<Gathered>) {
        for Gathered { parts, lexicon } in gathered {
            self.parts.extend(parts);
            self.lexicon.join(lexicon);
        }
        self.last = None;
        self.parts
            .sort_by(|a, b| a.customer.key.cmp(&b.customer.key));
    }

    /// The best `limit` of what a query finds. `None`: `is_stale` said that nobody waits for it
    /// any more.
    pub fn search(
        &mut self,
        query: &Query,
        limit: usize,
        is_stale: &dyn Fn() -> bool,
    ) -> Option<Found> {
        let last = self.last.take();
        let within = last.as_ref().filter(|last| last.holds(query));
        let (caught, leave) = self.widen(query, |plan, leave| {
            let within = within.filter(|_| leave == Leave::AsTyped);
            self.best(plan, within, limit, is_stale)
        })?;
        let Caught { best, docs } = caught;
        let found = self.found(best, leave);
        self.last = (!found.guessed).then(|| Last {
            query: query.clone(),
            docs: docs.into_iter().collect(),
        });
        Some(found)
    }

    /// The same for the words as they were typed alone: nothing is [guessed](Found::guessed),
    /// however little is found.
    pub fn search_as_typed(&self, query: &Query, limit: usize) -> Found {
        let plan = Plan::new(query, &self.lexicon, Leave::AsTyped);
        let caught = match query.is_empty() {
            true => None,
            false => self.best(&plan, None, limit, &|| false),
        };
        self.found(caught.unwrap_or_default().best, Leave::AsTyped)
    }

    /// The same with words taken for those that are one slip away. `None`: that finds little, and
    /// a [`search`](Engine::search) among more may find other things.
    pub fn search_with_slips(&self, query: &Query, limit: usize) -> Option<Found> {
        let plan = Plan::new(query, &self.lexicon, Leave::Slips);
        let caught = match plan.is_wider(Leave::Slips) {
            true => self.best(&plan, None, limit, &|| false)?,
            false => return None,
        };
        (caught.total() >= FEW).then(|| self.found(caught.best, Leave::Slips))
    }

    fn found(&self, best: Best, leave: Leave) -> Found {
        let total = best.total;
        let hit = |found: Ranked| {
            let part = self.parts.get(found.part as usize)?;
            Some(Hit {
                customer: Arc::clone(&part.customer),
                at: found.doc.checked_sub(1),
                first: part.first(found.doc as usize),
            })
        };
        Found {
            hits: best.into_sorted().into_iter().filter_map(hit).collect(),
            total,
            searched: self.searched(),
            guessed: leave > Leave::AsTyped,
        }
    }

    /// All that a query finds.
    pub fn pick(&mut self, query: &Query, is_stale: &dyn Fn() -> bool) -> Option<Picked> {
        let (mut found, leave) = self.widen(query, |plan, _| self.all(plan, is_stale))?;
        found.sort_unstable();
        let mut picked = Picked {
            customers: Vec::new(),
            guessed: leave > Leave::AsTyped,
        };
        for docs in found.chunk_by(|(a, _), (b, _)| a == b) {
            let part = docs.first().and_then(|(part, _)| self.parts.get(*part));
            let Some(part) = part else { continue };
            let entries = docs.iter().filter_map(|(_, doc)| doc.checked_sub(1));
            let head = docs.iter().any(|(_, doc)| *doc == 0);
            (picked.customers).push((Arc::clone(&part.customer), head, entries.collect()));
        }
        Some(picked)
    }

    /// Answers a query as it was typed; where that finds little, once more with its words taken
    /// for the words that they may have been meant to be, and then for letters that lie apart.
    fn widen<T: Answer>(
        &self,
        query: &Query,
        answer: impl Fn(&Plan, Leave) -> Option<T>,
    ) -> Option<(T, Leave)> {
        if query.is_empty() {
            return Some((T::none(), Leave::AsTyped));
        }
        let mut left = Leave::AsTyped;
        let mut found = answer(&Plan::new(query, &self.lexicon, left), left)?;
        for leave in [Leave::Slips, Leave::Apart] {
            if found.total() >= FEW {
                break;
            }
            let plan = Plan::new(query, &self.lexicon, leave);
            if plan.is_wider(leave) {
                (found, left) = (answer(&plan, leave)?, leave);
            }
        }
        Some((found, left))
    }

    fn best(
        &self,
        plan: &Plan,
        within: Option<&Last>,
        limit: usize,
        is_stale: &dyn Fn() -> bool,
    ) -> Option<Caught> {
        let meet = |(sheet, caught): &mut (Sheet, Caught), at: usize| {
            let Some(part) = self.parts.get(at) else {
                return;
            };
            let among = within.map(|last| last.docs.get(&at));
            if among == Some(None) {
                return;
            }
            caught.best.most = limit;
            let mut docs = Docs::default();
            sheet.meet(part, plan, among.flatten(), |doc, points| {
                docs.insert(doc);
                caught.best.push(Ranked {
                    points,
                    order: part.order(doc),
                    part: u32::try_from(at).unwrap_or(u32::MAX),
                    doc: u32::try_from(doc).unwrap_or(u32::MAX),
                });
            });
            if !docs.is_empty() {
                caught.docs.push((at, docs));
            }
        };
        let mut all = Caught::default();
        all.best.most = limit;
        for (_, caught) in share(self.parts.len(), self.work(), is_stale, &meet)? {
            all.best.join(caught.best);
            all.docs.extend(caught.docs);
        }
        Some(all)
    }

    /// Customers by their places here, and documents.
    fn all(&self, plan: &Plan, is_stale: &dyn Fn() -> bool) -> Option<Vec<(usize, u32)>> {
        let meet = |(sheet, found): &mut (Sheet, Vec<(usize, u32)>), at: usize| {
            if let Some(part) = self.parts.get(at) {
                sheet.meet(part, plan, None, |doc, _| {
                    found.push((at, u32::try_from(doc).unwrap_or(u32::MAX)));
                });
            }
        };
        let found = share(self.parts.len(), self.work(), is_stale, &meet)?;
        Some(found.into_iter().flat_map(|(_, found)| found).collect())
    }

    fn work(&self) -> usize {
        self.parts.iter().map(|part| part.text().len()).sum()
    }

    /// The words of the journal that begin so, folded, the most frequent first: what a half-typed
    /// word may become.
    pub fn words_beginning(&self, folded: &str, most: usize) -> Vec<String> {
        self.lexicon.beginning(folded, most)
    }

    /// How many entries and customers it knows.
    pub fn searched(&self) -> usize {
        self.parts.iter().map(|part| part.len()).sum()
    }

    /// How many bytes the index takes beside the journal itself, about.
    pub fn bytes(&self) -> usize {
        let parts = self.parts.iter().map(|part| part.bytes());
        parts.sum::<usize>() + self.lexicon.bytes()
    }
}

/// Where the words of a query stand in a text, for showing it: byte ranges, first to last, that
/// begin and end between graphemes and do not overlap.
pub fn highlights(query: &Query, text: &str) -> Vec<Range<usize>> {
    let folded = fold_map(text);
    let words = marked(query).into_iter();
    one_by_one(words.flat_map(|word| word.places(&folded)).collect())
}

/// The same for a name or a line of what was [guessed](Found::guessed), where letters may lie
/// apart.
pub fn highlights_in_line(query: &Query, line: &str) -> Vec<Range<usize>> {
    let folded = fold_map(line);
    let words = marked(query).into_iter();
    let places = words.filter_map(|word| word.fit_places(&folded));
    one_by_one(places.flat_map(|(_, places)| places).collect())
}

/// The words that are shown where they stand, each once.
pub fn marked(query: &Query) -> Vec<&Word> {
    let mut words: Vec<&Word> = Vec::new();
    for word in query.words() {
        if words.len() < MOST_MARKED && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// Puts places in order and joins those that overlap.
fn one_by_one(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| place.start);
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}
