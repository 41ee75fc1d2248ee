//! The words that stand in a journal, each once: what a mistyped word or a word in Latin letters
//! may stand for, and what a half-typed one may become.

use std::collections::BTreeSet;

use super::border::{Script, script};
use super::near::Near;
use super::typo::{LEAST_LETTERS, Slip, slip};
use super::word::{READ_LETTERS, SURELY_READ};
use crate::model::memo::{ByText, Memo};
use crate::model::romaji::Spoken;

/// The longest word that is kept, in characters. What is longer was hardly typed.
const MOST_LETTERS: usize = 40;
/// The most kana behind kanji that are kept with them: enough for the ending of a verb.
const ENDING: usize = 3;
/// The most kana in a row that are kept.
const KANA: usize = 16;
/// The most spellings that are looked for, the longest first.
const MOST_READ: usize = 12;

/// The words of a journal. A word that was removed may stay: it is only looked for in vain.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// Words in letters, with how often they stand in the journal.
    latin: Words,
    /// Kanji with the kana that end them, and runs of kana.
    japanese: Words,
    /// Whether words in letters are left out, and the others counted once for each row that they
    /// stand in, however often the journal has that row.
    skips_latin: bool,
    /// These rows.
    met: Memo<()>,
    /// The words to which all that is kept is near, if nothing else is.
    near: Option<Vec<Near>>,
}

type Words = ByText<Box<str>, u32>;

/// What one slip leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Meant {
    /// What stands in a text.
    pub text: String,
    /// Whether it ends there, or is the beginning of a longer word.
    pub is_whole: bool,
}

impl Lexicon {
    /// For Japanese alone, of which nobody asks how often it stands there.
    pub(super) fn japanese() -> Lexicon {
        Lexicon {
            skips_latin: true,
            ..Lexicon::default()
        }
    }

    /// For what these words may have been meant to be alone.
    pub(super) fn near(words: Vec<Near>) -> Lexicon {
        Lexicon {
            near: Some(words),
            ..Lexicon::default()
        }
    }

    /// Knows the words of a folded text too.
    pub(super) fn read(&mut self, text: &str) {
        if let Some(words) = self.near.take() {
            self.read_near(text, &words);
            self.near = Some(words);
            return;
        }
        if !self.skips_latin {
            return self.read_row(text);
        }
        let mut met = std::mem::take(&mut self.met);
        // What stands in ASCII before or behind a Japanese word is no part of it.
        let mut rest = text;
        while let Some(start) = rest.bytes().position(|byte| !byte.is_ascii()) {
            let row = rest.get(start..).unwrap_or_default();
            let end = row.bytes().position(|byte| byte.is_ascii());
            let (row, behind) = row.split_at(end.unwrap_or(row.len()));
            met.ask(row.as_bytes(), || self.read_row(row));
            rest = behind;
        }
        self.met = met;
    }

    /// The same of words that are near to these alone.
    fn read_near(&mut self, text: &str, words: &[Near]) {
        let is_other = |c: char| Script::of(c) != Script::Letter;
        for at in words.iter().flat_map(|word| word.places(text.as_bytes())) {
            let (front, back) = text.split_at_checked(at).unwrap_or_default();
            let start = front.char_indices().rev().find(|(_, c)| is_other(*c));
            let start = start.map_or(0, |(at, c)| at + c.len_utf8());
            let end = back.find(is_other).map_or(text.len(), |len| at + len);
            self.read_row(text.get(start..end).unwrap_or_default());
        }
    }

    fn read_row(&mut self, text: &str) {
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            let script = Script::of(c);
            if matches!(script, Script::None | Script::Digit) {
                continue;
            }
            let (mut end, mut count) = (start + c.len_utf8(), 1);
            while let Some(&(at, next)) = chars.peek() {
                if Script::of(next) != script {
                    break;
                }
                (end, count) = (at + next.len_utf8(), count + 1);
                chars.next();
            }
            self.keep(text, start..end, count, script);
        }
    }

    fn keep(&mut self, text: &str, place: std::ops::Range<usize>, count: usize, script: Script) {
        let end = match script {
            Script::Letter if self.skips_latin => return,
            Script::Letter if (2..=MOST_LETTERS).contains(&count) => place.end,
            Script::Kanji if count <= MOST_LETTERS => {
                let kana = text.get(place.end..).unwrap_or_default().chars();
                let kana = kana
                    .take(ENDING)
                    .take_while(|c| Script::of(*c) == Script::Kana);
                place.end + kana.map(char::len_utf8).sum::<usize>()
            }
            Script::Kana if count >= 2 => {
                let kana = text.get(place.clone()).unwrap_or_default().chars();
                place.start + kana.take(KANA).map(char::len_utf8).sum::<usize>()
            }
            _ => return,
        };
        let words = match script {
            Script::Letter => &mut self.latin,
            _ => &mut self.japanese,
        };
        let word = text.get(place.start..end).unwrap_or_default();
        match words.get_mut(word) {
            Some(times) => *times = times.saturating_add(1),
            None => drop(words.insert(word.into(), 1)),
        }
    }

    /// Knows all that another knows.
    pub(super) fn join(&mut self, other: Lexicon) {
        for (mine, theirs) in [
            (&mut self.latin, other.latin),
            (&mut self.japanese, other.japanese),
        ] {
            for (word, times) in theirs {
                let mine = mine.entry(word).or_insert(0);
                *mine = mine.saturating_add(times);
            }
        }
    }

    /// What a typed word may have been meant to be.
    pub(super) fn meant(&self, typed: &str) -> Vec<Meant> {
        let letters: Vec<char> = typed.chars().collect();
        let words = match script(&letters) {
            Some(Script::Letter) => &self.latin,
            Some(Script::Kana) => &self.japanese,
            _ => return Vec::new(),
        };
        if letters.len() < LEAST_LETTERS {
            return Vec::new();
        }
        let is_ascii = typed.is_ascii();
        let meant = |word: &str| {
            let slip = if is_ascii {
                slip(typed.as_bytes(), word.as_bytes())
            } else {
                let word: Vec<char> = word.chars().collect();
                slip(&letters, &word)
            };
            let text = match slip? {
                Slip::Whole => word.to_owned(),
                Slip::Beginning(count) => word.chars().take(count).collect(),
            };
            Some(Meant {
                is_whole: slip == Some(Slip::Whole),
                text,
            })
        };
        let meant: BTreeSet<Meant> = words.keys().filter_map(|word| meant(word)).collect();
        meant.into_iter().collect()
    }

    /// What in the journal is read so, as it is written there.
    pub(super) fn read_as(&self, letters: &str, spoken: &Spoken) -> Vec<String> {
        if letters.len() < READ_LETTERS {
            return Vec::new();
        }
        let may_hold = |word: &&str| word.chars().any(|c| spoken.may_begin(c));
        let words = self.japanese.keys().map(|word| &**word).filter(may_hold);
        let read: BTreeSet<&str> = words
            .flat_map(|word| {
                let places = spoken.places(word).into_iter();
                places.filter_map(move |place| word.get(place))
            })
            .collect();
        let mut shortest_first: Vec<&str> = read.into_iter().collect();
        shortest_first.sort_by_key(|text| text.len());
        let mut needed: Vec<&str> = Vec::new();
        for text in shortest_first {
            // What stands in it is found where it is found.
            if !needed.iter().any(|short| text.contains(short)) {
                needed.push(text);
            }
        }
        if needed.len() > MOST_READ && letters.len() < SURELY_READ {
            return Vec::new();
        }
        let needed = needed.into_iter().rev().take(MOST_READ);
        needed.map(str::to_owned).collect()
    }

    /// The words that begin so, the most frequent first.
    pub(super) fn beginning(&self, folded: &str, most: usize) -> Vec<String> {
        let all = self.latin.iter().chain(&self.japanese);
        let mut words: Vec<(std::cmp::Reverse<u32>, &str)> = all
            .filter(|(word, _)| word.len() > folded.len() && word.starts_with(folded))
            .map(|(word, times)| (std::cmp::Reverse(*times), &**word))
            .collect();
        words.sort_unstable();
        let words = words.into_iter().take(most);
        words.map(|(_, word)| word.to_owned()).collect()
    }

    /// How many bytes it takes, about.
    pub(super) fn bytes(&self) -> usize {
        let words = [&self.latin, &self.japanese];
        let slots: usize = words
            .iter()
            .map(|words| words.capacity() * 8 / 7 * 25)
            .sum();
        let texts = words.iter().flat_map(|words| words.keys());
        slots
            + texts
                .map(|word| (word.len() + 8).max(24).next_multiple_of(16))
                .sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::search::near::Guess;
    use crate::model::search::word::{How, Word};

    fn lexicon() -> Lexicon {
        let mut lexicon = Lexicon::default();
        lexicon.read("payment, late payment\nnegotiation 2025-10 支払いについて みつもり it");
        lexicon
    }

    const MIXED: &str = "payment 支払いについて it\nみつもり negotiation 見積mitsumori \
        договор xpayment paymentж apyment payments mitsumori2 mitsumor〇";

    #[test]
    fn of_japanese_alone_the_same_words_are_known() {
        let (mut all, mut japanese) = (Lexicon::default(), Lexicon::japanese());
        for lexicon in [&mut all, &mut japanese] {
            lexicon.read(MIXED);
        }
        assert_eq!(japanese.japanese, all.japanese);
        assert!(japanese.latin.is_empty());
        japanese.read(MIXED);
        assert_eq!(japanese.japanese.len(), all.japanese.len());
    }

    #[test]
    fn of_what_is_near_to_a_word_alone_the_same_is_meant() {
        let mut all = Lexicon::default();
        all.read(MIXED);
        for typed in [
            "paymnet",
            "payment",
            "aymentx",
            "mitumori",
            "mitsumorj",
            "negotat",
            "pay",
        ] {
            let word = Word::new(typed, How::Loose).unwrap();
            let Guess::Near(near) = Guess::of(&word) else {
                panic!("{typed} is no word in letters");
            };
            let mut only = Lexicon::near(vec![*near]);
            only.read(MIXED);
            assert_eq!(only.meant(typed), all.meant(typed), "{typed}");
            assert!(only.latin.len() < all.latin.len() && only.japanese.is_empty());
        }
    }

    #[test]
    fn a_slip_leads_to_the_words_that_are_there() {
        let meant = |typed: &str| -> Vec<String> {
            let meant = lexicon().meant(typed).into_iter();
            meant.map(|meant| meant.text).collect()
        };
        assert_eq!(meant("paymnet"), ["payment"]);
        assert_eq!(meant("negotat"), ["negotiat"]);
        assert!(
            meant("payment").is_empty() && meant("zzqxx").is_empty() && meant("lat").is_empty()
        );
    }

    #[test]
    fn a_half_typed_word_becomes_the_most_frequent_one() {
        let mut lexicon = lexicon();
        lexicon.read("payroll 支払う");
        assert_eq!(lexicon.beginning("pay", 9), ["payment", "payroll"]);
        assert_eq!(lexicon.beginning("支", 1), ["支払いにつ"]);
        assert!(lexicon.beginning("zz", 9).is_empty());
    }
}
