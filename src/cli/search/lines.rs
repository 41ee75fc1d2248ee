//! Hits as lines, each with the places where the words stand.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem::Finder;

use super::{From, excerpt};
use crate::cli::print::{Tone, push};
use crate::model::customer::Customer;
use crate::model::entry::Fields;
use crate::model::fold::{are_graphemes, fold_into};
use crate::model::search::engine::{self, Found, Hit};
use crate::model::search::near::{Guess, Near};
use crate::model::search::query::Query;
use crate::model::search::word::{How, Word};
use crate::model::value::ValueRef;

/// From so many hits on, two threads write their lines.
const MANY: usize = 500;

/// How hits are told.
pub struct Lines<'q> {
    query: &'q Query,
    words: Vec<Wanted<'q>>,
    guessed: bool,
    colour: bool,
    from: From,
}

/// A word of the query.
struct Wanted<'q> {
    word: &'q Word,
    /// What finds it where it may stand anywhere.
    anywhere: Option<Finder<'q>>,
    /// What it may have been meant to be, where letters tell that.
    near: Option<Box<Near>>,
}

impl<'q> Lines<'q> {
    /// For what this query found.
    pub fn new(query: &'q Query, guessed: bool, colour: bool, from: From) -> Lines<'q> {
        let wanted = |word: &'q Word| {
            let is_anywhere = matches!(word.how(), How::Loose | How::Exact);
            // Behind kana a dash is another letter.
            let is_sure = is_anywhere && !word.folded().starts_with('-');
            Wanted {
                word,
                anywhere: is_sure.then(|| Finder::new(word.folded())),
                near: match Guess::of(word) {
                    Guess::Near(near) if word.spoken().is_none() => Some(near),
                    _ => None,
                },
            }
        };
        Lines {
            words: query.words().map(wanted).collect(),
            query,
            guessed,
            colour,
            from,
        }
    }

    /// Gives a line for each hit to `send`, in their order.
    ///
    /// # Errors
    /// Those of `send`.
    pub fn tell<E>(
        &self,
        found: &Found,
        mut send: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        if found.hits.len() < MANY {
            return send(&self.of(&found.hits));
        }
        let (front, back) = found.hits.split_at(found.hits.len() / 2);
        std::thread::scope(|scope| {
            let back = scope.spawn(|| self.of(back));
            send(&self.of(front))?;
            match back.join() {
                Ok(back) => send(&back),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    /// A line for each hit.
    fn of(&self, hits: &[Hit]) -> String {
        let mut out = String::with_capacity(hits.len() * 160);
        let mut paths: HashMap<*const Customer, String> = HashMap::new();
        let mut front = String::new();
        let mut folded = String::new();
        for hit in hits {
            let path = paths.entry(Arc::as_ptr(&hit.customer)).or_insert_with(|| {
                let path = self.from.path(&hit.customer.path());
                path.to_string_lossy().into_owned()
            });
            front.clear();
            front.push_str(path);
            self.push(&mut out, &mut front, &mut folded, hit);
            out.push('\n');
        }
        out
    }

    /// Adds a line. `front` holds the path.
    fn push(&self, out: &mut String, front: &mut String, folded: &mut String, hit: &Hit) {
        let mut add = |text: &str, tone: Tone| push(out, text, tone, self.colour);
        let line = hit.entry().map_or(1, |entry| entry.line);
        // Writing to a text can't fail.
        let _ = write!(front, ":{line}: ");
        add(front, Tone::Strong);
        front.clear();
        let (text, fields) = told(hit, front);
        add(front, Tone::Faint);
        let is_here = self.stands(&text, folded);
        self.mark(is_here, &text, &mut add);
        if !is_here && let Some((name, excerpt)) = self.elsewhere(fields, folded) {
            front.clear();
            let _ = write!(front, "  {name}: ");
            add(front, Tone::Faint);
            self.mark(true, &excerpt, &mut add);
        }
    }

    /// Adds a text, the places that are found in it apart.
    fn mark(&self, is_found: bool, text: &str, add: &mut impl FnMut(&str, Tone)) {
        let places = match is_found && self.colour {
            true => self.highlights(text),
            false => Vec::new(),
        };
        let mut at = 0;
        let part = |range| text.get(range).unwrap_or_default();
        for place in places {
            add(part(at..place.start), Tone::Plain);
            add(part(place.clone()), Tone::Found);
            at = place.end;
        }
        add(part(at..text.len()), Tone::Plain);
    }

    /// The first field in which a word of the query stands, and what stands around it.
    fn elsewhere<'f>(&self, fields: &'f Fields, folded: &mut String) -> Option<(&'f str, String)> {
        fields.iter().find_map(|(name, value)| {
            let text = match value {
                ValueRef::Text(text) => Cow::Borrowed(text),
                other => Cow::Owned(other.to_line()),
            };
            let line = text.lines().find(|line| self.stands(line, folded))?;
            let first = self.first(line, folded)?;
            Some((name, excerpt::around(line, first)))
        })
    }

    /// Whether a word of the query stands in a text, or something that is read so. Much quicker
    /// than to tell where. `folded` then holds the text as it is folded.
    fn stands(&self, text: &str, folded: &mut String) -> bool {
        folded.clear();
        fold_into(text, folded);
        if self.guessed {
            let may_stand = |wanted: &Wanted| {
                let near = wanted.near.as_ref();
                near.is_none_or(|near| near.may_have_letters(folded.as_bytes()))
            };
            return self.words.iter().any(may_stand) && engine::stands_in_line(self.query, text);
        }
        self.words.iter().any(|wanted| {
            let is_typed = match &wanted.anywhere {
                Some(finder) => finder.find(folded.as_bytes()).is_some(),
                None => wanted.word.is_in(folded),
            };
            let spoken = wanted.word.spoken();
            is_typed || spoken.is_some_and(|spoken| spoken.reads(folded).next().is_some())
        })
    }

    /// The first place of a word in a text in which one stands.
    fn first(&self, text: &str, folded: &str) -> Option<Range<usize>> {
        if !self.guessed
            && let [
                Wanted {
                    anywhere: Some(finder),
                    ..
                },
            ] = self.words.as_slice()
            && let Some(at) = finder.find(folded.as_bytes())
            && is_folded_in_place(text, folded)
        {
            return Some(at..at + finder.needle().len());
        }
        self.highlights(text).into_iter().next()
    }

    fn highlights(&self, text: &str) -> Vec<Range<usize>> {
        match self.guessed {
            true => engine::highlights_in_line(self.query, text),
            false => engine::highlights(self.query, text),
        }
    }
}

/// Whether each character of a text is one of the folded text, at the same place.
fn is_folded_in_place(text: &str, folded: &str) -> bool {
    let sizes = folded.chars().map(char::len_utf8);
    are_graphemes(text) && text.chars().map(char::len_utf8).eq(sizes)
}

/// The text of a hit, and what else it says. `kind date  ` is put into `front`.
fn told<'h>(hit: &'h Hit, front: &mut String) -> (Cow<'h, str>, &'h Fields) {
    let Some(entry) = hit.entry() else {
        let customer = &hit.customer;
        let _ = write!(front, "customer {}  ", customer.status());
        return (Cow::Borrowed(customer.name()), &customer.head);
    };
    front.push_str(entry.kind.word());
    if let Some(when) = entry.when() {
        let _ = write!(front, " {when}");
    }
    front.push_str("  ");
    (Cow::Owned(entry.line_text()), &entry.fields)
}
