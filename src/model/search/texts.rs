//! Whether a query finds a row of a list: the customers, the entries of a page, the palette.
//!
//! A list keeps the folded texts of each of its rows, so that a key costs a look at them and
//! nothing else. What only the engine does, ranking, is left to the list's own order.

use super::fuzzy::MAY_LIE_APART;
use super::query::{Atom, Query, Test};
use super::typo::LEAST_LETTERS;
use super::word::{Fit, How, SURELY_READ, Word};
use crate::model::fold::fold;
use crate::model::romaji::LEAST_FOR_KANJI;

/// The texts of a row, folded.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// Names and single lines, with line ends between them.
    lines: String,
    letters: Letters,
    notes: Option<Box<Notes>>,
}

/// Longer texts, in which a word is not guessed.
#[derive(Clone, Debug, Default)]
struct Notes {
    text: String,
    letters: Letters,
}

impl Texts {
    /// The names and single lines of a row that is found by its name.
    pub fn new<'t>(lines: impl IntoIterator<Item = &'t str>) -> Texts {
        let lines = folded(lines);
        Texts {
            letters: Letters::of(&lines),
            lines,
            notes: None,
        }
    }

    /// The same of a row with longer texts.
    #[must_use]
    pub fn with_notes<'t>(self, notes: impl IntoIterator<Item = &'t str>) -> Texts {
        let text = folded(notes);
        let letters = Letters::of(&text);
        Texts {
            notes: Some(Box::new(Notes { text, letters })),
            ..self
        }
    }

    /// Whether they meet a query. `test` answers what it asks besides words.
    pub fn meet(&self, query: &Query, test: impl Fn(&Test) -> bool) -> bool {
        query.clauses().iter().all(|clause| {
            let meets = |atom: &Atom| match atom {
                Atom::Word(word) => self.have(word, !clause.not),
                Atom::Test(asked) => test(asked),
            };
            clause.any.iter().any(meets) != clause.not
        })
    }

    /// How a word meets the line that it meets best; for palettes and the like.
    pub fn fit(&self, word: &Word) -> Option<Fit> {
        let missing = self.letters.missing(word);
        let may_fit = missing == 0 || is_read(word, &self.lines) || may_be_guessed(word, missing);
        let lines = self.lines.split('\n').filter(|_| may_fit);
        lines.filter_map(|line| word.fit(line)).min()
    }

    /// Whether a word meets one of them. `guess`: also as what it may have been meant to be.
    fn have(&self, word: &Word, guess: bool) -> bool {
        let missing = self.letters.missing(word);
        let mut lines = self.lines.split('\n');
        let notes = self.notes.as_deref();
        let notes = || notes.filter(|notes| notes.letters.missing(word) == 0);
        if !matches!(word.how(), How::Loose | How::Exact) {
            let mut notes = notes().into_iter().flat_map(|notes| notes.text.split('\n'));
            return missing == 0 && lines.any(|line| word.is_in(line))
                || notes.any(|line| word.is_in(line));
        }
        missing == 0 && word.is_in(&self.lines)
            || notes().is_some_and(|notes| word.is_in(&notes.text))
            || self.read(word)
            || guess && may_be_guessed(word, missing) && lines.any(|line| word.fit(line).is_some())
    }

    /// Whether a word is read out of them.
    fn read(&self, word: &Word) -> bool {
        let least = match self.notes {
            // One letter would keep half of a list of names.
            None => LEAST_FOR_KANJI,
            Some(_) => SURELY_READ,
        };
        // What is read as Japanese is in ASCII.
        word.folded().len() >= least
            && (self.letters.are_japanese() && is_read(word, &self.lines)
                || (self.notes.as_deref()).is_some_and(|notes| is_read(word, &notes.text)))
    }
}

/// No word reaches over the end of a line.
fn folded<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut all = String::new();
    for text in texts {
        if !all.is_empty() {
            all.push('\n');
        }
        all.push_str(&fold(text));
    }
    all
}

fn is_read(word: &Word, text: &str) -> bool {
    word.spoken().is_some_and(|spoken| {
        text.chars().any(|c| spoken.may_begin(c)) && !spoken.places(text).is_empty()
    })
}

/// Whether a word of which so many letters are missing may be one slip away, or have its letters
/// apart. A `false` is certain.
fn may_be_guessed(word: &Word, missing: u32) -> bool {
    let letters = word.folded().chars().count();
    let least = if missing == 0 {
        *MAY_LIE_APART.start()
    } else {
        LEAST_LETTERS
    };
    word.how() == How::Loose && missing <= 1 && letters >= least
}

/// Which letters stand in a text: a bit for each, which others may share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Letters(u64);

impl Letters {
    /// Stands for kana and kanji.
    const JAPANESE: u64 = 1 << 63;

    fn of(text: &str) -> Letters {
        let bit = |c: char| match c {
            'a'..='z' => 1 << (c as u32 - 'a' as u32),
            '\u{3005}'..='\u{9FFF}' => Letters::JAPANESE | 1 << (26 + c as u32 % 37),
            // A dash behind kana becomes another one.
            '-' => 0,
            _ => 1 << (26 + c as u32 % 37),
        };
        Letters(text.chars().fold(0, |letters, c| letters | bit(c)))
    }

    /// How many letters of a word certainly do not stand there.
    fn missing(self, word: &Word) -> u32 {
        (Letters::of(word.folded()).0 & !self.0).count_ones()
    }

    fn are_japanese(self) -> bool {
        self.0 & Letters::JAPANESE != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::search::query::Reading;
    use jiff::civil::{Weekday, date};

    fn finds(typed: &str, texts: &Texts) -> bool {
        let reading = Reading {
            today: date(2026, 11, 21),
            week_starts: Weekday::Monday,
            romaji: true,
        };
        texts.meet(&Query::parse(typed, &reading), |_| false)
    }

    #[test]
    fn a_name_is_found_in_every_way_that_search_knows() {
        let texts = Texts::new(["山田 花子", "やまだ はなこ", "Yamada Trading", "サーバー"]);
        for typed in [
            "山田",
            "ya",
            "hanako",
            "TRADING",
            "tradng",
            "tradign",
            "ymdtr",
            "ﾔﾏﾀﾞ",
            "^yamada",
            "trading$",
            "'trading",
            "\"yamada trading\"",
            "nowhere|yam",
            "!nowhere",
            "ーバ",
            "-バ",
        ] {
            assert!(finds(typed, &texts), "{typed}");
        }
        for typed in [
            "鈴木",
            "y鈴",
            "tradxxg",
            "^trading",
            "'tradng",
            "!yamada",
            "y nowhere",
        ] {
            assert!(!finds(typed, &texts), "{typed}");
        }
    }

    #[test]
    fn notes_are_read_but_never_guessed() {
        let texts = Texts::new(["a call"]).with_notes(["支払条件は payment in parts"]);
        for typed in ["支払", "shiharai", "payment", "call parts"] {
            assert!(finds(typed, &texts), "{typed}");
        }
        for typed in ["paymnet", "pymnt", "shi"] {
            assert!(!finds(typed, &texts), "{typed}");
        }
    }

    #[test]
    fn the_mask_of_letters_loses_nothing() {
        let lines = [
            "Northgate Logistics",
            "ー-ｰ ﾔﾏﾀﾞ商事㈱",
            "Müller Straße 12",
            "さとう こうぎょう",
        ];
        for line in lines {
            let texts = Texts::new([line]);
            let folded = fold(line);
            let chars: Vec<char> = folded.chars().collect();
            for from in 0..chars.len() {
                for to in from + 1..=chars.len() {
                    let piece: String = chars.get(from..to).unwrap_or_default().iter().collect();
                    if let Some(word) = Word::new(&piece, How::Loose) {
                        assert!(texts.have(&word, false), "{piece:?} in {line}");
                        assert!(texts.fit(&word).is_some(), "{piece:?} in {line}");
                    }
                }
            }
        }
    }
}
