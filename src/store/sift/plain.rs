//! Text that needs no folding to tell what does not stand in it: ASCII, kana and kanji. Most tables
//! are such, and most of those hold nothing that is looked for.

use memchr::memmem::Finder;
use unicode_normalization::UnicodeNormalization as _;

use super::page::{Page, Place};
use crate::model::fold::has_old_forms;
use crate::model::letters::Letters;

/// Kanji that signs outside of the kanji stand for too: 〸 〹 〺.
const SIGNS: &str = "十卄卅";

/// What stands in a plain text if a word does, as it is written.
#[derive(Debug)]
pub struct Sign {
    /// Letters, small; the capitals stand for them too.
    letters: Vec<Letters>,
    /// Kanji that are only written in one way.
    kanji: Vec<Finder<'static>>,
    kana: Vec<Kana>,
}

/// A row of kana, each of which may stand there as hiragana or as katakana.
#[derive(Debug)]
struct Kana {
    /// What the row begins with.
    first: [Finder<'static>; 2],
    rest: Vec<[String; 2]>,
}

impl Sign {
    /// That of a folded word. `None`: it has neither letters nor such kanji and kana.
    pub fn of(folded: &str) -> Option<Sign> {
        let is_kanji = |c: &char| {
            matches!(c, '\u{4E00}'..='\u{9FFF}') && !SIGNS.contains(*c) && !has_old_forms(*c)
        };
        let kana = folded.split(|c: char| !is_sure_kana(c));
        let letters = folded.split(|c: char| !c.is_ascii_lowercase());
        let kanji = folded.split(|c: char| !is_kanji(&c));
        let sign = Sign {
            letters: letters
                .filter(|run| !run.is_empty())
                .map(|run| Letters::new(run.as_bytes()))
                .collect(),
            kanji: kanji
                .filter(|run| !run.is_empty())
                .map(|run| Finder::new(run.as_bytes()).into_owned())
                .collect(),
            kana: kana.filter_map(Kana::new).collect(),
        };
        let is_empty = sign.letters.is_empty() && sign.kanji.is_empty() && sign.kana.is_empty();
        (!is_empty).then_some(sign)
    }

    /// Tells in which plain tables of a page it stands, with a place before which it does not.
    pub fn tell(&self, page: Page, mut see: impl FnMut(Place)) {
        let is_alone = self.letters.len() + self.kanji.len() + self.kana.len() == 1;
        let mut see = |place: Place| {
            if is_alone || self.is_in(page.table(place.table)) {
                see(place);
            }
        };
        if let Some(run) = self.letters.first() {
            page.holding(|text| run.find(text)).for_each(see);
        } else if let Some(run) = self.kanji.first() {
            page.holding(|text| run.find(text)).for_each(see);
        } else if let Some(run) = self.kana.first() {
            for first in &run.first {
                let tables = page.holding(|text| run.find(first, text));
                tables.for_each(&mut see);
            }
        }
    }

    /// Whether it stands in a plain text.
    pub fn is_in(&self, text: &[u8]) -> bool {
        self.letters.iter().all(|run| run.is_in(text))
            && self.kanji.iter().all(|run| run.find(text).is_some())
            && self.kana.iter().all(|run| run.is_in(text))
    }
}

impl Kana {
    fn new(run: &str) -> Option<Kana> {
        let katakana = |c: char| char::from_u32(c as u32 + 0x60).unwrap_or(c);
        let mut rest: Vec<[String; 2]> = run
            .chars()
            .map(|c| [c.to_string(), katakana(c).to_string()])
            .collect();
        let first = (!rest.is_empty()).then(|| rest.remove(0))?;
        let finder = |kana: String| Finder::new(kana.as_bytes()).into_owned();
        Some(Kana {
            first: first.map(finder),
            rest,
        })
    }

    fn is_in(&self, text: &[u8]) -> bool {
        let mut first = self.first.iter();
        first.any(|first| self.find(first, text).is_some())
    }

    /// The first place where it stands with this as its first kana.
    fn find(&self, first: &Finder, text: &[u8]) -> Option<usize> {
        let mut places = first.find_iter(text);
        places.find(|at| {
            let mut behind = text.get(at + first.needle().len()..).unwrap_or_default();
            self.rest.iter().all(|kana| {
                let mut spellings = kana.iter();
                let rest = spellings.find_map(|kana| behind.strip_prefix(kana.as_bytes()));
                behind = rest.unwrap_or_default();
                rest.is_some()
            })
        })
    }
}

/// Whether a kana is written as itself or as its katakana alone: not with a mark behind another
/// one, not as ヶ, and not within ゟ or ヿ.
fn is_sure_kana(c: char) -> bool {
    let has_others = |c: char| "けよりことゔ".contains(c);
    matches!(c, 'ぁ'..='ん') && !has_others(c) && std::iter::once(c).nfd().nth(1).is_none()
}

/// Whether a text has nothing in it but ASCII, kana and kanji, and no escapes.
pub fn is_plain(text: &[u8]) -> bool {
    // The bytes that characters begin with are counted from that of the kana on, so that two bounds
    // tell all others apart. Without a way out and without asking, so that many are told at once.
    let (mut most, mut least, mut zero) = (0, u8::MAX, u8::MAX);
    let mut look = |here: u8, next: u8| {
        let from_kana = here.wrapping_sub(0xE3);
        most = most.max(from_kana);
        least = least.min(from_kana.wrapping_sub(7));
        // Nothing where kana are left behind.
        let beyond_kana = from_kana | 0x84_u8.saturating_sub(next);
        zero = zero.min(here ^ b'\\').min(beyond_kana);
    };
    let nexts = text.get(1..).unwrap_or_default();
    for (&here, &next) in text.iter().zip(nexts) {
        look(here, next);
    }
    if let Some(&last) = text.last() {
        look(last, 0);
    }
    // 0xC0 to 0xE2 come before the kana; 0xEA and what follows, and behind that 0, after the kanji.
    most < 0xDD && least > 0x16 && zero != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fold::fold;

    #[test]
    fn no_plain_text_folds_to_a_sign_that_does_not_stand_in_it() {
        for c in ('\u{1}'..='\u{FFFF}').chain('\u{1F300}'..='\u{1F400}') {
            if !is_plain(c.to_string().as_bytes()) {
                continue;
            }
            if let Some(sign) = Sign::of(&fold(&c.to_string())) {
                assert!(sign.is_in(c.to_string().as_bytes()), "{c}");
            }
        }
    }

    #[test]
    fn a_word_is_seen_wherever_it_stands() {
        let sign = Sign::of("payment支払い").unwrap();
        for pad in 0..140 {
            let text = format!("{}PayMent 支払イ{}", "pa".repeat(pad), "x".repeat(pad));
            assert!(is_plain(text.as_bytes()) && sign.is_in(text.as_bytes()));
        }
        assert!(!sign.is_in("paymnet 支払い".as_bytes()));
        assert!(!sign.is_in("payment 支 払い".as_bytes()));
        assert!(!sign.is_in("payment 支払う".as_bytes()));
        for text in ["ほしい", "ホシイ", "ほホシい"] {
            assert!(Sign::of("ほしい").unwrap().is_in(text.as_bytes()), "{text}");
        }
        assert!(!Sign::of("ほしい").unwrap().is_in("ほしほい".as_bytes()));
        assert!(Sign::of("がー").is_none());
    }

    #[test]
    fn each_byte_is_told_by_itself_and_what_follows_kana_with_it() {
        for (here, next) in
            (0..=u8::MAX).flat_map(|here| (0..=u8::MAX).map(move |next| (here, next)))
        {
            let is_odd = |byte: u8| matches!(byte, 0 | b'\\' | 0xC0..0xE3 | 0xEA..);
            let is_odd_pair = is_odd(here) || is_odd(next) || here == 0xE3 && next >= 0x84;
            for pad in [0, 1, 15, 40] {
                let text = [&vec![b'a'; pad][..], &[here, next], &vec![b'b'; 40 - pad]].concat();
                assert_eq!(!is_plain(&text), is_odd_pair, "{here:x} {next:x}");
            }
        }
    }

    #[test]
    fn what_may_be_more_than_it_looks_is_not_plain() {
        for text in [
            "ｐａｙ",
            "é",
            "㎏",
            "a\\u0062",
            "\0",
            "Ⅳ",
            "か\u{3099}é",
            "zero\u{200B}",
        ] {
            assert!(!is_plain(text.as_bytes()), "{text}");
        }
        assert!(is_plain("かなカナー、漢字 letters".as_bytes()) && is_plain(b""));
    }
}
