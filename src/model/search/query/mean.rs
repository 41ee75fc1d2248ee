//! What the parts of a typed line mean, and what is to be said about those that mean nothing yet.

use super::days;
use super::field::{self, Asks, Side};
use super::scan::{self, Piece};
use super::stand::{Kinds, State, means};
use super::test::Test;
use super::{Atom, Clause, Reading};
use crate::model::date_phrase::Leaning;
use crate::model::fold::fold;
use crate::model::kind::{Field, Kind, LEVERS, Shape};
use crate::model::near::nearest;
use crate::model::search::word::{How, Word};
use crate::model::timeline::period::Period;
use crate::model::typing::leaning;

/// The most remarks that are made.
const MAX_REMARKS: usize = 3;
/// The longest list of words in a remark, in letters.
const MAX_LISTED: usize = 72;
/// The most letters of what was typed that a remark repeats.
const MAX_REPEATED: usize = 20;

/// Reads parts, and keeps what is to be said about them.
pub(super) struct Reader<'r> {
    pub reading: &'r Reading,
    pub remarks: Vec<String>,
}

impl Reader<'_> {
    /// What a part asks for; `None`: nothing yet.
    pub fn clause(&mut self, part: &scan::Part) -> Option<Clause> {
        if part.not && part.pieces.is_empty() {
            self.remark("! leaves out what is typed right behind it".to_owned());
        }
        let any: Vec<Atom> = part
            .pieces
            .iter()
            .filter_map(|piece| self.atom(piece))
            .collect();
        (!any.is_empty()).then_some(Clause { not: part.not, any })
    }

    fn remark(&mut self, remark: String) {
        if self.remarks.len() < MAX_REMARKS && !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    fn atom(&mut self, piece: &Piece) -> Option<Atom> {
        match piece.field {
            Some((asks, name)) => self.test(asks, &fold(name), piece).map(Atom::Test),
            None => self.word(piece).map(Atom::Word),
        }
    }

    /// The word, with what it may be read as only where a person wants that.
    fn as_read(&self, word: Word) -> Word {
        match self.reading.romaji {
            true => word,
            false => word.without_romaji(),
        }
    }

    fn word(&mut self, piece: &Piece) -> Option<Word> {
        let how = match (piece.starts, piece.ends) {
            (true, true) => How::Whole,
            (true, false) => How::Start,
            (false, true) => How::End,
            (false, false) if piece.exact || piece.quoted => How::Exact,
            (false, false) => How::Loose,
        };
        if how == How::Loose && !self.is_no_field(piece.text) {
            return None;
        }
        let word = Word::new(piece.text, how);
        let word = word.map(|word| self.as_read(word));
        if word.is_none() && piece.starts {
            self.remark(
                "^ looks where a line begins, for what is typed right behind it".to_owned(),
            );
        }
        if word.is_none() && piece.exact {
            self.remark("' takes what is typed right behind it exactly".to_owned());
        }
        word
    }

    /// Whether a word with a colon in it is meant as it stands, and not a slip of a field.
    fn is_no_field(&mut self, text: &str) -> bool {
        let Some((name, rest)) = scan::split_name(text) else {
            return true;
        };
        let name = fold(name);
        // An address, a drive, or the first word of a line `lose: time`.
        if rest.starts_with(['/', '\\']) || name.len() < 2 || field::is_line_word(&name) {
            return true;
        }
        let shown = cut(&name);
        if Kind::of(&name).is_some() {
            self.remark(format!("{shown}: is no field, kind:{shown} is"));
            return true;
        }
        if let Some(near) = nearest(&name, field::names()) {
            self.remark(format!(
                "{shown}: is no field, {near}: is; in quotes it is a word"
            ));
            return false;
        }
        self.remark(format!(
            "{shown}: is no field; it is looked for as it stands"
        ));
        true
    }

    fn test(&mut self, asks: Asks, name: &str, piece: &Piece) -> Option<Test> {
        match asks {
            Asks::Days(side) => return self.days(side, name, piece).map(Test::Days),
            Asks::Field(field) => return self.field(field, piece),
            _ => {}
        }
        let usual = match asks {
            Asks::Deal => How::Exact,
            Asks::People(_) => How::Loose,
            _ => How::Start,
        };
        let word = match value(piece, usual) {
            Some(word) => word,
            None => {
                self.remark(format!("{name}: {}", missing(asks)));
                return None;
            }
        };
        match asks {
            Asks::Kind => self.kinds(word, piece).map(Test::Kind),
            Asks::State => {
                let known = self.is_known(name, &word, piece, &super::words::states());
                known.then(|| Test::State(State::new(word, self.reading.today)))
            }
            Asks::Has => {
                let names = super::words::filled();
                let known = self.is_known(name, &word, piece, &names);
                // A whole name means that field, and not those that begin like it.
                let whole = word.how() == How::Start && names.contains(&word.folded());
                let word = if whole {
                    Word::new(piece.text, How::Whole)?
                } else {
                    word
                };
                known.then_some(Test::Has(word))
            }
            Asks::Lever => {
                self.hint(name, &word, LEVERS);
                Some(Test::Lever(word))
            }
            Asks::Tag => Some(Test::Tag(word)),
            Asks::Deal => Some(Test::Deal(word)),
            Asks::People(fields) => Some(Test::People(fields, self.as_read(word))),
            Asks::Customer => Some(Test::Customer(word)),
            Asks::Group => Some(Test::Group(word)),
            Asks::Days(_) | Asks::Field(_) => None,
        }
    }

    fn kinds(&mut self, word: Word, piece: &Piece) -> Option<Kinds> {
        // `kind:concerns`
        let one = word.folded().strip_suffix('s').and_then(Kind::of);
        if let Some(kind) = one.filter(|_| word.how() == How::Start) {
            return Word::new(kind.word(), How::Start).map(Kinds::new);
        }
        let known = self.is_known("kind", &word, piece, &super::words::kinds());
        known.then(|| Kinds::new(word))
    }

    fn days(&mut self, side: Side, name: &str, piece: &Piece) -> Option<Period> {
        let period = self.period(name, Leaning::Past, piece)?;
        Some(match side {
            Side::Since => Period {
                until: days::ALWAYS.until,
                ..period
            },
            Side::Until => Period {
                from: days::ALWAYS.from,
                ..period
            },
            Side::On => period,
        })
    }

    fn period(&mut self, name: &str, leaning: Leaning, piece: &Piece) -> Option<Period> {
        let Some(read) = days::read(piece.text, leaning, self.reading) else {
            self.remark(format!("{name}: no day yet, such as 2025-10 or 昨日"));
            return None;
        };
        if read.so_far {
            let so_far = read.period.title(self.reading.week_starts);
            let typed = cut(piece.text);
            self.remark(format!(
                "{name}: {typed} is no day yet, so far it is {so_far}"
            ));
        }
        Some(read.period)
    }

    /// A field of the table without a rule of its own.
    fn field(&mut self, field: &'static Field, piece: &Piece) -> Option<Test> {
        let name = field.name;
        match field.shape {
            Shape::Day | Shape::Moment => {
                let period = self.period(name, leaning(name), piece)?;
                return Some(Test::Within(name, period));
            }
            Shape::Yes => {
                let said = fold(piece.text);
                let is = |words: [&str; 2]| words.iter().any(|word| word.starts_with(&said));
                let yes = match said.is_empty() {
                    true => None,
                    false => is(["yes", "true"])
                        .then_some(true)
                        .or(is(["no", "false"]).then_some(false)),
                };
                if yes.is_none() {
                    self.remark(format!("{name}: yes or no"));
                }
                return yes.map(|yes| Test::Yes(name, yes));
            }
            _ => {}
        }
        let usual = match field.shape {
            Shape::Word(_) | Shape::Money | Shape::Scale => How::Start,
            _ => How::Exact,
        };
        let Some(word) = value(piece, usual) else {
            self.remark(format!("{name}: {}", missing(Asks::Field(field))));
            return None;
        };
        if field.shape == Shape::Money {
            // 1,200,000 and 1_200_000 are the same amount.
            let digits = word.folded().replace([',', '_'], "");
            return Word::new(&digits, word.how()).map(|word| Test::Says(name, word));
        }
        if let Shape::Word(offered) = field.shape {
            self.hint(name, &word, offered);
        }
        Some(Test::Says(name, word))
    }

    /// Whether a value is to be asked for, and not a slip of one that is known.
    fn is_known(&mut self, name: &str, word: &Word, piece: &Piece, known: &[&str]) -> bool {
        if known.iter().any(|known| means(word, known)) {
            return true;
        }
        let typed = cut(piece.text);
        if let Some(near) = nearest(word.folded(), known.iter().copied()) {
            self.remark(format!("{name}: {typed} is not known, {near} is"));
            return false;
        }
        // A journal has words of its own; these are not known here.
        if typed.is_ascii() {
            self.remark(format!("{name}: {typed} is not among {}", listed(known)));
        }
        true
    }

    /// Says which word may be meant; others are welcome.
    fn hint(&mut self, name: &str, word: &Word, offered: &[&str]) {
        if offered.iter().any(|known| means(word, known)) {
            return;
        }
        if let Some(near) = nearest(word.folded(), offered.iter().copied()) {
            let typed = cut(word.folded());
            self.remark(format!("{name}: {typed}, or {near}?"));
        }
    }
}

/// The value of a field; `usual` is how it is looked for without marks.
fn value(piece: &Piece, usual: How) -> Option<Word> {
    let how = match (piece.starts, piece.ends) {
        (true, true) => How::Whole,
        (true, false) => How::Start,
        (false, true) if usual == How::Start => How::Whole,
        (false, true) => How::End,
        (false, false) if piece.exact => How::Exact,
        (false, false) => usual,
    };
    Word::new(piece.text, how)
}

/// What can stand behind a field's name, where nothing does yet.
pub(super) fn missing(asks: Asks) -> String {
    match asks {
        Asks::Kind => listed(&super::words::kinds()),
        Asks::State => listed(&super::words::states()),
        Asks::Lever => listed(LEVERS),
        Asks::Has => listed(&super::words::filled()),
        Asks::Deal => "the key of a deal, or words of its title".to_owned(),
        Asks::Tag => "a tag of an entry or of its customer".to_owned(),
        Asks::People(_) => "a person, by name, reading or key".to_owned(),
        Asks::Customer => "a customer, by name, reading, alias or key".to_owned(),
        Asks::Group => "a folder of the journal, such as archive".to_owned(),
        Asks::Days(_) => "a day, such as 2025-10 or 昨日".to_owned(),
        Asks::Field(field) => match field.shape.words() {
            [] => field.ask.to_owned(),
            words => listed(words),
        },
    }
}

/// Words one after the other, as many as there is room for.
fn listed(words: &[&str]) -> String {
    let mut line = String::new();
    for word in words {
        if line.len() + word.len() > MAX_LISTED {
            return line + " …";
        }
        if !line.is_empty() {
            line.push_str(", ");
        }
        line.push_str(word);
    }
    line
}

fn cut(typed: &str) -> String {
    let mut shown: String = typed.chars().take(MAX_REPEATED).collect();
    if shown.len() < typed.len() {
        shown.push('…');
    }
    shown
}
