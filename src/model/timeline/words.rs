//! What happened, in a word: the channel of an interaction, the kind of anything else.

use std::collections::HashMap;

use crate::model::entry::{Entry, KindWord};
use crate::model::kind::Kind;

/// A word, and what it is a word for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The kind of the entries.
    pub kind: KindWord,
    /// `call`, `concern`, 訪問.
    pub text: Box<str>,
}

impl Word {
    /// Whether entries of this word count as being in touch.
    pub fn is_touch(&self) -> bool {
        self.kind.known().is_some_and(Kind::is_touch)
    }

    /// Whether a word that was picked means it: `call` means calls, `interaction` all of them.
    pub fn is_meant_by(&self, picked: &str) -> bool {
        self.kind.word() == picked || *self.text == *picked
    }

    /// How many of them: `3 calls`, `1 win-lose`, `2 訪問`.
    pub fn counted(&self, count: usize) -> String {
        match plural(&self.text).filter(|_| count != 1) {
            Some(plural) => format!("{count} {plural}"),
            None => format!("{count} {}", self.text),
        }
    }
}

/// The word for an entry: the channel of an interaction, the kind of anything else.
pub fn word_of(entry: &Entry) -> &str {
    let channel = match entry.kind() {
        Some(Kind::Interaction) => entry.fields.text("channel").map(str::trim),
        _ => None,
    };
    channel.unwrap_or(entry.kind.word())
}

/// The plural of an English word. A word in other letters has none.
fn plural(word: &str) -> Option<String> {
    if !word.ends_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let consonant_y = |stem: &str| !stem.ends_with(['a', 'e', 'i', 'o', 'u']);
    Some(match word.strip_suffix('y') {
        _ if word == "win-lose" => "wins and losses".to_owned(),
        Some(stem) if consonant_y(stem) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        _ => format!("{word}s"),
    })
}

/// All words of a journal, each once.
#[derive(Clone, Debug, Default)]
pub struct Words {
    all: Vec<Word>,
    places: HashMap<(Box<str>, Box<str>), u16>,
}

impl Words {
    /// The words, in the order in which they were first met.
    pub fn all(&self) -> &[Word] {
        &self.all
    }

    /// The word at a place.
    pub fn get(&self, place: u16) -> Option<&Word> {
        self.all.get(usize::from(place))
    }

    /// The place of the word for an entry. Beyond 65,000 words, which nobody can tell apart, it
    /// is the last one of the kind, or the first word at all.
    pub(super) fn place(&mut self, entry: &Entry) -> u16 {
        self.place_of(entry.kind.word(), word_of(entry))
    }

    /// The place of the word for what stands in the head of a file.
    pub(super) fn head(&mut self) -> u16 {
        self.place_of("customer", "customer")
    }

    fn place_of(&mut self, kind: &str, text: &str) -> u16 {
        // Without a copy of the words for each entry: nearly all are among the first few.
        let is = |word: &Word| *word.text == *text && word.kind.word() == kind;
        if let Some(at) = self.all.iter().take(32).position(is) {
            return u16::try_from(at).unwrap_or_default();
        }
        let key = (Box::from(kind), Box::from(text));
        if let Some(place) = self.places.get(&key) {
            return *place;
        }
        let Ok(place) = u16::try_from(self.all.len()) else {
            let same_kind = |word: &Word| word.kind.word() == kind;
            let at = self.all.iter().rposition(same_kind).unwrap_or(0);
            return u16::try_from(at).unwrap_or_default();
        };
        self.all.push(Word {
            kind: KindWord::of(kind),
            text: Box::from(text),
        });
        self.places.insert(key, place);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::{KindWord, Word};

    #[test]
    fn counts_are_said_as_people_say_them() {
        let counted = |text: &str, count| {
            let kind = KindWord::of("interaction");
            let text = text.into();
            Word { kind, text }.counted(count)
        };
        assert_eq!(counted("call", 3), "3 calls");
        assert_eq!(counted("call", 1), "1 call");
        assert_eq!(counted("party", 2), "2 parties");
        assert_eq!(counted("survey", 2), "2 surveys");
        assert_eq!(counted("lunch", 2), "2 lunches");
        assert_eq!(counted("win-lose", 2), "2 wins and losses");
        assert_eq!(counted("訪問", 2), "2 訪問");
    }
}
