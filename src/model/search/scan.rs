//! Meets the words of a query with the texts of one customer.

use std::ops::Range;

use memchr::memmem::Finder;

use super::index::{Part, Zone};
use super::query::{Atom, Clause, Query, Test};
use super::rank::{UNMET, inherited, least, points};
use super::word::{How, Word, stand};

/// A query made ready: what to look for, the rarest first.
#[derive(Debug)]
pub(super) struct Plan<'q> {
    clauses: Vec<Step<'q>>,
    /// Whether something is asked of the entry itself, so that its customer's names alone are not
    /// enough.
    asks: bool,
}

#[derive(Debug)]
struct Step<'q> {
    not: bool,
    literals: Vec<Literal>,
    tests: Vec<&'q Test>,
}

/// Something that is looked for as it stands.
#[derive(Debug)]
struct Literal {
    finder: Finder<'static>,
    /// How many line ends it has before and behind the word.
    lead: usize,
    tail: usize,
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
            }
        })
    }

    /// Where it stands next in a text.
    fn find(&self, text: &[u8], from: usize) -> Option<Range<usize>> {
        let found = self.finder.find(text.get(from..)?)? + from;
        Some(found + self.lead..found + self.finder.needle().len() - self.tail)
    }
}

impl<'q> Plan<'q> {
    /// A query made ready.
    pub(super) fn new(query: &'q Query) -> Plan<'q> {
        let mut clauses: Vec<Step> = query.clauses().iter().map(Step::new).collect();
        clauses.sort_by_key(Step::work);
        Plan {
            asks: clauses.iter().any(|step| !step.not),
            clauses,
        }
    }
}

impl<'q> Step<'q> {
    fn new(clause: &'q Clause) -> Step<'q> {
        let mut step = Step {
            not: clause.not,
            literals: Vec::new(),
            tests: Vec::new(),
        };
        for atom in &clause.any {
            match atom {
                Atom::Word(word) => step.literals.extend(Literal::all(word)),
                Atom::Test(test) => step.tests.push(test),
            }
        }
        step
    }

    /// Long words are rare, and leave little to be looked at for what comes behind them.
    fn work(&self) -> (bool, bool, std::cmp::Reverse<usize>) {
        let shortest = self
            .literals
            .iter()
            .map(|literal| literal.finder.needle().len());
        let shortest = shortest.min().unwrap_or(0);
        (
            self.not,
            !self.tests.is_empty(),
            std::cmp::Reverse(shortest),
        )
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
}

impl Sheet {
    /// The documents that meet a query, with their points.
    pub(super) fn meet(&mut self, part: &Part, plan: &Plan, mut found: impl FnMut(usize, u16)) {
        let len = part.len();
        self.sums.clear();
        self.sums.resize(len, 0);
        self.own.clear();
        self.own.resize(len, !plan.asks);
        for step in &plan.clauses {
            self.look(part, step);
            if !self.add(step.not) {
                return;
            }
        }
        for (doc, (&sum, &own)) in self.sums.iter().zip(&self.own).enumerate() {
            if own && sum != UNMET {
                found(doc, sum);
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
        for test in &step.tests {
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
            let least = least(zone);
            if *now > least {
                *now = (*now).min(points(stand(text, place.clone()), zone));
                if doc == 0 && zone == Zone::Names {
                    self.names = *now;
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

/// The next documents side by side that nothing spoke against yet.
fn next_run(sums: &[u16], from: usize) -> Option<Range<usize>> {
    let rest = sums.get(from..)?;
    let start = from + rest.iter().position(|sum| *sum != UNMET)?;
    let rest = sums.get(start..)?;
    let len = rest.iter().position(|sum| *sum == UNMET);
    Some(start..start + len.unwrap_or(rest.len()))
}
