//! Meets the words of a query with the texts of one customer.

use std::ops::Range;

use memchr::memmem::Finder;

use super::beside::Beside;
use super::border::{is_behind_kanji, is_word, stand};
use super::fuzzy::{Fuzzy, bits, may_lie_apart};
use super::index::Part;
use super::lexicon::Lexicon;
use super::query::{Atom, Clause, Query, Test};
use super::rank::{UNMET, inherited, least, points};
use super::word::{At, Fit, How, Way, Word};
use super::zone::Zone;
use crate::model::romaji::Spoken;

/// What a loose word is taken for besides what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Leave {
    /// For nothing else.
    AsTyped,
    /// For the words that are one slip away.
    Slips,
    /// And for letters that lie apart.
    Apart,
}

/// A query made ready: what to look for, the rarest first.
pub(super) struct Plan<'q> {
    steps: Vec<Step<'q>>,
    beside: Beside,
    /// Whether something is asked of the entry itself, so that its customer's names alone are not
    /// enough.
    asks: bool,
}

struct Step<'q> {
    not: bool,
    literals: Vec<Literal>,
    tests: Vec<&'q Test>,
    /// What reads its words in the names.
    spoken: Vec<&'q Spoken>,
    /// The words whose letters may lie apart, with their bits.
    apart: Vec<(&'q str, u64)>,
}

/// Something that is looked for as it stands.
#[derive(Debug)]
struct Literal {
    finder: Finder<'static>,
    /// How many line ends it has before and behind the word.
    lead: usize,
    tail: usize,
    stands: Stands,
}

/// What a literal stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// Itself.
    Typed,
    /// What was typed, as it is read: whether it is so behind another kanji too.
    Read { within: bool },
    /// What may have been meant: whether it must be all of the word that it stands in.
    Slip { is_whole: bool },
}

impl Stands {
    fn way(self) -> Way {
        match self {
            Stands::Typed => Way::Typed,
            Stands::Read { .. } => Way::Read,
            Stands::Slip { .. } => Way::Slip,
        }
    }
}

impl Literal {
    fn all(word: &Word) -> impl Iterator<Item = Literal> {
        let lead = usize::from(matches!(word.how(), How::Start | How::Whole));
        let tail = usize::from(matches!(word.how(), How::End | How::Whole));
        word.spellings().map(move |spelling| {
            let needle = format!("{}{spelling}{}", "\n".repeat(lead), "\n".repeat(tail));
            Literal {
                finder: Finder::new(needle.as_bytes()).into_owned(),
                lead,
                tail,
                stands: Stands::Typed,
            }
        })
    }

    fn other(text: &str, stands: Stands) -> Literal {
        Literal {
            finder: Finder::new(text.as_bytes()).into_owned(),
            lead: 0,
            tail: 0,
            stands,
        }
    }

    /// Where it stands next in a text.
    fn find(&self, text: &[u8], from: usize) -> Option<Range<usize>> {
        let found = self.finder.find(text.get(from..)?)? + from;
        Some(found + self.lead..found + self.finder.needle().len() - self.tail)
    }

    /// How it stands at a place; `None`: the place is none of its own.
    fn fit(&self, text: &str, place: Range<usize>) -> Option<Fit> {
        let at = stand(text, place.clone());
        let is_its_own = match self.stands {
            Stands::Slip { is_whole } => is_word(text, place, is_whole),
            Stands::Read { within } => within || !is_behind_kanji(text, place.start),
            Stands::Typed => true,
        };
        let way = self.stands.way();
        is_its_own.then_some(Fit { way, at })
    }

    /// The fewest points that it takes in a zone, or in one behind it.
    fn least(&self, zone: Zone) -> u16 {
        least(self.stands.way(), zone)
    }
}

impl<'q> Plan<'q> {
    /// A query made ready.
    pub(super) fn new(query: &'q Query, lexicon: &Lexicon, leave: Leave) -> Plan<'q> {
        let clauses = query.clauses();
        let is_first = |(at, clause): &(usize, &Clause)| {
            let mut before = clauses.iter().take(*at);
            !before.any(|other| other == *clause)
        };
        let asked = clauses.iter().enumerate().filter(is_first);
        let mut steps: Vec<Step> = asked
            .map(|(_, clause)| Step::new(clause, lexicon, leave))
            .collect();
        let wanted = steps
            .iter()
            .filter(|step| !step.not && step.tests.is_empty());
        let beside = Beside::new(wanted.map(Step::spellings).collect());
        steps.sort_by_key(Step::work);
        Plan {
            asks: steps.iter().any(|step| !step.not),
            beside,
            steps,
        }
    }

    /// Whether any word is taken for more than what was typed.
    pub(super) fn is_wider(&self, leave: Leave) -> bool {
        self.steps.iter().any(|step| match leave {
            Leave::AsTyped => false,
            Leave::Slips => {
                let mut literals = step.literals.iter();
                literals.any(|literal| matches!(literal.stands, Stands::Slip { .. }))
            }
            Leave::Apart => !step.apart.is_empty(),
        })
    }
}

impl<'q> Step<'q> {
    fn new(clause: &'q Clause, lexicon: &Lexicon, leave: Leave) -> Step<'q> {
        let mut step = Step {
            not: clause.not,
            literals: Vec::new(),
            tests: Vec::new(),
            spoken: Vec::new(),
            apart: Vec::new(),
        };
        for atom in &clause.any {
            match atom {
                Atom::Word(word) => step.seek(word, lexicon, leave),
                Atom::Test(test) => step.tests.push(test),
            }
        }
        step
    }

    fn seek(&mut self, word: &'q Word, lexicon: &Lexicon, leave: Leave) {
        self.literals.extend(Literal::all(word));
        if let Some(spoken) = word.spoken() {
            let read = lexicon.read_as(word.folded(), spoken).into_iter();
            let read = read.map(|text| {
                let within = reads_within(spoken, &text);
                Literal::other(&text, Stands::Read { within })
            });
            self.literals.extend(read);
            self.spoken.push(spoken);
        }
        // What is left out is left out for what it says, not for what it is near to.
        if self.not || word.how() != How::Loose {
            return;
        }
        if leave >= Leave::Slips {
            let meant = lexicon.meant(word.folded()).into_iter().map(|meant| {
                let is_whole = meant.is_whole;
                Literal::other(&meant.text, Stands::Slip { is_whole })
            });
            self.literals.extend(meant);
        }
        if leave >= Leave::Apart && may_lie_apart(word.folded()) {
            self.apart.push((word.folded(), bits(word.folded())));
        }
    }

    /// What is taken for its words as they were typed.
    fn spellings(&self) -> Vec<String> {
        let sure = self
            .literals
            .iter()
            .filter(|literal| matches!(literal.stands, Stands::Typed | Stands::Read { .. }));
        let spelling = |literal: &Literal| {
            String::from_utf8_lossy(literal.finder.needle())
                .trim_matches('\n')
                .to_owned()
        };
        sure.map(spelling).collect()
    }

    /// Long words are rare, and leave little to be looked at for what comes behind them.
    fn work(&self) -> (bool, bool, std::cmp::Reverse<usize>) {
        let lens = self.literals.iter();
        let shortest = lens.map(|literal| literal.finder.needle().len()).min();
        (
            self.not,
            !self.tests.is_empty(),
            std::cmp::Reverse(shortest.unwrap_or(0)),
        )
    }
}

/// Some of the documents of one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Docs(Vec<u64>);

impl Docs {
    /// One more.
    pub(super) fn insert(&mut self, doc: usize) {
        if self.0.len() <= doc / 64 {
            self.0.resize(doc / 64 + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(doc / 64) {
            *bits |= 1 << (doc % 64);
        }
    }

    /// Whether it is one of them.
    pub(super) fn has(&self, doc: usize) -> bool {
        let bits = self.0.get(doc / 64);
        bits.is_some_and(|bits| bits >> (doc % 64) & 1 == 1)
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The points of the documents of one customer; used again for the next.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The sum so far, [`UNMET`] where a word is not met.
    sums: Vec<u16>,
    /// Whether something is met by the document itself.
    own: Vec<bool>,
    /// Those of the word that is looked for.
    now: Vec<u16>,
    /// Those of its place in the customer's names.
    names: u16,
    fuzzy: Fuzzy,
}

impl Sheet {
    /// The documents that meet a query, with their points. `among`: no others are looked at.
    pub(super) fn meet(
        &mut self,
        part: &Part,
        plan: &Plan,
        among: Option<&Docs>,
        mut found: impl FnMut(usize, u16),
    ) {
        let len = part.len();
        self.sums.clear();
        match among {
            None => self.sums.resize(len, 0),
            Some(docs) => {
                let sums = (0..len).map(|doc| if docs.has(doc) { 0 } else { UNMET });
                self.sums.extend(sums);
            }
        }
        self.own.clear();
        self.own.resize(len, !plan.asks);
        for step in &plan.steps {
            self.look(part, step);
            if !self.add(step.not) {
                return;
            }
        }
        for (doc, (&sum, &own)) in self.sums.iter().zip(&self.own).enumerate() {
            if own && sum != UNMET {
                let gain = plan.beside.gain(part.text().as_bytes(), part.range(doc));
                found(doc, sum.saturating_sub(gain));
            }
        }
    }

    fn look(&mut self, part: &Part, step: &Step) {
        self.now.clear();
        self.now.resize(part.len(), UNMET);
        self.names = UNMET;
        for literal in &step.literals {
            let mut from = 0;
            while let Some(run) = next_run(&self.sums, from) {
                from = run.end;
                self.scan(part, run, literal);
            }
        }
        for spoken in &step.spoken {
            self.look_read(part, spoken);
        }
        for &(word, bits) in &step.apart {
            self.look_apart(part, word, bits);
        }
        for test in &step.tests {
            let test = test.at(&part.customer);
            let docs = self.sums.iter().zip(&mut self.now).enumerate();
            for (doc, (_, now)) in docs.filter(|(_, (sum, _))| **sum != UNMET) {
                let entry = doc
                    .checked_sub(1)
                    .and_then(|at| part.customer.entries.get(at));
                if test.holds(&part.customer, entry) {
                    *now = 0;
                }
            }
        }
    }

    /// Looks for names that are read so.
    fn look_read(&mut self, part: &Part, spoken: &Spoken) {
        let docs = self.sums.iter().zip(&mut self.now).enumerate();
        for (doc, (_, now)) in docs.filter(|(doc, (sum, _))| *doc == 0 || **sum != UNMET) {
            let names = part.names(doc);
            for place in spoken.places(names) {
                let fit = Fit {
                    way: Way::Read,
                    at: stand(names, place),
                };
                let points = points(fit, Zone::Names);
                *now = (*now).min(points);
                if doc == 0 {
                    self.names = self.names.min(points);
                }
            }
        }
    }

    /// Looks for a word whose letters lie apart, in lines that don't have it as it stands.
    fn look_apart(&mut self, part: &Part, word: &str, bits: u64) {
        let docs = self.sums.iter().zip(&mut self.now).enumerate();
        let is_left = |doc: usize, sum: u16| doc == 0 || sum != UNMET;
        for (doc, (_, now)) in
            docs.filter(|(doc, (sum, now))| is_left(*doc, **sum) && **now == UNMET)
        {
            for (place, line) in part.lines(doc, bits) {
                if let Some((loss, _)) = self.fuzzy.meet(word, line) {
                    let zone = part.zone(doc, place);
                    let fit = Fit {
                        way: Way::Apart(loss),
                        at: At::Word,
                    };
                    let points = points(fit, zone);
                    *now = (*now).min(points);
                    if doc == 0 && zone == Zone::Names {
                        self.names = self.names.min(points);
                    }
                }
            }
        }
    }

    /// Adds the points of a word; `false`: nothing is left.
    fn add(&mut self, not: bool) -> bool {
        let names = match self.names {
            UNMET => UNMET,
            names => inherited(names),
        };
        let mut any = false;
        for ((sum, own), &now) in self.sums.iter_mut().zip(&mut self.own).zip(&self.now) {
            let points = now.min(names);
            *own |= !not && now != UNMET;
            *sum = match (*sum, points == UNMET) {
                (UNMET, _) => UNMET,
                (sum, unmet) if not => {
                    if unmet {
                        sum
                    } else {
                        UNMET
                    }
                }
                (_, true) => UNMET,
                (sum, false) => sum.saturating_add(points).min(UNMET - 1),
            };
            any |= *sum != UNMET;
        }
        any
    }

    /// Looks for a literal in documents that lie side by side.
    fn scan(&mut self, part: &Part, run: Range<usize>, literal: &Literal) {
        let text = part.text();
        let end = part.range(run.end - 1).end;
        let bytes = text.as_bytes().get(..end).unwrap_or_default();
        let mut at = part.range(run.start).start - 1;
        let mut doc = run.start;
        while let Some(place) = literal.find(bytes, at) {
            doc = part.doc_at(doc, place.start);
            let Some(now) = self.now.get_mut(doc) else {
                return;
            };
            let zone = part.zone(doc, place.start);
            let least = literal.least(zone);
            if *now > least
                && let Some(fit) = literal.fit(text, place.clone())
            {
                let points = points(fit, zone);
                *now = (*now).min(points);
                if doc == 0 && zone == Zone::Names {
                    self.names = self.names.min(points);
                }
            }
            at = if *now <= least {
                part.range(doc).end - 1
            } else {
                place.start - literal.lead + 1
            };
        }
    }
}

/// Whether a text is read so behind a kanji that is no part of it: rare readings only begin a row.
fn reads_within(spoken: &Spoken, text: &str) -> bool {
    ["国", "様"].into_iter().any(|before| {
        let places = spoken.places(&format!("{before}{text}"));
        places.iter().any(|place| place.start == before.len())
    })
}

/// The next documents side by side that nothing spoke against yet, and the head, whose names
/// count for all.
fn next_run(sums: &[u16], from: usize) -> Option<Range<usize>> {
    let mut docs = sums.iter().enumerate().skip(from);
    let is_left = |(doc, sum): (usize, &u16)| doc == 0 || *sum != UNMET;
    let start = docs.by_ref().position(is_left)? + from;
    let len = docs.position(|doc| !is_left(doc));
    Some(start..len.map_or(sums.len(), |len| start + 1 + len))
}
