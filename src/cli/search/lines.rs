//! Hits as lines, each with the places where the words stand.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem::Finder;

use super::{From, excerpt};
use crate::cli::print::{Tone, paint, push};
use crate::model::customer::Customer;
use crate::model::entry::Fields;
use crate::model::fold::{are_graphemes, fold_into, keeps_letters};
use crate::model::letters::Letters;
use crate::model::romaji::Heard;
use crate::model::search::engine::{self, Found, Hit};
use crate::model::search::first::First;
use crate::model::search::near::{Guess, Near};
use crate::model::search::query::Query;
use crate::model::search::word::{How, Word};
use crate::model::value::ValueRef;
use crate::pair::in_order;
use crate::ui::widgets::text::visible;

/// From so many hits on, two threads write their lines.
const MANY: usize = 500;
/// How many they write at once.
const PIECE: usize = 250;

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
    /// What finds it in a text that was not folded, where it has nothing but letters.
    letters: Option<Letters>,
    /// What it may have been meant to be, where letters tell that.
    near: Option<Box<Near>>,
}

/// Where the only word of a query stands first.
enum Place {
    /// In the text as it was written.
    Written(Range<usize>),
    /// In the folded text.
    Folded(Range<usize>),
}

/// What is needed for one line after another.
struct Desk<'q> {
    paths: HashMap<*const Customer, String>,
    /// The text that was looked at last, as it is folded.
    folded: String,
    front: String,
    /// What reads each of the words.
    heard: Vec<Option<Heard<'q>>>,
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
                letters: (is_anywhere
                    && word.folded().bytes().all(|byte| byte.is_ascii_lowercase()))
                .then(|| Letters::new(word.folded().as_bytes())),
                near: match Guess::of(word) {
                    Guess::Near(near) if word.spoken().is_none() => Some(near),
                    _ => None,
                },
            }
        };
        let words = match guessed {
            true => engine::marked(query),
            false => query.words().collect(),
        };
        Lines {
            words: words.into_iter().map(wanted).collect(),
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
    pub fn tell<E: Send>(
        &self,
        found: &Found,
        mut send: impl FnMut(&str) -> Result<(), E> + Send,
    ) -> Result<(), E> {
        if found.hits.len() < MANY {
            return send(&self.of(&found.hits, &mut self.desk(), String::new()));
        }
        // Some hits take much longer than others, and those that do stand together.
        let pieces: Vec<&[Hit]> = found.hits.chunks(PIECE).collect();
        let write = |desk: &mut Desk<'q>, at: usize, lines: String| {
            let hits = pieces.get(at).copied().unwrap_or_default();
            self.of(hits, desk, lines)
        };
        in_order(pieces.len(), || self.desk(), write, |lines| send(lines))
    }

    fn desk(&self) -> Desk<'q> {
        let words = self.words.iter();
        Desk {
            paths: HashMap::new(),
            folded: String::new(),
            front: String::new(),
            heard: words
                .map(|wanted| wanted.word.spoken().map(Heard::new))
                .collect(),
        }
    }

    /// A line for each hit, in place of what stands in a text.
    fn of(&self, hits: &[Hit], desk: &mut Desk, mut out: String) -> String {
        out.clear();
        out.reserve(hits.len() * 200);
        for hit in hits {
            let path = desk
                .paths
                .entry(Arc::as_ptr(&hit.customer))
                .or_insert_with(|| {
                    let path = self.from.path(&hit.customer.path());
                    visible(&path.to_string_lossy()).into_owned()
                });
            desk.front.clear();
            desk.front.push_str(path);
            self.push(&mut out, desk, hit);
            out.push('\n');
        }
        out
    }

    /// Adds a line, in front of which the path stands ready to be shown.
    fn push(&self, out: &mut String, desk: &mut Desk, hit: &Hit) {
        let line = hit.entry().map_or(1, |entry| entry.line);
        // Writing to a text can't fail.
        let _ = write!(desk.front, ":{line}: ");
        paint(out, &desk.front, Tone::Strong, self.colour);
        let mut add = |text: &str, tone: Tone| push(out, text, tone, self.colour);
        desk.front.clear();
        let (text, fields) = told(hit, &mut desk.front);
        add(&desk.front, Tone::Faint);
        let is_here = self.stands(&text, desk).is_some();
        self.mark(is_here, &text, &mut add);
        if !is_here && let Some((name, excerpt)) = self.elsewhere(fields, hit.first, &text, desk) {
            desk.front.clear();
            let _ = write!(desk.front, "  {name}: ");
            add(&desk.front, Tone::Faint);
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

    /// The first field behind a place in which a word of the query stands, and what stands around it.
    /// None does in the text that was told.
    fn elsewhere<'f>(
        &self,
        fields: &'f Fields,
        mut first: First,
        told: &str,
        desk: &mut Desk,
    ) -> Option<(&'f str, String)> {
        let are_letters = self.words.iter().all(Wanted::is_row_of_letters);
        let mut fields = fields.iter_from(usize::from(first.fields));
        fields.find_map(|(name, value)| {
            let first = std::mem::take(&mut first);
            let text = match value {
                ValueRef::Text(text) if text == told => return None,
                ValueRef::Text(text) => Cow::Borrowed(first.lines(text)),
                // They have no two letters side by side.
                ValueRef::When(_) if are_letters => return None,
                other => Cow::Owned(other.to_line()),
            };
            text.lines().find_map(|line| {
                let first = match self.stands(line, desk)? {
                    Some(Place::Written(place)) => Some(place),
                    Some(Place::Folded(place)) if is_folded_in_place(line, &desk.folded) => {
                        Some(place)
                    }
                    _ => self.highlights(line).into_iter().next(),
                };
                Some((name, excerpt::around(line, first?)))
            })
        })
    }

    /// Whether a word of the query stands in a text, or something that is read so; much quicker
    /// than to tell all places. Of one word, also where.
    fn stands(&self, text: &str, desk: &mut Desk) -> Option<Option<Place>> {
        if let [only] = self.words.as_slice()
            && let [heard] = desk.heard.as_mut_slice()
            && let Some(told) = only.place_as_written(heard, text, self.guessed)
        {
            return told.map(|place| Some(Place::Written(place)));
        }
        desk.folded.clear();
        fold_into(text, &mut desk.folded);
        let folded = desk.folded.as_str();
        let mut words = self.words.iter().zip(&mut desk.heard);
        let place = words.find_map(|(wanted, heard)| match self.guessed {
            true => wanted.near_place(folded).map(Some),
            false => wanted.place(heard, folded),
        })?;
        let is_only = self.words.len() == 1;
        Some(place.filter(|_| is_only).map(Place::Folded))
    }

    fn highlights(&self, text: &str) -> Vec<Range<usize>> {
        match self.guessed {
            true => engine::highlights_in_line(self.query, text),
            false => engine::highlights(self.query, text),
        }
    }
}

impl Wanted<'_> {
    /// Whether it is two letters a to z or more, as they are written and not read.
    fn is_row_of_letters(&self) -> bool {
        let letters = self.letters.as_ref();
        self.word.spoken().is_none() && letters.is_some_and(|letters| letters.count() > 1)
    }

    /// Whether and where it stands in a text, or what it may have been meant to be. `None`: only the
    /// folded text tells that.
    fn place_as_written(
        &self,
        heard: &mut Option<Heard>,
        text: &str,
        guessed: bool,
    ) -> Option<Option<Range<usize>>> {
        let letters = self.letters.as_ref()?;
        if !keeps_letters(text) {
            return None;
        }
        if guessed {
            return near_as_written(self.near.as_ref()?, text);
        }
        if let Some(place) = letters.find(text.as_bytes()) {
            return Some(Some(place..place + letters.count()));
        }
        // Where it is read, the folded text tells.
        let is_read = heard.as_mut().is_some_and(|heard| heard.is_in(text));
        (!is_read).then_some(None)
    }

    /// Whether it stands in a folded text, or something that is read so, and where, if that is
    /// quickly told.
    fn place(&self, heard: &mut Option<Heard>, folded: &str) -> Option<Option<Range<usize>>> {
        let mut read = || heard.as_mut()?.first(folded).map(Some);
        match &self.anywhere {
            Some(finder) => match finder.find(folded.as_bytes()) {
                Some(at) => Some(Some(at..at + finder.needle().len())),
                None => read(),
            },
            None if self.word.is_in(folded) => Some(None),
            None => read(),
        }
    }

    /// Where it stands in a folded line, or what it may have been meant to be.
    fn near_place(&self, folded: &str) -> Option<Range<usize>> {
        let near = self.near.as_ref();
        let may_stand = near.is_none_or(|near| near.may_be_in_line(folded));
        let places = may_stand.then(|| self.word.places_in_line(folded));
        places?.into_iter().min_by_key(|place| place.start)
    }
}

/// Whether and where something near to a word stands in a text that keeps its letters. `None`: only the
/// folded text tells that.
fn near_as_written(near: &Near, text: &str) -> Option<Option<Range<usize>>> {
    if !near.has_nearly_all_letters(text.as_bytes()) {
        return Some(None);
    }
    match near.first(text) {
        Some(place) => Some(Some(place)),
        None if near.may_lie_apart_in(text) => None,
        None => Some(None),
    }
}

/// Whether each character of a text is one of the folded text, at the same place.
fn is_folded_in_place(text: &str, folded: &str) -> bool {
    let sizes = folded.chars().map(char::len_utf8);
    let is_ascii = text.is_ascii() && !text.contains('\r') && text.len() == folded.len();
    is_ascii || are_graphemes(text) && text.chars().map(char::len_utf8).eq(sizes)
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
